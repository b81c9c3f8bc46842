import type { Diagnostic, ScanPlan } from '../model.ts'
import { count } from '../numbers.ts'
import { listRefused, type Scope } from '../policy/scope.ts'
import { Unusable } from '../unusable.ts'

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
  const problems: string[] = []
  const diagnostics: Diagnostic[] = []
  for (const { message, hint, place } of refused.slice(0, MOST_REFUSED)) {
    if (place) diagnostics.push({ code: 'out-of-scope', message, hint, place, source: '', width: 1 })
    else problems.push(`${message} (${hint})`)
  }
  if (refused.length > MOST_REFUSED)
    problems.unshift(`${refused.length} hosts may not be probed; these are the first ${MOST_REFUSED}:`)
  throw new Unusable(problems, diagnostics, `UNUSABLE: ${count(refused.length, 'host')} may not be probed`)
}
