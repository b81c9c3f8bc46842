import { lstat, realpath } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { quote } from '../../policy/problem.ts'
import { askGit, GitFailure } from './ask.ts'

/** Room for an answer of a line or two: a name, a kind, a path. */
export const LINE_BYTES = 8192

/** A repository that git is asked about. */
export interface Asked {
  /** Its top folder, where git is asked. */
  top: string
  /**
   * git is given its `.git` by name, and so does not check who owns it: in the container of a job every checkout is another user's.
   * Only for questions that run nothing.
   */
  isNamed?: boolean
}

/** The repository that a folder is in. */
export interface Repository extends Asked {
  /** The way from the top to the folder, with slashes; empty, or with one at its end. */
  prefix: string
}

/**
 * The repository that a folder is in: of the folder and those above it, the first with a `.git`. That is git's own rule
 * except for bare repositories, which any folder of a checkout can be made to look like: they do not count here, unless
 * `GIT_DIR` names one. A submodule or a clone within another repository is the one that is meant, in its own folder.
 *
 * @throws {GitFailure} where there is none
 */
export async function findRepository(folder: string): Promise<Repository> {
  const start = await realpath(folder)
  if (process.env.GIT_DIR) return { top: start, prefix: await findPrefix(start) }
  const top = await findTop(start)
  if (top === undefined) {
    const more = (await exists(join(start, 'objects')))
      ? ' (a bare one is used only where GIT_DIR names it)'
      : ''
    throw new GitFailure('no repository', `${quote(start)} is not a git repository, nor is it in one${more}`)
  }
  if (await findPrefix(top)) {
    const why = 'its `.git` is not a repository, or `core.worktree` says otherwise'
    throw new GitFailure('other', `git does not take ${quote(top)} for the top of a repository: ${why}`)
  }
  const prefix = relative(top, start).split(sep).join('/')
  return { top, prefix: prefix && `${prefix}/` }
}

/** Git's output for a repository, up to a number of bytes. @throws {GitFailure} */
export function ask({ top, isNamed = false }: Asked, question: string[], limit = LINE_BYTES, input = '') {
  return askGit(top, [...(isNamed ? ['--git-dir=.git'] : []), ...question], limit, input)
}

/** The way from the top of the repository to a folder, as git sees it. */
async function findPrefix(folder: string): Promise<string> {
  return (await askGit(folder, ['rev-parse', '--show-prefix'], LINE_BYTES)).toString().trimEnd()
}

/** The repository around this one, unless this is its submodule or work tree: the user may have meant that one. */
export async function findOuter({ top }: Repository): Promise<string | undefined> {
  if (process.env.GIT_DIR || dirname(top) === top) return undefined
  const outer = await findTop(dirname(top))
  if (outer === undefined) return undefined
  const [own, its] = await Promise.all([top, outer].map(findGitFolder))
  if (own === undefined || its === undefined) return undefined
  return relative(its, own).startsWith('..') ? outer : undefined
}

/** Where git keeps what belongs to a work tree; undefined where it does not say. */
async function findGitFolder(top: string): Promise<string | undefined> {
  try {
    const answer = await askGit(top, ['rev-parse', '--absolute-git-dir'], LINE_BYTES)
    return await realpath(answer.toString().trimEnd())
  } catch {
    return undefined
  }
}

/** The folder or the nearest above it that has a `.git`; without links if that has none. */
export async function findTop(start: string): Promise<string | undefined> {
  for (let folder = start; ; folder = dirname(folder)) {
    if (await exists(join(folder, '.git'))) return folder
    if (dirname(folder) === folder) return undefined
  }
}

function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  )
}
