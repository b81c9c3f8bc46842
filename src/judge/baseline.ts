import type { Baseline, BaselineViolation } from '../model.ts'
import { inSorted } from '../port-ranges.ts'
import { listSights, type Sight, siteOf } from './sight.ts'

/** An earlier report, indexed. */
export interface Earlier {
  baseline: Baseline
  /** What it has seen of an address of an endpoint; undefined where it has not seen that, or where the host answers everywhere. */
  sightAt(site: string): Sight | undefined
  /** What it has seen of all addresses of an endpoint, with their sites. */
  sightsOf(environment: string | undefined, endpoint: string): readonly (readonly [string, Sight])[]
  /** The violation that it has at a site by this fingerprint, or among those of one id that it reports as one. */
  violationAt(site: string, fingerprint: string, id: string, port?: number): BaselineViolation | undefined
  /** The violation that it has by this fingerprint, wherever that is. */
  violationBy(fingerprint: string): BaselineViolation | undefined
}

/** Indexes an earlier report. */
export function openBaseline(baseline: Baseline): Earlier {
  const sights = listSights(baseline)
  const byFingerprint = new Map<string, BaselineViolation>()
  const bySite = new Map<string, BaselineViolation>()
  const grouped = new Map<string, BaselineViolation[]>()
  for (const violation of baseline.violations) {
    const { fingerprint, ports } = violation
    const site = siteOf(violation)
    if (ports) {
      const known = grouped.get(site)
      if (known) known.push(violation)
      else grouped.set(site, [violation])
    } else {
      byFingerprint.set(fingerprint, violation)
      bySite.set(`${site} ${fingerprint}`, violation)
    }
  }
  const byEndpoint = new Map<string, [string, Sight][]>()
  for (const host of baseline.hosts) {
    const site = siteOf(host)
    const sight = sights.get(site)
    if (!sight) continue
    const name = siteOf({ environment: host.environment, endpoint: host.endpoint })
    const known = byEndpoint.get(name)
    if (known) known.push([site, sight])
    else byEndpoint.set(name, [[site, sight]])
  }
  return {
    baseline,
    sightAt: (site) => sights.get(site),
    sightsOf: (environment, endpoint) => byEndpoint.get(siteOf({ environment, endpoint })) ?? [],
    violationAt: (site, fingerprint, id, port) =>
      bySite.get(`${site} ${fingerprint}`) ??
      grouped
        .get(site)
        ?.find((one) => one.id === id && port !== undefined && inSorted(one.ports ?? [], port)),
    violationBy: (fingerprint) => byFingerprint.get(fingerprint),
  }
}
