import type { Finding, Report } from '../model.ts'
import { atMost, count, formatNumber } from './counts.ts'
import { printable } from './escape.ts'
import { type Group, groupBy, listSpots } from './group.ts'
import { formatSpot, formatTarget } from './wording.ts'

type AnnotationLevel = 'error' | 'warning' | 'notice'

/** A remark on a line of the policy, or on the run where it has no file. All text is printable; lines end in `\n`. */
export interface Annotation {
  level: AnnotationLevel
  title: string
  message: string
  file?: string
  line?: number
  column?: number
}

/** GitHub shows so many annotations of each level for a step and drops the others in silence. */
const MOST_OF_A_LEVEL = 10

/**
 * The findings as annotations, worst first: what fails the check is an error, any other violation or doubt a warning
 * (in audit mode all of them), and a note with a place a notice. Findings of one id on one policy line are one annotation. Where a level has more
 * than GitHub shows, the last says how many more findings the summary has.
 */
export function toAnnotations({ mode, findings }: Report): Annotation[] {
  return (['error', 'warning', 'notice'] as const).flatMap((level) => {
    const groups = groupBy(
      findings.filter((finding) => levelOf(finding, mode) === level),
      // Loosenings of one line have little in common but the line.
      ({ id, place, message }) => [id, place, id === 'policy-loosened' && message],
    )
    if (groups.length <= MOST_OF_A_LEVEL) return groups.map((group) => annotate(level, group))
    const shown = groups.slice(0, MOST_OF_A_LEVEL - 1)
    const left = groups.slice(shown.length).reduce((sum, group) => sum + group.findings.length, 0)
    return [...shown.map((group) => annotate(level, group)), sayLeft(level, left)]
  })
}

function levelOf({ kind, fails, place }: Finding, mode: Report['mode']): AnnotationLevel | undefined {
  if (fails && mode === 'enforce') return 'error'
  if (kind !== 'note') return 'warning'
  return place ? 'notice' : undefined
}

function annotate(level: AnnotationLevel, group: Group): Annotation {
  const { first, findings } = group
  const annotation = { level, title: titleOf(group), message: messageOf(first, findings) }
  // A built-in policy has no file in the repository to put a remark on.
  if (!first.place || first.place.file.startsWith('built-in:')) return annotation
  const { file, line, column } = first.place
  return { ...annotation, file: printable(file, 1_000), line, column }
}

function titleOf({ first, findings }: Group): string {
  const spots = listSpots(findings)
  const target = spots[0] ? formatTarget(spots[0]) : ''
  const where =
    target && ` on ${target}${spots.length > 1 ? ` and ${formatNumber(spots.length - 1)} more` : ''}`
  const about = first.kind === 'violation' ? first.severity : first.kind
  return printable(`${about}: ${first.id}${where}`, 200)
}

function messageOf(first: Finding, findings: Finding[]): string {
  const texts = [
    printable(first.message),
    `Why: ${printable(first.why)}`,
    `Remedy: ${printable(first.remedy)}`,
  ]
  if (findings.length === 1) return texts.join('\n')
  const list = atMost(listSpots(findings).map((spot) => printable(formatSpot(spot), 400)))
  return [`${count(findings.length, 'finding')}: ${list.join('; ')}`, ...texts].join('\n')
}

function sayLeft(level: AnnotationLevel, left: number): Annotation {
  const message = `GitHub shows ${MOST_OF_A_LEVEL} annotations of a level; the job summary and report.json have all findings.`
  return { level, title: `${count(left, 'more finding')}`, message }
}
