import { type Evidence, isLost } from './loss-estimator.ts'
import { overdueAfterMs, promptWithinMs, type RoundTrip } from './rtt.ts'

/** New connections a second to a host of which nothing is known; with the kernel's own retries thrice as many SYNs. */
const FIRST = 500
const MOST = 100_000
const FEWEST = 10

/** The same for a second look at a host of which nothing was heard: a tenth of what common limits on SYNs let through. */
const SLOW = 100

/** Probes that may be made at once: at the start, later, and where answers ask for more. */
export const FIRST_BURST = 32
const FEWEST_BURST = 4
const MOST_BURST = 1_000

/** Tokens are given out at least this often, so that a rate is kept without bursts, in milliseconds. */
const SMOOTH_MS = 5

/** Witnesses that decide about a rate: where all of them were answered, and where some were not. */
const FEW = 4
const MANY = 16

/** Fewer will do to halve it where so many were lost, and half of them or more. */
const TELLING = 4

/** So many have to be answered before more than what once got through is tried. */
const CONVINCING = 32

/** More loss than at a lower rate by this share is the rate's doing. */
const TOLERANCE = 0.07

/** At a first rate, with nothing to compare it with, more loss than this is too much. */
const TOO_MUCH = 0.35

/** A rate of which less than this share was made proves nothing. */
const USED = 0.5

/** A rate grows by this factor, but above a ceiling only by that one. */
const GROWTH = 2
const CAUTION = 1.1

/** What is below a ceiling loses nothing, and a ceiling that is passed by so much was none. */
const BELOW = 0.95
const PASSED = 1.15

/** So long the kernel's own retries of what was sent before go on after a rate was cut, in milliseconds. */
const RETRIES_MS = 2_000

/** A rate that was kept for a while, and how that went. */
interface Level {
  perSecond: number
  loss: number
}

/**
 * How fast one host may be probed. A token bucket whose rate doubles as long as the witnesses are answered, and
 * falls to what gets through as soon as more is lost than at a lower rate: loss that does not depend on the rate is
 * no reason to slow down.
 */
export interface Rate {
  perSecond: number
  tokens: number
  filledAt: number
  /** Since when, and since which witness, the rate is what it is, and how many probes were made since. */
  since: number
  firstWitness: number
  probes: number
  /** An answer is late, so that answers earn nothing for now. */
  isHeld: boolean
  /** The best rate so far that went well. */
  base?: Level
  /** The share that was lost at the rate before, where that was too high. */
  refused?: number
  /** What got through at a rate that was too high: more is tried with care. */
  ceiling: number
  /** After a cut, witnesses say something of it only so much later, in milliseconds, and from then on. */
  settleMs: number
  settledAt: number
}

/** @param proven a rate that is known to go well */
export function createRate(now: number, proven?: number): Rate {
  return {
    perSecond: proven ?? FIRST,
    tokens: FIRST_BURST,
    filledAt: now,
    since: now,
    firstWitness: 0,
    probes: 0,
    isHeld: false,
    ceiling: Number.POSITIVE_INFINITY,
    settleMs: RETRIES_MS,
    settledAt: now,
    base: proven === undefined ? undefined : { perSecond: proven, loss: 0 },
    refused: undefined,
  }
}

/** Takes a token for one probe; false when there is none for now. */
export function takeToken(rate: Rate, now: number): boolean {
  const burst = Math.max(FEWEST_BURST, (rate.perSecond * SMOOTH_MS) / 1000)
  const more = ((now - rate.filledAt) / 1000) * rate.perSecond
  rate.filledAt = now
  // What answers have earned stays, time alone fills the bucket no further than its burst.
  rate.tokens = Math.max(rate.tokens, Math.min(burst, rate.tokens + more))
  if (rate.tokens < 1) return false
  rate.tokens -= 1
  rate.probes += 1
  return true
}

/**
 * A prompt answer makes room for two more probes, as in TCP's slow start, until something gets lost for the first
 * time: so a host that answers everything is probed as fast as it answers.
 */
export function earnTokens(rate: Rate): void {
  if (rate.refused === undefined && !rate.isHeld) rate.tokens = Math.min(MOST_BURST, rate.tokens + 2)
}

/** From now on a probe is one SYN: what got through with the kernel's retries tells nothing any more. */
export function expectNoRetries(rate: Rate): void {
  rate.settleMs = 0
  rate.ceiling = Number.POSITIVE_INFINITY
}

/** From now on a host is probed slowly, until it answers. */
export function slowDown(rate: Rate, evidence: Evidence, now: number): void {
  rate.tokens = 0
  begin(rate, Math.min(SLOW, rate.perSecond), evidence, now)
}

/**
 * From now on a host is probed slowly at first, and with one SYN a port: it refuses what comes too fast, and what is known
 * of its rate counts no longer.
 */
export function startAfresh(rate: Rate, evidence: Evidence, now: number): void {
  slowDown(rate, evidence, now)
  expectNoRetries(rate)
  rate.base = undefined
  rate.isHeld = false
  // As if all had been lost: answers earn nothing more, and no loss is taken for that of the way.
  rate.refused = 1
}

/** From now on a host is probed as one of which nothing is known: what was lost had nothing to do with the rate. */
export function forgetLoss(rate: Rate, evidence: Evidence, now: number): void {
  Object.assign(rate, createRate(now))
  begin(rate, FIRST, evidence, now)
}

/** Holds the rate against what the witnesses say that were sent since it is what it is. */
export function adjustRate(rate: Rate, evidence: Evidence, roundTrip: RoundTrip, now: number): void {
  const { answered, lost, late } = countSince(rate, evidence, roundTrip, now)
  rate.isHeld = late
  if (lost === 0) {
    const enough = isAtCeiling(rate) ? CONVINCING : FEW
    if (answered >= enough && !late) raise(rate, 0, evidence, now)
  } else if (answered + lost >= MANY) judge(rate, lost / (answered + lost), evidence, now)
  else if (lost >= TELLING && lost >= answered) cut(rate, 0.5, evidence, now)
}

function isAtCeiling({ perSecond, ceiling }: Rate): boolean {
  return perSecond >= ceiling * BELOW * 0.999
}

/**
 * Counts up to the first witness that may still be answered in time: those after it would be the quick ones only.
 * What was sent while the rate was not made use of says nothing about it.
 */
function countSince(
  { firstWitness, perSecond, settledAt }: Rate,
  evidence: Evidence,
  roundTrip: RoundTrip,
  now: number,
) {
  const { sentAt, loads, fates } = evidence
  const least = (perSecond / 1000) * USED
  const overdueMs = overdueAfterMs(roundTrip)
  let answered = 0
  let lost = 0
  for (let number = firstWitness; number < fates.length; number++) {
    const counts = (loads[number] as number) >= least && (sentAt[number] as number) >= settledAt ? 1 : 0
    if (isLost(evidence, number, now, overdueMs)) lost += counts
    else if (fates[number] === 'prompt') answered += counts
    else if (fates[number] === 'pending')
      return { answered, lost, late: now - (sentAt[number] as number) > promptWithinMs(roundTrip) }
  }
  return { answered, lost, late: false }
}

function judge(rate: Rate, loss: number, evidence: Evidence, now: number): void {
  const { base, refused } = rate
  const level = { perSecond: actual(rate, now), loss }
  // Slowing down has changed nothing: it is the way that is lossy.
  const isConstant = refused !== undefined && loss >= refused * 0.75 && loss <= TOO_MUCH
  if (isConstant) rate.ceiling = Number.POSITIVE_INFINITY
  if (isConstant || (base ? isWorthwhile(level, base) : loss <= TOO_MUCH)) raise(rate, loss, evidence, now)
  else cut(rate, loss, evidence, now)
}

/** Slows down to what gets through. */
function cut(rate: Rate, loss: number, evidence: Evidence, now: number): void {
  const { base } = rate
  rate.refused = loss
  rate.ceiling = actual(rate, now) * (1 - loss)
  rate.tokens = 0
  const next = Math.max(FEWEST, rate.ceiling * BELOW)
  if (base && base.perSecond > next) rate.base = { perSecond: next, loss: base.loss }
  begin(rate, next, evidence, now)
  rate.settledAt = now + rate.settleMs
}

/** Whether a rate gets more through than a lower one did, or loses hardly more. */
function isWorthwhile(level: Level, base: Level): boolean {
  if (level.loss <= base.loss + TOLERANCE) return true
  const gain = (level.perSecond * (1 - level.loss)) / (base.perSecond * (1 - base.loss))
  return gain >= 1 + 0.5 * (level.perSecond / base.perSecond - 1) && level.perSecond > base.perSecond * 1.05
}

function raise(rate: Rate, loss: number, evidence: Evidence, now: number): void {
  const perSecond = actual(rate, now)
  // A little more loss each time would be a lot in the end: the least of them stays the measure.
  rate.base = { perSecond, loss: Math.min(loss, rate.base?.loss ?? 1) }
  if (perSecond > rate.ceiling * PASSED) rate.ceiling = Number.POSITIVE_INFINITY
  // A rate that is not made use of proves nothing about a higher one.
  const isUsed = perSecond >= rate.perSecond * USED
  begin(rate, isUsed ? nextOf(rate, Math.max(perSecond, rate.perSecond)) : rate.perSecond, evidence, now)
}

function nextOf(rate: Rate, perSecond: number): number {
  if (isAtCeiling(rate)) return Math.min(MOST, perSecond * CAUTION)
  return Math.min(MOST, perSecond * GROWTH, rate.ceiling * BELOW)
}

function begin(rate: Rate, perSecond: number, { fates }: Evidence, now: number): void {
  rate.perSecond = perSecond
  rate.since = now
  rate.firstWitness = fates.length
  rate.probes = 0
}

/** The rate that has come about: less where sockets or the processor are the limit, more where answers have earned it. */
function actual({ probes, since, perSecond }: Rate, now: number): number {
  const elapsed = Math.max(1, now - since)
  return Math.max(FEWEST, Math.min((probes * 1000) / elapsed, perSecond * 2))
}
