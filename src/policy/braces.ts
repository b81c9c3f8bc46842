/** A brace that is not closed yet. */
interface Open {
  /** Where its content begins. */
  start: number
  /** What the alternatives before the last comma stand for, undefined where there was no comma. */
  before?: number
  /** What the text since then stands for. */
  current: number
}

/**
 * How many texts the braces of one stand for, without writing any of them out: alternatives add up, neighbours multiply.
 *
 * @returns undefined where a brace holds no choice, or has no counterpart
 */
export function countExpansions(text: string): number | undefined {
  const open: Open[] = [{ start: 0, current: 1 }]
  for (let index = 0; index < text.length; index++) {
    const inner = open.at(-1) as Open
    if (text[index] === '{') open.push({ start: index + 1, current: 1 })
    else if (text[index] === ',' && open.length > 1) {
      inner.before = (inner.before ?? 0) + inner.current
      inner.current = 1
    } else if (text[index] === '}') {
      open.pop()
      const around = open.at(-1)
      const choices =
        inner.before === undefined
          ? countSequence(text.slice(inner.start, index))
          : inner.before + inner.current
      if (!around || choices === undefined) return undefined
      around.current *= choices
    }
  }
  return open.length === 1 ? open[0]?.current : undefined
}

const SEQUENCE = /^(-?\d+(?=\.\.-?\d)|[a-z](?=\.\.[a-z]))\.\.(-?\d+|[a-z])(?:\.\.(-?\d+))?$/i

/** How many `1..9`, `a..e` or `1..9..2` are; undefined for anything else. */
function countSequence(content: string): number | undefined {
  const [, first = '', last = '', step = '1'] = SEQUENCE.exec(content) ?? []
  if (first === '') return undefined
  const numberOf = (end: string) => (/\d$/.test(end) ? Number(end) : end.charCodeAt(0))
  const by = Math.max(1, Math.abs(Number(step)))
  return Math.floor(Math.abs(numberOf(last) - numberOf(first)) / by) + 1
}
