/** The networks of the lab, as simulations. */
import { SCENARIOS, type Scenario } from '../lab/scenarios.ts'
import type { HostSpec, NetworkSpec, Refusal, Trait } from './spec.ts'

/** How a rule of nftables is simulated; a rule that is not known is an error. */
const RULES: [RegExp, (match: RegExpExecArray) => Trait | Refusal][] = [
  [
    /limit rate over (\d+)\/second drop$/,
    ([, perSecond]) => ({ kind: 'syn-limit', perSecond: Number(perSecond), burst: 5, over: 'silence' }),
  ],
  [
    /numgen random mod 100 < (\d+) drop$/,
    ([, percent]) => ({ kind: 'loss', there: Number(percent) / 100, back: 0 }),
  ],
  [/^tcp dport != \{[^}]*\} drop$/, () => 'silence'],
  [/^tcp dport != \{[^}]*\} reject with icmp admin-prohibited$/, () => 'icmp-host'],
]

/** A veth pair, as it was measured. */
const VETH_MS = 0.05

/**
 * What the lab's long way (`path.ts`, one process behind a TUN device) carries a second, and how many packets wait for it:
 * chosen so that the scan takes as long as it does in the lab.
 */
const PATH_LIMIT: Trait = { kind: 'syn-limit', perSecond: 10_000, burst: 200, over: 'silence' }

/** A Linux host sends one ICMP message a second to an address (`icmp_ratelimit`), six at once. */
const ICMP_LIMIT: Trait = { kind: 'refusal-limit', of: 'icmp', perSecond: 1, burst: 6 }

export function simulateScenario(name: string, seed: number): NetworkSpec {
  const { host, ports } = SCENARIOS[name] as Scenario
  const rules = (host.firewall ?? []).map(readRule)
  const rest = rules.find((rule) => typeof rule === 'string') ?? 'reset'
  const traits = rules.filter((rule) => typeof rule !== 'string')
  if (rest.startsWith('icmp')) traits.push(ICMP_LIMIT)
  if (host.path) traits.push(PATH_LIMIT)
  const { rttMs = VETH_MS, jitterMs = 0, loss = 0, slow = {} } = host.path ?? {}
  if (loss > 0) traits.push({ kind: 'loss', there: loss, back: loss })
  for (const [port, ms] of Object.entries(slow)) traits.push({ kind: 'late', port: Number(port), ms })
  const spec: HostSpec = { open: host.listen ?? [], silent: [], rest, rttMs, jitterMs, traits }
  return {
    seed,
    machine: { sockets: 16_384, isLinear: true, stalls: [], selfConnects: 0 },
    ports: { upTo: ports, more: [] },
    hosts: [spec],
    shared: [],
    policy: { expected: [], required: [] },
  }
}

function readRule(rule: string): Trait | Refusal {
  for (const [pattern, read] of RULES) {
    const match = pattern.exec(rule)
    if (match) return read(match)
  }
  throw new Error(`no simulation is known of the rule ${rule}`)
}
