/**
 * Halves and doubles each constant of the engine, and lists the simulated networks that show it:
 *
 *     npm run sensitivity -- [--only NEAREST,GROWTH] [--network 'four sockets'] [--seeds 200]
 */
import { type ChildProcess, fork } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { CONSTANTS, type Cost, compare, listNetworks, measure, scale } from '../test/simulate/sensitivity.ts'

/** A constant with which scans do not end is as wrong as can be. */
const TIMEOUT_MS = 600_000

/** Most networks that are named of those that show a change. */
const MOST_NAMED = 4

type Costs = Record<string, Cost>

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    network: { type: 'string', default: '' },
    seeds: { type: 'string', default: '200' },
    child: { type: 'boolean', default: false },
  },
})
const seeds = Number(values.seeds)

if (values.child) await serve()
else await runAll()

/** A child process, started with one constant changed: measures all networks. */
async function serve(): Promise<void> {
  const costs: Costs = {}
  for (const [name, spec] of listNetworks(seeds)) {
    if (name.startsWith(values.network)) costs[name] = await measure(spec)
  }
  process.send?.(costs)
}

async function runAll(): Promise<void> {
  const names = values.only?.split(',') ?? Object.keys(CONSTANTS)
  const base = (await measureAltered(undefined)) as Costs
  const waiting = names.flatMap((name) => [0.5, 2].map((factor) => ({ name, factor })))
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const value = scale(CONSTANTS[next.name] as number, next.factor)
      if (value !== CONSTANTS[next.name]) describe(next, base, await measureAltered(`${next.name}=${value}`))
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, work))
}

function describe({ name, factor }: { name: string; factor: number }, base: Costs, costs?: Costs): void {
  if (!costs) {
    console.log(`${name} ×${factor}: a scan comes to no end`)
    return
  }
  const told = Object.entries(base).flatMap(([network, cost]) => {
    const difference = compare(cost, costs[network] as Cost)
    return difference ? [{ network, difference }] : []
  })
  const kept = told.filter(({ network }) => !network.startsWith('seed '))
  const ratio = (of: 'ms' | 'probes') => (sum(costs, of) / sum(base, of)).toFixed(3)
  const chosen = [...kept, ...told]
    .slice(0, MOST_NAMED)
    .map(({ network, difference }) => `    ${difference}: ${network}`)
  console.log(
    [
      `${name} ×${factor}: ${kept.length} kept networks tell, ${told.length - kept.length} random ones; faults ${countFaults(base)} → ${countFaults(costs)}, misses ${sum(base, 'misses')} → ${sum(costs, 'misses')}, time ×${ratio('ms')}, probes ×${ratio('probes')}`,
      ...chosen,
    ].join('\n'),
  )
}

function sum(costs: Costs, of: 'ms' | 'probes' | 'misses'): number {
  return Object.values(costs).reduce((total, cost) => total + (cost[of] < Number.MAX_VALUE ? cost[of] : 0), 0)
}

function countFaults(costs: Costs): number {
  return Object.values(costs).reduce((total, { faults }) => total + faults.length, 0)
}

/** @returns undefined where it takes too long */
function measureAltered(altered: string | undefined): Promise<Costs | undefined> {
  const hook = fileURLToPath(new URL('../test/simulate/alter-tuning.ts', import.meta.url))
  return new Promise((resolve, reject) => {
    const child: ChildProcess = fork(
      import.meta.filename,
      ['--child', '--seeds', String(seeds), '--network', values.network],
      {
        execArgv: ['--import', hook],
        env: { ...process.env, ...(altered && { ALTER: altered }) },
      },
    )
    let costs: Costs | undefined
    const timer = setTimeout(() => child.kill('SIGKILL'), TIMEOUT_MS)
    child.on('message', (message: Costs) => {
      costs = message
    })
    child.on('exit', (status, signal) => {
      clearTimeout(timer)
      if (signal === 'SIGKILL' || costs) resolve(costs)
      else reject(new Error(`a child ended with ${status}: ${altered}`))
    })
  })
}
