import { describe, expect, test } from 'vitest'
import type { Finding, Unseen } from '../../src/model.ts'
import { judgeSituation, listFindings, type Situation, tellSituation } from './case.ts'

/** What is said of host `h.example.com`, which is the only one and was seen as given. */
function findings(policy: string, seen: string, more: Partial<Situation> = {}): string[] {
  return listFindings(judgeSituation({ policy, seen: `h.example.com 192.0.2.1: ${seen}`, ...more }))
}

/** A policy whose only host has this to say; it stands on line 3, and `allow` items in flow style with it. */
function host(rule: string, top = ''): string {
  return `hosts:\n  h.example.com: ${rule}\n${top}`
}

describe('open ports', () => {
  test.each<[what: string, policy: string, seen: string, expected: string[]]>([
    [
      'what no allowance covers',
      host('[443]'),
      'open 22=ssh 443=https; closed 80',
      ['!unexpected-open-port medium h.example.com:22 @3'],
    ],
    ['what is allowed', host('[22, "440-450"]'), 'open 22 443 450; closed 80', []],
    [
      'the edges of a range',
      host('["440-450"]'),
      'open 439 440 451',
      [
        '!unexpected-open-port medium h.example.com:439 @3',
        '!unexpected-open-port medium h.example.com:451 @3',
      ],
    ],
    ['what is required is allowed', host('{ require: [443] }'), 'open 443=https', []],
    [
      'the service that answered decides before the port',
      host('[]'),
      'open 8080=redis',
      ['!unexpected-open-port critical h.example.com:8080 @3'],
    ],
    [
      'the port decides where nothing told',
      host('[]'),
      'open 6379',
      ['!unexpected-open-port critical h.example.com:6379 @3'],
    ],
    [
      'HTTP where Redis would be',
      host('[]'),
      'open 6379=http',
      ['!unexpected-open-port critical h.example.com:6379 @3'],
    ],
    [
      'HTTPS, or TLS alone, where Redis would be',
      host('[]'),
      'open 6379=tls+https 27017=tls+tls',
      [
        '!unexpected-open-port critical h.example.com:6379 @3',
        '!unexpected-open-port critical h.example.com:27017 @3',
      ],
    ],
    [
      'another product than the usual one',
      host('[]'),
      'open 6379=ssh 9200=grafana',
      [
        '!unexpected-open-port high h.example.com:9200 @3',
        '!unexpected-open-port medium h.example.com:6379 @3',
      ],
    ],
    [
      'HTTP where something less bad would be',
      host('[]'),
      'open 7=http',
      ['!unexpected-open-port low h.example.com:7 @3'],
    ],
    [
      'HTTP where the catalogue is silent',
      host('[]'),
      'open 61000=http 61001=tls+https 61002=redis',
      [
        '!unexpected-open-port critical h.example.com:61002 @3',
        '!unexpected-open-port medium h.example.com:61000 @3',
        '!unexpected-open-port medium h.example.com:61001 @3',
      ],
    ],
    [
      'one doubt where something answers for a part of the ports, but for what answers as itself',
      host('[]'),
      `open ${Array.from({ length: 40 }, (_, index) => index + 1).join(' ')} 6379=redis; closed 41-60; runs 1-40`,
      ['!unexpected-open-port critical h.example.com:6379 @3', '!answers-everywhere high h.example.com @3'],
    ],
    [
      'what answers as itself within',
      host('[{ port: 22, service: ssh }, { port: 20, service: ftp }]'),
      'open 20 21 22=redis 23 24; runs 20-24',
      ['!wrong-service critical h.example.com:22 @3', '!answers-everywhere high h.example.com @3'],
    ],
    [
      'services in a row',
      host('[]'),
      'open 61000=http 61001=http 61002=http 61003; runs 61000-61003',
      [61000, 61001, 61002, 61003].map((port) => `!unexpected-open-port medium h.example.com:${port} @3`),
    ],
    [
      'medium where the catalogue is silent',
      host('[]'),
      'open 61000',
      ['!unexpected-open-port medium h.example.com:61000 @3'],
    ],
    [
      'a severity that the policy has changed',
      host('[]', 'catalogue: { 61000: { severity: critical } }'),
      'open 61000',
      ['!unexpected-open-port critical h.example.com:61000 @3'],
    ],
    [
      'denied, never below high',
      host('{ deny: [8080] }'),
      'open 8080=http',
      ['!denied-open-port high h.example.com:8080 @3'],
    ],
    [
      'denied and critical',
      host('{ deny: [6379] }'),
      'open 6379=redis',
      ['!denied-open-port critical h.example.com:6379 @3'],
    ],
    [
      'denied beats allowed by another entry',
      `hosts:\n  h.example.com: [23]\n  "*.example.com":\n    deny: [23]`,
      'open 23',
      ['!denied-open-port critical h.example.com:23 @5'],
    ],
    [
      'denied beats required',
      host('{ require: [23], deny: ["20-30"] }'),
      'open 23',
      ['!denied-open-port critical h.example.com:23 @3'],
    ],
    ['denied and closed', host('{ deny: [23] }'), 'closed 23', []],
    [
      'entries add up',
      `hosts:\n  h.example.com: [22]\n  "*.example.com": [80]\n  192.0.2.0/24: [81]\n  192.0.2.1: [82]\n  192.0.3.0/24: [83]`,
      'open 22 80 81 82 83',
      ['!unexpected-open-port medium h.example.com:83 @3'],
    ],
  ])('%s', (_, policy, seen, expected) => {
    expect(findings(policy, seen)).toEqual(expected)
  })
})

describe('hundreds of ports of one host', () => {
  const policy = 'hosts:\n  t.example.com: { allow: [443], deny: [23] }\n  h.example.com: [443]\n'
  const every3rd = (to: number) => Array.from({ length: to / 3 }, (_, index) => 3 * index + 1)

  test('that are alike are told as one finding, as severe as each of them', () => {
    const open = [...every3rd(1_500), 6_379].join(' ').replace('1000', '1000=redis')
    const judged = tellSituation({
      policy,
      seen: `t.example.com 10.0.0.1: open 23 ${open}; closed 2000-6000\nh.example.com 10.0.0.2: open 8080 443; closed 1-442`,
    })
    const told = listFindings(judged).filter((line) => line.startsWith('!'))
    expect(told.length).toBeLessThan(20)
    expect(told).toContain('!denied-open-port critical t.example.com:23 @3')
    expect(told).toContain('!unexpected-open-port critical t.example.com:1000 @3')
    expect(told).toContain('!unexpected-open-port critical t.example.com:6379 @3')
    expect(told).toContain('!unexpected-open-port high t.example.com @3')
    expect(told).toContain('!unexpected-open-port medium t.example.com @3')
    expect(told).toContain('!unexpected-open-port low h.example.com:8080 @4')
    const { message = '' } =
      judged.findings.find(({ port, severity }) => !port && severity === 'medium') ?? {}
    expect(message).toMatch(/^4\d\d ports of t\.example\.com \(10\.0\.0\.1\) are alike: 1,4,/)
    expect(judged.hosts[0]?.ports.open).toHaveLength(502)
    expect(new Set(judged.findings.map(({ fingerprint }) => fingerprint)).size).toBe(judged.findings.length)
  })

  test('are told one by one where they are few', () => {
    const judged = judgeSituation({
      policy,
      seen: `t.example.com 10.0.0.1: open ${every3rd(300).join(' ')}; closed 2000-6000`,
    })
    expect(judged.findings.filter(({ kind }) => kind === 'violation')).toHaveLength(100)
  })
})

describe('expired allowances', () => {
  const until = (day: string, more = '') => host(`[{ port: 22, expires: ${day} }${more}]`)
  test.each<[what: string, policy: string, now: string, expected: string[]]>([
    [
      'its last day holds to the end, in UTC',
      until('2026-06-15'),
      '2026-06-15T23:59:59.999Z',
      ['expiring-allowance info :22 @3'],
    ],
    [
      'the next day it does not',
      until('2026-06-15'),
      '2026-06-16T00:00:00.000Z',
      ['!expired-allowance medium h.example.com:22 @3'],
    ],
    ['another one that is live', until('2026-06-14', ', 22'), '2026-06-15T12:00:00Z', []],
    ['its last fortnight', until('2026-06-29'), '2026-06-15T23:00:00Z', ['expiring-allowance info :22 @3']],
    ['the day before that', until('2026-06-30'), '2026-06-15T00:00:00Z', []],
  ])('%s', (_, policy, now, expected) => {
    expect(findings(policy, 'open 22=ssh', { now })).toEqual(expected)
  })

  test('a closed port needs none', () => {
    expect(findings(until('2026-01-01'), 'closed 22')).toEqual([])
  })
})

describe('required ports', () => {
  const required = host('{ require: [443] }')
  test.each<[what: string, policy: string, seen: string, expected: string[]]>([
    ['open', required, 'open 443', []],
    ['closed', required, 'closed 443', ['!required-port-not-open high h.example.com:443 @3']],
    ['filtered', required, 'closed 80; filtered 443', ['!required-port-not-open high h.example.com:443 @3']],
    [
      'unknown is not missing',
      required,
      'closed 80; unknown 443 time-limit',
      ['!incomplete-scan high h.example.com @3'],
    ],
    [
      'untestable is not missing',
      host('{ require: [25] }'),
      'closed 80; unknown 25 untestable',
      ['!incomplete-scan high h.example.com @3', 'untestable-port info h.example.com:25 @3'],
    ],
    [
      'expired, it is no longer required',
      host('{ require: [{ port: 443, expires: 2026-01-01 }] }'),
      'closed 443',
      [],
    ],
    [
      'each port of a range',
      host('{ require: ["80-82"] }'),
      'open 81; closed 1-80,82-90',
      [
        '!required-port-not-open high h.example.com:80 @3',
        '!required-port-not-open high h.example.com:82 @3',
      ],
    ],
  ])('%s', (_, policy, seen, expected) => {
    expect(findings(policy, seen)).toEqual(expected)
  })
})

describe('services', () => {
  const forService = (service: string, more = '') => host(`[{ port: 8080, service: ${service} }${more}]`)
  const UNIDENTIFIED = ['!unidentified-service high h.example.com @3']
  const WRONG = (severity: string) => [`!wrong-service ${severity} h.example.com:8080 @3`]
  test.each<[what: string, policy: string, seen: string, expected: string[], more?: Partial<Situation>]>([
    ['the one that it is for', forService('ssh'), 'open 8080=ssh', []],
    ['what people call it', forService('Valkey'), 'open 8080=redis', []],
    ['another', forService('ssh'), 'open 8080=redis', WRONG('critical')],
    ['a harmless other', forService('ssh'), 'open 8080=http', WRONG('low')],
    ['none', forService('ssh'), 'open 8080', UNIDENTIFIED],
    ['none, where it is never recognised', forService('oracle-tns'), 'open 8080', UNIDENTIFIED],
    ['none, and there was no connection', forService('ssh'), 'open 8080; unasked 8080', UNIDENTIFIED],
    ['none, while nobody could listen', forService('ssh'), 'open 8080; starved 8080', UNIDENTIFIED],
    ['none, by the name that is one too many', forService('ssh'), 'open 8080; crowded 8080', UNIDENTIFIED],
    [
      'HTTP where Redis is at home and allowed',
      host('[{ port: 6379, service: redis }]'),
      'open 6379=http',
      ['!wrong-service low h.example.com:6379 @3'],
    ],
    [
      'HTTP where Redis is at home and SSH allowed',
      host('[{ port: 6379, service: ssh }]'),
      'open 6379=http',
      ['!wrong-service critical h.example.com:6379 @3'],
    ],
    ['another, where it would not', forService('oracle-tns'), 'open 8080=ssh', WRONG('medium')],
    ['a second allowance takes anything', forService('ssh', ', 8080'), 'open 8080=redis', []],
    [
      'a second allowance is for it',
      forService('ssh', ', { port: 8080, service: redis }'),
      'open 8080=redis',
      [],
    ],
    ['what HTTP carries', forService('grafana'), 'open 8080=http', []],
    ['what HTTP carries, in TLS', forService('grafana'), 'open 8080=tls+https', []],
    ['what HTTP does not carry', forService('postgresql'), 'open 8080=http', WRONG('low')],
    ['a service that speaks the protocol of another', forService('pgbouncer'), 'open 8080=postgresql', []],
    ['SSH on its alternate port', host('[{ port: 2222, service: ssh-alt }]'), 'open 2222=ssh', []],
    ['Redis Sentinel', host('[{ port: 26379, service: redis-sentinel }]'), 'open 26379=redis', []],
    ['NETCONF over something else', forService('netconf-ssh'), 'open 8080=redis', WRONG('critical')],
    ['TLS that says no more', forService('https'), 'open 8080=tls+tls', []],
    ['Redis that wants a certificate', forService('redis'), 'open 8080=tls+tls', UNIDENTIFIED],
    ['Kafka, and TLS that says no more', forService('kafka'), 'open 8080=tls', UNIDENTIFIED],
    ['PostgreSQL, the same', forService('postgresql'), 'open 8080=tls+tls', UNIDENTIFIED],
    ['PgBouncer, the same', forService('pgbouncer'), 'open 8080=tls+tls', UNIDENTIFIED],
    ['Grafana, the same', forService('grafana'), 'open 8080=tls+tls', UNIDENTIFIED],
    ['IMAP, the same', forService('imaps'), 'open 8080=tls+tls', UNIDENTIFIED],
    ['what nothing would tell inside TLS', forService('oracle-tns'), 'open 8080=tls+tls', []],
    ['what TLS carries and nothing would tell', forService('sips'), 'open 8080=tls+tls', []],
    ['WHM, whose server is that of cPanel', forService('whm'), 'open 8080=tls+cpanel', []],
    ['and the other way round', forService('cpanel'), 'open 8080=tls+whm', WRONG('high')],
    ['Docker in TLS', forService('docker-s'), 'open 8080=tls+docker', []],
    [
      'Docker in the clear where it is to be in TLS',
      forService('docker-s'),
      'open 8080=docker',
      WRONG('critical'),
    ],
    [
      'a scheduler, by the words of the API',
      forService('kube-scheduler'),
      'open 8080=tls+kube-apiserver',
      [],
    ],
    [
      'required beside, whatever answers: the one adds to the other',
      host('{ require: [8080], allow: [{ port: 8080, service: ssh }] }'),
      'open 8080=redis',
      WRONG('critical'),
    ],
    ['required, whatever answers', host('{ require: [8080] }'), 'open 8080=redis', []],
    [
      'a page that a TLS server gives as well, where TLS is wanted',
      forService('https'),
      'open 8080=400',
      UNIDENTIFIED,
    ],
    ['the same, where HTTP is wanted', forService('http'), 'open 8080=400', []],
    ['TLS where nothing carries SSH', forService('ssh'), 'open 8080=tls+tls', WRONG('low')],
    ['TLS where HTTP in the clear is wanted', forService('http'), 'open 8080=tls+https', WRONG('low')],
    ['HTTP in the clear where HTTPS is wanted', forService('https'), 'open 8080=http', WRONG('low')],
    ['TLS, whatever it carries', forService('tls'), 'open 8080=tls+https', []],
    ['TLS, and there is none', forService('tls'), 'open 8080=http', WRONG('low')],
    [
      'nobody asked',
      `scan: { identify: false }\nhosts: { h.example.com: [{ port: 8080, service: ssh }] }`,
      'open 8080',
      [],
    ],
    [
      'there was no time to ask',
      forService('ssh'),
      'open 8080; cut 8080',
      ['!incomplete-scan high h.example.com @3'],
    ],
    [
      'another host was not seen in full, and this one was',
      forService('ssh'),
      'open 8080=redis',
      WRONG('critical'),
      { stopped: 'time-limit' },
    ],
    [
      'another host was not seen in full, and nobody could listen to this one',
      forService('ssh'),
      'open 8080; starved 8080',
      UNIDENTIFIED,
      { stopped: 'time-limit' },
    ],
    ['there was no time to ask, and it does not matter', host('[8080]'), 'open 8080; cut 8080', []],
    [
      'nothing told on a port that is denied, whatever was to answer',
      'hosts: { h.example.com: { allow: [{ port: 8080, service: ssh }], deny: [8080] } }',
      'open 8080',
      ['!denied-open-port high h.example.com:8080 @2'],
    ],
    [
      'nobody could listen to a port that may be worse than its number tells',
      host('[]'),
      'open 8080; starved 8080',
      ['!unexpected-open-port low h.example.com:8080 @3', '!unidentified-service high h.example.com @3'],
    ],
  ])('%s', (_, policy, seen, expected, more) => {
    expect(findings(policy, seen, more)).toEqual(expected)
  })
})

describe('a guess', () => {
  const tell = (seen: string, policy = host('[]')) =>
    tellSituation({ policy, seen: `h.example.com 192.0.2.1: ${seen}` }).findings.map(({ message }) => message)
  test.each([
    ['open 6379', 'It is usually Redis or Valkey; the service here could not be identified.'],
    ['open 9200=http', 'It is usually Elasticsearch or OpenSearch; here http answers.'],
  ])('%s', (seen, said) => {
    expect(tell(seen)).toEqual([expect.stringContaining(said)])
  })
  test.each([
    ['open 2375; cut 2375', 'the scan ended before the service here was identified', 'aborted'],
    ['open 2375; starved 2375', 'this machine was kept from listening', undefined],
    ['open 2375; unasked 2375', 'the port stopped accepting connections', undefined],
    ['open 9100', 'because it might take anything for a command', undefined],
  ] as const)('%s: %s', (seen, said, stopped) => {
    const { findings } = tellSituation({
      policy: host('[]'),
      seen: `h.example.com 192.0.2.1: ${seen}`,
      stopped,
    })
    expect(findings.map(({ message }) => message).join(' ')).toContain(said)
  })
  test('is no service that was seen: not in the finding, and not among the open ports', () => {
    const seen = 'h.example.com 192.0.2.1: open 2375 9200=http 6379=redis 8080=http 61000'
    const { findings, hosts } = judgeSituation({ policy: host('[]'), seen })
    const expected = [
      [2375, undefined, 'docker'],
      [6379, 'redis', undefined],
      [8080, 'http', undefined],
      [9200, 'http', 'elasticsearch'],
      [61000, undefined, undefined],
    ]
    const list = (some: { port?: number; service?: string; usual?: string }[]) =>
      some
        .map(({ port = 0, service, usual }) => [port, service, usual])
        .sort((a, b) => Number(a[0]) - Number(b[0]))
    expect(list(findings)).toEqual(expected)
    expect(list(hosts[0]?.ports.open ?? [])).toEqual(expected)
  })
  test.each([
    [
      'open 9200=http',
      '[]',
      'Rated critical as Elasticsearch or OpenSearch, the usual service of port 9200: http does not',
    ],
    [
      'open 2375',
      '[]',
      'Rated critical as Docker API, the usual service of port 2375: nothing that was seen rules it out.',
    ],
    ['open 8080=redis', '[]', 'Rated critical: redis answers here.'],
    ['open 8080=http', '{ deny: [8080] }', 'Rated high: a denied port is at least that.'],
    [
      'open 8080=http',
      '[{ port: 8080, service: ssh }]\ncatalogue: { 8080: { severity: info } }',
      'Rated low: a service other than the allowed one is at least that.',
    ],
    ['open 61000', '[]', 'Rated medium: the catalogue does not list port 61000.'],
    [
      'open 8080=http',
      '[]\ncatalogue: { 8080: { severity: critical } }',
      "Rated critical: the policy's catalogue",
    ],
  ])('%s with %s says why it is as bad as it is', (seen, rule, why) => {
    const { findings } = tellSituation({ policy: host(rule), seen: `h.example.com 192.0.2.1: ${seen}` })
    expect(findings.map((one) => one.why)).toEqual([expect.stringContaining(why)])
  })
  test('where nobody was asked', () => {
    const policy = `scan: { identify: false }\n${host('[]')}`
    expect(tell('open 6379', policy)).toEqual([
      expect.stringContaining('no attempt was made to identify the service here'),
    ])
  })
  test.each(['open 6379=redis', 'open 6379=ssh', 'open 80=http', 'open 61000'])('none in %s', (seen) => {
    expect(tell(seen)).toEqual([expect.not.stringContaining('usually')])
  })
})

describe('the least allowance', () => {
  const block = (seen: string, hosts = '{}') => ({
    policy: `hosts: ${hosts}\nenvironments:\n  e: { endpoints: [10.88.0.0/22] }`,
    seen: `e/10.88.0.0/22 10.88.0.5: ${seen}`,
  })
  test('in a block is for the address that was found, which every sentence names', () => {
    const [finding] = tellSituation(block('open 6379=redis')).findings
    expect(finding?.message).toBe(
      'redis on port 6379 of 10.88.0.5 (in 10.88.0.0/22) is open, and no allowance covers it.',
    )
    expect(finding?.remedy).toContain(
      'add this line to `hosts` of `e` in the policy: `10.88.0.5: [{ port: 6379, service: redis }]`.',
    )
    expect(finding?.remedy).not.toContain('/22')
  })
  test.each([
    ['h.example.com', '192.0.2.1', 'open 6379=redis 61000 8080=tls+https 9200=http'],
    ['192.0.2.1', '192.0.2.1', 'open 22=ssh 2375'],
    ['2001:db8::', '2001:db8::', 'open 22=ssh 61000'],
  ])('of %s (%s: %s) is enough when it is pasted, and it alone', (endpoint, address, seen) => {
    const environments = `environments: { e: { endpoints: ["${endpoint}"] } }`
    const at = `e/${endpoint} ${address}: ${seen}`
    const before = tellSituation({ policy: environments, seen: at }).findings
    expect(before.length).toBeGreaterThan(1)
    for (const { remedy, port } of before) {
      const line = /add this line to `hosts` of `e` in the policy: `(.*)`\.$/.exec(remedy)?.[1]
      const after = judgeSituation({ policy: `${environments}\nhosts:\n  ${line}`, seen: at }).findings
      expect(after.map((one) => one.port)).toEqual(
        before.map((one) => one.port).filter((one) => one !== port),
      )
    }
  })
  test.each<[demands: string, seen: string, item: string]>([
    [
      '{ from: high, need: [reason, owner, expires] }',
      'open 6379=redis',
      '{ port: 6379, service: redis, reason: TODO, owner: TODO, expires: 2026-07-15 }',
    ],
    [
      '{ from: high, need: [reason], max-days: 7 }',
      'open 6379',
      '{ port: 6379, reason: TODO, expires: 2026-06-22 }',
    ],
    [
      '{ from: high, need: [owner], max-days: 90 }',
      'open 6379',
      '{ port: 6379, owner: TODO, expires: 2026-07-15 }',
    ],
    // What is less risky needs no more than the port, and what the catalogue does not know is not risky.
    ['{ from: critical, need: [reason] }', 'open 22=ssh', '{ port: 22, service: ssh }'],
    ['{ from: low, need: [reason] }', 'open 61000', '61000'],
  ])('carries what `risky-allowances: %s` asks for: pasted, it is no violation', (demands, seen, item) => {
    const settings = `risky-allowances: ${demands}\nenvironments: { e: { endpoints: [h.example.com] } }`
    const at = `e/h.example.com 192.0.2.1: ${seen}`
    const [finding] = tellSituation({ policy: settings, seen: at }).findings
    const line = /in the policy: `(.*)`\.$/.exec(finding?.remedy ?? '')?.[1]
    expect(line).toBe(`h.example.com: [${item}]`)
    const after = judgeSituation({ policy: `${settings}\nhosts:\n  ${line}`, seen: at }).findings
    expect(after.filter(({ kind }) => kind === 'violation')).toEqual([])
  })

  test('of a host with a key of its own is an item of that, for a key stands once', () => {
    const [finding] = tellSituation({
      policy: host('[443]'),
      seen: 'h.example.com 192.0.2.1: open 22=ssh',
    }).findings
    expect(finding?.remedy).toContain(
      'add `{ port: 22, service: ssh }` to the ports that the policy allows for `h.example.com`.',
    )
  })
})

describe('risky allowances', () => {
  const risky = (allowance: string, rule = 'from: high, need: [reason, owner, expires], max-days: 90') =>
    host(`[${allowance}]`, `risky-allowances: { ${rule} }`)
  const FULL = 'reason: r, owner: o, expires: 2026-09-13'
  const LACKS = (severity: string, port = '') => [
    `!undocumented-allowance ${severity} ${port}@3`.replace('  ', ' '),
  ]
  test.each<[what: string, policy: string, expected: string[]]>([
    ['all that is asked for, and exactly as long as it may be', risky(`{ port: 6379, ${FULL} }`), []],
    [
      'a day too long',
      risky('{ port: 6379, reason: r, owner: o, expires: 2026-09-14 }'),
      LACKS('critical', ':6379 '),
    ],
    ['no reason', risky('{ port: 6379, owner: o, expires: 2026-09-13 }'), LACKS('critical', ':6379 ')],
    ['no owner', risky('{ port: 6379, reason: o, expires: 2026-09-13 }'), LACKS('critical', ':6379 ')],
    ['no last day', risky('{ port: 6379, reason: o, owner: o }'), LACKS('critical', ':6379 ')],
    ['nothing at all', risky('6379'), LACKS('critical', ':6379 ')],
    ['a port that is not so risky', risky('22'), []],
    ['the threshold itself', risky('21'), LACKS('high', ':21 ')],
    ['the service decides before the port', risky('{ port: 6379, service: ssh }'), []],
    ['HTTP where Docker is at home', risky('{ port: 2375, service: http }'), LACKS('critical', ':2375 ')],
    ['TLS where Redis is at home', risky('{ port: 6379, service: tls }'), LACKS('critical', ':6379 ')],
    ['HTTP where it is at home', risky('{ port: 80, service: http }'), []],
    ['a range for SSH', risky('{ port: "1-65535", service: ssh }'), []],
    ['a risky service on a harmless port', risky('{ port: 80, service: redis }'), LACKS('critical', ':80 ')],
    [
      'a service that answers as a worse one',
      risky('{ port: 80, service: redis-sentinel }', 'from: critical, need: [owner]'),
      LACKS('critical', ':80 '),
    ],
    ['a range with a risky port in it', risky('"6000-7000"'), LACKS('critical')],
    ['a range without', risky('"61000-61010"'), []],
    [
      'max-days asks for a last day by itself',
      risky('{ port: 6379, reason: r }', 'from: high, need: [reason], max-days: 90'),
      LACKS('critical', ':6379 '),
    ],
    ['nothing is asked for', host('[6379]'), []],
  ])('%s', (_, policy, expected) => {
    expect(findings(policy, 'open 1').filter((line) => line.includes('undocumented'))).toEqual(expected)
  })

  test('those of environments that are not scanned are left alone', () => {
    const policy = `risky-allowances: { from: high, need: [owner] }
hosts: { a.example.com: [] }
environments:
  one: { hosts: { a.example.com: [6379] } }
  two: { hosts: { a.example.com: [3306] } }`
    const { findings } = judgeSituation({ policy, environment: 'one' })
    expect(findings.filter(({ id }) => id === 'undocumented-allowance')).toMatchObject([
      { environment: 'one', port: 6379 },
    ])
  })

  test('one at the top fails by the strictest environment that is scanned', () => {
    const policy = `risky-allowances: { from: high, need: [owner] }
hosts: { a.example.com: [21] }
environments:
  easy: { fail-on: never }
  strict: { fail-on: high }
  odd: { fail-on: critical }`
    const fails = (environment?: string) =>
      judgeSituation({ policy, environment }).findings.map((one) => one.fails)
    expect([fails(), fails('strict'), fails('odd'), fails('easy')]).toEqual([
      [true],
      [true],
      [false],
      [false],
    ])
  })
})

describe('what could not be seen', () => {
  test.each<[what: string, policy: string, seen: string, expected: string[], more?: Partial<Situation>]>([
    [
      'a host where something is allowed is silent',
      host('[443]'),
      'filtered 1-1000',
      ['!silent-run high', '!unreachable-host high h.example.com @3'],
    ],
    [
      'a host where nothing is allowed is silent',
      host('[]'),
      'filtered 1-1000',
      ['!silent-run high', 'silent-host info h.example.com @3'],
    ],
    [
      'a host where nothing is allowed any more is silent',
      host('[{ port: 22, expires: 2026-01-01 }]'),
      'filtered 1-1000',
      ['!silent-run high', 'silent-host info h.example.com @3'],
    ],
    [
      'a canary answers',
      host('[443]'),
      'filtered 1-1000',
      ['!unreachable-host high h.example.com @3'],
      { canaries: ['open'] },
    ],
    [
      'a canary does not',
      host('[]'),
      'filtered 1-1000',
      [
        '!canary-not-open high :443',
        '!canary-not-open high :443',
        '!silent-run high',
        'silent-host info h.example.com @3',
      ],
      { canaries: ['filtered', 'closed'] },
    ],
    [
      'a router, or the own kernel, calls a host unreachable where something is allowed',
      host('[443]'),
      'filtered 1-1000 icmp',
      ['!silent-run high', '!unreachable-host high h.example.com @3'],
    ],
    [
      'the same where nothing is allowed',
      host('[]'),
      'filtered 1-1000 icmp',
      ['!silent-run high', 'silent-host info h.example.com @3'],
    ],
    ['a refusal is an answer', host('[443]'), 'filtered 2-1000; closed 1', ['unused-allowance info :443 @3']],
    [
      'time ran out',
      host('[443]'),
      'open 443; closed 1-442; unknown 444-1000 time-limit',
      ['!incomplete-scan high h.example.com @3'],
    ],
    [
      'time ran out before anything was tried',
      host('[443]'),
      'unknown 1-1000 time-limit',
      ['!incomplete-scan high h.example.com @3'],
    ],
    [
      'two reasons',
      host('[443]'),
      'open 443; unknown 1-2 fd-limit; unknown 4 no-route',
      ['!incomplete-scan high h.example.com @3', '!incomplete-scan high h.example.com @3'],
    ],
    [
      'a host that stops answering',
      host('{ require: [443], allow: [22] }'),
      'open 22; closed 1; unknown 2-21,443 went-silent',
      ['!went-silent high h.example.com @3'],
    ],
    [
      'a host that answers everywhere, and nothing else of it',
      host('{ require: [443], deny: [23] }'),
      'open 23 80 50000; everywhere',
      ['!answers-everywhere high h.example.com @3'],
    ],
    [
      'a required port of it that is closed',
      host('{ require: [443], deny: [23] }'),
      'open 23 80 50000; closed 443; everywhere',
      ['!required-port-not-open high h.example.com:443 @3', '!answers-everywhere high h.example.com @3'],
    ],
    [
      'what answers there as itself: on its own port, on a denied one, or other words than elsewhere',
      host('{ deny: [9999] }'),
      'open 21=redis 22=ssh 8080=http 6379=redis 9999=redis; everywhere redis -',
      [
        '!unexpected-open-port critical h.example.com:6379 @3',
        '!denied-open-port critical h.example.com:9999 @3',
        '!unexpected-open-port medium h.example.com:22 @3',
        '!unexpected-open-port low h.example.com:8080 @3',
        '!answers-everywhere high h.example.com @3',
      ],
    ],
    [
      'a web server on every port, denied ones too',
      host('{ deny: [8080] }'),
      'open 80=http 8080=http 9200=http; everywhere http',
      ['!answers-everywhere high h.example.com @3'],
    ],
    [
      'a host that answers everywhere, and no decoy was asked',
      host('[]'),
      'open 21=redis 6379=redis 8080=http; everywhere',
      ['!unexpected-open-port critical h.example.com:6379 @3', '!answers-everywhere high h.example.com @3'],
    ],
    [
      'what is allowed on it',
      host('[22]'),
      'open 22=ssh 80; everywhere -',
      ['!answers-everywhere high h.example.com @3'],
    ],
  ])('%s', (_, policy, seen, expected, more) => {
    expect(findings(policy, seen, more)).toEqual(expected)
  })

  const NO_IPV6: Unseen = {
    endpoint: 'h.example.com',
    kind: 'no-ipv6',
    detail: 'ENETUNREACH',
    address: '2001:db8::1',
  }
  test.each<
    [what: string, ip: string, seen: string, unseen: Unseen[], expected: string[], skipped: string[]]
  >([
    [
      'a name that has no address',
      'auto',
      '',
      [{ ...NO_IPV6, kind: 'unresolved', address: undefined }],
      ['!unresolved-host high h.example.com @4'],
      [],
    ],
    ['IPv6 beside IPv4, auto', 'auto', 'open 443', [NO_IPV6], [], ['2001:db8::1']],
    ['IPv6 beside IPv4, both', 'both', 'open 443', [NO_IPV6], ['!no-ipv6-here medium h.example.com @4'], []],
    ['IPv6 alone, auto', 'auto', '', [NO_IPV6], ['!no-ipv6-here medium h.example.com @4'], ['2001:db8::1']],
    ['IPv6 alone, 6', '"6"', '', [NO_IPV6], ['!no-ipv6-here medium h.example.com @4'], []],
  ])('%s', (_, ip, seen, unseen, expected, skipped) => {
    const judgement = judgeSituation({
      policy: `scan: { ip: ${ip} }\nhosts:\n  h.example.com: [443]`,
      seen: seen && `h.example.com 192.0.2.1: ${seen}`,
      unseen,
    })
    expect(listFindings(judgement)).toEqual(expected)
    expect(judgement.coverage.skippedIpv6).toEqual(skipped)
  })
})

test.each([
  ['10.0.0.1', 'add it to `scope`'],
  ['169.254.1.1', 'add it to `scope`'],
  // No scope opens it.
  ['fe80::1', 'Correct the DNS record, or name another address of the host.'],
])('what to do about %s, which a name leads to and which may not be probed', (address, remedy) => {
  const seen = `h.example.com ${address}: unknown 443 out-of-scope`
  const { findings } = tellSituation({ policy: host('[443]'), seen })
  expect(findings).toMatchObject([{ id: 'incomplete-scan', remedy: expect.stringContaining(remedy) }])
  expect(findings[0]?.why).toMatch(/^The name resolves to .*link-local/)
})

describe('notes', () => {
  test.each<[what: string, policy: string, seen: string, expected: string[]]>([
    ['an allowance that nothing uses', host('[443]'), 'closed 443', ['unused-allowance info :443 @3']],
    ['one that is filtered', host('[443]'), 'closed 1; filtered 443', ['unused-allowance info :443 @3']],
    ['one of a range is open', host('["440-450"]'), 'open 445; closed 440-444', []],
    ['what was not probed', host('[443]'), 'closed 444', []],
    [
      'what stayed unknown',
      host('["440-450"]'),
      'closed 440; unknown 441 untestable',
      ['untestable-port info h.example.com:441 @3'],
    ],
    ['an allowance of which a part was not probed', host('["440-450"]'), 'closed 440-449', []],
    [
      'an allowance on a host that was not seen in full',
      host('[443]'),
      'closed 443; unknown 444-1000 time-limit',
      ['!incomplete-scan high h.example.com @3'],
    ],
    ['HTTP on the port of HTTPS', host('[443]'), 'open 443=http', ['cleartext info h.example.com:443 @3']],
    ['HTTPS on the port of HTTPS', host('[443]'), 'open 443=tls+https', []],
    ['HTTP on its own port', host('[80]'), 'open 80=http', []],
    [
      'HTTP on the port of WinRM over HTTP, which encrypts its messages',
      host('[5985]'),
      'open 5985=http',
      [],
    ],
    [
      'HTTP on the port of WinRM over HTTPS',
      host('[5986]'),
      'open 5986=http',
      ['cleartext info h.example.com:5986 @3'],
    ],
    ['HTTP where a service has another port for TLS', host('[7001]'), 'open 7001=http', []],
    ['mail before it turns to TLS', host('[587]'), 'open 587=smtp', []],
    ['a service that speaks the protocol of another', host('[26257]'), 'open 26257=postgresql', []],
    [
      'LDAP on the port of LDAP over TLS',
      host('[636]'),
      'open 636=ldap',
      ['cleartext info h.example.com:636 @3'],
    ],
    [
      'HTTP where the policy names HTTPS: a violation says it',
      host('[{ port: 443, service: https }]'),
      'open 443=http',
      ['!wrong-service low h.example.com:443 @3'],
    ],
    ['a certificate for a year', host('[443]'), 'open 443=tls+https^2027-06-20T00:00:00Z', []],
    [
      'a certificate that ends soon',
      host('[443]'),
      'open 443=tls+https^2026-06-20T00:00:00Z',
      ['certificate-expiring info h.example.com:443 @3'],
    ],
    [
      'a certificate that has ended',
      host('[443]'),
      'open 443=tls+https^2026-06-01T00:00:00Z',
      ['certificate-expiring info h.example.com:443 @3'],
    ],
    [
      'an untestable port',
      host('[]'),
      'closed 1; unknown 25 untestable',
      ['untestable-port info h.example.com:25 @3'],
    ],
  ])('%s', (_, policy, seen, expected) => {
    expect(findings(policy, seen)).toEqual(expected)
  })

  test('the built-in policy need not be used', () => {
    expect(findings(host('[443]'), 'closed 443', { file: 'built-in:web' })).toEqual([])
  })

  test('the addresses of a block may differ', () => {
    const policy = 'hosts: { 192.0.2.0/31: [22, 443] }\nenvironments: { e: { endpoints: [192.0.2.0/31] } }'
    const seen = 'e/192.0.2.0/31 192.0.2.0: open 22 443\ne/192.0.2.0/31 192.0.2.1: open 443'
    expect(listFindings(judgeSituation({ policy, seen }))).toEqual([])
  })

  test('an allowance may be used on an address that was not found', () => {
    const unseen: Unseen[] = [
      {
        endpoint: 'h.example.com',
        kind: 'unresolved',
        detail: 'the lookup of its IPv6 addresses failed: no answer',
        missing: 6,
      },
    ]
    expect(findings(host('[443]'), 'closed 443', { unseen })).toEqual([
      '!unresolved-host high h.example.com @3',
    ])
    const { findings: said } = tellSituation({
      policy: host('[443]'),
      seen: 'h.example.com 192.0.2.1: open 443',
      unseen,
    })
    expect(said[0]?.message).toContain('Not all addresses of h.example.com are known')
  })

  test('an allowance is used if one of its hosts uses it', () => {
    const policy = 'hosts:\n  a.example.com: []\n  b.example.com: []\n  "*.example.com": [443]'
    const seen = (b: string) => `a.example.com 192.0.2.1: closed 443\nb.example.com 192.0.2.2: ${b}`
    expect(listFindings(judgeSituation({ policy, seen: seen('open 443') }))).toEqual([])
    expect(listFindings(judgeSituation({ policy, seen: seen('closed 443') }))).toEqual([
      'unused-allowance info :443 @5',
    ])
    expect(listFindings(judgeSituation({ policy, seen: seen('filtered 443') }))).toEqual([
      '!unreachable-host high b.example.com @4',
    ])
  })

  test('a port that alone is silent is told beside how many were refused: others may be open', () => {
    const seen = 'h.example.com 192.0.2.1: open 443; closed 1-100; filtered 7000'
    const { findings } = tellSituation({ policy: host('[443]'), seen })
    expect(findings.map(({ id, message }) => `${id}: ${message}`)).toEqual([
      'untestable-port: Port 7000 of h.example.com (192.0.2.1) is filtered: it did not answer, although the host refused 100 others.',
    ])
  })

  test.each([
    ['differ', 'open 443', 'open 22 443', ['addresses-differ info h.example.com @3']],
    ['are alike', 'open 443; closed 1', 'open 443; filtered 1', []],
    [
      'cannot be compared',
      'open 443',
      'open 22; unknown 443 aborted',
      ['!incomplete-scan high h.example.com @3'],
    ],
    [
      'cannot be compared with one that is silent',
      'open 443',
      'filtered 22 443',
      ['!unreachable-host high h.example.com @3'],
    ],
  ])('the addresses of a name %s', (_, first, second, expected) => {
    const seen = `h.example.com 192.0.2.1: ${first}\nh.example.com 192.0.2.2: ${second}`
    expect(listFindings(judgeSituation({ policy: host('[22, 443]'), seen }))).toEqual(expected)
  })
})

describe('the line that governs', () => {
  test.each<[what: string, keys: string[], governs: string]>([
    ['a name before its address', ['h.example.com', '192.0.2.1'], 'h.example.com'],
    ['an address before a block', ['192.0.2.0/24', '192.0.2.1'], '192.0.2.1'],
    ['the longest block', ['192.0.2.0/25', '192.0.2.0/31', '192.0.2.0/24'], '192.0.2.0/31'],
    ['a block before a pattern', ['192.0.0.0/8', '*.example.com'], '192.0.0.0/8'],
    ['the pattern with most literal labels', ['*.*.com', 'h.example.*', '**'], 'h.example.*'],
  ])('%s', (_, keys, governs) => {
    for (const order of [keys, [...keys].reverse()]) {
      const policy = `environments:\n  e: { endpoints: [h.example.com] }\nhosts:\n${order.map((key) => `  "${key}": []`).join('\n')}`
      const { findings } = judgeSituation({
        policy: policy.replace('192.0.0.0/8', '192.0.0.0/8'),
        seen: 'e/h.example.com 192.0.2.1: open 22',
      })
      expect(findings[0]?.place?.line).toBe(5 + order.indexOf(governs))
    }
  })

  test("the environment's own entry before the top-level one, and the endpoint where there is none", () => {
    const policy = `environments:
  e:
    endpoints:
      - h.example.com
      - i.example.com
    hosts:
      h.example.com: []
hosts:
  h.example.com: []`
    const seen = 'e/h.example.com 192.0.2.1: open 22\ne/i.example.com 192.0.2.2: open 22'
    expect(judgeSituation({ policy, seen }).findings.map(({ place }) => place?.line)).toEqual([8, 6])
  })
})

describe('fingerprints', () => {
  const at = (policy: string, seen: string): Finding[] => judgeSituation({ policy, seen }).findings
  const one = (policy: string, seen: string) => at(policy, seen)[0]?.fingerprint
  const base = one(host('[]'), 'h.example.com 192.0.2.1: open 22')

  test.each([
    [
      'another line',
      host('[]', '').replace('hosts:', '\n\nhosts:'),
      'h.example.com 192.0.2.1: open 22',
      true,
    ],
    ['another address of the name', host('[]'), 'h.example.com 192.0.2.9: open 22', true],
    ['another service', host('[]'), 'h.example.com 192.0.2.1: open 22=redis', true],
    ['another port', host('[]'), 'h.example.com 192.0.2.1: open 23', false],
    ['another finding', host('{ deny: [22] }'), 'h.example.com 192.0.2.1: open 22', false],
    ['another host', 'hosts: { i.example.com: [] }', 'i.example.com 192.0.2.1: open 22', false],
    [
      'another environment',
      'hosts: {}\nenvironments: { e: { endpoints: [h.example.com] } }',
      'e/h.example.com 192.0.2.1: open 22',
      false,
    ],
  ])('%s', (_, policy, seen, same) => {
    expect(one(policy, seen) === base).toBe(same)
    expect(base).toMatch(/^[0-9a-f]{32}$/)
  })

  test('the addresses of a block are told from each other', () => {
    const block = 'hosts: {}\nenvironments: { e: { endpoints: [192.0.2.0/31] } }'
    const seen = 'e/192.0.2.0/31 192.0.2.0: open 22\ne/192.0.2.0/31 192.0.2.1: open 22'
    expect(new Set(at(block, seen).map(({ fingerprint }) => fingerprint)).size).toBe(2)
  })
})

test('the worst comes first', () => {
  const policy = `fail-on: medium
hosts:
  h.example.com: [{ port: 9, expires: 2026-06-16 }]
  i.example.com: [80]`
  const seen =
    'h.example.com 192.0.2.1: open 9 22 8080=http 6379; closed 1\ni.example.com 192.0.2.2: filtered 80'
  expect(listFindings(judgeSituation({ policy, seen }))).toEqual([
    '!unexpected-open-port critical h.example.com:6379 @4',
    '!unexpected-open-port medium h.example.com:22 @4',
    '!unreachable-host high i.example.com @5',
    'unexpected-open-port low h.example.com:8080 @4',
    'expiring-allowance info :9 @4',
  ])
})

test('every finding says what is so, why it matters, and what to do', () => {
  const policy = `risky-allowances: { from: high, need: [owner] }
hosts:
  h.example.com: { allow: [6379, { port: 9, expires: 2026-06-16 }, { port: 10, expires: 2026-06-14 }, { port: 11, service: ssh }], require: [12], deny: [13] }
  i.example.com: [80]
  j.example.com: []`
  const seen = `h.example.com 192.0.2.1: open 9 10 11=http 13 14; closed 6379,12; unknown 25 untestable; unknown 26 aborted
h.example.com 192.0.2.2: open 9; closed 6379,12
i.example.com 192.0.2.3: filtered 80
i.example.com 192.0.2.4: open 1; everywhere
j.example.com 192.0.2.5: filtered 80`
  const unseen: Unseen[] = [{ endpoint: 'j.example.com', kind: 'unresolved', detail: 'EAI_AGAIN' }]
  for (const { message, why, remedy } of tellSituation({ policy, seen, unseen }).findings) {
    for (const text of [message, why, remedy]) expect(text).toMatch(/^[A-Za-z0-9].*[^.]\.$/)
  }
})

test('coverage counts what was seen, and apart from it what stayed unknown', () => {
  const policy = 'hosts: { h.example.com: [], i.example.com: [] }'
  const seen =
    'h.example.com 192.0.2.1: open 22; closed 1-10; filtered 30-39\nh.example.com 192.0.2.2: closed 5-14; unknown 25 untestable\ni.example.com 192.0.2.1: closed 1'
  expect(judgeSituation({ policy, seen }).coverage).toEqual({
    endpoints: 2,
    addresses: 2,
    ports: 1 + 14 + 10,
    probes: 100,
    pairs: 21 + 11 + 1,
    unknown: 1,
    skippedIpv6: [],
  })
})

test.each([
  ['closed 1', 'A'],
  ['open 80 443', 'A'],
  ['open 80=http 443=tls+https', 'A'],
  ['open 22 443', 'B'],
  ['open 22=ssh', 'B'],
  ['open 2222=ssh', 'D'],
  ['open 8080=http', 'C'],
  ['open 61000', 'D'],
  ['open 21', 'E'],
  ['open 3306', 'F'],
  ['open 22=redis', 'F'],
  ['open 443=tls+redis', 'F'],
  ['open 80 6379 8080', 'F'],
  ['open 80 6379 8080; everywhere', 'E'],
  ['open 6379=redis 8080; everywhere redis', 'F'],
  ['open 22=ssh 8080=redis; everywhere redis', 'E'],
  ['open 6379=http', 'F'],
  ['open 80=http 6379 8080; runs 6000-9000', 'E'],
  ['open 80 6379=redis 8080 8081; runs 6000-9000', 'F'],
])('posture: %s is %s', (seen, posture) => {
  const { hosts } = judgeSituation({ policy: host('["1-65535"]'), seen: `h.example.com 192.0.2.1: ${seen}` })
  expect(hosts.map((one) => one.posture)).toEqual([posture])
})

describe('a loosening is as bad as what the same run sees where it loosens', () => {
  const before = host('[443]')
  const review = (policy: string, seen: string, more: Partial<Situation> = {}) => {
    const { findings, policyChanges } = tellSituation({ policy, before, seen, ...more })
    expect(findings.filter(({ id }) => id === 'policy-loosened').map(({ severity }) => severity)).toEqual(
      policyChanges.filter(({ direction }) => direction === 'loosened').map(({ severity }) => severity),
    )
    return policyChanges.map(({ severity, message }) => `${severity}: ${message}`)
  }
  const HERE = 'h.example.com 192.0.2.1:'
  test.each<[what: string, allow: string, seen: string, expected: string[]]>([
    [
      'Redis',
      '[443, 16379]',
      'open 16379=redis',
      [
        'critical: allows 16379 on `h.example.com`; redis answers on port 16379 of h.example.com (192.0.2.1), which is critical',
      ],
    ],
    ['Redis in a range', '[443, "16000-17000"]', 'open 16379=redis', ['critical: ']],
    ['nothing that was told', '[443, 16379]', 'open 16379', ['medium: allows 16379']],
    ['nothing open', '[443, 16379]', 'closed 16379', ['medium: allows 16379']],
    ['something on another port', '[443, 16379]', 'open 16380=redis', ['medium: allows 16379']],
    ['HTTP where Redis usually is', '[443, 6379]', 'open 6379=http', ['critical: allows 6379']],
    ['the worst first', '[443, 22, 16379]', 'open 22=ssh 16379=redis', ['critical: allows 22']],
  ])('%s', (_, allow, seen, expected) => {
    expect(review(host(allow), `${HERE} ${seen}`)).toEqual(
      expected.map((text) => expect.stringContaining(text)),
    )
  })
  test('on hosts of a pattern, and not on others', () => {
    const policy = `${before}\n  o.example.org: []\n  "*.example.com": [16379]`
    const others = 'o.example.org 192.0.2.2:'
    expect(review(policy, `${HERE} closed 1\n${others} open 16379=redis`)[0]).toMatch(/^medium/)
    expect(review(policy, `${HERE} open 16379=redis\n${others} closed 1`)[0]).toMatch(/^critical/)
  })
})

test('a result that the plan does not have is an error, and not dropped', () => {
  const stray = { policy: host('[]'), seen: 'elsewhere.example.com 192.0.2.9: open 6379' }
  expect(() => judgeSituation(stray)).toThrow('elsewhere.example.com')
})

describe('a floor', () => {
  test.each<[what: string, floor: string, seen: string, expected: string[]]>([
    [
      'denies',
      'hosts: { "**": { deny: [22] } }',
      'open 22=ssh 443',
      ['!denied-open-port high h.example.com:22 @2'],
    ],
    [
      'denies by block',
      'hosts: { 192.0.2.0/24: { deny: [22] } }',
      'open 22=ssh 443',
      ['!denied-open-port high h.example.com:22 @2'],
    ],
    [
      'requires',
      'hosts: { "**": { require: [80] } }',
      'closed 80; open 443',
      ['!required-port-not-open high h.example.com:80 @2'],
    ],
    [
      'is not where a port is allowed that it says nothing of',
      'hosts: { h.example.com: [80] }',
      'open 443 8080=http',
      ['!unexpected-open-port low h.example.com:8080 @3'],
    ],
    ['has allowances that others use', 'hosts: { "**": [9100] }', 'closed 9100; open 443', []],
    [
      'has a threshold',
      'fail-on: critical',
      'open 443 8081=http',
      ['unexpected-open-port low h.example.com:8081 @3'],
    ],
  ])('%s', (_, floor, seen, expected) => {
    expect(findings(host('[443]'), seen, { floor })).toEqual(expected)
  })

  test('is named where its rule is at issue', () => {
    const seen = 'h.example.com 192.0.2.1: open 22=ssh 443'
    const { findings: told } = tellSituation({
      policy: host('[443]'),
      floor: 'hosts: { "**": { deny: [22] } }',
      seen,
    })
    expect(told[0]?.message).toContain('The rule is in the floor: `floor.yml:2:25`.')
  })
})
