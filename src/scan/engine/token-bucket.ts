/** Token buckets: the `max-rate` of a policy. */
import type { Clock } from './clock.ts'
import { BUCKETS_PER_SECOND } from './tuning.ts'

interface State {
  /** What this thread may send a second, and what another one may meanwhile. */
  perSecond: number
  lentPerSecond: number
  tokens: number
  filledAt: number
}

/** A limit on new connections; only the functions of this file change it. */
export type TokenBucket = Readonly<State>

/** @param perSecond new connections a second */
export function createTokenBucket(perSecond: number, now: number): TokenBucket {
  return { perSecond, lentPerSecond: 0, tokens: 1, filledAt: now }
}

/** Whether there is a token for one connection. */
export function hasToken(bucket: TokenBucket, now: number): boolean {
  return countTokens(bucket, now) >= 1
}

/** Takes a token, where there is one. */
export function takeToken(bucket: State, now: number): void {
  bucket.tokens = countTokens(bucket, now) - 1
  bucket.filledAt = now
}

/** Lets another thread have a share of the rate, 0 to 1. @returns how much a second */
export function lendRate(bucket: State, share: number, now: number): number {
  // What has accrued so far has accrued at the old rate.
  bucket.tokens = countTokens(bucket, now)
  bucket.filledAt = now
  bucket.lentPerSecond = bucket.perSecond * share
  bucket.perSecond -= bucket.lentPerSecond
  return bucket.lentPerSecond
}

/** Takes back what another thread had of the rate. */
export function takeBackRate(bucket: State, now: number): void {
  bucket.tokens = countTokens(bucket, now)
  bucket.filledAt = now
  bucket.perSecond += bucket.lentPerSecond
  bucket.lentPerSecond = 0
}

/** Waits for a token of every bucket and takes it; returns at once, without one, when the signal is aborted. */
export async function waitForTokens(
  buckets: readonly TokenBucket[],
  clock: Pick<Clock, 'now' | 'sleep'>,
  signal: AbortSignal,
): Promise<void> {
  for (const bucket of buckets) {
    while (!signal.aborted && !hasToken(bucket, clock.now()))
      await clock.sleep(1000 / bucket.perSecond, signal)
    if (!signal.aborted) takeToken(bucket, clock.now())
  }
}

function countTokens({ perSecond, tokens, filledAt }: TokenBucket, now: number): number {
  return Math.min(Math.max(1, perSecond / BUCKETS_PER_SECOND), tokens + ((now - filledAt) / 1000) * perSecond)
}
