import { streamRegularFile } from '../files/regular-file.ts'
import { quote } from '../policy/problem.ts'
import { keepHeapSmall } from '../process/heap.ts'
import { DASH, nameOfFile, streamInput } from '../process/stdin.ts'
import { createDecoder } from '../read/decode.ts'
import { type Reader, ResultsError } from '../read/reading.ts'
import { Unusable } from '../unusable.ts'

/** Hands on the bytes of a file, piece by piece, and resolves to whether there is one. */
export type ReadFile = typeof streamRegularFile

/** A file by its name, or standard input by `-`. */
export const streamNamed: ReadFile = (file, take) =>
  file === DASH ? streamInput(take) : streamRegularFile(file, take)

/**
 * Streams a file that a scan has written, whatever its size, into its reader.
 *
 * @param what it is to the user
 * @param hint what to do where there is none
 * @throws {Unusable} where it is not there, not whole, or not what it should be; with the position in it, where one is known
 */
export async function streamFile(
  file: string,
  reader: Reader,
  {
    what,
    hint = '',
    read = streamNamed,
  }: { what: 'results' | 'baseline' | 'report'; hint?: string; read?: ReadFile },
): Promise<void> {
  const name = nameOfFile(file)
  const decoder = createDecoder()
  keepHeapSmall()
  try {
    const isThere = await read(file, (bytes) => reader.write(decoder.write(bytes)))
    if (!isThere) throw new Error(`it does not exist${hint}`)
    reader.write(decoder.end())
    reader.end()
  } catch (error) {
    const heading = `UNUSABLE: The ${what} cannot be read` as const
    if (error instanceof ResultsError) {
      const { position, message } = error
      throw new Unusable([`${name}:${position.line}:${position.column}: ${message}`], [], heading)
    }
    throw new Unusable(
      [`The ${what} ${quote(name)} cannot be read: ${(error as Error).message}.`],
      [],
      heading,
    )
  }
}
