/** The round-trip time of one host, and what follows from it for timeouts. */
import { LAG_MS, MAX_TIMEOUT_MS, MIN_TIMEOUT_MS, RETRANSMITTED_MS } from './tuning.ts'

interface State {
  /** The smoothed round-trip time and its variation (RFC 6298, 2), in milliseconds; undefined before the first sample. */
  srttMs: number | undefined
  variationMs: number
  /** The quickest answer so far. */
  leastMs: number
}

/** The round-trip estimate of one host; only the functions of this file change it. */
export type RoundTrip = Readonly<State>

export function createRoundTrip(): RoundTrip {
  return { srttMs: undefined, variationMs: 0, leastMs: Number.POSITIVE_INFINITY }
}

/** Whether an answer that took so long came to a retransmitted SYN. */
export function isRetransmitted({ leastMs }: RoundTrip, tookMs: number): boolean {
  return tookMs >= leastMs + RETRANSMITTED_MS
}

/** Takes one measured round trip into the estimate (RFC 6298, section 2). */
export function addSample(estimate: State, sampleMs: number): void {
  // An answer to a retransmitted SYN tells nothing about the round trip (Karn; RFC 6298, 3).
  if (isRetransmitted(estimate, sampleMs)) return
  estimate.leastMs = Math.min(estimate.leastMs, sampleMs)
  if (estimate.srttMs === undefined) {
    estimate.srttMs = sampleMs
    estimate.variationMs = sampleMs / 2
    return
  }
  estimate.variationMs += (Math.abs(sampleMs - estimate.srttMs) - estimate.variationMs) / 4
  estimate.srttMs += (sampleMs - estimate.srttMs) / 8
}

/**
 * How long an answer may take before it is overdue, in milliseconds (RFC 6298, 2.3, plus this machine's lag). For answers to
 * retransmissions: `isRetransmitted`.
 */
export function promptWithinMs({ srttMs, variationMs }: RoundTrip): number {
  return srttMs === undefined ? MAX_TIMEOUT_MS : srttMs + 4 * variationMs + LAG_MS
}

/** The retransmission timeout (RTO, RFC 6298), in milliseconds: after it, an unanswered SYN counts as lost for now. */
export function timeoutOf(roundTrip: RoundTrip): number {
  return Math.min(MAX_TIMEOUT_MS, Math.max(MIN_TIMEOUT_MS, promptWithinMs(roundTrip)))
}
