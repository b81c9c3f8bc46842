/** What the engine is given. It touches no timer, socket, thread or file itself, so that it also runs on a simulated network. */
import type { CreateConnector } from '../connect/connector.ts'
import type { Random } from '../targets/random.ts'
import type { Clock } from './clock.ts'
import type { StartOffload } from './offload.ts'
import type { OnTrace } from './trace.ts'

export interface EngineContext {
  clock: Clock
  random: Random
  createConnector: CreateConnector
  /** When the kernel sends the SYNs of one connect, in milliseconds after the call; only those that the engine waits for. */
  synTimesMs: readonly number[]
  /** Sockets that may be open at a time. */
  sockets: number
  /** It works for another engine, which holds refusals back itself. */
  isHelping?: boolean
  /** Starts a second thread that takes a share of the probes; undefined where there is to be none. */
  startOffload?: StartOffload | undefined
  /** Told what the engine decides about each host. */
  onTrace?: OnTrace | undefined
}
