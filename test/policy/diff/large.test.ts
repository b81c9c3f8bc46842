import { describe, expect, test } from 'vitest'
import { buildCatalogue } from '../../../src/catalogue/catalogue.ts'
import { diffPolicies } from '../../../src/policy/diff/diff.ts'
import { type Side, TooLarge } from '../../../src/policy/diff/loss.ts'
import { parseText } from '../parse-text.ts'
import { CHANGES, SHAPES } from '../shapes.ts'
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

// As large as they may be, policies are compared by the bundle: `test/e2e/large-policies.test.ts`.
describe('changes of all of a policy are told, whatever they are', () => {
  test.each(Object.entries(CHANGES))('%s', (_, write) => {
    const [before, after] = ['', '80'].map((ports) => readSide(write(600, ports))) as [Side, Side]
    expect(diffPolicies(before, after, { mayPass: true })).not.toEqual([])
    expect(diffPolicies(after, before, { mayPass: true })).not.toEqual([])
  })

  test('one line of a large policy that denies ports of each of its hosts', () => {
    const text = CHANGES['denials of every host']?.(3_000, '80') ?? ''
    const [before, after] = [text, text.replace('h9.t: { allow: [443', 'h9.t: { allow: [444')].map((one) =>
      readSide(one),
    )
    expect(diffPolicies(before as Side, after as Side)).toMatchObject([
      { hosts: ['h9.t'] },
      { hosts: ['h9.t'] },
    ])
  })

  test('more environments than anybody has are refused in words', () => {
    const many = readSide(
      `version: 1\nhosts: { a.t: [] }\nenvironments:\n${Array.from({ length: 12_000 }, (_, i) => `  e${i}: {}\n`).join('')}`,
    )
    expect(() => diffPolicies(SMALL, many)).toThrow(
      'the policies are too large to be compared: patterns and blocks',
    )
  })
})

test.each(Object.entries(SHAPES))(
  'a policy of any shape is compared, or is too large to be: %s',
  (_, shape) => {
    for (const one of compare(shape(3_000)) ?? []) expect(one).not.toBe(0)
  },
)
