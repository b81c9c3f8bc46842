import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { fromHtml } from 'hast-util-from-html'
import { describe, expect, test } from 'vitest'
import type { Report } from '../../src/model.ts'
import { collectData } from '../../src/report/html/collect-data.ts'
import { renderHtml } from '../../src/report/html/html.ts'
import { buildMap } from '../../src/report/html/page/cells.ts'
import type { PageData } from '../../src/report/html/page-data.ts'
import { fail, HOSTILE, makeFinding, makeHost, makeHostile, pass, samples } from './samples.ts'

const LINKS = {
  origin: { repository: 'https://github.com/o/portgate', ref: 'v1' },
  files: 'https://github.com/o/r/blob/0123abc',
}

function render(report: Report): string {
  return [...renderHtml(report, { links: LINKS })].join('')
}

interface Element {
  name: string
  attributes: Record<string, unknown>
  text: string
}

/** The elements of a page, as a browser reads it. */
function listElements(page: string): Element[] {
  const elements: Element[] = []
  const visit = (node: ReturnType<typeof fromHtml> | ReturnType<typeof fromHtml>['children'][number]) => {
    if (node.type === 'element') {
      const text = node.children.map((child) => (child.type === 'text' ? child.value : '')).join('')
      elements.push({ name: node.tagName, attributes: node.properties, text })
    }
    if ('children' in node) for (const child of node.children) visit(child)
  }
  visit(fromHtml(page))
  return elements
}

function readData(page: string): PageData {
  const data = listElements(page).find(({ attributes }) => attributes.id === 'data')
  return JSON.parse(data?.text ?? '')
}

describe('the page', () => {
  test('lets its own script and style run and nothing else', () => {
    const elements = listElements(render(fail))
    const policy = String(elements.find(({ attributes }) => attributes.httpEquiv)?.attributes.content)
    const hashOf = (text = '') => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
    const program = elements.filter(
      ({ name, attributes }) => name === 'script' && attributes.type === undefined,
    )
    expect(program).toHaveLength(1)
    const style = elements.find(({ name }) => name === 'style')
    expect(policy).toBe(
      `default-src 'none'; script-src ${hashOf(program[0]?.text)}; style-src ${hashOf(style?.text)}; base-uri 'none'; form-action 'none'`,
    )
  })

  test('says the verdict and what was seen before the program runs', () => {
    const page = render(fail)
    const [head = ''] = page.split('<script')
    expect(head).toContain(
      '<span class="word">FAIL</span>: redis open on db.example.com:6379 · ssh open on bastion.example.com:22, allowance expired',
    )
    expect(head).toMatch(/<p class="wrong">.*\n<p class="seen">.*\n<p class="first">/)
    expect(head.indexOf('Coverage')).toBeLessThan(head.indexOf('Findings'))
    expect(head).toContain('Seen: 100% of what was asked, 3,612 pairs of address and port')
    expect(head).toMatch(/<noscript>.*expired-allowance/s)
  })

  test.each([
    [0, '1000.0', '100%'],
    [1, '990.0', '99.9%'],
    [999_999, '10.0', '0%'],
  ])('draws a bar that is full only where all was seen: %d unknown', (unknown, width, percent) => {
    const page = render({ ...pass, coverage: { ...pass.coverage, pairs: 1_000_000, unknown } })
    expect(page).toContain(`<rect class="seen" x="0.0" width="${width}" height="10"/>`)
    expect(page).toContain(`Seen: ${percent} of what was asked`)
  })

  test('has every finding, with why, remedy, the line for the policy and links', () => {
    const { findings, texts, pages } = readData(render(fail))
    expect(findings.map(({ id }) => id).sort()).toEqual(fail.findings.map(({ id }) => id).sort())
    const [first] = findings
    expect(first).toMatchObject({
      where: 'db.example.com:6379 (192.0.2.10) in production',
      link: 'https://github.com/o/r/blob/0123abc/.github/port-policy.yml#L4',
      close: 6379,
      state: 'open (syn-ack)',
    })
    expect(texts[first?.why ?? -1]).toContain('Redis trusts')
    expect(texts[first?.remedy ?? -1]).toContain('Bind Redis')
    expect(texts[first?.allow ?? -1]).toBe('db.example.com: [{ port: 6379, service: redis }]')
    expect(pages['expired-allowance']).toBe(
      'https://github.com/o/portgate/blob/v1/docs/findings.md#expired-allowance',
    )
  })

  test('has as many findings as a browser holds, the worst, and counts the others', () => {
    const findings = Array.from({ length: 25_002 }, () => makeFinding())
    const data = collectData({ ...pass, findings }, undefined)
    expect([data.findings.length, data.left]).toEqual([25_000, 2])
  })

  test('keeps the violations of a host with thousands of open ports, and says how the others stand', () => {
    const open = Array.from({ length: 3_000 }, (_, index) => ({
      port: index + 1,
      reason: 'syn-ack' as const,
    }))
    const hosts = [makeHost({ ports: { open, closed: '', filtered: '', unknown: [] } })]
    const [host] = collectData({ ...pass, hosts, findings: [makeFinding({ port: 2_999 })] }, undefined).hosts
    expect(host?.open.at(-1)).toMatchObject({ port: 2_999, standing: 'violation' })
    const { ports = [], others = 0, standing } = host?.rest ?? {}
    expect([ports.length + others, standing]).toEqual([2_500, 'allowed'])
  })

  test('has as many hosts as a browser shows, those with findings first, and says so', () => {
    const hosts = Array.from({ length: 6_000 }, (_, index) =>
      makeHost({ endpoint: '10.0.0.0/16', address: `10.0.${index >> 8}.${index & 255}` }),
    )
    const [last] = hosts.slice(-1)
    const report = {
      ...pass,
      hosts,
      findings: [makeFinding({ endpoint: '10.0.0.0/16', address: last?.address })],
    }
    const data = collectData(report, undefined)
    expect([data.hosts.length, data.hostsLeft, data.hosts[0]?.name]).toEqual([5_000, 1_000, last?.address])
  })

  test('is not longer for ports that were not seen, or are open on a host with all of them open', () => {
    // Every other port, as a scan in random order leaves them.
    const ports = Array.from({ length: 32_000 }, (_, index) => 2 * index + 1)
    const makePage = (open: number[], unknown: number[]) => {
      const host = makeHost({
        ports: {
          open: open.map((port) => ({ port, reason: 'syn-ack' })),
          closed: '',
          filtered: '',
          unknown: [{ ports: unknown.join(','), reason: 'time-limit' }],
        },
      })
      return render({ ...pass, hosts: [host] })
    }
    const page = makePage([80], ports)
    expect(readData(page).hosts[0]).toMatchObject({
      unknown: [],
      unseen: expect.stringMatching(/^1, 3, 5.*…$/),
    })
    expect(readData(makePage([80], [80, 81])).hosts[0]).toMatchObject({ unseen: '80-81' })
    expect(page.length).toBeLessThan(render(pass).length + 2_000)
    expect(makePage(ports, []).length).toBeLessThan(render(pass).length + 100_000)
  })

  test('does not lead to files of this machine', () => {
    const page = [...renderHtml(fail, { links: { files: 'file:///home/me/r' } })].join('')
    expect(page).not.toContain('file:///')
  })

  test('has the map: what is open, allowed or not, required and missing, unknown', () => {
    const missing = makeFinding({ id: 'required-port-not-open', port: 443, state: 'closed' })
    const host = makeHost({
      ports: {
        open: [
          { port: 22, service: 'ssh', reason: 'syn-ack', severity: 'medium' },
          { port: 6379, service: 'redis', reason: 'syn-ack', severity: 'critical' },
        ],
        closed: '443',
        filtered: '',
        unknown: [{ ports: '80,8080', reason: 'time-limit' }],
      },
    })
    const report = { ...fail, hosts: [host], findings: [makeFinding(), missing] }
    expect(readData(render(report)).hosts[0]).toMatchObject({
      name: 'db.example.com',
      open: [
        { port: 22, standing: 'allowed', severity: 'medium' },
        { port: 6379, standing: 'violation', severity: 'critical' },
      ],
      missing: [443],
      unknown: [],
      unseen: '80, 8080',
      unseenPorts: 2,
    })
  })

  test('says in the map how many ports of a host could not be seen, with a column or without', () => {
    const makeUnseen = (address: string, ports: string) =>
      makeHost({
        address,
        ports: {
          open: [{ port: 443, reason: 'syn-ack' }],
          closed: '',
          filtered: '',
          unknown: ports === '' ? [] : [{ ports, reason: 'time-limit' }],
        },
      })
    const hosts = [
      makeUnseen('192.0.2.1', ''),
      makeUnseen('192.0.2.2', '905-65535'),
      makeUnseen('192.0.2.3', '80'),
    ]
    const { rows, hasUnseen } = buildMap(collectData({ ...pass, hosts }, undefined))
    expect([hasUnseen, rows.map(({ hosts, unseen }) => [hosts.length, unseen])]).toEqual([
      true,
      [
        [2, 64_632],
        [1, 0],
      ],
    ])
  })

  test('sets apart in the map a violation that does not fail', () => {
    const { ports, rows } = buildMap(collectData(fail, undefined))
    const states = rows.map(({ cells }) => cells[ports.indexOf(8080)]?.state)
    expect(states).toEqual(['unfailing', 'closed', 'closed'])
    expect(rows[0]?.cells[ports.indexOf(6379)]?.state).toBe('violation')
  })

  test('shows the policy changes, and what has changed since the baseline', () => {
    const port = { endpoint: 'db.example.com', address: '192.0.2.10', port: 6379 }
    const drift = {
      baseline: {
        file: 'before.json',
        startedAt: '2026-05-03T06:00:00Z',
        finishedAt: '2026-05-03T06:00:09Z',
      },
      opened: [{ ...port, after: 'redis' }],
      closed: [],
      changed: [{ ...port, port: 22, before: 'ssh', after: 'http' }],
      notSeenBefore: [],
      resolved: 1,
    }
    const page = render({ ...(samples.review ?? pass), drift })
    expect(page).toContain(
      'no longer denies 23 (Telnet, critical) on every address in <code>10.0.0.0/8</code>',
    )
    expect(page).toContain('Since the baseline of 2026-05-03 06:00 UTC</h2>')
    expect(page).toContain('Compared with before.json, by what both runs have seen.</p>')
    expect(page).toContain(
      '<dt>opened</dt><dd><span class="line">db.example.com:6379 (192.0.2.10): redis</span></dd>',
    )
    expect(page).toContain('db.example.com:22 (192.0.2.10): http, was ssh')
    expect(page.indexOf('id="drift"')).toBeLessThan(page.indexOf('id="coverage-title"'))
    expect(render(pass)).not.toContain('id="drift"')
  })

  test('numbers the explanations of a cause, one for all that are explained alike', () => {
    const findings = ['One.', 'Two.', 'One.', 'Two.'].map((why, index) =>
      makeFinding({ endpoint: `db${index}.example.com`, why }),
    )
    const data = readData(render({ ...fail, findings }))
    expect(data.findings.map(({ group, explanation }) => [group, explanation])).toEqual([
      [0, undefined],
      [0, 1],
      [0, undefined],
      [0, 1],
    ])
  })

  test('shows code of our own in what to do first, and of nobody else', () => {
    const first = (report: Report) => /<p class="first">.*<\/p>/.exec(render(report))?.[0]
    const remedy = 'Run `sh`, `<b>`.'
    expect(first({ ...fail, findings: [makeFinding({ remedy })] })).toContain('Run `sh`, `&lt;b&gt;`.</p>')
    const doubt = makeFinding({ id: 'stale-results', kind: 'doubt' })
    expect(first({ ...fail, findings: [doubt] })).toContain('<code>max-age</code>')
  })

  test('says which findings are new, and since when', () => {
    const findings = [makeFinding({ novelty: 'known', since: '2026-04-01T06:00:00.000Z' })]
    expect(readData(render({ ...fail, findings })).findings[0]).toMatchObject({
      novelty: 'known',
      since: '2026-04-01',
    })
  })
})

describe('text from outside', () => {
  const shapeOf = (page: string) =>
    listElements(page).map(({ name, attributes }) => [name, ...Object.keys(attributes)].join(' '))
  // Code in a text is an element of its own, and an address of the page has the file in it.
  const own = (shape: string[]) => shape.filter((element) => element !== 'code')
  const plain = own(shapeOf(render(makeHostile('text'))))
  const texts = fc.oneof(
    fc.constantFrom(
      ...HOSTILE,
      '</script><script>alert(1)</script>',
      '<!--<script>',
      ']]>',
      '" onload="alert(1)',
    ),
    fc.string({ unit: 'binary', maxLength: 60 }),
  )

  test('adds no element and no attribute, and stays in the data', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const page = render(makeHostile(text))
        expect(own(shapeOf(page))).toEqual(plain)
        expect(readData(page).findings).toHaveLength(3)
        const [, data = ''] = page.split('id="data">')
        expect(data.split('</script>')[0]).not.toContain('<')
      }),
      { numRuns: 60 },
    )
  })

  test('is no address of a link', () => {
    for (const text of [
      'javascript:alert(1)',
      'https://evil.example',
      'data:text/html,x',
      '//evil.example',
    ]) {
      const { findings, texts, pages } = readData(render(makeHostile(text)))
      const addresses = findings.flatMap(({ link, sources = [] }) => [
        link,
        ...sources.map((at) => texts[at]),
      ])
      for (const address of [...addresses, ...Object.values(pages)].filter((one) => one !== undefined))
        expect(address).toMatch(/^https:\/\/github\.com\/o\/(r\/blob\/0123abc|portgate\/blob\/v1)\//)
    }
  })
})
