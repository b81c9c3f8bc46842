import type { Finding, Report } from '../model.ts'
import { atMost, count, formatNumber } from './counts.ts'
import { printable } from './escape.ts'
import { wordFinding } from './findings.ts'
import { type Group, groupBy, groupFindings } from './group.ts'
import { nameGroup } from './name-group.ts'
import { formatSpot, formatTarget, listSpots } from './spots.ts'
import { plain } from './wording/text.ts'

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

/** GitHub shows at most this many annotations of each level per step, and silently drops the others. */
const MOST_OF_A_LEVEL = 10

/**
 * The findings as annotations, worst first: what fails the check is an error, any other violation or doubt a warning
 * (in audit mode all of them), and a note with a place a notice. Where even so a level has more than GitHub shows, the
 * last says what else there is.
 */
export function toAnnotations({ mode, findings, policy: { ref } }: Report): Annotation[] {
  return (['error', 'warning', 'notice'] as const).flatMap((level) => {
    const groups = gather(findings.filter((finding) => levelOf(finding, mode) === level))
    if (groups.length <= MOST_OF_A_LEVEL) return groups.map((group) => annotate(level, group, ref))
    const shown = groups.slice(0, MOST_OF_A_LEVEL - 1)
    return [...shown.map((group) => annotate(level, group, ref)), sayLeft(level, groups.slice(shown.length))]
  })
}

/**
 * Findings of one id on one policy line are one annotation; if that makes more than GitHub shows, all findings on one line
 * are. Never those of several lines: each of the others would lose its remark.
 */
function gather(findings: Finding[]): Group[] {
  // Loosenings of one line have little in common but the line.
  const byLine = groupBy(findings, (finding) => [
    finding.id,
    finding.place,
    finding.id === 'policy-loosened' && wordFinding(finding).message,
  ])
  if (byLine.length <= MOST_OF_A_LEVEL) return byLine
  return groupBy(findings, ({ place }) => [place])
}

function levelOf({ kind, fails, place }: Finding, mode: Report['mode']): AnnotationLevel | undefined {
  if (fails && mode === 'enforce') return 'error'
  if (kind !== 'note') return 'warning'
  return place ? 'notice' : undefined
}

/** @param ref where the policy was read; GitHub shows the line as it is in the commit that was checked out */
function annotate(level: AnnotationLevel, group: Group, ref: string | undefined): Annotation {
  const { first, findings } = group
  const message = [messageOf(first, findings), ...sayRef(first, ref)].join('\n')
  const annotation = { level, title: titleOf(group), message }
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
  const ids = [...new Set(findings.map(({ id }) => id))]
  return printable(`${about}: ${ids.join(', ')}${where}`, 200)
}

function messageOf(first: Finding, findings: Finding[]): string {
  const { message, why, remedy } = wordFinding(first)
  const texts = [
    printable(plain(message)),
    `Why: ${printable(plain(why))}`,
    `Remedy: ${printable(plain(remedy))}`,
  ]
  if (findings.length === 1) return texts.join('\n')
  return [`${count(findings.length, 'finding')}: ${listAll(findings)}`, ...texts, ...sayLines(findings)].join(
    '\n',
  )
}

/**
 * A line of another commit's policy may differ here. Findings about a change are on the lines of the change, so they
 * need no ref.
 */
function sayRef({ id, place }: Finding, ref: string | undefined): string[] {
  if (ref === undefined || !place || id === 'policy-loosened' || id === 'unreviewed-policy') return []
  return [`Judged by the policy at ${printable(ref, 200)}, in which this is line ${place.line}`]
}

/** For one cause, where it is; for several, each in a few words. */
function listAll(findings: Finding[]): string {
  const causes = groupFindings(findings)
  if (causes.length > 1) return atMost(causes.map(nameGroup)).join('; ')
  return atMost(listSpots(findings).map((spot) => printable(formatSpot(spot), 400))).join('; ')
}

/** The lines, where an annotation is about more than the one that it stands on. */
function sayLines(findings: Finding[]): string[] {
  const lines = [...new Set(findings.flatMap(({ place }) => place?.line ?? []))].map(String)
  return lines.length > 1 ? [`Policy lines: ${atMost(lines).join(', ')}`] : []
}

function sayLeft(level: AnnotationLevel, groups: Group[]): Annotation {
  const findings = groups.flatMap((group) => group.findings)
  const message = [
    atMost(groupFindings(findings).map(nameGroup)).join('; '),
    `GitHub shows ${MOST_OF_A_LEVEL} annotations of a level; the job summary and report.json have all findings.`,
  ]
  return { level, title: count(findings.length, 'more finding'), message: message.join('\n') }
}
