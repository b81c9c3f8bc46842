import { describe, expect, test } from 'vitest'
import type { Finding, Report } from '../../src/model.ts'
import { listDrift, sayNovelty } from '../../src/report/drift.ts'
import { headline } from '../../src/report/headline.ts'
import { findUnsaid, listSaid, readSaid, writeSaid } from '../../src/report/said.ts'
import { renderSummary } from '../../src/report/summary.ts'
import { renderText } from '../../src/report/text.ts'
import { compared, fail, inconclusive, makeFinding, pass, samples } from './samples.ts'

const nothing = { opened: [], closed: [], changed: [], notSeenBefore: [], resolved: 0 }
const baseline = compared.drift?.baseline ?? { file: '', startedAt: '', finishedAt: '' }
const known = (finding: Finding): Finding => ({
  ...finding,
  novelty: 'known',
  since: '2026-04-02T06:00:00.000Z',
})

describe('the first line', () => {
  test.each<[what: string, report: Report, line: string, end?: string]>([
    [
      'names what is new and fails, and the second one what is new and does not',
      compared,
      'FAIL: new since 2026-05-03: redis open on db.example.com:6379',
      '; also new, not failing: https open on www.example.com:443 · grafana on db.example.com:8443, was http; not seen on 2026-05-03, not failing: http open on db.example.com:8080',
    ],
    [
      'says that nothing is',
      { ...pass, drift: { ...nothing, baseline } },
      'PASS: nothing new since 2026-05-03; every port seen is as the policy says',
    ],
    [
      'names what fails though nothing is new',
      {
        ...fail,
        drift: { ...nothing, baseline },
        findings: fail.findings.filter(({ kind }) => kind === 'violation').map(known),
      },
      'FAIL: redis open on db.example.com:6379 · ssh open on bastion.example.com:22, allowance expired',
      '; nothing new since 2026-05-03',
    ],
    [
      'says why it fails, and the second one what is new and does not fail',
      {
        ...fail,
        drift: { ...nothing, baseline, opened: compared.drift?.opened.slice(1) ?? [] },
        findings: fail.findings.filter(({ kind }) => kind === 'violation').map(known),
      },
      'FAIL: redis open on db.example.com:6379 · ssh open on bastion.example.com:22, allowance expired',
      '; new since 2026-05-03, not failing: https open on www.example.com:443',
    ],
    [
      'counts what fails beside what is new',
      {
        ...compared,
        drift: { ...nothing, baseline },
        findings: compared.findings.map((one) => ({ ...one, fails: one.kind === 'violation' })),
      },
      'FAIL: new since 2026-05-03: redis open on db.example.com:6379; not seen on 2026-05-03: http open on db.example.com:8080; 1 more cause',
    ],
    [
      'names the doubts of an inconclusive run, and the second one what is new',
      {
        ...inconclusive,
        drift: { ...nothing, baseline, opened: compared.drift?.opened.slice(1) ?? [] },
        findings: [...inconclusive.findings, makeFinding({ fails: false, novelty: 'new', severity: 'low' })],
      },
      'INCONCLUSIVE: db.example.com not resolved · scan of www.example.com incomplete',
      '; new since 2026-05-03, not failing: redis open on db.example.com:6379 · https open on www.example.com:443',
    ],
    [
      'names a port that was opened and may be',
      { ...pass, drift: { ...nothing, baseline, opened: compared.drift?.opened.slice(1) ?? [] } },
      'PASS: new since 2026-05-03: https open on www.example.com:443; every port seen is as the policy says',
    ],
    [
      'says why violations do not fail',
      {
        ...pass,
        drift: { ...nothing, baseline },
        findings: fail.findings
          .filter(({ kind }) => kind === 'violation')
          .map((one) => ({ ...known(one), fails: false })),
      },
      'PASS: nothing new since 2026-05-03; 3 known violations do not fail (1 critical, 1 medium, 1 low)',
    ],
  ])('%s', (_, report, line, end = '') => {
    const { verdict, wrong } = headline(report)
    expect(verdict).toBe(line)
    expect(wrong.endsWith(end), wrong).toBe(true)
  })

  test('names three, and counts the rest', () => {
    const findings = Array.from({ length: 9 }, (_, index) =>
      makeFinding({ id: 'unexpected-open-port', port: 7000 + index, service: `s${index}`, novelty: 'new' }),
    )
    expect(headline({ ...compared, findings, drift: { ...nothing, baseline } }).verdict).toMatch(
      /: s0 open on .* · s1 open on .* · s2 open on db\.example\.com:7002 · 6 more$/,
    )
  })
})

test('what has changed is listed by kind, one host an item', () => {
  expect(listDrift(compared)).toEqual([
    {
      label: 'opened',
      items: [
        'db.example.com:6379 (192.0.2.10) in production: redis',
        'www.example.com:443 (192.0.2.20) in production: https',
      ],
    },
    { label: 'closed', items: ['db.example.com:22 (192.0.2.10) in production: was ssh'] },
    { label: 'changed', items: ['db.example.com:8443 (192.0.2.10) in production: grafana, was http'] },
    { label: 'not seen before', items: ['db.example.com ports 8080-8082 (192.0.2.10) in production: http'] },
    { label: 'gone', items: ['2 violations'] },
  ])
  expect(listDrift(fail)).toEqual([])
})

test('a list of many hosts is cut', () => {
  const opened = Array.from({ length: 5_000 }, (_, index) => ({
    endpoint: `h${index}.example.com`,
    address: '192.0.2.1',
    port: 22,
  }))
  const report = { ...compared, drift: { ...nothing, baseline, opened } }
  expect(listDrift(report)[0]?.items).toHaveLength(21)
  expect(listDrift(report)[0]?.items.at(-1)).toBe('and 4,980 more')
  expect(Buffer.byteLength(renderSummary(report, { limitBytes: 8_000 }))).toBeLessThanOrEqual(8_000)
})

test('the first line has one long name of what is new, and counts the others', () => {
  const opened = [1, 2, 3].map((index) => ({
    ...{ endpoint: `${'x'.repeat(80)}.example.com`, address: '192.0.2.1' },
    ...{ port: 22 + index, after: 'ssh' },
  }))
  const { verdict } = headline({ ...pass, drift: { ...nothing, baseline, opened } })
  expect(verdict).toMatch(/ ssh open on x+…x+\.example\.com:23 · 2 more; every port/)
})

test.each([
  [{ novelty: 'new' }, 'new'],
  [{ novelty: 'not-seen-before' }, 'not seen before'],
  [{ novelty: 'known', since: '2026-04-02T06:00:00.000Z', fails: false }, 'known since 2026-04-02'],
  [{ novelty: 'known', since: '2026-04-02T06:00:00.000Z' }, 'known since 2026-04-02, still fails'],
  [{}, ''],
] as const)('%j is told as %j', (facts, expected) => {
  expect(sayNovelty([makeFinding(facts)])).toBe(expected)
})

test('known violations of several days are told from the first to the last', () => {
  const days = ['2026-04-09', '2026-04-02', '2026-04-05'].map((day) => `${day}T06:00:00.000Z`)
  const findings = days.map((since) => makeFinding({ novelty: 'known', since, fails: false }))
  expect(sayNovelty(findings)).toBe('known since 2026-04-02 to 2026-04-09')
})

test('text and summary say of each violation whether it is new', () => {
  const text = renderText(compared, { colours: false, width: 200 })
  expect(text).toContain('CRITICAL  unexpected-open-port, new\n')
  expect(text).toContain('expired-allowance, known since 2026-04-02 (does not fail the check)\n')
  expect(text.indexOf('Since the baseline of 2026-05-03 06:00 UTC')).toBeLessThan(text.indexOf('CRITICAL'))
  const summary = renderSummary(compared)
  expect(summary).toContain('&#160;**critical**<br>new |')
  expect(summary).toContain('&#160;medium<br>known&#160;since<br>2026-04-02<br>does&#160;not&#160;fail |')
  expect(summary).toContain('\n- opened: db.example.com:6379 (192.0.2.10) in production: redis\n')
  expect(summary.indexOf('- opened:')).toBeLessThan(summary.indexOf('| Severity |'))
})

describe('what was said', () => {
  test.each(Object.keys(samples))('%s: is read back', (name) => {
    const said = listSaid(samples[name] as Report)
    expect(readSaid(writeSaid(said))).toEqual(said)
  })

  test('is the same at another time, of another commit, and by another baseline', () => {
    const later: Report = {
      ...compared,
      startedAt: '2027-01-01T00:00:00.000Z',
      finishedAt: '2027-01-01T00:00:09.000Z',
      policy: { ...fail.policy, ref: 'x', hash: 'y' },
      coverage: { ...fail.coverage, probes: 1 },
      findings: compared.findings.map(
        ({ novelty: _novelty, since: _since, ...finding }) => finding as Finding,
      ),
    }
    const { drift: _drift, ...alone } = later
    expect(listSaid(alone).digest).toBe(listSaid(compared).digest)
  })

  test.each<[what: string, change: (findings: Finding[]) => Finding[]]>([
    ['another service', ([first, ...rest]) => [{ ...first, service: 'ssh' } as Finding, ...rest]],
    ['another severity', ([first, ...rest]) => [{ ...first, severity: 'low' } as Finding, ...rest]],
    [
      'one more address of a name',
      ([first, ...rest]) => [first as Finding, { ...first, address: '192.0.2.99' } as Finding, ...rest],
    ],
    [
      'one more port among those that are told together',
      ([first, ...rest]) => [
        { ...first, alike: { first: 1, ports: [{ from: 1, to: 99 }] } } as Finding,
        ...rest,
      ],
    ],
  ])('is not the same with %s, which is new then', (_, change) => {
    const report = { ...fail, findings: change(fail.findings) }
    expect(listSaid(report).digest).not.toBe(listSaid(fail).digest)
    expect(findUnsaid(report, listSaid(fail))).toHaveLength(1)
  })

  test('is less where something is gone, and nothing is new then', () => {
    const report = { ...fail, findings: fail.findings.slice(1) }
    expect(listSaid(report).digest).not.toBe(listSaid(fail).digest)
    expect(findUnsaid(report, listSaid(fail))).toEqual([])
  })

  test('stays the same whatever address a name has, and however many ports of a doubt are unknown', () => {
    const moved = fail.findings.map((finding) => ({ ...finding, address: '192.0.2.200' }))
    expect(listSaid({ ...fail, findings: moved }).digest).toBe(listSaid(fail).digest)
    const [first, second] = inconclusive.findings as [Finding, Finding]
    const luckier = { ...second, args: { what: 'not-probed', ports: [{ from: 1, to: 2 }] } } as Finding
    expect(listSaid({ ...inconclusive, findings: [first, luckier] }).digest).toBe(
      listSaid(inconclusive).digest,
    )
  })

  test('does not say what is new once there is more than a mark has room for', () => {
    const findings = Array.from({ length: 1_200 }, (_, index) => makeFinding({ port: index + 1 }))
    const said = readSaid(writeSaid(listSaid({ ...fail, findings })))
    expect(said?.isCut).toBe(true)
    expect(said && findUnsaid(fail, said)).toBeUndefined()
    expect(writeSaid(listSaid({ ...fail, findings })).length).toBeLessThan(16_000)
  })

  test.each(['', '<!-- said x -->', `<!-- said ${'0'.repeat(32)} --> <!-- said -->`, 'said'])(
    'is not read from %j',
    (text) => {
      expect(readSaid(text)).toBeUndefined()
    },
  )
})
