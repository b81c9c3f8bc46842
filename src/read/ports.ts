import type { PortRange } from '../model.ts'
import { LAST_PORT, mergeRanges } from '../port-ranges.ts'

/** Lists that are remembered: scanners write the same ones again and again. */
const MOST_KNOWN = 1_000
const LONGEST_KNOWN = 2_000

const known = new Map<string, readonly PortRange[] | undefined>()

/** A list of ports as scanners write it, `1-21,23`, ascending. Undefined where it is none. Equal texts may give the same list. */
export function readPortList(text: string): readonly PortRange[] | undefined {
  if (known.has(text)) return known.get(text)
  const ranges = parse(text)
  if (text.length <= LONGEST_KNOWN) {
    if (known.size >= MOST_KNOWN) known.clear()
    known.set(text, ranges)
  }
  return ranges
}

function parse(text: string): readonly PortRange[] | undefined {
  if (text === '') return []
  const ranges: PortRange[] = []
  for (const item of text.split(',')) {
    const [match, first = '', last = first] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(item) ?? []
    if (!match || +first > +last || +last > LAST_PORT) return undefined
    // Port 0 can be scanned, but no service has it.
    if (+last > 0) ranges.push({ from: Math.max(1, +first), to: +last })
  }
  return mergeRanges(ranges)
}

/** A TCP port; undefined where the text is none. */
export function readPort(text: unknown): number | undefined {
  const port = typeof text === 'string' && /^\d{1,5}$/.test(text) ? Number(text) : text
  return typeof port === 'number' && Number.isInteger(port) && port >= 1 && port <= LAST_PORT
    ? port
    : undefined
}
