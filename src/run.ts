import { randomInt } from 'node:crypto'
import { isDelicate, riskOf } from './catalogue/catalogue.ts'
import { judge } from './judge/judge.ts'
import { listRequired } from './judge/rules.ts'
import { type Loaded, load } from './load.ts'
import type { Place, Policy, Report, ScanPlan, ScanResult, Waited } from './model.ts'
import { type Options, parseOptions, type Request } from './options.ts'
import { makePlan } from './policy/plan.ts'
import { listRefused, refuseAddress } from './policy/scope.ts'
import type { Refuses } from './scan/locate.ts'
import { type Progress, scan } from './scan/scan.ts'
import { waitForRequired } from './scan/wait.ts'
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
  const refuses = (address: string, name?: string) =>
    refuseAddress(request.scope, address, name) !== undefined
  const waited = await wait(request, plan, { ...context, refuses })
  const result = await scan(plan, {
    ...context,
    refuses,
    suggest: (port) => {
      const entry = riskOf(catalogue, port)
      return entry?.over === 'http' ? 'http' : entry?.service
    },
    isDelicate: (port) => isDelicate(catalogue, port),
  })
  return report(
    request,
    loaded,
    plan,
    result,
    judge({ policy, plan, scan: result, catalogue, now: result.startedAt }),
    waited,
  )
}

async function wait(
  { waitMs }: Request,
  plan: ScanPlan,
  context: RunContext & { refuses: Refuses },
): Promise<Waited | undefined> {
  if (waitMs === undefined) return undefined
  const now = new Date()
  const waited = await waitForRequired(plan, {
    ...context,
    limitMs: waitMs,
    listRequired: (planned, address) => listRequired(planned, now, address),
  })
  context.onWaited?.(waited)
  return waited
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
    throw new Unusable([formatPlaced(problem.message + (problem.hint ? ` (${problem.hint})` : ''), place)])
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

/** Most hosts outside of the scope that are named one by one. */
const MOST_REFUSED = 20

/** Nothing is looked up or probed while the plan names anything that may not be. */
function holdScope(plan: ScanPlan, scope: Request['scope']): void {
  const refused = listRefused(plan, scope)
  if (refused.length === 0) return
  const lines = refused.slice(0, MOST_REFUSED).map(({ message, place }) => formatPlaced(message, place))
  const more =
    refused.length > lines.length ? [`${refused.length - lines.length} more may not be probed.`] : []
  const hint = 'Nothing was sent. Add to `scope` what is yours to probe, or take it out of the policy.'
  throw new Unusable([...lines, ...more, hint])
}

function formatPlaced(message: string, place?: Place): string {
  return place ? `${place.file}:${place.line}:${place.column}: ${message}` : message
}

function report(
  { mode }: Request,
  { policy }: Loaded,
  plan: ScanPlan,
  { startedAt, finishedAt, vantage }: ScanResult,
  { verdict, coverage, hosts, findings }: ReturnType<typeof judge>,
  waited: Waited | undefined,
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
