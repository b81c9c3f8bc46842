import fc from 'fast-check'
import { expect, test } from 'vitest'
import { covering } from '../../src/policy/covering.ts'
import { inRanges } from '../../src/port-ranges.ts'

test('entries of a port are those that a look at each of them finds, however many there are', () => {
  const range = fc
    .tuple(fc.integer({ min: 1, max: 60 }), fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constant(40)))
    .map(([from, more]) => ({ from, to: from + more }))
  const entry = fc.record({ ports: fc.array(range, { maxLength: 3 }) })
  fc.assert(
    fc.property(fc.array(entry, { minLength: 30, maxLength: 90 }), (entries) => {
      for (const port of [1, 7, 30, 60, 103, 104]) {
        expect(covering(entries, port)).toEqual(entries.filter(({ ports }) => inRanges(ports, port)))
      }
    }),
  )
})

test('a hundred thousand entries are not gone through for each port', () => {
  let looks = 0
  const entries = Array.from({ length: 100_000 }, (_, index) => {
    const ports = [{ from: 1 + (index % 65_535), to: 1 + (index % 65_535) }]
    return {
      get ports() {
        looks += 1
        return ports
      },
    }
  })
  for (let port = 1; port <= 65_535; port++) covering(entries, port)
  expect(looks).toBe(100_000)
})
