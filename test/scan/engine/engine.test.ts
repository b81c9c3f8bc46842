import { availableParallelism } from 'node:os'
import type { Worker } from 'node:worker_threads'
import { afterEach, describe, expect, test } from 'vitest'
import { probeHosts } from '../../../src/scan/engine/engine.ts'
import { MOST_HOSTS } from '../../../src/scan/engine/host-rotation.ts'
import type { HostJob } from '../../../src/scan/engine/host-scan.ts'
import type { Listener } from '../../../src/scan/engine/outcomes.ts'
import { createTokenBucket } from '../../../src/scan/engine/token-bucket.ts'
import { createMachine } from '../../../src/scan/machine.ts'
import { createTarget } from '../../../src/scan/targets/target.ts'
import { createSecondThread, type SecondThread } from '../../../src/scan/worker/offload.ts'

const HOSTS = process.platform === 'linux' ? ['127.0.9.1', '127.0.9.2', '127.0.9.3'] : ['127.0.0.1']
const PORTS = 60_000 / HOSTS.length

afterEach(() => process.removeAllListeners('worker'))

/** Enough work for two threads: ports on loopback, most of which refuse. */
function createJobs(timeLimitMs = 60_000): HostJob[] {
  const deadline = performance.now() + timeLimitMs
  const ports = Uint16Array.from({ length: PORTS }, (_, index) => index + 1_000)
  return HOSTS.map((address) => {
    const target = createTarget(address, ports, { deadline, limiters: [], expected: [] })
    return { target, order: Uint16Array.from(ports.keys()), deadline }
  })
}

/** Probes them all, and says how often each outcome came about; fails where a port has none, or two. */
async function probe(
  jobs: HostJob[],
  options: { signal?: AbortSignal; thread?: SecondThread; timeoutMs?: number } = {},
) {
  const { signal = new AbortController().signal, thread = createSecondThread(), timeoutMs } = options
  const times = new Map(jobs.map((job) => [job, new Uint8Array(PORTS)]))
  const outcomes: Record<string, number> = {}
  const listener = listen((job, position, name) => {
    const list = times.get(job) as Uint8Array
    list[position] = (list[position] ?? 0) + 1
    outcomes[name] = (outcomes[name] ?? 0) + 1
  })
  const context = { ...createMachine(1), startOffload: thread.startOffload }
  const result = await probeHosts(jobs, listener, { signal, ...(timeoutMs && { timeoutMs }) }, context)
  if (!options.thread) thread.end()
  for (const list of times.values()) expect(list.every((count) => count === 1)).toBe(true)
  return { ...result, outcomes }
}

/** What a listener is told of a job, one position at a time. */
function listen(tell: (job: HostJob, position: number, name: string) => void): Listener {
  return {
    onOutcome: (job, position, { state, reason }) => tell(job, position, `${state} ${reason}`),
    onOutcomes(job, positions, { state, reason }) {
      for (const position of positions) tell(job, position, `${state} ${reason}`)
    },
  }
}

/** Calls back with each thread that is started; the number of them. */
function watchThreads(onThread: (thread: Worker) => void = () => {}): () => number {
  let count = 0
  process.on('worker', (thread) => {
    count += 1
    onThread(thread)
  })
  return () => count
}

describe.skipIf(availableParallelism() < 2)('two threads', () => {
  test('every port has one outcome, and what both have made is counted', async () => {
    const threads = watchThreads()
    const { outcomes, probes } = await probe(createJobs())
    expect(threads()).toBe(1)
    expect(outcomes['closed conn-refused']).toBeGreaterThan(PORTS * HOSTS.length - 500)
    expect(probes).toBeGreaterThanOrEqual(PORTS * HOSTS.length)
  })

  test('the next pass has the same thread, though it has nothing to prove', async () => {
    let messages = 0
    const threads = watchThreads((worker) => worker.on('message', () => (messages += 1)))
    const thread = createSecondThread()
    const jobs = createJobs()
    await probe(jobs, { thread })
    const before = messages
    const { outcomes } = await probe(jobs, { thread, timeoutMs: 500 })
    thread.end()
    expect(threads()).toBe(1)
    expect(messages).toBeGreaterThan(before)
    expect(outcomes['closed conn-refused']).toBeGreaterThan(PORTS * HOSTS.length - 500)
  })

  test('a thread that dies loses nothing', async () => {
    const threads = watchThreads((thread) => void setTimeout(() => thread.terminate(), 120))
    const { outcomes } = await probe(createJobs())
    expect(threads()).toBeGreaterThanOrEqual(1)
    expect(outcomes['closed conn-refused']).toBeGreaterThan(PORTS * HOSTS.length - 500)
  })

  test('a thread that never comes up is not waited for', async () => {
    watchThreads((thread) => void thread.terminate())
    const { outcomes, stopped } = await probe(createJobs(20_000))
    expect(stopped).toBeUndefined()
    expect(outcomes['closed conn-refused']).toBeGreaterThan(PORTS * HOSTS.length - 500)
  })

  test('an end from outside ends both, and the rest is unknown', async () => {
    const controller = new AbortController()
    const threads = watchThreads(() => void setTimeout(() => controller.abort(), 150))
    const { outcomes, probes, stopped } = await probe(createJobs(), { signal: controller.signal })
    expect(threads()).toBe(1)
    expect(stopped).toBe('aborted')
    expect(outcomes['unknown aborted']).toBeGreaterThan(0)
    expect(outcomes['closed conn-refused']).toBeGreaterThan(0)
    expect(probes).toBeGreaterThanOrEqual(outcomes['closed conn-refused'] ?? 0)
  })

  test('the time limit holds for both', async () => {
    const { outcomes, stopped } = await probe(createJobs(400))
    expect(stopped).toBe('time-limit')
    expect(outcomes['unknown time-limit']).toBeGreaterThan(0)
    expect(outcomes['closed conn-refused']).toBeGreaterThan(0)
  })
})

describe('more hosts than take turns at a time', () => {
  test.each([
    { name: 'all that are under way done at once', end: false, outcome: 'closed conn-refused' },
    { name: 'all ended from outside', end: true, outcome: 'unknown aborted' },
  ])('$name: each port has one outcome', async ({ end, outcome }) => {
    const controller = new AbortController()
    if (end) controller.abort()
    const jobs = Array.from({ length: 700 }, () => createJob(HOSTS[0] as string))
    const outcomes = new Map<HostJob, string[]>()
    const listener = listen((job, _, name) => outcomes.set(job, [...(outcomes.get(job) ?? []), name]))
    await probeHosts(jobs, listener, { signal: controller.signal }, createMachine(1))
    expect(jobs.map((job) => outcomes.get(job))).toEqual(jobs.map(() => [outcome]))
  })
})

/** As many hosts as take turns at a time: whether more are to come is known only once one is asked for. */
test('a pass ends though its last hosts were late while a burst was still to be sent', async () => {
  let now = 0
  let tick = () => {}
  const soon: (() => void)[] = []
  const clock = {
    now: () => now,
    every(_: number, call: () => void) {
      tick = call
      return () => {
        tick = () => {}
      }
    },
    soon: (call: () => void) => void soon.push(call),
    sleep: async () => {},
  }
  const createConnector = () => ({ connect: () => ({ cancel() {} }), releasePool() {} })
  const jobs = Array.from({ length: MOST_HOSTS }, () => createJob('192.0.2.1', 10))
  const context = { ...createMachine(1), clock, createConnector, sockets: 10_000 }
  const ending = probeHosts(
    jobs,
    listen(() => {}),
    { signal: new AbortController().signal },
    context,
  )
  expect(soon).toHaveLength(1)
  now = 20
  for (let turn = 0; turn < 3; turn++) {
    tick()
    for (const call of soon.splice(0)) call()
  }
  expect(await Promise.race([ending, 'never'])).toMatchObject({ stopped: 'time-limit' })
})

/** One port, which refuses. */
function createJob(address: string, deadline = Number.POSITIVE_INFINITY): HostJob {
  const target = createTarget(address, Uint16Array.of(9), { deadline, limiters: [], expected: [] })
  return { target, order: [0], deadline }
}

describe.skipIf(availableParallelism() < 2)('two threads and a limit on new connections', () => {
  test('share it', async () => {
    const threads = watchThreads()
    const jobs = createJobs()
    const limit = createTokenBucket(40_000, performance.now())
    for (const { target } of jobs) target.limiters = [limit]
    const began = performance.now()
    const { outcomes, probes } = await probe(jobs)
    const seconds = (performance.now() - began) / 1000
    expect(threads()).toBe(1)
    expect(outcomes['closed conn-refused']).toBeGreaterThan(PORTS * HOSTS.length - 500)
    // What is due in 50 ms may be sent at once.
    expect(probes / (seconds + 0.05)).toBeLessThanOrEqual(40_000)
    expect(limit.perSecond).toBe(40_000)
  })
})
