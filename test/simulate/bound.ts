/** How long a scan may take, given what its network lets through. */
import { FEWEST_PER_SECOND, MOST_TRIES, TOO_MUCH_LOSS } from '../../src/scan/engine/tuning.ts'
import { type HostSpec, listScanned, type NetworkSpec, type Refusal, type Trait } from './spec.ts'
import { traitsOf } from './truth.ts'

/** How much longer than estimated it may take: close to a limit, and below 20 SYNs a second, much of what is sent is dropped. */
const SLACK = 8

/** Most tries of a silent port if one SYN in two gets through; and the time for the stages that wait, in milliseconds. */
const TRIES = 12
const STAGES_MS = 90_000

/** How long a socket is held for a silent port, in milliseconds. */
const SOCKET_MS = 3_000

/**
 * Refusals for each port that is refused, those of control ports included, where they are few. A port is given up after its last
 * try, and for each of these an open port is asked.
 */
const SHARED_WITH_CONTROLS = 40

/** New connections a second to a host of which nothing is known; where too much is lost, whatever the rate, it falls to the lowest. */
const PER_SECOND = 500

/** By when a scan has to be done, in milliseconds: to a second where there is a time limit. */
export function boundMs(spec: NetworkSpec): number {
  const { timeLimitMs = Number.POSITIVE_INFINITY } = spec.policy
  const stalled = spec.machine.stalls.reduce((sum, { ms }) => sum + ms, 0)
  return Math.min(timeLimitMs + 1_000 + stalled, STAGES_MS + SLACK * estimateMs(spec) + scarceMs(spec))
}

/**
 * How long waiting for scarce refusals may take: if no open port shows that silence is not loss, or some refusals are lost
 * as well.
 */
function scarceMs(spec: NetworkSpec): number {
  let sum = 0
  for (const host of spec.hosts) {
    for (const trait of traitsOf(spec, host)) {
      if (trait.kind !== 'refusal-limit' || !isRefusing(trait.of, host, traitsOf(spec, host))) continue
      const each = Math.min(
        SHARED_WITH_CONTROLS / trait.perSecond / through(traitsOf(spec, host)),
        (MOST_TRIES * 2) / FEWEST_PER_SECOND,
      )
      sum += listScanned(spec).length * each * 1_000
    }
  }
  return sum
}

/** Whether a host, or something in front of it, refuses in a way. */
function isRefusing(how: 'reset' | 'icmp', { rest }: HostSpec, traits: Trait[]): boolean {
  const ways = [rest, ...traits.map(refusalOf)]
  return ways.some((way) => way?.startsWith(how))
}

function refusalOf(trait: Trait): Refusal | undefined {
  if (trait.kind === 'stops') return 'reset'
  if (trait.kind === 'ban') return trait.by
  return 'over' in trait ? trait.over : undefined
}

/** As if hosts were scanned one after the other: some share what there is. */
export function estimateMs(spec: NetworkSpec): number {
  const { machine, policy, hosts } = spec
  const sockets = Math.min(machine.sockets * 0.7, machine.shortage?.most ?? Number.POSITIVE_INFINITY)
  const ports = listScanned(spec).length
  let sum = 0
  for (const host of hosts) {
    const traits = traitsOf(spec, host)
    const own = Math.min(PER_SECOND, ...traits.map(ratePerSecond))
    const share = through(traits)
    // Bursts lose more than that at times, and the rate follows.
    const margin = traits.some(({ kind }) => kind === 'bursts') ? 0.15 : 0.05
    const paced = Math.min(own, share < 1 - TOO_MUCH_LOSS + margin ? FEWEST_PER_SECOND : PER_SECOND)
    const perSecond = Math.min(paced, (sockets * 1_000) / SOCKET_MS, policy.maxRate ?? PER_SECOND)
    sum += ((ports * TRIES) / perSecond / share) * 1_000
  }
  return sum
}

/** What gets through in a second. */
function ratePerSecond(trait: Trait): number {
  switch (trait.kind) {
    case 'syn-limit':
      return trait.perSecond
    case 'refusal-limit':
      // See `scarceMs`.
      return PER_SECOND
    case 'connection-limit':
      return (trait.most * 1_000) / trait.holdMs
    case 'ban':
      // A ban swallows all that is sent meanwhile.
      return trait.forMs === undefined ? PER_SECOND : (trait.after * 125) / (trait.forMs + trait.after * 20)
    default:
      return PER_SECOND
  }
}

/** The share of SYNs that is answered, of those that leave at a rate that is let through. */
function through(traits: Trait[]): number {
  let share = 1
  for (const trait of traits) {
    if (trait.kind === 'loss') share *= (1 - trait.there) * (1 - trait.back)
    if (trait.kind === 'bursts')
      share *= 1 - ((1 - (1 - trait.loss) ** 2) * trait.lastMs) / (trait.lastMs + trait.everyMs)
    if (trait.kind === 'backends') share /= trait.open.length
  }
  return share
}
