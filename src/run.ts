import { type Evidence, type Judgement, judge } from './judge/judge.ts'
import type { Policy, Report, ScanPlan, ScanResult, Waited } from './model.ts'
import { LAST_PORT } from './port-ranges.ts'
import { readBaseline } from './prepare/baseline.ts'
import { explainUnknownEnvironment } from './prepare/environment.ts'
import type { Loaded } from './prepare/load.ts'
import { type Options, parseOptions, type Request } from './prepare/options.ts'
import { countPairs, planScan, requireScanned } from './prepare/plan.ts'
import { loadPolicy, type PolicySource, policyFile } from './prepare/policy.ts'
import { readResults } from './prepare/results.ts'
import { reviewPolicy } from './prepare/review.ts'
import { createScanRules } from './prepare/scan-rules.ts'
import { keepHeapSmall } from './process/heap.ts'
import type { Progress } from './scan/context.ts'
import type { TraceRecord } from './scan/engine/trace.ts'
import { scan } from './scan/scan.ts'
import { Unusable } from './unusable.ts'
import { VERSION } from './version.ts'

/** The world around a run. */
export interface RunContext extends PolicySource {
  env: NodeJS.ProcessEnv
  /** Ends the scan with what it has; the report says so. */
  signal: AbortSignal
  /** The environment that is being deployed to. It is used if no other is named and the policy has it. */
  deploysTo?: string
  onProgress?(progress: Progress): void
  /** Receives what the scan decides about each host, as it is decided. */
  onTrace?(record: TraceRecord): void
  /** Called once, when a wait for required ports has ended. */
  onWaited?(waited: Waited): void
  /** Receives a sentence that the user should know. */
  say?(sentence: string): void
}

/**
 * The whole of Portgate: from what the user asks for to the report.
 *
 * @throws {Unusable} where the options, the policy or the plan cannot be used; nothing was scanned then
 */
export async function run(options: Options, context: RunContext): Promise<Report> {
  const { root, tree, review: sides, deploysTo, say } = context
  const request = parseOptions(options)
  const loaded = await loadPolicy(request, context)
  const { policy } = loaded

  const { plan, missing } = planScan(request, loaded, deploysTo)
  if (missing.length > 0) throw new Unusable([], missing, 'UNUSABLE: The policy names nothing to scan')
  const notice = explainUnknownEnvironment(policy, { asked: request.environment, deploysTo })
  if (notice !== undefined) say?.(notice)
  const baseline = await readBaseline(request, say)
  const review = sides && (await reviewPolicy(sides, policyFile(request, root), request))

  const result = await look(request, loaded, plan, context)
  // Earlier results are judged by today: an allowance that has expired since they were taken no longer holds for them.
  const now = request.results ? new Date() : result.startedAt
  return conclude({ request, loaded, ref: tree.ref, plan, scan: result, now, review, baseline })
}

/**
 * What there is to see of a plan: by a scan, or in the results of another scanner.
 *
 * @throws {Unusable} where there is nothing to judge
 */
export async function look(
  request: Request,
  loaded: Loaded,
  plan: ScanPlan,
  context: RunContext,
): Promise<ScanResult> {
  // Threads start more slowly after this. Small scans wait a second, by which time the second thread has started; a
  // scan of more than all ports of one host is long enough not to mind.
  if (countPairs(plan) > LAST_PORT) keepHeapSmall()
  else setTimeout(keepHeapSmall, 1_000).unref()
  const result = request.results
    ? await readResults(request.results, plan, loaded, new Date())
    : await scan(plan, {
        ...context,
        ...createScanRules(loaded, plan, request.scope),
        waitMs: request.waitMs,
      })
  requireScanned(result, loaded.policy)
  return result
}

/** The result of a run: its options, its policy, and what was seen. */
export interface Scanned extends Pick<Evidence, 'plan' | 'scan' | 'now' | 'review' | 'baseline'> {
  request: Request
  loaded: Loaded
  /** How messages name the commit that the policy is from; undefined for the folder. */
  ref: string | undefined
}

/** Judges what was seen. @throws {Unusable} where nothing was scanned */
export function conclude({ request, loaded, ref, ...seen }: Scanned): Report {
  const { policy, catalogue } = loaded
  const { plan, scan } = seen
  requireScanned(scan, policy)
  const judgement = judge({ policy, catalogue, knownViolations: request.knownViolations, ...seen })
  return assembleReport({ request, ref, policy, plan, scan, judgement })
}

/** What a report is made of. */
interface Parts {
  request: Request
  /** How messages name the commit that the policy is from; undefined for the folder. */
  ref: string | undefined
  policy: Policy
  plan: ScanPlan
  scan: ScanResult
  judgement: Judgement
}

function assembleReport({ request, ref, policy, plan, scan, judgement }: Parts): Report {
  const { startedAt, finishedAt, vantage, results, waited, shards } = scan
  const { verdict, coverage, hosts, findings, policyChanges, drift } = judgement
  return {
    schemaVersion: 1,
    tool: { name: 'portgate', version: VERSION },
    policy: {
      file: policy.file,
      ...(ref === undefined ? {} : { ref }),
      hash: policy.hash,
      ...(policy.floors ? { floors: policy.floors } : {}),
    },
    environments: [...new Set(plan.endpoints.flatMap(({ environment }) => environment ?? []))],
    startedAt: startedAt.toISOString(),
    finishedAt: finishedAt.toISOString(),
    ...(vantage ? { vantage } : {}),
    ...(results ? { results } : {}),
    ...(waited ? { waited } : {}),
    ...(shards ? { shards: shards.used } : {}),
    seed: plan.seed,
    mode: request.mode,
    verdict,
    coverage,
    hosts,
    findings,
    policyChanges,
    ...(drift ? { drift } : {}),
  }
}
