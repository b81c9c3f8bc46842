/** Ports that are not open, and are tried again before that is believed. */
import type { Outcome, PlannedEndpoint } from '../../model.ts'
import { promptWithinMs } from '../engine/rtt.ts'
import { HARMFUL } from '../targets/port-order.ts'
import type { Site } from '../targets/site.ts'
import { findPositions, isOpen, outcomeAt, type Target } from '../targets/target.ts'
import {
  LONG_TIMEOUT_MS,
  type PassContext,
  pause,
  probeAgain,
  recordAnswer,
  runPass,
  toJob,
} from './probe-ports.ts'

/** The ports of an endpoint's address that are missing, by the judge's rules, if they are not open. */
export type ListMissable = (planned: PlannedEndpoint, address: string) => number[]

/** How often a required port is tried again before it is called missing. */
const REQUIRED_TRIES = 3

/**
 * Tries required ports that are not open again and again, patiently, before they are called missing, and often where they refuse:
 * one of several hosts behind the address may have them open. Where there is no time left for it they become unknown.
 */
export async function retryRequired(
  sites: Site[],
  listRequired: ListMissable,
  context: PassContext,
): Promise<void> {
  const required = findRequired(sites, listRequired)
  for (let tries = 0; tries < REQUIRED_TRIES && required.size > 0; tries++) {
    if (tries > 0) await pause(required.keys(), context)
    const isMissing = ({ state }: Outcome) => state === 'closed' || state === 'filtered'
    const tried = await probeAgain([...required.keys()], LONG_TIMEOUT_MS, context, isMissing, required)
    if (tried === 0) return
  }
  await askPools([...required.keys()], (target, position) => required.get(target)?.has(position), context)
}

/** At most this many silent ports on a host that refuses at least that many are tried for longer: a busy service drops SYNs. */
const FEW_SILENT = 4
const MANY_REFUSED = 100

/** Tries the only silent ports of a host that refuses all others again. */
export async function retryLoneSilence(targets: Target[], context: PassContext): Promise<void> {
  const lone = new Map<Target, Set<number>>()
  for (const target of targets) {
    const silent = findPositions(target, isSilent)
    if (silent.length === 0 || silent.length > FEW_SILENT) continue
    if (findPositions(target, ({ state }) => state === 'closed').length < MANY_REFUSED) continue
    lone.set(target, new Set(silent))
  }
  if (lone.size > 0) await probeAgain([...lone.keys()], LONG_TIMEOUT_MS, context, isSilent, lone)
}

function isSilent({ reason }: Outcome): boolean {
  return reason === 'no-response'
}

function findRequired(sites: Site[], listRequired: ListMissable): Map<Target, Set<number>> {
  const required = new Map<Target, Set<number>>()
  for (const { planned, target } of sites) {
    const ports = new Set(listRequired(planned, target.address))
    if (ports.size === 0) continue
    const positions = required.get(target) ?? new Set()
    for (const [position, port] of target.ports.entries()) if (ports.has(port)) positions.add(position)
    required.set(target, positions)
  }
  return required
}

/**
 * How often a port that refuses is asked again where it matters whether one of several hosts behind the address has it open. What
 * one of three has open refuses 21 times in a row once in 5,000 times. The questions leave together: a load balancer decides on
 * each. At least how long they wait for their answers, in milliseconds.
 */
const POOL_TRIES = 20
const POOL_TIMEOUT_MS = 100

/**
 * A moment of trouble takes all that is under way: where more than this many of a port's questions got lost, these are asked once
 * more. In this time, in milliseconds, each SYN is sent three times.
 */
const MOST_LOST = 5
const PATIENT_TIMEOUT_MS = 3_000

/** Positions of a target, and how many questions of each have been answered. */
interface Asked {
  positions: number[]
  answered: Uint8Array
}

/** Tries ports again that refuse, and that would do most harm if another host behind the same address had them open. */
export async function retryHarmful(targets: Target[], context: PassContext): Promise<void> {
  const able = targets.filter((target) => findPositions(target, isOpen).length > 0)
  await askPools(able, ({ ports }, position) => HARMFUL.has(ports[position] as number), context)
}

/** Asks those ports of each target that refuse, until one connection is accepted. */
async function askPools(
  targets: Target[],
  isMeant: (target: Target, position: number) => boolean | undefined,
  context: PassContext,
): Promise<void> {
  const able = targets.filter(({ changed }) => changed === undefined)
  const asked = new Map(
    able.map((target): [Target, Asked] => {
      const refusing = findPositions(target, ({ state }) => state === 'closed')
      const positions = refusing.filter((position) => isMeant(target, position))
      return [target, { positions, answered: new Uint8Array(positions.length) }]
    }),
  )
  const promptMs = able.reduce(
    (most, { roundTrip }) => Math.max(most, promptWithinMs(roundTrip)),
    POOL_TIMEOUT_MS,
  )
  await askAll(asked, 0, promptMs, context)
  await askAll(asked, MOST_LOST, PATIENT_TIMEOUT_MS, context)
}

/** Asks what is still to be asked of each port that has more than `mostLost` of it, unless it has accepted meanwhile. */
async function askAll(
  asked: Map<Target, Asked>,
  mostLost: number,
  timeoutMs: number,
  context: PassContext,
): Promise<void> {
  const jobs = [...asked].map(([target, { positions, answered }]) => {
    const left = positions
      .map((position, index) => ({ position, lost: POOL_TRIES - (answered[index] as number) }))
      .filter(({ position, lost }) => lost > mostLost && outcomeAt(target, position)?.state !== 'open')
    const order: number[] = []
    // In turns: what goes wrong for a moment takes a few questions of each, and not all of one.
    for (let turn = 0; turn < POOL_TRIES; turn++) {
      for (const { position, lost } of left) if (lost > turn) order.push(position)
    }
    return toJob(target, order)
  })
  await runPass(jobs, { timeoutMs }, context, {
    onOutcome({ target }, position, outcome, rttMs) {
      const { positions, answered } = asked.get(target) as Asked
      const index = positions.indexOf(position)
      if (outcome.state === 'open' || outcome.state === 'closed')
        answered[index] = (answered[index] as number) + 1
      if (isOpen(outcome)) recordAnswer(target, position, outcome, rttMs)
    },
    onOutcomes() {},
  })
}
