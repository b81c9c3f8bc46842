import type { PlannedEndpoint, ScanPlan } from '../model.ts'
import { inRanges } from '../port-ranges.ts'
import type { Share } from './share.ts'

/** A cut plan. */
export interface CutPlan {
  /** All of it, with the addresses of every endpoint. */
  plan: ScanPlan
  shares: Share[]
}

/** The endpoints that a shard has a part of, with the addresses and ports of that part and its part of `max-rate`. */
export function takePart({ plan, shares }: CutPlan, index: number): ScanPlan {
  const share = shares[index - 1] as Share
  const divisorOf = countSharers(plan, shares)
  const endpoints = plan.endpoints.flatMap((planned) => {
    const rate = planned.scan.maxRate
    // It is a budget of the whole run, and its shards may run side by side.
    const scan = rate === undefined ? planned.scan : { ...planned.scan, maxRate: rate / divisorOf(rate) }
    return splitEndpoint(planned, share).map((part) => ({ ...part, scan }))
  })
  return { ...plan, endpoints }
}

/** An endpoint by the addresses that a shard has all ports of, and each of those that it has some ports of. */
function splitEndpoint(planned: PlannedEndpoint, { ports }: Share): PlannedEndpoint[] {
  const own = planned.addresses?.filter((address) => ports.has(address)) ?? []
  const whole = own.filter((address) => ports.get(address) === undefined)
  const cut = own.flatMap((address): PlannedEndpoint[] => {
    const ranges = ports.get(address)
    const some = ranges && planned.ports.filter((port) => inRanges(ranges, port))
    return some && some.length > 0 ? [{ ...planned, addresses: [address], ports: some }] : []
  })
  return whole.length > 0 ? [{ ...planned, addresses: whole }, ...cut] : cut
}

/** How many shards have a part of what each `max-rate` holds for. */
function countSharers({ endpoints }: ScanPlan, shares: Share[]): (rate: number) => number {
  const sharers = new Map<number, number>()
  return (rate) => {
    const known = sharers.get(rate)
    if (known !== undefined) return known
    const limited = endpoints.filter(({ scan }) => scan.maxRate === rate)
    const holds = ({ ports }: Share) =>
      limited.some(({ addresses = [] }) => addresses.some((address) => ports.has(address)))
    const found = Math.max(1, shares.filter(holds).length)
    sharers.set(rate, found)
    return found
  }
}
