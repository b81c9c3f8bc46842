import { Socket } from 'node:net'
import type { Outcome } from '../model.ts'
import { outcomeOf } from './outcome.ts'

const OPEN: Outcome = { state: 'open', reason: 'syn-ack' }

/** A probe under way. */
export interface Probe {
  /** Gives up: the socket is closed and nothing is reported any more. */
  cancel(): void
}

/**
 * Starts one TCP connect to a literal address and reports once what became of it. `undefined` means that the
 * socket connected to itself: on loopback a SYN to a free ephemeral port can be answered by the very socket that
 * sent it, so nothing was learnt (both ends of the connection are then the same).
 *
 * The connection is reset as soon as it stands: that leaves no TIME_WAIT behind and sends no data.
 *
 * @param report called once, never from within this call, unless the probe is cancelled first
 */
export function startProbe(
  address: string,
  port: number,
  report: (outcome: Outcome | undefined) => void,
): Probe {
  const socket = new Socket()
  let atOnce = false
  socket.once('connect', () => {
    const toItself = socket.localPort === socket.remotePort && socket.localAddress === socket.remoteAddress
    socket.resetAndDestroy()
    report(toItself ? undefined : OPEN)
  })
  socket.once('error', (error: NodeJS.ErrnoException) => {
    socket.destroy()
    report(outcomeOf(error.code, atOnce))
  })
  socket.connect(port, address)
  // For a literal address Node makes the system call in the next tick; had it failed, the socket is destroyed now,
  // and its error event is still to come. What fails later, the network has said.
  process.nextTick(() => {
    atOnce = socket.destroyed
  })
  return {
    cancel() {
      socket.removeAllListeners()
      socket.on('error', ignore)
      socket.destroy()
    },
  }
}

function ignore(): void {}
