/** What many vantages make of one plan, where one of them sees something else than the others. */
import { describe, expect, test } from 'vitest'
import type { HostResult, Report, ScanResult } from '../../src/model.ts'
import { listPorts, subtractRanges } from '../../src/port-ranges.ts'
import { toFindingJson } from '../../src/report/report-json.ts'
import { renderText } from '../../src/report/text.ts'
import { type PlanFile, sealPlan, type Unsealed } from '../../src/shards/plan-file.ts'
import { reviewSituation } from '../judge/case.ts'
import { isCommand, UNPRINTABLE } from '../report/reading.ts'
import { type Drawn, freezeText } from './drawn-plan.ts'
import { makeWorld, mergeTexts, seePart, writeReport } from './merging.ts'

const messages = ({ findings }: Report) => findings.map((one) => `${one.id}: ${toFindingJson(one).message}`)

/** Two hosts, one for each shard, of which nothing may be open. */
const TWO = 'version: 1\nscan: { ports: [80, 443] }\nhosts: { 192.0.2.1: [], 192.0.2.2: [] }\n'

type Seen = 'silent' | 'refuses' | 'open'

/** What a shard sees where all of its ports are alike. */
function seeAlike(drawn: Drawn, index: number, seen: Seen): ScanResult {
  const scan = seePart(drawn, index, makeWorld(drawn))
  const ports = [80, 443].map((port) => ({ from: port, to: port }))
  const states: Record<Seen, Partial<HostResult>> = {
    silent: { filtered: [{ ports, reason: 'no-response' }] },
    refuses: { closed: [{ ports, reason: 'conn-refused' }] },
    open: { open: [80, 443].map((port) => ({ port, reason: 'syn-ack' as const, rttMs: 1 })) },
  }
  const hosts = scan.hosts.map(({ environment, endpoint, host, address }) => ({
    ...{ environment, endpoint, host, address, open: [], closed: [], filtered: [], unknown: [] },
    answersEverywhere: false,
    ...states[seen],
  }))
  return { ...scan, hosts }
}

describe('a shard that hears nothing', () => {
  const merge = async (machines: [string, string], seen: [Seen, Seen]) => {
    const drawn = await freezeText(TWO, { shards: 2 })
    const texts = seen.map((what, index) =>
      writeReport(drawn, index + 1, seeAlike(drawn, index + 1, what), { machine: machines[index] as string }),
    )
    const { report } = await mergeTexts(drawn.file, texts)
    return [report.verdict, report.findings.filter(({ kind }) => kind === 'doubt').map(({ id }) => id)]
  }

  test.each<[string, [string, string], [Seen, Seen], unknown[]]>([
    [
      'on the machine of one that does: a host that is silent',
      ['a1', 'a1'],
      ['refuses', 'silent'],
      ['pass', []],
    ],
    [
      'on another machine: perhaps that is cut off',
      ['a1', 'b2'],
      ['refuses', 'silent'],
      ['inconclusive', ['silent-run']],
    ],
    ['as all others', ['a1', 'b2'], ['silent', 'silent'], ['inconclusive', ['silent-run']]],
    ['while none does', ['a1', 'b2'], ['refuses', 'refuses'], ['pass', []]],
  ])('%s', async (_, machines, seen, expected) => {
    expect(await merge(machines, seen)).toEqual(expected)
  })

  test('is named', async () => {
    const drawn = await freezeText(TWO, { shards: 2 })
    const texts = [
      writeReport(drawn, 1, seeAlike(drawn, 1, 'refuses')),
      writeReport(drawn, 2, seeAlike(drawn, 2, 'silent'), { machine: 'b2' }),
    ]
    const { report } = await mergeTexts(drawn.file, texts)
    expect(messages(report)).toContain(
      'silent-run: No host answered shard 2, and no other shard got an answer on its machine.',
    )
  })
})

test('a canary that one shard cannot see is a doubt, and the shard is named', async () => {
  const policy = TWO.replace('ports:', 'canary: "192.0.2.250:443", ports:')
  const drawn = await freezeText(policy, { shards: 2 })
  const texts = (['open', 'filtered'] as const).map((canary, index) => {
    const scan = seePart(drawn, index + 1, makeWorld(drawn, { canary }))
    return writeReport(drawn, index + 1, {
      ...seeAlike(drawn, index + 1, 'refuses'),
      canaries: scan.canaries,
    })
  })
  const { report } = await mergeTexts(drawn.file, texts)
  expect(messages(report)).toEqual([
    'canary-not-open: The canary 192.0.2.250:443 was not open throughout the run (filtered, no-response), as shard 2 saw it.',
  ])
})

test('attempts that disagree about a port: the newest counts, and both are named', async () => {
  const drawn = await freezeText(TWO, { shards: 2 })
  const [first, again] = (['refuses', 'open'] as const).map((seen) => seeAlike(drawn, 1, seen))
  const texts = [
    writeReport(drawn, 1, again as ScanResult, { attempt: 2 }),
    writeReport(drawn, 1, first as ScanResult),
    writeReport(drawn, 2, seeAlike(drawn, 2, 'refuses')),
  ]
  const { report, said } = await mergeTexts(drawn.file, texts)
  expect([report.verdict, report.findings.map(({ port }) => port)]).toEqual(['fail', [80, 443]])
  expect(said).toEqual([])
  const text = renderText(report, { colours: false, width: 200 })
  expect(text).toContain('joined: 1-2; 1 in attempt 2')
  expect(text).toContain('attempts 1 and 2 of 1 disagree: 192.0.2.1, was not open and is now: 80, 443')
})

test('an IPv6 address of which one machine has scanned a part and another has no way to it: the rest is unknown', async () => {
  const policy = 'version: 1\nscan: { ports: "1-4000" }\nhosts: { "2001:db8::2": [], 192.0.2.1: [] }\n'
  const drawn = await freezeText(policy, { shards: 4 })
  const texts = [1, 2, 3, 4].map((index) =>
    writeReport(drawn, index, seePart(drawn, index, makeWorld(drawn, { hasIpv6: index !== 1 }))),
  )
  const { report } = await mergeTexts(drawn.file, texts)
  const host = report.hosts.find(({ address }) => address === '2001:db8::2')
  expect(host?.ports.unknown.map(({ reason }) => reason)).toContain('no-route')
  expect(report.findings.some(({ id, reason }) => id === 'incomplete-scan' && reason === 'no-route')).toBe(
    true,
  )
})

test('a range in which whatever is tried is open goes on where the host is cut', async () => {
  const drawn = await freezeText('version: 1\nscan: { ports: "1-4000" }\nhosts: { 192.0.2.1: [] }\n', {
    shards: 2,
  })
  const texts = [1, 2].map((index) => {
    const scan = seePart(drawn, index, makeWorld(drawn))
    const [first = 1, end = 2_010] = index === 1 ? [1_500, 2_000] : [2_001, 2_010]
    const open = listPorts([{ from: first, to: end }]).map((port) => ({
      port,
      reason: 'syn-ack' as const,
      rttMs: 1,
    }))
    const all = index === 1 ? { from: 1, to: 2_000 } : { from: 2_001, to: 4_000 }
    const closed = [
      { ports: subtractRanges([all], [{ from: first, to: end }]), reason: 'conn-refused' as const },
    ]
    const hosts = scan.hosts.map(
      ({ endpoint, host, address }): HostResult => ({
        ...{ endpoint, host, address, open, closed, filtered: [], unknown: [], answersEverywhere: false },
        // Ten open ports are none to the shard that sees them.
        ...(index === 1 ? { runs: [{ from: 1_500, to: 2_000 }] } : {}),
      }),
    )
    return writeReport(drawn, index, { ...scan, hosts })
  })
  const { report, said } = await mergeTexts(drawn.file, texts)
  expect(said).toEqual([])
  expect(report.findings.map(({ id, args }) => [id, args])).toEqual([
    ['answers-everywhere', { runs: [{ from: 1_500, to: 2_010 }], silent: 511 }],
  ])
})

test.each(['\u001b[31mred', 'a\n::error::b', '\u202egnp', '##[command]x'])(
  'what a report says of itself is harmless in a log: %j',
  async (endpoint) => {
    const drawn = await freezeText(TWO, { shards: 1 })
    const scan = seeAlike(drawn, 1, 'refuses')
    const hosts = scan.hosts.map((host) => ({ ...host, endpoint }))
    const { said } = await mergeTexts(drawn.file, [writeReport(drawn, 1, { ...scan, hosts })])
    expect(said.length).toBe(1)
    expect(said[0]).not.toMatch(UNPRINTABLE)
    expect(said[0]?.split('\n').filter(isCommand)).toEqual([])
  },
)

/** The same plan, as if it had been written at another time. */
function writtenAt(
  { digest: _, schemaVersion: _v, kind: _k, ...plan }: PlanFile,
  createdAt: number,
): PlanFile {
  return sealPlan({ ...plan, createdAt: new Date(createdAt).toISOString() } as Unsealed)
}

test.each([
  ['two days ago', -48 * 3_600_000, {}, ['stale-results']],
  ['two days ago, which is not too old', -48 * 3_600_000, { 'max-age': '7d' }, []],
  ['in an hour', 3_600_000, {}, ['stale-results', 'missing-shard']],
])('a plan that was written %s', async (_, age, options, expected) => {
  const drawn = await freezeText(TWO, { shards: 1 })
  const file = writtenAt(drawn.file, Date.now() + age)
  const texts = [writeReport({ ...drawn, file }, 1, seeAlike(drawn, 1, 'refuses'))]
  const { report } = await mergeTexts(file, texts, options)
  expect(report.findings.map(({ id }) => id).sort()).toEqual(expected.sort())
})

test('a host that two environments have is missed once', async () => {
  const policy =
    'version: 1\nscan: { ports: [80] }\nenvironments:\n  a: { endpoints: [192.0.2.1] }\n  b: { endpoints: [192.0.2.1] }\n'
  const { file } = await freezeText(policy, { shards: 1 })
  const { report } = await mergeTexts(file, [])
  expect(messages(report)).toEqual([
    'missing-shard: Shard 1 of 1 is missing, so nothing is known about 2 ports on 1 host: 192.0.2.1.',
  ])
})

test('a report that is cut off is called so, wherever that is', async () => {
  const drawn = await freezeText(TWO, { shards: 1 })
  const text = writeReport(drawn, 1, seePart(drawn, 1, makeWorld(drawn)))
  const cuts = Array.from({ length: 20 }, (_, cut) => text.slice(0, 1 + Math.floor((cut * text.length) / 20)))
  const { said } = await mergeTexts(drawn.file, cuts)
  expect(said.filter((sentence) => !sentence.includes('it is cut off'))).toEqual([])
})

test('the review of a pull request is in the plan, and judged once', async () => {
  const before = TWO.replace('192.0.2.1: []', '192.0.2.1: [], 192.0.2.3: []').replace('version: 1\n', '')
  const changes = reviewSituation({
    before,
    policy: TWO.replace('192.0.2.1: []', '192.0.2.1: [80]').replace('version: 1\n', ''),
  })
  expect(changes.length).toBeGreaterThan(1)
  const drawn = await freezeText(TWO, { shards: 1 })
  const { digest: _, schemaVersion: _v, kind: _k, ...plan } = drawn.file
  const review = JSON.parse(JSON.stringify({ changes, failOn: 'low', onDoubt: 'fail', file: 'policy.yml' }))
  const file = sealPlan({ ...plan, review })
  const { report } = await mergeTexts(file, [
    writeReport({ ...drawn, file }, 1, seeAlike(drawn, 1, 'refuses')),
  ])
  expect([report.verdict, report.policyChanges.length]).toEqual(['fail', changes.length])
  expect(report.findings.some(({ id }) => id === 'policy-loosened')).toBe(true)
})

test('allowances are held against the day of the plan', async () => {
  const policy =
    'version: 1\nscan: { ports: [80, 443] }\nhosts: { 192.0.2.1: [{ port: 80, expires: 2026-03-01 }, 443] }\n'
  const drawn = await freezeText(policy, { shards: 1 })
  const verdictOf = async (day: string) => {
    const file = writtenAt(drawn.file, Date.parse(day))
    const texts = [writeReport({ ...drawn, file }, 1, seeAlike(drawn, 1, 'open'))]
    return (await mergeTexts(file, texts, { 'max-age': 'never' })).report.verdict
  }
  expect([await verdictOf('2026-03-01'), await verdictOf('2026-03-02')]).toEqual(['pass', 'fail'])
})
