/** The life of an attempt: it is started, and then it is settled by an answer, or its silence is believed, or it is made again. */
import type { Outcome } from '../../model.ts'
import type { Prober } from '../connect/connector.ts'
import { isShortage, REFUSED, SILENT, UNDONE } from '../outcome.ts'
import { earnTokens } from './congestion.ts'
import { admitWitness, hasWitness, heedWitness } from './control-probes.ts'
import {
  type Attempt,
  briefPatienceOf,
  type Course,
  countLeft,
  hear,
  type Lane,
  listWaiting,
  patienceOf,
  type Queue,
  takeRest,
} from './host-scan.ts'
import { settleWitness } from './loss-estimator.ts'
import { isWatchedSince, silenceOf, weighSilence } from './no-response.ts'
import { type ControlAnswer, heedControl, holdRefusal, isInDoubt, takeRefusals } from './refusals.ts'
import { isRetransmitted, learnRoundTrip } from './rtt.ts'

/** A port that connects to itself this often in a row is left unknown; one time in 28,000 it does so at all. */
const MOST_SELF_CONNECTS = 5

/** How long a shortage may last without any probe getting through, in milliseconds. */
const SHORTAGE_PATIENCE_MS = 5_000

/** After a shortage, before the next try, in milliseconds. */
const SHORTAGE_PAUSE_MS = 100

/** Below this many sockets there is nothing left to slow down. */
const FEWEST_SOCKETS = 4

/** Attempts that are done are dropped so many at a time, or half of all: few are kept, and few are moved. */
const FEWEST_DROPPED = 32

/** What to do with what is found. */
export interface Listener {
  onOutcome(lane: Lane, position: number, outcome: Outcome, rttMs: number): void
  /** What many ports share: those of a host that refuse, or that are left where a time limit ends a scan. */
  onOutcomes(lane: Lane, positions: Lane['order'], outcome: Outcome): void
  /**
   * Called a few times a second.
   *
   * @param settled how many ports have answered, or been silent for long enough; fewer than before where it has to be asked again
   */
  onTick?(settled: number): void
}

/** What the attempts of a pass share. */
export interface Shared {
  listener: Listener
  /** How long a socket waits for an answer, in milliseconds; undefined: silence has to be proved. */
  patienceMs?: number
  suggest?: (port: number) => string | undefined
  /** Refusals are held back until open ports have proved them; where not, another thread does that. */
  holdsRefusals: boolean
  /** How many ports have come to an outcome that is told, or held back. */
  settled: number
  prober: Prober
  /** Sockets that are open, and how many may be. */
  sockets: number
  mostSockets: number
  /** Nothing is started before, after a shortage. */
  pausedUntil: number
  lastAnswerAt: number
  /** Connections started, and how many a millisecond at last. */
  probes: number
  load: number
  /** Told when there is room for another attempt. */
  onSettled(): void
}

/** What an attempt is about. */
type About = Pick<Attempt, 'position' | 'port' | 'witness' | 'isBrief'>

export function startAttempt(
  shared: Shared,
  course: Course,
  { position, port, witness, isBrief }: About,
  now: number,
): void {
  // All of its fields from the start: an object that gets more of them later costs what is compiled for it.
  const fresh = { probe: undefined, said: undefined, done: false }
  const { load } = shared
  const attempt: Attempt = { course, position, port, witness, startedAt: now, isBrief, load, ...fresh }
  shared.probes += 1
  shared.sockets += 1
  const { attempts } = isBrief ? course.brief : course.patient
  attempts.push(attempt)
  attempt.probe = shared.prober.start(course.lane.target.address, port, (outcome) => {
    settle(shared, attempt, outcome)
    shared.onSettled()
  })
}

function settle(shared: Shared, attempt: Attempt, outcome: Outcome | undefined): void {
  const now = performance.now()
  free(shared, attempt)
  if (outcome === undefined) retrySelfConnect(shared, attempt, now)
  else if (isShortage(outcome)) retryShortage(shared, attempt, outcome, now)
  else {
    shared.lastAnswerAt = now
    take(shared, attempt, outcome, now)
  }
}

function take(shared: Shared, attempt: Attempt, outcome: Outcome, now: number): void {
  const { course } = attempt
  const { target } = course.lane
  const tookMs = now - attempt.startedAt
  const isRefusal = outcome.reason === 'conn-refused'
  const isAnswer = outcome.state === 'open' || (isRefusal && course.trust === 'given')
  const isPrompt = isAnswer && !isRetransmitted(target.roundTrip, tookMs)
  const isProving = shared.patienceMs === undefined
  if (isAnswer) learnRoundTrip(target.roundTrip, tookMs)
  if (isProving && isAnswer) {
    hear(course, attempt, outcome, isPrompt, now, shared.suggest)
    if (isPrompt) earnTokens(target.rate)
  }
  if (attempt.witness >= 0) {
    if (outcome.state === 'open') target.confirmed.add(attempt.port)
    settleWitness(course.evidence, attempt.witness, isPrompt ? 'prompt' : isAnswer ? 'late' : 'never')
    heedWitness(course.witnesses, attempt.port, isAnswer, true)
    heed(shared, attempt, outcome.state === 'open' ? 'accepted' : isRefusal ? 'refused' : 'silent', now)
    close(shared, attempt)
  } else if (isRefusal && shared.holdsRefusals) takeRefusal(shared, attempt, outcome, now)
  else if (isProving && hasWitness(course.witnesses) && isUncertain(outcome)) attempt.said = outcome
  else finish(shared, attempt, outcome, now)
}

function takeRefusal(shared: Shared, attempt: Attempt, outcome: Outcome, now: number): void {
  const { course } = attempt
  if (course.trust === 'suspended') retry(shared, attempt)
  else if (course.trust === 'weighed') attempt.said = outcome
  else {
    close(shared, attempt)
    hold(shared, course, attempt.position, now)
  }
}

function hold(shared: Shared, course: Course, position: number, now: number): void {
  holdRefusal(course, position, now)
  shared.settled += 1
}

/** What was held back has come to no outcome any more. */
function takeHeld(shared: Shared, course: Course): ReturnType<typeof takeRefusals> {
  const held = takeRefusals(course)
  shared.settled -= held.positions.length
  return held
}

/** Takes in what another thread has found, as if it had been found here. */
export function takeReport(
  shared: Shared,
  course: Course,
  { position, outcome, rttMs }: { position: number; outcome: Outcome; rttMs: number },
  now: number,
): void {
  const { lane, trust, witnesses } = course
  if (outcome.reason === 'conn-refused') {
    if (trust === 'given') hold(shared, course, position, now)
    else course.again.push(position)
    return
  }
  if (outcome.state === 'open') {
    const port = lane.target.ports[position] as number
    admitWitness(witnesses, port, 'open', shared.suggest?.(port))
  }
  shared.settled += 1
  shared.listener.onOutcome(lane, position, outcome, rttMs)
}

/** Takes in what an open port that bears witness has said; what was refused is asked again where that proves nothing. */
function heed(shared: Shared, { course, port, witness }: Attempt, answer: ControlAnswer, now: number): void {
  if (!heedControl(course, port, witness, answer, now)) return
  for (const position of takeHeld(shared, course).positions) course.again.push(position)
}

/** What a router or this machine says when a host has gone, and a firewall when it refuses: witnesses tell which. */
function isUncertain({ reason }: Outcome): boolean {
  return reason === 'host-unreach' || reason === 'net-unreach' || reason === 'no-route'
}

function retrySelfConnect(shared: Shared, attempt: Attempt, now: number): void {
  const { course, position } = attempt
  const times = (course.selfConnects.get(position) ?? 0) + 1
  course.selfConnects.set(position, times)
  if (attempt.witness >= 0) closeUnsent(shared, attempt, now)
  else if (times < MOST_SELF_CONNECTS) retry(shared, attempt)
  else finish(shared, attempt, { state: 'unknown', reason: 'unexpected-error' }, now)
}

function retryShortage(shared: Shared, attempt: Attempt, outcome: Outcome, now: number): void {
  const fewer = Math.max(FEWEST_SOCKETS, Math.floor(shared.sockets * 0.8))
  shared.mostSockets = Math.min(shared.mostSockets, fewer)
  shared.pausedUntil = now + SHORTAGE_PAUSE_MS
  shared.prober.letGo()
  if (attempt.witness >= 0) closeUnsent(shared, attempt, now)
  else if (now - shared.lastAnswerAt > SHORTAGE_PATIENCE_MS) finish(shared, attempt, outcome, now)
  else retry(shared, attempt)
}

/** Ends the attempts whose time is over: their silence is believed, or they are made again. */
export function expireAttempts(shared: Shared, course: Course, now: number): void {
  expireQueue(shared, course.patient, shared.patienceMs ?? patienceOf(course), now)
  expireQueue(shared, course.brief, briefPatienceOf(course), now)
  const { unwatched } = course
  if (!isWatchedSince(course, unwatched[0]?.startedAt ?? now, now)) return
  course.unwatched = []
  for (const attempt of unwatched) endSilence(shared, attempt, now)
}

function expireQueue(shared: Shared, queue: Queue, patience: number, now: number): void {
  const { attempts } = queue
  while (queue.head < attempts.length) {
    const attempt = attempts[queue.head] as Attempt
    if (!attempt.done && now - attempt.startedAt < patience) break
    queue.head += 1
    if (attempt.done) continue
    if (attempt.witness < 0) endSilence(shared, attempt, now)
    else {
      const { evidence, witnesses, heardAt = 0 } = attempt.course
      settleWitness(evidence, attempt.witness, 'never')
      heedWitness(witnesses, attempt.port, false, heardAt > attempt.startedAt)
      heed(shared, attempt, 'silent', now)
      close(shared, attempt)
    }
  }
  if (queue.head > FEWEST_DROPPED && queue.head * 2 > attempts.length) {
    queue.attempts = attempts.slice(queue.head)
    queue.head = 0
  }
}

function endSilence(shared: Shared, attempt: Attempt, now: number): void {
  const { course, position } = attempt
  if (shared.patienceMs !== undefined) {
    finish(shared, attempt, silenceOf(attempt), now)
    return
  }
  if (!hasWitness(course.witnesses)) {
    close(shared, attempt)
    course.unproven.push(position)
    return
  }
  const worth = weighSilence(course, attempt, now)
  if (worth === 'enough') finish(shared, attempt, silenceOf(attempt), now)
  else if (worth === 'again') retry(shared, attempt)
  else {
    free(shared, attempt)
    course.unwatched.push(attempt)
  }
}

/** Ends a course early: what has no outcome yet gets this one. */
export function giveUp(shared: Shared, course: Course, outcome: Outcome, now: number): void {
  for (const attempt of listWaiting(course)) {
    if (attempt.done) continue
    if (attempt.witness >= 0) close(shared, attempt)
    else finish(shared, attempt, outcome, now)
  }
  for (const positions of takeRest(course)) finishAll(shared, course, positions, outcome)
  const { positions, proven } = takeHeld(shared, course)
  const believed = course.trust === 'given' ? positions.length : proven
  finishAll(shared, course, positions.subarray(0, believed), REFUSED)
  finishAll(shared, course, positions.subarray(believed), UNDONE.startedRefusing)
  // Nothing is held any more that could be in doubt.
  course.trust = 'given'
}

function finishAll(shared: Shared, { lane }: Course, positions: Lane['order'], outcome: Outcome): void {
  if (positions.length === 0) return
  shared.settled += positions.length
  shared.listener.onOutcomes(lane, positions, outcome)
}

/** Whether a course has anything left to do. */
export function hasWork(course: Course): boolean {
  return course.running > 0 || course.lent > 0 || countLeft(course) > 0 || isInDoubt(course)
}

/** Ends a course that has nothing left to do. */
export function endCourse(shared: Shared, course: Course): void {
  for (const attempt of listWaiting(course)) if (!attempt.done) close(shared, attempt)
  // Nothing that could bear witness was found, so that silence is all there is to say.
  finishAll(shared, course, course.unproven, SILENT)
  finishAll(shared, course, takeHeld(shared, course).positions, REFUSED)
  course.over = true
}

function retry(shared: Shared, attempt: Attempt): void {
  close(shared, attempt)
  attempt.course.again.push(attempt.position)
}

function finish(shared: Shared, attempt: Attempt, outcome: Outcome, now: number): void {
  close(shared, attempt)
  const { course, position, startedAt } = attempt
  shared.settled += 1
  shared.listener.onOutcome(course.lane, position, outcome, now - startedAt)
}

/** A witness that has told nothing of the host. */
function closeUnsent(shared: Shared, attempt: Attempt, now: number): void {
  settleWitness(attempt.course.evidence, attempt.witness, 'unsent')
  heed(shared, attempt, 'unsent', now)
  close(shared, attempt)
}

function close(shared: Shared, attempt: Attempt): void {
  attempt.done = true
  if (attempt.witness < 0) attempt.course.running -= 1
  free(shared, attempt)
}

/** The socket is gone, though what it said may have to wait for the witnesses of its time. */
function free(shared: Shared, attempt: Attempt): void {
  if (!attempt.probe) return
  attempt.probe.cancel()
  attempt.probe = undefined
  shared.sockets -= 1
}
