import type { Canary } from '../../model.ts'
import type { Comparison, Loss, Places, Side } from './loss.ts'
import { listProbedIn, type Probed, probeAny } from './probed.ts'
import { findPlaces, type Pairing, type Scope } from './scopes.ts'
import { listHosts } from './words.ts'

/**
 * Canaries that come or go. Either loosens: without one a machine that sees nothing is harder to notice, and a new one
 * ends the doubt about a run in which no host answers.
 */
export function compareCanaries(comparison: Comparison, { named, runs }: Pairing): Loss[] {
  const { strict, lax } = comparison
  const anyOf = (side: Side, scope: Scope): Watched[] => [probeAny(side, scope)]
  return [
    ...named.map((pair) => ({
      where: pair.where,
      before: anyOf(strict, pair.strict),
      after: anyOf(lax, pair.lax),
    })),
    ...runs.map((run) => ({
      where: run.where,
      before: listProbedIn(comparison, strict, run.strict),
      after: listProbedIn(comparison, lax, run.lax),
    })),
  ].flatMap(({ where, before, after }): Loss[] => {
    const [one, other] = [listCanaries(comparison, before), listCanaries(comparison, after)]
    const placesOf = (was: Watched | undefined, is: Watched | undefined): Places =>
      was && is ? findPlaces(comparison, 'canary', was, is) : {}
    return [
      ...without(one, other).map((found) => ({
        ...sayGone(found),
        ...where,
        places: placesOf(found, after[0]),
      })),
      ...without(other, one).map((found) => ({
        ...sayNew(found),
        ...where,
        places: placesOf(before[0], found),
      })),
    ]
  })
}

/** Something that may have a canary: an endpoint, or anything that a workflow may name. */
type Watched = Pick<Probed, 'scope' | 'endpoint' | 'settled'>

type Found = Watched & { canary: Canary }

const canariesOf = new WeakMap<Watched[], Map<string, Found>>()

function listCanaries(comparison: Comparison, all: Watched[]): Map<string, Found> {
  const known = canariesOf.get(all)
  if (known) return known
  comparison.spend(all.length)
  const found = new Map<string, Found>()
  for (const one of all) {
    const { canary } = one.settled.scan
    const key = canary && JSON.stringify([canary.host, canary.port, canary.isAnchored])
    if (key && !found.has(key)) found.set(key, { ...one, canary })
  }
  canariesOf.set(all, found)
  return found
}

function without(all: Map<string, Found>, others: Map<string, Found>): Found[] {
  return [...all].flatMap(([key, one]) => (others.has(key) ? [] : [one]))
}

type Said = Pick<Loss, 'part' | 'severity' | 'loosened'>

function sayGone({ canary }: Found): Said {
  const loosened = `removes ${name(canary)}: a machine that sees nothing is harder to notice`
  return { part: 'canary', severity: 'low', loosened }
}

function sayNew({ canary }: Found): Said {
  const loosened = `adds ${name(canary)}: a run in which no host answers passes while it is open`
  return { part: 'canary', severity: 'info', loosened }
}

function name({ host, port, isAnchored }: Canary): string {
  return `the \`canary\` ${listHosts([isAnchored ? `${host}.` : host])} (port ${port})`
}
