/** Builds a network like one that was traced, and scans it. */
import type { ChangeRecord, TraceRecord } from '../../src/scan/engine/trace.ts'
import { type Run, serviceOn, simulate } from './run.ts'
import type { HostSpec, NetworkSpec, Refusal, Trait } from './spec.ts'
import type { Network, TracedHost } from './trace-file.ts'

/** What stands in for an answer, by the reason that was reported. */
const REFUSALS: Record<string, Refusal> = {
  'conn-refused': 'reset',
  'host-unreach': 'icmp-host',
  'net-unreach': 'icmp-net',
  'admin-prohibited': 'icmp-admin',
}

/** Each network is tried with a few seeds, because of chance. */
const SEEDS = [1, 2, 3]

/** A limit cannot be seen directly: these are tried, as factors of the highest rate that got through. */
const LIMIT_FACTORS = [0.4, 0.6, 0.8, 1, 1.3, 1.7, 2.2, 3, 4]

/** A host that was unresponsive for less time may have been so for want of tokens, in milliseconds. */
const LEAST_AWAY_MS = 2_000

/** A scan that takes longer is like none that was traced, in milliseconds. */
const LONGEST_MS = 4 * 3_600_000

/** One host of a trace, its network, and the scan of that. */
export interface Replay {
  traced: TracedHost
  spec: NetworkSpec
  run: Run
}

/** Replays one host of a trace; of several networks the one whose scan is most like that which was traced. */
export async function replay(traced: TracedHost): Promise<Replay> {
  const tried: Replay[] = []
  for (const guess of listGuesses(traced)) {
    const spec = buildNetwork(traced, guess)
    tried.push({ traced, spec, run: await simulate(spec, LONGEST_MS) })
  }
  return tried.reduce((best, one) => (differ(one) < differ(best) ? one : best))
}

/** How far a replay is from what was traced: the logarithms of its time and its probes, as factors. */
function differ({ traced, run }: Replay): number {
  const was = measureTraced(traced)
  const { ms, probes } = measureRun(run)
  return (
    Math.abs(Math.log((ms + 100) / (was.ms + 100))) + Math.abs(Math.log((probes + 10) / (was.probes + 10)))
  )
}

/** What the first pass over a host took and reported. */
export interface Pass {
  ms: number
  probes: number
  ports: Record<string, number>
}

export function measureTraced({
  at,
  network: { since, probes, controls, ports },
}: Pick<TracedHost, 'at' | 'network'>): Pass {
  return { ms: at - since, probes: probes + controls, ports }
}

export function measureRun({ trace }: Run): Pass {
  const record = trace.find((one) => 'network' in one)
  if (!record || !('network' in record)) throw new Error('the scan told nothing of its network')
  return measureTraced(record)
}

export function listChanges(trace: TraceRecord[]): ChangeRecord[] {
  const end = trace.findIndex((one) => 'network' in one)
  return trace.slice(0, end).filter((one) => 'changed' in one)
}

/** What a trace does not say: the share of SYNs lost on the way, how many a second are let through, and the seed. */
interface Guess {
  loss: number
  limit?: number
  seed: number
}

function listGuesses({ network, changes }: TracedHost): Guess[] {
  const ceilings = changes.flatMap(({ ceiling }) => (ceiling === undefined ? [] : [ceiling]))
  const least = pathLoss(network)
  const losses = [...new Set([least, shareOf(network.loads)])]
  const guesses = losses.flatMap((loss) => SEEDS.map((seed): Guess => ({ loss, seed })))
  if (ceilings.length === 0) return guesses
  const highest = Math.max(...ceilings)
  const limits = LIMIT_FACTORS.map((factor) => Math.max(5, Math.round(highest * factor)))
  return [...guesses, ...new Set([0, least])].flatMap((guess) =>
    typeof guess === 'number' ? limits.map((limit) => ({ loss: guess, limit, seed: 1 })) : [guess],
  )
}

/** The share that was lost where least was sent: that of the path. */
function pathLoss({ loads }: Network): number {
  const quiet = loads.filter(([, answered, lost]) => answered + lost >= 10)
  return quiet.length === 0 ? 0 : Math.min(...quiet.map((load) => shareOf([load])))
}

function shareOf(loads: Network['loads']): number {
  const lost = loads.reduce((sum, [, , gone]) => sum + gone, 0)
  const all = loads.reduce((sum, [, answered, gone]) => sum + answered + gone, 0)
  return lost / Math.max(1, all)
}

function buildNetwork({ network, changes, at }: TracedHost, { loss, limit, seed }: Guess): NetworkSpec {
  const { since, ports, rttMs = 10, variationMs, sockets, syns, maxRate } = network
  const size = Object.values(ports).reduce((sum, count) => sum + count, 0)
  const seconds = Math.max(1, (at - since) / 1_000)
  const traits: Trait[] = listAway(changes, since)
  if (loss > 0.005) traits.push({ kind: 'loss', there: Math.min(0.9, loss), back: 0 })
  if (limit !== undefined) {
    const over = changes.some(({ changed }) => changed.includes('trust')) ? 'reset' : 'silence'
    traits.push({ kind: 'syn-limit', perSecond: limit, burst: 5, over })
  }
  const [reason = 'no-response', refused = 0] =
    Object.entries(ports)
      .filter(([key]) => key in REFUSALS)
      .sort(([, one], [, other]) => other - one)[0] ?? []
  const rest = refused > 0 ? (REFUSALS[reason] as Refusal) : 'silence'
  const silent = ports['no-response'] ?? 0
  const isScarce = rest.startsWith('icmp') && silent > 0
  if (isScarce) {
    traits.push({
      kind: 'refusal-limit',
      of: 'icmp',
      perSecond: Math.max(1, Math.round(refused / seconds)),
      burst: 6,
    })
  }
  const open = chooseOpen(network, size)
  const host: HostSpec = {
    open,
    silent: rest === 'silence' || isScarce ? [] : spread(silent, size, new Set(open)),
    rest,
    rttMs,
    jitterMs: Math.min(rttMs, Math.round(variationMs * 4) / 4),
    traits,
  }
  return {
    seed,
    machine: { sockets, isLinear: syns > 2, stalls: [], selfConnects: 0 },
    ports: { upTo: Math.max(1, size - open.filter((port) => port > size).length), more: open },
    hosts: [host],
    shared: [],
    policy: { expected: [], required: [], ...(maxRate !== undefined && { maxRate }) },
  }
}

/** When the host was away: from when it was unresponsive until it was back, or for good. */
function listAway(changes: TracedHost['changes'], since: number): Trait[] {
  const away: Trait[] = []
  let fromMs: number | undefined
  for (const { at: time, changed } of changes) {
    const at = time - since
    if (changed.includes('unresponsive')) fromMs = Math.max(0, at - 1_200)
    if (!changed.includes('back') || fromMs === undefined) continue
    if (at - fromMs > LEAST_AWAY_MS) away.push({ kind: 'away', fromMs, toMs: at })
    fromMs = undefined
  }
  if (fromMs !== undefined) away.push({ kind: 'away', fromMs })
  return away
}

/** Ports that are probed with as much care as those that were open. */
function chooseOpen({ open: { ssh, mysql, known, other } }: Network, size: number): number[] {
  const isKnown = (port: number) => serviceOn(port) !== undefined
  const chosen = [...(ssh > 0 ? [22] : []), ...(mysql > 0 ? [3306] : [])]
  const take = (count: number, fits: (port: number) => boolean) => {
    for (let port = 1, left = count; left > 0 && port <= 65_535; port++) {
      if (!fits(port) || chosen.includes(port)) continue
      chosen.push(port)
      left -= 1
    }
  }
  take(known, (port) => isKnown(port) && port !== 22 && port !== 3306)
  take(Math.min(other, size), (port) => !isKnown(port) && port > Math.min(size / 2, 1_000))
  return chosen
}

/** As many ports as asked for, spread evenly over all. */
function spread(count: number, size: number, without: Set<number>): number[] {
  const step = Math.max(1, size / Math.max(1, count))
  const ports = new Set<number>()
  for (let place = 1; ports.size < count && place < size * 2; place += step) {
    let port = Math.floor(((place - 1) % size) + 1)
    while (without.has(port) || ports.has(port)) port = (port % size) + 1
    ports.add(port)
  }
  return [...ports]
}
