/** This machine, as the engine needs it: its clock, its sockets, and random numbers from a seed. */
import { setTimeout as sleep } from 'node:timers/promises'
import { socketBudget } from './connect/fd-limit.ts'
import { createConnector } from './connect/index.ts'
import { SYN_TIMES_MS } from './connect/syn-times.ts'
import type { Clock } from './engine/clock.ts'
import type { EngineContext } from './engine/context.ts'
import { createRandom } from './targets/random.ts'

export const CLOCK: Clock = {
  now: () => performance.now(),
  every(ms, call) {
    const timer = setInterval(call, ms)
    return () => clearInterval(timer)
  },
  soon(call) {
    setImmediate(call)
  },
  async sleep(ms, signal) {
    await sleep(ms, undefined, { signal }).catch(() => {})
  },
}

/** @param seed of the engine's random numbers */
export function createMachine(seed: number): EngineContext {
  return {
    clock: CLOCK,
    random: createRandom(seed),
    createConnector,
    synTimesMs: SYN_TIMES_MS,
    sockets: socketBudget(),
  }
}
