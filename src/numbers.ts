/** How numbers are written for people: the same in all messages and reports. */

/** `1,204`. */
export function formatNumber(value: number | bigint): string {
  return value.toLocaleString('en-US')
}

/** `1 port`, `1,204 ports`. */
export function count(value: number, noun: string, plural = `${noun}s`): string {
  return `${formatNumber(value)} ${value === 1 ? noun : plural}`
}
