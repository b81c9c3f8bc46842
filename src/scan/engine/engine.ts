import type { Outcome } from '../../model.ts'
import { createProber } from '../connect/connector.ts'
import { socketBudget } from '../connect/fd-limit.ts'
import { UNDONE } from '../outcome.ts'
import { createLending, type Lending } from '../worker/offload.ts'
import { adjustRate, FIRST_BURST, takeToken } from './congestion.ts'
import {
  beginSecondLook,
  type Course,
  callWitness,
  countLeft,
  createCourse,
  isBriefEnough,
  isWitnessDue,
  type Lane,
  takePosition,
} from './host-scan.ts'
import { watch } from './no-response.ts'
import {
  endCourse,
  expireAttempts,
  giveUp,
  hasWork,
  type Listener,
  type Shared,
  startAttempt,
  takeReport,
} from './probes.ts'
import { passProbe } from './refusals.ts'
import { hasLeave, takeLeave } from './rtt.ts'
import { heedScarcity } from './scarce-refusals.ts'

/** Hosts that take turns at a time; the others follow as these are done. */
const MOST_HOSTS = 256

/** Connects between two looks at the answers: each takes about 10 µs, and answers should not wait long. */
const BURST = 128

/** So many of the sockets, and no more than a share of them, are kept open for the next probe of their host. */
const MOST_KEPT = 256
const KEPT_SHARE = 0.25

/** With fewer sockets than these a second thread has not enough of them to be of use. */
const ENOUGH_FOR_TWO = 1_024

/** The one timer of a scan, and how often it tells how far it has come, in milliseconds. */
const TICK_MS = 4
const TELL_MS = 50

/** More probes a millisecond than this are what a processor can do and not what a network lets through. */
const BUSY = 10

/** For so long at a time it is counted how many there are, in milliseconds. */
const COUNT_MS = 16

/** After a tick as late as this, answers may wait that were in time, in milliseconds. */
const STALL_MS = 100

export interface ProbeOptions {
  /**
   * How long a socket waits for an answer, in milliseconds. Undefined: as long as each host needs, and silence is
   * believed only where witnesses were answered; else the first silence counts.
   */
  patienceMs?: number
  /** What probably answers on a port. */
  suggest?: (port: number) => string | undefined
  /** How many sockets may be open at a time; undefined: what the process may have, and a second thread may help. */
  sockets?: number
  signal: AbortSignal
}

/** What a pass has cost, and whether it was ended early. */
export interface PassResult {
  /** Connections started. */
  probes: number
  stopped?: 'time-limit' | 'aborted'
}

/** A pass under way. */
interface Pass extends Shared {
  signal: AbortSignal
  /** Hosts whose turn is to come, and whether there are none. */
  coming: Iterator<Lane>
  isLast: boolean
  /** Hosts that take turns, and whose turn it is. */
  courses: Course[]
  turn: number
  lending?: Lending
  stopped?: PassResult['stopped']
  tickedAt: number
  /** When probes were counted last, and how many there were. */
  countedAt: number
  counted: number
  toldAt: number
  isPumping: boolean
}

/**
 * Probes every port of every lane until there is something to say of it, and reports each exactly once. Lanes take
 * turns, so that no host gets all probes at a time, and each has a rate of its own.
 *
 * A silent socket stays open for a late answer, and for the kernel to send its SYN again; what bounds their number is
 * descriptors. A local shortage reduces the number of sockets and tries again; only one that lasts makes ports
 * unknown.
 */
export function probeAll(lanes: Lane[], listener: Listener, options: ProbeOptions): Promise<PassResult> {
  const { signal } = options
  const pass = createPass(lanes, listener, options)
  return new Promise((resolve) => {
    const timer = setInterval(next, TICK_MS)
    signal.addEventListener('abort', next)
    if (pass.holdsRefusals && pass.mostSockets >= ENOUGH_FOR_TWO) {
      // Not before the answers are read that have come meanwhile.
      const onBack = () => setImmediate(next)
      const report = (course: Course, position: number, outcome: Outcome, rttMs: number) =>
        takeReport(pass, course, { position, outcome, rttMs }, performance.now())
      pass.lending = createLending(report, Math.floor(pass.mostSockets / 2), onBack)
    }
    next()

    function next(): void {
      if (isOver(pass)) return
      tick(pass)
      if (!isOver(pass)) return
      clearInterval(timer)
      signal.removeEventListener('abort', next)
      resolve(endPass(pass))
    }
  })
}

function createPass(
  lanes: Lane[],
  listener: Listener,
  { patienceMs, suggest, signal, sockets: given }: ProbeOptions,
): Pass {
  const sockets = given ?? socketBudget()
  const now = performance.now()
  const kept = Math.min(MOST_KEPT, Math.floor(sockets * KEPT_SHARE))
  const pass: Pass = {
    listener,
    patienceMs,
    suggest,
    // A pass that counts its sockets is one that has been given part of the work itself.
    holdsRefusals: patienceMs === undefined && given === undefined,
    settled: 0,
    prober: createProber(kept),
    signal,
    coming: lanes.values(),
    isLast: false,
    courses: [],
    turn: 0,
    sockets: 0,
    mostSockets: sockets - kept,
    pausedUntil: 0,
    lastAnswerAt: now,
    probes: 0,
    // What each host may have before any of it is counted.
    load: (lanes.length * FIRST_BURST) / COUNT_MS,
    countedAt: now,
    counted: 0,
    tickedAt: now,
    toldAt: now,
    isPumping: false,
    onSettled: () => pumpSoon(pass),
  }
  return pass
}

function endPass({ prober, lending, probes, stopped }: Pass): PassResult {
  prober.letGo()
  lending?.takeBack()
  const lent = lending?.result
  return { probes: probes + (lent?.probes ?? 0), stopped: stopped ?? lent?.stopped }
}

function isOver({ isLast, courses }: Pass): boolean {
  return isLast && courses.length === 0
}

/** Looks after everything that time brings about. */
function tick(pass: Pass): void {
  const now = performance.now()
  const isStalled = now - pass.tickedAt > STALL_MS
  pass.tickedAt = now
  const isDoubted = pass.courses.some(({ lent, trust }) => lent > 0 && trust !== 'given')
  if (pass.signal.aborted || isDoubted || pass.lending?.isOverdue(now)) pass.lending?.takeBack()
  for (const course of pass.courses) {
    stopLate(pass, course, now)
    // After a stall the answers are read first.
    if (!isStalled) expireAttempts(pass, course, now)
    if (!isStalled && pass.patienceMs === undefined) steer(pass, course, now)
  }
  // One that is due already would otherwise become two, and two three: a queue of them that no answer gets past.
  if (!pass.isPumping) pump(pass)
  retire(pass, now)
  countLoad(pass, now)
  share(pass)
  if (now - pass.toldAt > TELL_MS) {
    pass.toldAt = now
    pass.listener.onTick?.(pass.settled)
  }
}

function stopLate(pass: Pass, course: Course, now: number): void {
  if (course.over || !isLate(pass, course, now)) return
  const outcome = pass.signal.aborted ? UNDONE.aborted : UNDONE.timeLimit
  if (course.running > 0 || countLeft(course) > 0) pass.stopped = outcome.reason
  giveUp(pass, course, outcome, now)
}

/** Whether nothing more is to be sent to a host. */
function isLate({ signal }: Pass, { lane }: Course, now: number): boolean {
  return signal.aborted || now >= lane.deadline
}

/** Adjusts the rate of a host, and gives it up when it answers no longer. */
function steer(pass: Pass, course: Course, now: number): void {
  const { target } = course.lane
  if (!course.dark) adjustRate(target.rate, course.evidence, target.roundTrip, now)
  heedScarcity(course, now)
  if (watch(course, now) !== 'gone') return
  const isRefusing = (course.refusals.refusedAt ?? 0) > (course.heardAt ?? 0)
  target.changed = isRefusing ? 'started-refusing' : 'went-silent'
  giveUp(pass, course, isRefusing ? UNDONE.startedRefusing : UNDONE.wentSilent, now)
}

/** Ends courses that have nothing left to do, not even a second look. */
function retire(pass: Pass, now: number): void {
  const done = pass.courses.filter(
    (course) =>
      !course.over && !hasWork(course) && (isLate(pass, course, now) || !beginSecondLook(course, now)),
  )
  for (const course of done) endCourse(pass, course)
  if (done.length > 0) pass.courses = pass.courses.filter(({ over }) => !over)
}

function countLoad(pass: Pass, now: number): void {
  const elapsed = now - pass.countedAt
  if (elapsed <= COUNT_MS) return
  pass.load = (pass.probes - pass.counted) / elapsed
  pass.countedAt = now
  pass.counted = pass.probes
}

/** Gives part of the work to a helper; it has half of the sockets then. */
function share(pass: Pass): void {
  const { lending, signal, courses, load } = pass
  if (!lending || signal.aborted || !lending.lend(courses, load > BUSY)) return
  pass.mostSockets = Math.min(pass.mostSockets, lending.sockets)
}

/** Starts what may be started now; comes back by itself as long as there is room. */
function pump(pass: Pass): void {
  pass.isPumping = false
  const now = performance.now()
  let started = 0
  while (
    started < BURST &&
    pass.sockets < pass.mostSockets &&
    now >= pass.pausedUntil &&
    startNext(pass, now)
  ) {
    started += 1
  }
  if (started === BURST) pumpSoon(pass)
}

function pumpSoon(pass: Pass): void {
  if (pass.isPumping) return
  pass.isPumping = true
  setImmediate(pump, pass)
}

/** Takes in hosts while there is room, and starts the next probe of the next host that may have one. */
function startNext(pass: Pass, now: number): boolean {
  const { courses } = pass
  if (!pass.isLast && courses.length < MOST_HOSTS) takeIn(pass, now)
  for (let tried = courses.length; tried > 0; tried--) {
    pass.turn = (pass.turn + 1) % courses.length
    if (startOf(pass, courses[pass.turn] as Course, now)) return true
  }
  return false
}

function takeIn(pass: Pass, now: number): void {
  while (pass.courses.length < MOST_HOSTS) {
    const { value, done } = pass.coming.next()
    if (done) {
      pass.isLast = true
      return
    }
    const course = createCourse(value)
    pass.courses.push(course)
    // A run that is over sends nothing more.
    stopLate(pass, course, now)
  }
}

function startOf(pass: Pass, course: Course, now: number): boolean {
  const { target } = course.lane
  if (course.over || !hasWork(course) || !target.caps.every((cap) => hasLeave(cap, now))) return false
  const isProving = pass.patienceMs === undefined
  const isWitnessed = isProving && isWitnessDue(course, now)
  if (!isWitnessed && (course.dark || countLeft(course) === 0 || !takeToken(target.rate, now))) return false
  target.caps.forEach(takeLeave)
  if (isWitnessed) {
    startAttempt(pass, course, { position: -1, ...callWitness(course, now), isBrief: false }, now)
    return true
  }
  const position = takePosition(course) as number
  course.running += 1
  course.witnesses.probesSince += 1
  passProbe(course)
  const isBrief = isProving && isBriefEnough(course, position)
  startAttempt(pass, course, { position, port: target.ports[position] as number, witness: -1, isBrief }, now)
  return true
}
