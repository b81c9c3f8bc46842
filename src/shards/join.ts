/** Joins the reports of shards to the result of one scan over the whole plan. */
import { hasAnswered } from '../judge/host.ts'
import type {
  CanaryResult,
  Excluded,
  HostResult,
  PlannedEndpoint,
  PortRange,
  Reason,
  ScanPlan,
  ScanResult,
  Unseen,
} from '../model.ts'
import { intersectRanges, subtractRanges, toRanges } from '../port-ranges.ts'
import { findDisagreements } from './disagree.ts'
import { joinHost } from './join-host.ts'
import { createMissing, type NoteMissing } from './missing.ts'
import { keyOf, listCovered } from './outside.ts'
import type { CutPlan } from './part.ts'
import type { ShardReport } from './shard-file.ts'

/** A plan that is cut, and what else it knows. */
export interface FrozenPlan extends CutPlan {
  /** Names that had no address, or not all, when the plan was written. */
  unresolved: Unseen[]
  /** The search domain through which an endpoint was found. */
  searchDomainOf(planned: PlannedEndpoint): string | undefined
  excludes(address: string): boolean
  createdAt: Date
}

/** The newest report of a shard, and those before it, newest first. */
export type Attempts = [newest: ShardReport, ...older: ShardReport[]]

/**
 * The result of one scan over the plan. Each pair of it that no report covers is `unknown` (`missing-shard`).
 *
 * @param reports the attempts of each shard that has any; each report fits its part
 */
export function joinShards(frozen: FrozenPlan, reports: ReadonlyMap<number, Attempts>): ScanResult {
  const newest = [...reports.values()].map(([report]) => report).sort((a, b) => a.index - b.index)
  const missing = createMissing(frozen.shares.length)
  const { hosts, unseen, excluded } = joinHosts(frozen, newest, missing.note)
  const scans = newest.map(({ scan }) => scan)
  const times = (key: 'startedAt' | 'finishedAt') =>
    scans.length > 0 ? scans.map((scan) => scan[key].getTime()) : [frozen.createdAt.getTime()]
  const stopped = scans.find((scan) => scan.stopped)?.stopped
  const vantage = scans[0]?.vantage
  return {
    hosts,
    unseen: [...frozen.unresolved, ...unseen],
    ...(excluded.length > 0 ? { excluded } : {}),
    canaries: joinCanaries(frozen.plan, newest),
    ...(vantage ? { vantage } : {}),
    shards: {
      missing: missing.list(),
      blind: findBlind(newest),
      used: [...reports.values()]
        .sort(([a], [b]) => a.index - b.index)
        .map(([report, ...older]) => ({
          index: report.index,
          attempt: report.attempt,
          startedAt: report.scan.startedAt.toISOString(),
          finishedAt: report.scan.finishedAt.toISOString(),
          vantage: report.scan.vantage as NonNullable<ScanResult['vantage']>,
          disagrees: findDisagreements(report, older),
        })),
    },
    ...(stopped ? { stopped } : {}),
    probes: scans.reduce((sum, { probes }) => sum + probes, 0),
    startedAt: new Date(Math.min(...times('startedAt'))),
    finishedAt: new Date(Math.max(...times('finishedAt'))),
  }
}

/** What a shard has said of an address. */
interface Said {
  hosts: Map<string, HostResult>
  noRoute: Map<string, Unseen>
  noHosts: Set<string>
}

function joinHosts(
  { plan, shares, excludes, searchDomainOf }: FrozenPlan,
  newest: ShardReport[],
  note: NoteMissing,
) {
  const said = new Map(newest.map(({ index, scan }) => [index, listSaid(scan)]))
  const holders = listHolders(shares)
  const rank = rankAddresses(plan)
  const rangesOf = new Map<readonly number[], PortRange[]>()
  const hosts: HostResult[] = []
  const unseen: Unseen[] = []
  const excluded: Excluded[] = []
  for (const planned of plan.endpoints) {
    const { environment, endpoint, addresses = [], ports } = planned
    const all = rangesOf.get(ports) ?? toRanges(ports)
    rangesOf.set(ports, all)
    const searchDomain = searchDomainOf(planned)
    for (const address of [...addresses].sort((a, b) => (rank.get(a) ?? 0) - (rank.get(b) ?? 0))) {
      const about = {
        ...(environment === undefined ? {} : { environment }),
        endpoint: endpoint.text,
        address,
      }
      if (excludes(address)) {
        excluded.push(about)
        continue
      }
      const parts = (holders.get(address) ?? []).flatMap(({ index, ranges }) => {
        const wanted = ranges ? intersectRanges(all, ranges) : all
        return !ranges || wanted.length > 0 ? [{ index, wanted, said: said.get(index) }] : []
      })
      const key = keyOf(about)
      if (parts.every(({ said }) => said?.noHosts.has(key))) continue
      const routes = parts.map(({ said }) => said?.noRoute.get(key))
      if (routes[0] && routes.every(Boolean)) {
        unseen.push(routes[0])
        continue
      }
      const host = { environment, endpoint: endpoint.text, host: endpoint.host, address }
      const results = parts.flatMap(({ index, wanted, said }): HostResult[] => {
        const found = said?.hosts.get(key)
        const left = subtractRanges(wanted, found ? listCovered(found) : [])
        if (left.length === 0) return found ? [found] : []
        // Where another part of the same address was reached, this one should have been.
        const isLeftOut = said !== undefined && (said.noRoute.has(key) || said.noHosts.has(key))
        if (!isLeftOut) note(index, host, left)
        const unknown = {
          ...NOTHING,
          ...host,
          unknown: [{ ports: left, reason: isLeftOut ? NO_ROUTE : MISSING }],
        }
        return found ? [found, unknown] : [unknown]
      })
      const joined = results.length > 0 ? joinHost(results) : { ...NOTHING, ...host, unknown: [] }
      hosts.push({ ...joined, ...(searchDomain === undefined ? {} : { searchDomain }) })
    }
  }
  return { hosts, unseen, excluded }
}

const NOTHING = { open: [], closed: [], filtered: [], answersEverywhere: false }
const NO_ROUTE: Reason = 'no-route'
const MISSING: Reason = 'missing-shard'

function listSaid({ hosts, unseen, noHosts = [] }: ScanResult): Said {
  return {
    hosts: new Map(hosts.map((host) => [keyOf(host), host])),
    noRoute: new Map(unseen.map((one) => [keyOf({ ...one, address: one.address ?? '' }), one])),
    noHosts: new Set(noHosts.map(keyOf)),
  }
}

/** The shards that have each address, by the ports that they have of it. */
function listHolders(shares: CutPlan['shares']) {
  const holders = new Map<string, { index: number; ranges: PortRange[] | undefined }[]>()
  for (const [at, { ports }] of shares.entries()) {
    for (const [address, ranges] of ports) {
      const known = holders.get(address)
      if (known) known.push({ index: at + 1, ranges })
      else holders.set(address, [{ index: at + 1, ranges }])
    }
  }
  for (const list of holders.values())
    list.sort((a, b) => (a.ranges?.[0]?.from ?? 0) - (b.ranges?.[0]?.from ?? 0))
  return holders
}

/** One scan has the addresses of an endpoint in the order in which it first came to each. */
function rankAddresses({ endpoints }: ScanPlan): Map<string, number> {
  const rank = new Map<string, number>()
  for (const { addresses = [] } of endpoints)
    for (const address of addresses) if (!rank.has(address)) rank.set(address, rank.size)
  return rank
}

/** Each canary once: as it was seen where it was not open, if there was such a shard. */
function joinCanaries({ endpoints }: ScanPlan, newest: ShardReport[]): CanaryResult[] {
  const nameOf = ({ environment, host, port }: CanaryResult) =>
    JSON.stringify([environment ?? null, host, port])
  const seen = new Map<string, { index: number; machine: string; canary: CanaryResult }[]>()
  for (const { index, machine, scan } of newest) {
    for (const canary of scan.canaries) {
      const name = nameOf(canary)
      seen.set(name, [...(seen.get(name) ?? []), { index, machine, canary }])
    }
  }
  const names = new Set(
    endpoints.flatMap(({ environment, scan: { canary } }) =>
      canary ? [JSON.stringify([environment ?? null, canary.host, canary.port])] : [],
    ),
  )
  return [...names].flatMap((name) => {
    const all = seen.get(name) ?? []
    const sighted = new Set(
      all.flatMap(({ machine, canary }) => (canary.outcome.state === 'open' ? machine : [])),
    )
    // A run accepts a canary that lies on the way to some of its hosts, and so do the shards of one machine together.
    const wrong = all.filter(
      ({ machine, canary }) => canary.outcome.state !== 'open' && !(canary.aside && sighted.has(machine)),
    )
    const [worst] = wrong.length > 0 ? wrong : all.filter(({ canary }) => !canary.aside)
    if (!worst) return []
    const isSome = wrong.length > 0 && wrong.length < all.length
    return [{ ...worst.canary, ...(isSome ? { shards: wrong.map(({ index }) => index) } : {}) }]
  })
}

/**
 * Shards that had no answer at all, on a machine where no other shard had one. What others heard elsewhere proves nothing about this
 * machine. None if that holds for all shards: then it is the run that is silent.
 */
function findBlind(newest: ShardReport[]): number[] {
  const sighted = new Set(newest.filter(({ scan }) => hasSeen(scan)).map(({ machine }) => machine))
  if (sighted.size === 0) return []
  return newest
    .filter(
      ({ machine, scan }) => !sighted.has(machine) && scan.hosts.some(({ filtered }) => filtered.length > 0),
    )
    .map(({ index }) => index)
}

/** As of a run: its own machine's addresses count only where nothing else was scanned. */
function hasSeen({ hosts, canaries }: ScanResult): boolean {
  const others = hosts.filter(({ isThisMachine }) => !isThisMachine)
  return (
    (others.length > 0 ? others : hosts).some(hasAnswered) ||
    canaries.some(({ outcome }) => outcome.state === 'open')
  )
}
