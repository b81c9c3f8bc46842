import { createHash } from 'node:crypto'
import { formatNumber } from '../numbers.ts'
import { readSaid, type Said } from '../report/said.ts'
import type { Client } from './client.ts'

/** What a comment or an issue says, and whose it is. */
interface Post {
  id: number
  /** Of an issue. */
  number?: number
  body?: string | null
  user: { login: string } | null
}

/** Posts that GitHub lists on one page, at most. */
export const PAGE_SIZE = 100

/**
 * Most pages that are looked at. GitHub takes no more than 2,500 comments on a pull request; of issues, these are the ones changed
 * last, and each run of a gate changes its own.
 */
const MOST_PAGES = 30

/** Invisible text at the start of a gate's posts, by which they are found again. */
export function markFor(gate: string[]): string {
  // A digest: names may hold anything, the end of the comment too.
  const digest = createHash('sha256').update(JSON.stringify(gate)).digest('hex').slice(0, 32)
  return `<!-- portgate ${digest} -->`
}

/** Which run wrote a post, as invisible text. Ids of runs grow; a repeated run keeps its own. */
export function stampFor({ id, attempt }: Run): string {
  return `<!-- run ${id} ${attempt} -->`
}

type Run = { id: number; attempt: number }

/** Whether a post of ours was written by a later run, so that this one has nothing to say that is newer. */
export function isNewer(body: string | null | undefined, { id, attempt }: Run): boolean {
  const [, ...written] = /^<!-- portgate \w+ -->\n<!-- run (\d{1,15}) (\d{1,9}) -->/.exec(body ?? '') ?? []
  const [itsId = 0, itsAttempt = 0] = written.map(Number)
  return itsId > id || (itsId === id && itsAttempt > attempt)
}

/**
 * What a post of ours says, by the line after its mark and its stamp; undefined if an earlier version of Portgate wrote it.
 */
export function saidIn(body: string | null | undefined): Said | undefined {
  const [, , line = ''] = (body ?? '').split('\n', 3)
  return readSaid(line)
}

/**
 * Those posts of a list that bear the mark and were written by whoever the token belongs to. A mark alone proves nothing:
 * anybody can copy it. Pages are asked for by number, because a link to the next one could lead anywhere, or in circles.
 *
 * Rejects if ours are not among those that are looked at, and there are more: each run would add another post.
 */
export async function findOurs<T extends Post>(
  client: Client,
  mark: string,
  listPage: (page: number) => Promise<{ data: T[] }>,
): Promise<T[]> {
  const { posts, isCut } = await listPosts(listPage)
  const marked = posts.filter(({ body }) => body?.startsWith(mark))
  // REST cannot tell who an app's token, such as a workflow's, belongs to: GET /user refuses it.
  const login = marked.length > 0 && (await askLogin(client))
  const ours = marked.filter(({ user }) => user?.login === login)
  if (ours.length > 0 || !isCut) return ours
  throw new Error(
    `it may be there already, but not among the ${formatNumber(MOST_PAGES * PAGE_SIZE)} that are looked through`,
  )
}

/** The posts of all pages up to the last that is looked at, each once. */
async function listPosts<T extends Post>(
  listPage: (page: number) => Promise<{ data: T[] }>,
): Promise<{ posts: T[]; isCut: boolean }> {
  const posts = new Map<number, T>()
  for (let page = 1; page <= MOST_PAGES; page++) {
    const { data } = await listPage(page)
    // A truncated answer is a string, and does not prove that nothing of ours is there.
    if (!Array.isArray(data)) throw new Error("GitHub's answer is not a list, or is incomplete")
    const before = posts.size
    for (const post of data) posts.set(post.number ?? post.id, post)
    // A page with nothing new means that there is no next page.
    if (data.length < PAGE_SIZE || posts.size === before) return { posts: [...posts.values()], isCut: false }
  }
  return { posts: [...posts.values()], isCut: true }
}

async function askLogin(client: Client): Promise<string> {
  const { viewer } = await client.graphql<{ viewer: { login: string } }>('query { viewer { login } }')
  return viewer.login
}
