/** What the engine has decided about each host, as one record a change: for bug reports, and for the simulator to repeat. */
import type { Outcome } from '../../model.ts'
import type { HostJob, HostScan } from './host-scan.ts'
import type { Listener } from './outcomes.ts'
import { promptWithinMs } from './rtt.ts'
import {
  createTold,
  describeNetwork,
  type Machine,
  type NetworkRecord,
  noteTold,
  type Told,
} from './trace-network.ts'

/** A change, or at the end what the network to a host is like. */
export type TraceRecord = ChangeRecord | NetworkRecord

/** One change. Times are milliseconds of the engine's clock; counts are those since the pass began. */
export interface ChangeRecord {
  at: number
  address: string
  /** What has changed since the record before; a host begins with `rate`. */
  changed: TraceChange[]
  /** Probes a second, what got through before the last cut, and the share of control probes that was lost then. */
  perSecond: number
  ceiling: number | undefined
  lossAtCut: number | undefined
  rttMs: number | undefined
  /** After this an answer is late. */
  promptWithinMs: number
  trust: 'given' | 'suspended' | 'weighed'
  /** Control probes: sent, answered after a retransmission only, never answered. The last two are halved now and then. */
  controls: { sent: number; late: number; never: number }
  /** Ports: waiting for a probe, refused so far, silent without a control port, silent and waiting for a control probe. */
  ports: { waiting: number; refused: number; unverified: number; awaitingControl: number }
}

type TraceChange =
  | 'rate'
  | 'unresponsive'
  | 'back'
  | 'trust'
  | 'second-look'
  | 'refusals-scarce'
  | 'retries-ignored'
  | 'over'

export type OnTrace = (record: TraceRecord) => void

/** What a record is made of if it has changed. */
interface Seen {
  perSecond: number
  isUnresponsive: boolean
  trust: ChangeRecord['trust']
  isSecondLook: boolean
  areRefusalsScarce: boolean
  ignoreKernelRetries: boolean
  isOver: boolean
}

export interface Tracer {
  /** Looks at a host, and reports what has changed. */
  look(host: HostScan, now: number): void
  /** Told what is found. */
  listener: Listener
}

/**
 * Reports what changes about hosts and, where silence has to be proved, what their networks were like. It changes nothing itself.
 *
 * @param listener told what is found as well
 */
export function createTracer(
  onTrace: OnTrace,
  listener: Listener,
  { timeoutMs, serviceOn }: { timeoutMs?: number; serviceOn?: (port: number) => string | undefined },
  machine: Machine,
): Tracer {
  const seen = new WeakMap<HostScan, Seen>()
  const since = new WeakMap<HostScan, number>()
  const toldOf = new WeakMap<HostJob, Told>()
  const note = (job: HostJob, outcome: Outcome, count: number, position: number) => {
    const told = toldOf.get(job) ?? createTold()
    noteTold(told, outcome, count, serviceOn?.(job.target.ports[position] as number))
    toldOf.set(job, told)
  }
  return {
    look(host, now) {
      const is = look(host)
      const changed = listChanges(seen.get(host), is)
      if (changed.length === 0) return
      if (!since.has(host)) since.set(host, now)
      seen.set(host, is)
      onTrace(describe(host, changed, now))
      if (!is.isOver || timeoutMs !== undefined) return
      const told = toldOf.get(host.job) ?? createTold()
      onTrace(describeNetwork(host, told, machine, since.get(host) as number, now))
    },
    listener: {
      ...listener,
      onOutcome(job, position, outcome, rttMs) {
        note(job, outcome, 1, position)
        listener.onOutcome(job, position, outcome, rttMs)
      },
      onOutcomes(job, positions, outcome) {
        note(job, outcome, positions.length, positions[0] as number)
        listener.onOutcomes(job, positions, outcome)
      },
    },
  }
}

function look({ job, liveness, refusals, noResponses, controls, counts }: HostScan): Seen {
  return {
    perSecond: job.target.congestion.perSecond,
    isUnresponsive: liveness.isUnresponsive,
    trust: refusals.trust,
    isSecondLook: noResponses.isSecondLook,
    areRefusalsScarce: controls.areRefusalsScarce,
    ignoreKernelRetries: noResponses.ignoreKernelRetries,
    isOver: counts.isOver,
  }
}

function listChanges(was: Seen | undefined, is: Seen): TraceChange[] {
  const changed: TraceChange[] = []
  if (was?.perSecond !== is.perSecond) changed.push('rate')
  if ((was?.isUnresponsive ?? false) !== is.isUnresponsive)
    changed.push(is.isUnresponsive ? 'unresponsive' : 'back')
  if ((was?.trust ?? 'given') !== is.trust) changed.push('trust')
  if (is.isSecondLook && !was?.isSecondLook) changed.push('second-look')
  if (is.areRefusalsScarce && !was?.areRefusalsScarce) changed.push('refusals-scarce')
  if (is.ignoreKernelRetries && !was?.ignoreKernelRetries) changed.push('retries-ignored')
  if (is.isOver && !was?.isOver) changed.push('over')
  return changed
}

function describe(
  { job, losses, refusals, ports, counts, noResponses }: HostScan,
  changed: TraceChange[],
  now: number,
): ChangeRecord {
  const { address, congestion, roundTrip } = job.target
  const { srttMs } = roundTrip
  return {
    at: round(now),
    address,
    changed,
    perSecond: Math.round(congestion.perSecond),
    ceiling: Number.isFinite(congestion.ceiling) ? Math.round(congestion.ceiling) : undefined,
    lossAtCut: congestion.lossBefore === undefined ? undefined : round(congestion.lossBefore),
    rttMs: srttMs === undefined ? undefined : round(srttMs),
    promptWithinMs: round(promptWithinMs(roundTrip)),
    trust: refusals.trust,
    controls: { sent: losses.fates.length, late: round(losses.late), never: round(losses.never) },
    ports: {
      waiting: ports.end - ports.next + ports.retries.length,
      refused: counts.refused,
      unverified: noResponses.unverified.length,
      awaitingControl: noResponses.awaitingControl.length,
    },
  }
}

function round(number: number): number {
  return Math.round(number * 100) / 100
}
