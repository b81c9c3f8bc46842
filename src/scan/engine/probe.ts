import type { Outcome } from '../../model.ts'
import type { Connection } from '../connect/connector.ts'

interface State {
  readonly port: number
  readonly startedAt: number
  /** Undefined once its socket is gone. */
  connection: Connection | undefined
  isDone: boolean
}

interface PortState extends State {
  readonly kind: 'port'
  /** In the target's ports. */
  readonly position: number
  /** It ends before the kernel retransmits its SYN. */
  readonly isSingleSyn: boolean
  /** Probes a millisecond, to all hosts, among which it was sent. */
  readonly load: number
  /** What the network said of the port, where that is believed only if control ports answered at the time. */
  answer: Outcome | undefined
}

interface ControlState extends State {
  readonly kind: 'control'
  /** In the loss estimator. */
  readonly number: number
}

/** The probe of a port whose state is wanted. */
export type PortProbe = Readonly<PortState>

/** The probe of a port that is known to answer. */
export type ControlProbe = Readonly<ControlState>

/** One connect under way; only the functions of this file change it. */
export type Probe = PortProbe | ControlProbe

/**
 * @param about all of its fields from the start: adding some later would change its shape, and undo what V8 has optimised
 * for it
 */
export function createPortProbe(
  about: Pick<PortProbe, 'port' | 'position' | 'startedAt' | 'isSingleSyn' | 'load'>,
): PortProbe {
  const { port, position, startedAt, isSingleSyn, load } = about
  const fresh = { connection: undefined, answer: undefined, isDone: false }
  return { kind: 'port', port, position, startedAt, isSingleSyn, load, ...fresh }
}

export function createControlProbe(port: number, number: number, startedAt: number): ControlProbe {
  return { kind: 'control', port, number, startedAt, connection: undefined, isDone: false }
}

/** Notes the connect that has begun. */
export function noteConnecting(probe: State, connection: Connection): void {
  probe.connection = connection
}

/** Keeps what the network said until control probes show what that is worth. */
export function keepAnswer(probe: PortState, answer: Outcome): void {
  probe.answer = answer
}

/** Closes its socket. @returns false where it was closed already */
export function closeSocket(probe: State): boolean {
  if (!probe.connection) return false
  probe.connection.cancel()
  probe.connection = undefined
  return true
}

export function noteDone(probe: State): void {
  probe.isDone = true
}
