import { describe, expect, test } from 'vitest'
import type { Finding } from '../../src/model.ts'
import { wordFinding } from '../../src/report/findings.ts'
import { groupFindings, listWordings } from '../../src/report/group.ts'
import { listSpots } from '../../src/report/spots.ts'
import { plain } from '../../src/report/wording/text.ts'
import { makeFinding, type Parts } from './samples.ts'

/** A finding about a host, with its names in its texts. */
function about(endpoint: string, address: string, port = 6379): Finding {
  return makeFinding({ endpoint, address, port, remedy: `Close ${port}.` })
}

describe('groupFindings', () => {
  test.each<[string, Parts]>([
    ['id', { id: 'denied-open-port' }],
    ['kind', { kind: 'doubt' }],
    ['severity', { severity: 'low' }],
    ['effect', { fails: false }],
    ['service', { service: 'mysql' }],
    ['state', { state: 'filtered' }],
    ['reason', { reason: 'no-response' }],
    ['port and why', { port: 6380, why: 'Another cause.' }],
    ['port and remedy', { port: 6380, remedy: 'Another remedy.' }],
  ])('keeps findings of another %s apart', (_name, parts) => {
    expect(groupFindings([makeFinding(), makeFinding(parts)])).toHaveLength(2)
  })

  test.each<[string, Parts]>([
    ['why', { why: 'Another cause.' }],
    ['remedy', { remedy: 'Another remedy.' }],
  ])('joins what is open on the same port with another %s, and has both', (_name, parts) => {
    const findings = [makeFinding(), makeFinding(parts), makeFinding({ address: '192.0.2.11' })]
    const [group, ...others] = groupFindings(findings)
    expect([group?.findings, others]).toEqual([findings, []])
    const said = group && listWordings(group)
    expect(said && said.why.length + said.remedy.length).toBe(3)
  })

  test('keeps doubts of another explanation apart', () => {
    const [silent, refusing] = (['silent', 'refusing'] as const).map((why) =>
      makeFinding({
        ...{ id: 'unidentified-service', kind: 'doubt' },
        args: { ports: [{ from: 22, to: 22 }], why } as never,
      }),
    ) as [Finding, Finding]
    expect(groupFindings([silent, refusing])).toHaveLength(2)
  })

  test('joins what differs by names and numbers alone, in the order of the first', () => {
    const other = makeFinding({ severity: 'low' })
    const groups = groupFindings([
      about('a.example.com', '192.0.2.1'),
      other,
      about('b.example.com', '192.0.2.2', 7000),
    ])
    expect(groups.map(({ findings }) => findings.length)).toEqual([2, 1])
  })

  test('loses no finding', () => {
    const findings = Array.from({ length: 50 }, (_, index) =>
      about(`h${index % 7}.example.com`, `192.0.2.${index}`),
    )
    expect(groupFindings(findings).flatMap((group) => group.findings)).toHaveLength(50)
  })
})

describe('listWordings', () => {
  test('says a shared text once', () => {
    const [group] = groupFindings([makeFinding(), makeFinding({ address: '192.0.2.11' })])
    expect(group && listWordings(group).why).toEqual([wordFinding(makeFinding()).why])
  })

  test('says that the others have the like', () => {
    const [group] = groupFindings([about('a.example.com', '192.0.2.1'), about('b.example.com', '192.0.2.2')])
    expect(group && listWordings(group).remedy.map(plain)).toEqual([
      'Close 6379. If it is meant to be open, add this line to `hosts` in the policy: `a.example.com: [{ port: 6379, service: redis }]`. (Likewise for the others.)',
    ])
  })

  test('lists what is worded otherwise, and counts beyond three', () => {
    const findings = ['04-26', '04-27', '04-28', '04-29', '04-30'].map((day) =>
      makeFinding({ id: 'expired-allowance', args: { rating: 'answer', expires: `2026-${day}` } }),
    )
    const [group] = groupFindings(findings)
    expect(group && listWordings(group).message.map(plain)).toEqual([
      expect.stringMatching(/expired on 2026-04-26\.$/),
      expect.stringMatching(/expired on 2026-04-27\.$/),
      expect.stringMatching(/expired on 2026-04-28\.$/),
      'and 2 more',
    ])
  })
})

describe('listSpots', () => {
  test('joins ports of an address, and addresses with the same ports', () => {
    const spots = listSpots([
      about('a.example.com', '192.0.2.1', 81),
      about('a.example.com', '192.0.2.1', 80),
      about('a.example.com', '192.0.2.2', 80),
      about('a.example.com', '192.0.2.2', 81),
      about('a.example.com', '192.0.2.3', 22),
      about('b.example.com', '192.0.2.1', 80),
    ])
    expect(spots.map(({ endpoint, addresses, ports }) => [endpoint, addresses.join(), ports])).toEqual([
      ['a.example.com', '192.0.2.1,192.0.2.2', '80-81'],
      ['a.example.com', '192.0.2.3', '22'],
      ['b.example.com', '192.0.2.1', '80'],
    ])
  })

  test('has no port and no address where the findings have none', () => {
    const finding = makeFinding({
      endpoint: undefined,
      address: undefined,
      port: undefined,
      place: undefined,
    })
    expect(listSpots([finding])).toEqual([{ addresses: [], ports: '' }])
  })
})
