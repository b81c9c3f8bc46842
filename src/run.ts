import { randomInt } from 'node:crypto'
import { isDelicate, protocolOf, riskOf } from './catalogue/catalogue.ts'
import { judge } from './judge/judge.ts'
import { type Loaded, load } from './load.ts'
import type { Report, ScanPlan, ScanResult } from './model.ts'
import { type Options, parseOptions, type Request } from './options.ts'
import { findNamedServices } from './policy/named.ts'
import { makePlan } from './policy/plan.ts'
import { type Progress, scan } from './scan/scan.ts'
import { Unusable } from './unusable.ts'
import { VERSION } from './version.ts'

/** The world around a run. */
export interface RunContext {
  /** The folder of the repository: paths are read from here. */
  root: string
  env: NodeJS.ProcessEnv
  /** Ends the scan with what it has; the report says so. */
  signal: AbortSignal
  /** The environment that is being deployed to: taken where no other is named and the policy has it. */
  deploysTo?: string
  onProgress?(progress: Progress): void
}

/**
 * The whole of Portgate: from what the user asks for to the report.
 *
 * @throws {Unusable} where the options, the policy or the plan cannot be used; nothing was scanned then
 */
export async function run(options: Options, context: RunContext): Promise<Report> {
  const request = parseOptions(options)
  const loaded = await load(context.root, request.policy, request.endpoints.length > 0)
  const plan = plot(request, loaded, context.deploysTo)
  const { policy, catalogue } = loaded
  const named = findNamedServices(plan)
  const result = await scan(plan, {
    ...context,
    suggest: (port) => {
      const entry = riskOf(catalogue, port, named(port))
      return entry && protocolOf(entry)
    },
    isDelicate: (port) => isDelicate(catalogue, port),
  })
  return report(
    request,
    loaded,
    plan,
    result,
    judge({ policy, plan, scan: result, catalogue, now: result.startedAt }),
  )
}

/**
 * Reads and checks the policy, and what else is asked for, without a scan.
 *
 * @throws {Unusable} where any of it cannot be used
 */
export async function validate(
  options: Options,
  context: Pick<RunContext, 'root' | 'deploysTo'>,
): Promise<ScanPlan> {
  const request = parseOptions(options)
  const loaded = await load(context.root, request.policy, request.endpoints.length > 0)
  return plot(request, loaded, context.deploysTo)
}

function plot(request: Request, { policy, noEndpoints, catalogue }: Loaded, deploysTo?: string): ScanPlan {
  const known = policy.environments.some(({ name }) => name === deploysTo) ? deploysTo : undefined
  const { environment = known, endpoints, ports, ip, failOn, onDoubt } = request
  const scan = { ...(ports && { ports }), ...(ip && { ip }) }
  const seed = randomInt(2 ** 31)
  const planned = makePlan(policy, { environment, endpoints, scan, failOn, onDoubt, seed }, catalogue)
  if (planned.problem) {
    const { problem, place } = planned
    const where = place ? `${place.file}:${place.line}:${place.column}: ` : ''
    throw new Unusable([`${where}${problem.message}${problem.hint ? ` (${problem.hint})` : ''}`])
  }
  const plan = planned.value
  const isEmpty = plan.endpoints.length === 0 || (endpoints.length === 0 && environment === undefined)
  if (isEmpty && noEndpoints.length > 0) throw new Unusable([], noEndpoints)
  if (plan.endpoints.length === 0) throw new Unusable([`${policy.file} names nothing to scan.`])
  return plan
}

function report(
  { mode }: Request,
  { policy }: Loaded,
  plan: ScanPlan,
  { startedAt, finishedAt, vantage }: ScanResult,
  { verdict, coverage, hosts, findings }: ReturnType<typeof judge>,
): Report {
  return {
    schemaVersion: 1,
    tool: { name: 'portgate', version: VERSION },
    policy: { file: policy.file, hash: policy.hash },
    environments: [...new Set(plan.endpoints.flatMap(({ environment }) => environment ?? []))],
    startedAt: startedAt.toISOString(),
    finishedAt: finishedAt.toISOString(),
    vantage,
    seed: plan.seed,
    mode,
    verdict,
    coverage,
    hosts,
    findings,
  }
}
