/**
 * How fast to probe: a round-trip estimate for each host, and caps that the policy sets.
 *
 * The estimate is RFC 6298's. It decides when a window slot is given back; the socket itself lives on, so that a
 * late answer still counts.
 */

/** Bounds of the time after which a silent probe gives its window slot back, in milliseconds. */
const MIN_TIMEOUT_MS = 200
const MAX_TIMEOUT_MS = 1000

/** The round-trip estimate of one host. */
export interface RoundTrip {
  srttMs?: number
  varianceMs: number
}

/** Takes one measured round trip into the estimate (RFC 6298, section 2). */
export function learnRoundTrip(estimate: RoundTrip, sampleMs: number): void {
  if (estimate.srttMs === undefined) {
    estimate.srttMs = sampleMs
    estimate.varianceMs = sampleMs / 2
    return
  }
  estimate.varianceMs += (Math.abs(sampleMs - estimate.srttMs) - estimate.varianceMs) / 4
  estimate.srttMs += (sampleMs - estimate.srttMs) / 8
}

/** How long a silent probe to this host holds its window slot, in milliseconds. */
export function slotTimeoutMs(estimate: RoundTrip): number {
  if (estimate.srttMs === undefined) return MAX_TIMEOUT_MS
  const timeout = estimate.srttMs + 4 * estimate.varianceMs
  return Math.min(MAX_TIMEOUT_MS, Math.max(MIN_TIMEOUT_MS, timeout))
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

/** Takes leave for one connection; false when the cap is reached for now. */
export function takeLeave(cap: RateCap, now: number): boolean {
  const burst = Math.max(1, cap.perSecond / 20)
  cap.tokens = Math.min(burst, cap.tokens + ((now - cap.filledAt) / 1000) * cap.perSecond)
  cap.filledAt = now
  if (cap.tokens < 1) return false
  cap.tokens -= 1
  return true
}
