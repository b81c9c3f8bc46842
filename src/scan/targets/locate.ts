import { isIP } from 'node:net'
import type { Endpoint, PlannedEndpoint, ScanPlan, Unseen } from '../../model.ts'
import { count } from '../../numbers.ts'
import { withDeadline } from '../deadline.ts'
import { keyOf } from '../outcome.ts'
import { createNoHosts, findNoRoute } from '../vantage-point.ts'
import { forEach } from './for-each.ts'
import { type Lookups, MOST_LOOKUPS } from './lookup.ts'
import { resolveName } from './resolve.ts'
import { type Address, type Site, shareTargets } from './site.ts'
import { createTarget, type Target } from './target.ts'

/** Pairs of address and port that one run holds, a byte each. How many addresses a name has is known only here. */
const MOST_PAIRS = 100_000_000

/** Addresses of all endpoints, some 6 KB each: those that a policy may name, and as many again. */
const MOST_ADDRESSES = 2 * 65_536

/** The part of its time limit that a name may be looked up for: what has addresses is scanned in the rest. */
export const LOOKUP_SHARE = 0.5

/** Whether an address may not be probed: it, and the name that led to it where one did. */
export type Refuses = (address: string, name?: string) => boolean

/** What the endpoints of a plan have led to. */
export interface Located {
  sites: Site[]
  /** Addresses that may not be probed: each port of theirs is unknown, and stays so. */
  refused: Site[]
  /** Addresses that the policy excludes. */
  excluded: Address[]
  /** Addresses of blocks that no host can have. */
  noHosts: Address[]
  unseen: Unseen[]
}

/** Endpoints whose addresses are being found. */
export interface Locating {
  /** When all of them have been. */
  done: Promise<void>
  /** The addresses of each name that was looked up as its owner has not anchored it, so far. */
  named: Map<string, string[]>
  /** What has been found and was not taken before. */
  take(): Located
}

/** What finding addresses needs to know. */
export interface LocateContext {
  signal: AbortSignal
  refuses: Refuses
  /** Whether the policy excludes an address; without it none is. */
  excludes?(address: string): boolean
  lookups: Lookups
}

/** Finds the addresses of every endpoint and what is to be probed on each; see `startLocating`. */
export async function locate(...args: Parameters<typeof startLocating>): Promise<Located> {
  const { done, take } = startLocating(...args)
  await done
  return take()
}

/**
 * Begins to find the addresses of every endpoint and what is to be probed on each: what has been found can be taken while names
 * are still looked up.
 *
 * @param startedAt when the run began, on the clock of `performance.now()`: time limits count from there
 */
export function startLocating(
  plan: ScanPlan,
  startedAt: number,
  { signal, refuses, excludes, lookups }: LocateContext,
): Locating {
  let found: Address[] = []
  let refused: Site[] = []
  let excluded: Address[] = []
  let noHosts: Address[] = []
  let unseen: Unseen[] = []
  const named: Locating['named'] = new Map()
  const hasRoom = createRoom()
  const refuse = createRefusedTargets()
  const isNoHost = createNoHosts()
  const done = forEach(plan.endpoints, MOST_LOOKUPS, async (planned) => {
    const about = { environment: planned.environment, endpoint: planned.endpoint.text }
    const { addresses, failure, missing } = await findAddresses(planned, startedAt, lookups, signal)
    if (failure)
      unseen.push({ ...about, kind: 'unresolved', detail: failure, ...(missing ? { missing } : {}) })
    const name = planned.endpoint.kind === 'name' ? planned.endpoint.host : undefined
    const isLookedUp = name !== undefined && planned.addresses === undefined
    if (isLookedUp && !planned.endpoint.isAnchored && addresses.length > 0) named.set(name, addresses)
    for (const address of addresses) {
      if (planned.endpoint.kind === 'cidr' && isNoHost(address)) {
        noHosts.push({ planned, address })
        continue
      }
      if (excludes?.(address)) {
        excluded.push({ planned, address })
        continue
      }
      if (!hasRoom(planned)) {
        const each = count(planned.ports.length, 'port')
        const detail = `its addresses, with ${each} on each, are more than one run can hold beside the others`
        unseen.push({ ...about, kind: 'unresolved', detail })
        break
      }
      if (refuses(address, name)) {
        refused.push({ planned, target: refuse(address, planned) })
        continue
      }
      const isLate = signal.aborted || performance.now() > startedAt + planned.scan.timeLimitMs
      // Each check takes a moment, and a block may hold very many addresses.
      const noRoute = isIP(address) === 6 && !isLate ? await findNoRoute(address) : undefined
      if (noRoute === undefined) found.push({ planned, address })
      else unseen.push({ ...about, kind: 'no-ipv6', detail: noRoute, address })
    }
  })
  return {
    done,
    named,
    take() {
      const sites = inPlanOrder(plan, shareTargets(found, startedAt))
      const located = { sites, refused, excluded, noHosts, unseen }
      found = []
      refused = []
      excluded = []
      noHosts = []
      unseen = []
      return located
    },
  }
}

/** Counts the addresses that a run is to hold, and tells whether one more fits. */
function createRoom(): (planned: PlannedEndpoint) => boolean {
  let addresses = 0
  let pairs = 0
  return ({ ports }) => {
    addresses += 1
    pairs += ports.length
    return addresses <= MOST_ADDRESSES && pairs <= MOST_PAIRS
  }
}

/** All that will ever be known of addresses that may not be probed; those with the same ports share it. */
function createRefusedTargets(): (address: string, planned: PlannedEndpoint) => Target {
  const known = new Map<readonly number[], Target>()
  const create = (address: string, ports: readonly number[]) => {
    const target = createTarget(address, Uint16Array.from(ports), { deadline: 0, limiters: [], expected: [] })
    target.keys.fill(keyOf({ state: 'unknown', reason: 'out-of-scope' }))
    return target
  }
  return (address, { ports }) => {
    const target = known.get(ports) ?? create(address, ports)
    known.set(ports, target)
    return { ...target, address }
  }
}

async function findAddresses(
  { endpoint, addresses, scan }: PlannedEndpoint,
  startedAt: number,
  lookups: Lookups,
  signal: AbortSignal,
) {
  if (addresses) return { addresses }
  const deadline = startedAt + scan.timeLimitMs * LOOKUP_SHARE
  return withDeadline(signal, deadline, (ending) =>
    resolveName(asWritten(endpoint), scan.ip, lookups, ending),
  )
}

/** A name that its owner has anchored is looked up as it is: a search domain may have another host of that name. */
export function asWritten({ host, isAnchored }: Pick<Endpoint, 'host' | 'isAnchored'>): string {
  return isAnchored ? `${host}.` : host
}

/** Sorts sites by the place of their endpoint in the plan. */
export function inPlanOrder(plan: ScanPlan, sites: Site[]): Site[] {
  const rank = new Map(plan.endpoints.map((planned, index) => [planned, index]))
  return sites.sort((a, b) => (rank.get(a.planned) ?? 0) - (rank.get(b.planned) ?? 0))
}
