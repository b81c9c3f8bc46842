/**
 * Hosts whose refusals are scarce, though open ports answer all along: a kernel sends one ICMP message a second
 * (`icmp_ratelimit`, icmp(7)).
 */
import { isLost, type LossEstimator } from './loss-estimator.ts'
import { FEWEST_PER_SECOND, SCARCE_ANSWERED, SCARCE_SILENT_SHARE, SCARCE_WINDOW_MS } from './tuning.ts'

interface State {
  /** When the window began, its first control probe, and how many ports had refused by then. */
  since: number
  control: number
  refused: number
  /** When it was last looked at. */
  lookedAt: number
}

/** The window in which the refusals of a host are counted; only this file changes it. */
export type RefusalPace = Readonly<State>

export function createRefusalPace(now: number): RefusalPace {
  return { since: now, control: 0, refused: 0, lookedAt: now }
}

/** Whether it is time to look at the window. */
export function isLookDue({ lookedAt }: RefusalPace, now: number): boolean {
  return now - lookedAt >= SCARCE_WINDOW_MS
}

/** Extends the window: too few open ports were asked in it to decide, because few ports are left to probe. */
export function extendWindow(pace: State, now: number): void {
  pace.lookedAt = now
}

/** Begins the next window. */
export function beginWindow(pace: State, losses: LossEstimator, refused: number, now: number): void {
  pace.since = now
  pace.lookedAt = now
  pace.control = losses.fates.length
  pace.refused = refused
}

/**
 * Refusals are `scarce` if open ports always answered while refusals came at a pace of their own: then silence is no loss, and
 * each refusal spent on a control port is one that another port does not get. `undecided`: too few open ports were asked.
 *
 * @param isLimited whether more was lost at a higher rate
 */
export function judgeRefusals(
  pace: RefusalPace,
  losses: LossEstimator,
  refused: number,
  now: number,
  timeoutMs: number,
  isLimited: boolean,
): 'scarce' | 'plenty' | 'undecided' {
  const open = { heard: 0, lost: 0 }
  const closed = { heard: 0, lost: 0 }
  for (let number = pace.control; number < losses.fates.length; number++) {
    const seen = losses.areOpen[number] ? open : closed
    if (isLost(losses, number, now, timeoutMs)) seen.lost += 1
    // What an open port answers while nothing else is sent, a limit would have let through as well.
    else if (
      losses.fates[number] === 'prompt' &&
      (!isLimited || seen === closed || (losses.loads[number] as number) > 0)
    )
      seen.heard += 1
  }
  const perSecond = (refused - pace.refused + closed.heard) / ((now - pace.since) / 1000)
  const isScarce =
    closed.lost >= SCARCE_ANSWERED &&
    closed.lost >= closed.heard * SCARCE_SILENT_SHARE &&
    perSecond < FEWEST_PER_SECOND
  if (open.lost > 0 || !isScarce) return 'plenty'
  return open.heard >= SCARCE_ANSWERED ? 'scarce' : 'undecided'
}
