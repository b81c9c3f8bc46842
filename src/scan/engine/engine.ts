/** The one loop that probes: at each tick it expires silent probes, adjusts rates, sends, and drops hosts that are done. */
import { UNDONE } from '../outcome.ts'
import { noteChanged } from '../targets/target.ts'
import type { EngineContext } from './context.ts'
import { createHostRotation, dropOver, type HostRotation, isEmpty, takeIn } from './host-rotation.ts'
import { type HostJob, type HostScan, hasWork } from './host-scan.ts'
import type { Offload, PassResult } from './offload.ts'
import { createOutcomes, type Listener } from './outcomes.ts'
import { countWaiting } from './port-queue.ts'
import { endHost, giveUpHost, type ProbeContext } from './probe-end.ts'
import { expireProbes } from './probe-expiry.ts'
import { takeReport } from './probes.ts'
import { createSendMeter, measure } from './send-meter.ts'
import { sendBurst } from './sending.ts'
import { createSocketBudget, limitTo } from './socket-budget.ts'
import { beginSecondLook, steer } from './steering.ts'
import { createTracer, type Tracer } from './trace.ts'
import { FIRST_BURST, POOLED_SHARE, STALL_MS, TICK_MS } from './tuning.ts'

/** Most sockets kept for further connects: two for each host that takes its turn. */
const MOST_POOLED = 512

/** How often progress is reported, in milliseconds. */
const PROGRESS_MS = 50

/** Above this many probes a millisecond, the processor is the limit and not the network. */
const BUSY_PER_MS = 10

/** With fewer sockets than this, a second thread would have too few to be of use. */
const LEAST_SOCKETS_FOR_TWO = 1_024

export interface ProbeOptions {
  /**
   * How long a socket waits for an answer, in milliseconds. Undefined: as long as each host needs, and silence is
   * believed only where control ports answered; else the first silence counts.
   */
  timeoutMs?: number
  /** What probably listens on a port. */
  serviceOn?: (port: number) => string | undefined
  signal: AbortSignal
}

/** A pass under way. */
interface Pass extends ProbeContext {
  readonly context: EngineContext
  readonly signal: AbortSignal
  readonly rotation: HostRotation
  readonly tracer: Tracer | undefined
  offload: Offload | undefined
  stopped: PassResult['stopped']
  tickedAt: number
  toldAt: number
  /** It will send again once the answers so far have been read. */
  isSending: boolean
}

/**
 * Probes every port of every job until it has an outcome, and reports each exactly once. Hosts take turns,
 * and each has a rate of its own.
 *
 * A silent socket stays open for a late answer, and for the kernel to retransmit its SYN; what bounds their number is
 * descriptors. A local shortage reduces the number of sockets and tries again; only one that lasts makes ports unknown.
 */
export function probeHosts(
  jobs: HostJob[],
  listener: Listener,
  options: ProbeOptions,
  context: EngineContext,
): Promise<PassResult> {
  const { signal } = options
  const { clock } = context
  const pass = createPass(jobs, listener, options, context)
  return new Promise((resolve) => {
    const stopTicking = clock.every(TICK_MS, next)
    signal.addEventListener('abort', next)
    if (context.startOffload && pass.sockets.most >= LEAST_SOCKETS_FOR_TWO) {
      pass.offload = context.startOffload({
        sockets: Math.floor(pass.sockets.most / 2),
        timeoutMs: options.timeoutMs,
        report: (host, position, outcome, rttMs) => takeReport(pass, host, { position, outcome, rttMs }),
        // Answers that have arrived meanwhile are read first.
        onBack: () => clock.soon(next),
      })
    }
    let hasEnded = false
    next()

    function next(): void {
      if (hasEnded) return
      // The last hosts may have ended between two ticks, because those that were still to be added came late.
      if (!isEmpty(pass.rotation)) tick(pass)
      if (!isEmpty(pass.rotation)) return
      hasEnded = true
      stopTicking()
      signal.removeEventListener('abort', next)
      resolve(endPass(pass))
    }
  })
}

function createPass(
  jobs: HostJob[],
  listener: Listener,
  options: ProbeOptions,
  context: EngineContext,
): Pass {
  const { timeoutMs, serviceOn, signal } = options
  const { clock, random, createConnector, synTimesMs, sockets, isHelping } = context
  const now = clock.now()
  const pooled = Math.min(MOST_POOLED, Math.floor(sockets * POOLED_SHARE))
  const tracer = context.onTrace && createTracer(context.onTrace, listener, options, context)
  const pass: Pass = {
    context,
    now: clock.now,
    random,
    synTimesMs,
    timeoutMs,
    serviceOn,
    holdsRefusals: timeoutMs === undefined && !isHelping,
    connector: createConnector(pooled),
    sockets: createSocketBudget(sockets - pooled),
    // Each host's first burst, since nothing has been measured yet.
    meter: createSendMeter(jobs.length * FIRST_BURST, now),
    outcomes: createOutcomes(tracer?.listener ?? listener),
    signal,
    rotation: createHostRotation(jobs),
    tracer,
    offload: undefined,
    stopped: undefined,
    tickedAt: now,
    toldAt: now,
    isSending: false,
    onRoom: () => sendSoon(pass),
  }
  return pass
}

function endPass({ connector, offload, meter, stopped }: Pass): PassResult {
  connector.releasePool()
  offload?.takeBack()
  const lent = offload?.result
  const ended = stopped ?? lent?.stopped
  return { probes: meter.probes + (lent?.probes ?? 0), ...(ended ? { stopped: ended } : {}) }
}

function tick(pass: Pass): void {
  const { rotation, signal, offload, timeoutMs, outcomes } = pass
  const now = pass.now()
  const isStalled = now - pass.tickedAt > STALL_MS
  pass.tickedAt = now
  if (signal.aborted || offload?.isOverdue(now) || rotation.hosts.some(isLentInDoubt)) offload?.takeBack()
  for (const host of rotation.hosts) {
    stopOverdue(pass, host, now)
    // After a stall the answers are read first.
    if (isStalled) continue
    expireProbes(pass, host, now)
    if (timeoutMs === undefined) steerHost(pass, host, now)
  }
  // If one is scheduled already, another would schedule its own successor, and each tick would add one: no answer gets past
  // such a queue.
  if (!pass.isSending) send(pass)
  retire(pass, now)
  measure(pass.meter, now)
  share(pass)
  if (now - pass.toldAt <= PROGRESS_MS) return
  pass.toldAt = now
  outcomes.listener.onTick?.(outcomes.settled)
}

/** Refusals of this host that another thread reports prove nothing. */
function isLentInDoubt({ ports, refusals }: HostScan): boolean {
  return ports.lent > 0 && refusals.trust !== 'given'
}

function stopOverdue(pass: Pass, host: HostScan, now: number): void {
  if (host.counts.isOver || !isPastDeadline(pass, host, now)) return
  const outcome = pass.signal.aborted ? UNDONE.aborted : UNDONE.timeLimit
  if (isUndone(host)) pass.stopped = outcome.reason
  giveUpHost(pass, host, outcome, now)
}

/** Whether a host that ends now leaves ports unknown. */
function isUndone({ inFlight, ports, refusals }: HostScan): boolean {
  return (
    inFlight.portProbes > 0 || countWaiting(ports) > 0 || (refusals.trust !== 'given' && refusals.count > 0)
  )
}

/** Whether nothing more is to be sent to a host. */
function isPastDeadline({ signal }: Pass, { job }: HostScan, now: number): boolean {
  return signal.aborted || now >= job.deadline
}

/** Adjusts the rate of a host, and gives the host up once it no longer answers. */
function steerHost(pass: Pass, host: HostScan, now: number): void {
  if (steer(host, pass.rotation.hosts.length, now) !== 'gone') return
  const { trust, refusedAt } = host.refusals
  const isRefusing = trust === 'suspended' || (refusedAt ?? 0) > (host.liveness.heardAt ?? 0)
  const outcome = isRefusing ? UNDONE.startedRefusing : UNDONE.wentSilent
  noteChanged(host.job.target, outcome.reason)
  giveUpHost(pass, host, outcome, now)
}

/** Ends hosts that have nothing left to do; if nothing was heard, some ports are probed again first. */
function retire(pass: Pass, now: number): void {
  let isAnyOver = false
  for (const host of pass.rotation.hosts) {
    if (host.counts.isOver || hasWork(host)) continue
    if (!isPastDeadline(pass, host, now) && beginSecondLook(host, now)) continue
    endHost(pass, host)
    isAnyOver = true
  }
  if (pass.tracer) for (const host of pass.rotation.hosts) pass.tracer.look(host, now)
  if (isAnyOver) dropOver(pass.rotation)
}

/** Gives part of the work, and half of the sockets, to another thread. */
function share(pass: Pass): void {
  const { offload, signal, rotation, meter, sockets } = pass
  if (!offload || signal.aborted || !offload.lend(rotation.hosts, meter.perMs > BUSY_PER_MS)) return
  limitTo(sockets, offload.sockets)
}

/** Sends what may leave now, and schedules itself again as long as there is more. */
function send(pass: Pass): void {
  pass.isSending = false
  const now = pass.now()
  // Once the time is over, thousands may be left: none of them takes a turn.
  takeIn(pass.rotation, now, (host) => {
    stopOverdue(pass, host, now)
    return hasWork(host)
  })
  if (sendBurst(pass, pass.rotation, now)) sendSoon(pass)
}

function sendSoon(pass: Pass): void {
  if (pass.isSending) return
  pass.isSending = true
  pass.context.clock.soon(() => send(pass))
}
