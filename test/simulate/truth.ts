/** What is true of a port, and what of it can be seen from outside. */
import type { PortState } from '../../src/model.ts'
import { listBackends } from './host.ts'
import type { Seen } from './network.ts'
import type { HostSpec, NetworkSpec, Refusal, Trait } from './spec.ts'

/**
 * Below this many refusals a second, ports whose refusal is held back may be reported filtered: see `FEWEST_PER_SECOND`.
 */
const FEW_PER_SECOND = 20

const STATES: Record<Refusal, PortState> = {
  silence: 'filtered',
  reset: 'closed',
  'icmp-port': 'closed',
  'icmp-host': 'filtered',
  'icmp-net': 'filtered',
  'icmp-admin': 'filtered',
}

/** The traits that a host has, by itself or by the firewall before it. */
export function traitsOf({ shared }: NetworkSpec, { traits }: HostSpec): Trait[] {
  return [...shared, ...traits]
}

/**
 * The states that may be reported for the ports of a host: those that they have with nothing in between, at some time
 * of the scan.
 */
export function createTruth(spec: NetworkSpec, host: HostSpec): (port: number) => Set<PortState> {
  const traits = traitsOf(spec, host)
  const backends = listBackends(host).map((open) => new Set(open))
  const silent = new Set(host.silent)
  const rest = new Set([STATES[host.rest], ...(areScarce(host.rest, traits) ? (['filtered'] as const) : [])])
  return (port) => {
    const isTrapped = traits.some(({ kind, ...of }) => kind === 'tarpit' && covers(of as never, port))
    const own = silent.has(port) ? new Set<PortState>(['filtered']) : rest
    const states = new Set<PortState>()
    if (isTrapped || backends.some((open) => open.has(port))) states.add('open')
    if (!isTrapped && !backends.every((open) => open.has(port))) for (const state of own) states.add(state)
    for (const trait of traits) {
      if (trait.kind === 'stops' && trait.port === port) states.add('closed')
      // What is lost of the few connections that are let through, nobody can see.
      if (trait.kind === 'counted' && trait.port === port && traits.length > 1) states.add('filtered')
    }
    return states
  }
}

function covers({ from, to }: { from: number; to: number }, port: number): boolean {
  return port >= from && port <= to
}

/** Whether most refusals never leave, whatever is done. */
function areScarce(rest: Refusal, traits: Trait[]): boolean {
  return traits.some(
    (trait) =>
      trait.kind === 'refusal-limit' &&
      trait.perSecond <= FEW_PER_SECOND &&
      (trait.of === 'reset' ? rest === 'reset' : rest.startsWith('icmp')),
  )
}

/**
 * Whether a scanner could have known that a state is wrong. Loss, drops and bans show in ports that have answered and no
 * longer do: if none ever has, all silence looks alike. That something else refuses shows in ports that have accepted: if none
 * ever has, all refusals look alike.
 */
export function isObservable(told: PortState, { accepted, refused }: Seen): boolean {
  if (told === 'open') return true
  return told === 'closed' ? accepted.size > 0 : accepted.size > 0 || refused > 0
}

/** Whether a host may rightly be thought to have changed: it was away, refused, or lost much for a while. */
export function mayLookGone(spec: NetworkSpec, host: HostSpec): boolean {
  if (spec.machine.offline || spec.machine.stalls.length > 0 || spec.machine.shortage) return true
  return traitsOf(spec, host).some((trait) => {
    if (trait.kind === 'loss') return trait.there + trait.back > 0.4
    return [
      'bursts',
      'syn-limit',
      'connection-limit',
      'ban',
      'backends',
      'stops',
      'away',
      'counted',
      'refusal-limit',
    ].includes(trait.kind)
  })
}

/** What is particular about a host's network, in words. */
export function labelOf(spec: NetworkSpec, host: HostSpec): string {
  const traits = traitsOf(spec, host)
  return traits.length === 0 ? 'nothing' : traits.map(describeTrait).sort().join(' + ')
}

function describeTrait(trait: Trait): string {
  if (trait.kind === 'refusal-limit') return `${trait.of}-limit`
  if (trait.kind === 'ban') return `ban by ${describeRefusal(trait.by)}`
  return 'over' in trait ? `${trait.kind} by ${describeRefusal(trait.over)}` : trait.kind
}

function describeRefusal(refusal: Refusal): string {
  return refusal === 'silence' ? 'silence' : STATES[refusal] === 'closed' ? 'refusal' : 'ICMP'
}
