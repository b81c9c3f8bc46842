import { type Endpoint, SEVERITIES } from '../../model.ts'
import { count } from '../../numbers.ts'
import { matchesHost } from '../hosts.ts'
import { indexBlocks, readAddress, readBlock } from './blocks.ts'
import type { Comparison, Loss } from './loss.ts'
import { findMissed, type Missed } from './missed.ts'
import { compareRules } from './rules.ts'
import { lose } from './scanned.ts'
import type { Pairing, Scope } from './scopes.ts'
import type { Subject } from './subjects.ts'
import { listHosts } from './words.ts'

/** What deployments no longer scan although other runs do. */
const ELSEWHERE = 'medium'

/**
 * Environments that are new. A deployment to one was judged by everything that the policy scans, and is now judged by
 * that environment alone.
 */
export function compareTakeovers(comparison: Comparison, { takeovers, runs: [whole] }: Pairing): Loss[] {
  const isKept = new Map(
    takeovers.length > 0 && whole
      ? whole.strict.map((scope) => [scope, findMissed(comparison, scope, whole.lax).every(isCovered)])
      : [],
  )
  return takeovers.flatMap(({ scope, environment: { name, place }, from }) => {
    const losses = loseTo(comparison, from, scope, (strict) => isKept.get(strict) ?? false)
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

function isCovered({ by, lost, weakened }: Missed): boolean {
  return by !== undefined && lost.length === 0 && weakened.length === 0
}

/**
 * What some scopes scan and judge, and the new environment does not.
 *
 * @param isKept whether some environment still scans all that a scope does
 */
function loseTo(
  comparison: Comparison,
  from: Scope[],
  lax: Scope,
  isKept: (strict: Scope) => boolean,
): Loss[] {
  const others = [lax]
  const missed = from.flatMap((strict) => findMissed(comparison, strict, others))
  const isElsewhere = ({ by, one }: Missed) => !by && isKept(one.scope)
  // The top-level rules are compared with the new environment wherever its name is used.
  const ruled = from.filter(({ environment }) => environment?.hosts.length)
  return [
    ...lose(
      comparison,
      missed.filter((one) => !isElsewhere(one)),
    ),
    ...lose(comparison, missed.filter(isElsewhere)).map((loss): Loss => {
      return { ...loss, severity: ELSEWHERE, loosened: `${loss.loosened}, as other environments still do` }
    }),
    ...ruled.flatMap((strict) =>
      compareRules(comparison, { where: {}, strict, lax }, { isMeant: mayHoldFor(strict.endpoints) }),
    ),
  ]
}

/** Finds out whether what holds for a subject may hold for one of some endpoints. */
function mayHoldFor(endpoints: Endpoint[]): (subject: Subject) => boolean {
  const own = new Set(endpoints.flatMap(({ kind, host }) => (kind === 'name' ? host : [])))
  const blocks = endpoints.flatMap(({ kind, host }) =>
    kind === 'name' ? [] : { block: kind === 'cidr' ? readBlock(host) : readAddress(host) },
  )
  const index = indexBlocks(blocks)
  return (subject) => {
    switch (subject.kind) {
      case 'name':
        return own.has(subject.name)
      case 'pattern':
        return [...own].some((name) => matchesHost(subject, { name }))
      // A name may lead to any address.
      case 'address':
        return own.size > 0 || index.overlapping(readAddress(subject.address)).length > 0
      case 'cidr':
        return own.size > 0 || index.overlapping(readBlock(subject.cidr)).length > 0
    }
  }
}
