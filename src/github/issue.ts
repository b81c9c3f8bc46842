import type { Client } from './client.ts'
import type { Repository } from './event.ts'
import { findOurs, PAGE_SIZE } from './ours.ts'

/** What it takes to keep an issue. */
export const KEEPING_ISSUES = 'issues: write'

/** An issue that is open while a gate fails. */
export interface Issue extends Repository {
  title: string
  /** Its body begins with this. */
  mark: string
  body: string
  /** `fails` opens one or brings it up to date, `passes` closes it, `neither` brings one that is open up to date. */
  state: 'fails' | 'passes' | 'neither'
  /** The comment that closes it. */
  farewell: string
}

/** Opens this gate's one issue, brings it up to date, or closes it. Rejects with Octokit's error. */
export async function keepIssue(client: Client, issue: Issue): Promise<void> {
  const { owner, repo, title, mark, body, state, farewell } = issue
  const { issues } = client.rest
  const query = { owner, repo, state: 'open', sort: 'updated', per_page: PAGE_SIZE } as const
  const found = await findOurs(client, mark, (page) => issues.listForRepo({ ...query, page }))
  // Pull requests are issues to this API.
  const ours = found.filter(({ pull_request }) => !pull_request).map(({ number }) => number)
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
}
