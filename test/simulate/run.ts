/** Runs the scan's own phases on a simulated network. */
import { buildCatalogue, protocolOf, riskOf } from '../../src/catalogue/catalogue.ts'
import type { PlannedEndpoint } from '../../src/model.ts'
import type { EngineContext } from '../../src/scan/engine/context.ts'
import type { PassResult } from '../../src/scan/engine/offload.ts'
import { createTokenBucket } from '../../src/scan/engine/token-bucket.ts'
import type { TraceRecord } from '../../src/scan/engine/trace.ts'
import { confirmSites, splitCrowds } from '../../src/scan/phases/confirm-sites.ts'
import { type PassContext, probePorts } from '../../src/scan/phases/probe-ports.ts'
import { createRandom } from '../../src/scan/targets/random.ts'
import type { Site } from '../../src/scan/targets/site.ts'
import { createTarget, type Target } from '../../src/scan/targets/target.ts'
import { createSimulatedClock } from './clock.ts'
import { addressOf, createNetwork, type Seen } from './network.ts'
import { listScanned, type NetworkSpec } from './spec.ts'

/** What a run of the phases has come to. */
export interface Run {
  spec: NetworkSpec
  targets: Target[]
  /** Hosts that accept whatever is tried, and those that do in a range. */
  tarpits: Set<Target>
  ranges: Map<Target, readonly { from: number; to: number }[]>
  /** How many outcomes the first pass has reported. */
  told: number
  probes: number
  stopped: PassResult['stopped']
  /** When the probing of ports ended, and all of it. */
  probedMs: number
  endedMs: number
  trace: TraceRecord[]
  /** By the number of the host. */
  seen: Seen[]
  /** Connects that began, the most sockets at a time, and how many connects `max-rate` was exceeded by. */
  connects: number
  mostSockets: number
  overRate: number
}

const NEVER_MS = 24 * 3_600_000

const catalogue = buildCatalogue()

/** What probably listens on a port, by the built-in catalogue. */
export function serviceOn(port: number): string | undefined {
  const entry = riskOf(catalogue, port)
  return entry && protocolOf(entry)
}

/**
 * @param endsAt fails where the phases are not done by then
 * @param tell called for each connect, and for each answer
 */
export async function simulate(
  spec: NetworkSpec,
  endsAt: number,
  tell?: (line: string) => void,
): Promise<Run> {
  const { machine, policy } = spec
  const clock = createSimulatedClock()
  const counts = { connects: 0, mostSockets: 0, overRate: 0 }
  const meter = createRateMeter(policy.maxRate)
  const network = createNetwork(spec, clock, {
    onConnect(address, port, sockets) {
      counts.connects += 1
      counts.mostSockets = Math.max(counts.mostSockets, sockets)
      if (meter(clock.now())) counts.overRate += 1
      tell?.(`${clock.now().toFixed(1)} ms: SYN to ${address}:${port}`)
    },
    ...(tell && {
      onAnswer: (address, port, { reason }) =>
        tell(`${clock.now().toFixed(1)} ms: ${reason} from ${address}:${port}`),
    }),
  })
  const trace: TraceRecord[] = []
  const engine: EngineContext = {
    clock,
    random: createRandom(spec.seed),
    createConnector: network.createConnector,
    synTimesMs: machine.isLinear ? [0, 1_000, 2_000] : [0, 1_000],
    sockets: machine.sockets,
    onTrace(event) {
      trace.push(event)
      tell?.(`${clock.now().toFixed(1)} ms: ${JSON.stringify(event)}`)
    },
  }
  const sites = createSites(spec)
  const targets = sites.map(({ target }) => target)
  const cost: PassResult = { probes: 0 }
  const aborting = new AbortController()
  if (spec.abortAtMs !== undefined) clock.at(spec.abortAtMs, () => aborting.abort())
  let told = 0
  const pass: PassContext = {
    engine,
    seed: spec.seed,
    serviceOn,
    signal: aborting.signal,
    account({ probes, stopped }) {
      cost.probes += probes
      if (stopped) cost.stopped ??= stopped
    },
  }
  const tarpits: Run['tarpits'] = new Set()
  const ranges: Run['ranges'] = new Map()
  let probedMs = 0
  await clock.run(async () => {
    await probePorts(targets, { ...pass, onOutcome: (_outcome, count) => (told += count) })
    probedMs = clock.now()
    for (const { group } of splitCrowds(sites)) {
      const found = await confirmSites(group, () => policy.required, pass)
      for (const target of found.tarpits.keys()) tarpits.add(target)
      for (const [target, list] of found.ranges) ranges.set(target, list)
    }
  }, endsAt)
  return {
    spec,
    targets,
    tarpits,
    ranges,
    told,
    probes: cost.probes,
    stopped: cost.stopped,
    probedMs,
    endedMs: clock.now(),
    trace,
    seen: [...network.seen.values()],
    ...counts,
  }
}

function createSites(spec: NetworkSpec): Site[] {
  const { expected, maxRate, timeLimitMs } = spec.policy
  const ports = Uint16Array.from(listScanned(spec))
  const settings = {
    deadline: timeLimitMs ?? NEVER_MS,
    limiters: maxRate === undefined ? [] : [createTokenBucket(maxRate, 0)],
    expected: expected.map((port) => ({ from: port, to: port })),
  }
  return spec.hosts.map((_, index) => {
    // No phase that runs here reads what was planned, except the judge's `listRequired`.
    const planned = {} as PlannedEndpoint
    return { planned, target: createTarget(addressOf(index), ports, settings) }
  })
}

/** Compares connects with a rate, over any window: more than it lets through, plus 50 ms of it at once, exceed it. */
function createRateMeter(perSecond: number | undefined): (now: number) => boolean {
  if (perSecond === undefined) return () => false
  const most = Math.max(1, perSecond / 20) + 0.01
  let level = 0
  let at = 0
  return (now) => {
    level = Math.max(0, level - ((now - at) / 1000) * perSecond) + 1
    at = now
    return level > most
  }
}
