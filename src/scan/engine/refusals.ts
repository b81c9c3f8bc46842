/**
 * When a refusal is believed: only while ports of the host that are known to be open still accept. A ban, or a limit on
 * connections, refuses in place of the host, with a reset or with ICMP, and `connect` tells neither from a closed port.
 */

import { startAfresh } from './congestion.ts'
import { drawPlace, dropOpen, hasOpen, isOpenReady, takeOpen } from './control-probes.ts'
import type { Course } from './host-scan.ts'
import { forget } from './loss-estimator.ts'

/** What became of the question to an open port; `unsent`: this machine could not ask it. */
export type ControlAnswer = 'accepted' | 'refused' | 'silent' | 'unsent'

/**
 * `given`: refusals are held back, and believed once an open port has accepted after them. `suspended`: an open port has
 * refused; open ports alone are asked until it is known why. `weighed`: the host refuses what comes too fast, so that a
 * refusal is weighed as silence is, and open ports alone bear witness.
 */
export type Trust = 'given' | 'suspended' | 'weighed'

/** Refusals of a host in the order in which they came, and what open ports have to say of them. */
export interface Refusals {
  positions: Uint16Array
  count: number
  /** So many had come before an open port was asked that accepted. */
  proven: number
  /** So many had come when an open port was asked last, and when that was. */
  asked: number
  askedAt: number
  beganAt: number
  /** How often open ports have been asked, and how many probes were made since. */
  questions: number
  probesSince: number
  /** How many more probes are made before the next question, once its time has come; undefined as long as it has not. */
  place?: number
  /** By the number of a witness that is an open port: so many had come when it was asked. */
  marks: Map<number, number>
  /** The open port that has refused, the number of that witness, and whether another has accepted since. */
  suspect?: { port: number; witness: number; othersAccept: boolean }
  /** When an open port refused last. */
  refusedAt?: number
}

/** An open port is asked after so many refusals, or where closed ports are silent. */
const REFUSALS_BETWEEN = 16

/**
 * So many questions follow each other without a gap, one for as many probes: a scan of some hundred ports is over within milliseconds,
 * and a limit that refuses one connection in ten has to be met.
 */
const EARLY = 24

/** Questions follow each other after this share of the time since the first refusal, close at first, in milliseconds. */
const GAP_SHARE = 1 / 16
const LEAST_GAP_MS = 10
const MOST_GAP_MS = 250

/** How often open ports are asked while nothing else is, in milliseconds. */
const CALM_GAP_MS = 500

export function createRefusals(): Refusals {
  return {
    positions: new Uint16Array(0),
    count: 0,
    proven: 0,
    asked: 0,
    askedAt: Number.NEGATIVE_INFINITY,
    beganAt: 0,
    questions: 0,
    probesSince: 0,
    marks: new Map(),
  }
}

/** Holds back what a position has said. */
export function holdRefusal({ refusals }: Course, position: number, now: number): void {
  const { positions, count } = refusals
  if (count === positions.length) {
    refusals.positions = new Uint16Array(Math.max(64, count * 2))
    refusals.positions.set(positions)
  }
  if (count === 0) refusals.beganAt = now
  refusals.positions[count] = position
  refusals.count += 1
}

/** All that are held, and how many of them are proven; from then on none is held. */
export function takeRefusals({ refusals }: Course): { positions: Uint16Array; proven: number } {
  const { positions, count, proven } = refusals
  Object.assign(refusals, { positions: new Uint16Array(0), count: 0, proven: 0, asked: 0 })
  return { positions: positions.subarray(0, count), proven }
}

/** Whether it is not known as yet what the refusals of a host are worth, though an open port can tell. */
export function isInDoubt({ trust, refusals, witnesses }: Course): boolean {
  if (trust === 'suspended') return true
  return trust === 'given' && refusals.count > refusals.proven && hasOpen(witnesses)
}

/**
 * Whether it is time to ask an open port for the sake of the refusals.
 *
 * @param isLast whether nothing else is left to be done
 * @param isLosing whether closed ports that bear witness are silent now and then
 */
export function isControlDue(
  { trust, refusals, witnesses, lane }: Course,
  isLast: boolean,
  isLosing: boolean,
  now: number,
): boolean {
  const { suspect, count, asked, askedAt, beganAt, questions, probesSince } = refusals
  const sinceMs = now - askedAt
  if (trust === 'weighed') return false
  if (suspect) {
    const port = suspect.othersAccept ? suspect.port : undefined
    return sinceMs >= CALM_GAP_MS && isOpenReady(witnesses, now, 0, port)
  }
  // The last question is kept for the end.
  if (isLast) return count > asked && sinceMs >= LEAST_GAP_MS && isOpenReady(witnesses, now, 0)
  const isEarly = questions < EARLY && count > 0 && probesSince >= REFUSALS_BETWEEN
  const gapMs = Math.max(LEAST_GAP_MS, Math.min(MOST_GAP_MS, (now - beganAt) * GAP_SHARE))
  const isPatient = isLosing && witnesses.closed.length > 0 && sinceMs >= MOST_GAP_MS
  const isTime = count - asked >= REFUSALS_BETWEEN ? sinceMs >= gapMs : isPatient
  if (!(isEarly || isTime) || !isOpenReady(witnesses, now, 1)) return false
  refusals.place ??= isEarly
    ? Math.floor(Math.random() * REFUSALS_BETWEEN)
    : drawPlace(lane.target.rate.perSecond)
  return refusals.place === 0
}

/** Notes that a probe is made. */
export function passProbe({ refusals }: Course): void {
  refusals.probesSince += 1
  if (refusals.place) refusals.place -= 1
}

/** The open port that is to be asked. */
export function takeControl({ refusals, witnesses }: Course, now: number): number {
  const { suspect } = refusals
  return takeOpen(witnesses, now, suspect?.othersAccept ? suspect.port : undefined)
}

/** Notes that an open port is asked, as the witness of this number. */
export function noteAsked({ refusals }: Course, witness: number, now: number): void {
  refusals.marks.set(witness, refusals.count)
  refusals.place = undefined
  refusals.questions += 1
  refusals.probesSince = 0
  refusals.asked = refusals.count
  refusals.askedAt = now
}

/**
 * Takes in what an open port has answered, and tells whether all refusals that are held have to be made again.
 *
 * An open port that refuses puts all into suspense. If it accepts where nothing else is asked, the host refuses what
 * comes too fast; if it does not, but others accept, it has been closed, and the rest stands.
 */
export function heedControl(
  course: Course,
  port: number,
  witness: number,
  answer: ControlAnswer,
  now: number,
): boolean {
  const { refusals, witnesses } = course
  const mark = refusals.marks.get(witness)
  refusals.marks.delete(witness)
  if (mark === undefined) return false
  if (answer === 'refused') refusals.refusedAt = now
  const { suspect } = refusals
  if (answer === 'accepted') refusals.proven = Math.max(refusals.proven, Math.min(mark, refusals.count))
  if (course.trust === 'given') {
    if (answer === 'refused') {
      refusals.suspect = { port, witness, othersAccept: false }
      course.trust = 'suspended'
      course.dark = true
    } else if (answer !== 'accepted') refusals.asked = Math.min(refusals.asked, refusals.proven)
  } else if (suspect && witness > suspect.witness) {
    if (port !== suspect.port) suspect.othersAccept ||= answer === 'accepted'
    else if (answer === 'accepted') {
      distrust(course, now)
      return true
    } else if (suspect.othersAccept && answer !== 'unsent') {
      dropOpen(witnesses, port)
      refusals.suspect = undefined
      course.trust = 'given'
      course.dark = false
    }
  }
  return false
}

/** From now on a refusal is no answer, and the host is probed slowly until open ports tell how fast it can be. */
function distrust(course: Course, now: number): void {
  const { refusals, witnesses, evidence, lane } = course
  refusals.suspect = undefined
  course.trust = 'weighed'
  course.dark = false
  course.refused = 0
  witnesses.closed = []
  forget(evidence)
  startAfresh(lane.target.rate, evidence, now)
}
