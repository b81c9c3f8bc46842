import type {
  CatalogueOverride,
  Environment,
  HostRule,
  Place,
  Policy,
  RiskyAllowances,
  ScanSettings,
  Setting,
} from '../../model.ts'
import { type Layer, placeBelow } from './layer.ts'

/** A policy with its floor under it, in two ways that are compared. */
export interface Merged {
  /** What the run is judged by: the policy's own values where it has any, and all that the floor adds. */
  merged: Layer
  /** The least that the floor demands of it: its hosts, environments and endpoints, judged by the floor's settings and catalogue. */
  required: Layer
}

/**
 * Puts a floor under the policy that extends it. The floor's rules join the policy's own, since all rules that match add up and deny
 * wins.
 */
export function mergeFloor(floor: Layer, own: Layer, extended: Place): Merged {
  const moved = moveBelow(floor.policy, extended)
  const { policy } = own
  // One list for both, so that comparing them shows at once that they are the same.
  const hosts = [...moved.hosts, ...policy.hosts]
  const merged: Policy = {
    ...policy,
    ...pickJudging({ ...pickJudging(moved), ...pickJudging(policy) }),
    hosts,
    exclude: [...moved.exclude, ...policy.exclude],
    ignore: [...moved.ignore, ...policy.ignore],
    scan: { ...moved.scan, ...policy.scan },
    ...mergeRisky(moved.riskyAllowances, policy.riskyAllowances),
    places: { ...moved.places, ...policy.places },
  }
  const { riskyAllowances: _risky, failOn: _failOn, onDoubt: _onDoubt, ...bare } = policy
  const isFree = (setting: string) => FREE.has(setting as Setting) && !(setting in moved.scan)
  const required: Policy = {
    ...bare,
    ...pickJudging(moved),
    hosts,
    environments: policy.environments.map((environment) => bareEnvironment(environment, isFree)),
    exclude: moved.exclude,
    ignore: moved.ignore,
    scan: { ...moved.scan, ...keep(policy.scan, isFree) },
    ...mergeRisky(moved.riskyAllowances),
    places: { ...moved.places, ...keep(policy.places, isFree) },
  }
  const overrides = floor.overrides.map((override) => moveOverride(override, extended))
  const all = mergeCatalogues(overrides, own.overrides)
  return {
    merged: { policy: { ...merged, catalogue: all }, overrides: all },
    required: { policy: { ...required, catalogue: overrides }, overrides },
  }
}

/**
 * Settings for which a floor that omits them demands nothing. Ports that it denies or requires are probed in any case, and
 * a canary says which host is known to be open. For all others the defaults count: `fail-on: never` would undo any denial.
 */
const FREE: ReadonlySet<Setting> = new Set(['ports', 'canary'])

function bareEnvironment(environment: Environment, isFree: (setting: string) => boolean): Environment {
  const { failOn: _failOn, onDoubt: _onDoubt, endpoints, scan, places, ...rest } = environment
  const bare = endpoints?.map((endpoint) => ({ ...endpoint, scan: keep(endpoint.scan, isFree) }))
  return { ...rest, ...(bare && { endpoints: bare }), scan: keep(scan, isFree), places: keep(places, isFree) }
}

function keep<T extends Partial<ScanSettings> | Policy['places']>(
  settings: T,
  isKept: (setting: string) => boolean,
): T {
  return Object.fromEntries(Object.entries(settings).filter(([setting]) => isKept(setting))) as T
}

function pickJudging({ failOn, onDoubt }: Pick<Policy, 'failOn' | 'onDoubt'>) {
  return { ...(failOn && { failOn }), ...(onDoubt && { onDoubt }) }
}

/** Required details add up; for the rest, the policy's own value counts, and is compared with the floor's. */
function mergeRisky(
  floor: RiskyAllowances | undefined,
  own?: RiskyAllowances,
): Pick<Policy, 'riskyAllowances'> {
  if (!floor || !own) return floor || own ? { riskyAllowances: (own ?? floor) as RiskyAllowances } : {}
  const maxDays = own.maxDays ?? floor.maxDays
  return {
    riskyAllowances: {
      from: own.from,
      need: [...new Set([...floor.need, ...own.need])],
      ...(maxDays === undefined ? {} : { maxDays }),
    },
  }
}

/**
 * The changes of both, by ascending port. For a port that both have, the floor's entry counts, except for the severity: the policy's
 * own is compared with the floor's.
 */
function mergeCatalogues(floor: CatalogueOverride[], own: CatalogueOverride[]): CatalogueOverride[] {
  const merged = new Map(floor.map((override) => [override.port, override]))
  for (const override of own) {
    const { severity, place } = override
    const said = { ...(severity && { severity }), ...(place && { place }) }
    merged.set(override.port, { ...override, ...merged.get(override.port), ...said })
  }
  return [...merged.values()].sort((a, b) => a.port - b.port)
}

function moveOverride(override: CatalogueOverride, extended: Place): CatalogueOverride {
  return override.place ? { ...override, place: placeBelow(override.place, extended) } : override
}

/** A floor as it stands in the policy that extends it: all places are below its `extends`. */
function moveBelow(floor: Policy, extended: Place): Policy {
  const move = <T extends { place: Place }>(one: T): T => ({ ...one, place: placeBelow(one.place, extended) })
  const moveRule = (rule: HostRule): HostRule => ({
    ...move(rule),
    allow: rule.allow.map(move),
    deny: rule.deny.map(move),
  })
  return {
    ...floor,
    hosts: floor.hosts.map(moveRule),
    exclude: floor.exclude.map(move),
    ignore: floor.ignore.map(move),
    places: Object.fromEntries(
      Object.entries(floor.places).map(([setting, place]) => [setting, placeBelow(place, extended)]),
    ),
  }
}
