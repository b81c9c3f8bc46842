import type { HostResult, MissingShard, PortRange } from '../model.ts'
import { countPorts } from '../port-ranges.ts'

/** Hosts of a missing shard that are named. */
const MOST_NAMED = 20

export type NoteMissing = (
  index: number,
  host: Pick<HostResult, 'endpoint' | 'address'>,
  ports: PortRange[],
) => void

/** Collects what no report covers, by shard. @param of how many shards there are */
export function createMissing(of: number): { note: NoteMissing; list(): MissingShard[] } {
  const byIndex = new Map<number, MissingShard>()
  const counted = new Set<string>()
  return {
    note(index, { endpoint, address }, ports) {
      const known = byIndex.get(index) ?? { index, of, pairs: 0, hosts: 0, named: [] }
      byIndex.set(index, known)
      known.pairs += countPorts(ports)
      // Several environments may have it.
      const host = JSON.stringify([index, endpoint, address])
      if (counted.has(host)) return
      counted.add(host)
      known.hosts += 1
      if (known.named.length < MOST_NAMED) known.named.push({ endpoint, address })
    },
    list: () => [...byIndex.values()].sort((a, b) => a.index - b.index),
  }
}
