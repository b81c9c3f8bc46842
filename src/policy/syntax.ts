import type { YAMLError } from 'yaml'
import { type DiagnosticCode, escapeInvisible, fail, quote } from './problem.ts'
import { type Fault, lineAt, lineText, type Source, type Span } from './source.ts'

type ErrorCode = YAMLError['code']

const CODES: Partial<Record<ErrorCode, DiagnosticCode>> = {
  MULTIPLE_DOCS: 'multiple-documents',
  RESOURCE_EXHAUSTION: 'too-deep',
  TAG_RESOLVE_FAILED: 'unknown-tag',
}

const MESSAGES: Partial<Record<ErrorCode, string>> = {
  MULTIPLE_DOCS: 'a second YAML document begins here',
  RESOURCE_EXHAUSTION: 'lists and mappings are nested too deeply',
  NON_STRING_KEY: 'a list, a mapping or an alias cannot be a key',
}

const HINTS: Partial<Record<ErrorCode, string>> = {
  BAD_SCALAR_START: 'quote the text',
  MULTIPLE_DOCS: 'one document a file: remove the `---`',
  MULTILINE_IMPLICIT_KEY: 'a key ends with a colon and a space',
  NON_STRING_KEY: 'quote the key',
  TAB_AS_INDENT: 'indent with spaces',
  TAG_RESOLVE_FAILED: 'remove the tag',
}

/** The parser's own messages can quote the whole file. */
const LONGEST_MESSAGE = 200

/**
 * The parser's errors as faults, in order. One error makes others follow, so what only follows is left out: whatever else
 * stands in the same line or below a key that lacks its quotes, and all complaints that a token cannot be placed.
 */
export function explainSyntaxErrors(source: Source, errors: YAMLError[]): Fault[] {
  const faults: Fault[] = []
  /** The first line where an error can be one of its own. */
  let free = 0
  for (const error of errors.toSorted((a, b) => a.pos[0] - b.pos[0])) {
    const line = lineAt(source, error.pos[0])
    if (line < free || (faults.length > 0 && isAftermath(error))) continue
    const unquoted = findUnquoted(source, error.pos[0])
    faults.push(unquoted ?? explainError(error, source))
    free = unquoted ? endOfBlock(source, line) : line + 1
  }
  return faults
}

/** The first line after this one that is not indented further. */
function endOfBlock(source: Source, line: number): number {
  const limit = lineText(source, line).search(/\S/)
  let next = line + 1
  while (next < source.lineStarts.length && !/^\s*\S/.test(lineText(source, next).slice(0, limit + 1))) next++
  return next
}

/** Once a document is broken off, the parser calls every token that follows unexpected; depth is reported once. */
function isAftermath({ code, message }: YAMLError): boolean {
  return (
    code === 'RESOURCE_EXHAUSTION' ||
    (code === 'UNEXPECTED_TOKEN' && /in YAML (stream|document)/.test(message))
  )
}

/** One error or warning of the parser. */
export function explainError({ code, message, pos }: YAMLError, source: Source): Fault {
  const tag =
    code === 'TAG_RESOLVE_FAILED' && `the tag ${quote(source.text.slice(...pos))} means nothing here`
  const text = tag || (MESSAGES[code] ?? escapeInvisible(message.slice(0, LONGEST_MESSAGE)))
  return {
    span: { start: pos[0], end: pos[1] },
    problem: fail(CODES[code] ?? 'yaml-syntax', text, HINTS[code]).problem,
  }
}

/** What a policy holds and YAML reads as something else unless it is quoted, with what YAML takes it for. */
const UNQUOTED: [RegExp, string][] = [
  [/^\*[^\s,\]}:]*\.[^\s,\]}:]*/, 'a plain `*` begins an alias'],
  [/^\{[^{}\s]*\}[^\s,\]:]+/, 'a plain `{` begins a mapping'],
  [/^\[[0-9a-f:.]*:[0-9a-f:.]*\](:\d+|\/\d+)?/i, 'a plain `[` begins a list'],
  [/^@[^\s,\]}]+/, '`@` is reserved'],
]

/** Longer than any host. The shapes above take time that grows with the square of what they look at. */
const LONGEST_UNQUOTED = 300

/** The fault of a text that lacks its quotes, if one stands in the line of this offset. */
function findUnquoted(source: Source, offset: number): Fault | undefined {
  const line = lineAt(source, offset)
  for (const { index } of lineText(source, line).matchAll(/(?<=^|[\s,:[{])[*{[@]/g)) {
    const fault = explainUnquoted(source, (source.lineStarts[line] ?? 0) + index)
    if (fault) return fault
  }
  return undefined
}

/** The fault of a text that lacks its quotes, if one stands at this offset. */
export function explainUnquoted({ text }: Source, start: number): Fault | undefined {
  const part = text.slice(start, start + LONGEST_UNQUOTED)
  for (const [shape, why] of UNQUOTED) {
    const found = shape.exec(part)?.[0]
    if (found === undefined) continue
    const message = `${quote(found)} has to be quoted: in YAML ${why}`
    const { problem } = fail('yaml-syntax', message, quote(`"${found}"`))
    return { span: { start, end: start + found.length }, problem }
  }
  return undefined
}

/** A key that stands twice: the fault is the second. `asKey` is how the first is written. */
export function duplicateKey(key: string, second: Span, firstLine: number, asKey = key): Fault {
  const again = asKey === key ? 'is already there' : `means the same as ${quote(asKey)}`
  const message = `${quote(key)} ${again} in line ${firstLine}`
  return { span: second, problem: fail('duplicate-key', message, 'keep one of them').problem }
}
