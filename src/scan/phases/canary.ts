import type { CanaryResult, Outcome, Canary as PlannedCanary, ScanPlan } from '../../model.ts'
import { withDeadline } from '../deadline.ts'
import { asWritten, LOOKUP_SHARE, type LocateContext } from '../targets/locate.ts'
import { resolveName } from '../targets/resolve.ts'
import type { Site } from '../targets/site.ts'
import { createTarget, outcomeAt } from '../targets/target.ts'
import { findWay, THIS_MACHINE } from '../vantage-point.ts'
import { type PassContext, probePorts } from './probe-ports.ts'

/** A canary without an address that can be probed and would prove anything. */
const NOT_PROBED: Outcome = { state: 'unknown', reason: 'no-route' }

/** How many addresses of a block have their route looked up, for a canary that must share it: the first few are as good as all. */
const MOST_WAYS = 1_000

/** A canary of the plan, and the addresses of it that prove sight. */
export interface Canary {
  result: CanaryResult
  addresses: string[]
  /** When the run began, on the clock of `performance.now()`, and the longest time limit of what has this canary. */
  startedAt: number
  limitMs: number
}

/**
 * Finds the canaries of a plan. An address proves sight only where the scan goes the same way: by the interface that
 * packets to an endpoint with this canary leave by, and on this machine itself only if that is scanned.
 *
 * @param startedAt when the run began, on the clock of `performance.now()`
 * @param sites what is scanned
 */
export async function locateCanaries(
  plan: ScanPlan,
  startedAt: number,
  sites: Site[],
  { signal, refuses, excludes, lookups }: LocateContext,
): Promise<Canary[]> {
  const wayOf = createWays()
  return Promise.all(
    [...listCanaries(plan, sites)].map(async ([, { canary, result, limitMs, scanned }]) => {
      const { host } = result
      const resolve = (ending: AbortSignal) => resolveName(asWritten(canary), 'auto', lookups, ending)
      const leadsTo =
        canary.addresses ??
        (await withDeadline(signal, startedAt + limitMs * LOOKUP_SHARE, resolve)).addresses
      const found = leadsTo.filter((address) => !refuses(address, host) && !excludes?.(address))
      const ways = new Set<string | undefined>()
      for (const address of [...scanned].slice(0, MOST_WAYS)) ways.add(await wayOf(address))
      const addresses: string[] = []
      let elsewhere: string | undefined
      for (const address of found) {
        const way = await wayOf(address)
        if (way !== undefined && ways.has(way)) addresses.push(address)
        else if (way !== undefined) elsewhere ??= way
      }
      const aside = addresses.length === 0 && elsewhere !== undefined && { aside: describeWay(elsewhere) }
      return { result: { ...result, ...aside }, addresses, startedAt, limitMs }
    }),
  )
}

function describeWay(way: string): NonNullable<CanaryResult['aside']> {
  return way === THIS_MACHINE ? 'this-machine' : 'another-interface'
}

/** Every canary once for each environment, with the addresses that it is to speak for. */
function listCanaries(plan: ScanPlan, sites: Site[]) {
  const canaries = new Map<
    string,
    { canary: PlannedCanary; result: CanaryResult; limitMs: number; scanned: Set<string> }
  >()
  for (const { environment, scan } of plan.endpoints) {
    if (!scan.canary) continue
    const { host, port } = scan.canary
    const key = JSON.stringify([environment, host, port])
    const known = canaries.get(key)
    if (known) known.limitMs = Math.max(known.limitMs, scan.timeLimitMs)
    else {
      const result = { environment, host, port, outcome: NOT_PROBED }
      canaries.set(key, { canary: scan.canary, result, limitMs: scan.timeLimitMs, scanned: new Set() })
    }
  }
  for (const { planned, target } of sites) {
    if (!planned.scan.canary) continue
    const { host, port } = planned.scan.canary
    canaries.get(JSON.stringify([planned.environment, host, port]))?.scanned.add(target.address)
  }
  return canaries
}

/** Looks each route up once. */
function createWays(): (address: string) => Promise<string | undefined> {
  const ways = new Map<string, Promise<string | undefined>>()
  return (address) => {
    const way = ways.get(address) ?? findWay(address)
    ways.set(address, way)
    return way
  }
}

/**
 * Tries every canary once: one address of it that answers is proof of sight.
 *
 * @param share the part of the time limit after which it is given up, from 0 to 1
 */
export function probeCanaries(
  canaries: Canary[],
  share: number,
  context: PassContext,
): Promise<CanaryResult[]> {
  return Promise.all(
    canaries.map(async ({ result, addresses, startedAt, limitMs }) => {
      const settings = { deadline: startedAt + limitMs * share, limiters: [], expected: [] }
      const targets = addresses.map((address) => createTarget(address, Uint16Array.of(result.port), settings))
      await probePorts(targets, { ...context, serviceOn: undefined })
      const outcomes = targets.flatMap((target) => outcomeAt(target, 0) ?? [])
      const outcome = outcomes.find(({ state }) => state === 'open') ?? outcomes[0] ?? NOT_PROBED
      return { ...result, outcome }
    }),
  )
}
