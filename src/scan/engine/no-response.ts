/** When the silence of a port is believed, and when that of a host. */
import { readFileSync } from 'node:fs'
import type { Outcome } from '../../model.ts'
import { SILENT } from '../outcome.ts'
import { hasWitness } from './control-probes.ts'
import type { Attempt, Course } from './host-scan.ts'
import { chanceOfLoss, isLost, isWatched, lossAt } from './loss-estimator.ts'
import { overdueAfterMs } from './rtt.ts'

/** When SYNs are sent for a socket: every system sends a second one after 1 s (RFC 6298, 2.1), some the next after 2 s. */
const SYN_TIMES_MS = hasLinearTimeouts() ? [0, 1_000, 2_000] : [0, 1_000]

/**
 * The silence of a port is believed when the chance that all its SYNs were lost is at most this. Where few leave at a time
 * and none was ever lost, it is the number of witnesses that keeps it up, and each of them costs time.
 */
const DOUBT = 1 / 100_000
const DOUBT_AT_EASE = 1 / 1_000

/** Few are up to so many probes a millisecond: they leave one by one, and the timer of a scan makes bunches of more. */
const EVEN = 2

/** A refusal of a host that refuses what comes too fast is believed when the chance that it is such a one is at most this. */
const DOUBT_OF_REFUSAL = 1 / 1_000

/** Where a host refuses other ports, silence is rarer than loss: the doubt is divided by their number, up to this. */
const MOST_REFUSED = 1_000

/** Below this loss an ICMP message that calls a host unreachable is the network's word and not its failure. */
const CALM = 0.5

/** A host is dark when so many witnesses in a row were lost, and nothing else was heard for so long. */
const DARK_WITNESSES = 4
const DARK_MS = 1_200

/** How long a dark host is asked whether it is there again, in milliseconds. */
const DARK_PATIENCE_MS = 15_000

/** Linux 6.5 and later wait 1 s for each of the first SYNs (`tcp_syn_linear_timeouts`, `ip-sysctl`). */
function hasLinearTimeouts(): boolean {
  try {
    return Number(readFileSync('/proc/sys/net/ipv4/tcp_syn_linear_timeouts', 'utf8')) > 1
  } catch {
    return false
  }
}

/** Whether a witness has told of the time of an attempt, where there is one that may. */
export function isWatchedSince(
  { witnesses, evidence, lane }: Course,
  startedAt: number,
  now: number,
): boolean {
  return !hasWitness(witnesses) || isWatched(evidence, startedAt, now, overdueAfterMs(lane.target.roundTrip))
}

/**
 * What the silence of a port is worth, or what the network said of it: `enough` where the witnesses that were sent at the
 * same times as its SYNs were answered, or the doubt has become small in several tries; `again` where it takes SYNs at
 * other moments; `unwatched` where it would be enough, if a witness that was sent after it is answered.
 */
export function weighSilence(
  course: Course,
  attempt: Attempt,
  now: number,
): 'enough' | 'again' | 'unwatched' {
  const { position, startedAt, said, isBrief, load } = attempt
  const { evidence, lane } = course
  const overdueMs = overdueAfterMs(lane.target.roundTrip)
  const isUnwatched = !isWatchedSince(course, startedAt, now)
  if (said && said.state !== 'closed') {
    if (isUnwatched) return 'unwatched'
    return lossAt(evidence, startedAt, now, overdueMs) < CALM ? 'enough' : 'again'
  }
  // An answer is to one of the SYNs, mostly to the first.
  const synTimes = isBrief || said ? [startedAt] : SYN_TIMES_MS.map((time) => startedAt + time)
  const before = course.doubts?.[position] || 1
  const doubt = before * chanceOfLoss(evidence, synTimes, load, now, overdueMs)
  if (doubt > (said ? DOUBT_OF_REFUSAL : mostDoubt(course, load))) {
    course.doubts ??= new Float32Array(lane.target.ports.length)
    course.doubts[position] = doubt
    return 'again'
  }
  return isUnwatched ? 'unwatched' : 'enough'
}

function mostDoubt({ evidence, refused }: Course, load: number): number {
  const isAtEase = load <= EVEN && refused === 0 && evidence.late + evidence.never === 0
  return isAtEase ? DOUBT_AT_EASE : DOUBT / Math.max(1, Math.min(MOST_REFUSED, refused))
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
