/** A token for each probe of one host: they accrue at the host's rate, and answers earn more. */
import type { Random } from '../targets/random.ts'
import { areAlone } from './control-probes.ts'
import { FEWEST_BURST, FIRST_BURST, MOST_BURST, SMOOTH_MS } from './tuning.ts'

interface State {
  count: number
  filledAt: number
}

/** The tokens of one host; only the functions of this file change them. */
export type SendTokens = Readonly<State>

export function createSendTokens(): SendTokens {
  return { count: FIRST_BURST, filledAt: Number.NEGATIVE_INFINITY }
}

/** Takes a token for one probe at a rate; false when there is none for now. */
export function takeSendToken(tokens: State, perSecond: number, now: number): boolean {
  const fewest = areAlone(perSecond) ? 1 : FEWEST_BURST
  const burst = Math.max(fewest, (perSecond * SMOOTH_MS) / 1000)
  // Tokens earned by answers stay; time alone fills the bucket only up to its burst.
  fill(tokens, perSecond, Math.max(tokens.count, burst), now)
  return take(tokens, 1)
}

/**
 * The same one by one, whatever answers have earned. Intervals vary by up to half, at random: probes in step with a limit, or with
 * the kernel's retransmissions, would be dropped each time.
 */
export function takeSpreadToken(tokens: State, perSecond: number, random: Random, now: number): boolean {
  fill(tokens, perSecond, 1, now)
  return take(tokens, 0.5 + random())
}

/** An answer makes room for two more probes. */
export function earnTwo(tokens: State): void {
  tokens.count = Math.min(MOST_BURST, tokens.count + 2)
}

/** Leaves none: the next probe waits for its turn. */
export function dropTokens(tokens: State): void {
  tokens.count = 0
}

function fill(tokens: State, perSecond: number, most: number, now: number): void {
  const more = ((now - tokens.filledAt) / 1000) * perSecond
  tokens.filledAt = now
  tokens.count = Math.min(most, tokens.count + more)
}

function take(tokens: State, cost: number): boolean {
  if (tokens.count < 1) return false
  tokens.count -= cost
  return true
}
