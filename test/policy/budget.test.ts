import fc from 'fast-check'
import { minimatch } from 'minimatch'
import { describe, expect, it, test } from 'vitest'
import { buildCatalogue } from '../../src/catalogue/catalogue.ts'
import type { ScanPlan } from '../../src/model.ts'
import { countExpansions } from '../../src/policy/braces.ts'
import { matchesHost, parseHostKey } from '../../src/policy/hosts.ts'
import { makePlan } from '../../src/policy/plan.ts'
import { findByAddress, findByName, indexRules } from '../../src/policy/rule-index.ts'
import { parseText } from './parse-text.ts'
import { SHAPES } from './shapes.ts'

const V = 'version: 1\n'

/** The plan of a policy, or the problem with either. */
function answer(text: string): { problem?: { code: string; message: string }; value?: ScanPlan } {
  const { policy, diagnostics } = parseText(text)
  if (!policy) return { problem: diagnostics?.[0] }
  return makePlan(policy, { endpoints: [], scan: {}, seed: 1 }, buildCatalogue())
}

describe('braces are counted and not expanded', () => {
  test.each([
    ['www', 1],
    ['{a,b}.{c,d,e}', 6],
    ['{a,{b,c}}', 3],
    ['{{1..3},x}{a..z}', 104],
    ['{1..256}', 256],
    ['{256..1}', 256],
    ['{1..9..2}', 5],
    ['{01..10}', 10],
    ['{1..99999999999}', 99_999_999_999],
    ['{,a}', 2],
    ['a,b', 1],
    ['{a}', undefined],
    ['{a,b', undefined],
    ['a,b}', undefined],
    ['{1},2,3}', undefined],
    ['{1..}', undefined],
  ])('%s', (text, count) => {
    expect(countExpansions(text)).toBe(count)
  })

  it('exactly, where each holds a choice', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      ',',
      'a',
      '1',
      '..',
      '{1..3}',
      '{a,b}',
      '{c..e..2}',
      '-',
      '{3..1}',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 10 }), (pieces) => {
        const text = `x${pieces.join('')}`
        const count = countExpansions(text)
        fc.pre(count !== undefined && count < 2_000)
        expect(minimatch.braceExpand(text)).toHaveLength(count as number)
      }),
      { numRuns: 3_000 },
    )
  })
})

describe('one budget for the patterns of a file', () => {
  const keys = (count: number, indent = '  ') =>
    Array.from({ length: count }, (_, i) => `${indent}"{1..100}.h${i}.t": []\n`).join('')

  it('lets ten thousand pass', () => {
    expect(parseText(`${V}hosts:\n  a.t: []\n${keys(100)}`).diagnostics).toBeUndefined()
  })

  it('ends at the key with which it is spent', () => {
    const { diagnostics } = parseText(`${V}hosts:\n  a.t: []\n${keys(101)}`)
    expect(diagnostics).toMatchObject([{ code: 'too-many-patterns', place: { line: 104, column: 3 } }])
    expect(diagnostics?.[0]?.message).toContain('10,000')
  })

  it('goes on in the environments', () => {
    const { diagnostics } = parseText(
      `${V}hosts:\n  a.t: []\n${keys(60)}environments:\n  e:\n    hosts:\n${keys(60, '      ')}`,
    )
    expect(diagnostics).toMatchObject([{ code: 'too-many-patterns', place: { line: 107 } }])
  })
})

test.each([
  ['items', `${V}hosts: { a.t: [${'1,'.repeat(100_000)}] }`, 'too-many-values'],
  ['lines', `${V}${'#\n'.repeat(100_000)}`, 'too-many-values'],
  ['brackets', `${V}hosts: ${'['.repeat(1_001)}`, 'too-deep'],
])('too many %s are refused before they are parsed', (_, text, code) => {
  expect(parseText(text).diagnostics).toMatchObject([{ code }])
})

it('rules are found as if each was held against the host', () => {
  const names = ['t', 'a.t', 'b.a.t', 'x.b.a.t', 'ab.t', 'a.b', 'a.a.a.t']
  const addresses = ['10.0.0.1', '10.0.1.1', '11.0.0.1', '2001:db8::1', '2001:db9::1']
  const label = fc.constantFrom('a', 'b', 't', '*', '**', 'a*', '?', '*b', '{a,b}')
  const pattern = fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => labels.join('.'))
  const block = fc.constantFrom(
    '10.0.0.0/8',
    '10.0.0.0/24',
    '0.0.0.0/0',
    '10.0.0.1/32',
    '2001:db8::/32',
    '::/0',
  )
  const key = fc.oneof(pattern, block, fc.constantFrom(...names, ...addresses))
  fc.assert(
    fc.property(fc.array(key, { maxLength: 12 }), (keys) => {
      const rules = keys.flatMap((text, line) => {
        const matcher = parseHostKey(text).value
        return matcher
          ? { key: text, matcher, allow: [], deny: [], place: { file: 'p', line, column: 1 } }
          : []
      })
      const index = indexRules(rules)
      for (const name of names) {
        const holding = rules.filter(({ matcher }) => matchesHost(matcher, { name }))
        expect(findByName(index, name, { steps: 0 })).toEqual(holding)
      }
      for (const address of addresses) {
        const holding = rules.filter(({ matcher }) => matchesHost(matcher, { address }))
        expect(findByAddress(index, address)).toEqual(holding)
      }
    }),
    { numRuns: 500 },
  )
})

describe('what is compared grows with the policy and not with its square', () => {
  const rulesOf = (count: number) =>
    Array.from({ length: count }, (_, i) => ({
      key: `*.h${i}.t`,
      matcher: { kind: 'pattern', pattern: `*.h${i}.t` } as const,
      allow: [],
      deny: [],
      place: { file: 'p', line: i, column: 1 },
    }))

  it('for patterns that end in different labels', () => {
    const meter = { steps: 0 }
    const index = indexRules(rulesOf(5_000))
    for (let i = 0; i < 5_000; i++) expect(findByName(index, `a.h${i}.t`, meter)).toHaveLength(1)
    // Three labels each; those before the last are `h…` beside `h…`, and the same.
    expect(meter.steps).toBe(15_000)
  })

  it('and is refused where no index helps', () => {
    expect(answer(SHAPES['patterns that no index helps with']?.(450_000) ?? '')).toMatchObject({
      problem: { code: 'too-many-patterns' },
    })
  })

  it.each([
    ['patterns that all match in a step', 'too-many-patterns'],
    ['denials for nested blocks', 'too-many-values'],
    ['required ports beside those of the catalogue', 'too-many-values'],
  ])(
    'and where what holds for all has to be put together for each: %s',
    (name, code) => {
      expect(answer(SHAPES[name]?.(400_000) ?? '')).toMatchObject({ problem: { code } })
    },
    30_000,
  )

  it('names share the rules for addresses', () => {
    const { value } = answer(SHAPES['blocks and names']?.(200_000) ?? '')
    const [first, ...others] = value?.endpoints ?? []
    expect(others.length).toBeGreaterThan(1_000)
    for (const { addressRules } of others) expect(addressRules?.[0]).toBe(first?.addressRules?.[0])
  })

  it('environments share the endpoints of the top level', () => {
    const { value } = answer(
      `${V}scan: { ports: 22 }\nhosts:\n  a.t: []\n  b.t: []\nenvironments: { e: {}, f: { hosts: { c.t: [] } } }`,
    )
    expect(value?.endpoints.map(({ environment, endpoint }) => [environment, endpoint.host])).toEqual([
      ['e', 'a.t'],
      ['e', 'b.t'],
      ['f', 'a.t'],
      ['f', 'b.t'],
      ['f', 'c.t'],
    ])
    expect(value?.endpoints[0]?.endpoint).toBe(value?.endpoints[2]?.endpoint)
  })

  it('too many endpoints are refused with the environment that they are too many with', () => {
    const { problem } = answer(SHAPES['environments of nothing']?.(200_000) ?? '')
    expect(problem).toMatchObject({ code: 'too-many-addresses' })
    expect(problem?.message).toContain('`e6`')
  })

  it('blocks share one limit', () => {
    const blocks = (second: string) =>
      answer(`${V}scan: { ports: 22 }\nenvironments: { e: { endpoints: [10.0.0.0/17, ${second}] } }`)
    expect(blocks('10.1.0.0/17').value?.endpoints).toHaveLength(2)
    expect(blocks('10.2.0.0/16').problem).toMatchObject({ code: 'too-many-addresses' })
  })
})

it.each([
  ['ports', `scan: { ports: "1${' 1'.repeat(100_000)}" }`],
  ['a duration', `scan: { time-limit: "${'1'.repeat(100_000)}" }`],
])('no hint repeats a text of any length: %s', (_, text) => {
  const [problem] = parseText(`${V}hosts: { a.t: [] }\n${text}\n`).diagnostics ?? []
  expect(problem?.hint?.length).toBeLessThan(1_000)
})

it('no list of environments that name nothing is longer than one of mistakes', () => {
  const { noEndpoints } = parseText(SHAPES['environments that scan nothing']?.(100_000) ?? '')
  expect(noEndpoints).toHaveLength(501)
  expect(noEndpoints?.at(-1)?.code).toBe('too-many-problems')
})

it('nor are all environments named where one is not among them', () => {
  const { policy } = parseText(SHAPES['environments with endpoints']?.(250_000) ?? '')
  if (!policy) throw new Error('the policy is not valid')
  const request = { endpoints: [], scan: {}, seed: 1, environment: 'nowhere' }
  const { problem } = makePlan(policy, request, buildCatalogue())
  expect(problem?.hint).toMatch(/^it has `e0`, .*, `e19` and [\d,]+ more$/)
})

// As large as they may be, the bundle answers them: `test/e2e/large-policies.test.ts`.
describe('a policy of any shape is answered', () => {
  test.each([
    'what looks like an address in brackets',
    'one long endpoint',
    'one long URL beyond ASCII',
    'patterns of which the last letter differs',
  ])('of a size at which what grows with its square takes far longer than this test may: %s', (name) => {
    const { problem, value } = answer(SHAPES[name]?.(200_000) ?? '')
    expect(problem?.message ?? value).toBeTruthy()
  })

  test.each(Object.entries(SHAPES))('%s', (_, shape) => {
    const { problem, value } = answer(shape(15_000))
    expect(problem?.message ?? value).toBeTruthy()
  })
})
