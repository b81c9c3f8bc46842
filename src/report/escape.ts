/**
 * What makes text from outside harmless. Host names, banners, certificates and reasons are written by others, and
 * a report can be an artifact that somebody else has touched: every renderer passes all of its text through here.
 */

import { type Piece, plain, type Text } from './wording/text.ts'

/** Not a letter, mark, number, punctuation, symbol or space; or a character that is not seen at all. */
const UNPRINTABLE = /[^\p{L}\p{M}\p{N}\p{P}\p{S} ]|\p{Default_Ignorable_Code_Point}/gu

const NOT_ASCII = /[^\x20-\x7e]/gu

/** Longest text of a sentence, in UTF-16 code units. */
const SENTENCE = 2_000

/** Longest text of a name: a DNS name has at most 253 characters (RFC 1035), an endpoint may be a URL. */
const NAME = 300

/**
 * Text on one line, in which every character can be seen: white space becomes one space, and control, bidi,
 * zero-width and other invisible characters are written as `\u{202e}`. Letters of any script stay: a policy may
 * have them. At most `max` UTF-16 code units, the last a `…` where text was left out.
 */
export function printable(text: string, max = SENTENCE): string {
  return bound(toVisible(text).trim(), max)
}

/** A text from outside in the midst of our own words, printable already: nothing in it ends the quotation. */
export function quote(text: string): string {
  return `“${text.replace(/[“”]/g, '"')}”`
}

/** Whether `quote` has written it. */
export function isQuoted(text: string): boolean {
  return text.startsWith('“')
}

function toVisible(text: string): string {
  // Emoji carry variation selectors: they say nothing by themselves.
  return toOneLine(text.replace(/[\ufe0e\ufe0f]/g, '')).replace(UNPRINTABLE, showCode)
}

/** As `printable`, for text from the network: printable ASCII and nothing else (but the `…`). */
export function printableAscii(text: string, max = NAME): string {
  return bound(toOneLine(text).trim().replace(NOT_ASCII, showCode), max)
}

function toOneLine(text: string): string {
  return text.replace(/\s+/g, ' ')
}

function showCode(character: string): string {
  return `\\u{${character.codePointAt(0)?.toString(16)}}`
}

/** Cuts between whole characters and whole `\u{…}`. */
function bound(text: string, max: number): string {
  if (text.length <= max) return text
  let kept = ''
  for (const [piece] of text.matchAll(/\\u\{[0-9a-f]+\}|./gu)) {
    if (kept.length + piece.length >= max) break
    kept += piece
  }
  return `${kept}…`
}

/**
 * What the runner passes over at the start of a line, and what it does not see at all: .NET compares by culture,
 * which skips control and other invisible characters. Colours count as unseen.
 */
const COLOUR = '\\x1b\\[[0-9;]*m'
const LEADING = `(?:${COLOUR}|(?![\\r\\n])[\\s\\p{C}\\p{Default_Ignorable_Code_Point}])*`
const UNSEEN = `(?:${COLOUR}|(?![\\r\\n])[\\p{C}\\p{Default_Ignorable_Code_Point}])*`
const COMMAND = new RegExp(`(^|[\\r\\n])(${LEADING}):(?=${UNSEEN}:)`, 'gu')
const OLD_COMMAND = new RegExp(`#(${UNSEEN})#(?=${UNSEEN}\\[)`, 'gu')

/**
 * Text whose lines the GitHub runner takes for text. A line that begins with `::`, white space aside, is a
 * command to it, and so is `##[` anywhere in a line (`ActionCommand.cs` in actions/runner): both get a space.
 */
export function logSafe(text: string): string {
  return text.replace(COMMAND, '$1$2: ').replace(OLD_COMMAND, '#$1# ')
}

/**
 * Characters that GitHub-flavoured Markdown gives a meaning. The first group acts when Markdown is parsed, and a
 * character reference takes that away. The others act on the text of the rendered page (mentions, issue numbers, math,
 * addresses, emoji), where a reference is a plain character again: an element of their own separates them from what
 * follows.
 */
const MARKDOWN = /(?<mark>[&<>\\`*_~|[\]])|[@#$]|:(?=\/\/|[\w+-]+:)|(?<=www)\.|(?<=\bGH)-(?=\d)/giu

/** What turns a text that begins with it into a list or a heading. */
const BLOCK = /^[-+=]|(?<=^\d{1,9})[.)]/u

/** A sentence for GitHub-flavoured Markdown, also inside a table cell: it reads as written and does nothing. */
export function markdown(text: string): string {
  return escapeMarkdown(printable(text))
}

/** The text of a finding as `markdown`, and what is code as code. */
export function prose(text: Text, writeCode = proseCode): string {
  return listPieces(text)
    .map(({ text, isCode }, index) => {
      if (isCode) return writeCode(text)
      return index === 0 ? escapeMarkdown(text.trimStart()) : escapeWithin(text)
    })
    .join('')
    .trimEnd()
}

/** A text as printable pieces, its code apart; of bounded length. */
export function listPieces(text: Text): { text: string; isCode: boolean }[] {
  return joinPieces(boundText(text.map(showPiece)))
}

function showPiece(piece: Piece): Piece {
  if (typeof piece === 'string') return piece
  return 'code' in piece ? { code: piece.code.map(showPiece) } : { outside: toVisible(piece.outside) }
}

/** The code of a text, and what stands between: pieces side by side may act together, as `GH-` and `12` do. */
function joinPieces(text: Text): { text: string; isCode: boolean }[] {
  const runs: { text: string; isCode: boolean }[] = []
  for (const piece of text) {
    const isCode = typeof piece === 'object' && 'code' in piece
    const last = runs.at(-1)
    if (isCode) runs.push({ text: plain(piece.code), isCode })
    else if (last && !last.isCode) last.text += plain([piece])
    else runs.push({ text: plain([piece]), isCode })
  }
  return runs
}

function proseCode(text: string): string {
  return `<code>${escapeWithin(text)}</code>`
}

/** As many pieces as a sentence may have, the last of them cut. */
function boundText(text: Text): Text {
  if (plain(text).length <= SENTENCE) return text
  let room = SENTENCE
  const kept: Piece[] = []
  for (const piece of text) {
    const shown = plain([piece])
    if (shown.length >= room) return [...kept, { outside: bound(`${shown}…`, room) }]
    kept.push(piece)
    room -= shown.length
  }
  return kept
}

/** A name, address or place as code, also inside a table cell. Empty for empty text. */
export function codeSpan(text: string): string {
  const name = printable(text, NAME)
  if (name === '') return ''
  // A cell ends at `|` even in a code span, and parsers differ on what a backslash before it means; `##[` in a
  // log is a command, and `$` may be math.
  return /[`|\\$#]/.test(name) ? `<code>${escapeMarkdown(name)}</code>` : `\`${name}\``
}

/** A link around Markdown that is safe by itself; the label alone if the address is not a web address. */
export function markdownLink(label: string, address: string | undefined): string {
  if (!address || !/^https?:\/\/[\x21-\x7e]+$/.test(address)) return label
  // What ends a link or a cell, or is markup within one, is written as its code.
  const written = address.replace(
    /[<>|`\\()[\]*~_$@]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  )
  return `[${label}](${written})`
}

function escapeMarkdown(text: string): string {
  const [mark] = BLOCK.exec(text) ?? []
  if (mark === undefined) return escapeWithin(text)
  const at = text.indexOf(mark)
  return `${text.slice(0, at)}${refer(mark)}${escapeWithin(text.slice(at + 1))}`
}

/** Escapes a text inside another. */
function escapeWithin(text: string): string {
  return text.replace(MARKDOWN, (character, mark: string | undefined) =>
    mark === undefined ? `<span>${character}</span>` : refer(character),
  )
}

function refer(character: string): string {
  return `&#${character.charCodeAt(0)};`
}
