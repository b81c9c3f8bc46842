import type { PortRange } from '../../model.ts'
import { inRanges } from '../../port-ranges.ts'
import { createRandom, shufflePositions } from './random.ts'
import type { Target } from './target.ts'

/** What probably listens on a port: a service of the catalogue. */
type ServiceOn = (port: number) => string | undefined

/** Where records leak from most when it faces the internet: Telnet, SMB, remote desktop, databases, caches, Docker. */
export const HARMFUL: ReadonlySet<number> = new Set([
  23, 445, 1433, 2375, 3306, 3389, 5432, 6379, 9200, 11211, 27017,
])

/**
 * The ports that servers most often have open to everybody, and those that do most harm. These come first among the known
 * services: where a host refuses or drops what comes too fast, its first answers are true, and one open port among them
 * shows it.
 */
const FIRST = new Set([21, 22, 25, 53, 80, 110, 143, 443, 587, 993, 5900, 8080, 8443, ...HARMFUL])

/**
 * The order in which the ports of a target are probed: shuffled, but first those that the policy allows, then those
 * of known services. What answers shows how fast the rest can be probed, and what its silence is worth. The same
 * seed gives the same order, and targets with the same ports share it.
 */
export function createOrders(seed: number, serviceOn?: ServiceOn): (target: Target) => Uint16Array {
  const orders = new Map<Uint16Array, Map<string, Uint16Array>>()
  return ({ ports, expected }) => {
    const ofPorts = orders.get(ports) ?? new Map<string, Uint16Array>()
    orders.set(ports, ofPorts)
    const key = JSON.stringify(expected)
    const order = ofPorts.get(key) ?? likelyFirst(ports, seed, expected, serviceOn)
    ofPorts.set(key, order)
    return order
  }
}

function likelyFirst(
  ports: Uint16Array,
  seed: number,
  expected: PortRange[],
  serviceOn?: ServiceOn,
): Uint16Array {
  const ranks: number[][] = [[], [], [], []]
  for (const position of shufflePositions(ports.length, createRandom(seed))) {
    const port = ports[position] as number
    const isExpected = inRanges(expected, port)
    const rank = isExpected ? 0 : FIRST.has(port) ? 1 : serviceOn?.(port) ? 2 : 3
    ranks[rank]?.push(position)
  }
  return new Uint16Array(ranks.flat())
}
