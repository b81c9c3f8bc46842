/** One host of a pass: its parts, each of which keeps a state of its own, and what passes between them. */
import type { Target } from '../targets/target.ts'
import { beginPass } from './congestion.ts'
import {
  admitControl,
  type ControlPorts,
  createControlPorts,
  hasControl,
  noteService,
} from './control-ports.ts'
import { type ControlProbes, createControlProbes } from './control-probes.ts'
import { createInFlight, type InFlight } from './in-flight.ts'
import { createLiveness, type Liveness } from './liveness.ts'
import { countLost, createLossEstimator, type LossEstimator } from './loss-estimator.ts'
import { type Circumstances, createNoResponses, type NoResponses } from './no-response.ts'
import { countWaiting, createPortQueue, type PortQueue, type Positions } from './port-queue.ts'
import { createRefusals, isInDoubt, type Refusals } from './refusals.ts'
import { timeoutOf } from './rtt.ts'
import { createRefusalPace, type RefusalPace } from './scarce-refusals.ts'
import { FULL_TIMEOUT_MS, SINGLE_SYN_MS } from './tuning.ts'

/** The ports of one address that are to be probed. */
export interface HostJob {
  target: Target
  /** Positions in the target's ports, in the order in which they are probed. */
  order: Positions
  /** When to stop, on the engine's clock. */
  deadline: number
  /** Ports that are known to refuse, where the host has answered before. */
  refusing?: number[]
  /** Ports that are known to accept, what probably listens there, and after how many milliseconds they accepted. */
  accepting?: { port: number; service: string | undefined; tookMs: number | undefined }[]
  /** Listens for what a port says unprompted, where that is allowed. */
  overhear?: ((target: Target, port: number) => Promise<string | undefined>) | undefined
}

/** A job under way. */
export interface HostScan {
  readonly job: HostJob
  readonly ports: PortQueue
  readonly inFlight: InFlight
  readonly controls: ControlPorts
  readonly controlProbes: ControlProbes
  readonly losses: LossEstimator
  readonly noResponses: NoResponses
  readonly refusals: Refusals
  readonly pace: RefusalPace
  readonly liveness: Liveness
  readonly counts: Counts
}

interface CountState {
  /** How many port probes were sent. */
  probes: number
  /** How many ports have refused. */
  refused: number
  /** By position: how often a port connected to itself. */
  selfConnects: Map<number, number>
  isOver: boolean
}

/** Only the functions of this file change them. */
type Counts = Readonly<Omit<CountState, 'selfConnects'>> & {
  readonly selfConnects: ReadonlyMap<number, number>
}

export function createHostScan(job: HostJob, now: number): HostScan {
  const { target, order, refusing, accepting, overhear } = job
  beginPass(target.congestion, now)
  const controls = createControlPorts(async (port) => {
    const service = await overhear?.(target, port)
    if (service !== undefined) noteService(controls, port, service)
  })
  for (const port of refusing ?? []) admitControl(controls, port, 'closed')
  for (const { port, service, tookMs } of accepting ?? [])
    admitControl(controls, port, 'open', service, tookMs)
  return {
    job,
    ports: createPortQueue(order),
    inFlight: createInFlight(),
    controls,
    controlProbes: createControlProbes(),
    losses: createLossEstimator(),
    noResponses: createNoResponses(),
    refusals: createRefusals(),
    pace: createRefusalPace(now),
    liveness: createLiveness(refusing || accepting?.length ? now : undefined),
    counts: { probes: 0, refused: 0, selfConnects: new Map(), isOver: false },
  }
}

/** Whether a host has anything left to do. */
export function hasWork({ ports, inFlight, refusals, controls }: HostScan): boolean {
  return inFlight.portProbes > 0 || ports.lent > 0 || countWaiting(ports) > 0 || isInDoubt(refusals, controls)
}

/** How long a silent socket is worth its descriptor: an answer to the third SYN, or one 2 s late, still counts. */
export function fullTimeoutOf({ job }: HostScan): number {
  return FULL_TIMEOUT_MS + timeoutOf(job.target.roundTrip)
}

/** The same for a probe that ends before the kernel retransmits. */
export function singleSynTimeoutOf({ job }: HostScan): number {
  return Math.min(SINGLE_SYN_MS, timeoutOf(job.target.roundTrip))
}

/**
 * Whether a port is to be tried with one SYN only, after a try with a full timeout. If no control probe was ever lost, or if
 * nothing has answered, all that is missing is a second look at another moment. Behind a firewall that limits SYNs, the kernel's
 * retransmissions take the place of first SYNs, and come in bunches that it drops.
 */
export function isSingleSynEnough(host: HostScan, position: number): boolean {
  const { job, controls, noResponses, refusals } = host
  if (noResponses.isSecondLook && !hasControl(controls)) return true
  if (refusals.trust === 'weighed') return timeoutOf(job.target.roundTrip) <= SINGLE_SYN_MS
  return Boolean(noResponses.missProbability?.[position]) && areRetriesSingleSyn(host)
}

/** The same for ports that were tried with a full timeout, on a host whose refusals are trusted. */
function areRetriesSingleSyn({ job, noResponses, losses }: HostScan): boolean {
  const isPossible = timeoutOf(job.target.roundTrip) <= SINGLE_SYN_MS
  return isPossible && (noResponses.ignoreKernelRetries || countLost(losses) === 0)
}

/**
 * The time over which retries are spread, in milliseconds: as long as each of them waits anyway, and a full timeout on a host
 * that refuses connections above a rate.
 */
export function spreadMsOf(host: HostScan): number {
  const isShort = host.refusals.trust !== 'weighed' && areRetriesSingleSyn(host)
  return isShort ? singleSynTimeoutOf(host) : FULL_TIMEOUT_MS
}

/** What silence on a host is weighed by at a moment. */
export function describeCircumstances(
  { job, controls, losses, counts }: HostScan,
  synTimesMs: readonly number[],
  now: number,
): Circumstances {
  const { roundTrip } = job.target
  return {
    losses,
    hasControl: hasControl(controls),
    refused: counts.refused,
    synTimesMs,
    timeoutMs: timeoutOf(roundTrip),
    now,
  }
}

/** Counts ports that have refused, or uncounts them. */
export function countRefused({ counts }: HostScan, count: number): void {
  const state = counts as CountState
  state.refused += count
}

/** Counts a port probe that is sent. */
export function countSent({ counts }: HostScan): void {
  const state = counts as CountState
  state.probes += 1
}

/** Counts that a port connected to itself. @returns how often it has */
export function countSelfConnect({ counts }: HostScan, position: number): number {
  const { selfConnects } = counts as CountState
  const times = (selfConnects.get(position) ?? 0) + 1
  selfConnects.set(position, times)
  return times
}

/** Notes that a host is done. */
export function noteOver({ counts }: HostScan): void {
  const state = counts as CountState
  state.isOver = true
}
