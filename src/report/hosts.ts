import type { Posture, Report, ReportHost, ReportPort, TlsInfo } from '../model.ts'
import { fitRanges, toRanges } from '../port-ranges.ts'
import { count } from './counts.ts'
import { printable, printableAscii } from './escape.ts'
import { formatContext, formatTarget } from './spots.ts'

/** A host with open ports, as a reader sees it. All text is printable. */
export interface OpenHost {
  posture: Posture
  /** The endpoint. */
  host: string
  /** `(192.0.2.10) in production`; empty where the endpoint is the address. */
  context: string
  rows: OpenRow[]
  /** Rows left out. */
  left: number
}

/** Ports of a host that answer alike. */
interface OpenRow {
  /** Ranges, `443,8443`, as far as they fit. */
  ports: string
  service: string
  /** Product and TLS, and how many ports more, empty where nothing is known. */
  detail: string
}

/** So much of a list of ports is shown, in characters; thousands that are open here and there have a hundred thousand. */
const LONGEST_PORTS = 300

/** Most rows of a host: a host that answers everywhere with ever other words has thousands. */
const MOST_ROWS = 30

/** The hosts on which something is open, worst posture first. */
export function listOpenHosts({ hosts }: Report): OpenHost[] {
  return hosts
    .filter(({ ports }) => ports.open.length > 0)
    .sort((a, b) => b.posture.localeCompare(a.posture))
    .map((host) => {
      const rows = listRows(host.ports.open)
      const left = Math.max(0, rows.length - MOST_ROWS)
      return {
        posture: host.posture,
        host: printable(formatTarget({ endpoint: host.endpoint, addresses: [host.address], ports: '' }), 300),
        context: sayContext(host),
        rows: rows.slice(0, MOST_ROWS),
        left,
      }
    })
}

function sayContext({ endpoint, address, environment }: ReportHost): string {
  return printable(formatContext({ endpoint, addresses: [address], environment, ports: '' }), 300)
}

function listRows(open: readonly ReportPort[]): OpenRow[] {
  const rows = new Map<string, OpenRow & { list: number[] }>()
  for (const port of open) {
    const guess = port.usual ? ` (usually ${printableAscii(port.usual, 40)})` : ''
    const service = printableAscii(port.service ?? 'not identified', 40) + guess
    const detail = [printableAscii(port.product ?? '', 80), port.tls ? sayTls(port.tls) : '']
      .filter(Boolean)
      .join(', ')
    const key = JSON.stringify([service, detail])
    const row = rows.get(key) ?? { ports: '', service, detail, list: [] }
    row.list.push(port.port)
    rows.set(key, row)
  }
  return [...rows.values()].map(({ list, service, detail }) => {
    const { text, left } = fitRanges(toRanges(list.sort((a, b) => a - b)), LONGEST_PORTS)
    const more = left > 0 ? `and ${count(left, 'more port')}` : ''
    return { ports: text, service, detail: [detail, more].filter(Boolean).join(', ') }
  })
}

export function sayTls({ protocol, subject, names, validTo }: TlsInfo): string {
  const name = subject ?? names[0]
  const until = validTo === undefined ? '' : ` until ${printableAscii(validTo.slice(0, 10))}`
  return printableAscii(protocol, 20) + (name === undefined ? '' : ` for ${printableAscii(name, 80)}`) + until
}
