import type { Client } from './client.ts'
import type { Event } from './event.ts'

/** A pull request of the repository, as far as it is looked at. */
export interface Pull {
  number: number
  isFromFork: boolean
  /** Its head, and the merge that GitHub has made of it. */
  commits: string[]
  /** Undefined if pull requests of the same commit go to different branches: which one is meant is unknown. */
  base: { ref: string } | undefined
  headRef: string
}

/** What GitHub says of a pull request. */
interface Shown {
  number: number
  head: { ref: string; sha: string; repo: { id: number } | null }
  base: { ref: string; repo: { id: number } }
  merge_commit_sha: string | null
}

/**
 * The pull request that an event is about: its own, the one that a comment is on, or an open one of the branch whose run is followed, at
 * the commit of that run. The event of a fork's run names the branch but no pull request. Undefined where there is none.
 *
 * Rejects with Octokit's error where GitHub does not tell.
 */
export async function findPull(client: Client, event: Event): Promise<Pull | undefined> {
  const { repository, pullRequest, commentedPull, workflowRun } = event
  const pull_number = pullRequest?.number ?? commentedPull
  if (pull_number !== undefined)
    return read((await client.rest.pulls.get({ ...repository, pull_number })).data)
  if (!workflowRun?.head || !workflowRun.event.startsWith('pull_request')) return undefined
  const { head, headSha } = workflowRun
  const { data } = await client.rest.pulls.list({ ...repository, state: 'open', head })
  const pulls = data.filter((pull) => pull.head.sha === headSha).map(read)
  const isOne = new Set(pulls.map(({ base }) => base?.ref)).size === 1
  return pulls[0] && { ...pulls[0], ...(!isOne && { base: undefined }) }
}

function read({ number, head, base, merge_commit_sha }: Shown): Pull {
  return {
    number,
    isFromFork: head.repo?.id !== base.repo.id,
    commits: [head.sha, merge_commit_sha ?? ''],
    base: { ref: base.ref },
    headRef: head.ref,
  }
}
