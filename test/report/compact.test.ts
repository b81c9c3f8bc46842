import fc from 'fast-check'
import stringWidth from 'string-width'
import { describe, expect, test } from 'vitest'
import type { Finding, Report } from '../../src/model.ts'
import { renderCompactFindings, renderCompact as renderPieces } from '../../src/report/compact.ts'
import { isCommand, plain, UNPRINTABLE } from './reading.ts'
import {
  audit,
  fail,
  HOSTILE,
  huge,
  inconclusive,
  makeFinding,
  makeHostile,
  type Parts,
  pass,
  samples,
} from './samples.ts'

const renderCompact = (...given: Parameters<typeof renderPieces>) => [...renderPieces(...given)].join('')

/** The lines of the findings, between the verdict and the empty line before the rest. */
function linesOf(report: Report, width?: number): string[] {
  return cutOut(renderCompact(report, width === undefined ? {} : { width }))
}

function cutOut(text: string): string[] {
  const lines = text.split('\n')
  const from = lines.findIndex((line) => /^[! ](CRITICAL|HIGH|MEDIUM|LOW|doubt|note) /.test(line))
  return lines.slice(from, lines.indexOf(''))
}

/** Redis on the same port of hosts that are explained each in its own way. */
function onMany(hosts: number, parts: Parts = {}): Finding[] {
  return Array.from({ length: hosts }, (_, index) => {
    const address = `10.0.${Math.floor(index / 100)}.${2 * (index % 100) + 1}`
    return makeFinding({ endpoint: '10.0.0.0/16', address, why: `It is host ${index}k.`, ...parts })
  })
}

describe('compact', () => {
  test('has a line a finding below the verdict, in columns, and then how much is wrong and what to do first', () => {
    expect(renderCompact(fail, { width: 80 })).toBe(`FAIL: redis open on db.example.com:6379 · 1 more cause
!CRITICAL  db.example.com:6379         unexpected-open-port  redis
!MEDIUM    bastion.example.com:22      expired-allowance     ssh
 LOW       db.example.com:8080         unexpected-open-port  http
 note      www.example.com:80          expiring-allowance
 note      .github/port-policy.yml:12  unused-allowance      port 8443

2 violations fail the check (1 critical, 1 medium); below fail-on: 1 low
Saw 3 endpoints, 3 addresses, 1,204 of 65,535 ports; 1 IPv6 address left out
Do first: redis open on db.example.com:6379: Bind Redis to a private address and
block the port at the firewall.
! fails the check · without !: does not fail it · note: never fails it · why,
and what to do: --format text, json or html
`)
  })

  test('has sentences where there is room', () => {
    expect(renderCompact(fail, { width: 200 })).toContain(
      '!CRITICAL  db.example.com:6379 (192.0.2.10) in production     unexpected-open-port  redis on port 6379 of db.example.com (192.0.2.10) is open, and no allowance covers it.\n',
    )
  })

  test.each(Object.keys(samples))('%s: no line is wider than the terminal', (name) => {
    const report = samples[name] ?? pass
    for (const width of [40, 80, 200]) {
      const lines = plain(renderCompact(report, { colours: true, width })).split('\n')
      expect(lines.filter((line) => stringWidth(line) > width)).toEqual([])
    }
  })

  test.each(Object.keys(samples).filter((name) => !['huge', 'pass', 'nothingScanned'].includes(name)))(
    '%s: each finding has a line',
    (name) => {
      const report = samples[name] ?? pass
      expect(linesOf(report, 80)).toHaveLength(report.findings.length)
    },
  )

  test('explains the marks that it has, and no others', () => {
    const legend = (report: Report) => renderCompact(report).trimEnd().split('\n').at(-1)
    const rest = 'why, and what to do: --format text, json or html'
    expect(legend({ ...fail, findings: [makeFinding()] })).toBe(`! fails the check · ${rest}`)
    expect(legend({ ...audit, findings: [makeFinding()] })).toBe(`! would fail the check · ${rest}`)
    expect(legend(inconclusive)).toBe(`! fails the check · doubt: could not be seen · ${rest}`)
    expect(legend({ ...pass, findings: fail.findings.slice(2) })).toBe(
      `without !: does not fail it · note: never fails it · ${rest}`,
    )
    expect(renderCompact(pass)).toBe(
      'PASS: every port seen is as the policy says\nNo violation and no doubt\nSaw 2 endpoints, 2 addresses, 1,204 of 65,535 ports; nothing stayed unknown\n',
    )
  })

  test('folds what differs in hosts and explanations alone, once there is more than fits a screen', () => {
    expect(linesOf({ ...fail, findings: onMany(40) }, 80)).toHaveLength(40)
    const findings = [
      ...onMany(1_281),
      ...onMany(5, { severity: 'low', fails: false, port: 22, service: 'ssh' }),
      ...onMany(2, { severity: 'low', fails: false, port: 2222, service: 'ssh' }),
    ]
    expect(linesOf({ ...fail, findings }, 80)).toEqual([
      '!CRITICAL  redis open on 1,281 addresses (port 6379): 10.0.0.1, and 1,280 more',
      ' LOW       ssh open on 5 addresses (port 22): 10.0.0.1, 10.0.0.3, and 3 more',
      ' LOW       ssh open on 10.0.0.1:2222',
      ' LOW       ssh open on 10.0.0.3:2222',
    ])
    expect(linesOf({ ...fail, findings })[0]).toMatch(/: 10\.0\.0\.1, (\S+, ){7}and 1,273 more$/)
  })

  test('folds ports only of the same hosts, and environments never', () => {
    const series = [8001, 8002, 8003].flatMap((port) => onMany(20, { port }))
    const findings = [
      ...series,
      ...onMany(19, { port: 8004 }),
      ...onMany(20, { port: 8001, environment: 'staging' }),
    ]
    const said = linesOf({ ...fail, findings, environments: ['production', 'staging'] }).map((line) =>
      line.replace(/: .*/, ''),
    )
    expect(said).toEqual([
      '!CRITICAL  redis open on 3 ports of each of 20 addresses (8001-8003)',
      '!CRITICAL  redis open on 19 addresses (port 8004)',
      '!CRITICAL  redis open on 20 addresses (port 8001) in staging',
    ])
  })

  test('folds notes about the policy', () => {
    const unused = Array.from({ length: 60 }, (_, index) =>
      makeFinding({
        ...{ id: 'unused-allowance', kind: 'note', severity: 'info', fails: false, port: 1000 + index },
        environment: 'production',
        ...{
          endpoint: undefined,
          address: undefined,
          service: undefined,
          state: undefined,
          reason: undefined,
        },
      }),
    )
    expect(linesOf({ ...fail, findings: [...fail.findings, ...unused] }, 80)).toHaveLength(5)
  })

  test('counts what a screen does not hold, how much of it fails, and says where it is', () => {
    const findings = huge.findings.map((one, index) => ({ ...one, fails: index < 4_500 }))
    const lines = linesOf({ ...huge, findings }, 80)
    expect(lines).toHaveLength(41)
    expect(lines.at(-1)).toBe('and 4,960 more findings (4,460 fail the check): --format json or html')
  })

  test('says the port in the verdict, however narrow the terminal is', () => {
    const findings = [
      makeFinding({
        endpoint: `${'long.'.repeat(40)}example.com`,
        service: undefined,
        usual: 'elasticsearch',
      }),
    ]
    const [verdict] = renderCompact({ ...audit, findings }, { width: 60 }).split('\n!CRITICAL')
    expect(verdict?.replaceAll('\n', ' ')).toMatch(
      /^FAIL \(audit mode\): unidentified service \(usually elasticsearch\) open on \S+example\.com:6379$/,
    )
  })

  test('cuts no finding where there is no terminal', () => {
    const endpoint = `${'long.'.repeat(40)}example.com`
    const text = linesOf({ ...fail, findings: [makeFinding({ endpoint })] }).join('\n')
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
        expect(cutOut(plain(said))).toHaveLength(3)
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
    expect([...renderCompactFindings(huge)]).toHaveLength(5_000)
  })
})
