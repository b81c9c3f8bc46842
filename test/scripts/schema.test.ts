import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { PUBLISHED } from '../../scripts/schema.ts'

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')

test.each(Object.entries(PUBLISHED))('%s is what `npm run schema` writes', (path, render) => {
  expect(render()).toBe(read(path))
})
