/** Wildcards, label by label: `*` and `?` within one, `**` for any number of them. */

/** Whether the labels of a name are those of a pattern without braces. */
export function matchesLabels(pattern: readonly string[], name: readonly string[]): boolean {
  return matchesSequence(pattern.length, name.length, {
    isAny: (at) => pattern[at] === '**',
    fits: (at, index) => matchesLabel(pattern[at] as string, name[index] as string),
  })
}

function matchesLabel(pattern: string, label: string): boolean {
  if (pattern === '*' || pattern === label) return true
  if (!/[*?]/.test(pattern)) return false
  return matchesSequence(pattern.length, label.length, {
    isAny: (at) => pattern[at] === '*',
    fits: (at, index) => pattern[at] === '?' || pattern[at] === label[index],
  })
}

/**
 * Whether a sequence fits a pattern in which some items stand for any number of items. Where an item does not fit, the last
 * of those takes one more: no earlier one has to be tried again. Time grows with the product of both lengths at most.
 */
function matchesSequence(
  patternLength: number,
  length: number,
  { isAny, fits }: { isAny(at: number): boolean; fits(at: number, index: number): boolean },
): boolean {
  let at = 0
  let index = 0
  let anyAt = -1
  let anyFrom = 0
  while (index < length) {
    if (at < patternLength && isAny(at)) {
      anyAt = at++
      anyFrom = index
    } else if (at < patternLength && fits(at, index)) {
      at += 1
      index += 1
    } else if (anyAt >= 0) {
      at = anyAt + 1
      index = ++anyFrom
    } else return false
  }
  while (at < patternLength && isAny(at)) at += 1
  return at === patternLength
}
