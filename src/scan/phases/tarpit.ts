import type { PlannedEndpoint } from '../../model.ts'
import { inRanges, LAST_PORT } from '../../port-ranges.ts'
import { listNamedPorts, listRules } from '../targets/planned-rules.ts'
import { createRandom, shufflePositions } from '../targets/random.ts'
import { createTarget, findPositions, listOpen, type Target } from '../targets/target.ts'
import { type PassContext, probePorts } from './probe-ports.ts'

/** IANA's dynamic ports (RFC 6335, 6): no service has one of them permanently. */
const FIRST_DYNAMIC = 49_152

/** Unlikely ports that are tried, and how many of them have to be open. */
const DECOYS = 8
const TELLING = 7

/** How many open ports of a host that answers everywhere are identified: those most likely to be real services. */
const MOST_TELLING = 64

/** Hosts that answer everywhere, each with the unlikely ports that were tried there. */
export type Tarpits = Map<Target, Target>

/** The targets that accept whatever is tried: a tarpit, a proxy or a SYN proxy, and no host with many services. */
export async function findTarpits(targets: Target[], context: PassContext): Promise<Tarpits> {
  const suspects = targets.filter(isSuspect)
  const decoys = new Map(suspects.map((target) => [createDecoy(target, context.seed), target]))
  if (decoys.size > 0) await probePorts([...decoys.keys()], { ...context, serviceOn: undefined })
  const tarpits: Tarpits = new Map()
  for (const [decoy, target] of decoys) {
    if (listOpen(decoy).length >= TELLING) tarpits.set(target, decoy)
  }
  return tarpits
}

/**
 * Sixteen open ports, or half of those that were probed, are more than services need. A host that refuses more than it
 * accepts does not accept whatever is tried, though it opens its dynamic ports to look like that.
 */
function isSuspect(target: Target): boolean {
  const open = listOpen(target).length
  const refused = findPositions(target, ({ state }) => state === 'closed').length
  return open >= refused && (open >= 16 || (open >= 4 && open * 2 >= target.ports.length))
}

/**
 * Open ports on which a service would mean most: those that the policy denies, then those that it allows for a service,
 * then by what usually listens there.
 */
export function listTelling(
  open: number[],
  planned: PlannedEndpoint,
  {
    serviceOn,
    isGrave,
  }: { serviceOn: (port: number) => string | undefined; isGrave: (port: number) => boolean },
): number[] {
  const denied = listRules(planned).flatMap((rules) => rules.flatMap(({ deny }) => deny))
  const deniedPorts = denied.flatMap(({ ports }) => ports)
  const named = listNamedPorts(planned)
  const weigh = (port: number) =>
    (inRanges(deniedPorts, port) ? 8 : 0) +
    (inRanges(named, port) ? 4 : 0) +
    (isGrave(port) ? 2 : 0) +
    (serviceOn(port) === undefined ? 0 : 1)
  return open
    .map((port) => ({ port, weight: weigh(port) }))
    .sort((a, b) => b.weight - a.weight)
    .slice(0, MOST_TELLING)
    .map(({ port }) => port)
}

function createDecoy(target: Target, seed: number): Target {
  return createTarget(target.address, chooseDecoys(seed), { ...target, expected: [] })
}

/** Unlikely ports, ascending: of all dynamic ones, whatever a plan probes, so that nobody can know which they will be. */
export function chooseDecoys(seed: number): Uint16Array {
  // One off the seed, or the decoys would be the ports that are probed first.
  const order = shufflePositions(LAST_PORT - FIRST_DYNAMIC + 1, createRandom(seed + 1)).subarray(0, DECOYS)
  return Uint16Array.from(order, (position) => FIRST_DYNAMIC + position).sort()
}
