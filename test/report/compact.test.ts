import fc from 'fast-check'
import stringWidth from 'string-width'
import { describe, expect, test } from 'vitest'
import { renderCompactFindings, renderCompact as renderPieces } from '../../src/report/compact.ts'
import { isCommand, plain, UNPRINTABLE } from './reading.ts'
import { fail, HOSTILE, makeFinding, makeHostile, pass, samples } from './samples.ts'

const renderCompact = (...given: Parameters<typeof renderPieces>) => [...renderPieces(...given)].join('')

describe('compact', () => {
  test('has a line a finding between the verdict and what was seen, in columns', () => {
    expect(renderCompact(fail, { width: 80 })).toBe(`FAIL: redis open on db.example.com:6379 · 1 more cause
!CRITICAL  db.example.com:6379         unexpected-open-port  redis
!MEDIUM    bastion.example.com:22      expired-allowance     ssh
 LOW       db.example.com:8080         unexpected-open-port  http
 note      www.example.com:80          expiring-allowance
 note      .github/port-policy.yml:12  unused-allowance      port 8443
Saw 3 endpoints, 3 addresses, 1,204 of 65,535 ports; 1 IPv6 address left out
`)
  })

  test('has sentences where there is room', () => {
    expect(renderCompact(fail, { width: 200 })).toContain(
      '!CRITICAL  db.example.com:6379 (192.0.2.10) in production     unexpected-open-port  redis on port 6379 of db.example.com (192.0.2.10) is open, and no allowance covers it.\n',
    )
  })

  test.each(Object.keys(samples))(
    '%s: no line is wider than the terminal, and each finding has one',
    (name) => {
      const report = samples[name] ?? pass
      for (const width of [40, 80, 200]) {
        const lines = plain(renderCompact(report, { colours: true, width }))
          .trimEnd()
          .split('\n')
        expect(lines).toHaveLength(report.findings.length + 2)
        expect(lines.filter((line) => stringWidth(line) > width)).toEqual([])
      }
    },
  )

  test('cuts no finding where there is no terminal', () => {
    const endpoint = `${'long.'.repeat(40)}example.com`
    const [, ...lines] = renderCompact({ ...fail, findings: [makeFinding({ endpoint })] }, {}).split('\n')
    const text = lines.join('\n')
    expect(text).toContain(`${endpoint}:6379`)
    expect(text).toContain('is open, and no allowance covers it.')
    expect(text).not.toContain('…')
  })

  test('is harmless whatever the texts are', () => {
    const anything = fc.oneof(fc.constantFrom(...HOSTILE, '東京'.repeat(30)), fc.string({ unit: 'binary' }))
    fc.assert(
      fc.property(anything, fc.integer({ min: 40, max: 200 }), (text, width) => {
        const said = renderCompact(makeHostile(text), { colours: true, width })
        expect(plain(said)).not.toMatch(UNPRINTABLE)
        const lines = said.trimEnd().split('\n')
        expect(lines).toHaveLength(5)
        expect(lines.filter(isCommand)).toEqual([])
        expect(lines.filter((line) => stringWidth(line) > width)).toEqual([])
      }),
      { numRuns: 150 },
    )
  })

  test('the findings alone are nothing where there is none, and leave out the notes', () => {
    expect([...renderCompactFindings(pass)]).toEqual([])
    const lines = [...renderCompactFindings(fail, { width: 80 })]
    expect(lines.map((line) => line.slice(0, 9).trim())).toEqual(['!CRITICAL', '!MEDIUM', 'LOW'])
  })
})
