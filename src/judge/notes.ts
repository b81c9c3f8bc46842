import { protocolOf, usesTls } from '../catalogue/catalogue.ts'
import type { Finding, HostResult, PortRange } from '../model.ts'
import { covering } from '../policy/covering.ts'
import { countPorts, formatRanges, toRanges } from '../port-ranges.ts'
import { countDays, SOON_DAYS } from './days.ts'
import { makeFinding } from './finding.ts'
import { findOnHost, type HostCase, wasSeen } from './host.ts'

/** What this vantage is known not to reach. */
export function noteUntestable(about: HostCase): Finding[] {
  return about.host.unknown
    .filter(({ reason }) => reason === 'untestable')
    .map(({ ports, reason }) =>
      findOnHost(about, {
        id: 'untestable-port',
        severity: 'info',
        port: ports[0]?.from,
        state: 'unknown',
        reason,
        args: { ports },
      }),
    )
}

/** At most this many silent ports on a host that refuses at least that many have a reason of their own. */
const FEW_SILENT = 4
const MANY_REFUSED = 100

/** The few silent ports of a host that refuses all others: a service that accepts no more connections looks like that. */
export function noteLoneSilence(about: HostCase): Finding[] {
  const { closed, filtered } = about.host
  const silent = filtered.flatMap(({ reason, ports }) => (reason === 'no-response' ? ports : []))
  const count = countPorts(silent)
  const refused = countPorts(closed.flatMap(({ ports }) => ports))
  if (count === 0 || count > FEW_SILENT || refused < MANY_REFUSED) return []
  return [
    findOnHost(
      about,
      {
        id: 'untestable-port',
        severity: 'info',
        port: silent[0]?.from,
        state: 'filtered',
        reason: 'no-response',
        args: { ports: silent, refused },
      },
      [formatRanges(silent)],
    ),
  ]
}

/** Allowed ports on which TLS is usual, and something answers without it. */
export function noteCleartext(about: HostCase): Finding[] {
  const { host, rules, catalogue } = about
  return host.open.flatMap((open) => {
    const { port, service, tls } = open
    const expected = catalogue.byPort.get(port)
    const answered = service === undefined ? undefined : catalogue.byService.get(service)
    const live = covering(rules.live, port)
    // Where the policy names a service, another one is a violation already.
    if (tls || live.length === 0 || live.every(({ service }) => service !== undefined)) return []
    if (!expected || !usesTls(expected, port) || !answered?.facts?.cleartext) return []
    return [
      findOnHost(about, {
        id: 'cleartext',
        severity: 'info',
        port,
        service,
        state: 'open',
        args: { answered: answered.service, expected: protocolOf(expected) },
      }),
    ]
  })
}

/** Certificates that are about to expire, or have. */
export function noteCertificates(about: HostCase, now: Date): Finding[] {
  return about.host.open.flatMap(({ port, service, tls }) => {
    if (!tls?.validTo) return []
    const day = tls.validTo.slice(0, 10)
    const days = countDays(now, day)
    if (days > SOON_DAYS) return []
    const hasExpired = Date.parse(tls.validTo) < now.getTime()
    return [
      findOnHost(about, {
        id: 'certificate-expiring',
        severity: 'info',
        port,
        service,
        state: 'open',
        args: { day, days, hasExpired },
      }),
    ]
  })
}

/** Names whose addresses have different ports open, as far as these were seen in full. */
export function noteDifferences(cases: HostCase[]): Finding[] {
  const byEndpoint = new Map<unknown, HostCase[]>()
  for (const about of cases) {
    if (about.planned.endpoint.kind !== 'name' || !wasSeen(about)) continue
    const known = byEndpoint.get(about.planned)
    if (known) known.push(about)
    else byEndpoint.set(about.planned, [about])
  }
  return [...byEndpoint.values()].flatMap((addresses) => {
    const [first] = addresses
    const sets = new Set(addresses.map(({ host }) => formatRanges(listOpen(host))))
    if (!first || sets.size < 2) return []
    const { environment, endpoint } = first.host
    const facts = {
      id: 'addresses-differ',
      severity: 'info',
      ...(environment === undefined ? {} : { environment }),
      endpoint,
      args: { addresses: addresses.map(({ host }) => ({ address: host.address, open: listOpen(host) })) },
      ...(first.rules.place ? { place: first.rules.place } : {}),
    } as const
    return [makeFinding(facts, first.planned, [endpoint])]
  })
}

function listOpen({ open }: HostResult): PortRange[] {
  return toRanges(open.map(({ port }) => port))
}
