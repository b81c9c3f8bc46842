import { constants } from 'node:fs'
import { type FileHandle, open, realpath, stat } from 'node:fs/promises'

/**
 * Opening a pipe or a terminal must neither wait for its other end nor make it the controlling terminal, and the file
 * that was checked must not be swapped for a link before it is opened. Windows has none of these flags.
 */
const { O_RDONLY, O_NONBLOCK = 0, O_NOCTTY = 0, O_NOFOLLOW = 0 } = constants

const REASONS: Record<string, string> = {
  EISDIR: 'it is a folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EAGAIN: 'it is not a regular file: there is nothing to read in it now',
  ELOOP: 'its links form a circle',
  ENAMETOOLONG: 'its name is too long',
}

/**
 * The bytes of a regular file, at most `limit` of them; undefined where there is none. Anything else (a folder, a pipe,
 * a socket, a device) is refused before it is opened, since opening may already wait or act.
 *
 * @param check called with the real path of the file before it is opened; rejects if it may not be read
 *
 * Rejects where it cannot be read; the message is a clause that says why.
 */
export async function readRegularFile(
  path: string,
  limit: number,
  check?: (real: string) => Promise<void>,
): Promise<Uint8Array | undefined> {
  return withRegularFile(path, check, (file) => readUpTo(file, limit))
}

/** Bytes read at a time. Small, because V8 keeps all of a piece in memory for any substring of it. */
const PIECE = 32 * 1024

/**
 * Hands on the bytes of a regular file, piece by piece; a piece is valid until the next one. Otherwise like `readRegularFile`; what
 * `take` throws is passed on.
 *
 * @returns whether there is such a file
 */
export async function streamRegularFile(path: string, take: (piece: Uint8Array) => void): Promise<boolean> {
  const all = await withRegularFile(path, undefined, async (file) => {
    const buffer = Buffer.alloc(PIECE)
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, PIECE)
      if (bytesRead === 0) return true
      take(buffer.subarray(0, bytesRead))
    }
  })
  return all ?? false
}

async function withRegularFile<T>(
  path: string,
  check: ((real: string) => Promise<void>) | undefined,
  use: (file: FileHandle) => Promise<T>,
): Promise<T | undefined> {
  try {
    requireRegular(await stat(path))
    const real = await realpath(path)
    await check?.(real)
    const file = await open(real, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW)
    try {
      requireRegular(await file.stat())
      return await use(file)
    } finally {
      await file.close()
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw new Error(REASONS[code] ?? message)
  }
}

function requireRegular(found: Awaited<ReturnType<typeof stat>>): void {
  if (found.isFile()) return
  if (found.isDirectory()) throw new Error('it is a folder')
  if (found.isFIFO()) throw new Error('it is a pipe and not a file: write what comes from it to a file first')
  throw new Error(found.isSocket() ? 'it is a socket and not a file' : 'it is a device and not a file')
}

async function readUpTo(file: FileHandle, limit: number): Promise<Uint8Array> {
  const buffer = Buffer.alloc(limit)
  let length = 0
  for (;;) {
    const { bytesRead } = await file.read(buffer, length, limit - length)
    length += bytesRead
    if (bytesRead === 0 || length === limit) return buffer.subarray(0, length)
  }
}
