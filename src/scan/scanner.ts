import type { Outcome } from '../model.ts'
import { socketBudget } from './descriptors.ts'
import { isShortage } from './outcome.ts'
import { learnRoundTrip, slotTimeoutMs, takeLeave } from './pacing.ts'
import { type Probe, startProbe } from './probe.ts'
import type { Target } from './target.ts'

/** Probes that may hold a slot of the window at a time. */
const WINDOW = 1000

/** Connects between two looks at the answers: each takes about 15 µs, and answers should not wait long. */
const BURST = 128

/** The one timer of a scan, in milliseconds. */
const TICK_MS = 25

/** A port that connects to itself this often in a row is left unknown; one time in 28,000 it does so at all. */
const MOST_SELF_CONNECTS = 5

/** How long a shortage may last without any probe getting through, in milliseconds. */
const SHORTAGE_PATIENCE_MS = 5_000

/** Below this many sockets there is nothing left to slow down. */
const FEWEST_SOCKETS = 4

/**
 * An answer as late as this came to the second SYN: Linux sends it after 1 s (RFC 6298, 2.1). So SYNs get lost on
 * the way to that host.
 */
const RETRANSMITTED_MS = 950

/** Probes of one address, in the order in which they are to be made. */
export interface Lane {
  target: Target
  /** Positions in the target's ports. */
  order: Uint16Array | readonly number[]
  /** When to stop, on the clock of `performance.now()`. */
  deadline: number
}

/** What to do with what is found. */
export interface Listener {
  onOutcome(lane: Lane, position: number, outcome: Outcome, rttMs: number): void
  /** Called a few times a second. */
  onTick?(): void
}

export interface ProbeOptions {
  /** How long a socket waits for an answer, in milliseconds. */
  patienceMs: number
  signal: AbortSignal
}

/** What a pass has cost, and whether it was ended early. */
export interface PassResult {
  /** Connections started. */
  probes: number
  stopped?: 'time-limit' | 'aborted'
}

/** A lane under way. */
interface Course {
  lane: Lane
  next: number
  /** Positions to try once more: after a shortage or a self-connect. */
  again: number[]
  selfConnects: Map<number, number>
  stopped: boolean
}

interface Attempt {
  course: Course
  position: number
  startedAt: number
  done: boolean
  probe?: Probe
}

/**
 * Connects to every port of every lane once and reports each exactly once. Lanes take turns, so that no host gets
 * all probes at a time.
 *
 * A window slot and a socket's life are two things: a silent probe gives its slot back when the host's time-out has
 * passed, while the socket waits on for a late answer, and for the kernel to send its SYN again. A local shortage
 * reduces the number of sockets and tries again; only one that lasts makes ports unknown.
 */
export function probeAll(lanes: Lane[], listener: Listener, options: ProbeOptions): Promise<PassResult> {
  const { patienceMs, signal } = options
  const courses: Course[] = lanes.map((lane) => {
    return { lane, next: 0, again: [], selfConnects: new Map(), stopped: false }
  })
  /** Courses that have probes to start, and whose turn it is. */
  const active = [...courses]
  let turn = 0
  const slots = new Set<Attempt>()
  /** All attempts whose socket is open, oldest first; those that are done are dropped when they reach the head. */
  let waiting: Attempt[] = []
  let head = 0
  let sockets = 0
  let most = socketBudget()
  let lastAnswerAt = performance.now()
  let pausedUntil = 0
  let pumping = false
  const result: PassResult = { probes: 0 }

  return new Promise((resolve) => {
    const timer = setInterval(tick, TICK_MS)
    signal.addEventListener('abort', tick)
    tick()

    function tick(): void {
      const now = performance.now()
      stopLate(now)
      releaseSlots(now)
      endPatience(now)
      listener.onTick?.()
      pump()
    }

    function stopLate(now: number): void {
      const reason = signal.aborted ? 'aborted' : 'time-limit'
      const late = courses.filter(({ lane, stopped }) => !stopped && (signal.aborted || now >= lane.deadline))
      if (late.length === 0) return
      const outcome: Outcome = { state: 'unknown', reason }
      for (const course of late) course.stopped = true
      const running = waiting.slice(head).filter(({ done, course }) => !done && course.stopped)
      for (const attempt of running) finish(attempt, outcome, now)
      for (const course of late) {
        const { lane, next, again } = course
        const left = [...lane.order.slice(next), ...again]
        course.next = lane.order.length
        course.again = []
        if (left.length > 0) result.stopped = reason
        for (const position of left) listener.onOutcome(lane, position, outcome, 0)
      }
      if (running.length > 0) result.stopped = reason
    }

    function releaseSlots(now: number): void {
      for (const attempt of slots) {
        if (now - attempt.startedAt >= slotTimeoutMs(attempt.course.lane.target.roundTrip))
          slots.delete(attempt)
      }
    }

    function endPatience(now: number): void {
      for (let attempt = waiting[head]; attempt; attempt = waiting[++head]) {
        if (!attempt.done && now - attempt.startedAt < patienceMs) break
        if (!attempt.done) finish(attempt, { state: 'filtered', reason: 'no-response' }, now)
      }
      if (head > 4096) {
        waiting = waiting.slice(head)
        head = 0
      }
    }

    /** Starts what may be started now; comes back by itself as long as there is room. */
    function pump(): void {
      pumping = false
      const now = performance.now()
      let started = 0
      while (started < BURST && slots.size < WINDOW && sockets < most && now >= pausedUntil) {
        const course = nextCourse(now)
        if (!course) break
        start(course, now)
        started += 1
      }
      if (active.length === 0 && sockets === 0) end()
      else if (started === BURST) pumpSoon()
    }

    function pumpSoon(): void {
      if (pumping) return
      pumping = true
      setImmediate(pump)
    }

    /** The next course in turn that has a probe to start and leave to start it. */
    function nextCourse(now: number): Course | undefined {
      for (let tried = active.length; tried > 0; tried--) {
        if (turn >= active.length) turn = 0
        const course = active[turn] as Course
        if (course.next >= course.lane.order.length && course.again.length === 0) {
          active.splice(turn, 1)
          continue
        }
        turn += 1
        if (course.lane.target.caps.every((cap) => takeLeave(cap, now))) return course
      }
      return undefined
    }

    function start(course: Course, now: number): void {
      const { lane } = course
      const position = course.again.pop() ?? (lane.order[course.next++] as number)
      const attempt: Attempt = { course, position, startedAt: now, done: false }
      result.probes += 1
      sockets += 1
      slots.add(attempt)
      waiting.push(attempt)
      attempt.probe = startProbe(lane.target.address, lane.target.ports[position] as number, (outcome) =>
        settle(attempt, outcome),
      )
    }

    function settle(attempt: Attempt, outcome: Outcome | undefined): void {
      const now = performance.now()
      attempt.probe = undefined
      if (outcome === undefined) retrySelfConnect(attempt, now)
      else if (isShortage(outcome)) retryShortage(attempt, outcome, now)
      else {
        lastAnswerAt = now
        learn(attempt, outcome, now - attempt.startedAt)
        finish(attempt, outcome, now)
      }
      pumpSoon()
    }

    function learn({ course }: Attempt, { state, reason }: Outcome, tookMs: number): void {
      if (state !== 'open' && reason !== 'conn-refused') return
      if (tookMs >= RETRANSMITTED_MS) course.lane.target.sawLoss = true
      // An answer to a SYN that was sent twice tells nothing about the round trip (Karn; RFC 6298, 3).
      else learnRoundTrip(course.lane.target.roundTrip, tookMs)
    }

    function retrySelfConnect(attempt: Attempt, now: number): void {
      const { course, position } = attempt
      const times = (course.selfConnects.get(position) ?? 0) + 1
      course.selfConnects.set(position, times)
      if (times < MOST_SELF_CONNECTS) retry(attempt)
      else finish(attempt, { state: 'unknown', reason: 'unexpected-error' }, now)
    }

    function retryShortage(attempt: Attempt, outcome: Outcome, now: number): void {
      if (now - lastAnswerAt > SHORTAGE_PATIENCE_MS) {
        finish(attempt, outcome, now)
        return
      }
      retry(attempt)
      most = Math.max(FEWEST_SOCKETS, Math.min(most, Math.floor(sockets * 0.8)))
      pausedUntil = now + 4 * TICK_MS
    }

    function retry(attempt: Attempt): void {
      close(attempt)
      const { course, position } = attempt
      course.again.push(position)
      if (!active.includes(course)) active.push(course)
    }

    function finish(attempt: Attempt, outcome: Outcome, now: number): void {
      close(attempt)
      const { course, position, startedAt } = attempt
      listener.onOutcome(course.lane, position, outcome, now - startedAt)
    }

    function close(attempt: Attempt): void {
      attempt.done = true
      attempt.probe?.cancel()
      slots.delete(attempt)
      sockets -= 1
    }

    function end(): void {
      clearInterval(timer)
      signal.removeEventListener('abort', tick)
      resolve(result)
    }
  })
}
