import { numberOfAddress } from '../policy/addresses.ts'
import type { Group } from './groups.ts'

/** Smaller blocks are written as addresses: a /30. */
const SMALLEST_BITS = 2

/** The largest blocks of IPv4 that consist of members, and of nothing else. */
export function groupAddresses(alike: string[]): Group[] {
  const members = new Map<number, string>()
  for (const address of alike) {
    const read = numberOfAddress(address)
    if (read?.bits === 32) members.set(Number(read.number), address)
  }
  const groups: Group[] = []
  let next = 0
  for (const start of [...members.keys()].sort((a, b) => a - b)) {
    if (start < next) continue
    const bits = growBlock(members, start)
    if (bits < SMALLEST_BITS) continue
    const inside = Array.from({ length: 2 ** bits }, (_, index) => members.get(start + index) as string)
    groups.push({ pattern: `${members.get(start)}/${32 - bits}`, members: inside })
    next = start + 2 ** bits
  }
  return groups
}

/** How many bits of the addresses from here on vary within the largest block of members. */
function growBlock(members: Map<number, string>, start: number): number {
  let bits = 0
  for (;;) {
    const size = 2 ** (bits + 1)
    if (start % size !== 0 || size > members.size) return bits
    for (let at = start + size / 2; at < start + size; at++) if (!members.has(at)) return bits
    bits++
  }
}
