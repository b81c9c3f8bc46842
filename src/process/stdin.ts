import type { Readable } from 'node:stream'
import { quote } from '../policy/problem.ts'
import type { Tree } from '../repository/tree.ts'
import { Unusable } from '../unusable.ts'

/** What messages and reports call standard input. */
export const STDIN = '<stdin>'

/** What stands for standard input where a file is expected. */
export const DASH = '-'

/** What messages and reports call a file that was named. */
export function nameOfFile(file: string): string {
  return file === DASH ? STDIN : file
}

/** Longer than any policy: the parser refuses what is over 1 MiB. */
const MOST_BYTES = 1024 * 1024 + 1

/** How long open input may be silent: otherwise a pipe to which nobody writes would be waited for without end. */
const PATIENCE_MS = 30_000

/** As much of `process.stdin` as is used. */
type Input = Readable & { isTTY?: boolean }

/**
 * The files of a tree, and standard input as one more, called `<stdin>`. Only the beginning of endless input is read.
 *
 * @throws {Unusable} if it is not redirected, so that reading would wait for a keyboard, or if nothing comes
 */
export async function withStandardInput(
  tree: Tree,
  input: Input = process.stdin,
  patienceMs = PATIENCE_MS,
): Promise<Tree> {
  if (tree.ref !== undefined) {
    throw new Unusable([
      `${quote(DASH)} is standard input, and ${quote(tree.ref)} has none: leave policy-ref out, or name a file`,
    ])
  }
  const bytes = await readInput(input, patienceMs)
  return {
    ...tree,
    read: async (path, limit, namedBy) =>
      path === STDIN ? bytes.subarray(0, limit) : tree.read(path, limit, namedBy),
    isLinked: async (path) => path !== STDIN && ((await tree.isLinked?.(path)) ?? false),
  }
}

/** All of standard input, or its beginning where it is longer than any policy. @throws {Unusable} as `withStandardInput` */
export async function readInput(
  input: Input = process.stdin,
  patienceMs: number = PATIENCE_MS,
): Promise<Uint8Array> {
  if (input.isTTY) {
    throw new Unusable([
      `${quote(DASH)} is standard input, and that is a terminal here: pipe a file into it, as in ${quote('portgate validate - < port-policy.yml')}`,
    ])
  }
  const pieces: Buffer[] = []
  let length = 0
  const silence = setTimeout(
    () => input.destroy(new Error(`no input has come from it for ${patienceMs / 1000} s`)),
    patienceMs,
  )
  try {
    // Leaving the loop closes the input.
    for await (const piece of input) {
      silence.refresh()
      pieces.push(piece)
      length += piece.length
      if (length >= MOST_BYTES) break
    }
  } catch (error) {
    throw new Unusable([`Standard input cannot be read: ${(error as Error).message}.`])
  } finally {
    clearTimeout(silence)
  }
  return Buffer.concat(pieces)
}

/**
 * Hands on standard input, piece by piece, to its end: a scanner at the other end of the pipe may be silent for as long as it scans.
 *
 * Rejects where it cannot be read; the message is a clause that says why.
 */
export async function streamInput(
  take: (piece: Uint8Array) => void,
  input: Input = process.stdin,
): Promise<true> {
  if (input.isTTY) throw new Error('it is a terminal here: pipe a file into it')
  // What `take` throws closes the input, which ends whoever writes to it.
  for await (const piece of input) take(piece)
  return true
}
