import { readFileSync } from 'node:fs'
import type { Outcome } from '../model.ts'
import {
  addWitness,
  chanceOfLoss,
  createEvidence,
  type Evidence,
  isLost,
  isWatched,
  lossAt,
} from './evidence.ts'
import { SILENT } from './outcome.ts'
import { overdueAfterMs } from './pacing.ts'
import type { Probe } from './probe.ts'
import { expectNoRetries } from './rate.ts'
import type { Target } from './target.ts'
import { admitWitness, createWitnesses, hasWitness, isDue, takeWitness, type Witnesses } from './witnesses.ts'

/** Probes of one address, in the order in which they are to be made. */
export interface Lane {
  target: Target
  /** Positions in the target's ports. */
  order: Uint16Array | readonly number[]
  /** When to stop, on the clock of `performance.now()`. */
  deadline: number
  /** Ports that are known to refuse, where the host has answered before. */
  refusing?: number[]
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
  /** What is left of the doubt about positions that stayed silent before: the chance that all SYNs were lost. */
  doubts: Map<number, number>
  /** Positions that were silent while nothing was known to answer. */
  unproven: number[]
  /** How many ports have refused, and how many were silent at their first try. */
  refused: number
  silent: number
  /** When the host last answered, undefined as long as it never did. */
  heardAt?: number
  /** The kernel's own retries are worth little here. */
  isThrifty: boolean
  /** It has answered and does so no longer: only witnesses are sent. */
  dark: boolean
  over: boolean
}

/** When SYNs are sent for a socket: every system sends a second one after 1 s (RFC 6298, 2.1), some the next after 2 s. */
const SYN_TIMES_MS = hasLinearTimeouts() ? [0, 1_000, 2_000] : [0, 1_000]

/**
 * The silence of a port is believed when the chance that all its SYNs were lost is at most this: where no witness was
 * lost as yet, so that all that is missing is more of them, and where some were.
 */
const DOUBT = 1 / 1_000
const DOUBT_WITH_LOSS = 1 / 100_000

/** Where a host refuses other ports, silence is rarer than loss: the doubt is divided by their number, up to this. */
const MOST_REFUSED = 1_000

/** Where so many ports refuse for each that is silent, a second try is worth more than the luck of the witnesses. */
const ODD = 10

/** Below this loss an ICMP message that calls a host unreachable is the network's word and not its failure. */
const CALM = 0.5

/** A host is dark when so many witnesses in a row were lost, and nothing else was heard for so long. */
const DARK_WITNESSES = 4
const DARK_MS = 1_200

/** How often a dark host is asked, and for how long, in milliseconds. */
const DARK_GAP_MS = 500
const DARK_PATIENCE_MS = 15_000

/** How long the first SYNs of a socket may take, beside the round trip, in milliseconds. */
const LAST_SYN_MS = 2_000

/** The second SYN is sent after 1 s (RFC 6298, 2.1); what ends so long before is sent one only, in milliseconds. */
const LONGEST_BRIEF_MS = 900

/** So many witnesses that none of the kernel's SYNs got an answer for tell that its retries are worth little. */
const TELLING_NEVER = 4

/** Linux 6.5 and later wait 1 s for each of the first SYNs (`tcp_syn_linear_timeouts`, `ip-sysctl`). */
function hasLinearTimeouts(): boolean {
  try {
    return Number(readFileSync('/proc/sys/net/ipv4/tcp_syn_linear_timeouts', 'utf8')) > 1
  } catch {
    return false
  }
}

export function createCourse(lane: Lane): Course {
  const witnesses = createWitnesses()
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
    doubts: new Map(),
    unproven: [],
    refused: 0,
    silent: 0,
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

/** Until when a silent socket is worth its descriptor: an answer to the third SYN, or one 2 s late, still counts. */
export function patienceOf({ lane }: Course): number {
  return LAST_SYN_MS + overdueAfterMs(lane.target.roundTrip)
}

/** The same where the kernel is not to send the SYN again. */
export function briefPatienceOf({ lane }: Course): number {
  return Math.min(LONGEST_BRIEF_MS, overdueAfterMs(lane.target.roundTrip))
}

/**
 * Whether a position is to be tried with one SYN only. Behind a firewall that limits SYNs the kernel's retries take
 * the place of first SYNs, and come in bunches that it drops. Each position has had one patient try before.
 */
export function isBriefEnough(course: Course, position: number): boolean {
  const { lane, doubts, evidence } = course
  if (!doubts.has(position)) return false
  const { late, never } = evidence
  if (!course.isThrifty && lane.target.rate.refused !== undefined && never >= TELLING_NEVER && never > late) {
    course.isThrifty = true
    expectNoRetries(lane.target.rate)
  }
  return course.isThrifty
}

/** The attempts that are not known to be done. */
export function listWaiting({ patient, brief, unwatched }: Course): Attempt[] {
  return [...[patient, brief].flatMap(({ attempts, head }) => attempts.slice(head)), ...unwatched]
}

/** Whether a witness has told of the time of an attempt, where there is one that may. */
export function isWatchedSince(
  { witnesses, evidence, lane }: Course,
  startedAt: number,
  now: number,
): boolean {
  return !hasWitness(witnesses) || isWatched(evidence, startedAt, now, overdueAfterMs(lane.target.roundTrip))
}

/** Whether it is time for a witness. */
export function isWitnessDue(course: Course, now: number): boolean {
  const { witnesses, dark } = course
  if (!hasWitness(witnesses)) return false
  return dark
    ? now - witnesses.askedAt >= DARK_GAP_MS
    : isDue(witnesses, now, countLeft(course), course.lane.target.rate.perSecond)
}

/** Takes a witness for sent: its port, and its number in the evidence. */
export function callWitness(course: Course, now: number): Pick<Attempt, 'port' | 'witness'> {
  const { witnesses, evidence, lane } = course
  const load = witnesses.probesSince / Math.max(1, now - witnesses.askedAt)
  const port = takeWitness(witnesses, now, lane.target.rate.perSecond)
  return { port, witness: addWitness(evidence, now, load) }
}

/**
 * Notes that the host itself has answered. What was silent before anything was known to answer is probed again: now
 * there are witnesses for it.
 */
export function hear(
  course: Course,
  port: number,
  outcome: Outcome,
  prompt: boolean,
  now: number,
  service?: string,
): void {
  course.heardAt = now
  course.dark = false
  if (outcome.state === 'closed') course.refused += 1
  if (prompt && (outcome.state === 'open' || outcome.state === 'closed')) {
    admitWitness(course.witnesses, port, outcome.state, service)
  }
  if (course.unproven.length === 0 || !hasWitness(course.witnesses)) return
  course.again = [...course.again, ...course.unproven]
  course.unproven = []
}

/**
 * Whether what was said of a port, or that nothing was, can be believed: the witnesses that were sent at the same
 * times as its SYNs were answered, or the doubt has become small in several tries.
 */
export function isBelieved(course: Course, attempt: Attempt, now: number): boolean {
  const { position, startedAt, said, isBrief } = attempt
  const { evidence, doubts, lane, refused } = course
  const isFirst = !doubts.has(position)
  if (isFirst) course.silent += 1
  const overdueMs = overdueAfterMs(lane.target.roundTrip)
  if (said) return lossAt(evidence, startedAt, now, overdueMs) < CALM
  const synTimes = isBrief ? [startedAt] : SYN_TIMES_MS.map((time) => startedAt + time)
  const doubt = (doubts.get(position) ?? 1) * chanceOfLoss(evidence, synTimes, now, overdueMs)
  const most = evidence.late + evidence.never > 0 ? DOUBT_WITH_LOSS : DOUBT
  const isOdd = isFirst && refused > ODD * course.silent
  const isSmall = !isOdd && doubt <= most / Math.max(1, Math.min(MOST_REFUSED, refused))
  if (isSmall) doubts.delete(position)
  else doubts.set(position, doubt)
  return isSmall
}

/** What a port is said to be that has not answered itself. */
export function silenceOf({ said }: Attempt): Outcome {
  return said ?? SILENT
}

/** Looks whether a host that has answered still does; gives `gone` when it is time to give it up. */
export function watch(course: Course, now: number): 'gone' | undefined {
  const { heardAt, evidence, lane, dark } = course
  if (heardAt === undefined) return undefined
  if (dark) return now - heardAt > DARK_PATIENCE_MS ? 'gone' : undefined
  const { fates } = evidence
  if (now - heardAt < DARK_MS || fates.length < DARK_WITNESSES) return undefined
  const overdueMs = overdueAfterMs(lane.target.roundTrip)
  let lost = 0
  for (let number = fates.length - 1; number >= 0 && lost < DARK_WITNESSES; number--) {
    if (isLost(evidence, number, now, overdueMs)) lost += 1
    else if (fates[number] === 'prompt') return undefined
  }
  course.dark = lost >= DARK_WITNESSES
  return undefined
}
