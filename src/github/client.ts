import type { GitHub } from '@actions/github/lib/utils'

/** GitHub's API, as an action asks it. */
export type Client = InstanceType<typeof GitHub>

/** GitHub itself ends a request after 10 s (docs: "Timeouts" of the REST API). */
const LONGEST_REQUEST_MS = 10_000

/** All that is asked of one client, each page of a list included, is done by then or not at all. */
const LONGEST_MS = 120_000

/** What GitHub's limits may make a run wait in all, in seconds. */
let patience = 60

/** A request is made again so often: after a 5xx when 1 s and then 4 s have passed, after a rate limit when GitHub says. */
const RETRIES = 2

/** What another try does not change; and 408, see `markTimeout`. Rate limits (403, 429) are for the throttling. */
const FINAL = [400, 401, 403, 404, 405, 408, 409, 410, 413, 415, 422, 429, 451]

/**
 * A client of the API at `GITHUB_API_URL`, through the runner's proxy. It asks again after a passing failure, waits
 * where GitHub asks for a short wait, and gives up on what does not answer.
 *
 * @param token empty: asks as nobody, who may read what is public
 */
export async function connect(token: string): Promise<Client> {
  // Loaded only here: a run that asks nothing of GitHub starts without it.
  const [{ defaults, GitHub, getOctokitOptions }, { retry }, { throttling }] = await Promise.all([
    import('@actions/github/lib/utils'),
    import('@octokit/plugin-retry'),
    import('@octokit/plugin-throttling'),
  ])
  const wait = (seconds: number, _options: object, _client: object, tries: number) => {
    if (seconds > patience || tries >= RETRIES) return false
    patience -= seconds
    return true
  }
  const end = AbortSignal.timeout(LONGEST_MS)
  const fetch = (url: string, init: object) => {
    const signal = AbortSignal.any([end, AbortSignal.timeout(LONGEST_REQUEST_MS)])
    return defaults.request?.fetch(url, { ...init, signal })
  }
  // Each plugin wraps those before it.
  return new (GitHub.plugin(markTimeout, retry, throttling))({
    ...(token && getOctokitOptions(token)),
    request: { ...defaults.request, fetch },
    log: { debug() {}, info() {}, warn() {}, error() {} },
    retry: { retries: RETRIES, doNotRetry: FINAL },
    throttle: { onRateLimit: wait, onSecondaryRateLimit: wait },
  })
}

/**
 * What got no answer in time is not asked for again: it may have been done all the same. Octokit takes it for a
 * failure of the server (500), which would be.
 */
function markTimeout(octokit: Pick<Client, 'hook'>): void {
  octokit.hook.error('request', (error) => {
    if ((error.cause as Error | undefined)?.name === 'TimeoutError') Object.assign(error, { status: 408 })
    throw error
  })
}
