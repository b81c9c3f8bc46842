/** Whether a host that has answered still does. */
import { isLost, type LossEstimator } from './loss-estimator.ts'
import { GIVE_UP_MS, LOSSES_IN_A_ROW, UNEXPLAINED_TIMES, UNRESPONSIVE_MS } from './tuning.ts'

interface State {
  /** When the host last answered, undefined as long as it never did. */
  heardAt: number | undefined
  /** It has answered and no longer does: only control probes are sent. */
  isUnresponsive: boolean
  /** When it last became so. */
  unresponsiveAt: number
}

/** Only the functions of this file change it. */
export type Liveness = Readonly<State>

/** @param heardAt when the host last answered */
export function createLiveness(heardAt: number | undefined): Liveness {
  return { heardAt, isUnresponsive: false, unresponsiveAt: 0 }
}

/** Notes that the host has answered. */
export function noteHeard(liveness: State, now: number): void {
  liveness.heardAt = now
}

/** Sends control probes only, or all again. */
export function setUnresponsive(liveness: State, isUnresponsive: boolean, now: number): void {
  if (isUnresponsive && !liveness.isUnresponsive) liveness.unresponsiveAt = now
  liveness.isUnresponsive = isUnresponsive
}

/**
 * Whether a host has become `unresponsive`: several control probes in a row were lost, and nothing else was heard. Or whether
 * it is `gone`: it has been unresponsive for long enough, and as many control probes have been sent since. Those take longer if
 * sockets are few, or if its only service may be probed only now and then. A host that accepts and refuses in turn is given up
 * too, if nothing explains that for long.
 *
 * @param isAsked whether control probes are sent as usual; if so, only their silence is a reason to give the host up
 */
export function checkLiveness(
  { heardAt, isUnresponsive, unresponsiveAt }: Liveness,
  losses: LossEstimator,
  now: number,
  timeoutMs: number,
  isAsked: boolean,
): 'unresponsive' | 'gone' | undefined {
  if (heardAt === undefined) return undefined
  const { fates, sentAt } = losses
  if (isUnresponsive) {
    const since = Math.max(heardAt, unresponsiveAt)
    const isEnough = !isAsked || (sentAt.at(-LOSSES_IN_A_ROW) ?? 0) >= since
    const isUnexplained = !isAsked && now - unresponsiveAt > GIVE_UP_MS * UNEXPLAINED_TIMES
    return isUnexplained || (isEnough && now - since > GIVE_UP_MS) ? 'gone' : undefined
  }
  if (now - heardAt < UNRESPONSIVE_MS || fates.length < LOSSES_IN_A_ROW) return undefined
  let lost = 0
  for (let number = fates.length - 1; number >= 0 && lost < LOSSES_IN_A_ROW; number--) {
    if (isLost(losses, number, now, timeoutMs)) lost += 1
    else if (fates[number] === 'prompt') return undefined
  }
  return lost >= LOSSES_IN_A_ROW ? 'unresponsive' : undefined
}
