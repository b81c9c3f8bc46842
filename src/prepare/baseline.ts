import type { Baseline } from '../model.ts'
import { nameOfFile } from '../process/stdin.ts'
import type { Request } from './options.ts'
import { streamFile } from './stream-file.ts'

/** A first run has no earlier report, and says so with an empty value: a name that leads nowhere is a mistake. */
const HINT = ' (for a first run, leave `baseline` empty)'

const NOTHING_KNOWN =
  '`known-violations: warn` has no effect: `baseline` is empty, as on a first run, so no violation is known.'

/**
 * Reads the earlier report that a run is compared with; undefined on a first run, which has none.
 *
 * @param say receives a sentence if an option has no effect without a baseline
 * @throws {Unusable} where there is none by that name, or it is not a complete report of Portgate
 */
export async function readBaseline(
  { baseline: file, knownViolations }: Pick<Request, 'baseline' | 'knownViolations'>,
  say?: (sentence: string) => void,
): Promise<Baseline | undefined> {
  if (file === undefined) {
    if (knownViolations === 'warn') say?.(NOTHING_KNOWN)
    return undefined
  }
  // Loaded here, so that a run without a baseline starts without it.
  const { createBaselineReader } = await import('../read/baseline.ts')
  const reader = createBaselineReader()
  await streamFile(file, reader, { what: 'baseline', hint: HINT })
  return { file: nameOfFile(file), ...reader.baseline() }
}
