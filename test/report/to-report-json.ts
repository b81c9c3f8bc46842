import type { Report } from '../../src/model.ts'
import { type ReportJson, renderReport } from '../../src/report/report-json.ts'

/** A report as who reads `report.json` has it. */
export function toReportJson(report: Report): ReportJson {
  return JSON.parse([...renderReport(report)].join(''))
}
