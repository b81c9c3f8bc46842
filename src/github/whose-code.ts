import type { Client } from './client.ts'
import type { Event } from './event.ts'
import { explainFailure } from './failure.ts'
import { findRef } from './refs.ts'
import { judgeTrust } from './trust.ts'

/** Whose code the folder holds, and why it counts as a fork's. */
export interface WhoseCode {
  /** Undefined for the repository's own. */
  whyFork?: string
  /** The base of the pull request that a comment is on. */
  base?: { ref: string; sha: string }
}

const OWN: WhoseCode = {}

/**
 * Whose code a run has before it. Where the event does not say, GitHub is asked about the commit; where it cannot tell, the code is a
 * fork's.
 *
 * @param ask asks with the token, and as nobody where that may not
 */
export async function findWhoseCode(
  event: Event,
  checkedOut: string | undefined,
  ask: <T>(question: (client: Client) => Promise<T>) => Promise<T>,
): Promise<WhoseCode> {
  const trust = judgeTrust(event, checkedOut)
  if (trust.whose === 'own') return OWN
  if (trust.whose === 'fork') return { whyFork: trust.why }
  const { commit, why } = trust
  // Without leave to read pull requests, the commit may tell all the same.
  const pull = await ask((client) => findPull(client, event)).catch(() => undefined)
  const { base } = pull ?? {}
  if (pull?.isFromFork) return { whyFork: 'the pull request that is commented on is from a fork', base }
  if (commit === undefined) return { whyFork: why, base }
  if (pull?.commits.includes(commit)) return OWN
  try {
    const isOwn = await ask((client) => isOnBranch(client, event, commit))
    return isOwn ? OWN : { whyFork: why, base }
  } catch (error) {
    return {
      whyFork: `${why}, and GitHub could not be asked: ${explainFailure(error, 'contents: read')}`,
      base,
    }
  }
}

/** The pull request that a comment is on: the commits that are its own, unless it is from a fork. */
async function findPull(client: Client, { repository, commentedPull }: Event) {
  if (commentedPull === undefined) return undefined
  const { data } = await client.rest.pulls.get({ ...repository, pull_number: commentedPull })
  const { base, head } = data
  return {
    isFromFork: head.repo?.id !== base.repo.id,
    // Its head, and the merge that GitHub has made of it.
    commits: [head.sha, data.merge_commit_sha ?? ''],
    base: { ref: base.ref, sha: base.sha },
  }
}

/** Whether a commit is the tip of a branch of the repository, or in the history of its default branch. */
async function isOnBranch(
  client: Client,
  { repository, defaultBranch }: Event,
  commit: string,
): Promise<boolean> {
  const { repos } = client.rest
  // GitHub does not know a commit that the workflow itself has made.
  const isTip = await orUnknown(repos.listBranchesForHeadCommit({ ...repository, commit_sha: commit }))
  if (isTip === undefined) return false
  if (isTip.data.length > 0) return true
  const tip = defaultBranch && (await findRef(client, repository, `heads/${defaultBranch}`))
  if (!tip) return false
  const page = { per_page: 1, page: 2 }
  const basehead = `${tip}...${commit}`
  const { data } = await repos.compareCommitsWithBasehead({ ...repository, basehead, ...page })
  return data.status === 'behind' || data.status === 'identical'
}

/** What GitHub answers; undefined where it knows no such commit. */
async function orUnknown<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer
  } catch (error) {
    if ((error as { status?: number }).status === 422) return undefined
    throw error
  }
}
