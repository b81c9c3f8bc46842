/** Which work a second thread gets, and how it comes back. */

import type { HostScan } from '../engine/host-scan.ts'
import { countLost } from '../engine/loss-estimator.ts'
import type { Offload, OffloadOptions, PassResult, StartOffload } from '../engine/offload.ts'
import { lend, type Positions, takeBack } from '../engine/port-queue.ts'
import { lendRate, type TokenBucket, takeBackRate } from '../engine/token-bucket.ts'
import { noteChanged } from '../targets/target.ts'
import type { Share } from './messages.ts'
import { type ProbeWorker, startWorker } from './worker.ts'

/** Below so many ports two threads are no quicker than one: a thread takes 40 ms to start (Node 24). */
const LEAST_OFFLOADED = 8_192

/** The same once the thread runs. */
const LEAST_OFFLOADED_MORE = 1_024

/** The share of the rest that the other thread gets at a time: less than half, so that both finish together. */
const OFFLOADED_SHARE = 0.4

/** No more ports at a time: about two seconds of work, which are handed over within 20 ms. */
const MOST_OFFLOADED = 200_000

/** How long the other thread is waited for after its time limit, in milliseconds. */
const OFFLOAD_LATE_MS = 300

/** The worker's share of each limit on new connections, 0 to 1. */
const RATE_SHARE = 0.5

/** A part of a host's ports, and what of it the worker has reported. */
interface Loan {
  host: HostScan
  positions: Positions
  reported: Uint8Array
}

/** The second thread of a scan. */
export interface SecondThread {
  startOffload: StartOffload
  end(): void
}

/** A thread that is started when it is first needed. Passes share it, one at a time. */
interface Shared {
  worker: ProbeWorker | undefined
  isLent: boolean
}

export function createSecondThread(): SecondThread {
  const shared: Shared = { worker: undefined, isLent: false }
  return {
    startOffload: (options) => createOffload(shared, options),
    end() {
      shared.worker?.end()
    },
  }
}

function createOffload(shared: Shared, { report, sockets, timeoutMs, onBack }: OffloadOptions): Offload {
  let isTried = false
  let loans: Loan[] = []
  let limiters: TokenBucket[] = []
  const result: PassResult = { probes: 0 }

  function settleLoans(): void {
    for (const bucket of limiters) takeBackRate(bucket, performance.now())
    limiters = []
    for (const { host, positions, reported } of loans) {
      const unreported = []
      for (let index = 0; index < positions.length; index++) {
        if (!reported[index]) unreported.push(positions[index] as number)
      }
      takeBack(host.ports, unreported)
    }
    loans = []
    shared.isLent = false
  }

  /** What the worker will not tell any more: it has made a connection at least for each port that it reported. */
  function countReported(): void {
    for (const { host, positions } of loans) result.probes += positions.length - host.ports.lent
  }

  return {
    result,
    sockets,
    lend(hosts, isBusy) {
      if (shared.isLent) return false
      const able = hosts.filter(timeoutMs === undefined ? isCarefree : hasLostNothing)
      const left = able.reduce((sum, { ports }) => sum + ports.end - ports.next, 0)
      if (left < (shared.worker ? LEAST_OFFLOADED_MORE : LEAST_OFFLOADED)) return false
      if (!isTried) shared.worker ??= startWorker()
      isTried = true
      if (!shared.worker || !isBusy) return false
      shared.isLent = true
      const share = Math.min(OFFLOADED_SHARE, MOST_OFFLOADED / left)
      loans = able.map((host) => createLoan(host, share))
      limiters = [...new Set(loans.flatMap(({ host }) => host.job.target.limiters))]
      const now = performance.now()
      const rates = limiters.map((bucket) => lendRate(bucket, RATE_SHARE, now))
      const shares = loans.map((loan) => describeShare(loan, limiters))
      shared.worker.start(
        { shares, limiters: rates, sockets, timeoutMs },
        {
          onOutcome(share, position, outcome, rttMs) {
            const { host, positions, reported } = loans[share] as Loan
            reported[position] = 1
            report(host, positions[position] as number, outcome, rttMs)
          },
          onEnd(done) {
            if (!done) shared.worker = undefined
            if (done) result.probes += done.result.probes
            else countReported()
            if (done?.result.stopped) result.stopped ??= done.result.stopped
            for (const [share, changed] of done?.changed.entries() ?? []) {
              if (changed) noteChanged((loans[share] as Loan).host.job.target, changed)
            }
            settleLoans()
            onBack()
          },
        },
      )
      // A thread that has failed gives it back at once.
      return loans.length > 0
    },
    isOverdue: (now) =>
      loans.some(({ host }) => host.ports.lent > 0 && now > host.job.deadline + OFFLOAD_LATE_MS),
    takeBack() {
      if (loans.length === 0) return
      shared.worker?.end()
      shared.worker = undefined
      countReported()
      settleLoans()
    },
  }
}

/**
 * Whether two may probe a host without knowing of each other: it refuses ports, nothing was ever lost, and its refusals are
 * not in doubt.
 */
function isCarefree({ counts, liveness, refusals, controls, losses }: HostScan): boolean {
  if (counts.isOver || liveness.isUnresponsive || refusals.trust !== 'given') return false
  return controls.closed.length > 0 && countLost(losses) === 0
}

/** The same where nothing has to be proved: all that both could do together is to send too fast. */
function hasLostNothing({ job }: HostScan): boolean {
  const { baseline, lossBefore } = job.target.congestion
  return baseline?.loss === 0 && lossBefore === undefined
}

function createLoan(host: HostScan, share: number): Loan {
  const positions = lend(host.ports, share)
  return { host, positions, reported: new Uint8Array(positions.length) }
}

function describeShare({ host, positions }: Loan, limiters: TokenBucket[]): Share {
  const { target, deadline } = host.job
  return {
    address: target.address,
    ports: Uint16Array.from(positions, (position) => target.ports[position] as number),
    refusing: [...host.controls.closed],
    perSecond: target.congestion.perSecond,
    limiters: target.limiters.map((bucket) => limiters.indexOf(bucket)),
    endsAt: performance.timeOrigin + deadline,
  }
}
