/** How fast one host may be probed. */
import type { Random } from '../targets/random.ts'
import { isLost, type LossEstimator } from './loss-estimator.ts'
import { isAtCeiling, isWorthwhile, type Level, measureRate, nextRate } from './rate-levels.ts'
import { promptWithinMs, type RoundTrip, timeoutOf } from './rtt.ts'
import {
  createSendTokens,
  dropTokens,
  earnTwo,
  type SendTokens,
  takeSendToken,
  takeSpreadToken,
} from './send-tokens.ts'
import {
  AFRESH_PER_SECOND,
  CEILING_MARGIN,
  CEILING_PASSED,
  CONSTANT_LOSS_SHARE,
  CONTROLS_AT_CEILING,
  CONTROLS_TO_JUDGE,
  CONTROLS_TO_RAISE,
  FEWEST_PER_SECOND,
  FIRST_PER_SECOND,
  FULL_TIMEOUT_MS,
  LOSSES_TO_HALVE,
  SECOND_LOOK_PER_SECOND,
  TOO_MUCH_LOSS,
  USED_SHARE,
} from './tuning.ts'

interface State {
  /** Probes a second, and how many the other limits allow. */
  perSecond: number
  allowed: number
  tokens: SendTokens
  /** When the rate was last set, and how many probes were sent since. */
  since: number
  probes: number
  /** Control probes that were sent since then: those that are settled are counted, up to this one. */
  nextControl: number
  answered: number
  lost: number
  /** An answer is late, so answers earn no tokens for now. */
  isHeld: boolean
  /** The best rate so far that went well. */
  baseline: Level | undefined
  /** The share that was lost at the rate before, where that was too high: slow start is over. */
  lossBefore: number | undefined
  /** What got through at a rate that was too high: above it, the rate grows slowly. */
  ceiling: number
  /** How long after a cut, in milliseconds, control probes begin to measure the new rate, and when they do. */
  settleMs: number
  settledAt: number
}

/**
 * The rate of one host: a token bucket whose rate doubles as long as control probes are answered, and falls to what gets through as
 * soon as more is lost than at a lower rate. Loss that does not depend on the rate is no reason to slow down. Only the functions of
 * this file change it.
 */
export type Congestion = Readonly<State>

/** @param proven a rate that is known to go well */
export function createCongestion(proven?: number): Congestion {
  return {
    perSecond: proven ?? FIRST_PER_SECOND,
    allowed: Number.POSITIVE_INFINITY,
    tokens: createSendTokens(),
    since: 0,
    probes: 0,
    nextControl: 0,
    answered: 0,
    lost: 0,
    isHeld: false,
    baseline: proven === undefined ? undefined : { perSecond: proven, loss: 0 },
    lossBefore: undefined,
    ceiling: Number.POSITIVE_INFINITY,
    settleMs: FULL_TIMEOUT_MS,
    settledAt: 0,
  }
}

/** Notes that a pass begins: what is known of the rate stays. */
export function beginPass(congestion: State, now: number): void {
  restart(congestion, now, 0)
}

/** Takes a token for one probe; false when there is none for now. */
export function tryAcquire(congestion: State, now: number): boolean {
  if (!takeSendToken(congestion.tokens, congestion.perSecond, now)) return false
  congestion.probes += 1
  return true
}

/** The same at a given rate, at random intervals. */
export function tryAcquireSpread(congestion: State, perSecond: number, random: Random, now: number): boolean {
  if (!takeSpreadToken(congestion.tokens, perSecond, random, now)) return false
  congestion.probes += 1
  return true
}

/**
 * Slow start (RFC 5681, 3.1): a prompt answer makes room for two more probes, until something gets lost for the first time. So a
 * host that answers everything is probed as fast as it answers.
 */
export function earnTokens(congestion: State): void {
  if (congestion.lossBefore === undefined && !congestion.isHeld) earnTwo(congestion.tokens)
}

/** From now on a probe is one SYN: what got through with the help of the kernel's retransmissions no longer counts. */
export function expectNoRetries(congestion: State): void {
  congestion.settleMs = 0
  congestion.ceiling = Number.POSITIVE_INFINITY
}

/** From now on a host that has never answered is probed slowly, until it does. */
export function slowDown(congestion: State, losses: LossEstimator, now: number): void {
  beginEmpty(congestion, Math.min(SECOND_LOOK_PER_SECOND, congestion.perSecond), losses, now)
}

/** From now on a host is probed slowly at first, one SYN a port: it refuses connections above a rate that is unknown. */
export function startAfresh(congestion: State, losses: LossEstimator, now: number): void {
  beginEmpty(congestion, Math.min(AFRESH_PER_SECOND, congestion.perSecond), losses, now)
  expectNoRetries(congestion)
  congestion.baseline = undefined
  congestion.isHeld = false
  // As if everything had been lost: answers earn nothing more, and no loss is attributed to the path.
  congestion.lossBefore = 1
}

/** From now on a host is probed as an unknown one: the losses had nothing to do with the rate. */
export function forgetLoss(congestion: State, losses: LossEstimator, now: number): void {
  Object.assign(congestion, createCongestion())
  begin(congestion, FIRST_PER_SECOND, losses, now)
}

/**
 * Judges the rate by the control probes sent since it was set.
 *
 * @param allowed what else limits the host, in probes a second: its share of a `max-rate`
 */
export function adjustRate(
  congestion: State,
  losses: LossEstimator,
  roundTrip: RoundTrip,
  allowed: number,
  now: number,
): void {
  congestion.allowed = allowed
  countSettled(congestion, losses, roundTrip, now)
  const { answered, lost, isLate } = countSince(congestion, losses, roundTrip, now)
  congestion.isHeld = isLate
  if (lost === 0) {
    const enough = isAtCeiling(congestion.perSecond, congestion.ceiling)
      ? CONTROLS_AT_CEILING
      : CONTROLS_TO_RAISE
    if (answered >= enough && !isLate) raise(congestion, 0, losses, now)
  } else if (answered + lost >= CONTROLS_TO_JUDGE) judge(congestion, lost / (answered + lost), losses, now)
  else if (lost >= LOSSES_TO_HALVE && lost >= answered) cut(congestion, 0.5, losses, now)
}

/** Counts the control probes that are settled, each once, however long the rate stays the same. */
function countSettled(congestion: State, losses: LossEstimator, roundTrip: RoundTrip, now: number): void {
  const { fates } = losses
  const timeoutMs = timeoutOf(roundTrip)
  for (; congestion.nextControl < fates.length; congestion.nextControl++) {
    const number = congestion.nextControl
    if (fates[number] === 'pending') return
    if (!counts(congestion, losses, number)) continue
    if (isLost(losses, number, now, timeoutMs)) congestion.lost += 1
    else if (fates[number] === 'prompt') congestion.answered += 1
  }
}

/** Whether a control probe counts: one sent while the rate was not used up says nothing about it. */
function counts(
  { perSecond, allowed, settledAt }: Congestion,
  { sentAt, loads }: LossEstimator,
  number: number,
): boolean {
  const least = (Math.min(perSecond, allowed) / 1000) * USED_SHARE
  return (loads[number] as number) >= least && (sentAt[number] as number) >= settledAt
}

/** Counts up to the first control probe that may still be answered in time: of those after it, only the quick ones are settled. */
function countSince(congestion: Congestion, losses: LossEstimator, roundTrip: RoundTrip, now: number) {
  const { sentAt, fates, delays } = losses
  const timeoutMs = timeoutOf(roundTrip)
  let { answered, lost } = congestion
  for (let number = congestion.nextControl; number < fates.length; number++) {
    if (isLost(losses, number, now, timeoutMs)) {
      if (counts(congestion, losses, number)) lost += 1
    } else if (fates[number] === 'prompt') {
      if (counts(congestion, losses, number)) answered += 1
    } else if (fates[number] === 'pending') {
      const promptMs = promptWithinMs(roundTrip) + (delays[number] as number)
      return { answered, lost, isLate: now - (sentAt[number] as number) > promptMs }
    }
  }
  return { answered, lost, isLate: false }
}

function judge(congestion: State, loss: number, losses: LossEstimator, now: number): void {
  const { baseline, lossBefore } = congestion
  const level = { perSecond: measureRate(congestion, now), loss }
  // Slowing down has changed nothing: it is the path that is lossy.
  const isConstant =
    lossBefore !== undefined && loss >= lossBefore * CONSTANT_LOSS_SHARE && loss <= TOO_MUCH_LOSS
  if (isConstant) congestion.ceiling = Number.POSITIVE_INFINITY
  const isGood = baseline ? isWorthwhile(level, baseline) : loss <= TOO_MUCH_LOSS
  if (isConstant || isGood) raise(congestion, loss, losses, now)
  else cut(congestion, loss, losses, now)
}

/** Slows down to what gets through. */
function cut(congestion: State, loss: number, losses: LossEstimator, now: number): void {
  const { baseline } = congestion
  congestion.lossBefore = loss
  congestion.ceiling = measureRate(congestion, now) * (1 - loss)
  const next = Math.max(FEWEST_PER_SECOND, congestion.ceiling * CEILING_MARGIN)
  if (baseline && baseline.perSecond > next) congestion.baseline = { perSecond: next, loss: baseline.loss }
  beginEmpty(congestion, next, losses, now)
  congestion.settledAt = now + congestion.settleMs
}

function raise(congestion: State, loss: number, losses: LossEstimator, now: number): void {
  const perSecond = measureRate(congestion, now)
  // A little more loss each time would add up: the smallest loss stays the reference.
  congestion.baseline = { perSecond, loss: Math.min(loss, congestion.baseline?.loss ?? 1) }
  if (perSecond > congestion.ceiling * CEILING_PASSED) congestion.ceiling = Number.POSITIVE_INFINITY
  // A rate that is not used up proves nothing about a higher one.
  const isUsed = perSecond >= congestion.perSecond * USED_SHARE
  const next = isUsed ? nextRate(congestion, Math.max(perSecond, congestion.perSecond)) : congestion.perSecond
  begin(congestion, next, losses, now)
}

function beginEmpty(congestion: State, perSecond: number, losses: LossEstimator, now: number): void {
  dropTokens(congestion.tokens)
  begin(congestion, perSecond, losses, now)
}

function begin(congestion: State, perSecond: number, { fates }: LossEstimator, now: number): void {
  congestion.perSecond = perSecond
  restart(congestion, now, fates.length)
}

function restart(congestion: State, now: number, nextControl: number): void {
  Object.assign(congestion, { since: now, probes: 0, nextControl, answered: 0, lost: 0 })
}
