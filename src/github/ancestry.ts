import { listRemoteBranches, listTags } from '../repository/git/checkout.ts'
import { listMadeHere } from '../repository/git/history.ts'
import type { Client } from './client.ts'
import { compareCommits } from './commit.ts'
import type { Event } from './event.ts'
import { findRef } from './refs.ts'
import { type Checkout, isKnownOwn, mayServeFork } from './trust.ts'

/** Most commits that GitHub is asked about for one checkout: a job makes only a few before its gate. */
const MOST_ASKED = 20

/**
 * Whether a commit is the repository's own: GitHub has it on a branch or a tag, or a step of this job has made it from commits that are.
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
  // If nothing of the clone can be read, it has to be enough that no fork on GitHub has the commit.
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
 * Whether GitHub has a commit as the tip of a branch, under a tag, or in the history of a branch or of what the workflow runs on; undefined
 * where it knows no such commit. Only the default branch and those that the clone has are looked at.
 */
async function askGitHub(
  client: Client,
  event: Event,
  commit: string,
  top: string | undefined,
): Promise<boolean | undefined> {
  const { repository, defaultBranch, ref, sha } = event
  const { repos } = client.rest
  const tips = await orUnknown(repos.listBranchesForHeadCommit({ ...repository, commit_sha: commit }))
  if (tips === undefined) return undefined
  if (Array.isArray(tips.data) && tips.data.length > 0) return true
  const find = (name: string) => findRef(client, repository, name)
  // A tag of the clone need not be one of the repository, nor mean the same commit there.
  for (const tag of top === undefined ? [] : await listTags(top, commit)) {
    if ((await find(tag.replace(/^refs\//, ''))) === commit) return true
  }
  const runsOn = /^refs\/(heads|tags)\/./.test(ref) ? sha : undefined
  if (runsOn && (await isBehind(client, event, commit, runsOn))) return true
  const branches = top === undefined ? [] : await listRemoteBranches(top, commit)
  for (const name of new Set([defaultBranch, ...branches])) {
    const tip = name === undefined ? undefined : await find(`heads/${name}`)
    if (tip !== undefined && tip !== runsOn && (await isBehind(client, event, commit, tip))) return true
  }
  return false
}

/** Whether a commit is in the history of another one, or that one. */
async function isBehind(
  client: Client,
  { repository }: Event,
  commit: string,
  tip: string,
): Promise<boolean> {
  const { status } = await compareCommits(client, repository, tip, commit)
  return status === 'behind' || status === 'identical'
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
