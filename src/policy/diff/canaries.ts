import type { Canary, Endpoint } from '../../model.ts'
import { settle } from '../plan.ts'
import type { Comparison, Loss, Side } from './loss.ts'
import { findPlaces, type Named, type Pairing, type Scope } from './scopes.ts'
import { listHosts } from './words.ts'

/**
 * Canaries that come or go. Either loosens: without one a machine that sees nothing is harder to tell, and a new one
 * ends the doubt about a run in which no host answers.
 */
export function compareCanaries(comparison: Comparison, { named }: Pairing): Loss[] {
  return named.flatMap((pair) => {
    comparison.spend(pair.strict.endpoints.length + pair.lax.endpoints.length)
    const before = listCanaries(comparison.strict, pair.strict)
    const after = listCanaries(comparison.lax, pair.lax)
    return [
      ...without(before, after).map((one) => sayChanged(comparison, pair, one, 'gone')),
      ...without(after, before).map((one) => sayChanged(comparison, pair, one, 'new')),
    ]
  })
}

/** A canary with one of the endpoints that have it; undefined for those that a workflow names. */
interface Found {
  canary: Canary
  endpoint?: Endpoint
}

function listCanaries({ policy }: Side, { environment, endpoints }: Scope): Map<string, Found> {
  const found = new Map<string, Found>()
  for (const endpoint of [undefined, ...endpoints]) {
    const { canary } = settle(policy, environment, endpoint).scan
    const key = canary && JSON.stringify([canary.host, canary.port])
    if (key && !found.has(key)) found.set(key, { canary, ...(endpoint ? { endpoint } : {}) })
  }
  return found
}

function without(all: Map<string, Found>, others: Map<string, Found>): Found[] {
  return [...all].flatMap(([key, one]) => (others.has(key) ? [] : [one]))
}

function sayChanged(
  comparison: Comparison,
  { name, strict, lax }: Named,
  { canary: { host, port }, endpoint }: Found,
  what: 'gone' | 'new',
): Loss {
  const canary = `the \`canary\` ${listHosts([host])} (port ${port})`
  const [before, after] = [{ scope: strict }, { scope: lax }]
  return {
    part: 'canary',
    ...(what === 'gone'
      ? {
          severity: 'low',
          loosened: `takes ${canary} out: a vantage that sees nothing is harder to tell`,
          places: findPlaces(comparison, 'canary', { ...before, endpoint }, after),
        }
      : {
          severity: 'info',
          loosened: `adds ${canary}: a run in which no host answers passes while it is open`,
          places: findPlaces(comparison, 'canary', before, { ...after, endpoint }),
        }),
    ...(name === undefined ? {} : { environment: name }),
  }
}
