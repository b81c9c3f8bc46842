import { dirname, relative, sep } from 'node:path'
import { askGit } from './ask.ts'
import { readHead } from './head.ts'
import { findTop, LINE_BYTES } from './repository.ts'

/** Most tags of a commit that are listed. */
const MOST_TAGS = 5

/** A repository's work tree. */
export interface CheckedOut {
  /** Its top folder. */
  top: string
  commit: string
}

/**
 * What is checked out in a folder, whether git has that commit or not; undefined where the folder is in no repository. A
 * submodule at the commit that the repository around it names is part of what is checked out there.
 *
 * Rejects where nobody can tell; the message is a clause that says why.
 *
 * @param folder links are not followed: whoever has checked out a link has chosen where it leads
 */
export async function findCheckedOut(folder: string): Promise<CheckedOut | undefined> {
  const top = process.env.GIT_DIR ? folder : await findTop(folder)
  if (top === undefined) return undefined
  const commit = await findHead(top)
  const outer = process.env.GIT_DIR || dirname(top) === top ? undefined : await findTop(dirname(top))
  if (outer === undefined || (await findSubmodule(outer, top)) !== commit) return { top, commit }
  return findCheckedOut(outer)
}

/** The commit of HEAD: as git tells it, and where git does not answer, as its files do. */
async function findHead(top: string): Promise<string> {
  try {
    return (await askUntrusted(top, ['rev-parse', '--verify', 'HEAD'])).trim()
  } catch (error) {
    const commit = await readHead(top).catch(() => undefined)
    if (commit === undefined) throw error
    return commit
  }
}

/** The tags of what is checked out, such as `refs/tags/v1`, as far as this clone has them. */
export async function listTags(top: string): Promise<string[]> {
  const question = [
    'for-each-ref',
    `--count=${MOST_TAGS}`,
    '--points-at=HEAD',
    '--format=%(refname)',
    'refs/tags',
  ]
  const answer = await askUntrusted(top, question).catch(() => '')
  return answer.split('\n').filter(Boolean)
}

/** The commit that a repository's own commit names for a folder within; undefined where it names none. */
async function findSubmodule(top: string, folder: string): Promise<string | undefined> {
  const path = relative(top, folder).split(sep).join('/')
  const answer = await askUntrusted(top, ['ls-tree', '--full-tree', 'HEAD', '--', path]).catch(() => '')
  return /^160000 commit (\w+)\t/.exec(answer)?.[1]
}

/**
 * What git says of a repository that it need not trust. In the container of a job every checkout is another user's, and
 * what is asked for here runs nothing. git does not ask whose a repository is that is named to it.
 */
export async function askUntrusted(top: string, question: string[]): Promise<string> {
  const named = process.env.GIT_DIR ? [] : ['--git-dir=.git']
  return (await askGit(top, [...named, ...question], LINE_BYTES)).toString()
}
