/** Which options a plan freezes, and which steps after it take. */
import { quote } from '../../policy/problem.ts'
import type { PlanFile } from '../../shards/plan-file.ts'
import { Unusable } from '../../unusable.ts'
import type { Options } from '../options.ts'

/** Options that, with the policy, decide what is scanned and how it is judged. */
const FROZEN = [
  'environment',
  'endpoints',
  'ports',
  'ip',
  'fail-on',
  'on-doubt',
  'fail-on-loosening',
  'mode',
  'max-rate',
  'time-limit',
  'identify',
] as const satisfies (keyof Options)[]

/** Options that make no sense with a plan, and what to do instead. */
const WITHOUT_PLAN: Partial<Record<keyof Options, string>> = {
  wait: 'wait before the plan is written',
  results: 'they are judged without a plan',
  'results-cover': 'results are judged without a plan',
}

/** Inputs that the action always has: their defaults ask for nothing. */
const DEFAULTS: Partial<Record<keyof Options, string>> = { mode: 'enforce', 'fail-on-loosening': 'never' }

/** Options as a plan keeps them. @param environment the one that is scanned */
export function freezeOptions(options: Options, environment: string | undefined): PlanFile['options'] {
  const frozen: PlanFile['options'] = {}
  for (const name of FROZEN) {
    const value = options[name]
    if (isGiven(value)) frozen[name] = value
  }
  if (environment !== undefined) frozen.environment = environment
  return frozen
}

function isGiven(value: string | string[] | undefined): value is string | string[] {
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value.trim() !== ''
}

/** @throws {Unusable} for options that make no sense when a plan is written or followed */
export function refuseWithPlan(options: Options, more: (keyof Options)[] = []): void {
  const problems = Object.entries(WITHOUT_PLAN).flatMap(([name, why]) =>
    isGiven(options[name as keyof Options]) ? [`${name}: it cannot be combined with a plan: ${why}`] : [],
  )
  for (const name of more) if (isGiven(options[name])) problems.push(`${name}: it has no effect here`)
  if (problems.length > 0) throw new Unusable(problems)
}

/**
 * Refuses options that differ from the plan, which would have no effect. Repeating what it says does no harm.
 *
 * @throws {Unusable} with all of them
 */
export function holdToPlan(options: Options, { options: frozen, policy }: PlanFile): void {
  const problems: string[] = FROZEN.flatMap((name) => {
    const value = options[name]
    if (!isGiven(value) || value === DEFAULTS[name]) return []
    const isSame =
      JSON.stringify([value].flat().sort()) === JSON.stringify([frozen[name] ?? []].flat().sort())
    return isSame ? [] : [sayFrozen(name)]
  })
  const { policy: asked } = options
  const [file] = policy.files
  if (isGiven(asked) && file?.path !== asked && file?.name !== asked) problems.push(sayFrozen('policy'))
  if (problems.length > 0) throw new Unusable(problems)
}

function sayFrozen(name: string): string {
  return `${name}: the plan says otherwise, and the plan applies: give ${quote(name)} to \`portgate plan\``
}
