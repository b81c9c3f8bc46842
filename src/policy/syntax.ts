import { Lexer, type YAMLError } from 'yaml'
import { type DiagnosticCode, fail, quote } from './problem.ts'
import { type Fault, lineAt, lineText, type Source, type Span } from './source.ts'
import { explainLine, explainMessage } from './yaml-messages.ts'

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
  MULTIPLE_DOCS: 'one document per file: remove the `---` or `...`',
  NON_STRING_KEY: 'quote the key',
  RESOURCE_EXHAUSTION: 'a policy has seven levels at most',
  TAB_AS_INDENT: 'indent with spaces',
  TAG_RESOLVE_FAILED: 'remove the tag',
}

/**
 * The parser's errors as faults, in order. One error makes others follow, so what only follows is left out: whatever else
 * stands in the same line or below a key that lacks its quotes, and all complaints that a token cannot be placed.
 */
export function explainSyntaxErrors(source: Source, errors: YAMLError[]): Fault[] {
  const faults: Fault[] = []
  const lines = groupByLine(source, errors)
  /** The first line where an error can be one of its own. */
  let free = 0
  for (const [line, here] of lines) {
    if (line < free) continue
    // The line before a tab only lacks what the line with the tab was meant to bring.
    if (hasTab(lines.get(line + 1)) && !hasTab(here)) continue
    const own = faults.length === 0 ? here : here.filter((error) => !isAftermath(error))
    const [first] = own
    if (!first) continue
    const shown = findUnquoted(source, first.pos[0]) ?? findInLine(source, first.pos[0])
    faults.push(shown ?? explainError(chooseCause(own) ?? first, source))
    // The rest of the file is within the quote.
    if (first.message.startsWith('Missing closing')) break
    const breaksOff = shown !== undefined || first.message.startsWith('Block scalar header')
    free = breaksOff ? endOfBlock(source, line) : line + 1
  }
  return faults
}

/** The errors of each line, in order. */
function groupByLine(source: Source, errors: YAMLError[]): Map<number, YAMLError[]> {
  const lines = new Map<number, YAMLError[]>()
  for (const error of errors.toSorted((a, b) => a.pos[0] - b.pos[0])) {
    const line = lineAt(source, error.pos[0])
    const here = lines.get(line)
    if (here) here.push(error)
    else lines.set(line, [error])
  }
  return lines
}

function hasTab(errors: YAMLError[] = []): boolean {
  return errors.some(({ code }) => code === 'TAB_AS_INDENT')
}

/** A missing comma leaves what follows without a place, which is reported first. */
function chooseCause(errors: YAMLError[]): YAMLError | undefined {
  return errors.find(({ message }) => message.startsWith('Missing ,'))
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
    message.startsWith('Missing directives-end') ||
    (code === 'UNEXPECTED_TOKEN' && /in YAML (stream|document)/.test(message))
  )
}

/** One error or warning of the parser. */
export function explainError({ code, message, pos }: YAMLError, source: Source): Fault {
  const unquoted = code === 'TAG_RESOLVE_FAILED' ? explainUnquoted(source, pos[0]) : undefined
  if (unquoted) return unquoted
  const tag =
    code === 'TAG_RESOLVE_FAILED' && `the tag ${quote(source.text.slice(...pos))} is not supported here`
  const open = findOpen(message, source.text)
  const span = open ?? onText(source.text, { start: pos[0], end: pos[1] })
  const meaning = lacksIndent(source, span, message)
    ? explainMessage('Block scalar lines')
    : explainMessage(message)
  const text = tag || (MESSAGES[code] ?? meaning.message)
  return { span, problem: fail(CODES[code] ?? 'yaml-syntax', text, HINTS[code] ?? meaning.hint).problem }
}

/** What the parser finds at the end of the file is shown on the last line that says something. */
function onText(text: string, { start, end }: Span): Span {
  const last = text.trimEnd().length
  return start < last ? { start, end } : { start: Math.max(0, last - 1), end: Math.max(1, last) }
}

/** Whether `|` or `>` is followed by a line that is not a key, and so was meant as its text. */
function lacksIndent(source: Source, { start }: Span, message: string): boolean {
  if (!message.startsWith('Implicit map keys')) return false
  const line = lineAt(source, start)
  return line > 0 && /[:-] +[|>][-+\d]*\s*$/.test(lineText(source, line - 1).slice(-LONGEST_UNQUOTED))
}

/** What the file opens and never closes, where the parser complains of that. */
function findOpen(message: string, text: string): Span | undefined {
  if (message.startsWith('Missing closing')) return findOpenQuote(text)
  return /^Flow .* must be sufficiently indented/.test(message) ? findOpenBracket(text) : undefined
}

/** The bracket within which the lexer breaks off. */
function findOpenBracket(text: string): Span | undefined {
  const open: number[] = []
  let offset = 0
  for (const lexeme of new Lexer().lex(text)) {
    if (lexeme === BROKEN_OFF) break
    if (MARKS.has(lexeme)) continue
    if (lexeme === '[' || lexeme === '{') open.push(offset)
    if (lexeme === ']' || lexeme === '}') open.pop()
    offset += lexeme.length
  }
  const start = open.at(-1)
  return start === undefined ? undefined : { start, end: start + 1 }
}

/** What the lexer puts in where a list in brackets breaks off. */
const BROKEN_OFF = '\u0018'

/** What the lexer puts in where a document begins, a list in brackets breaks off, and a plain text begins. */
const MARKS = new Set(['\u0002', BROKEN_OFF, '\u001f'])

/** The quote that the file never closes: that of the last scalar. */
function findOpenQuote(text: string): Span | undefined {
  let offset = 0
  let open: number | undefined
  for (const lexeme of new Lexer().lex(text)) {
    // Marks that the lexer puts in are no text.
    if (MARKS.has(lexeme)) continue
    if (/^["']/.test(lexeme)) open = offset
    offset += lexeme.length
  }
  return open === undefined ? undefined : { start: open, end: open + 1 }
}

/** The fault that a line shows by itself, if the parser complains of it. */
function findInLine(source: Source, offset: number): Fault | undefined {
  const line = lineAt(source, offset)
  const found = explainLine(lineText(source, line))
  if (!found) return undefined
  const start = (source.lineStarts[line] ?? 0) + found.at
  return { span: { start, end: start + 1 }, problem: fail('yaml-syntax', found.message, found.hint).problem }
}

/** Spaces that only look like one, at the start of a line or after a key. */
const ODD_SPACE = /^[ \t]*([\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000\ufeff]+)/gmu

/**
 * Lines that are indented with spaces which YAML takes for text, as copied from a web page. Reported only if the file is
 * invalid anyway.
 */
export function findOddSpaces({ text }: Source): Fault[] {
  return [...text.matchAll(ODD_SPACE)].map(({ index, 0: whole, 1: odd = '' }) => {
    const code = (odd.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
    const name = code === '00A0' ? 'a no-break space' : 'a space that YAML does not know'
    const start = index + whole.length - odd.length
    const { problem } = fail(
      'yaml-syntax',
      `the line is indented with ${name} (U+${code})`,
      'indent with plain spaces',
    )
    return { span: { start, end: start + odd.length }, problem }
  })
}

/** What a policy holds and YAML reads as something else unless it is quoted, with what YAML takes it for. */
const UNQUOTED: [RegExp, string][] = [
  [/^\*{1,2}(?=\s*:(\s|$))/, 'a plain `*` begins an alias'],
  [/^\*[^\s,\]}:]*\.[^\s,\]}:]*/, 'a plain `*` begins an alias'],
  [/^\{[^{}\s]*\}[^\s,\]:]+/, 'a plain `{` begins a mapping'],
  [/^\[[0-9a-f:.]*:[0-9a-f:.]*\](:\d+|\/\d+)?/i, 'a plain `[` begins a list'],
  [/^@[^\s,\]}]*[^\s,\]}:]/, '`@` is reserved'],
]

/** Longer than any host. The patterns above take time that grows with the square of the length. */
const LONGEST_UNQUOTED = 300

/** The fault of a text that lacks its quotes, if one stands in the line of this offset. */
function findUnquoted(source: Source, offset: number): Fault | undefined {
  const line = lineAt(source, offset)
  for (const { index } of lineText(source, line).matchAll(/(?<=^|[\s,:[{])[*{[@!]/g)) {
    const fault = explainUnquoted(source, (source.lineStarts[line] ?? 0) + index)
    if (fault) return fault
  }
  return undefined
}

/** A host that a pattern was to leave out: quoted, it would be no better. */
const EXCLUDED = /^![^\s,\]}:!]+\.[^\s,\]}:]*/

/** The fault of a text that lacks its quotes, if one stands at this offset. */
export function explainUnquoted({ text }: Source, start: number): Fault | undefined {
  const part = text.slice(start, start + LONGEST_UNQUOTED)
  const excluded = EXCLUDED.exec(part)?.[0]
  if (excluded !== undefined) {
    const message = `${quote(excluded)} begins a tag in YAML, and a pattern cannot exclude`
    const { problem } = fail('yaml-syntax', message, '`deny` what must not be open on that host')
    return { span: { start, end: start + excluded.length }, problem }
  }
  for (const [shape, why] of UNQUOTED) {
    const found = shape.exec(part)?.[0]
    if (found === undefined) continue
    const message = `${quote(found)} must be quoted: in YAML, ${why}`
    const { problem } = fail('yaml-syntax', message, quote(`"${found}"`))
    return { span: { start, end: start + found.length }, problem }
  }
  return undefined
}

/** A key that is there twice: the fault is at the second. `asKey` is how the first is written. */
export function duplicateKey(key: string, second: Span, firstLine: number, asKey = key): Fault {
  const again = asKey === key ? 'is already defined' : `means the same as ${quote(asKey)}`
  const message = `${quote(key)} ${again} on line ${firstLine}`
  return { span: second, problem: fail('duplicate-key', message, 'keep one of them').problem }
}
