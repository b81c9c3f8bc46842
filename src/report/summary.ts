import type { Finding, Report } from '../model.ts'
import { isNote, listChanges } from './changes.ts'
import { renderChart } from './chart.ts'
import { isWayIn, MAY_LOCK_OUT, renderClosings, titleClosings } from './closing.ts'
import { count } from './counts.ts'
import { listCoverage } from './coverage.ts'
import { listDrift, nameBaseline } from './drift.ts'
import { codeSpan, markdown, prose } from './escape.ts'
import { findFirst, isToBeClosed } from './first.ts'
import { type Group, groupFindings, groupWorse } from './group.ts'
import { headline } from './headline.ts'
import { listOpenHosts, type OpenHost } from './hosts.ts'
import type { Links } from './links.ts'
import { POSTURE, POSTURE_LEGEND } from './posture.ts'
import { formatTarget } from './spots.ts'
import { describeGroup, describeNote } from './summary-rows.ts'

/** GitHub drops the whole summary of a step over 1 MiB; what else the step writes to it needs some room. */
const SUMMARY_LIMIT = 1024 * 1024 - 64 * 1024

/** More hosts than these are folded. */
const FEW_HOSTS = 5

/** Commands are shown for at most this many ports. */
const MOST_CLOSINGS = 3

/** The letters are explained above them. */
const LEGEND = `<sub>Posture is ${POSTURE}: ${POSTURE_LEGEND}</sub>`

/** Room for the sentences that say what was left out. */
const MARGIN = 600

interface SummaryOptions {
  limitBytes?: number
  links?: Links
}

/** A part of the summary: rows between a head and a foot. The last rows may be left out. */
interface Section {
  head: string[]
  rows: string[]
  foot: string[]
  /** The sentence that says what was left out, for the rows from an index on. */
  sayLeft: (from: number) => string
}

/**
 * The report in GitHub-flavoured Markdown, for the job summary or a comment. The first three lines tell the
 * verdict and why, how much is wrong, and how much was seen. All text from outside is escaped.
 * @param limitBytes most bytes of it in UTF-8, at least 8,000; the worst findings come first, and what does not
 * fit is counted
 */
export function renderSummary(
  report: Report,
  { limitBytes = SUMMARY_LIMIT, links }: SummaryOptions = {},
): string {
  const { verdict, wrong, seen } = headline(report)
  const symbol =
    report.verdict === 'pass' ? '✅' : report.verdict === 'fail' && report.mode === 'enforce' ? '❌' : '⚠️'
  const top = [`### ${symbol} ${markdown(verdict)}`, `**${markdown(wrong)}**<br>`, markdown(seen)]
  // The coverage is short and always stated, so its room is set aside before the findings take theirs.
  const coverage = fill(describeCoverage(report), limitBytes / 4)
  const changes = fill(describeChanges(report, links), limitBytes / 8)
  const drift = fill(describeDrift(report), limitBytes / 8)
  const overview = [...describeFirst(report), ...drift, ...renderChart(report)]
  let room = limitBytes - MARGIN - bytes([...top, ...overview]) - bytes(coverage) - bytes(changes)
  const sections = [
    describeFindings(report, links),
    describeClosings(report),
    describeNotes(report, links),
    describeHosts(report),
  ]
  const [findings = [], ...parts] = sections.map((section) => {
    const lines = fill(section, room)
    room -= bytes(lines)
    return lines
  })
  return `${[...top, ...overview, ...findings, ...changes, ...parts.flat(), ...coverage].join('\n')}\n`
}

function bytes(lines: string[]): number {
  return lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0)
}

/** The lines of a section, as many rows as there is room for. A section without rows has none. */
function fill({ head, rows, foot, sayLeft }: Section, room: number): string[] {
  if (rows.length === 0) return []
  let used = bytes(head) + bytes(foot)
  let kept = 0
  for (const row of rows) {
    used += bytes([row])
    if (used > room) break
    kept += 1
  }
  const left = kept < rows.length ? ['', sayLeft(kept)] : []
  return kept ? [...head, ...rows.slice(0, kept), ...foot, ...left] : left
}

function countFrom(groups: Group[], from: number): number {
  return groups.slice(from).reduce((sum, { findings }) => sum + findings.length, 0)
}

/** What has changed since the baseline, one host a row. */
function describeDrift(report: Report): Section {
  const rows = listDrift(report).flatMap(({ label, items }) =>
    items.map((item) => `- ${label}: ${markdown(item)}`),
  )
  return {
    head: ['', `**Since ${markdown(nameBaseline(report))}**`, ''],
    rows,
    foot: [],
    sayLeft: (from) =>
      `${count(rows.length - from, 'change')} left out for lack of space; \`report.json\` has all of them.`,
  }
}

function describeFirst(report: Report): string[] {
  const first = findFirst(report)
  return first ? ['', `**Do first:** ${prose(first)}`] : []
}

function describeFindings({ findings }: Report, links?: Links): Section {
  const groups = groupWorse(findings)
  return {
    head: ['', '| Severity | Finding | Policy |', '|:--|:--|:--|'],
    rows: groups.map((group) => describeGroup(group, links)),
    foot: [],
    sayLeft: (from) =>
      `**${count(countFrom(groups, from), 'finding')} left out** for want of room; \`report.json\` has all of them.`,
  }
}

/** Commands that close the worst of the ports that should not be open. Only the port's number is filled in. */
function describeClosings({ findings }: Report): Section {
  const open = findings.filter(isToBeClosed)
  const ports = [...new Set(open.flatMap(({ port }) => port ?? []))]
  const first = ports.slice(0, MOST_CLOSINGS).map((port) => ({
    port,
    here: open.filter((finding) => finding.port === port),
  }))
  return {
    head: [],
    rows: first.map(({ port, here }) =>
      [
        '',
        `<details><summary>${markdown(titleClosings(port, here.map(nameHost)))}</summary>`,
        '',
        ...(here.some(({ service, usual }) => isWayIn(service, usual)) ? [MAY_LOCK_OUT, ''] : []),
        '```sh',
        ...renderClosings(port),
        '```',
        '',
        '</details>',
      ].join('\n'),
    ),
    foot: ports.length > first.length ? ['', '`portgate explain <port>` has them for the other ports.'] : [],
    sayLeft: () => '',
  }
}

/** The name or the address alone. */
function nameHost({ endpoint, address }: Finding): string {
  return formatTarget({ endpoint, addresses: address ? [address] : [], ports: '' })
}

function describeChanges({ policyChanges }: Report, links?: Links): Section {
  return {
    head: ['', '**Policy changes**', ''],
    rows: listChanges(policyChanges, links),
    foot: [],
    sayLeft: (from) =>
      `${count(policyChanges.length - from, 'policy change')} left out for lack of space; \`report.json\` has all of them.`,
  }
}

function describeNotes({ findings }: Report, links?: Links): Section {
  const groups = groupFindings(findings).filter(({ first }) => isNote(first))
  const notes = groups.reduce((sum, group) => sum + group.findings.length, 0)
  return {
    head: ['', `<details><summary>${count(notes, 'note')}</summary>`, ''],
    rows: groups.map((group) => describeNote(group, links)),
    foot: ['', '</details>'],
    sayLeft: (from) => `${count(countFrom(groups, from), 'note')} left out for lack of space.`,
  }
}

function describeHosts(report: Report): Section {
  const hosts = listOpenHosts(report)
  const addresses = new Set(
    report.hosts.filter(({ ports }) => ports.open.length > 0).map(({ address }) => address),
  )
  const title = `Open ports on ${count(addresses.size, 'address', 'addresses')}`
  const folded = hosts.length > FEW_HOSTS
  return {
    head: [
      '',
      folded ? `<details><summary>${title}</summary>` : `**${title}**`,
      '',
      LEGEND,
      '',
      '| Posture | Host | Open |',
      '|:-:|:--|:--|',
    ],
    rows: hosts.map(describeHost),
    foot: folded ? ['', '</details>'] : [],
    sayLeft: (from) =>
      `${count(countHosts(hosts, from), 'host')} with open ports left out for lack of space.`,
  }
}

function countHosts(hosts: readonly OpenHost[], from: number): number {
  return hosts.slice(from).reduce((sum, { hosts: alike }) => sum + alike, 0)
}

function describeHost({ posture, host, context, rows, left }: OpenHost): string {
  const open = rows.map(({ ports, service, detail }) =>
    [codeSpan(ports), markdown(service), detail && `– ${markdown(detail)}`].filter(Boolean).join(' '),
  )
  if (left) open.push(`and ${count(left, 'row')} more`)
  const who = [codeSpan(host), markdown(context)].filter(Boolean).join(' ')
  return `| ${posture} | ${who} | ${open.join('<br>')} |`
}

function describeCoverage(report: Report): Section {
  return {
    head: ['', '**Coverage**', ''],
    rows: listCoverage(report).map(({ label, text }) => `- ${label}: ${markdown(text)}`),
    foot: [],
    sayLeft: () => 'The rest of the coverage is in `report.json`.',
  }
}
