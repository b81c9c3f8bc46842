import { createHash } from 'node:crypto'
import type { Client } from './client.ts'

/** What a comment or an issue says, and whose it is. */
interface Post {
  body?: string | null
  user: { login: string } | null
}

/** Invisible text at the start of what a gate posts, by which it is found again. */
export function markFor(gate: string[]): string {
  // A digest: names may hold anything, the end of the comment too.
  const digest = createHash('sha256').update(JSON.stringify(gate)).digest('hex').slice(0, 32)
  return `<!-- portgate ${digest} -->`
}

/**
 * Those posts of all pages that bear the mark and were written by whoever the token belongs to. A mark alone proves
 * nothing: anybody can copy it.
 */
export async function findOurs<T extends Post>(
  client: Client,
  mark: string,
  pages: AsyncIterable<{ data: T[] }>,
): Promise<T[]> {
  const marked: T[] = []
  for await (const { data } of pages) marked.push(...data.filter(({ body }) => body?.startsWith(mark)))
  if (marked.length === 0) return []
  // REST has no answer to this for the token of an app, such as a workflow's: GET /user refuses it.
  const { viewer } = await client.graphql<{ viewer: { login: string } }>('query { viewer { login } }')
  return marked.filter(({ user }) => user?.login === viewer.login)
}
