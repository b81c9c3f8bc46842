import { describe, expect, test } from 'vitest'
import { exitStatus } from '../../src/judge/verdict.ts'
import type { Report } from '../../src/model.ts'
import { judgeSituation } from './case.ts'

/** Verdict and exit status, in enforce mode unless said otherwise. */
function outcome(policy: string, seen: string, mode: Report['mode'] = 'enforce'): string {
  const { verdict, findings } = judgeSituation({ policy, seen })
  return `${verdict} ${exitStatus({ mode, verdict, findings })}`
}

const OPEN = {
  low: 'open 8080=http',
  medium: 'open 61000',
  high: 'open 21',
  critical: 'open 6379',
  info: 'open 61001',
}

describe.each(['critical', 'high', 'medium', 'low', 'info', 'never'])('fail-on: %s', (failOn) => {
  const order = ['critical', 'high', 'medium', 'low', 'info']
  test.each(Object.entries(OPEN))('%s', (severity, seen) => {
    const policy = `fail-on: ${failOn}\ncatalogue: { 61001: { severity: info } }\nhosts: { h.example.com: [] }`
    const fails = failOn !== 'never' && order.indexOf(severity) <= order.indexOf(failOn)
    expect(outcome(policy, `h.example.com 192.0.2.1: ${seen}`)).toBe(fails ? 'fail 1' : 'pass 0')
  })
})

test.each([
  ['nothing wrong', '', 'open 443', 'pass 0'],
  ['a doubt', '', 'open 443; unknown 1 aborted', 'inconclusive 3'],
  ['a doubt, to be warned of', 'on-doubt: warn\n', 'open 443; unknown 1 aborted', 'inconclusive 0'],
  ['a violation and a doubt', '', 'open 22; unknown 1 aborted', 'fail 1'],
  [
    'a violation below fail-on and a doubt',
    'fail-on: high\n',
    'open 22; unknown 1 aborted',
    'inconclusive 3',
  ],
  ['a violation and a doubt to be warned of', 'on-doubt: warn\n', 'open 22; unknown 1 aborted', 'fail 1'],
  ['a note', '', 'closed 443', 'pass 0'],
])('%s', (_, top, seen, expected) => {
  expect(outcome(`${top}hosts: { h.example.com: [443] }`, `h.example.com 192.0.2.1: ${seen}`)).toBe(expected)
})

test.each([
  ['open 22', 'fail 0'],
  ['open 443; unknown 1 aborted', 'inconclusive 0'],
])('audit: %s is %s', (seen, expected) => {
  expect(outcome('hosts: { h.example.com: [443] }', `h.example.com 192.0.2.1: ${seen}`, 'audit')).toBe(
    expected,
  )
})

test('each environment has its own fail-on and on-doubt', () => {
  const policy = `hosts: {}
environments:
  strict: { endpoints: [a.example.com], fail-on: low, on-doubt: fail }
  easy: { endpoints: [b.example.com], fail-on: critical, on-doubt: warn }`
  const seen = (a: string, b: string) =>
    `strict/a.example.com 192.0.2.1: ${a}\neasy/b.example.com 192.0.2.2: ${b}`
  expect(outcome(policy, seen('closed 1', 'open 22'))).toBe('pass 0')
  expect(outcome(policy, seen('open 22', 'closed 1'))).toBe('fail 1')
  expect(outcome(policy, seen('closed 1', 'unknown 1 aborted'))).toBe('inconclusive 0')
  expect(outcome(policy, seen('unknown 1 aborted', 'closed 1'))).toBe('inconclusive 3')
})
