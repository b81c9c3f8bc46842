import picocolors from 'picocolors'
import stringWidth from 'string-width'
import type { Severity } from '../model.ts'
import { logSafe } from './escape.ts'

/** Paints text; leaves it as it is where there are no colours. */
type Paint = (text: string) => string

/** The colours that reports use. */
export type Palette = Record<'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan', Paint>

/**
 * Shades of the 256 colours that stand out from black and dark grey by at least 4.5 : 1 (WCAG 2.2), and from white by 3.8 : 1; none
 * has 4.5 on both. The sixteen basic ones are what a terminal makes of them, and yellow or cyan on white can hardly be read.
 */
const SHADES = { dim: 244, red: 196, green: 65, yellow: 166, cyan: 32 } as const

/** @param colours whether to use colours; otherwise text is unchanged */
export function createPalette(colours: boolean): Palette {
  const { bold } = picocolors.createColors(colours)
  const shade = (number: number) => (text: string) =>
    colours ? `\u001b[38;5;${number}m${text}\u001b[39m` : text
  const { dim, red, green, yellow, cyan } = SHADES
  return {
    bold,
    dim: shade(dim),
    red: shade(red),
    green: shade(green),
    yellow: shade(yellow),
    cyan: shade(cyan),
  }
}

/** The colour of a severity. */
export function paintSeverity(severity: Severity, paint: Palette): Paint {
  return { critical: paint.red, high: paint.red, medium: paint.yellow, low: paint.cyan, info: paint.dim }[
    severity
  ]
}

/**
 * Breaks text into lines of at most `width` columns: at spaces, and inside a word only where it is wider than a
 * line. A line never begins with what the GitHub runner takes for a command.
 */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  let used = 0
  const end = () => {
    if (line !== '') lines.push(line.trimEnd())
    line = ''
  }
  for (const word of logSafe(text).split(' ')) {
    const columns = stringWidth(word)
    if (line !== '' && used + 1 + columns <= width) {
      line += ` ${word}`
      used += 1 + columns
      continue
    }
    end()
    line = logSafe(word)
    used = stringWidth(line)
    while (used > width) {
      const head = cut(line, width)
      lines.push(head)
      line = logSafe(line.slice(head.length))
      used = stringWidth(line)
    }
  }
  end()
  return lines
}

/** The longest start of a text that fits, and at least its first character. */
function cut(text: string, width: number): string {
  let head = ''
  for (const character of text) {
    if (head !== '' && stringWidth(head + character) > width) break
    head += character
  }
  return head
}

/** As much of a text as fits, the last of it a `…` where it does not. */
export function cutText(text: string, width: number): string {
  if (stringWidth(text) <= width) return text
  return width < 2 ? '' : `${cut(text, width - 1)}…`
}

/**
 * The same, but what is left out is in the middle: a port stands at the end of a name.
 *
 * @param before columns of the beginning that are kept
 */
export function cutMiddle(text: string, width: number, before = Math.ceil((width - 1) / 2)): string {
  if (stringWidth(text) <= width) return text
  const head = cut(text, before)
  let tail = ''
  for (const character of [...text].reverse()) {
    if (stringWidth(head) + 1 + stringWidth(character + tail) > width) break
    tail = character + tail
  }
  return `${head}…${tail}`
}

/** Pads on the right to a number of columns; wider text is unchanged. */
export function pad(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - stringWidth(text)))
}

/** Where a label and its text stand. */
interface Columns {
  /** Columns of the whole line. */
  width: number
  /** Columns before the label. */
  indent: number
  /** Columns of the label, with the space after it. */
  label: number
  paint: Paint
}

/** A label and its text beside it, wrapped; below it where the label is too wide. Nothing for an empty text. */
export function labelled(
  label: string,
  text: string,
  { width, indent, label: columns, paint }: Columns,
): string[] {
  if (text === '') return []
  const before = ' '.repeat(indent)
  const [first = '', ...rest] = wrap(text, width - indent - columns)
  const hang = before + ' '.repeat(columns)
  const below = rest.map((line) => hang + line)
  if (stringWidth(label) < columns) return [before + paint(pad(label, columns)) + first, ...below]
  return [...wrap(label, width - indent).map((line) => before + paint(line)), hang + first, ...below]
}

/** A text that a terminal takes for a link (OSC 8); the address is written so that nothing in it ends it. */
export function linkText(text: string, address: string): string {
  const written = address.replace(/[^\x21-\x7e]/g, encodeURIComponent)
  return `\u001b]8;;${written}\u001b\\${text}\u001b]8;;\u001b\\`
}
