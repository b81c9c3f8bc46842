/** Hosts for which it is known what a scan must find. */
import type { ReportJson } from '../../src/report/report-json.ts'
import type { HostSpec } from './lab.ts'

/** Five services, some where everybody looks first and some where nobody does. */
export const FIVE = [22, 443, 5432, 8080, 17_321]

/** A SYN that begins a connection, as nftables matches it. */
export const SYN = 'tcp flags syn / syn,ack'

const BUT_FIVE = `tcp dport != { ${FIVE.join()} }`
const SYN_LIMIT = `${SYN} limit rate over 1000/second drop`

/** A host, the ports to scan, and what is true of them. */
export interface Scenario {
  host: HostSpec
  /** The ports to scan, from 1 on. */
  ports: number
  /** The state of all but the five. */
  rest: 'closed' | 'filtered'
}

export const SCENARIOS: Record<string, Scenario> = {
  'all reset': { host: { listen: FIVE }, ports: 65_535, rest: 'closed' },
  'silent but for five': {
    host: { listen: FIVE, firewall: [`${BUT_FIVE} drop`] },
    ports: 20_000,
    rest: 'filtered',
  },
  'ICMP-refused but for five': {
    host: { listen: FIVE, firewall: [`${BUT_FIVE} reject with icmp admin-prohibited`] },
    ports: 20_000,
    rest: 'filtered',
  },
  'a limit of 1,000 SYNs a second': {
    host: { listen: FIVE, firewall: [SYN_LIMIT] },
    ports: 20_000,
    rest: 'closed',
  },
  'a limit of 1,000 SYNs a second, silent but for five': {
    host: { listen: FIVE, firewall: [SYN_LIMIT, `${BUT_FIVE} drop`] },
    ports: 20_000,
    rest: 'filtered',
  },
  'a limit of 1,000 SYNs a second, silent but for SSH and one other': {
    host: { listen: [22, 2375], firewall: [SYN_LIMIT, 'tcp dport != { 22, 2375 } drop'] },
    ports: 3_000,
    rest: 'filtered',
  },
  '5 % of SYNs lost': {
    host: { listen: FIVE, firewall: [`${SYN} numgen random mod 100 < 5 drop`] },
    ports: 20_000,
    rest: 'closed',
  },
  '20 % of SYNs lost': {
    host: { listen: FIVE, firewall: [`${SYN} numgen random mod 100 < 20 drop`] },
    ports: 20_000,
    rest: 'closed',
  },
  '20 % of SYNs lost, silent but for five': {
    host: { listen: FIVE, firewall: [`${SYN} numgen random mod 100 < 20 drop`, `${BUT_FIVE} drop`] },
    ports: 20_000,
    rest: 'filtered',
  },
  'RTT of 300 ms, jitter of 100 ms, 2 % lost each way': {
    host: { listen: [22, 443, 1521, 3306], path: { rttMs: 300, jitterMs: 100, loss: 0.02 } },
    ports: 3_400,
    rest: 'closed',
  },
  'one port answers after 2 s only': {
    host: { listen: FIVE, firewall: [`${BUT_FIVE} drop`], path: { rttMs: 1, slow: { 8080: 2_000 } } },
    ports: 20_000,
    rest: 'filtered',
  },
}

/**
 * A policy that does not mention the ports that listen: allowed ports are probed first, and would be found too easily.
 */
export function policyFor({ ports }: Pick<Scenario, 'ports'>): string {
  return `scan: { ports: "1-${ports}", identify: false }\nhosts: { $host: [] }`
}

/** `open 22,80; closed 100`: what is true of a scenario's host. */
export function truthOf({ host, ports, rest }: Scenario): string {
  const open = (host.listen ?? []).filter((port) => port <= ports)
  return `open ${open.join()}; ${rest} ${ports - open.length}`
}

/** `open 22,80; closed 100; unknown 3`: what a report says of a host. */
export function describePorts({ hosts }: ReportJson, index = 0): string {
  const ports = hosts[index]?.ports
  if (!ports) return 'nothing'
  const { open, closed, filtered, unknown } = ports
  const counts = {
    closed: countPorts(closed),
    filtered: countPorts(filtered),
    unknown: unknown.reduce((sum, { ports }) => sum + countPorts(ports), 0),
  }
  const rest = Object.entries(counts).filter(([, count]) => count > 0)
  return [
    `open ${open.map(({ port }) => port).join()}`,
    ...rest.map(([state, count]) => `${state} ${count}`),
  ].join('; ')
}

/** How many ports `1-21,23` are. */
export function countPorts(ranges: string): number {
  return listPorts(ranges).length
}

/** The ports of `1-21,23`. */
export function listPorts(ranges: string): number[] {
  return [...ranges.matchAll(/(\d+)(?:-(\d+))?/g)].flatMap(([, from, to = from]) =>
    Array.from({ length: Number(to) - Number(from) + 1 }, (_, index) => Number(from) + index),
  )
}
