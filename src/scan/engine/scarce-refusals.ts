/** Hosts whose refusals are scarce: a kernel sends one ICMP message a second (`icmp_ratelimit`, icmp(7)), and open ports answer all along. */

import { forgetLoss } from './congestion.ts'
import type { Course } from './host-scan.ts'
import { forget, isLost } from './loss-estimator.ts'
import { overdueAfterMs } from './rtt.ts'

/** For so long it is counted what comes, in milliseconds. */
const WINDOW_MS = 2_000

/** So many open ports have to have answered, and none been lost, and so many closed ones have to be silent for each that is not. */
const TELLING = 4
const SILENT_FOR_EACH = 3

/** Where more refusals than these come in a second, waiting for them is no slower than the slowest rate. */
const SCARCE = 10

/**
 * Lets closed ports bear witness no longer where open ones always answer and refusals come at a pace of their own: silence
 * is no loss there, and each refusal of a witness is one that another port does not get.
 */
export function heedScarcity(course: Course, now: number): void {
  const { trust, witnesses, evidence, scarcity, refused, lane } = course
  if (now - scarcity.since < WINDOW_MS) return
  course.scarcity = { since: now, witness: evidence.fates.length, refused }
  if (trust !== 'given' || witnesses.closed.length === 0 || witnesses.open.length === 0) return
  const overdueMs = overdueAfterMs(lane.target.roundTrip)
  const open = { heard: 0, lost: 0 }
  const closed = { heard: 0, lost: 0 }
  for (let number = scarcity.witness; number < evidence.fates.length; number++) {
    const seen = evidence.areOpen[number] ? open : closed
    if (isLost(evidence, number, now, overdueMs)) seen.lost += 1
    else if (evidence.fates[number] === 'prompt') seen.heard += 1
  }
  const perSecond = (refused - scarcity.refused + closed.heard) / ((now - scarcity.since) / 1000)
  const isScarce =
    open.lost === 0 &&
    open.heard >= TELLING &&
    closed.lost >= TELLING &&
    closed.lost >= closed.heard * SILENT_FOR_EACH &&
    perSecond < SCARCE
  if (!isScarce) return
  witnesses.closed = []
  witnesses.areRefusalsScarce = true
  forget(evidence)
  forgetLoss(lane.target.rate, evidence, now)
}
