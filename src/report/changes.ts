import type { Finding, PolicyChange } from '../model.ts'
import { count } from './counts.ts'
import { codeSpan, logSafe, markdownLink, printable, prose } from './escape.ts'
import { createPalette, labelled, type Palette, paintSeverity, wrap } from './layout.ts'
import { type Links, linkToPlace } from './links.ts'
import { formatPlace } from './spots.ts'
import { sayChange } from './wording/review.ts'
import { plain } from './wording/text.ts'

/** Columns of a change: `loosened` and `tightened`, with its text beside it. */
const COLUMNS = { indent: 2, label: 11 }

/** Most changes in a log; there may be one for each line of a policy. */
const MOST_ROWS = 50

/** What a pull request does to the policy, as lines of at most `width` columns. None where nothing has changed. */
export function layOutChanges(
  changes: readonly PolicyChange[],
  width: number,
  paint: Palette,
  most = MOST_ROWS,
): string[] {
  if (changes.length === 0) return []
  const shown = changes.slice(0, most)
  const rows = shown.flatMap((change) => {
    const { direction, severity } = change
    const isLoosened = direction === 'loosened'
    const weight = isLoosened ? `${severity.toUpperCase()}: ` : ''
    const paintIt = isLoosened ? paintSeverity(severity, paint) : paint.green
    return [
      ...labelled(direction, `${weight}${printable(plain(sayChange(change)))}`, {
        width,
        ...COLUMNS,
        paint: paintIt,
      }),
      ...labelled('', sayPlace(change), { width, ...COLUMNS, paint: paint.dim }),
    ]
  })
  const left = changes.length - shown.length
  const more = left > 0 ? [`  and ${count(left, 'more change')}; report.json has all of them`] : []
  return [paint.bold('Policy changes'), ...rows, ...more]
}

/** Whether a finding is among the notes. A loosening is not: it is among the policy changes. */
export function isNote({ kind, id }: Finding): boolean {
  return kind === 'note' && id !== 'policy-loosened'
}

/** Rows of a Markdown list. All text from outside is escaped. */
export function listChanges(changes: readonly PolicyChange[], links?: Links): string[] {
  return changes.map((change) => {
    const { direction, severity, place, before } = change
    const weight = direction === 'loosened' ? `**loosened** (${severity})` : 'tightened'
    const where = place ?? before
    // What was removed is not in the commit that links lead to.
    const link = place && linkToPlace(place, links)
    const span = where
      ? ` ${markdownLink(codeSpan(formatPlace(where)), link)}${place ? '' : ', removed'}`
      : ''
    return `- ${weight}: ${prose(sayChange(change), codeSpan)}${span}`
  })
}

function sayPlace({ place, before }: PolicyChange): string {
  if (place) return printable(formatPlace(place))
  return before ? `${printable(formatPlace(before))}, removed` : ''
}

/** The comparison of two policies for a terminal, with a final newline. If nothing has changed, it says so. */
export function renderChanges(
  changes: readonly PolicyChange[],
  { colours, width }: { colours: boolean; width: number },
): string {
  const columns = Math.max(40, width)
  const lines = layOutChanges(changes, columns, createPalette(colours), changes.length)
  const all = lines.length > 0 ? lines : wrap(NO_CHANGE, columns)
  return all.map((line) => `${logSafe(line)}\n`).join('')
}

/** The comparison of two policies in Markdown, with a final newline. */
export function renderChangesMarkdown(changes: readonly PolicyChange[]): string {
  const rows = listChanges(changes)
  return `${(rows.length > 0 ? ['### Policy changes', '', ...rows] : [NO_CHANGE]).join('\n')}\n`
}

const NO_CHANGE = 'The two policies mean the same.'
