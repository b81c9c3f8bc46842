import type { DriftPort, Report } from '../model.ts'
import { printable, printableAscii } from './escape.ts'
import { type JudgedPort, keyOf, listOpenPorts } from './open-ports.ts'

/** What the baseline says of an open port: nothing where it was the same then, or there is none. */
interface Change {
  change?: 'opened' | 'changed' | 'not-seen-before'
  /** What answered then. */
  before?: string
}

/** A column: its name, and its value for an open port. */
type Column = [name: string, tell: (open: JudgedPort & Change) => string | number | undefined]

const COLUMNS: Column[] = [
  ['environment', ({ host }) => host.environment],
  ['endpoint', ({ host }) => host.endpoint],
  ['address', ({ host }) => host.address],
  ['port', ({ port }) => port.port],
  ['service', ({ port }) => port.service && printableAscii(port.service)],
  ['usual', ({ port }) => port.usual && printableAscii(port.usual)],
  ['product', ({ port }) => port.product && printableAscii(port.product)],
  ['tls', ({ port }) => port.tls && printableAscii(port.tls.protocol)],
  ['certificate', ({ port }) => port.tls && printableAscii(port.tls.subject ?? port.tls.names[0] ?? '')],
  ['certificate-ends', ({ port }) => port.tls?.validTo && printableAscii(port.tls.validTo)],
  ['http-status', ({ port }) => port.http?.status],
  ['rtt-ms', ({ port }) => port.rttMs],
  ['exposure', ({ port }) => port.severity],
  ['posture', ({ host }) => host.posture],
  ['policy', ({ standing }) => standing],
  ['finding', ({ finding }) => finding?.id],
  ['severity', ({ finding }) => finding?.severity],
  ['fails', ({ finding }) => (finding ? (finding.fails ? 'yes' : 'no') : undefined)],
  ['novelty', ({ finding }) => finding?.novelty],
  ['since', ({ finding }) => finding?.since],
  ['change', ({ change }) => change],
  ['before', ({ before }) => before && printableAscii(before)],
  ['fingerprint', ({ finding }) => finding?.fingerprint],
]

/**
 * Every open port as CSV (RFC 4180, lines end in `\n`), one a line under a line of names. What comes from outside is
 * printable, and no cell is a formula to a spreadsheet.
 */
export function* renderCsv(report: Report): Generator<string> {
  yield `${COLUMNS.map(([name]) => name).join(',')}\n`
  const changes = indexChanges(report)
  for (const one of listOpenPorts(report)) {
    const open = { ...one, ...changes.get(`${one.port.port} ${keyOf(one.host)}`) }
    yield `${COLUMNS.map(([, tell]) => writeCell(tell(open))).join(',')}\n`
  }
}

function indexChanges({ drift }: Report): Map<string, Change> {
  const changes = new Map<string, Change>()
  const add = (change: Change['change'], ports: readonly DriftPort[] = []) => {
    for (const { port, before, ...host } of ports)
      changes.set(`${port} ${keyOf(host)}`, { change, ...(before !== undefined && { before }) })
  }
  add('opened', drift?.opened)
  add('changed', drift?.changed)
  add('not-seen-before', drift?.notSeenBefore)
  return changes
}

/** What a spreadsheet takes for the start of a formula, the full-width forms included: https://owasp.org/www-community/attacks/CSV_Injection */
const FORMULA = /^[=+\-@＝＋－＠|%]/

function writeCell(value: string | number | undefined): string {
  if (value === undefined) return ''
  if (typeof value === 'number') return String(value)
  const text = printable(value)
  const safe = FORMULA.test(text) ? `'${text}` : text
  // A separator or a quote ends a cell, and some spreadsheets split at semicolons too, so that what follows could be a formula.
  return /[",;']/.test(safe) || safe !== text ? `"${safe.replaceAll('"', '""')}"` : safe
}
