import type { Disagreement, HostResult, PortRange } from '../model.ts'
import { formatRanges, intersectRanges, subtractRanges, toRanges } from '../port-ranges.ts'
import { keyOf, listCovered } from './outside.ts'
import type { ShardReport } from './shard-file.ts'

/** Hosts that are named, of each shard. */
const MOST_NAMED = 20

/** Ports that one attempt of a shard saw open and another one closed or filtered: what was seen may depend on the vantage. */
export function findDisagreements({ scan }: ShardReport, older: readonly ShardReport[]): Disagreement[] {
  const now = new Map(scan.hosts.map((host) => [keyOf(host), host]))
  const found = older.flatMap(({ attempt, scan }) =>
    scan.hosts.flatMap((before): Disagreement[] => {
      const after = now.get(keyOf(before))
      const opened = after ? intersectRanges(listOpen(after), listShut(before)) : []
      const closed = after ? intersectRanges(listOpen(before), listShut(after)) : []
      if (opened.length + closed.length === 0) return []
      const { endpoint, address } = before
      return [{ attempt, endpoint, address, opened: formatRanges(opened), closed: formatRanges(closed) }]
    }),
  )
  return found.slice(0, MOST_NAMED)
}

function listOpen({ open }: HostResult): PortRange[] {
  return toRanges(open.map(({ port }) => port))
}

/** Known not to be open. */
function listShut(host: HostResult): PortRange[] {
  const unknown = host.unknown.flatMap(({ ports }) => ports)
  return subtractRanges(subtractRanges(listCovered(host), listOpen(host)), unknown)
}
