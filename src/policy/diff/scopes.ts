import type { Endpoint, Environment, HostRule, Place, Policy, Setting } from '../../model.ts'
import { listScopes } from '../environments.ts'
import type { Comparison, Places, Side, Where } from './loss.ts'

/** An environment, or a policy without any, with the rules that hold in it, the top-level ones first. */
export interface Scope {
  environment?: Environment
  endpoints: Endpoint[]
  rules: HostRule[]
}

/** What judges the endpoints that a workflow names, before and after: under the name of an environment, or under none. */
export interface Named {
  where: Where
  strict: Scope
  lax: Scope
}

/** A scope of the first policy, and what of the second judges its endpoints. */
interface Scanned {
  where: Where
  strict: Scope
  lax: Scope[]
}

/** An environment that only the second policy has: deployments to it were judged by everything. */
interface Takeover {
  environment: Environment
  scope: Scope
  from: Scope[]
}

/** What a run scans that names no endpoints: without the name of an environment, or by one. */
interface Run {
  where: Where
  strict: Scope[]
  lax: Scope[]
}

/** Everything that two policies can judge, paired by how a run comes to it. */
export interface Pairing {
  named: Named[]
  scanned: Scanned[]
  takeovers: Takeover[]
  runs: Run[]
  /** Environments of the first policy that the second, which has others, lacks. */
  removed: Environment[]
}

/**
 * Pairs what two policies judge by. A run comes to it without a name or by the name of an environment, which an input or
 * a deployment gives; and it scans the policy's own endpoints, or those that a workflow names.
 */
export function pairScopes(comparison: Comparison): Pairing {
  const strict = comparison.strict.policy
  const { all: own, outer, byName: before } = openOnce(comparison, comparison.strict)
  const { all: others, outer: otherOuter, byName: after } = openOnce(comparison, comparison.lax)
  const isKept = ({ name }: Environment) => after.size === 0 || after.has(keyOf(name))
  const added = others.filter(({ environment }) => environment && !before.has(keyOf(environment.name)))
  const names = [
    ...strict.environments.filter(isKept),
    ...added.flatMap(({ environment }) => environment ?? []),
  ]
  const isMixed = strict.environments.length === 0 && after.size > 0
  return {
    named: [
      { where: {}, strict: outer, lax: otherOuter },
      ...names.map(({ name }) => ({
        where: { environment: name },
        strict: before.get(keyOf(name))?.[0] ?? outer,
        lax: after.get(keyOf(name))?.[0] ?? otherOuter,
      })),
    ],
    scanned: own.flatMap((scope): Scanned[] => {
      const { environment } = scope
      if (!environment) return [{ where: isMixed ? EVERYWHERE : {}, strict: scope, lax: others }]
      if (!isKept(environment)) return []
      const lax = after.get(keyOf(environment.name)) ?? others
      return [{ where: { environment: environment.name }, strict: scope, lax }]
    }),
    takeovers: added.flatMap((scope): Takeover[] => {
      const { environment } = scope
      return environment ? [{ environment, scope, from: own }] : []
    }),
    runs: [
      { where: EVERYWHERE, strict: own, lax: others },
      ...names.map(({ name }) => ({
        where: { environment: name },
        strict: before.get(keyOf(name)) ?? own,
        lax: after.get(keyOf(name)) ?? others,
      })),
    ],
    removed: strict.environments.filter((environment) => !isKept(environment)),
  }
}

/** What holds for the whole run, or for what an environment of the other policy also scans. */
const EVERYWHERE: Where = { isEverywhere: true }

/** To GitHub, `Production` and `production` are the same environment. */
function keyOf(name: string): string {
  return name.toLowerCase()
}

/** What one policy judges by. */
interface Scopes {
  all: Scope[]
  /** What judges the endpoints that a workflow names without an environment. */
  outer: Scope
  /** That of each environment, as a list of one. */
  byName: Map<string, [Scope]>
}

const opened = new WeakMap<Side, Scopes>()

/** Both directions of a comparison share the scopes of a policy, and all that is worked out for them. */
function openOnce(comparison: Comparison, side: Side): Scopes {
  const known = opened.get(side)
  if (known) return known
  const all = openScopes(comparison, side.policy)
  const byName = new Map(
    all.flatMap((scope): [string, [Scope]][] =>
      scope.environment ? [[keyOf(scope.environment.name), [scope]]] : [],
    ),
  )
  const scopes = { all, outer: { endpoints: [], rules: side.policy.hosts }, byName }
  opened.set(side, scopes)
  return scopes
}

/** The cost of one environment in steps, for its time and memory: some thousands can be compared. */
const STEPS_A_SCOPE = 250

function openScopes(comparison: Comparison, policy: Policy): Scope[] {
  const scopes: Scope[] = []
  for (const { levels, ...scope } of listScopes(policy)) {
    const [top = [], ...own] = levels
    comparison.spend(STEPS_A_SCOPE + scope.endpoints.length + (own.length > 0 ? top.length : 0))
    // Where an environment has no rules of its own, it shares those of the top level.
    scopes.push({ ...scope, rules: own.length > 0 ? levels.flat() : top })
  }
  return scopes
}

/** Where a setting is made; where it is not, the endpoint that it is for. */
export function findPlaces(
  { strict, lax }: Comparison,
  setting: Setting,
  before: { scope: Scope; endpoint?: Endpoint },
  after: { scope: Scope; endpoint?: Endpoint },
): Places {
  return {
    strict: placeOfSetting(strict.policy, before.scope, setting, before.endpoint) ?? before.endpoint?.place,
    lax: placeOfSetting(lax.policy, after.scope, setting, after.endpoint),
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
