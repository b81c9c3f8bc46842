import type { HostMatcher, HostRule, PlannedEndpoint } from '../model.ts'
import { findByAddress, indexRules, type RuleIndex } from './rule-index.ts'

/** The rules that hold for one address of an endpoint, least specific first. */
export function listMatching({ rules, addressRules = [] }: PlannedEndpoint, address: string): HostRule[] {
  // The sort is stable: at equal rank the environment's own comes after the top-level one, and governs.
  return [...rules, ...addressRules.flatMap((list) => findByAddress(indexOf(list), address))].sort(
    (a, b) => rankOnce(a.matcher) - rankOnce(b.matcher),
  )
}

/** Endpoints share these lists, so that each is indexed once. */
const indexes = new WeakMap<HostRule[], RuleIndex<HostRule>>()

function indexOf(rules: HostRule[]): RuleIndex<HostRule> {
  const index = indexes.get(rules) ?? indexRules(rules)
  indexes.set(rules, index)
  return index
}

const ranks = new WeakMap<HostMatcher, number>()

function rankOnce(matcher: HostMatcher): number {
  const known = ranks.get(matcher) ?? rank(matcher)
  ranks.set(matcher, known)
  return known
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
