/** Patience that counts only the time in which this thread can listen: what it computes for one peer is no silence of another. */

/** How often it is looked whether the thread still runs, in milliseconds. */
const TICK_MS = 20

/** A tick that is later than this is more than the system's own jitter, in milliseconds. */
const LATE_MS = 30

let lost = 0
let tickedAt = 0
let users = 0
let ticker: NodeJS.Timeout | undefined

/** How long this thread has stood still while its losses were counted, in milliseconds. It only grows. */
export function lostMs(): number {
  return lost
}

/** Counts what is lost until the returned function is called; several may count at a time. */
export function countLosses(): () => void {
  if (users === 0) {
    tickedAt = performance.now()
    ticker = setInterval(tick, TICK_MS)
    ticker.unref()
  }
  users += 1
  let isCounting = true
  return () => {
    if (!isCounting) return
    isCounting = false
    users -= 1
    if (users === 0) clearInterval(ticker)
  }
}

function tick(): void {
  const now = performance.now()
  const late = now - tickedAt - TICK_MS
  tickedAt = now
  if (late > LATE_MS) lost += late
}

/**
 * Calls back after so long, and later by all that this thread lost meanwhile. Timers come before sockets in the event
 * loop, so what has arrived by then is read first.
 *
 * @returns cancels it
 */
export function waitPatiently(ms: number, done: () => void): () => void {
  const stopCounting = countLosses()
  let before = lost
  let immediate: NodeJS.Immediate | undefined
  let timer = setTimeout(readFirst, ms)

  function readFirst(): void {
    immediate = setImmediate(() => {
      const more = lost - before
      before = lost
      if (more > 0) timer = setTimeout(readFirst, more)
      else {
        stopCounting()
        done()
      }
    })
  }

  return () => {
    clearTimeout(timer)
    clearImmediate(immediate)
    stopCounting()
  }
}
