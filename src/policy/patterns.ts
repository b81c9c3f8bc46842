import { domainToASCII } from 'node:url'
import { minimatch } from 'minimatch'
import { memoize } from '../memo.ts'
import { countExpansions } from './braces.ts'
import { matchesLabels } from './label-match.ts'
import { LONGEST_LABEL, LONGEST_NAME } from './names.ts'
import { fail, type Parsed, type Problem, quote } from './problem.ts'

/** Most patterns that the braces of one pattern may expand to. */
const MOST_EXPANSIONS = 256

/** Whether a key of `hosts` is a pattern. */
export function isPattern(text: string): boolean {
  return /[*?{}]/.test(text)
}

/**
 * A pattern in its one normal form: braces expanded, each expansion in lower-case ASCII without a final dot, several
 * written as `{a,b}` in ascending order. An expansion that can match no name is a problem.
 */
export function parsePattern(text: string): Parsed<string> {
  const foreign = /[^\p{L}\p{M}\p{N}.\-_*?{},。．｡]/u.exec(text)?.[0]
  if (foreign !== undefined) return explainForeign(text, foreign)
  const count = countExpansions(text)
  if (count === undefined) {
    const hint = 'for example `"{www,api}.example.com"`'
    return fail('bad-pattern', `${quote(text)} has braces without choices`, hint)
  }
  if (count > MOST_EXPANSIONS) {
    return fail('bad-pattern', `${quote(text)} stands for more than ${MOST_EXPANSIONS} patterns`, 'use `*`')
  }
  const expansions = expandPattern(text.toLowerCase())
  if (expansions.length === 0)
    return fail('useless-pattern', `${quote(text)} stands for no name`, 'name the choices')
  const patterns = new Set<string>()
  for (const expansion of expansions) {
    const parsed = parseExpansion(expansion, text)
    if (parsed.problem) return parsed
    patterns.add(parsed.value)
  }
  const sorted = [...patterns].sort()
  return { value: sorted.length === 1 ? (sorted[0] ?? '') : `{${sorted.join(',')}}` }
}

function explainForeign(text: string, foreign: string): { problem: Problem } {
  const hints: Record<string, string> = {
    '/': 'a pattern matches names; for addresses write a CIDR block',
    ':': 'leave the port out: it belongs in the list of what is allowed',
    '[': 'write the choices in braces: {a,b}',
    '!': 'a pattern cannot exclude; `deny` can',
  }
  return fail(
    'bad-pattern',
    `${quote(foreign)} is not allowed in a pattern`,
    hints[foreign] ?? notation(text),
  )
}

function notation(text: string): string {
  return /[()|+@]/.test(text)
    ? 'patterns have `*`, `**`, `?` and braces'
    : 'host names hold letters, digits, - and _'
}

function parseExpansion(expansion: string, written: string): Parsed<string> {
  const [text = ''] = expansion.replaceAll(/[。．｡]/g, '.').split(/\.$/)
  const labels: string[] = []
  for (const label of text.split('.')) {
    const ascii = /[^\p{ASCII}]/u.test(label) && !isPattern(label) ? domainToASCII(label) : label
    const problem = checkLabel(ascii, label, written)
    if (problem) return { problem }
    labels.push(ascii)
  }
  const problem = checkLabels(labels, written)
  return problem ? { problem } : { value: labels.join('.') }
}

/** The fewest characters that a label can match. */
function shortest(label: string): number {
  return label === '**' ? 0 : Math.max(1, label.replaceAll('*', '').length)
}

function checkLabel(ascii: string, label: string, written: string): Problem | undefined {
  const bad = (what: string, hint: string) => fail('bad-pattern', `${quote(written)} ${what}`, hint).problem
  const useless = (what: string, hint: string) =>
    fail('useless-pattern', `${quote(written)} ${what}`, hint).problem
  if (label === '') return useless('has an empty label', 'one dot between labels')
  if (label.includes(',')) return bad('has a comma outside of braces', 'write each name as a key of its own')
  if (label !== '**' && label.includes('**')) {
    return bad('has a `**` that is not a label of its own', '`*` in a label, `**.` for any number of labels')
  }
  if (/^-|-$/.test(ascii))
    return useless('has a label that begins or ends with a hyphen', 'no host name has one')
  if (shortest(ascii) > LONGEST_LABEL) {
    return useless('has a label that is too long', `a label has at most ${LONGEST_LABEL} characters`)
  }
  if (/^[a-z0-9_*?-]+$/.test(ascii)) return undefined
  const hint = 'write the label in punycode: xn--…'
  return isPattern(label)
    ? bad('mixes a wildcard with letters beyond ASCII', hint)
    : useless('is not a host name', hint)
}

function checkLabels(labels: string[], written: string): Problem | undefined {
  const useless = (what: string, hint: string) =>
    fail('useless-pattern', `${quote(written)} ${what}`, hint).problem
  if (/^\d+$/.test(labels.at(-1) ?? '') || looksLikeIpv4(labels)) {
    return useless('matches no name, and patterns are not for addresses', suggestCidr(labels))
  }
  const length = labels.reduce((sum, label) => sum + shortest(label) + (label === '**' ? 0 : 1), -1)
  if (length <= LONGEST_NAME) return undefined
  return useless('matches only names that are too long', `a name has at most ${LONGEST_NAME} characters`)
}

/** `10.0.*.*`, `10.*`: at most four labels of digits and wildcards, the first a number. */
function looksLikeIpv4(labels: string[]): boolean {
  return (
    labels.length <= 4 && /^\d+$/.test(labels[0] ?? '') && labels.every((label) => /^[\d*?]+$/.test(label))
  )
}

function suggestCidr(labels: string[]): string {
  const fixed = labels.findIndex((label) => !/^\d+$/.test(label))
  if (fixed < 1 || fixed > 3 || !looksLikeIpv4(labels))
    return 'write a CIDR block, for example `10.20.0.0/16`'
  const octets = [...labels.slice(0, fixed), ...Array(4 - fixed).fill('0')]
  return `write a CIDR block: ${quote(`${octets.join('.')}/${fixed * 8}`)}`
}

/** The patterns without braces that one stands for. */
export function expandPattern(pattern: string): string[] {
  return minimatch.braceExpand(pattern, { braceExpandMax: MOST_EXPANSIONS + 1 })
}

const readPattern = memoize((pattern) => expandPattern(pattern).map((expansion) => expansion.split('.')))

/** Whether a normalised name matches a pattern as `parsePattern` gives it. */
export function matchesPattern(pattern: string, name: string): boolean {
  const labels = name.split('.')
  return readPattern(pattern).some((expansion) => matchesLabels(expansion, labels))
}
