/** Sets of TCP ports as ranges: counting, joining, subtracting, writing and reading them. */
import type { PortRange } from './model.ts'

export const LAST_PORT = 65_535

export const ALL_PORTS: PortRange = { from: 1, to: LAST_PORT }

/** How many ports are in ranges that do not overlap. */
export function countPorts(ranges: readonly PortRange[]): number {
  return ranges.reduce((sum, { from, to }) => sum + to - from + 1, 0)
}

/** Each port of some ranges, in their order. */
export function listPorts(ranges: readonly PortRange[]): number[] {
  const ports: number[] = []
  for (const { from, to } of ranges) for (let port = from; port <= to; port++) ports.push(port)
  return ports
}

/** Ranges in ascending order, those that touch or overlap made one. */
export function mergeRanges(ranges: readonly PortRange[]): PortRange[] {
  const merged: PortRange[] = []
  const isSorted = ranges.every(
    ({ from }, index) => index === 0 || (ranges[index - 1] as PortRange).from <= from,
  )
  for (const range of isSorted ? ranges : ranges.toSorted((a, b) => a.from - b.from)) {
    const last = merged.at(-1)
    if (last && range.from <= last.to + 1) last.to = Math.max(last.to, range.to)
    else merged.push({ ...range })
  }
  return merged
}

/** The part of some ranges that is in none of the others, ascending. */
export function subtractRanges(ranges: readonly PortRange[], others: readonly PortRange[]): PortRange[] {
  const taken = mergeRanges(others)
  const left: PortRange[] = []
  let next = 0
  for (const { from, to } of mergeRanges(ranges)) {
    let start = from
    while (next < taken.length && (taken[next] as PortRange).to < start) next++
    for (let index = next; start <= to; index++) {
      const cut = taken[index]
      if (!cut || cut.from > to) {
        left.push({ from: start, to })
        break
      }
      if (cut.from > start) left.push({ from: start, to: cut.from - 1 })
      start = Math.max(start, cut.to + 1)
    }
  }
  return left
}

/** The part of some ranges that is in others as well, ascending. */
export function intersectRanges(ranges: readonly PortRange[], others: readonly PortRange[]): PortRange[] {
  return subtractRanges(ranges, subtractRanges(ranges, others))
}

/** Ascending numbers as ranges; repeated numbers count once. */
export function toRanges(sorted: Iterable<number>): PortRange[] {
  const ranges: PortRange[] = []
  for (const port of sorted) {
    const last = ranges.at(-1)
    if (last && port <= last.to + 1) last.to = port
    else ranges.push({ from: port, to: port })
  }
  return ranges
}

/** `1-21,23`: the shortest form of ranges in any order, or of numbers in ascending order. Empty for none. */
export function formatRanges(ports: readonly number[] | readonly PortRange[]): string {
  const ranges = isNumbers(ports) ? toRanges(ports) : mergeRanges(ports)
  return ranges.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`)).join(',')
}

/** The ranges of `1-21,23`, as `formatRanges` writes them. */
export function readRanges(text: string): PortRange[] {
  if (text === '') return []
  return text.split(',').map((range) => {
    const [from, to = from] = range.split('-').map(Number) as [number, number?]
    return { from, to }
  })
}

/**
 * As `formatRanges`, whole ranges only, as far as they fit, and how many ports are in the others.
 *
 * @param longest in characters
 */
export function fitRanges(ranges: readonly PortRange[], longest: number): { text: string; left: number } {
  const merged = mergeRanges(ranges)
  let text = ''
  for (const [index, range] of merged.entries()) {
    const longer = index === 0 ? formatRanges([range]) : `${text},${formatRanges([range])}`
    if (longer.length > longest) return { text, left: countPorts(merged.slice(index)) }
    text = longer
  }
  return { text, left: 0 }
}

function isNumbers(ports: readonly number[] | readonly PortRange[]): ports is readonly number[] {
  return typeof ports[0] === 'number'
}

/** Whether a port is in one of the ranges. */
export function inRanges(ranges: readonly PortRange[], port: number): boolean {
  return ranges.some(({ from, to }) => from <= port && port <= to)
}

/** The same for ranges that ascend and do not touch, as `mergeRanges` gives them: quick however many there are. */
export function inSorted(ranges: readonly PortRange[], port: number): boolean {
  let [low, high] = [0, ranges.length - 1]
  while (low <= high) {
    const middle = (low + high) >> 1
    const { from, to } = ranges[middle] as PortRange
    if (port < from) high = middle - 1
    else if (port > to) low = middle + 1
    else return true
  }
  return false
}

/** Whether some ranges and others have a port in common. */
export function overlap(ranges: readonly PortRange[], others: readonly PortRange[]): boolean {
  return ranges.some((a) => others.some((b) => a.from <= b.to && b.from <= a.to))
}
