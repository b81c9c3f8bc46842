import { quote } from '../policy/problem.ts'
import { Unusable } from '../unusable.ts'
import { GitFailure } from './git/ask.ts'
import { findCommit } from './git/commit.ts'
import { readFileAt } from './git/file.ts'
import { findOuter, findRepository } from './git/repository.ts'
import type { Tree } from './tree.ts'

export interface GitTreeOptions {
  /** Paths are relative to the top of the repository, and not to the folder. */
  isFromTop?: boolean
  /** Where the policy is looked for: see `Tree`. */
  within?: string
  /** Receives a sentence that the user should know. */
  warn?(sentence: string): void
}

/**
 * The files of a commit, read by git from the repository that a folder is in.
 *
 * @param ref a branch, a tag, a commit, or anything else that git takes for one
 * @throws {Unusable} where git knows no such commit, or more than one
 */
export async function gitTree(
  folder: string,
  ref: string,
  { isFromTop = false, within, warn = () => {} }: GitTreeOptions = {},
): Promise<Tree> {
  try {
    const repository = await findRepository(folder)
    const commit = await findCommit(repository, ref)
    const outer = await findOuter(repository)
    if (outer !== undefined) {
      warn(
        `${quote(ref)} is taken from the repository in ${quote(repository.top)}, which lies inside the one in ${quote(outer)} and is not a submodule of it.`,
      )
    }
    const prefix = isFromTop ? '' : repository.prefix
    // An absolute path from the user lies outside of the folder, so it is not joined to one inside.
    const toPath = (path: string) => (path.startsWith('/') ? path : `${prefix}${path}`)
    return { ref, within, read: (path, limit) => readFileAt(repository, commit, toPath(path), limit) }
  } catch (error) {
    if (!(error instanceof GitFailure)) throw error
    throw new Unusable([`${quote(ref)} cannot be read: ${error.message}.`])
  }
}

/**
 * Whether a revision stands for a commit in the repository of a folder. It does not where there is no repository, or no git.
 *
 * @throws {Unusable} where nobody can tell: it stands for two, an object is missing, git does not trust the repository
 */
export async function isRevision(folder: string, revision: string): Promise<boolean> {
  try {
    await findCommit(await findRepository(folder), revision)
    return true
  } catch (error) {
    if (!(error instanceof GitFailure)) throw error
    if (error.kind !== 'other') return false
    throw new Unusable([`${quote(revision)} cannot be read: ${error.message}.`])
  }
}
