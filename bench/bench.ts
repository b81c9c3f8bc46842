/**
 * Scans the hosts of a lab with Portgate and its peers, in turn, and writes what came of it to `RESULTS.md` and to the
 * page on certainty. Needs what the lab needs, and nmap. Workloads in which every tool mostly waits are measured a few
 * at a time, since the processor is mostly idle then.
 *
 *     npm run bench            all of it, a little under an hour
 *     npm run bench silent     only works whose name has this word (or `start`, or `memory`); the others keep what was
 *                              measured last, which is in `results.json`
 */
import { writeFileSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { cpus } from 'node:os'
import { fillIn } from '../scripts/fill-in.ts'
import { buildLab, findMissing, type Lab } from '../test/lab/lab.ts'
import { listPorts } from '../test/lab/scenarios.ts'
import { measureMemory, measureStart, watch } from './footprint.ts'
import { describeCertainty, describeResults, describeSpeed } from './page.ts'
import type { Measured, Outing, Results } from './results.ts'
import { type Seen, TOOLS, type Tool } from './tools.ts'
import { specsOf, toolsOf, WORKS, type Work } from './works.ts'

/** Runs of each tool, in turn with the others. */
const RUNS = 5

/** A peer whose runs take longer than this many milliseconds gets fewer of them. */
const SLOW_MS = 20_000
const SLOW_RUNS = 3

/** Longest run, in milliseconds; a run that was cut off is not tried again. */
const MOST_MS = 150_000

/** Workloads measured at the same time if every tool mostly waits. */
const AT_A_TIME = 5

const MEASURE = { runs: RUNS, slowMs: SLOW_MS, slowRuns: SLOW_RUNS, mostMs: MOST_MS, atATime: AT_A_TIME }

const RESULTS = new URL('results.json', import.meta.url)
const PAGE = new URL('RESULTS.md', import.meta.url)
const CERTAINTY = new URL('../docs/certainty.md', import.meta.url)
const README = new URL('../README.md', import.meta.url)

const missing = findMissing()
if (missing) throw new Error(missing)
const versions = new Map(TOOLS.map((tool) => [tool, tool.version()]))
const tools = TOOLS.filter((tool) => versions.get(tool) !== undefined)

const [word = ''] = process.argv.slice(2)
const measuredNow = {
  at: new Date().toISOString().slice(0, 10),
  machine: `${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}`,
  versions: TOOLS.map((tool) => ({ name: tool.name, version: versions.get(tool) })),
}
const results: Results = JSON.parse(await readFile(RESULTS, 'utf8').catch(() => '{"works":{}}'))
const works = WORKS.filter(({ name }) => name.includes(word))
const [busy, waiting] = [works.filter(({ isBusy }) => isBusy), works.filter(({ isBusy }) => !isBusy)]
const rows = await Promise.allSettled(Array.from({ length: AT_A_TIME }, () => measureEach(waiting)))
// Thrown only now, when the labs of the others are torn down.
for (const row of rows) if (row.status === 'rejected') throw row.reason
await measureEach(busy)
if ('start'.includes(word)) results.start = { ...measuredNow, ...(await measureStart(RUNS)) }
if ('memory'.includes(word)) results.memory = { ...measuredNow, points: await measureMemory() }
write()

/** Takes workloads from the list until none is left. */
async function measureEach(list: Work[]): Promise<void> {
  for (let work = list.pop(); work; work = list.pop()) {
    results.works[work.name] = { ...measuredNow, measured: await measure(work) }
    write()
  }
}

function write(): void {
  writeFileSync(RESULTS, `${JSON.stringify(results)}\n`)
  writeFileSync(PAGE, describeResults(results, WORKS, MEASURE))
  fillIn(CERTAINTY, 'bench', describeCertainty(results, WORKS))
  fillIn(README, 'bench', describeSpeed(results, WORKS))
}

/** Runs the tools of a workload on its hosts, in turn; which one starts changes from round to round. */
async function measure(work: Work): Promise<Measured[]> {
  await using lab = await buildLab(specsOf(work))
  const taking = tools.filter(({ name }) => toolsOf(work).includes(name))
  const measured: Measured[] = taking.map(({ name }) => ({ tool: name, outings: [] }))
  for (let round = 0; round < (work.runs ?? RUNS); round++) {
    for (let step = 0; step < taking.length; step++) {
      const turn = (round + step) % taking.length
      const { outings } = measured[turn] as Measured
      if (hasRunEnough(taking[turn] as Tool, outings)) continue
      const outing = await scan(lab, work, taking[turn] as Tool)
      outings.push(outing)
      process.stderr.write(`${work.name}: ${taking[turn]?.name} ${(outing.ms / 1000).toFixed(2)} s\n`)
    }
  }
  return measured
}

function hasRunEnough({ name }: Tool, outings: Outing[]): boolean {
  const isSlow = name !== 'Portgate' && outings.some(({ ms }) => ms > SLOW_MS)
  return outings.some(({ isCut }) => isCut) || (isSlow && outings.length >= SLOW_RUNS)
}

async function scan(lab: Lab, work: Work, tool: Tool): Promise<Outing> {
  const { ports, identify, timeLimit, mostMs = MOST_MS } = work
  const endpoints = Object.keys(work.hosts).flatMap((name) => endpointsOf(lab, name))
  const { command, cwd } = await tool.start(endpoints, ports, { identify, timeLimit })
  const { stdout, stderr, ms, megabytes } = await watch(lab, command, { cwd, timeout: mostMs })
  if (cwd) await rm(cwd, { recursive: true })
  if (ms >= mostMs) return { ms, megabytes, isCut: true, missed: 0, wrong: 0 }
  // RustScan prints nothing where it has found nothing.
  if (stdout === '' && stderr !== '') throw new Error(`${tool.name} printed nothing but: ${stderr}`)
  return { ms, megabytes, isCut: false, ...compare(lab, work, tool.read(stdout)) }
}

/** Addresses, or the block where a host has all of one: a policy would not list them either. */
function endpointsOf(lab: Lab, name: string): string[] {
  const addresses = addressesOf(lab, name)
  return addresses.length === 65_536 ? [`${addresses[0]}/16`] : addresses
}

/** The addresses of one host, or all that it answers for. */
function addressesOf({ addresses, blocks }: Lab, name: string): string[] {
  return blocks[name] ?? [addresses[name]?.v4 ?? '']
}

/** Compares what was seen with what is there. */
function compare(
  lab: Lab,
  { hosts, ports, identify, timeLimit }: Work,
  seen: Map<string, Seen>,
): Pick<Outing, 'missed' | 'wrong' | 'unnamed'> {
  const scanned = new Set(listPorts(ports))
  let missed = 0
  let wrong: number | undefined = 0
  let unnamed: number | undefined = identify ? 0 : undefined
  for (const [name, { host, rest }] of Object.entries(hosts)) {
    const truth = (host.listen ?? []).filter((port) => scanned.has(port))
    const spoken = Object.entries(host.speaks ?? {})
    for (const address of addressesOf(lab, name)) {
      const { open, others, services } = seen.get(address) ?? { open: [] }
      missed += truth.filter((port) => !open.includes(port)).length
      // An open port that was missed may be among them.
      const right = (others?.[rest] ?? 0) + (timeLimit ? (others?.unknown ?? 0) : 0)
      const shut = scanned.size - truth.length
      wrong = others && wrong !== undefined ? wrong + shut - Math.min(right, shut) : undefined
      const nameless = spoken.filter(([port, service]) => services?.get(Number(port)) !== service)
      unnamed = services && unnamed !== undefined ? unnamed + nameless.length : undefined
    }
  }
  return { missed, wrong, unnamed }
}
