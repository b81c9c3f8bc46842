import { type Catalogue, exposureOf } from '../catalogue/catalogue.ts'
import type {
  CatalogueEntry,
  Finding,
  FindingId,
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
  /** The day by which it is judged, in UTC. */
  now: Date
}

/**
 * Puts the results of a scan and what the policy says of each together.
 *
 * @throws {Error} for a result without an endpoint in the plan: what is not judged must not pass
 */
export function buildCases(
  endpoints: PlannedEndpoint[],
  scan: Pick<ScanResult, 'hosts'>,
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

/** What is known of a finding about a host, besides the host. */
type FactsOnHost = {
  [Id in FindingId]: Omit<Extract<Facts, { id: Id }>, 'environment' | 'endpoint' | 'address'>
}[FindingId]

/** A finding about this host. The address tells it from others only in a block: a name's may change. */
export function findOnHost(
  { planned, host, rules }: HostCase,
  facts: FactsOnHost,
  more: unknown[] = [],
): Finding {
  const { environment, endpoint, address, searchDomain } = host
  const place = facts.place ?? rules.place
  const about = { ...facts, environment, endpoint, address, searchDomain, ...(place ? { place } : {}) }
  const inBlock = planned.endpoint.kind === 'cidr' ? address : undefined
  return makeFinding(about, planned, [endpoint, inBlock, facts.port, ...more])
}
