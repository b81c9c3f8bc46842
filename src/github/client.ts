import type { GitHub } from '@actions/github/lib/utils'

/** GitHub's API, as an action asks it. */
export type Client = InstanceType<typeof GitHub>

/** GitHub itself ends a request after 10 s (docs: "Timeouts" of the REST API). */
const LONGEST_REQUEST_MS = 10_000

/** All requests of one client, each page of a list included, together end within this. */
const LONGEST_MS = 120_000

/** A page of a hundred of the longest comments (65,536 characters, each of four bytes) is a bit less. */
const LARGEST_ANSWER = 32 * 1024 * 1024

/** How long GitHub's rate limits may still make a run wait in total, in seconds. */
let patience = 60

/** Retries of a request: after a 5xx, 1 s and then 4 s later; after a rate limit, when GitHub says. */
const RETRIES = 2

/**
 * Statuses that a retry would not change, and 408 (see `markTimeout`). Rate limits (403, 429) are left to the
 * throttling plugin.
 */
const FINAL = [400, 401, 403, 404, 405, 408, 409, 410, 413, 415, 422, 429, 451]

/**
 * A client of the API at `GITHUB_API_URL`, through the runner's proxy. It asks again after a passing failure, waits
 * where GitHub asks for a short wait, and gives up on what does not answer.
 *
 * @param token empty: asks anonymously, which is enough for public data
 */
export async function connect(token: string): Promise<Client> {
  // Loaded only here: a run that asks nothing of GitHub starts without it.
  const [{ defaults, GitHub, getOctokitOptions }, { retry }, { throttling }] = await Promise.all([
    import('@actions/github/lib/utils'),
    import('@octokit/plugin-retry'),
    import('@octokit/plugin-throttling'),
  ])
  const wait = (seconds: number, _options: object, _client: object, tries: number) => {
    // A header may say anything, and a negative wait would add to the patience that is left.
    const isBearable = seconds >= 0 && seconds <= patience
    if (!isBearable || tries >= RETRIES) return false
    patience -= seconds
    return true
  }
  const end = performance.now() + LONGEST_MS
  const fetch = async (url: string, init: object) => {
    const signal = abortAfter(Math.min(LONGEST_REQUEST_MS, end - performance.now()))
    return bound(await defaults.request?.fetch(url, { ...init, signal }))
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

/** `AbortSignal.timeout` would do the same, but Node 20 may collect it as garbage while an answer drips in. */
function abortAfter(ms: number): AbortSignal {
  const controller = new AbortController()
  setTimeout(() => controller.abort(new DOMException('no answer in time', 'TimeoutError')), ms).unref()
  return controller.signal
}

/** A response whose body fails once it gets too large. */
function bound(response: Response): Response {
  let left = LARGEST_ANSWER
  const counting = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      left -= chunk.length
      if (left < 0) controller.error(new Error('the answer is too large'))
      else controller.enqueue(chunk)
    },
  })
  return new Response(response.body?.pipeThrough(counting), response)
}

/**
 * A request that got no answer in time is not retried: it may have been carried out all the same. Octokit calls that a
 * server error (500), which would be retried.
 */
function markTimeout(octokit: Pick<Client, 'hook'>): void {
  octokit.hook.error('request', (error) => {
    if ((error.cause as Error | undefined)?.name === 'TimeoutError') Object.assign(error, { status: 408 })
    throw error
  })
}
