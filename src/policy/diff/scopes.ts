import type { Endpoint, Environment, HostRule, Place, Policy, Setting } from '../../model.ts'
import { concreteEndpoints } from '../endpoints.ts'
import type { Comparison, Places } from './loss.ts'

/** An environment, or what holds outside of any, with the rules that hold in it, the top-level ones first. */
export interface Scope {
  environment?: Environment
  endpoints: Endpoint[]
  rules: HostRule[]
}

/** Two scopes that are held against each other. */
export interface Pair {
  strict: Scope
  lax: Scope
  /** The environment; undefined for what holds outside of any. */
  name?: string
  /** Whether the environment is in both, so that what is scanned in it can be compared. */
  isKept: boolean
  /** One policy has environments, all of which are here, and the other has none and is held against each. */
  mixed?: Scope[]
}

/** Pairs what the policies scan: by environment, or everything of one that has none with each environment of the other. */
export function pairScopes(strict: Policy, lax: Policy): Pair[] {
  if ((strict.environments.length === 0) !== (lax.environments.length === 0)) return pairMixed(strict, lax)
  const outer = { isKept: true, strict: openScope(strict), lax: openScope(lax) }
  const others = new Map(strict.environments.map((environment) => [environment.name, environment]))
  const pairs = lax.environments.map((environment): Pair => {
    const other = others.get(environment.name)
    // What holds in an environment that is new is held against what would have held there.
    return {
      name: environment.name,
      isKept: other !== undefined,
      strict: other ? openScope(strict, other) : { ...outer.strict, endpoints: [] },
      lax: openScope(lax, environment),
    }
  })
  return [outer, ...pairs]
}

function pairMixed(strict: Policy, lax: Policy): Pair[] {
  const open = (policy: Policy) => policy.environments.map((environment) => openScope(policy, environment))
  const [one, other] = [open(strict), open(lax)]
  return [
    ...one.map((scope) => ({ ...describe(scope), strict: scope, lax: openScope(lax), mixed: one })),
    ...other.map((scope) => ({ ...describe(scope), strict: openScope(strict), lax: scope, mixed: other })),
  ]
}

function describe({ environment }: Scope) {
  return { name: environment?.name, isKept: true }
}

/** An environment of a policy, or what holds outside of any; that scans something only where there is none. */
function openScope(policy: Policy, environment?: Environment): Scope {
  const rules = [...policy.hosts, ...(environment?.hosts ?? [])]
  if (environment) return { environment, rules, endpoints: environment.endpoints ?? concreteEndpoints(rules) }
  return { rules, endpoints: policy.environments.length === 0 ? concreteEndpoints(rules) : [] }
}

/** Where a setting is made; where it is not, the endpoint that it is for. */
export function findPlaces(
  { strict, lax }: Comparison,
  pair: Pair,
  setting: Setting,
  endpoint?: Endpoint,
  by?: Endpoint,
): Places {
  return {
    strict: placeOfSetting(strict.policy, pair.strict, setting, endpoint) ?? endpoint?.place,
    lax: placeOfSetting(lax.policy, pair.lax, setting, by),
  }
}

function placeOfSetting(
  policy: Policy,
  { environment }: Scope,
  setting: Setting,
  endpoint?: Endpoint,
): Place | undefined {
  const own = endpoint && setting in endpoint.scan ? endpoint.place : undefined
  return own ?? environment?.places[setting] ?? policy.places[setting]
}
