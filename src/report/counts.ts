import { count, formatNumber } from '../numbers.ts'

export { count, formatNumber }

/** The first items of a list, and as one more the number of those left out: `and 4,990 more`. */
export function atMost(items: readonly string[], most = 10): string[] {
  const left = items.length - most
  return left > 0 ? [...items.slice(0, most), `and ${formatNumber(left)} more`] : [...items]
}

/** A time in milliseconds for people: `0.4 s`, `12.3 s`, `2 min 5 s`. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, ms) / 1000
  if (seconds < 60) return `${seconds.toFixed(1)} s`
  return `${formatNumber(Math.floor(seconds / 60))} min ${Math.floor(seconds % 60)} s`
}
