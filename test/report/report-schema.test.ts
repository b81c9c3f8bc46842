import { describe, expect, expectTypeOf, test } from 'vitest'
import { z } from 'zod'
import type { Finding, Report } from '../../src/model.ts'
import { renderJson, renderJsonPieces } from '../../src/report/json.ts'
import { type ReportJson, toReportJson } from '../../src/report/report-json.ts'
import { reportJsonSchema, reportSchema } from '../../src/report/report-schema.ts'
import { isCommand, UNPRINTABLE } from './reading.ts'
import { fail, HOSTILE, makeHostile, samples } from './samples.ts'

describe('report.json', () => {
  test.each(HOSTILE)(
    'is harmless on a screen and in a log, and loses nothing, when every text is %j',
    (text) => {
      const report = toReportJson(makeHostile(text))
      const json = renderJson(report)
      expect(json).not.toMatch(UNPRINTABLE)
      expect(json.split('\n').filter(isCommand)).toEqual([])
      expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(report)))
    },
  )

  test.each(Object.keys(samples))('%s: is read back as it was', (name) => {
    const report = toReportJson(samples[name] as Report)
    const text = renderJson(report)
    expect(text.endsWith('}\n')).toBe(true)
    expect(reportSchema.parse(JSON.parse(text))).toEqual(JSON.parse(JSON.stringify(report)))
  })

  test.each([...Object.entries(samples), ...HOSTILE.map((text) => [text, makeHostile(text)] as const)])(
    '%s: is the same in pieces',
    (_, report) => {
      const json = toReportJson(report)
      expect([...renderJsonPieces(json)].join('')).toBe(renderJson(json))
    },
  )

  test('is written in pieces that are bounded', () => {
    const findings = Array.from({ length: 2_000 }, () => fail.findings[0] as Finding)
    const [host] = fail.hosts as [Report['hosts'][number]]
    const open = Array.from({ length: 2_000 }, (_, index) => ({
      port: index + 1,
      reason: 'syn-ack' as const,
      rttMs: 1,
    }))
    const hosts = [host, { ...host, ports: { ...host.ports, open } }]
    const report = toReportJson({ ...fail, findings, hosts })
    const pieces = [...renderJsonPieces(report)]
    expect(pieces.join('')).toBe(renderJson(report))
    expect(pieces.length).toBeGreaterThan(10)
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(80_000)
  })

  test('is indented by two spaces', () => {
    expect(renderJson(toReportJson(fail))).toMatch(/^\{\n {2}"schemaVersion": 1,\n {2}"tool": \{\n {4}"name"/)
  })
})

describe('the schema', () => {
  test('has the type of the model', () => {
    expectTypeOf<z.output<typeof reportSchema>>().toEqualTypeOf<ReportJson>()
    expectTypeOf<z.input<typeof reportSchema>>().toEqualTypeOf<ReportJson>()
  })

  test.each(Object.keys(samples))('%s: holds to the published schema', (name) => {
    const published = z.fromJSONSchema(reportJsonSchema() as z.core.JSONSchema.JSONSchema)
    expect(
      published.safeParse(JSON.parse(renderJson(toReportJson(samples[name] as Report)))).error,
    ).toBeUndefined()
  })

  test('accepts what a newer minor version may add', () => {
    const known = toReportJson(fail)
    const newer = {
      ...known,
      weather: { wind: [] },
      hosts: known.hosts.map((host) => ({ ...host, rank: 1 })),
      findings: known.findings.map((finding) => ({ ...finding, id: 'went-silent', reason: 'proto-unreach' })),
    }
    const published = z.fromJSONSchema(reportJsonSchema() as z.core.JSONSchema.JSONSchema)
    expect(published.safeParse(newer).success).toBe(true)
    const read = reportSchema.parse(newer)
    expect(read.findings[0]).toMatchObject({ id: 'went-silent', reason: 'proto-unreach' })
    expect(read).not.toHaveProperty('weather')
  })

  test.each<[string, object]>([
    ['another schema version', { schemaVersion: 2 }],
    ['no findings', { findings: undefined }],
    ['an unknown verdict', { verdict: 'maybe' }],
    ['a negative count', { coverage: { ...fail.coverage, unknown: -1 } }],
    ['a port over 65535', { findings: [{ ...toReportJson(fail).findings[0], port: 65_536 }] }],
    [
      'a port list that is none',
      { hosts: [{ ...fail.hosts[0], ports: { ...fail.hosts[0]?.ports, closed: '1-' } }] },
    ],
    ['a time that is none', { startedAt: 'yesterday' }],
  ])('refuses %s', (_name, change) => {
    const broken = { ...toReportJson(fail), ...change }
    const published = z.fromJSONSchema(reportJsonSchema() as z.core.JSONSchema.JSONSchema)
    expect(reportSchema.safeParse(broken).success).toBe(false)
    expect(published.safeParse(JSON.parse(JSON.stringify(broken))).success).toBe(false)
  })
})
