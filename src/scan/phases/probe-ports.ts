import { setTimeout as sleep } from 'node:timers/promises'
import type { Outcome } from '../../model.ts'
import { type PassResult, type ProbeOptions, probeAll } from '../engine/engine.ts'
import type { Lane } from '../engine/host-scan.ts'
import type { Listener } from '../engine/probes.ts'
import { createOverhear } from '../identify/overhear.ts'
import { createOrders, type Suggest } from '../targets/port-order.ts'
import { findPositions, record, recordAll, type Target } from '../targets/target.ts'

/**
 * How long a socket waits for an answer, in milliseconds, where two answers contradict each other, or where an answer is
 * required: in that time the SYN is sent five times (`tcp_syn_linear_timeouts`, Linux 6.5), or three times.
 */
export const LONG_PATIENCE_MS = 5_000

/** Probing leaves so much of the time for confirming what it finds, in milliseconds, and no more than a share of it. */
const RESERVE_MS = 1_500
const RESERVE_SHARE = 0.1

/** Before a port that contradicts itself, or that is required, is tried again, in milliseconds. */
const PAUSE_MS = 1_000

/** What every pass over the targets needs. */
export interface PassContext {
  signal: AbortSignal
  /** Adds what a pass has cost to the run's account. */
  account(result: PassResult): void
  /** Told how many ports have come to an outcome. */
  onOutcome?(outcome: Outcome, count: number): void
  /** Told a few times a second how many ports a pass has settled, fewer than before where they have to be asked again. */
  onTick?(settled: number): void
}

/** Every port of every target, until its answer or its silence can be believed. */
export async function probePorts(
  targets: Target[],
  seed: number,
  suggest: Suggest | undefined,
  context: PassContext,
): Promise<void> {
  const orderOf = createOrders(seed, suggest)
  const now = performance.now()
  const listening = new AbortController()
  const stopListening = () => listening.abort()
  const overhear = createOverhear(listening.signal)
  const lanes = targets.map((target) => {
    const reserve = Math.min(RESERVE_MS, (target.deadline - now) * RESERVE_SHARE)
    return { target, order: orderOf(target), deadline: target.deadline - reserve, overhear }
  })
  const { onOutcome } = context
  context.signal.addEventListener('abort', stopListening)
  await runPass(lanes, { suggest }, context, {
    onOutcome({ target }, position, outcome, rttMs) {
      recordAnswer(target, position, outcome, rttMs)
      onOutcome?.(outcome, 1)
    },
    onOutcomes({ target }, positions, outcome) {
      recordAll(target, positions, outcome)
      onOutcome?.(outcome, positions.length)
    },
  })
  context.signal.removeEventListener('abort', stopListening)
  stopListening()
}

export function toLane(target: Target, order: Lane['order']): Lane {
  return { target, order, deadline: target.deadline }
}

export async function runPass(
  lanes: Lane[],
  options: Pick<ProbeOptions, 'patienceMs' | 'suggest'>,
  { signal, account, onTick }: PassContext,
  listener: Listener,
): Promise<void> {
  const busy = lanes.filter(({ order }) => order.length > 0)
  if (busy.length === 0) return
  account(await probeAll(busy, { ...listener, onTick }, { ...options, signal }))
}

export function recordAnswer(target: Target, position: number, outcome: Outcome, rttMs: number): void {
  record(target, position, outcome)
  if (outcome.state === 'open') target.rttMs.set(target.ports[position] as number, rttMs)
}

/** Tries again what fits, among some positions of each target or all; the new answer takes the place of the old. */
export async function probeAgain(
  targets: Target[],
  patienceMs: number,
  context: PassContext,
  fits: (outcome: Outcome) => boolean,
  among?: Map<Target, Set<number>>,
): Promise<number> {
  const lanes = targets.map((target) => {
    const positions = findPositions(target, fits)
    const chosen = among?.get(target)
    return toLane(target, chosen ? positions.filter((position) => chosen.has(position)) : positions)
  })
  await runPass(lanes, { patienceMs }, context, {
    onOutcome: ({ target }, position, outcome, rttMs) => recordAnswer(target, position, outcome, rttMs),
    onOutcomes: ({ target }, positions, outcome) => recordAll(target, positions, outcome),
  })
  return lanes.reduce((sum, { order }) => sum + order.length, 0)
}

/** Waits a moment, though no longer than there is time for any of the targets. */
export async function pause(targets: Iterable<Target>, signal: AbortSignal): Promise<void> {
  let last = 0
  for (const { deadline } of targets) last = Math.max(last, deadline)
  const left = Math.max(0, Math.min(PAUSE_MS, last - performance.now()))
  await sleep(left, undefined, { signal }).catch(() => {})
}
