import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { ATTACKS } from '../../scripts/attacks.ts'
import { renderSecurityPage } from '../../scripts/security-page.ts'

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')

test('docs/security.md is what its script writes', () => {
  expect(renderSecurityPage()).toBe(read('docs/security.md'))
})

describe('the test of each attack is there', () => {
  test.each(Object.values(ATTACKS).flatMap((attacks) => attacks.map(({ test }) => test)))(
    '%s: %s',
    (file, title) => {
      expect(read(file).replaceAll("\\'", "'")).toContain(title)
    },
  )
})
