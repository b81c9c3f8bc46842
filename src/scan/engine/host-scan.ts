import type { Outcome } from '../../model.ts'
import type { Probe } from '../connect/connector.ts'
import type { Overhear } from '../identify/overhear.ts'
import type { Target } from '../targets/target.ts'
import { expectNoRetries, slowDown } from './congestion.ts'
import {
  admitWitness,
  beginTurn,
  createWitnesses,
  hasWitness,
  heedService,
  isDue,
  isOpenWitness,
  takeWitness,
  type Witnesses,
} from './control-probes.ts'
import { addWitness, createEvidence, type Evidence } from './loss-estimator.ts'
import {
  createRefusals,
  isControlDue,
  noteAsked,
  type Refusals,
  type Trust,
  takeControl,
} from './refusals.ts'
import { overdueAfterMs } from './rtt.ts'

/** Probes of one address, in the order in which they are to be made. */
export interface Lane {
  target: Target
  /** Positions in the target's ports. */
  order: Uint16Array | readonly number[]
  /** When to stop, on the clock of `performance.now()`. */
  deadline: number
  /** Ports that are known to refuse, where the host has answered before. */
  refusing?: number[]
  /** Learns what open ports that are asked again and again say. */
  overhear?: Overhear
}

/** One probe under way. */
export interface Attempt {
  course: Course
  /** Of the port, in the target's ports; −1 for a witness. */
  position: number
  /** The number of the witness in the evidence; −1 for other probes. */
  witness: number
  port: number
  startedAt: number
  /** It ends before the kernel sends its SYN again. */
  isBrief: boolean
  /** Probes a millisecond among which it left. */
  load: number
  /** The socket; undefined once it is gone. */
  probe?: Probe
  /** What the network said of the port, where that is believed only if witnesses were answered at the time. */
  said?: Outcome
  done: boolean
}

/** Attempts that wait equally long, oldest first, from `head` on; those that are done are dropped at the head. */
export interface Queue {
  attempts: Attempt[]
  head: number
}

/** A lane under way. */
export interface Course {
  lane: Lane
  /** Of the lane's order: what comes next, and where the rest begins that was given to a helper. */
  next: number
  end: number
  /** How many positions a helper has. */
  lent: number
  /** Positions to try again when the lane's own are done. */
  again: number[]
  selfConnects: Map<number, number>
  patient: Queue
  brief: Queue
  /** Silent attempts, of whose time no witness has told as yet; their sockets are gone. */
  unwatched: Attempt[]
  /** Attempts under way that are not witnesses. */
  running: number
  witnesses: Witnesses
  evidence: Evidence
  /**
   * By position: what is left of the doubt about those that stayed silent, the chance that all SYNs were lost; 0 where there
   * was no such try. Made when it is needed: a million silent ports are not a million entries.
   */
  doubts?: Float32Array
  /** Positions that were silent while nothing was known to answer. */
  unproven: number[]
  /** Some of them were looked at again. */
  isSecondLook: boolean
  /** How many ports have refused. */
  refused: number
  /** What their refusals are worth, and those that are held back. */
  trust: Trust
  refusals: Refusals
  /** Since when it is counted how many refusals come, the first witness of that time, and how many there were. */
  scarcity: { since: number; witness: number; refused: number }
  /** When the host last answered, undefined as long as it never did. */
  heardAt?: number
  /** The kernel's own retries are worth little here. */
  isThrifty: boolean
  /** It has answered and does so no longer: only witnesses are sent. */
  dark: boolean
  over: boolean
}

/** How often a dark host is asked, in milliseconds. */
const DARK_GAP_MS = 500

/** How long the first SYNs of a socket may take, beside the round trip, in milliseconds. */
const LAST_SYN_MS = 2_000

/** The second SYN is sent after 1 s (RFC 6298, 2.1); what ends so long before is sent one only, in milliseconds. */
const LONGEST_BRIEF_MS = 900

/** So many of the likeliest ports are looked at twice where nothing answers: about as many as the catalogue has. */
const SECOND_LOOK = 300

/** So many witnesses that none of the kernel's SYNs got an answer for tell that its retries are worth little. */
const TELLING_NEVER = 4

export function createCourse(lane: Lane): Course {
  const witnesses: Witnesses = createWitnesses(async (port) => {
    const service = await lane.overhear?.(lane.target, port)
    if (service !== undefined) heedService(witnesses, port, service)
  })
  for (const port of lane.refusing ?? []) admitWitness(witnesses, port, 'closed')
  return {
    lane,
    next: 0,
    end: lane.order.length,
    lent: 0,
    again: [],
    selfConnects: new Map(),
    patient: { attempts: [], head: 0 },
    brief: { attempts: [], head: 0 },
    unwatched: [],
    running: 0,
    witnesses,
    evidence: createEvidence(),
    doubts: undefined,
    unproven: [],
    isSecondLook: false,
    refused: 0,
    trust: 'given',
    refusals: createRefusals(),
    scarcity: { since: performance.now(), witness: 0, refused: 0 },
    heardAt: lane.refusing && performance.now(),
    isThrifty: false,
    dark: false,
    over: false,
  }
}

/** How many positions wait for their first or next probe. */
export function countLeft({ next, end, again }: Course): number {
  return end - next + again.length
}

/**
 * The next position to probe, undefined when there is none. Of those that are tried again any: they were silent
 * together, and a firewall that lets the first of each burst pass would always drop the same ones.
 */
export function takePosition(course: Course): number | undefined {
  const { lane, again } = course
  if (course.next < course.end) return lane.order[course.next++]
  const last = again.pop()
  if (last === undefined || again.length === 0) return last
  const index = Math.floor(Math.random() * (again.length + 1))
  if (index === again.length) return last
  const position = again[index]
  again[index] = last
  return position
}

/** All positions that are left, and leaves none. */
export function takeRest(course: Course): Lane['order'][] {
  const { lane, next, end, again } = course
  const rest =
    lane.order instanceof Uint16Array ? lane.order.subarray(next, end) : lane.order.slice(next, end)
  course.next = end
  course.again = []
  return [rest, again]
}

/** Until when a silent socket is worth its descriptor: an answer to the third SYN, or one 2 s late, still counts. */
export function patienceOf({ lane }: Course): number {
  return LAST_SYN_MS + overdueAfterMs(lane.target.roundTrip)
}

/** The same where the kernel is not to send the SYN again. */
export function briefPatienceOf({ lane }: Course): number {
  return Math.min(LONGEST_BRIEF_MS, overdueAfterMs(lane.target.roundTrip))
}

/**
 * Whether a position is to be tried with one SYN only, when it has had a patient try before. Where no witness was ever
 * lost, a look at another moment is all that is missing, and so it is where nothing has answered. Behind a firewall
 * that limits SYNs the kernel's retries take the place of first SYNs, and come in bunches that it drops.
 */
export function isBriefEnough(course: Course, position: number): boolean {
  const { lane, doubts, evidence } = course
  const { late, never } = evidence
  if (course.isSecondLook && !hasWitness(course.witnesses)) return true
  if (course.trust === 'weighed') return overdueAfterMs(lane.target.roundTrip) <= LONGEST_BRIEF_MS
  if (!doubts?.[position] || overdueAfterMs(lane.target.roundTrip) > LONGEST_BRIEF_MS) return false
  if (!course.isThrifty && lane.target.rate.refused !== undefined && never >= TELLING_NEVER && never > late) {
    course.isThrifty = true
    expectNoRetries(lane.target.rate)
  }
  return course.isThrifty || late + never === 0
}

/**
 * Looks again at what is likeliest to be open, where nothing has answered: slowly, one SYN a port, and not amid the
 * kernel's retries. A firewall that limits SYNs may have dropped all three of each open port, and no witness told.
 *
 * @returns false where there is nothing to look at again
 */
export function beginSecondLook(course: Course, now: number): boolean {
  if (course.isSecondLook || course.unproven.length === 0) return false
  course.isSecondLook = true
  // They are in the order in which they were probed, the likeliest first.
  course.again = course.unproven.splice(0, SECOND_LOOK)
  slowDown(course.lane.target.rate, course.evidence, now)
  return true
}

/** The attempts that are not known to be done. */
export function listWaiting({ patient, brief, unwatched }: Course): Attempt[] {
  return [...[patient, brief].flatMap(({ attempts, head }) => attempts.slice(head)), ...unwatched]
}

/** Whether it is time for a witness. */
export function isWitnessDue(course: Course, now: number): boolean {
  const { witnesses, dark } = course
  if (!hasWitness(witnesses)) return false
  if (isControlTime(course, now)) return true
  if (course.trust === 'suspended') return false
  return dark
    ? now - witnesses.askedAt >= DARK_GAP_MS
    : isDue(witnesses, now, countLeft(course), course.lane.target.rate.perSecond)
}

function isControlTime(course: Course, now: number): boolean {
  const { late, never } = course.evidence
  const isLast = course.running + course.lent === 0 && countLeft(course) === 0
  return isControlDue(course, isLast, late + never > 0, now)
}

/** Takes a witness for sent: its port, and its number in the evidence. */
export function callWitness(course: Course, now: number): Pick<Attempt, 'port' | 'witness'> {
  const { witnesses, evidence, lane } = course
  const load = witnesses.probesSince / Math.max(1, now - witnesses.askedAt)
  const isControl = isControlTime(course, now)
  beginTurn(witnesses, now, lane.target.rate.perSecond)
  const port = isControl ? takeControl(course, now) : takeWitness(witnesses, now)
  const isOpen = isOpenWitness(witnesses, port)
  const witness = addWitness(evidence, now, load, isOpen)
  if (isOpen) noteAsked(course, witness, now)
  return { port, witness }
}

/**
 * Notes that the host itself has answered. What was silent before anything was known to answer is probed again: now
 * there are witnesses for it.
 *
 * @param suggest what probably answers on a port
 */
export function hear(
  course: Course,
  { port, witness }: Attempt,
  { state }: Outcome,
  isPrompt: boolean,
  now: number,
  suggest?: (port: number) => string | undefined,
): void {
  const isNew = witness < 0
  course.heardAt = now
  // Why an open port has refused is not known by an answer of another.
  if (course.trust !== 'suspended') course.dark = false
  if (isNew && state === 'closed') course.refused += 1
  if (isNew && isPrompt && (state === 'open' || state === 'closed')) {
    admitWitness(course.witnesses, port, state, state === 'open' ? suggest?.(port) : undefined)
  }
  if (course.unproven.length === 0 || !hasWitness(course.witnesses)) return
  course.again = [...course.again, ...course.unproven]
  course.unproven = []
}
