/** What a plan costs, from the pace that was measured (bench/RESULTS.md) and the one that the policy allows. */
import type { PlannedEndpoint } from '../model.ts'
import type { Share } from './share.ts'

/** Ports a second of a host nearby: 65,535 that refuse took 0.71 s, and as many that are silent 13.5 s. */
const REFUSING_PER_SECOND = 90_000
const SILENT_PER_SECOND = 4_800

/** Start, canaries, what is probed twice, and asking open ports what answers, in seconds. */
const FIXED_SECONDS = 5

/** What a job on GitHub takes besides its scan, in seconds; its runner is billed for each minute begun. */
const JOB_SECONDS = 25

/** The number of other jobs: those that plan and merge. */
const OTHER_JOBS = 2

/** From the least, where every port refuses, to the most, where every port is silent. */
export interface Span {
  least: number
  most: number
}

/** What a plan costs. */
export interface Cost {
  /** Address and port pairs, each probed once; what is open, required or doubtful is probed again. */
  probes: number
  /** Of the largest shard. */
  largest: number
  /** Shards with nothing to do. */
  idle: number
  /** Time that the slowest shard takes. */
  seconds: Span
  /** The `max-rate` that sets the pace, if one does even where every port is silent. */
  boundBy?: number
  runnerMinutes: Span
}

/** @param excludes whether the policy excludes an address */
export function estimateCost(
  endpoints: readonly PlannedEndpoint[],
  excludes: (address: string) => boolean,
  shares: readonly Share[],
): Cost {
  const rates = countByRate(endpoints, excludes)
  const secondsOf = (pairs: number, perSecond: number, all: number) => {
    // Each shard has its part of the rate, so that cutting does not help.
    const share = all === 0 ? 0 : pairs / all
    const limited = [...rates].map(([rate, probes]) => (probes * share * shares.length) / rate)
    return FIXED_SECONDS + Math.max(pairs / perSecond, ...limited)
  }
  const probes = shares.reduce((sum, { pairs }) => sum + pairs, 0)
  const largest = Math.max(...shares.map(({ pairs }) => pairs))
  const minutesOf = (perSecond: number) =>
    shares.reduce((sum, { pairs }) => {
      const seconds = pairs === 0 ? 0 : secondsOf(pairs, perSecond, probes)
      return sum + Math.ceil((JOB_SECONDS + seconds) / 60)
    }, OTHER_JOBS)
  const most = secondsOf(largest, SILENT_PER_SECOND, probes)
  const boundBy = [...rates.keys()].sort((a, b) => (rates.get(b) ?? 0) / b - (rates.get(a) ?? 0) / a)[0]
  const isBound = boundBy !== undefined && most > FIXED_SECONDS + largest / SILENT_PER_SECOND
  return {
    probes,
    largest,
    idle: shares.filter(({ pairs }) => pairs === 0).length,
    seconds: { least: secondsOf(largest, REFUSING_PER_SECOND, probes), most },
    ...(isBound ? { boundBy } : {}),
    runnerMinutes: { least: minutesOf(REFUSING_PER_SECOND), most: minutesOf(SILENT_PER_SECOND) },
  }
}

/** The pairs that each `max-rate` holds for. */
function countByRate(
  endpoints: readonly PlannedEndpoint[],
  excludes: (address: string) => boolean,
): Map<number, number> {
  const rates = new Map<number, number>()
  for (const { addresses = [], ports, scan } of endpoints) {
    if (scan.maxRate === undefined) continue
    const scanned = addresses.filter((address) => !excludes(address)).length
    rates.set(scan.maxRate, (rates.get(scan.maxRate) ?? 0) + scanned * ports.length)
  }
  return rates
}
