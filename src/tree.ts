import { open, realpath } from 'node:fs/promises'
import { isAbsolute, relative, resolve, sep } from 'node:path'

/** A state of the repository's files: the folder that is checked out, or a commit. */
export interface Tree {
  /** How messages name it: the ref as the user or the event names it, `main` or a SHA; undefined for the folder. */
  ref?: string
  /**
   * The bytes of a file, at most `limit` of them; undefined where there is no such file. Paths are relative to the
   * root, with slashes.
   *
   * Rejects where it cannot be read; the message is a clause that says why, such as `permission denied`.
   */
  read(path: string, limit: number): Promise<Uint8Array | undefined>
}

const REASONS: Record<string, string> = {
  EISDIR: 'it is a folder',
  EACCES: 'permission denied',
}

/** The files of a folder. A path that the user names may lie outside of it; a link must not lead out of it. */
export function folderTree(root: string): Tree {
  return { read: (path, limit) => readFile(root, resolve(root, path), limit) }
}

/** A path as people and GitHub know it: from the root of the repository, with slashes. One outside stays as it is. */
export function fromRoot(root: string, path: string): string {
  const way = isInside(root, resolve(root, path)) ? relative(root, resolve(root, path)) || '.' : path
  return way.split(sep).join('/')
}

function isInside(root: string, path: string): boolean {
  const way = relative(root, path)
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}

async function readFile(root: string, path: string, limit: number): Promise<Uint8Array | undefined> {
  try {
    const file = await open(path)
    try {
      if (isInside(root, path) && !isInside(await realpath(root), await realpath(path)))
        throw new Error('it leads out of the repository')
      const buffer = Buffer.alloc(limit)
      let length = 0
      for (;;) {
        const { bytesRead } = await file.read(buffer, length, limit - length)
        length += bytesRead
        if (bytesRead === 0 || length === limit) return buffer.subarray(0, length)
      }
    } finally {
      await file.close()
    }
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw new Error(REASONS[code] ?? message)
  }
}
