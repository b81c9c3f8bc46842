/** When open ports are asked whether they still accept, to find out what refusals are worth. */
import type { Random } from '../targets/random.ts'
import { type ControlPorts, isOpenReady } from './control-ports.ts'
import { drawPlace } from './control-probes.ts'
import { needsRecheck, type Refusals, setPlace } from './refusals.ts'
import {
  CALM_GAP_MS,
  EARLY_QUESTIONS,
  MOST_QUESTION_GAP_MS,
  OPEN_GAP_MS,
  QUESTION_GAP_SHARE,
  REFUSALS_BETWEEN,
} from './tuning.ts'

/** What decides at a moment about questions: while other probes leave, at the end, or while nothing else is sent. */
export interface Moment {
  now: number
  /** All port probes have been sent, and all of them have ended too. */
  isAllSent: boolean
  isLast: boolean
  /** Closed control ports are sometimes silent. */
  isLosing: boolean
}

/**
 * Whether refused ports are to be probed a second time (the recheck). A scan of few ports is over before an open port could be
 * asked among them: most left in one burst, of which a limit may have refused all but the first.
 */
export function isRecheckDue(refusals: Refusals, controls: ControlPorts, { now, isLast }: Moment): boolean {
  return isLast && needsRecheck(refusals) && isOpenReady(controls, now, 0)
}

/**
 * Once it is time to ask an open port while other probes leave, draws the place of the question among them.
 *
 * @param perSecond how many probes leave a second
 */
export function placeQuestion(
  refusals: Refusals,
  controls: ControlPorts,
  moment: Moment,
  perSecond: number,
  random: Random,
): void {
  if (refusals.place !== undefined || refusals.trust !== 'given' || moment.isLast) return
  const isEarly = isEarlyTime(refusals)
  if (!isEarly && !isGapOver(refusals, controls, moment)) return
  if (!isOpenReady(controls, moment.now, 1)) return
  setPlace(refusals, isEarly ? Math.floor(random() * REFUSALS_BETWEEN) : drawPlace(perSecond, random))
}

/** Whether to ask an open port now, to find out what refusals are worth. */
export function isQuestionDue(refusals: Refusals, controls: ControlPorts, moment: Moment): boolean {
  const { trust, suspect, count, heldWhenAsked, askedAt, place, isTailDue } = refusals
  const { now, isAllSent, isLast } = moment
  if (trust === 'weighed') return false
  if (suspect) {
    return (
      now - askedAt >= CALM_GAP_MS && isOpenReady(controls, now, 0, chooseQuestioned(refusals, controls, now))
    )
  }
  if (isTailDue && isAllSent) return isOpenReady(controls, now, 0)
  // The last question of a budget is kept for the end.
  if (isLast) {
    return count > heldWhenAsked && now - askedAt >= OPEN_GAP_MS && isOpenReady(controls, now, 0)
  }
  if (place !== 0 || !isOpenReady(controls, now, 1)) return false
  return isEarlyTime(refusals) || isGapOver(refusals, controls, moment)
}

function isEarlyTime({ questions, count, probesSince }: Refusals): boolean {
  return questions < EARLY_QUESTIONS && count > 0 && probesSince >= REFUSALS_BETWEEN
}

function isGapOver(
  { count, heldWhenAsked, askedAt, beganAt }: Refusals,
  { closed }: ControlPorts,
  { now, isLosing }: Moment,
): boolean {
  const sinceMs = now - askedAt
  if (count - heldWhenAsked < REFUSALS_BETWEEN) {
    return isLosing && closed.length > 0 && sinceMs >= MOST_QUESTION_GAP_MS
  }
  const gapMs = (now - beganAt) * QUESTION_GAP_SHARE
  return sinceMs >= Math.max(OPEN_GAP_MS, Math.min(MOST_QUESTION_GAP_MS, gapMs))
}

/** Which open ports may be asked: the suspect and others in turn, and the suspect alone once another has accepted. */
export function chooseQuestioned(
  { suspect, questions }: Refusals,
  controls: ControlPorts,
  now: number,
): (port: number) => boolean {
  if (!suspect) return () => true
  const isSuspect = (port: number) => port === suspect.port
  const isOther = (port: number) => port !== suspect.port
  if (suspect.othersAccept) return isSuspect
  const [first, second] = questions % 2 === 0 ? [isOther, isSuspect] : [isSuspect, isOther]
  return isOpenReady(controls, now, 0, first) ? first : second
}
