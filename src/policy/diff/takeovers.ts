import { SEVERITIES } from '../../model.ts'
import { count } from '../../numbers.ts'
import type { Comparison, Loss } from './loss.ts'
import { findMissed } from './probed.ts'
import { compareRules } from './rules.ts'
import { lose } from './scanned.ts'
import type { Pairing, Scanned } from './scopes.ts'
import { listHosts } from './words.ts'

/**
 * Environments that are new. A deployment to one was judged by everything that the policy scans, and is now judged by
 * that environment alone.
 */
export function compareTakeovers(comparison: Comparison, { takeovers }: Pairing): Loss[] {
  return takeovers.flatMap(({ environment: { name, place }, scanned }) => {
    const losses = scanned.flatMap((pair) => loseTo(comparison, pair))
    const rank = ({ severity }: Loss) => SEVERITIES.indexOf(severity)
    const [worst, ...others] = losses.sort((a, b) => rank(a) - rank(b))
    if (!worst) return []
    const more = others.length > 0 ? `, and ${count(others.length, 'more loosening')}` : ''
    return [
      {
        part: 'environments',
        severity: worst.severity,
        loosened: `gives deployments to ${listHosts([name])} an environment of their own, which ${worst.loosened}${more}`,
        environment: name,
        places: { lax: place },
      },
    ]
  })
}

function loseTo(comparison: Comparison, { where, strict, lax }: Scanned): Loss[] {
  const scanned = lose(comparison, findMissed(comparison, strict, lax))
  // What holds at the top is held against the new environment wherever its name is used.
  if (!strict.environment?.hosts.length) return scanned
  return [...scanned, ...lax.flatMap((scope) => compareRules(comparison, { where, strict, lax: scope }))]
}
