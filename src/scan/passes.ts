import { setTimeout as sleep } from 'node:timers/promises'
import type { Outcome, PlannedEndpoint } from '../model.ts'
import type { Listener } from './attempts.ts'
import type { Lane } from './course.ts'
import { withDeadline } from './deadline.ts'
import type { Site } from './locate.ts'
import { createOrders, type Suggest } from './order.ts'
import { listRules, rememberRules } from './planned-rules.ts'
import { type PassResult, type ProbeOptions, probeAll } from './scanner.ts'
import { findPositions, record, recordAll, type Target } from './target.ts'

/**
 * How long a socket waits for an answer, in milliseconds, where a port is tried again: in that time the SYN is sent
 * three times at least, after 1 s and after 2 or 3 s (`tcp_syn_linear_timeouts`, Linux 6.5).
 */
const PATIENCE_MS = 3_000

/** The same where two answers contradict each other, or where an answer is required. */
const LONG_PATIENCE_MS = 5_000

/** Probing leaves so much of the time for confirming what it finds, in milliseconds, and no more than a share of it. */
const RESERVE_MS = 1_500
const RESERVE_SHARE = 0.1

/** How long what was found may be confirmed where no time is left, in milliseconds: a time limit holds to a second. */
const GRACE_MS = 500

/** Before a port that contradicts itself, or that is required, is tried again, in milliseconds. */
const PAUSE_MS = 1_000

/** How often a required port is tried again before it is called missing. */
const REQUIRED_TRIES = 3

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
  const lanes = targets.map((target) => {
    const reserve = Math.min(RESERVE_MS, (target.deadline - now) * RESERVE_SHARE)
    return { target, order: orderOf(target), deadline: target.deadline - reserve }
  })
  const { onOutcome } = context
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
}

function toLane(target: Target, order: Lane['order']): Lane {
  return { target, order, deadline: target.deadline }
}

async function runPass(
  lanes: Lane[],
  options: Pick<ProbeOptions, 'patienceMs' | 'suggest'>,
  { signal, account, onTick }: PassContext,
  listener: Listener,
): Promise<void> {
  const busy = lanes.filter(({ order }) => order.length > 0)
  if (busy.length === 0) return
  account(await probeAll(busy, { ...listener, onTick }, { ...options, signal }))
}

function recordAnswer(target: Target, position: number, outcome: Outcome, rttMs: number): void {
  record(target, position, outcome)
  if (outcome.state === 'open') target.rttMs.set(target.ports[position] as number, rttMs)
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
  await runPass(lanes, { patienceMs }, context, {
    onOutcome: ({ target }, position, outcome, rttMs) => recordAnswer(target, position, outcome, rttMs),
    onOutcomes: ({ target }, positions, outcome) => recordAll(target, positions, outcome),
  })
  return lanes.reduce((sum, { order }) => sum + order.length, 0)
}

/** Open ports of a host that are asked beside those that contradict themselves, whether it still accepts. */
const MOST_CONTROLS = 3

/**
 * Connects to every open port again that was open only once: nothing is accused on the word of one probe. Where the
 * second answer contradicts the first, a third and patient one decides, and other open ports of the host are asked with
 * it. What was open once stays open, unless it refuses while another still accepts: silence closes nothing, and a host of
 * which all open ports refuse has banned this machine.
 *
 * What has borne witness is not asked a second time: a firewall that counts connections to SSH may drop the next one.
 */
export async function confirmOpen(targets: Target[], context: PassContext): Promise<void> {
  const graceEnds = performance.now() + GRACE_MS
  // When the job is cancelled, what was found is still worth a moment.
  const disputed = context.signal.aborted
    ? await withDeadline(new AbortController().signal, graceEnds, (signal) =>
        findDisputed(targets, graceEnds, { ...context, signal }),
      )
    : await findDisputed(targets, graceEnds, context)
  if (disputed.size === 0) return
  await pause(disputed.keys(), context.signal)
  await settleDisputed(disputed, context)
}

/** The positions that were open, and are so no longer. */
async function findDisputed(
  targets: Target[],
  graceEnds: number,
  context: PassContext,
): Promise<Map<Target, Set<number>>> {
  const disputed = new Map<Target, Set<number>>()
  // What a host that answers no longer does not say contradicts nothing.
  const lanes = targets
    .filter(({ changed }) => changed === undefined)
    .map((target) => {
      const open = findPositions(target, isOpen)
      const order = open.filter((position) => !target.confirmed.has(target.ports[position] as number))
      return { target, order, deadline: Math.max(target.deadline, graceEnds) }
    })
  await runPass(lanes, { patienceMs: PATIENCE_MS }, context, {
    onOutcome({ target }, position, outcome) {
      if (outcome.state === 'closed' || outcome.state === 'filtered') {
        disputed.set(target, (disputed.get(target) ?? new Set()).add(position))
      } else if (outcome.state === 'open') target.confirmed.add(target.ports[position] as number)
    },
    // Nothing contradicts what was seen.
    onOutcomes() {},
  })
  return disputed
}

/** Asks what is disputed a third time, and takes for closed what refuses on a host that still accepts. */
async function settleDisputed(disputed: Map<Target, Set<number>>, context: PassContext): Promise<void> {
  const answers = new Map<Target, Map<number, Outcome>>()
  const lanes = [...disputed].map(([target, positions]) => {
    answers.set(target, new Map())
    const others = findPositions(target, isOpen).filter((position) => !positions.has(position))
    return toLane(target, [...positions, ...others.slice(0, MOST_CONTROLS)])
  })
  await runPass(lanes, { patienceMs: LONG_PATIENCE_MS }, context, {
    onOutcome({ target }, position, outcome) {
      answers.get(target)?.set(position, outcome)
    },
    // There was no time to ask, so what was seen stands.
    onOutcomes() {},
  })
  for (const [target, said] of answers) {
    const outcomes = [...said.values()]
    const refusing = outcomes.find(({ state }) => state === 'closed')
    if (outcomes.some(isOpen)) {
      for (const position of disputed.get(target) ?? []) {
        const outcome = said.get(position)
        if (outcome?.state === 'closed') record(target, position, outcome)
      }
    } else if (outcomes.length > 0) target.changed = refusing ? 'started-refusing' : 'went-silent'
  }
}

function isOpen({ state }: Outcome): boolean {
  return state === 'open'
}

/**
 * Tries required ports that are not open again and again, patiently, before they are called missing. Where there is
 * no time left for it they become unknown.
 */
export async function retryRequired(sites: Site[], context: PassContext): Promise<void> {
  const required = findRequired(sites)
  for (let tries = 0; tries < REQUIRED_TRIES && required.size > 0; tries++) {
    if (tries > 0) await pause(required.keys(), context.signal)
    const isMissing = ({ state }: Outcome) => state === 'closed' || state === 'filtered'
    const tried = await probeAgain([...required.keys()], LONG_PATIENCE_MS, context, isMissing, required)
    if (tried === 0) return
  }
}

/** So few silent ports on a host that refuses so many are tried longer: a service that is busy drops what comes. */
const FEW_SILENT = 4
const MANY_REFUSED = 100

/** Tries ports again that alone are silent on a host that refuses all others. */
export async function retryLoneSilence(targets: Target[], context: PassContext): Promise<void> {
  const lone = new Map<Target, Set<number>>()
  for (const target of targets) {
    const silent = findPositions(target, isSilent)
    if (silent.length === 0 || silent.length > FEW_SILENT) continue
    if (findPositions(target, ({ state }) => state === 'closed').length < MANY_REFUSED) continue
    lone.set(target, new Set(silent))
  }
  if (lone.size > 0) await probeAgain([...lone.keys()], LONG_PATIENCE_MS, context, isSilent, lone)
}

function isSilent({ reason }: Outcome): boolean {
  return reason === 'no-response'
}

function findRequired(sites: Site[]): Map<Target, Set<number>> {
  const required = new Map<Target, Set<number>>()
  for (const { planned, target } of sites) {
    const ports = listRequired(planned)
    if (ports.size === 0) continue
    const positions = required.get(target) ?? new Set()
    for (const [position, port] of target.ports.entries()) if (ports.has(port)) positions.add(position)
    required.set(target, positions)
  }
  return required
}

function listRequired(planned: PlannedEndpoint): Set<number> {
  return new Set(listRules(planned).flatMap(requiredOf))
}

const requiredOf = rememberRules(({ allow }) => {
  const ports = new Set<number>()
  for (const allowance of allow) {
    if (!allowance.required) continue
    for (const { from, to } of allowance.ports) for (let port = from; port <= to; port++) ports.add(port)
  }
  return [...ports]
})

/** Waits a moment, though no longer than there is time for any of the targets. */
async function pause(targets: Iterable<Target>, signal: AbortSignal): Promise<void> {
  let last = 0
  for (const { deadline } of targets) last = Math.max(last, deadline)
  const left = Math.max(0, Math.min(PAUSE_MS, last - performance.now()))
  await sleep(left, undefined, { signal }).catch(() => {})
}
