import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { ASSETS, renderAssets } from '../../scripts/page.ts'

test('the program and the style of the page are what `npm run page` writes', async () => {
  expect(readFileSync(ASSETS, 'utf8')).toBe(await renderAssets())
})
