import type { PortRange } from '../model.ts'
import { fitRanges } from '../port-ranges.ts'

const LONGEST_LIST = 100

/** Port ranges for a sentence: whole ones, as far as they fit. */
export function shorten(ports: readonly PortRange[]): string {
  const { text, left } = fitRanges(ports, LONGEST_LIST)
  return left > 0 ? `${text}, and more` : text
}
