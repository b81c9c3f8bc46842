/** What a scan would see of drawn hosts: the same of each port, whoever asks, and whatever else is asked. */
import type {
  HostResult,
  OpenPort,
  Outcome,
  PlannedEndpoint,
  PortRange,
  ScanPlan,
  ScanResult,
} from '../../src/model.ts'
import { toRanges } from '../../src/port-ranges.ts'
import { chanceOf } from './random.ts'

/** A network, by its seed, as a vantage of some number sees it. */
export interface World {
  seed: number
  /** Attempts that see something else have another one. */
  vantage: number
  canary: 'open' | 'filtered'
  hasIpv6: boolean
  excludes(address: string): boolean
}

const SERVICES = [undefined, 'ssh', 'http', 'https', 'redis', 'tls', 'ajp13']
const LONG_RUN = 32

type Kind = 'mixed' | 'silent' | 'refuses' | 'everywhere' | 'run' | 'banned' | 'late'

function kindOf({ seed }: World, address: string): Kind {
  const chance = chanceOf(seed, 'kind', address)
  if (chance < 0.35) return 'mixed'
  if (chance < 0.5) return 'silent'
  if (chance < 0.65) return 'refuses'
  if (chance < 0.73) return 'everywhere'
  if (chance < 0.83) return 'run'
  return chance < 0.92 ? 'banned' : 'late'
}

function outcomeOf(world: World, address: string, port: number): Outcome {
  const kind = kindOf(world, address)
  const { seed, vantage } = world
  const chance = chanceOf(seed, address, port)
  if (vantage > 0 && chanceOf(seed, vantage, address, port) < 0.01) return OPEN
  if (kind === 'silent') return SILENT
  if (kind === 'everywhere') return OPEN
  if (kind === 'refuses') return REFUSED
  const from = 300 + Math.floor(chanceOf(seed, 'from', address) * 1_500)
  if (kind === 'run' && port >= from && port < from + 700) return OPEN
  if (kind === 'banned' && port > from) return WENT_SILENT
  if (kind === 'late' && port > from) return LATE
  if (chance < 0.04) return OPEN
  if (chance < 0.3 && port % 7 < 3) return SILENT
  return chance > 0.99 ? PROHIBITED : REFUSED
}

const OPEN: Outcome = { state: 'open', reason: 'syn-ack' }
const SILENT: Outcome = { state: 'filtered', reason: 'no-response' }
const WENT_SILENT: Outcome = { state: 'unknown', reason: 'went-silent' }
const LATE: Outcome = { state: 'unknown', reason: 'time-limit' }
const PROHIBITED: Outcome = { state: 'filtered', reason: 'admin-prohibited' }
const REFUSED: Outcome = { state: 'closed', reason: 'conn-refused' }

/** What one scan of a plan sees, of which all endpoints have their addresses. */
export function see(plan: ScanPlan, world: World): ScanResult {
  const rank = new Map<string, number>()
  for (const { addresses = [] } of plan.endpoints)
    for (const address of addresses) if (!rank.has(address)) rank.set(address, rank.size)
  const result: ScanResult = {
    hosts: [],
    unseen: [],
    canaries: listCanaries(plan, world),
    vantage: { platform: 'linux', node: 'v24.0.0', githubHosted: false, ipv6: world.hasIpv6 },
    probes: 1,
    startedAt: new Date(),
    finishedAt: new Date(),
  }
  const excluded = []
  for (const planned of plan.endpoints) {
    const { environment, endpoint, addresses = [] } = planned
    for (const address of [...addresses].sort((a, b) => (rank.get(a) ?? 0) - (rank.get(b) ?? 0))) {
      const about = {
        ...(environment === undefined ? {} : { environment }),
        endpoint: endpoint.text,
        address,
      }
      if (world.excludes(address)) excluded.push(about)
      else if (address.includes(':') && !world.hasIpv6)
        result.unseen.push({ ...about, kind: 'no-ipv6', detail: 'ENETUNREACH' })
      else result.hosts.push(seeHost(planned, address, world))
    }
  }
  return excluded.length > 0 ? { ...result, excluded } : result
}

function listCanaries({ endpoints }: ScanPlan, { canary }: World): ScanResult['canaries'] {
  const found = new Map<string, ScanResult['canaries'][number]>()
  for (const { environment, scan } of endpoints) {
    if (!scan.canary) continue
    const { host, port } = scan.canary
    const outcome = canary === 'open' ? OPEN : SILENT
    found.set(JSON.stringify([environment, host, port]), { environment, host, port, outcome })
  }
  return [...found.values()]
}

function seeHost(
  { environment, endpoint, ports }: PlannedEndpoint,
  address: string,
  world: World,
): HostResult {
  const kind = kindOf(world, address)
  const byOutcome = new Map<Outcome, { outcome: Outcome; ports: number[] }>()
  const open: number[] = []
  for (const port of ports) {
    const outcome = outcomeOf(world, address, port)
    if (outcome === OPEN) open.push(port)
    const known = byOutcome.get(outcome)
    if (known) known.ports.push(port)
    else byOutcome.set(outcome, { outcome, ports: [port] })
  }
  const groups = (state: Outcome['state']) =>
    [...byOutcome.values()].flatMap(({ outcome, ports }) =>
      outcome.state === state ? [{ ports: toRanges(ports), reason: outcome.reason }] : [],
    )
  const isEverywhere = kind === 'everywhere'
  const some = (name: string) => open.filter((port) => chanceOf(world.seed, name, address, port) < 0.03)
  const lists = Object.entries({
    unasked: isEverywhere ? [] : some('unasked'),
    cut: some('cut'),
    starved: some('starved'),
    crowded: some('crowded'),
  }).filter(([, list]) => list.length > 0)
  const runs = kind === 'run' ? listStretches(ports, new Set(open)) : []
  const unknown = groups('unknown')
  return {
    environment,
    endpoint: endpoint.text,
    host: endpoint.host,
    address,
    open: open.map((port) => describeOpen(world, address, port)),
    ...Object.fromEntries(lists),
    ...(unknown.some(({ reason }) => reason === 'went-silent') ? { changed: 'went-silent' as const } : {}),
    closed: groups('closed'),
    filtered: groups('filtered'),
    unknown,
    answersEverywhere: isEverywhere,
    ...(runs.length > 0 ? { runs } : {}),
    ...(isEverywhere
      ? { decoys: chanceOf(world.seed, 'decoys', address) < 0.5 ? [undefined] : ['http', undefined] }
      : {}),
  }
}

function describeOpen({ seed }: World, address: string, port: number): OpenPort {
  // Where whatever is tried is open, most of it says nothing.
  const chance = chanceOf(seed, 'service', address, port)
  const service = SERVICES[Math.floor(chance * SERVICES.length)]
  const tls = {
    protocol: 'TLSv1.3',
    subject: 'example.com',
    names: ['example.com'],
    validTo: '2027-01-01T00:00:00.000Z',
  }
  return {
    port,
    ...(service === undefined ? {} : { service }),
    ...(service === 'ssh' ? { product: 'OpenSSH_9.2p1' } : {}),
    ...(service === 'https' || service === 'tls' ? { tls } : {}),
    ...(service === 'http' ? { http: { status: 200, title: 'Welcome' } } : {}),
    reason: 'syn-ack',
    rttMs: Math.round(chance * 1_000) / 100,
  }
}

/** Ports that were probed one after the other and are all open. */
function listStretches(ports: readonly number[], open: ReadonlySet<number>): PortRange[] {
  const stretches: { from: number; to: number; length: number }[] = []
  let isGoing = false
  for (const port of ports) {
    const last = stretches.at(-1)
    if (!open.has(port)) isGoing = false
    else if (isGoing && last) {
      last.to = port
      last.length += 1
    } else {
      stretches.push({ from: port, to: port, length: 1 })
      isGoing = true
    }
  }
  return stretches.flatMap(({ from, to, length }) => (length >= LONG_RUN ? [{ from, to }] : []))
}
