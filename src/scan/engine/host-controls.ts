/** When a host is sent a control probe, and what an answer of it means for its parts. */
import type { Outcome } from '../../model.ts'
import type { Random } from '../targets/random.ts'
import { startAfresh, tryAcquire } from './congestion.ts'
import * as controlProbes from './control-probes.ts'
import type { HostScan } from './host-scan.ts'
import { noteHeard, setUnresponsive } from './liveness.ts'
import { addControl, countLost, forgetControls } from './loss-estimator.ts'
import { takeUnverified } from './no-response.ts'
import { countWaiting, retryAll } from './port-queue.ts'
import type { Probe } from './probe.ts'
import type { Moment } from './refusals.ts'
import * as refusalsOf from './refusals.ts'
import { UNRESPONSIVE_GAP_MS } from './tuning.ts'

/** Draws where among the port probes the next control probe leaves, once it is time for it. */
export function scheduleControl(host: HostScan, moment: Moment, random: Random): void {
  const { controls, refusals, liveness, job } = host
  if (!controlProbes.hasControl(controls) || refusals.trust === 'suspended') return
  const { perSecond } = job.target.congestion
  refusalsOf.placeQuestion(refusals, controls, moment, perSecond, random)
  if (!liveness.isUnresponsive) controlProbes.placeNext(controls, moment.now, perSecond, random)
}

/** Whether a control probe is to leave now. */
export function isControlDue({ controls, refusals, liveness, ports }: HostScan, moment: Moment): boolean {
  const { now } = moment
  if (!controlProbes.hasControl(controls)) return false
  if (refusalsOf.isQuestionDue(refusals, controls, moment)) return true
  if (refusals.trust === 'suspended') return false
  if (liveness.isUnresponsive) return now - controls.sentAt >= UNRESPONSIVE_GAP_MS
  return controlProbes.isDue(controls, now, countWaiting(ports))
}

/** What decides whether control probes leave now. */
export function momentOf({ inFlight, ports, losses }: HostScan, now: number): Moment {
  const isLast = inFlight.portProbes + ports.lent === 0 && countWaiting(ports) === 0
  return { now, isLast, isLosing: countLost(losses) > 0 }
}

/** Takes the control port whose turn it is, as sent; its number is for the loss estimator. */
export function takeControl(
  { controls, losses, refusals, job }: HostScan,
  moment: Moment,
  random: Random,
): { port: number; number: number } {
  const { now } = moment
  const load = controls.probesSince / Math.max(1, now - controls.sentAt)
  const isQuestion = refusalsOf.isQuestionDue(refusals, controls, moment)
  controlProbes.noteSent(controls, now, job.target.congestion.perSecond, random)
  const port = isQuestion
    ? controlProbes.takeOpen(controls, now, refusalsOf.questionTo(refusals))
    : controlProbes.takeControl(controls, now)
  const isOpen = controlProbes.isOpenControl(controls, port)
  const number = addControl(losses, now, load, isOpen)
  if (isOpen) refusalsOf.noteAsked(refusals, number, now)
  return { port, number }
}

/** Whether a port probe may leave now; takes leave for it. */
export function tryAcquirePort({ liveness, ports, job }: HostScan, now: number): boolean {
  return !liveness.isUnresponsive && countWaiting(ports) > 0 && tryAcquire(job.target.congestion, now)
}

/** Notes that a port probe leaves. */
export function notePortProbe({ controls, refusals }: HostScan): void {
  controlProbes.notePortProbe(controls)
  refusalsOf.notePortProbe(refusals)
}

/**
 * Notes that the host itself has answered. What was silent before any port was known to answer is probed again: now there
 * are control ports for it.
 *
 * @param serviceOn what probably listens on a port
 */
export function hear(
  { controls, refusals, liveness, noResponses, ports }: HostScan,
  { kind, port }: Pick<Probe, 'kind' | 'port'>,
  { state }: Outcome,
  isPrompt: boolean,
  now: number,
  serviceOn?: (port: number) => string | undefined,
): void {
  noteHeard(liveness, now)
  // Why an open port has refused is not known by an answer of another.
  if (refusals.trust !== 'suspended') setUnresponsive(liveness, false)
  if (kind === 'port' && isPrompt && (state === 'open' || state === 'closed')) {
    controlProbes.admitControl(controls, port, state, state === 'open' ? serviceOn?.(port) : undefined)
  }
  if (noResponses.unverified.length > 0 && controlProbes.hasControl(controls)) {
    retryAll(ports, takeUnverified(noResponses))
  }
}

/** Takes in what an open port has answered. @returns whether what was refused so far has to be probed again */
export function hearControl(
  host: HostScan,
  port: number,
  number: number,
  answer: refusalsOf.ControlAnswer,
  now: number,
): boolean {
  const { refusals, controls, liveness, losses, job } = host
  const change = refusalsOf.judgeAnswer(refusals, port, number, answer, now)
  if (change === 'suspended') setUnresponsive(liveness, true)
  else if (change !== 'none') setUnresponsive(liveness, false)
  if (change === 'port-closed') controlProbes.dropOpen(controls, port)
  if (change !== 'too-fast') return false
  controlProbes.dropClosed(controls, 'refusals-untrusted')
  forgetControls(losses)
  startAfresh(job.target.congestion, losses, now)
  return true
}
