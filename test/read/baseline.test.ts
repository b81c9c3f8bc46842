import { describe, expect, test } from 'vitest'
import { createBaselineReader } from '../../src/read/baseline.ts'
import { ResultsError } from '../../src/read/reading.ts'
import { renderJson } from '../../src/report/json.ts'
import { toReportJson } from '../../src/report/report-json.ts'
import { fail, inconclusive, pass } from '../report/samples.ts'

const whole = JSON.parse(renderJson(toReportJson(fail)))

/** Reads a report in pieces of so many characters. */
function read(text: string, length = text.length) {
  const reader = createBaselineReader()
  for (let at = 0; at < text.length; at += length) reader.write(text.slice(at, at + length))
  reader.end()
  return reader.baseline()
}

/** How a text is refused: `line:column: message`. */
function refusal(text: string): string {
  try {
    read(text)
  } catch (error) {
    if (!(error instanceof ResultsError)) throw error
    return `${error.position.line}:${error.position.column}: ${error.message}`
  }
  return ''
}

describe('an earlier report', () => {
  test('is read for what it has seen, and for its violations', () => {
    const baseline = read(renderJson(whole))
    expect(baseline).toMatchObject({
      startedAt: fail.startedAt,
      finishedAt: fail.finishedAt,
      environments: ['production'],
      doubts: [],
    })
    expect(baseline.hosts[0]).toEqual({
      environment: 'production',
      endpoint: 'db.example.com',
      address: '192.0.2.10',
      open: [
        { port: 6379, service: 'redis' },
        { port: 8080, service: 'http' },
      ],
      shut: [
        { from: 1, to: 6378 },
        { from: 6380, to: 8079 },
        { from: 8081, to: 9000 },
      ],
    })
    expect(baseline.violations.map(({ id, port }) => [id, port])).toEqual([
      ['unexpected-open-port', 6379],
      ['expired-allowance', 22],
      ['unexpected-open-port', 8080],
    ])
  })

  test.each([1, 7, 1000])('is the same in pieces of %i characters', (length) => {
    const text = renderJson(whole)
    expect(read(text, length)).toEqual(read(text))
  })

  test('may be of a newer minor version', () => {
    const newer = {
      ...whole,
      weather: 'fine',
      hosts: [{ ...whole.hosts[0], rank: 1 }],
      findings: [{ ...whole.findings[0], id: 'no-such-id', reason: 'no-such-reason', mood: 1 }],
    }
    expect(read(renderJson(newer)).violations).toMatchObject([{ id: 'no-such-id' }])
  })

  test('may have nothing in it', () => {
    expect(read(renderJson({ ...toReportJson(pass), hosts: [], findings: [] }))).toMatchObject({ hosts: [] })
  })

  test('tells the doubts that take away what was seen', () => {
    const [finding] = whole.findings
    const doubt = { ...finding, id: 'unreachable-host', kind: 'note' }
    const { doubts } = read(renderJson({ ...whole, findings: [doubt, { ...doubt, id: 'silent-run' }] }))
    expect(doubts.map(({ id }) => id)).toEqual(['unreachable-host', 'silent-run'])
    expect(read(renderJson(toReportJson(inconclusive))).doubts).toEqual([])
  })

  test('that contradicts itself has seen less: open stays open, and what may be unknown was not seen', () => {
    const ports = {
      ...whole.hosts[0].ports,
      closed: '1-9000',
      unknown: [{ ports: '1-100', reason: 'aborted' }],
    }
    const [host] = read(renderJson({ ...whole, hosts: [{ ...whole.hosts[0], ports }] })).hosts
    expect(host?.shut).toEqual([
      { from: 101, to: 6378 },
      { from: 6380, to: 8079 },
      { from: 8081, to: 9000 },
    ])
  })
})

describe('refused, with its position, is', () => {
  const [host] = whole.hosts
  const [finding] = whole.findings
  test.each<[what: string, change: object]>([
    ['another schema version', { schemaVersion: 2 }],
    ['another tool', { tool: { name: 'nmap', version: '7' } }],
    ['a report without hosts', { hosts: undefined }],
    ['hosts that are no list', { hosts: {} }],
    ['a report without findings', { findings: undefined }],
    ['environments that are no names', { environments: [1] }],
    ['a report without a time', { startedAt: 'yesterday' }],
    ['one from the year 10000', { startedAt: '+010000-01-01T00:00:00Z' }],
    ['a host that is none', { hosts: [1] }],
    ['a host without an address', { hosts: [{ ...host, address: 1 }] }],
    ['a port that is none', { hosts: [{ ...host, ports: { ...host.ports, open: [{ port: 65_536 }] } }] }],
    ['ports that are none', { hosts: [{ ...host, ports: { ...host.ports, closed: '1-' } }] }],
    ['an environment that is no name', { hosts: [{ ...host, environment: {} }] }],
    ['a finding that is none', { findings: ['x'] }],
    ['a finding without a kind', { findings: [{ ...finding, kind: undefined }] }],
    ['a fingerprint that is none', { findings: [{ ...finding, fingerprint: 'x' }] }],
    ['an unknown severity', { findings: [{ ...finding, severity: 'awful' }] }],
    ['a port of a finding that is none', { findings: [{ ...finding, port: '80 ' }] }],
    ['a list of ports that is none', { findings: [{ ...finding, ports: 'all' }] }],
    ['a day that is none', { findings: [{ ...finding, since: 'long ago' }] }],
  ])('%s', (_, change) => {
    expect(refusal(renderJson({ ...whole, ...change }))).toMatch(/^\d+:\d+: /)
  })

  test('a file that is cut off, wherever that is', () => {
    const text = renderJson(whole).trimEnd()
    for (let end = 0; end < text.length; end += 97) expect(refusal(text.slice(0, end))).toMatch(/^\d+:\d+: /)
  })

  test('the results of another scanner', () => {
    expect(refusal('<?xml version="1.0"?>\n<nmaprun/>')).toMatch(/^1:1: this is no JSON/)
    expect(refusal('')).toMatch(/^1:1: /)
    expect(refusal('[]')).toMatch(/^1:1: /)
    // One part of a plan finds no violation, which would make each of them new.
    expect(refusal(renderJson({ ...whole, shard: { index: 1, of: 2 } }))).toMatch(
      /^\d+:\d+: this is the report of one shard, /,
    )
  })

  test('nothing of a name that objects have of their own', () => {
    const text = renderJson({ ...whole, findings: [] }).replace('{', '{"__proto__": {"environments": []},')
    expect(read(text).environments).toEqual(['production'])
  })
})

test('a mutated report is read or refused, and nothing else', () => {
  const text = renderJson(whole)
  const times = Number(process.env.MUTATIONS ?? 2_000)
  let state = 7
  const random = (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * below)
  }
  let refused = 0
  for (let time = 0; time < times; time++) {
    const at = random(text.length)
    const mutated = text.slice(0, at) + '{}[]":,0x\\\u0000-'.charAt(random(12)) + text.slice(at + random(3))
    if (refusal(mutated) !== '') refused += 1
  }
  expect(refused).toBeGreaterThan(times / 10)
})
