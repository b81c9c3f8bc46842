import { printable } from '../report/escape.ts'

/** What Octokit throws, as far as it is looked at. */
interface Failure {
  status?: number
  message?: string
  cause?: unknown
  response?: { headers: Record<string, string | number | undefined> }
}

/** What GitHub shows; undefined where it shows nothing of the name. */
export async function orNothing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer
  } catch (error) {
    if ((error as { status?: number }).status === 404) return undefined
    throw error
  }
}

/** Whether the token may not see what was asked for; somebody else may. */
export function isDenied(error: unknown): boolean {
  const { status } = error as Failure
  return status === 401 || status === 404 || isForbidden(error)
}

/** Whether the token may not do what was asked. */
export function isForbidden(error: unknown): boolean {
  return (error as Failure).status === 403 && !isLimited(error as Failure)
}

/** Whether GitHub says that the token lacks a permission: a 403 may also be a locked conversation, or a suspended account. */
export function lacksPermission(error: unknown): boolean {
  return isForbidden(error) && /not accessible/i.test((error as Failure).message ?? '')
}

/**
 * Why a request to GitHub failed, as a clause.
 *
 * @param permission what it takes, in a workflow's words; GitHub's own answer comes first
 */
export function explainFailure(error: unknown, permission: string): string {
  const failure = error as Failure
  const { status, response } = failure
  const message = printable(failure.message ?? String(error), 300)
  // A request that had no answer at all has a status too.
  if (!status) return message
  if (!response) return `GitHub's API does not answer: ${nameCause(failure) ?? message}`
  if (isLimited(failure)) return explainLimit(failure)
  if (status === 401) return `GitHub does not accept the token (401): ${message}`
  if (status === 403 && /not accessible/i.test(message))
    return `the token lacks the permission ${nameMissing(response.headers, permission)} (403)`
  if (status === 403 && /\blocked\b/i.test(message))
    return 'the conversation is locked, so only people with write access can comment (403)'
  if (status === 404)
    return `GitHub does not find it (404); in a private repository, the token needs the permission \`${permission}\``
  return `GitHub answered ${status}: ${message}`
}

function nameCause({ cause }: Failure): string | undefined {
  if (!(cause instanceof Error)) return undefined
  if (cause.name === 'TimeoutError') return 'no answer in time'
  return cause.cause instanceof Error ? printable(cause.cause.message, 300) : undefined
}

function isLimited({ status, message, response }: Failure): boolean {
  if (status !== 403 && status !== 429) return false
  return response?.headers['x-ratelimit-remaining'] === '0' || /secondary rate/i.test(message ?? '')
}

/** How long GitHub wants to be left alone: longer than a run waits. */
function explainLimit({ response }: Failure): string {
  const { 'retry-after': after, 'x-ratelimit-reset': reset } = response?.headers ?? {}
  const until = new Date(Number(reset) * 1000)
  if (Number(after) > 0) return `GitHub's rate limit asks for a wait of ${Number(after)} s`
  if (!reset || Number.isNaN(until.getTime())) return "GitHub's rate limit is used up"
  return `GitHub's rate limit is used up until ${until.toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

/**
 * The permission that is missing, in a workflow's words. GitHub says what this one request takes: sets of permissions,
 * of which one is enough, such as `issues=read; pull_requests=read`. If the known one is among them, it is the one to
 * name, at the level that later requests need.
 */
function nameMissing(headers: Record<string, string | number | undefined>, permission: string): string {
  const accepted = String(headers['x-accepted-github-permissions'] ?? '')
  const sets = accepted.split(';').flatMap((set) => {
    const names = [...set.matchAll(/([a-z_]+)=([a-z]+)/g)].map(
      ([, name = '', level]) => `\`${name.replaceAll('_', '-')}: ${level}\``,
    )
    return names.length > 0 ? [names.join(' and ')] : []
  })
  const [known = ''] = permission.split(':')
  const isAmong = sets.some((set) => set.startsWith(`\`${known}:`) && !set.includes(' and '))
  return sets.length === 0 || isAmong ? `\`${permission}\`` : sets.join(' or ')
}
