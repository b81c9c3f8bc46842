import { type Catalogue, exposureOf } from '../catalogue/catalogue.ts'
import type {
  CatalogueEntry,
  Finding,
  HostResult,
  OpenPort,
  PlannedEndpoint,
  RiskyAllowances,
  ScanResult,
} from '../model.ts'
import { type Facts, makeFinding } from './finding.ts'
import { createGatherer, type Rules } from './rules.ts'

/** One address of one endpoint with all that is known and said of it. */
export interface HostCase {
  planned: PlannedEndpoint
  host: HostResult
  rules: Rules
  catalogue: Catalogue
  /** What the policy asks of an allowance of a risky port. */
  demands?: RiskyAllowances
  /** The day that it is judged on, in UTC. */
  now: Date
}

/**
 * Puts the results of a scan and what the policy says of each together.
 *
 * @throws {Error} for a result that the plan has no endpoint for: what is not judged must not pass
 */
export function buildCases(
  endpoints: PlannedEndpoint[],
  scan: ScanResult,
  catalogue: Catalogue,
  now: Date,
  demands?: RiskyAllowances,
): HostCase[] {
  const byName = new Map(
    endpoints.map((planned) => [nameOf(planned.environment, planned.endpoint.text), planned]),
  )
  const gather = createGatherer(now)
  return scan.hosts.map((host) => {
    const planned = byName.get(nameOf(host.environment, host.endpoint))
    if (!planned) throw new Error(`The scan has a result of ${host.endpoint}, which its plan does not have.`)
    const rules = gather(planned, host)
    return { planned, host, rules, catalogue, now, ...(demands && { demands }) }
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

/** Whether a host was seen in full: what this vantage never reaches is not missed elsewhere. */
export function wasSeen({ host }: HostCase): boolean {
  const { answersEverywhere, changed, unknown } = host
  return (
    !answersEverywhere &&
    changed === undefined &&
    hasAnswered(host) &&
    unknown.every(({ reason }) => reason === 'untestable')
  )
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

/** `port 6379 of db.example.com (192.0.2.10)`, of a block `port 22 of 192.0.2.10 (in 192.0.2.0/24)`: a port in a sentence. */
export function nameOfPort(about: HostCase, port: number): string {
  const { endpoint, address } = about.host
  if (endpoint === address) return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
  return `port ${port} of ${nameOfHost(about)}`
}

/**
 * `db.example.com (192.0.2.10)`, of a block `192.0.2.10 (in 192.0.2.0/24)`: a host in a sentence. Where a search domain of this
 * machine was appended to the name, that is said.
 */
export function nameOfHost({ planned, host: { endpoint, address, searchDomain } }: HostCase): string {
  if (searchDomain !== undefined)
    return `${endpoint} (${address}, found through the search domain ${searchDomain})`
  if (planned.endpoint.kind === 'cidr') return `${address} (in ${endpoint})`
  return endpoint === address ? address : `${endpoint} (${address})`
}
