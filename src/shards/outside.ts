import type { HostResult, PlannedEndpoint, PortRange, ScanPlan, ScanResult } from '../model.ts'
import { countPorts, formatRanges, mergeRanges, subtractRanges, toRanges } from '../port-ranges.ts'

/** An address of an endpoint, as a key. */
export function keyOf({
  environment,
  endpoint,
  address,
}: Pick<HostResult, 'environment' | 'endpoint' | 'address'>): string {
  return JSON.stringify([environment ?? null, endpoint, address])
}

/** The ports that a part has of each address of its endpoints. */
function listWanted({ endpoints }: ScanPlan): Map<string, PortRange[]> {
  const rangesOf = new Map<readonly number[], PortRange[]>()
  const wanted = new Map<string, PortRange[]>()
  for (const { environment, endpoint, addresses = [], ports } of endpoints) {
    const ranges = rangesOf.get(ports) ?? toRanges(ports)
    rangesOf.set(ports, ranges)
    for (const address of addresses)
      wanted.set(keyOf({ environment, endpoint: endpoint.text, address }), ranges)
  }
  return wanted
}

/** All ports of which a result says something, ascending. */
export function listCovered({ open, closed, filtered, unknown }: HostResult): PortRange[] {
  const groups = [...closed, ...filtered, ...unknown].flatMap(({ ports }) => ports)
  return mergeRanges([...groups, ...open.map(({ port }) => ({ from: port, to: port }))])
}

/**
 * What a report of a shard says that its part of the plan has no room for, as a clause; undefined where there is nothing. What is
 * missing from the report is found elsewhere.
 */
export function findOutside(part: ScanPlan, scan: ScanResult): string | undefined {
  const wanted = listWanted(part)
  const seen = new Set<string>()
  for (const host of scan.hosts) {
    const key = keyOf(host)
    const name = `${host.endpoint} (${host.address})`
    const own = wanted.get(key)
    if (!own) return `it has results of ${name}, which is not in its part`
    if (seen.has(key)) return `it has two results of ${name}`
    seen.add(key)
    const covered = listCovered(host)
    const outside = subtractRanges(covered, own)
    if (outside.length > 0)
      return `it has port ${formatRanges(outside).slice(0, 100)} of ${name}, which is not in its part`
    const { open, closed, filtered, unknown } = host
    const said = [...closed, ...filtered, ...unknown].reduce(
      (sum, { ports }) => sum + countPorts(ports),
      open.length,
    )
    if (said !== countPorts(covered)) return `it has a port of ${name} in two states`
  }
  const blocks = new Set(
    part.endpoints.flatMap(({ endpoint }) => (endpoint.kind === 'cidr' ? endpoint.text : [])),
  )
  for (const left of [...scan.unseen, ...(scan.noHosts ?? [])]) {
    const { endpoint, address = '' } = left
    const key = keyOf({ ...left, address })
    const fits = 'kind' in left ? address.includes(':') : blocks.has(endpoint)
    if (!wanted.has(key) || seen.has(key) || !fits) return `it leaves out ${endpoint} (${address})`
    seen.add(key)
  }
  const canaries = new Set(part.endpoints.flatMap(nameCanary))
  const found = scan.canaries.map(({ environment, host, port }) =>
    JSON.stringify([environment ?? null, host, port]),
  )
  if (found.length !== canaries.size || !found.every((name) => canaries.has(name)))
    return 'it has other canaries than its part'
  return undefined
}

function nameCanary({ environment, scan: { canary } }: PlannedEndpoint): string[] {
  return canary ? [JSON.stringify([environment ?? null, canary.host, canary.port])] : []
}
