import { availableParallelism } from 'node:os'
import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Outcome } from '../../model.ts'
import type { Batch, Done, Request } from './messages.ts'

/** What is told of a request. */
interface WorkerListener {
  onOutcome(share: number, position: number, outcome: Outcome, rttMs: number): void
  /** What was not reported until then will not be: all is done, or the thread has failed. */
  onEnd(done?: Done): void
}

/** A second thread that probes. */
export interface ProbeWorker {
  /** Begins a request; one at a time. Where the thread has failed, that is told at once. */
  start(request: Request, listener: WorkerListener): void
  /** Ends the thread, whatever it is doing; nothing is reported any more. */
  end(): void
}

/**
 * Starts a second thread, undefined where there is only one processor or may be no thread. A refused port is 10 µs in the kernel
 * (Linux 6.18), and only another thread can have its own at the same time.
 */
export function startWorker(): ProbeWorker | undefined {
  if (availableParallelism() < 2) return undefined
  // Beside this file, or beside the bundle, into which the build puts it.
  const here = import.meta.url
  const thread = createThread(new URL(`worker-thread${extname(here)}`, here))
  if (!thread) return undefined
  thread.unref()
  let listener: WorkerListener | undefined
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
