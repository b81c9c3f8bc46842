/**
 * How many ports may be missed. The engine believes a silence at a doubt of 1 in 1,000 at most, and mostly at 1 in 100,000.
 * Where it is known to do worse, the bound is what was measured over 100,000 seeds, with some room, so that it can only get
 * better.
 */
import type { Count, Tallies } from './tally.ts'

interface Bound {
  name: string
  /** What the network has among its traits, and what is true of the ports. */
  trait: RegExp
  truth: RegExp
  /** The share that is missed at most, over many networks. */
  share: number
  /** All ports of a network may be missed together. */
  isClustered?: boolean
}

/** The first that fits applies. */
const BOUNDS: readonly Bound[] = [
  {
    // A port that is silent below a limit and refused above it is reported closed if an open port accepts in between.
    // Neither state lets anybody in.
    name: 'filtered, called closed, where a firewall refuses connections above a limit',
    trait: /by refusal/,
    truth: /^filtered$/,
    share: 0.15,
    isClustered: true,
  },
  {
    // A few dozen ports leave in a burst or two, and an open port is asked once behind each.
    name: 'open, where a firewall answers connections above a limit with resets or ICMP',
    trait: /by (refusal|ICMP)/,
    truth: /open/,
    share: 0.02,
    isClustered: true,
  },
  {
    // With ICMP, or where resets are held back as well, what closed control ports say depends on the moment.
    name: 'closed, called filtered, where a firewall answers connections above a limit, or resets are limited',
    trait: /by (refusal|ICMP)|reset-limit/,
    truth: /closed/,
    share: 0.01,
    isClustered: true,
  },
  {
    name: 'open, where a firewall drops connections above a limit',
    trait: /by silence/,
    truth: /open/,
    share: 0.004,
  },
  { name: 'open, elsewhere', trait: /^/, truth: /open/, share: 0.001 },
  { name: 'not open, elsewhere', trait: /^/, truth: /^/, share: 0.001 },
]

/** Misses that chance brings about less often than this are a fault. */
const SURE = 1e-6

/** Whether chance explains so many misses on one network. */
export function isByChance(label: string, truth: string, { ports, missed }: Count): boolean {
  const { share, isClustered } = boundOf(label, truth)
  return missed === 0 || isClustered === true || probabilityOf(missed, ports * share) >= SURE
}

/** Over many networks: each bound, what was missed, and whether it holds. */
export function holdAgainstBounds(
  tallies: Tallies,
): { name: string; missed: number; ports: number; holds: boolean }[] {
  return BOUNDS.map((bound) => {
    let missed = 0
    let ports = 0
    for (const [label, tally] of Object.entries(tallies)) {
      for (const [truth, count] of Object.entries(tally)) {
        if (boundOf(label, truth) !== bound) continue
        missed += count.missed
        ports += count.ports
      }
    }
    return { name: bound.name, missed, ports, holds: probabilityOf(missed, ports * bound.share) >= SURE }
  })
}

function boundOf(label: string, truth: string): Bound {
  return BOUNDS.find((bound) => bound.trait.test(label) && bound.truth.test(truth)) as Bound
}

/** The probability of so many events or more, where so many are expected (Poisson). */
function probabilityOf(count: number, expected: number): number {
  if (count <= expected) return 1
  // By its logarithm: the terms of large expectations are too small to be numbers.
  let log = -expected
  for (let number = 1; number <= count; number++) log += Math.log(expected / number)
  // The terms that follow fall at least as quickly as a geometric series.
  return Math.min(1, Math.exp(log) / (1 - expected / (count + 1)))
}
