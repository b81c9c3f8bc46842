import { describe, expect, test } from 'vitest'
import { CHANGES, fillUp, SHAPES } from '../policy/shapes.ts'
import { makeFolder, runBundle } from './bundle.ts'

/** Megabytes that a policy may make the bundle hold; the process is half as large again. It dies where it needs more. */
const NODE_OPTIONS = '--max-old-space-size=300'

/** By the square any of these takes minutes; all of them are done in a few seconds on a machine that has nothing else to do. */
const TIMEOUT = 120_000

/** Runs the command line on files as large as they are read. */
async function answer(files: Record<string, string>, ...args: string[]) {
  const cwd = await makeFolder(files)
  const { status, stdout, stderr } = await runBundle('cli', args, { cwd, env: { NODE_OPTIONS } })
  expect(stderr).not.toMatch(/fault of Portgate|JavaScript heap/)
  return { status, text: stdout + stderr }
}

describe('policies that are made to be slow, as large as they are read, are answered in little memory', () => {
  test.each([
    ['services that are unknown', 'more problems from here on'],
    ['required ports beside those of the catalogue', 'too many ports for so many hosts'],
  ])('validate: %s', { timeout: TIMEOUT }, async (name, words) => {
    const text = fillUp(SHAPES[name] ?? String)
    const { status, text: said } = await answer({ 'p.yml': text }, 'validate', '--policy', 'p.yml')
    expect(said).toContain(words)
    expect(status).toBe(2)
  })

  test('diff: one line of a long list of addresses', { timeout: TIMEOUT }, async () => {
    const text = fillUp(SHAPES.addresses ?? String)
    const files = { 'a.yml': text, 'b.yml': text.replace('10.0.1.7: []', '10.0.1.7: [23]') }
    const { status, text: said } = await answer(files, 'diff', 'a.yml', 'b.yml')
    expect(said).toContain('allows 23 (Telnet, critical) on `10.0.1.7`')
    expect(status).toBe(0)
  })

  test.each([
    ['ports and rates of every block', 'no longer scans 22'],
    ['allowances of every host', 'too large to be compared'],
  ])('diff: %s', { timeout: TIMEOUT }, async (name, words) => {
    const write = CHANGES[name] ?? String
    const after = fillUp((size) => write(size / 40, '80'))
    const before = after.replaceAll('[80]', '[]').replaceAll('[443, 80]', '[443, 22]')
    const { text } = await answer({ 'a.yml': before, 'b.yml': after }, 'diff', 'a.yml', 'b.yml')
    expect(text).toContain(words)
  })
})
