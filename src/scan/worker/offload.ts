/** What of the work a helper gets, and how it comes back. */
import type { Outcome } from '../../model.ts'
import type { PassResult } from '../engine/engine.ts'
import type { Course } from '../engine/host-scan.ts'
import { type Helper, type Share, startHelper } from './worker.ts'

/** Below this many positions two threads are no quicker than one: a thread takes 40 ms to start (Node 24). */
const LEAST_WORK = 8_192

/** The same once the thread runs. */
const LEAST_MORE = 1_024

/** What of the rest it gets at a time: less than half, so that both are done at the same time in the end. */
const SHARE = 0.4

/** So long after its time limit a helper is not waited for any more, in milliseconds. */
const LATE_MS = 300

/** A part of a course, and what of it the helper has reported. */
interface Loan {
  course: Course
  positions: Uint16Array | readonly number[]
  reported: Uint8Array
}

export interface Lending {
  /** How many sockets a helper may hold open: half of all. */
  sockets: number
  /**
   * Gives a helper part of what is left, where that is worth it, nothing is out and this thread can do no more; tells
   * whether it did. The helper is started before that, so that it is there when it is needed.
   */
  lend(courses: Course[], isBusy: boolean): boolean
  /** Whether what is out should be back, and has not come: a thread may be stuck, or gone without a word. */
  isOverdue(now: number): boolean
  /** Ends the helper; the courses have again what it did not report. */
  takeBack(): void
  /** What helpers have made. */
  result: PassResult
}

/**
 * @param report told what a helper has found
 * @param sockets how many a helper may hold open
 * @param onBack told when what was lent is back, so that more can be lent at once
 */
export function createLending(
  report: (course: Course, position: number, outcome: Outcome, rttMs: number) => void,
  sockets: number,
  onBack: () => void,
): Lending {
  let helper: Helper | undefined
  let isTried = false
  let loans: Loan[] = []
  const result: PassResult = { probes: 0 }

  function settleLoans(): void {
    for (const { course, positions, reported } of loans) {
      for (const [index, isReported] of reported.entries()) {
        if (!isReported) course.again.push(positions[index] as number)
      }
      course.lent = 0
    }
    loans = []
  }

  /** What the helper will not tell any more: it has made a connection at least for each port that it reported. */
  function countReported(): void {
    for (const { course, positions } of loans) result.probes += positions.length - course.lent
  }

  return {
    result,
    sockets,
    lend(courses, isBusy) {
      if (loans.length > 0) return false
      const able = courses.filter(isCarefree)
      const left = able.reduce((sum, { next, end }) => sum + end - next, 0)
      if (left < (helper ? LEAST_MORE : LEAST_WORK)) return false
      if (!isTried) helper = startHelper()
      isTried = true
      if (!helper || !isBusy) return false
      loans = able.map(part)
      const shares = loans.map(describeShare)
      helper.start(
        { shares, sockets },
        {
          onOutcome(share, position, outcome, rttMs) {
            const { course, positions, reported } = loans[share] as Loan
            reported[position] = 1
            course.lent -= 1
            report(course, positions[position] as number, outcome, rttMs)
          },
          onEnd(done) {
            if (!done) helper = undefined
            if (done) result.probes += done.result.probes
            else countReported()
            result.stopped ??= done?.result.stopped
            for (const [share, changed] of done?.changed.entries() ?? []) {
              if (changed) (loans[share] as Loan).course.lane.target.changed = changed
            }
            settleLoans()
            onBack()
          },
        },
      )
      // A thread that has failed gives it back at once.
      return loans.length > 0
    },
    isOverdue: (now) => loans.some(({ course }) => course.lent > 0 && now > course.lane.deadline + LATE_MS),
    takeBack() {
      helper?.end()
      helper = undefined
      countReported()
      settleLoans()
    },
  }
}

/**
 * Whether two may probe a host without knowing of each other: it refuses ports, nothing was ever lost, its refusals are
 * not in doubt, and no cap holds for both.
 */
function isCarefree({ lane, over, dark, trust, witnesses, evidence }: Course): boolean {
  if (over || dark || trust !== 'given' || lane.target.caps.length > 0) return false
  return witnesses.closed.length > 0 && evidence.late + evidence.never === 0
}

function part(course: Course): Loan {
  const end = Math.ceil(course.end - (course.end - course.next) * SHARE)
  const positions = course.lane.order.slice(end, course.end)
  course.end = end
  course.lent = positions.length
  return { course, positions, reported: new Uint8Array(positions.length) }
}

function describeShare({ course, positions }: Loan): Share {
  const { target, deadline } = course.lane
  return {
    address: target.address,
    ports: Uint16Array.from(positions, (position) => target.ports[position] as number),
    refusing: course.witnesses.closed,
    perSecond: target.rate.perSecond,
    endsAt: performance.timeOrigin + deadline,
  }
}
