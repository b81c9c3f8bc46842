import type { ScanPlan } from './model.ts'
import { listRefused, type Scope } from './policy/scope.ts'
import { Unusable } from './unusable.ts'

/** Most hosts outside of the scope that are named one by one. */
const MOST_REFUSED = 20

/**
 * Lets nothing be looked up or probed as long as a plan names anything that may not be.
 *
 * @throws {Unusable} with all that it names, and where
 */
export function holdScope(plan: ScanPlan, scope: Scope): void {
  const refused = listRefused(plan, scope)
  if (refused.length === 0) return
  const lines = refused.slice(0, MOST_REFUSED).map(({ message, place }) => {
    return place ? `${place.file}:${place.line}:${place.column}: ${message}` : message
  })
  const left = refused.length - lines.length
  const more = left > 0 ? [`${left} more may not be probed.`] : []
  const hint = 'Nothing was sent. Add to `scope` what is yours to probe, or take it out of the policy.'
  throw new Unusable([...lines, ...more, hint])
}
