import type { Outcome } from '../../model.ts'
import { startSocketProbe } from './net-socket.ts'
import { loadTcpHandles } from './tcp-handle.ts'

/** A probe under way. */
export interface Probe {
  /** Gives up: the connection is closed and nothing is reported any more. */
  cancel(): void
}

/**
 * Told what became of a probe. `undefined` means that it connected to itself: on loopback a SYN to a free ephemeral
 * port can be answered by the very socket that sent it, so nothing was learnt (both ends are then the same).
 */
export type Report = (outcome: Outcome | undefined) => void

/**
 * Starts one TCP connect to a literal address and reports once what became of it.
 *
 * The connection is reset as soon as it stands: that leaves no TIME_WAIT behind and sends no data.
 *
 * @param report called once, never from within this call, unless the probe is cancelled first
 */
export type StartProbe = (address: string, port: number, report: Report) => Probe

/** Makes probes. */
export interface Prober {
  start: StartProbe
  /** Closes the sockets that it has kept for further probes. */
  letGo(): void
}

/** @param most how many sockets may be kept open for further probes */
export type CreateProber = (most: number) => Prober

/** The cheapest way to make probes that this Node has. */
export const createProber: CreateProber =
  loadTcpHandles() ?? (() => ({ start: startSocketProbe, letGo() {} }))
