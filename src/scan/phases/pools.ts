/** Several hosts may share one address: ports that refuse are asked often enough to meet the one that has them open. */
import type { Outcome } from '../../model.ts'
import { promptWithinMs } from '../engine/rtt.ts'
import { findPositions, isOpen, outcomeAt, type Target } from '../targets/target.ts'
import { isInTime, type PassContext, RETRY_TIMEOUT_MS, recordAnswer, runPass, toJob } from './probe-ports.ts'

/**
 * How many answers of a port there have to be. What one host of three has open refuses 21 times in a row once in 5,000 times. The
 * questions leave together, since a load balancer decides on each; but a few go first: a service that one host of two has open
 * answers them.
 */
const ANSWERS = 20
const FIRST_QUESTIONS = 5

/**
 * At least how long answers are waited for, in milliseconds: those of the few questions at first, and those of the others. One of the
 * hosts may be slower than the rest, and then just the answers that tell come late.
 */
const FIRST_TIMEOUT_MS = 100
const TIMEOUT_MS = 500

/**
 * A port of which more than so many questions got lost is asked all of them once more, patiently: trouble that lasts a moment takes
 * all that is under way.
 */
const MOST_LOST = 5

/** Ports of a target that refuse, by position, and how many questions of each have been answered. */
interface Pool {
  positions: readonly number[]
  answered: Uint8Array
}

export interface PoolOptions {
  /** Which of the ports that refuse, by position, are asked. */
  choose(target: Target, refusing: number[]): number[]
  /** Told what could not be asked any more. Where nobody is told, a port that has refused once is left at that. */
  onUndone?(target: Target, position: number, outcome: Outcome): void
}

/** Questions that leave together. */
interface Wave {
  /** How often a port is asked that has answered so many of the questions before. */
  ask(answered: number): number
  timeoutMs: number
}

/** Asks ports that refuse until one connection is accepted, which makes them open. */
export async function askPools(targets: Target[], options: PoolOptions, context: PassContext): Promise<void> {
  const pools = new Map(targets.map((target) => [target, createPool(target, options)]))
  const promptMs = targets.reduce((most, { roundTrip }) => Math.max(most, promptWithinMs(roundTrip)), 0)
  const waves: Wave[] = [
    { ask: () => FIRST_QUESTIONS, timeoutMs: Math.max(promptMs, FIRST_TIMEOUT_MS) },
    { ask: (answered) => ANSWERS - answered, timeoutMs: Math.max(promptMs, TIMEOUT_MS) },
    {
      ask: (answered) => (ANSWERS - answered > MOST_LOST ? ANSWERS : 0),
      timeoutMs: RETRY_TIMEOUT_MS,
    },
  ]
  for (const wave of waves) await sendWave(pools, wave, options, context)
}

function createPool(target: Target, { choose }: PoolOptions): Pool {
  const refusing = findPositions(target, ({ state }) => state === 'closed')
  const positions = choose(target, refusing)
  return { positions, answered: new Uint8Array(positions.length) }
}

async function sendWave(
  pools: Map<Target, Pool>,
  { ask, timeoutMs }: Wave,
  { onUndone }: PoolOptions,
  context: PassContext,
): Promise<void> {
  const able = [...pools].filter(
    ([target]) => target.changed === undefined && (onUndone || isInTime(target, context)),
  )
  const jobs = able.map(([target, pool]) => toJob(target, listQuestions(target, pool, ask)))
  await runPass(jobs, { timeoutMs }, context, {
    onOutcome({ target }, position, outcome, rttMs) {
      if (outcome.state === 'open' || outcome.state === 'closed')
        countAnswer(pools.get(target) as Pool, position)
      if (isOpen(outcome)) recordAnswer(target, position, outcome, rttMs)
      else if (outcome.state === 'unknown' && isClosed(target, position))
        onUndone?.(target, position, outcome)
    },
    onOutcomes({ target }, positions, outcome) {
      for (const position of positions) if (isClosed(target, position)) onUndone?.(target, position, outcome)
    },
  })
}

/** What is still to be asked, in turns: what goes wrong for a moment takes a few questions of each port, and not all of one. */
function listQuestions(target: Target, { positions, answered }: Pool, ask: Wave['ask']): Uint16Array {
  const left = positions
    .map((position, index) => ({ position, count: ask(answered[index] as number) }))
    .filter(({ position, count }) => count > 0 && isClosed(target, position))
  const order: number[] = []
  for (let turn = 0; turn < ANSWERS; turn++) {
    for (const { position, count } of left) if (count > turn) order.push(position)
  }
  return Uint16Array.from(order)
}

function countAnswer({ positions, answered }: Pool, position: number): void {
  const index = positions.indexOf(position)
  answered[index] = (answered[index] as number) + 1
}

function isClosed(target: Target, position: number): boolean {
  return outcomeAt(target, position)?.state === 'closed'
}
