import type { Said } from '../report/said.ts'
import type { Client } from './client.ts'
import type { Repository } from './event.ts'
import { findOurs, isNewer, PAGE_SIZE, saidIn } from './ours.ts'

/** What it takes to comment on a pull request. */
export const COMMENTING = 'pull-requests: write'

/** A comment for a pull request. */
export interface Comment extends Repository {
  number: number
  /** Its body begins with this. */
  mark: string
  /** The run that says it. */
  run: { id: number; attempt: number }
  said: Said
  /** The body, which begins with what is new since the last post. */
  compose(before?: Said): string
  /** Whether to write one if there is none yet. An existing one is updated, unless it says the same already. */
  isDue: boolean
}

/**
 * Writes this gate's one comment on a pull request, or brings it up to date. Rejects with Octokit's error.
 *
 * @returns why nothing was written, as a sentence: a run that is repeated, or ends late, may be of an older commit
 */
export async function keepComment(client: Client, comment: Comment): Promise<string | undefined> {
  const { owner, repo, number: issue_number, mark, said, compose, isDue, run } = comment
  const pull = { owner, repo, issue_number }
  const [ours, ...surplus] = await findOurs(client, mark, (page) =>
    client.rest.issues.listComments({ ...pull, per_page: PAGE_SIZE, page }),
  )
  if (ours && isNewer(ours.body, run)) return 'The comment is left as it is: a later run wrote it.'
  const before = saidIn(ours?.body)
  const isSaid = before?.digest === said.digest
  if (ours && !isSaid) {
    await client.rest.issues.updateComment({ owner, repo, comment_id: ours.id, body: compose(before) })
  } else if (!ours && isDue) {
    await client.rest.issues.createComment({ ...pull, body: compose() })
  }
  // Two runs at once, or a request that was made twice, may have left more than one.
  for (const { id } of surplus) await client.rest.issues.deleteComment({ owner, repo, comment_id: id })
  return isSaid ? 'The comment is left as it is: nothing has changed since it was written.' : undefined
}
