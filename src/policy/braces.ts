/** A brace that is not closed as yet. */
interface Open {
  /** Where its content begins. */
  start: number
  /** What the alternatives before the last comma stand for, undefined where there was no comma. */
  before?: number
  /** What the text since then stands for. */
  current: number
  /** What everything in it stands for if the commas are no separators. */
  whole: number
}

/**
 * How many texts the braces of one stand for, without writing any of them out: alternatives add up, neighbours multiply.
 * Braces that hold no choice are text, as for Bash.
 */
export function countExpansions(text: string): number {
  const outer: Open = { start: 0, current: 1, whole: 1 }
  const open: Open[] = [outer]
  for (let index = 0; index < text.length; index++) {
    const inner = open.at(-1) as Open
    switch (text[index]) {
      case '{':
        open.push({ start: index + 1, current: 1, whole: 1 })
        break
      case ',':
        if (open.length === 1) break
        inner.before = (inner.before ?? 0) + inner.current
        inner.current = 1
        break
      case '}':
        if (open.length === 1) break
        open.pop()
        multiply(open, closed(inner, text.slice(inner.start, index)))
    }
  }
  while (open.length > 1) multiply(open, (open.pop() as Open).whole)
  return outer.whole
}

function multiply(open: Open[], count: number): void {
  const inner = open.at(-1) as Open
  inner.current *= count
  inner.whole *= count
}

function closed({ before, current, whole }: Open, content: string): number {
  return before === undefined ? (countSequence(content) ?? whole) : before + current
}

/** How many `1..9`, `a..e` or `1..9..2` are; undefined for anything else. */
function countSequence(content: string): number | undefined {
  const [, first = '', last = '', step = '1'] = SEQUENCE.exec(content) ?? []
  if (first === '') return undefined
  const numberOf = (end: string) => (/\d$/.test(end) ? Number(end) : end.charCodeAt(0))
  const by = Math.max(1, Math.abs(Number(step)))
  return Math.floor(Math.abs(numberOf(last) - numberOf(first)) / by) + 1
}

const SEQUENCE = /^(-?\d+(?=\.\.-?\d)|[a-z](?=\.\.[a-z]))\.\.(-?\d+|[a-z])(?:\.\.(-?\d+))?$/i
