import { resolve } from 'node:path'
import { readRegularFile } from '../../files/regular-file.ts'
import { sayHowToGet } from './commit.ts'
import { readParents } from './file.ts'
import { type Asked, ask, LINE_BYTES } from './repository.ts'

/** Room for what fetching has left: a line for each branch, some hundred thousand of them. */
const FETCHED_BYTES = 16 * 1024 * 1024

/**
 * The ancestors of a commit, itself included, that were made in this clone, with their parents: at most `most` of those that neither the
 * last fetch nor any remote-tracking branch has. Undefined if git cannot read the commit at all.
 *
 * @param top the top of the repository
 */
export async function listMadeHere(
  top: string,
  commit: string,
  most: number,
): Promise<Map<string, string[]> | undefined> {
  const repository: Asked = { top, isNamed: true }
  try {
    await ask(repository, ['cat-file', '-e', commit])
  } catch {
    return undefined
  }
  try {
    const fetched = (await listFetched(repository)).map((sha) => `^${sha}\n`).join('')
    const question = ['rev-list', `--max-count=${most}`, '--ignore-missing', '--stdin', commit]
    const room = LINE_BYTES + most * commit.length
    const made = await ask(repository, [...question, '--not', '--remotes'], room, fetched)
    const commits = made.toString().split('\n').filter(Boolean)
    const pairs = await Promise.all(
      commits.map(async (sha) => [sha, await readParents(repository, sha)] as const),
    )
    // Amending the last commit of a shallow clone takes its parents away.
    const mayLackParents = await isShallow(repository)
    return new Map(pairs.filter(([, parents]) => parents.length > 0 || !mayLackParents))
  } catch {
    return new Map()
  }
}

async function isShallow(repository: Asked): Promise<boolean> {
  return (await ask(repository, ['rev-parse', '--is-shallow-repository'])).toString().trim() !== 'false'
}

/** What the last fetch has brought. */
async function listFetched(repository: Asked): Promise<string[]> {
  const path = (await ask(repository, ['rev-parse', '--git-path', 'FETCH_HEAD'])).toString().trimEnd()
  const bytes = await readRegularFile(resolve(repository.top, path), FETCHED_BYTES)
  const lines = Buffer.from(bytes ?? []).toString('latin1')
  return [...lines.matchAll(/^([0-9a-f]{40,64})\t/gm)].map(([, sha = '']) => sha)
}

/** Whether a commit is an ancestor of another one, or that one, as far as this clone tells. */
export async function isAncestor(top: string, ancestor: string, commit: string): Promise<boolean> {
  const question = ['merge-base', '--is-ancestor', ancestor, commit]
  return ask({ top, isNamed: true }, question).then(
    () => true,
    () => false,
  )
}

/**
 * The commit that two have in common. Rejects where this clone does not tell; the message is a clause. A shallow clone is not asked: the
 * common commit it finds may be older than the latest.
 */
export async function findMergeBase(top: string, one: string, other: string): Promise<string> {
  const repository: Asked = { top, isNamed: true }
  if (!(await isShallow(repository))) {
    const answer = await ask(repository, ['merge-base', one, other]).catch(() => '')
    const [, sha] = /^([0-9a-f]{40,64})\n/.exec(answer.toString()) ?? []
    if (sha !== undefined) return sha
  }
  throw new Error(`the two have no commit in common here: ${await sayHowToGet(repository)}`)
}
