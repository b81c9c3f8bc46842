/** Whether something answers in place of a host, as far as results show: no further ports can be tried. */
import type { PortRange } from '../model.ts'
import { countPorts, intersectRanges, LAST_PORT } from '../port-ranges.ts'

/** IANA's dynamic ports (RFC 6335, 6): no service has one of them for good. */
const DYNAMIC: PortRange[] = [{ from: 49_152, to: LAST_PORT }]

/** More open ports than services need, and at least as many dynamic ports as a scan tries. */
const MANY = 16
const TELLING = 7

/** If no dynamic port was scanned: at least this many open ports, and nearly all that were scanned. */
const VERY_MANY = 100

/** Open ports in a row that are more than services need. */
const LONG_RUN = 32

/** Whether a host accepts whatever is tried: a tarpit, a proxy or a SYN proxy. */
export function answersEverywhere(open: PortRange[], stated: PortRange[]): boolean {
  const opened = countPorts(open)
  const dynamic = countPorts(intersectRanges(stated, DYNAMIC))
  const dynamicOpen = countPorts(intersectRanges(open, DYNAMIC))
  if (opened >= MANY && dynamicOpen >= TELLING && dynamicOpen * 8 >= dynamic * 7) return true
  return dynamic < TELLING && opened >= VERY_MANY && opened * 10 >= countPorts(stated) * 9
}

/** The ranges in which it does. */
export function listRuns(open: PortRange[]): PortRange[] {
  return open.filter(({ from, to }) => to - from + 1 >= LONG_RUN)
}
