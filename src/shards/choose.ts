import { CLOCK_ERROR_MS } from '../model.ts'
import type { Attempts } from './join.ts'
import { findOutside } from './outside.ts'
import { type CutPlan, takePart } from './part.ts'
import type { PlanFile } from './plan-file.ts'
import type { ShardReport } from './shard-file.ts'

/** A report that is not used, and why, as a clause. */
export interface Unused {
  file: string
  why: string
}

/**
 * The attempts of each shard, the newest first, of the reports that fit the plan. All of these are of this plan by their digest.
 *
 * @param unused called for each report that does not fit
 */
export function chooseReports(
  { tool, createdAt, shards }: PlanFile,
  cut: CutPlan,
  reports: readonly ShardReport[],
  unused: (report: Unused) => void,
): Map<number, Attempts> {
  const parts = new Map<number, ReturnType<typeof takePart>>()
  const findWrong = ({ index, of, version, scan }: ShardReport): string | undefined => {
    if (of !== shards || index > shards)
      return `it is of shard ${index}/${of}, and the plan has ${shards} shards`
    if (version !== tool.version) return `Portgate ${version} wrote it, and ${tool.version} the plan`
    if (scan.startedAt.getTime() < Date.parse(createdAt) - CLOCK_ERROR_MS) return 'it is older than the plan'
    const part = parts.get(index) ?? takePart(cut, index)
    parts.set(index, part)
    return findOutside(part, scan)
  }
  const chosen = new Map<number, Attempts>()
  const known = new Set<string>()
  for (const report of [...reports].sort(newestFirst)) {
    const why = findWrong(report)
    if (why !== undefined) unused({ file: report.file, why })
    // The same report may have been given twice.
    if (why !== undefined || known.has(report.checksum)) continue
    known.add(report.checksum)
    const attempts = chosen.get(report.index)
    if (attempts) attempts.push(report)
    else chosen.set(report.index, [report])
  }
  return chosen
}

function newestFirst(a: ShardReport, b: ShardReport): number {
  return b.attempt - a.attempt || b.scan.finishedAt.getTime() - a.scan.finishedAt.getTime()
}
