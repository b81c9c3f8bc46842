import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Report } from '../../src/model.ts'
import { renderCsv } from '../../src/report/csv.ts'
import { UNPRINTABLE } from './reading.ts'
import { fail, HOSTILE, makeFinding, makeHost, makeHostile, pass, samples } from './samples.ts'

/** Records by name, as RFC 4180 has them. */
function read(report: Report): Record<string, string>[] {
  const [names = [], ...rows] = parse([...renderCsv(report)].join(''))
  return rows.map((cells) => {
    expect(cells).toHaveLength(names.length)
    return Object.fromEntries(names.map((name, index) => [name, cells[index] ?? '']))
  })
}

function parse(text: string): string[][] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) =>
      [...line.matchAll(/(?<=^|,)(?:"((?:[^"]|"")*)"|([^",]*))(?=,|$)/g)].map(
        ([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? '',
      ),
    )
}

describe('CSV', () => {
  test('has every open port, with what is said of it', () => {
    expect(
      read(fail).map(({ endpoint, port, policy, finding }) => `${endpoint}:${port} ${policy} ${finding}`),
    ).toEqual([
      'db.example.com:6379 violation unexpected-open-port',
      'db.example.com:8080 violation unexpected-open-port',
      'www.example.com:80 allowed ',
      'www.example.com:443 allowed ',
      'bastion.example.com:22 violation expired-allowance',
    ])
    expect(read(fail)[0]).toMatchObject({
      service: 'redis',
      product: 'Redis 7.2.4',
      posture: 'F',
      fails: 'yes',
    })
    expect(read(pass)[1]).toMatchObject({ certificate: 'www.example.com', tls: 'TLSv1.3' })
  })

  test('says what is new, and since when', () => {
    const findings = [
      makeFinding({ environment: 'production', novelty: 'new', since: '2026-05-04T06:00:00.000Z' }),
    ]
    expect(read({ ...fail, findings })[0]).toMatchObject({
      novelty: 'new',
      since: '2026-05-04T06:00:00.000Z',
    })
  })

  test('says what the baseline has of each port', () => {
    const port = { environment: 'production', endpoint: 'db.example.com', address: '192.0.2.10' }
    const drift = {
      baseline: {
        file: 'report.json',
        startedAt: '2026-05-03T06:00:00Z',
        finishedAt: '2026-05-03T06:00:09Z',
      },
      opened: [{ ...port, port: 6379, after: 'redis' }],
      changed: [{ ...port, port: 8080, before: '=ssh', after: 'http' }],
      ...{ closed: [], notSeenBefore: [], resolved: 0 },
    }
    const rows = read({ ...fail, drift })
    expect(rows.slice(0, 3).map(({ port, change, before }) => [port, change, before])).toEqual([
      ['6379', 'opened', ''],
      ['8080', 'changed', "'=ssh"],
      ['80', '', ''],
    ])
  })

  test('calls nothing allowed on a host that accepts whatever is tried, and takes a finding that stands for many', () => {
    const open = [22, 80, 81].map((port) => ({ port, reason: 'syn-ack' as const }))
    const hosts = [makeHost({ ports: { open, closed: '', filtered: '', unknown: [] } })]
    const everywhere = makeFinding({ id: 'answers-everywhere', kind: 'doubt', port: undefined })
    expect(read({ ...fail, hosts, findings: [everywhere] }).map(({ policy }) => policy)).toEqual(
      Array(3).fill('unclear'),
    )
    const alike = makeFinding({ port: undefined, alike: { ports: [{ from: 80, to: 81 }], first: 80 } })
    expect(read({ ...fail, hosts, findings: [alike] }).map(({ policy }) => policy)).toEqual([
      'allowed',
      'violation',
      'violation',
    ])
  })

  test('has a line for each open port of every sample', () => {
    for (const report of Object.values(samples)) {
      expect(read(report)).toHaveLength(report.hosts.reduce((sum, { ports }) => sum + ports.open.length, 0))
    }
  })

  test('no cell is a formula, whatever the texts are', () => {
    const formulas = [
      '=cmd|"/C calc"!A0',
      '+1+1',
      '-2',
      '@SUM(A1)',
      '\t=1',
      '\r\n=1',
      ' =1',
      '＝1',
      '";=1',
      'a,=1\n=2',
      '%0A=1',
    ]
    const anything = fc.oneof(fc.constantFrom(...formulas, ...HOSTILE), fc.string({ unit: 'binary' }))
    fc.assert(
      fc.property(anything, (text) => {
        const csv = [...renderCsv(makeHostile(text))].join('')
        expect(csv).not.toMatch(UNPRINTABLE)
        expect(csv.split('\n')).toHaveLength(3)
        for (const row of read(makeHostile(text)))
          for (const cell of Object.values(row)) expect(cell).not.toMatch(/^\s*[=+\-@＝＋－＠|%\t\r]/)
      }),
      { numRuns: 300 },
    )
  })
})
