import type * as z from 'zod'
import { didYouMean } from './nearest.ts'
import { type DiagnosticCode, fail, type Problem, quote } from './problem.ts'
import type { Found } from './scalars.ts'
import { type Fault, lineAt, lineText, type Source } from './source.ts'
import { findPart, type Spot } from './yaml.ts'
import { explainLine } from './yaml-messages.ts'

type Issue = z.core.$ZodIssue
type Path = readonly PropertyKey[]

/** An issue that no other one explains better, with where it is. */
interface Leaf {
  issue: Issue
  path: Path
  start: number
}

/**
 * zod's issues as faults in the text: the first ones, by place, and the number of the others. A file may have a hundred
 * thousand, which take seconds to explain. What an alias repeats counts once.
 */
export function explainIssues(
  issues: readonly Issue[],
  root: Spot,
  source: Source,
  most: number,
): { faults: Fault[]; more: number } {
  const leaves = issues.flatMap((issue) => listLeaves(issue, issue.path, root))
  leaves.sort((a, b) => a.start - b.start)
  const distinct = leaves.filter((leaf, index) => !isRepeated(leaf, leaves[index - 1]))
  const faults = distinct.slice(0, most).flatMap(({ issue, path }) => explainIssue(issue, path, root))
  return {
    faults: faults.map((fault) => explainByLine(fault, source)),
    more: Math.max(0, distinct.length - most),
  }
}

/** For a value that fits no branch of a union, the issues of the branch that was meant. */
function listLeaves(issue: Issue, path: Path, root: Spot): Leaf[] {
  const meant = issue.code === 'invalid_union' ? issue.errors.find(fitsType) : undefined
  if (meant) return meant.flatMap((inner) => listLeaves(inner, [...path, ...inner.path], root))
  return [{ issue, path, start: findPart(root, path)?.spot.span.start ?? root.span.start }]
}

function isRepeated({ issue, start }: Leaf, before: Leaf | undefined): boolean {
  return start === before?.start && meaningOf(issue) === meaningOf(before.issue)
}

function meaningOf(issue: Issue): string {
  if (issue.code === 'custom') return (issue.params as unknown as Found).problem.message
  return issue.code === 'unrecognized_keys' ? issue.keys.join() : `${issue.code} ${String(issue.path.at(-1))}`
}

/** For a missing value, or a text where none belongs, the line may show why. */
function explainByLine(fault: Fault, source: Source): Fault {
  const { span, problem } = fault
  if (problem.code !== 'empty-value' && problem.code !== 'wrong-type') return fault
  const line = lineText(source, lineAt(source, span.start))
  if (problem.code === 'empty-value') {
    const [, comment] = /^[^#"']*:\s+(#.*)$/.exec(line.slice(0, LONGEST_LINE)) ?? []
    if (comment === undefined || !/^#\S/.test(comment)) return fault
    const hint = `text after \`#\` is a comment; if it belongs to the value, quote it: ${quote(JSON.stringify(comment.trim()))}`
    return { span, problem: { ...problem, hint } }
  }
  const found = explainLine(line)
  if (!found?.message.includes('space is missing')) return fault
  return { span, problem: { ...problem, hint: `${found.message}: ${found.hint}` } }
}

const LONGEST_LINE = 1_000

function explainIssue(issue: Issue, path: Path, root: Spot): Fault[] {
  switch (issue.code) {
    case 'custom': {
      const { problem, at } = issue.params as unknown as Found
      return [at === 'key' ? atKey(root, path, problem) : atValue(root, path, problem)]
    }
    case 'unrecognized_keys':
      return issue.keys.map((key) => atKey(root, [...path, key], unknownKey(key, issue.message.split(' '))))
    default:
      return [explainValue(issue, path, root)]
  }
}

/** Whether a branch of a union has the type of the value, so that its issues are about the real mistake. */
function fitsType(issues: readonly Issue[]): boolean {
  return issues.every((issue) => {
    if (issue.path.length > 0) return true
    return issue.code === 'invalid_union' ? issue.errors.some(fitsType) : issue.code !== 'invalid_type'
  })
}

function unknownKey(key: string, known: string[]): Problem {
  const hint = didYouMean(key, known, `known keys: ${known.join(', ')}`)
  return fail('unknown-key', `${quote(key)} is not a key here`, hint).problem
}

/** A value that is missing, empty, of the wrong type, or not allowed. The issue's message says what belongs there. */
function explainValue(issue: Issue, path: Path, root: Spot): Fault {
  const part = findPart(root, path)
  const name = nameOf(path)
  const hint = `write ${issue.message}`
  if (!part) return atKey(root, path.slice(0, -1), fail('missing-key', `${name} is missing`, hint).problem)
  const { value } = part.spot
  if (value === null) {
    const nothing = isHost(path) ? 'write `[]` if nothing may be open' : `${hint}, or remove it`
    return atValue(root, path, fail('empty-value', `${name} has no value`, nothing).problem)
  }
  if (issue.code === 'invalid_value')
    return atValue(root, path, explainChoice(issue.values, value, path, hint))
  const code: DiagnosticCode = isWrongType(issue, value) ? 'wrong-type' : 'bad-value'
  return atValue(root, path, fail(code, `${name} is ${describe(value)}`, hint).problem)
}

/** `hosts.*` or `environments.*.hosts.*`; an environment may be called `hosts`, too. */
function isHost(path: Path): boolean {
  return path.at(-2) === 'hosts' && path.length !== 3
}

/** zod calls a fraction and an infinite number wrong types, too. */
function isWrongType(issue: Issue, value: unknown): boolean {
  if (issue.code !== 'invalid_type') return issue.code === 'invalid_union'
  return typeof value !== 'number' || !['int', 'number'].includes(issue.expected)
}

function explainChoice(choices: readonly unknown[], value: unknown, path: Path, hint: string): Problem {
  const is = describe(value)
  const name = nameOf(path)
  if (path[0] === 'version') return fail('unknown-version', `the version is ${is}`, hint).problem
  const fits = choices.some((choice) => typeof choice === typeof value)
  if (!fits) return fail('wrong-type', `${name} is ${is}`, hint).problem
  const words = choices.filter((choice) => typeof choice === 'string')
  return fail('bad-value', `${name} cannot be ${is}`, didYouMean(String(value), words, hint)).problem
}

function nameOf(path: Path): string {
  const last = path.at(-1)
  if (last === undefined) return 'the file'
  return typeof last === 'number' ? 'the item' : quote(String(last))
}

function describe(value: unknown): string {
  if (value === null) return 'nothing'
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list'
  if (typeof value === 'object') return 'a mapping'
  if (value === '') return 'empty'
  return typeof value === 'string' ? `the text ${quote(value)}` : quote(String(value))
}

function atKey(root: Spot, path: Path, problem: Problem): Fault {
  return { span: findPart(root, path)?.key ?? root.span, problem }
}

function atValue(root: Spot, path: Path, problem: Problem): Fault {
  return { span: findPart(root, path)?.spot.span ?? root.span, problem }
}
