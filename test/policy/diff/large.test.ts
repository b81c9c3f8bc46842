import { describe, expect, test } from 'vitest'
import { buildCatalogue } from '../../../src/catalogue/catalogue.ts'
import { diffPolicies } from '../../../src/policy/diff/diff.ts'
import { type Side, TooLarge } from '../../../src/policy/diff/loss.ts'
import { parseText } from '../parse-text.ts'
import { LARGE, SHAPES } from '../shapes.ts'
import { readSide } from './side.ts'

const SMALL = readSide('version: 1\nhosts: { db.example.com: [], "*.t": [80] }\n')

/** How many changes there are either way, or why nobody can tell; undefined where the policy is none. */
function compare(text: string): (number | string)[] | undefined {
  const { policy } = parseText(text)
  if (!policy) return undefined
  const large: Side = { policy, catalogue: buildCatalogue() }
  return [
    [SMALL, large],
    [large, SMALL],
  ].map(([before, after]) => {
    try {
      return diffPolicies(before as Side, after as Side).length
    } catch (error) {
      if (error instanceof TooLarge) return error.message
      throw error
    }
  })
}

// A fault that grows with the square takes minutes for the largest ones; all others take a second or two.
describe('policies of any shape are compared, or are too large to be', () => {
  test.each(['names', 'denials for every host'])(
    'as large as one may be: %s',
    { timeout: 30_000 },
    (name) => {
      expect(compare(SHAPES[name]?.(LARGE) ?? '')).toHaveLength(2)
    },
  )

  test.each(Object.entries(SHAPES))('%s', (_, shape) => {
    for (const one of compare(shape(10_000)) ?? []) expect(one).not.toBe(0)
  })
})
