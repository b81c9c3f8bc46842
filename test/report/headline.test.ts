import { describe, expect, test } from 'vitest'
import type { Finding, Report } from '../../src/model.ts'
import { formatDuration } from '../../src/report/counts.ts'
import { headline } from '../../src/report/headline.ts'
import { formatSpot } from '../../src/report/spots.ts'
import {
  audit,
  fail,
  huge,
  inconclusive,
  makeFinding,
  nothingScanned,
  pass,
  repeated,
  review,
} from './samples.ts'

const [critical, medium, low] = fail.findings
const [doubt] = inconclusive.findings
const failByOne: Report = { ...fail, findings: medium ? [medium] : [] }
const unfailing = inconclusive.findings.map((finding) => ({ ...finding, fails: false }))

describe('the verdict', () => {
  test.each<[string, Report, string]>([
    ['pass', pass, 'PASS: every port seen is as the policy says'],
    ['pass, nothing scanned', nothingScanned, 'PASS, but nothing was scanned'],
    [
      'pass with a violation below fail-on',
      { ...pass, findings: low ? [low] : [] },
      'PASS: 1 violation (1 low), none at or above fail-on',
    ],
    ['fail', fail, 'FAIL: redis open on db.example.com:6379 · 1 more cause'],
    ['fail by one', failByOne, 'FAIL: ssh open on bastion.example.com:22, allowance expired'],
    ['audit', audit, 'FAIL (audit mode): redis open on db.example.com:6379 · 1 more cause'],
    [
      'audit with doubts',
      { ...inconclusive, mode: 'audit' },
      'INCONCLUSIVE (audit mode): db.example.com not resolved · 1 more cause',
    ],
    [
      'inconclusive',
      inconclusive,
      'INCONCLUSIVE: db.example.com not resolved · scan of www.example.com incomplete',
    ],
    [
      'inconclusive, and violations below fail-on',
      { ...inconclusive, findings: [...(low ? [low] : []), ...unfailing] },
      'INCONCLUSIVE: db.example.com not resolved · scan of www.example.com incomplete',
    ],
    [
      'a guess, said to be such',
      { ...fail, findings: [makeFinding({ port: 2375, service: undefined, usual: 'docker' })] },
      'FAIL: unidentified service (usually docker) open on db.example.com:2375',
    ],
    ['the same on many', repeated, 'FAIL: redis open on 9 hosts (port 6379)'],
    [
      'the same on many addresses',
      { ...repeated, findings: repeated.findings.slice(0, 8) },
      'FAIL: redis open on 8 addresses (port 6379)',
    ],
    [
      'the same on a few',
      { ...repeated, findings: repeated.findings.slice(0, 3) },
      'FAIL: redis open on 192.0.2.40:6379 and 2 more',
    ],
    [
      'the same on many addresses of one name',
      { ...repeated, findings: repeated.findings.slice(8) },
      'FAIL: redis open on cache.example.com:6379 (4 addresses)',
    ],
    [
      'the same on many, each explained in its own way',
      {
        ...fail,
        findings: [1, 2, 3, 4].map((index) =>
          makeFinding({ endpoint: `db${index}`, why: `Cause ${index}k.` }),
        ),
      },
      'FAIL: redis open on 4 hosts (port 6379)',
    ],
    [
      'the same on many ports',
      {
        ...fail,
        findings: [1, 2, 3, 4].flatMap((index) =>
          [20, 22, 24, 26, 28, 30, 32, 34].map((port) => makeFinding({ endpoint: `db${index}`, port })),
        ),
      },
      'FAIL: redis open on 8 ports of each of 4 hosts',
    ],
    [
      'unknown services on the same ports of many',
      {
        ...fail,
        findings: [1, 2, 3, 4].flatMap((index) =>
          [8000, 8001].map((port) => makeFinding({ endpoint: `db${index}`, port, service: undefined })),
        ),
      },
      'FAIL: 2 ports open on each of 4 hosts (8000-8001)',
    ],
    [
      'the same on many, but not on all ports of each',
      {
        ...fail,
        findings: [1, 2, 3, 4].flatMap((index) =>
          [22, 24, 26].slice(index > 2 ? 1 : 0).map((port) => makeFinding({ endpoint: `db${index}`, port })),
        ),
      },
      'FAIL: redis open on 4 hosts (ports 22, 24, 26; 10 pairs)',
    ],
    [
      'more ports of one host than fit',
      {
        ...fail,
        findings: [20, 22, 24, 26, 28, 30, 32, 34].map((port) => makeFinding({ port })),
      },
      'FAIL: redis open on 8 ports of db.example.com',
    ],
    [
      'a long name, of which the end tells most',
      {
        ...fail,
        findings: [makeFinding({ endpoint: 'ip-10-0-12-34.nodes.cluster-7.eu-west-1.compute.example.com' })],
      },
      'FAIL: redis open on ip-10-0-12-34…west-1.compute.example.com:6379',
    ],
    [
      'a plain service whose name a policy has chosen',
      { ...fail, findings: [makeFinding({ service: 'dev proxy' })] },
      'FAIL: dev proxy open on db.example.com:6379',
    ],
    [
      'a service whose name is a sentence',
      { ...fail, findings: [makeFinding({ service: 'nothing: all is well' })] },
      'FAIL: port 6379 open on db.example.com',
    ],
    [
      'a guess whose name is a sentence',
      { ...fail, findings: [makeFinding({ service: 'http', usual: 'nothing; all is well' })] },
      'FAIL: http open on db.example.com:6379',
    ],
    [
      'a host that is none',
      {
        ...fail,
        findings: [
          makeFinding({ endpoint: 'a” is closed, and all else is as the policy says … evil.example' }),
          makeFinding({ id: 'wrong-service', severity: 'low', endpoint: 'a b', port: 22 }),
        ],
      },
      'FAIL: port 6379 open on “a" is closed,…policy says … evil.example” · 1 more cause',
    ],
    [
      'a host that is none, in other words',
      {
        ...fail,
        findings: [makeFinding({ id: 'wrong-service', severity: 'low', endpoint: 'a b', port: 22 })],
      },
      'FAIL: wrong service on port 22 of “a b”',
    ],

    [
      'many names that were not resolved',
      {
        ...inconclusive,
        findings: [1, 2, 3, 4].map((index) => ({ ...doubt, endpoint: `db${index}` }) as Finding),
      },
      'INCONCLUSIVE: 4 hosts not resolved',
    ],
    ['thousands', huge, 'FAIL: redis open on host-0.example.com:1000 · 4,999 more causes'],
  ])('%s', (_name, report, expected) => {
    expect(headline(report, 80).verdict).toBe(expected)
  })

  test('names as many causes as there is room for, and the first whatever its length', () => {
    expect(headline(fail, 120).verdict).toBe(
      'FAIL: redis open on db.example.com:6379 · ssh open on bastion.example.com:22, allowance expired',
    )
    const endpoint = `${'long.'.repeat(40)}example.com`
    const { verdict } = headline({ ...fail, findings: [makeFinding({ endpoint }), ...fail.findings] }, 80)
    expect(verdict).toMatch(
      /^FAIL: redis open on (long\.)+.*….*\.long\.example\.com:6379 and 1 more · 1 more cause$/,
    )
    expect(verdict.length).toBeLessThan(105)
  })
})

describe('how much is wrong', () => {
  test.each<[string, Report, string]>([
    ['nothing', pass, 'No violation and no doubt'],
    ['notes', { ...pass, findings: fail.findings.slice(3) }, 'No violation and no doubt; 2 notes'],
    [
      'a violation below fail-on',
      { ...pass, findings: low ? [low] : [] },
      'http open on db.example.com:8080',
    ],
    ['fail', fail, '2 violations fail the check (1 critical, 1 medium); below fail-on: 1 low'],
    ['fail by one', failByOne, '1 violation fails the check (1 medium)'],
    [
      'fail, and doubts',
      { ...fail, findings: [...fail.findings, ...inconclusive.findings] },
      '2 violations and 2 doubts fail the check (1 critical, 1 medium); below fail-on: 1 low',
    ],
    [
      'fail, and doubts that do not',
      { ...fail, findings: [...fail.findings, ...unfailing] },
      '2 violations fail the check (1 critical, 1 medium); below fail-on: 1 low; 2 doubts do not fail (on-doubt is warn)',
    ],
    [
      'doubts of which some fail',
      { ...inconclusive, findings: [...inconclusive.findings.slice(1), ...unfailing.slice(0, 1)] },
      '1 doubt fails the check; 1 doubt does not fail (on-doubt is warn)',
    ],
    ['audit', audit, '2 violations would fail (1 critical, 1 medium); below fail-on: 1 low'],
    ['audit with doubts', { ...inconclusive, mode: 'audit' }, '2 doubts would fail'],
    ['inconclusive', inconclusive, '2 doubts fail the check'],
    [
      'inconclusive that warns',
      { ...inconclusive, findings: unfailing },
      '2 doubts; on-doubt is warn, so the check does not fail',
    ],
    [
      'thousands',
      { ...huge, policyChanges: [] },
      '5,000 violations fail the check (100 critical, 4,900 high)',
    ],
    [
      'fail, and a loosening that does not',
      { ...failByOne, policyChanges: review.policyChanges },
      '1 violation fails the check (1 medium); policy loosened (critical), not failing',
    ],
    ['a loosening alone', review, 'No violation and no doubt; policy loosened (critical), not failing'],
    [
      'a loosening that fails',
      {
        ...failByOne,
        policyChanges: review.policyChanges,
        findings: [...failByOne.findings, makeFinding({ id: 'policy-loosened', severity: 'critical' })],
      },
      '2 violations fail the check (1 critical, 1 medium); policy loosened (critical)',
    ],
    [
      'a policy that is stricter',
      { ...pass, policyChanges: review.policyChanges.slice(2) },
      'No violation and no doubt',
    ],
  ])('%s', (_name, report, expected) => {
    expect(headline(report).wrong).toBe(expected)
  })
})

describe('how much was seen', () => {
  const seen = (coverage: Partial<Report['coverage']>) =>
    headline({ ...pass, coverage: { ...pass.coverage, ...coverage } }).seen

  test.each<[string, Partial<Report['coverage']>, string]>([
    ['all', {}, 'Saw 2 endpoints, 2 addresses, 1,204 of 65,535 ports; nothing stayed unknown'],
    [
      'not all',
      { unknown: 1504 },
      'Saw 2 endpoints, 2 addresses, 1,204 of 65,535 ports; 1,504 of 2,408 stayed unknown',
    ],
    [
      'without IPv6',
      { skippedIpv6: ['2001:db8::1'] },
      'Saw 2 endpoints, 2 addresses, 1,204 of 65,535 ports; 1 IPv6 address left out',
    ],
    [
      'one',
      { endpoints: 1, addresses: 1 },
      'Saw 1 endpoint, 1 address, 1,204 of 65,535 ports; nothing stayed unknown',
    ],
    ['nothing', { addresses: 0, pairs: 0 }, 'Saw nothing: 2 endpoints, 0 addresses, no port probed'],
  ])('%s', (_name, coverage, expected) => {
    expect(seen(coverage)).toBe(expected)
  })
})

test.each([
  [{ endpoint: 'db.example.com', addresses: ['192.0.2.1'], ports: '22' }, 'db.example.com:22 (192.0.2.1)'],
  [{ endpoint: 'db.example.com', addresses: [], ports: '' }, 'db.example.com'],
  [{ endpoint: '192.0.2.1', addresses: ['192.0.2.1'], ports: '22,80-81' }, '192.0.2.1 ports 22, 80-81'],
  [{ endpoint: '2001:db8::1', addresses: ['2001:db8::1'], ports: '22' }, '[2001:db8::1]:22'],
  [{ addresses: ['192.0.2.1', '192.0.2.2'], ports: '22' }, '192.0.2.1:22 (192.0.2.2)'],
  [{ addresses: [], ports: '8443', environment: 'staging' }, 'port 8443 in staging'],
  [{ endpoint: '192.0.2.0/24', addresses: ['192.0.2.9'], ports: '22' }, '192.0.2.9:22 (in 192.0.2.0/24)'],
  [{ addresses: [], ports: '' }, ''],
])('a spot: %j', (spot, expected) => {
  expect(formatSpot(spot)).toBe(expected)
})

test.each([
  [0, '0.0 s'],
  [12_345, '12.3 s'],
  [125_900, '2 min 5 s'],
])('%d ms are %s', (ms, expected) => {
  expect(formatDuration(ms)).toBe(expected)
})

test('the samples are what these tests take them for', () => {
  expect([critical?.severity, medium?.severity, low?.fails, doubt?.kind]).toEqual([
    'critical',
    'medium',
    false,
    'doubt',
  ])
})
