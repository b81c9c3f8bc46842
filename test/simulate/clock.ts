/** Virtual time: nothing really waits, and what is due happens in order. */
import type { Clock } from '../../src/scan/engine/clock.ts'

export interface SimulatedClock extends Clock {
  /** Calls back at a time, or as soon as possible if it is past. */
  at(time: number, call: () => void): void
  /** Passes time during which nothing else can happen: what the processor needs for something. */
  spend(ms: number): void
  /**
   * Lets time pass until a task is done.
   *
   * @param endsAt fails where the task is not done by then, or where nothing more would happen
   */
  run<T>(task: () => Promise<T>, endsAt?: number): Promise<T>
}

interface Event {
  time: number
  /** Events of the same time happen in the order in which they were planned. */
  turn: number
  call: () => void
}

/** A simulation that does not end. */
class Stuck extends Error {
  override name = 'Stuck'
}

export function createSimulatedClock(): SimulatedClock {
  const events: Event[] = []
  let now = 0
  let turns = 0
  /** Some promise may have been resolved: what waits for it runs before time goes on. */
  let isUnsettled = false

  function at(time: number, call: () => void): void {
    push(events, { time: Math.max(time, now), turn: turns++, call })
  }

  function step(endsAt: number): void {
    const event = pop(events)
    if (!event) throw new Stuck(`nothing more happens after ${now} ms`)
    // A busy processor comes to it later.
    now = Math.max(now, event.time)
    if (now > endsAt) throw new Stuck(`not done after ${endsAt} ms`)
    event.call()
  }

  return {
    now: () => now,
    at,
    spend(ms) {
      now += ms
    },
    every(ms, call) {
      let isOver = false
      const beat = () => {
        if (isOver) return
        call()
        at(now + ms, beat)
      }
      at(now + ms, beat)
      return () => {
        isOver = true
        isUnsettled = true
      }
    },
    soon(call) {
      at(now, call)
    },
    sleep(ms, signal) {
      return new Promise((resolve) => {
        const wake = () => {
          isUnsettled = true
          signal.removeEventListener('abort', wake)
          resolve()
        }
        if (signal.aborted) wake()
        else {
          signal.addEventListener('abort', wake)
          at(now + ms, wake)
        }
      })
    },
    async run(task, endsAt = Number.POSITIVE_INFINITY) {
      let isDone = false
      const result = task().finally(() => {
        isDone = true
      })
      result.catch(() => {})
      for (;;) {
        await settlePromises()
        if (isDone) return result
        isUnsettled = false
        while (!isUnsettled) step(endsAt)
      }
    },
  }
}

/** All microtasks run before an immediate does. */
function settlePromises(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

// A binary heap, the next event at its head.

function push(heap: Event[], event: Event): void {
  let index = heap.push(event) - 1
  while (index > 0) {
    const parent = (index - 1) >> 1
    const above = heap[parent] as Event
    if (isBefore(above, event)) break
    heap[index] = above
    index = parent
  }
  heap[index] = event
}

function pop(heap: Event[]): Event | undefined {
  const first = heap[0]
  const last = heap.pop()
  if (heap.length === 0 || !last) return first
  let index = 0
  for (;;) {
    let child = 2 * index + 1
    if (child >= heap.length) break
    if (child + 1 < heap.length && isBefore(heap[child + 1] as Event, heap[child] as Event)) child += 1
    if (isBefore(last, heap[child] as Event)) break
    heap[index] = heap[child] as Event
    index = child
  }
  heap[index] = last
  return first
}

function isBefore(one: Event, other: Event): boolean {
  return one.time < other.time || (one.time === other.time && one.turn < other.turn)
}
