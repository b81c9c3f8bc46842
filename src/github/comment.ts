import type { Client } from './client.ts'
import type { Repository } from './event.ts'
import { findOurs, PAGE_SIZE } from './ours.ts'

/** What it takes to comment on a pull request. */
export const COMMENTING = 'pull-requests: write'

/** A comment for a pull request. */
export interface Comment extends Repository {
  number: number
  /** Its body begins with this. */
  mark: string
  body: string
  /** Whether to write one where there is none yet. One that is there is always brought up to date. */
  isDue: boolean
}

/** Writes this gate's one comment on a pull request, or brings it up to date. Rejects with Octokit's error. */
export async function keepComment(client: Client, comment: Comment): Promise<void> {
  const { owner, repo, number: issue_number, mark, body, isDue } = comment
  const pull = { owner, repo, issue_number }
  const [ours, ...surplus] = await findOurs(client, mark, (page) =>
    client.rest.issues.listComments({ ...pull, per_page: PAGE_SIZE, page }),
  )
  if (ours) {
    await client.rest.issues.updateComment({ owner, repo, comment_id: ours.id, body })
  } else if (isDue) {
    await client.rest.issues.createComment({ ...pull, body })
  }
  // Two runs at once, or a request that was made twice, may have left more than one.
  for (const { id } of surplus) await client.rest.issues.deleteComment({ owner, repo, comment_id: id })
}
