/**
 * When a refusal is believed: only while ports of the host that are known to be open still accept. A ban, or a limit on
 * connections, refuses in place of the host, with a reset or with ICMP, and `connect` tells neither from a closed port.
 */
import type { ControlPorts } from './control-ports.ts'
import { CALM_ANSWERS, EARLY_QUESTIONS, FIRST_BURST } from './tuning.ts'

/** What became of a control probe of an open port; `unsent`: this machine could not send it. */
export type ControlAnswer = 'accepted' | 'refused' | 'silent' | 'unsent'

/**
 * `given`: refusals are held back, and believed once an open port has accepted after them. `suspended`: an open port has
 * refused; open ports alone are asked until it is known why. `weighed`: the host refuses connections above a rate, so a refusal
 * is weighed as silence is, and only open ports are control ports.
 */
type Trust = 'given' | 'suspended' | 'weighed'

/** What an answer of an open port means for the host. */
export type TrustChange = 'none' | 'suspended' | 'too-fast' | 'port-closed'

interface State {
  trust: Trust
  /** Positions that have refused, in the order of their answers. */
  held: Uint16Array
  count: number
  /** How many of them came before a control probe that an open port accepted. */
  proven: number
  /** How many were held when an open port was last asked, and when that was. */
  heldWhenAsked: number
  askedAt: number
  beganAt: number
  /** How often open ports have been asked, and how many port probes left since. */
  questions: number
  probesSince: number
  /** Some of them were probed a second time, and an open port is to be asked behind those. */
  isRechecked: boolean
  isTailDue: boolean
  /** How many more port probes leave before the next question, once its time has come; undefined as long as it has not. */
  place: number | undefined
  /** By the number of an open port's control probe: how many refusals had come when it left. */
  marks: Map<number, number>
  /**
   * The port that has contradicted itself, by the control probe of this number; how often in a row it has accepted since, or
   * was silent, and whether another open port has accepted.
   */
  suspect:
    | { port: number; control: number; accepted: number; silent: number; othersAccept: boolean }
    | undefined
  /** When an open port refused last. */
  refusedAt: number | undefined
}

/** The refusals of one host; only the functions of this file change them. */
export type Refusals = Readonly<Omit<State, 'marks' | 'suspect'>> & {
  readonly suspect: Readonly<State['suspect']>
}

export function createRefusals(): Refusals {
  const state: State = {
    trust: 'given',
    held: new Uint16Array(0),
    count: 0,
    proven: 0,
    heldWhenAsked: 0,
    askedAt: Number.NEGATIVE_INFINITY,
    beganAt: 0,
    questions: 0,
    probesSince: 0,
    isRechecked: false,
    isTailDue: false,
    place: undefined,
    marks: new Map(),
    suspect: undefined,
    refusedAt: undefined,
  }
  return state
}

/** Holds a refusal back until an open port accepts after it. */
export function holdRefusal(refusals: Refusals, position: number, now: number): void {
  const state = refusals as State
  const { held, count } = state
  if (count === held.length) {
    state.held = new Uint16Array(Math.max(64, count * 2))
    state.held.set(held)
  }
  if (count === 0) state.beganAt = now
  state.held[count] = position
  state.count += 1
}

/** Takes all that are held: those that are proven, and the others. */
export function takeRefusals(refusals: Refusals): { proven: Uint16Array; unproven: Uint16Array } {
  const state = refusals as State
  const { held, count, proven } = state
  Object.assign(state, { held: new Uint16Array(0), count: 0, proven: 0, heldWhenAsked: 0 })
  return { proven: held.subarray(0, proven), unproven: held.subarray(proven, count) }
}

/** Whether the refused ports still have to be probed a second time. */
export function needsRecheck({ trust, isRechecked, count, questions }: Refusals): boolean {
  return trust === 'given' && !isRechecked && count > 0 && questions < EARLY_QUESTIONS
}

/** Takes those that were held last for a recheck; an open port is asked behind them, in the same burst. */
export function takeForRecheck(refusals: Refusals): Uint16Array {
  const state = refusals as State
  const left = Math.max(0, state.count - FIRST_BURST)
  const taken = state.held.slice(left, state.count)
  state.count = left
  state.proven = Math.min(state.proven, left)
  state.heldWhenAsked = Math.min(state.heldWhenAsked, left)
  state.isRechecked = true
  state.isTailDue = true
  return taken
}

/** Believes all refusals: none is held any more that could be in doubt. */
export function endDoubt(refusals: Refusals): void {
  const state = refusals as State
  state.trust = 'given'
}

/** Whether it is not yet known what the refusals of a host are worth, and an open port can show it. */
export function isInDoubt(refusals: Refusals, controls: ControlPorts): boolean {
  const { trust, count, proven } = refusals
  if (trust === 'suspended') return true
  if (trust !== 'given' || controls.open.length === 0) return false
  return count > proven || needsRecheck(refusals)
}

/** Sets after how many more port probes the next question is asked. */
export function setPlace(refusals: Refusals, place: number): void {
  const state = refusals as State
  state.place = place
}

/** Notes that a port probe leaves. */
export function notePortProbe(refusals: Refusals): void {
  const state = refusals as State
  state.probesSince += 1
  if (state.place) state.place -= 1
}

/** Notes that an open port is asked, by the control probe of this number. */
export function noteAsked(refusals: Refusals, control: number, now: number): void {
  const state = refusals as State
  state.marks.set(control, state.count)
  state.place = undefined
  state.isTailDue = false
  state.questions += 1
  state.probesSince = 0
  state.heldWhenAsked = state.count
  state.askedAt = now
}

/** Suspends all trust because of a port that was thought to be closed, and has accepted the control probe of this number. */
export function suspectRefusal(refusals: Refusals, port: number, control: number, now: number): void {
  const state = refusals as State
  // It is asked only once all else has come to rest.
  state.askedAt = now
  state.trust = 'suspended'
  state.suspect = { port, control, accepted: 0, silent: 0, othersAccept: true }
}

/** Takes one refusal back. @returns whether it was held */
export function dropRefusal(refusals: Refusals, position: number): boolean {
  const state = refusals as State
  const index = state.held.subarray(0, state.count).indexOf(position)
  if (index < 0) return false
  state.held.copyWithin(index, index + 1, state.count)
  state.count -= 1
  if (index < state.proven) state.proven -= 1
  state.heldWhenAsked = Math.min(state.heldWhenAsked, state.count)
  return true
}

/**
 * Takes in what an open port has answered. One that refuses suspends all trust. If it then accepts every time while nothing else
 * is sent, the host refuses connections above a rate. If it does not, but others accept, it has closed, or only one of the hosts
 * behind this address has it open: it is no longer a control port, and the rest stands.
 */
export function judgeAnswer(
  refusals: Refusals,
  port: number,
  control: number,
  answer: ControlAnswer,
  now: number,
): TrustChange {
  const state = refusals as State
  const mark = state.marks.get(control)
  state.marks.delete(control)
  if (mark === undefined) return 'none'
  if (answer === 'refused') state.refusedAt = now
  if (answer === 'accepted') state.proven = Math.max(state.proven, Math.min(mark, state.count))
  if (state.trust === 'given') return judgeTrusted(state, port, control, answer)
  return judgeSuspended(state, port, control, answer)
}

function judgeTrusted(state: State, port: number, control: number, answer: ControlAnswer): TrustChange {
  if (answer === 'refused') {
    state.suspect = { port, control, accepted: 0, silent: 0, othersAccept: false }
    state.trust = 'suspended'
    return 'suspended'
  }
  if (answer !== 'accepted') state.heldWhenAsked = Math.min(state.heldWhenAsked, state.proven)
  return 'none'
}

function judgeSuspended(state: State, port: number, control: number, answer: ControlAnswer): TrustChange {
  const { suspect } = state
  if (!suspect || control <= suspect.control) return 'none'
  if (port !== suspect.port) {
    suspect.othersAccept ||= answer === 'accepted'
    return 'none'
  }
  if (answer === 'accepted') {
    suspect.accepted += 1
    suspect.silent = 0
    if (suspect.accepted < CALM_ANSWERS) return 'none'
    state.suspect = undefined
    state.trust = 'weighed'
    return 'too-fast'
  }
  if (answer === 'silent') suspect.silent += 1
  // A single silence is a loss.
  if (answer === 'unsent' || (answer === 'silent' && suspect.silent < CALM_ANSWERS)) return 'none'
  suspect.accepted = 0
  if (!suspect.othersAccept) return 'none'
  state.suspect = undefined
  state.trust = 'given'
  // What is held is still to be proven, by another port.
  state.heldWhenAsked = Math.min(state.heldWhenAsked, state.proven)
  return 'port-closed'
}
