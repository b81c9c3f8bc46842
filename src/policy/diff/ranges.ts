import { memoizeFor } from '../../memo.ts'
import type { PortRange } from '../../model.ts'
import { countPorts, formatRanges, mergeRanges, subtractRanges } from '../../port-ranges.ts'

/** As `formatRanges`; of ranges that many endpoints share, and that nobody changes any more, once. */
export const formatShared = memoizeFor((ranges: PortRange[]) => formatRanges(ranges))

/** How many ports are in such ranges. */
export const countShared = memoizeFor((ranges: PortRange[]) => countPorts(mergeRanges(ranges)))

const subtractFrom = memoizeFor((ranges: PortRange[]) =>
  memoizeFor((others: PortRange[]) => subtractRanges(ranges, others)),
)

/** As `subtractRanges`, of such ranges. */
export function subtractShared(ranges: PortRange[], others: PortRange[]): PortRange[] {
  return subtractFrom(ranges)(others)
}

/** A key that distinguishes selections, some of which are very long. */
export function createNumbering(): (selection: PortRange[]) => number {
  const numbers = new Map<string, number>()
  return (selection) => {
    const text = formatShared(selection)
    const number = numbers.get(text) ?? numbers.size
    numbers.set(text, number)
    return number
  }
}
