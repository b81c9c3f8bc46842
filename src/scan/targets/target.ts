import type { Outcome, PortRange } from '../../model.ts'
import { type Congestion, createCongestion } from '../engine/congestion.ts'
import { createRoundTrip, type RoundTrip } from '../engine/rtt.ts'
import type { TokenBucket } from '../engine/token-bucket.ts'
import { keyOf, listKeys, OPEN, outcomeOfKey } from '../outcome.ts'

/**
 * What is known of one address. A byte a port, so that a million closed ports are a megabyte and not a million
 * objects.
 */
export interface Target {
  address: string
  /** The ports to probe, ascending; targets that probe the same ports share one array. */
  ports: Uint16Array
  /** The ports that some allowance covers: these probably answer. */
  expected: PortRange[]
  /** For each of `ports` a key of `outcomes`; 0 is not probed yet. */
  keys: Uint8Array
  /** Handshake times of open ports in milliseconds, by port. */
  rttMs: Map<number, number>
  /** Ports already seen open twice, as control ports: one more connection may be one too many for the service. */
  confirmed: Set<number>
  roundTrip: RoundTrip
  congestion: Congestion
  /** It accepted connections, then was silent or refused them until it was given up. */
  changed?: 'went-silent' | 'started-refusing'
  /** When its time limit is over, on the engine's clock. */
  deadline: number
  /** The rates that a policy sets; targets share them. */
  limiters: readonly TokenBucket[]
}

/** An address of which nothing is known yet. */
export function createTarget(
  address: string,
  ports: Uint16Array,
  { deadline, limiters, expected }: Pick<Target, 'deadline' | 'limiters' | 'expected'>,
): Target {
  return {
    address,
    ports,
    expected,
    keys: new Uint8Array(ports.length),
    rttMs: new Map(),
    confirmed: new Set(),
    roundTrip: createRoundTrip(),
    congestion: createCongestion(),
    deadline,
    limiters,
  }
}

/** Notes that a port was open a second time. */
export function noteConfirmed({ confirmed }: Target, port: number): void {
  confirmed.add(port)
}

/** Notes that a host no longer accepts connections. */
export function noteChanged(target: Target, changed: NonNullable<Target['changed']>): void {
  target.changed = changed
}

/** Replaces the outcome of a port. */
export function record(target: Target, position: number, outcome: Outcome): void {
  target.keys[position] = keyOf(outcome)
}

/** The same for many ports that share an outcome. */
export function recordAll({ keys }: Target, positions: ArrayLike<number>, outcome: Outcome): void {
  const key = keyOf(outcome)
  for (let index = 0; index < positions.length; index++) keys[positions[index] as number] = key
}

/** Notes what became of ports that are not known to be open. */
export function recordUnlessOpen({ keys }: Target, positions: ArrayLike<number>, outcome: Outcome): void {
  const [key, open] = [keyOf(outcome), keyOf(OPEN)]
  for (let index = 0; index < positions.length; index++) {
    const position = positions[index] as number
    if (keys[position] !== open) keys[position] = key
  }
}

/** The outcome of the port at a position; undefined as long as it has none. */
export function outcomeAt(target: Target, position: number): Outcome | undefined {
  return outcomeOfKey(target.keys[position] ?? 0)
}

/** The positions whose outcome fits, ascending. */
export function findPositions({ keys }: Target, fits: (outcome: Outcome) => boolean): number[] {
  const wanted = listKeys(fits)
  // Usually there is none, and a search for a byte is fast.
  if (!wanted.some((key) => keys.includes(key))) return []
  const isWanted = new Uint8Array(256)
  for (const key of wanted) isWanted[key] = 1
  const positions: number[] = []
  for (let position = 0; position < keys.length; position++) {
    if (isWanted[keys[position] as number]) positions.push(position)
  }
  return positions
}

/** A port that was to be probed and has no outcome: it was not seen, for whatever reason. */
const MISSED: Outcome = { state: 'unknown', reason: 'unexpected-error' }

/** Different targets whose ranges are kept, and the most ports of one: mostly very many hosts are alike. */
const MOST_KEPT = 1_024
const MOST_KEPT_PORTS = 8_192

/**
 * As `summarise`; targets and lists of ports that are alike share their ranges, since a host with the ports of the catalogue has
 * hundreds of them. Nobody may change them.
 */
export function rememberSummaries(): typeof summarise {
  const numbers = new Map<object, number>()
  const numberOf = (list: object) => {
    if (!numbers.has(list)) numbers.set(list, numbers.size)
    return numbers.get(list)
  }
  const kept = new Map<string, Map<Outcome, PortRange[]>>()
  return (target, wanted) => {
    const { ports, keys } = target
    if (keys.length > MOST_KEPT_PORTS) return summarise(target, wanted)
    const text = Buffer.from(keys.buffer, keys.byteOffset, keys.byteLength).toString('latin1')
    const key = `${numberOf(ports)} ${numberOf(wanted)} ${text}`
    const known = kept.get(key)
    if (known) return known
    const summary = summarise(target, wanted)
    if (kept.size < MOST_KEPT) kept.set(key, summary)
    return summary
  }
}

/** The ports of each outcome as ranges, for the ports that `wanted` has (ascending). */
export function summarise(target: Target, wanted: readonly number[]): Map<Outcome, PortRange[]> {
  const { ports, keys } = target
  const byOutcome = new Map<Outcome, PortRange[]>()
  let position = 0
  let key = -1
  let last: PortRange = { from: 0, to: -1 }
  for (const port of wanted) {
    while ((ports[position] ?? port) < port) position++
    const next = keys[position] ?? 0
    // Mostly a port has what the port before it has.
    if (next === key && port === last.to + 1) {
      last.to = port
      continue
    }
    key = next
    const outcome = outcomeOfKey(key) ?? MISSED
    const ranges = byOutcome.get(outcome) ?? []
    if (ranges.length === 0) byOutcome.set(outcome, ranges)
    last = { from: port, to: port }
    ranges.push(last)
  }
  return byOutcome
}

export function isOpen({ state }: Outcome): boolean {
  return state === 'open'
}

/** The ports that are open, ascending. */
export function listOpen(target: Target): number[] {
  return findPositions(target, isOpen).map((position) => target.ports[position] as number)
}

/** The targets of some sites, each once: endpoints share them. */
export function listTargets(sites: readonly { target: Target }[]): Target[] {
  return [...new Set(sites.map(({ target }) => target))]
}

/** How many pairs of address and port are to be probed on some targets. */
export function countPairs(targets: readonly Target[]): number {
  return targets.reduce((sum, { ports }) => sum + ports.length, 0)
}
