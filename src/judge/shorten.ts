import type { PortRange } from '../model.ts'
import { formatRanges } from '../policy/ports.ts'

const LONGEST_LIST = 100

/** Port ranges for a sentence: whole ones, as far as they fit. */
export function shorten(ports: readonly PortRange[]): string {
  // Each takes two characters or more.
  const ranges = formatRanges(ports.slice(0, LONGEST_LIST))
  if (ranges.length <= LONGEST_LIST) return ranges
  return `${ranges.slice(0, ranges.lastIndexOf(',', LONGEST_LIST))}, and more`
}
