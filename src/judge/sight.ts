import type { Baseline, Finding, HostResult, PortRange } from '../model.ts'
import { mergeRanges } from '../port-ranges.ts'
import { listCredible } from './everywhere.ts'
import type { HostCase } from './host.ts'

/** What was seen of an address of an endpoint: the port states that can be compared with another run. */
export interface Sight {
  /** Open ports, and what answered there, if known. */
  open: ReadonlyMap<number, string | undefined>
  /** Closed or filtered: seen not to be open. */
  shut: readonly PortRange[]
}

/** A doubt that makes what was seen unusable, and where. */
type Doubt = Pick<Finding, 'id' | 'environment' | 'endpoint' | 'address'>

/** An address of an endpoint, as a key. */
export function siteOf({ environment, endpoint, address }: Omit<Doubt, 'id'>): string {
  return JSON.stringify([environment, endpoint, address])
}

/** What an earlier report has seen, by site. A host that answers everywhere, and what a blind run took for shut, was not seen. */
export function listSights({ hosts, doubts }: Pick<Baseline, 'hosts' | 'doubts'>): Map<string, Sight> {
  const isBlind = doubts.some(isOfRun)
  const everywhere = new Set(doubts.filter(({ id }) => id === 'answers-everywhere').map(siteOf))
  const unreachable = new Set(doubts.filter(({ id }) => id === 'unreachable-host').map(siteOf))
  const sights = new Map<string, Sight>()
  for (const host of hosts) {
    const site = siteOf(host)
    if (everywhere.has(site)) continue
    sights.set(site, {
      open: new Map(host.open.map(({ port, service }) => [port, service])),
      shut: isBlind || unreachable.has(site) ? [] : host.shut,
    })
  }
  return sights
}

/**
 * What this run has seen of a host, as `listSights` takes it from a report; undefined where it answers everywhere.
 *
 * @param doubts those of the run and of the host
 */
export function sightOf(about: HostCase, doubts: readonly Doubt[]): Sight | undefined {
  const { host } = about
  if (host.answersEverywhere) return undefined
  const isBlind = doubts.some((doubt) => isOfRun(doubt) || doubt.id === 'unreachable-host')
  return {
    open: new Map(listCredible(about).map(({ port, service }) => [port, service])),
    shut: isBlind ? [] : listShut(host),
  }
}

function isOfRun({ id }: Doubt): boolean {
  return id === 'silent-run' || id === 'canary-not-open'
}

function listShut({ closed, filtered }: HostResult): PortRange[] {
  return mergeRanges([...closed, ...filtered].flatMap(({ ports }) => ports))
}
