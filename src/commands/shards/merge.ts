/** `portgate merge --plan plan.json shard-*.json`: what the shards have seen, judged once. */
import type { Report, ResultsFile, ScanResult } from '../../model.ts'
import { quote } from '../../policy/problem.ts'
import { readBaseline } from '../../prepare/baseline.ts'
import { type Options, parseOptions } from '../../prepare/options.ts'
import { holdToPlan, refuseWithPlan } from '../../prepare/plan-file/options.ts'
import { thawPlan } from '../../prepare/plan-file/thaw.ts'
import { DEFAULT_AGE, findStaleness, parseAge } from '../../prepare/results-options.ts'
import { logSafe, printable } from '../../report/escape.ts'
import { conclude } from '../../run.ts'
import { chooseReports, type Unused } from '../../shards/choose.ts'
import { joinShards } from '../../shards/join.ts'
import type { PlanFile } from '../../shards/plan-file.ts'
import { Unusable } from '../../unusable.ts'
import { readPlan } from './read-plan.ts'
import { listReports, readReports } from './read-reports.ts'

/** What to join, as the user wrote it. */
export interface MergeOptions {
  /** The file, from `root`. */
  plan?: string
  /** Files, and folders that hold some, from `root`. */
  reports: string[]
}

/** Longest reason for not using a file, in characters. */
const LONGEST_REASON = 500

/**
 * Joins the reports of the shards of a plan and judges them as one scan, by the policy, the day and the settings of the plan.
 *
 * @param context `say` receives a sentence about each report that is not used
 * @throws {Unusable} where there is no plan, or a report is of another one
 */
export async function mergeShards(
  options: Options,
  { plan: path, reports: written }: MergeOptions,
  { root, say }: { root: string; say(sentence: string): void },
): Promise<{ report: Report; file: PlanFile }> {
  refuseWithPlan(options, ['scope'])
  const maxAgeMs = readAge(options['max-age'])
  const file = await readPlan(root, path)
  holdToPlan(options, file)
  const { request, loaded, frozen } = await thawPlan(file)
  // The reason may quote the file.
  const unused = ({ file, why }: Unused) =>
    say(`The report ${quote(file)} is not used: ${logSafe(printable(why, LONGEST_REASON))}.`)
  const reports = await readReports(root, await listReports(root, written), unused)
  const foreign = reports.filter(({ digest }) => digest !== file.digest)
  if (foreign.length > 0)
    throw new Unusable(
      foreign.map(({ file }) => `The report ${quote(file)} is of another plan than ${quote(path ?? '')}.`),
      [],
      'UNUSABLE: A report is of another plan',
    )
  const scan = joinShards(frozen, chooseReports(file, frozen, reports, unused))
  const compared = parseOptions({
    baseline: options.baseline,
    'known-violations': options['known-violations'],
  })
  const baseline = await readBaseline(compared, say)
  const report = conclude({
    request: { ...request, knownViolations: compared.knownViolations },
    loaded,
    ref: file.policy.ref,
    plan: frozen.plan,
    scan: { ...scan, ...findStale(file, path ?? '', scan, maxAgeMs) },
    now: frozen.createdAt,
    review: file.review,
    baseline,
  })
  return { report, file }
}

function readAge(text: string | undefined): number {
  const { value, problem } = parseAge(text?.trim() || DEFAULT_AGE)
  if (problem) throw new Unusable([`max-age: ${problem.message}${problem.hint ? ` (${problem.hint})` : ''}`])
  return value
}

/**
 * Whether the plan is too old: names may lead elsewhere by now, and closed ports may be open. None of its reports is
 * older than it.
 */
function findStale(
  { createdAt, tool }: PlanFile,
  path: string,
  { startedAt, finishedAt }: ScanResult,
  maxAgeMs: number,
): { results?: ResultsFile[] } {
  const stale = findStaleness(Date.parse(createdAt), maxAgeMs, Date.now())
  if (!stale) return {}
  const times = { startedAt: startedAt.toISOString(), finishedAt: finishedAt.toISOString() }
  return { results: [{ file: path, tool: 'Portgate', version: tool.version, ...times, others: 0, stale }] }
}
