import type { HostRule } from '../../model.ts'
import { matcherText } from '../hosts.ts'
import { mayHold } from '../plan.ts'
import type { Comparison, Loss } from './loss.ts'
import { isSure, listProbedIn, listUnscanned, type Probed } from './probed.ts'
import type { Pairing, Scope } from './scopes.ts'
import { listHosts } from './words.ts'

/**
 * Hosts that are new where silence is all that was asked for. A run in which no host answers is in doubt, and one that
 * always answers ends that, as a canary does.
 */
export function compareSilence(comparison: Comparison, { runs }: Pairing): Loss[] {
  return runs.flatMap(({ where, strict: old, lax: now }): Loss[] => {
    const fails = listProbedIn(comparison, comparison.strict, old).filter(
      ({ settled }) => settled.onDoubt === 'fail',
    )
    if (fails.length === 0 || expectsAnswer(comparison, fails)) return []
    const added = now.flatMap((scope) => listUnscanned(comparison, scope, old))
    const hosts = [...new Set(added.map(({ host }) => host))]
    if (hosts.length === 0) return []
    return [
      {
        part: 'endpoints',
        severity: 'info',
        loosened: `scans ${listHosts(hosts)}: a run in which no other host answers passes if one of them does`,
        hosts,
        ...where,
        places: { lax: added[0]?.one.endpoint?.place },
      },
    ]
  })
}

/** Whether some host has to answer: where one is silent on which something is allowed for good, that is a doubt of its own. */
function expectsAnswer(comparison: Comparison, endpoints: Probed[]): boolean {
  const known = new Map<Scope, ReturnType<typeof indexExpecting>>()
  return endpoints.some(({ scope, endpoint }) => {
    const { exact, wide } = known.get(scope) ?? indexExpecting(scope)
    known.set(scope, { exact, wide })
    if (!endpoint) return false
    comparison.spend(1 + wide.length)
    return exact.has(endpoint.host) || wide.some((rule) => mayHold(rule, endpoint) && isSure(rule, endpoint))
  })
}

/** The rules that allow something for good, by whom they are about. */
function indexExpecting({ rules }: Scope) {
  const expecting = rules.filter(({ allow }) => allow.some(({ expires }) => expires === undefined))
  const isExact = ({ matcher }: HostRule) => matcher.kind === 'name' || matcher.kind === 'address'
  return {
    exact: new Set(expecting.filter(isExact).map(({ matcher }) => matcherText(matcher))),
    wide: expecting.filter((rule) => !isExact(rule)),
  }
}
