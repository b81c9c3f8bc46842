/** The probes of a host that wait for an answer. */
import type { Probe } from './probe.ts'

/** Finished probes are dropped once they are more than this, and more than half of all: few are kept, and few are moved. */
const FEWEST_DROPPED = 32

/** Probes with the same timeout, oldest first, from `head` on; those that are done are dropped at the head. */
interface Queue {
  probes: Probe[]
  head: number
}

interface State {
  fullTimeout: Queue
  singleSyn: Queue
  /** Port probes that have not ended, including those whose silence waits for a control probe. */
  portProbes: number
}

/** Only the functions of this file change it. */
export interface InFlight {
  readonly fullTimeout: Readonly<Queue>
  readonly singleSyn: Readonly<Queue>
  readonly portProbes: number
}

export function createInFlight(): InFlight {
  return { fullTimeout: { probes: [], head: 0 }, singleSyn: { probes: [], head: 0 }, portProbes: 0 }
}

export function addProbe(inFlight: InFlight, probe: Probe): void {
  const state = inFlight as State
  const isSingleSyn = probe.kind === 'port' && probe.isSingleSyn
  const { probes } = isSingleSyn ? state.singleSyn : state.fullTimeout
  probes.push(probe)
  if (probe.kind === 'port') state.portProbes += 1
}

/** Notes that a port probe has ended. */
export function notePortProbeDone(inFlight: InFlight): void {
  const state = inFlight as State
  state.portProbes -= 1
}

/** Hands out each probe of a queue whose timeout is over, once. */
export function forEachExpired(
  inFlight: InFlight,
  which: 'fullTimeout' | 'singleSyn',
  timeoutMs: number,
  now: number,
  expire: (probe: Probe) => void,
): void {
  const queue = (inFlight as State)[which]
  const { probes } = queue
  while (queue.head < probes.length) {
    const probe = probes[queue.head] as Probe
    if (!probe.isDone && now - probe.startedAt < timeoutMs) break
    queue.head += 1
    if (!probe.isDone) expire(probe)
  }
  if (queue.head > FEWEST_DROPPED && queue.head * 2 > probes.length) {
    queue.probes = probes.slice(queue.head)
    queue.head = 0
  }
}

/** The probes that have not ended yet. */
export function listUnanswered({ fullTimeout, singleSyn }: InFlight): Probe[] {
  return [fullTimeout, singleSyn].flatMap(({ probes, head }) =>
    probes.slice(head).filter(({ isDone }) => !isDone),
  )
}
