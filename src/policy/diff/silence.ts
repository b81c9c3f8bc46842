import { type HostRule, KIND_OF } from '../../model.ts'
import { matcherText } from '../hosts.ts'
import { mayHold } from '../plan.ts'
import { isSure } from './binding.ts'
import type { Comparison, Loss } from './loss.ts'
import { listUnscanned } from './missed.ts'
import { listProbedIn, type Probed } from './probed.ts'
import type { Pairing, Scope } from './scopes.ts'
import { listHosts } from './words.ts'

/**
 * Hosts that are new where silence is all that was asked for. A run in which no host answers is in doubt, and one that
 * always answers ends that, as a canary does.
 */
export function compareSilence(comparison: Comparison, { runs }: Pairing): Loss[] {
  return runs.flatMap(({ where, strict: old, lax: now }): Loss[] => {
    const added = now.flatMap((scope) => listUnscanned(comparison, scope, old))
    const hosts = [...new Set(added.map(({ host }) => host))]
    if (hosts.length === 0) return []
    const fails = listProbedIn(comparison, comparison.strict, old).filter(
      ({ settled }) => settled.onDoubt === 'fail',
    )
    if (fails.length === 0) return []
    const after = listProbedIn(comparison, comparison.lax, now)
    const still = listExpecting(comparison, after)
    const scanned = new Set(after.map(({ endpoint }) => endpoint?.host))
    const isDoubt = createDoubting(comparison)
    // If that host is silent, that is a separate doubt, before and after; that it is no longer scanned is reported elsewhere.
    const isTold = ([host, { block }]: [string, Probed]) => {
      const same = still.get(host)
      return (same !== undefined && isDoubt(same)) || (!block && !scanned.has(host))
    }
    if ([...listExpecting(comparison, fails)].some(isTold)) return []
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

/** Finds out whether it fails by the second policy if an endpoint does not answer, unless all its doubts pass. */
function createDoubting({ lax, spend }: Comparison): (one: Probed) => boolean {
  const { ignore, exclude } = lax.policy
  const ignored = ignore
    .filter(({ finding }) => KIND_OF[finding] === 'doubt')
    .flatMap(({ hosts = [] }) => hosts)
  return ({ endpoint, block, excluded }) => {
    spend(ignored.length)
    // A name may lead to whatever is excluded.
    const mayBeExcluded = block ? excluded > 0 : exclude.length > 0
    return (
      !mayBeExcluded && endpoint !== undefined && !ignored.some((matcher) => mayHold({ matcher }, endpoint))
    )
  }
}

/** The endpoints that have to answer: something is allowed on them for good. */
function listExpecting(comparison: Comparison, endpoints: Probed[]): Map<string, Probed> {
  const known = new Map<Scope['rules'], ReturnType<typeof indexExpecting>>()
  const hosts = new Map<string, Probed>()
  for (const one of endpoints) {
    const { scope, endpoint } = one
    const { exact, wide } = known.get(scope.rules) ?? indexExpecting(scope)
    known.set(scope.rules, { exact, wide })
    comparison.spend(1)
    if (!endpoint || hosts.has(endpoint.host)) continue
    comparison.spend(wide.length)
    if (exact.has(endpoint.host) || wide.some((rule) => mayHold(rule, endpoint) && isSure(rule, endpoint)))
      hosts.set(endpoint.host, one)
  }
  return hosts
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
