import { setMaxListeners } from 'node:events'

/** Longest time that a timer of Node can wait, in milliseconds: a longer one would end at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/**
 * Runs a task with a signal that aborts when another one does, or at a given time on the clock of `performance.now()`.
 *
 * `AbortSignal.any` with `AbortSignal.timeout` would do the same, but Node 20 may collect the timer as garbage, and the
 * task is never told.
 */
export async function withDeadline<T>(
  signal: AbortSignal,
  deadline: number,
  task: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController()
  // Every name and every port adds a listener; Node would report that as a leak.
  setMaxListeners(0, signal, controller.signal)
  const abort = () => controller.abort()
  const left = Math.ceil(deadline - performance.now())
  if (signal.aborted || left <= 0) abort()
  const timer = setTimeout(abort, Math.max(0, Math.min(left, LONGEST_TIMER_MS)))
  signal.addEventListener('abort', abort)
  try {
    return await task(controller.signal)
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', abort)
  }
}
