import type { CatalogueOverride, HostRule, Place, Policy } from '../../model.ts'

/** A policy, and what it changes in the catalogue, be it in the policy or in a file of its own. */
export interface Layer {
  policy: Policy
  overrides: CatalogueOverride[]
}

/** A place in a floor as the policy has it that extends the floor. */
export function placeBelow(place: Place, extended: Place): Place {
  const { file, line, column } = extended
  return { file, line, column, floor: sourceOf(place) }
}

/** Where something is written, be it in a floor or not. */
export function sourceOf({ file, line, column, floor }: Place): NonNullable<Place['floor']> {
  return floor ?? { file, line, column }
}

/** The rules of a policy's own `hosts`, without those of its floors. */
export function ownRules({ hosts }: Pick<Policy, 'hosts'>): HostRule[] {
  return hosts.filter(({ place }) => place.floor === undefined)
}
