import type { Diagnostic } from '../model.ts'
import type { Annotation } from './annotations.ts'
import { logSafe, printable } from './escape.ts'

/** Why nothing was judged: in a few words, as the whole text for people, and what of it has a place in a file. */
interface Refusal {
  heading: string
  message: string
  diagnostics: Diagnostic[]
}

/** GitHub shows at most this many annotations of each level per step. */
const MOST_ANNOTATIONS = 10

/** Most of the text that a summary or a comment shows; a policy with a thousand mistakes is fixed from the top. */
const LONGEST_SUMMARY = 60_000

/** A text of lines for a log: none of them is a command to the GitHub runner. */
export function toLog(text: string): string {
  return text
    .split('\n')
    .map((line) => `${logSafe(line)}\n`)
    .join('')
}

/** Why nothing was judged, for the job summary. */
export function renderRefusalSummary({ heading, message }: Omit<Refusal, 'diagnostics'>): string {
  // An indented block is shown as it stands: nothing in it is Markdown or HTML.
  const text = message.replace(/^/gm, '    ')
  const cut = text.length > LONGEST_SUMMARY
  const end = text.lastIndexOf('\n', LONGEST_SUMMARY)
  const block = cut ? text.slice(0, end > 0 ? end : LONGEST_SUMMARY) : text
  const left = cut ? ['', 'The log has the rest.'] : []
  return [
    `### ❌ ${heading}`,
    '**Nothing was scanned and nothing was judged**<br>',
    'Saw nothing',
    '',
    block,
    ...left,
    '',
  ].join('\n')
}

/** The problems, on the lines where they are. */
export function toRefusalAnnotations({ heading, message, diagnostics }: Refusal): Annotation[] {
  if (diagnostics.length === 0) {
    return [{ level: 'error', title: heading, message: printable(message) }]
  }
  return toDiagnosticAnnotations(diagnostics, 'error')
}

/** Diagnostics on the lines where they stand, as many as GitHub shows. */
export function toDiagnosticAnnotations(
  diagnostics: readonly Diagnostic[],
  level: Annotation['level'],
): Annotation[] {
  return diagnostics.slice(0, MOST_ANNOTATIONS).map(({ code, message, hint, place }) => ({
    level,
    title: `policy: ${code}`,
    message: [message, hint].flatMap((text) => (text ? printable(text) : [])).join('\n'),
    file: printable(place.file, 1_000),
    line: place.line,
    column: place.column,
  }))
}
