import type { Catalogue } from '../catalogue/catalogue.ts'
import { listRuns } from '../judge/everywhere.ts'
import { buildCases, type HostCase } from '../judge/host.ts'
import type { OpenPort, Policy } from '../model.ts'
import { covering } from '../policy/covering.ts'
import { inRanges } from '../port-ranges.ts'
import { createAllowances, type FoundPort, mayBe } from './allowances.ts'
import { describeEndpoints } from './endpoints.ts'
import type { Evidence } from './evidence.ts'
import type { NewAllowance, NewHost, Suggestions } from './suggestions.ts'

/**
 * The least that a policy has to allow in addition to what it allows so far, so that what was seen passes: each port that is
 * open and unexpected, for the service that answered. Nothing is allowed where whatever is tried is open, and nothing that is
 * denied or whose allowance has expired: somebody has decided that.
 */
export function suggest(evidence: Evidence): Suggestions {
  const { policy, plan, scan, catalogue, now } = evidence
  const cases = buildCases(plan.endpoints, scan, catalogue, now, policy.riskyAllowances)
  const [forAddresses, forNames] = [cases.filter(isByAddress), cases.filter((about) => !isByAddress(about))]
  const addresses = collect(forAddresses, evidence, () => false)
  // What is allowed by an address holds for the names that lead to it.
  const byAddress = new Map(addresses.map((host) => [keyOf(host.environment, host.host), host]))
  const names = collect(forNames, evidence, (about, found) => {
    const { allow = [] } = byAddress.get(keyOf(chooseLevel(policy, about), about.host.address)) ?? {}
    return allow.some((allowance) => covers(catalogue, allowance, found))
  })
  return { hosts: [...names, ...addresses], endpoints: describeEndpoints(evidence) }
}

function isByAddress({ planned }: HostCase): boolean {
  return planned.endpoint.kind !== 'name'
}

/**
 * The environment whose `hosts` the allowance goes to; undefined for the top level, as with a single environment that has
 * no `hosts` of its own.
 */
function chooseLevel({ environments }: Policy, { host: { environment } }: HostCase): string | undefined {
  const [only] = environments
  return environments.length === 1 && only?.hosts.length === 0 ? undefined : environment
}

function keyOf(environment: string | undefined, host: string): string {
  return JSON.stringify([environment, host])
}

function covers(catalogue: Catalogue, { port, service }: NewAllowance, found: FoundPort): boolean {
  const [from, to = from] = port.split('-').map(Number) as [number, number?]
  return from <= found.port && found.port <= to && mayBe(catalogue, found, service)
}

/** @param isAllowed whether a port that is to be allowed already is, by what has been suggested so far */
function collect(
  cases: HostCase[],
  { catalogue, policy, now }: Evidence,
  isAllowed: (about: HostCase, found: FoundPort) => boolean,
): NewHost[] {
  const { find, write } = createAllowances(catalogue, policy.riskyAllowances, now)
  const hosts = new Map<string, Omit<NewHost, 'allow'> & { found: FoundPort[] }>()
  for (const about of cases) {
    const { host, address } = about.host
    const environment = chooseLevel(policy, about)
    const [kind, key] = isByAddress(about) ? (['address', address] as const) : (['name', host] as const)
    const name = keyOf(environment, key)
    const known = hosts.get(name) ?? {
      ...(environment === undefined ? {} : { environment }),
      kind,
      host: key,
      found: [],
    }
    const found = listUnexpected(about).map((open) => find(about, open))
    known.found.push(...found.filter((one) => !isAllowed(about, one)))
    if (known.found.length > 0) hosts.set(name, known)
  }
  return [...hosts.values()].map(({ found, ...host }) => ({ ...host, allow: write(found) }))
}

/** Open ports that nothing in the policy mentions, on a host on which an open port means something. */
function listUnexpected({ host, rules }: HostCase): OpenPort[] {
  if (host.answersEverywhere) return []
  const runs = listRuns(host)
  const isSpokenOf = (port: number) =>
    [rules.denials, rules.live, rules.expired].some(
      (entries) => covering<{ ports: { from: number; to: number }[] }>(entries, port).length > 0,
    )
  return host.open.filter(({ port }) => !inRanges(runs, port) && !isSpokenOf(port))
}
