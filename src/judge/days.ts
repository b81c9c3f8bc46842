/** How long before it ends something is reported as ending soon. */
export const SOON_DAYS = 14

export const DAY_MS = 86_400_000

/** Whole days from today, in UTC, to a date: of allowances and certificates alike. */
export function countDays(now: Date, date: string): number {
  return Math.round((Date.parse(date) - Date.parse(now.toISOString().slice(0, 10))) / DAY_MS)
}
