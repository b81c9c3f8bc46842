/** Time, in milliseconds. */
export interface Clock {
  /** Milliseconds since a moment of its own; never goes back. */
  now(): number
  /** Calls back at this interval. @returns stops it */
  every(ms: number, call: () => void): () => void
  /** Calls back once, after the answers that have already arrived were read. */
  soon(call: () => void): void
  /** Waits; comes back at once when the signal aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>
}
