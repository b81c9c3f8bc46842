import type { PortRange } from '../model.ts'
import { createRandom, shufflePositions } from './shuffle.ts'
import type { Target } from './target.ts'

/** What probably answers on a port: a service of the catalogue. */
export type Suggest = (port: number) => string | undefined

/**
 * The order in which the ports of a target are probed: shuffled, but first those that the policy allows, then those
 * of known services. What answers shows how fast the rest can be probed, and what its silence is worth. The same
 * seed gives the same order, and targets with the same ports share it.
 */
export function createOrders(seed: number, suggest?: Suggest): (target: Target) => Uint16Array {
  const orders = new Map<Uint16Array, Map<string, Uint16Array>>()
  return ({ ports, expected }) => {
    const ofPorts = orders.get(ports) ?? new Map<string, Uint16Array>()
    orders.set(ports, ofPorts)
    const key = JSON.stringify(expected)
    const order = ofPorts.get(key) ?? likelyFirst(ports, seed, expected, suggest)
    ofPorts.set(key, order)
    return order
  }
}

function likelyFirst(
  ports: Uint16Array,
  seed: number,
  expected: PortRange[],
  suggest?: Suggest,
): Uint16Array {
  const ranks: number[][] = [[], [], []]
  for (const position of shufflePositions(ports.length, createRandom(seed))) {
    const port = ports[position] as number
    const isExpected = expected.some(({ from, to }) => from <= port && port <= to)
    ranks[isExpected ? 0 : suggest?.(port) ? 1 : 2]?.push(position)
  }
  return new Uint16Array(ranks.flat())
}
