/** What the engine needs of a second thread. */
import type { Outcome } from '../../model.ts'
import type { HostScan } from './host-scan.ts'

/** What a pass has cost, and whether it was ended early. */
export interface PassResult {
  /** Connects started. */
  probes: number
  stopped?: 'time-limit' | 'aborted'
}

/** Probes of one pass that another thread makes. */
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
  /** Ends the thread if something is lent; what it did not report goes back to the hosts. */
  takeBack(): void
}

/** What another thread is told of a pass, and whom it tells. */
export interface OffloadOptions {
  /** How many sockets it may hold open. */
  sockets: number
  /** As for the pass. */
  timeoutMs: number | undefined
  /** Told what it has found. */
  report(host: HostScan, position: number, outcome: Outcome, rttMs: number): void
  /** Told when what was lent is back, so that more can be lent at once. */
  onBack(): void
}

export type StartOffload = (options: OffloadOptions) => Offload
