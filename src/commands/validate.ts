import type { Diagnostic, FloorFile } from '../model.ts'
import { count } from '../numbers.ts'
import { formatDiagnostic } from '../policy/diagnostics.ts'
import { findRemarks } from '../policy/remarks.ts'
import { type Options, parseOptions } from '../prepare/options.ts'
import { planScan } from '../prepare/plan.ts'
import { loadPolicy, type PolicySource } from '../prepare/policy.ts'
import { formatFloor } from '../report/coverage.ts'

/** What is to be said of a policy that is valid. */
export interface Validated {
  /** How many endpoints it names; 0 where they come with the run. */
  endpoints: number
  /** The floors under the policy, the nearest first. */
  floors: FloorFile[]
  /** What is worth a look, but not a mistake. */
  notes: Diagnostic[]
}

/**
 * Reads and checks the policy and the other options, without a scan.
 *
 * @throws {Unusable} where any of it cannot be used
 */
export async function validate(
  options: Options,
  { deploysTo, ...source }: Pick<PolicySource, 'root' | 'tree'> & { deploysTo?: string },
): Promise<Validated> {
  const request = parseOptions(options)
  const loaded = await loadPolicy(request, source)
  const { plan, missing } = planScan(request, loaded, deploysTo)
  const { floors = [] } = loaded.policy
  return { endpoints: plan.endpoints.length, floors, notes: [...missing, ...findRemarks(loaded.policy)] }
}

/** The same for people: a sentence, and each note with its place. */
export function sayValid({ endpoints, floors, notes }: Validated): string {
  const named = endpoints === 0 ? 'no endpoints' : count(endpoints, 'endpoint')
  return [
    `The policy is valid; it names ${named}.`,
    ...floors.map(
      (floor) => `It keeps to its floor: ${formatFloor(floor)} (SHA-256 ${floor.hash.slice(0, 12)}…).`,
    ),
    ...notes.map((note) => formatDiagnostic({ ...note, code: `note: ${note.code}` })),
  ].join('\n')
}
