/** The page that the benchmark writes. */
import type { MemoryPoint, StartTimes } from './footprint.ts'
import { describeGoals } from './goals.ts'
import { findTool, median, medianMs, most, type Outing, type Paired, pair, type Results } from './results.ts'
import { bar, count, seconds, table } from './tables.ts'
import type { Work } from './works.ts'

/** How much longer a start may take than that of a Node with nothing to do, in milliseconds. */
const START_GOAL_MS = 150

/** Resident memory at a million probes, in MB. */
const MEMORY_GOAL_MB = 300

/**
 * @param slowMs a peer that took longer ran only `slowRuns` times
 * @param mostMs a run was cut off after this time
 * @param atATime how many workloads that mostly wait were measured at the same time
 */
export function describeResults(
  results: Results,
  works: Work[],
  {
    runs,
    slowMs,
    slowRuns,
    mostMs,
    atATime,
  }: { runs: number; slowMs: number; slowRuns: number; mostMs: number; atATime: number },
): string {
  const { start, memory } = results
  const done = pair(results, works)
  const parts = [
    '# What the benchmark measured',
    `Written by \`npm run bench\`: ${sayCircumstances(results)}. Do not edit.`,
    `Every tool scans the same hosts in network namespaces, in turn with the others, ${runs} times; peers that take over ` +
      `${slowMs / 1000} s, ${slowRuns} times; works that take minutes, as often as the table says. Times are medians of ` +
      'wall time for the whole process, with the shortest and the longest; MB is the most memory that was resident. A ' +
      `run is cut off after ${mostMs / 1000} s, or where it says so, and what was cut off is not tried again. "Missed" are ` +
      'open ports that a tool did not report, "wrong" other ports to which it gave a wrong state, "unnamed" services ' +
      'that it was to identify and did not: the worst run counts. RustScan and naabu tell open ports only.',
    `Works in which the tools mostly wait were measured up to ${atATime} at a time: ${sayWorks(done, false)}. Nothing else ran ` +
      `beside the others: ${sayWorks(done, true)}, the start and the memory.`,
    '## Goals',
    describeGoals(done),
    '## Times and misses',
    describeTimes(done),
  ]
  if (start) parts.push('## Start', describeStart(start))
  if (memory) parts.push('## Memory', describeMemory(memory.points))
  return `${parts.join('\n\n')}\n`
}

function sayWorks(works: Paired[], isBusy: boolean): string {
  return works
    .filter(({ work }) => work.isBusy === isBusy)
    .map(({ work }) => work.name)
    .join('; ')
}

/** When, where and with which versions; all of them, if parts were measured at different times. */
function sayCircumstances({ works, start, memory }: Results): string {
  const all = [...Object.values(works), ...[start, memory].filter((part) => part !== undefined)]
  const each = (texts: string[]) => [...new Set(texts)].sort().join(', ')
  const versions = all.flatMap((part) => part.versions)
  const isKnown = (name: string) => versions.some((one) => one.name === name && one.version !== undefined)
  const tools = versions
    .filter(({ name, version }) => version !== undefined || !isKnown(name))
    .map(({ name, version }) => `${name} ${version ?? '(not installed)'}`)
  return `${each(all.map(({ at }) => at))}; ${each(all.map(({ machine }) => machine))}; ${each(tools)}`
}

/** The table of the page on certainty: what each tool got wrong in the lab, and how long it took. */
export function describeCertainty(results: Results, works: Work[]): string {
  const names = ['Portgate', 'nmap -T4', 'nmap -T5']
  const rows = pair(results, works).flatMap(({ work, measured }) => {
    const tools = names.map((name) => findTool(measured, name))
    return tools.includes(undefined)
      ? []
      : [[work.name, ...tools.map((tool) => describeErrors(tool?.outings ?? []))]]
  })
  return [
    table(['network', ...names], rows),
    'Open ports missed, other ports with a wrong state, and the median time; the worst of all runs counts. Written by ' +
      `\`npm run bench\`: ${sayCircumstances(results)}.`,
  ].join('\n\n')
}

/** Works that the README shows. */
const TELLING = [
  'silent but for SSH and web, RTT of 40 ms, identified',
  '65,535 ports, all reset',
  '65,535 ports, silent but for five',
  'a limit of 1,000 SYNs a second',
  '40 hosts × 1,000 ports, mixed',
]

/** The table of the README: a few workloads, compared with nmap. */
export function describeSpeed(results: Results, works: Work[]): string {
  const names = ['Portgate', 'nmap -T4']
  const rows = pair(results, works)
    .filter(({ work }) => TELLING.some((end) => work.name.endsWith(end)))
    .map(({ work, measured }) => [
      work.name,
      ...names.map((name) => describeErrors(findTool(measured, name)?.outings ?? [])),
    ])
  return [
    table(['', ...names], rows),
    `Median times of whole runs, and what was missed or wrong, written by \`npm run bench\`: ${sayCircumstances(results)}.\n` +
      '[All figures](bench/RESULTS.md).',
  ].join('\n\n')
}

function describeErrors(outings: Outing[]): string {
  const [first] = outings.filter(({ isCut }) => isCut)
  if (first) return `not done after ${seconds(first.ms)} s`
  const errors = (['missed', 'wrong', 'unnamed'] as const).map((key) => {
    const errors = most(outings, key) ?? 0
    return errors === 0 ? '' : `**${count(errors)} ${key}**`
  })
  const time = `${seconds(median(outings.map(({ ms }) => ms)))} s`
  return [errors.filter(Boolean).join(', ') || 'exact', time].join(', ')
}

function describeTimes(works: Paired[]): string {
  const rows = works.flatMap(({ work, measured }) =>
    measured.map(({ tool, outings }, index) => {
      const isCut = outings.some(({ isCut }) => isCut)
      const times = outings.map(({ ms }) => ms).sort((a, b) => a - b)
      const span = `${seconds(times[0])}–${seconds(times.at(-1))}`
      const done = outings.filter(({ isCut }) => !isCut)
      const errors = (['missed', 'wrong', 'unnamed'] as const).map((key) => count(most(done, key)))
      return [
        index === 0 ? work.name : '',
        tool,
        isCut ? `over ${seconds(times.at(-1))}` : seconds(medianMs({ tool, outings })),
        isCut ? '' : span,
        String(outings.length),
        most(outings, 'megabytes')?.toFixed(0) ?? '',
        ...(done.length === 0 ? ['', '', ''] : errors),
      ]
    }),
  )
  return table(['work', 'tool', 'seconds', 'span', 'runs', 'MB', 'missed', 'wrong', 'unnamed'], rows)
}

function describeStart({ portgateMs, nodeMs }: StartTimes): string {
  const [portgate, node] = [median(portgateMs), median(nodeMs)]
  const verdict = portgate - node <= START_GOAL_MS ? 'met' : 'not met'
  return (
    `20 ports of one host, the whole process: ${Math.round(portgate)} ms; a Node with nothing to do: ` +
    `${Math.round(node)} ms. ${Math.round(portgate - node)} ms more; the goal of ${START_GOAL_MS} ms is ${verdict}.`
  )
}

function describeMemory(points: MemoryPoint[]): string {
  const most = Math.max(...points.map(({ megabytes }) => megabytes))
  const longest = Math.max(...points.map(({ seconds }) => seconds))
  const rows = points.map(({ probes, seconds, megabytes }) => [
    probes.toLocaleString('en'),
    seconds.toFixed(1),
    bar(seconds / longest),
    megabytes.toFixed(0),
    bar(megabytes / MEMORY_GOAL_MB),
  ])
  const verdict = most <= MEMORY_GOAL_MB ? 'met' : 'not met'
  return [
    table(['probes', 'seconds', '', 'MB', `of ${MEMORY_GOAL_MB} MB`], rows),
    `Hosts of 25,000 ports each, all of which refuse; the most memory that was resident. The goal of ${MEMORY_GOAL_MB} MB at a ` +
      `million probes is ${verdict}.`,
  ].join('\n\n')
}
