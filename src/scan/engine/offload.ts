/** What the engine needs of a second thread. */
import type { Outcome } from '../../model.ts'
import type { HostScan } from './host-scan.ts'

/** What a pass has cost, and whether it was ended early. */
export interface PassResult {
  /** Connects started. */
  probes: number
  stopped?: 'time-limit' | 'aborted'
}

/** Probes made by another thread. */
export interface Offload {
  /** How many sockets that thread may hold open: half of all. */
  readonly sockets: number
  /** What that thread has cost so far. */
  readonly result: PassResult
  /**
   * Gives the other thread part of what is left, if that is worth it, nothing is lent and this thread can do no more. The
   * thread is started earlier, so that it is ready when it is needed.
   *
   * @returns whether it did
   */
  lend(hosts: readonly HostScan[], isBusy: boolean): boolean
  /** Whether lent work is overdue: the thread may be stuck, or may have ended without a message. */
  isOverdue(now: number): boolean
  /** Ends the thread; what it did not report goes back to the hosts. */
  takeBack(): void
}

/**
 * @param report told what the other thread has found
 * @param sockets how many it may hold open
 * @param onBack told when what was lent is back, so that more can be lent at once
 */
export type StartOffload = (
  report: (host: HostScan, position: number, outcome: Outcome, rttMs: number) => void,
  sockets: number,
  onBack: () => void,
) => Offload
