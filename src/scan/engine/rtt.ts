/**
 * Round trips and time-outs of one host, and the caps that a policy sets.
 */
import { setTimeout as sleep } from 'node:timers/promises'

/** Bounds of the time after which a witness that was not answered counts as lost for now, in milliseconds. */
const MIN_TIMEOUT_MS = 300
const MAX_TIMEOUT_MS = 1_000

/** What a busy machine may add to a round trip, in milliseconds. */
const LAG_MS = 25

/**
 * An answer so much later than the quickest one came to the second SYN: Linux sends it after 1 s (RFC 6298, 2.1), so
 * that the first, or the answer to it, was lost.
 */
const RETRANSMITTED_MS = 950

/** The round-trip estimate of one host, RFC 6298's. */
export interface RoundTrip {
  srttMs?: number
  varianceMs: number
  /** The quickest answer so far. */
  leastMs: number
}

export function createRoundTrip(): RoundTrip {
  return { srttMs: undefined, varianceMs: 0, leastMs: Number.POSITIVE_INFINITY }
}

/** Whether an answer that took so long came to a SYN that had to be sent twice. */
export function isRetransmitted({ leastMs }: RoundTrip, tookMs: number): boolean {
  return tookMs >= leastMs + RETRANSMITTED_MS
}

/** Takes one measured round trip into the estimate (RFC 6298, section 2). */
export function learnRoundTrip(estimate: RoundTrip, sampleMs: number): void {
  // An answer to a SYN that was sent twice tells nothing about the round trip (Karn; RFC 6298, 3).
  if (isRetransmitted(estimate, sampleMs)) return
  estimate.leastMs = Math.min(estimate.leastMs, sampleMs)
  if (estimate.srttMs === undefined) {
    estimate.srttMs = sampleMs
    estimate.varianceMs = sampleMs / 2
    return
  }
  estimate.varianceMs += (Math.abs(sampleMs - estimate.srttMs) - estimate.varianceMs) / 4
  estimate.srttMs += (sampleMs - estimate.srttMs) / 8
}

/** How long an answer may take before something is wrong with it, in milliseconds. */
export function promptWithinMs({ srttMs, varianceMs }: RoundTrip): number {
  return srttMs === undefined ? MAX_TIMEOUT_MS : srttMs + 4 * varianceMs + LAG_MS
}

/** After how long a witness that was not answered counts as lost for now, in milliseconds. */
export function overdueAfterMs(roundTrip: RoundTrip): number {
  return Math.min(MAX_TIMEOUT_MS, Math.max(MIN_TIMEOUT_MS, promptWithinMs(roundTrip)))
}

/** A cap on new connections: a token bucket that holds at most 50 ms worth of them. */
export interface RateCap {
  perSecond: number
  tokens: number
  filledAt: number
}

export function createRateCap(perSecond: number): RateCap {
  return { perSecond, tokens: 1, filledAt: performance.now() }
}

/** Whether there is leave for one connection; false when the cap is reached for now. */
export function hasLeave(cap: RateCap, now: number): boolean {
  const burst = Math.max(1, cap.perSecond / 20)
  cap.tokens = Math.min(burst, cap.tokens + ((now - cap.filledAt) / 1000) * cap.perSecond)
  cap.filledAt = now
  return cap.tokens >= 1
}

/** Takes leave for one connection, where there is one. */
export function takeLeave(cap: RateCap): void {
  cap.tokens -= 1
}

/** Waits until every cap has leave for one connection; comes back at once when the signal is aborted. */
export async function waitForLeave(caps: RateCap[], signal: AbortSignal): Promise<void> {
  for (const cap of caps) {
    while (!signal.aborted && !hasLeave(cap, performance.now())) {
      await sleep(1000 / cap.perSecond, undefined, { signal }).catch(() => {})
    }
    if (!signal.aborted) takeLeave(cap)
  }
}
