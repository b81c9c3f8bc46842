/** What the engine needs of TCP: one connect, and what became of it. */
import type { Outcome } from '../../model.ts'

/** A connect under way. */
export interface Connection {
  /** Closes the socket; nothing is reported any more. */
  cancel(): void
}

/**
 * Told what became of a connect. `undefined` means that it connected to itself: on loopback a SYN to a free ephemeral
 * port can be answered by the very socket that sent it, so nothing was learnt (both ends are then the same).
 */
export type OnOutcome = (outcome: Outcome | undefined) => void

/**
 * Starts one TCP connect to a literal address and reports once what became of it.
 *
 * The connection is reset as soon as it is established: that leaves no TIME_WAIT behind and sends no data.
 *
 * @param onOutcome called once, never from within this call, unless the connect is cancelled first
 */
export type Connect = (address: string, port: number, onOutcome: OnOutcome) => Connection

/** Connects, and keeps refused sockets for further connects. */
export interface Connector {
  connect: Connect
  /** Closes the sockets in the pool. */
  releasePool(): void
}

/** @param mostPooled how many sockets may be kept open for further connects */
export type CreateConnector = (mostPooled: number) => Connector
