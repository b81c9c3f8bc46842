/** A judgement from what a user would write and what a scan would see, both as short texts. */
import { type Judgement, judge } from '../../src/judge/judge.ts'
import type {
  Finding,
  HostResult,
  KnownViolations,
  OpenPort,
  Outcome,
  PolicyChange,
  PortRange,
  ScanResult,
  Unseen,
} from '../../src/model.ts'
import { diffPolicies } from '../../src/policy/diff/diff.ts'
import type { Side } from '../../src/policy/diff/loss.ts'
import { makePlan } from '../../src/policy/plan.ts'
import { type FindingJson, toChangeJson, toFindingJson } from '../../src/report/report-json.ts'
import { readSide } from '../policy/diff/side.ts'
import { lay } from '../policy/floor/rich-floors.ts'
import { writeAndRead } from './earlier.ts'

export interface Situation {
  /** The policy, without its version. */
  policy: string
  /**
   * What was seen, a line an address: `[environment/]endpoint address: open 22=ssh 80 443=tls+https^2026-06-20; closed 1-21; filtered 23
   * no-response; unknown 25 untestable; cut 443; starved 80; crowded 8443; unasked 22; runs 1-200`. `everywhere` says that it answers everywhere, and `everywhere http -` that decoys told HTTP
   * and nothing.
   */
  seen?: string
  unseen?: Unseen[]
  /** States of the canaries. */
  canaries?: Outcome['state'][]
  now?: string
  stopped?: ScanResult['stopped']
  /** In place of the policy's endpoints; without it they are scanned. */
  environment?: string
  /** The policy's file; `policy.yml` unless given. */
  file?: string
  /** The floor that it stands on, named in its second line. */
  floor?: string
  /** The policy before a pull request that makes it what it is; the loosenings fail from `high` on. */
  before?: string
  /** An earlier run, the report of which is the baseline; a day earlier, unless it has a day of its own. */
  earlier?: Situation
  knownViolations?: KnownViolations
}

export const NOW = '2026-06-15T12:00:00Z'
const DAY_BEFORE = '2026-06-14T12:00:00Z'

/** What a pull request does to the policy of a situation. */
export function reviewSituation({ policy, before, file = 'policy.yml' }: Situation): PolicyChange[] {
  return before === undefined ? [] : diffPolicies(read(before, file), read(policy, file))
}

function read(yaml: string, file: string): Side {
  return readSide(`version: 1\n${yaml}`, file)
}

/** The judgement on a situation. */
export function judgeSituation(situation: Situation): Judgement {
  const {
    policy: yaml,
    seen = '',
    unseen = [],
    canaries = [],
    now = NOW,
    stopped,
    environment,
    file = 'policy.yml',
    earlier,
    knownViolations,
    floor,
  } = situation
  const { policy, catalogue } =
    floor === undefined ? read(yaml, file) : lay(`version: 1\n${floor}`, `version: 1\n${yaml}`).side
  const { value: plan, problem } = makePlan(
    policy,
    { endpoints: [], scan: {}, seed: 1, environment },
    catalogue,
  )
  if (!plan) throw new Error(problem.message)
  const scan: ScanResult = {
    hosts: seen
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean)
      .map(readHost),
    unseen,
    canaries: canaries.map((state) => ({
      host: 'c.example.com',
      port: 443,
      outcome: { state, reason: 'syn-ack' },
    })),
    vantage: { platform: 'linux', node: 'v24', githubHosted: true, ipv6: false },
    probes: 100,
    startedAt: new Date(now),
    finishedAt: new Date(now),
    ...(stopped ? { stopped } : {}),
  }
  const review = { changes: reviewSituation(situation), failOn: 'high', onDoubt: 'fail', file } as const
  const baseline = earlier && readEarlier(earlier)
  return judge({ policy, plan, scan, catalogue, now: new Date(now), review, baseline, knownViolations })
}

function readEarlier({ now = DAY_BEFORE, ...earlier }: Situation) {
  return writeAndRead(judgeSituation({ ...earlier, now }), new Date(now))
}

/** The same, in words. */
export function tellSituation(situation: Situation) {
  const { findings, policyChanges, ...judgement } = judgeSituation(situation)
  return {
    ...judgement,
    findings: findings.map(toFindingJson),
    policyChanges: policyChanges.map(toChangeJson),
  }
}

function readHost(line: string): HostResult {
  const [, environment, endpoint = '', address = '', text = ''] =
    /^(?:(\w+)\/)?(\S+) (\S+?): (.*)$/.exec(line) ?? []
  const host: HostResult = {
    environment,
    endpoint,
    host: endpoint,
    address,
    open: [],
    closed: [],
    filtered: [],
    unknown: [],
    answersEverywhere: text.includes('everywhere'),
  }
  for (const part of text.split(';').map((part) => part.trim())) {
    const [state, ...words] = part.split(' ')
    if (state === 'open') host.open = words.map(readOpen)
    if (state === 'closed') host.closed.push({ ports: readRanges(words[0]), reason: 'conn-refused' })
    if (state === 'filtered') {
      host.filtered.push({
        ports: readRanges(words[0]),
        reason: words[1] === 'icmp' ? 'host-unreach' : 'no-response',
      })
    }
    if (state === 'cut') host.cut = words.map(Number)
    if (state === 'starved') host.starved = words.map(Number)
    if (state === 'crowded') host.crowded = words.map(Number)
    if (state === 'unasked') host.unasked = words.map(Number)
    if (state === 'runs') host.runs = readRanges(words[0])
    if (state === 'everywhere' && words.length > 0) {
      host.decoys = words.map((word) => (word === '-' ? undefined : word))
    }
    if (state === 'unknown') {
      host.unknown.push({ ports: readRanges(words[0]), reason: (words[1] ?? 'aborted') as 'aborted' })
    }
  }
  return host
}

function readOpen(word: string): OpenPort {
  const [, port, tls, service, validTo] = /^(\d+)(?:=(tls\+)?(\w[\w-]*))?(?:\^(\S+))?$/.exec(word) ?? []
  return {
    port: Number(port),
    reason: 'syn-ack',
    rttMs: 1,
    // `8080=400`: a page, and no service.
    ...(service === '400' ? { http: { status: 400 } } : service ? { service } : {}),
    ...(tls ? { tls: { protocol: 'TLSv1.3', names: [], ...(validTo ? { validTo } : {}) } } : {}),
  }
}

function readRanges(word = ''): PortRange[] {
  return word.split(',').map((range) => {
    const [from, to = from] = range.split('-').map(Number)
    return { from: from as number, to: to as number }
  })
}

/** `id severity endpoint:port @line`, with `!` in front of what fails the check; what a finding has not is left out. */
export function listFindings({ findings }: { findings: (Finding | FindingJson)[] }): string[] {
  return findings.map(({ id, severity, endpoint = '', port, place, fails }) => {
    const where = endpoint + (port === undefined ? '' : `:${port}`)
    return [`${fails ? '!' : ''}${id}`, severity, where, place && `@${place.line}`].filter(Boolean).join(' ')
  })
}
