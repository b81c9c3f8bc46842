import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Finding, Report } from '../../src/model.ts'
import { loadRenderer, REPORT_FORMATS, type ReportFormat } from '../../src/report/formats.ts'
import { renderSarif } from '../../src/report/sarif.ts'
import { fail, inconclusive, makeFinding, makeHost, pass } from './samples.ts'

async function render(format: ReportFormat, report: Report): Promise<string> {
  const write = await loadRenderer(format)
  return [...write(report, {})].join('')
}

test.each(REPORT_FORMATS)('%s ends with a newline', async (format) => {
  expect(await render(format, fail)).toMatch(/\S\n$/)
})

test('what SARIF leaves out is told', async () => {
  const report = { ...fail, findings: Array.from({ length: 5_001 }, () => fail.findings).flat() }
  const told: string[] = []
  const write = await loadRenderer('sarif')
  write(report, { onCut: (sentence) => told.push(sentence) })
  expect(told).toEqual([renderSarif(report).cut])
})

test('the page on the command line names every format', () => {
  const page = readFileSync(new URL('../../docs/command-line.md', import.meta.url), 'utf8')
  const [, shown, listed] = /check --format (\w+) .*also: (.*)/.exec(page) ?? []
  expect([shown, ...(listed ?? '').split(', ')].sort()).toEqual([...REPORT_FORMATS].sort())
})

/** Findings on hosts that are no series, which would be written as one; and no more of them than every format tells in full. */
const reports = fc
  .array(
    fc.record({
      kind: fc.constantFrom('violation' as const, 'doubt' as const),
      severity: fc.constantFrom('critical' as const, 'medium' as const, 'info' as const),
      port: fc.integer({ min: 1, max: 65_535 }),
      fails: fc.boolean(),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((all): Report => {
    const findings: Finding[] = all.map(({ kind, ...parts }, index) => {
      const about = { ...parts, endpoint: `host-${index * 7}.example.com`, address: `192.0.2.${index + 1}` }
      if (kind === 'violation') return makeFinding(about)
      return makeFinding({ ...about, kind, id: 'unreachable-host', port: undefined, state: 'filtered' })
    })
    const hosts = findings.map(({ endpoint = '', address = '', port }) =>
      makeHost({
        endpoint,
        address,
        ports: {
          open: port === undefined ? [] : [{ port, service: 'redis', reason: 'syn-ack', rttMs: 1 }],
          closed: '',
          filtered: '',
          unknown: [],
        },
      }),
    )
    return { ...pass, verdict: 'fail', findings, hosts }
  })

describe('every finding is in every format', () => {
  test.each(REPORT_FORMATS)('%s', async (format) => {
    const write = await loadRenderer(format)
    fc.assert(
      fc.property(reports, (report) => {
        const said = [...write(report, {})].join('')
        for (const { endpoint = '', port, kind } of report.findings) {
          // A table of open ports has nothing of what is about none.
          if (format === 'csv' && kind === 'doubt') continue
          expect(said).toContain(endpoint)
          if (port !== undefined) expect(said).toContain(String(port))
        }
      }),
      { numRuns: 40 },
    )
  })
})

test('a doubt about no host is in every format that has findings', async () => {
  const findings = [
    makeFinding({
      id: 'silent-run',
      kind: 'doubt',
      endpoint: undefined,
      address: undefined,
      port: undefined,
    }),
  ]
  for (const format of REPORT_FORMATS.filter((one) => one !== 'csv'))
    expect(await render(format, { ...inconclusive, findings, hosts: [] })).toContain('silent-run')
})
