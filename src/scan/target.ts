import type { Outcome, PortRange } from '../model.ts'
import { keyOf, outcomeOfKey } from './outcome.ts'
import { createRoundTrip, type RateCap, type RoundTrip } from './pacing.ts'
import { createRate, type Rate } from './rate.ts'

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
  /** Ports that were open a second time, when they bore witness: to ask them again may be once too often. */
  confirmed: Set<number>
  roundTrip: RoundTrip
  rate: Rate
  /** It answered, and then it did so no longer until the scan was over. */
  wentSilent: boolean
  /** When its time limit is over, on the clock of `performance.now()`. */
  deadline: number
  caps: RateCap[]
}

/** An address of which nothing is known yet. */
export function createTarget(
  address: string,
  ports: Uint16Array,
  { deadline, caps, expected }: Pick<Target, 'deadline' | 'caps' | 'expected'>,
): Target {
  const keys = new Uint8Array(ports.length)
  const rate = createRate(performance.now())
  const rttMs = new Map<number, number>()
  const known = {
    keys,
    rttMs,
    confirmed: new Set<number>(),
    roundTrip: createRoundTrip(),
    rate,
    wentSilent: false,
  }
  return { address, ports, expected, ...known, deadline, caps }
}

/** Notes what became of a port, in place of what was known before. */
export function record(target: Target, position: number, outcome: Outcome): void {
  target.keys[position] = keyOf(outcome)
}

/** What is known of the port at a position, undefined while nothing is. */
export function outcomeAt(target: Target, position: number): Outcome | undefined {
  return outcomeOfKey(target.keys[position] ?? 0)
}

/** The positions whose outcome fits, ascending. */
export function findPositions(target: Target, fits: (outcome: Outcome) => boolean): number[] {
  const fitting = new Map<number, boolean>()
  const positions: number[] = []
  const { keys } = target
  for (let position = 0; position < keys.length; position++) {
    const key = keys[position] as number
    let isFitting = fitting.get(key)
    if (isFitting === undefined) {
      const outcome = outcomeOfKey(key)
      isFitting = outcome !== undefined && fits(outcome)
      fitting.set(key, isFitting)
    }
    if (isFitting) positions.push(position)
  }
  return positions
}

/** A port that was to be probed and has no outcome: it was not seen, whatever the fault may be. */
const MISSED: Outcome = { state: 'unknown', reason: 'unexpected-error' }

/** The ports of each outcome as ranges, for the ports that `wanted` has (ascending). */
export function summarise(target: Target, wanted: readonly number[]): Map<Outcome, PortRange[]> {
  const byKey = new Map<Outcome, PortRange[]>()
  let position = 0
  for (const port of wanted) {
    while ((target.ports[position] ?? port) < port) position++
    const outcome = outcomeAt(target, position) ?? MISSED
    const ranges = byKey.get(outcome)
    const last = ranges?.at(-1)
    if (last && port === last.to + 1) last.to = port
    else if (ranges) ranges.push({ from: port, to: port })
    else byKey.set(outcome, [{ from: port, to: port }])
  }
  return byKey
}
