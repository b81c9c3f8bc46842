import { randomInt } from 'node:crypto'
import type { Diagnostic, Place, PlannedEndpoint, Policy, ScanPlan, ScanResult } from '../model.ts'
import { createExcludes } from '../policy/exclude.ts'
import { makePlan } from '../policy/plan.ts'
import type { Problem } from '../policy/problem.ts'
import { Unusable } from '../unusable.ts'
import { chooseEnvironment } from './environment.ts'
import type { Loaded } from './load.ts'
import type { Request } from './options.ts'
import { holdScope } from './scope.ts'

/** What is to be scanned. */
export interface Planned {
  plan: ScanPlan
  /** What is wrong where the policy, or an environment that was asked for, names nothing to scan; else empty. */
  missing: Diagnostic[]
}

/**
 * Plans the scan of what the user asks for and the policy names.
 *
 * @param deploysTo the environment that the event deploys to
 * @throws {Unusable} where the plan is too large, names what may not be probed, or excludes everything
 */
export function planScan(
  request: Request,
  loaded: Loaded,
  deploysTo: string | undefined,
  cut?: Cut,
): Planned {
  const { policy, noEndpoints } = loaded
  const { plan, environment } = listEndpoints(request, loaded, deploysTo, cut)
  holdScope(plan, request.scope)
  const excludes = createExcludes(policy)
  const isExcluded = ({ addresses }: PlannedEndpoint) => addresses?.every(excludes) ?? false
  if (plan.endpoints.length > 0 && plan.endpoints.every(isExcluded)) throw refuseExclude(policy)
  const isEmpty = plan.endpoints.length === 0 || (request.endpoints.length === 0 && environment === undefined)
  return { plan, missing: isEmpty ? noEndpoints : [] }
}

/** How many pairs of address and port a plan has, if every name has one address. */
export function countPairs({ endpoints }: ScanPlan): number {
  return endpoints.reduce((sum, { ports, addresses }) => sum + ports.length * (addresses?.length ?? 1), 0)
}

/** How a plan is cut into shards. */
interface Cut {
  shards: number
  /** Of a plan that is made a second time. */
  seed?: number
}

/** The plan of a scan, whatever the scope is. @throws {Unusable} where it is too large */
export function listEndpoints(
  request: Request,
  { policy, catalogue }: Loaded,
  deploysTo: string | undefined,
  { shards, seed = randomInt(2 ** 31) }: Partial<Cut> = {},
): { plan: ScanPlan; environment: string | undefined } {
  const { endpoints, failOn, onDoubt } = request
  const environment = chooseEnvironment(policy, { asked: request.environment, deploysTo })
  const asked = {
    environment,
    endpoints,
    scan: listSettings(request),
    failOn,
    onDoubt,
    seed,
    shards,
  }
  const { value: plan, problem, place } = makePlan(policy, asked, catalogue)
  if (problem) throw refusePlan(problem, place)
  return { plan, environment }
}

/** The settings of the scan that the user gives, and no others: those of the policy hold for the rest. */
function listSettings({ ports, ip, maxRate, timeLimitMs, identify }: Request) {
  return {
    ...(ports && { ports }),
    ...(ip && { ip }),
    ...(maxRate !== undefined && { maxRate }),
    ...(timeLimitMs !== undefined && { timeLimitMs }),
    ...(identify !== undefined && { identify }),
  }
}

function refusePlan({ code, message, hint }: Problem, place: Place | undefined): Unusable {
  const where = place ? `${place.file}:${place.line}:${place.column}: ` : ''
  const isUnknown = code === 'bad-environment'
  return new Unusable(
    [`${where}${message}${hint ? ` (${hint})` : ''}`],
    [],
    isUnknown ? 'UNUSABLE: The policy has no such environment' : 'UNUSABLE: The run would be too large',
  )
}

function refuseExclude({ file, exclude: [first] }: Policy): Unusable {
  const where = first ? `:${first.place.line}:${first.place.column}` : ''
  return new Unusable([
    `${file}${where}: \`exclude\` leaves nothing to scan: every address of the endpoints is in it.`,
  ])
}

/** Where names led to excluded addresses only, nothing was scanned, and there is nothing to judge. @throws {Unusable} */
export function requireScanned({ hosts, unseen, excluded }: ScanResult, policy: Policy): void {
  if (hosts.length === 0 && unseen.length === 0 && excluded !== undefined) throw refuseExclude(policy)
}
