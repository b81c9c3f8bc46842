/** Pairs of runs that differ in everything that two runs may differ in, drawn from a seed. */
import { type Judgement, judge } from '../../src/judge/judge.ts'
import type {
  Baseline,
  HostResult,
  KnownViolations,
  OpenPort,
  ScanPlan,
  ScanResult,
} from '../../src/model.ts'
import type { Side } from '../../src/policy/diff/loss.ts'
import { makePlan } from '../../src/policy/plan.ts'
import { createBaselineReader } from '../../src/read/baseline.ts'
import { renderJson } from '../../src/report/json.ts'
import { toReportJson } from '../../src/report/report-json.ts'
import { readSide } from '../policy/diff/side.ts'
import { createRandom, pick, type Random } from '../random.ts'

const POLICIES = [
  'hosts: { a.ex.com: [443], b.ex.com: [] }\nenvironments: { none: { endpoints: [a.ex.com] } }',
  'hosts: { a.ex.com: { allow: [443], deny: [22] }, b.ex.com: { require: [443] }, 192.0.2.9: [22] }',
  'hosts: { "*.ex.com": [443] }\nenvironments:\n  p: { endpoints: [a.ex.com, 192.0.2.0/30] }\n  q: { endpoints: [a.ex.com, 192.0.2.9] }',
  'hosts: { "*.ex.com": { allow: [{ port: 22, service: ssh }] } }\nenvironments:\n  p: { endpoints: [a.ex.com, b.ex.com] }',
  'hosts: { "*.ex.com": [22, 443, "9000-9200"] }\nenvironments:\n  p: { endpoints: [192.0.2.0/30, b.ex.com] }\n  q: { endpoints: [b.ex.com] }',
]

const sides = new Map<string, Side>()

function sideOf(yaml: string): Side {
  const known = sides.get(yaml) ?? readSide(`version: 1\n${yaml}\n`, 'policy.yml')
  sides.set(yaml, known)
  return known
}

const PORTS = [22, 80, 443, 6379, 8080]
/** Enough open ones among these, and the findings of a host are told together. */
const MANY = Array.from({ length: 130 }, (_, index) => 9000 + index)
const SERVICES = [undefined, 'ssh', 'http', 'redis', 'grafana']
const POOLS: Record<string, string[]> = {
  'a.ex.com': ['198.51.100.1', '198.51.100.2', '198.51.100.3'],
  'b.ex.com': ['198.51.100.7', '198.51.100.8'],
}

/** A run: what was seen, and what came of it. */
export interface Run {
  scan: ScanResult
  judgement: Judgement
}

type Seen = Omit<ScanResult, 'startedAt' | 'finishedAt'>

/** Draws a network as a run has seen it; one that follows another changes a little of it. */
function drawSeen(random: Random, side: Side, before: Seen | undefined): Seen {
  const plan = planOf(side)
  const hosts = plan.endpoints.flatMap(({ environment, endpoint, addresses }) => {
    const pool = POOLS[endpoint.host] ?? []
    const kept = addresses ?? pool.filter(() => random() < 0.6)
    return (kept.length > 0 ? kept : pool.slice(0, 1)).map((address) => {
      const known = before?.hosts.find(
        (host) =>
          host.address === address &&
          host.endpoint === endpoint.text &&
          (host.environment === environment || random() < 0.3),
      )
      return drawHost(random, known, {
        ...(environment === undefined ? {} : { environment }),
        endpoint: endpoint.text,
        host: endpoint.host,
        address,
      })
    })
  })
  const canary = { host: 'c.ex.com', port: 443 }
  const isBlind = random() < 0.1
  return {
    hosts,
    unseen: [],
    canaries: isBlind ? [{ ...canary, outcome: { state: 'filtered', reason: 'no-response' } }] : [],
    probes: 1,
  }
}

const plans = new Map<Side, ScanPlan>()

function planOf(side: Side): ScanPlan {
  const { policy, catalogue } = side
  const known = plans.get(side)
  if (known) return known
  const { value, problem } = makePlan(policy, { endpoints: [], scan: {}, seed: 1 }, catalogue)
  if (!value) throw new Error(problem.message)
  plans.set(side, value)
  return value
}

type State = 'closed' | 'filtered' | 'unknown' | 'absent' | { service?: string }

function stateOf(host: HostResult | undefined, port: number): State | undefined {
  const open = host?.open.find((one) => one.port === port)
  if (open) return { ...(open.service === undefined ? {} : { service: open.service }) }
  for (const state of ['closed', 'filtered', 'unknown'] as const)
    if (host?.[state].some(({ ports }) => ports.some(({ from, to }) => from <= port && port <= to)))
      return state
  return undefined
}

function drawState(random: Random, openness: number): State {
  if (random() < openness) {
    const service = pick(random, SERVICES)
    return service === undefined ? {} : { service }
  }
  return pick(random, ['closed', 'closed', 'filtered', 'unknown', 'absent'] as const)
}

function drawHost(
  random: Random,
  before: HostResult | undefined,
  about: Pick<HostResult, 'environment' | 'endpoint' | 'host' | 'address'>,
): HostResult {
  const mode = pick(random, [
    ...['as-is', 'as-is', 'as-is', 'as-is', 'as-is', 'as-is', 'as-is', 'as-is', 'as-is'],
    ...['many', 'silent', 'silent', 'everywhere', 'runs'],
  ])
  const openness = random() * 0.8
  const ports = mode === 'many' || before?.open.some(({ port }) => port >= 9000) ? [...PORTS, ...MANY] : PORTS
  const states = new Map<number, State>()
  for (const port of ports) {
    const known = stateOf(before, port)
    const state =
      known !== undefined && random() < 0.8 ? known : drawState(random, port >= 9000 ? 0.95 : openness)
    states.set(port, mode === 'silent' ? 'filtered' : state)
  }
  const at = (wanted: State) =>
    [...states].filter(([, state]) => state === wanted).map(([port]) => ({ from: port, to: port }))
  const open = [...states].flatMap(([port, state]): OpenPort[] =>
    typeof state === 'object' ? [{ port, reason: 'syn-ack', rttMs: 1, ...state }] : [],
  )
  const group = (state: State, reason: 'conn-refused' | 'no-response' | 'aborted') =>
    at(state).length > 0 ? [{ ports: at(state), reason }] : []
  return {
    ...about,
    open,
    closed: group('closed', 'conn-refused'),
    filtered: group('filtered', 'no-response'),
    unknown: group('unknown', 'aborted'),
    answersEverywhere: mode === 'everywhere',
    ...(mode === 'runs' ? { runs: [{ from: 9000, to: 9200 }] } : {}),
  }
}

function judgeSeen(
  side: Side,
  seen: Seen,
  day: string,
  baseline?: Baseline,
  knownViolations?: KnownViolations,
): Run {
  const startedAt = new Date(`${day}T03:00:00Z`)
  const scan = { ...seen, startedAt, finishedAt: startedAt }
  const plan = planOf(side)
  const { policy, catalogue } = side
  const judgement = judge({ policy, plan, scan, catalogue, now: startedAt, baseline, knownViolations })
  return { scan, judgement }
}

/** A run as the next one reads it: by way of the text of `report.json`. */
export function writeAndRead(judgement: Judgement, startedAt: Date): Baseline {
  const environments = [...new Set(judgement.hosts.flatMap(({ environment }) => environment ?? []))]
  const report = toReportJson({
    schemaVersion: 1,
    tool: { name: 'portgate', version: '0.1.0' },
    policy: { file: 'policy.yml', hash: '' },
    environments,
    startedAt: startedAt.toISOString(),
    finishedAt: startedAt.toISOString(),
    seed: 1,
    mode: 'enforce',
    ...judgement,
  })
  const reader = createBaselineReader()
  reader.write(renderJson(report))
  reader.end()
  return { file: 'report.json', ...reader.baseline() }
}

/** Two runs, the second held against the first. */
export function drawPair(seed: number): {
  before: Run
  baseline: Baseline
  after: Run
  knownViolations: KnownViolations
} {
  const random = createRandom(seed)
  const first = sideOf(pick(random, POLICIES))
  const second = random() < 0.7 ? first : sideOf(pick(random, POLICIES))
  const knownViolations = pick(random, ['fail', 'warn'] as const)
  const seen = drawSeen(random, first, undefined)
  const before = judgeSeen(first, seen, '2026-06-14')
  const baseline = writeAndRead(before.judgement, before.scan.startedAt)
  const after = judgeSeen(second, drawSeen(random, second, seen), '2026-06-15', baseline, knownViolations)
  return { before, baseline, after, knownViolations }
}
