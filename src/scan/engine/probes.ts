/** The life of a probe: it is sent, and an answer settles it. If none comes: `probe-expiry.ts`. */
import type { Outcome } from '../../model.ts'
import { isShortage } from '../outcome.ts'
import { noteConfirmed } from '../targets/target.ts'
import { earnTokens } from './congestion.ts'
import {
  admitControl,
  hasControl,
  isClosedControl,
  noteAnswer,
  noteDelay,
  ownDelayOf,
} from './control-ports.ts'
import { hear, isSpread, notePortProbe, takeControl } from './host-controls.ts'
import { countRefused, countSelfConnect, countSent, type HostScan, isSingleSynEnough } from './host-scan.ts'
import { addProbe } from './in-flight.ts'
import { noteHeard } from './liveness.ts'
import { noteLateAnswer, settleControl } from './loss-estimator.ts'
import { tell } from './outcomes.ts'
import { noteReturned, retry, takeNext } from './port-queue.ts'
import {
  createControlProbe,
  createPortProbe,
  keepAnswer,
  noteConnecting,
  type PortProbe,
  type Probe,
} from './probe.ts'
import {
  endControl,
  endFalseRefusal,
  endPort,
  endUnsent,
  finish,
  free,
  hold,
  type ProbeContext,
  sendAgain,
} from './probe-end.ts'
import type { Moment } from './refusal-questions.ts'
import { addSample, isRetransmitted } from './rtt.ts'
import { countProbe } from './send-meter.ts'
import { endShortage, isShortForGood, noteOpened, reduce } from './socket-budget.ts'
import { MOST_SELF_CONNECTS } from './tuning.ts'

/** Sends the probe of the next port. */
export function sendPort(context: ProbeContext, host: HostScan, now: number): void {
  const position = takeNext(host.ports, context.random) as number
  notePortProbe(host, now)
  countSent(host)
  const probe = createPortProbe({
    port: host.job.target.ports[position] as number,
    position,
    startedAt: now,
    isSingleSyn: context.timeoutMs === undefined && isSingleSynEnough(host, position),
    load: context.meter.perMs,
  })
  send(context, host, probe)
}

/** Sends a control probe to the port whose turn it is. */
export function sendControl(context: ProbeContext, host: HostScan, moment: Moment): void {
  const { port, number } = takeControl(host, moment, context.random)
  send(context, host, createControlProbe(port, number, moment.now))
}

function send(context: ProbeContext, host: HostScan, probe: Probe): void {
  countProbe(context.meter)
  noteOpened(context.sockets)
  addProbe(host.inFlight, probe)
  const connection = context.connector.connect(host.job.target.address, probe.port, (outcome) => {
    settle(context, host, probe, outcome)
    context.onRoom()
  })
  noteConnecting(probe, connection)
}

function settle(context: ProbeContext, host: HostScan, probe: Probe, outcome: Outcome | undefined): void {
  const now = context.now()
  free(context, probe)
  if (outcome === undefined) retrySelfConnect(context, host, probe, now)
  else if (probe.kind === 'control' && outcome.reason === 'not-permitted')
    endUnsent(context, host, probe, now)
  else if (isShortage(outcome)) retryShortage(context, host, probe, outcome, now)
  else {
    endShortage(context.sockets)
    takeAnswer(context, host, probe, outcome, now)
  }
}

function takeAnswer(
  context: ProbeContext,
  host: HostScan,
  probe: Probe,
  outcome: Outcome,
  now: number,
): void {
  const { target } = host.job
  const tookMs = now - probe.startedAt
  const isRefusal = outcome.reason === 'conn-refused'
  const isAnswer = outcome.state === 'open' || (isRefusal && host.refusals.trust === 'given')
  const isLateFor = (ms: number) => isRetransmitted(target.roundTrip, ms)
  const ownMs = probe.kind === 'control' ? ownDelayOf(host.controls, probe.port, isLateFor) : 0
  const isPrompt = isAnswer && !isLateFor(tookMs - ownMs)
  const isProving = context.timeoutMs === undefined
  const { leastMs } = target.roundTrip
  if (isAnswer) addSample(target.roundTrip, tookMs)
  // So much quicker than all before that those must have come to retransmissions.
  if (Number.isFinite(leastMs) && isLateFor(leastMs)) noteLateAnswer(host.losses)
  if (isProving && isAnswer) {
    if (probe.kind === 'port' && isRefusal) countRefused(host, 1)
    hear(host, probe, outcome, isPrompt ? tookMs : undefined, now, context.serviceOn)
    if (!isPrompt && probe.kind === 'port') noteLateAnswer(host.losses)
    if (isPrompt && !isSpread(host)) earnTokens(target.congestion)
  }
  if (probe.kind === 'control') {
    if (outcome.state === 'open') noteConfirmed(target, probe.port)
    const fate = isPrompt ? 'prompt' : isAnswer ? 'late' : 'never'
    const answer = outcome.state === 'open' ? 'accepted' : isRefusal ? 'refused' : 'silent'
    settleControl(host.losses, probe.number, fate)
    // While it is not known what refusals are worth, one says nothing against the port.
    const isHeard = isAnswer || (isRefusal && host.refusals.trust === 'suspended')
    const heard = isHeard ? 'answered' : isRefusal ? 'refused' : 'silent'
    noteAnswer(host.controls, probe.port, heard, host.liveness.heardAt, probe.startedAt)
    if (answer === 'accepted') noteDelay(host.controls, probe.port, tookMs, isLateFor)
    const isFalselyRefused = answer === 'accepted' && isClosedControl(host.controls, probe.port)
    if (isFalselyRefused && context.holdsRefusals) endFalseRefusal(context, host, probe, outcome, now)
    else endControl(context, host, probe, answer, now)
  } else if (isRefusal && context.holdsRefusals) takeRefusal(context, host, probe, outcome, now)
  else if (isProving && hasControl(host.controls) && isUncertain(outcome)) keepAnswer(probe, outcome)
  else finish(context, host, probe, outcome, now)
}

function takeRefusal(
  context: ProbeContext,
  host: HostScan,
  probe: PortProbe,
  outcome: Outcome,
  now: number,
): void {
  if (host.refusals.trust === 'suspended') sendAgain(context, host, probe)
  else if (host.refusals.trust === 'weighed') keepAnswer(probe, outcome)
  else {
    endPort(context, host, probe)
    hold(context, host, probe.position, now)
  }
}

/** Takes over what another thread has found, but not its round-trip times. */
export function takeReport(
  context: ProbeContext,
  host: HostScan,
  { position, outcome, rttMs }: { position: number; outcome: Outcome; rttMs: number },
): void {
  const { job, refusals, controls, ports } = host
  noteReturned(ports)
  if (context.holdsRefusals && outcome.reason === 'conn-refused') {
    if (refusals.trust !== 'given') {
      retry(ports, position)
      return
    }
    noteHeard(host.liveness, context.now())
    countRefused(host, 1)
    hold(context, host, position, context.now())
    return
  }
  if (outcome.state === 'open') {
    const port = job.target.ports[position] as number
    admitControl(controls, port, 'open', context.serviceOn?.(port), rttMs)
  }
  tell(context.outcomes, job, position, outcome, rttMs)
}

/**
 * A router or this machine says it of a host that has gone, and a firewall of a port that it forbids: control probes show
 * which.
 */
function isUncertain({ state, reason }: Outcome): boolean {
  return state === 'filtered' || reason === 'no-route'
}

function retrySelfConnect(context: ProbeContext, host: HostScan, probe: Probe, now: number): void {
  if (probe.kind === 'control') {
    endUnsent(context, host, probe, now)
    return
  }
  if (countSelfConnect(host, probe.position) < MOST_SELF_CONNECTS) sendAgain(context, host, probe)
  else finish(context, host, probe, { state: 'unknown', reason: 'unexpected-error' }, now)
}

function retryShortage(
  context: ProbeContext,
  host: HostScan,
  probe: Probe,
  outcome: Outcome,
  now: number,
): void {
  reduce(context.sockets, now)
  context.connector.releasePool()
  if (probe.kind === 'control') endUnsent(context, host, probe, now)
  else if (isShortForGood(context.sockets, now)) finish(context, host, probe, outcome, now)
  else sendAgain(context, host, probe)
}
