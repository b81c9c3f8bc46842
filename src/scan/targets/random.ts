/** Numbers in [0, 1), one after the other. */
export type Random = () => number

/** A source of random numbers that a seed repeats: mulberry32 (public domain, Tommy Ettinger, 2017). */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** The positions 0 to `count` − 1 in random order (Fisher–Yates). */
export function shufflePositions(count: number, random: Random): Uint16Array {
  const order = new Uint16Array(count).map((_, position) => position)
  for (let last = count - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1))
    const moved = order[last] as number
    order[last] = order[other] as number
    order[other] = moved
  }
  return order
}
