import type { Catalogue } from '../../catalogue/catalogue.ts'
import type { Place, Policy, PolicyPart, Severity } from '../../model.ts'
import type { Doubts } from './doubts.ts'

/** A policy with the catalogue that it changes. */
export interface Side {
  policy: Policy
  catalogue: Catalogue
}

/** Something that one policy asks for and the other does not: read in one direction a loosening, in the other a tightening. */
export interface Loss extends Where {
  part: PolicyPart
  severity: Severity
  /** What a change that loses it does, and one that brings it: `no longer denies 23 on …` and `denies 23 on …`. */
  loosened: string
  /** Absent where a change that brings it asks for no more than before. */
  tightened?: string
  /** Whom it is about, as the policy writes them. */
  hosts?: string[]
  /** As ranges. */
  ports?: string
  /** It concerns endpoints that a workflow may name, and none of the policy's own. */
  isOfWorkflow?: true
  places: Places
}

/** Where something is lost: in an environment, or everywhere. */
export interface Where {
  /** The environment; undefined outside of any. */
  environment?: string
  /** It is limited to no environment, whatever there are. */
  isEverywhere?: true
}

/** Where the stricter of the two policies says it, and where the laxer one does. */
export interface Places {
  strict?: Place
  lax?: Place
}

/** The comparison would take too long. Policies may come from strangers. */
export class TooLarge extends Error {
  override name = 'TooLarge'
}

/** Most steps of a comparison, of about a microsecond each. */
const MOST_STEPS = 2_500_000

const TOO_LARGE =
  'the policies are too large to be compared: patterns and blocks say in one line what holds for many hosts'

/** A comparison of two policies, and the steps that it may still take. */
export interface Comparison {
  strict: Side
  lax: Side
  doubts: Doubts
  /** @throws {TooLarge} */
  spend(steps: number): void
}

/** Starts the search for what the first policy has and the second lacks. */
export function createComparison(strict: Side, lax: Side, doubts: Doubts): Comparison {
  let left = MOST_STEPS
  return {
    strict,
    lax,
    doubts,
    spend: (steps) => {
      left -= steps
      if (left < 0) throw new TooLarge(TOO_LARGE)
    },
  }
}
