/** The words of reports that are not a finding's: the three lines at the top. */
import { type Finding, type Report, SEVERITIES, type Severity, type Shard } from '../model.ts'
import { LAST_PORT } from '../port-ranges.ts'
import { isNote } from './changes.ts'
import { count, formatNumber } from './counts.ts'
import { type Group, groupWorse } from './group.ts'
import { nameGroup } from './name-group.ts'
import { type News, SEPARATOR, sayNews } from './news.ts'

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

/** Most characters of a line that names causes. */
const ROOM = 100

/**
 * What the run says in three lines. A verdict other than a pass is followed by its causes, the worst first, and the second line says
 * how many there are; of a pass it is the other way round. With a baseline, what is new comes first where it is why; the second line
 * ends with what is new and does not fail.
 *
 * @param room most characters of the line that names causes; the first is kept even if it alone is longer
 */
export function headline(report: Report, room = ROOM): Headline {
  const { mode, verdict, shard, findings } = report
  const seen = saySeen(report)
  const causes = groupWorse(findings)
  if (shard) return { verdict: sayShard(report, shard), wrong: sayWrong(report, causes, room), seen }
  const loosened = sayLoosened(report)
  const name = verdict.toUpperCase() + (mode === 'audit' ? ' (audit mode)' : '')
  if (verdict === 'pass')
    return { verdict: `${name}${sayPass(report)}`, wrong: sayWrong(report, causes, room) + loosened, seen }
  const news = sayNews(report)
  const why = sayCauses(report, causes, news, room - name.length - 2)
  const others = news?.others
  return { verdict: `${name}: ${why}`, wrong: weigh(report) + loosened + (others ? `; ${others}` : ''), seen }
}

/** Why the run does not pass: what is new first. */
function sayCauses(report: Report, causes: Group[], news: News | undefined, room: number): string {
  // What does not fail is no reason for a fail, nor a violation for an inconclusive run.
  const isWhy = ({ first }: Group) => (report.verdict === 'fail' ? first.fails : first.kind === 'doubt')
  const reasons = causes.filter(isWhy)
  if (!news?.failing) return listCauses(reasons, room)
  // Doubts are neither new nor known.
  const old = reasons.filter(({ first: { novelty = 'known' } }) => novelty === 'known')
  const more = old.length > 0 ? count(old.length, 'more cause') : ''
  return [news.failing, more].filter(Boolean).join('; ')
}

/** What a verdict other than a pass rests on. */
function weigh({ mode, verdict, findings }: Report): string {
  const violations = findings.filter(({ kind }) => kind === 'violation')
  const failing = violations.filter(({ fails }) => fails)
  const doubts = findings.filter(({ kind }) => kind === 'doubt')
  const failingDoubts = doubts.filter(({ fails }) => fails)
  const subjects = [
    failing.length ? count(failing.length, 'violation') : '',
    failingDoubts.length ? count(failingDoubts.length, 'doubt') : '',
  ].filter(Boolean)
  const verb = failing.length + failingDoubts.length === 1 ? 'fails' : 'fail'
  const act = mode === 'audit' ? 'would fail' : `${verb} the check`
  const severities = verdict === 'fail' ? ` (${countSeverities(failing)})` : ''
  const others = [sayKnown(violations), sayBelow(violations)]
  if (subjects.length === 0) {
    const main = `${count(doubts.length, 'doubt')}; on-doubt is warn, so the check does not fail`
    return [main, ...others].filter(Boolean).join('; ')
  }
  const main = `${subjects.join(' and ')} ${act}${severities}`
  return [main, ...others, sayWarnings(doubts)].filter(Boolean).join('; ')
}

/** The violations that are not severe enough to fail; empty where there are none. */
function sayBelow(violations: readonly Finding[]): string {
  const below = violations.filter(({ novelty, fails }) => novelty !== 'known' && !fails)
  return below.length > 0 ? `below fail-on: ${countSeverities(below)}` : ''
}

/** The doubts that do not fail, beside something that does; empty where there are none. */
function sayWarnings(doubts: readonly Finding[]): string {
  const warnings = doubts.filter(({ fails }) => !fails).length
  if (warnings === 0) return ''
  return `${count(warnings, 'doubt')} ${warnings === 1 ? 'does' : 'do'} not fail (on-doubt is warn)`
}

/** How many of some findings or causes fail: `all fail the check`, `12 would fail`, `none fails the check`. */
export function sayFailing(some: readonly Pick<Finding, 'fails'>[], mode: Report['mode']): string {
  const failing = some.filter(({ fails }) => fails).length
  const isAll = failing > 1 && failing === some.length
  const who = isAll ? 'all' : failing === 0 ? 'none' : formatNumber(failing)
  if (mode === 'audit') return `${who} would fail`
  return `${who} ${failing > 1 ? 'fail' : 'fails'} the check`
}

/** What a pass rests on, after its name. */
function sayPass(report: Report): string {
  const { findings, coverage } = report
  const news = sayNews(report)?.others
  const violations = findings.filter(({ kind }) => kind === 'violation')
  const begin = news === undefined ? ':' : `: ${news};`
  const known = sayKnown(violations)
  if (known) return `${begin} ${[known, sayBelow(violations)].filter(Boolean).join('; ')}`
  if (violations.length > 0) {
    return `${begin} ${count(violations.length, 'violation')} (${countSeverities(violations)}), none at or above fail-on`
  }
  if (coverage.pairs === 0) return `${news === undefined ? ',' : begin} but nothing was scanned`
  return `${begin} every port seen is as the policy says`
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

function sayWrong({ findings, shard }: Report, causes: Group[], room: number): string {
  if (causes.length > 0) return listCauses(causes, room)
  if (shard) return 'No doubt about what it saw'
  const notes = findings.filter(isNote).length
  return `No violation and no doubt${notes > 0 ? `; ${count(notes, 'note')}` : ''}`
}

/** That a pull request loosens the policy, and whether that fails; empty where none does. */
function sayLoosened({ policyChanges, findings }: Report): string {
  const loosened = policyChanges.filter(({ direction }) => direction === 'loosened')
  const worst = SEVERITIES.find((severity) => loosened.some((change) => change.severity === severity))
  if (worst === undefined) return ''
  const isFailing = findings.some(({ id, fails }) => id === 'policy-loosened' && fails)
  return `; policy loosened (${worst})${isFailing ? '' : ', not failing'}`
}

/** As many causes as there is room for, and at least the first; the rest is counted. */
function listCauses(causes: Group[], room: number): string {
  const sayLeft = (left: number) => (left > 0 ? [count(left, 'more cause')] : [])
  let kept: string[] = []
  for (const [index, cause] of causes.entries()) {
    const next = [...kept, nameGroup(cause)]
    const isWithin = [...next, ...sayLeft(causes.length - next.length)].join(SEPARATOR).length <= room
    if (index > 0 && !isWithin) break
    kept = next
  }
  return [...kept, ...sayLeft(causes.length - kept.length)].join(SEPARATOR)
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
