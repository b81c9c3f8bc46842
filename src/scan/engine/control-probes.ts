/** When ports that are known to answer are probed again among the others (nmap's timing pings). */
import type { Random } from '../targets/random.ts'
import {
  CONTROL_SPREAD_MS,
  FEWEST_PROBES_BETWEEN,
  LONG_GAP_MS,
  METER_MS,
  NEAREST,
  PROBES_BETWEEN,
} from './tuning.ts'

interface State {
  /** When the last one was sent, how many port probes left since, and after how many the next one may follow. */
  sentAt: number
  probesSince: number
  gapProbes: number
  /** Port probes that left without a pause: since when, when the last of them did, and how many. */
  streakAt: number
  streakEnd: number
  streak: number
  /** How many control probes were sent. */
  count: number
  /** The next one is due, and `gapProbes` is its place among the port probes. */
  isPlaced: boolean
}

/** The control probes of one host in time; only the functions of this file change it. */
export type ControlProbes = Readonly<State>

export function createControlProbes(): ControlProbes {
  return {
    sentAt: Number.NEGATIVE_INFINITY,
    probesSince: 0,
    gapProbes: 0,
    streakAt: 0,
    streakEnd: Number.NEGATIVE_INFINITY,
    streak: 0,
    count: 0,
    isPlaced: false,
  }
}

/** Notes that a port probe leaves. */
export function notePortProbe(timing: State, now: number): void {
  timing.probesSince += 1
  if (now - timing.streakEnd > METER_MS) {
    timing.streakAt = now
    timing.streak = 0
  }
  timing.streakEnd = now
  timing.streak += 1
}

/**
 * The load on a control probe that leaves now, in probes a millisecond: since the last control probe or, while few have been
 * sent, within the burst that it is part of.
 */
export function loadAt(timing: ControlProbes, now: number): number {
  const { sentAt, probesSince, streakAt, streakEnd, streak } = timing
  const load = probesSince / Math.max(1, now - sentAt)
  if (!areFew(timing) || now - streakEnd > METER_MS) return load
  return Math.max(load, streak / Math.max(METER_MS, now - streakAt))
}

/** Whether few have been sent yet: then each burst needs one of its own. */
function areFew({ count }: ControlProbes): boolean {
  return count < NEAREST
}

/** Whether it is time for the next control probe, wherever among the port probes it is to leave. */
function isTime({ sentAt, probesSince, gapProbes }: ControlProbes, now: number): boolean {
  const isLong = now - sentAt >= LONG_GAP_MS
  return probesSince >= (isLong ? Math.min(FEWEST_PROBES_BETWEEN, gapProbes) : gapProbes)
}

/**
 * Once it is time for the next control probe, draws its place among the port probes: not at the head of each burst, where a
 * firewall that limits SYNs lets everything pass.
 *
 * @param perSecond how many probes leave a second
 */
export function placeNext(timing: State, now: number, perSecond: number, random: Random): void {
  if (timing.isPlaced || !isTime(timing, now)) return
  timing.gapProbes = timing.probesSince + drawPlace(perSecond, random)
  timing.isPlaced = true
}

/**
 * Whether the next control probe is to leave now, if some port may be probed.
 *
 * @param waiting how many ports wait for their probe
 * @param idleMs how long after the last control probe if none waits, in milliseconds
 */
export function isDue(timing: ControlProbes, now: number, waiting: number, idleMs: number): boolean {
  const { sentAt, probesSince, gapProbes, isPlaced } = timing
  if (waiting === 0 && now - sentAt >= idleMs) return true
  // At the end of a burst, where it shows best what a limit drops.
  if (waiting === 0 && areFew(timing) && probesSince >= FEWEST_PROBES_BETWEEN) return true
  return isPlaced && probesSince >= gapProbes
}

/** Whether probes leave one by one, so that there are no places among them to choose from. */
export function areAlone(perSecond: number): boolean {
  return (CONTROL_SPREAD_MS / 1000) * perSecond < 1
}

/**
 * After how many more port probes to send it. Sent by the clock alone, it would always lead a burst.
 *
 * @param perSecond how many probes leave a second
 */
export function drawPlace(perSecond: number, random: Random): number {
  return Math.floor(random() * (CONTROL_SPREAD_MS / 1000) * perSecond)
}

/**
 * Notes that a control probe leaves, and after how many port probes the next one may follow.
 *
 * @param leastGapMs the shortest gap, in milliseconds
 * @param perSecond how many probes leave a second
 */
export function noteSent(
  timing: State,
  leastGapMs: number,
  now: number,
  perSecond: number,
  random: Random,
): void {
  const between = Math.max(PROBES_BETWEEN, (leastGapMs / 1000) * perSecond)
  timing.gapProbes = Math.round(between * (0.5 + random()))
  timing.sentAt = now
  timing.count += 1
  timing.isPlaced = false
  timing.probesSince = 0
}
