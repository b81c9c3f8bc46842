import { Socket } from 'node:net'
import { OPEN } from '../outcome.ts'
import type { Connect } from './connector.ts'
import { outcomeOf } from './errno.ts'

/** Connects by `net.Socket`: works with every Node. */
export const connectSocket: Connect = (address, port, onOutcome) => {
  const socket = new Socket()
  let atOnce = false
  socket.once('connect', () => {
    const toItself = socket.localPort === socket.remotePort && socket.localAddress === socket.remoteAddress
    socket.resetAndDestroy()
    onOutcome(toItself ? undefined : OPEN)
  })
  socket.once('error', (error: NodeJS.ErrnoException) => {
    socket.destroy()
    onOutcome(outcomeOf(error.code, atOnce))
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
