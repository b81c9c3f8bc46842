import type { Finding, PolicyChange, Report } from '../model.ts'
import { formatRanges } from '../port-ranges.ts'
import { wordFinding } from './findings.ts'
import { renderJsonPieces } from './json.ts'
import { sayChange } from './wording/review.ts'
import { plain } from './wording/text.ts'

/** A finding as `report.json` has it: in words instead of the data that they are made from. */
export interface FindingJson
  extends Omit<Finding, 'args' | 'searchDomain' | 'wasIgnored' | 'alike' | 'more'> {
  /** The finding in one sentence. */
  message: string
  /** As ranges: all ports of its host that it stands for. */
  ports?: string
  why: string
  remedy: string
}

/** A change of the policy as `report.json` has it. */
type ChangeJson = Omit<PolicyChange, 'sighting'>

/** What `report.json` holds. */
export interface ReportJson extends Omit<Report, 'findings' | 'policyChanges'> {
  findings: FindingJson[]
  policyChanges: ChangeJson[]
}

/** The report as JSON, in pieces. A finding is put into words when it is written: there may be a million. */
export function renderReport(report: Report): Generator<string> {
  const written = report.findings.map((finding) => ({ toJSON: () => toFindingJson(finding) }))
  return renderJsonPieces({ ...toReportJson({ ...report, findings: [] }), findings: written })
}

/** A report as `report.json` has it. */
export function toReportJson(report: Report): ReportJson {
  return {
    ...report,
    findings: report.findings.map(toFindingJson),
    policyChanges: report.policyChanges.map(toChangeJson),
  }
}

/** A finding as `report.json` has it. */
export function toFindingJson(finding: Finding): FindingJson {
  const { message, why, remedy } = wordFinding(finding)
  const { id, kind, severity, environment, endpoint, address, port, service, usual, state, reason } = finding
  const { place, ignored, alike, fingerprint, novelty, since, fails } = finding
  return {
    ...{ id, kind, severity, environment, endpoint, address, port, service, usual, state, reason },
    ...(alike ? { ports: formatRanges(alike.ports) } : {}),
    ...{ message: plain(message), why: plain(why), remedy: plain(remedy) },
    ...{ place, ignored, fingerprint, novelty, since, fails },
  }
}

/** A change of the policy as `report.json` has it. */
export function toChangeJson(change: PolicyChange): ChangeJson {
  const { sighting: _sighting, ...rest } = change
  return { ...rest, message: plain(sayChange(change)) }
}
