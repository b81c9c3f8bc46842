import type { Outcome } from '../../model.ts'
import type { EngineContext } from '../engine/context.ts'
import { type ProbeOptions, probeHosts } from '../engine/engine.ts'
import type { HostJob } from '../engine/host-scan.ts'
import type { PassResult } from '../engine/offload.ts'
import type { Listener } from '../engine/outcomes.ts'
import type { Positions } from '../engine/port-queue.ts'
import { createOrders } from '../targets/port-order.ts'
import {
  findPositions,
  listOpen,
  outcomeAt,
  record,
  recordAll,
  recordUnlessOpen,
  type Target,
} from '../targets/target.ts'

/**
 * How long a socket waits for an answer, in milliseconds, where two answers contradict each other, or where an answer is
 * required: in that time the SYN is sent five times (`tcp_syn_linear_timeouts`, Linux 6.5), or three times.
 */
export const LONG_TIMEOUT_MS = 5_000

/**
 * How long a socket waits for an answer, in milliseconds, where a port is tried again: in that time the SYN is sent
 * three times at least, after 1 s and after 2 or 3 s (`tcp_syn_linear_timeouts`, Linux 6.5).
 */
export const RETRY_TIMEOUT_MS = 3_000

/** How much of the time probing leaves for confirming what it finds, in milliseconds, and at most which share of it. */
const RESERVE_MS = 1_500
const RESERVE_SHARE = 0.1

/** The pause before a port that contradicts itself, or that is required, is tried again, in milliseconds. */
const PAUSE_MS = 1_000

/** What every pass over the targets needs. */
export interface PassContext {
  engine: EngineContext
  /** The seed for the order of ports, and for random choices among them. */
  seed: number
  /** What probably listens on a port. */
  serviceOn: ((port: number) => string | undefined) | undefined
  /** Begins to listen for what open ports say unprompted; undefined where that is not allowed. */
  createOverhear?: (signal: AbortSignal) => HostJob['overhear']
  signal: AbortSignal
  /** Adds what a pass has cost to the run's account. */
  account(result: PassResult): void
  /** Receives how many ports have an outcome. */
  onOutcome?(outcome: Outcome, count: number): void
  /** Told a few times a second how many ports a pass has settled, fewer than before where they have to be probed again. */
  onTick?(settled: number): void
}

/** Every port of every target, until its answer or its silence can be believed. What is known to be open stays so. */
export async function probePorts(targets: Target[], context: PassContext): Promise<void> {
  const { engine, seed, serviceOn, signal, onOutcome } = context
  const orderOf = createOrders(seed, serviceOn)
  const now = engine.clock.now()
  const listening = new AbortController()
  const stopListening = () => listening.abort()
  const overhear = context.createOverhear?.(listening.signal)
  const jobs = targets.map((target) => {
    const reserve = Math.min(RESERVE_MS, (target.deadline - now) * RESERVE_SHARE)
    const accepting = listOpen(target).map((port) => ({
      port,
      service: serviceOn?.(port),
      tookMs: target.rttMs.get(port),
    }))
    return { target, order: orderOf(target), deadline: target.deadline - reserve, accepting, overhear }
  })
  signal.addEventListener('abort', stopListening)
  const options = serviceOn ? { serviceOn } : {}
  await runPass(jobs, options, context, {
    onOutcome({ target }, position, outcome, rttMs) {
      if (!isKnownOpen(target, position)) recordAnswer(target, position, outcome, rttMs)
      onOutcome?.(outcome, 1)
    },
    onOutcomes({ target }, positions, outcome) {
      recordUnlessOpen(target, positions, outcome)
      onOutcome?.(outcome, positions.length)
    },
  })
  signal.removeEventListener('abort', stopListening)
  stopListening()
}

function isKnownOpen(target: Target, position: number): boolean {
  return outcomeAt(target, position)?.state === 'open'
}

export function toJob(target: Target, order: Positions): HostJob {
  return { target, order, deadline: target.deadline }
}

/** Whether there is time left for a target. */
export function isInTime(
  { deadline }: Target,
  { engine, signal }: Pick<PassContext, 'engine' | 'signal'>,
): boolean {
  return !signal.aborted && engine.clock.now() < deadline
}

export async function runPass(
  jobs: HostJob[],
  options: Pick<ProbeOptions, 'timeoutMs' | 'serviceOn'>,
  { engine, signal, account, onTick }: PassContext,
  listener: Listener,
): Promise<void> {
  const busy = jobs.filter(({ order }) => order.length > 0)
  if (busy.length === 0) return
  const told = onTick ? { ...listener, onTick } : listener
  account(await probeHosts(busy, told, { ...options, signal }, engine))
}

export function recordAnswer(target: Target, position: number, outcome: Outcome, rttMs: number): void {
  record(target, position, outcome)
  if (outcome.state === 'open') target.rttMs.set(target.ports[position] as number, rttMs)
}

/**
 * Tries again what fits, among some positions of each target or all; the new answer takes the place of the old. Silence takes
 * the place of no refusal: the host may have gone since.
 */
export async function probeAgain(
  targets: Target[],
  timeoutMs: number,
  context: PassContext,
  fits: (outcome: Outcome) => boolean,
  among?: Map<Target, Set<number>>,
): Promise<number> {
  const jobs = targets.map((target) => {
    const positions = findPositions(target, fits)
    const chosen = among?.get(target)
    return toJob(target, chosen ? positions.filter((position) => chosen.has(position)) : positions)
  })
  await runPass(jobs, { timeoutMs }, context, {
    onOutcome({ target }, position, outcome, rttMs) {
      if (outcome.reason === 'no-response' && outcomeAt(target, position)?.state === 'closed') return
      recordAnswer(target, position, outcome, rttMs)
    },
    onOutcomes: ({ target }, positions, outcome) => recordAll(target, positions, outcome),
  })
  return jobs.reduce((sum, { order }) => sum + order.length, 0)
}

/** Waits a moment, though no longer than there is time for any of the targets. */
export async function pause(
  targets: Iterable<Target>,
  { engine, signal }: Pick<PassContext, 'engine' | 'signal'>,
): Promise<void> {
  let last = 0
  for (const { deadline } of targets) last = Math.max(last, deadline)
  await engine.clock.sleep(Math.max(0, Math.min(PAUSE_MS, last - engine.clock.now())), signal)
}
