import type { Location, Log, Notification, ReportingDescriptor, Result } from 'sarif'
import { type Finding, type FindingId, type Report, SEVERITIES, type Severity } from '../model.ts'
import { count, formatNumber } from './counts.ts'
import { printable } from './escape.ts'
import { FINDINGS, type FindingHelp, wordFinding } from './findings.ts'
import { renderJson } from './json.ts'
import { encodeSegment, isInRepository, linkToFinding, type Origin } from './links.ts'
import { plain } from './wording/text.ts'

/** A report as SARIF 2.1.0. */
export interface Sarif {
  text: string
  /** Says what was left out; undefined where nothing was. */
  cut?: string
}

/** GitHub keeps at most this many results of a run, and refuses more than 25,000. */
const MOST_RESULTS = 5_000

/**
 * GitHub refuses a file of more than 10 MB, compressed. This is the limit before compression, so that it holds
 * whatever the texts are; the rest is for the rules.
 */
const MOST_BYTES = 10_000_000 - 100_000

/** GitHub's words for a score, and scores well inside of them; `info` is not a security finding. */
const SCORES: Record<Severity, number> = { critical: 9.5, high: 8, medium: 5.5, low: 2, info: 0 }

/** The usual policy file: a finding without a line in a policy of the repository is reported on its first line. */
const DEFAULT_POLICY = '.github/port-policy.yml'

/**
 * The report in SARIF 2.1.0 for code scanning: one rule for each id, one result for each finding, worst first, as many
 * as GitHub keeps. Code scanning reads the severity of a result from its rule alone, so a rule has the worst of its
 * results, and each result says its own in its message, rank and properties.
 *
 * Limits and fields: https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support
 */
export function renderSarif(report: Report, origin?: Origin): Sarif {
  const { findings } = report
  const results = keepFitting(
    findings.map((finding) => toResult(finding, report)),
    findings,
  )
  const cut = results.length < findings.length ? sayCut(results.length, report) : undefined
  const unseen = findings.filter(({ kind }) => kind === 'doubt').length
  const notices = [...(cut === undefined ? [] : [cut]), ...(unseen > 0 ? [sayUnseen(unseen)] : [])]
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Portgate',
            semanticVersion: printable(report.tool.version, 40),
            ...(origin && { informationUri: origin.repository }),
            rules: listRules(report.findings, origin),
          },
        },
        invocations: [
          {
            // Code scanning considers an alert fixed if a complete analysis lacks it.
            executionSuccessful: unseen === 0 && cut === undefined,
            startTimeUtc: report.startedAt,
            endTimeUtc: report.finishedAt,
            ...(notices.length > 0 && { toolExecutionNotifications: notices.map(notify) }),
          },
        ],
        originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The root of the repository.' } } },
        columnKind: 'utf16CodeUnits',
        properties: { verdict: report.verdict, mode: report.mode, coverage: listCoverage(report) },
        results,
      },
    ],
  }
  return { text: renderJson(log, 0), ...(cut !== undefined && { cut }) }
}

/**
 * As many results as there is room for, worst first. Hosts take turns, so that one with thousands of findings leaves room for those
 * of all others.
 */
function keepFitting(results: Result[], findings: readonly Finding[]): Result[] {
  const counts = new Map<string, number>()
  const turns = findings.map(({ environment, endpoint, address }) => {
    const host = JSON.stringify([environment, endpoint, address])
    const turn = counts.get(host) ?? 0
    counts.set(host, turn + 1)
    return turn
  })
  const order = [...results.keys()].sort((a, b) => (turns[a] ?? 0) - (turns[b] ?? 0))
  let bytes = 0
  const end = order.slice(0, MOST_RESULTS).findIndex((index) => {
    bytes += Buffer.byteLength(renderJson(results[index], 0))
    return bytes > MOST_BYTES
  })
  const kept = new Set(order.slice(0, end === -1 ? MOST_RESULTS : end))
  return results.filter((_, index) => kept.has(index))
}

function sayCut(kept: number, { findings }: Report): string {
  return `report.sarif has ${formatNumber(kept)} of ${count(findings.length, 'finding')}, the worst of each host, as many as code scanning takes; report.json has all of them.`
}

function sayUnseen(doubts: number): string {
  return `This run could not see everything (${count(doubts, 'doubt')}): a finding that it lacks may still be there.`
}

function notify(text: string): Notification {
  return { level: 'warning', message: { text } }
}

function listCoverage({ coverage }: Report): object {
  const { skippedIpv6, ...counts } = coverage
  return { ...counts, skippedIpv6: skippedIpv6.length }
}

/** One rule for each finding id, found or not, in the order of the documentation. */
function listRules(findings: readonly Finding[], origin: Origin | undefined): ReportingDescriptor[] {
  const seen = new Map<string, Set<Severity>>(Object.keys(FINDINGS).map((id) => [id, new Set()]))
  for (const { id, severity } of findings) seen.get(id)?.add(severity)
  return (Object.entries(FINDINGS) as [FindingId, FindingHelp][]).map(([id, help]) => {
    const worst = SEVERITIES.find((severity) => seen.get(id)?.has(severity))
    return toRule(id, help, worst ?? help.severity, origin)
  })
}

function toRule(id: FindingId, help: FindingHelp, severity: Severity, origin?: Origin): ReportingDescriptor {
  const { kind, title, means, certain, remedy } = help
  const isRisk = severity !== 'info'
  return {
    id,
    ...nameRule(id),
    shortDescription: { text: title },
    fullDescription: { text: means },
    help: {
      text: [means, `Evidence: ${certain}`, `What to do: ${remedy}`].join('\n\n'),
      markdown: [means, `**Evidence.** ${certain}`, `**What to do.** ${remedy}`].join('\n\n'),
    },
    ...(origin && { helpUri: linkToFinding(id, { origin }) }),
    defaultConfiguration: { level: kind === 'note' ? 'note' : 'warning' },
    properties: {
      tags: isRisk ? ['security', 'network', kind] : ['network', kind],
      precision: 'very-high',
      ...(isRisk
        ? { 'security-severity': SCORES[severity].toFixed(1) }
        : { 'problem.severity': 'recommendation' }),
    },
  }
}

/** `UnexpectedOpenPort`. A name has to differ from the id in more than its case, so an id of one word has none. */
function nameRule(id: string): { name?: string } {
  if (!id.includes('-')) return {}
  return { name: id.replace(/(?:^|-)([a-z])/g, (_all, letter: string) => letter.toUpperCase()) }
}

const RULES = Object.keys(FINDINGS)

function toResult(finding: Finding, report: Report): Result {
  const { id, kind, severity, state, reason, port, fingerprint } = finding
  const names = { environment: finding.environment, endpoint: finding.endpoint, address: finding.address }
  return {
    ruleId: id,
    ruleIndex: RULES.indexOf(id),
    level: levelOf(finding, report.mode),
    rank: SCORES[severity] * 10,
    message: { text: sayFinding(finding) },
    locations: [locate(finding, report)],
    // Code scanning tells alerts apart by this name alone.
    partialFingerprints: { primaryLocationLineHash: fingerprint },
    properties: {
      kind,
      severity,
      ...Object.fromEntries(
        Object.entries(names).map(([name, text]) => [name, text && printable(text, 300)]),
      ),
      port,
      service: finding.service && printable(finding.service, 100),
      usual: finding.usual && printable(finding.usual, 100),
      state,
      reason,
    },
  }
}

function levelOf({ kind, fails }: Finding, mode: Report['mode']): 'error' | 'warning' | 'note' {
  if (kind === 'note') return 'note'
  return fails && mode === 'enforce' ? 'error' : 'warning'
}

function sayFinding(finding: Finding): string {
  const { severity, environment } = finding
  const { message, why, remedy } = wordFinding(finding)
  const where = environment === undefined ? '' : ` (environment ${printable(environment, 100)})`
  const lines = [
    plain(message),
    `Severity: ${severity}${where}.`,
    `Why: ${plain(why)}`,
    `Remedy: ${plain(remedy)}`,
  ]
  return lines.map((line) => plainMessage(line)).join('\n')
}

/**
 * Text for a SARIF message: it reads as written. Braces are doubled (SARIF 2.1.0, 3.11.5), and a space keeps a text
 * from being a link (3.11.6), even for readers that do not know escapes.
 */
function plainMessage(text: string): string {
  return printable(text, 2_000).replace(/[{}]/g, '$&$&').replaceAll('](', '] (')
}

/**
 * The policy line, because code scanning refuses a file in which one result has no place. A finding of the whole run is
 * on the first line of the policy; if that is built in or lies outside of the repository, of the file in which a policy
 * would be looked for.
 */
function locate({ place }: Finding, { policy }: Report): Location {
  const { file, line, column } = place ?? { file: policy.file, line: 1, column: 1 }
  if (!isInRepository(file)) return toLocation(DEFAULT_POLICY, 1, 1)
  return toLocation(file, line, column)
}

function toLocation(file: string, startLine: number, startColumn: number): Location {
  const uri = file.split('/').map(encodeSegment).join('/')
  return {
    physicalLocation: {
      artifactLocation: { uri, uriBaseId: '%SRCROOT%' },
      region: { startLine, startColumn },
    },
  }
}
