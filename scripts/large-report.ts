/** A report as large as they come: 2,000 hosts and 20,000 findings, for pictures and for the time that a page takes. */
import type { Finding, Report, ReportHost, ReportPort } from '../src/model.ts'
import { makeFinding, makeHost, pass } from '../test/report/samples.ts'

const HOSTS = 2_000

/** Services that answer, each on every host whose number is a multiple of `each`. */
const SERVICES = [
  { port: 22, service: 'ssh', product: 'OpenSSH_9.2p1', severity: 'low', each: 3 },
  { port: 3306, service: 'mysql', product: 'MySQL 8.0.36', severity: 'high', each: 7 },
  { port: 6379, service: 'redis', product: 'Redis 7.2.4', severity: 'critical', each: 19 },
  { port: 8080, service: 'http', product: 'Apache Tomcat', severity: 'medium', each: 2 },
  { port: 9200, service: 'elasticsearch', product: 'Elasticsearch 8.11', severity: 'critical', each: 41 },
] as const

/** Ports of a series, so that there are ten findings a host. */
const SERIES = Array.from({ length: 9 }, (_, index) => 20_000 + index)

export function makeLargeReport(hosts = HOSTS): Report {
  const all = Array.from({ length: hosts }, (_, index) => makeLargeHost(index))
  const findings = all.flatMap((host, index) => findOn(host, index))
  const order = ['critical', 'high', 'medium', 'low']
  findings.sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity))
  const pairs = hosts * 1_476
  return {
    ...pass,
    verdict: 'fail',
    environments: ['production'],
    hosts: all,
    findings,
    coverage: {
      endpoints: 8,
      addresses: hosts,
      ports: 1_476,
      probes: pairs + 40_000,
      pairs,
      unknown: 2 * Math.ceil(hosts / 100),
      skippedIpv6: [],
    },
  }
}

function makeLargeHost(index: number): ReportHost {
  const services: ReportPort[] = SERVICES.filter(({ each }) => index % each === 0).map(
    ({ each: _, ...port }) => ({
      ...port,
      reason: 'syn-ack',
      rttMs: 3.2,
    }),
  )
  const series: ReportPort[] = SERIES.map((port) => ({
    port,
    severity: 'medium',
    reason: 'syn-ack',
    rttMs: 3.1,
  }))
  const web: ReportPort = {
    port: 443,
    service: 'https',
    product: 'nginx',
    severity: 'info',
    reason: 'syn-ack',
    rttMs: 3,
  }
  return makeHost({
    environment: 'production',
    endpoint: '10.88.0.0/21',
    address: `10.88.${Math.floor(index / 250)}.${(index % 250) + 1}`,
    posture: index % 19 === 0 || index % 41 === 0 ? 'F' : index % 7 === 0 ? 'E' : 'D',
    ports: {
      open: [...services, web, ...series].sort((a, b) => a.port - b.port),
      closed: '1-21,23-442,444-3305',
      filtered: '',
      unknown: index % 100 === 0 ? [{ ports: '5432,5900', reason: 'time-limit' }] : [],
    },
  })
}

function findOn({ address, ports, ...host }: ReportHost, index: number): Finding[] {
  return ports.open
    .filter(({ port }) => port !== 443)
    .map(({ port, service, severity = 'medium' }) =>
      makeFinding({
        ...{ environment: host.environment, endpoint: host.endpoint, address, port, service, severity },
        // Some causes are particular to a host, so that the list of causes is long as well.
        remedy: 'Bind it to a private address and block the port at the firewall.',
        why: `${service ?? 'This service'} faces whoever reaches ${index % 4 === 0 ? `rack ${index}` : 'the network'}.`,
        place: { file: '.github/port-policy.yml', line: 10 + (port % 40), column: 5 },
        fails: severity !== 'low',
      }),
    )
}
