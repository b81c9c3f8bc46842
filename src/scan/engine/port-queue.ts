/** Which port of a host is probed next. */
import type { Random } from '../targets/random.ts'

/** Positions in a target's ports. */
export type Positions = Uint16Array | readonly number[]

interface State {
  readonly order: Positions
  /** Of the order: what comes next, and where the part begins that another thread was given. */
  next: number
  end: number
  /** Positions that another thread has and has not reported. */
  lent: number
  /** Positions to probe again, once all others were probed. */
  retries: number[]
}

/** The positions of one host that wait for a probe; only the functions of this file change it. */
export type PortQueue = Readonly<Omit<State, 'retries'>> & { readonly retries: readonly number[] }

/** @param order the order of the first probes */
export function createPortQueue(order: Positions): PortQueue {
  return { order, next: 0, end: order.length, lent: 0, retries: [] }
}

/** How many positions wait for a probe. */
export function countWaiting({ next, end, retries }: PortQueue): number {
  return end - next + retries.length
}

/**
 * Takes the next position, undefined when there is none. Retries come in random order: they were silent together, and a firewall
 * that lets the first SYNs of each burst pass would always drop the same ones.
 */
export function takeNext(queue: PortQueue, random: Random): number | undefined {
  const state = queue as State
  const { retries } = state
  if (state.next < state.end) return state.order[state.next++]
  const last = retries.pop()
  if (last === undefined || retries.length === 0) return last
  const index = Math.floor(random() * (retries.length + 1))
  if (index === retries.length) return last
  const position = retries[index]
  retries[index] = last
  return position
}

/** Takes all positions that wait. */
export function takeAll(queue: PortQueue): Positions[] {
  const state = queue as State
  const { order, next, end, retries } = state
  const rest = order instanceof Uint16Array ? order.subarray(next, end) : order.slice(next, end)
  state.next = end
  state.retries = []
  return [rest, retries]
}

/** Probes a position again, after all that were not probed yet. */
export function retry(queue: PortQueue, position: number): void {
  const { retries } = queue as State
  retries.push(position)
}

/** The same for many positions. */
export function retryAll(queue: PortQueue, positions: ArrayLike<number>): void {
  const { retries } = queue as State
  for (let index = 0; index < positions.length; index++) retries.push(positions[index] as number)
}

/** Gives a share (0 to 1) of the ports not probed yet, the last ones, to another thread. */
export function lend(queue: PortQueue, share: number): Positions {
  const state = queue as State
  const start = Math.ceil(state.end - (state.end - state.next) * share)
  const positions = state.order.slice(start, state.end)
  state.end = start
  state.lent = positions.length
  return positions
}

/** Notes that the other thread has reported one of them. */
export function noteReturned(queue: PortQueue): void {
  const state = queue as State
  state.lent -= 1
}

/** Takes back what the other thread has not reported. */
export function takeBack(queue: PortQueue, unreported: number[]): void {
  const state = queue as State
  retryAll(state, unreported)
  state.lent = 0
}
