import type { Outcome, PortRange } from '../model.ts'
import type { RateCap, RoundTrip } from './pacing.ts'

/**
 * What is known of one address. A byte a port, so that a million closed ports are a megabyte and not a million
 * objects.
 */
export interface Target {
  address: string
  /** The ports to probe, ascending; targets that probe the same ports share one array. */
  ports: Uint16Array
  /** For each of `ports` a key of `outcomes`; 0 is not probed yet. */
  keys: Uint8Array
  /** Handshake times of open ports in milliseconds, by port. */
  rttMs: Map<number, number>
  roundTrip: RoundTrip
  /** An answer came so late that a SYN must have been lost on the way. */
  sawLoss: boolean
  /** When its time limit is over, on the clock of `performance.now()`. */
  deadline: number
  caps: RateCap[]
}

/** An address of which nothing is known yet. */
export function createTarget(
  address: string,
  ports: Uint16Array,
  { deadline, caps }: Pick<Target, 'deadline' | 'caps'>,
): Target {
  const keys = new Uint8Array(ports.length)
  const roundTrip = { varianceMs: 0 }
  return { address, ports, keys, rttMs: new Map(), roundTrip, sawLoss: false, deadline, caps }
}

/** Every distinct outcome that has come up, once: there are about twenty. Key 0 stands for none. */
const outcomes: (Outcome | undefined)[] = [undefined]
const keyOf = new Map<string, number>()

/** Notes what became of a port, in place of what was known before. */
export function record(target: Target, position: number, outcome: Outcome): void {
  const name = `${outcome.state} ${outcome.reason}`
  let key = keyOf.get(name)
  if (key === undefined) {
    key = outcomes.push(outcome) - 1
    keyOf.set(name, key)
  }
  target.keys[position] = key
}

/** What is known of the port at a position, undefined while nothing is. */
export function outcomeAt(target: Target, position: number): Outcome | undefined {
  return outcomes[target.keys[position] ?? 0]
}

/** The positions whose outcome fits, ascending. */
export function findPositions(target: Target, fits: (outcome: Outcome) => boolean): number[] {
  const fitting = outcomes.map((outcome) => outcome !== undefined && fits(outcome))
  const positions: number[] = []
  for (const [position, key] of target.keys.entries()) if (fitting[key]) positions.push(position)
  return positions
}

/** The ports of each outcome as ranges, for the ports that `wanted` has (ascending). */
export function summarise(target: Target, wanted: readonly number[]): Map<Outcome, PortRange[]> {
  const byKey = new Map<Outcome, PortRange[]>()
  let position = 0
  for (const port of wanted) {
    while ((target.ports[position] ?? port) < port) position++
    const outcome = outcomeAt(target, position)
    if (!outcome) continue
    const ranges = byKey.get(outcome) ?? []
    const last = ranges.at(-1)
    if (last && port === last.to + 1) last.to = port
    else ranges.push({ from: port, to: port })
    byKey.set(outcome, ranges)
  }
  return byKey
}
