import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const ROOT = new URL('../../', import.meta.url)

const read = (path: string) => readFileSync(new URL(path, ROOT), 'utf8')

/** What holds nothing but types. */
const TYPES_ONLY = /\/@octokit\/(types|openapi-types)$/

/** A package as `licenses.txt` begins with it. */
function headOf(folder: string): string {
  const { name, version, license } = JSON.parse(read(`${folder}/package.json`))
  return `${name}\n${version}, ${license}\n\n`
}

/** Where the sources of a bundle's modules are, as its comments say. */
function listPackages(bundle: string): string[] {
  const scripts = readdirSync(new URL(`dist/${bundle}/`, ROOT)).filter((name) => name.endsWith('.js'))
  const text = scripts.map((name) => read(`dist/${bundle}/${name}`)).join('\n')
  const found = text.matchAll(/[ /](?=node_modules\/)((?:node_modules\/(?:@[\w.-]+\/)?[\w.-]+\/)+)/g)
  const folders = new Set([...found].map(([, folder = '']) => folder.slice(0, -1)))
  return [...folders].filter((folder) => existsSync(new URL(`${folder}/package.json`, ROOT)))
}

describe.each(['action', 'cli'])('the bundle %s', (bundle) => {
  test('has the licence of each package that is in it, whichever file it is in', () => {
    const licences = read(`dist/${bundle}/licenses.txt`)
    const packages = listPackages(bundle)
    expect(packages.length).toBeGreaterThan(10)
    for (const folder of packages) {
      expect(licences).toContain(headOf(folder))
      const file = readdirSync(new URL(folder, ROOT)).find((name) => /^licen[cs]e/i.test(name))
      if (file) expect(licences, folder).toContain(read(`${folder}/${file}`).replaceAll('\r\n', '\n').trim())
    }
  })
})

test('both together have the licence of each package that Portgate depends on, in each of its versions', () => {
  const licences = ['action', 'cli'].map((bundle) => read(`dist/${bundle}/licenses.txt`)).join('\n')
  const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, { dev?: true }> }
  const bundled = Object.entries(packages).filter(
    ([folder, { dev }]) => folder && !dev && !TYPES_ONLY.test(folder),
  )
  expect(bundled.length).toBeGreaterThan(30)
  for (const [folder] of bundled) expect(licences).toContain(headOf(folder))
})
