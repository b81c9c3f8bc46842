import { type PassContext, probePorts } from './passes.ts'
import { createRandom, shufflePositions } from './shuffle.ts'
import { createTarget, findPositions, type Target } from './target.ts'

/** IANA's dynamic ports (RFC 6335, 6): no service has one of them for good. */
const FIRST_DYNAMIC = 49_152
const LAST_PORT = 65_535

/** Unlikely ports that are tried, and how many of them have to be open. */
const DECOYS = 8
const TELLING = 7

/** From so many dynamic ports on, a plan's own are tried and no others. */
const ENOUGH_DYNAMIC = 100

/** The targets that accept whatever is tried: a tarpit, a proxy or a SYN proxy, and no host with many services. */
export async function findAnswersEverywhere(
  targets: Target[],
  seed: number,
  context: PassContext,
): Promise<Set<Target>> {
  const suspects = targets.filter(isSuspect)
  const decoys = new Map(suspects.map((target) => [createDecoy(target, seed), target]))
  if (decoys.size > 0) await probePorts([...decoys.keys()], seed, undefined, context)
  const everywhere = new Set<Target>()
  for (const [decoy, target] of decoys) {
    if (countOpen(decoy) >= TELLING) everywhere.add(target)
  }
  return everywhere
}

/** Sixteen open ports, or half of those that were probed, are more than services need. */
function isSuspect(target: Target): boolean {
  const open = countOpen(target)
  return open >= 16 || (open >= 4 && open * 2 >= target.ports.length)
}

function countOpen(target: Target): number {
  return findPositions(target, ({ state }) => state === 'open').length
}

function createDecoy(target: Target, seed: number): Target {
  const own = target.ports.filter((port) => port >= FIRST_DYNAMIC)
  const pool = own.length >= ENOUGH_DYNAMIC ? own : listDynamic()
  // One off the seed, or the decoys would be the ports that are probed first.
  const order = shufflePositions(pool.length, createRandom(seed + 1)).subarray(0, DECOYS)
  const ports = Uint16Array.from(order, (position) => pool[position] as number).sort()
  return createTarget(target.address, ports, { ...target, expected: [] })
}

function listDynamic(): Uint16Array {
  return Uint16Array.from({ length: LAST_PORT - FIRST_DYNAMIC + 1 }, (_, index) => FIRST_DYNAMIC + index)
}
