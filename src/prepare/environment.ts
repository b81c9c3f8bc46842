import type { Policy } from '../model.ts'
import { findEnvironment } from '../policy/environments.ts'
import { quote } from '../policy/problem.ts'

/** What names an environment: the user, or else the event, if it deploys to one. */
export interface EnvironmentNames {
  asked: string | undefined
  deploysTo: string | undefined
}

/**
 * The environment to scan, as the policy writes it; undefined for all of them. A name that the user asks for and the policy does
 * not have stays as it is, and the plan refuses it.
 */
export function chooseEnvironment(
  policy: Policy,
  { asked, deploysTo }: EnvironmentNames,
): string | undefined {
  const named = asked && (findEnvironment(policy, asked) ?? asked)
  return named ?? findEnvironment(policy, deploysTo)
}

/**
 * The sentence for an event that deploys to an environment that the policy does not have: the run might be taken for that
 * environment's gate.
 */
export function explainUnknownEnvironment(
  policy: Policy,
  { asked, deploysTo }: EnvironmentNames,
): string | undefined {
  if (asked !== undefined || deploysTo === undefined || findEnvironment(policy, deploysTo)) return undefined
  const all = policy.environments.length > 0 ? 'all of its environments are checked' : 'it has none'
  return `The event deploys to ${quote(deploysTo)}, an environment that ${policy.file} does not have: ${all}.`
}
