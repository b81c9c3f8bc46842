import { listTags } from '../git/checkout.ts'
import type { Client } from './client.ts'
import type { Event } from './event.ts'
import { explainFailure } from './failure.ts'
import { findRef } from './refs.ts'
import { type Checkout, judgeTrust } from './trust.ts'

/** Whose code the folder holds, and why it counts as a fork's. */
export interface WhoseCode {
  /** Undefined for the repository's own. */
  whyFork?: string
  /** The base of the pull request that the event is about, where one is known. */
  base?: { ref: string }
  /** The name of a fork's branch, likewise: its author has chosen it. */
  headRef?: string
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
  checkout: Checkout,
  ask: <T>(question: (client: Client) => Promise<T>) => Promise<T>,
): Promise<WhoseCode> {
  const trust = judgeTrust(event, checkout)
  if (trust.whose === 'own') return OWN
  const { pullRequest, workflowRun } = event
  if (trust.whose === 'fork')
    return { whyFork: trust.why, base: workflowRun?.base, headRef: (pullRequest ?? workflowRun)?.headRef }
  const { commit, why } = trust
  // Without leave to read pull requests, the commit may tell all the same.
  const pull = await ask((client) => findPull(client, event)).catch(() => undefined)
  const base = pull?.base ?? workflowRun?.base
  const headRef = pull?.isFromFork ? pull.headRef : undefined
  if (checkout.strange !== undefined) return { whyFork: why, base, headRef }
  if (pull?.isFromFork) return { whyFork: 'the pull request is from a fork', base, headRef }
  if (commit === undefined) return { whyFork: why, base }
  if (pull?.commits.includes(commit)) return OWN
  try {
    const tags = checkout.top === undefined ? [] : await listTags(checkout.top)
    const isOwn = await ask((client) => isOfRepository(client, event, commit, tags))
    return isOwn ? OWN : { whyFork: why, base }
  } catch (error) {
    return {
      whyFork: `${why}, and GitHub could not be asked: ${explainFailure(error, 'contents: read')}`,
      base,
    }
  }
}

/**
 * The base of the pull request that a run of the repository's own code serves, though its event is no pull request's; undefined where it
 * serves none. Rejects with Octokit's error where GitHub does not tell.
 */
export async function findServedBase(
  event: Event,
  ask: <T>(question: (client: Client) => Promise<T>) => Promise<T>,
): Promise<{ ref: string } | undefined> {
  return event.workflowRun?.base ?? (await ask((client) => findPull(client, event)))?.base
}

/** The pull request of the event, or the one that a comment is on: the commits that are its own, unless it is from a fork. */
async function findPull(client: Client, { repository, pullRequest, commentedPull }: Event) {
  const pull_number = pullRequest?.number ?? commentedPull
  if (pull_number === undefined) return undefined
  const { data } = await client.rest.pulls.get({ ...repository, pull_number })
  const { base, head } = data
  return {
    isFromFork: head.repo?.id !== base.repo.id,
    // Its head, and the merge that GitHub has made of it.
    commits: [head.sha, data.merge_commit_sha ?? ''],
    base: { ref: base.ref },
    headRef: head.ref,
  }
}

/**
 * Whether a commit is the tip of a branch of the repository, is tagged there, or is in the history of the default branch or of what
 * the workflow runs on.
 *
 * @param tags those that the commit has in the checkout, which may not be the repository's
 */
async function isOfRepository(
  client: Client,
  { repository, defaultBranch, ref, sha }: Event,
  commit: string,
  tags: string[],
): Promise<boolean> {
  const { repos } = client.rest
  // GitHub does not know a commit that the workflow itself has made.
  const isTip = await orUnknown(repos.listBranchesForHeadCommit({ ...repository, commit_sha: commit }))
  if (isTip === undefined) return false
  if (isTip.data.length > 0) return true
  for (const tag of tags) {
    if ((await findRef(client, repository, tag.replace(/^refs\//, ''))) === commit) return true
  }
  const ownTips = [
    defaultBranch && (await findRef(client, repository, `heads/${defaultBranch}`)),
    /^refs\/(heads|tags)\/./.test(ref) && sha,
  ]
  for (const tip of new Set(ownTips)) {
    if (!tip) continue
    const page = { per_page: 1, page: 2 }
    const basehead = `${tip}...${commit}`
    const { data } = await repos.compareCommitsWithBasehead({ ...repository, basehead, ...page })
    if (data.status === 'behind' || data.status === 'identical') return true
  }
  return false
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
