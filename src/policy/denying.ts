import type { Denial, HostMatcher, HostRule } from '../model.ts'
import { isBlockInside } from './addresses.ts'
import type { Meter } from './label-match.ts'
import { expandPattern } from './patterns.ts'
import { findByAddress, findByName, indexRules } from './rule-index.ts'

/** Looking up a name or an address takes as long as this many comparisons. */
const STEPS_A_LOOKUP = 10

/** The denials of one level of a policy. */
export interface Denying {
  /** Those that hold for every host that a matcher matches. */
  findCovering(matcher: HostMatcher): Denial[]
}

/**
 * Indexes the denials of some rules. Those with exceptions are left out: they may spare the very host that is asked for.
 */
export function listDenying(rules: readonly HostRule[], meter: Meter): Denying {
  const denying = rules
    .map((rule) => ({ ...rule, deny: rule.deny.filter((denial) => !('except' in denial)) }))
    .filter(({ deny }) => deny.length > 0)
  if (denying.length === 0) return { findCovering: () => [] }
  const index = indexRules(denying)
  const wide = indexRules(denying.flatMap(widen))
  return { findCovering }

  function findCovering(matcher: HostMatcher): Denial[] {
    const denials = find(matcher).flatMap(({ deny }) => deny)
    meter.steps += denials.length + STEPS_A_LOOKUP
    return denials
  }

  function find(matcher: HostMatcher): HostRule[] {
    switch (matcher.kind) {
      case 'name':
        return findByName(index, matcher.name, meter)
      case 'address':
        return findByAddress(index, matcher.address)
      case 'cidr': {
        const around = findByAddress(index, matcher.cidr.slice(0, matcher.cidr.lastIndexOf('/')))
        return around.filter(
          (rule) => rule.matcher.kind === 'cidr' && isBlockInside(matcher.cidr, rule.matcher.cidr),
        )
      }
      case 'pattern':
        return findForPattern(matcher.pattern)
    }
  }

  /** A rule covers a pattern if it covers all that the braces of the pattern stand for. */
  function findForPattern(pattern: string): HostRule[] {
    const found = expandPattern(pattern).map((expansion) => {
      const rules = findByName(wide, asName(expansion), meter)
      return new Map(rules.map((rule) => [rule.deny, rule]))
    })
    const [first = new Map<Denial[], HostRule>(), ...others] = found
    return [...first.values()].filter(({ deny }) => others.every((each) => each.has(deny)))
  }
}

/**
 * A rule as one or more that match the name `asName` makes of a pattern exactly if they match all that the pattern matches.
 * There an empty label stands for `**`, so `*` must not match one. A rule with `?` might take the `*` of a pattern for a
 * single character, and is left out.
 */
function widen(rule: HostRule): HostRule[] {
  if (rule.matcher.kind !== 'pattern') return []
  return expandPattern(rule.matcher.pattern)
    .filter((expansion) => !expansion.includes('?'))
    .map((expansion) => {
      const pattern = expansion.replace(/(?<=^|\.)\*(?=$|\.)/g, '?*')
      return { ...rule, matcher: { kind: 'pattern', pattern } }
    })
}

/** A pattern without braces as a name that only a pattern at least as wide matches. */
function asName(pattern: string): string {
  return pattern.replace(/(?<=^|\.)\*\*(?=$|\.)/g, '')
}
