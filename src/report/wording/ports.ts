import type { PortRange } from '../../model.ts'
import { formatRanges } from '../../policy/ports.ts'
import { say, type Text } from './text.ts'

const LONGEST_LIST = 100

/** Port ranges for a sentence: whole ones, as far as they fit. */
export function listPorts(ports: readonly PortRange[]): Text {
  // Each takes two characters or more.
  const ranges = formatRanges(ports.slice(0, LONGEST_LIST))
  if (ranges.length <= LONGEST_LIST) return say`${ranges}`
  return say`${ranges.slice(0, ranges.lastIndexOf(',', LONGEST_LIST))}, and more`
}
