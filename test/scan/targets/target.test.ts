import { expect, test } from 'vitest'
import { OPEN } from '../../../src/scan/outcome.ts'
import { createTarget, record, summarise } from '../../../src/scan/targets/target.ts'

test('a port without an outcome is unknown, and never left out', () => {
  const deadline = Number.POSITIVE_INFINITY
  const target = createTarget('127.0.0.1', Uint16Array.of(1, 2, 3), { deadline, limiters: [], expected: [] })
  record(target, 1, OPEN)
  expect([...summarise(target, [1, 2, 3])].map(([{ state }, ranges]) => [state, ranges])).toEqual([
    [
      'unknown',
      [
        { from: 1, to: 1 },
        { from: 3, to: 3 },
      ],
    ],
    ['open', [{ from: 2, to: 2 }]],
  ])
})
