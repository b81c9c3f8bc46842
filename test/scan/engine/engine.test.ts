import { availableParallelism } from 'node:os'
import type { Worker } from 'node:worker_threads'
import { afterEach, describe, expect, test } from 'vitest'
import { probeAll } from '../../../src/scan/engine/engine.ts'
import type { Lane } from '../../../src/scan/engine/host-scan.ts'
import type { Listener } from '../../../src/scan/engine/probes.ts'
import { createTarget } from '../../../src/scan/targets/target.ts'

const HOSTS = process.platform === 'linux' ? ['127.0.9.1', '127.0.9.2', '127.0.9.3'] : ['127.0.0.1']
const PORTS = 60_000 / HOSTS.length

afterEach(() => process.removeAllListeners('worker'))

/** Enough work for two threads: ports on loopback, most of which refuse. */
function createLanes(timeLimitMs = 60_000): Lane[] {
  const deadline = performance.now() + timeLimitMs
  const ports = Uint16Array.from({ length: PORTS }, (_, index) => index + 1_000)
  return HOSTS.map((address) => {
    const target = createTarget(address, ports, { deadline, caps: [], expected: [] })
    return { target, order: Uint16Array.from(ports.keys()), deadline }
  })
}

/** Probes them all, and says how often each outcome came about; fails where a port has none, or two. */
async function probe(lanes: Lane[], signal = new AbortController().signal) {
  const times = new Map(lanes.map((lane) => [lane, new Uint8Array(PORTS)]))
  const outcomes: Record<string, number> = {}
  const listener = listen((lane, position, name) => {
    const list = times.get(lane) as Uint8Array
    list[position] = (list[position] ?? 0) + 1
    outcomes[name] = (outcomes[name] ?? 0) + 1
  })
  const result = await probeAll(lanes, listener, { signal })
  for (const list of times.values()) expect(list.every((count) => count === 1)).toBe(true)
  return { ...result, outcomes }
}

/** What a listener is told of a lane, one position at a time. */
function listen(tell: (lane: Lane, position: number, name: string) => void): Listener {
  return {
    onOutcome: (lane, position, { state, reason }) => tell(lane, position, `${state} ${reason}`),
    onOutcomes(lane, positions, { state, reason }) {
      for (const position of positions) tell(lane, position, `${state} ${reason}`)
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
    const { outcomes, probes } = await probe(createLanes())
    expect(threads()).toBe(1)
    expect(outcomes['closed conn-refused']).toBeGreaterThan(PORTS * HOSTS.length - 500)
    expect(probes).toBeGreaterThanOrEqual(PORTS * HOSTS.length)
  })

  test('a thread that dies loses nothing', async () => {
    const threads = watchThreads((thread) => void setTimeout(() => thread.terminate(), 120))
    const { outcomes } = await probe(createLanes())
    expect(threads()).toBeGreaterThanOrEqual(1)
    expect(outcomes['closed conn-refused']).toBeGreaterThan(PORTS * HOSTS.length - 500)
  })

  test('a thread that never comes up is not waited for', async () => {
    watchThreads((thread) => void thread.terminate())
    const { outcomes, stopped } = await probe(createLanes(20_000))
    expect(stopped).toBeUndefined()
    expect(outcomes['closed conn-refused']).toBeGreaterThan(PORTS * HOSTS.length - 500)
  })

  test('an end from outside ends both, and the rest is unknown', async () => {
    const controller = new AbortController()
    const threads = watchThreads(() => void setTimeout(() => controller.abort(), 150))
    const { outcomes, probes, stopped } = await probe(createLanes(), controller.signal)
    expect(threads()).toBe(1)
    expect(stopped).toBe('aborted')
    expect(outcomes['unknown aborted']).toBeGreaterThan(0)
    expect(outcomes['closed conn-refused']).toBeGreaterThan(0)
    expect(probes).toBeGreaterThanOrEqual(outcomes['closed conn-refused'] ?? 0)
  })

  test('the time limit holds for both', async () => {
    const { outcomes, stopped } = await probe(createLanes(400))
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
    const lanes = Array.from({ length: 700 }, () => createLane(HOSTS[0] as string))
    const outcomes = new Map<Lane, string[]>()
    const listener = listen((lane, _, name) => outcomes.set(lane, [...(outcomes.get(lane) ?? []), name]))
    await probeAll(lanes, listener, { signal: controller.signal })
    expect(lanes.map((lane) => outcomes.get(lane))).toEqual(lanes.map(() => [outcome]))
  })
})

/** One port, which refuses. */
function createLane(address: string): Lane {
  const deadline = Number.POSITIVE_INFINITY
  const target = createTarget(address, Uint16Array.of(9), { deadline, caps: [], expected: [] })
  return { target, order: [0], deadline }
}
