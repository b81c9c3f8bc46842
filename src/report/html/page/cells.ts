/** What the map shows: the ports that matter as columns, and hosts that are alike in all of them as one row. */
import type { PageData, PageHost, PagePort } from '../page-data.ts'

/** Columns of the map; other open ports are counted in one more. */
const MOST_COLUMNS = 24

const RANKS = ['critical', 'high', 'medium', 'low', 'info']

/** What is so of a port of a host. `unfailing`: a violation that does not fail; `risky`: allowed, and bad to have exposed. */
export type State =
  | 'violation'
  | 'missing'
  | 'unfailing'
  | 'unknown'
  | 'unclear'
  | 'risky'
  | 'allowed'
  | 'closed'

export interface Cell {
  state: State
  severity?: string
}

export interface Row {
  /** All of them have the same cells. */
  hosts: PageHost[]
  cells: Cell[]
  /** Open ports that have no column, and the worst of them. */
  others: number
  worst: Cell
  /** Ports of all its hosts of which nothing is known, with a column or without. */
  unseen: number
}

export interface PortMap {
  ports: number[]
  hasOthers: boolean
  hasUnseen: boolean
  /** Worst first. */
  rows: Row[]
}

export function buildMap({ hosts }: PageData): PortMap {
  const ports = chooseColumns(hosts)
  const columns = new Set(ports)
  const rows = new Map<string, Row>()
  for (const host of hosts) {
    const cells = listCells(host, ports)
    const elsewhere = host.open.filter(({ port }) => !columns.has(port)).map(toCell)
    const { rest } = host
    const others = elsewhere.length + (rest?.others ?? 0)
    if (rest && rest.others > 0) elsewhere.push({ state: rest.standing })
    const worst = elsewhere.sort(compareCells)[0] ?? { state: 'closed' }
    const unseen = host.unseenPorts
    const key = JSON.stringify([host.posture, cells, others, worst, unseen > 0])
    const row = rows.get(key)
    if (row) {
      row.hosts.push(host)
      row.unseen += unseen
    } else rows.set(key, { hosts: [host], cells, others, worst, unseen })
  }
  const sorted = [...rows.values()].sort((a, b) => rankRow(a) - rankRow(b))
  const hasOthers = sorted.some(({ others }) => others > 0)
  return { ports, hasOthers, hasUnseen: sorted.some(({ unseen }) => unseen > 0), rows: sorted }
}

/** The worst ports, then those that most hosts have open; in ascending order. */
export function chooseColumns(hosts: Pick<PageHost, 'open' | 'missing'>[]): number[] {
  const known = new Map<number, { rank: number; hosts: number }>()
  const add = (port: number, rank: number) => {
    const one = known.get(port) ?? { rank, hosts: 0 }
    known.set(port, { rank: Math.min(one.rank, rank), hosts: one.hosts + 1 })
  }
  for (const host of hosts) {
    for (const open of host.open) add(open.port, rankCell(toCell(open)))
    for (const port of host.missing) add(port, rankCell({ state: 'missing' }))
  }
  return [...known]
    .sort(([, a], [, b]) => a.rank - b.rank || b.hosts - a.hosts)
    .slice(0, MOST_COLUMNS)
    .map(([port]) => port)
    .sort((a, b) => a - b)
}

function listCells(host: PageHost, ports: number[]): Cell[] {
  const open = new Map(host.open.map((port) => [port.port, port]))
  const missing = new Set(host.missing)
  const { rest, unknown } = host
  return ports.map((port): Cell => {
    const found = open.get(port)
    if (found) return toCell(found)
    if (rest?.ports.includes(port)) return { state: rest.standing }
    if (missing.has(port)) return { state: 'missing' }
    return { state: unknown.includes(port) ? 'unknown' : 'closed' }
  })
}

function toCell({ standing, severity }: PagePort): Cell {
  if (standing !== 'allowed') return { state: standing, ...(severity && { severity }) }
  const isRisky = severity === 'critical' || severity === 'high'
  return { state: isRisky ? 'risky' : 'allowed', ...(isRisky && { severity }) }
}

const ORDER: State[] = [
  'violation',
  'missing',
  'unfailing',
  'unclear',
  'unknown',
  'risky',
  'allowed',
  'closed',
]

/** Smaller is worse. */
function rankCell({ state, severity = 'info' }: Cell): number {
  return ORDER.indexOf(state) * RANKS.length + RANKS.indexOf(severity)
}

function compareCells(a: Cell, b: Cell): number {
  return rankCell(a) - rankCell(b)
}

function rankRow({ cells, worst, unseen }: Row): number {
  return Math.min(
    rankCell(worst),
    rankCell({ state: unseen > 0 ? 'unknown' : 'closed' }),
    ...cells.map(rankCell),
  )
}
