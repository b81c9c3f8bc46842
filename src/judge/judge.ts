import type { Catalogue } from '../catalogue/catalogue.ts'
import {
  type Coverage,
  FINDING_KINDS,
  type Finding,
  type Policy,
  type PolicyChange,
  type ReportHost,
  type ScanPlan,
  type ScanResult,
  SEVERITIES,
  type Verdict,
} from '../model.ts'
import { tellTogether } from './alike.ts'
import { judgeAllowances } from './allowances.ts'
import { measureCoverage, toReportHost } from './coverage.ts'
import { doubtHost, doubtRun, doubtUnseen } from './doubts.ts'
import { buildCases, type HostCase } from './host.ts'
import { applyIgnore } from './ignore.ts'
import { noteCertificates, noteCleartext, noteDifferences, noteLoneSilence, noteUntestable } from './notes.ts'
import { judgeOpenPorts } from './ports.ts'
import { ratePosture } from './posture.ts'
import { judgeRequired } from './required.ts'
import { judgeReview, type Review } from './review.ts'
import { rateBySight } from './sighted.ts'
import { listUnseen } from './unused.ts'
import { decideVerdict } from './verdict.ts'

/** What is judged, and by what. */
export interface Evidence {
  policy: Policy
  plan: ScanPlan
  scan: ScanResult
  catalogue: Catalogue
  /** Allowances are held against this day, in UTC. */
  now: Date
  /** What a pull request does to the policy. */
  review?: Review
}

/** What came of it. */
export interface Judgement {
  verdict: Verdict
  /** Worst first: what fails before what does not, then by kind and severity. */
  findings: Finding[]
  /** Those of the review, as bad as what was seen makes them. */
  policyChanges: PolicyChange[]
  hosts: ReportHost[]
  coverage: Coverage
}

/** Holds what was seen against the policy and the catalogue. */
export function judge({ policy, plan, scan, catalogue, now, review }: Evidence): Judgement {
  const { endpoints } = plan
  const cases = buildCases(endpoints, scan, catalogue, now, policy.riskyAllowances)
  const policyChanges = review ? rateBySight(review.changes, cases) : []
  const found = [
    ...doubtRun(cases, scan, endpoints),
    ...doubtUnseen(scan, endpoints),
    ...cases.flatMap((about) => judgeHost(about, now)),
    ...noteDifferences(cases),
    ...judgeAllowances(policy, endpoints, cases, listUnseen(endpoints, scan), catalogue, now),
    ...(review ? judgeReview({ ...review, changes: policyChanges }) : []),
  ]
  const findings = applyIgnore(found, policy.ignore, endpoints, now).sort(compareFindings)
  return {
    verdict: decideVerdict(findings),
    findings,
    policyChanges,
    hosts: scan.hosts.map((host) => toReportHost(host, ratePosture(host, catalogue), catalogue)),
    coverage: measureCoverage(endpoints, scan),
  }
}

function judgeHost(about: HostCase, now: Date): Finding[] {
  const violations = [...judgeOpenPorts(about), ...judgeRequired(about)]
  const notes = [
    ...noteUntestable(about),
    ...noteLoneSilence(about),
    ...noteCleartext(about),
    ...noteCertificates(about, now),
  ]
  return tellTogether(about, [...violations, ...doubtHost(about), ...notes])
}

/** Worst first; the sort is stable, so the rest stays in the order of the plan, and ports ascend. */
function compareFindings(a: Finding, b: Finding): number {
  return (
    Number(b.fails) - Number(a.fails) ||
    FINDING_KINDS.indexOf(a.kind) - FINDING_KINDS.indexOf(b.kind) ||
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity)
  )
}
