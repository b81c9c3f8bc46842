/**
 * How many ports may be missed. The engine believes a silence at a doubt of 1 in 1,000 at most, and mostly at 1 in 100,000;
 * where it is known to do worse, the share that was measured is the bound, so that it can only get better.
 */

/** Of the ports of one network: more than chance explains at this rate are a fault. */
const MISS_RATE = 1 / 1_000

/** Networks on which more is missed: whose trait it is, what is true of the ports, and the share that is missed at most. */
interface Known {
  trait: RegExp
  truth: RegExp
  share: number
  why: string
}

export const KNOWN: readonly Known[] = []

export function missRateOf(label: string, truth: string): number {
  const shares = KNOWN.filter(({ trait, truth: of }) => trait.test(label) && of.test(truth)).map(
    ({ share }) => share,
  )
  return Math.max(MISS_RATE, ...shares)
}
