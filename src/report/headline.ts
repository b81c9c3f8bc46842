/** The words of reports that are not a finding's: the three lines at the top, and groups in a few words. */
import { type Finding, type Report, SEVERITIES, type Severity, type Shard } from '../model.ts'
import { LAST_PORT } from '../port-ranges.ts'
import { count, formatNumber } from './counts.ts'
import { printable } from './escape.ts'
import { wordInFew } from './findings.ts'
import { type Group, groupWorse } from './group.ts'
import { sayNews } from './news.ts'
import { formatTarget, listSpots, type Spot } from './spots.ts'
import { isBlock } from './wording/names.ts'
import { THIS_RUN } from './wording/wording.ts'

/** The three lines that every reader sees first. */
interface Headline {
  verdict: string
  wrong: string
  seen: string
}

/** `1 critical, 2 low`, worst first, without zero counts. */
function countSeverities(findings: readonly Finding[]): string {
  const tally = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length
  return SEVERITIES.flatMap((severity) =>
    tally(severity) ? `${formatNumber(tally(severity))} ${severity}` : [],
  ).join(', ')
}

/**
 * What the run says in three lines.
 * @param room most characters of `wrong`; the first item is kept even if it alone is longer
 */
export function headline(report: Report, room = 200): Headline {
  return { verdict: sayVerdict(report), wrong: sayWrong(report, room), seen: saySeen(report) }
}

/** With a baseline, what is new comes before anything else. */
function sayVerdict(report: Report): string {
  if (report.shard) return sayShard(report, report.shard)
  const { mode, verdict } = report
  const name = verdict.toUpperCase() + (mode === 'audit' ? ' (audit mode)' : '')
  const news = sayNews(report, nameGroup)
  const weight = weigh(report)
  if (news === undefined) return `${name}${weight}`
  return `${name}: ${news}${weight.replace(/^[:,]/, ';')}`
}

/** What the verdict rests on, after its name. */
function weigh({ mode, verdict, findings, coverage }: Report): string {
  const audit = mode === 'audit'
  const violations = findings.filter(({ kind }) => kind === 'violation')
  const failing = violations.filter(({ fails }) => fails)
  const doubts = findings.filter(({ kind }) => kind === 'doubt')
  const failingDoubts = doubts.filter(({ fails }) => fails)
  const subjects = [
    failing.length ? count(failing.length, 'violation') : '',
    failingDoubts.length ? count(failingDoubts.length, 'doubt') : '',
  ].filter(Boolean)
  const verb = failing.length + failingDoubts.length === 1 ? 'fails' : 'fail'
  const act = audit ? 'would fail' : `${verb} the check`
  const spared = sayKnown(violations)
  if (verdict === 'fail')
    return `: ${subjects.join(' and ')} ${act} (${countSeverities(failing)})${spared && `; ${spared}`}`
  if (verdict === 'inconclusive') {
    const rest = spared && `; ${spared}`
    if (failingDoubts.length) return `: ${subjects.join(' and ')} ${act}${rest}`
    return `: ${count(doubts.length, 'doubt')}; on-doubt is warn, so the check does not fail${rest}`
  }
  if (spared) return `: ${spared}`
  if (violations.length) {
    return `: ${count(violations.length, 'violation')} (${countSeverities(violations)}), none at or above fail-on`
  }
  if (coverage.pairs === 0) return ', but nothing was scanned'
  return ': every port seen is as the policy says'
}

/** The violations that the baseline has as well and that do not fail; empty where there are none. */
function sayKnown(violations: readonly Finding[]): string {
  const known = violations.filter(({ novelty, fails }) => novelty === 'known' && !fails)
  if (known.length === 0) return ''
  const does = known.length === 1 ? 'does' : 'do'
  return `${count(known.length, 'known violation')} ${does} not fail (${countSeverities(known)})`
}

/** A part of a plan has no verdict. */
function sayShard({ findings, coverage }: Report, { index, of }: Shard): string {
  const name = `SHARD ${index} of ${of}`
  if (findings.length > 0)
    return `${name}: ${count(findings.length, 'doubt')} about what it saw; \`portgate merge\` judges it with the others`
  if (coverage.pairs === 0) return `${name}: it has nothing to scan`
  return `${name}: its part was scanned; \`portgate merge\` judges it with the others`
}

function sayWrong({ findings, shard }: Report, room: number): string {
  const groups = groupWorse(findings)
  if (groups.length === 0) {
    const notes = findings.length
    if (shard) return 'No doubt about what it saw'
    return `No violation and no doubt${notes ? `; ${count(notes, 'note')}` : ''}`
  }
  const more = (left: number) => (left ? ` · ${count(left, 'more cause')}` : '')
  let text = ''
  for (const [index, group] of groups.entries()) {
    const next = text ? `${text} · ${nameGroup(group)}` : nameGroup(group)
    const left = groups.length - index - 1
    if (text && next.length + more(left).length > room) return text + more(left + 1)
    text = next
  }
  return text
}

/** A group in a few words: `redis open on 192.0.2.0/24 port 6379 (8 addresses)`. */
export function nameGroup({ first, findings }: Group): string {
  const spots = listSpots(findings)
  const target = printable((spots[0] && formatTarget(spots[0])) || THIS_RUN, 80)
  const where = target + sayMore(spots)
  return wordInFew(first, where, sayService(first)) ?? `${first.id}: ${where}`
}

/** What answers, and the guess where there is one: `redis`, `http (usually elasticsearch)`; `port` where neither is known. */
function sayService({ service, usual }: Finding): string {
  if (usual === undefined) return printable(service ?? 'port', 30)
  return `${printable(service ?? 'unidentified service', 30)} (usually ${printable(usual, 30)})`
}

function sayMore([first, ...others]: Spot[]): string {
  const addresses = first?.addresses.length ?? 0
  if (isBlock(first?.endpoint)) {
    const more = addresses - 1 + others.reduce((sum, spot) => sum + Math.max(1, spot.addresses.length), 0)
    return more > 0 ? ` and ${formatNumber(more)} more` : ''
  }
  if (others.length > 0) return ` and ${formatNumber(others.length)} more`
  return addresses > 1 ? ` (${formatNumber(addresses)} addresses)` : ''
}

function saySeen({ coverage }: Report): string {
  const { endpoints, addresses, ports, pairs, unknown, skippedIpv6 } = coverage
  const skipped = skippedIpv6.length
    ? `; ${count(skippedIpv6.length, 'IPv6 address', 'IPv6 addresses')} left out`
    : ''
  const hosts = `${count(endpoints, 'endpoint')}, ${count(addresses, 'address', 'addresses')}`
  if (pairs === 0) return `Saw nothing: ${hosts}, no port probed${skipped}`
  const saw = `${hosts}, ${formatNumber(ports)} of ${formatNumber(LAST_PORT)} ports`
  if (unknown)
    return `Saw ${saw}; ${formatNumber(unknown)} of ${formatNumber(pairs)} stayed unknown${skipped}`
  return `Saw ${saw}${skipped || '; nothing stayed unknown'}`
}
