/** What Portgate itself costs: its start, and its memory. */
import { readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { buildLab, type Lab } from '../test/lab/lab.ts'
import { TOOLS, type Tool } from './tools.ts'

/** Ports of each host for the curve of memory; the largest is a million probes. */
const HOSTS = [1, 4, 10, 20, 40]
const PORTS = 25_000

/** How often the process is looked at, in milliseconds. */
const LOOK_MS = 20

/** Whole processes, in milliseconds: Portgate on 20 ports, and Node with nothing to do. */
export interface StartTimes {
  portgateMs: number[]
  nodeMs: number[]
}

/** A point of the curve: probes, seconds, and the most memory that was resident, in MB (10⁶ bytes). */
export interface MemoryPoint {
  probes: number
  seconds: number
  megabytes: number
}

/** How long a run on 20 ports of one host takes, start and report included, beside a Node that does nothing. */
export async function measureStart(runs: number): Promise<StartTimes> {
  await using lab = await buildLab({ host: { listen: [22, 443] } })
  const { command, cwd } = await startPortgate([lab.addresses.host?.v4 ?? ''], 20)
  const times: StartTimes = { portgateMs: [], nodeMs: [] }
  for (let run = 0; run < runs; run++) {
    times.portgateMs.push(await time(() => lab.run(command, { cwd })))
    times.nodeMs.push(await time(() => lab.run([process.execPath, '-e', '0'])))
  }
  await rm(cwd, { recursive: true })
  return times
}

/** Scans more and more hosts on loopback, where nothing listens. */
export async function measureMemory(): Promise<MemoryPoint[]> {
  await using lab = await buildLab({})
  const points: MemoryPoint[] = []
  for (const hosts of HOSTS) {
    const addresses = Array.from({ length: hosts }, (_, index) => `127.0.1.${index + 1}`)
    const { command, cwd } = await startPortgate(addresses, PORTS)
    const startedAt = performance.now()
    const bytes = await watchMemory(lab, command, cwd)
    const seconds = (performance.now() - startedAt) / 1000
    points.push({ probes: hosts * PORTS, seconds, megabytes: bytes / 1e6 })
    await rm(cwd, { recursive: true })
  }
  return points
}

async function startPortgate(
  addresses: string[],
  ports: number,
): Promise<{ command: string[]; cwd: string }> {
  const [portgate] = TOOLS as [Tool]
  const { command, cwd = '' } = await portgate.start(addresses, ports)
  return { command, cwd }
}

/** Runs a command and gives the most memory that it had resident, in bytes (`VmHWM`, proc_pid_status(5)). */
async function watchMemory(lab: Lab, command: string[], cwd: string): Promise<number> {
  let most = 0
  let look: NodeJS.Timeout | undefined
  const onStart = (pid: number) => {
    look = setInterval(() => {
      const [, kibibytes = '0'] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
      most = Math.max(most, Number(kibibytes) * 1024)
    }, LOOK_MS)
  }
  await lab.run(command, { cwd, onStart })
  clearInterval(look)
  return most
}

async function time(run: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await run()
  return performance.now() - startedAt
}
