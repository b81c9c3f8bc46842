import type { Endpoint, Environment, HostRule, Policy } from '../model.ts'
import { concreteEndpoints } from './endpoints.ts'

/** A set of endpoints with the rules and settings that hold for it: an environment, or the policy without any. */
export interface Scope {
  environment?: Environment
  endpoints: Endpoint[]
  /** The rules of the top level, and those of the environment where it has any. */
  levels: HostRule[][]
}

/** What a run that names neither an environment nor endpoints judges. A generator: there may be very many. */
export function* listScopes(policy: Policy, environments = policy.environments): Generator<Scope> {
  const concrete = concreteEndpoints(policy.hosts)
  if (policy.environments.length === 0) yield { endpoints: concrete, levels: [policy.hosts] }
  const hosts = new Set(concrete.map(({ host }) => host))
  for (const environment of environments) {
    const own = concreteEndpoints(environment.hosts).filter(({ host }) => !hosts.has(host))
    yield {
      environment,
      endpoints: environment.endpoints ?? (own.length > 0 ? [...concrete, ...own] : concrete),
      levels: environment.hosts.length > 0 ? [policy.hosts, environment.hosts] : [policy.hosts],
    }
  }
}

/**
 * The policy's own name of an environment that is deployed to: GitHub takes `Production` and `production` for the same.
 */
export function findEnvironment({ environments }: Policy, deploysTo: string | undefined): string | undefined {
  const names = environments.map(({ name }) => name)
  if (deploysTo === undefined || names.includes(deploysTo)) return deploysTo
  return names.find((name) => name.toLowerCase() === deploysTo.toLowerCase())
}
