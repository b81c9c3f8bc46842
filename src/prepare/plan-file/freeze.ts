import type { Review } from '../../judge/review.ts'
import type { PlannedEndpoint, ScanPlan } from '../../model.ts'
import { formatRanges } from '../../port-ranges.ts'
import type { ResolvedPlan } from '../../scan/resolve-plan.ts'
import { canonicalJson } from '../../shards/digest.ts'
import type { PlanFile, Unsealed } from '../../shards/plan-file.ts'

/** What is frozen in addition to the plan of the scan. */
type Beside = Pick<Unsealed, 'tool' | 'createdAt' | 'shards' | 'policy' | 'options' | 'commit'> & {
  review?: Review
}

/** A plan with all that its names have led to, ready for its digest. */
export function freezePlan(plan: ScanPlan, { names, canaries }: ResolvedPlan, beside: Beside): Unsealed {
  const { lists, endpoints } = describeEndpoints(plan.endpoints)
  return {
    ...beside,
    seed: plan.seed,
    ...lists,
    endpoints: plan.endpoints.map((planned, index) => {
      const resolved = names.get(planned)
      return { ...(endpoints[index] as PlanFile['endpoints'][number]), ...(resolved ? { resolved } : {}) }
    }),
    canaries: [...canaries].map(([host, addresses]) => ({ host, addresses })),
  }
}

/** Endpoints as plan.json has them, and the lists of ports and settings that they share. */
export function describeEndpoints(endpoints: readonly PlannedEndpoint[]): {
  lists: Pick<PlanFile, 'ports' | 'settings'>
  endpoints: PlanFile['endpoints']
} {
  const ports = createNumbering<string>()
  const settings = createNumbering<PlanFile['settings'][number]>()
  const textOf = new Map<readonly number[], string>()
  const described = endpoints.map((planned) => {
    const { environment, endpoint } = planned
    const text = textOf.get(planned.ports) ?? formatRanges(planned.ports)
    textOf.set(planned.ports, text)
    return {
      ...(environment === undefined ? {} : { environment }),
      endpoint: endpoint.text,
      ports: ports.number(text, text),
      settings: settings.number(...describeSettings(planned)),
    }
  })
  return { lists: { ports: ports.list(), settings: settings.list() }, endpoints: described }
}

function describeSettings({
  scan,
  failOn,
  onDoubt,
}: PlannedEndpoint): [key: string, PlanFile['settings'][number]] {
  const { ip, identify, maxRate, timeLimitMs, canary } = scan
  const settings = {
    ip,
    identify,
    ...(maxRate === undefined ? {} : { maxRate }),
    timeLimitMs,
    failOn,
    onDoubt,
    ...(canary ? { canary: { host: canary.host, port: canary.port } } : {}),
  }
  return [canonicalJson(settings), settings]
}

/** Numbers different values from 0, in the order in which they come. */
function createNumbering<T>() {
  const numbers = new Map<string, number>()
  const values: T[] = []
  return {
    number(key: string, value: T): number {
      const known = numbers.get(key)
      if (known !== undefined) return known
      numbers.set(key, values.length)
      return values.push(value) - 1
    },
    list: () => values,
  }
}
