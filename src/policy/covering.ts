import { memoizeFor } from '../memo.ts'
import type { PortRange } from '../model.ts'
import { inRanges } from '../port-ranges.ts'

/** A rule about ports: an allowance or a denial. */
interface Entry {
  ports: PortRange[]
}

/** Entries by their ports. */
interface EntryIndex {
  /** Positions of those with few ports, by each of them. */
  byPort: Map<number, number[]>
  /** Positions of those with ranges of many ports. */
  wide: number[]
}

/** Up to this many entries, going through them is quicker than building an index. */
const FEW_ENTRIES = 50

/** Ranges of up to this many ports are indexed by each port. */
const FEW_PORTS = 16

/** The entries that cover a port, in their order. Long lists are indexed, once: a policy can have a hundred thousand. */
export function covering<T extends Entry>(entries: T[], port: number): T[] {
  if (entries.length <= FEW_ENTRIES) return entries.filter(({ ports }) => inRanges(ports, port))
  const { byPort, wide } = indexOf(entries)
  const positions = new Set(byPort.get(port))
  for (const position of wide) if (inRanges((entries[position] as T).ports, port)) positions.add(position)
  return [...positions].sort((a, b) => a - b).map((position) => entries[position] as T)
}

const indexOf = memoizeFor((entries: readonly Entry[]): EntryIndex => {
  const index: EntryIndex = { byPort: new Map(), wide: [] }
  for (const [position, { ports }] of entries.entries()) {
    const isNarrow = ports.every(({ from, to }) => to - from < FEW_PORTS)
    if (!isNarrow) index.wide.push(position)
    for (const { from, to } of isNarrow ? ports : []) {
      for (let port = from; port <= to; port++) {
        const known = index.byPort.get(port)
        if (known) known.push(position)
        else index.byPort.set(port, [position])
      }
    }
  }
  return index
})
