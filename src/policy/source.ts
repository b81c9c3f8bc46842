import type { Diagnostic, Place } from '../model.ts'
import { type DiagnosticCode, fail, type Problem } from './problem.ts'

const LARGEST_BYTES = 1024 * 1024

/** The text of a file, and where its lines begin. */
export interface Source {
  file: string
  text: string
  /** Offset of the first character of each line. */
  lineStarts: number[]
}

/** A part of a text: offsets in UTF-16 code units, the end excluded. */
export interface Span {
  start: number
  end: number
}

/** A problem and the part of the text that it is about. */
export interface Fault {
  span: Span
  problem: Problem
}

/** The text of a file of at most 1 MiB in UTF-8; a byte order mark is dropped. Anything else is a fault. */
export function readSource(bytes: Uint8Array, file: string): { source: Source; fault?: Fault } {
  const faulty = (
    text: string,
    start: number,
    ...problem: [DiagnosticCode, message: string, hint: string]
  ) => {
    const fault = { span: { start, end: start + 1 }, problem: fail(...problem).problem }
    return { source: splitLines(file, text), fault }
  }
  if (bytes.length > LARGEST_BYTES) {
    return faulty('', 0, 'too-large', 'the file is larger than 1 MiB', 'at most 1,048,576 bytes')
  }
  const text = new TextDecoder().decode(bytes)
  if (/^(\uFFFD\uFFFD|\0)/.test(text) || text[1] === '\0') {
    return faulty(text, 0, 'bad-encoding', 'the file looks like UTF-16', 'save it as UTF-8')
  }
  if (isUtf8(bytes)) return { source: splitLines(file, text) }
  const message = 'the file is not UTF-8: this is the first invalid byte'
  return faulty(text, text.indexOf('\uFFFD'), 'bad-encoding', message, 'save it as UTF-8')
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

function splitLines(file: string, text: string): Source {
  const lineStarts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lineStarts.push(at + 1)
  return { file, text, lineStarts }
}

/** Index of the line that holds an offset. */
export function lineAt({ lineStarts }: Source, offset: number): number {
  let low = 0
  let high = lineStarts.length
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((lineStarts[middle] ?? 0) <= offset) low = middle
    else high = middle
  }
  return low
}

/** The text of a line by its index, without its end. */
export function lineText({ lineStarts, text }: Source, line: number): string {
  const next = lineStarts[line + 1]
  const end = next === undefined ? text.length : next - (text[next - 2] === '\r' ? 2 : 1)
  return text.slice(lineStarts[line], end)
}

/** Line and column of an offset. */
export function placeOf(source: Source, offset: number): Place {
  const line = lineAt(source, offset)
  return { file: source.file, line: line + 1, column: offset - (source.lineStarts[line] ?? 0) + 1 }
}

/** A fault as the user gets it: with its place and the text of its line. */
export function toDiagnostic(source: Source, { span, problem }: Fault): Diagnostic {
  const place = placeOf(source, span.start)
  const text = lineText(source, place.line - 1)
  const width = Math.max(1, Math.min(span.end - span.start, text.length - place.column + 1))
  const { code, message, hint } = problem
  return { code, message, ...(hint === undefined ? {} : { hint }), place, source: text, width }
}
