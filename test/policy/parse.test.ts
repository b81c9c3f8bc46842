import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Policy } from '../../src/model.ts'
import { webBaseline } from '../../src/policy/baseline.ts'
import { matchesHost } from '../../src/policy/hosts.ts'
import { parseCatalogue } from '../../src/policy/parse.ts'
import { parseText } from './parse-text.ts'

function at(line: number, column: number) {
  return { file: 'p.yml', line, column }
}

function one(port: number) {
  return [{ from: port, to: port }]
}

describe('parsePolicy', () => {
  it('reads the least policy', () => {
    const text = 'version: 1\nhosts:\n  www.example.com: [80, 443]\n  db.example.com: []\n'
    expect(parseText(text)).toEqual({
      policy: {
        file: 'p.yml',
        hash: createHash('sha256').update(text).digest('hex'),
        hosts: [
          {
            key: 'www.example.com',
            matcher: { kind: 'name', name: 'www.example.com' },
            allow: [
              { text: '80', ports: one(80), required: false, place: at(3, 21) },
              { text: '443', ports: one(443), required: false, place: at(3, 25) },
            ],
            deny: [],
            place: at(3, 3),
          },
          {
            key: 'db.example.com',
            matcher: { kind: 'name', name: 'db.example.com' },
            allow: [],
            deny: [],
            place: at(4, 3),
          },
        ],
        environments: [],
        exclude: [],
        ignore: [],
        scan: {},
        places: {},
        catalogue: [],
      } satisfies Policy,
      noEndpoints: [],
    })
  })

  it('reads everything that a policy can say', () => {
    const { policy, noEndpoints, diagnostics } = parseText(`version: 1
scan:
  ports: [22, ssh, "8000-8010"]
  ip: 4
  identify: false
  max-rate: 4000
  time-limit: 10m
  canary: status.example.com:443
fail-on: low
on-doubt: warn
hosts:
  "*.example.com":
    allow:
      - port: 22
        service: SSH
        reason: break-glass access
        owner: "@example/platform"
        expires: 2027-01-31
      - 8000-8010
    require: [443]
    deny: [23, { port: 3389, except: [bastion.example.com, "b*.example.com"] }]
  10.20.0.0/16: {}
exclude: [10.20.0.5, 10.20.9.0/24, "2001:DB8::1"]
ignore:
  - finding: unreachable-host
    hosts: ["*.lab.example.com", 10.20.0.0/16]
    reason: switched off at night
    owner: "@example/lab"
    expires: 2027-01-31
  - { finding: unused-allowance, reason: kept for later }
x-any: { thing: at all }
environments:
  production:
    endpoints:
      - https://api.example.com:8443/health
      - { host: bastion.example.com, ports: all, ip: both, identify: true, max-rate: 1, time-limit: 5s, canary: "[::1]:1" }
    fail-on: never
    on-doubt: fail
    scan: { ports: common }
    hosts:
      "*.staging.example.com": { allow: [8080] }
catalogue:
  8080: { service: dev proxy, severity: high, why: "because", remedy: "close it" }
  99: { severity: info }
risky-allowances: { from: high, need: [reason, owner, expires], max-days: 90 }
`)
    expect(diagnostics).toBeUndefined()
    expect(noEndpoints).toEqual([])
    expect(policy).toMatchObject({
      exclude: [
        { text: '10.20.0.5', cidr: '10.20.0.5/32', place: at(23, 11) },
        { cidr: '10.20.9.0/24' },
        { cidr: '2001:db8::1/128' },
      ],
      ignore: [
        {
          finding: 'unreachable-host',
          hosts: [{ pattern: '*.lab.example.com' }, { cidr: '10.20.0.0/16' }],
          reason: 'switched off at night',
          owner: '@example/lab',
          expires: '2027-01-31',
          place: at(25, 5),
        },
        { finding: 'unused-allowance', reason: 'kept for later' },
      ],
    })
    expect(policy?.hosts[0]?.deny[1]).toMatchObject({
      text: '3389',
      except: [
        { kind: 'name', name: 'bastion.example.com' },
        { kind: 'pattern', pattern: 'b*.example.com' },
      ],
    })
    expect(policy).toMatchObject({
      hosts: [
        {
          key: '*.example.com',
          matcher: { kind: 'pattern', pattern: '*.example.com' },
          allow: [
            {
              text: '22',
              ports: one(22),
              required: false,
              service: 'ssh',
              reason: 'break-glass access',
              owner: '@example/platform',
              expires: '2027-01-31',
              place: at(14, 9),
            },
            { text: '8000-8010', ports: [{ from: 8000, to: 8010 }], required: false, place: at(19, 9) },
            { text: '443', ports: one(443), required: true, place: at(20, 15) },
          ],
          deny: [
            { text: '23', ports: one(23), place: at(21, 12) },
            { text: '3389', ports: one(3389), place: at(21, 16) },
          ],
          place: at(12, 3),
        },
        {
          key: '10.20.0.0/16',
          matcher: { kind: 'cidr', cidr: '10.20.0.0/16' },
          allow: [],
          deny: [],
          place: at(22, 3),
        },
      ],
      environments: [
        {
          name: 'production',
          endpoints: [
            {
              text: 'https://api.example.com:8443/health',
              kind: 'name',
              host: 'api.example.com',
              extraPort: 8443,
              scan: {},
              place: at(35, 9),
            },
            {
              text: 'bastion.example.com',
              kind: 'name',
              host: 'bastion.example.com',
              scan: {
                ports: 'all',
                ip: 'both',
                identify: true,
                maxRate: 1,
                timeLimitMs: 5000,
                canary: { host: '::1', port: 1 },
              },
              place: at(36, 9),
            },
          ],
          hosts: [{ key: '*.staging.example.com', allow: [{ text: '8080' }] }],
          scan: { ports: 'common' },
          failOn: 'never',
          onDoubt: 'fail',
          place: at(33, 3),
        },
      ],
      scan: {
        ports: [
          { from: 22, to: 22 },
          { from: 8000, to: 8010 },
        ],
        ip: '4',
        identify: false,
        maxRate: 4000,
        timeLimitMs: 600_000,
        canary: { host: 'status.example.com', port: 443 },
      },
      failOn: 'low',
      onDoubt: 'warn',
      riskyAllowances: { from: 'high', need: ['reason', 'owner', 'expires'], maxDays: 90 },
      catalogue: [
        { port: 99, severity: 'info' },
        { port: 8080, service: 'dev proxy', severity: 'high', why: 'because', remedy: 'close it' },
      ],
    })
  })

  it('leaves absent settings out, so that they do not hide those above', () => {
    const { policy } = parseText('version: 1\nenvironments: { e: { endpoints: [a.com], scan: {} } }')
    expect(policy).not.toHaveProperty('failOn')
    expect(Object.keys(policy?.environments[0] ?? {})).toEqual([
      'name',
      'endpoints',
      'hosts',
      'scan',
      'places',
      'place',
    ])
    expect(policy?.environments[0]?.scan).toStrictEqual({})
  })

  it('keeps the path of a catalogue with its place', () => {
    const { policy } = parseText('version: 1\ncatalogue: .github/port-catalogue.yml')
    expect(policy?.catalogue).toEqual({ path: '.github/port-catalogue.yml', place: at(2, 12) })
  })

  it('reads a byte order mark and CRLF, and counts columns without them', () => {
    const { policy } = parseText('\uFEFFversion: 1\r\nhosts:\r\n  a.com: [22]\r\n')
    expect(policy?.hosts[0]?.allow[0]?.place).toEqual(at(3, 11))
  })

  it('resolves aliases and merges, each part where it is written', () => {
    const { policy } = parseText(`version: 1
hosts:
  a.com: &web [80, 443]
  b.com: *web
  c.com: &base
    allow: [22]
    deny: [23]
  d.com:
    <<: *base
    allow: [25]
  e.com: { <<: [{ deny: [1] }, *base] }
`)
    const said = policy?.hosts.map(({ key, allow, deny }) => [
      key,
      allow.map(({ text, place }) => `${text}@${place.line}`),
      deny.map(({ text, place }) => `${text}@${place.line}`),
    ])
    expect(said).toEqual([
      ['a.com', ['80@3', '443@3'], []],
      ['b.com', ['80@3', '443@3'], []],
      ['c.com', ['22@6'], ['23@7']],
      ['d.com', ['25@10'], ['23@7']],
      ['e.com', ['22@6'], ['1@11']],
    ])
  })

  it('uses one list a thousand times', () => {
    const hosts = Array.from({ length: 1000 }, (_, i) => `  h${i}.example.com: *web`)
    const { policy } = parseText(`version: 1\nhosts:\n  a.com: &web [80, 443]\n${hosts.join('\n')}\n`)
    expect(policy?.hosts).toHaveLength(1001)
  })

  it('takes the names that JavaScript knows for names of hosts', () => {
    const { policy } = parseText('version: 1\nhosts: { constructor: [22], toString: [], hasOwnProperty: {} }')
    expect(policy?.hosts.map(({ key }) => key)).toEqual(['constructor', 'toString', 'hasOwnProperty'])
  })

  it('reads YAML 1.2 whatever the file says', () => {
    const { diagnostics } = parseText('%YAML 1.1\n---\nversion: 1\nscan: { identify: yes }')
    expect(diagnostics?.map(({ code }) => code)).toEqual(['wrong-type'])
  })
})

describe('noEndpoints', () => {
  it.each<[string, string, number[]]>([
    ['no hosts', 'version: 1', [1]],
    ['patterns only', 'version: 1\nhosts:\n  "*.a.com": [80]\n  10.0.0.0/8: []', [2]],
    ['a name', 'version: 1\nhosts:\n  a.com: [80]', []],
    ['an address', 'version: 1\nhosts:\n  ::1: [80]', []],
    ['endpoints', 'version: 1\nenvironments:\n  e: { endpoints: [a.com] }', []],
    ['a name above', 'version: 1\nhosts: { a.com: [] }\nenvironments:\n  e: {}', []],
    [
      'one of two',
      'version: 1\nenvironments:\n  e: { hosts: { a.com: [] } }\n  f: { hosts: { "*": [] } }',
      [4],
    ],
  ])('%s', (_, text, lines) => {
    const { noEndpoints } = parseText(text)
    expect(noEndpoints?.map(({ code, place }) => [code, place.line])).toEqual(
      lines.map((line) => ['no-endpoints', line]),
    )
  })
})

describe('parseCatalogue', () => {
  const parse = (text: string) => parseCatalogue(new TextEncoder().encode(text), 'c.yml')

  it('reads a file of its own', () => {
    const { overrides } = parse('8080: { severity: high }\n"22":\n  why: |\n    two\n    lines\n')
    expect(overrides).toEqual([
      { port: 22, why: 'two\nlines', place: { file: 'c.yml', line: 2, column: 1 } },
      { port: 8080, severity: 'high', place: { file: 'c.yml', line: 1, column: 1 } },
    ])
  })

  it.each([
    ['', 'empty-file', 1, 1],
    ['- 80', 'wrong-type', 1, 1],
    ['80: {}', 'bad-value', 1, 5],
    ['80: { sevrity: low }', 'unknown-key', 1, 7],
    ['0: { severity: low }', 'bad-port', 1, 1],
    ['80: { severity: low }\n"80": { severity: low }', 'duplicate-key', 2, 1],
  ])('judges %j', (text, code, line, column) => {
    const { diagnostics } = parse(text)
    expect(diagnostics?.map(({ code, place }) => ({ code, ...place }))).toEqual([
      { code, file: 'c.yml', line, column },
    ])
  })
})

describe('webBaseline', () => {
  const policy = webBaseline()

  it.each([
    [{ name: 'localhost' }],
    [{ name: 'www.example.com' }],
    [{ address: '192.0.2.1' }],
    [{ address: '2001:db8::1' }],
  ])('holds for %j', (host) => {
    const rules = policy.hosts.filter(({ matcher }) => matchesHost(matcher, host))
    expect(rules.flatMap(({ allow }) => allow.flatMap(({ ports }) => ports))).toEqual([
      ...one(80),
      ...one(443),
    ])
    expect(rules.flatMap(({ deny }) => deny)).toEqual([])
  })

  it('is a policy like any other', () => {
    expect(policy).toMatchObject({ file: 'built-in:web', environments: [], scan: {}, catalogue: [] })
    expect(policy.hash).toMatch(/^[0-9a-f]{64}$/)
  })
})
