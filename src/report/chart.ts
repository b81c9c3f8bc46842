import { type Coverage, type Report, SEVERITIES, type Severity } from '../model.ts'
import { count, formatNumber } from './counts.ts'
import { measureSeen } from './coverage.ts'

/** The severities as squares that every font of emoji has. */
export const SQUARES: Record<Severity, string> = {
  critical: '🟥',
  high: '🟧',
  medium: '🟨',
  low: '🟦',
  info: '⬜',
}

const SEEN = '🟩'
const UNSEEN = '⬜'

/** Squares of the longest bar. */
const LONGEST = 12

/**
 * Bars of the violations by severity and of how much was seen, as a table in Markdown. None where a number says as much:
 * one violation or none, and all seen.
 */
export function renderChart({ findings, coverage }: Report): string[] {
  const violations = findings.filter(({ kind }) => kind === 'violation')
  if (violations.length < 2 && coverage.unknown === 0) return []
  const tally = SEVERITIES.map((severity) => ({
    severity,
    number: violations.filter((finding) => finding.severity === severity).length,
  })).filter(({ number }) => number > 0)
  const most = Math.max(...tally.map(({ number }) => number))
  const bars = tally.map(({ severity, number }) => {
    const length = Math.max(1, Math.round((number / most) * LONGEST))
    return `| ${severity} | ${SQUARES[severity].repeat(length)} | ${formatNumber(number)} |`
  })
  const failing = violations.filter(({ fails }) => fails).length
  const some = failing > 0 && failing < violations.length ? `, ${formatNumber(failing)} fail` : ''
  const title = violations.length > 0 ? count(violations.length, 'violation') + some : 'No violation'
  return ['', `| ${title} | | |`, '|:--|:--|--:|', ...bars, drawSeen(coverage)]
}

function drawSeen(coverage: Coverage): string {
  const { full, text } = measureSeen(coverage, LONGEST)
  return `| seen | ${SEEN.repeat(full)}${UNSEEN.repeat(LONGEST - full)} | ${text} |`
}
