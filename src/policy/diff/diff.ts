import { type PolicyChange, SEVERITIES } from '../../model.ts'
import { compareCanaries } from './canaries.ts'
import { compareCapacity } from './capacity.ts'
import { compareDocuments } from './documents.ts'
import type { Doubts } from './doubts.ts'
import { compareExclusions } from './exclusions.ts'
import { compareIgnored, ignoresDoubts } from './ignored.ts'
import { type Comparison, createComparison, type Loss, type Places, type Side } from './loss.ts'
import { findNewHosts } from './new-hosts.ts'
import { joinWords } from './risk.ts'
import { compareRules } from './rules.ts'
import { compareScans } from './scanned.ts'
import { type Pairing, pairScopes } from './scopes.ts'
import { compareSilence } from './silence.ts'
import { compareTakeovers } from './takeovers.ts'
import { compareCatalogues, compareRiskyAllowances, compareUsual } from './whole.ts'
import { listHosts } from './words.ts'

/**
 * What a change of the policy does, loosenings first, the worst first. The meaning of the two policies is compared, not
 * their text.
 *
 * @param doubts whether the workflow may let doubts pass; else it is the policies that say so
 * @throws {TooLarge} where that would take too long
 */
export function diffPolicies(before: Side, after: Side, doubts: Doubts = { mayPass: false }): PolicyChange[] {
  // Whatever only one policy asks for is lost in one direction and gained in the other.
  const loosened = findLosses(begin(before, after, doubts), 'loosened')
  const tightened = findLosses(begin(after, before, doubts), 'tightened')
  return sortChanges([...loosened, ...tightened].map(({ change }) => change))
}

/**
 * Only the loosenings, each with its lines in both policies, where there are any.
 *
 * @throws {TooLarge} where that would take too long
 */
export function findLoosenings(before: Side, after: Side): Located[] {
  return findLosses(begin(before, after, { mayPass: false }), 'loosened')
}

/** A change, and its lines in both policies. */
export interface Located extends Pick<Loss, 'isOfWorkflow'> {
  change: PolicyChange
  places: Places
}

function begin(strict: Side, lax: Side, doubts: Doubts): Comparison {
  return createComparison(strict, lax, { ...doubts, areIgnored: ignoresDoubts(lax.policy) })
}

/** Loosenings first, the worst first; otherwise in the given order. */
function sortChanges(changes: PolicyChange[]): PolicyChange[] {
  const rank = ({ direction, severity }: PolicyChange) =>
    (direction === 'loosened' ? 0 : SEVERITIES.length) + SEVERITIES.indexOf(severity)
  return changes.sort((a, b) => rank(a) - rank(b))
}

function findLosses(comparison: Comparison, direction: PolicyChange['direction']): Located[] {
  const pairing = pairScopes(comparison)
  const isNew = findNewHosts(pairing)
  const losses = [
    ...compareScans(comparison, pairing),
    ...pairing.named.flatMap((pair) => compareRules(comparison, pair, { isNew })),
    ...compareCanaries(comparison, pairing),
    ...compareCapacity(comparison, pairing),
    ...compareTakeovers(comparison, pairing),
    ...compareSilence(comparison, pairing),
    ...compareExclusions(comparison),
    ...compareIgnored(comparison),
    ...compareRiskyAllowances(comparison),
    ...compareDocuments(comparison, pairing),
    ...compareCatalogues(comparison),
    ...compareUsual(comparison),
  ]
  return joinEnvironments(losses, direction).flatMap((same) => toChange(same, pairing, direction))
}

/** Joins the same loss in several environments, if it is reported at the same place. */
function joinEnvironments(losses: Loss[], direction: PolicyChange['direction']): Loss[][] {
  const groups = new Map<string, Loss[]>()
  for (const loss of losses) {
    const { environment: _environment, isEverywhere: _isEverywhere, places, ...meaning } = loss
    const key = JSON.stringify([meaning, locate(places, direction)])
    const group = groups.get(key)
    if (group) group.push(loss)
    else groups.set(key, [loss])
  }
  return [...groups.values()]
}

/** Parts that no environment changes. */
const OF_THE_WHOLE = new Set<Loss['part']>(['environments', 'catalogue'])

/** Whether a loss occurs only in some of the places where it could. */
function isLimited(same: Loss[], { named }: Pairing): boolean {
  if (same.some(({ part, isEverywhere }) => OF_THE_WHOLE.has(part) || isEverywhere)) return false
  return new Set(same.map(({ environment }) => environment)).size < named.length
}

function toChange(same: Loss[], pairing: Pairing, direction: PolicyChange['direction']): Located[] {
  const [{ part, severity, hosts, ports, places, isOfWorkflow, ...phrases }] = same as [Loss]
  const phrase = phrases[direction]
  if (phrase === undefined) return []
  const limited = isLimited(same, pairing)
  const environments = [...new Set(same.flatMap(({ environment }) => environment ?? []))]
  const isOutside = same.some(({ environment }) => environment === undefined)
  const where = limited ? `, ${sayScopes(environments, isOutside)}` : ''
  const change: PolicyChange = {
    direction,
    part,
    severity,
    ...(limited ? { environments } : {}),
    ...(hosts ? { hosts } : {}),
    ...(ports === undefined ? {} : { ports }),
    message: phrase + where,
    ...locate(places, direction),
  }
  return [{ change, places, ...(isOfWorkflow && { isOfWorkflow }) }]
}

function sayScopes(environments: string[], isOutside: boolean): string {
  const named = environments.length > 0 ? [`in ${listHosts(environments)}`] : []
  return joinWords([...named, ...(isOutside ? ['outside of the environments'] : [])])
}

/** A line of the policy after the change, or one that was taken out. */
function locate(
  places: Places,
  direction: PolicyChange['direction'],
): Pick<PolicyChange, 'place' | 'before'> {
  const [place, before] = direction === 'loosened' ? [places.lax, places.strict] : [places.strict, places.lax]
  return place ? { place } : before ? { before } : {}
}
