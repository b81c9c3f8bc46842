import stringWidth from 'string-width'
import type { Diagnostic } from '../model.ts'

/** Columns of a line that are shown. */
const WINDOW = 100
/** Columns before the mark that stay in view when a long line is cut. */
const LEAD = 40

/**
 * A diagnostic for a terminal: `file:line:column: code: message`, the line with the part in question underlined, and
 * the hint. Control characters are shown as pictures, so that nothing in the file can act on the terminal.
 */
export function formatDiagnostic({ place, code, message, hint, source, width }: Diagnostic): string {
  const head = `${tame(place.file)}:${place.line}:${place.column}: ${code}: ${tame(message)}`
  const lines = source === '' ? [head] : [head, ...underline(source, place.column - 1, width)]
  if (hint !== undefined) lines.push(...`hint: ${hint}`.split('\n').map((line) => `  ${tame(line)}`))
  return lines.join('\n')
}

/** Most characters of a line in a list of diagnostics: a thousand of them may be about one line of 1 MiB. */
const LONGEST_SOURCE = 500

/** A diagnostic with no more of a long line than what surrounds the part in question. */
export function cutSource(diagnostic: Diagnostic): Diagnostic {
  const { source, place } = diagnostic
  if (source.length <= LONGEST_SOURCE) return diagnostic
  const start = Math.max(0, place.column - 1 - LEAD)
  const end = start + LONGEST_SOURCE
  const part = source.slice(start, end)
  return { ...diagnostic, source: `${start > 0 ? '…' : ''}${part}${end < source.length ? '…' : ''}` }
}

/** Characters without a picture of their own, code unit for code unit, so that columns stay what they are. */
function tame(text: string): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (c) => {
    const code = c.charCodeAt(0)
    if (c === '\t') return c
    if (code < 0x20) return String.fromCharCode(0x2400 + code)
    return code === 0x7f ? '\u2421' : '\uFFFD'.repeat(c.length)
  })
}

function underline(source: string, at: number, width: number): string[] {
  const isShort = source.length <= WINDOW && columnsOf(source) <= WINDOW
  const before = isShort ? source.slice(0, at) : takeLast(source.slice(Math.max(0, at - LEAD), at), LEAD)
  const rest = take(source.slice(at, at + WINDOW), WINDOW - columnsOf(before))
  const marked = rest.slice(0, width)
  const lead = (before.length < at ? '…' : '') + tame(before)
  const tail = at + rest.length < source.length ? '…' : ''
  const blank = lead.replace(/[^\t]+/g, (part) => ' '.repeat(columnsOf(part)))
  return [`  ${lead}${tame(rest)}${tail}`, `  ${blank}${'^'.repeat(Math.max(1, columnsOf(tame(marked))))}`]
}

/** As many characters from the start as fit into the columns. */
function take(text: string, columns: number): string {
  let units = 0
  for (const character of text) {
    columns -= columnsOf(character)
    if (columns < 0) break
    units += character.length
  }
  return text.slice(0, units)
}

/** As many characters from the end as fit into the columns. */
function takeLast(text: string, columns: number): string {
  const reversed = [...text].reverse()
  return text.slice(text.length - take(reversed.join(''), columns).length)
}

/** How wide a text is; a tab, whose width only the terminal knows, counts as one column. */
function columnsOf(text: string): number {
  return stringWidth(text.replaceAll('\t', ' '))
}
