/** Wildcards, label by label: `*` and `?` within one, `**` for any number of them. */

/** Counts the cost of matching names against patterns: labels and characters compared, some 5 ns each. */
export interface Meter {
  steps: number
}

/**
 * Whether the labels of a name are those of a pattern without braces. Where a label does not fit, the last `**` takes one
 * more: no earlier one has to be tried again, so that time grows with the product of both lengths at most.
 */
export function matchesLabels(
  pattern: readonly string[],
  name: readonly string[],
  meter: Meter = { steps: 0 },
): boolean {
  let at = 0
  let index = 0
  let anyAt = -1
  let anyFrom = 0
  while (index < name.length) {
    meter.steps += 1
    if (pattern[at] === '**') {
      anyAt = at++
      anyFrom = index
    } else if (at < pattern.length && matchesLabel(pattern[at] as string, name[index] as string, meter)) {
      at += 1
      index += 1
    } else if (anyAt >= 0) {
      at = anyAt + 1
      index = ++anyFrom
    } else return false
  }
  while (pattern[at] === '**') at += 1
  return at === pattern.length
}

const STAR = 42
const QUESTION_MARK = 63

/** The same for the characters of one label. */
function matchesLabel(pattern: string, label: string, meter: Meter): boolean {
  if (pattern === '*' || pattern === label) return true
  let at = 0
  let index = 0
  let anyAt = -1
  let anyFrom = 0
  while (index < label.length) {
    meter.steps += 1
    const code = pattern.charCodeAt(at)
    if (code === STAR) {
      anyAt = at++
      anyFrom = index
    } else if (code === QUESTION_MARK || code === label.charCodeAt(index)) {
      at += 1
      index += 1
    } else if (anyAt >= 0) {
      at = anyAt + 1
      index = ++anyFrom
    } else return false
  }
  while (pattern.charCodeAt(at) === STAR) at += 1
  return at === pattern.length
}
