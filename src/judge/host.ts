import { type Catalogue, exposureOf } from '../catalogue/catalogue.ts'
import type { CatalogueEntry, Finding, HostResult, OpenPort, PlannedEndpoint, ScanResult } from '../model.ts'
import { type Facts, makeFinding } from './finding.ts'
import { createGatherer, type Rules } from './rules.ts'

/** One address of one endpoint with all that is known and said of it. */
export interface HostCase {
  planned: PlannedEndpoint
  host: HostResult
  rules: Rules
  catalogue: Catalogue
}

/** Puts the results of a scan and what the policy says of each together. */
export function buildCases(
  endpoints: PlannedEndpoint[],
  scan: ScanResult,
  catalogue: Catalogue,
  now: Date,
): HostCase[] {
  const byName = new Map(
    endpoints.map((planned) => [nameOf(planned.environment, planned.endpoint.text), planned]),
  )
  const gather = createGatherer(now)
  return scan.hosts.flatMap((host) => {
    const planned = byName.get(nameOf(host.environment, host.endpoint))
    if (!planned) return []
    const rules = gather(planned, host)
    return [{ planned, host, rules, catalogue }]
  })
}

/** An endpoint of a plan, as a key. */
export function nameOf(environment: string | undefined, endpoint: string): string {
  return JSON.stringify([environment, endpoint])
}

/** Whether the host itself has answered anything: an ICMP message may be a router's. */
export function hasAnswered({ open, closed }: HostResult): boolean {
  return open.length > 0 || closed.length > 0
}

/** What an open port means, as far as the catalogue knows. */
export function riskAt({ catalogue }: HostCase, open: OpenPort): CatalogueEntry | undefined {
  return exposureOf(catalogue, open.port, open.service)
}

/** A finding about this host. The address tells it from others only in a block: a name's may change. */
export function findOnHost(
  { planned, host, rules }: HostCase,
  facts: Omit<Facts, 'environment' | 'endpoint' | 'address'>,
  more: unknown[] = [],
): Finding {
  const { environment, endpoint, address } = host
  const place = facts.place ?? rules.place
  const about = { environment, endpoint, address, ...facts, ...(place ? { place } : {}) }
  const inBlock = planned.endpoint.kind === 'cidr' ? address : undefined
  return makeFinding(about, planned, [endpoint, inBlock, facts.port, ...more])
}

/** `db.example.com:6379 (192.0.2.10)`: a port of a host in a sentence. */
export function nameOfPort({ host: { endpoint, address } }: HostCase, port: number): string {
  if (endpoint === address) return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
  return `port ${port} of ${endpoint} (${address})`
}

/** `db.example.com (192.0.2.10)`: a host in a sentence. */
export function nameOfHost({ host: { endpoint, address } }: HostCase): string {
  return endpoint === address ? address : `${endpoint} (${address})`
}
