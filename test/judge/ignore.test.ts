import { describe, expect, test } from 'vitest'
import { judgeSituation, tellSituation } from './case.ts'

const POLICY = `hosts:
  h.example.com: [22]
  10.0.0.0/24: [22]
environments:
  lab: { endpoints: [h.example.com, 10.0.0.0/30] }
`

const ENTRY =
  'hosts: ["*.example.com"], reason: switched off at night, owner: "@example/lab", expires: 2026-06-30'

const SILENT = 'lab/h.example.com 10.0.0.9: filtered 22\nlab/10.0.0.0/30 10.0.0.1: closed 22'

function judge(ignore: string, seen = SILENT, now = '2026-06-15T12:00:00Z') {
  const { verdict, findings } = tellSituation({ policy: `${POLICY}ignore: [${ignore}]`, seen, now })
  const shown = findings.filter(({ id }) => id !== 'unused-allowance')
  return [
    verdict,
    ...shown.map(({ id, kind, fails, message }) => `${fails ? '!' : ''}${kind} ${id}: ${message}`),
  ]
}

const SAID = 'Nothing answered on h.example.com (10.0.0.9), although the policy allows something there.'

describe('what the policy ignores', () => {
  test('is a note that says who accepts it and until when, and leaves nothing in doubt', () => {
    expect(judge(`{ finding: unreachable-host, ${ENTRY} }`)).toEqual([
      'pass',
      `note unreachable-host: ${SAID} Ignored until 2026-06-30 (owner: @example/lab): switched off at night.`,
    ])
  })

  test('is told in the report as such', () => {
    const policy = `${POLICY}ignore: [{ finding: unreachable-host, ${ENTRY} }]`
    const { findings } = judgeSituation({ policy, seen: SILENT })
    expect(findings.find(({ id }) => id === 'unreachable-host')).toMatchObject({
      kind: 'note',
      fails: false,
      ignored: {
        reason: 'switched off at night',
        owner: '@example/lab',
        expires: '2026-06-30',
        place: { line: 7 },
      },
    })
  })

  test.each<[what: string, ignore: string, now: string, said: string]>([
    ['on its last day', `{ finding: unreachable-host, ${ENTRY} }`, '2026-06-30T23:59:59Z', 'note'],
    ['the day after', `{ finding: unreachable-host, ${ENTRY} }`, '2026-07-01T00:00:00Z', 'doubt'],
    ['of another host', `{ finding: unreachable-host, ${ENTRY.replace('*.', '*.lab.')} }`, '', 'doubt'],
    [
      'by the entry that lasts longest',
      `{ finding: unreachable-host, ${ENTRY.replace('06-30', '01-01')} }, { finding: unreachable-host, ${ENTRY} }, { finding: unreachable-host, ${ENTRY.replace('06-30', '02-01')} }`,
      '',
      'note',
    ],
    ['of another kind', `{ finding: went-silent, ${ENTRY} }`, '', 'doubt'],
    [
      'by an address of the name',
      `{ finding: unreachable-host, ${ENTRY.replace('"*.example.com"', '10.0.0.8/29')} }`,
      '',
      'note',
    ],
  ])('%s', (_, ignore, now, kind) => {
    const [verdict, said] = judge(ignore, SILENT, now || undefined)
    expect([verdict, said?.split(' ')[0]]).toEqual(
      kind === 'note' ? ['pass', 'note'] : ['inconclusive', '!doubt'],
    )
  })

  test('counts again after its last day, and says so', () => {
    const [, said] = judge(`{ finding: unreachable-host, ${ENTRY} }`, SILENT, '2026-07-01T00:00:00Z')
    expect(said).toBe(
      `!doubt unreachable-host: ${SAID} It was ignored until 2026-06-30 (owner: @example/lab), and counts again.`,
    )
  })

  test('is about one address of a block', () => {
    const seen =
      'lab/10.0.0.0/30 10.0.0.1: filtered 22\nlab/10.0.0.0/30 10.0.0.2: filtered 22\nlab/h.example.com 10.0.0.9: closed 22'
    const ignore = '{ finding: unreachable-host, hosts: [10.0.0.1], reason: r, expires: 2026-06-30 }'
    expect(judge(ignore, seen)).toEqual([
      'inconclusive',
      expect.stringContaining('!doubt unreachable-host: Nothing answered on 10.0.0.2'),
      expect.stringContaining('note unreachable-host: Nothing answered on 10.0.0.1'),
    ])
  })

  test('may be a run in which nothing answered, which is a doubt of its own', () => {
    const seen = 'lab/h.example.com 10.0.0.9: filtered 22'
    const host = `{ finding: unreachable-host, ${ENTRY} }`
    const run = '{ finding: silent-run, reason: r, expires: 2026-06-30 }'
    expect(judge(host, seen)[0]).toBe('inconclusive')
    expect(judge(`${host}, ${run}`, seen)[0]).toBe('pass')
  })

  test('never is a violation', () => {
    const [verdict, said] = judge(
      `{ finding: unreachable-host, ${ENTRY} }`,
      'lab/h.example.com 10.0.0.9: open 6379',
    )
    expect([verdict, said]).toEqual(['fail', expect.stringContaining('!violation unexpected-open-port')])
  })
})
