/** What is decided about a host from time to time: its rate, whether it still answers, and whether to look again. */
import { adjustRate, expectNoRetries, forgetLoss, slowDown } from './congestion.ts'
import { dropClosed, hasControl } from './control-ports.ts'
import type { HostScan } from './host-scan.ts'
import { checkLiveness, setUnresponsive } from './liveness.ts'
import { forgetControls } from './loss-estimator.ts'
import * as noResponse from './no-response.ts'
import { countWaiting, retryAll } from './port-queue.ts'
import { timeoutOf } from './rtt.ts'
import { beginWindow, extendWindow, isLookDue, judgeRefusals } from './scarce-refusals.ts'
import { FEW_PORTS, SECOND_LOOK_PORTS, SINGLE_SYN_MS } from './tuning.ts'

/**
 * Looks again at what is likeliest to be open, where nothing has answered: slowly, one SYN a port, and not amid the
 * kernel's retransmissions. A firewall that limits SYNs may have dropped all three of each open port.
 *
 * @returns false where there is nothing to look at again
 */
export function beginSecondLook({ noResponses, ports, losses, job }: HostScan, now: number): boolean {
  if (noResponses.isSecondLook || noResponses.unverified.length === 0) return false
  noResponse.noteSecondLook(noResponses)
  // They are in the order in which they were probed, the likeliest first.
  retryAll(ports, noResponse.takeUnverified(noResponses, SECOND_LOOK_PORTS))
  slowDown(job.target.congestion, losses, now)
  return true
}

/**
 * Adjusts the rate of a host.
 *
 * @param hostCount how many hosts take turns
 * @returns whether it is time to give it up
 */
export function steer(host: HostScan, hostCount: number, now: number): 'gone' | undefined {
  const { job, liveness, losses } = host
  const { congestion, roundTrip } = job.target
  const timeoutMs = timeoutOf(roundTrip)
  if (!liveness.isUnresponsive) {
    const shared = Math.min(...job.target.limiters.map(({ perSecond }) => perSecond))
    adjustRate(congestion, losses, roundTrip, shared / hostCount, now)
  }
  noteScarcity(host, now, timeoutMs)
  noteWorthlessRetries(host, timeoutMs)
  const isAsked = host.refusals.trust !== 'suspended' && hasControl(host.controls)
  const state = checkLiveness(liveness, losses, now, timeoutMs, isAsked)
  if (state === 'unresponsive') setUnresponsive(liveness, true, now)
  return state === 'gone' ? 'gone' : undefined
}

function noteScarcity(
  { refusals, controls, losses, pace, counts, ports, inFlight, job }: HostScan,
  now: number,
  timeoutMs: number,
): void {
  if (!isLookDue(pace, now)) return
  const canTell = refusals.trust === 'given' && controls.closed.length > 0 && controls.open.length > 0
  const isLimited = job.target.congestion.lossBefore !== undefined
  const judgement = canTell
    ? judgeRefusals(pace, losses, counts.refused, now, timeoutMs, isLimited)
    : 'plenty'
  const areFew = countWaiting(ports) + inFlight.portProbes <= FEW_PORTS
  if (judgement === 'undecided' && areFew) extendWindow(pace, now)
  else beginWindow(pace, losses, counts.refused, now)
  if (judgement !== 'scarce') return
  dropClosed(controls, 'refusals-scarce')
  forgetControls(losses)
  forgetLoss(job.target.congestion, losses, now)
}

function noteWorthlessRetries({ noResponses, losses, job }: HostScan, timeoutMs: number): void {
  const { ignoreKernelRetries, missProbability } = noResponses
  if (ignoreKernelRetries || !missProbability || timeoutMs > SINGLE_SYN_MS) return
  if (job.target.congestion.lossBefore === undefined || !noResponse.areRetriesWorthless(losses)) return
  noResponse.ignoreKernelRetries(noResponses)
  expectNoRetries(job.target.congestion)
}
