import { type Catalogue, exposureOf, guessAt, UNKNOWN_SEVERITY } from '../catalogue/catalogue.ts'
import { memoizeFor } from '../memo.ts'
import type {
  Coverage,
  HostResult,
  OpenPort,
  PlannedEndpoint,
  PortRange,
  Posture,
  ReportHost,
  ReportPort,
  ScanResult,
} from '../model.ts'
import { countPorts, formatRanges } from '../port-ranges.ts'
import { nameOf } from './host.ts'

/** How much was seen. */
export function measureCoverage(
  endpoints: PlannedEndpoint[],
  { hosts, unseen, excluded = [], probes }: ScanResult,
): Coverage {
  const isAuto = new Set(
    endpoints
      .filter(({ scan }) => scan.ip === 'auto')
      .map(({ environment, endpoint }) => `${environment} ${endpoint.text}`),
  )
  const excluding = new Set(excluded.map(({ environment, endpoint }) => nameOf(environment, endpoint)))
  const skipped = unseen.filter(({ kind, environment, endpoint }) => {
    return kind === 'no-ipv6' && isAuto.has(`${environment} ${endpoint}`)
  })
  const left = new Set(
    [...hosts, ...unseen].map(({ environment, endpoint }) => nameOf(environment, endpoint)),
  )
  const emptied = endpoints.filter(({ environment, endpoint: { text } }) => {
    const name = nameOf(environment, text)
    return !left.has(name) && excluding.has(name)
  })
  const seen = new Uint8Array(65_536)
  const ports = hosts.reduce((sum, host) => sum + markSeen(host, seen), 0)
  const unknown = hosts.reduce((sum, host) => sum + countIn(host.unknown), 0)
  return {
    endpoints: endpoints.length - emptied.length,
    addresses: new Set(hosts.map(({ address }) => address)).size,
    ports,
    probes,
    pairs: hosts.reduce(
      (sum, host) => sum + host.open.length + countIn(host.closed) + countIn(host.filtered),
      unknown,
    ),
    unknown,
    skippedIpv6: [...new Set(skipped.flatMap(({ address }) => address ?? []))],
    ...(excluded.length > 0 && {
      excluded: {
        addresses: new Set(excluded.map(({ address }) => address)).size,
        endpoints: [...new Set(emptied.map(({ endpoint }) => endpoint.text))],
      },
    }),
  }
}

/** Marks the ports that were seen, and counts those that had not been. What is unknown was not; much of it was not even probed. */
function markSeen({ open, closed, filtered }: HostResult, seen: Uint8Array): number {
  let fresh = 0
  const mark = (port: number) => {
    if (seen[port] === 1) return
    seen[port] = 1
    fresh += 1
  }
  for (const { port } of open) mark(port)
  for (const { ports } of [...closed, ...filtered]) {
    for (const { from, to } of ports) for (let port = from; port <= to; port++) mark(port)
  }
  return fresh
}

function countIn(groups: { ports: PortRange[] }[]): number {
  return groups.reduce((sum, { ports }) => sum + countPorts(ports), 0)
}

/** Similar hosts share their ranges, and so the text of these. */
const formatShared = memoizeFor((ranges: PortRange[]) => formatRanges(ranges))

function formatAll(groups: { ports: PortRange[] }[]): string {
  const [first, ...others] = groups
  return first && others.length === 0
    ? formatShared(first.ports)
    : formatRanges(groups.flatMap(({ ports }) => ports))
}

/** A host as the report has it. */
export function toReportHost(host: HostResult, posture: Posture, catalogue: Catalogue): ReportHost {
  const { environment, endpoint, address, searchDomain, closed, filtered, unknown } = host
  // On a host that accepts everything, an open port says nothing about a service.
  const open = host.answersEverywhere ? host.open : host.open.map((one) => addMeaning(one, catalogue))
  return {
    ...(environment === undefined ? {} : { environment }),
    endpoint,
    address,
    ...(searchDomain === undefined ? {} : { searchDomain }),
    ports: {
      open,
      closed: formatAll(closed),
      filtered: formatAll(filtered),
      unknown: unknown.map(({ ports, reason }) => ({ ports: formatShared(ports), reason })),
    },
    posture,
  }
}

function addMeaning(open: OpenPort, catalogue: Catalogue): ReportPort {
  const usual = guessAt(catalogue, open.port, open.service)
  const severity = exposureOf(catalogue, open.port, open.service)?.severity ?? UNKNOWN_SEVERITY
  return { ...open, ...(usual && { usual: usual.service }), severity }
}
