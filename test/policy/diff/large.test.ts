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

const repeat = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => line(index)).join('')

/** A policy before and after a change of all of it. */
const CHANGES: Record<string, (text: string) => string> = {
  'environments of one host': (ports) =>
    `hosts: { a.t: [${ports}] }\nenvironments:\n${repeat(3_000, (i) => `  e${i}: { endpoints: [a.t] }\n`)}`,
  'environments that share many ranges': (ports) =>
    `scan: { ports: [${repeat(8_000, (i) => `${2 * i + 1},`)}${ports || 2}] }\nhosts: { a.t: [] }\nenvironments:\n${repeat(300, (i) => `  e${i}: { endpoints: [a.t] }\n`)}`,
  'a catalogue of every other port': (ports) =>
    `hosts: { a.t: [] }\ncatalogue:\n${repeat(15_000, (i) => `  ${2 * i + 1}: { severity: ${ports ? 'low' : 'critical'} }\n`)}`,
  'allowances of every other port': (ports) =>
    `hosts: { a.t: [${ports ? repeat(20_000, (i) => `${2 * i + 1},`) : ''}] }\ncatalogue:\n${repeat(9_000, (i) => `  ${2 * i + 1}: { severity: high }\n`)}`,
  hosts: (ports) => `hosts:\n${repeat(15_000, (i) => `  h${i}.t: [${ports}]\n`)}`,
  endpoints: (ports) =>
    `environments:\n  e:\n    endpoints:\n${repeat(10_000, (i) => `      - { host: h${i}.t, ports: [443, ${ports || 22}] }\n`)}`,
  blocks: (ports) =>
    `environments:\n  e:\n    endpoints:\n${repeat(10_000, (i) => `      - { host: 10.${i >> 8}.${i & 255}.0/24, ports: [443, ${ports || 22}], max-rate: ${1000 + (i % 99)} }\n`)}`,
  'rules of blocks': (ports) =>
    `hosts:\n  a.t: []\n${repeat(800, (i) => `  10.${i >> 8}.${i & 255}.0/24: [${ports}]\n`)}`,
  'new environments': (ports) =>
    `hosts: { a.t: [] }\nenvironments:\n${repeat(300, (i) => `  e${ports}${i}: { endpoints: [h${i}.t] }\n`)}`,
}

describe('changes of all of a policy', () => {
  // By the square any of these takes minutes.
  test.each(Object.entries(CHANGES))('%s', { timeout: 20_000 }, (_, write) => {
    const [before, after] = ['', '80'].map((ports) => readSide(`version: 1\n${write(ports)}`)) as [Side, Side]
    expect(diffPolicies(before, after, { mayPass: true })).not.toEqual([])
    expect(diffPolicies(after, before, { mayPass: true })).not.toEqual([])
  })

  test('more environments than anybody has are refused in words', () => {
    const many = readSide(
      `version: 1\nhosts: { a.t: [] }\nenvironments:\n${repeat(24_000, (i) => `  e${i}: {}\n`)}`,
    )
    expect(() => diffPolicies(SMALL, many)).toThrow(
      'the policies are too large to be compared: patterns and blocks',
    )
  })
})

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
