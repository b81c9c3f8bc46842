import type { Endpoint, HostRule } from '../../model.ts'
import { bindTo } from '../excepted.ts'
import type { Meter } from '../label-match.ts'
import { listBindingPorts } from '../plan.ts'
import { findByAddress, findByName, indexRules, listAddressRules } from '../rule-index.ts'
import type { Comparison } from './loss.ts'
import { createNumbering } from './ranges.ts'
import { includes } from './subjects.ts'

/** The rules that require or deny ports and hold for an endpoint. */
interface Bound {
  /** Equal if the ports are equal. */
  key: string
  rules: HostRule[]
  /** Those of them that may turn out to hold for other addresses only. */
  unsure: HostRule[]
}

/** Steps of the index that are one step of a comparison. */
const LOOKUPS_A_STEP = 100

const finders = new WeakMap<HostRule[], Finder>()

/** The rules that require or deny ports and hold for an endpoint. Scopes may share their rules, which are gone through once. */
export function findBound(comparison: Comparison, rules: HostRule[], endpoint: Endpoint): Bound {
  const find = finders.get(rules) ?? createFinder(comparison, rules)
  finders.set(rules, find)
  return find(endpoint)
}

type Finder = (endpoint: Endpoint) => Bound

function createFinder({ spend }: Comparison, all: HostRule[]): Finder {
  spend(all.length)
  const binding = all.filter((rule) => listBindingPorts(rule).length > 0)
  const numberOf = createRuleNumbering()
  const index = indexRules(binding)
  // Those for addresses and blocks hold for any name until it is resolved, and for some address of any block.
  const forAddresses = listAddressRules(binding)
  const keyOf = (rules: HostRule[]) => rules.map(numberOf).join()
  const meter: Meter = { steps: 0 }
  return (endpoint) => {
    const { kind, host } = endpoint
    if (kind === 'cidr') {
      spend(forAddresses.length)
      const unsure = forAddresses.filter((rule) => !isSure(rule, endpoint))
      return { key: `in ${keyOf(unsure)}`, rules: forAddresses, unsure }
    }
    meter.steps = 0
    const matching = kind === 'name' ? findByName(index, host, meter) : findByAddress(index, host)
    const own = matching.map((rule) => bindTo(rule, endpoint))
    spend(own.length + meter.steps / LOOKUPS_A_STEP)
    if (kind === 'address') return { key: `at ${keyOf(own)}`, rules: own, unsure: [] }
    return { key: keyOf(own), rules: [...own, ...forAddresses], unsure: forAddresses }
  }
}

/** Numbers rules: the same for those that require or deny the same ports. */
function createRuleNumbering(): (rule: HostRule) => number {
  const numberOf = createNumbering()
  const known = new WeakMap<HostRule, number>()
  return (rule) => {
    const number = known.get(rule) ?? numberOf(listBindingPorts(rule))
    known.set(rule, number)
    return number
  }
}

/** Whether a rule that may hold for an endpoint holds for all of it: a name may turn out to have any address. */
export function isSure({ matcher }: HostRule, endpoint: Endpoint): boolean {
  if (matcher.kind === 'name' || matcher.kind === 'pattern' || endpoint.kind === 'address') return true
  return endpoint.kind === 'cidr' && includes(matcher, { kind: 'cidr', cidr: endpoint.host })
}
