const SIGNALS = ['SIGINT', 'SIGTERM'] as const

/** A run that was told to end has reported by then, or never will: a request may be waiting for its answer. */
const LONGEST_END_MS = 5_000

/**
 * Ends a run in an orderly way on a signal: the runner sends SIGINT when a job is cancelled, then SIGTERM after
 * 7.5 s, and kills after 2.5 s more. A second signal, the same or the other, ends the process at once, as signals do;
 * so does the first one after 5 s.
 */
export function onInterrupt(): AbortSignal {
  const controller = new AbortController()
  let isTold = false
  const stopListening = () => {
    for (const each of SIGNALS) process.removeListener(each, interrupt)
  }
  const interrupt = (signal: NodeJS.Signals) => {
    const end = () => {
      stopListening()
      process.kill(process.pid, signal)
    }
    if (isTold) return end()
    isTold = true
    setTimeout(end, LONGEST_END_MS).unref()
    // If this thread was busy, a second signal may have come meanwhile: it is handled before this callback, or not at
    // all.
    setImmediate(() => {
      stopListening()
      controller.abort()
    })
  }
  for (const signal of SIGNALS) process.on(signal, interrupt)
  return controller.signal
}

/**
 * Waits for a task, and once the signal is aborted only for a time, in milliseconds; resolves to whether it was done.
 */
export function waitUnlessInterrupted(
  task: Promise<void>,
  signal: AbortSignal,
  ms: number,
): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const giveUp = () => setTimeout(resolve, ms, false)
    signal.addEventListener('abort', giveUp)
    if (signal.aborted) giveUp()
    task.then(() => resolve(true), reject).finally(() => signal.removeEventListener('abort', giveUp))
  })
}
