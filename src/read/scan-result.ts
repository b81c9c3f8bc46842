/** What files state, as the judge takes it from a scan. */
import type {
  CanaryResult,
  Excluded,
  HostResult,
  OpenPort,
  PlannedEndpoint,
  PortRange,
  Reason,
  ScanPlan,
  ScanResult,
  Unseen,
} from '../model.ts'
import {
  countPorts,
  inRanges,
  intersectRanges,
  mergeRanges,
  subtractRanges,
  toRanges,
} from '../port-ranges.ts'
import type { Collected, KnownHost } from './collect.ts'
import type { StatedPorts } from './reading.ts'
import { answersEverywhere, listRuns } from './tarpit.ts'

/**
 * What the user declares about the files: the ports that they cover on a host, where they don't say. Undefined if nothing is
 * declared for the host.
 */
export type Cover = (
  planned: PlannedEndpoint,
  address: string | undefined,
) => readonly PortRange[] | undefined

/** What reading adds to what the files state. */
export interface Reading {
  plan: ScanPlan
  collected: Collected
  cover: Cover
  excludes(address: string): boolean
}

/** What of a scan's result files have. */
export type ReadResult = Pick<ScanResult, 'hosts' | 'unseen' | 'excluded' | 'canaries'>

/** The hosts of a plan as the files show them: what none of them states, and `results-cover` does not declare, is unknown. */
export function toScanResult(reading: Reading): ReadResult {
  const { plan, excludes } = reading
  const hosts: HostResult[] = []
  const unseen: Unseen[] = []
  const excluded: Excluded[] = []
  const listed = memoizeRanges()
  for (const planned of plan.endpoints) {
    const about = {
      ...(planned.environment === undefined ? {} : { environment: planned.environment }),
      endpoint: planned.endpoint.text,
    }
    const { addresses, gaps } = findAddresses(planned, reading)
    unseen.push(...gaps.map((gap) => ({ ...about, ...gap })))
    for (const address of addresses) {
      if (excludes(address)) excluded.push({ ...about, address })
      else
        hosts.push({
          ...about,
          host: planned.endpoint.host,
          ...describe(planned, address, listed(planned.ports), reading),
        })
    }
  }
  return { hosts, unseen, ...(excluded.length > 0 ? { excluded } : {}), canaries: findCanaries(reading) }
}

type Gap = Omit<Unseen, 'environment' | 'endpoint'>

/** The addresses of an endpoint: a name has those that it led a scanner to. */
function findAddresses(
  planned: PlannedEndpoint,
  { collected, cover }: Reading,
): { addresses: string[]; gaps: Gap[] } {
  const { endpoint, environment, scan } = planned
  if (planned.addresses) return { addresses: planned.addresses, gaps: [] }
  const known = collected.names.get(endpoint.host)
  const found = [...(known?.addresses ?? [])]
  const isCovered = cover(planned, undefined) !== undefined
  const addresses = found.filter((address) => scan.ip !== (address.includes(':') ? '4' : '6'))
  const gaps: Gap[] = collected.gaps
    .filter((gap) => gap.endpoint === endpoint.text && gap.environment === environment)
    .map(({ kind, detail, address }) => ({ kind, detail, ...(address === undefined ? {} : { address }) }))
  const families = new Set(found.map((address) => address.includes(':')))
  if (
    gaps.length === 0 &&
    (addresses.length === 0 || !(known?.areAll || isCovered) || (scan.ip === 'both' && families.size < 2))
  )
    gaps.push({ kind: 'unstated', detail: '' })
  return { addresses, gaps }
}

function describe(
  planned: PlannedEndpoint,
  address: string,
  wanted: readonly PortRange[],
  { collected, cover }: Reading,
): Omit<HostResult, 'environment' | 'endpoint' | 'host'> {
  const known = collected.hosts.get(address)
  const open = known ? listOpen(known) : []
  const isOpen = toRanges(open.map(({ port }) => port))
  const closed = takeFrom([...(known?.closed ?? [])], isOpen)
  const isClosed = joinPorts(closed)
  const filtered = takeFrom([...(known?.filtered ?? [])], [...isOpen, ...isClosed])
  const seen = mergeRanges([...isOpen, ...isClosed, ...joinPorts(filtered)])
  const unknown = takeFrom([...(known?.unknown ?? [])], seen)
  const rest = subtractRanges(wanted, [...seen, ...joinPorts(unknown)])
  const covered = known?.gaveUp === undefined ? intersectRanges(rest, cover(planned, address) ?? []) : []
  const left = subtractRanges(rest, covered)
  add(filtered, covered, 'not-listed')
  add(unknown, left, known?.gaveUp ?? 'not-stated')
  const unasked = known ? open.flatMap(({ port }) => (known.open.get(port)?.isUnasked ? port : [])) : []
  const stated = mergeRanges([...seen, ...joinPorts(filtered)])
  const isEverywhere = answersEverywhere(
    isOpen,
    countPorts(stated) > open.length ? stated : mergeRanges([...wanted, ...isOpen]),
  )
  const runs = isEverywhere ? [] : listRuns(isOpen)
  return {
    address,
    open,
    ...(unasked.length > 0 ? { unstated: unasked } : {}),
    closed,
    filtered,
    unknown,
    answersEverywhere: isEverywhere,
    ...(runs.length > 0 ? { runs } : {}),
  }
}

function listOpen({ open }: KnownHost): OpenPort[] {
  return [...open.values()].sort((a, b) => a.port - b.port).map(({ isUnasked: _, ...port }) => port)
}

/** Groups without the ports that are in a higher-ranking state or an earlier group. */
function takeFrom(groups: StatedPorts[], taken: PortRange[]): { ports: PortRange[]; reason: Reason }[] {
  const left: { ports: PortRange[]; reason: Reason }[] = []
  let before: readonly PortRange[] = taken
  for (const { ports, reason } of groups) {
    add(left, subtractRanges(ports, before), reason)
    before = [...before, ...ports]
  }
  return left
}

/** One group for each reason, as a scan has them. */
function add(groups: { ports: PortRange[]; reason: Reason }[], ports: PortRange[], reason: Reason): void {
  if (ports.length === 0) return
  const known = groups.find((group) => group.reason === reason)
  if (known) known.ports = mergeRanges([...known.ports, ...ports])
  else groups.push({ ports, reason })
}

function joinPorts(groups: { ports: PortRange[] }[]): PortRange[] {
  return groups.flatMap(({ ports }) => ports)
}

/** A canary proves that the scanner could see, if the files have it. */
function findCanaries({ plan, collected }: Reading): CanaryResult[] {
  const canaries = new Map<string, CanaryResult>()
  for (const { environment, scan } of plan.endpoints) {
    if (!scan.canary) continue
    const { host, port } = scan.canary
    const addresses = collected.names.get(host)?.addresses ?? [host]
    const known = [...addresses].flatMap((address) => collected.hosts.get(address) ?? [])
    const about = { ...(environment === undefined ? {} : { environment }), host, port }
    canaries.set(JSON.stringify(about), { ...about, outcome: findOutcome(known, port) })
  }
  return [...canaries.values()]
}

function findOutcome(hosts: KnownHost[], port: number): CanaryResult['outcome'] {
  if (hosts.some(({ open }) => open.has(port))) return { state: 'open', reason: 'syn-ack' }
  for (const state of ['closed', 'filtered', 'unknown'] as const) {
    const group = hosts.flatMap((host) => [...host[state]]).find(({ ports }) => inRanges(ports, port))
    if (group) return { state, reason: group.reason }
  }
  return { state: 'unknown', reason: 'not-stated' }
}

/** Endpoints share their lists of ports. */
function memoizeRanges(): (ports: number[]) => PortRange[] {
  const known = new Map<number[], PortRange[]>()
  return (ports) => {
    const ranges = known.get(ports) ?? toRanges(ports)
    known.set(ports, ranges)
    return ranges
  }
}
