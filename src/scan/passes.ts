import { setTimeout as sleep } from 'node:timers/promises'
import type { Outcome, PlannedEndpoint } from '../model.ts'
import type { Lane } from './course.ts'
import type { Site } from './locate.ts'
import { createOrders, type Suggest } from './order.ts'
import { type PassResult, type ProbeOptions, probeAll } from './scanner.ts'
import { findPositions, record, type Target } from './target.ts'

/**
 * How long a socket waits for an answer, in milliseconds, where a port is tried again: in that time the SYN is sent
 * three times at least, after 1 s and after 2 or 3 s (`tcp_syn_linear_timeouts`, Linux 6.5).
 */
const PATIENCE_MS = 3_000

/** The same where two answers contradict each other, or where an answer is required. */
const LONG_PATIENCE_MS = 5_000

/** How long what was found may be confirmed when its time is over, in milliseconds. */
const GRACE_MS = 2_000

/** Before a port that contradicts itself, or that is required, is tried again, in milliseconds. */
const PAUSE_MS = 1_000

/** How often a required port is tried again before it is called missing. */
const REQUIRED_TRIES = 3

/** What every pass over the targets needs. */
export interface PassContext {
  signal: AbortSignal
  /** Adds what a pass has cost to the run's account. */
  account(result: PassResult): void
  onOutcome?(outcome: Outcome): void
  onTick?(): void
}

/** Every port of every target, until its answer or its silence can be believed. */
export async function probePorts(
  targets: Target[],
  seed: number,
  suggest: Suggest | undefined,
  context: PassContext,
): Promise<void> {
  const orderOf = createOrders(seed, suggest)
  const lanes = targets.map((target) => toLane(target, orderOf(target)))
  await runPass(lanes, { suggest }, context, (target, position, outcome, rttMs) => {
    record(target, position, outcome)
    if (outcome.state === 'open') target.rttMs.set(target.ports[position] as number, rttMs)
    context.onOutcome?.(outcome)
  })
}

function toLane(target: Target, order: Lane['order']): Lane {
  return { target, order, deadline: target.deadline }
}

async function runPass(
  lanes: Lane[],
  options: Pick<ProbeOptions, 'patienceMs' | 'suggest'>,
  { signal, account, onTick }: PassContext,
  take: (target: Target, position: number, outcome: Outcome, rttMs: number) => void,
): Promise<void> {
  const busy = lanes.filter(({ order }) => order.length > 0)
  if (busy.length === 0) return
  const onOutcome = (lane: Lane, position: number, outcome: Outcome, rttMs: number) =>
    take(lane.target, position, outcome, rttMs)
  account(await probeAll(busy, { onOutcome, onTick }, { ...options, signal }))
}

/** Tries again what fits, among some positions of each target or all; the new answer takes the place of the old. */
async function probeAgain(
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
  await runPass(lanes, { patienceMs }, context, (target, position, outcome, rttMs) => {
    record(target, position, outcome)
    if (outcome.state === 'open') target.rttMs.set(target.ports[position] as number, rttMs)
  })
  return lanes.reduce((sum, { order }) => sum + order.length, 0)
}

/**
 * Connects to every open port again that was open only once: nothing is accused on the word of one probe. Where the
 * second answer contradicts the first, a third and patient one decides. What has borne witness is left alone: a
 * firewall that counts connections to SSH may drop the next one, and that closes nothing.
 */
export async function confirmOpen(targets: Target[], context: PassContext): Promise<void> {
  const isOpen = ({ state }: Outcome) => state === 'open'
  const disputed = new Map<Target, Set<number>>()
  // When the time is over, or the job cancelled, what was found is still worth a moment.
  const graceEnds = performance.now() + GRACE_MS
  const signal = context.signal.aborted ? AbortSignal.timeout(GRACE_MS) : context.signal
  // What a host that answers no longer does not say contradicts nothing.
  const lanes = targets
    .filter(({ wentSilent }) => !wentSilent)
    .map((target) => {
      const open = findPositions(target, isOpen)
      const order = open.filter((position) => !target.confirmed.has(target.ports[position] as number))
      return { target, order, deadline: Math.max(target.deadline, graceEnds) }
    })
  await runPass(lanes, { patienceMs: PATIENCE_MS }, { ...context, signal }, (target, position, outcome) => {
    if (outcome.state !== 'closed' && outcome.state !== 'filtered') return
    disputed.set(target, (disputed.get(target) ?? new Set()).add(position))
  })
  if (disputed.size === 0) return
  await pause(context.signal)
  await probeAgain([...disputed.keys()], LONG_PATIENCE_MS, context, isOpen, disputed)
}

/**
 * Tries required ports that are not open again and again, patiently, before they are called missing. Where there is
 * no time left for it they become unknown.
 */
export async function retryRequired(sites: Site[], context: PassContext): Promise<void> {
  const required = findRequired(sites)
  for (let tries = 0; tries < REQUIRED_TRIES && required.size > 0; tries++) {
    if (tries > 0) await pause(context.signal)
    const isMissing = ({ state }: Outcome) => state === 'closed' || state === 'filtered'
    const tried = await probeAgain([...required.keys()], LONG_PATIENCE_MS, context, isMissing, required)
    if (tried === 0) return
  }
}

function findRequired(sites: Site[]): Map<Target, Set<number>> {
  const required = new Map<Target, Set<number>>()
  for (const { planned, target } of sites) {
    const ranges = listRequired(planned)
    if (ranges.length === 0) continue
    const positions = required.get(target) ?? new Set()
    for (const [position, port] of target.ports.entries()) {
      if (ranges.some(({ from, to }) => from <= port && port <= to)) positions.add(position)
    }
    required.set(target, positions)
  }
  return required
}

function listRequired({ rules }: PlannedEndpoint) {
  return rules.flatMap(({ allow }) => allow.filter(({ required }) => required).flatMap(({ ports }) => ports))
}

async function pause(signal: AbortSignal): Promise<void> {
  await sleep(PAUSE_MS, undefined, { signal }).catch(() => {})
}
