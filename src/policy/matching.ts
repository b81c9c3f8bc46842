import { memoizeFor } from '../memo.ts'
import type { HostMatcher, HostRule, PlannedEndpoint } from '../model.ts'
import { findByAddress, indexRules } from './rule-index.ts'

/** The rules that hold for one address of an endpoint, least specific first. */
export function listMatching({ rules, addressRules = [] }: PlannedEndpoint, address: string): HostRule[] {
  // The sort is stable: at equal rank the environment's own comes after the top-level one, and governs.
  return [...rules, ...addressRules.flatMap((list) => findByAddress(indexOf(list), address))].sort(
    (a, b) => rank(a.matcher) - rank(b.matcher),
  )
}

/** Endpoints share these lists, so that each is indexed once. */
const indexOf = memoizeFor((rules: HostRule[]) => indexRules(rules))

/** How specific a matcher is: an exact one, then the longest block, then the pattern with most literal labels. */
const rank = memoizeFor((matcher: HostMatcher): number => {
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
})
