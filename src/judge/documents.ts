import { listAllowed } from '../catalogue/allowed.ts'
import type { Catalogue } from '../catalogue/catalogue.ts'
import type { Allowance, CatalogueEntry, RiskyAllowances, Suggestion } from '../model.ts'
import { DAY_MS } from './days.ts'
import { isAtLeast } from './verdict.ts'

/** How far ahead a suggested `expires` lies, in days: long enough to be put right, and soon enough to be looked at again. */
const SUGGESTED_DAYS = 30

/** The worst risk that an allowance lets through, if that is bad enough to need documenting. */
export function findRisk(
  allowance: Pick<Allowance, 'ports' | 'service'>,
  { from }: RiskyAllowances,
  catalogue: Catalogue,
): CatalogueEntry | undefined {
  const worst = listAllowed(catalogue, allowance).reduce<CatalogueEntry | undefined>(
    (found, { entry }) => (found && isAtLeast(found.severity, entry.severity) ? found : entry),
    undefined,
  )
  return worst && isAtLeast(worst.severity, from) ? worst : undefined
}

/** What a new allowance has to carry, to be filled in: a `reason` of `TODO`. */
export function suggestDocuments(
  allowance: Pick<Allowance, 'ports' | 'service'>,
  demands: RiskyAllowances | undefined,
  catalogue: Catalogue,
  now: Date,
): Suggestion['documents'] {
  if (!demands || !findRisk(allowance, demands, catalogue)) return []
  const { need, maxDays } = demands
  const day = new Date(now.getTime() + Math.min(SUGGESTED_DAYS, maxDays ?? SUGGESTED_DAYS) * DAY_MS)
  const wanted = maxDays === undefined ? need : [...need, 'expires' as const]
  const expires = day.toISOString().slice(0, 10)
  return [...new Set(wanted)].map((key) => ({ key, value: key === 'expires' ? expires : 'TODO' }))
}
