import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  formatRanges,
  inRanges,
  mergeRanges,
  parsePort,
  parsePortOrSet,
  parsePortSelection,
  parsePorts,
  parseServiceName,
  subtractRanges,
  toRanges,
} from '../../src/policy/ports.ts'

describe('parsePort', () => {
  it.each<[number | string, number, number]>([
    [1, 1, 1],
    [65535, 65535, 65535],
    ['443', 443, 443],
    [' 443 ', 443, 443],
    ['8000-8010', 8000, 8010],
    ['22-22', 22, 22],
    ['1-65535', 1, 65535],
    ['ssh', 22, 22],
    ['SSH', 22, 22],
  ])('reads %j', (item, from, to) => {
    expect(parsePort(item)).toEqual({ value: [{ from, to }] })
  })

  it.each<[number | string, string, string]>([
    [0, 'bad-port', '1 to 65535'],
    [-1, 'bad-port', 'a range is written `1-1`'],
    [65536, 'bad-port', '1 to 65535'],
    [1.5, 'bad-port', 'whole number'],
    [1e21, 'bad-port', 'whole number'],
    [Number.NaN, 'unknown-service', ''],
    ['0080', 'bad-port', 'write `80`'],
    ['0-10', 'bad-port', '1 to 65535'],
    ['1-65536', 'bad-port', '1 to 65535'],
    ['30-20', 'reversed-range', '20-30'],
    ['100-', 'bad-port', '`100-65535`'],
    ['-1024', 'bad-port', '`1-1024`'],
    ['20 - 30', 'bad-port', '`20-30`'],
    ['20..30', 'bad-port', '`20-30`'],
    ['20:30', 'bad-port', '`20-30`'],
    ['22,80', 'bad-port', '`22`, `80`'],
    ['22 80', 'bad-port', '`22`, `80`'],
    ['80/tcp', 'bad-port', 'write `80`'],
    ['53/udp', 'bad-port', 'only TCP'],
    ['all', 'bad-port', 'stands alone'],
    ['', 'unknown-service', 'number of the port'],
    ['htps', 'unknown-service', 'did you mean `http'],
    ['toString', 'unknown-service', ''],
  ])('refuses %j as %s', (item, code, hint) => {
    const { problem } = parsePort(item)
    expect(problem?.code).toBe(code)
    expect(problem?.hint).toContain(hint)
  })
})

describe('selections of ports', () => {
  it.each([
    ['common', 'common'],
    ['all', 'all'],
    ['22,443', [22, 443]],
    [' 443 , 22-23', [22, 23, 443]],
    ['ssh', [22]],
  ])('parsePortSelection reads %j', (text, expected) => {
    const { value } = parsePortSelection(text)
    expect(Array.isArray(value) ? value.flatMap(({ from, to }) => numbers(from, to)) : value).toEqual(
      expected,
    )
  })

  it('suggests the name of a set', () => {
    expect(parsePortOrSet('comon').problem?.hint).toBe('did you mean `common`?')
  })

  it.each(['', '22,', ',', '22,all'])('parsePorts refuses %j', (text) => {
    expect(parsePorts(text).problem).toBeDefined()
  })
})

describe('parseServiceName', () => {
  it.each([
    ['ssh', 'ssh'],
    ['SSH', 'ssh'],
    ['tls', 'tls'],
  ])('knows %j', (text, name) => expect(parseServiceName(text)).toEqual({ value: name }))

  it('suggests a near name', () => {
    expect(parseServiceName('redsi').problem?.hint).toBe('did you mean `redis`?')
  })
})

describe('ranges', () => {
  it.each<[number[], string]>([
    [[], ''],
    [[7], '7'],
    [[1, 2, 3, 5], '1-3,5'],
    [[1, 1, 2], '1-2'],
    [[21, 65535], '21,65535'],
  ])('formats %j as %j', (ports, text) => {
    expect(formatRanges(ports)).toBe(text)
    expect(formatRanges(toRanges(ports))).toBe(text)
  })

  it('merges what touches or overlaps, in any order', () => {
    const ranges = [
      { from: 10, to: 20 },
      { from: 1, to: 4 },
      { from: 5, to: 5 },
      { from: 12, to: 13 },
    ]
    expect(mergeRanges(ranges)).toEqual([
      { from: 1, to: 5 },
      { from: 10, to: 20 },
    ])
  })

  it('knows the ends of a range', () => {
    const ranges = [{ from: 10, to: 20 }]
    expect([9, 10, 20, 21].map((port) => inRanges(ranges, port))).toEqual([false, true, true, false])
  })

  it('takes ranges from ranges as it takes ports from ports', () => {
    const range = fc
      .tuple(fc.integer({ min: 1, max: 40 }), fc.nat(9))
      .map(([from, more]) => ({ from, to: from + more }))
    const ports = (ranges: { from: number; to: number }[]) =>
      ranges.flatMap(({ from, to }) => numbers(from, to))
    fc.assert(
      fc.property(fc.array(range, { maxLength: 5 }), fc.array(range, { maxLength: 5 }), (some, others) => {
        const left = new Set(ports(some))
        for (const port of ports(others)) left.delete(port)
        expect(subtractRanges(some, others)).toEqual(toRanges([...left].sort((a, b) => a - b)))
      }),
    )
  })

  it('reads what it writes', () => {
    const port = fc.integer({ min: 1, max: 65_535 })
    fc.assert(
      fc.property(fc.uniqueArray(port, { minLength: 1 }), (ports) => {
        const sorted = ports.toSorted((a, b) => a - b)
        const ranges = parsePorts(formatRanges(sorted)).value ?? []
        expect(ranges).toEqual(toRanges(sorted))
        expect(ranges.flatMap(({ from, to }) => numbers(from, to))).toEqual(sorted)
      }),
    )
  })
})

function numbers(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i)
}
