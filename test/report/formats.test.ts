import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { RENDERERS, REPORT_FORMATS } from '../../src/report/formats.ts'
import { renderSarif } from '../../src/report/sarif.ts'
import { fail } from './samples.ts'

test.each(REPORT_FORMATS)('%s ends with a newline', (format) => {
  expect([...RENDERERS[format](fail, {})].join('')).toMatch(/\S\n$/)
})

test('what SARIF leaves out is told', () => {
  const report = { ...fail, findings: Array.from({ length: 5_001 }, () => fail.findings).flat() }
  const told: string[] = []
  RENDERERS.sarif(report, { onCut: (sentence) => told.push(sentence) })
  expect(told).toEqual([renderSarif(report).cut])
})

test('the page on the command line names every format', () => {
  const page = readFileSync(new URL('../../docs/command-line.md', import.meta.url), 'utf8')
  const [, shown, listed] = /check --format (\w+) .*also: (.*)/.exec(page) ?? []
  expect([shown, ...(listed ?? '').split(', ')].sort()).toEqual([...REPORT_FORMATS].sort())
})
