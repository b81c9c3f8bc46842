/** Networks that are made up, and what a scan of them sees: all that `suggest` must not be misled by. */
import fc from 'fast-check'
import { judge } from '../../src/judge/judge.ts'
import type { Finding, HostResult, OpenPort, ScanPlan, ScanResult } from '../../src/model.ts'
import type { Side } from '../../src/policy/diff/loss.ts'
import { parseEndpoint } from '../../src/policy/endpoints.ts'
import { makePlan } from '../../src/policy/plan.ts'
import { toRanges } from '../../src/port-ranges.ts'

export const NOW = new Date('2026-06-15T12:00:00Z')

/** The ports that are scanned: alone, in a row, of risky services, and what nothing uses. */
export const PORTS = [22, 80, 443, 2222, 3306, 6379, 8000, 8001, 8002, 8003, 8080, 9200, 54_321]

/** What an address is like. `part`: some of its ports stay unknown. `run`: whatever is tried from 8000 to 8003 is open. */
type Kind = 'normal' | 'silent' | 'tarpit' | 'unknown' | 'part' | 'run'

export interface World {
  /** What is to be scanned. */
  endpoints: string[]
  /** Where names lead; those without an address do not resolve. */
  names: Record<string, string[]>
  hosts: Record<string, { kind: Kind; open: Found[] }>
}

const LABELS = ['web1', 'web2', 'web3', 'web10', 'web01', 'api', 'app-a', 'app-b', 'app-c', 'db', '1', 'x--y']
const DOMAINS = ['ex.com', 'a.ex.com', 'ex.org', 'test']
const ADDRESSES = Array.from({ length: 16 }, (_, index) => `10.0.0.${index}`).concat(
  '2001:db8::1',
  '2001:db8::5',
)

/** Banners are written by whoever answers. */
const PRODUCTS = [
  undefined,
  'OpenSSH_9.2p1',
  'nginx/1.22.1',
  'a # b: [x] }\n- 22',
  '```\n::error::x',
  '\'"*&!|>%@',
  'x'.repeat(500),
]

type Found = Omit<OpenPort, 'reason'>

const found: fc.Arbitrary<Found> = fc.record({
  port: fc.constantFrom(...PORTS),
  service: fc.constantFrom(
    undefined,
    'ssh',
    'http',
    'https',
    'tls',
    'redis',
    'mysql',
    'grafana',
    'elasticsearch',
    'strange',
  ),
  product: fc.constantFrom(...PRODUCTS),
})

/** Hosts are often alike: that is what makes groups. */
const services: fc.Arbitrary<Found[]> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.constant<Found[]>([
      { port: 80, service: 'http', product: 'nginx/1.22.1' },
      { port: 443, service: 'https', product: undefined },
    ]),
  },
  { weight: 1, arbitrary: fc.constant<Found[]>([{ port: 6379, service: 'redis', product: undefined }]) },
  {
    weight: 1,
    arbitrary: fc.constant<Found[]>(
      [8000, 8001, 8002].map((port) => ({ port, service: undefined, product: undefined })),
    ),
  },
  { weight: 4, arbitrary: fc.uniqueArray(found, { maxLength: 5, selector: ({ port }) => port }) },
)

const host = fc.record({
  kind: fc.constantFrom<Kind>(
    'normal',
    'normal',
    'normal',
    'normal',
    'normal',
    'silent',
    'tarpit',
    'unknown',
    'part',
    'run',
  ),
  open: services,
})

const name = fc.tuple(fc.constantFrom(...LABELS), fc.constantFrom(...DOMAINS)).map((parts) => parts.join('.'))

const endpoint = fc.oneof(
  { weight: 6, arbitrary: name },
  { weight: 2, arbitrary: fc.constantFrom(...ADDRESSES) },
  { weight: 1, arbitrary: fc.constantFrom('10.0.0.0/30', '10.0.0.4/31', '10.0.0.8/29', '2001:db8::4/127') },
  { weight: 1, arbitrary: name.map((text) => `https://${text}:8443/x`) },
  { weight: 1, arbitrary: name.map((text) => `http://${text}/`) },
  { weight: 1, arbitrary: name.map((text) => `${text}.`) },
)

export const world: fc.Arbitrary<World> = fc
  .record({
    endpoints: fc.uniqueArray(endpoint, { minLength: 1, maxLength: 14 }),
    seeds: fc.array(fc.nat(), { minLength: 30, maxLength: 30 }),
    kinds: fc.array(host, { minLength: 4, maxLength: ADDRESSES.length }),
  })
  .map(({ endpoints, seeds, kinds }) => {
    const hosts = Object.fromEntries(
      ADDRESSES.map((address, index) => [
        address,
        kinds[(seeds[index] ?? 0) % kinds.length] as (typeof kinds)[number],
      ]),
    )
    const pickAddress = (seed: number) => ADDRESSES[seed % ADDRESSES.length] as string
    const all = [...new Set(endpoints.flatMap((text) => hostOf(text) ?? []))]
    const names = Object.fromEntries(
      all.map((one, index) => {
        const seed = seeds[index] ?? 0
        if (seed % 11 === 0) return [one, []]
        const second = seed % 5 === 0 ? [pickAddress(seed >> 4)] : []
        return [one, [...new Set([pickAddress(seed), ...second])]]
      }),
    )
    return { endpoints, names, hosts }
  })

function hostOf(text: string): string | undefined {
  const { value } = parseEndpoint(text)
  return value?.kind === 'name' ? value.host : undefined
}

/** Plans what a policy makes of a run; with endpoints in place of its own, or without. */
export function planRun(
  { policy, catalogue }: Side,
  endpoints: string[],
  ports?: number[],
): ScanPlan | undefined {
  const asked = endpoints.map((text) => {
    const { value, problem } = parseEndpoint(text)
    if (problem) throw new Error(problem.message)
    return { ...value, scan: {} }
  })
  const scan = ports ? { ports: toRanges([...ports].sort((a, b) => a - b)) } : {}
  return makePlan(policy, { endpoints: asked, scan, seed: 1 }, catalogue).value
}

/** What a scan of a plan sees. */
export function scanWorld({ names, hosts }: World, { endpoints }: ScanPlan): ScanResult {
  const seen: HostResult[] = []
  const unseen: ScanResult['unseen'] = []
  for (const { environment, endpoint, addresses, ports } of endpoints) {
    const about = { ...(environment === undefined ? {} : { environment }), endpoint: endpoint.text }
    const found = addresses ?? names[endpoint.host] ?? []
    if (found.length === 0) unseen.push({ ...about, kind: 'unresolved', detail: 'no such\nname # "' })
    for (const address of found) {
      const { kind, open } = hosts[address] ?? { kind: 'silent' as const, open: [] }
      seen.push({ ...about, host: endpoint.host, address, ...see(kind, open, ports) })
    }
  }
  return { hosts: seen, unseen, canaries: [], probes: 1, startedAt: NOW, finishedAt: NOW }
}

function see(
  kind: Kind,
  services: World['hosts'][string]['open'],
  ports: number[],
): Omit<HostResult, 'endpoint' | 'host' | 'address'> {
  const nothing = { open: [], closed: [], filtered: [], unknown: [], answersEverywhere: false }
  const all = [{ ports: toRanges(ports), reason: 'no-response' as const }]
  if (kind === 'silent') return { ...nothing, filtered: all }
  if (kind === 'unknown') return { ...nothing, unknown: [{ ports: toRanges(ports), reason: 'no-route' }] }
  const isRun = (port: number) => kind === 'run' && port >= 8000 && port <= 8003
  const isOpen = (port: number) =>
    kind === 'tarpit' || isRun(port) || services.some((one) => one.port === port)
  const isUnknown = (port: number) => kind === 'part' && port > 6379
  const open = ports
    .filter((port) => isOpen(port) && !isUnknown(port))
    .map((port) => {
      const { service, product } = (isRun(port) ? undefined : services.find((one) => one.port === port)) ?? {}
      const tls = service === 'https' || service === 'tls' ? { tls: { protocol: 'TLSv1.3', names: [] } } : {}
      return {
        port,
        reason: 'syn-ack' as const,
        ...(service ? { service } : {}),
        ...(product ? { product } : {}),
        ...tls,
      }
    })
  const shut = toRanges(ports.filter((port) => !isOpen(port) && !isUnknown(port)))
  const left = toRanges(ports.filter(isUnknown))
  return {
    ...nothing,
    open,
    closed: shut.length > 0 ? [{ ports: shut, reason: 'conn-refused' }] : [],
    unknown: left.length > 0 ? [{ ports: left, reason: 'time-limit' }] : [],
    answersEverywhere: kind === 'tarpit',
    ...(kind === 'run' ? { runs: [{ from: 8000, to: 8003 }] } : {}),
    ...(kind === 'tarpit' ? { decoys: [undefined] } : {}),
  }
}

/** What a policy makes of a world. */
export function judgeWorld(world: World, side: Side, plan: ScanPlan): Finding[] {
  return judge({ ...side, plan, scan: scanWorld(world, plan), now: NOW }).findings
}

/** Violations that a suggestion must leave alone: those of hosts on which an open port means nothing. */
export function listViolations(world: World, findings: Finding[]): Finding[] {
  return findings.filter(
    ({ kind, address }) => kind === 'violation' && world.hosts[address ?? '']?.kind !== 'tarpit',
  )
}
