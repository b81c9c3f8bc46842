import { fail, type Parsed, quote } from './problem.ts'

const LONGEST_MS = 24 * 60 * 60 * 1000
const UNITS = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 } as const

/** A duration such as `10m`, `90s`, `1h30m` or `500ms`, in milliseconds: more than 0, at most 24 hours. */
export function parseDuration(text: string): Parsed<number> {
  const [match, h = 0, m = 0, s = 0, ms = 0] =
    /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/.exec(text) ?? []
  if (!match) {
    const meant = /^\d{1,9}$/.test(text) ? ['s', 'm', 'ms'].map((unit) => text + unit) : []
    const fitting = meant.filter((each) => !parseDuration(each).problem).slice(0, 2)
    const hint =
      fitting.length > 0
        ? `with its unit: ${fitting.map(quote).join(', ')}`
        : 'for example `90s`, `10m`, `1h30m`, `500ms`'
    return fail('bad-duration', `${quote(text)} is not a duration`, hint)
  }
  const total = +h * UNITS.h + +m * UNITS.m + +s * UNITS.s + +ms * UNITS.ms
  if (total > 0 && total <= LONGEST_MS) return { value: total }
  return fail(
    'bad-duration',
    `${quote(text)} is ${total === 0 ? 'zero' : 'more than 24 hours'}`,
    'from `1ms` to `24h`',
  )
}

/** A duration in milliseconds as `parseDuration` reads it: `1h30m`. */
export function formatDuration(ms: number): string {
  let left = ms
  const parts = Object.entries(UNITS).map(([unit, size]) => {
    const count = Math.floor(left / size)
    left -= count * size
    return count > 0 ? `${count}${unit}` : ''
  })
  return parts.join('')
}

/** A day that exists, as `YYYY-MM-DD`. */
export function parseDate(text: string): Parsed<string> {
  const [match, year = 0, month = 0, day = 0] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? []
  if (!match)
    return fail('bad-date', `${quote(text)} is not a date`, 'write YYYY-MM-DD, for example `2027-01-31`')
  const days = +month >= 1 && +month <= 12 ? new Date(Date.UTC(+year, +month, 0)).getUTCDate() : 0
  if (+day >= 1 && +day <= days) return { value: text }
  const hint = days
    ? `the last day of that month is ${quote(`${text.slice(0, 8)}${days}`)}`
    : 'months are 01 to 12'
  return fail('bad-date', `${quote(text)} does not exist`, hint)
}
