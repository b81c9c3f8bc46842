import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Identified } from '../../model.ts'
import type { Target } from './protocols/protocol.ts'

/** A port to identify in the other thread; what cannot be sent there is asked for. */
export interface Request {
  kind: 'identify'
  id: number
  target: Omit<Target, 'mayConnect'>
}

/** What a thread is told of a request: that it may make a connection, or that nobody waits for it any more. */
export interface Word {
  kind: 'leave' | 'end'
  id: number
}

/** What a thread tells of a request: that it wants to make a connection, or what came of it and what that has cost. */
export type Reply =
  | { kind: 'connect'; id: number }
  | { kind: 'done'; id: number; found: Identified | undefined; dearMs: number }

/** Who waits for the thread. */
interface Waiting {
  target: Target
  done(found: Identified | undefined): void
}

let thread: Worker | undefined
let lastId = 0
const waiting = new Map<number, Waiting>()

/**
 * Identifies a port in a thread of its own: what makes this machine compute there keeps nobody else waiting. The thread lives
 * as long as anybody waits for it. Never rejects; undefined if there was no connection, there is no thread, or the signal is
 * aborted.
 */
export function identifyAside(target: Target, signal: AbortSignal): Promise<Identified | undefined> {
  const { mayConnect: _, ...sent } = target
  const id = ++lastId
  return new Promise((resolve) => {
    const end = () => {
      thread?.postMessage({ kind: 'end', id } satisfies Word)
      settle(id, undefined)
    }
    const done = (found: Identified | undefined) => {
      signal.removeEventListener('abort', end)
      resolve(found)
    }
    waiting.set(id, { target, done })
    signal.addEventListener('abort', end)
    try {
      thread ??= start()
      thread.postMessage({ kind: 'identify', id, target: sent } satisfies Request)
    } catch {
      settle(id, undefined)
    }
    if (signal.aborted) end()
  })
}

function start(): Worker {
  const here = import.meta.url
  const started = new Worker(new URL(`aside-thread${extname(here)}`, here))
  const fail = () => {
    if (thread === started) thread = undefined
    for (const id of waiting.keys()) settle(id, undefined)
  }
  started.on('message', take).on('error', fail)
  started.unref()
  return started
}

async function take(reply: Reply): Promise<void> {
  const asking = waiting.get(reply.id)
  if (!asking) return
  if (reply.kind === 'connect') {
    await asking.target.mayConnect?.()
    thread?.postMessage({ kind: 'leave', id: reply.id } satisfies Word)
    return
  }
  if (asking.target.effort) asking.target.effort.dearMs = reply.dearMs
  settle(reply.id, reply.found)
}

function settle(id: number, found: Identified | undefined): void {
  waiting.get(id)?.done(found)
  waiting.delete(id)
  if (waiting.size > 0) return
  thread?.terminate()
  thread = undefined
}
