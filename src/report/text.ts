import picocolors from 'picocolors'
import type { Finding, Report } from '../model.ts'
import { isNote, layOutChanges } from './changes.ts'
import { atMost, count, formatNumber } from './counts.ts'
import { listCoverage } from './coverage.ts'
import { logSafe, printable, printableAscii } from './escape.ts'
import { wordFinding } from './findings.ts'
import { type Group, groupFindings, listWordings } from './group.ts'
import { headline } from './headline.ts'
import { listOpenHosts, type OpenHost } from './hosts.ts'
import { labelled, type Palette, paintSeverity, wrap } from './layout.ts'
import type { Links } from './links.ts'
import { formatPlace, formatSpot, listSpots } from './spots.ts'
import { plain, type Text } from './wording/text.ts'

export interface TextOptions {
  /** Whether to use ANSI colours. */
  colours: boolean
  /** Columns of the terminal; fewer than 40 are taken as 40. */
  width: number
  /** Whether the terminal knows links (OSC 8). */
  isLinked?: boolean
  links?: Links
}

/** What the renderers of a part need. */
interface Context {
  width: number
  paint: Palette
}

/** Columns of the labels of a finding and of the coverage. */
const LABEL = { indent: 2, label: 10 }

/** Columns of the ports of a host. */
const PORTS = { indent: 5, label: 7 }

/**
 * The report for a terminal or a workflow log, with a final newline. The first three lines tell the verdict, what
 * is wrong, and how much was seen. No line of it is a command to the GitHub runner.
 */
export function renderText(report: Report, { colours, width }: TextOptions): string {
  const context: Context = { width: Math.max(40, width), paint: picocolors.createColors(colours) }
  const groups = groupFindings(report.findings.filter(({ kind }) => kind !== 'note'))
  const parts = [
    renderHeadline(report, context),
    ...groups.map((group) => renderGroup(group, context)),
    layOutChanges(report.policyChanges, context.width, context.paint),
    renderNotes(report.findings, context),
    renderHosts(report, context),
    renderCoverage(report, context),
  ]
  const lines = parts
    .filter((part) => part.length > 0)
    .flatMap((part, index) => (index ? ['', ...part] : part))
  // The last word on every line, whatever the parts above have put together.
  return lines.map((line) => `${logSafe(line)}\n`).join('')
}

function renderHeadline(report: Report, { width, paint }: Context): string[] {
  const { verdict, wrong, seen } = headline(report, width)
  const colour = { pass: paint.green, fail: paint.red, inconclusive: paint.yellow }[report.verdict]
  return [
    ...wrap(verdict, width).map((line) => paint.bold(colour(line))),
    ...wrap(wrong, width),
    ...wrap(seen, width),
  ]
}

function renderGroup(group: Group, { width, paint }: Context): string[] {
  const { first, findings } = group
  const many = findings.length > 1 ? `, ${formatNumber(findings.length)} times` : ''
  const weight = first.fails ? '' : ' (does not fail the check)'
  const severity = first.severity.toUpperCase() + (first.kind === 'doubt' ? ' DOUBT' : '')
  const [title = '', ...rest] = wrap(`${severity}  ${first.id}${many}${weight}`, width)
  const { message, why, remedy } = listWordings(group)
  const say = (texts: Text[]) => texts.map((text) => printable(plain(text)))
  const row = (label: string, ...texts: string[]) =>
    texts.flatMap((text, index) => labelled(index ? '' : label, text, { width, ...LABEL, paint: paint.dim }))
  return [
    paint.bold(paintSeverity(first.severity, paint)(title)),
    ...rest,
    ...row('what', ...say(message)),
    ...row('where', ...renderSpots(findings)),
    ...(first.state ? row('state', sayState(first)) : []),
    ...row('why', ...say(why)),
    ...row('remedy', ...say(remedy)),
    ...row('policy', ...renderPlaces(findings)),
  ]
}

function sayState({ state, reason, service, usual }: Finding): string {
  const why = reason ? ` (${printable(reason, 40)})` : ''
  const guess = usual ? `, usually ${printableAscii(usual, 40)}` : ''
  return `${state}${why}${service ? `, ${printableAscii(service, 40)}` : ''}${guess}`
}

function renderSpots(findings: readonly Finding[]): string[] {
  const spots = listSpots(findings)
    .map((spot) => printable(formatSpot(spot)))
    .filter(Boolean)
  return atMost(spots)
}

function renderPlaces(findings: readonly Finding[]): string[] {
  return atMost([...new Set(findings.flatMap(({ place }) => (place ? printable(formatPlace(place)) : [])))])
}

function renderNotes(findings: readonly Finding[], { width, paint }: Context): string[] {
  const groups = groupFindings(findings.filter(isNote))
  if (groups.length === 0) return []
  const notes = groups.flatMap(({ first, findings: alike }) => {
    const more = alike.length > 1 ? ` And ${formatNumber(alike.length - 1)} more like it.` : ''
    const place = first.place ? ` ${printable(formatPlace(first.place))}` : ''
    const [head = '', ...rest] = wrap(
      `${first.id}: ${printable(plain(wordFinding(first).message))}${more}${place}`,
      width - 4,
    )
    return [`  ${head}`, ...rest.map((line) => `    ${line}`)]
  })
  return [paint.bold('Notes'), ...notes]
}

function renderHosts(report: Report, { width, paint }: Context): string[] {
  if (report.hosts.length === 0) return []
  const open = listOpenHosts(report)
  // Names may share an address, and an address on which one of them has a port open is not shut.
  const used = new Set(
    report.hosts.filter(({ ports }) => ports.open.length > 0).map(({ address }) => address),
  )
  const shut = new Set(report.hosts.map(({ address }) => address)).size - used.size
  const lines = open.flatMap((host) => renderHost(host, width, paint))
  // Of some of them nothing may be known at all: they are among the doubts.
  if (shut) lines.push(`  -  nothing seen open on ${count(shut, 'address', 'addresses')}`)
  return [paint.bold('Hosts, worst posture first'), ...lines]
}

function renderHost(
  { posture, host, context, rows, left }: OpenHost,
  width: number,
  paint: Palette,
): string[] {
  const colour = posture < 'C' ? paint.green : posture < 'E' ? paint.yellow : paint.red
  const [head = '', ...tail] = wrap(`${host} ${context}`.trim(), width - 5)
  return [
    `  ${paint.bold(colour(posture))}  ${head}`.trimEnd(),
    ...tail.map((line) => `     ${line}`),
    ...rows.flatMap(({ ports, service, detail }) =>
      labelled(ports.replaceAll(',', ', '), `${service}  ${detail}`.trim(), {
        width,
        ...PORTS,
        paint: paint.bold,
      }),
    ),
    ...(left ? [`     and ${count(left, 'more row', 'more rows')}`] : []),
  ]
}

function renderCoverage(report: Report, { width, paint }: Context): string[] {
  const lines = listCoverage(report).flatMap(({ label, text }) =>
    labelled(label, text, { width, ...LABEL, paint: paint.dim }),
  )
  return [paint.bold('Coverage'), ...lines]
}
