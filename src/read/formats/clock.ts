const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** A time as ctime(3) writes it, `Thu Nov 26 11:45:01 2026`, read as UTC, in milliseconds since 1970. */
export function readClock(text: string): number | undefined {
  const [match, name = '', day = 0, hours = 0, minutes = 0, seconds = 0, year = 0] =
    /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d):(\d\d):(\d\d) (\d{4})$/.exec(text) ?? []
  const month = MONTHS.indexOf(name)
  return match && month >= 0 ? Date.UTC(+year, month, +day, +hours, +minutes, +seconds) : undefined
}

/** Seconds since 1970 in an attribute, in milliseconds. */
export function readSeconds(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,11}$/.test(text) ? Number(text) * 1000 : undefined
}
