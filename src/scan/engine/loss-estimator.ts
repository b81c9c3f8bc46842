/**
 * How much of what is sent to a host gets lost at a moment. Ports of it that are known to answer are probed again among
 * the others (control probes); the share that goes unanswered shows what the silence of another port is worth.
 */
import {
  BUNCHED_PER_MS,
  BUNCHED_RETRY_LOSS,
  COMPARABLE_LOAD,
  FAR_MS,
  FARTHEST_MS,
  GONE_AFTER_MS,
  MAY_BE_GONE,
  NEAREST,
  NEIGHBOURS,
  RETRY_PRIOR_WEIGHT,
} from './tuning.ts'

/**
 * What became of a control probe: answered in time, answered after a retransmission, or never; `unsent` where this machine
 * could not send it, so that it shows nothing.
 */
export type Fate = 'pending' | 'prompt' | 'late' | 'never' | 'unsent'

interface State {
  sentAt: number[]
  /** Probes a millisecond since the control probe before: what it was sent among. */
  loads: number[]
  fates: Fate[]
  /** Whether it went to a port that is known to be open. */
  areOpen: boolean[]
  /** How long a port that is slow by itself takes to answer at least, in milliseconds; of others 0. */
  delays: number[]
  /** Of those whose first SYN was lost: how many were answered later, and how many never. */
  late: number
  never: number
  /** Answers to retransmissions, other than those of control probes. */
  lateAnswers: number
}

/** The control probes of a host, by number, in the order in which they were sent; only this file changes them. */
export interface LossEstimator {
  readonly sentAt: readonly number[]
  readonly loads: readonly number[]
  readonly fates: readonly Fate[]
  readonly areOpen: readonly boolean[]
  readonly delays: readonly number[]
  readonly late: number
  readonly never: number
  readonly lateAnswers: number
}

export function createLossEstimator(): LossEstimator {
  return { sentAt: [], loads: [], fates: [], areOpen: [], delays: [], late: 0, never: 0, lateAnswers: 0 }
}

/** How many first SYNs of control probes were lost, as far as that is remembered. */
export function countLost({ late, never }: LossEstimator): number {
  return late + never
}

/** Whether anything was lost, or answered after a retransmission, as far as that is remembered. */
export function isLossSeen(losses: LossEstimator): boolean {
  return countLost(losses) + losses.lateAnswers > 0
}

/** Notes an answer to a retransmission that is not counted as a control probe's. */
export function noteLateAnswer(losses: LossEstimator): void {
  const state = losses as State
  state.lateAnswers += 1
}

/** Notes that a control probe is sent. @returns its number, for `settleControl` */
export function addControl(
  losses: LossEstimator,
  now: number,
  { load, isOpen, delayMs }: { load: number; isOpen: boolean; delayMs: number },
): number {
  const { sentAt, loads, fates, areOpen, delays } = losses as State
  delays.push(delayMs)
  fates.push('pending')
  areOpen.push(isOpen)
  loads.push(load)
  return sentAt.push(now) - 1
}

/** Notes what became of a control probe. */
export function settleControl(losses: LossEstimator, number: number, fate: Exclude<Fate, 'pending'>): void {
  const state = losses as State
  // A control probe that was forgotten meanwhile stays forgotten.
  if (state.fates[number] !== 'pending') return
  state.fates[number] = fate
  if (fate === 'prompt' || fate === 'unsent') return
  state[fate] += 1
  if (countLost(state) < NEAREST) return
  state.late /= 2
  state.never /= 2
}

/** Forgets all control probes so far: they do not measure what matters from now on. */
export function forgetControls(losses: LossEstimator): void {
  const state = losses as State
  state.fates.fill('unsent')
  state.late = 0
  state.never = 0
  state.lateAnswers = 0
}

/**
 * Whether it is known what became of some control probe sent since a moment. Until then, nothing shows that the host was still
 * there.
 */
export function isKnownSince(losses: LossEstimator, since: number, now: number, timeoutMs: number): boolean {
  const { sentAt, fates } = losses
  let number = findFirstAfter(sentAt, since)
  while (fates[number] === 'unsent') number += 1
  return number < fates.length && (fates[number] !== 'pending' || isLost(losses, number, now, timeoutMs))
}

/** Whether the first SYN of a control probe was lost, or its answer is so late that it counts as lost for now. */
export function isLost(
  { sentAt, fates, delays }: LossEstimator,
  number: number,
  now: number,
  timeoutMs: number,
): boolean {
  const fate = fates[number]
  if (fate === 'pending') return now - (sentAt[number] as number) > timeoutMs + (delays[number] as number)
  return fate === 'late' || fate === 'never'
}

/**
 * The probability that all SYNs of a probe, or the answers to them, were lost.
 *
 * For the first SYN, it is the share of losses around that moment. Retransmissions are as likely to be lost as those of control
 * probes were. While little is known of those, the retransmissions of a probe that left among few count as SYNs like any other.
 * Retransmissions in a bunch are assumed lost half the time: each bunch has the same probes in the same order, so a limit or a
 * queue that dropped some drops them again, while the first SYNs of control probes, between the bunches, get through. (A queue
 * of a few hundred packets lost all three SYNs of 970 in 20,000 ports, and none of the control probes among them; a limit of
 * 1,000 a second lost all SYNs of an open port in one run of eight, where SSH was the only control port.)
 *
 * @param synTimes when the SYNs were sent, on the engine's clock
 * @param load probes a millisecond among which the first was sent
 * @param timeoutMs after how long an unanswered control probe counts as lost for now
 */
export function missProbabilityOf(
  losses: LossEstimator,
  synTimes: readonly number[],
  load: number,
  now: number,
  timeoutMs: number,
): number {
  const [first = 1, ...retransmitted] = synTimes.map((time) => lossAt(losses, time, now, timeoutMs))
  if (retransmitted.length === 0) return first
  const independent = retransmitted.reduce((product, loss) => product * loss, 1)
  const prior = load > BUNCHED_PER_MS ? Math.max(BUNCHED_RETRY_LOSS, independent) : independent
  const { late, never } = losses
  const seen = (never + RETRY_PRIOR_WEIGHT * prior) / (late + never + RETRY_PRIOR_WEIGHT)
  return first * Math.max(independent, seen)
}

/**
 * The share of first SYNs, or answers to them, lost around a moment, 0 to 1, as the nearest control probes saw it: those under
 * the load of that moment, or all of them, whichever lost more. An answer between two bursts does not show what a firewall that
 * limits SYNs drops within them, nor does a loss when nothing else was sent; a loss among fewer probes does. Half a loss is added
 * to those seen, so that a few answers do not count as certainty. Without any control probe it is 1.
 */
export function lossAt(losses: LossEstimator, moment: number, now: number, timeoutMs: number): number {
  const { sentAt, loads, fates } = losses
  let after = findFirstAfter(sentAt, moment)
  const load = (loads[after] ?? 0) * COMPARABLE_LOAD
  let before = after - 1
  let worst = isNextLost(losses, after, moment, now, timeoutMs) ? MAY_BE_GONE : 0
  const all = { heard: 0, lost: 0 }
  const alike = { heard: 0, lost: 0 }
  while (alike.heard < NEAREST) {
    const back = before >= 0 ? moment - (sentAt[before] as number) : Number.POSITIVE_INFINITY
    const ahead = after < sentAt.length ? (sentAt[after] as number) - moment : Number.POSITIVE_INFINITY
    if (Math.min(back, ahead) > farthestOf(alike.heard)) break
    const number = back <= ahead ? before-- : after++
    const isGone = isLost(losses, number, now, timeoutMs)
    if (!isGone && fates[number] !== 'prompt') continue
    const isAlike = (loads[number] as number) >= load || (isGone && (loads[number] as number) > 0)
    for (const seen of isAlike ? [all, alike] : [all]) {
      seen.heard += 1
      if (isGone) seen.lost += 1
      if (seen.heard === NEIGHBOURS && seen.lost >= NEIGHBOURS / 2) worst = Math.max(worst, shareOf(seen))
    }
  }
  return alike.heard === 0 ? 1 : Math.max(worst, shareOf(all), shareOf(alike))
}

/** The nearest two count however far away they are: a lone service is probed less and less often. */
function farthestOf(heard: number): number {
  if (heard < 2) return Number.MAX_VALUE
  return heard < NEIGHBOURS ? FARTHEST_MS : FAR_MS
}

function isNextLost(
  losses: LossEstimator,
  next: number,
  moment: number,
  now: number,
  timeoutMs: number,
): boolean {
  const { sentAt } = losses
  if (next >= sentAt.length || (sentAt[next] as number) - moment < GONE_AFTER_MS) return false
  return isLost(losses, next, now, timeoutMs)
}

function shareOf({ heard, lost }: { heard: number; lost: number }): number {
  return Math.min(1, (lost + 0.5) / (heard + 1))
}

/** The position of the first time that is not before a moment; binary search. */
function findFirstAfter(times: readonly number[], moment: number): number {
  let low = 0
  let high = times.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((times[middle] as number) < moment) low = middle + 1
    else high = middle
  }
  return low
}
