import type { HostMatcher, HostRule, PlannedEndpoint } from '../model.ts'
import { matchesHost } from './hosts.ts'
import { findByAddress, indexRules, type RuleIndex } from './rule-index.ts'

/** The rules that hold for one address of an endpoint, least specific first. */
export function listMatching(
  { endpoint, rules, addressRules = [] }: PlannedEndpoint,
  address: string,
): HostRule[] {
  const name = endpoint.kind === 'name' ? endpoint.host : undefined
  // The sort is stable: at equal rank the environment's own comes after the top-level one, and governs.
  return [
    ...rules.filter(({ matcher }) => matchesHost(matcher, { name, address })),
    ...addressRules.flatMap((list) => findByAddress(indexOf(list), address)),
  ].sort((a, b) => rank(a.matcher) - rank(b.matcher))
}

/** Endpoints share these lists, so that each is indexed once. */
const indexes = new WeakMap<HostRule[], RuleIndex<HostRule>>()

function indexOf(rules: HostRule[]): RuleIndex<HostRule> {
  const index = indexes.get(rules) ?? indexRules(rules)
  indexes.set(rules, index)
  return index
}

/** How specific a matcher is: an exact one, then the longest block, then the pattern with most literal labels. */
function rank(matcher: HostMatcher): number {
  switch (matcher.kind) {
    case 'name':
      return 2000
    case 'address':
      return 1999
    case 'cidr':
      return 1000 + Number(matcher.cidr.slice(matcher.cidr.lastIndexOf('/') + 1))
    case 'pattern':
      return matcher.pattern.split('.').filter((label) => /^[a-z0-9-]+$/.test(label)).length
  }
}
