import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  countPorts,
  fitRanges,
  formatRanges,
  inRanges,
  inSorted,
  mergeRanges,
  readRanges,
  subtractRanges,
  toRanges,
} from '../src/port-ranges.ts'

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

  it('finds a port among ranges that ascend as it does among any', () => {
    const ranges = toRanges([1, 2, 3, 7, 9, 10, 11, 20, 65_535])
    for (const port of [...numbers(0, 22), 65_534, 65_535])
      expect(inSorted(ranges, port)).toBe(inRanges(ranges, port))
    expect(inSorted([], 1)).toBe(false)
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
      fc.property(fc.uniqueArray(port), (ports) => {
        const sorted = ports.toSorted((a, b) => a - b)
        const ranges = readRanges(formatRanges(sorted))
        expect(ranges).toEqual(toRanges(sorted))
        expect(ranges.flatMap(({ from, to }) => numbers(from, to))).toEqual(sorted)
      }),
    )
  })

  it('writes whole ranges as far as they fit, and counts the rest', () => {
    const port = fc.integer({ min: 1, max: 3_000 })
    fc.assert(
      fc.property(
        fc.uniqueArray(port, { minLength: 1 }),
        fc.integer({ min: 9, max: 200 }),
        (ports, longest) => {
          const ranges = toRanges(ports.toSorted((a, b) => a - b))
          const { text, left } = fitRanges(ranges, longest)
          expect(text.length).toBeLessThanOrEqual(longest)
          const all = formatRanges(ranges)
          expect(all === text || all.startsWith(`${text},`)).toBe(true)
          expect(countPorts(readRanges(text)) + left).toBe(ports.length)
          const next = all.slice(text.length + 1).split(',')[0] ?? ''
          expect(left === 0 || text.length + 1 + next.length > longest).toBe(true)
        },
      ),
    )
  })
})

function numbers(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i)
}
