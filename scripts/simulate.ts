/**
 * Draws random networks and compares the scan with the truth on each:
 *
 *     npm run simulate -- --seeds 100000 [--from 1] [--write: the figures into docs/certainty.md]
 *     npm run simulate -- --seed 17 [--shrink] [--trace]
 *     npm run simulate -- --network '{…}' [--shrink] [--trace]
 *
 * or builds networks like those that `--debug` has traced, and scans them:
 *
 *     npm run simulate -- --replay log.txt
 */
import { type ChildProcess, fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { check, fingerprint, type Verdict } from '../test/simulate/check.ts'
import { describeReplay, describeRun } from '../test/simulate/describe.ts'
import { drawNetwork } from '../test/simulate/draw.ts'
import { holdAgainstBounds } from '../test/simulate/known.ts'
import { replay as replayTraced } from '../test/simulate/replay.ts'
import { nameFailure, shrink } from '../test/simulate/shrink.ts'
import { addTallies, describeTallies, type Tallies } from '../test/simulate/tally.ts'
import { readTrace } from '../test/simulate/trace-file.ts'
import { fillIn } from './fill-in.ts'

const PAGE = new URL('../docs/certainty.md', import.meta.url)

/** What a process is given at a time. */
const CHUNK = 25

/** Each network of which the seed is a multiple of this runs twice. */
const REPEATED = 20

/** How often it says how far it has come: a range of 100,000 takes hours. */
const PROGRESS_MS = 60_000

/** What a child reports about one seed. */
interface Told {
  seed: number
  /** Faults and misses; undefined where all was well. */
  failure?: string | undefined
  detail?: string
  unseen: number
  tallies: Tallies
  ms: number
  /** How long the scan took, in virtual milliseconds. */
  scanMs: number
}

const { values } = parseArgs({
  options: {
    seeds: { type: 'string' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    network: { type: 'string' },
    shrink: { type: 'boolean', default: false },
    trace: { type: 'boolean', default: false },
    replay: { type: 'string' },
    child: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
})

if (values.child) serve()
else if (values.replay !== undefined) await replayTrace(values.replay)
else if (values.seed !== undefined || values.network !== undefined) await replay()
else await runAll(Number(values.from), Number(values.seeds ?? 2_000))

/** A child: checks the seeds that it is sent. */
function serve(): void {
  process.on('message', async (seeds: number[]) => {
    for (const seed of seeds) process.send?.(await checkSeed(seed))
    process.send?.('done')
  })
}

async function checkSeed(seed: number): Promise<Told> {
  const began = performance.now()
  const verdict = await check(drawNetwork(seed))
  if (seed % REPEATED === 0) await checkRepeated(seed, verdict)
  const { faults, misses, unseen, tallies } = verdict
  const detail = [
    ...faults.map(({ kind, detail }) => `${kind}: ${detail}`),
    ...misses
      .slice(0, 2)
      .map(({ host, port, truth, told }) => `port ${port} of host ${host} is ${truth}, told ${told}`),
  ]
  const failure = nameFailure(verdict)
  return {
    seed,
    failure,
    detail: detail.slice(0, 3).join('; '),
    unseen,
    tallies,
    ms: performance.now() - began,
    scanMs: verdict.run?.endedMs ?? 0,
  }
}

async function checkRepeated(seed: number, { run, faults }: Verdict): Promise<void> {
  const { run: again } = await check(drawNetwork(seed))
  if (run && again && fingerprint(run) !== fingerprint(again))
    faults.push({ kind: 'not-repeated', detail: 'two runs of it differ' })
}

async function replay(): Promise<void> {
  let spec = values.network === undefined ? drawNetwork(Number(values.seed)) : JSON.parse(values.network)
  let verdict = await check(spec)
  const failure = nameFailure(verdict)
  if (values.shrink && failure) {
    spec = await shrink(spec, failure)
    verdict = await check(spec)
  }
  const lines: string[] = []
  if (values.trace) await check(spec, (line) => lines.push(line))
  console.log(describeRun(spec, verdict, lines))
  process.exitCode = failure ? 1 : 0
}

async function replayTrace(file: string): Promise<void> {
  for (const host of readTrace(readFileSync(file, 'utf8')))
    console.log(describeReplay(await replayTraced(host)))
}

async function runAll(from: number, seeds: number): Promise<void> {
  const began = performance.now()
  const tallies: Tallies = {}
  const faults: Told[] = []
  const misses: Told[] = []
  let unseen = 0
  let scanMs = 0
  let slowest: Told | undefined
  let next = from
  const end = from + seeds
  const take = () => {
    const chunk = Array.from({ length: Math.min(CHUNK, end - next) }, (_, index) => next + index)
    next += chunk.length
    return chunk
  }
  let done = 0
  const progress = setInterval(() => {
    console.error(`${done} of ${seeds} seeds, ${faults.length} with faults`)
  }, PROGRESS_MS)
  const onTold = (told: Told) => {
    done += 1
    addTallies(tallies, told.tallies)
    unseen += told.unseen
    scanMs += told.scanMs
    if (!slowest || told.ms > slowest.ms) slowest = told
    if (!told.failure) return
    const isMiss = told.failure.includes(' told ') && !told.detail?.includes('many-misses')
    ;(isMiss ? misses : faults).push(told)
    if (!isMiss)
      console.log(`npm run simulate -- --seed ${told.seed} --shrink   # ${told.detail?.slice(0, 160)}`)
  }
  await Promise.all(Array.from({ length: availableParallelism() }, () => feed(take, onTold)))
  clearInterval(progress)
  console.log(describeTallies(tallies))
  const bounds = holdAgainstBounds(tallies)
  for (const { name, missed, ports, holds } of bounds)
    console.log(`  ${name}: ${missed} of ${ports} missed${holds ? '' : ', MORE THAN THE BOUND'}`)
  for (const { seed, detail } of misses.slice(0, 40))
    console.log(`npm run simulate -- --seed ${seed} --shrink   # ${detail?.slice(0, 160)}`)
  const seconds = Math.round((performance.now() - began) / 100) / 10
  console.log(
    `${seeds} seeds in ${seconds} s (${(scanMs / 3_600_000).toFixed(1)} hours of scanning): ${faults.length} with faults, ${misses.length} with a few misses, ${unseen} ports that nothing could have shown; the slowest was ${slowest?.seed} (${Math.round(slowest?.ms ?? 0)} ms)`,
  )
  if (values.write) writeFigures({ seeds, scanMs, bounds }, seconds)
  process.exitCode = faults.length > 0 || bounds.some(({ holds }) => !holds) ? 1 : 0
}

/** Puts the figures into the page about certainty. */
function writeFigures(
  { seeds, scanMs, bounds }: { seeds: number; scanMs: number; bounds: ReturnType<typeof holdAgainstBounds> },
  seconds: number,
): void {
  const count = (number: number) => number.toLocaleString('en-US')
  const rows = bounds.map(({ name, missed, ports }) => `| ${name} | ${count(missed)} | ${count(ports)} |`)
  const hours = count(Math.round(scanMs / 3_600_000))
  const figures = [
    `Ports with the wrong state in ${count(seeds)} networks (${hours} hours of scanning, simulated in ${count(Math.round(seconds / 60))} minutes on`,
    `${availableParallelism()} processors), on hosts that had shown some loss:`,
    '',
    '| ports | wrong | of |',
    '| --- | --- | --- |',
    ...rows,
  ].join('\n')
  fillIn(PAGE, 'simulate', figures)
}

/** Keeps one child busy until there is nothing left. */
function feed(take: () => number[], onTold: (told: Told) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const child: ChildProcess = fork(import.meta.filename, ['--child'])
    const give = () => {
      const chunk = take()
      if (chunk.length > 0) child.send(chunk)
      else child.disconnect()
    }
    child.on('message', (message: Told | 'done') => (message === 'done' ? give() : onTold(message)))
    child.on('exit', (status) =>
      status === 0 ? resolve() : reject(new Error(`a child ended with ${status}`)),
    )
    give()
  })
}
