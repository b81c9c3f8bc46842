import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import type { HostMatcher } from '../../../src/model.ts'
import { includes, listSubjects } from '../../../src/policy/diff/subjects.ts'
import { matchesHost, parseHostKey } from '../../../src/policy/hosts.ts'

function read(key: string): HostMatcher {
  const { value, problem } = parseHostKey(key)
  if (!value) throw new Error(problem.message)
  return value
}

describe('one key has every host of another', () => {
  it.each<[outer: string, inner: string, has: boolean]>([
    ['*.example.com', 'a.example.com', true],
    ['*.example.com', 'a.b.example.com', false],
    ['*.example.com', '*.example.com', true],
    ['**.example.com', '*.example.com', true],
    ['*.example.com', '**.example.com', false],
    ['**', '**.example.com', true],
    ['**.example.com', '**.a.example.com', true],
    ['**.example.com', 'www-*.example.com', true],
    ['*.example.com', 'www-*.example.com', true],
    ['www-*.example.com', '*.example.com', false],
    ['www*.example.com', 'www-?.example.com', true],
    ['w?w.example.com', 'w*w.example.com', false],
    ['w?.*.com', 'wa.*.com', true],
    ['w?.*.com', 'w?.a.com', true],
    ['w*.example.com', 'w?.example.com', true],
    ['*-*.example.com', 'a-*.example.com', true],
    ['a-*.example.com', '*-a.example.com', false],
    ['**.*.example.com', '*.**.example.com', true],
    ['*.**.example.com', '**.*.example.com', true],
    ['**.*', '*', true],
    ['*.*', '**.*', false],
    ['a.**.z', 'a.b.**.z', true],
    ['a.**.z', '**.z', false],
    ['**.b.**', 'a.b.c', true],
    ['10.0.0.0/8', '10.1.0.0/16', true],
    ['10.1.0.0/16', '10.0.0.0/8', false],
    ['10.0.0.0/8', '10.0.0.0/8', true],
    ['10.0.0.0/8', '11.0.0.0/16', false],
    ['10.0.0.0/8', '10.1.2.3', true],
    ['10.0.0.1', '10.0.0.1/32', true],
    ['2001:db8::/32', '2001:db8:1::/48', true],
    ['::/0', '10.0.0.0/8', false],
    ['**', '10.0.0.1', false],
    ['0.0.0.0/0', 'a.example.com', false],
    ['*.example.com', '10.0.0.0/8', false],
  ])('%s, %s: %s', (outer, inner, has) => {
    const [one] = listSubjects(read(inner))
    expect(one && listSubjects(read(outer)).some((subject) => includes(subject, one))).toBe(has)
  })

  it('only where each host of the one is one of the other', () => {
    const label = fc.constantFrom('a', 'b', 'ab', '*', '**', 'a*', '*b', '?', 'a?', '*a*')
    const pattern = fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => labels.join('.'))
    const name = fc.array(fc.constantFrom('a', 'b', 'ab', 'ba', 'aab', 'c'), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(pattern, pattern, fc.array(name, { minLength: 30 }), (outer, inner, names) => {
        const [one, other] = [read(outer), read(inner)]
        if (!includes(one, other)) return
        for (const labels of names) {
          const host = { name: labels.join('.') }
          if (matchesHost(other, host)) expect(matchesHost(one, host), host.name).toBe(true)
        }
      }),
      { numRuns: 3000 },
    )
  })
})

test.each([
  ['{b,a}.example.com', ['name a.example.com', 'name b.example.com']],
  ['{a,*.b}.example.com', ['pattern *.b.example.com', 'name a.example.com']],
  ['www.example.com', ['name www.example.com']],
  ['10.0.0.7/32', ['address 10.0.0.7']],
  ['2001:db8::1/128', ['address 2001:db8::1']],
  ['2001:db8::/32', ['cidr 2001:db8::/32']],
])('%s is about %j', (key, subjects) => {
  expect(listSubjects(read(key)).map(({ kind, ...text }) => `${kind} ${Object.values(text)[0]}`)).toEqual(
    subjects,
  )
})
