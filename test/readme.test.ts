import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { buildCatalogue, commonPorts } from '../src/catalogue/catalogue.ts'
import { services } from '../src/catalogue/services/index.ts'
import { parsePolicy } from '../src/policy/parse.ts'

const root = new URL('../', import.meta.url)
const readme = readFileSync(new URL('README.md', root), 'utf8')

/** The fenced blocks of a language. */
function listBlocks(language: string): string[] {
  return [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(
    ([, text = '']) => text,
  )
}

test('the figures are those of the code', () => {
  expect(readme).toContain(
    `\`common\` is ${commonPorts(buildCatalogue()).length.toLocaleString('en-US')} ports`,
  )
  expect(readme).toContain(`Its catalogue has ${services.length} services`)
})

test('every policy is one', () => {
  const policies = listBlocks('yaml').filter((text) => text.startsWith('version: 1'))
  expect(policies.length).toBeGreaterThan(1)
  for (const text of policies) expect(parsePolicy(Buffer.from(text), 'README.md').diagnostics).toBeUndefined()
})

test('every input and output is described, and no other', () => {
  const { inputs, outputs } = parse(readFileSync(new URL('action.yml', root), 'utf8'))
  const table = readme.slice(readme.search(/^\| input /m), readme.indexOf('Outputs:'))
  const rows = [...table.matchAll(/^\| `([\w-]+)` /gm)].map(([, name]) => name)
  expect(rows).toEqual(Object.keys(inputs))
  for (const name of Object.keys(outputs))
    expect(readme.slice(readme.indexOf('Outputs:'))).toContain(`\`${name}\``)
})
