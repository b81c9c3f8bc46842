import type { Catalogue } from '../catalogue/catalogue.ts'
import {
  type Baseline,
  type Coverage,
  type Drift,
  FINDING_KINDS,
  type Finding,
  type KnownViolations,
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
import { type Earlier, openBaseline } from './baseline.ts'
import { measureCoverage, toReportHost } from './coverage.ts'
import { doubtHost, doubtRun, doubtUnseen } from './doubts.ts'
import { compareHost, noteDrift, type SeenHost, sumUpDrift } from './drift.ts'
import { buildCases, type HostCase } from './host.ts'
import { applyIgnore } from './ignore.ts'
import { noteCertificates, noteCleartext, noteDifferences, noteLoneSilence, noteUntestable } from './notes.ts'
import { type Comparison, compareFinding } from './novelty.ts'
import { judgeOpenPorts } from './ports.ts'
import { ratePosture } from './posture.ts'
import { judgeRequired } from './required.ts'
import { judgeReview, type Review } from './review.ts'
import { sightOf, siteOf } from './sight.ts'
import { rateBySight } from './sighted.ts'
import { listUnseen } from './unused.ts'
import { decideVerdict } from './verdict.ts'

/** What is judged, and by which rules. */
export interface Evidence {
  policy: Policy
  plan: ScanPlan
  scan: ScanResult
  catalogue: Catalogue
  /** Allowances are held against this day, in UTC. */
  now: Date
  /** What a pull request does to the policy. */
  review?: Review
  /** An earlier report, and what becomes of violations that it has as well. */
  baseline?: Baseline
  knownViolations?: KnownViolations
}

/** The result. */
export interface Judgement {
  verdict: Verdict
  /** Worst first: what fails before what does not, then by kind, whether the baseline has it, and severity. */
  findings: Finding[]
  /** Those of the review, as bad as what was seen makes them. */
  policyChanges: PolicyChange[]
  hosts: ReportHost[]
  coverage: Coverage
  /** What has changed since the baseline. */
  drift?: Drift
}

/** Judges what was seen by the policy and the catalogue. */
export function judge(evidence: Evidence): Judgement {
  const { policy, plan, scan, catalogue, now, review } = evidence
  const { endpoints } = plan
  const comparison = compareWith(evidence)
  const cases = buildCases(endpoints, scan, catalogue, now, policy.riskyAllowances)
  const policyChanges = review ? rateBySight(review.changes, cases) : []
  const ofRun = doubtRun(cases, scan, endpoints)
  const { ofHosts, drift } = judgeHosts(cases, now, ofRun, comparison)
  const ofPolicy = [
    ...judgeAllowances(policy, endpoints, cases, listUnseen(endpoints, scan), catalogue, now),
    ...(review ? judgeReview({ ...review, changes: policyChanges }) : []),
  ]
  const found = [
    ...ofRun,
    ...doubtUnseen(scan, endpoints),
    ...ofHosts,
    ...noteDifferences(cases),
    ...(comparison ? ofPolicy.map((finding) => compareFinding(finding, comparison)) : ofPolicy),
  ]
  const findings = applyIgnore(found, policy.ignore, endpoints, now).sort(compareFindings)
  return {
    verdict: decideVerdict(findings),
    findings,
    policyChanges,
    hosts: scan.hosts.map((host) => toReportHost(host, ratePosture(host, catalogue), catalogue)),
    coverage: measureCoverage(endpoints, scan),
    ...(drift ? { drift } : {}),
  }
}

function compareWith({ baseline, knownViolations = 'fail', scan }: Evidence): Comparison | undefined {
  if (!baseline) return undefined
  return { earlier: openBaseline(baseline), knownViolations, startedAt: scan.startedAt.toISOString() }
}

/** @param ofRun the doubts of the run */
function judgeHosts(
  cases: HostCase[],
  now: Date,
  ofRun: Finding[],
  comparison: Comparison | undefined,
): { ofHosts: Finding[]; drift?: Drift } {
  if (!comparison) return { ofHosts: cases.flatMap((about) => judgeHost(about, now).told()) }
  const { earlier } = comparison
  const seen = new Map<string, SeenHost>()
  const ofHosts = cases.flatMap((about) => {
    const { violations, doubts, told } = judgeHost(about, now)
    const seenHere = seeHost(about, violations, [...ofRun, ...doubts], earlier)
    seen.set(siteOf(about.host), seenHere)
    return [
      ...told((violation) => compareFinding(violation, comparison, about)),
      ...tellTogether(about, noteDrift(about, seenHere.drift, earlier)),
    ]
  })
  return { ofHosts, drift: sumUpDrift(seen, earlier) }
}

function seeHost(about: HostCase, violations: Finding[], doubts: Finding[], earlier: Earlier): SeenHost {
  const sight = sightOf(about, doubts)
  return {
    ...(sight ? { sight } : {}),
    drift: sight
      ? compareHost(about, sight, earlier)
      : { opened: [], closed: [], changed: [], notSeenBefore: [] },
    accused: new Set(violations.flatMap(({ port }) => port ?? [])),
  }
}

/** The findings of a host, one by one, and as they are reported. */
function judgeHost(about: HostCase, now: Date) {
  const violations = [...judgeOpenPorts(about), ...judgeRequired(about)]
  const doubts = doubtHost(about)
  const notes = [
    ...noteUntestable(about),
    ...noteLoneSilence(about),
    ...noteCleartext(about),
    ...noteCertificates(about, now),
  ]
  return {
    violations,
    doubts,
    told: (compare = (violation: Finding) => violation) =>
      tellTogether(about, [...violations.map(compare), ...doubts, ...notes]),
  }
}

/** Worst first; the sort is stable, so the rest stays in the order of the plan, and ports ascend. */
function compareFindings(a: Finding, b: Finding): number {
  return (
    Number(b.fails) - Number(a.fails) ||
    FINDING_KINDS.indexOf(a.kind) - FINDING_KINDS.indexOf(b.kind) ||
    Number(a.novelty === 'known') - Number(b.novelty === 'known') ||
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity)
  )
}
