import { randomInt } from 'node:crypto'
import { isDelicate, protocolOf, riskOf, UNKNOWN_SEVERITY } from './catalogue/catalogue.ts'
import { fitService } from './catalogue/satisfies.ts'
import { judge } from './judge/judge.ts'
import type { Review } from './judge/review.ts'
import { createRequirements } from './judge/rules.ts'
import { answerOf } from './judge/services.ts'
import { isAtLeast } from './judge/verdict.ts'
import { type Loaded, load } from './load.ts'
import type { Diagnostic, PlannedEndpoint, Policy, Report, ScanPlan, ScanResult, Waited } from './model.ts'
import { type Options, parseOptions, type Request } from './options.ts'
import { findEnvironment } from './policy/environments.ts'
import { createExcludes } from './policy/exclude.ts'
import { findNamedAnywhere, findNamedServices } from './policy/named.ts'
import { makePlan } from './policy/plan.ts'
import { quote } from './policy/problem.ts'
import { findRemarks } from './policy/remarks.ts'
import { leadsHome, namesLoopback, refuseAddress } from './policy/scope.ts'
import { readBefore, reviewPolicy } from './review.ts'
import type { Progress } from './scan/context.ts'
import { scan } from './scan/scan.ts'
import { holdScope } from './scope.ts'
import { fromRoot, type Tree } from './tree.ts'
import { Unusable } from './unusable.ts'
import type { Validated } from './valid.ts'
import { VERSION } from './version.ts'

/** The world around a run. */
export interface RunContext {
  /** The folder of the repository: the user's paths are relative to it. */
  root: string
  /** The policy is taken from here and judged by. */
  tree: Tree
  /**
   * What a change of the policy is held against: reviewed `from` → `to`. On pull requests: the base and the head,
   * whichever of them `tree` is.
   */
  review?: { from: Tree; to: Tree }
  env: NodeJS.ProcessEnv
  /** Ends the scan with what it has; the report says so. */
  signal: AbortSignal
  /** The environment that is being deployed to: taken where no other is named and the policy has it. */
  deploysTo?: string
  onProgress?(progress: Progress): void
  /** Told once how a wait for required ports has ended. */
  onWaited?(waited: Waited): void
  /** Told what the user should know, as a sentence. */
  say?(sentence: string): void
}

/**
 * The whole of Portgate: from what the user asks for to the report.
 *
 * @throws {Unusable} where the options, the policy or the plan cannot be used; nothing was scanned then
 */
export async function run(options: Options, context: RunContext): Promise<Report> {
  const request = parseOptions(options)
  const loaded = await loadFor(request, context)
  const { plan, missing } = plot(request, loaded, context.deploysTo)
  if (missing.length > 0) throw new Unusable([], missing, 'UNUSABLE: The policy names nothing to scan')
  sayUnknownEnvironment(request, loaded, context)
  const review = context.review && (await reviewFor(request, context, context.review))
  const { policy, catalogue } = loaded
  const guess = (port: number, named?: string) => {
    const entry = riskOf(catalogue, port, named)
    return entry && protocolOf(entry)
  }
  const namedAnywhere = findNamedAnywhere(plan)
  const isLoopbackMeant = namesLoopback(policy, plan, request.scope)
  const result = await scan(plan, {
    ...context,
    waitMs: request.waitMs,
    serviceOn: (port) => guess(port, namedAnywhere(port)),
    createGuesses: (planned, address) => {
      const namedOn = findNamedServices(planned, address)
      return (port) => {
        const named = namedOn(port)
        return { hint: guess(port, named), isNamed: named !== undefined }
      }
    },
    isDelicate: (port) => isDelicate(catalogue, port),
    isGrave: (port) => isAtLeast(riskOf(catalogue, port)?.severity ?? UNKNOWN_SEVERITY, 'high'),
    refuses: (address, name) =>
      refuseAddress(request.scope, address, name) !== undefined ||
      (!isLoopbackMeant && leadsHome(address, name)),
    excludes: createExcludes(policy),
    listRequired: createRequirements(),
    isService: (found, service) => fitService(catalogue, answerOf(found), service) === 'fits',
  })
  const isEmptied = result.hosts.length === 0 && result.unseen.length === 0 && result.excluded !== undefined
  if (isEmptied) throw new Unusable([sayAllExcluded(policy)])
  return report(
    request,
    context.tree,
    loaded,
    plan,
    result,
    judge({ policy, plan, scan: result, catalogue, now: result.startedAt, review }),
  )
}

/**
 * Reads and checks the policy, and what else is asked for, without a scan.
 *
 * @throws {Unusable} where any of it cannot be used
 */
export async function validate(
  options: Options,
  context: Pick<RunContext, 'root' | 'tree' | 'deploysTo'>,
): Promise<Validated> {
  const request = parseOptions(options)
  const loaded = await loadFor(request, context)
  const { plan, missing } = plot(request, loaded, context.deploysTo)
  return { endpoints: plan.endpoints.length, notes: [...missing, ...findRemarks(loaded.policy)] }
}

/** Where the policy of the base holds, the one that a pull request brings does not help. */
const BASE_ONLY =
  'The policy of the base holds here, as it does for all code from a fork; the one that is checked out is reviewed, and holds once it is merged.'

function loadFor(
  { policy, endpoints }: Request,
  { root, tree, review }: Pick<RunContext, 'root' | 'tree' | 'review'>,
): Promise<Loaded> {
  const file = policy === undefined ? undefined : fromRoot(root, policy)
  return load(tree, file, endpoints.length > 0, async () => {
    if (tree === review?.from) return BASE_ONLY
    return tree === review?.to ? sayRemovedFrom(review.from, file) : undefined
  })
}

/** Who reviews a pull request has to know that it is what takes the policy out; undefined where there was none. */
async function sayRemovedFrom(base: Tree, file: string | undefined): Promise<string | undefined> {
  const before = await readBefore(base, file).catch(() => undefined)
  if (!before) return undefined
  const { file: was } = before.policy
  return `This pull request removes or moves the policy of its base, ${quote(was)} at ${quote(base.ref ?? '')}: restore it, or name its new path in \`policy\`.`
}

async function reviewFor(
  { policy, endpoints, failOnLoosening, onDoubt = 'fail' }: Request,
  { root }: RunContext,
  trees: { from: Tree; to: Tree },
): Promise<Review> {
  const file = policy === undefined ? undefined : fromRoot(root, policy)
  const doubts = { mayPass: onDoubt === 'warn' }
  const review = await reviewPolicy({ ...trees, file, endpoints, doubts })
  return { ...review, failOn: failOnLoosening, onDoubt }
}

/** Whoever deploys to an environment of its own may take this for its gate. */
function sayUnknownEnvironment(
  { environment }: Request,
  { policy }: Loaded,
  { deploysTo, say }: RunContext,
): void {
  if (environment !== undefined || deploysTo === undefined || findEnvironment(policy, deploysTo)) return
  const all = policy.environments.length > 0 ? 'all of its environments are checked' : 'it has none'
  say?.(`The event deploys to ${quote(deploysTo)}, an environment that ${policy.file} does not have: ${all}.`)
}

/** What is to be scanned, and what is wrong with it where the policy, or an environment that was asked for, names nothing. */
function plot(
  request: Request,
  { policy, noEndpoints, catalogue }: Loaded,
  deploysTo?: string,
): { plan: ScanPlan; missing: Diagnostic[] } {
  const { endpoints, ports, ip, maxRate, timeLimitMs, identify, failOn, onDoubt } = request
  // A name that the policy does not have stays as it is written: the plan says so.
  const asked = request.environment && (findEnvironment(policy, request.environment) ?? request.environment)
  const environment = asked ?? findEnvironment(policy, deploysTo)
  const scan = {
    ...(ports && { ports }),
    ...(ip && { ip }),
    ...(maxRate !== undefined && { maxRate }),
    ...(timeLimitMs !== undefined && { timeLimitMs }),
    ...(identify !== undefined && { identify }),
  }
  const seed = randomInt(2 ** 31)
  const planned = makePlan(policy, { environment, endpoints, scan, failOn, onDoubt, seed }, catalogue)
  if (planned.problem) {
    const { problem, place } = planned
    const where = place ? `${place.file}:${place.line}:${place.column}: ` : ''
    const isUnknown = problem.code === 'bad-environment'
    throw new Unusable(
      [`${where}${problem.message}${problem.hint ? ` (${problem.hint})` : ''}`],
      [],
      isUnknown ? 'UNUSABLE: The policy has no such environment' : 'UNUSABLE: The run would be too large',
    )
  }
  const plan = planned.value
  const isEmpty = plan.endpoints.length === 0 || (endpoints.length === 0 && environment === undefined)
  holdScope(plan, request.scope)
  const excludes = createExcludes(policy)
  const isExcluded = ({ addresses }: PlannedEndpoint) => addresses?.every(excludes) ?? false
  if (plan.endpoints.length > 0 && plan.endpoints.every(isExcluded))
    throw new Unusable([sayAllExcluded(policy)])
  return { plan, missing: isEmpty ? noEndpoints : [] }
}

function sayAllExcluded({ file, exclude: [first] }: Policy): string {
  const where = first ? `:${first.place.line}:${first.place.column}` : ''
  return `${file}${where}: \`exclude\` leaves nothing to scan: every address of the endpoints is in it.`
}

function report(
  { mode }: Request,
  { ref }: Tree,
  { policy }: Loaded,
  plan: ScanPlan,
  { startedAt, finishedAt, vantage, waited }: ScanResult,
  { verdict, coverage, hosts, findings, policyChanges }: ReturnType<typeof judge>,
): Report {
  return {
    schemaVersion: 1,
    tool: { name: 'portgate', version: VERSION },
    policy: { file: policy.file, ...(ref === undefined ? {} : { ref }), hash: policy.hash },
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
    policyChanges,
  }
}
