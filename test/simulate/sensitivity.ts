/** What a constant of the engine is worth: the networks that show when it is far off. */
import * as tuning from '../../src/scan/engine/tuning.ts'
import { findPositions, type Target } from '../../src/scan/targets/target.ts'
import { SCENARIOS } from '../lab/scenarios.ts'
import { CASES } from './cases.ts'
import { check } from './check.ts'
import { drawNetwork } from './draw.ts'
import { simulateScenario } from './lab-networks.ts'
import type { NetworkSpec } from './spec.ts'

/** What a scan of one network has cost, and what was wrong with it. */
export interface Cost {
  faults: string[]
  /** Ports that were reported wrongly, or not at all. */
  misses: number
  /** Virtual milliseconds, and connects. */
  ms: number
  probes: number
}

/** The same networks in the lab have more ports: what a constant does to a scan shows with these. */
const LAB_PORTS = 4_000

/** By which factors a scan must take longer or shorter, or connect more or less often, to show a change. */
const TIME_WITHIN = 1.5
const PROBES_WITHIN = 1.3
/** Added to both sides, in milliseconds and connects, so that small differences do not count. */
const LEAST_MS = 500
const LEAST_PROBES = 20

/** Every constant of the engine, by name. */
export const CONSTANTS: Record<string, number> = { ...tuning }

/** Half of a constant, or twice as much; of what is counted, whole numbers. */
export function scale(value: number, factor: number): number {
  return Number.isInteger(value) ? Math.max(1, Math.round(value * factor)) : value * factor
}

/** Random networks that show what hardly any other does. */
const TELLING = [114, 151, 208, 227, 245, 271, 286, 294, 318, 334, 402]

/** Networks that were kept because they showed something, those of the lab, and some by chance. */
export function listNetworks(seeds: number): Map<string, NetworkSpec> {
  const networks = new Map(CASES.map(({ name, spec }) => [name, spec]))
  for (const name of Object.keys(SCENARIOS)) {
    const spec = simulateScenario(name, 1)
    networks.set(name, { ...spec, ports: { upTo: Math.min(LAB_PORTS, spec.ports.upTo), more: [17_321] } })
  }
  const drawn = Array.from({ length: seeds }, (_, index) => index + 1)
  for (const seed of [...drawn, ...TELLING]) networks.set(`seed ${seed}`, drawNetwork(seed))
  return networks
}

export async function measure(spec: NetworkSpec): Promise<Cost> {
  const { faults, misses, run } = await check(spec)
  return {
    faults: faults.map(({ kind }) => kind),
    misses: misses.length + countUnknown(run?.targets ?? []),
    ms: run?.endedMs ?? Number.MAX_VALUE,
    probes: run?.probes ?? 0,
  }
}

function countUnknown(targets: readonly Target[]): number {
  return targets.flatMap((target) => findPositions(target, ({ state }) => state === 'unknown')).length
}

/** What is different on one network, in a few words; undefined if nothing shows a change. */
export function compare(base: Cost, altered: Cost): string | undefined {
  const fault = altered.faults.find((kind) => !base.faults.includes(kind))
  if (fault) return fault
  if (altered.misses > base.misses) return `${altered.misses - base.misses} missed`
  const time = (altered.ms + LEAST_MS) / (base.ms + LEAST_MS)
  if (time > TIME_WITHIN || time < 1 / TIME_WITHIN) return `time ×${time.toFixed(2)}`
  const probes = (altered.probes + LEAST_PROBES) / (base.probes + LEAST_PROBES)
  if (probes > PROBES_WITHIN || probes < 1 / PROBES_WITHIN) return `probes ×${probes.toFixed(2)}`
  return undefined
}
