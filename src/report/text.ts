import type { Finding, Report } from '../model.ts'
import { isNote, layOutChanges } from './changes.ts'
import { atMost, count, formatNumber } from './counts.ts'
import { listCoverage } from './coverage.ts'
import { listDrift, nameBaseline, sayNovelty } from './drift.ts'
import { logSafe, printable, printableAscii } from './escape.ts'
import { wordFinding } from './findings.ts'
import { layOutFirst, listSources } from './first.ts'
import { type Group, groupBy, groupFindings, groupWorse, listWordings } from './group.ts'
import { headline, sayFailing } from './headline.ts'
import { listOpenHosts, type OpenHost } from './hosts.ts'
import { createPalette, labelled, linkText, type Palette, paintSeverity, wrap } from './layout.ts'
import { type Links, linkToFinding, linkToPlace } from './links.ts'
import { nameGroup } from './name-group.ts'
import { POSTURE, POSTURE_LEGEND } from './posture.ts'
import { formatPlace, listWhere } from './spots.ts'
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
  links: Links
  isLinked: boolean
  mode: Report['mode']
}

/** At most this many causes, the worst, are shown with why and remedy; the rest take a line each. */
const FEW_GROUPS = 6
const MOST_DETAILED = 4

/** At most this many causes in a line each; the rest are only counted by severity. */
const MOST_LINES = 12

/** Places named for causes that are only counted by severity. */
const MOST_PLACES = 4

/** Hosts whose open ports are listed. */
const MOST_HOSTS = 25

/** Columns of the labels of a finding and of the coverage. */
const LABEL = { indent: 2, label: 10 }

/** Columns of the ports of a host. */
const PORTS = { indent: 5, label: 7 }

/**
 * The report for a terminal or a workflow log, with a final newline. The first three lines tell the verdict and
 * why, how much is wrong, and how much was seen. No line of it is a command to the GitHub runner.
 */
export function renderText(
  report: Report,
  { colours, width, links = {}, isLinked = false }: TextOptions,
): string {
  const context: Context = {
    width: Math.max(40, width),
    paint: createPalette(colours),
    ...{ links, isLinked, mode: report.mode },
  }
  const groups = groupWorse(report.findings)
  const detailed = groups.length > FEW_GROUPS ? MOST_DETAILED : groups.length
  const parts = [
    renderHeadline(report, context),
    layOutFirst(report, context.width, context.paint),
    renderDrift(report, context),
    ...groups.slice(0, detailed).map((group) => renderGroup(group, context)),
    renderFolded(groups.slice(detailed), context),
    layOutChanges(report.policyChanges, context.width, context.paint),
    renderNotes(report.findings, context),
    renderHosts(report, context),
    renderCoverage(report, context),
  ]
  const lines = parts
    .filter((part) => part.length > 0)
    .flatMap((part, index) => (index ? ['', ...part] : part))
  // Applied last, to every line, whatever the parts above have put together.
  return lines.map((line) => `${logSafe(line)}\n`).join('')
}

function renderHeadline(report: Report, { width, paint }: Context): string[] {
  const { verdict, wrong, seen } = headline(report, width)
  const colour = { pass: paint.green, fail: paint.red, inconclusive: paint.yellow }[report.verdict]
  const emphasise = (line: string) => paint.bold(colour(line))
  // Names from outside are not coloured: the code that ends the colour might combine with their end.
  const paintLine = (line: string, index: number) => (index > 0 ? line : line.replace(/^[A-Z]+/, emphasise))
  return [...wrap(verdict, width).map(paintLine), ...wrap(wrong, width), ...wrap(seen, width)]
}

/** Columns of what has changed since the baseline. */
const DRIFT = { indent: 2, label: 17 }

function renderDrift(report: Report, { width, paint }: Context): string[] {
  const rows = listDrift(report)
  if (rows.length === 0) return []
  const lines = rows.flatMap(({ label, items }) =>
    items.flatMap((item, index) =>
      labelled(index > 0 ? '' : label, item, { width, ...DRIFT, paint: paint.dim }),
    ),
  )
  const heading = wrap(`Since ${nameBaseline(report)}`, width).map((line) => paint.bold(line))
  return [...heading, ...lines]
}

/** Beside what fails, a word for what does not. */
function sayWeight({ fails }: Finding): string {
  return fails ? '' : ' (does not fail the check)'
}

/** Causes without their details: a line each, and of very many only where they are. */
function renderFolded(groups: Group[], context: Context): string[] {
  if (groups.length === 0) return []
  const { width, paint, mode } = context
  const more = count(groups.length, 'more cause')
  const failing = sayFailing(
    groups.map(({ first }) => first),
    mode,
  )
  const lines = groups.slice(0, MOST_LINES).flatMap((group) => {
    const { first } = group
    const label = first.kind === 'doubt' ? 'DOUBT' : first.severity.toUpperCase()
    const paintIt = paintSeverity(first.severity, paint)
    return labelled(label, `${nameGroup(group)}${sayWeight(first)}`, { width, ...LABEL, paint: paintIt })
  })
  const rest = groupBy(
    groups.slice(MOST_LINES).flatMap(({ findings }) => findings),
    ({ id, severity, fails }) => [id, severity, fails],
  )
  return [
    ...wrap(`${more} (${failing}) in short; report.html and report.json have all in full`, width).map(
      paint.bold,
    ),
    ...lines,
    ...rest.flatMap((group) => renderTitleAndPlaces(group, context)),
  ]
}

function renderTitleAndPlaces({ first, findings }: Group, { width, paint }: Context): string[] {
  const label = first.kind === 'doubt' ? 'DOUBT' : first.severity.toUpperCase()
  const text = `${first.id}, ${formatNumber(findings.length)} times${sayWeight(first)}: ${atMost(
    listWhere(findings).map((where) => printable(where)),
    MOST_PLACES,
  ).join('; ')}`
  return labelled(label, text, { width, ...LABEL, paint: paintSeverity(first.severity, paint) })
}

function renderGroup(group: Group, { width, paint, links, isLinked }: Context): string[] {
  const { first, findings } = group
  const mark = (line: string, text: string, address: string | undefined) =>
    isLinked && address !== undefined ? line.replace(text, () => linkText(text, address)) : line
  const many = findings.length > 1 ? `, ${formatNumber(findings.length)} times` : ''
  const novelty = sayNovelty(findings)
  const severity = first.severity.toUpperCase() + (first.kind === 'doubt' ? ' DOUBT' : '')
  const [title = '', ...rest] = wrap(
    `${severity}  ${first.id}${many}${novelty && `, ${novelty}`}${sayWeight(first)}`,
    width,
  )
  const { message, why, remedy } = listWordings(group)
  const say = (texts: Text[]) => texts.map((text) => printable(plain(text)))
  const row = (label: string, ...texts: string[]) =>
    texts.flatMap((text, index) => labelled(index ? '' : label, text, { width, ...LABEL, paint: paint.dim }))
  return [
    paint.bold(paintSeverity(first.severity, paint)(mark(title, first.id, linkToFinding(first.id, links)))),
    ...rest,
    ...row('what', ...say(message)),
    ...row('where', ...renderSpots(findings)),
    ...(first.state ? row('state', sayState(first)) : []),
    ...row('why', ...say(why)),
    ...row('remedy', ...say(remedy)),
    ...row('policy', ...renderPlaces(findings)).map((line) =>
      mark(
        line,
        first.place ? printable(formatPlace(first.place)) : '',
        first.place && linkToPlace(first.place, links),
      ),
    ),
    ...(isLinked ? row('sources', listSources(first).map(nameSite).join(', ')) : []).map((line) =>
      listSources(first).reduce((text, source) => mark(text, nameSite(source), source), line),
    ),
  ]
}

function sayState({ state, reason, service, usual }: Finding): string {
  const why = reason ? ` (${printable(reason, 40)})` : ''
  const guess = usual ? `, usually ${printableAscii(usual, 40)}` : ''
  return `${state}${why}${service ? `, ${printableAscii(service, 40)}` : ''}${guess}`
}

/** `nvd.nist.gov/vuln/detail/CVE-2015-1427`. */
function nameSite(source: string): string {
  return printable(source.replace(/^https?:\/\/(www\.)?/, '').replace(/\/$/, ''), 100)
}

function renderSpots(findings: readonly Finding[]): string[] {
  return atMost(listWhere(findings).map((where) => printable(where)))
}

function renderPlaces(findings: readonly Finding[]): string[] {
  return atMost([...new Set(findings.flatMap(({ place }) => (place ? printable(formatPlace(place)) : [])))])
}

function renderNotes(findings: readonly Finding[], { width, paint }: Context): string[] {
  const groups = groupFindings(findings).filter(({ first }) => isNote(first))
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
  const shown = open.slice(0, MOST_HOSTS)
  const lines = shown.flatMap((host) => renderHost(host, width, paint))
  const left = open.slice(MOST_HOSTS).reduce((sum, { hosts }) => sum + hosts, 0)
  if (left > 0) lines.push(`     and ${count(left, 'more host')}; report.html has all of them`)
  // Of some of them nothing may be known at all: they are among the doubts.
  if (shut) lines.push(`  -  nothing seen open on ${count(shut, 'address', 'addresses')}`)
  return [...titleOfHosts(width, paint), ...lines]
}

/** The letters are explained where they stand. */
function titleOfHosts(width: number, paint: Palette): string[] {
  return [
    ...wrap(`Hosts, worst posture first (${POSTURE})`, width).map((line) => paint.bold(line)),
    ...wrap(POSTURE_LEGEND, width - 2).map((line) => paint.dim(`  ${line}`)),
  ]
}

function renderHost(
  { posture, host, context, rows, left }: OpenHost,
  width: number,
  paint: Palette,
): string[] {
  const colour = posture < 'C' ? paint.green : posture < 'E' ? paint.yellow : paint.red
  const [head = '', ...tail] = wrap([host, context].filter(Boolean).join(' '), width - 5)
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
