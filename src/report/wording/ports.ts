import type { PortRange } from '../../model.ts'
import { fitRanges } from '../../port-ranges.ts'
import { say, type Text } from './text.ts'

const LONGEST_LIST = 100

/** Port ranges for a sentence: whole ones, as far as they fit. */
export function listPorts(ports: readonly PortRange[]): Text {
  const { text, left } = fitRanges(ports, LONGEST_LIST)
  return left > 0 ? say`${text}, and more` : say`${text}`
}
