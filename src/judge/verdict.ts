import { type FailOn, type Finding, type Report, SEVERITIES, type Severity, type Verdict } from '../model.ts'

/** Whether one severity is at least as bad as another. */
export function isAtLeast(severity: Severity, other: Severity): boolean {
  return SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(other)
}

/** The worse of two severities. */
export function worse(a: Severity, b: Severity): Severity {
  return isAtLeast(a, b) ? a : b
}

/** Whether a violation of this severity fails the check. */
export function reaches(severity: Severity, failOn: FailOn): boolean {
  return failOn !== 'never' && isAtLeast(severity, failOn)
}

/** `fail` outranks `inconclusive`; any doubt makes a run inconclusive. */
export function decideVerdict(findings: readonly Finding[]): Verdict {
  if (findings.some(({ kind, fails }) => kind === 'violation' && fails)) return 'fail'
  return findings.some(({ kind }) => kind === 'doubt') ? 'inconclusive' : 'pass'
}

/** The exit status of a run that has judged: 0 pass, 1 fail, 3 inconclusive where a doubt fails. Audit never fails. */
export function exitStatus({
  mode,
  verdict,
  findings,
}: Pick<Report, 'mode' | 'verdict' | 'findings'>): 0 | 1 | 3 {
  if (mode === 'audit') return 0
  if (verdict === 'fail') return 1
  return findings.some(({ kind, fails }) => kind === 'doubt' && fails) ? 3 : 0
}
