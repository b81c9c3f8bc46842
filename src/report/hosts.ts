import { memoizeFor } from '../memo.ts'
import type { Posture, Report, ReportHost, ReportPort, TlsInfo } from '../model.ts'
import { countPorts, fitRanges, readRanges, toRanges } from '../port-ranges.ts'
import { nameHosts } from './alike-hosts.ts'
import { count } from './counts.ts'
import { printable, printableAscii } from './escape.ts'
import { collect } from './open-ports.ts'
import { formatContext, formatTarget } from './spots.ts'
import { isBlock } from './wording/names.ts'

/** Hosts that have the same ports open, as a reader sees them. All text is printable. */
export interface OpenHost {
  posture: Posture
  /** The endpoint; of several that are alike, all in few words: `10.88.2.1-199`. */
  host: string
  /** How many there are. */
  hosts: number
  /**
   * `(192.0.2.10) in production – 3 ports unknown`, of several `(4 addresses in 192.0.2.0/24) in production`; empty where the
   * endpoint is the address, and all of it was seen.
   */
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

/** Longest list of ports that is shown, in characters; thousands of scattered ones take a hundred thousand. */
const LONGEST_PORTS = 300

/** Most rows of a host: one that answers everywhere, differently each time, has thousands. */
const MOST_ROWS = 30

/** Names that stand for hosts that are alike. */
const MOST_NAMES = 6

/** The hosts on which something is open, worst posture first; those that have the same ports open are one. */
export const listOpenHosts = memoizeFor(({ hosts }: Report): OpenHost[] => {
  const open = hosts.filter(({ ports }) => ports.open.length > 0)
  const alike = collect(open, ({ posture, environment, endpoint, ports }) =>
    JSON.stringify([posture, environment, isBlock(endpoint) && endpoint, listRows(ports.open)]),
  )
  return [...alike.values()]
    .sort(([a], [b]) => (b?.posture ?? '').localeCompare(a?.posture ?? ''))
    .map(describeAlike)
})

function describeAlike(hosts: ReportHost[]): OpenHost {
  const [first] = hosts as [ReportHost]
  const rows = listRows(first.ports.open)
  const spots = hosts.map(({ endpoint, address }) => ({ endpoint, addresses: [address], ports: '' }))
  return {
    posture: first.posture,
    host: printable(nameHosts(spots.map(formatTarget), MOST_NAMES), 600),
    hosts: hosts.length,
    context: [hosts.length === 1 ? sayContext(first) : sayMany(first, hosts.length), sayUnknown(hosts)]
      .filter(Boolean)
      .join(' '),
    rows: rows.slice(0, MOST_ROWS),
    left: Math.max(0, rows.length - MOST_ROWS),
  }
}

/** How many of their ports could not be seen: the letter says nothing about those. */
function sayUnknown(hosts: readonly ReportHost[]): string {
  const ranges = (host: ReportHost) => host.ports.unknown.flatMap(({ ports }) => readRanges(ports))
  const ports = hosts.reduce((sum, host) => sum + countPorts(ranges(host)), 0)
  return ports > 0 ? `– ${count(ports, 'port')} unknown` : ''
}

function sayMany({ endpoint, environment }: ReportHost, hosts: number): string {
  const block = isBlock(endpoint) ? ` in ${endpoint}` : ''
  const many = `(${count(hosts, 'address', 'addresses')}${block})`
  return printable([many, environment && `in ${environment}`].filter(Boolean).join(' '), 300)
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
  const end = validTo === undefined ? '' : `, cert ends ${printableAscii(validTo.slice(0, 10))}`
  return printableAscii(protocol, 20) + (name === undefined ? '' : ` for ${printableAscii(name, 80)}`) + end
}
