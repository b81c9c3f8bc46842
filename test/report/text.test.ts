import fc from 'fast-check'
import stringWidth from 'string-width'
import { describe, expect, test } from 'vitest'
import type { Report } from '../../src/model.ts'
import { headline } from '../../src/report/headline.ts'
import { createPalette } from '../../src/report/layout.ts'
import { renderText } from '../../src/report/text.ts'
import { isCommand, plain, UNPRINTABLE } from './reading.ts'
import { fail, HOSTILE, makeFinding, makeHost, makeHostile, pass, repeated, samples } from './samples.ts'

const WIDE = { colours: false, width: 80 }
const names = Object.keys(samples)

function expectSound(report: Report, width: number): void {
  for (const colours of [false, true]) {
    const text = renderText(report, { colours, width })
    expect(plain(text)).not.toMatch(UNPRINTABLE)
    const lines = text.split('\n')
    expect(lines.filter(isCommand)).toEqual([])
    expect(lines.filter((line) => stringWidth(line) > width)).toEqual([])
    expect(lines.filter((line) => plain(line).endsWith(' '))).toEqual([])
  }
}

describe('every line', () => {
  test.each(names)('%s: fits, can be seen, and is no command', (name) => {
    for (const width of name === 'huge' ? [80] : [40, 80, 132]) expectSound(samples[name] as Report, width)
  })

  test.each(HOSTILE)('is harmless when every text is %j', (text) => {
    for (const width of [40, 80]) expectSound(makeHostile(text), width)
  })

  test('is harmless whatever the texts are', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1 }),
      fc.string({ unit: fc.constantFrom(':', '#', '[', ' ', 'x', '\u00ad', '\n', '東'), maxLength: 120 }),
    )
    fc.assert(
      fc.property(text, fc.integer({ min: 40, max: 100 }), (hostile, width) => {
        expectSound(makeHostile(hostile), width)
      }),
      { numRuns: 60 },
    )
  })
})

describe('the first three lines', () => {
  test.each(names.filter((name) => !['hostile', 'huge', 'compared'].includes(name)))(
    '%s: tell verdict and why, how much is wrong, how much was seen',
    (name) => {
      const report = samples[name] as Report
      const { verdict, wrong, seen } = headline(report, 80)
      expect(renderText(report, WIDE).split('\n').slice(0, 4)).toEqual([verdict, wrong, seen, ''])
    },
  )
})

describe('a finding', () => {
  test('has severity, place, reason, remedy and policy line', () => {
    const text = renderText(
      { ...fail, findings: [makeFinding({ environment: 'production' })] },
      { ...WIDE, width: 120 },
    )
    expect(text).toContain('CRITICAL  unexpected-open-port\n')
    expect(text).toContain('  where     db.example.com:6379 (192.0.2.10) in production\n')
    expect(text).toContain('  state     open (syn-ack), redis\n')
    expect(text).toMatch(/ {2}why {7}Rated critical: redis answers here\. Redis trusts/)
    expect(text).toMatch(/ {2}remedy {4}Bind Redis/)
    expect(text).toContain('  policy    .github/port-policy.yml:4:3\n')
  })

  test('says when it does not fail the check', () => {
    const text = renderText(fail, WIDE)
    expect(text).toContain('LOW  unexpected-open-port (does not fail the check)\n')
    expect(text).not.toContain('CRITICAL  unexpected-open-port (does not')
  })

  test('that many addresses share is explained once, and every address is named', () => {
    const text = renderText(repeated, WIDE)
    expect(text.match(/Redis\s+trusts/g)).toHaveLength(1)
    // Once as what to do first, and once in full.
    expect(text.match(/Bind Redis/g)).toHaveLength(2)
    expect(text).toContain('CRITICAL  unexpected-open-port, 12 times\n')
    expect(text).toContain('192.0.2.40-47: 6379 (in 192.0.2.0/24)')
    expect(text).toMatch(/cache\.example\.com:6379 \(192\.0\.2\.48, [^)]+192\.0\.2\.51\)/)
    expect(text).toContain('.github/port-policy.yml:4:5\n')
    expect(text).toContain('.github/port-policy.yml:7:5\n')
  })

  test('is told in full only among the worst where there are many; the others still say where', () => {
    const findings = Array.from({ length: 300 }, (_, index) =>
      makeFinding({
        port: 1000 + index,
        service: `service-${index}`,
        severity: index < 2 ? 'critical' : index < 200 ? 'medium' : 'low',
        fails: index < 200,
      }),
    )
    const open = findings.map(({ port = 0, service }) => ({ port, service, reason: 'syn-ack' as const }))
    const host = makeHost({ posture: 'F', ports: { open, closed: '', filtered: '', unknown: [] } })
    const text = renderText({ ...fail, findings, hosts: [host] }, WIDE)
    expect(text.match(/^ {2}why/gm)).toHaveLength(4)
    expect(text).toContain('296 more causes (196 fail the check) in short')
    expect(text).toMatch(/MEDIUM +service-15 open on db\.example\.com:1015/)
    expect(text).toMatch(/MEDIUM +unexpected-open-port, 184 times:\s+db\.example\.com\s+ports\s+1016-1199/)
    expect(text).toMatch(
      /LOW +unexpected-open-port, 100 times \(does not fail the check\):\s+db\.example\.com\s+ports\s+1200-1299/,
    )
    // A screen or two.
    expect(text.split('\n').length).toBeLessThan(125)
  })

  test('links to its page and to its line where the terminal knows links', () => {
    const links = { origin: { repository: 'https://github.com/o/p', ref: 'v1' }, files: 'file:///home/me/r' }
    const linked = renderText(fail, { ...WIDE, isLinked: true, links })
    expect(linked).toContain(
      '\u001b]8;;https://github.com/o/p/blob/v1/docs/findings.md#unexpected-open-port\u001b\\unexpected-open-port\u001b]8;;\u001b\\',
    )
    expect(linked).toContain(
      '\u001b]8;;file:///home/me/r/.github/port-policy.yml\u001b\\.github/port-policy.yml:4:3',
    )
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is how links begin and end
    expect(linked.replace(/\u001b\]8;;.*?\u001b\\/g, '')).toBe(renderText(fail, WIDE))
    expect(renderText(fail, { ...WIDE, links })).toBe(renderText(fail, WIDE))
  })

  test('comes worst first', () => {
    const text = renderText(fail, WIDE)
    const order = ['CRITICAL', 'MEDIUM', 'LOW', 'Notes', 'Hosts', 'Coverage'].map((title) =>
      text.indexOf(`\n${title}`),
    )
    expect(order).toEqual([...order].sort((a, b) => a - b))
    expect(order[0]).toBeGreaterThan(0)
  })
})

describe('hosts', () => {
  test('show their open ports, worst posture first', () => {
    const text = renderText(fail, WIDE)
    expect(text).toContain('     443    https  nginx, TLSv1.3 for www.example.com, cert ends 2027-03-01\n')
    expect(text.indexOf('  F  db.example.com')).toBeLessThan(text.indexOf('  A  www.example.com'))
  })

  test('count those on which nothing is open', () => {
    expect(renderText(pass, WIDE)).toContain('  -  nothing seen open on 1 address\n')
  })

  test('are not called closed where nothing was seen of them', () => {
    const unknown = [{ ports: '22', reason: 'out-of-scope' as const }]
    const host = makeHost({ ports: { open: [], closed: '', filtered: '', unknown } })
    expect(renderText({ ...pass, hosts: [host] }, WIDE)).not.toContain('nothing open')
  })

  test('that answer everywhere take one line', () => {
    const open = Array.from({ length: 3000 }, (_, index) => ({
      port: index + 1,
      reason: 'syn-ack' as const,
      rttMs: 1,
    }))
    const host = makeHost({ posture: 'F', ports: { open, closed: '', filtered: '', unknown: [] } })
    expect(renderText({ ...pass, hosts: [host] }, WIDE)).toContain('     1-3000 not identified\n')
  })

  test('that have thousands open here and there stay short', () => {
    const open = Array.from({ length: 3000 }, (_, index) => ({
      port: 3 * index + 1,
      reason: 'syn-ack' as const,
      rttMs: 1,
    }))
    const host = makeHost({ posture: 'F', ports: { open, closed: '', filtered: '', unknown: [] } })
    const text = renderText({ ...pass, hosts: [host] }, WIDE)
    expect(text).toMatch(/and 2,9\d\d more ports\n/)
    expect(text.split('\n').length).toBeLessThan(60)
  })

  test('that answer everywhere with ever other words stay short', () => {
    const open = Array.from({ length: 3000 }, (_, index) => ({
      port: index + 1,
      product: `Server ${index}`,
      reason: 'syn-ack' as const,
      rttMs: 1,
    }))
    const host = makeHost({ posture: 'F', ports: { open, closed: '', filtered: '', unknown: [] } })
    const text = renderText({ ...pass, hosts: [host] }, WIDE)
    expect(text).toContain('and 2,970 more rows\n')
    expect(text.split('\n').length).toBeLessThan(60)
  })
})

describe('the coverage', () => {
  test('says what stayed unknown, where and why', () => {
    const text = renderText(samples.inconclusive as Report, { ...WIDE, width: 120 })
    expect(text).toContain(
      '  unknown   1,504 of 2,408 pairs; 300 (time-limit): www.example.com (192.0.2.20) 905-1204\n',
    )
  })

  test('names the time, the vantage and the policy', () => {
    const text = renderText(fail, { ...WIDE, width: 120 })
    expect(text).toContain('  time      2026-05-04 06:00:00 UTC, 12.3 s\n')
    expect(text).toContain(
      '  vantage   GitHub-hosted runner, linux, Node v24.21.0, IPv4 only, 65,536 descriptors\n',
    )
    expect(text).toMatch(
      / {2}policy {4}\.github\/port-policy\.yml \(SHA-256 [0-9a-f]{12}…\), environment production\n/,
    )
    expect(text).toContain('  left out  no IPv6 on this vantage: 2001:db8::20\n')
  })
})

test('the hosts begin with what posture is', () => {
  expect(renderText(pass, WIDE)).toContain(
    'Hosts, worst posture first (exposure, whatever the policy allows)\n  A only web · ',
  )
})

test('a passing report of two hosts is short', () => {
  expect(renderText(pass, WIDE).split('\n').length).toBeLessThanOrEqual(20)
})

test('each colour can be read on a dark background, and well enough on white', () => {
  const paint = createPalette(true)
  const colours = [paint.dim, paint.red, paint.green, paint.yellow, paint.cyan].map((one) =>
    toRgb(Number(/38;5;(\d+)m/.exec(one('x'))?.[1])),
  )
  const contrasts = (background: number[]) => colours.map((colour) => contrast(colour, background))
  expect(Math.min(...contrasts([13, 17, 23]))).toBeGreaterThanOrEqual(4.5)
  expect(Math.min(...contrasts([255, 255, 255]))).toBeGreaterThanOrEqual(3.8)
})

/** One of the 256 colours, as xterm has it. */
function toRgb(colour: number): number[] {
  if (colour >= 232) return Array.from({ length: 3 }, () => 8 + 10 * (colour - 232))
  return [36, 6, 1].map((step) => [0, 95, 135, 175, 215, 255][Math.floor((colour - 16) / step) % 6] ?? 0)
}

/** The contrast ratio of WCAG 2.2. */
function contrast(one: number[], other: number[]): number {
  const [dark = 0, light = 0] = [one, other].map(luminance).sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

function luminance(rgb: number[]): number {
  const [red = 0, green = 0, blue = 0] = rgb.map((value) =>
    value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4,
  )
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

test('colours come and go as they are asked for, and change no text', () => {
  const coloured = renderText(fail, { colours: true, width: 80 })
  expect(coloured).not.toBe(plain(coloured))
  expect(plain(coloured)).toBe(renderText(fail, WIDE))
})

test('a guess is told as one, of a finding and among the open ports', () => {
  const usual = 'docker'
  const finding = makeFinding({ port: 2375, service: undefined, usual })
  const open = [{ port: 2375, usual, reason: 'syn-ack', rttMs: 1 } as const]
  const hosts = fail.hosts.slice(0, 1).map((host) => ({ ...host, ports: { ...host.ports, open } }))
  const text = renderText({ ...fail, findings: [finding], hosts }, { colours: false, width: 200 })
  expect(text).toContain('unidentified service (usually docker) open on db.example.com:2375')
  expect(text).toContain('open (syn-ack), usually docker')
  expect(text).toContain('2375   not identified (usually docker)')
})

test('an address that two endpoints share is counted once, here and in the coverage', () => {
  const hosts = ['a.example.com', 'b.example.com'].map((endpoint) => makeHost({ endpoint }))
  const report = { ...pass, hosts, coverage: { ...pass.coverage, addresses: 1 } }
  expect(renderText(report, WIDE)).toContain('nothing seen open on 1 address\n')
})

test('a good letter does not stand alone where ports of the host are unknown', () => {
  const ports = {
    open: [{ port: 443, reason: 'syn-ack' as const }],
    closed: '',
    filtered: '',
    unknown: [{ ports: '905-65535', reason: 'time-limit' as const }],
  }
  const text = renderText(
    { ...pass, hosts: [makeHost({ posture: 'A', ports })] },
    { colours: false, width: 120 },
  )
  expect(text).toContain('  A  db.example.com (192.0.2.10) – 64,631 ports unknown\n')
})
