import * as core from '@actions/core'
import { quote } from '../policy/problem.ts'
import { readFileAt, readParents } from '../repository/git/file.ts'
import { findMergeBase as findMergeBaseInClone, isAncestor } from '../repository/git/history.ts'
import type { Tree } from '../repository/tree.ts'
import { askGitHub } from './ask.ts'
import type { Client } from './client.ts'
import { type Commit, commitTree, findMergeBase, findTip, isUnanswered, requireSha } from './commit.ts'
import type { Event, PullRequest } from './event.ts'
import { resolveRef } from './refs.ts'

/** The event, and the clone in which the policy is named. */
export interface Here extends Event {
  /** Its top folder; undefined where there is none. */
  clone: string | undefined
  /** The path in the repository of a path that people write: the repository may be checked out below the root. */
  fromTop(path: string): string
}

/** What is known of the folder. */
interface FolderFacts {
  checkedOut: string | undefined
  isFork: boolean
}

/** The policy in force where a change is to be merged, and the one that the folder's policy is compared with. */
export interface Base {
  tip: Tree
  before: Tree
}

const MAYBE_FORK = "what may be a fork's code"

/** How a commit is found. */
interface Ways {
  onGitHub(): Promise<Commit>
  /**
   * Finds it in the clone, given its top, if GitHub does not show it. The commit must be one that only GitHub has named.
   */
  inClone?(top: string): Promise<string>
}

/**
 * A commit of the repository, by the paths that people write; what a policy names is written from the top. If GitHub does not show it,
 * the clone may have it: from the commit down each object is checked against its hash, so that it proves itself.
 */
export function openCommit(here: Here, ref: string, { onGitHub, inClone }: Ways): Tree {
  const { repository, fromTop, clone } = here
  let found: Promise<Commit> | undefined
  let isSaid = false
  const tree = commitTree(repository, ref, () => {
    found = onGitHub()
    return found
  })
  const read: Tree['read'] = async (path, limit, namedBy) => {
    const way = namedBy === 'policy' ? path : fromTop(path)
    try {
      return await tree.read(way, limit)
    } catch (error) {
      if (!inClone || clone === undefined || !isUnanswered(error)) throw error
      const { message } = error as Error
      const told = await found?.catch(() => undefined)
      const bytes = await readInClone(clone, told?.sha ?? inClone, way, limit).catch((problem: Error) => {
        throw new Error(`${message}; nor can it be read from the clone: ${problem.message}`)
      })
      if (!isSaid)
        core.info(`${quote(ref)} is read from the clone, since GitHub does not show it: ${message}.`)
      isSaid = true
      return bytes
    }
  }
  return { ...tree, read, nameOf: async (path) => fromTop(path) }
}

async function readInClone(
  top: string,
  commit: string | ((top: string) => Promise<string>),
  path: string,
  limit: number,
): Promise<Uint8Array | undefined> {
  const sha = typeof commit === 'string' ? commit : await commit(top)
  return readFileAt({ top, isNamed: true }, sha, path, limit)
}

/** What is to be merged: a pull request, or a merge group. */
type Proposed = Pick<PullRequest, 'base' | 'isFromFork' | 'runsOnMerge'>

/**
 * The base of a pull request, or of a merge group. If the folder holds the merge that GitHub made, the policy in force is also the one
 * to compare with. A workflow may have checked out something else, such as the head itself, while the base has moved on: then it is
 * compared with the merge base.
 */
export function findBase(here: Here, proposed: Proposed, token: string, folder: FolderFacts): Base {
  const { ref } = proposed.base
  const ways: Ways = {
    onGitHub: () => findCommit(token, (client) => findTip(client, here, proposed)),
    inClone: (top) => findTipInClone(top, here, proposed),
  }
  const found = openCommit(here, ref, ways)
  const what = proposed.isFromFork ? 'a pull request from a fork' : MAYBE_FORK
  const tip = folder.isFork ? insist(found, what) : found
  return { tip, before: findBefore(here, tip, ways, { ...folder, runsOnMerge: proposed.runsOnMerge }) }
}

/** Like `findTip` on GitHub; if the clone lacks the merge, the base that the event names. */
async function findTipInClone(top: string, { sha }: Here, { base, runsOnMerge }: Proposed): Promise<string> {
  if (!runsOnMerge) return base.sha
  const [parent] = await readParents({ top, isNamed: true }, sha).catch(() => [])
  return parent ?? base.sha
}

/** What the folder is compared with: the base's tip or, if the folder may have branched off before that, the merge base. */
function findBefore(
  here: Here,
  tip: Tree,
  { onGitHub, inClone }: Ways,
  { checkedOut: head, runsOnMerge = false }: FolderFacts & { runsOnMerge?: boolean },
): Tree {
  const { clone, sha: own, repository } = here
  if (head === undefined || head === own) return tip
  // git's own notation for a comparison that starts at the merge base.
  return openCommit(here, `${tip.ref}...${head}`, {
    async onGitHub() {
      const { client, sha } = await onGitHub()
      // GitHub does not know commits that a step has made on top of the tip, or of the merge that has it as a parent.
      const merged = runsOnMerge ? own : sha
      if (clone !== undefined && (await isAncestor(clone, merged, head))) return { client, sha }
      return { client, sha: await findMergeBase(client, repository, sha, head) }
    },
    ...(inClone && { inClone: async (top) => findMergeBaseInClone(top, await inClone(top), head) }),
  })
}

/**
 * The base if the event is not a pull request's: the branch that the pull request is to be merged into, if one is known; else what the
 * workflow itself runs on, if that is a branch or a tag; else the default branch.
 */
export function findDefaultBase(
  here: Here,
  base: { ref: string } | undefined,
  token: string,
  folder: FolderFacts,
): Base {
  const { repository, sha, defaultBranch } = here
  const runsOn = !base && /^refs\/(heads|tags)\/./.test(here.ref) ? here.ref : undefined
  const named = base?.ref ?? defaultBranch
  const ref = runsOn ?? (named === undefined ? 'HEAD' : `refs/heads/${named}`)
  const isOwn = runsOn !== undefined && sha !== ''
  const ways: Ways = {
    onGitHub: () =>
      findCommit(token, async (client) => {
        if (!isOwn) return resolveRef(client, repository, ref)
        const { data } = await client.rest.git.getCommit({ ...repository, commit_sha: sha })
        return requireSha(data.sha)
      }),
    ...(isOwn && { inClone: async () => sha }),
  }
  const found = openCommit(here, ref.replace(/^refs\/\w+\//, ''), ways)
  if (!folder.isFork) return { tip: found, before: findBefore(here, found, ways, folder) }
  const tip = insist(found, MAYBE_FORK)
  return { tip, before: tip }
}

/** If the base of a fork's pull request cannot be read, the error says why that matters. */
function insist(tree: Tree, what: string): Tree {
  const insistently = ({ message }: Error) =>
    Promise.reject(new Error(`${message}; ${what} is judged by the policy of its base and no other`))
  return { ...tree, read: (...asked) => tree.read(...asked).catch(insistently) }
}

/** Looks for a commit on GitHub, and for a client that may read it. */
export async function findCommit(
  token: string,
  question: (client: Client) => Promise<string>,
): Promise<Commit> {
  const { client, answer: sha } = await askGitHub(token, question)
  return { client, sha }
}
