/**
 * What a scan has seen of the network to a host by its end: enough for the simulator to build one like it. Ports are counted and
 * not named: a bug report should not show which of them are open.
 */
import type { Outcome } from '../../model.ts'
import type { HostScan } from './host-scan.ts'
import type { LossEstimator } from './loss-estimator.ts'

export interface NetworkRecord {
  at: number
  address: string
  network: {
    /** When the scan of the host began, and how many port probes and control probes it took. */
    since: number
    probes: number
    controls: number
    /** Ports by outcome (`open`, or a reason), and open ports by the care with which they are probed. */
    ports: Record<string, number>
    open: Record<OpenKind, number>
    /** The quickest answer, and how much answers varied, in milliseconds. */
    rttMs: number | undefined
    variationMs: number
    /** Control probes by what they were among: probes a second (at least, and less than twice that), answered, lost. */
    loads: [perSecond: number, answered: number, lost: number][]
    /** Descriptors, SYNs of one connect while it is waited for, and what `max-rate` leaves. */
    sockets: number
    syns: number
    maxRate: number | undefined
  }
}

/** Services that are probed seldom, other known services, and ports whose number says nothing. */
type OpenKind = 'ssh' | 'mysql' | 'known' | 'other'

/** What the machine that scans adds to it. */
export interface Machine {
  readonly sockets: number
  readonly synTimesMs: readonly number[]
}

/** What was reported about the ports of one host so far. */
export interface Told {
  ports: Map<string, number>
  open: Record<OpenKind, number>
}

export function createTold(): Told {
  return { ports: new Map(), open: { ssh: 0, mysql: 0, known: 0, other: 0 } }
}

/** @param service what probably listens on the port */
export function noteTold(
  { ports, open }: Told,
  { state, reason }: Outcome,
  count: number,
  service?: string,
): void {
  const key = state === 'open' ? 'open' : reason
  ports.set(key, (ports.get(key) ?? 0) + count)
  if (state === 'open') open[kindOf(service)] += count
}

function kindOf(service: string | undefined): OpenKind {
  if (service === undefined) return 'other'
  return service === 'ssh' || service === 'mysql' ? service : 'known'
}

/** @param since when the scan of the host began */
export function describeNetwork(
  { job, losses, counts }: HostScan,
  told: Told,
  { sockets, synTimesMs }: Machine,
  since: number,
  now: number,
): NetworkRecord {
  const { address, roundTrip, limiters } = job.target
  const maxRate = Math.min(...limiters.map(({ perSecond }) => perSecond))
  return {
    at: Math.round(now),
    address,
    network: {
      since: Math.round(since),
      probes: counts.probes,
      controls: losses.fates.length,
      ports: Object.fromEntries(told.ports),
      open: told.open,
      rttMs: Number.isFinite(roundTrip.leastMs) ? Math.round(roundTrip.leastMs * 100) / 100 : undefined,
      variationMs: Math.round(roundTrip.variationMs * 100) / 100,
      loads: countByLoad(losses),
      sockets,
      syns: synTimesMs.length,
      maxRate: Number.isFinite(maxRate) ? Math.round(maxRate) : undefined,
    },
  }
}

function countByLoad({ loads, fates }: LossEstimator): NetworkRecord['network']['loads'] {
  const counts = new Map<number, [number, number]>()
  for (const [number, fate] of fates.entries()) {
    if (fate === 'pending' || fate === 'unsent') continue
    const perSecond = 2 ** Math.floor(Math.log2(Math.max(1, (loads[number] as number) * 1_000)))
    const count = counts.get(perSecond) ?? [0, 0]
    count[fate === 'prompt' ? 0 : 1] += 1
    counts.set(perSecond, count)
  }
  return [...counts].sort(([one], [other]) => one - other).map(([perSecond, count]) => [perSecond, ...count])
}
