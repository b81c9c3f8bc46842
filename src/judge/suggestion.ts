import { canonicalService } from '../catalogue/catalogue.ts'
import type { HostMatcher, OpenPort, Suggestion } from '../model.ts'
import { suggestDocuments } from './documents.ts'
import type { HostCase } from './host.ts'

/**
 * How the policy would allow an open port and no more than that: for the address alone in a block, and for the service that was
 * recognised, with what `risky-allowances` asks for.
 */
export function suggestAllowance(about: HostCase, { port, service }: OpenPort): Suggestion {
  const { planned, rules, catalogue, demands, now } = about
  const host = planned.endpoint.kind === 'cidr' ? about.host.address : about.host.host
  const isNamed =
    service !== undefined && planned.scan.identify && catalogue.byService.has(canonicalService(service))
  const named = isNamed ? { service: canonicalService(service) } : {}
  const documents = suggestDocuments({ ports: [{ from: port, to: port }], ...named }, demands, catalogue, now)
  // A key may stand in `hosts` once only.
  const own = rules.matching.find(({ matcher, place }) => isExactly(matcher, host) && !place.floor)
  const key = own?.place.file.startsWith('built-in:') ? undefined : own?.key
  // The built-in policy is replaced by what is written, so that its own allowances have to be written as well.
  const kept = rules.matching
    .filter(({ place }) => place.file.startsWith('built-in:'))
    .flatMap(({ allow }) => allow.map(({ text }) => text))
  const { environment } = planned
  return { key, host, kept, environment, port, ...(isNamed ? { service } : {}), documents }
}

function isExactly(matcher: HostMatcher, host: string): boolean {
  return (
    (matcher.kind === 'name' && matcher.name === host) ||
    (matcher.kind === 'address' && matcher.address === host)
  )
}
