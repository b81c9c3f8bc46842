import { realpath } from 'node:fs/promises'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { findRepository, isInside } from '../files/paths.ts'
import { readRegularFile } from '../files/regular-file.ts'
import { tracks } from './git/tracked.ts'
import { fromRoot } from './paths.ts'
import type { Tree } from './tree.ts'

/**
 * The files of a folder, and of the repository that it is in. A path that the user names may lie outside. Inside, no link
 * leads out, nothing in `.git` is read, and what a policy or a link names has to be tracked by git where there is one.
 */
export function folderTree(root: string, within = ''): Tree {
  return {
    within,
    read: (path, limit, namedBy) => {
      const written = resolve(root, path)
      return readRegularFile(written, limit, async (real) => hold(await locate(root, written), real, namedBy))
    },
    isLinked: async (path) => {
      const { plain } = await locate(root, resolve(root, path))
      return plain !== undefined && plain !== (await realpath(plain))
    },
    nameOf: async (path) => {
      const top = await realpath(root)
      // What is not a file of the folder, such as standard input, keeps its name.
      const real = await realpath(resolve(root, path)).catch(() => undefined)
      return real !== undefined && isInside(top, real) ? fromRoot(top, real) : path
    },
  }
}

/** Where a path leads if none of the files and folders that it names is a link. */
interface Location {
  /** The repository, or where there is none the folder that is read from; without links. */
  top: string
  /** Undefined for a path that lies outside. */
  plain?: string
}

async function locate(root: string, written: string): Promise<Location> {
  const realRoot = await realpath(root)
  const top = findRepository(realRoot) ?? realRoot
  if (isInside(top, written)) return { top, plain: written }
  // The path may lead to the repository by another name.
  for (let above = dirname(written); above !== dirname(above); above = dirname(above)) {
    if ((await realpath(above)) === top) return { top, plain: join(top, relative(above, written)) }
  }
  return { top }
}

/** Rejects where a file may not be read. */
async function hold({ top, plain }: Location, real: string, namedBy: 'user' | 'policy' = 'user') {
  if (plain === undefined) return
  if (!isInside(top, real)) throw new Error('it leads out of the repository')
  const names = [plain, real].flatMap((path) => relative(top, path).split(sep))
  if (names.some(isGitFolder)) throw new Error("it lies in git's own folder")
  if (namedBy === 'user' && plain === real) return
  const repository = findRepository(top) ?? findRepository(dirname(plain))
  if (repository === undefined) return
  if (isInside(repository, real) && (await tracks(repository, relative(repository, real)))) return
  const what = namedBy === 'policy' ? 'what a policy names' : 'what a link leads to'
  throw new Error(
    `git does not track it, and ${what} has to be part of the repository (\`git add\` makes it so)`,
  )
}

/** Characters that HFS+ leaves out of a name. */
const IGNORED_BY_HFS = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g

/**
 * Whether a name is `.git` for some file system: NTFS drops final dots, spaces and streams (`.git::$INDEX_ALLOCATION`)
 * and has short names (`git~1`), HFS+ drops some characters, and neither is case-sensitive.
 */
function isGitFolder(name: string): boolean {
  const plain = name
    .replace(IGNORED_BY_HFS, '')
    .toLowerCase()
    .replace(/:.*$/s, '')
    .replace(/[. ]+$/, '')
  return plain === '.git' || /^git~\d+$/.test(plain)
}
