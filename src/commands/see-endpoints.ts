import type { ScanPlan, ScanResult } from '../model.ts'
import { count } from '../numbers.ts'
import type { Loaded } from '../prepare/load.ts'
import type { Request } from '../prepare/options.ts'
import { planScan } from '../prepare/plan.ts'
import { planReports, readReports } from '../prepare/reports.ts'
import { look, type RunContext } from '../run.ts'
import type { Evidence } from '../suggest/evidence.ts'
import { joinReports } from '../suggest/reports.ts'
import { Unusable } from '../unusable.ts'

/** What was seen, and how to plan the same endpoints by another policy. */
export interface Seen {
  plan: ScanPlan
  scan: ScanResult
  now: Date
  unsteady?: Evidence['unsteady']
  /** What it is taken from, in words. */
  title: string
  planWith(loaded: Loaded): ScanPlan
}

/** Scans what the user asks for, or else what the policy names. @throws {Unusable} as a run */
export async function seeByScan(request: Request, loaded: Loaded, context: RunContext): Promise<Seen> {
  const { plan, missing } = planScan(request, loaded, context.deploysTo)
  if (missing.length > 0) throw new Unusable([], missing, 'UNUSABLE: The policy names nothing to scan')
  const scan = await look(request, loaded, plan, context)
  const now = request.results ? new Date() : scan.startedAt
  const day = scan.startedAt.toISOString().slice(0, 10)
  const planWith = (other: Loaded) => planScan(request, other, context.deploysTo).plan
  return { plan, scan, now, title: `a scan of ${day}`, planWith }
}

/** Takes several reports for one scan: what all of them have seen open is open. @throws {Unusable} where one cannot be used */
export async function seeReports(files: string[], request: Request, loaded: Loaded): Promise<Seen> {
  const reports = await readReports(files)
  const planned = planReports(reports, request, loaded)
  const { scan, unsteady } = joinReports(planned.reports, planned.plan.endpoints, 'in-all')
  const now = new Date()
  return {
    plan: planned.plan,
    scan: { ...scan, canaries: [], probes: 0, startedAt: now, finishedAt: now },
    now,
    unsteady,
    title: count(files.length, 'report'),
    planWith: (other) => planReports(reports, request, other).plan,
  }
}
