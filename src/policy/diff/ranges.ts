import type { PortRange } from '../../model.ts'
import { countPorts, formatRanges, mergeRanges, subtractRanges } from '../ports.ts'

const texts = new WeakMap<PortRange[], string>()

/** As `formatRanges`; of ranges that many endpoints share, and that nobody changes any more, once. */
export function formatShared(ranges: PortRange[]): string {
  const text = texts.get(ranges) ?? formatRanges(ranges)
  texts.set(ranges, text)
  return text
}

const sizes = new WeakMap<PortRange[], number>()

/** How many ports are in such ranges. */
export function countShared(ranges: PortRange[]): number {
  const size = sizes.get(ranges) ?? countPorts(mergeRanges(ranges))
  sizes.set(ranges, size)
  return size
}

const differences = new WeakMap<PortRange[], WeakMap<PortRange[], PortRange[]>>()

/** As `subtractRanges`, of such ranges. */
export function subtractShared(ranges: PortRange[], others: PortRange[]): PortRange[] {
  const known = differences.get(ranges) ?? new WeakMap<PortRange[], PortRange[]>()
  differences.set(ranges, known)
  const left = known.get(others) ?? subtractRanges(ranges, others)
  known.set(others, left)
  return left
}

/** Tells selections apart, some of which are very long. */
export function createNumbering(): (selection: PortRange[]) => number {
  const numbers = new Map<string, number>()
  return (selection) => {
    const text = formatShared(selection)
    const number = numbers.get(text) ?? numbers.size
    numbers.set(text, number)
    return number
  }
}
