/** Chance with a seed, and what is drawn by it. */
export interface Chance {
  /** From 0 to 1. */
  next(): number
  /** From 0 to below `end`. */
  below(end: number): number
  is(probability: number): boolean
  pick<T>(items: readonly T[]): T
}

/** Mulberry32: small, and the same everywhere. */
export function createChance(seed: number): Chance {
  let state = seed | 0
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    return mix(state)
  }
  const below = (end: number) => Math.floor(next() * end)
  return {
    next,
    below,
    is: (probability) => next() < probability,
    pick: (items) => items[below(items.length)] as never,
  }
}

/** A number from 0 to 1 that some words always give: what is true of a port does not depend on who asks. */
export function chanceOf(...words: (string | number)[]): number {
  let hash = 2_166_136_261
  for (const word of words) {
    if (typeof word === 'number') hash = Math.imul(hash ^ word, 16_777_619) ^ (hash >>> 15)
    else for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), 16_777_619)
  }
  return mix(hash)
}

function mix(state: number): number {
  let t = Math.imul(state ^ (state >>> 15), 1 | state)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
}
