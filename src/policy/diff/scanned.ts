import type { Environment } from '../../model.ts'
import type { Comparison, Loss } from './loss.ts'
import { findMissed, findMissedDefaults, type Missed } from './missed.ts'
import { formatShared } from './ranges.ts'
import { describePorts, severityOf } from './risk.ts'
import { findPlaces, type Pairing } from './scopes.ts'
import type { Weakened } from './settings.ts'
import { listHosts } from './words.ts'

/** Nobody knows what is open on a host that is not scanned. */
const UNSCANNED = 'high'

/** What the first policy scans and the second does not, or not as well: environments, endpoints, ports and settings. */
export function compareScans(comparison: Comparison, { named, scanned, removed }: Pairing): Loss[] {
  const found = scanned.map(({ where, strict, lax }) => ({
    where,
    missed: findMissed(comparison, strict, lax),
  }))
  const everywhere = found.filter(({ where }) => where.isEverywhere)
  const own = new Map(
    found.flatMap(({ where, missed }) => (where.isEverywhere ? [] : [[where.environment, missed] as const])),
  )
  // Under one name, what a workflow names loses with the policy's own endpoints.
  const together = named.map(({ where, strict, lax }) => {
    const missed = own.get(where.environment) ?? []
    return { where, missed: [...missed, findMissedDefaults(comparison, strict, lax)] }
  })
  return [
    ...removed.map(sayRemoved),
    ...[...everywhere, ...together].flatMap(({ where, missed }) =>
      lose(comparison, missed).map((loss) => ({ ...loss, ...where })),
    ),
  ]
}

function sayRemoved({ name, place }: Environment): Loss {
  const what = `the environment ${listHosts([name])}`
  return {
    part: 'environments',
    severity: UNSCANNED,
    loosened: `removes ${what}`,
    tightened: `adds ${what}`,
    places: { strict: place },
  }
}

/** What some endpoints lose, those of a workflow among them. */
export function lose(comparison: Comparison, missed: Missed[]): Loss[] {
  const common = missed.filter(({ by }) => by)
  return [
    ...loseEndpoints(missed.filter(({ by }) => !by)),
    ...losePorts(comparison, common),
    ...loseSettings(comparison, common),
  ]
}

function loseEndpoints(unscanned: Missed[]): Loss[] {
  const hosts = [...new Set(unscanned.flatMap(({ host }) => host ?? []))]
  if (hosts.length === 0) return []
  const list = listHosts(hosts)
  return [
    {
      part: 'endpoints',
      severity: UNSCANNED,
      loosened: `no longer scans ${list}`,
      tightened: `scans ${list}`,
      hosts,
      places: { strict: unscanned[0]?.one.endpoint?.place },
    },
  ]
}

/** Endpoints that lose the same ports are one loss. */
function losePorts(comparison: Comparison, missed: Missed[]): Loss[] {
  const groups = new Map<string, Missed[]>()
  for (const one of missed) {
    if (one.lost.length === 0) continue
    const key = formatShared(one.lost)
    const group = groups.get(key)
    if (group) group.push(one)
    else groups.set(key, [one])
  }
  return [...groups].map(([ports, group]): Loss => {
    const [{ lost }] = group as [Missed]
    const { hosts, on } = whose(group, missed, 'on')
    const what = `${describePorts(comparison, lost)}${on}`
    return {
      part: 'ports',
      severity: severityOf(comparison, lost),
      loosened: `no longer scans ${what}`,
      tightened: `scans ${what}`,
      ...(hosts ? { hosts } : {}),
      ports,
      places: locate(comparison, 'ports', group),
    }
  })
}

/** Endpoints on which the same setting asks for less are one loss. */
function loseSettings(comparison: Comparison, missed: Missed[]): Loss[] {
  const groups = new Map<string, { weakened: Weakened; group: Missed[] }>()
  for (const one of missed) {
    for (const weakened of one.weakened) {
      const key = JSON.stringify(weakened)
      const known = groups.get(key)
      if (known) known.group.push(one)
      else groups.set(key, { weakened, group: [one] })
    }
  }
  return [...groups.values()].map(({ weakened, group }): Loss => {
    const { setting, part, was, is, severity, so, oneWay } = weakened
    const { hosts, on } = whose(group, missed, 'for')
    return {
      part,
      severity,
      loosened: `changes \`${part}\` from ${was} to ${is}${on}: ${so}`,
      ...(oneWay ? {} : { tightened: `changes \`${part}\` from ${is} to ${was}${on}` }),
      ...(hosts ? { hosts } : {}),
      places: locate(comparison, setting, group),
    }
  })
}

/** The subjects of a loss: named only if not all lose the same. */
function whose(group: Missed[], all: Missed[], preposition: string): { hosts?: string[]; on: string } {
  if (group.length === all.length) return { on: '' }
  const hosts = [...new Set(group.flatMap(({ host }) => host ?? []))]
  const isAny = group.some(({ host }) => host === undefined)
  const named = [
    ...(hosts.length > 0 ? [listHosts(hosts)] : []),
    ...(isAny ? ['endpoints that a workflow names'] : []),
  ]
  return { ...(hosts.length > 0 ? { hosts } : {}), on: ` ${preposition} ${named.join(' and ')}` }
}

function locate(comparison: Comparison, setting: Weakened['setting'], [first]: Missed[]): Loss['places'] {
  if (!first?.by) return {}
  return findPlaces(comparison, setting, first.one, first.by)
}
