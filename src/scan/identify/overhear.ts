/** What an open port says unprompted: some services penalise a client that connects repeatedly and says nothing. */
import { setMaxListeners } from 'node:events'
import { waitForTokens } from '../engine/token-bucket.ts'
import { CLOCK } from '../machine.ts'
import type { Target } from '../targets/target.ts'
import { hear, withConnection } from './connection.ts'
import { recognise } from './protocols/index.ts'

/** How long a port may take to say something, in milliseconds. */
const LISTEN_MS = 2_000

/** Ports that are listened to at a time, each with a connection. The others are asked as their numbers suggest. */
const MOST_LISTENERS = 32

/** Listens to a port of a target, with one connection on which nothing is sent; undefined where it says nothing that is known. */
export type Overhear = (target: Target, port: number) => Promise<string | undefined>

/** @param signal ends what is under way */
export function createOverhear(signal: AbortSignal): Overhear {
  // Every listener listens to it, which Node would take for a leak.
  setMaxListeners(0, signal)
  let listeners = 0
  return async ({ address, limiters }, port) => {
    if (listeners >= MOST_LISTENERS) return undefined
    listeners += 1
    try {
      const mayConnect = () => waitForTokens(limiters, CLOCK, signal)
      const heard = await withConnection({ address, port, mayConnect }, signal, (socket) =>
        hear(socket, LISTEN_MS, recognise, signal),
      )
      return heard?.recognised?.service
    } finally {
      listeners -= 1
    }
  }
}
