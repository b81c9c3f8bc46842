import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { SaxesParser } from 'saxes'
import { describe, expect, test } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import type { Report } from '../../src/model.ts'
import { renderJunit } from '../../src/report/junit.ts'
import { UNPRINTABLE } from './reading.ts'
import { audit, fail, HOSTILE, inconclusive, makeFinding, makeHostile, pass, samples } from './samples.ts'

const schema = readFileSync(new URL('junit.xsd', import.meta.url), 'utf8')

function render(report: Report): string {
  return [...renderJunit(report)].join('')
}

interface Case {
  name: string
  classname: string
  outcome: string
  message?: string
  text: string
}

/** The test cases, as an XML parser reads them. Throws where the text is no XML. */
function read(xml: string): Case[] {
  const cases: Case[] = []
  const parser = new SaxesParser()
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ name, attributes }) => {
    const { name: title = '', classname = '', message } = attributes as Record<string, string>
    if (name === 'testcase') cases.push({ name: title, classname, outcome: 'passed', text: '' })
    const last = cases.at(-1)
    if (last && ['failure', 'error', 'skipped'].includes(name))
      Object.assign(last, { outcome: name, message })
  })
  parser.on('text', (text) => {
    const last = cases.at(-1)
    if (last) last.text += text
  })
  parser.write(xml).close()
  return cases
}

describe('JUnit XML', () => {
  test('holds to the schema, every sample of it', async () => {
    const { huge: _, ...small } = samples
    const xml = Object.entries(small).map(([name, report]) => ({
      fileName: `${name}.xml`,
      contents: render(report),
    }))
    const { valid, errors } = await validateXML({ xml, schema: [schema] })
    expect(errors).toEqual([])
    expect(valid).toBe(true)
  })

  test('a schema that does not hold is noticed', async () => {
    const contents = render(fail).replace('testcase name', 'testcase title')
    expect((await validateXML({ xml: [{ fileName: 'x.xml', contents }], schema: [schema] })).valid).toBe(
      false,
    )
  })

  test('fails what fails the check, skips what does not, and passes what is allowed', () => {
    const outcomes = read(render(fail)).map(({ name, outcome }) => `${outcome}: ${name}`)
    expect(outcomes).toEqual(
      [
        'passed: unused-allowance port 8443',
        'passed: expiring-allowance port 80',
        'failure: unexpected-open-port port 6379 (redis)',
        'skipped: unexpected-open-port port 8080 (http)',
        'passed: port 80 is open: http',
        'passed: port 443 is open: https',
        'failure: expired-allowance port 22 (ssh)',
      ].sort((a, b) => outcomes.indexOf(a) - outcomes.indexOf(b)),
    )
    expect(read(render(inconclusive)).filter(({ outcome }) => outcome === 'error')).toHaveLength(2)
    expect(read(render(audit)).map(({ outcome }) => outcome)).not.toContain('failure')
  })

  test('says what a reader needs: why, what to do, the line of the policy, and since when', () => {
    const finding = makeFinding({ novelty: 'known', since: '2026-05-01T06:00:00.000Z' })
    const [first] = read(render({ ...fail, findings: [finding] })).filter(
      ({ outcome }) => outcome === 'failure',
    )
    expect(first?.message).toMatch(/^critical: redis on port 6379 of db\.example\.com/)
    expect(first?.text).toMatch(/Why: .*Redis trusts/)
    expect(first?.text).toContain('Remedy: Bind Redis')
    expect(first?.text).toContain('Policy: .github/port-policy.yml:4:3')
    expect(first?.text).toContain('Against the baseline: known, since 2026-05-01T06:00:00.000Z')
  })

  test('counts are those of the cases, and no two cases of a suite have one name', () => {
    for (const report of [pass, fail, audit, inconclusive]) {
      const xml = render(report)
      const cases = read(xml)
      expect(xml).toContain(
        `<testsuites name="Portgate" tests="${cases.length}" failures="${cases.filter(({ outcome }) => outcome === 'failure').length}"`,
      )
    }
    const twice = [makeFinding(), makeFinding()]
    const names = read(render({ ...fail, findings: twice })).map(
      ({ name, classname }) => `${classname} ${name}`,
    )
    expect(new Set(names).size).toBe(names.length)
  })

  test('is XML with the same cases whatever the texts are', () => {
    const known = read(render(makeHostile('text'))).length
    const anything = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 80 }),
      fc.constantFrom(...HOSTILE, ']]>', '&#0;', '\uffff'),
    )
    fc.assert(
      fc.property(anything, (text) => {
        const xml = render(makeHostile(text))
        expect(xml).not.toMatch(UNPRINTABLE)
        expect(read(xml)).toHaveLength(known)
      }),
      { numRuns: 150 },
    )
  })
})
