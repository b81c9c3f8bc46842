/**
 * Ends a run in order when the process is told to: the runner sends SIGINT when a job is cancelled, then SIGTERM after
 * 7.5 s, and kills after 2.5 s more. A second signal ends the process at once, as it always does.
 */
export function onInterrupt(): AbortSignal {
  const controller = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => controller.abort())
  return controller.signal
}
