/** The addresses of endpoints, each of which is probed once, whatever leads there. */
import type { PlannedEndpoint } from '../../model.ts'
import { createTokenBucket, type TokenBucket } from '../engine/token-bucket.ts'
import { listRules, rememberRules } from './planned-rules.ts'
import { createTarget, type Target } from './target.ts'

/** One address of one endpoint. Endpoints that share an address share its target, so that it is probed once. */
export interface Site {
  planned: PlannedEndpoint
  target: Target
}

/** An address of an endpoint, before it is known what else leads there. */
export interface Address {
  planned: PlannedEndpoint
  address: string
}

/** Makes the targets of some addresses: endpoints that share an address share its target. */
export function shareTargets(found: Address[], startedAt: number): Site[] {
  const byAddress = new Map<string, PlannedEndpoint[]>()
  for (const { planned, address } of found) {
    const sharing = byAddress.get(address)
    if (sharing) sharing.push(planned)
    else byAddress.set(address, [planned])
  }
  const limiterOf = createLimiters(startedAt)
  const unionOf = createUnions()
  return [...byAddress].flatMap(([address, endpoints]) => {
    const limits = endpoints.map(({ scan }) => startedAt + scan.timeLimitMs)
    const target = createTarget(address, unionOf(endpoints), {
      deadline: Math.max(...limits),
      expected: endpoints.flatMap((planned) => listRules(planned).flatMap(expectedOf)),
      limiters: [...new Set(endpoints.flatMap(({ scan }) => limiterOf(scan.maxRate) ?? []))],
    })
    return endpoints.map((planned) => ({ planned, target }))
  })
}

/** A rule with more ranges than this says nothing about which ports probably answer. */
const MOST_EXPECTED = 1_000

const expectedOf = rememberRules(({ allow }) => {
  const ranges = allow.flatMap(({ ports }) => ports)
  return ranges.length > MOST_EXPECTED ? [] : ranges
})

/** One bucket for all that has the same `max-rate`: it is one budget for the whole run, not one per host. */
function createLimiters(now: number): (perSecond: number | undefined) => TokenBucket | undefined {
  const buckets = new Map<number, TokenBucket>()
  return (perSecond) => {
    if (perSecond === undefined) return undefined
    const bucket = buckets.get(perSecond) ?? createTokenBucket(perSecond, now)
    buckets.set(perSecond, bucket)
    return bucket
  }
}

/** All ports of some endpoints, ascending; the same lists give the same array. */
function createUnions(): (endpoints: PlannedEndpoint[]) => Uint16Array {
  const numbers = new Map<readonly number[], number>()
  const unions = new Map<string, Uint16Array>()
  return (endpoints) => {
    const lists = [...new Set(endpoints.map(({ ports }) => ports))]
    for (const list of lists) if (!numbers.has(list)) numbers.set(list, numbers.size)
    const key = lists.map((list) => numbers.get(list)).join()
    const union = unions.get(key) ?? unite(lists)
    unions.set(key, union)
    return union
  }
}

function unite(lists: (readonly number[])[]): Uint16Array {
  const [only] = lists
  return lists.length === 1 && only ? Uint16Array.from(only) : Uint16Array.from(new Set(lists.flat())).sort()
}
