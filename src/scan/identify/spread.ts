/** Many tasks that mostly wait: as many at a time as this thread keeps up with. */
import { countLosses, lostMs } from './patience.ts'

/** Tasks at a time at first and at least, and how fast their number grows while this thread keeps up. */
const FEWEST = 32
const GROWTH = 1.5

/** How often it is looked whether this thread keeps up, in milliseconds, and how much of that it may have stood still. */
const LOOK_MS = 100
const MOST_LOST_MS = 20

interface Limits<T> {
  /** Tasks at a time, of all, and of those with the same key: the host that has to answer them. */
  most: number
  mostOfKey: number
  keyOf(item: T): unknown
}

/** The items with one key. */
interface Group<T> {
  items: T[]
  next: number
  running: number
}

/** Runs a task for each item; those with different keys take turns. Rejects with the first error of a task. */
export function forEachSpread<T>(
  items: T[],
  { most, mostOfKey, keyOf }: Limits<T>,
  task: (item: T) => Promise<void>,
): Promise<void> {
  const queue = new Set(groupBy(items, keyOf))
  const fewest = Math.min(FEWEST, most)
  const stopCounting = countLosses()
  let running = 0
  let allowed = fewest
  let before = lostMs()
  let ticker: NodeJS.Timeout | undefined

  return new Promise<void>((resolve, reject) => {
    ticker = setInterval(adjust, LOOK_MS)
    fill()

    function adjust(): void {
      const lost = lostMs() - before
      before = lostMs()
      if (lost > MOST_LOST_MS) allowed = Math.max(fewest, Math.floor(allowed / 2))
      else if (running >= allowed) allowed = Math.min(most, Math.ceil(allowed * GROWTH))
      fill()
    }

    function fill(): void {
      for (const group of queue) {
        if (running >= allowed) return
        start(group)
      }
      if (running === 0) resolve()
    }

    function start(group: Group<T>): void {
      running += 1
      group.running += 1
      const item = group.items[group.next++] as T
      requeue(group)
      task(item).then(() => {
        running -= 1
        group.running -= 1
        requeue(group)
        fill()
      }, reject)
    }

    /** Puts a host at the end of the queue, if it has more to be asked and may be. */
    function requeue(group: Group<T>): void {
      queue.delete(group)
      if (group.running < mostOfKey && group.next < group.items.length) queue.add(group)
    }
  }).finally(() => {
    clearInterval(ticker)
    stopCounting()
  })
}

function groupBy<T>(items: T[], keyOf: (item: T) => unknown): Group<T>[] {
  const groups = new Map<unknown, Group<T>>()
  for (const item of items) {
    const group = groups.get(keyOf(item)) ?? { items: [], next: 0, running: 0 }
    group.items.push(item)
    groups.set(keyOf(item), group)
  }
  return [...groups.values()]
}
