/** What a loosening lets through, by what the same run has seen. */
import { exposureOf } from '../catalogue/catalogue.ts'
import { type HostMatcher, type PolicyChange, SEVERITIES, type Sighting } from '../model.ts'
import { matchesHost, parseHostKey } from '../policy/hosts.ts'
import { inRanges, readRanges } from '../port-ranges.ts'
import { listCredible } from './everywhere.ts'
import type { HostCase } from './host.ts'
import { isAtLeast } from './verdict.ts'

/** What was seen on the ports that a change concerns, and how bad that is. */
interface Sighted {
  sighting: Sighting
  severity: PolicyChange['severity']
}

/**
 * The changes of a policy, each loosening at least as bad as the worst that was seen on the hosts and ports that it is about: Redis
 * on 16379 is as bad as on 6379. Never less bad: another service may answer tomorrow. The worst come first.
 */
export function rateBySight(changes: PolicyChange[], cases: HostCase[]): PolicyChange[] {
  const rated = changes.map((change) => {
    const worst = change.direction === 'loosened' ? findWorst(change, cases) : undefined
    if (!worst || isAtLeast(change.severity, worst.severity)) return change
    return { ...change, ...worst }
  })
  const rank = ({ direction, severity }: PolicyChange) =>
    direction === 'loosened' ? SEVERITIES.indexOf(severity) : SEVERITIES.length
  return rated.some((change, index) => change !== changes[index])
    ? rated.sort((a, b) => rank(a) - rank(b))
    : changes
}

function findWorst(change: PolicyChange, cases: HostCase[]): Sighted | undefined {
  const { ports, hosts, environments } = change
  if (ports === undefined) return undefined
  const ranges = readRanges(ports)
  const matchers = hosts?.flatMap((host) => parseHostKey(host).value ?? [])
  let worst: Sighted | undefined
  for (const about of cases) {
    if (environments && !isAmong(environments, about)) continue
    if (matchers && !matchers.some((matcher) => holdsFor(matcher, about))) continue
    for (const open of listCredible(about)) {
      // An unidentified port was already rated by its number.
      if (open.service === undefined || !inRanges(ranges, open.port)) continue
      const risk = exposureOf(about.catalogue, open.port, open.service)
      if (!risk || (worst && isAtLeast(worst.severity, risk.severity))) continue
      const { endpoint, address, searchDomain } = about.host
      const sighting = { endpoint, address, searchDomain, port: open.port, answers: open.service }
      worst = { sighting, severity: risk.severity }
    }
  }
  return worst
}

/** No environment: what is scanned outside of any. */
function isAmong(environments: string[], { planned: { environment } }: HostCase): boolean {
  return environment === undefined ? environments.length === 0 : environments.includes(environment)
}

function holdsFor(matcher: HostMatcher, { planned: { endpoint }, host: { address } }: HostCase): boolean {
  return matchesHost(matcher, { name: endpoint.kind === 'name' ? endpoint.host : undefined, address })
}
