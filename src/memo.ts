/**
 * Beyond this many answers all are forgotten, so that a run over millions of hosts does not fill the memory. A policy holds no more
 * values than that (`budget.ts`), so a question asked again and again about each of them is answered once.
 */
const MOST_ANSWERS = 100_000

/** A pure function of a text that remembers its answers. */
export function memoize<T>(compute: (text: string) => T): (text: string) => T {
  const answers = new Map<string, T>()
  return (text) => {
    const known = answers.get(text)
    if (known !== undefined) return known
    if (answers.size >= MOST_ANSWERS) answers.clear()
    const answer = compute(text)
    answers.set(text, answer)
    return answer
  }
}

/** A pure function of an object that no longer changes. It remembers its answer as long as the object exists. */
export function memoizeFor<K extends object, T>(compute: (of: K) => T): (of: K) => T {
  const answers = new WeakMap<K, T>()
  return (of) => {
    const known = answers.get(of)
    if (known !== undefined) return known
    const answer = compute(of)
    answers.set(of, answer)
    return answer
  }
}
