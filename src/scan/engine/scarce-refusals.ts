/** Hosts whose refusals are scarce: a kernel sends one ICMP message a second (`icmp_ratelimit`, icmp(7)), and open ports answer all along. */
import { isLost, type LossEstimator } from './loss-estimator.ts'
import { SCARCE_ANSWERED, SCARCE_PER_SECOND, SCARCE_SILENT_SHARE, SCARCE_WINDOW_MS } from './tuning.ts'

interface State {
  /** Since when is counted, the first control probe of that time, and how many ports had refused. */
  since: number
  control: number
  refused: number
}

/** The window in which the refusals of a host are counted; only this file changes it. */
export type RefusalPace = Readonly<State>

export function createRefusalPace(now: number): RefusalPace {
  return { since: now, control: 0, refused: 0 }
}

/** Whether a window is over. */
export function isWindowOver({ since }: RefusalPace, now: number): boolean {
  return now - since >= SCARCE_WINDOW_MS
}

/** Begins the next window. */
export function beginWindow(pace: State, losses: LossEstimator, refused: number, now: number): void {
  pace.since = now
  pace.control = losses.fates.length
  pace.refused = refused
}

/**
 * Whether open ports always answered and refusals came at a pace of their own: silence is no loss there, and each refusal of
 * a control port is one that another port does not get.
 */
export function areRefusalsScarce(
  pace: RefusalPace,
  losses: LossEstimator,
  refused: number,
  now: number,
  timeoutMs: number,
): boolean {
  const open = { heard: 0, lost: 0 }
  const closed = { heard: 0, lost: 0 }
  for (let number = pace.control; number < losses.fates.length; number++) {
    const seen = losses.areOpen[number] ? open : closed
    if (isLost(losses, number, now, timeoutMs)) seen.lost += 1
    else if (losses.fates[number] === 'prompt') seen.heard += 1
  }
  const perSecond = (refused - pace.refused + closed.heard) / ((now - pace.since) / 1000)
  return (
    open.lost === 0 &&
    open.heard >= SCARCE_ANSWERED &&
    closed.lost >= SCARCE_ANSWERED &&
    closed.lost >= closed.heard * SCARCE_SILENT_SHARE &&
    perSecond < SCARCE_PER_SECOND
  )
}
