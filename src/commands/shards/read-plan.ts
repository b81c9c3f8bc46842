import { resolve } from 'node:path'
import { quote } from '../../policy/problem.ts'
import { streamNamed } from '../../prepare/stream-file.ts'
import { DASH, nameOfFile } from '../../process/stdin.ts'
import { printable } from '../../report/escape.ts'
import { openPlan, type PlanFile } from '../../shards/plan-file.ts'
import { Unusable } from '../../unusable.ts'

/** Longest plan.json, in bytes: 65,536 names with many addresses each, and a policy. */
const LONGEST_PLAN = 128 * 1024 * 1024

/**
 * Reads a plan.
 *
 * @param root what the path is relative to
 * @throws {Unusable} where there is none that can be used
 */
export async function readPlan(root: string, path: string | undefined): Promise<PlanFile> {
  const heading = 'UNUSABLE: The plan cannot be used'
  const file = path?.trim()
  if (!file) throw new Unusable(['plan: name the file that `portgate plan` wrote.'], [], heading)
  try {
    return openPlan(await readText(root, file, LONGEST_PLAN))
  } catch (error) {
    const why = printable((error as Error).message, 500)
    throw new Unusable([`The plan ${quote(nameOfFile(file))} cannot be used: ${why}.`], [], heading)
  }
}

/** The text of a file, or of standard input (`-`). Rejects with a clause that says why it cannot be read. */
export async function readText(root: string, file: string, most: number): Promise<string> {
  const pieces: Buffer[] = []
  let length = 0
  const isThere = await streamNamed(file === DASH ? file : resolve(root, file), (piece) => {
    length += piece.length
    if (length > most) throw new Error('it is too large')
    pieces.push(Buffer.from(piece))
  })
  if (!isThere) throw new Error('it does not exist')
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(pieces))
  } catch {
    throw new Error('it is not UTF-8')
  }
}
