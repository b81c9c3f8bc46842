/** The lab's networks, simulated: what the simulator says of them agrees with what was measured there. */
import { describe, expect, test } from 'vitest'
import { outcomeAt } from '../../src/scan/targets/target.ts'
import { SCENARIOS, truthOf } from '../lab/scenarios.ts'
import { simulateScenario } from './lab-networks.ts'
import { type Run, simulate } from './run.ts'

/**
 * Seconds that scans took in the lab, the shortest and the longest of five (bench/RESULTS.md, without the 0.13 s in which
 * Portgate starts; with SSH of two), and the fewest and most probes of two or three scans.
 */
const MEASURED: Record<string, { seconds: [number, number]; probes: [number, number] }> = {
  'all reset': { seconds: [0.55, 0.75], probes: [65_852, 65_917] },
  'silent but for five': { seconds: [5.7, 6.0], probes: [62_420, 68_289] },
  'ICMP-refused but for five': { seconds: [5.7, 6.0], probes: [59_561, 63_724] },
  'a limit of 1,000 SYNs a second': { seconds: [24.1, 26.3], probes: [22_438, 24_836] },
  'a limit of 1,000 SYNs a second, silent but for five': {
    seconds: [104.9, 125.2],
    probes: [103_544, 124_884],
  },
  'a limit of 1,000 SYNs a second, silent but for SSH and one other': {
    seconds: [22.8, 24.9],
    probes: [14_801, 18_004],
  },
  '5 % of SYNs lost': { seconds: [2.5, 3.5], probes: [20_363, 20_369] },
  '20 % of SYNs lost': { seconds: [4.9, 11.5], probes: [20_663, 20_718] },
  '20 % of SYNs lost, silent but for five': { seconds: [15.6, 33.9], probes: [76_577, 76_577] },
  'RTT of 300 ms, jitter of 100 ms, 2 % lost each way': { seconds: [3.6, 4.7], probes: [3_656, 3_673] },
  'one port answers after 2 s only': { seconds: [15, 21.3], probes: [66_169, 111_892] },
}

const SEEDS = [1, 2, 3]

/** How far the median may be from what was measured, as a factor. */
const SECONDS_WITHIN = 1.4
const PROBES_WITHIN = 1.4

const TIMEOUT_MS = 60_000

describe.each(Object.keys(SCENARIOS))('%s', (name) => {
  test(
    'the right states, in the time and with the probes that the lab takes',
    async () => {
      const scenario = SCENARIOS[name] as (typeof SCENARIOS)[string]
      const runs: Run[] = []
      for (const seed of SEEDS) runs.push(await simulate(simulateScenario(name, seed), 3_600_000))
      for (const run of runs) expect(describeStates(run, scenario.rest)).toBe(truthOf(scenario))
      const { seconds, probes } = MEASURED[name] as (typeof MEASURED)[string]
      expectNear(median(runs.map(({ endedMs }) => endedMs / 1_000)), seconds, SECONDS_WITHIN)
      expectNear(median(runs.map((run) => run.probes)), probes, PROBES_WITHIN)
    },
    TIMEOUT_MS,
  )
})

function expectNear(value: number, [least, most]: [number, number], within: number): void {
  expect(value).toBeGreaterThan(least / within)
  expect(value).toBeLessThan(most * within)
}

function median(values: number[]): number {
  return values.toSorted((one, other) => one - other)[values.length >> 1] as number
}

/** As `truthOf` describes what is true. */
function describeStates({ targets: [target] }: Run, rest: string): string {
  if (!target) return 'nothing'
  const states = [...target.ports.keys()].map((position) => outcomeAt(target, position)?.state)
  const open = [...target.ports].filter((_, position) => states[position] === 'open')
  return `open ${open.join()}; ${rest} ${states.filter((state) => state === rest).length}`
}
