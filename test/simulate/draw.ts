/** Draws a random network from a seed. */
import { createRandom } from '../../src/scan/targets/random.ts'
import { estimateMs } from './bound.ts'
import type { HostSpec, MachineSpec, NetworkSpec, Refusal, Trait } from './spec.ts'

/** What is often open. */
const LIKELY = [
  21, 22, 23, 25, 53, 80, 110, 143, 443, 445, 1433, 2375, 3306, 3389, 5432, 5900, 6379, 8080, 9200,
]

const REFUSALS: Refusal[] = ['reset', 'icmp-port', 'icmp-host', 'icmp-net', 'icmp-admin']

type Draw = ReturnType<typeof createDraw>

function createDraw(seed: number) {
  const random = createRandom(seed)
  const between = (from: number, to: number) => from + Math.floor(random() * (to - from + 1))
  return {
    chance: (share: number) => random() < share,
    /** A whole number, both ends included. */
    between,
    /** One whose order of magnitude is drawn. */
    scaled: (from: number, to: number) => Math.round(from * (to / from) ** random()),
    /** A share with three digits. */
    share: (from: number, to: number) => Math.round((from + random() * (to - from)) * 1000) / 1000,
    pick: <T>(list: readonly T[]): T => list[between(0, list.length - 1)] as T,
  }
}

/** A scan that would take longer is drawn with fewer ports and hosts, in milliseconds. */
const LONGEST_MS = 600_000

/** The network of a seed. */
export function drawNetwork(seed: number): NetworkSpec {
  let spec = drawAny(seed)
  while (estimateMs(spec) > LONGEST_MS && (spec.ports.upTo > 1 || spec.hosts.length > 1)) {
    const { ports, hosts } = spec
    spec = {
      ...spec,
      ports: { ...ports, upTo: Math.ceil(ports.upTo / 2) },
      hosts: hosts.slice(0, Math.ceil(hosts.length / 2)),
    }
  }
  return spec
}

function drawAny(seed: number): NetworkSpec {
  const draw = createDraw(seed)
  const ports = drawPorts(draw)
  const hostCount = draw.chance(0.7) ? 1 : draw.scaled(2, ports.upTo > 500 ? 5 : 40)
  const kinds = drawKinds(draw)
  // Hosts of one network are alike, mostly.
  const model = drawHost(draw, ports, kinds)
  const hosts = Array.from({ length: hostCount }, (_, index) =>
    index === 0
      ? model
      : draw.chance(0.5)
        ? { ...model, open: drawOpen(draw, ports) }
        : drawHost(draw, ports, kinds),
  )
  const open = hosts.flatMap((host) => host.open)
  const some = (share: number) => [...new Set(open.filter(() => draw.chance(share)))]
  return {
    seed,
    machine: drawMachine(draw),
    ports,
    hosts,
    shared:
      hostCount > 1 && draw.chance(0.15)
        ? [drawTrait(draw, draw.pick(['syn-limit', 'away', 'loss', 'ban']), model, ports)]
        : [],
    policy: {
      expected: draw.chance(0.5) ? some(0.5) : [],
      required: draw.chance(0.3) ? [...some(0.5), ...(draw.chance(0.3) ? [80] : [])] : [],
      ...(draw.chance(0.15) && { maxRate: draw.scaled(20, 20_000) }),
      ...(draw.chance(0.08) && { timeLimitMs: draw.scaled(1_000, 120_000) }),
    },
    ...(draw.chance(0.02) && { abortAtMs: draw.scaled(1, 30_000) }),
  }
}

function drawPorts(draw: Draw): NetworkSpec['ports'] {
  const size = draw.chance(0.7)
    ? draw.scaled(1, 400)
    : draw.chance(0.8)
      ? draw.scaled(400, 3_000)
      : draw.scaled(3_000, 20_000)
  return { upTo: size, more: draw.chance(0.7) ? LIKELY : [] }
}

/** What is particular about a network: mostly one thing, sometimes none, sometimes three. */
function drawKinds(draw: Draw): Trait['kind'][] {
  const kinds: Trait['kind'][] = [
    'loss',
    'loss',
    'bursts',
    'syn-limit',
    'syn-limit',
    'connection-limit',
    'ban',
    'ban',
    'refusal-limit',
    'refusal-limit',
    'late',
    'tarpit',
    'backends',
    'stops',
    'away',
    'counted',
  ]
  const count = draw.pick([0, 1, 1, 1, 1, 2, 2, 3])
  return [...new Set(Array.from({ length: count }, () => draw.pick(kinds)))]
}

function drawHost(draw: Draw, ports: NetworkSpec['ports'], kinds: Trait['kind'][]): HostSpec {
  const rest = draw.chance(0.45) ? 'reset' : draw.chance(0.75) ? 'silence' : draw.pick(REFUSALS.slice(1))
  const rttMs = draw.scaled(1, 4_000) / 10
  const host: HostSpec = {
    open: drawOpen(draw, ports),
    silent: draw.chance(0.15)
      ? Array.from({ length: draw.scaled(1, 20) }, () => draw.between(1, ports.upTo))
      : [],
    rest,
    rttMs,
    jitterMs: draw.chance(0.5) ? 0 : Math.round(rttMs * draw.share(0, 0.7) * 10) / 10,
    traits: [],
  }
  // A kernel sends ICMP at its own pace, unless it was told not to.
  if (rest.startsWith('icmp') && draw.chance(0.7)) {
    host.traits.push({ kind: 'refusal-limit', of: 'icmp', perSecond: 1, burst: 6 })
  }
  for (const kind of kinds) host.traits.push(drawTrait(draw, kind, host, ports))
  return host
}

function drawOpen(draw: Draw, { upTo, more }: NetworkSpec['ports']): number[] {
  const count = draw.chance(0.1) ? 0 : draw.chance(0.9) ? draw.between(1, 6) : draw.between(7, 40)
  const open = Array.from({ length: count }, () =>
    draw.chance(0.6)
      ? draw.pick(LIKELY.filter((port) => port <= upTo || more.includes(port)).concat(1))
      : draw.between(1, upTo),
  )
  return [...new Set(open)].sort((a, b) => a - b)
}

function drawTrait(
  draw: Draw,
  kind: Trait['kind'],
  { open }: HostSpec,
  { upTo }: NetworkSpec['ports'],
): Trait {
  const over = (): Refusal => (draw.chance(0.6) ? 'silence' : draw.pick(REFUSALS))
  const port = open.length > 0 ? draw.pick(open) : 1
  switch (kind) {
    case 'loss': {
      const most = draw.chance(0.8) ? 0.2 : 0.5
      return draw.chance(0.6)
        ? { kind, there: draw.share(0, most), back: 0 }
        : { kind, there: draw.share(0, most / 2), back: draw.share(0, most / 2) }
    }
    case 'bursts':
      return {
        kind,
        everyMs: draw.scaled(200, 20_000),
        lastMs: draw.scaled(5, 3_000),
        loss: draw.share(0.3, 1),
      }
    case 'syn-limit': {
      const perSecond = draw.scaled(10, 5_000)
      return {
        kind,
        perSecond,
        burst: draw.chance(0.7) ? 5 : draw.scaled(5, 2 * perSecond + 5),
        over: over(),
      }
    }
    case 'connection-limit': {
      const holdMs = draw.scaled(10, 2_000)
      // A limit of fewer than ten connections a second lets hardly anything be seen.
      return { kind, most: Math.max(Math.ceil(holdMs / 100), draw.scaled(1, 500)), holdMs, over: over() }
    }
    case 'ban': {
      const forMs = draw.chance(0.4) ? draw.scaled(500, 60_000) : undefined
      // What lets hardly a SYN a second through shows nothing.
      const after = draw.scaled(forMs === undefined ? 1 : 10, 5_000)
      const within = draw.chance(0.6) ? 'all' : 'second'
      return { kind, after, within, by: over(), ...(forMs !== undefined && { forMs }) }
    }
    case 'refusal-limit': {
      const of = draw.pick(['reset', 'icmp'] as const)
      const perSecond = draw.pick([1, 1, 10, 50, 200, 1_000])
      // BSD counts resets by the second, Linux lets six ICMP messages go at once.
      return { kind, of, perSecond, burst: of === 'icmp' ? 6 : Math.max(6, perSecond) }
    }
    case 'late':
      return { kind, port, ms: draw.scaled(100, 2_000) }
    case 'tarpit': {
      const isWhole = draw.chance(0.5)
      const from = isWhole ? 1 : draw.between(1, Math.max(1, upTo))
      return { kind, from, to: isWhole ? 65_535 : from + draw.scaled(2, 400) }
    }
    case 'backends':
      return {
        kind,
        open: Array.from({ length: draw.between(2, 4) }, () => open.filter(() => draw.chance(0.6))),
      }
    case 'stops':
      return { kind, port, atMs: draw.scaled(10, 20_000) }
    case 'away': {
      const fromMs = draw.scaled(1, 20_000)
      return { kind, fromMs, ...(draw.chance(0.6) && { toMs: fromMs + draw.scaled(50, 20_000) }) }
    }
    case 'counted':
      return { kind, port, most: draw.between(1, 60) }
  }
}

function drawMachine(draw: Draw): MachineSpec {
  const sockets = draw.chance(0.85) ? draw.pick([900, 16_000]) : draw.scaled(4, 200)
  const isShort = draw.chance(0.05)
  const window = (mostMs: number) => {
    const fromMs = draw.scaled(1, 5_000)
    return draw.chance(0.7)
      ? { fromMs, toMs: fromMs + draw.scaled(50, mostMs) }
      : { fromMs: draw.chance(0.5) ? 0 : fromMs }
  }
  return {
    sockets,
    isLinear: draw.chance(0.7),
    ...(isShort && {
      shortage: {
        most: draw.scaled(4, 300),
        error: draw.pick(['EMFILE', 'EADDRNOTAVAIL']),
        ...window(10_000),
      },
    }),
    ...(draw.chance(0.03) && { offline: window(20_000) }),
    stalls: draw.chance(0.1)
      ? Array.from({ length: draw.between(1, 5) }, () => ({
          atMs: draw.scaled(1, 10_000),
          ms: draw.scaled(20, 3_000),
        }))
      : [],
    selfConnects: draw.chance(0.03) ? draw.share(0.001, 0.05) : 0,
  }
}
