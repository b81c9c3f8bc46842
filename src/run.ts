import { randomInt } from 'node:crypto'
import { isDelicate, riskOf } from './catalogue/catalogue.ts'
import { judge } from './judge/judge.ts'
import { listRequired } from './judge/rules.ts'
import { type Loaded, load } from './load.ts'
import type { Policy, Report, ScanPlan, ScanResult, Waited } from './model.ts'
import { type Options, parseOptions, type Request } from './options.ts'
import { makePlan } from './policy/plan.ts'
import { refuseAddress } from './policy/scope.ts'
import { type Progress, scan } from './scan/scan.ts'
import { holdScope } from './scope.ts'
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
  /** Told once how a wait for required ports has ended. */
  onWaited?(waited: Waited): void
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
  const result = await scan(plan, {
    ...context,
    waitMs: request.waitMs,
    suggest: (port) => {
      const entry = riskOf(catalogue, port)
      return entry?.over === 'http' ? 'http' : entry?.service
    },
    isDelicate: (port) => isDelicate(catalogue, port),
    refuses: (address, name) => refuseAddress(request.scope, address, name) !== undefined,
    listRequired,
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
  const { environment = findEnvironment(policy, deploysTo), endpoints, ports, ip, failOn, onDoubt } = request
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
  holdScope(plan, request.scope)
  return plan
}

/** The policy's own name of what is deployed to: GitHub takes `Production` and `production` for the same environment. */
function findEnvironment({ environments }: Policy, deploysTo: string | undefined): string | undefined {
  const names = environments.map(({ name }) => name)
  if (deploysTo === undefined || names.includes(deploysTo)) return deploysTo
  return names.find((name) => name.toLowerCase() === deploysTo.toLowerCase())
}

function report(
  { mode }: Request,
  { policy }: Loaded,
  plan: ScanPlan,
  { startedAt, finishedAt, vantage, waited }: ScanResult,
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
    ...(waited ? { waited } : {}),
    seed: plan.seed,
    mode,
    verdict,
    coverage,
    hosts,
    findings,
  }
}
