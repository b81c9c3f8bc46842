import type { Client } from './client.ts'
import type { Repository } from './event.ts'
import { findOurs, isNewer, PAGE_SIZE } from './ours.ts'

/** What it takes to keep an issue. */
export const KEEPING_ISSUES = 'issues: write'

/** An issue that is open while a gate fails. */
export interface Issue extends Repository {
  title: string
  /** Its body begins with this. */
  mark: string
  /** The run that says it. */
  run: { id: number; attempt: number }
  body: string
  /** `fails` opens one or brings it up to date, `passes` closes it, `neither` brings one that is open up to date. */
  state: 'fails' | 'passes' | 'neither'
  /** The comment that closes it. */
  farewell: string
}

/**
 * Opens this gate's one issue, brings it up to date, or closes it. Rejects with Octokit's error.
 *
 * @returns why nothing was written, as a sentence
 */
export async function keepIssue(client: Client, issue: Issue): Promise<string | undefined> {
  const { owner, repo, title, mark, body, state, farewell, run } = issue
  const { issues } = client.rest
  const query = { owner, repo, state: 'open', sort: 'updated', per_page: PAGE_SIZE } as const
  const found = await findOurs(client, mark, (page) => issues.listForRepo({ ...query, page }))
  // Pull requests are issues to this API.
  const posts = found.filter(({ pull_request }) => !pull_request)
  if (posts.some(({ body }) => isNewer(body, run)))
    return 'The issue is left as it is: a later run has written it.'
  const ours = posts.map(({ number }) => number)
  if (state === 'passes') {
    for (const issue_number of ours) {
      await issues.createComment({ owner, repo, issue_number, body: farewell })
      await issues.update({ owner, repo, issue_number, state: 'closed', state_reason: 'completed' })
    }
  } else if (ours[0] !== undefined) {
    await issues.update({ owner, repo, issue_number: ours[0], body })
  } else if (state === 'fails') {
    await issues.create({ owner, repo, title, body })
  }
  return undefined
}
