/** Looks up all names of a plan once, so that its parts can be scanned without further lookups. */
import type { PlannedEndpoint, ScanPlan } from '../model.ts'
import { withDeadline } from './deadline.ts'
import { forEach } from './targets/for-each.ts'
import { asWritten, LOOKUP_SHARE } from './targets/locate.ts'
import { createLookups, MOST_LOOKUPS } from './targets/lookup.ts'
import { type Resolution, resolveName } from './targets/resolve.ts'
import { findSearchDomains } from './targets/search-domains.ts'

/** What a name resolved to. */
interface ResolvedName extends Resolution {
  /** What this machine appended to it. */
  searchDomain?: string
}

/** What the names of a plan resolved to. */
export interface ResolvedPlan {
  /** Of each endpoint that is a name. */
  names: Map<PlannedEndpoint, ResolvedName>
  /** The addresses of each canary, by its host. */
  canaries: Map<string, string[]>
}

/** Never rejects for a name that cannot be looked up: that is in the result. */
export async function resolvePlan(
  { endpoints }: ScanPlan,
  { signal, env }: { signal: AbortSignal; env: NodeJS.ProcessEnv },
): Promise<ResolvedPlan> {
  const startedAt = performance.now()
  const lookups = createLookups()
  const known = new Map<string, Promise<Resolution>>()
  const resolve = (name: string, ip: PlannedEndpoint['scan']['ip'], limitMs: number) => {
    const key = `${ip} ${name}`
    const asked =
      known.get(key) ??
      withDeadline(signal, startedAt + limitMs * LOOKUP_SHARE, (ending) =>
        resolveName(name, ip, lookups, ending),
      )
    known.set(key, asked)
    return asked
  }
  try {
    const found = new Map<PlannedEndpoint, Resolution>()
    const canaries = new Map<string, string[]>()
    const named = new Map<string, string[]>()
    await forEach(endpoints, MOST_LOOKUPS, async (planned) => {
      const { endpoint, scan } = planned
      const { canary, ip, timeLimitMs } = scan
      if (canary && !canaries.has(canary.host))
        canaries.set(canary.host, (await resolve(asWritten(canary), 'auto', timeLimitMs)).addresses)
      if (endpoint.kind !== 'name') return
      const resolution = await resolve(asWritten(endpoint), ip, timeLimitMs)
      found.set(planned, resolution)
      if (!endpoint.isAnchored && resolution.addresses.length > 0)
        named.set(endpoint.host, resolution.addresses)
    })
    const longest = Math.max(0, ...new Set(endpoints.map(({ scan }) => scan.timeLimitMs)))
    const searched = await findSearchDomains(named, env, lookups, signal, startedAt + longest)
    const names = [...found].map(([planned, resolution]) => {
      const { host, isAnchored } = planned.endpoint
      const searchDomain = isAnchored ? undefined : searched.get(host)
      return [planned, { ...resolution, ...(searchDomain === undefined ? {} : { searchDomain }) }] as const
    })
    return { names: new Map(names), canaries }
  } finally {
    lookups.end()
  }
}
