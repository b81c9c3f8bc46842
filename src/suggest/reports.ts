/** What several reports say of the same hosts, as one scan. */
import type { HostResult, PlannedEndpoint, PortRange, ScanResult, Unseen } from '../model.ts'
import { normaliseAddress } from '../policy/addresses.ts'
import { inRanges, intersectRanges, mergeRanges, subtractRanges, toRanges } from '../port-ranges.ts'
import type { StatedGap, StatedHost, StatedPort } from '../read/reading.ts'
import { answersEverywhere, listRuns } from '../read/tarpit.ts'
import type { Unsteady } from './evidence.ts'

/** What a report states, as far as it matters here. */
export interface StatedReport {
  hosts: StatedHost[]
  gaps: StatedGap[]
}

/** Which ports of several reports are taken for open: those that all that have seen them have open, or those that any has. */
export type Taken = 'in-all' | 'in-any'

/** Reports as one scan. */
export interface Joined {
  scan: Pick<ScanResult, 'hosts' | 'unseen'>
  unsteady: Unsteady[]
}

/**
 * Joins reports, the oldest first.
 *
 * @param planned the endpoints that they are about
 */
export function joinReports(reports: StatedReport[], planned: PlannedEndpoint[], taken: Taken): Joined {
  const sights = collectSights(reports)
  const hosts: HostResult[] = []
  const unseen: Unseen[] = []
  const unsteady: Unsteady[] = []
  for (const { environment, endpoint, addresses } of planned) {
    const about = { ...(environment === undefined ? {} : { environment }), endpoint: endpoint.text }
    const own = sights.get(nameOf(environment, endpoint.text))
    const known = own?.byAddress ?? new Map<string, StatedHost[]>()
    for (const [address, all] of known) {
      const { host, changing } = joinHost(all, taken)
      hosts.push({ ...about, host: endpoint.host, address, ...host })
      if (changing.length > 0) unsteady.push({ ...about, address, ports: changing })
    }
    const gap = own?.gap
    // Each address of a block has to be in a report, or the block was not seen.
    const isWhole = known.size > 0 && (addresses ?? []).every((address) => known.has(address))
    if (gap) unseen.push({ ...about, ...gap })
    else if (!isWhole) unseen.push({ ...about, kind: 'unstated', detail: '' })
  }
  return { scan: { hosts, unseen }, unsteady }
}

/** What reports have of one endpoint. */
interface Sights {
  byAddress: Map<string, StatedHost[]>
  /** What no report was without. */
  gap?: Pick<Unseen, 'kind' | 'detail'>
}

function nameOf(environment: string | undefined, endpoint: string): string {
  return JSON.stringify([environment, endpoint])
}

function collectSights(reports: StatedReport[]): Map<string, Sights> {
  const sights = new Map<string, Sights>()
  const sightsOf = (environment: string | undefined, endpoint: string) => {
    const name = nameOf(environment, endpoint)
    const known: Sights = sights.get(name) ?? { byAddress: new Map() }
    sights.set(name, known)
    return known
  }
  const whole = new Set<Sights>()
  for (const { hosts, gaps } of reports) {
    const here = new Set<Sights>()
    for (const host of hosts) {
      const address = normaliseAddress(host.address)
      const [endpoint = ''] = host.names
      if (address === undefined) continue
      const own = sightsOf(host.environment, endpoint)
      own.byAddress.set(address, [...(own.byAddress.get(address) ?? []), host])
      here.add(own)
    }
    for (const { environment, endpoint, kind, detail } of gaps) {
      const own = sightsOf(environment, endpoint)
      own.gap ??= { kind, detail }
      here.delete(own)
    }
    for (const own of here) whole.add(own)
  }
  for (const own of whole) delete own.gap
  return sights
}

/** What all reports say of one address; `changing`: ports that are open in some and shut in others. */
function joinHost(
  all: StatedHost[],
  taken: Taken,
): { host: Omit<HostResult, 'endpoint' | 'host' | 'address'>; changing: PortRange[] } {
  // A host that answered nothing was not seen that time, whatever silence says of its ports.
  const answering = all.filter(({ open, closed = [] }) => open.length > 0 || count(closed) > 0)
  const seeing = answering.length > 0 ? answering : all
  const shutOf = seeing.map(({ closed = [], filtered = [] }) => rangesOf([...closed, ...filtered]))
  const everOpen = toRanges(
    [...new Set(all.flatMap(({ open }) => open.map(({ port }) => port)))].sort((a, b) => a - b),
  )
  const changing = intersectRanges(everOpen, shutOf.flat())
  const open = listOpen(seeing, taken === 'in-all' ? subtractRanges(everOpen, changing) : everOpen)
  const closed = subtractRanges(rangesOf(seeing.flatMap(({ closed = [] }) => closed)), everOpen)
  const filtered = subtractRanges(rangesOf(seeing.flatMap(({ filtered = [] }) => filtered)), [
    ...everOpen,
    ...closed,
  ])
  const seen = mergeRanges([...everOpen, ...closed, ...filtered])
  const isEverywhere = all.some(isTarpit)
  const runs = isEverywhere ? [] : listRuns(everOpen)
  const host = {
    open,
    closed: closed.length > 0 ? [{ ports: closed, reason: 'conn-refused' as const }] : [],
    filtered: filtered.length > 0 ? [{ ports: filtered, reason: 'no-response' as const }] : [],
    unknown: all.flatMap(({ unknown = [] }) =>
      unknown.flatMap(({ ports, reason }) => {
        const left = subtractRanges(ports, seen)
        return left.length > 0 ? [{ ports: left, reason }] : []
      }),
    ),
    answersEverywhere: isEverywhere,
    ...(runs.length > 0 ? { runs } : {}),
  }
  return { host, changing }
}

function count(groups: readonly { ports: readonly PortRange[] }[]): number {
  return groups.reduce((sum, { ports }) => sum + ports.length, 0)
}

function rangesOf(groups: readonly { ports: readonly PortRange[] }[]): PortRange[] {
  return mergeRanges(groups.flatMap(({ ports }) => ports))
}

function isTarpit({ open, closed = [], filtered = [], isEverywhere }: StatedHost): boolean {
  const opened = toRanges(open.map(({ port }) => port).sort((a, b) => a - b))
  return (
    isEverywhere === true ||
    answersEverywhere(opened, mergeRanges([...opened, ...rangesOf([...closed, ...filtered])]))
  )
}

/** A service is named if all reports with the port open name the same one; its product is taken from the newest. */
function listOpen(all: StatedHost[], wanted: PortRange[]): HostResult['open'] {
  const sights = new Map<number, StatedPort[]>()
  for (const { open } of all)
    for (const one of open)
      if (inRanges(wanted, one.port)) sights.set(one.port, [...(sights.get(one.port) ?? []), one])
  return [...sights]
    .sort(([a], [b]) => a - b)
    .map(([port, told]) => {
      const { isUnasked: _, ...newest } = told.at(-1) as StatedPort
      const isAgreed = told.every(({ service }) => service === newest.service)
      return isAgreed ? newest : { port, reason: newest.reason }
    })
}
