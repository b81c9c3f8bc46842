/**
 * Scans the hosts of a lab with Portgate and its peers, in turn, and writes what came of it to `RESULTS.md` and to the
 * page on certainty. Needs what the lab needs, and nmap. Works in which every tool mostly waits are measured a few at a
 * time; the processor is idle for most of that.
 *
 *     npm run bench            all of it, about forty minutes
 *     npm run bench silent     only works whose name has this word (or `start`, or `memory`); the others keep what was
 *                              measured last, which is in `results.json`
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { cpus } from 'node:os'
import { buildLab, findMissing, type Lab } from '../test/lab/lab.ts'
import { measureMemory, measureStart } from './footprint.ts'
import { describeCertainty, describeResults, type Measured, type Outing, type Results } from './results.ts'
import { type Seen, TOOLS, type Tool } from './tools.ts'
import { specsOf, WORKS, type Work } from './works.ts'

/** Runs of each tool, in turn with the others. */
const RUNS = 5

/** No run takes longer, in milliseconds; what was not done by then is not tried again. */
const MOST_MS = 150_000

/** Works that are measured at a time where every tool mostly waits. */
const AT_A_TIME = 5

const RESULTS = new URL('results.json', import.meta.url)
const PAGE = new URL('RESULTS.md', import.meta.url)
const CERTAINTY = new URL('../docs/certainty.md', import.meta.url)

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
// Not before the labs of the others are torn down.
for (const row of rows) if (row.status === 'rejected') throw row.reason
await measureEach(busy)
if ('start'.includes(word)) results.start = { ...measuredNow, ...(await measureStart(RUNS)) }
if ('memory'.includes(word)) results.memory = { ...measuredNow, points: await measureMemory() }
write()

/** Takes works from the list until there are none. */
async function measureEach(list: Work[]): Promise<void> {
  for (let work = list.pop(); work; work = list.pop()) {
    results.works[work.name] = { ...measuredNow, measured: await measure(work) }
    write()
  }
}

function write(): void {
  writeFileSync(RESULTS, `${JSON.stringify(results)}\n`)
  writeFileSync(PAGE, describeResults(results, WORKS, { runs: RUNS, mostMs: MOST_MS, atATime: AT_A_TIME }))
  const around = /(?<=<!-- bench -->\n\n).*(?=\n\n<!-- \/bench -->)/s
  const page = readFileSync(CERTAINTY, 'utf8')
  writeFileSync(
    CERTAINTY,
    page.replace(around, () => describeCertainty(results, WORKS)),
  )
}

/** Runs every tool on the hosts of a work, in turn; who starts changes from round to round. */
async function measure(work: Work): Promise<Measured[]> {
  await using lab = await buildLab(specsOf(work))
  const measured: Measured[] = tools.map(({ name }) => ({ tool: name, outings: [] }))
  for (let round = 0; round < RUNS; round++) {
    for (let step = 0; step < tools.length; step++) {
      const turn = (round + step) % tools.length
      const { outings } = measured[turn] as Measured
      if (outings.some(({ isCut }) => isCut)) continue
      const outing = await scan(lab, work, tools[turn] as Tool)
      outings.push(outing)
      process.stderr.write(`${work.name}: ${tools[turn]?.name} ${(outing.ms / 1000).toFixed(2)} s\n`)
    }
  }
  return measured
}

async function scan(lab: Lab, { hosts }: Work, tool: Tool): Promise<Outing> {
  const [first] = Object.values(hosts)
  const addresses = Object.keys(hosts).map((name) => lab.addresses[name]?.v4 ?? '')
  const { command, cwd } = await tool.start(addresses, first?.ports ?? 0)
  const startedAt = performance.now()
  const { stdout } = await lab.run(command, { cwd, timeout: MOST_MS })
  const ms = performance.now() - startedAt
  if (cwd) await rm(cwd, { recursive: true })
  if (ms >= MOST_MS) return { ms, isCut: true, missed: 0, wrong: 0 }
  return { ms, isCut: false, ...compare(lab, hosts, tool.read(stdout)) }
}

/** Holds what was seen against what is there. */
function compare(lab: Lab, hosts: Work['hosts'], seen: Map<string, Seen>): Pick<Outing, 'missed' | 'wrong'> {
  let missed = 0
  let wrong: number | undefined = 0
  for (const [name, { host, ports, rest }] of Object.entries(hosts)) {
    const { open, others } = seen.get(lab.addresses[name]?.v4 ?? '') ?? { open: [] }
    const truth = (host.listen ?? []).filter((port) => port <= ports)
    const lost = truth.filter((port) => !open.includes(port)).length
    missed += lost
    // An open port that was missed may be among them.
    const right = Math.min(others?.[rest] ?? 0, ports - truth.length)
    wrong = others && wrong !== undefined ? wrong + ports - truth.length - right : undefined
  }
  return { missed, wrong }
}
