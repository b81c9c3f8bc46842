import { canonicalService } from '../catalogue/catalogue.ts'
import type { HostMatcher, OpenPort } from '../model.ts'
import { suggestDocuments } from './documents.ts'
import type { HostCase } from './host.ts'

/**
 * How the policy would allow an open port and no more than that: for the address alone in a block, and for the service that was
 * recognised, with what `risky-allowances` asks for. As text that can be pasted.
 */
export function suggestAllowance(about: HostCase, { port, service }: OpenPort): string {
  const { planned, rules, catalogue, demands, now } = about
  const name = planned.endpoint.kind === 'cidr' ? about.host.address : about.host.host
  const isNamed =
    service !== undefined && planned.scan.identify && catalogue.byService.has(canonicalService(service))
  const named = isNamed ? { service: canonicalService(service) } : {}
  const documents = suggestDocuments({ ports: [{ from: port, to: port }], ...named }, demands, catalogue, now)
  const parts = [`port: ${port}`, ...(isNamed ? [`service: ${service}`] : []), ...documents]
  const item = parts.length > 1 ? `{ ${parts.join(', ')} }` : String(port)
  // A key may stand in `hosts` once only.
  const own = rules.matching.find(({ matcher }) => isExactly(matcher, name))
  if (own && !own.place.file.startsWith('built-in:'))
    return `If it is meant to be open, add \`${item}\` to what the policy allows \`${own.key}\`.`
  // The built-in policy is replaced by what is written, so that its own allowances have to be written as well.
  const kept = rules.matching
    .filter(({ place }) => place.file.startsWith('built-in:'))
    .flatMap(({ allow }) => allow)
  const list = [...kept.map(({ text }) => text), item].join(', ')
  const where = planned.environment === undefined ? '' : ` of \`${planned.environment}\``
  return `If it is meant to be open, add this line to \`hosts\`${where} in the policy: \`${quoteKey(name)}: [${list}]\`.`
}

function isExactly(matcher: HostMatcher, host: string): boolean {
  return (
    (matcher.kind === 'name' && matcher.name === host) ||
    (matcher.kind === 'address' && matcher.address === host)
  )
}

/** YAML reads an address with colons as a key in quotes alone, and some names as numbers or words. */
function quoteKey(host: string): string {
  return /^(?:[a-z][a-z0-9-]*\.[a-z0-9.-]+|\d+\.\d+\.\d+\.\d+)$/.test(host) ? host : `"${host}"`
}
