import { listTags } from '../git/checkout.ts'
import { listMadeHere } from '../git/history.ts'
import type { Client } from './client.ts'
import type { Event } from './event.ts'
import { findRef } from './refs.ts'
import { type Checkout, isKnownOwn, mayServeFork } from './trust.ts'

/** Most commits that GitHub is asked about for one checkout: what a job makes before its gate is a few. */
const MOST_ASKED = 20

/**
 * Whether a commit is the repository's own: GitHub has it on a branch or a tag, or a step of this job has made it of commits that are.
 *
 * Forks share one store with the repository, so that GitHub knows their commits. One that it does not know was made here, unless it was
 * fetched from elsewhere. That counts only where the event is about the repository's own code: a job may have merged a fork's head, and on
 * other events it may have made a commit of a fork's files.
 *
 * Rejects with Octokit's error where GitHub does not tell.
 */
export async function isOwnCommit(
  client: Client,
  event: Event,
  commit: string,
  { top }: Checkout,
): Promise<boolean> {
  const isOnGitHub = await askGitHub(client, event, commit, top)
  if (isOnGitHub !== undefined) return isOnGitHub
  if (top === undefined || mayServeFork(event)) return false
  const madeHere = await listMadeHere(top, commit, MOST_ASKED)
  // Where nothing of the clone can be read, that no fork on GitHub has the commit has to do.
  if (madeHere === undefined) return true
  const line = new Set(madeHere.get(commit))
  let asked = 1
  for (const parent of line) {
    if (isKnownOwn(event, parent)) continue
    if (++asked > MOST_ASKED) return false
    const isOwn = await askGitHub(client, event, parent, top)
    const parents = madeHere.get(parent)
    if (isOwn === false || (isOwn === undefined && !parents)) return false
    if (isOwn === undefined) for (const next of parents ?? []) line.add(next)
  }
  return madeHere.has(commit)
}

/**
 * Whether GitHub has a commit as the tip of a branch, under a tag, or in the history of the default branch or of what the workflow runs on;
 * undefined where it knows no such commit.
 */
async function askGitHub(
  client: Client,
  { repository, defaultBranch, ref, sha }: Event,
  commit: string,
  top: string | undefined,
): Promise<boolean | undefined> {
  const { repos } = client.rest
  const isTip = await orUnknown(repos.listBranchesForHeadCommit({ ...repository, commit_sha: commit }))
  if (isTip === undefined) return undefined
  if (isTip.data.length > 0) return true
  // Those of the checkout, which may not be the repository's.
  for (const tag of top === undefined ? [] : await listTags(top, commit)) {
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

/** What GitHub answers; undefined where it says that it knows no such commit. */
async function orUnknown<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer
  } catch (error) {
    const { status, message = '' } = error as { status?: number; message?: string }
    if (status === 422 && message.startsWith('No commit found for SHA')) return undefined
    throw error
  }
}
