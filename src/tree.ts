import { lstat, realpath } from 'node:fs/promises'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { isInside, readRegularFile } from './files.ts'
import { tracks } from './git.ts'

/** A state of the repository's files: the folder that is checked out, or a commit. */
export interface Tree {
  /** How messages name it: the ref as the user or the event names it, `main` or a SHA; undefined for the folder. */
  ref?: string
  /**
   * The bytes of a file, at most `limit` of them; undefined where there is no such file. Paths are relative to the
   * root, with slashes.
   *
   * @param namedBy who names it. What a policy names has to be part of the repository, as far as there is one: whoever
   * writes a policy must not read what else lies in the folder
   *
   * Rejects where it cannot be read; the message is a clause that says why, such as `permission denied`.
   */
  read(path: string, limit: number, namedBy?: 'user' | 'policy'): Promise<Uint8Array | undefined>
  /** Whether links lead to a file, so that whoever can add a link has chosen what is read. A commit holds no secrets. */
  isLinked?(path: string): Promise<boolean>
}

/**
 * The files of a folder. A path that the user names may lie outside of it. Inside, no link leads out, nothing in
 * `.git` is read, and what a policy or a link names has to be tracked by git where the folder is a repository.
 */
export function folderTree(root: string): Tree {
  return {
    read: (path, limit, namedBy) => {
      const written = resolve(root, path)
      return readRegularFile(written, limit, (real) => hold(root, written, real, namedBy === 'policy'))
    },
    isLinked: async (path) => {
      const way = await wayFrom(root, resolve(root, path))
      return way !== undefined && join(await realpath(root), way) !== (await realpath(resolve(root, path)))
    },
  }
}

/** A path as people and GitHub know it: from the root of the repository, with slashes. One outside stays as it is. */
export function fromRoot(root: string, path: string): string {
  const way = isInside(root, resolve(root, path)) ? relative(root, resolve(root, path)) || '.' : path
  return way.split(sep).join('/')
}

/** Rejects where a file of the folder may not be read. */
async function hold(root: string, written: string, real: string, isNamedByPolicy: boolean): Promise<void> {
  const way = await wayFrom(root, written)
  if (way === undefined) return
  const realRoot = await realpath(root)
  if (!isInside(realRoot, real)) throw new Error('it leads out of the repository')
  const names = [way, relative(realRoot, real)].flatMap((path) => path.split(sep))
  if (names.some(isGitFolder)) throw new Error("it lies in git's own folder")
  const isLinked = join(realRoot, way) !== real
  if (!isNamedByPolicy && !isLinked) return
  const repository = (await findRepository(realRoot)) ?? (await findRepository(dirname(join(realRoot, way))))
  if (repository === undefined) return
  const path = relative(repository, real)
  if (isInside(repository, real) && (await tracks(repository, path))) return
  const what = isNamedByPolicy ? 'what a policy names' : 'what a link leads to'
  throw new Error(
    `git does not track it, and ${what} has to be part of the repository (\`git add\` makes it so)`,
  )
}

/** The way from the folder to a path in it; undefined for one outside. The path may lead there by another name. */
async function wayFrom(root: string, path: string): Promise<string | undefined> {
  if (isInside(root, path)) return relative(root, path)
  const realRoot = await realpath(root)
  for (let above = dirname(path); above !== dirname(above); above = dirname(above)) {
    if ((await realpath(above)) === realRoot) return relative(above, path)
  }
  return undefined
}

/** The nearest folder upwards that is a repository's: it has a `.git`, be it a folder or what points to one. */
async function findRepository(folder: string): Promise<string | undefined> {
  const isHere = await lstat(join(folder, '.git')).then(
    () => true,
    () => false,
  )
  if (isHere) return folder
  return dirname(folder) === folder ? undefined : findRepository(dirname(folder))
}

/** Characters that HFS+ leaves out of a name. */
const IGNORED_BY_HFS = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g

/**
 * Whether a name is `.git` for some file system: NTFS drops final dots, spaces and streams (`.git::$INDEX_ALLOCATION`)
 * and has short names (`git~1`), HFS+ drops some characters, and neither minds the case.
 */
function isGitFolder(name: string): boolean {
  const plain = name
    .replace(IGNORED_BY_HFS, '')
    .toLowerCase()
    .replace(/:.*$/s, '')
    .replace(/[. ]+$/, '')
  return plain === '.git' || /^git~\d+$/.test(plain)
}
