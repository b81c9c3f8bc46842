/** How a plan is cut: whole hosts first, and the ports of one host only where it is larger than a share. */
import type { PlannedEndpoint, PortRange } from '../model.ts'

/** A host with fewer ports than this is never cut: what answers in place of a host shows itself on many. */
const FEWEST_PORTS = 1_024

/** An address, or some of its ports. */
interface Piece {
  address: string
  /** Of which the ports are; undefined for all of them. */
  ports?: PortRange[]
  pairs: number
}

/** What one shard has to scan. */
export interface Share {
  pairs: number
  /** The ports of each address; undefined for all of them. */
  ports: Map<string, PortRange[] | undefined>
}

/**
 * Cuts the addresses of a plan into shares of about the same number of pairs. Endpoints that share an address are in one share, so that
 * nothing is probed twice. The same plan is cut in the same way wherever that is done.
 *
 * @param endpoints with their addresses
 * @param excludes whether the policy excludes an address
 */
export function cutIntoShares(
  endpoints: readonly PlannedEndpoint[],
  excludes: (address: string) => boolean,
  shards: number,
): Share[] {
  const portsOf = listPortsByAddress(endpoints, excludes)
  let pairs = 0
  for (const ports of portsOf.values()) pairs += ports.length
  const most = Math.max(FEWEST_PORTS, Math.ceil(pairs / shards))
  const pieces = [...portsOf].flatMap(([address, ports]) => cutHost(address, ports, most))
  return deal(pieces, shards)
}

/** All ports that are probed on each address, ascending; addresses with the same ports share one list. */
function listPortsByAddress(
  endpoints: readonly PlannedEndpoint[],
  excludes: (address: string) => boolean,
): Map<string, readonly number[]> {
  const listsOf = new Map<string, Set<readonly number[]>>()
  for (const { addresses = [], ports } of endpoints) {
    for (const address of addresses) {
      if (excludes(address)) continue
      const lists = listsOf.get(address)
      if (lists) lists.add(ports)
      else listsOf.set(address, new Set([ports]))
    }
  }
  const unite = createUnions()
  return new Map([...listsOf].map(([address, lists]) => [address, unite([...lists])]))
}

function createUnions(): (lists: (readonly number[])[]) => readonly number[] {
  const numbers = new Map<readonly number[], number>()
  const unions = new Map<string, readonly number[]>()
  return (lists) => {
    const [only] = lists
    if (only && lists.length === 1) return only
    for (const list of lists) if (!numbers.has(list)) numbers.set(list, numbers.size)
    const key = lists.map((list) => numbers.get(list)).join()
    const union = unions.get(key) ?? [...Uint16Array.from(new Set(lists.flat())).sort()]
    unions.set(key, union)
    return union
  }
}

function cutHost(address: string, ports: readonly number[], most: number): Piece[] {
  const parts = Math.ceil(ports.length / most)
  if (parts <= 1) return [{ address, pairs: ports.length }]
  return Array.from({ length: parts }, (_, part) => {
    const first = Math.floor((part * ports.length) / parts)
    const end = Math.floor(((part + 1) * ports.length) / parts)
    const range = { from: ports[first] as number, to: ports[end - 1] as number }
    return { address, ports: [range], pairs: end - first }
  })
}

/** The largest first, each to the shard with the least so far. */
function deal(pieces: Piece[], shards: number): Share[] {
  const shares = Array.from({ length: shards }, (): Share => ({ pairs: 0, ports: new Map() }))
  for (const { address, ports, pairs } of pieces.sort((a, b) => b.pairs - a.pairs)) {
    let least = shares[0] as Share
    for (const share of shares) if (share.pairs < least.pairs) least = share
    least.pairs += pairs
    const before = least.ports.get(address)
    least.ports.set(address, ports && [...(before ?? []), ...ports])
  }
  return shares
}
