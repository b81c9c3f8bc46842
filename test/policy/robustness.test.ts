import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Diagnostic } from '../../src/model.ts'
import { formatDiagnostic } from '../../src/policy/diagnostics.ts'
import { parseEndpoint } from '../../src/policy/endpoints.ts'
import { matcherText, matchesHost, parseHostKey } from '../../src/policy/hosts.ts'
import { parseCatalogue, parsePolicy } from '../../src/policy/parse.ts'
import { DIAGNOSTIC_CODES } from '../../src/policy/problem.ts'

const GOOD = `version: 1
scan: { ports: [22, https], ip: auto, time-limit: 10m, canary: "[::1]:443" }
fail-on: low
hosts:
  "{a,b}.*.example.com": &web [80, 443]
  www.example.com: { <<: { deny: [23] }, allow: *web, require: [{ port: 22, service: ssh, expires: 2027-01-31 }] }
  10.20.0.0/16: []
environments:
  production:
    endpoints: [a.com, "https://u:p@b.com:8443/x", { host: "::1", ports: all }, 10.0.0.0/30]
catalogue: { 8080: { severity: high } }
risky-allowances: { from: high, need: [reason], max-days: 90 }
`

const PIECES = [
  '*',
  '&a',
  '*a',
  '<<',
  ': ',
  '- ',
  '[',
  ']',
  '{',
  '}',
  '"',
  "'",
  '\n',
  '\t',
  '|',
  '!',
  '%',
  '#',
  '\u0000',
  '\uFEFF',
  '日',
  '-1',
  '1e9',
  '~',
  '---\n',
]

/** A good policy with a few parts cut out, doubled, or replaced. */
const mutated = fc
  .array(fc.tuple(fc.nat(GOOD.length), fc.nat(12), fc.constantFrom('', ...PIECES)), {
    minLength: 1,
    maxLength: 4,
  })
  .map((edits) =>
    edits.reduce((text, [at, cut, put]) => text.slice(0, at) + put + text.slice(at + cut), GOOD),
  )

function checkDiagnostics(diagnostics: Diagnostic[], text: string): void {
  expect(diagnostics.length).toBeGreaterThan(0)
  const lines = text.replace(/^\uFEFF/, '').split('\n')
  let last = 0
  for (const diagnostic of diagnostics) {
    const { code, message, place, source, width } = diagnostic
    expect(DIAGNOSTIC_CODES).toHaveProperty([code])
    expect(message).not.toMatch(/undefined|\[object|Invalid input/)
    expect(source).toBe(lines[place.line - 1]?.replace(/\r$/, ''))
    expect(place.column).toBeGreaterThan(0)
    expect(width).toBeGreaterThan(0)
    const order = place.line * 1e6 + place.column
    expect(order).toBeGreaterThanOrEqual(last)
    last = order
    expect(formatDiagnostic(diagnostic).split('\n').length).toBeLessThan(12)
  }
}

describe('parsePolicy answers, whatever it is given', () => {
  it('bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        for (const result of [parsePolicy(bytes, 'p.yml'), parseCatalogue(bytes, 'c.yml')]) {
          expect(result.diagnostics?.length).not.toBe(0)
          for (const diagnostic of result.diagnostics ?? []) formatDiagnostic(diagnostic)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('policies with mistakes', () => {
    fc.assert(
      fc.property(mutated, (text) => {
        const { diagnostics } = parsePolicy(new TextEncoder().encode(text), 'p.yml')
        if (diagnostics) checkDiagnostics(diagnostics, text)
      }),
      { numRuns: 500 },
    )
  })

  it('any JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.jsonValue({ maxDepth: 4 }), (hosts, environments) => {
        const text = JSON.stringify({ version: 1, hosts, environments, scan: hosts, catalogue: environments })
        const { diagnostics } = parsePolicy(new TextEncoder().encode(text), 'p.yml')
        if (diagnostics) checkDiagnostics(diagnostics, text)
      }),
      { numRuns: 300 },
    )
  })
})

const hostText = fc
  .array(
    fc.constantFrom(
      'a',
      'B',
      '1',
      '-',
      '_',
      '.',
      '*',
      '**',
      '?',
      '{',
      '}',
      ',',
      '..',
      ':',
      '/',
      '[',
      ']',
      '%',
      'ü',
      '@',
      ' ',
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''))

it('parseHostKey and parseEndpoint answer, whatever they are given', () => {
  fc.assert(
    fc.property(fc.oneof(hostText, fc.string({ unit: 'binary' })), fc.domain(), (text, name) => {
      const { value } = parseHostKey(text)
      if (value) matchesHost(value, { name, address: text })
      const endpoint = parseEndpoint(text)
      expect(endpoint.problem === undefined).toBe(endpoint.value !== undefined)
    }),
    { numRuns: 1000 },
  )
})

it('a normalised key normalises to itself', () => {
  fc.assert(
    fc.property(hostText, (text) => {
      const { value } = parseHostKey(text)
      if (!value) return
      const again = parseHostKey(matcherText(value)).value
      expect(again && matcherText(again)).toBe(matcherText(value))
    }),
    { numRuns: 1000 },
  )
})

it('wildcards match what they stand for', () => {
  const label = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,9}[a-z]$/)
  fc.assert(
    fc.property(
      fc.array(label, { minLength: 1, maxLength: 4 }),
      fc.array(label, { minLength: 2, maxLength: 3 }),
      (front, back) => {
        const name = [...front, ...back].join('.')
        const holds = (key: string) =>
          matchesHost(parseHostKey(key).value ?? { kind: 'name', name: '' }, { name })
        expect(holds(`**.${back.join('.')}`)).toBe(true)
        expect(holds(`${front.map(() => '*').join('.')}.${back.join('.')}`)).toBe(true)
        expect(holds(`${front.map(() => '*').join('.')}.*.${back.join('.')}`)).toBe(false)
        expect(holds(`${front.join('.')}.**`)).toBe(true)
        expect(holds(`${name.replace(/[^.]/g, '?')}`)).toBe(true)
      },
    ),
  )
})
