import type { Allowance, HostRule, PlannedEndpoint, ScanPlan } from '../model.ts'
import { covering } from './covering.ts'
import { listMatching } from './matching.ts'

/**
 * Finds the service that the policy names for a port of one address of an endpoint: the likeliest to answer there. Rules
 * for other hosts do not count.
 */
export function findNamedServices(
  planned: PlannedEndpoint,
  address: string,
): (port: number) => string | undefined {
  return findIn(listMatching(planned, address))
}

/**
 * The same for a port of any host, so that services that mind connections are probed with care. No result may depend on
 * it.
 */
export function findNamedAnywhere({ endpoints }: ScanPlan): (port: number) => string | undefined {
  const rules = new Set<HostRule>()
  const lists = new Set<HostRule[]>()
  for (const endpoint of endpoints) {
    for (const rule of endpoint.rules) rules.add(rule)
    for (const list of endpoint.addressRules ?? []) lists.add(list)
  }
  for (const list of lists) for (const rule of list) rules.add(rule)
  return findIn([...rules])
}

function findIn(rules: HostRule[]): (port: number) => string | undefined {
  const named = rules.flatMap(namedIn)
  if (named.length === 0) return () => undefined
  const known = new Map<number, string | undefined>()
  return (port) => {
    if (!known.has(port)) known.set(port, covering(named, port)[0]?.service)
    return known.get(port)
  }
}

function namedIn({ allow }: HostRule): Allowance[] {
  return allow.filter(({ service }) => service !== undefined)
}
