import type {
  Allowance,
  Denial,
  HostResult,
  HostRule,
  Place,
  PlannedEndpoint,
  RequiredPort,
} from '../model.ts'
import { covering } from '../policy/covering.ts'
import { listDenials } from '../policy/excepted.ts'
import { listMatching } from '../policy/matching.ts'
import { intersectRanges, listPorts, toRanges } from '../port-ranges.ts'

/** Everything that the policy says about one address of one endpoint. */
export interface Rules {
  /** Those that match, least specific first. */
  matching: HostRule[]
  /** Allowances that hold today, and those of them by which a port is required. */
  live: Allowance[]
  required: Allowance[]
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
    const matching = listMatching(planned, host.address)
    const held = matching.map(holdingOf)
    return {
      matching,
      live: join(held.map(({ live }) => live)),
      required: join(held.map(({ required }) => required)),
      expired: join(held.map(({ expired }) => expired)),
      denials: join(matching.map((rule) => listDenials(rule, { ...nameOf(planned), address: host.address }))),
      // A rule of a floor is for many hosts.
      place: matching.findLast(({ place }) => !place.floor)?.place ?? planned.endpoint.place,
    }
  }
}

function nameOf({ endpoint: { kind, host } }: PlannedEndpoint): { name?: string } {
  return kind === 'name' ? { name: host } : {}
}

type Held = Pick<Rules, 'live' | 'required' | 'expired'>

function sortOut({ allow }: HostRule, now: Date): Held {
  const isOver = allow.map((allowance) => hasExpired(allowance, now))
  const holding = allow.filter((_, index) => !isOver[index])
  return {
    live: holding.filter(({ requiresOnly }) => !requiresOnly),
    required: holding.filter(({ required }) => required),
    expired: allow.filter(({ requiresOnly }, index) => isOver[index] && !requiresOnly),
  }
}

/** All items of some lists. If only one list has any, that list itself is returned: thousands of hosts may share a long one. */
function join<T>(lists: T[][]): T[] {
  const [first = [], ...others] = lists.filter(({ length }) => length > 0)
  return others.length === 0 ? first : first.concat(...others)
}

/**
 * Tells which TCP ports must be open on a day on an address of an endpoint; empty: that of a name that has none yet. The scan
 * retries these, and the judge calls these missing. The rules of a day are read once.
 */
export function createRequirements(): (
  planned: PlannedEndpoint,
  address: string,
  now: Date,
) => RequiredPort[] {
  let day = ''
  let gather = createGatherer(new Date(0))
  return (planned, address, now) => {
    const today = now.toISOString().slice(0, 10)
    if (today !== day) gather = createGatherer(now)
    day = today
    const { live, required } = gather(planned, { address })
    if (required.length === 0) return []
    const ranges = intersectRanges(
      required.flatMap(({ ports }) => ports),
      toRanges(planned.ports),
    )
    return listPorts(ranges).map((port) => ({
      port,
      services: planned.scan.identify ? listWanted(covering(live, port)) : [],
    }))
  }
}

/** The services that the allowances of a port want there; none where one of them takes anything. */
export function listWanted(live: Allowance[]): string[] {
  const wanted = live.map(({ service }) => service)
  return wanted.includes(undefined) ? [] : [...new Set(wanted.filter((service) => service !== undefined))]
}

/** `expires` is the last day, in UTC, on which an allowance holds. */
export function hasExpired({ expires }: Allowance, now: Date): boolean {
  return expires !== undefined && expires < now.toISOString().slice(0, 10)
}
