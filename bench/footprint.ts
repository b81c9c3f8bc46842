/** What Portgate itself costs: its start, and its memory. */
import { existsSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { buildLab, type Lab } from '../test/lab/lab.ts'
import { TOOLS, type Tool } from './tools.ts'

/** Ports of each host for the curve of memory; the largest is a million probes. */
const HOSTS = [1, 4, 10, 20, 40]
const PORTS = 25_000

/** How often the memory of the process is read, in milliseconds. */
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

/** How long a run on 20 ports of one host takes, start and report included, compared with a Node that does nothing. */
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
    const { ms, megabytes } = await watch(lab, command, { cwd })
    points.push({ probes: hosts * PORTS, seconds: ms / 1000, megabytes })
    await rm(cwd, { recursive: true })
  }
  return points
}

async function startPortgate(
  addresses: string[],
  ports: number,
): Promise<{ command: string[]; cwd: string }> {
  const [portgate] = TOOLS as [Tool]
  const { command, cwd = '' } = await portgate.start(addresses, `1-${ports}`)
  return { command, cwd }
}

/** What a process printed, how long it took in milliseconds, and the most memory that it had resident, in MB. */
interface Watched {
  stdout: string
  stderr: string
  ms: number
  megabytes: number
}

/** Runs a command on the scanner's machine, for `timeout` milliseconds at most. */
export async function watch(
  lab: Lab,
  command: string[],
  options: { cwd?: string; timeout?: number },
): Promise<Watched> {
  let megabytes = 0
  let look: NodeJS.Timeout | undefined
  const onStart = (pid: number) => {
    look = setInterval(() => {
      megabytes = Math.max(megabytes, readPeak(pid))
    }, LOOK_MS)
  }
  const startedAt = performance.now()
  const { stdout, stderr } = await lab.run(command, { ...options, onStart })
  const ms = performance.now() - startedAt
  clearInterval(look)
  return { stdout, stderr, ms, megabytes }
}

/** `VmHWM` of proc_pid_status(5), in MB; 0 once the process has ended, which may be before all that it printed is read. */
function readPeak(pid: number): number {
  const file = `/proc/${pid}/status`
  if (!existsSync(file)) return 0
  const [, kibibytes = '0'] = /VmHWM:\s+(\d+)/.exec(readFileSync(file, 'utf8')) ?? []
  return (Number(kibibytes) * 1024) / 1e6
}

async function time(run: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await run()
  return performance.now() - startedAt
}
