/** The page that the benchmark writes. */
import type { MemoryPoint, StartTimes } from './footprint.ts'
import type { Work } from './works.ts'

/** One run of one tool. */
export interface Outing {
  ms: number
  /** It was not done when its time was over. */
  isCut: boolean
  /** Open ports that it did not report. */
  missed: number
  /** Other ports whose state it got wrong; undefined where a tool tells open ports only. */
  wrong?: number
}

/** All runs of a tool on a work. */
export interface Measured {
  tool: string
  outings: Outing[]
}

interface Paired {
  work: Work
  measured: Measured[]
}

/** When, where and with what something was measured. */
interface Circumstances {
  /** `YYYY-MM-DD`. */
  at: string
  machine: string
  versions: { name: string; version?: string }[]
}

/** All that was measured, each part when it was measured last; `results.json` is this. */
export interface Results {
  works: Record<string, Circumstances & { measured: Measured[] }>
  start?: Circumstances & StartTimes
  memory?: Circumstances & { points: MemoryPoint[] }
}

/** A start may take so much longer than that of a Node with nothing to do, in milliseconds. */
const START_GOAL_MS = 150

/** Resident memory at a million probes, in MB. */
const MEMORY_GOAL_MB = 300

/**
 * @param mostMs after so long a run was cut off
 * @param atATime so many works that mostly wait were measured at a time
 */
export function describeResults(
  results: Results,
  works: Work[],
  { runs, mostMs, atATime }: { runs: number; mostMs: number; atATime: number },
): string {
  const { start, memory } = results
  const done = pair(results, works)
  const parts = [
    '# What the benchmark measured',
    `Written by \`npm run bench\`: ${sayCircumstances(results)}. Do not edit.`,
    `Every tool scans the same hosts in network namespaces, in turn with the others, ${runs} times. Times are medians ` +
      `of wall time for the whole process, with the shortest and the longest; a run is cut off after ${mostMs / 1000} s, and ` +
      'what was cut off is not tried again. "Missed" are open ports that a tool did not report, "wrong" other ports ' +
      'to which it gave a wrong state: the worst run counts. RustScan and naabu tell open ports only.',
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

/** Works with what was measured of them, without those of which nothing was. */
function pair({ works: measured }: Results, works: Work[]): Paired[] {
  return works.flatMap((work) => {
    const last = measured[work.name]
    return last ? [{ work, measured: last.measured }] : []
  })
}

/** When, where and with which versions; each that there was, where parts were measured at different times. */
function sayCircumstances({ works, start, memory }: Results): string {
  const all = [...Object.values(works), ...[start, memory].filter((part) => part !== undefined)]
  const each = (texts: string[]) => [...new Set(texts)].sort().join(', ')
  const tools = all.flatMap(({ versions }) =>
    versions.map(({ name, version }) => `${name} ${version ?? '(not installed)'}`),
  )
  return `${each(all.map(({ at }) => at))}; ${each(all.map(({ machine }) => machine))}; ${each(tools)}`
}

/** The table of the page on certainty: what each tool got wrong in the lab, and how long it took. */
export function describeCertainty(results: Results, works: Work[]): string {
  const names = ['Portgate', 'nmap -T4', 'nmap -T5']
  const rows = pair(results, works).map(({ work, measured }) => [
    work.name,
    ...names.map((name) => describeErrors(findTool(measured, name)?.outings ?? [])),
  ])
  return [
    table(['network', ...names], rows),
    'Open ports missed, other ports with a wrong state, and the median time; the worst of all runs counts. Written by ' +
      `\`npm run bench\`: ${sayCircumstances(results)}.`,
  ].join('\n\n')
}

function describeErrors(outings: Outing[]): string {
  const [first] = outings.filter(({ isCut }) => isCut)
  if (first) return `not done after ${seconds(first.ms)} s`
  const [missed, wrong] = [worst(outings, 'missed'), worst(outings, 'wrong')]
  const errors = [missed === '0' ? '' : `**${missed} missed**`, wrong === '0' ? '' : `**${wrong} wrong**`]
  const time = `${seconds(middle(outings.map(({ ms }) => ms)))} s`
  return [errors.filter(Boolean).join(', ') || 'exact', time].join(', ')
}

function describeGoals(works: Paired[]): string {
  const rows = works.flatMap(({ work, measured }) => {
    const { goal } = work
    const portgate = findTool(measured, 'Portgate')
    const peer = goal && findTool(measured, goal.peer)
    if (!goal || !portgate || !peer) return []
    const ratio = median(portgate) / median(peer)
    const isExact = portgate.outings.every(({ missed, wrong }) => missed === 0 && wrong === 0)
    const atMost = peer.outings.some(({ isCut }) => isCut) ? '< ' : ''
    const goals = [goal.ratio, ...(goal.next === undefined ? [] : [goal.next])]
    const wanted = goals.map((one) => `≤ ${one.toFixed(2)}`).join(', then ')
    return [[work.name, goal.peer, wanted, `${atMost}${ratio.toFixed(2)}`, judge(ratio, goals, isExact)]]
  })
  return table(['work', 'peer', 'goal', 'Portgate to peer', 'met'], rows)
}

function judge(ratio: number, goals: number[], isExact: boolean): string {
  if (!isExact) return 'no: not exact'
  const met = goals.filter((goal) => ratio <= goal).length
  return met === goals.length ? 'yes' : met === 0 ? 'no' : 'the first'
}

function describeTimes(works: Paired[]): string {
  const rows = works.flatMap(({ work, measured }) =>
    measured.map(({ tool, outings }, index) => {
      const isCut = outings.some(({ isCut }) => isCut)
      const times = outings.map(({ ms }) => ms).sort((a, b) => a - b)
      const span = `${seconds(times[0])}–${seconds(times.at(-1))}`
      const done = outings.filter(({ isCut }) => !isCut)
      return [
        index === 0 ? work.name : '',
        tool,
        isCut ? `over ${seconds(times.at(-1))}` : seconds(median({ tool, outings })),
        isCut ? '' : span,
        ...(done.length === 0 ? ['', ''] : [worst(done, 'missed'), worst(done, 'wrong')]),
      ]
    }),
  )
  return table(['work', 'tool', 'seconds', 'span', 'missed', 'wrong'], rows)
}

function describeStart({ portgateMs, nodeMs }: StartTimes): string {
  const [portgate, node] = [middle(portgateMs), middle(nodeMs)]
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

/** Twenty characters are the whole. */
function bar(share: number): string {
  return '█'.repeat(Math.max(1, Math.round(share * 20)))
}

function worst(outings: Outing[], key: 'missed' | 'wrong'): string {
  const counts = outings.map((outing) => outing[key])
  return counts.includes(undefined) ? '–' : Math.max(...(counts as number[])).toLocaleString('en')
}

function findTool(measured: Measured[], name: string): Measured | undefined {
  return measured.find(({ tool }) => tool === name)
}

function median({ outings }: Measured): number {
  return middle(outings.map(({ ms }) => ms))
}

function middle(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

function seconds(ms = Number.NaN): string {
  return (ms / 1000).toFixed(2)
}

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}
