import { expect, test } from 'vitest'
import { renderRefusalSummary } from '../../src/report/unusable.ts'

test.each([
  ['of many lines', `${'x'.repeat(200)}\n`.repeat(500)],
  ['of one line', 'x'.repeat(100_000)],
])('a refusal %s fits into a comment', (_, message) => {
  const summary = renderRefusalSummary({ heading: 'UNUSABLE: x', message })
  expect(summary.length).toBeLessThan(64_000)
  expect(summary).toContain('The log has the rest.')
})
