import { posix } from 'node:path'
import { quote } from '../policy/problem.ts'
import type { Tree } from '../repository/tree.ts'
import type { Client } from './client.ts'
import type { Event, PullRequest, Repository } from './event.ts'
import { explainFailure, orNothing } from './failure.ts'

/** Most links that are followed for one file. */
const MOST_LINKS = 10

/** What it takes to read a commit, in a workflow's words. */
const READING = 'contents: read'

/** A commit on GitHub, and the client that may read it. */
export interface Commit {
  client: Client
  sha: string
}

/**
 * The files of a commit, by GitHub's API. Links within the repository are followed.
 *
 * @param repository the one that the workflow runs in
 * @param ref how people name the commit
 * @param find finds it, rejecting with Octokit's error; asked when the first file is read
 */
export function commitTree(repository: Repository, ref: string, find: () => Promise<Commit>): Tree {
  let commit: Promise<Commit> | undefined
  let isShown = false
  const folders = new Set<string>()
  return {
    ref,
    async read(path, limit) {
      const inside = requireInside(posix.normalize(path))
      try {
        commit ??= find()
        const { client, sha } = await commit
        for (let way = inside, links = 0; links < MOST_LINKS; links++) {
          const blob = await readBlob(repository, { client, sha }, way, limit)
          // GitHub also answers 404 if it shows nothing of the commit: then it is unknown whether there is such a file.
          if (!blob && !isShown) await client.rest.git.getCommit({ ...repository, commit_sha: sha })
          isShown = true
          const folder = posix.dirname(way)
          const target =
            blob || folders.has(folder) ? undefined : await findLink(repository, { client, sha }, way)
          if (target === undefined) {
            folders.add(folder)
            return blob
          }
          way = requireInside(target)
        }
        throw new Error('its links lead nowhere')
      } catch (error) {
        throw new Error(explainFailure(error, READING), { cause: error })
      }
    },
  }
}

/** Whether reading a commit failed on GitHub's side: it refused, failed or did not answer. */
export function isUnanswered(error: unknown): boolean {
  const { cause } = error as { cause?: { status?: unknown } }
  return typeof cause?.status === 'number'
}

function requireInside(path: string): string {
  if (/^(\/|\.\.(\/|$))/.test(path)) throw new Error('it lies outside of the repository')
  return path
}

/**
 * The target of a path in which a folder is a link, which GitHub does not follow; undefined if none is. Rejects where it lies in a
 * submodule, of which GitHub shows nothing.
 */
async function findLink(
  repository: Repository,
  { client, sha: ref }: Commit,
  path: string,
): Promise<string | undefined> {
  for (let above = posix.dirname(path); above !== '.'; above = posix.dirname(above)) {
    const answer = await orNothing(client.rest.repos.getContent({ ...repository, path: above, ref }))
    if (!answer) continue
    const { data } = answer
    if (Array.isArray(data) || data.type === 'file') return undefined
    if (data.type === 'submodule') throw new Error(`it lies in the submodule ${quote(above)}`)
    const { target } = data as { target: string }
    return target.startsWith('/')
      ? target
      : posix.join(posix.dirname(above), target, path.slice(above.length + 1))
  }
  return undefined
}

async function readBlob(
  repository: Repository,
  { client, sha }: Commit,
  path: string,
  limit: number,
): Promise<Uint8Array | undefined> {
  const answer = await orNothing(
    client.rest.repos.getContent({
      ...repository,
      path,
      ref: sha,
      headers: { accept: 'application/vnd.github.raw+json' },
      request: { parseSuccessResponseBody: false },
    }),
  )
  if (!answer) return undefined
  // Folders, submodules and links that lead nowhere have no raw form: they come as JSON.
  if (!/\braw\b/.test(answer.headers['content-type'] ?? '')) throw new Error('it is not a file')
  return readUpTo(answer.data as unknown as ReadableStream<Uint8Array>, limit)
}

async function readUpTo(stream: ReadableStream<Uint8Array>, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let left = limit
  // Leaving the loop ends the transfer.
  for await (const chunk of stream) {
    chunks.push(chunk.subarray(0, left))
    left -= chunk.length
    if (left <= 0) break
  }
  return Buffer.concat(chunks)
}

/**
 * The tip of a pull request's base branch: what is in force there, and nothing that the author of the pull request
 * chooses. A workflow on `pull_request` runs on a merge of the two branches, made by GitHub. The first parent of that
 * merge is the tip that it was made with, so that later commits on the base do not count as changes of the pull
 * request.
 *
 * Rejects with Octokit's error where the commit cannot be read.
 */
export async function findTip(
  client: Client,
  { repository, sha }: Event,
  { base, runsOnMerge }: Pick<PullRequest, 'base' | 'runsOnMerge'>,
): Promise<string> {
  const commit_sha = runsOnMerge ? sha : base.sha
  const { data } = await client.rest.git.getCommit({ ...repository, commit_sha })
  return requireSha(runsOnMerge ? data.parents[0]?.sha : data.sha)
}

/**
 * The commit that two branches have in common, rejecting as `findTip`.
 *
 * @param head a commit of any fork of the repository
 */
export async function findMergeBase(
  client: Client,
  repository: Repository,
  base: string,
  head: string,
): Promise<string> {
  const { merge_base_commit } = await compareCommits(client, repository, base, head)
  return requireSha(merge_base_commit.sha)
}

/** How GitHub compares two commits, rejecting with Octokit's error. */
export async function compareCommits(client: Client, repository: Repository, base: string, head: string) {
  // The second page goes without the list of the files that differ, which may be long.
  const page = { per_page: 1, page: 2 }
  const basehead = `${base}...${head}`
  const { data } = await client.rest.repos.compareCommitsWithBasehead({ ...repository, basehead, ...page })
  return data
}

/** @throws if GitHub's answer is not a SHA */
export function requireSha(text: unknown): string {
  if (isSha(text)) return text
  throw new Error("GitHub's answer names no commit")
}

function isSha(text: unknown): text is string {
  return typeof text === 'string' && /^[0-9a-f]{40,64}$/.test(text)
}
