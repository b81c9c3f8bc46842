/**
 * What the witnesses of a host have to say. Ports of it that are known to answer are probed again among the others;
 * how many of those answers are lost tells how much the silence of another port is worth.
 */

/** So many witnesses, those that were sent nearest in time, tell how much was lost at a moment. */
const MANY = 64

/** If so many of the nearest few were lost, something has changed: then these alone count. */
const FEW = 8
const TELLING = 4

/** A witness saw what a probe did if it was sent among so many, as a share of what the probe was sent among. */
const COMPARABLE = 0.5

/** Farther away than this a witness tells nothing, in milliseconds: where there are few, and where there are more. */
const FARTHEST_MS = 15_000
const FAR_MS = 3_000

/** The next witness is this far, in milliseconds, and it was lost: then the host may have gone before the moment. */
const NEXT_MS = 1_000
const MAY_BE_GONE = 0.5

/** So many witnesses of which the first SYN was lost tell what the next ones are worth; then older ones count less. */
const REMEMBERED = 64

/**
 * The kernel sends the retries of all probes together that left within 32 ms (its timers of 1 s are as coarse as that
 * at 250 Hz, and coarser at 1,000 Hz: `kernel/time/timer.c`, and seen so), and a limit on SYNs lets five of a bunch through
 * (the `burst` of nftables and iptables). More are in a bunch above so many probes a millisecond.
 */
const BUNCHED = 0.15

/** The chance that the retries in a bunch get lost as well, and what a guess counts beside those that were seen. */
const BUNCHED_GUESS = 0.5
const GUESS_WEIGHT = 2

/**
 * What became of a witness: answered at once, answered when the kernel had sent its SYN again, or never; `unsent` where
 * this machine could not make the probe, so that it tells nothing.
 */
type Fate = 'pending' | 'prompt' | 'late' | 'never' | 'unsent'

/** The witnesses of a host, in the order in which they were sent. */
export interface Evidence {
  sentAt: number[]
  /** Probes a millisecond since the witness before: what it was sent among. */
  loads: number[]
  fates: Fate[]
  /** Whether it was a port that is known to be open. */
  areOpen: boolean[]
  /** Of those whose first SYN was lost: how many were answered later, and how many never. */
  late: number
  never: number
}

export function createEvidence(): Evidence {
  return { sentAt: [], loads: [], fates: [], areOpen: [], late: 0, never: 0 }
}

/** Notes that a witness was sent; its number is for `settleWitness`. */
export function addWitness(
  { sentAt, loads, fates, areOpen }: Evidence,
  now: number,
  load: number,
  isOpen: boolean,
): number {
  fates.push('pending')
  areOpen.push(isOpen)
  loads.push(load)
  return sentAt.push(now) - 1
}

export function settleWitness(evidence: Evidence, number: number, fate: Exclude<Fate, 'pending'>): void {
  // What was forgotten meanwhile stays so.
  if (evidence.fates[number] !== 'pending') return
  evidence.fates[number] = fate
  if (fate === 'prompt' || fate === 'unsent') return
  evidence[fate] += 1
  if (evidence.late + evidence.never < REMEMBERED) return
  evidence.late /= 2
  evidence.never /= 2
}

/** Takes all that was told so far for untold: it was about something else than what is to be known from now on. */
export function forget(evidence: Evidence): void {
  evidence.fates.fill('unsent')
  evidence.late = 0
  evidence.never = 0
}

/**
 * Whether it is known of a witness that was sent since then what became of it. Before that, nothing tells whether the
 * host was still there.
 */
export function isWatched(evidence: Evidence, since: number, now: number, overdueMs: number): boolean {
  let number = findFirstAfter(evidence.sentAt, since)
  while (evidence.fates[number] === 'unsent') number += 1
  return (
    number < evidence.fates.length &&
    (evidence.fates[number] !== 'pending' || isLost(evidence, number, now, overdueMs))
  )
}

/** Whether the first SYN of a witness was lost, or its answer is so late that it has to be taken for lost as yet. */
export function isLost({ sentAt, fates }: Evidence, number: number, now: number, overdueMs: number): boolean {
  const fate = fates[number]
  if (fate === 'pending') return now - (sentAt[number] as number) > overdueMs
  return fate === 'late' || fate === 'never'
}

/**
 * The chance that all SYNs of a probe got lost, or the answers to them.
 *
 * That of the first SYN is the share of losses around that moment. The kernel's retries are worth as much as they
 * were for witnesses. As long as little is known of that, those of a probe that left among few are SYNs like others.
 * Those in a bunch are worth one in two: each bunch has the same probes in the same order, and what was too many for a
 * limit or a queue is so again, while the first SYNs of witnesses, between the bunches, get through. (A queue of some
 * hundred packets lost all three SYNs of 970 in 20,000 ports, and none of the witnesses among them; a limit of 1,000 a second
 * lost all of an open port in one run of eight, where nothing but SSH bore witness.)
 *
 * @param synTimes when the SYNs were sent, on the clock of `performance.now()`
 * @param load probes a millisecond among which the first was sent
 * @param overdueMs after how long a witness that was not answered counts as lost for now
 */
export function chanceOfLoss(
  evidence: Evidence,
  synTimes: number[],
  load: number,
  now: number,
  overdueMs: number,
): number {
  const [first = 1, ...others] = synTimes.map((time) => lossAt(evidence, time, now, overdueMs))
  if (others.length === 0) return first
  const independent = others.reduce((product, loss) => product * loss, 1)
  const guess = load > BUNCHED ? Math.max(BUNCHED_GUESS, independent) : independent
  const { late, never } = evidence
  const seen = (never + GUESS_WEIGHT * guess) / (late + never + GUESS_WEIGHT)
  return first * Math.max(independent, seen)
}

/**
 * The share of first SYNs and answers that got lost around a moment, 0 to 1, as the nearest witnesses saw it.
 * An answer counts only where it came under the load of that moment: one between two bursts tells nothing of what a
 * firewall that limits SYNs drops in the midst of them. Careful: half a loss is added to those that were seen, so
 * that a few answers do not count as certainty; without any witness it is 1.
 */
export function lossAt(evidence: Evidence, moment: number, now: number, overdueMs: number): number {
  const { sentAt, loads, fates } = evidence
  let after = findFirstAfter(sentAt, moment)
  const load = (loads[after] ?? 0) * COMPARABLE
  let before = after - 1
  let heard = 0
  let lost = 0
  let worst = isNextLost(evidence, after, moment, now, overdueMs) ? MAY_BE_GONE : 0
  while (heard < MANY) {
    const back = before >= 0 ? moment - (sentAt[before] as number) : Number.POSITIVE_INFINITY
    const ahead = after < sentAt.length ? (sentAt[after] as number) - moment : Number.POSITIVE_INFINITY
    if (Math.min(back, ahead) > (heard < FEW ? FARTHEST_MS : FAR_MS)) break
    const number = back <= ahead ? before-- : after++
    const isGone = isLost(evidence, number, now, overdueMs)
    const isAnswered = fates[number] === 'prompt' && (loads[number] as number) >= load
    if (!isGone && !isAnswered) continue
    heard += 1
    if (isGone) lost += 1
    if (heard === FEW && lost >= TELLING) worst = Math.max(worst, share(lost, heard))
  }
  return heard === 0 ? 1 : Math.max(worst, share(lost, heard))
}

function isNextLost(
  evidence: Evidence,
  next: number,
  moment: number,
  now: number,
  overdueMs: number,
): boolean {
  if (next >= evidence.sentAt.length || (evidence.sentAt[next] as number) - moment < NEXT_MS) return false
  return isLost(evidence, next, now, overdueMs)
}

function share(lost: number, heard: number): number {
  return Math.min(1, (lost + 0.5) / (heard + 1))
}

/** The position of the first time that is not before a moment; binary search. */
function findFirstAfter(times: number[], moment: number): number {
  let low = 0
  let high = times.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((times[middle] as number) < moment) low = middle + 1
    else high = middle
  }
  return low
}
