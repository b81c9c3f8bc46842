/**
 * Ports of a host that are known to answer are probed again among the others (nmap's timing pings), so that their silence
 * is a loss. This is which of them are asked, and when.
 */
import type { Random } from '../targets/random.ts'
import { CAREFUL, COURTESY, type Courtesy, TOUCHY } from './courtesy.ts'
import {
  CLOSED_GAP_MS,
  CONTROL_SPREAD_MS,
  FEWEST_PROBES_BETWEEN,
  LISTEN_AFTER,
  LONG_GAP_MS,
  METER_MS,
  MOST_CLOSED_CONTROLS,
  MOST_LOSSES_IN_A_ROW,
  MOST_OPEN_CONTROLS,
  NEAREST,
  OPEN_GAP_MS,
  PROBES_BETWEEN,
} from './tuning.ts'

/** An open port: a service is behind it that has to accept each connection. */
interface OpenControl extends Courtesy {
  readonly port: number
  asked: number
  firstAskedAt: number | undefined
  askedAt: number
  /** How often in a row it did not answer. */
  losses: number
}

interface State {
  closed: number[]
  open: OpenControl[]
  turn: number
  /** When the last one was sent, how many port probes left since, and after how many the next one may follow. */
  sentAt: number
  probesSince: number
  gapProbes: number
  /** Port probes that left without a pause: since when, when the last of them did, and how many. */
  streakAt: number
  streakEnd: number
  streak: number
  /** How many were sent. */
  count: number
  /** It may follow, and `gapProbes` is where among the probes it does. */
  isPlaced: boolean
  /** Refusals are so scarce that closed ports would only use them up. */
  areRefusalsScarce: boolean
  /** Begins to listen to what a port says unasked; `noteService` is told. */
  listenTo(port: number): void
}

/** The control ports of one host; only the functions of this file change them. */
export type ControlPorts = Readonly<Omit<State, 'closed' | 'open'>> & {
  readonly closed: readonly number[]
  readonly open: readonly Readonly<OpenControl>[]
}

export function createControlPorts(listenTo: State['listenTo'] = () => {}): ControlPorts {
  return {
    closed: [],
    open: [],
    turn: 0,
    sentAt: Number.NEGATIVE_INFINITY,
    probesSince: 0,
    gapProbes: 0,
    streakAt: 0,
    streakEnd: Number.NEGATIVE_INFINITY,
    streak: 0,
    count: 0,
    isPlaced: false,
    areRefusalsScarce: false,
    listenTo,
  }
}

/** Notes that a port has answered promptly; `service` is what probably listens there. */
export function admitControl(
  controls: ControlPorts,
  port: number,
  state: 'open' | 'closed',
  service?: string,
): void {
  const { closed, open, areRefusalsScarce } = controls as State
  if (state === 'closed' && !areRefusalsScarce && closed.length < MOST_CLOSED_CONTROLS) closed.push(port)
  if (state === 'open' && open.length < MOST_OPEN_CONTROLS && !isOpenControl(controls, port)) {
    const courtesy = service === undefined ? CAREFUL : (TOUCHY[service] ?? COURTESY)
    const fresh = { asked: 0, firstAskedAt: undefined, askedAt: Number.NEGATIVE_INFINITY, losses: 0 }
    open.push({ port, ...courtesy, ...fresh })
  }
}

/**
 * Notes whether an open port that was asked has answered. One that does not for a while, although the host answers, is asked
 * no more: a firewall that counts connections to SSH drops the next ones, and nothing else is lost.
 */
export function noteAnswer(
  controls: ControlPorts,
  port: number,
  isAnswered: boolean,
  hasHostAnswered: boolean,
): void {
  const { closed, open } = controls as State
  const control = open.find((one) => one.port === port)
  if (!control) return
  control.losses = isAnswered ? 0 : control.losses + 1
  const others = closed.length + open.length - 1
  if (control.losses >= MOST_LOSSES_IN_A_ROW && others > 0 && hasHostAnswered) dropOpen(controls, port)
}

/** Notes what an open port has said unasked: from now on it is asked no more often than that service takes. */
export function noteService(controls: ControlPorts, port: number, service: string): void {
  const control = (controls as State).open.find((one) => one.port === port)
  const touchy = TOUCHY[service]
  if (control && touchy) Object.assign(control, touchy, { budget: Math.min(control.budget, touchy.budget) })
}

/** Takes a port for one that is no longer open. */
export function dropOpen(controls: ControlPorts, port: number): void {
  const state = controls as State
  state.open = state.open.filter((one) => one.port !== port)
}

/** Asks closed ports no more. */
export function dropClosed(controls: ControlPorts, why: 'refusals-scarce' | 'refusals-untrusted'): void {
  const state = controls as State
  state.closed = []
  state.areRefusalsScarce ||= why === 'refusals-scarce'
}

export function isOpenControl({ open }: ControlPorts, port: number): boolean {
  return open.some((one) => one.port === port)
}

export function isClosedControl({ closed }: ControlPorts, port: number): boolean {
  return closed.includes(port)
}

export function hasControl({ closed, open }: ControlPorts): boolean {
  return closed.length + open.length > 0
}

/**
 * Whether some open port may be asked now.
 *
 * @param reserve how many questions of its budget are to be left
 */
export function isOpenReady(
  { open }: ControlPorts,
  now: number,
  reserve: number,
  fits: (port: number) => boolean = () => true,
): boolean {
  return open.some((one) => fits(one.port) && mayBeAsked(one, now, reserve))
}

/** Notes that a port probe leaves. */
export function notePortProbe(controls: ControlPorts, now: number): void {
  const state = controls as State
  state.probesSince += 1
  if (now - state.streakEnd > METER_MS) {
    state.streakAt = now
    state.streak = 0
  }
  state.streakEnd = now
  state.streak += 1
}

/**
 * Probes a millisecond among which a control probe leaves now: since the one before, or, as long as few were sent, of the
 * burst that it is part of.
 */
export function loadAt(controls: ControlPorts, now: number): number {
  const { sentAt, probesSince, streakAt, streakEnd, streak } = controls
  const load = probesSince / Math.max(1, now - sentAt)
  if (!areFew(controls) || now - streakEnd > METER_MS) return load
  return Math.max(load, streak / Math.max(METER_MS, now - streakAt))
}

/** Whether so few were sent that each burst needs one of its own. */
function areFew({ count }: ControlPorts): boolean {
  return count < NEAREST
}

/** Whether it is time for the next control probe, wherever among the port probes it is to leave. */
function isTime({ sentAt, probesSince, gapProbes, closed, open }: ControlPorts, now: number): boolean {
  if (closed.length === 0 && !open.some((one) => mayBeAsked(one, now))) return false
  const isLong = now - sentAt >= LONG_GAP_MS
  return probesSince >= (isLong ? Math.min(FEWEST_PROBES_BETWEEN, gapProbes) : gapProbes)
}

/**
 * Once it is time for the next control probe, draws its place among the port probes: not at the head of each burst, where a
 * firewall that limits SYNs lets everything pass.
 *
 * @param perSecond how many probes leave a second
 */
export function placeNext(controls: ControlPorts, now: number, perSecond: number, random: Random): void {
  const state = controls as State
  if (state.isPlaced || !isTime(state, now)) return
  state.gapProbes = state.probesSince + drawPlace(perSecond, random)
  state.isPlaced = true
}

/**
 * Whether the next control probe is to leave now.
 *
 * @param waiting how many ports wait for their probe
 */
export function isDue(controls: ControlPorts, now: number, waiting: number): boolean {
  const { sentAt, probesSince, gapProbes, isPlaced, closed, open } = controls
  if (closed.length === 0 && !open.some((one) => mayBeAsked(one, now))) return false
  if (waiting === 0 && now - sentAt >= LONG_GAP_MS) return true
  // Behind the last of a burst: what a limit has dropped of it shows best there.
  if (waiting === 0 && areFew(controls) && probesSince >= FEWEST_PROBES_BETWEEN) return true
  return isPlaced && probesSince >= gapProbes
}

/**
 * After how many more probes to ask. What the clock brings about falls at the head of a burst.
 *
 * @param perSecond how many probes leave a second
 */
export function drawPlace(perSecond: number, random: Random): number {
  return Math.floor(random() * (CONTROL_SPREAD_MS / 1000) * perSecond)
}

function mayBeAsked(
  { budget, gapMs, gapShare, firstAskedAt, askedAt }: Readonly<OpenControl>,
  now: number,
  reserve = 0,
): boolean {
  return budget > reserve || now - askedAt >= Math.max(gapMs, (now - (firstAskedAt ?? now)) * gapShare)
}

/**
 * Notes that a control probe leaves, and after how many port probes the next one may follow.
 *
 * @param perSecond how many probes leave a second
 */
export function noteSent(controls: ControlPorts, now: number, perSecond: number, random: Random): void {
  const state = controls as State
  const gapMs = state.closed.length > 0 ? CLOSED_GAP_MS : OPEN_GAP_MS
  const between = Math.max(PROBES_BETWEEN, (gapMs / 1000) * perSecond)
  state.gapProbes = Math.round(between * (0.5 + random()))
  state.sentAt = now
  state.count += 1
  state.isPlaced = false
  state.probesSince = 0
}

/** Takes the port whose turn it is: closed ports first, since a reset costs the host nothing. */
export function takeControl(controls: ControlPorts, now: number): number {
  const state = controls as State
  const { closed } = state
  if (closed.length > 0) return closed[state.turn++ % closed.length] as number
  return takeOpen(controls, now)
}

/** Takes the open port that has most of its budget left, then that which has waited longest. */
export function takeOpen(
  controls: ControlPorts,
  now: number,
  fits: (port: number) => boolean = () => true,
): number {
  const { open, listenTo } = controls as State
  const able = open.filter((one) => fits(one.port))
  const ready = able.filter((one) => mayBeAsked(one, now))
  const next = (ready.length > 0 ? ready : able).reduce((best, one) =>
    one.budget > best.budget || (one.budget === best.budget && one.askedAt < best.askedAt) ? one : best,
  )
  next.budget = Math.max(0, next.budget - 1)
  next.asked += 1
  if (next.asked === LISTEN_AFTER) listenTo(next.port)
  next.firstAskedAt ??= now
  next.askedAt = now
  return next.port
}
