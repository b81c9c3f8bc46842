import { dirname, relative, sep } from 'node:path'
import { findSubmodule, isFolderAt, readFileAt } from './file.ts'
import { readHead } from './head.ts'
import { type Asked, ask, findTop } from './repository.ts'

/** Most refs that are listed for a commit: tags, and branches. */
const MOST_REFS = 5

/** A repository's work tree. */
export interface CheckedOut {
  /** Its top folder; undefined where `GIT_DIR` names the repository. */
  top?: string
  commit: string
}

/**
 * What is checked out in a folder, whether git has that commit or not; undefined where the folder is in no repository. A
 * submodule at the commit that the repository around it names is part of what is checked out there.
 *
 * `GIT_DIR` counts only where there is no `.git`: one checkout must not pass for another.
 *
 * Rejects if that is unknown; the message is a clause that says why.
 *
 * @param folder links are not followed: whoever has checked out a link has chosen where it leads
 */
export async function findCheckedOut(folder: string): Promise<CheckedOut | undefined> {
  const top = await findTop(folder)
  if (top === undefined) return process.env.GIT_DIR ? { commit: await askHead({ top: folder }) } : undefined
  const commit = await findHead(top)
  const outer = await findOuterTop(top)
  if (outer === undefined) return { top, commit }
  if ((await findNamed(outer, top)) === commit) return findCheckedOut(outer)
  await requireOwnPlace(outer, top)
  return { top, commit }
}

/**
 * The content of a file in the checked-out commit, up to a number of bytes; undefined if it has none. Rejects if that is unknown; the
 * message is a clause.
 *
 * @param path links in it are followed as the commit has them, and not as the folder does
 */
export async function readCommitted(path: string, limit: number): Promise<Uint8Array | undefined> {
  const top = await findTop(dirname(path))
  if (top === undefined) throw new Error('it is in no repository')
  const outer = await findOuterTop(top)
  if (outer !== undefined) await requireOwnPlace(outer, top)
  return readFileAt({ top, isNamed: true }, await findHead(top), findWay(top, path), limit)
}

/**
 * Rejects a repository that stands in place of a folder that the one around it has in its commit. git never makes one, and whoever puts one
 * there would choose which file of which commit a path stands for.
 */
async function requireOwnPlace(outer: string, top: string): Promise<void> {
  const isInstead = async () =>
    isFolderAt({ top: outer, isNamed: true }, await findHead(outer), findWay(outer, top))
  if (await isInstead().catch(() => false))
    throw new Error('it is in a repository that takes the place of a folder in the repository around it')
}

async function findOuterTop(top: string): Promise<string | undefined> {
  return dirname(top) === top ? undefined : findTop(dirname(top))
}

/** The tags of a commit, such as `refs/tags/v1`, as far as this clone has them. */
export function listTags(top: string, commit: string): Promise<string[]> {
  return listRefs(top, `--points-at=${commit}`, 'refs/tags')
}

/** The branches of `origin` that have a commit in their history, such as `main`, likewise. */
export async function listRemoteBranches(top: string, commit: string): Promise<string[]> {
  const refs = await listRefs(top, `--contains=${commit}`, 'refs/remotes/origin')
  return refs.map((ref) => ref.replace('refs/remotes/origin/', '')).filter((name) => name !== 'HEAD')
}

async function listRefs(top: string, which: string, where: string): Promise<string[]> {
  const question = ['for-each-ref', `--count=${MOST_REFS}`, which, '--format=%(refname)', where]
  const answer = await ask({ top, isNamed: true }, question).catch(() => '')
  return answer.toString().split('\n').filter(Boolean)
}

/**
 * The commit of HEAD. Where git does not answer, its files are read: there may be no git, or a `.git` that it does not take for a
 * repository though it says what is checked out, such as one without objects.
 */
async function findHead(top: string): Promise<string> {
  try {
    return await askHead({ top, isNamed: true })
  } catch (error) {
    const commit = await readHead(top).catch(() => undefined)
    if (commit === undefined) throw error
    return commit
  }
}

async function askHead(repository: Asked): Promise<string> {
  return (await ask(repository, ['rev-parse', '--verify', 'HEAD'])).toString().trim()
}

/** The commit that a repository's own commit names for a folder within; undefined where it names none. */
async function findNamed(top: string, folder: string): Promise<string | undefined> {
  try {
    return await findSubmodule({ top, isNamed: true }, await findHead(top), findWay(top, folder))
  } catch {
    return undefined
  }
}

/** With slashes, as commits have paths. */
function findWay(top: string, path: string): string {
  return relative(top, path).split(sep).join('/')
}
