/** Probes again the ports that were open once. */
import type { Outcome } from '../../model.ts'
import { TOUCHY } from '../engine/courtesy.ts'
import type { PassResult } from '../engine/offload.ts'
import { REFUSED } from '../outcome.ts'
import { findPositions, isOpen, noteChanged, noteConfirmed, record, type Target } from '../targets/target.ts'
import { LONG_TIMEOUT_MS, type PassContext, pause, RETRY_TIMEOUT_MS, runPass, toJob } from './probe-ports.ts'

/** How long what was found may be confirmed where no time is left, in milliseconds: twice at most (crowds), and a time limit holds to a second. */
const GRACE_MS = 450

/**
 * How often what is disputed is asked again: once, and then several times a round. Twenty refusals in a row, with the one that
 * disputes it, come once in 3,300 runs if one of three hosts behind the address has the port open.
 */
const MOST_ROUNDS = 7
const TRIES_A_ROUND = 3

/** How many other open ports of a host are probed behind those, to see whether it still accepts: at first, and later. */
const MOST_CONTROLS = 3
const LATER_CONTROLS = 1

/**
 * Connects to every open port again that was open only once: one probe is not enough for a violation. If the
 * second answer contradicts the first, the port is probed again and again, along with other open ports of the host: several
 * hosts that differ may share one address. A port that was open once stays open, unless it refuses every time while another
 * still accepts: silence closes nothing, and a host whose open ports all refuse has banned this machine.
 *
 * Control ports are not probed a second time: a firewall that counts connections to SSH may drop the next one. If all open
 * ports are control ports, one is probed anyway, to see whether the host still accepts.
 */
export async function confirmOpen(targets: Target[], context: PassContext): Promise<void> {
  const graceEnds = context.engine.clock.now() + GRACE_MS
  const disputed = await findDisputed(targets, graceEnds, context)
  if (disputed.size === 0) return
  await pause(disputed.keys(), context)
  await settleDisputed(disputed, context)
}

/** Whether what probably listens on a port does not mind one more connection. */
function isGentle({ ports }: Target, position: number, { serviceOn }: PassContext): boolean {
  const service = serviceOn?.(ports[position] as number)
  return service === undefined || !(service in TOUCHY)
}

/** The positions that were open and no longer are. */
async function findDisputed(
  targets: Target[],
  graceEnds: number,
  context: PassContext,
): Promise<Map<Target, Set<number>>> {
  const disputed = new Map<Target, Set<number>>()
  // When the job is cancelled, what was found is still worth a moment.
  const isCancelled = context.signal.aborted
  const signal = isCancelled ? new AbortController().signal : context.signal
  // Whatever is cut short then was cut short by the cancellation.
  const account = ({ probes, stopped }: PassResult) =>
    context.account(
      isCancelled && stopped ? { probes, stopped: 'aborted' } : { probes, ...(stopped ? { stopped } : {}) },
    )
  // A host that no longer answers contradicts nothing.
  const jobs = targets
    .filter(({ changed }) => changed === undefined)
    .map((target) => {
      const open = findPositions(target, isOpen)
      const unconfirmed = open.filter((position) => !target.confirmed.has(target.ports[position] as number))
      const gentle = open.filter((position) => isGentle(target, position, context))
      const order = unconfirmed.length > 0 ? unconfirmed : gentle.slice(0, 1)
      const deadline = isCancelled ? graceEnds : Math.max(target.deadline, graceEnds)
      return { target, order, deadline }
    })
  await runPass(
    jobs,
    { timeoutMs: RETRY_TIMEOUT_MS },
    { ...context, signal, account },
    {
      onOutcome({ target }, position, outcome) {
        if (outcome.state === 'closed' || outcome.state === 'filtered') {
          disputed.set(target, (disputed.get(target) ?? new Set()).add(position))
        } else if (outcome.state === 'open') noteConfirmed(target, target.ports[position] as number)
      },
      // Nothing contradicts what was seen.
      onOutcomes() {},
    },
  )
  return disputed
}

/**
 * Asks what is disputed again until it accepts, and takes for closed what refuses every time on a host that still accepts.
 */
async function settleDisputed(disputed: Map<Target, Set<number>>, context: PassContext): Promise<void> {
  const left = new Map([...disputed].map(([target, positions]) => [target, new Set(positions)]))
  const last = new Map<Target, Map<number, Outcome>>()
  for (let round = 0; round < MOST_ROUNDS && left.size > 0; round++) {
    const answers = await ask(left, round === 0, context)
    for (const [target, said] of answers) {
      const isAccepting = [...said.values()].some(isOpen)
      const positions = left.get(target)
      if (round === 0) last.set(target, said)
      // A silent port is probed once, patiently: it stays open in any case.
      for (const [position, { state }] of said) if (state !== 'closed') positions?.delete(position)
      if (positions?.size === 0 || !isAccepting) left.delete(target)
    }
  }
  for (const [target, said] of last) {
    const outcomes = [...said.values()]
    if (outcomes.some(isOpen))
      for (const position of left.get(target) ?? []) record(target, position, REFUSED)
    else if (outcomes.length > 0) {
      noteChanged(
        target,
        outcomes.some(({ state }) => state === 'closed') ? 'started-refusing' : 'went-silent',
      )
    }
  }
}

/** Asks positions of each target, and some of its other open ports: what was answered, of several answers the best. */
async function ask(
  positions: Map<Target, Set<number>>,
  isFirst: boolean,
  context: PassContext,
): Promise<Map<Target, Map<number, Outcome>>> {
  const answers = new Map([...positions.keys()].map((target) => [target, new Map<number, Outcome>()]))
  const jobs = [...positions].map(([target, some]) => {
    const asked = Array.from({ length: isFirst ? 1 : TRIES_A_ROUND }, () => [...some]).flat()
    const controls = listControls(target, some, context).slice(0, isFirst ? MOST_CONTROLS : LATER_CONTROLS)
    return toJob(target, [...asked, ...controls])
  })
  // There was no time to ask, so what was seen stands.
  const forget = (target: Target) => {
    answers.delete(target)
    positions.delete(target)
  }
  await runPass(jobs, { timeoutMs: LONG_TIMEOUT_MS }, context, {
    onOutcome({ target }, position, outcome) {
      if (outcome.state === 'unknown') return forget(target)
      const said = answers.get(target)
      const before = said?.get(position)
      if (before === undefined || before.state === 'closed' || isOpen(outcome)) said?.set(position, outcome)
    },
    onOutcomes: ({ target }) => forget(target),
  })
  return answers
}

/** Open ports of a target that are not disputed, those first whose services don't mind. */
function listControls(target: Target, disputed: Set<number>, context: PassContext): number[] {
  const others = findPositions(target, isOpen).filter((position) => !disputed.has(position))
  const gentle = new Set(others.filter((position) => isGentle(target, position, context)))
  return [...gentle, ...others.filter((position) => !gentle.has(position))]
}
