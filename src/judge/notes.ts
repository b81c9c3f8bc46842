import type { Finding } from '../model.ts'
import { formatRanges } from '../policy/ports.ts'
import { makeFinding } from './finding.ts'
import { findOnHost, type HostCase, nameOfHost } from './host.ts'

/** What this vantage is known not to reach. */
export function noteUntestable(about: HostCase): Finding[] {
  return about.host.unknown
    .filter(({ reason }) => reason === 'untestable')
    .map(({ ports, reason }) => {
      const list = formatRanges(ports)
      return findOnHost(about, {
        id: 'untestable-port',
        severity: 'info',
        port: ports[0]?.from,
        state: 'unknown',
        reason,
        message: `Port ${list} of ${nameOfHost(about)} cannot be tested from this runner.`,
        why: 'GitHub-hosted runners cannot connect to port 25 of other networks, so it counts as not seen.',
        remedy: 'To see it, run this check from a self-hosted runner.',
      })
    })
}

/** Names whose addresses have different ports open. */
export function noteDifferences(cases: HostCase[]): Finding[] {
  const byEndpoint = new Map<unknown, HostCase[]>()
  for (const about of cases) {
    if (about.planned.endpoint.kind !== 'name' || !wasSeen(about)) continue
    byEndpoint.set(about.planned, [...(byEndpoint.get(about.planned) ?? []), about])
  }
  return [...byEndpoint.values()].flatMap((addresses) => {
    const [first] = addresses
    const sets = addresses.map(listOpen)
    if (!first || new Set(sets).size < 2) return []
    const { environment, endpoint } = first.host
    const list = addresses
      .slice(0, 10)
      .map(({ host }, index) => `${host.address} has ${sets[index] || 'none'}`)
      .join('; ')
    const facts = {
      id: 'addresses-differ',
      severity: 'info',
      ...(environment === undefined ? {} : { environment }),
      endpoint,
      message: `The addresses of ${endpoint} have different ports open: ${list}.`,
      why: 'Users of one name reach one or the other, and a port that is open on one address only is easily overlooked.',
      remedy: 'If it is not meant so, make the addresses alike.',
      ...(first.rules.place ? { place: first.rules.place } : {}),
    } as const
    return [makeFinding(facts, first.planned, [endpoint])]
  })
}

function wasSeen({ host }: HostCase): boolean {
  return !host.answersEverywhere && host.unknown.every(({ reason }) => reason === 'untestable')
}

function listOpen({ host }: HostCase): string {
  return formatRanges(host.open.map(({ port }) => port))
}
