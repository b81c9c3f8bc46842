/**
 * Scans the hosts of a lab with Portgate and its peers, in turn, and writes what came of it to `RESULTS.md` and to the
 * page on certainty. Needs what the lab needs, and nmap.
 *
 *     npm run bench            all of it, about an hour
 *     npm run bench silent     only works whose name has this word, to stdout
 */
import { readFile, rm, writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { buildLab, findMissing, type Lab } from '../test/lab/lab.ts'
import { measureMemory, measureStart } from './footprint.ts'
import { describeCertainty, describeResults, type Measured, type Outing } from './results.ts'
import { type Seen, TOOLS, type Tool } from './tools.ts'
import { specsOf, WORKS, type Work } from './works.ts'

/** Runs of each tool, in turn with the others. */
const RUNS = 5

/** No run takes longer, in milliseconds; what was not done by then is not tried again. */
const MOST_MS = 100_000

const missing = findMissing()
if (missing) throw new Error(missing)
const versions = new Map(TOOLS.map((tool) => [tool, tool.version()]))
const tools = TOOLS.filter((tool) => versions.get(tool) !== undefined)

const [word] = process.argv.slice(2)
const works: { work: Work; measured: Measured[] }[] = []
for (const work of WORKS.filter(({ name }) => name.includes(word ?? ''))) {
  works.push({ work, measured: await measure(work) })
}
const results = {
  at: new Date(),
  machine: `${cpus().length} × ${cpus()[0]?.model}`,
  versions: TOOLS.map((tool) => ({ name: tool.name, version: versions.get(tool) })),
  runs: RUNS,
  mostMs: MOST_MS,
  works,
  start: word ? undefined : await measureStart(RUNS),
  memory: word ? undefined : await measureMemory(),
}
if (word) process.stdout.write(describeResults(results))
else {
  await writeFile(new URL('RESULTS.md', import.meta.url), describeResults(results))
  const page = new URL('../docs/certainty.md', import.meta.url)
  const around = /(?<=<!-- bench -->\n\n).*(?=\n\n<!-- \/bench -->)/s
  await writeFile(
    page,
    (await readFile(page, 'utf8')).replace(around, () => describeCertainty(results)),
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
