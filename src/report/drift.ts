/** Changes since the baseline, and new violations: the same words for every format. */
import type { DriftPort, Finding, Report } from '../model.ts'
import { formatRanges } from '../port-ranges.ts'
import { count, formatNumber } from './counts.ts'
import { printable, printableAscii } from './escape.ts'
import { formatSpot } from './spots.ts'
import { dayOf } from './wording/drift.ts'

/** Hosts that are named of each kind of change. */
const MOST_NAMED = 20

/** One kind of change: what it is, and where, one host an item. The text is printable. */
export interface DriftRow {
  label: string
  items: string[]
}

/** What has changed, what is open that the baseline has not seen, and what is gone. Kinds without any are left out. */
export function listDrift({ drift }: Report): DriftRow[] {
  if (!drift) return []
  const { opened, closed, changed, notSeenBefore, resolved } = drift
  const rows = [
    { label: 'opened', items: nameHosts(opened) },
    { label: 'closed', items: nameHosts(closed) },
    { label: 'changed', items: nameHosts(changed) },
    { label: 'not seen before', items: nameHosts(notSeenBefore) },
    { label: 'gone', items: resolved > 0 ? [count(resolved, 'violation')] : [] },
  ]
  return rows.filter(({ items }) => items.length > 0)
}

/** `the baseline of 2026-06-15 03:00 UTC`. */
export function nameBaseline({ drift }: Report): string {
  const began = drift?.baseline.startedAt.slice(0, 16).replace('T', ' ') ?? ''
  return `the baseline of ${printable(began, 20)} UTC`
}

/**
 * `new`, `not seen before` or `known since 2026-06-01`, of findings in one group; empty without a baseline. What is known and fails
 * all the same says so: nobody is to read it as excused.
 */
export function sayNovelty(findings: readonly Finding[]): string {
  const [first] = findings
  if (first?.novelty === undefined) return ''
  if (first.novelty === 'not-seen-before') return 'not seen before'
  if (first.novelty === 'new') return 'new'
  const days = findings.flatMap(({ since }) => (since === undefined ? [] : dayOf(since))).sort()
  const [oldest = '', latest = ''] = [days[0], days.at(-1)]
  const to = latest === oldest ? '' : ` to ${latest}`
  return printable(`known since ${oldest}${to}${first.fails ? ', still fails' : ''}`, 60)
}

/** One item for each host, its ports with what answers there, as `db.example.com:6379 (redis, was ssh)`. */
function nameHosts(ports: readonly DriftPort[]): string[] {
  const hosts = new Map<string, DriftPort[]>()
  for (const port of ports) {
    const { environment, endpoint, address, before, after } = port
    const key = JSON.stringify([environment, endpoint, address, before, after])
    const known = hosts.get(key)
    if (known) known.push(port)
    else hosts.set(key, [port])
  }
  const named = [...hosts.values()].slice(0, MOST_NAMED).map(nameHost)
  const left = hosts.size - named.length
  return left > 0 ? [...named, `and ${formatNumber(left)} more`] : named
}

function nameHost(ports: DriftPort[]): string {
  const [{ environment, endpoint, address, before, after }] = ports as [DriftPort]
  const list = formatRanges(ports.map(({ port }) => port).sort((a, b) => a - b))
  const spot = formatSpot({
    ...(environment === undefined ? {} : { environment }),
    endpoint,
    addresses: [address],
    ports: list.length > 200 ? `${list.slice(0, 200)}…` : list,
  })
  const was =
    before === undefined ? '' : `${after === undefined ? '' : ', '}was ${printableAscii(before, 40)}`
  const what = `${after === undefined ? '' : printableAscii(after, 40)}${was}`
  return printable(`${spot}${what && `: ${what}`}`, 500)
}
