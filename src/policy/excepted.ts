import { memoizeFor } from '../memo.ts'
import type { Denial, Endpoint, HostRule } from '../model.ts'
import { findByAddress, findByName, indexRules } from './rule-index.ts'

/** The denials of a rule that hold for a host: all but those that except it. */
export function listDenials(rule: HostRule, host: { name?: string; address?: string }): Denial[] {
  const { deny } = rule
  return hasExceptions(rule) ? deny.filter((denial) => !isExcepted(denial, host)) : deny
}

/** Worked out once for each rule: it may have very many denials, and hold for very many hosts. */
const hasExceptions = memoizeFor(({ deny }: HostRule) => deny.some(({ except }) => except !== undefined))

const indexOf = memoizeFor(({ except = [] }: Denial) => indexRules(except.map((matcher) => ({ matcher }))))

function isExcepted(
  denial: Denial,
  { name, address }: { name?: string | undefined; address?: string | undefined },
): boolean {
  if (!denial.except) return false
  const index = indexOf(denial)
  if (address !== undefined && findByAddress(index, address).length > 0) return true
  return name !== undefined && findByName(index, name).length > 0
}

const known = new WeakMap<HostRule, Map<string, HostRule>>()

/**
 * A rule as it binds ports of an endpoint: without the denials that except it. Of a block some addresses may be excepted and others not.
 * Equal answers are one object.
 */
export function bindTo(rule: HostRule, { kind, host }: Endpoint): HostRule {
  if (kind === 'cidr') return rule
  const deny = listDenials(rule, kind === 'name' ? { name: host } : { address: host })
  if (deny.length === rule.deny.length) return rule
  const bound = known.get(rule) ?? new Map<string, HostRule>()
  known.set(rule, bound)
  const key = deny.map((denial) => rule.deny.indexOf(denial)).join()
  const answer = bound.get(key) ?? { ...rule, deny }
  bound.set(key, answer)
  return answer
}
