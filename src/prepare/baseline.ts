import type { Baseline } from '../model.ts'
import { nameOfFile } from '../process/stdin.ts'
import { createBaselineReader } from '../read/baseline.ts'
import { type ReadFile, streamFile } from './stream-file.ts'

/** A first run has no earlier report, and says so with an empty value: a name that leads nowhere is a mistake. */
const HINT = ' (for a first run, leave `baseline` empty)'

/**
 * Reads the earlier report that a run is compared with.
 *
 * @throws {Unusable} where there is none by that name, or it is no whole report of Portgate
 */
export async function readBaseline(file: string, read?: ReadFile): Promise<Baseline> {
  const reader = createBaselineReader()
  await streamFile(file, reader, { what: 'baseline', hint: HINT, ...(read ? { read } : {}) })
  return { file: nameOfFile(file), ...reader.baseline() }
}
