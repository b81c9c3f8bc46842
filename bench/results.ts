/** What was measured, as `results.json` holds it. */
import type { MemoryPoint, StartTimes } from './footprint.ts'
import type { Work } from './works.ts'

/** One run of one tool. */
export interface Outing {
  ms: number
  /** The most memory that was resident, in MB (10⁶ bytes). */
  megabytes?: number
  /** It was cut off when its time was over. */
  isCut: boolean
  /** Open ports that it did not report. */
  missed: number
  /** Other ports whose state it got wrong; undefined if a tool reports open ports only. */
  wrong?: number
  /** Services that speak and were not named; undefined where a tool does not identify any. */
  unnamed?: number
}

/** All runs of a tool on a work. */
export interface Measured {
  tool: string
  outings: Outing[]
}

/** When, where and with what something was measured. */
interface Circumstances {
  /** `YYYY-MM-DD`. */
  at: string
  machine: string
  versions: { name: string; version?: string }[]
}

/** All that was measured; of each part, the latest measurement. */
export interface Results {
  works: Record<string, Circumstances & { measured: Measured[] }>
  start?: Circumstances & StartTimes
  memory?: Circumstances & { points: MemoryPoint[] }
}

/** A work with what was measured of it. */
export interface Paired {
  work: Work
  measured: Measured[]
}

/** Works with what was measured of them, without those of which nothing was. */
export function pair({ works: measured }: Results, works: Work[]): Paired[] {
  return works.flatMap((work) => {
    const last = measured[work.name]
    return last ? [{ work, measured: last.measured }] : []
  })
}

export function findTool(measured: Measured[], name: string): Measured | undefined {
  return measured.find(({ tool }) => tool === name)
}

/** Of all runs, cut ones as well, in milliseconds. */
export function medianMs({ outings }: Measured): number {
  return median(outings.map(({ ms }) => ms))
}

export function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

/** The most of any run; undefined where a run has none. */
export function most(
  outings: Outing[],
  key: 'missed' | 'wrong' | 'unnamed' | 'megabytes',
): number | undefined {
  const counts = outings.map((outing) => outing[key])
  return counts.includes(undefined) ? undefined : Math.max(...(counts as number[]))
}
