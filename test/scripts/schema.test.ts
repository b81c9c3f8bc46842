import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { PUBLISHED } from '../../scripts/schema.ts'
import { FINDINGS } from '../../src/report/findings.ts'

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')

test.each(Object.entries(PUBLISHED))('%s is what `npm run schema` writes', (path, render) => {
  expect(render()).toBe(read(path))
})

test('the README lists the findings of docs/findings.md', () => {
  const rows = [...read('README.md').matchAll(/^\| `([\w-]+)` +\| (violation|doubt|note) /gm)]
  expect(rows.map(([, id, kind]) => [id, kind])).toEqual(
    Object.entries(FINDINGS).map(([id, { kind }]) => [id, kind]),
  )
})
