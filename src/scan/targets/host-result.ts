import type { HostResult, Outcome } from '../../model.ts'
import { listPorts } from '../../port-ranges.ts'
import type { Identifications } from '../phases/questions.ts'
import type { Tarpits } from '../phases/tarpit.ts'
import type { TarpitRanges } from '../phases/tarpit-ranges.ts'
import type { Site } from './site.ts'
import { rememberSummaries } from './target.ts'

/** What was found out about open ports. */
export interface Seen {
  tarpits: Tarpits
  ranges: TarpitRanges
  identifications: Identifications
}

/**
 * All that is known of one address of an endpoint.
 *
 * @param searched the search domain of each name that was found through one
 */
export function createHostResults(
  seen: Seen,
  searched: ReadonlyMap<string, string>,
): (site: Site) => HostResult {
  const summarise = rememberSummaries()
  return (site) => toHostResult(site, summarise(site.target, site.planned.ports), seen, searched)
}

function toHostResult(
  site: Site,
  known: ReturnType<ReturnType<typeof rememberSummaries>>,
  { tarpits, ranges, identifications }: Seen,
  searched: ReadonlyMap<string, string>,
): HostResult {
  const { planned, target } = site
  const listOf = (state: Outcome['state']) =>
    [...known].flatMap(([outcome, ports]) =>
      outcome.state === state ? [{ ports, reason: outcome.reason }] : [],
    )
  const answers = identifications.get(site)
  const open = listOf('open').flatMap(({ ports, reason }) =>
    listPorts(ports).map((port) => {
      const rttMs = Math.round((target.rttMs.get(port) ?? 0) * 100) / 100
      return { port, ...answers?.identified.get(port), reason, rttMs }
    }),
  )
  const decoy = tarpits.get(target)
  const decoys = decoy && identifications.get(decoy)
  const unasked =
    answers && !decoy ? open.flatMap(({ port }) => (answers.identified.has(port) ? [] : port)) : []
  const listed = Object.entries({
    unasked,
    cut: sort(answers?.cut),
    starved: sort(answers?.starved),
    crowded: sort(answers?.crowded),
  })
  return {
    environment: planned.environment,
    endpoint: planned.endpoint.text,
    host: planned.endpoint.host,
    address: target.address,
    ...findSearched(site, searched),
    open,
    ...Object.fromEntries(listed.filter(([, ports]) => ports.length > 0)),
    ...(target.changed ? { changed: target.changed } : {}),
    closed: listOf('closed'),
    filtered: listOf('filtered'),
    unknown: listOf('unknown'),
    answersEverywhere: decoy !== undefined,
    ...(ranges.has(target) ? { runs: ranges.get(target)?.map(({ from, to }) => ({ from, to })) } : {}),
    ...(decoys && planned.scan.identify && decoys.cut.size + decoys.starved.size === 0
      ? { decoys: [...new Set([...decoys.identified.values()].map(({ service }) => service))] }
      : {}),
  }
}

/** The search domain that an endpoint was found through. */
function findSearched({ planned: { endpoint } }: Site, searched: ReadonlyMap<string, string>) {
  const searchDomain =
    endpoint.kind === 'name' && !endpoint.isAnchored ? searched.get(endpoint.host) : undefined
  return searchDomain === undefined ? {} : { searchDomain }
}

function sort(ports: Iterable<number> = []): number[] {
  return [...ports].sort((a, b) => a - b)
}
