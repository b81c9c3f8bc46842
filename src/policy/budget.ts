import { formatNumber } from '../numbers.ts'
import { countExpansions } from './braces.ts'
import { listHostKeys } from './levels.ts'
import { isPattern } from './patterns.ts'
import { fail } from './problem.ts'
import type { Fault, Source, Span } from './source.ts'
import type { Spot } from './yaml.ts'

/**
 * How much a policy may make Portgate hold: more than any policy needs, and little enough to be dealt with in seconds.
 */

/** What the files of a policy and its floors have come to so far: they are all held together. */
export interface Budget {
  items: number
  patterns: number
}

/** Nothing is spent yet. */
export function createBudget(): Budget {
  return { items: 0, patterns: 0 }
}

/** Patterns that all keys of `hosts` in a file stand for together, their braces expanded. */
const MOST_PATTERNS = 10_000

/**
 * Lines, commas, colons, opening brackets, closing ones that close nothing, and dashes after dashes: at least one for each value. The
 * parser takes 1 to 2 KB and 10 µs for each, and as much for each error. A file in which each port has its reason and owner reaches 1 MiB
 * first, with 15,000 ports and 90,000 items; 20,000 hosts with three ports each have as many items as this limit, and so have 33,000 hosts
 * on which nothing may be open.
 */
const MOST_ITEMS = 100_000

/** Most brackets that are open at once: the parser takes seconds for a million, and a policy needs five. */
const MOST_OPEN = 1_000

/**
 * The fault of a file that is too much to parse. Undefined if there is none; the file's items then count against the
 * budget.
 */
export function findTooMuchText({ text }: Source, budget: Budget): Fault | undefined {
  let { items } = budget
  let open = 0
  /** The last character that was not a blank. */
  let before = ''
  for (let index = 0; index < text.length; index++) {
    const character = text[index] as string
    const last = before
    if (character !== ' ' && character !== '\t') before = character
    const closes = character === ']' || character === '}'
    if (closes && open > 0) {
      open -= 1
      continue
    }
    if (character === '[' || character === '{') open += 1
    else if (!closes && !',\n'.includes(character) && !isIndicator(text, index, last)) continue
    items += 1
    const span = { start: index, end: index + 1 }
    if (open > MOST_OPEN) {
      const message = `more than ${formatNumber(MOST_OPEN)} brackets are open at once`
      return { span, problem: fail('too-deep', message).problem }
    }
    if (items > MOST_ITEMS) {
      const whole = budget.items > 0 ? 'the policy and its floors have' : 'the file has'
      const message = `${whole} more than ${formatNumber(MOST_ITEMS)} lines and items up to here`
      const hint =
        'a pattern or a CIDR block says in one line what holds for many hosts, a range for many ports'
      return { span, problem: fail('too-many-values', message, hint).problem }
    }
  }
  budget.items = items
  return undefined
}

/**
 * Whether a character is the colon after a key and not one within an address, or begins a list or a key within another on
 * the same line.
 */
function isIndicator(text: string, index: number, last: string): boolean {
  const character = text[index]
  const isNested = (character === '-' || character === '?') && (last === '-' || last === '?')
  return (character === ':' || isNested) && /\s/.test(text[index + 1] ?? ' ')
}

/**
 * The fault of the first pattern that is too many. Undefined if none is; the patterns then count against the budget.
 * Expands none of them.
 */
export function findTooManyPatterns(root: Spot, budget: Budget): Fault | undefined {
  const before = budget.patterns
  for (const { text, span } of listPatterns(root)) {
    // One whose braces are wrong is refused for that, and never expanded.
    budget.patterns += countExpansions(text) ?? 1
    if (budget.patterns > MOST_PATTERNS) return tooManyPatterns(span, before > 0)
  }
  return undefined
}

/** The patterns among the keys of `hosts`, the exceptions to denials, and the hosts of `ignore`. */
function* listPatterns(root: Spot): Generator<{ text: string; span: Span }> {
  for (const [key, part] of listHostKeys(root)) {
    if (isPattern(key)) yield { text: key, span: part.key }
    for (const denial of part.spot.parts.get('deny')?.spot.items ?? []) yield* listTexts(denial, 'except')
  }
  for (const entry of root.parts.get('ignore')?.spot.items ?? []) yield* listTexts(entry, 'hosts')
}

function* listTexts({ parts }: Spot, key: string): Generator<{ text: string; span: Span }> {
  for (const item of parts.get(key)?.spot.items ?? []) {
    if (typeof item.value === 'string' && isPattern(item.value)) yield { text: item.value, span: item.span }
  }
}

function tooManyPatterns(span: Span, hasFloors: boolean): Fault {
  const whole = hasFloors ? 'the policy and its floors' : 'the file'
  const message = `up to here the patterns of ${whole} stand for more than ${formatNumber(MOST_PATTERNS)}, braces expanded`
  const hint = 'use `*` in place of braces, for example "*.example.com"'
  return { span, problem: fail('too-many-patterns', message, hint).problem }
}
