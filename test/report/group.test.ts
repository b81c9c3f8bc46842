import { describe, expect, test } from 'vitest'
import type { Finding } from '../../src/model.ts'
import { groupFindings, listSpots, listWordings } from '../../src/report/group.ts'
import { makeFinding } from './samples.ts'

/** A finding about a host, with its names in all of its texts. */
function about(endpoint: string, address: string, port = 6379): Finding {
  return makeFinding({
    endpoint,
    address,
    port,
    message: `redis answers on ${endpoint}:${port} (${address}).`,
    remedy: `Close ${port} on ${endpoint}.`,
  })
}

describe('groupFindings', () => {
  test.each<[string, Partial<Finding>]>([
    ['id', { id: 'denied-open-port' }],
    ['kind', { kind: 'doubt' }],
    ['severity', { severity: 'low' }],
    ['effect', { fails: false }],
    ['service', { service: 'mysql' }],
    ['state', { state: 'filtered' }],
    ['reason', { reason: 'no-response' }],
    ['why', { why: 'Another cause.' }],
    ['remedy', { remedy: 'Another remedy.' }],
  ])('keeps findings of another %s apart', (_name, parts) => {
    expect(groupFindings([makeFinding(), makeFinding(parts)])).toHaveLength(2)
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
    expect(group && listWordings(group, 'why')).toEqual([makeFinding().why])
  })

  test('says that the others have the like', () => {
    const [group] = groupFindings([about('a.example.com', '192.0.2.1'), about('b.example.com', '192.0.2.2')])
    expect(group && listWordings(group, 'remedy')).toEqual([
      'Close 6379 on a.example.com. (Likewise for the others.)',
    ])
  })

  test('lists what is worded otherwise, and counts beyond three', () => {
    const findings = ['one', 'two', 'three', 'four', 'five'].map((message) => makeFinding({ message }))
    const [group] = groupFindings(findings)
    expect(group && listWordings(group, 'message')).toEqual(['one', 'two', 'three', 'and 2 more'])
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
