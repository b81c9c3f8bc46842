import { formatRanges, mergeRanges } from '../ports.ts'
import type { Comparison, Loss } from './loss.ts'
import { findMissed, loseDefaults, type Missed } from './probed.ts'
import { describePorts, severityOf } from './risk.ts'
import { findPlaces, type Pair } from './scopes.ts'
import { listHosts } from './words.ts'

/** Of a host that is not scanned nobody knows what is open on it. */
const UNSCANNED = 'high'

/** What the first policy scans and the second does not: environments, endpoints and ports. */
export function compareScans(comparison: Comparison, pairs: Pair[]): Loss[] {
  const kept = new Map<string | undefined, Pair[]>()
  for (const pair of pairs.filter(({ isKept }) => isKept)) {
    const name = pair.strict.environment?.name
    kept.set(name, [...(kept.get(name) ?? []), pair])
  }
  const removed = comparison.strict.policy.environments.filter(({ name }) => !kept.has(name))
  return [
    ...removed.map(({ name, place }): Loss => {
      const what = `the environment ${listHosts([name])}`
      const phrases = { loosened: `takes ${what} out`, tightened: `adds ${what}` }
      return { part: 'environments', severity: UNSCANNED, ...phrases, places: { strict: place } }
    }),
    ...[...kept.values()].flatMap((same) => compareScope(comparison, same as [Pair, ...Pair[]])),
  ]
}

/** One scope against whatever the other policy has in its place. */
function compareScope(comparison: Comparison, pairs: [Pair, ...Pair[]]): Loss[] {
  const [pair] = pairs
  const missed = findMissed(
    comparison,
    pair.strict,
    pairs.map(({ lax }) => lax),
  )
  const unscanned = missed.filter(({ by }) => !by)
  const common = missed.filter(({ by }) => by)
  // Where the policies share no endpoint, the settings are for those that a workflow names.
  const isOpen = common.length === 0 && !pair.mixed
  const fewer = isOpen ? [{ host: '', lost: loseDefaults(comparison, pair.strict, pair.lax) }] : common
  return [...loseEndpoints(pair, unscanned), ...losePorts(comparison, pair, fewer)]
}

function loseEndpoints(pair: Pair, unscanned: Missed[]): Loss[] {
  const [first] = unscanned
  if (!first?.endpoint) return []
  const hosts = [...new Set(unscanned.map(({ host }) => host))]
  const list = listHosts(hosts)
  return [
    {
      part: 'endpoints',
      severity: UNSCANNED,
      loosened: `no longer scans ${list}`,
      tightened: `scans ${list}`,
      hosts,
      ...nameScope(pair),
      places: { strict: first.endpoint.place },
    },
  ]
}

/** Endpoints that lose the same ports are one loss; where all do, none is named. */
function losePorts(comparison: Comparison, pair: Pair, missed: Missed[]): Loss[] {
  const groups = new Map<string, Missed[]>()
  for (const one of missed) {
    const key = formatRanges(one.lost)
    if (key !== '') groups.set(key, [...(groups.get(key) ?? []), one])
  }
  return [...groups].map(([ports, group]) => {
    const [first] = group as [Missed]
    const hosts = [...new Set(group.flatMap(({ host }) => host || []))]
    const isWhole = hosts.length === 0 || (group.length === missed.length && group.length > 1)
    const what = `${describePorts(comparison, first.lost)}${isWhole ? '' : ` on ${listHosts(hosts)}`}`
    return {
      part: 'ports',
      severity: severityOf(comparison, mergeRanges(first.lost)),
      loosened: `no longer scans ${what}`,
      tightened: `scans ${what}`,
      ...(isWhole ? {} : { hosts }),
      ports,
      ...nameScope(pair),
      places: findPlaces(comparison, pair, 'ports', first.endpoint, first.by),
    }
  })
}

function nameScope({ strict }: Pair): { environment?: string } {
  return strict.environment ? { environment: strict.environment.name } : {}
}
