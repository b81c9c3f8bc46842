/** The kernel of the machine that scans: its sockets, and the timers of its retransmissions. */
import type { SimulatedClock } from './clock.ts'
import type { MachineSpec } from './spec.ts'

/**
 * When the kernel retransmits, in milliseconds after the SYN before (RFC 6298, 5.5; `tcp_syn_linear_timeouts` is 4). Its
 * timers are coarse: those of SYNs that left within 32 ms end together, in the order in which they were set, never early.
 */
const LINEAR_MS = [1_000, 1_000, 1_000, 1_000, 2_000]
const DOUBLING_MS = [1_000, 2_000, 4_000]
const COARSE_MS = 32

export interface Socket {
  close(): void
}

export interface Kernel {
  /** Opens a socket, or says why it cannot (errno's word). */
  openSocket(): Socket | string
  /** What `connect` says at once where there is no way out (errno's word). */
  findFault(): string | undefined
  /** Calls back when the retransmission with this number, from 0, is due; never if there is none. */
  onRetransmission(number: number, call: () => void): void
  countSockets(): number
}

/** @param phase where in 32 ms its coarse timers end, from 0 to 1 */
export function createKernel(spec: MachineSpec, clock: SimulatedClock, phase: number): Kernel {
  const delays = spec.isLinear ? LINEAR_MS : DOUBLING_MS
  const bunches = new Map<number, (() => void)[]>()
  let sockets = 0
  const isWithin = ({ fromMs, toMs = Number.POSITIVE_INFINITY }: { fromMs: number; toMs?: number }) =>
    clock.now() >= fromMs && clock.now() < toMs
  return {
    openSocket() {
      const { shortage } = spec
      if (shortage && sockets >= shortage.most && isWithin(shortage)) return shortage.error
      sockets += 1
      return {
        close() {
          sockets -= 1
        },
      }
    },
    findFault: () => (spec.offline && isWithin(spec.offline) ? 'ENETUNREACH' : undefined),
    onRetransmission(number, call) {
      const delay = delays[number]
      if (delay === undefined) return
      const end = Math.ceil((clock.now() + delay) / COARSE_MS - phase)
      const bunch = bunches.get(end)
      if (bunch) {
        bunch.push(call)
        return
      }
      const calls = [call]
      bunches.set(end, calls)
      clock.at((end + phase) * COARSE_MS, () => {
        bunches.delete(end)
        for (const one of calls) one()
      })
    },
    countSockets: () => sockets,
  }
}
