/**
 * Judgement in full, on networks that are made up: what a run of a policy comes to, from the plan to the exit status, with
 * a stand-in for the scan alone.
 */
import { judge } from '../../../src/judge/judge.ts'
import { exitStatus } from '../../../src/judge/verdict.ts'
import type {
  Endpoint,
  Finding,
  FindingId,
  HostResult,
  PlannedEndpoint,
  ScanPlan,
  ScanResult,
} from '../../../src/model.ts'
import type { Side } from '../../../src/policy/diff/loss.ts'
import { parseEndpoint } from '../../../src/policy/endpoints.ts'
import { findEnvironment } from '../../../src/policy/environments.ts'
import { createExcludes } from '../../../src/policy/exclude.ts'
import { makePlan } from '../../../src/policy/plan.ts'
import { toRanges } from '../../../src/port-ranges.ts'

const NOW = new Date('2026-06-15T12:00:00Z')

/** What every name leads to. */
export const ADDRESSES: Record<string, string[]> = {
  'a.ex.com': ['10.0.0.1'],
  'b.ex.com': ['10.0.0.5', '2001:db8::5'],
  'c.a.ex.com': ['10.9.9.9'],
  'd.org': ['10.0.0.6', '2001:db8::6'],
  'x.ex.com': ['2001:db8::9'],
  'e.ex.com': ['10.0.0.1', '2001:db8::9'],
  'xn--bcher-kva.org': ['10.0.0.2'],
  // A search domain has it.
  db: ['10.0.0.3', '2001:db8::a'],
}

/** Where a name with a final dot leads. */
function lookUp({ host, isAnchored }: Endpoint): string[] {
  return isAnchored && !host.includes('.') ? [] : (ADDRESSES[host] ?? [])
}

/** A network, as far as it is not closed ports that say so. */
export interface World {
  /** Services by `address port`; undefined: open, and nothing tells what answers. */
  open: Map<string, string | undefined>
  /** Services that answer to one name only, by `address port name`. */
  sites: Map<string, string>
  /** `address port` of what was not asked in time. */
  cut: Set<string>
  /** Addresses that answer nothing at all. */
  silent: Set<string>
  /** Names that lead nowhere. */
  unresolved: Set<string>
  /** Addresses on which every port accepts. */
  tarpits: Set<string>
  /** Canaries that are up, by host. */
  canaries: Set<string>
  hasIpv6: boolean
}

/** How a run comes to its policy: from the event and the workflow. */
export interface Request {
  deploysTo?: string
  endpoints: string[]
}

/** What a run ends with: its exit status, and what fails it. */
export interface End {
  status: 0 | 1 | 2 | 3
  failing: Finding[]
  findings: Finding[]
  /** Addresses that answered something, and the endpoints that have them. */
  answered: Map<string, string[]>
  /** All addresses that were scanned, and those of them that more than one endpoint has, a name among them. */
  addresses: Set<string>
  shared: Set<string>
  /** All endpoints, and those of them that had an address to scan, or one that is excluded. */
  endpoints: Set<string>
  scanned: Set<string>
  excluded: Set<string>
}

/** Plans a run; undefined where the policy gives it nothing to scan. */
export function plan({ policy, catalogue }: Side, { deploysTo, endpoints }: Request): ScanPlan | undefined {
  const planned = makePlan(
    policy,
    {
      environment: findEnvironment(policy, deploysTo),
      endpoints: endpoints.map((text) => {
        const parsed = parseEndpoint(text)
        if (parsed.problem) throw new Error(parsed.problem.message)
        return { ...parsed.value, scan: {} }
      }),
      scan: {},
      seed: 1,
    },
    catalogue,
  )
  return planned.problem || planned.value.endpoints.length === 0 ? undefined : planned.value
}

/** Runs a plan in a world. */
export function runIn(world: World, { policy, catalogue }: Side, plan: ScanPlan): End {
  const scan = scanIn(world, plan, createExcludes(policy))
  const { verdict, findings } = judge({ policy, plan, scan, catalogue, now: NOW })
  const answered = new Map<string, string[]>()
  for (const { address, endpoint, open, closed } of scan.hosts) {
    if (open.length + closed.length > 0) answered.set(address, [...(answered.get(address) ?? []), endpoint])
  }
  const isEmptied = scan.hosts.length + scan.unseen.length === 0 && scan.excluded?.length
  return {
    status: isEmptied ? 2 : exitStatus({ mode: 'enforce', verdict, findings }),
    failing: findings.filter(({ fails }) => fails),
    findings,
    answered,
    addresses: new Set(scan.hosts.map(({ address }) => address)),
    shared: new Set(scan.hosts.flatMap((one) => (isShared(one, scan.hosts) ? one.address : []))),
    endpoints: new Set(plan.endpoints.map(({ endpoint }) => endpoint.text)),
    scanned: new Set(scan.hosts.map(({ endpoint }) => endpoint)),
    excluded: new Set(scan.excluded?.map(({ endpoint }) => endpoint)),
  }
}

function isShared({ host, address }: HostResult, all: HostResult[]): boolean {
  return all.some((other) => other.address === address && other.host !== host && other.host in ADDRESSES)
}

function scanIn(world: World, { endpoints }: ScanPlan, excludes: (address: string) => boolean): ScanResult {
  const hosts: HostResult[] = []
  const unseen: ScanResult['unseen'] = []
  const excluded: NonNullable<ScanResult['excluded']> = []
  const canaries: ScanResult['canaries'] = []
  const load = weigh(endpoints, (planned) =>
    findAddresses(world, planned).filter((address) => !excludes(address)),
  )
  for (const planned of endpoints) {
    const { environment, endpoint, scan } = planned
    const about = { ...(environment === undefined ? {} : { environment }), endpoint: endpoint.text }
    if (scan.canary) {
      const outcome = world.canaries.has(scan.canary.host)
        ? ({ state: 'open', reason: 'syn-ack' } as const)
        : ({ state: 'filtered', reason: 'no-response' } as const)
      canaries.push({ ...(environment === undefined ? {} : { environment }), ...scan.canary, outcome })
    }
    const addresses = findAddresses(world, planned)
    if (addresses.length === 0) unseen.push({ ...about, kind: 'unresolved', detail: 'no such name' })
    for (const address of addresses) {
      if (excludes(address)) excluded.push({ ...about, address })
      else if (address.includes(':') && !world.hasIpv6)
        unseen.push({ ...about, kind: 'no-ipv6', detail: 'no route', address })
      else hosts.push({ ...about, host: endpoint.host, address, ...seeHost(world, planned, address, load) })
    }
  }
  return {
    hosts,
    unseen,
    excluded,
    canaries,
    vantage: { platform: 'linux', node: '24', githubHosted: false, ipv6: world.hasIpv6 },
    ...(hosts.some(({ unknown }) => unknown.length > 0) ? { stopped: 'time-limit' as const } : {}),
    probes: 1,
    startedAt: NOW,
    finishedAt: NOW,
  }
}

function findAddresses(world: World, { endpoint, addresses, scan }: PlannedEndpoint): string[] {
  if (addresses) return addresses
  if (world.unresolved.has(endpoint.host)) return []
  return lookUp(endpoint).filter((address) => {
    const isSix = address.includes(':')
    return scan.ip === '4' ? !isSix : scan.ip === '6' ? isSix : true
  })
}

/** Ports that a scan gets through in a second, on all addresses and on one that is silent. */
const RUN_PACE = 5_000
const ADDRESS_PACE = 250

/** What holds a scan up: pairs of the run, those of each rate, and for each address its lowest rate and its ports. */
interface Load {
  pairs: number
  pairsAt: Map<number, number>
  rates: Map<string, number>
  ports: Map<string, number>
}

function weigh(endpoints: PlannedEndpoint[], listAddresses: (planned: PlannedEndpoint) => string[]): Load {
  const load: Load = { pairs: 0, pairsAt: new Map(), rates: new Map(), ports: new Map() }
  for (const planned of endpoints) {
    const { ports, scan } = planned
    for (const address of listAddresses(planned)) {
      const rate = Math.min(load.rates.get(address) ?? RUN_PACE, scan.maxRate ?? RUN_PACE)
      load.rates.set(address, rate)
      load.ports.set(address, Math.max(load.ports.get(address) ?? 0, ports.length))
    }
  }
  for (const planned of endpoints) {
    const rates = listAddresses(planned).map((address) => load.rates.get(address) ?? RUN_PACE)
    // A name counts as one address, whatever it leads to.
    for (const rate of planned.endpoint.kind === 'name' ? [Math.min(RUN_PACE, ...rates)] : rates) {
      load.pairs += planned.ports.length
      load.pairsAt.set(rate, (load.pairsAt.get(rate) ?? 0) + planned.ports.length)
    }
  }
  return load
}

function isLate({ pairs, pairsAt, rates, ports }: Load, { scan }: PlannedEndpoint, address: string): boolean {
  const rate = rates.get(address) ?? RUN_PACE
  const seconds = Math.max(
    pairs / RUN_PACE,
    (pairsAt.get(rate) ?? 0) / rate,
    (ports.get(address) ?? 0) / ADDRESS_PACE,
  )
  return seconds * 1000 > scan.timeLimitMs
}

function seeHost(
  world: World,
  planned: PlannedEndpoint,
  address: string,
  load: Load,
): Pick<HostResult, 'open' | 'closed' | 'filtered' | 'unknown' | 'answersEverywhere' | 'cut'> {
  const { ports, scan, endpoint } = planned
  const seen = { open: [], closed: [], filtered: [], unknown: [], answersEverywhere: false }
  if (isLate(load, planned, address))
    return { ...seen, unknown: [{ ports: toRanges(ports), reason: 'time-limit' }] }
  if (world.silent.has(address))
    return { ...seen, filtered: [{ ports: toRanges(ports), reason: 'no-response' }] }
  const isTarpit = world.tarpits.has(address)
  const isOpen = (port: number) => isTarpit || world.open.has(`${address} ${port}`)
  const find = (port: number) => {
    if (world.cut.has(`${address} ${port}`)) return undefined
    return world.sites.get(`${address} ${port} ${endpoint.host}`) ?? world.open.get(`${address} ${port}`)
  }
  const cut = scan.identify ? ports.filter((port) => isOpen(port) && world.cut.has(`${address} ${port}`)) : []
  const open = ports.filter(isOpen).map((port) => {
    const service = scan.identify ? find(port) : undefined
    return { port, reason: 'syn-ack' as const, rttMs: 1, ...(service === undefined ? {} : { service }) }
  })
  const closed = toRanges(ports.filter((port) => !isOpen(port)))
  return {
    ...seen,
    open,
    closed: closed.length > 0 ? [{ ports: closed, reason: 'conn-refused' }] : [],
    answersEverywhere: isTarpit,
    ...(cut.length > 0 ? { cut } : {}),
  }
}

const UNEXPECTED: FindingId[] = ['unexpected-open-port', 'denied-open-port']

/**
 * What failed the first run of two and had to fail the second: all but what the second one has seen or said better. A run
 * that sees more is no looser, nor is a policy that documents an allowance or takes one out.
 */
export function listUnexcused(before: End, after: End): Finding[] {
  const isSaidNow = (said: FindingId, address?: string) =>
    after.findings.some((finding) => finding.id === said && finding.address === address)
  const isQuietNow = (address = '') => after.answered.has(address) || isSaidNow('silent-host', address)
  const isJudgedNow = ({ address, port }: Finding, ids: FindingId[]) =>
    after.findings.some(
      (one) => ids.includes(one.id) && one.address === address && one.port === (port ?? one.port),
    )
  // An address that the policy excludes, or of which it accepts that this machine has no way to it.
  const isLeftOutNow = (endpoint = '') =>
    after.excluded.has(endpoint) ||
    after.findings.some((finding) => finding.id === 'no-ipv6-here' && finding.endpoint === endpoint)
  return before.failing.filter((finding) => {
    const { id, reason, endpoint, address } = finding
    if (id === 'undocumented-allowance') return isMoved(finding, before, after)
    // A port that is no longer allowed at all, or denied, is a violation as bad as what answers there, whatever was to answer. And
    // what answers may be known to be wrong where one service less is allowed.
    if (id === 'wrong-service') return !isJudgedNow(finding, UNEXPECTED)
    if (id === 'unidentified-service') return !isJudgedNow(finding, [...UNEXPECTED, 'wrong-service'])
    // The same host answers by another family, or on other ports.
    if (id === 'silent-run')
      return ![...after.answered].some(
        ([address, endpoints]) =>
          before.addresses.has(address) || endpoints.some((endpoint) => before.endpoints.has(endpoint)),
      )
    // Another address of it is scanned that was excluded: then one that this machine has no way to is left out.
    if (id === 'no-ipv6-here') return before.scanned.has(endpoint ?? '') || !after.scanned.has(endpoint ?? '')
    // With more address families there may be an address.
    if (id === 'unresolved-host') return !after.scanned.has(endpoint ?? '') && !isLeftOutNow(endpoint)
    if (id === 'unreachable-host') return !isQuietNow(address)
    // With more time a host turns out to be silent, which the policy may accept.
    const isSeenNow = isQuietNow(address) || isSaidNow('unreachable-host', address)
    return !(id === 'incomplete-scan' && reason === 'time-limit' && isSeenNow)
  })
}

/** Whether an allowance that is not documented stands where that passes, and did not before. */
function isMoved({ port, severity }: Finding, before: End, after: End): boolean {
  const count = ({ findings }: End) =>
    findings.filter((one) => {
      const isAlike = one.port === port && one.severity === severity
      return one.id === 'undocumented-allowance' && !one.fails && isAlike
    }).length
  return count(after) > count(before)
}
