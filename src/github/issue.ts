import type { Said } from '../report/said.ts'
import type { Client } from './client.ts'
import type { Repository } from './event.ts'
import { findOurs, isNewer, PAGE_SIZE, saidIn } from './ours.ts'

/** What it takes to keep an issue. */
export const KEEPING_ISSUES = 'issues: write'

/** An issue that is open while a gate fails. */
export interface Issue extends Repository {
  title: string
  /** Its body begins with this. */
  mark: string
  /** The run that says it. */
  run: { id: number; attempt: number }
  said: Said
  /** The body, which begins with what is new since the last post. */
  compose(before?: Said): string
  /** The comment that tells those who follow the issue what is new since the last post; undefined if nothing is. */
  announce(before: Said): string | undefined
  /** `fails` opens one or brings it up to date, `passes` closes it, `neither` brings one that is open up to date. */
  state: 'fails' | 'passes' | 'neither'
  /** The comment that closes it. */
  farewell: string
}

/**
 * Opens this gate's one issue, brings it up to date unless it says the same already, or closes it. GitHub sends no mail about an edit,
 * so what is new comes as a comment as well. Rejects with Octokit's error.
 *
 * @returns why nothing was written, as a sentence
 */
export async function keepIssue(client: Client, issue: Issue): Promise<string | undefined> {
  const { owner, repo, title, mark, said, compose, announce, state, farewell, run } = issue
  const { issues } = client.rest
  const query = { owner, repo, state: 'open', sort: 'updated', per_page: PAGE_SIZE } as const
  const found = await findOurs(client, mark, (page) => issues.listForRepo({ ...query, page }))
  // Pull requests are issues to this API.
  const posts = found.filter(({ pull_request }) => !pull_request)
  if (posts.some(({ body }) => isNewer(body, run))) return 'The issue is left as it is: a later run wrote it.'
  const [ours] = posts
  if (state === 'passes') {
    for (const { number: issue_number } of posts) {
      await issues.createComment({ owner, repo, issue_number, body: farewell })
      await issues.update({ owner, repo, issue_number, state: 'closed', state_reason: 'completed' })
    }
  } else if (ours) {
    const { number: issue_number } = ours
    const before = saidIn(ours.body)
    if (before?.digest === said.digest)
      return 'The issue is left as it is: nothing has changed since it was written.'
    await issues.update({ owner, repo, issue_number, body: compose(before) })
    const news = before && announce(before)
    if (news !== undefined) await issues.createComment({ owner, repo, issue_number, body: news })
  } else if (state === 'fails') {
    await issues.create({ owner, repo, title, body: compose() })
  }
  return undefined
}
