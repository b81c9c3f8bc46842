/** How a probe ends, and how a host does. */
import type { Outcome } from '../../model.ts'
import type { Connector } from '../connect/connector.ts'
import { REFUSED, SILENT, UNDONE } from '../outcome.ts'
import type { Random } from '../targets/random.ts'
import { hearControl, noteFalseRefusal } from './host-controls.ts'
import { countRefused, type HostScan, noteOver } from './host-scan.ts'
import { listUnanswered, notePortProbeDone } from './in-flight.ts'
import { settleControl } from './loss-estimator.ts'
import { takeAwaiting, takeUnverified } from './no-response.ts'
import { countHeld, type Outcomes, tell, tellAll } from './outcomes.ts'
import { retry, retryAll, takeAll } from './port-queue.ts'
import { type ControlProbe, closeSocket, noteDone, type PortProbe, type Probe } from './probe.ts'
import { type ControlAnswer, dropRefusal, endDoubt, holdRefusal, takeRefusals } from './refusals.ts'
import type { SendMeter } from './send-meter.ts'
import { noteClosed, type SocketBudget } from './socket-budget.ts'

/** What the probes of a pass share. */
export interface ProbeContext {
  readonly now: () => number
  readonly random: Random
  readonly connector: Connector
  readonly synTimesMs: readonly number[]
  /** How long a socket waits for an answer, in milliseconds; undefined: silence has to be proved. */
  readonly timeoutMs: number | undefined
  /** What probably listens on a port. */
  readonly serviceOn: ((port: number) => string | undefined) | undefined
  /** Refusals are held back until open ports have proved them; where not, another thread does that. */
  readonly holdsRefusals: boolean
  readonly sockets: SocketBudget
  readonly meter: SendMeter
  readonly outcomes: Outcomes
  /** Told when there is room for another probe. */
  readonly onRoom: () => void
}

/** Ends a host early: what has no outcome yet gets this one. */
export function giveUpHost(context: ProbeContext, host: HostScan, outcome: Outcome, now: number): void {
  const { job, refusals, ports } = host
  const { outcomes } = context
  for (const probe of [...listUnanswered(host.inFlight), ...takeAwaiting(host.noResponses)]) {
    if (probe.isDone) continue
    if (probe.kind === 'control') end(context, probe)
    else finish(context, host, probe, outcome, now)
  }
  for (const positions of takeAll(ports)) tellAll(outcomes, job, positions, outcome)
  const { proven, unproven } = takeHeld(context, host)
  tellAll(outcomes, job, proven, REFUSED)
  tellAll(outcomes, job, unproven, refusals.trust === 'given' ? REFUSED : UNDONE.startedRefusing)
  endDoubt(refusals)
}

/** Ends a host that has nothing left to do. */
export function endHost(context: ProbeContext, host: HostScan): void {
  for (const probe of listUnanswered(host.inFlight)) end(context, probe)
  // No port is known to answer, so their silence is all there is to report.
  tellAll(context.outcomes, host.job, takeUnverified(host.noResponses), SILENT)
  const { proven, unproven } = takeHeld(context, host)
  tellAll(context.outcomes, host.job, proven, REFUSED)
  tellAll(context.outcomes, host.job, unproven, REFUSED)
  noteOver(host)
}

export function sendAgain(context: ProbeContext, host: HostScan, probe: PortProbe): void {
  endPort(context, host, probe)
  retry(host.ports, probe.position)
}

export function finish(
  context: ProbeContext,
  host: HostScan,
  probe: PortProbe,
  outcome: Outcome,
  now: number,
): void {
  endPort(context, host, probe)
  tell(context.outcomes, host.job, probe.position, outcome, now - probe.startedAt)
}

/** Ends a control probe that says nothing about the host. */
export function endUnsent(context: ProbeContext, host: HostScan, probe: ControlProbe, now: number): void {
  settleControl(host.losses, probe.number, 'unsent')
  endControl(context, host, probe, 'unsent', now)
}

/** If an answer shows that refusals prove nothing, probes the refused ports again. */
export function endControl(
  context: ProbeContext,
  host: HostScan,
  probe: ControlProbe,
  answer: ControlAnswer,
  now: number,
): void {
  end(context, probe)
  if (!hearControl(host, probe, answer, now, context.serviceOn?.(probe.port))) return
  countRefused(host, -host.counts.refused)
  const { proven, unproven } = takeHeld(context, host)
  retryAll(host.ports, proven)
  retryAll(host.ports, unproven)
}

/** A port that was thought to be closed has accepted: it is open. */
export function endFalseRefusal(
  context: ProbeContext,
  host: HostScan,
  probe: ControlProbe,
  outcome: Outcome,
  now: number,
): void {
  end(context, probe)
  noteFalseRefusal(host, probe, now - probe.startedAt, now, context.serviceOn?.(probe.port))
  const position = host.job.target.ports.indexOf(probe.port)
  if (!dropRefusal(host.refusals, position)) return
  countRefused(host, -1)
  countHeld(context.outcomes, -1)
  tell(context.outcomes, host.job, position, outcome, now - probe.startedAt)
}

export function endPort(context: ProbeContext, host: HostScan, probe: PortProbe): void {
  end(context, probe)
  notePortProbeDone(host.inFlight)
}

function end(context: ProbeContext, probe: Probe): void {
  noteDone(probe)
  free(context, probe)
}

/** The socket is gone, though what it said may have to wait for control probes. */
export function free({ sockets }: ProbeContext, probe: Probe): void {
  if (closeSocket(probe)) noteClosed(sockets)
}

export function hold(
  { outcomes }: ProbeContext,
  { refusals }: HostScan,
  position: number,
  now: number,
): void {
  holdRefusal(refusals, position, now)
  countHeld(outcomes, 1)
}

function takeHeld({ outcomes }: ProbeContext, { refusals }: HostScan): ReturnType<typeof takeRefusals> {
  const held = takeRefusals(refusals)
  countHeld(outcomes, -(held.proven.length + held.unproven.length))
  return held
}
