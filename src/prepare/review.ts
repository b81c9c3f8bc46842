import type { Review } from '../judge/review.ts'
import type { Endpoint, Place, PolicyChange } from '../model.ts'
import type { Doubts } from '../policy/diff/doubts.ts'
import { TooLarge } from '../policy/diff/loss.ts'
import { parseHostKey } from '../policy/hosts.ts'
import { mayHold } from '../policy/plan.ts'
import { Unreadable, Unusable } from '../unusable.ts'
import { type Loaded, loadBaseline } from './load.ts'
import type { Request } from './options.ts'
import { readBefore, readSide, type Sides } from './sides.ts'

/** What a workflow says in addition to its policy, as far as that is known. */
interface Workflow {
  /** Endpoints that are given: without a policy the built-in baseline holds for them. Undefined: nobody knows. */
  endpoints?: readonly Endpoint[]
  doubts: Doubts
}

/** If the workflow's setting is unknown, assume the worse. */
export const ANY_WORKFLOW: Workflow = { doubts: { mayPass: true } }

/**
 * What a change does to the policy. Whatever is wrong with either side is part of the answer: a review never stops a
 * scan.
 *
 * @param file the policy that the user names, from the root
 */
export async function reviewPolicy(
  { from, to }: Sides,
  file: string | undefined,
  { endpoints, failOnLoosening: failOn, onDoubt = 'fail' }: Request,
): Promise<Review> {
  const said: Pick<Review, 'failOn' | 'onDoubt' | 'file'> = { failOn, onDoubt }
  try {
    const after = await readSide(to, file)
    if (after && !(after instanceof Unusable)) said.file = after.policy.file
    const before = await readBefore(from, file)
    const workflow: Workflow = { endpoints, doubts: { mayPass: onDoubt === 'warn' } }
    const changes =
      after instanceof Unusable ? [sayUnusable(after)] : await comparePolicies(before, after, workflow)
    return { changes, ...said }
  } catch (error) {
    if (error instanceof Unreadable) return { changes: [], problem: error.message, ...said }
    if (error instanceof TooLarge) return { changes: [], problem: `${error.message}.`, ...said }
    throw error
  }
}

/**
 * What changes from one policy to another, either of which may not be there.
 *
 * @throws {TooLarge} where it would take too long to compare them
 */
export async function comparePolicies(
  before: Loaded | undefined,
  after: Loaded | undefined,
  { endpoints, doubts }: Workflow,
): Promise<PolicyChange[]> {
  // Loaded here, so that a run without a change of the policy starts without it.
  const { diffPolicies } = await import('../policy/diff/diff.ts')
  if (before && after) return diffPolicies(before, after, doubts)
  if (!after) return before ? [sayRemoved(before, endpoints && endpoints.length > 0)] : []
  const added: PolicyChange = {
    direction: 'tightened',
    part: 'policy',
    severity: 'critical',
    message: 'adds a policy where there was none that could be used',
    place: topOf(after),
  }
  // Where nothing was judged, nothing is loosened; endpoints that a workflow names were judged by the built-in
  // baseline.
  if (!endpoints || endpoints.length === 0) return [added]
  const loosened = diffPolicies(loadBaseline(), after, doubts).filter(
    (change) => change.direction === 'loosened' && isAbout(change, endpoints),
  )
  return [...loosened, added]
}

/** Whether a change may concern one of some endpoints. */
function isAbout({ hosts }: PolicyChange, endpoints: readonly Endpoint[]): boolean {
  const matchers = hosts?.flatMap((host) => parseHostKey(host).value ?? [])
  return !matchers || endpoints.some((endpoint) => matchers.some((matcher) => mayHold({ matcher }, endpoint)))
}

function sayRemoved(before: Loaded, hasEndpoints: boolean | undefined): PolicyChange {
  const nothing = 'nothing is scanned without one'
  const baseline = 'the built-in `web` baseline applies in its place'
  const left =
    hasEndpoints === undefined
      ? `${nothing}, and where a workflow names endpoints, ${baseline}`
      : hasEndpoints
        ? baseline
        : nothing
  const message = `removes the policy: ${left}`
  return { direction: 'loosened', part: 'policy', severity: 'critical', message, before: topOf(before) }
}

function sayUnusable({ message: why, diagnostics }: Unusable): PolicyChange {
  const place = diagnostics[0]?.place
  const [first = ''] = diagnostics.map(({ message }) => message)
  const more = diagnostics.length > 1 ? ` (and ${diagnostics.length - 1} more problems)` : ''
  const message = `leaves a policy that cannot be used: ${(first || why).replace(/\.$/, '')}${more}`
  return { direction: 'loosened', part: 'policy', severity: 'critical', message, ...(place ? { place } : {}) }
}

function topOf({ policy: { file } }: Loaded): Place {
  return { file, line: 1, column: 1 }
}
