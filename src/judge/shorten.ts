const LONGEST_LIST = 100

/** Port ranges for a sentence: whole ones, as far as they fit. */
export function shorten(ranges: string): string {
  if (ranges.length <= LONGEST_LIST) return ranges
  return `${ranges.slice(0, ranges.lastIndexOf(',', LONGEST_LIST))}, and more`
}
