import type { PlannedEndpoint, Unseen } from '../../model.ts'
import { createExcludes } from '../../policy/exclude.ts'
import { quote } from '../../policy/problem.ts'
import { canonicalJson } from '../../shards/digest.ts'
import type { FrozenPlan } from '../../shards/join.ts'
import type { PlanFile } from '../../shards/plan-file.ts'
import { cutIntoShares } from '../../shards/share.ts'
import { Unusable } from '../../unusable.ts'
import { VERSION } from '../../version.ts'
import { type Loaded, loadBaseline, loadIfAny } from '../load.ts'
import { parseOptions, type Request } from '../options.ts'
import { listEndpoints } from '../plan.ts'
import { describeEndpoints } from './freeze.ts'
import { frozenTree } from './frozen-tree.ts'

/** What a plan asks for, as the run that wrote it would have continued. */
export interface Thawed {
  request: Request
  loaded: Loaded
  frozen: FrozenPlan
}

const OTHERWISE = 'UNUSABLE: The plan was written by another version of Portgate'

/**
 * Turns a plan back into what a run needs. Nothing is looked up.
 *
 * @throws {Unusable} where another Portgate has written it
 */
export async function thawPlan(file: PlanFile): Promise<Thawed> {
  const { tool, seed, shards, policy, options } = file
  if (tool.version !== VERSION)
    throw new Unusable(
      [
        `plan: Portgate ${quote(tool.version)} wrote it, and this is ${VERSION}: use the same version for all steps.`,
      ],
      [],
      OTHERWISE,
    )
  const request = parseOptions(options)
  const loaded = policy.path === undefined ? loadBaseline() : await loadIfAny(frozenTree(file), policy.path)
  if (!loaded) throw new Unusable(['plan: it has no policy.'], [], 'UNUSABLE: The plan has no policy')
  const { plan } = listEndpoints(request, loaded, undefined, { seed, shards })
  requireSame(plan.endpoints, file)
  const canaries = new Map(file.canaries.map(({ host, addresses }) => [host, addresses]))
  const searchDomains = new Map<PlannedEndpoint, string>()
  const unresolved: Unseen[] = []
  const endpoints = plan.endpoints.map((planned, index) => {
    const { resolved } = file.endpoints[index] as PlanFile['endpoints'][number]
    const thawed = withAddresses(planned, resolved?.addresses, canaries)
    if (resolved?.searchDomain !== undefined) searchDomains.set(thawed, resolved.searchDomain)
    if (resolved?.failure !== undefined)
      unresolved.push(describeUnresolved(planned, resolved.failure, resolved.missing))
    return thawed
  })
  const excludes = createExcludes(loaded.policy)
  return {
    request,
    loaded,
    frozen: {
      plan: { ...plan, endpoints },
      shares: cutIntoShares(endpoints, excludes, shards),
      unresolved,
      searchDomainOf: (planned) => searchDomains.get(planned),
      excludes,
      createdAt: new Date(file.createdAt),
    },
  }
}

/**
 * Checks that the policy still gives the ports and settings that are frozen: another build may have another catalogue.
 */
function requireSame(endpoints: readonly PlannedEndpoint[], file: PlanFile): void {
  const { lists, endpoints: described } = describeEndpoints(endpoints)
  const frozen = file.endpoints.map(({ resolved: _, ...endpoint }) => endpoint)
  const isSame =
    canonicalJson([lists, described]) ===
    canonicalJson([{ ports: file.ports, settings: file.settings }, frozen])
  const hasNames = endpoints.every(
    ({ endpoint: { kind } }, index) => (kind === 'name') === (file.endpoints[index]?.resolved !== undefined),
  )
  if (isSame && hasNames) return
  throw new Unusable(
    [
      'plan: this Portgate derives other ports or settings from it than the one that wrote it: use the same version for all steps.',
    ],
    [],
    OTHERWISE,
  )
}

function withAddresses(
  planned: PlannedEndpoint,
  addresses: string[] | undefined,
  canaries: ReadonlyMap<string, string[]>,
): PlannedEndpoint {
  const { canary } = planned.scan
  const found = canary && canaries.get(canary.host)
  return {
    ...planned,
    ...(addresses ? { addresses } : {}),
    ...(canary ? { scan: { ...planned.scan, canary: { ...canary, addresses: found ?? [] } } } : {}),
  }
}

function describeUnresolved(
  { environment, endpoint }: PlannedEndpoint,
  detail: string,
  missing: 4 | 6 | undefined,
): Unseen {
  return {
    ...(environment === undefined ? {} : { environment }),
    endpoint: endpoint.text,
    kind: 'unresolved',
    detail,
    ...(missing ? { missing } : {}),
  }
}
