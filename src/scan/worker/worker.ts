import { availableParallelism } from 'node:os'
import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Outcome } from '../../model.ts'
import type { PassResult } from '../engine/engine.ts'
import type { Target } from '../targets/target.ts'

/** Part of the work on one host. */
export interface Share {
  address: string
  ports: Uint16Array<ArrayBuffer>
  /** Ports that are known to refuse, to bear witness. */
  refusing: number[]
  /** The rate at which all goes well. */
  perSecond: number
  /** When to stop, in milliseconds of the Unix epoch: each thread has its own origin of `performance.now()`. */
  endsAt: number
}

/** What a helper is asked to do. */
export interface Request {
  shares: Share[]
  /** How many sockets it may hold open at a time. */
  sockets: number
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

/** What is told of a request. */
interface HelperListener {
  onOutcome(share: number, position: number, outcome: Outcome, rttMs: number): void
  /** What was not reported until then will not be: all is done, or the thread has failed. */
  onEnd(done?: Done): void
}

/** A second thread that probes. */
export interface Helper {
  /** Begins a request; one at a time. Where the thread has failed, that is told at once. */
  start(request: Request, listener: HelperListener): void
  /** Ends the thread, whatever it is doing; nothing is reported any more. */
  end(): void
}

/**
 * Starts a second thread, undefined where there is only one processor or may be no thread. A refused port is 10 µs in the kernel
 * (Linux 6.18), and only another thread can have its own at the same time.
 */
export function startHelper(): Helper | undefined {
  if (availableParallelism() < 2) return undefined
  // Beside this file, or beside the bundle, into which the build puts it.
  const here = import.meta.url
  const thread = createThread(new URL(`worker-thread${extname(here)}`, here))
  if (!thread) return undefined
  thread.unref()
  let listener: HelperListener | undefined
  let isGone = false
  const finish = (done?: Done) => {
    const told = listener
    listener = undefined
    told?.onEnd(done)
  }
  thread.on('message', (message: Batch | Done) => {
    if (message.kind === 'done') {
      finish(message)
      return
    }
    for (const [share, outcomes] of message.shares) {
      for (const [outcome, { positions, rttMs }] of outcomes) {
        for (const [index, position] of positions.entries()) {
          listener?.onOutcome(share, position, outcome, rttMs[index] ?? 0)
        }
      }
    }
  })
  const fail = () => {
    isGone = true
    finish()
  }
  thread.on('error', fail)
  thread.on('exit', fail)
  return {
    start(request, newListener) {
      listener = newListener
      if (isGone) finish()
      else thread.postMessage(request)
    },
    end() {
      listener = undefined
      void thread.terminate()
    },
  }
}

/** Undefined where there may be no more threads (`ERR_WORKER_INIT_FAILED`). */
function createThread(file: URL): Worker | undefined {
  try {
    return new Worker(file)
  } catch {
    return undefined
  }
}
