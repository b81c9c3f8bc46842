/** What the engine has decided about each host, as one record a change: for bug reports, and for the simulator to repeat. */
import type { HostScan } from './host-scan.ts'
import { promptWithinMs } from './rtt.ts'

/** One record. Times are milliseconds of the engine's clock; counts are those since the pass began. */
export interface TraceRecord {
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
  trust: TraceRecord['trust']
  isSecondLook: boolean
  areRefusalsScarce: boolean
  ignoreKernelRetries: boolean
  isOver: boolean
}

/** Samples a host from time to time, and reports what has changed. It changes nothing itself. */
export function createTracer(onTrace: OnTrace): (host: HostScan, now: number) => void {
  const seen = new WeakMap<HostScan, Seen>()
  return (host, now) => {
    const is = look(host)
    const changed = listChanges(seen.get(host), is)
    if (changed.length === 0) return
    seen.set(host, is)
    onTrace(describe(host, changed, now))
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
): TraceRecord {
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
