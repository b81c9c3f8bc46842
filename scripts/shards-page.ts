/**
 * Measures 1, 2, 4 and 8 shards on hosts of a lab, each shard by itself as on a machine of its own, and writes the table of docs/shards.md.
 * Linux, root; 5 minutes.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { VERSION } from '../src/version.ts'
import { buildLab, findMissing, type HostSpec } from '../test/lab/lab.ts'
import { runShards, type Sharded } from '../test/lab/shards.ts'

const PAGE = fileURLToPath(new URL('../docs/shards.md', import.meta.url))
const TABLE = /(<!-- table: npm run shards -->\n).*(<!-- end of table -->)/s

const SHARDS = [1, 2, 4, 8]
const HOSTS = 8
const PORTS = 8_192

/** What a job on GitHub takes besides its scan, in seconds; see src/shards/cost.ts. */
const JOB_SECONDS = 25

/** Hosts that are silent but for two ports: the slowest there are. */
const LAB: Record<string, HostSpec> = Object.fromEntries(
  Array.from({ length: HOSTS }, (_, index) => [
    `h${index}`,
    {
      listen: [22, 80],
      speaks: { 22: 'ssh', 80: 'http' },
      firewall: ['tcp dport != { 22, 80 } drop'],
    } as const,
  ]),
)

function writePolicy(hosts: number, ports: number): string {
  const rules = Array.from({ length: hosts }, (_, index) => `  $h${index}: [22, 80]\n`)
  return `scan: { ports: "1-${ports}" }\nhosts:\n${rules.join('')}`
}

const seconds = (value: number) => value.toFixed(1)
const minutesOf = (value: number) => Math.ceil((JOB_SECONDS + value) / 60)

function renderRow(shards: number, { planSeconds, shardSeconds, mergeSeconds }: Sharded): string {
  const slowest = Math.max(...shardSeconds)
  const sum = shardSeconds.reduce((total, one) => total + one, 0)
  const minutes = [planSeconds, ...shardSeconds, mergeSeconds].reduce(
    (total, one) => total + minutesOf(one),
    0,
  )
  const whole = planSeconds + slowest + mergeSeconds
  const cells = [shards, ...[planSeconds, slowest, mergeSeconds, whole, sum].map(seconds), minutes]
  return `| ${cells.join(' | ')} |`
}

const missing = findMissing()
if (missing) throw new Error(missing)
await using lab = await buildLab(LAB)
const [load = 0] = loadavg()
const rows: string[] = []
for (const shards of SHARDS) {
  const run = await runShards(lab, writePolicy(HOSTS, PORTS), shards, false)
  if (run.report.verdict !== 'pass') throw new Error(`${shards} shards: ${run.report.verdict}`)
  rows.push(renderRow(shards, run))
  console.log(rows.at(-1))
}
const least = await runShards(lab, writePolicy(1, 80), 1, false)
const fixed = seconds(Math.max(...least.shardSeconds))
const text = `${HOSTS} hosts of a lab with ${PORTS.toLocaleString('en-US')} ports each, silent but for two, each shard by itself as on a machine of its own
(Portgate ${VERSION}, Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim()}, which had a load of ${load.toFixed(0)} when it began). Times in seconds.

| shards | plan | slowest shard | merge | from plan to verdict | all shards | runner minutes |
| ------ | ---- | ------------- | ----- | -------------------- | ---------- | -------------- |
${rows.join('\n')}

What does not shrink: the plan, the merge, and ${fixed} s of each shard, measured with 80 ports of one host: starting,
silent ports that need two SYNs, second looks, and identifying services. The job's own overhead comes on top.
`
writeFileSync(
  PAGE,
  readFileSync(PAGE, 'utf8').replace(TABLE, (_, start, end) => `${start}${text}${end}`),
)
