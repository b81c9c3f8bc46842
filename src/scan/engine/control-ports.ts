/** Which ports of a host are known to answer, so that their silence is a loss. */
import { LISTEN_AFTER, TOUCHY } from './courtesy.ts'
import {
  createOpenControl,
  isSlow,
  limitTo,
  mayBeAsked,
  noteAcceptedAfter,
  noteOpenAnswer,
  noteOpenAsked,
  noteOpenLoss,
  type OpenControl,
} from './open-control.ts'
import { GIVE_UP_MS, LOSSES_IN_A_ROW, MOST_CLOSED_CONTROLS, MOST_OPEN_CONTROLS } from './tuning.ts'

interface State {
  closed: number[]
  /** By closed port: since when it has been silent, without an answer in between. */
  silentSince: Map<number, number>
  open: OpenControl[]
  turn: number
  /** Refusals are so scarce that closed ports would only use them up. */
  areRefusalsScarce: boolean
  /** Begins to listen for what a port says unprompted, and passes it to `noteService`. */
  listenTo(port: number): void
}

/** The control ports of one host; only the functions of this file change them. */
export type ControlPorts = Readonly<Omit<State, 'closed' | 'silentSince' | 'open'>> & {
  readonly closed: readonly number[]
  readonly open: readonly OpenControl[]
}

export function createControlPorts(listenTo: State['listenTo'] = () => {}): ControlPorts {
  const state: State = {
    closed: [],
    silentSince: new Map(),
    open: [],
    turn: 0,
    areRefusalsScarce: false,
    listenTo,
  }
  return state
}

/**
 * Notes that a port has answered promptly.
 *
 * @param service what probably listens there
 * @param tookMs after how long it has answered, where that is known
 */
export function admitControl(
  controls: ControlPorts,
  port: number,
  state: 'open' | 'closed',
  service?: string,
  tookMs = 0,
): void {
  const { closed, open, areRefusalsScarce } = controls as State
  const isNewClosed = state === 'closed' && !areRefusalsScarce && !closed.includes(port)
  if (isNewClosed && closed.length < MOST_CLOSED_CONTROLS) closed.push(port)
  if (state === 'open' && open.length < MOST_OPEN_CONTROLS && !isOpenControl(controls, port)) {
    open.push(createOpenControl(port, service, tookMs))
  }
}

/**
 * Notes whether a control port has answered. One that stays silent for a while, although the host answers, is dropped: a
 * firewall that counts connections to SSH drops the next ones, and of several hosts behind one address only some have the port
 * open. Neither is a loss. Closed ports get more time, since a host may limit its refusals; but a port that only seemed closed,
 * because a limit refused in its place, may stay silent for good.
 *
 * @param heardAt when the host last answered
 * @param startedAt when the port was asked
 */
export function noteAnswer(
  controls: ControlPorts,
  port: number,
  answer: 'answered' | 'refused' | 'silent',
  heardAt: number | undefined,
  startedAt: number,
): void {
  const { closed, open } = controls as State
  if (closed.includes(port)) noteClosedAnswer(controls as State, port, answer, heardAt, startedAt)
  const control = open.find((one) => one.port === port)
  if (!control) return
  if (answer === 'answered') {
    noteOpenAnswer(control)
    return
  }
  noteOpenLoss(control, startedAt)
  // Silence is that of the whole host unless it answers later than this; a refusal has come from somewhere.
  const since = answer === 'refused' ? (control.losingSince ?? startedAt) : startedAt
  const others = closed.length + open.length - 1
  const hasHostAnswered = heardAt !== undefined && heardAt > since
  if (control.losses >= LOSSES_IN_A_ROW && others > 0 && hasHostAnswered) dropOpen(controls, port)
}

function noteClosedAnswer(
  controls: State,
  port: number,
  answer: 'answered' | 'refused' | 'silent',
  heardAt: number | undefined,
  startedAt: number,
): void {
  const { silentSince, closed, open } = controls
  if (answer !== 'silent') {
    silentSince.delete(port)
    return
  }
  const since = silentSince.get(port) ?? startedAt
  silentSince.set(port, since)
  const hasHostAnswered = heardAt !== undefined && heardAt > startedAt
  if (startedAt - since < GIVE_UP_MS || closed.length + open.length === 1 || !hasHostAnswered) return
  dropClosedPort(controls, port)
}

/**
 * Notes how long an open port took to answer. A service that never answered as quickly as the host is now known to (it may
 * have been admitted while this machine was busy) is slow by itself: nothing is lost there. It is dropped if other ports answer.
 */
export function noteDelay(
  controls: ControlPorts,
  port: number,
  tookMs: number,
  isLateFor: (ms: number) => boolean,
): void {
  const control = (controls as State).open.find((one) => one.port === port)
  if (!control) return
  noteAcceptedAfter(control, tookMs)
  const others = controls.closed.length + controls.open.length - 1
  if (others > 0 && isSlow(control, isLateFor)) dropOpen(controls, port)
}

/**
 * How much of a control port's response time is its own, in milliseconds: its quickest answer if it is slow by itself, else
 * 0.
 */
export function ownDelayOf({ open }: ControlPorts, port: number, isLateFor: (ms: number) => boolean): number {
  const control = open.find((one) => one.port === port)
  return control && isSlow(control, isLateFor) ? control.quickestMs : 0
}

/** Notes what an open port has said unprompted: from now on it is asked no more often than that service tolerates. */
export function noteService(controls: ControlPorts, port: number, service: string): void {
  const control = (controls as State).open.find((one) => one.port === port)
  const touchy = TOUCHY[service]
  if (control && touchy) limitTo(control, touchy)
}

/** Drops a port that seems to be open no longer. */
export function dropOpen(controls: ControlPorts, port: number): void {
  const state = controls as State
  state.open = state.open.filter((one) => one.port !== port)
}

/** Drops a port that is not closed after all. */
export function dropClosedPort(controls: ControlPorts, port: number): void {
  const state = controls as State
  state.closed = state.closed.filter((one) => one !== port)
  state.silentSince.delete(port)
}

/** Stops using closed ports. */
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

/** Whether some port may be probed now: a closed one always, since a reset costs the host nothing. */
export function canProbe(controls: ControlPorts, now: number): boolean {
  return controls.closed.length > 0 || isOpenReady(controls, now, 0)
}

export function hasControl({ closed, open }: ControlPorts): boolean {
  return closed.length + open.length > 0
}

/**
 * Whether some open port may be asked now.
 *
 * @param reserve how much of its budget must be left over
 */
export function isOpenReady(
  { open }: ControlPorts,
  now: number,
  reserve: number,
  fits: (port: number) => boolean = () => true,
): boolean {
  return open.some((one) => fits(one.port) && mayBeAsked(one, now, reserve))
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
  if (noteOpenAsked(next, now) === LISTEN_AFTER) listenTo(next.port)
  return next.port
}
