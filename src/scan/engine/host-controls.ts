/** When a host is sent a control probe, and what the answer means for the parts of the host. */
import type { Outcome } from '../../model.ts'
import type { Random } from '../targets/random.ts'
import { startAfresh, tryAcquire, tryAcquireSpread } from './congestion.ts'
import * as controlPorts from './control-ports.ts'
import * as controlProbes from './control-probes.ts'
import { countRefused, type HostScan, spreadMsOf } from './host-scan.ts'
import { noteHeard, setUnresponsive } from './liveness.ts'
import { addControl, countLost, forgetControls, isLossSeen } from './loss-estimator.ts'
import { takeUnverified } from './no-response.ts'
import { countWaiting, retryAll } from './port-queue.ts'
import type { ControlProbe, Probe } from './probe.ts'
import type { Moment } from './refusal-questions.ts'
import * as questions from './refusal-questions.ts'
import * as refusalsOf from './refusals.ts'
import { isRetransmitted } from './rtt.ts'
import { CALM_GAP_MS, FEWEST_PER_SECOND, LONG_GAP_MS, OPEN_GAP_MS, TICK_MS } from './tuning.ts'

/** Once the next control probe is due, draws its place among the port probes. */
export function scheduleControl(host: HostScan, moment: Moment, random: Random): void {
  const { controls, controlProbes: timing, refusals, liveness, job } = host
  if (!controlPorts.hasControl(controls) || refusals.trust === 'suspended') return
  const { perSecond } = job.target.congestion
  questions.placeQuestion(refusals, controls, moment, perSecond, random)
  if (liveness.isUnresponsive || !controlPorts.canProbe(controls, moment.now)) return
  controlProbes.placeNext(timing, moment.now, perSecond, random)
}

/** Whether a control probe is to leave now. */
export function isControlDue(host: HostScan, moment: Moment): boolean {
  const { controls, controlProbes: timing, refusals, liveness, ports } = host
  const { now } = moment
  if (!controlPorts.hasControl(controls)) return false
  if (questions.isQuestionDue(refusals, controls, moment)) return true
  if (refusals.trust === 'suspended') return false
  // A ban that comes and goes would otherwise cost a service a connection each time.
  if (!controlPorts.canProbe(controls, now)) return false
  if (liveness.isUnresponsive) return now - timing.sentAt >= CALM_GAP_MS
  return controlProbes.isDue(timing, now, countWaiting(ports), isSpread(host) ? CALM_GAP_MS : LONG_GAP_MS)
}

/** What decides whether control probes leave now. */
export function momentOf({ inFlight, ports, losses }: HostScan, now: number): Moment {
  const isAllSent = countWaiting(ports) === 0
  const isLast = isAllSent && inFlight.portProbes + ports.lent === 0
  return { now, isAllSent, isLast, isLosing: countLost(losses) > 0 }
}

/** Takes refused ports for a recheck, once it is due. @returns how many */
export function takeRefusedAgain(host: HostScan, now: number): number {
  const { refusals, controls, ports } = host
  if (!questions.isRecheckDue(refusals, controls, momentOf(host, now))) return 0
  const positions = refusalsOf.takeForRecheck(refusals)
  countRefused(host, -positions.length)
  retryAll(ports, positions)
  return positions.length
}

/** Takes the control port whose turn it is, as sent; its number is for the loss estimator. */
export function takeControl(
  { controls, controlProbes: timing, losses, refusals, liveness, job }: HostScan,
  moment: Moment,
  random: Random,
): { port: number; number: number } {
  const { now } = moment
  const load = controlProbes.loadAt(timing, now)
  // Something else may have refused for ports thought to be closed: if all is silent, every other control probe goes to an
  // open one.
  const isTurn = liveness.isUnresponsive && losses.fates.length % 2 === 1
  const isQuestion =
    questions.isQuestionDue(refusals, controls, moment) ||
    (isTurn && controlPorts.isOpenReady(controls, now, 0))
  const gapMs = controls.closed.length > 0 ? TICK_MS : OPEN_GAP_MS
  controlProbes.noteSent(timing, gapMs, now, job.target.congestion.perSecond, random)
  const port = isQuestion
    ? controlPorts.takeOpen(controls, now, questions.chooseQuestioned(refusals, controls, now))
    : controlPorts.takeControl(controls, now)
  const isOpen = controlPorts.isOpenControl(controls, port)
  const delayMs = controlPorts.ownDelayOf(controls, port, (ms) => isRetransmitted(job.target.roundTrip, ms))
  const number = addControl(losses, now, { load, isOpen, delayMs })
  if (isOpen) refusalsOf.noteAsked(refusals, number, now)
  return { port, number }
}

/**
 * Whether a control probe that is due may leave now. If port probes leave one by one, it takes the token and the place of one:
 * sent right behind another probe it would exceed a tight limit each time, though port probes get through.
 */
export function tryAcquireControl(host: HostScan, now: number, random: Random): boolean {
  const { perSecond } = host.job.target.congestion
  const isAlone = controlProbes.areAlone(isSpread(host) ? spreadPerSecond(host) : perSecond)
  return !isAlone || tryAcquireFor(host, now, random)
}

/** Whether a port probe may leave now; if so, takes its tokens. */
export function tryAcquirePort(host: HostScan, now: number, random: Random): boolean {
  const { liveness, ports } = host
  return !liveness.isUnresponsive && countWaiting(ports) > 0 && tryAcquireFor(host, now, random)
}

function tryAcquireFor(host: HostScan, now: number, random: Random): boolean {
  const { congestion } = host.job.target
  return isSpread(host)
    ? tryAcquireSpread(congestion, spreadPerSecond(host), random, now)
    : tryAcquire(congestion, now)
}

/**
 * Whether the remaining probes are spread over time: they are retries, something was lost, and no rate has been measured yet. Sent
 * at once, they would be one burst, of which a limit drops the same share each time.
 */
export function isSpread({ ports, losses, job }: HostScan): boolean {
  return ports.next === ports.end && isLossSeen(losses) && job.target.congestion.baseline === undefined
}

function spreadPerSecond(host: HostScan): number {
  const left = countWaiting(host.ports) + host.inFlight.portProbes
  const most = Math.max(FEWEST_PER_SECOND, (left * 1_000) / spreadMsOf(host))
  return Math.min(host.job.target.congestion.perSecond, most)
}

/** Notes that a port probe leaves. */
export function notePortProbe({ controlProbes: timing, refusals }: HostScan, now: number): void {
  controlProbes.notePortProbe(timing, now)
  refusalsOf.notePortProbe(refusals)
}

/**
 * Notes that the host itself has answered. What was silent before any port was known to answer is probed again: now there
 * are control ports for it.
 *
 * @param tookMs after how long, if promptly
 * @param serviceOn what probably listens on a port
 */
export function hear(
  { controls, refusals, liveness, noResponses, ports }: HostScan,
  { kind, port }: Pick<Probe, 'kind' | 'port'>,
  { state }: Outcome,
  tookMs: number | undefined,
  now: number,
  serviceOn?: (port: number) => string | undefined,
): void {
  noteHeard(liveness, now)
  // An answer from one open port does not explain why another refused.
  if (refusals.trust !== 'suspended') setUnresponsive(liveness, false, now)
  if (kind === 'port' && tookMs !== undefined && (state === 'open' || state === 'closed')) {
    const service = state === 'open' ? serviceOn?.(port) : undefined
    controlPorts.admitControl(controls, port, state, service, tookMs)
  }
  if (noResponses.unverified.length > 0 && controlPorts.hasControl(controls)) {
    retryAll(ports, takeUnverified(noResponses))
  }
}

/**
 * Processes the answer of a control port; that of a closed one changes nothing.
 *
 * @param service what probably listens there
 * @returns whether all ports refused so far have to be probed again
 */
export function hearControl(
  host: HostScan,
  { port, number, startedAt }: Pick<ControlProbe, 'port' | 'number' | 'startedAt'>,
  answer: refusalsOf.ControlAnswer,
  now: number,
  service?: string,
): boolean {
  const { refusals, controls, liveness } = host
  const change = refusalsOf.judgeAnswer(refusals, port, number, answer, now)
  if (change === 'suspended') setUnresponsive(liveness, true, now)
  else if (change !== 'none') setUnresponsive(liveness, false, now)
  if (change === 'port-closed') controlPorts.dropOpen(controls, port)
  if (change !== 'too-fast') return false
  beginAfresh(host, now)
  // It may have been dropped while it was silent.
  controlPorts.admitControl(controls, port, 'open', service, now - startedAt)
  return true
}

/**
 * Notes that a port thought to be closed has accepted: something else may have refused for it, and for other ports, or several
 * hosts share the address. It is probed until that is known.
 *
 * @param number of the control probe
 * @param tookMs after how long it has accepted
 * @param service what probably listens there
 */
export function noteFalseRefusal(
  { refusals, controls, liveness }: HostScan,
  { port, number }: Pick<ControlProbe, 'port' | 'number'>,
  tookMs: number,
  now: number,
  service?: string,
): void {
  controlPorts.dropClosedPort(controls, port)
  controlPorts.admitControl(controls, port, 'open', service, tookMs)
  if (refusals.trust !== 'given') return
  refusalsOf.suspectRefusal(refusals, port, number, now)
  setUnresponsive(liveness, true, now)
}

/** The host refuses connections above a rate: only open ports are probed from now on, and earlier losses prove nothing. */
function beginAfresh({ controls, losses, job }: HostScan, now: number): void {
  controlPorts.dropClosed(controls, 'refusals-untrusted')
  forgetControls(losses)
  startAfresh(job.target.congestion, losses, now)
}
