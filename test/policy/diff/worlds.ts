/**
 * Judgement in full, on networks that are made up: what a run of a policy comes to, from the plan to the exit status, with
 * a stand-in for the scan alone.
 */
import { judge } from '../../../src/judge/judge.ts'
import { exitStatus } from '../../../src/judge/verdict.ts'
import type { Finding, HostResult, PlannedEndpoint, ScanPlan, ScanResult } from '../../../src/model.ts'
import type { Side } from '../../../src/policy/diff/loss.ts'
import { parseEndpoint } from '../../../src/policy/endpoints.ts'
import { findEnvironment } from '../../../src/policy/environments.ts'
import { makePlan } from '../../../src/policy/plan.ts'
import { toRanges } from '../../../src/policy/ports.ts'

const NOW = new Date('2026-06-15T12:00:00Z')

/** What every name leads to. */
export const ADDRESSES: Record<string, string[]> = {
  'a.ex.com': ['10.0.0.1'],
  'b.ex.com': ['10.0.0.5', '2001:db8::5'],
  'c.a.ex.com': ['10.9.9.9'],
  'd.org': ['10.0.0.6', '2001:db8::6'],
  'x.ex.com': ['2001:db8::9'],
}

/** A network, as far as it is not closed ports that say so. */
export interface World {
  /** Services by `address port`; undefined: open, and nothing tells what answers. */
  open: Map<string, string | undefined>
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
  /** Addresses that answered something. */
  answered: Set<string>
  /** Endpoints that had an address to scan. */
  scanned: Set<string>
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
  const scan = scanIn(world, plan)
  const { verdict, findings } = judge({ policy, plan, scan, catalogue, now: NOW })
  const answered = scan.hosts.filter(({ open, closed }) => open.length + closed.length > 0)
  return {
    status: exitStatus({ mode: 'enforce', verdict, findings }),
    failing: findings.filter(({ fails }) => fails),
    findings,
    answered: new Set(answered.map(({ address }) => address)),
    scanned: new Set(scan.hosts.map(({ endpoint }) => endpoint)),
  }
}

function scanIn(world: World, { endpoints }: ScanPlan): ScanResult {
  const hosts: HostResult[] = []
  const unseen: ScanResult['unseen'] = []
  const canaries: ScanResult['canaries'] = []
  const pairs = endpoints.reduce((sum, { ports, addresses, endpoint }) => {
    // How many addresses a workflow names is not the policy's.
    return sum + ports.length * (endpoint.place ? (addresses?.length ?? 1) : 1)
  }, 0)
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
      if (address.includes(':') && !world.hasIpv6)
        unseen.push({ ...about, kind: 'no-ipv6', detail: 'no route', address })
      else hosts.push({ ...about, host: endpoint.host, address, ...seeHost(world, planned, address, pairs) })
    }
  }
  return {
    hosts,
    unseen,
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
  return (ADDRESSES[endpoint.host] ?? []).filter((address) => {
    const isSix = address.includes(':')
    return scan.ip === '4' ? !isSix : scan.ip === '6' ? isSix : true
  })
}

/** Ports that a scan gets through in a second. */
const PACE = 5_000

function seeHost(
  world: World,
  { ports, scan }: PlannedEndpoint,
  address: string,
  pairs: number,
): Pick<HostResult, 'open' | 'closed' | 'filtered' | 'unknown' | 'answersEverywhere'> {
  const seen = { open: [], closed: [], filtered: [], unknown: [], answersEverywhere: false }
  if ((pairs / Math.min(PACE, scan.maxRate ?? PACE)) * 1000 > scan.timeLimitMs)
    return { ...seen, unknown: [{ ports: toRanges(ports), reason: 'time-limit' }] }
  if (world.silent.has(address))
    return { ...seen, filtered: [{ ports: toRanges(ports), reason: 'no-response' }] }
  const isTarpit = world.tarpits.has(address)
  const isOpen = (port: number) => isTarpit || world.open.has(`${address} ${port}`)
  const open = ports.filter(isOpen).map((port) => {
    const service = scan.identify ? world.open.get(`${address} ${port}`) : undefined
    return { port, reason: 'syn-ack' as const, rttMs: 1, ...(service === undefined ? {} : { service }) }
  })
  const closed = toRanges(ports.filter((port) => !isOpen(port)))
  return {
    ...seen,
    open,
    closed: closed.length > 0 ? [{ ports: closed, reason: 'conn-refused' }] : [],
    answersEverywhere: isTarpit,
  }
}

/**
 * What failed the first run of two and had to fail the second: all but what the second one has seen or said better. A run
 * that sees more is no looser, nor is a policy that documents an allowance or takes one out.
 */
export function listUnexcused(before: End, after: End): Finding[] {
  const isQuietNow = (address = '') =>
    after.answered.has(address) ||
    after.findings.some((finding) => finding.id === 'silent-host' && finding.address === address)
  // A port that is no longer allowed at all is a violation as bad as what answers there, whatever was to answer.
  const isUnexpectedNow = (finding: Finding) =>
    after.findings.some(({ id, address, port }) => {
      const isHere = address === finding.address && port === (finding.port ?? port)
      return isHere && id === 'unexpected-open-port'
    })
  return before.failing.filter((finding) => {
    const { id, reason, endpoint, address } = finding
    if (id === 'undocumented-allowance') return false
    if (id === 'wrong-service' || id === 'unidentified-service') return !isUnexpectedNow(finding)
    if (id === 'silent-run') return after.answered.size === 0
    // With more address families there may be an address.
    if (id === 'unresolved-host') return !after.scanned.has(endpoint ?? '')
    if (id === 'unreachable-host') return !isQuietNow(address)
    return !(id === 'incomplete-scan' && reason === 'time-limit' && isQuietNow(address))
  })
}
