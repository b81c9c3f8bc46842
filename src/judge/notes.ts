import type { Finding } from '../model.ts'
import { formatNumber } from '../numbers.ts'
import { covering } from '../policy/covering.ts'
import { countPorts, formatRanges } from '../port-ranges.ts'
import { DAY_MS, SOON_DAYS } from './days.ts'
import { makeFinding } from './finding.ts'
import { findOnHost, type HostCase, nameOfHost, nameOfPort, wasSeen } from './host.ts'

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

/** So few silent ports on a host that refuses so many have a reason of their own. */
const FEW_SILENT = 4
const MANY_REFUSED = 100

/** Ports that alone are silent where a host refuses so many others: a service that accepts no more connections looks like that. */
export function noteLoneSilence(about: HostCase): Finding[] {
  const { closed, filtered } = about.host
  const silent = filtered.flatMap(({ reason, ports }) => (reason === 'no-response' ? ports : []))
  const count = countPorts(silent)
  const refused = countPorts(closed.flatMap(({ ports }) => ports))
  if (count === 0 || count > FEW_SILENT || refused < MANY_REFUSED) return []
  const list = formatRanges(silent)
  return [
    findOnHost(
      about,
      {
        id: 'untestable-port',
        severity: 'info',
        port: silent[0]?.from,
        state: 'filtered',
        reason: 'no-response',
        message: `Port ${list} of ${nameOfHost(about)} stayed silent, although the host refused ${formatNumber(refused)} others.`,
        why: 'A firewall on the way drops what is sent there, or a service listens whose queue of new connections is full: they look the same.',
        remedy: 'If something listens there, look at it on the host itself.',
      },
      [list],
    ),
  ]
}

/** Ports that are allowed for what TLS protects, and on which something answers without it. */
export function noteCleartext(about: HostCase): Finding[] {
  const { host, rules, catalogue } = about
  return host.open.flatMap((open) => {
    const { port, service, tls } = open
    const expected = catalogue.byPort.get(port)
    const answered = service === undefined ? undefined : catalogue.byService.get(service)
    const live = covering(rules.live, port)
    // Where the policy names a service, another one is a violation already.
    if (tls || live.length === 0 || live.every(({ service }) => service !== undefined)) return []
    if (expected?.facts?.cleartext !== false || !answered?.facts?.cleartext) return []
    return [
      findOnHost(about, {
        id: 'cleartext',
        severity: 'info',
        port,
        service,
        state: 'open',
        message: `${answered.name} answers unencrypted on ${nameOfPort(about, port)}, where ${expected.name} is expected.`,
        why: 'Passwords and content can be read and changed on the way.',
        remedy: 'Turn TLS on, or name the service in the allowance.',
      }),
    ]
  })
}

/** Certificates that are about to expire, or have. */
export function noteCertificates(about: HostCase, now: Date): Finding[] {
  return about.host.open.flatMap(({ port, service, tls }) => {
    if (!tls?.validTo) return []
    const days = Math.floor((Date.parse(tls.validTo) - now.getTime()) / DAY_MS)
    if (days > SOON_DAYS) return []
    const day = tls.validTo.slice(0, 10)
    const when = days < 0 ? `expired on ${day}` : `expires on ${day}, ${sayDays(days)}`
    return [
      findOnHost(about, {
        id: 'certificate-expiring',
        severity: 'info',
        port,
        service,
        state: 'open',
        message: `The certificate on ${nameOfPort(about, port)} ${when}.`,
        why: 'Clients refuse an expired certificate, or their users learn to click the warning away.',
        remedy: 'Renew it, and find out why that did not happen by itself.',
      }),
    ]
  })
}

function sayDays(days: number): string {
  if (days === 0) return 'within a day'
  return days === 1 ? 'in 1 day' : `in ${days} days`
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
      remedy: 'If that is not intended, make the addresses alike.',
      ...(first.rules.place ? { place: first.rules.place } : {}),
    } as const
    return [makeFinding(facts, first.planned, [endpoint])]
  })
}

function listOpen({ host }: HostCase): string {
  return formatRanges(host.open.map(({ port }) => port))
}
