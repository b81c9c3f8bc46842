import type { Outcome } from '../model.ts'
import {
  type Attempt,
  briefPatienceOf,
  type Course,
  callWitness,
  countLeft,
  createCourse,
  hear,
  isBelieved,
  isBriefEnough,
  isWatchedSince,
  isWitnessDue,
  type Lane,
  listWaiting,
  patienceOf,
  type Queue,
  silenceOf,
  takePosition,
  watch,
} from './course.ts'
import { socketBudget } from './descriptors.ts'
import { settleWitness } from './evidence.ts'
import { createLending } from './lending.ts'
import { isShortage, SILENT } from './outcome.ts'
import { isRetransmitted, learnRoundTrip, takeLeave } from './pacing.ts'
import { startProbe } from './probe.ts'
import { adjustRate, earnTokens, takeToken } from './rate.ts'
import { hasWitness, heedWitness } from './witnesses.ts'

/** Hosts that take turns at a time; the others follow as these are done. */
const MOST_HOSTS = 256

/** Connects between two looks at the answers: each takes about 15 µs, and answers should not wait long. */
const BURST = 128

/** The one timer of a scan, and how often it tells how far it has come, in milliseconds. */
const TICK_MS = 4
const TELL_MS = 50

/** More probes a millisecond than this, for so long, are what a processor can do and not what a network lets through. */
const BUSY = 10
const BUSY_MS = 16

/** After a tick as late as this, answers may wait that were in time, in milliseconds. */
const STALL_MS = 100

/** A port that connects to itself this often in a row is left unknown; one time in 28,000 it does so at all. */
const MOST_SELF_CONNECTS = 5

/** How long a shortage may last without any probe getting through, in milliseconds. */
const SHORTAGE_PATIENCE_MS = 5_000

/** After a shortage, before the next try, in milliseconds. */
const SHORTAGE_PAUSE_MS = 100

/** Attempts that are done are dropped so many at a time, or half of all: few are kept, and few are moved. */
const FEWEST_DROPPED = 32

/** Below this many sockets there is nothing left to slow down. */
const FEWEST_SOCKETS = 4

/** What an attempt is about. */
type About = Pick<Attempt, 'position' | 'port' | 'witness' | 'isBrief'>

/** What to do with what is found. */
export interface Listener {
  onOutcome(lane: Lane, position: number, outcome: Outcome, rttMs: number): void
  /** Called a few times a second. */
  onTick?(): void
}

export interface ProbeOptions {
  /**
   * How long a socket waits for an answer, in milliseconds. Undefined: as long as each host needs, and silence is
   * believed only where witnesses were answered; else the first silence counts.
   */
  patienceMs?: number
  /** What probably answers on a port. */
  suggest?: (port: number) => string | undefined
  /** How many sockets may be open at a time; undefined: what the process may have, and a helper may get half of the work. */
  sockets?: number
  signal: AbortSignal
}

/** What a pass has cost, and whether it was ended early. */
export interface PassResult {
  /** Connections started. */
  probes: number
  stopped?: 'time-limit' | 'aborted'
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
  const { patienceMs, suggest, signal } = options
  const isProving = patienceMs === undefined
  const coming = lanes.values()
  /** No host is to come. */
  let isLast = false
  let courses: Course[] = []
  /** Whose turn it is. */
  let turn = 0
  let sockets = 0
  let most = options.sockets ?? socketBudget()
  /** Of the sockets, where a helper has the other half. */
  const half = Math.floor(most / 2)
  let lastAnswerAt = performance.now()
  let lastTickAt = lastAnswerAt
  let toldAt = lastAnswerAt
  let countedAt = lastAnswerAt
  let counted = 0
  let isBusy = false
  let pausedUntil = 0
  let pumping = false
  const result: PassResult = { probes: 0 }

  return new Promise((resolve) => {
    const isLending = isProving && options.sockets === undefined
    const lending = isLending ? createLending(listener, half, tick) : undefined
    const timer = setInterval(tick, TICK_MS)
    signal.addEventListener('abort', tick)
    tick()

    function tick(): void {
      const now = performance.now()
      const stalled = now - lastTickAt > STALL_MS
      lastTickAt = now
      if (signal.aborted) lending?.takeBack()
      for (const course of courses) {
        stopLate(course, now)
        // After a stall the answers are read first.
        if (!stalled) expire(course, now)
        if (!stalled && isProving) steer(course, now)
      }
      // One that is due already would otherwise become two, and two three: a queue of them that no answer gets past.
      if (!pumping) pump()
      retire()
      share(now)
      if (now - toldAt > TELL_MS) {
        toldAt = now
        listener.onTick?.()
      }
      if (isLast && courses.length === 0) end()
    }

    /** Gives part of the work to a helper where this thread cannot do more. */
    function share(now: number): void {
      if (now - countedAt > BUSY_MS) {
        isBusy = result.probes - counted > BUSY * (now - countedAt)
        countedAt = now
        counted = result.probes
      }
      if (!signal.aborted && lending?.lend(courses, isBusy, now)) most = Math.min(most, half)
    }

    function stopLate(course: Course, now: number): void {
      if (course.over || (!signal.aborted && now < course.lane.deadline)) return
      const reason = signal.aborted ? 'aborted' : 'time-limit'
      if (course.running > 0 || countLeft(course) > 0) result.stopped = reason
      giveUp(course, { state: 'unknown', reason }, now)
    }

    /** Ends a course: what has no outcome yet gets this one. */
    function giveUp(course: Course, outcome: Outcome, now: number): void {
      for (const attempt of listWaiting(course)) {
        if (attempt.done) continue
        if (attempt.witness >= 0) close(attempt)
        else finish(attempt, outcome, now)
      }
      for (let position = takePosition(course); position !== undefined; position = takePosition(course)) {
        listener.onOutcome(course.lane, position, outcome, 0)
      }
    }

    function expire(course: Course, now: number): void {
      expireQueue(course.patient, patienceMs ?? patienceOf(course), now)
      expireQueue(course.brief, briefPatienceOf(course), now)
      const { unwatched } = course
      if (!isWatchedSince(course, unwatched[0]?.startedAt ?? now, now)) return
      course.unwatched = []
      for (const attempt of unwatched) endSilence(attempt, now)
    }

    function expireQueue(queue: Queue, patience: number, now: number): void {
      const { attempts } = queue
      for (let attempt = attempts[queue.head]; attempt; attempt = attempts[++queue.head]) {
        if (attempt.done) continue
        if (now - attempt.startedAt < patience) break
        if (attempt.witness >= 0) {
          const { evidence, witnesses, heardAt = 0 } = attempt.course
          settleWitness(evidence, attempt.witness, 'never')
          heedWitness(witnesses, attempt.port, false, heardAt > attempt.startedAt)
          close(attempt)
        } else endSilence(attempt, now)
      }
      if (queue.head > FEWEST_DROPPED && queue.head * 2 > attempts.length) {
        queue.attempts = attempts.slice(queue.head)
        queue.head = 0
      }
    }

    function endSilence(attempt: Attempt, now: number): void {
      const { course, position } = attempt
      if (!isProving) finish(attempt, silenceOf(attempt), now)
      else if (!isWatchedSince(course, attempt.startedAt, now)) {
        free(attempt)
        course.unwatched.push(attempt)
      } else if (!hasWitness(course.witnesses)) {
        close(attempt)
        course.unproven.push(position)
      } else if (isBelieved(course, attempt, now)) finish(attempt, silenceOf(attempt), now)
      else retry(attempt)
    }

    function steer(course: Course, now: number): void {
      const { target } = course.lane
      if (!course.dark) adjustRate(target.rate, course.evidence, target.roundTrip, now)
      if (watch(course, now) !== 'gone') return
      target.wentSilent = true
      giveUp(course, { state: 'unknown', reason: 'went-silent' }, now)
    }

    /** Starts what may be started now; comes back by itself as long as there is room. */
    function pump(): void {
      pumping = false
      const now = performance.now()
      let started = 0
      while (started < BURST && sockets < most && now >= pausedUntil && startNext(now)) started += 1
      if (started === BURST) pumpSoon()
    }

    function pumpSoon(): void {
      if (pumping) return
      pumping = true
      setImmediate(pump)
    }

    /** Takes in hosts while there is room, and starts the next probe of the next host that may have one. */
    function startNext(now: number): boolean {
      while (courses.length < MOST_HOSTS) {
        const { value, done } = coming.next()
        if (done) {
          isLast = true
          break
        }
        const course = createCourse(value)
        courses.push(course)
        // A run that is over sends nothing more.
        stopLate(course, now)
      }
      for (let tried = courses.length; tried > 0; tried--) {
        turn = (turn + 1) % courses.length
        if (startOf(courses[turn] as Course, now)) return true
      }
      return false
    }

    function startOf(course: Course, now: number): boolean {
      const { target } = course.lane
      if (course.over || !hasWork(course)) return false
      const isWitnessed = isProving && isWitnessDue(course, now)
      if (!isWitnessed && (course.dark || countLeft(course) === 0 || !takeToken(target.rate, now)))
        return false
      if (!target.caps.every((cap) => takeLeave(cap, now))) return false
      if (isWitnessed) {
        start(course, { position: -1, ...callWitness(course, now), isBrief: false }, now)
        return true
      }
      const position = takePosition(course) as number
      course.running += 1
      course.witnesses.probesSince += 1
      const isBrief = isProving && isBriefEnough(course, position)
      start(course, { position, port: target.ports[position] as number, witness: -1, isBrief }, now)
      return true
    }

    function start(course: Course, about: About, now: number): void {
      const { position, port, witness, isBrief } = about
      const attempt: Attempt = { course, position, port, witness, startedAt: now, isBrief, done: false }
      result.probes += 1
      sockets += 1
      const { attempts } = isBrief ? course.brief : course.patient
      attempts.push(attempt)
      attempt.probe = startProbe(course.lane.target.address, port, (outcome) => settle(attempt, outcome))
    }

    /** Ends courses that have nothing left to do. */
    function retire(): void {
      const done = courses.filter((course) => !course.over && !hasWork(course))
      for (const course of done) {
        for (const attempt of listWaiting(course)) if (!attempt.done) close(attempt)
        // Nothing that could bear witness was found, so that silence is all there is to say.
        for (const position of course.unproven) listener.onOutcome(course.lane, position, SILENT, 0)
        course.over = true
      }
      if (done.length > 0) courses = courses.filter(({ over }) => !over)
    }

    function settle(attempt: Attempt, outcome: Outcome | undefined): void {
      const now = performance.now()
      free(attempt)
      if (outcome === undefined) retrySelfConnect(attempt, now)
      else if (isShortage(outcome)) retryShortage(attempt, outcome, now)
      else {
        lastAnswerAt = now
        take(attempt, outcome, now - attempt.startedAt, now)
      }
      pumpSoon()
    }

    function take(attempt: Attempt, outcome: Outcome, tookMs: number, now: number): void {
      const { course } = attempt
      const { target } = course.lane
      const isAnswer = outcome.state === 'open' || outcome.reason === 'conn-refused'
      const isPrompt = isAnswer && !isRetransmitted(target.roundTrip, tookMs)
      if (isAnswer) learnRoundTrip(target.roundTrip, tookMs)
      if (isProving && isAnswer) {
        const isNew = attempt.witness < 0
        hear(course, attempt.port, outcome, isPrompt && isNew, now, suggest?.(attempt.port))
        if (isPrompt) earnTokens(target.rate)
      }
      if (attempt.witness >= 0) {
        if (outcome.state === 'open') target.confirmed.add(attempt.port)
        settleWitness(course.evidence, attempt.witness, isPrompt ? 'prompt' : isAnswer ? 'late' : 'never')
        heedWitness(course.witnesses, attempt.port, isAnswer, true)
        close(attempt)
      } else if (isProving && hasWitness(course.witnesses) && isUncertain(outcome)) attempt.said = outcome
      else finish(attempt, outcome, now)
    }

    function retrySelfConnect(attempt: Attempt, now: number): void {
      const { course, position } = attempt
      const times = (course.selfConnects.get(position) ?? 0) + 1
      course.selfConnects.set(position, times)
      if (attempt.witness >= 0) closeUnsent(attempt)
      else if (times < MOST_SELF_CONNECTS) retry(attempt)
      else finish(attempt, { state: 'unknown', reason: 'unexpected-error' }, now)
    }

    function retryShortage(attempt: Attempt, outcome: Outcome, now: number): void {
      most = Math.max(FEWEST_SOCKETS, Math.min(most, Math.floor(sockets * 0.8)))
      pausedUntil = now + SHORTAGE_PAUSE_MS
      if (attempt.witness >= 0) closeUnsent(attempt)
      else if (now - lastAnswerAt > SHORTAGE_PATIENCE_MS) finish(attempt, outcome, now)
      else retry(attempt)
    }

    function retry(attempt: Attempt): void {
      close(attempt)
      attempt.course.again.push(attempt.position)
    }

    function finish(attempt: Attempt, outcome: Outcome, now: number): void {
      close(attempt)
      const { course, position, startedAt } = attempt
      listener.onOutcome(course.lane, position, outcome, now - startedAt)
    }

    /** A witness that has told nothing of the host. */
    function closeUnsent(attempt: Attempt): void {
      settleWitness(attempt.course.evidence, attempt.witness, 'unsent')
      close(attempt)
    }

    function close(attempt: Attempt): void {
      attempt.done = true
      if (attempt.witness < 0) attempt.course.running -= 1
      free(attempt)
    }

    /** The socket is gone, though what it said may have to wait for the witnesses of its time. */
    function free(attempt: Attempt): void {
      if (!attempt.probe) return
      attempt.probe.cancel()
      attempt.probe = undefined
      sockets -= 1
    }

    function end(): void {
      clearInterval(timer)
      signal.removeEventListener('abort', tick)
      lending?.takeBack()
      const { probes = 0, stopped } = lending?.result ?? {}
      result.stopped ??= stopped
      result.probes += probes
      resolve(result)
    }
  })
}

function hasWork(course: Course): boolean {
  return course.running > 0 || course.lent > 0 || countLeft(course) > 0
}

/** What a router or this machine says when a host has gone, and a firewall when it refuses: witnesses tell which. */
function isUncertain({ reason }: Outcome): boolean {
  return reason === 'host-unreach' || reason === 'net-unreach' || reason === 'no-route'
}
