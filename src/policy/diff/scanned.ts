import type { Endpoint, PortRange, PortSelection } from '../../model.ts'
import { halveCidr } from '../addresses.ts'
import { listBindingPorts, listSelected, listUrlPort, mayHold, settle } from '../plan.ts'
import { formatRanges, mergeRanges, subtractRanges, toRanges } from '../ports.ts'
import type { Comparison, Loss, Side } from './loss.ts'
import { describePorts, severityOf } from './risk.ts'
import { findPlaces, type Pair, type Scope } from './scopes.ts'
import { isInBlock } from './subjects.ts'
import { listHosts } from './words.ts'

/** Of a host that is not scanned nobody knows what is open on it. */
const UNSCANNED = 'high'

/** A host or a block of addresses with the ports that are probed on it. */
interface Scanned {
  endpoint: Endpoint
  /** A name; or a block, of one address where the endpoint is one. */
  host: string
  /** What the selection and the endpoint ask for. */
  asked: PortRange[]
  /** That, and what rules require or deny. */
  probed: PortRange[]
}

/** What of an endpoint is no longer scanned: all of it, or some ports. */
interface Missed {
  host: string
  lost: PortRange[]
  endpoint?: Endpoint
  /** The endpoint that the other policy has for it; undefined where it has none. */
  by?: Endpoint
}

/** What the first policy scans and the second does not: environments, endpoints and ports. */
export function compareScans(comparison: Comparison, pairs: Pair[]): Loss[] {
  const kept = pairs.filter(({ isKept }) => isKept)
  const names = new Set(kept.map(({ strict }) => strict.environment?.name))
  const removed = comparison.strict.policy.environments.filter(({ name }) => !names.has(name))
  return [
    ...removed.map(({ name, place }): Loss => {
      const what = `the environment ${listHosts([name])}`
      const phrases = { loosened: `takes ${what} out`, tightened: `adds ${what}` }
      return { part: 'environments', severity: UNSCANNED, ...phrases, places: { strict: place } }
    }),
    ...[...names].flatMap((name) => {
      const same = kept.filter(({ strict }) => strict.environment?.name === name)
      return compareScope(comparison, same as [Pair, ...Pair[]])
    }),
  ]
}

/** One scope against whatever the other policy has in its place. */
function compareScope(comparison: Comparison, pairs: [Pair, ...Pair[]]): Loss[] {
  const [pair] = pairs
  const others = pairs.flatMap(({ lax }) => listScanned(comparison, comparison.lax, lax))
  const missed = listScanned(comparison, comparison.strict, pair.strict).flatMap((one) =>
    findMissed(comparison, one, others),
  )
  const unscanned = missed.filter(({ by }) => !by)
  const common = missed.filter(({ by }) => by)
  // Where the policies share no endpoint, the settings are for those that a workflow names.
  const fewer = common.length > 0 || pair.mixed ? common : [compareDefaults(comparison, pair)]
  return [...loseEndpoints(pair, unscanned), ...losePorts(comparison, pair, fewer)]
}

function listScanned(comparison: Comparison, { policy, catalogue }: Side, scope: Scope): Scanned[] {
  const binding = scope.rules.filter((rule) => listBindingPorts(rule).length > 0)
  const select = createSelections((selection) => listSelected(selection, catalogue))
  return scope.endpoints.map((endpoint) => {
    const selected = select(settle(policy, scope.environment, endpoint).scan.ports)
    comparison.spend(binding.length + selected.length)
    const asked = [...selected, ...listUrlPort(endpoint)]
    const more = binding.filter((rule) => mayHold(rule, endpoint)).flatMap(listBindingPorts)
    return { endpoint, host: nameScanned(endpoint), asked, probed: [...asked, ...more] }
  })
}

/** The ports of selections as ranges, each worked out once. */
function createSelections(list: (selection: PortSelection) => number[]) {
  const known = new Map<string, PortRange[]>()
  return (selection: PortSelection): PortRange[] => {
    if (Array.isArray(selection)) return selection
    const ranges = known.get(selection) ?? toRanges(list(selection))
    known.set(selection, ranges)
    return ranges
  }
}

function nameScanned({ kind, host }: Endpoint): string {
  if (kind !== 'address') return host
  return `${host}/${host.includes(':') ? 128 : 32}`
}

function findMissed(comparison: Comparison, one: Scanned, others: Scanned[]): Missed[] {
  const { endpoint, asked } = one
  comparison.spend(others.length)
  if (endpoint.kind === 'name') {
    const same = others.filter(({ host }) => host === one.host)
    return [{ host: one.host, endpoint, by: same[0]?.endpoint, lost: lose(asked, same) }]
  }
  const overlapping = others.filter(({ endpoint: { kind }, host }) => {
    return kind !== 'name' && (isInBlock(host, one.host) || isInBlock(one.host, host))
  })
  return splitBlock(comparison, one.host, overlapping).map(({ block, by }) => {
    const host = block === one.host ? endpoint.host : block
    return { host, endpoint, by: by[0]?.endpoint, lost: lose(asked, by) }
  })
}

function lose(asked: PortRange[], others: Scanned[]): PortRange[] {
  return subtractRanges(
    asked,
    others.flatMap(({ probed }) => probed),
  )
}

/** A block as the largest parts of which each is scanned as a whole, or not at all. */
function splitBlock(
  comparison: Comparison,
  block: string,
  others: Scanned[],
): { block: string; by: Scanned[] }[] {
  comparison.spend(others.length + 1)
  const halves = others.every(({ host }) => isInBlock(host, block)) ? undefined : halveCidr(block)
  if (!halves) return [{ block, by: others }]
  return halves.flatMap((half) => {
    const near = others.filter(({ host }) => isInBlock(host, half) || isInBlock(half, host))
    return splitBlock(comparison, half, near)
  })
}

function compareDefaults({ strict, lax }: Comparison, pair: Pair): Missed {
  const listPorts = ({ policy, catalogue }: Side, { environment }: Scope) =>
    toRanges(listSelected(settle(policy, environment).scan.ports, catalogue))
  return { host: '', lost: subtractRanges(listPorts(strict, pair.strict), listPorts(lax, pair.lax)) }
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
