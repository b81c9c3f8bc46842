import type {
  Allowance,
  Denial,
  HostMatcher,
  HostResult,
  HostRule,
  Place,
  PlannedEndpoint,
} from '../model.ts'
import { matchesHost } from '../policy/hosts.ts'
import { inRanges } from '../policy/ports.ts'
import { findByAddress, indexRules, type RuleIndex } from '../policy/rule-index.ts'

/** Everything that the policy says of one address of one endpoint. */
export interface Rules {
  /** Those that match, least specific first. */
  matching: HostRule[]
  /** Allowances that hold today. */
  live: Allowance[]
  expired: Allowance[]
  denials: Denial[]
  /** The key that governs the host where no allowance or denial is at issue. */
  place?: Place
}

/** Gathers what holds for a host on a day: all entries that match add up. Each rule is read once, however many hosts it holds for. */
export function createGatherer(now: Date) {
  const known = new Map<HostRule, Held>()
  const holdingOf = (rule: HostRule) => {
    const held = known.get(rule) ?? sortOut(rule, now)
    known.set(rule, held)
    return held
  }
  return (planned: PlannedEndpoint, host: Pick<HostResult, 'address'>): Rules => {
    const matching = listMatching(planned, host)
    const held = matching.map(holdingOf)
    return {
      matching,
      live: join(held.map(({ live }) => live)),
      expired: join(held.map(({ expired }) => expired)),
      denials: join(matching.map(({ deny }) => deny)),
      place: matching.at(-1)?.place ?? planned.endpoint.place,
    }
  }
}

type Held = Pick<Rules, 'live' | 'expired'>

function sortOut({ allow }: HostRule, now: Date): Held {
  const isOver = allow.map((allowance) => hasExpired(allowance, now))
  return {
    live: allow.filter((_, index) => !isOver[index]),
    expired: allow.filter((_, index) => isOver[index]),
  }
}

/** All items of some lists; where only one list has any, it itself: thousands of hosts may share a long one. */
function join<T>(lists: T[][]): T[] {
  const [first = [], ...others] = lists.filter(({ length }) => length > 0)
  return others.length === 0 ? first : first.concat(...others)
}

/** The rules that match a host, least specific first. */
function listMatching(
  { endpoint, rules, addressRules = [] }: PlannedEndpoint,
  { address }: Pick<HostResult, 'address'>,
): HostRule[] {
  const name = endpoint.kind === 'name' ? endpoint.host : undefined
  // The sort is stable: at equal rank the environment's own comes after the top-level one, and governs.
  return [
    ...rules.filter(({ matcher }) => matchesHost(matcher, { name, address })),
    ...addressRules.flatMap((list) => findByAddress(indexOf(list), address)),
  ].sort((a, b) => rank(a.matcher) - rank(b.matcher))
}

/** Endpoints share these lists, so that each is indexed once. */
const indexes = new WeakMap<HostRule[], RuleIndex>()

function indexOf(rules: HostRule[]): RuleIndex {
  const index = indexes.get(rules) ?? indexRules(rules)
  indexes.set(rules, index)
  return index
}

/**
 * Tells which TCP ports must be open on a day on an address of an endpoint; empty: that of a name that has none yet. The scan
 * retries these, and the judge calls these missing. The rules of a day are read once.
 */
export function createRequirements(): (planned: PlannedEndpoint, address: string, now: Date) => number[] {
  let day = ''
  let gather = createGatherer(new Date(0))
  return (planned, address, now) => {
    const today = now.toISOString().slice(0, 10)
    if (today !== day) gather = createGatherer(now)
    day = today
    const required = gather(planned, { address }).live.filter((allowance) => allowance.required)
    if (required.length === 0) return []
    const ranges = required.flatMap(({ ports }) => ports)
    return planned.ports.filter((port) => inRanges(ranges, port))
  }
}

/** How specific a matcher is: an exact one, then the longest block, then the pattern with most literal labels. */
function rank(matcher: HostMatcher): number {
  switch (matcher.kind) {
    case 'name':
      return 2000
    case 'address':
      return 1999
    case 'cidr':
      return 1000 + Number(matcher.cidr.slice(matcher.cidr.lastIndexOf('/') + 1))
    case 'pattern':
      return matcher.pattern.split('.').filter((label) => /^[a-z0-9-]+$/.test(label)).length
  }
}

/** `expires` is the last day, in UTC, on which an allowance holds. */
export function hasExpired({ expires }: Allowance, now: Date): boolean {
  return expires !== undefined && expires < now.toISOString().slice(0, 10)
}

/** The allowances or denials that say something of a port. */
export function covering<T extends Allowance | Denial>(entries: T[], port: number): T[] {
  return entries.filter(({ ports }) => inRanges(ports, port))
}
