/** The messages between the two threads. */
import type { Outcome } from '../../model.ts'
import type { PassResult } from '../engine/offload.ts'
import type { Target } from '../targets/target.ts'

/** Part of the ports of one host. */
export interface Share {
  address: string
  ports: Uint16Array<ArrayBuffer>
  /** Ports that are known to refuse, as control ports. */
  refusing: number[]
  /** A rate known to go well. */
  perSecond: number
  /** Which limits on new connections hold for it, by their place in the request. */
  limiters: number[]
  /** When to stop, in milliseconds of the Unix epoch: each thread has its own origin of `performance.now()`. */
  endsAt: number
}

/** What the worker is asked to do. */
export interface Request {
  shares: Share[]
  /** Limits on new connections a second: the worker's part of them. */
  limiters: number[]
  /** How many sockets it may hold open at a time. */
  sockets: number
  /** How long a socket waits for an answer, in milliseconds; undefined: silence has to be proved. */
  timeoutMs: number | undefined
}

/** What has become of some ports, by the share's number and the outcome; positions are those in its `ports`. */
export interface Batch {
  kind: 'batch'
  shares: Map<number, Map<Outcome, { positions: number[]; rttMs: number[] }>>
}

/** All shares of a request are done. */
export interface Done {
  kind: 'done'
  result: PassResult
  /** By the share's number. */
  changed: Target['changed'][]
}
