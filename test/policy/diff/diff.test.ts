import { describe, expect, it, test } from 'vitest'
import { diffPolicies } from '../../../src/policy/diff/diff.ts'
import { readSide } from './side.ts'

/** What changes: `loosened high: …`, with `@3` for a line after the change and `-3` for one that was taken out. */
function diff(before: string, after: string, mayPass = false): string[] {
  const [old, now] = [before, after].map((yaml) => readSide(`version: 1\n${yaml}`))
  if (!old || !now) throw new Error('two policies')
  return diffPolicies(old, now, { mayPass }).map(({ direction, severity, message, place, before }) => {
    const where = place ? ` @${place.line}` : before ? ` -${before.line}` : ''
    return `${direction} ${severity}: ${message}${where}`
  })
}

/** Two environments of one host, with what is between them and after them. */
function twoEnvironments(top: string, production = '', staging = ''): string {
  return `${top}
environments:
  production: { endpoints: [a.example.com]${production} }
  staging: { endpoints: [b.example.com]${staging} }`
}

describe('what rules say', () => {
  it.each<[what: string, before: string, after: string, changes: string[]]>([
    [
      'a port',
      'hosts: { a.example.com: [80] }',
      'hosts:\n  a.example.com:\n    - 80\n    - 6379',
      ['loosened critical: allows 6379 (Redis or Valkey, critical) on `a.example.com` @5'],
    ],
    [
      'ports of a new host, of which those that are no risk are hardly worth a word',
      'hosts: { a.example.com: [443], 10.0.0.0/30: [] }',
      'hosts: { a.example.com: [443, 80], b.example.com: [443], c.example.com: [22], 10.0.0.0/30: [], 10.0.0.9: [80] }',
      [
        'loosened medium: allows 22 (SSH, medium) on `c.example.com` @2',
        'loosened low: allows 80 (HTTP, low) on `a.example.com` @2',
        'loosened low: allows 80 (HTTP, low) on `10.0.0.9` @2',
        'loosened info: allows 443 (HTTPS, low) on `b.example.com` @2',
        'tightened high: scans `b.example.com`, `c.example.com` and `10.0.0.9` @2',
      ],
    ],
    [
      'ports of a new address, to which no name can have led',
      'hosts: { 10.0.0.1: [443] }',
      'hosts: { 10.0.0.1: [443], 10.0.0.9: [80] }',
      ['loosened info: allows 80 (HTTP, low) on `10.0.0.9` @2', 'tightened high: scans `10.0.0.9` @2'],
    ],
    [
      'the service of a port that is required beside it',
      'hosts: { a.example.com: { allow: [{ port: 22, service: ssh }], require: [22] } }',
      'hosts: { a.example.com: { require: [22] } }',
      [
        'loosened medium: lets any service answer on 22 (SSH, medium) of `a.example.com`, where it had to be ssh @2',
      ],
    ],
    [
      'one of two services, without which TLS is known to be neither',
      'hosts: { a.example.com: [{ port: 22, service: ssh }, { port: 22, service: docker }] }',
      'hosts: { a.example.com: [{ port: 22, service: ssh }] }',
      [
        'tightened critical: lets only ssh answer on 22 (SSH, medium) of `a.example.com`, and no longer docker @2',
      ],
    ],
    [
      'a range, part of which was allowed',
      'hosts: { a.example.com: ["60000-60010"] }',
      'hosts: { a.example.com: ["60005-60020"] }',
      [
        'loosened medium: allows 60011-60020 on `a.example.com` @2',
        'tightened medium: no longer allows 60000-60004 on `a.example.com` -2',
      ],
    ],
    [
      'a range, by the worst in it',
      'hosts: { a.example.com: [] }',
      'hosts: { a.example.com: ["6000-6400"] }',
      ['loosened critical: allows 6000-6400 (with X11 display on 6000, critical) on `a.example.com` @2'],
    ],
    [
      'every port of every host',
      'hosts: { "**": [], 0.0.0.0/0: [] }',
      'hosts: { "**": ["1-65535"], 0.0.0.0/0: [80] }',
      [
        'loosened critical: allows every port on every host name @2',
        'loosened low: allows 80 (HTTP, low) on every IPv4 address @2',
      ],
    ],
    [
      'an allowance on two lines',
      'hosts: { a.example.com: [] }',
      'hosts:\n  a.example.com:\n    - 80\n    - 22\n    - 443',
      [
        'loosened medium: allows 22 (SSH, medium) on `a.example.com` @5',
        'loosened low: allows 80 (HTTP, low) on `a.example.com` @4',
        'loosened low: allows 443 (HTTPS, low) on `a.example.com` @6',
      ],
    ],
    [
      'a denial, and with it a port that was allowed beneath it',
      'hosts: { "**.example.com": { deny: [22] }, a.example.com: [22] }',
      'hosts: { a.example.com: [22] }',
      [
        'loosened high: no longer denies 22 (SSH, medium) on every host under `**.example.com` -2',
        'loosened high: allows 22 (SSH, medium) on `a.example.com`, which was denied -2',
      ],
    ],
    [
      'a denial of a block, but for a part',
      'hosts: { a.example.com: [], 10.0.0.0/24: { deny: [80] } }',
      'hosts: { a.example.com: [], 10.0.0.0/25: { deny: [80] }, 10.0.0.128/26: { deny: [80] }, 10.0.0.192/26: [] }',
      ['loosened high: no longer denies 80 (HTTP, low) on every address in `10.0.0.192/26` -2'],
    ],
    [
      'an exception to a denial, of a host that is allowed something',
      'hosts: { "**.example.com": { deny: [22] }, b.example.com: [22] }',
      'hosts:\n  "**.example.com": { deny: [{ port: 22, except: [a.example.com, b.example.com] }] }\n  b.example.com: [22]',
      [
        'loosened high: allows 22 (SSH, medium) on `b.example.com`, which was denied -2',
        'loosened high: no longer denies 22 (SSH, medium) on `a.example.com` -2',
      ],
    ],
    [
      'an exception by a pattern, which another denial of the same port does not make',
      'hosts: { "**.example.com": { deny: [{ port: 22, except: [a.example.com] }] } }',
      'hosts: { "**.example.com": { deny: [{ port: 22, except: ["*.example.com"] }] }, "b.**": { deny: [22] }, c.example.com: [] }',
      [
        'loosened high: no longer denies 22 (SSH, medium) on every host under `*.example.com` -2',
        'tightened high: scans `c.example.com` @2',
        'tightened high: denies 22 (SSH, medium) on every host that matches `b.**` @2',
      ],
    ],
    [
      'an exception that is one by the key as well',
      'scan: { ports: 80 }\nhosts: { "{a,b}.example.com": { deny: [{ port: 22, except: [a.example.com] }] }, a.example.com: [], b.example.com: [] }',
      'scan: { ports: 80 }\nhosts: { a.example.com: [], b.example.com: { deny: [22] } }',
      [],
    ],
    [
      'a denial that becomes an allowance',
      'hosts: { a.example.com: { deny: [22] } }',
      'hosts:\n  a.example.com: [22]',
      ['loosened high: allows 22 (SSH, medium) on `a.example.com`, which was denied @3'],
    ],
    [
      'two patterns that have the same hosts',
      'hosts: { "**.*.example.com": [], "*.**.example.com": [] }',
      'hosts: { "**.*.example.com": [22], "*.**.example.com": [22] }',
      ['loosened medium: allows 22 (SSH, medium) on every host that matches `**.*.example.com` @2'],
    ],
    [
      'a requirement that becomes an allowance',
      'hosts: { a.example.com: { require: [443] } }',
      'hosts: { a.example.com: [443] }',
      ['loosened medium: no longer requires 443 (HTTPS, low) to be open on `a.example.com` -2'],
    ],
    [
      'a requirement for whose sake alone a port was scanned',
      'scan: { ports: 22 }\nhosts: { a.example.com: { require: [22, 6379] } }',
      'scan: { ports: 22 }\nhosts: { a.example.com: { allow: [22, 6379] } }',
      [
        'loosened critical: no longer requires 6379 (Redis or Valkey, critical) to be open on `a.example.com`, nor scans it -3',
        'loosened medium: no longer requires 22 (SSH, medium) to be open on `a.example.com` -3',
      ],
    ],
    [
      'a requirement with a last day',
      'hosts: { a.example.com: { require: [443] } }',
      'hosts: { a.example.com: { require: [{ port: 443, expires: 2027-01-31 }] } }',
      [
        'loosened medium: requires 443 (HTTPS, low) to be open on `a.example.com` only until 2027-01-31, where there was no last day @2',
        'tightened low: allows 443 (HTTPS, low) on `a.example.com` until 2027-01-31, where there was no last day @2',
      ],
    ],
    [
      'a requirement for longer',
      'hosts: { a.example.com: { require: [{ port: 443, expires: 2027-01-31 }], allow: [443] } }',
      'hosts: { a.example.com: { require: [{ port: 443, expires: 2027-02-28 }], allow: [443] } }',
      [
        'tightened medium: requires 443 (HTTPS, low) to be open on `a.example.com` until 2027-02-28, where it was until 2027-01-31 @2',
      ],
    ],
    [
      'the service that has to answer',
      'hosts: { a.example.com: [{ port: 22, service: ssh }] }',
      'hosts: { a.example.com: [22] }',
      [
        'loosened medium: lets any service answer on 22 (SSH, medium) of `a.example.com`, where it had to be ssh @2',
      ],
    ],
    [
      'another service',
      'hosts: { a.example.com: [{ port: 22, service: ssh }] }',
      'hosts: { a.example.com: [{ port: 22, service: telnet }] }',
      [
        'loosened critical: lets telnet answer on 22 (SSH, medium) of `a.example.com`, where it had to be ssh @2',
        'tightened medium: lets only telnet answer on 22 (SSH, medium) of `a.example.com`, and no longer ssh @2',
      ],
    ],
    [
      'a port for a service that carries others, by the risk of the port',
      'hosts: { a.example.com: [] }',
      'hosts: { a.example.com: [{ port: 2375, service: http }] }',
      ['loosened critical: allows 2375 (Docker API, critical) to http on `a.example.com` @2'],
    ],
    [
      'a port for one service, by the risk of the service',
      'hosts: { a.example.com: [] }',
      'hosts: { a.example.com: [{ port: 6379, service: https, expires: 2027-01-31 }] }',
      [
        'loosened critical: allows 6379 (Redis or Valkey, critical) to https on `a.example.com` until 2027-01-31 @2',
      ],
    ],
    [
      'a port for one service, by the risk of another that it cannot be told from',
      'hosts: { a.example.com: [] }',
      'hosts: { a.example.com: [{ port: 18765, service: redis-sentinel }] }',
      ['loosened critical: allows 18765 to redis-sentinel on `a.example.com` @2'],
    ],
    [
      'a port for what carries others, by the worst of those',
      'hosts: { a.example.com: [] }',
      'hosts: { a.example.com: [{ port: 18765, service: http }] }',
      ['loosened critical: allows 18765 to http on `a.example.com` @2'],
    ],
    [
      'a port of the web for the web',
      'hosts: { a.example.com: [] }',
      'hosts: { a.example.com: [{ port: 443, service: https }, { port: 8080, service: http }] }',
      [
        'loosened low: allows 443 (HTTPS, low) to https on `a.example.com` @2',
        'loosened low: allows 8080 (HTTP, alternate port, low) to http on `a.example.com` @2',
      ],
    ],
    [
      'a port for a service, by the worst that it cannot be told from',
      'hosts: { a.example.com: [] }',
      'hosts: { a.example.com: [{ port: 18765, service: http-alt }, { port: 18766, service: grafana }, { port: 18767, service: submission }, { port: 587, service: smtp }] }',
      [
        'loosened critical: allows 18765 to http-alt on `a.example.com` @2',
        'loosened critical: allows 18766 to grafana on `a.example.com` @2',
        'loosened medium: allows 587 (Mail submission, low) to smtp on `a.example.com` @2',
        'loosened medium: allows 18767 to submission on `a.example.com` @2',
      ],
    ],
    [
      'a port for its own service, by the risk of the port',
      'hosts: { a.example.com: [] }',
      'hosts: { a.example.com: [{ port: 3000, service: grafana }, { port: 587, service: submission }, { port: 443, service: tls }, { port: 8443, service: https }] }',
      [
        'loosened high: allows 3000 (Grafana, or a development server, high) to grafana on `a.example.com` @2',
        'loosened low: allows 443 (HTTPS, low) to tls on `a.example.com` @2',
        'loosened low: allows 587 (Mail submission, low) to submission on `a.example.com` @2',
        'loosened low: allows 8443 (HTTPS, alternate port, low) to https on `a.example.com` @2',
      ],
    ],
    [
      'a port that is not asked what answers, by the risk of the port',
      'hosts: { a.example.com: [] }',
      'hosts: { a.example.com: [{ port: 502, service: echo }] }',
      ['loosened critical: allows 502 (Modbus, critical) to echo on `a.example.com` @2'],
    ],
    [
      'ports of which one only is of the web',
      'hosts: { a.example.com: [] }',
      'hosts: { a.example.com: [{ port: 79-80, service: http }] }',
      ['loosened critical: allows 79-80 (with Finger on 79, medium) to http on `a.example.com` @2'],
    ],
    [
      'a later last day, and none',
      'hosts: { a.example.com: [{ port: 22, expires: 2027-01-31 }, { port: 80, expires: 2027-01-31 }] }',
      'hosts: { a.example.com: [{ port: 22, expires: 2027-02-28 }, 80] }',
      [
        'loosened medium: allows 22 (SSH, medium) on `a.example.com` until 2027-02-28, where it was until 2027-01-31 @2',
        'loosened low: allows 80 (HTTP, low) on `a.example.com` with no last day, where it was until 2027-01-31 @2',
      ],
    ],
    [
      'a pattern that takes the place of names',
      'hosts: { a.example.com: [80], b.example.com: [80] }\nenvironments: { e: { endpoints: [a.example.com] } }',
      'hosts: { "*.example.com": [80] }\nenvironments: { e: { endpoints: [a.example.com] } }',
      ['loosened low: allows 80 (HTTP, low) on every host under `*.example.com` @2'],
    ],
    [
      'what braces stand for, told once wherever it is the same',
      'hosts: { b.example.com: [80] }\nenvironments: { e: { endpoints: [10.0.0.1], hosts: { "*.example.com": { deny: [90] } } } }',
      'hosts: { b.example.com: [80], "{a,b,b10,b9}.example.com": [22] }\nenvironments: { e: { endpoints: [10.0.0.1], hosts: { "*.example.com": { deny: [90] } } } }',
      [
        'loosened medium: allows 22 (SSH, medium) on `a.example.com`, `b.example.com`, `b9.example.com` and `b10.example.com` @2',
      ],
    ],
    [
      'some of what braces stand for',
      'hosts: { "{a,b}.example.com": [80] }',
      'hosts: { "{a,b,c,d}.example.com": [80] }',
      ['loosened low: allows 80 (HTTP, low) on `c.example.com` and `d.example.com` @2'],
    ],
    [
      'a block within a block',
      'hosts: { 10.0.0.0/8: [80], 10.1.0.0/16: [22] }',
      'hosts: { 10.0.0.0/8: [80, 443], 10.1.0.0/16: [22, 443] }',
      ['loosened low: allows 443 (HTTPS, low) on every address in `10.0.0.0/8` @2'],
    ],
  ])('%s', (_, before, after, changes) => {
    expect(diff(before, after)).toEqual(changes)
  })

  test.each<[what: string, before: string, after: string]>([
    [
      'other words',
      'hosts: { a.example.com: [{ port: 22, reason: x }] }',
      'hosts: { a.example.com: [{ port: ssh, owner: y }] } # z',
    ],
    ['a range for its ports', 'hosts: { a.example.com: [80, 81] }', 'hosts: { a.example.com: ["80-81"] }'],
    [
      'another order',
      'hosts: { a.example.com: [1, 2], b.example.com: [] }',
      'hosts: { b.example.com: [], a.example.com: [2, 1] }',
    ],
    [
      'any number of labels, of which there is one at least',
      'hosts: { "**": { deny: [22] }, a.example.com: [] }',
      'hosts: { "**.*": { deny: [22] }, a.example.com: [] }',
    ],
    ['a name in capitals', 'hosts: { a.example.com: [80] }', 'hosts: { A.Example.com: { allow: [80] } }'],
    [
      'a default that is written out',
      'hosts: { a.example.com: [] }',
      'fail-on: low\non-doubt: fail\nscan: { ports: common, ip: auto }\nhosts: { a.example.com: [] }',
    ],
    [
      'a name that a pattern has already',
      'hosts: { "*.example.com": [80, 443], a.example.com: [80] }',
      'hosts: { "*.example.com": ["443", "80"], a.example.com: [] }',
    ],
    [
      'a pattern within another',
      'hosts: { "**.example.com": [80], "*.example.com": [80] }',
      'hosts: { "**.example.com": [80] }',
    ],
    [
      'a port that is denied all the same',
      'hosts: { "**": { deny: [23] }, "*.a.com": [] }',
      'hosts: { "**": { deny: [23] }, "*.a.com": [23] }',
    ],
    [
      'a block of one address',
      'hosts: { 10.0.0.1: [80] }\nenvironments: { e: { endpoints: [10.0.0.1] } }',
      'hosts: { 10.0.0.1/32: [80] }\nenvironments: { e: { endpoints: [10.0.0.1/32] } }',
    ],
    [
      'a block in two halves',
      'environments: { e: { endpoints: [10.0.0.0/24] } }',
      'environments: { e: { endpoints: [10.0.0.0/25, 10.0.0.128/25] } }',
    ],
    [
      'the rule of a block for its parts',
      'hosts: { a.com: [], 10.0.0.0/24: { allow: [22], deny: [80] } }',
      'hosts:\n  a.com: []\n  10.0.0.0/25: { allow: [22], deny: [80] }\n  10.0.0.128/26: { allow: [22], deny: [80] }\n  10.0.0.192/26: { allow: [22], deny: [80] }',
    ],
    [
      'the rule of a block for its addresses',
      'environments: { e: { endpoints: [10.0.0.0/30], hosts: { 10.0.0.0/31: [22], 10.0.0.2/31: { deny: [23] } } } }',
      'environments: { e: { endpoints: [10.0.0.0/30], hosts: { 10.0.0.0: [22], 10.0.0.1: [22], 10.0.0.2: { deny: [23] }, 10.0.0.3: { deny: [23] } } } }',
    ],
    [
      'a setting for each of the endpoints and for whatever a workflow names',
      'scan: { ports: all }\nenvironments: { e: { endpoints: [a.com], scan: { ports: all } } }',
      'scan: { ports: all }\nenvironments: { e: { endpoints: [{ host: a.com, ports: 1-65535 }] } }',
    ],
    [
      'the setting of an address, for its block',
      'environments: { e: { endpoints: [{ host: 10.0.0.1, identify: false }] } }',
      'environments: { e: { endpoints: [{ host: 10.0.0.1/32, identify: false }] } }',
    ],
    [
      'a host that is also scanned with less effect',
      'environments: { e: { endpoints: [a.com] } }',
      'environments: { e: { endpoints: [{ host: "https://a.com", identify: false, ip: 4 }, a.com] } }',
    ],
    [
      'the name of an environment in other letters',
      'environments: { production: { endpoints: [a.com] } }',
      'environments: { Production: { endpoints: [a.com] } }',
    ],
  ])('no change: %s', (_, before, after) => {
    expect(diff(before, after)).toEqual([])
  })
})

test("the backticks of a policy's names are not ours", () => {
  const before = 'catalogue: { 7777: { service: "`a` b" } }\nhosts: { a.example.com: [80] }'
  const changes = diff(before, before.replace('[80]', '[80, 7777, 7770-7780]'))
  expect(changes.join()).toContain("'a' b")
  expect(changes.join().split('`')).toHaveLength(3)
  const named = diff(before, `${before}\nenvironments: { "x \`y": { endpoints: [b.example.com] } }`)
  expect(named.join()).toContain("`x 'y`")
})

describe('environments', () => {
  it.each<[what: string, before: string, after: string, changes: string[]]>([
    [
      'a rule of one',
      twoEnvironments('hosts: {}'),
      twoEnvironments('hosts: {}', ', hosts: { "*.example.com": { allow: [5432] } }'),
      [
        'loosened critical: allows 5432 (PostgreSQL, critical) on every host under `*.example.com`, in `production` @4',
      ],
    ],
    [
      'a rule of all',
      twoEnvironments('hosts: {}'),
      twoEnvironments('hosts: { a.example.com: [22] }'),
      ['loosened medium: allows 22 (SSH, medium) on `a.example.com` @2'],
    ],
    [
      'a rule of all, which one denies',
      twoEnvironments('hosts: {}', ', hosts: { "**": { deny: [22] } }'),
      twoEnvironments('hosts: { a.example.com: [22] }', ', hosts: { "**": { deny: [22] } }'),
      [
        'loosened medium: allows 22 (SSH, medium) on `a.example.com`, in `staging` and outside of the environments @2',
      ],
    ],
    [
      'a rule that moves to all of them',
      twoEnvironments('hosts: {}', ', hosts: { a.example.com: [22] }', ', hosts: { a.example.com: [22] }'),
      twoEnvironments('hosts: { a.example.com: [22] }'),
      ['loosened medium: allows 22 (SSH, medium) on `a.example.com`, outside of the environments @2'],
    ],
    [
      'one that goes, and one that comes',
      twoEnvironments('hosts: { a.example.com: [] }').replace('staging', 'old'),
      twoEnvironments('hosts: { a.example.com: [] }', '', ', fail-on: never, hosts: { b.example.com: [22] }'),
      [
        'loosened critical: changes `fail-on` from low to never: violations of severity critical, high, medium and low pass, in `staging` @5',
        'loosened critical: gives deployments to `staging` an environment of their own, which changes `fail-on` from low to never: violations of severity critical, high, medium and low pass, and 1 more loosening @5',
        'loosened high: removes the environment `old` -5',
        'loosened medium: allows 22 (SSH, medium) on `b.example.com`, in `staging` @5',
        'tightened high: adds the environment `staging` @5',
      ],
    ],
    [
      'what holds for endpoints that a workflow names',
      twoEnvironments('fail-on: low', ', fail-on: low', ', fail-on: low'),
      twoEnvironments('fail-on: high', ', fail-on: low', ', fail-on: low'),
      [
        'loosened medium: changes `fail-on` from low to high: violations of severity medium and low pass, outside of the environments @2',
      ],
    ],
    [
      'what holds everywhere, for endpoints that stand on lines of their own',
      twoEnvironments('hosts: {}'),
      twoEnvironments('fail-on: high'),
      ['loosened medium: changes `fail-on` from low to high: violations of severity medium and low pass @2'],
    ],
    [
      'one that takes over the deployments of its name',
      'environments:\n  prod: { endpoints: [a.com, b.com] }',
      'environments:\n  prod: { endpoints: [a.com, b.com] }\n  production: { endpoints: [a.com] }',
      [
        'loosened medium: gives deployments to `production` an environment of their own, which no longer scans `b.com`, as other environments still do @4',
        'tightened high: adds the environment `production` @4',
      ],
    ],
    [
      'one that takes over the deployments of its name, without a denial',
      'environments:\n  prod: { endpoints: [a.com], hosts: { a.com: { deny: [23] } } }',
      'environments:\n  prod: { endpoints: [a.com], hosts: { a.com: { deny: [23] } } }\n  production: { endpoints: [a.com] }',
      [
        'loosened critical: gives deployments to `production` an environment of their own, which no longer denies 23 (Telnet, critical) on `a.com` @4',
        'tightened high: adds the environment `production` @4',
      ],
    ],
    [
      'one that takes over the deployments of its name, and scans all that was scanned',
      'environments:\n  prod: { endpoints: [a.com, 10.0.0.0/31], hosts: { "*.com": [443] } }\n  old: { endpoints: [b.com] }',
      'environments:\n  prod: { endpoints: [a.com, 10.0.0.0/31], hosts: { "*.com": [443] } }\n  old: { endpoints: [b.com] }\n  all: { endpoints: [a.com, b.com, 10.0.0.0, 10.0.0.1, c.org], fail-on: info, hosts: { "*.com": { allow: [443], deny: [23] } } }',
      [
        'loosened low: allows 443 (HTTPS, low) on every host under `*.com`, in `all` @5',
        'tightened high: adds the environment `all` @5',
      ],
    ],
    [
      'one for hosts of its own, with rules for them',
      'environments:\n  prod: { endpoints: [a.com], hosts: { a.com: [443] } }',
      'environments:\n  prod: { endpoints: [a.com], hosts: { a.com: [443] } }\n  staging: { endpoints: [a.org], hosts: { a.org: [443] } }',
      [
        'loosened medium: gives deployments to `staging` an environment of their own, which no longer scans `a.com`, as other environments still do @4',
        'loosened info: allows 443 (HTTPS, low) on `a.org`, in `staging` @4',
        'tightened high: adds the environment `staging` @4',
      ],
    ],
    [
      'the first ones, and what only they would change',
      'hosts: { "*.com": [80] }',
      'hosts: { "*.com": [80] }\nfail-on: never\nscan: { identify: false }\nenvironments: { e: { endpoints: [harmless.com] } }',
      [
        'loosened critical: changes `fail-on` from low to never: violations of severity critical, high, medium and low pass @3',
        'loosened high: changes `identify` from true to false: services on open ports are no longer identified @4',
        'tightened high: scans `harmless.com`, in `e` @5',
      ],
    ],
    [
      'the first ones, for what was flat',
      'hosts: { a.com: [80], b.com: [] }',
      'hosts: { a.com: [80], b.com: [] }\nenvironments:\n  p: { endpoints: [a.com] }\n  q: { endpoints: [b.com] }',
      [
        'loosened medium: gives deployments to `p` an environment of their own, which no longer scans `b.com`, as other environments still do @4',
        'loosened medium: gives deployments to `q` an environment of their own, which no longer scans `a.com`, as other environments still do @5',
      ],
    ],
    [
      'the first ones, each with the rules of its hosts',
      'hosts: { a.com: { require: [443] }, b.com: { deny: [23] } }',
      'environments: { p: { hosts: { a.com: { require: [443] } } }, q: { hosts: { b.com: { deny: [23] } } } }',
      [
        'loosened critical: no longer denies 23 (Telnet, critical) on `b.com`, in `p` and outside of the environments -2',
        'loosened medium: no longer requires 443 (HTTPS, low) to be open on `a.com`, in `q` and outside of the environments -2',
        'loosened medium: gives deployments to `p` an environment of their own, which no longer scans `b.com`, as other environments still do @2',
        'loosened medium: gives deployments to `q` an environment of their own, which no longer scans `a.com`, as other environments still do @2',
        'tightened low: no longer allows 443 (HTTPS, low) on `a.com`, in `q` and outside of the environments -2',
      ],
    ],
    [
      'none at all in place of some',
      twoEnvironments('hosts: { a.example.com: [80] }'),
      'hosts: { a.example.com: [80] }',
      [
        'loosened high: no longer scans `b.example.com`, in `staging` -5',
        'loosened info: scans `a.example.com`: a run in which no other host answers passes if one of them does, in `staging` @2',
      ],
    ],
  ])('%s', (_, before, after, changes) => {
    expect(diff(before, after)).toEqual(changes)
  })
})

describe('what is scanned', () => {
  it.each<[what: string, before: string, after: string, changes: string[]]>([
    [
      'hosts',
      'hosts:\n  a.com: []\n  b.com: []\n  10.0.0.1: []',
      'hosts:\n  a.com: []\n  c.com: []',
      [
        'loosened high: no longer scans `b.com` and `10.0.0.1` -4',
        'loosened info: scans `c.com`: a run in which no other host answers passes if one of them does @4',
        'tightened high: scans `c.com` @4',
      ],
    ],
    [
      'one more host, where another has to answer in any case',
      'hosts: { a.com: [80], b.com: [] }',
      'hosts: { a.com: [80], b.com: [], c.com: [] }',
      ['tightened high: scans `c.com` @2'],
    ],
    [
      'one more host, where another has to answer for a while',
      'hosts: { a.com: [{ port: 80, expires: 2027-01-31 }] }',
      'hosts: { a.com: [{ port: 80, expires: 2027-01-31 }], c.com: [] }',
      [
        'loosened info: scans `c.com`: a run in which no other host answers passes if one of them does @2',
        'tightened high: scans `c.com` @2',
      ],
    ],
    [
      'one more host, where the other has to answer and may be silent all the same',
      'ignore: [{ finding: unreachable-host, hosts: [a.com], reason: r, expires: 2027-01-31 }]\nhosts: { a.com: [80] }',
      'ignore: [{ finding: unreachable-host, hosts: [a.com], reason: r, expires: 2027-01-31 }]\nhosts: { a.com: [80], c.com: [] }',
      [
        'loosened info: scans `c.com`: a run in which no other host answers passes if one of them does @3',
        'tightened high: scans `c.com` @3',
      ],
    ],
    [
      'one more host, where another has to answer that may lead to what is excluded',
      'exclude: [10.0.0.1]\nhosts: { a.com: [80], b.com: [] }',
      'exclude: [10.0.0.1]\nhosts: { a.com: [80], b.com: [], c.com: [] }',
      [
        'loosened info: scans `c.com`: a run in which no other host answers passes if one of them does @3',
        'tightened high: scans `c.com` @3',
      ],
    ],
    [
      'one more host, where another has to answer that is not the one which may be silent',
      'exclude: [10.0.0.1]\nignore: [{ finding: unreachable-host, hosts: [a.com], reason: r, expires: 2027-01-31 }]\nhosts: { 10.0.0.2: [80] }',
      'exclude: [10.0.0.1]\nignore: [{ finding: unreachable-host, hosts: [a.com], reason: r, expires: 2027-01-31 }]\nhosts: { 10.0.0.2: [80], c.com: [] }',
      ['tightened high: scans `c.com` @4'],
    ],
    [
      'one more host, where silence passes',
      'on-doubt: warn\nscan: { ports: 80 }\nhosts: { a.com: [] }',
      'on-doubt: warn\nscan: { ports: 80 }\nhosts: { a.com: [], c.com: [] }',
      ['tightened high: scans `c.com` @4'],
    ],
    [
      'a part of a block',
      'environments:\n  e: { endpoints: [10.0.0.0/29] }',
      'environments:\n  e: { endpoints: [10.0.0.0/30, 10.0.0.5] }',
      ['loosened high: no longer scans `10.0.0.4/32` and `10.0.0.6/31`, in `e` -3'],
    ],
    [
      'ports',
      'scan: { ports: [22, 80, 6379] }\nhosts: { a.com: [], b.com: [] }',
      'scan: { ports: [22, 80, 443] }\nhosts: { a.com: [], b.com: [] }',
      [
        'loosened critical: no longer scans 6379 (Redis or Valkey, critical) @2',
        'tightened low: scans 443 (HTTPS, low) @2',
      ],
    ],
    [
      'ports of one endpoint',
      'environments:\n  e:\n    endpoints:\n      - a.com\n      - { host: b.com, ports: "1-100" }\n    scan: { ports: 1-100 }',
      'environments:\n  e:\n    endpoints:\n      - a.com\n      - { host: b.com, ports: "1-99" }\n    scan: { ports: 1-100 }',
      ['loosened medium: no longer scans 100 on `b.com`, in `e` @6'],
    ],
    [
      'a name with a final dot, for which no search domain is tried',
      'environments: { e: { endpoints: [db] } }',
      'environments: { e: { endpoints: [db.] } }',
      [
        'loosened high: no longer scans `db`, in `e` -2',
        'loosened info: scans `db.`: a run in which no other host answers passes if one of them does @2',
        'tightened high: scans `db.`, in `e` @2',
      ],
    ],
    [
      'a key with a final dot, which is an endpoint',
      'hosts: { db.example.com.: [80] }',
      'hosts: { db.example.com: [80] }',
      ['loosened high: no longer scans `db.example.com.` -2', 'tightened high: scans `db.example.com` @2'],
    ],
    [
      'ports of some endpoints',
      'environments: { e: { endpoints: [a.com, { host: b.com, ports: 1-9 }, { host: c.com, ports: 1-9 }] } }',
      'environments: { e: { endpoints: [a.com, { host: b.com, ports: 1-8 }, { host: c.com, ports: 1-8 }] } }',
      ['loosened low: no longer scans 9 (Discard, low) on `b.com` and `c.com`, in `e` @2'],
    ],
    [
      'the port of a URL',
      'scan: { ports: 22 }\nenvironments: { e: { endpoints: ["https://a.com:8443/"] } }',
      'scan: { ports: 22 }\nenvironments: { e: { endpoints: [a.com] } }',
      ['loosened low: no longer scans 8443 (HTTPS, alternate port, low) on `a.com`, in `e` @2'],
    ],
    [
      'a port that is not asked for, but denied',
      'scan: { ports: [22, 23] }\nhosts: { a.com: { deny: [23] } }',
      'scan: { ports: 22 }\nhosts: { a.com: { deny: [23] } }',
      ['loosened critical: no longer scans 23 (Telnet, critical) on endpoints that a workflow names @2'],
    ],
    [
      'a port that was probed for the denial of other addresses',
      'scan: { ports: 22 }\nhosts: { 10.9.0.0/24: { deny: [23] } }\nenvironments: { e: { endpoints: [10.0.0.0/31] } }',
      'scan: { ports: 22 }\nhosts: { 10.9.0.0/24: { deny: [23] } }\nenvironments: { e: { endpoints: [10.0.0.0, 10.0.0.1] } }',
      [
        'loosened critical: no longer scans 23 (Telnet, critical) on `10.0.0.0/32` and `10.0.0.1/32`, in `e` @2',
      ],
    ],
    [
      'ports of whatever a workflow names',
      'environments: { e: { endpoints: [{ host: a.com, ports: 80 }], scan: { ports: [80, 22] } } }',
      'environments: { e: { endpoints: [{ host: a.com, ports: 80 }], scan: { ports: 80 } } }',
      ['loosened medium: no longer scans 22 (SSH, medium) on endpoints that a workflow names, in `e` @2'],
    ],
    [
      'more than there is time for, where the rest passes',
      'on-doubt: warn\nscan: { ports: [22], time-limit: 10s }\nenvironments: { e: { endpoints: [10.0.0.0/24] } }',
      'on-doubt: warn\nscan: { ports: [22], time-limit: 10s }\nenvironments: { e: { endpoints: [{ host: 10.0.0.0/24, ports: all }] } }',
      [
        'loosened high: asks for 16,776,960 ports, more than can be scanned within the `time-limit` of 10s: the rest passes @3',
        'tightened critical: scans 1-21 (with FTP on 21, high) and 23-65535 (with Telnet on 23, critical) on `10.0.0.0/24`, in `e` @4',
      ],
    ],
  ])('%s', (_, before, after, changes) => {
    expect(diff(before, after)).toEqual(changes)
  })
})

describe('more than there is time for, where doubts pass', () => {
  const warn = (limit: string, endpoints: string, more = '') =>
    `on-doubt: warn\nscan: { ports: 1-400, time-limit: ${limit}${more} }\nenvironments:\n  e: { endpoints: [${endpoints}] }`
  /** `info limit`: what is said to be too much. */
  const listTooMuch = (before: string, after: string, mayPass = false) =>
    diff(before, after, mayPass).flatMap((change) => {
      const [, severity, what] =
        /^loosened (\w+): (.*(?:the rest passes|can be scanned within).*) @/.exec(change) ?? []
      return what ? `${severity}: ${what}` : []
    })

  it.each<[what: string, before: string, after: string, said: string[]]>([
    [
      'an endpoint that slows down all that share its address',
      warn('20s', '10.0.0.1'),
      warn('20s', '10.0.0.1, { host: 10.0.0.1/32, ports: 80, max-rate: 1 }'),
      [
        'high: asks for 401 ports, more than can be scanned at the `max-rate` of 1 within the `time-limit` of 20s: the rest passes',
      ],
    ],
    [
      'a name, which may lead to any address',
      warn('20s', '10.0.0.1'),
      warn('20s', '10.0.0.1, { host: x.com, ports: 80, max-rate: 1 }'),
      [
        'high: asks for 401 ports, more than can be scanned at the `max-rate` of 1 within the `time-limit` of 20s: the rest passes',
      ],
    ],
    [
      'an endpoint of another address',
      warn('20s', '10.0.0.1'),
      warn('20s', '10.0.0.1, { host: 10.0.0.2, ports: 80, max-rate: 1 }'),
      [],
    ],
    [
      'one more endpoint, where another is slow',
      warn('20s', 'a.com, { host: b.com, ports: 80, max-rate: 10 }'),
      warn('20s', 'a.com, c.com, { host: b.com, ports: 80, max-rate: 10 }'),
      [
        'info: asks for 801 ports, more than can be scanned at the `max-rate` of 10 within the `time-limit` of 20s: the rest passes',
      ],
    ],
    [
      'more ports on an address that is slow, by the block around it',
      warn('20s', '{ host: 10.0.0.0/31, ports: 1-10 }, { host: 10.0.0.1, ports: 80, max-rate: 10 }'),
      warn('20s', '10.0.0.0/31, { host: 10.0.0.1, ports: 80, max-rate: 10 }'),
      [
        'high: asks for 801 ports, more than can be scanned at the `max-rate` of 10 within the `time-limit` of 20s: the rest passes',
      ],
    ],
    [
      'more ports on a name that is slow where it is listed again',
      warn('20s', '{ host: a.com, ports: 1-10 }, { host: "https://a.com", ports: 80, max-rate: 10 }'),
      warn('20s', 'a.com, { host: "https://a.com", ports: 80, max-rate: 10 }'),
      [
        'high: asks for 402 ports, more than can be scanned at the `max-rate` of 10 within the `time-limit` of 20s: the rest passes',
      ],
    ],
    [
      'more ports on a name, where another is slow',
      warn('20s', '{ host: a.com, ports: 1-10 }, { host: b.com, ports: 80, max-rate: 10 }'),
      warn('20s', 'a.com, { host: b.com, ports: 80, max-rate: 10 }'),
      [
        'info: asks for 401 ports, more than can be scanned at the `max-rate` of 10 within the `time-limit` of 20s: the rest passes',
      ],
    ],
    [
      'more than was too much before',
      warn('1s', '10.0.0.0/26'),
      warn('1s', '10.0.0.0/26, 10.1.0.0/24'),
      [
        'high: asks for 128,000 ports, more than can be scanned within the `time-limit` of 1s: the rest passes',
      ],
    ],
    [
      'more ports than one silent host is asked in time',
      warn('10s', 'a.com'),
      warn('10s', '{ host: a.com, ports: 1-4000 }'),
      [
        'high: asks for 4,000 ports, more than can be scanned within the `time-limit` of 10s: the rest passes',
      ],
    ],
    [
      'more ports of whatever a workflow names',
      'on-doubt: warn\nscan: { ports: 1-100, time-limit: 30s }',
      'on-doubt: warn\nscan: { ports: 1-1000, time-limit: 30s }',
      [
        'info: asks for 1,000 ports on what a workflow names, so that no more than 150 addresses can be scanned within the `time-limit` of 30s: the rest passes',
      ],
    ],
    [
      'more ports of whatever a workflow names, of one host',
      'on-doubt: warn\nscan: { ports: 1-100, time-limit: 30s }',
      'on-doubt: warn\nscan: { ports: all, time-limit: 30s }',
      [
        'high: asks for 65,535 ports on what a workflow names, more than can be scanned within the `time-limit` of 30s: the rest passes',
      ],
    ],
    [
      'more ports of whatever a workflow names, of one host and no more',
      'on-doubt: warn\nscan: { ports: 1-10, max-rate: 1, time-limit: 10m }',
      'on-doubt: warn\nscan: { ports: 1-400, max-rate: 1, time-limit: 10m }',
      [
        'info: asks for 400 ports on what a workflow names, so that no more than 1 address can be scanned within the `time-limit` of 10m: the rest passes',
      ],
    ],
    ['no more than before', warn('1s', '10.0.0.0/26'), warn('1s', '10.0.0.0/27, 10.0.0.32/27'), []],
  ])('%s', (_, before, after, said) => {
    expect(listTooMuch(before, after)).toEqual(said)
    const strict = [before, after].map((text) => text.replace('on-doubt: warn', ''))
    expect(listTooMuch(strict[0] ?? '', strict[1] ?? '')).toEqual([])
    // What the policy says of doubts counts for nothing where the workflow lets them pass.
    expect(listTooMuch(strict[0] ?? '', strict[1] ?? '', true)).toEqual(
      said.map((text) => `${text} where the workflow lets doubts pass`),
    )
  })

  it.each<[what: string, before: string, after: string, said: string[]]>([
    [
      'failed',
      warn('1s', '10.0.0.1').replace('warn', 'fail'),
      warn('1s', '10.0.0.1'),
      [
        'high: asks for 400 ports on what a workflow names, more than can be scanned within the `time-limit` of 1s: the rest passes',
        'high: asks for 400 ports, more than can be scanned within the `time-limit` of 1s: the rest passes',
      ],
    ],
    [
      'is ignored',
      warn('1s', '10.0.0.1').replace('warn', 'fail'),
      `${warn('1s', '10.0.0.1').replace('warn', 'fail')}\nignore: [{ finding: incomplete-scan, hosts: [10.0.0.1], reason: r, expires: 2027-01-31 }]`,
      [
        'high: asks for 400 ports on what a workflow names, more than can be scanned within the `time-limit` of 1s: the rest passes where doubts are ignored',
        'high: asks for 400 ports, more than can be scanned within the `time-limit` of 1s: the rest passes where doubts are ignored',
      ],
    ],
    ['passed', warn('1s', '10.0.0.1'), warn('1s', '10.0.0.1'), []],
  ])('what was too much before, and %s', (_, before, after, said) => {
    expect(listTooMuch(before, after).sort()).toEqual(said)
  })
})

describe('what is excluded or ignored', () => {
  it.each<[what: string, before: string, after: string, changes: string[]]>([
    [
      'an address and a part of a block',
      'exclude: [10.0.0.0/25]\nhosts: { a.com: [] }',
      'exclude:\n  - 10.0.0.0/24\n  - 10.0.0.5\n  - "2001:db8::1"\nhosts: { a.com: [] }',
      [
        'loosened high: excludes `10.0.0.128/25`: no longer scanned, whatever leads there @3',
        'loosened high: excludes `2001:db8::1`: no longer scanned, whatever leads there @5',
      ],
    ],
    [
      'an address that is scanned again',
      'exclude: [10.0.0.5]\nhosts: { a.com: [] }',
      'hosts: { a.com: [] }',
      ['tightened high: no longer excludes `10.0.0.5` -2'],
    ],
    [
      'the same block by its halves, in other words',
      'exclude: [10.0.0.0/24, "::ffff:10.0.1.1"]\nhosts: { a.com: [] }',
      'exclude: [10.0.0.0/25, 10.0.0.128/25, 10.0.1.1/32]\nhosts: { a.com: [] }',
      [],
    ],
    [
      'a doubt and a note',
      'hosts: { a.com: [] }',
      'ignore:\n  - { finding: unreachable-host, hosts: [a.com, "*.b.com"], reason: r, expires: 2027-01-31 }\n  - { finding: unused-allowance, reason: r }\nhosts: { a.com: [] }',
      [
        'loosened medium: ignores `unreachable-host` on `a.com` and `*.b.com` until 2027-01-31 @3',
        'loosened info: ignores `unused-allowance` @4',
      ],
    ],
    [
      'a doubt for longer, on some of the hosts',
      'ignore: [{ finding: went-silent, hosts: [a.com], reason: r, expires: 2027-01-31 }, { finding: went-silent, hosts: ["**.b.com"], reason: r, expires: 2027-06-30 }]\nhosts: { a.com: [] }',
      'ignore: [{ finding: went-silent, hosts: [a.com, x.b.com], reason: other, owner: me, expires: 2027-06-30 }]\nhosts: { a.com: [] }',
      [
        'loosened medium: ignores `went-silent` on `a.com` until 2027-06-30 @2',
        'tightened medium: no longer ignores `went-silent` on `**.b.com` until 2027-06-30 -2',
      ],
    ],
    [
      'less time, where some doubts are ignored',
      'ignore: [{ finding: incomplete-scan, hosts: [a.com], reason: r, expires: 2027-01-31 }]\nhosts: { a.com: [] }',
      'ignore: [{ finding: incomplete-scan, hosts: [a.com], reason: r, expires: 2027-01-31 }]\nscan: { time-limit: 1ms }\nhosts: { a.com: [] }',
      [
        'loosened high: changes `time-limit` from 10m to 1ms: ports that are not scanned in time pass where doubts are ignored @3',
      ],
    ],
    [
      'more time, in which a host may turn out to be silent that is ignored',
      'ignore: [{ finding: unreachable-host, hosts: [a.com], reason: r, expires: 2027-01-31 }]\nscan: { time-limit: 1ms }\nhosts: { a.com: [22] }',
      'ignore: [{ finding: unreachable-host, hosts: [a.com], reason: r, expires: 2027-01-31 }]\nhosts: { a.com: [22] }',
      ['tightened high: changes `time-limit` from 1ms to 10m @3'],
    ],
    [
      'another family, of which an address may be excluded',
      'exclude: [10.0.0.1]\nscan: { ip: 6 }\nhosts: { a.com: [] }',
      'exclude: [10.0.0.1]\nscan: { ip: both }\nhosts: { a.com: [] }',
      ['tightened high: changes `ip` from 6 to both @3'],
    ],
    [
      'another family of one of two hosts, in which it may answer',
      'environments: { e: { scan: { ip: 6 }, endpoints: [a.com, b.com] } }',
      'environments: { e: { scan: { ip: 6 }, endpoints: [a.com, { host: b.com, ip: both }] } }',
      ['tightened high: changes `ip` from 6 to both for `b.com`, in `e` @2'],
    ],
    ['anchors', 'x-web: &web [80]\nhosts: { a.com: *web }', 'x-other: [22]\nhosts: { a.com: [80] }', []],
  ])('%s', (_, before, after, changes) => {
    expect(diff(before, after)).toEqual(changes)
  })
})

describe('settings', () => {
  it.each<[what: string, before: string, after: string, changes: string[]]>([
    [
      'what fails',
      'fail-on: info',
      'fail-on: high\non-doubt: warn',
      [
        'loosened medium: changes `fail-on` from info to high: violations of severity medium, low and info pass @2',
        'loosened medium: changes `on-doubt` from fail to warn: an inconclusive run passes @3',
      ],
    ],
    [
      'nothing fails',
      'fail-on: critical',
      'fail-on: never',
      [
        'loosened critical: changes `fail-on` from critical to never: violations of severity critical pass @2',
      ],
    ],
    ['stricter', 'fail-on: high', '', ['tightened medium: changes `fail-on` from high to low -2']],
    [
      'how to scan',
      'scan: { canary: "c.com:443" }',
      'scan: { ip: 4, identify: false }',
      [
        'loosened high: changes `ip` from auto to 4: IPv6 addresses are no longer scanned @2',
        'loosened high: changes `identify` from true to false: services on open ports are no longer identified @2',
        'loosened low: removes the `canary` `c.com` (port 443): a machine that sees nothing is harder to notice -2',
      ],
    ],
    [
      'another canary',
      'scan: { canary: "c.com:443" }',
      'scan: { canary: "127.0.0.1:22" }',
      [
        'loosened low: removes the `canary` `c.com` (port 443): a machine that sees nothing is harder to notice @2',
        'loosened info: adds the `canary` `127.0.0.1` (port 22): a run in which no host answers passes while it is open @2',
      ],
    ],
    [
      'a canary where there was none, which demands nothing',
      '',
      'scan: { canary: "c.com:443" }',
      [
        'loosened info: adds the `canary` `c.com` (port 443): a run in which no host answers passes while it is open @2',
      ],
    ],
    [
      'what answers is asked',
      'scan: { identify: false }',
      '',
      [
        'loosened info: changes `identify` from false to true: a recognised product may be rated below its port -2',
        'tightened high: changes `identify` from false to true -2',
      ],
    ],
    [
      'a scan that may take longer',
      'scan: { time-limit: 5m }',
      '',
      ['tightened info: changes `time-limit` from 5m to 10m -2'],
    ],
    [
      'how fast, where a doubt fails',
      '',
      'scan: { max-rate: 10, time-limit: 5m }',
      [
        'loosened info: changes `time-limit` from 10m to 5m: a scan that is not done in time is inconclusive @2',
        'loosened info: changes `max-rate` from none to 10: a scan that is not done in time is inconclusive @2',
      ],
    ],
    [
      'how fast, where a doubt passes',
      'on-doubt: warn\nscan: { ports: 80 }',
      'on-doubt: warn\nscan: { ports: 80, time-limit: 1ms, max-rate: 1 }',
      [
        'loosened high: changes `time-limit` from 10m to 1ms: ports that are not scanned in time pass @3',
        'loosened high: changes `max-rate` from none to 1: ports that are not scanned in time pass @3',
      ],
    ],
    [
      'faster, where a doubt passes',
      'on-doubt: warn\nscan: { max-rate: 10 }',
      'on-doubt: warn\nscan: { max-rate: 4000 }',
      [
        'loosened info: changes `max-rate` from 10 to 4,000: ports that a firewall hides from a scan that is too fast for it pass @3',
      ],
    ],
    [
      'a host that is listed twice, neither time as before',
      'environments: { e: { endpoints: [a.com] } }',
      'environments: { e: { endpoints: [{ host: a.com, identify: false }, { host: "https://a.com", ip: 4 }] } }',
      [
        'loosened high: changes `identify` from true to false for `a.com`: services on open ports are no longer identified, in `e` @2',
      ],
    ],
    [
      'a block as two halves',
      'environments: { e: { endpoints: [10.0.0.0/24] } }',
      'environments: { e: { endpoints: [10.0.0.0/25, { host: 10.0.0.128/25, identify: false }] } }',
      [
        'loosened high: changes `identify` from true to false for `10.0.0.128/25`: services on open ports are no longer identified, in `e` @2',
      ],
    ],
    [
      'an address, which is scanned whatever the family',
      'environments: { e: { endpoints: [10.0.0.1, 10.0.1.0/24, "2001:db8::1"] } }',
      'environments: { e: { endpoints: [{ host: 10.0.0.1, ip: 6 }, { host: 10.0.1.0/24, ip: 6 }, { host: "2001:db8::1", ip: 4 }] } }',
      [],
    ],
    [
      'an address as a block',
      'environments: { e: { endpoints: [10.0.0.1] } }',
      'environments: { e: { endpoints: [{ host: 10.0.0.1/32, identify: false, ip: 4 }] } }',
      [
        'loosened high: changes `identify` from true to false for `10.0.0.1`: services on open ports are no longer identified, in `e` @2',
      ],
    ],
    [
      'what need not be there',
      'scan: { ip: 6 }',
      '',
      [
        'loosened medium: changes `ip` from 6 to auto: IPv6 addresses are left out where the machine has no IPv6 -2',
        'tightened high: changes `ip` from 6 to auto -2',
      ],
    ],
    [
      'one family in place of the other',
      'scan: { ip: 4 }',
      'scan: { ip: 6 }',
      [
        'loosened high: changes `ip` from 4 to 6: IPv4 addresses are no longer scanned @2',
        'tightened high: changes `ip` from 4 to 6 @2',
      ],
    ],
    [
      'what need not be covered',
      'scan: { ip: both }',
      '',
      [
        'loosened medium: changes `ip` from both to auto: IPv6 addresses are left out where the machine has no IPv6 -2',
      ],
    ],
    [
      'how to scan one of the endpoints',
      'environments: { e: { endpoints: [a.com, { host: b.com, ip: both }] } }',
      'environments: { e: { endpoints: [a.com, { host: b.com, identify: false }] } }',
      [
        'loosened high: changes `identify` from true to false for `b.com`: services on open ports are no longer identified, in `e` @2',
        'loosened medium: changes `ip` from both to auto for `b.com`: IPv6 addresses are left out where the machine has no IPv6, in `e` -2',
      ],
    ],
    [
      'nothing',
      'scan: { ip: both, canary: "a.com:443" }\ncatalogue: { 22: { severity: high } }',
      'catalogue: { 22: { severity: high, why: x } }\nscan: { canary: "a.com:443", ip: both }',
      [],
    ],
    [
      'risky allowances',
      'risky-allowances: { from: medium, need: [reason, owner], max-days: 30 }',
      'risky-allowances: { from: high, need: [reason], max-days: 90 }',
      [
        'loosened medium: changes `from` of `risky-allowances` from medium to high @2',
        'loosened medium: no longer asks for `owner` in `risky-allowances` @2',
        'loosened medium: changes `max-days` of `risky-allowances` from 30 to 90 @2',
      ],
    ],
    [
      'risky allowances, by the last day that counting days asks for',
      'risky-allowances: { from: medium, need: [reason, expires] }',
      'risky-allowances: { from: medium, need: [reason], max-days: 90 }',
      ['tightened medium: changes `max-days` of `risky-allowances` from none to 90 @2'],
    ],
    [
      'no risky allowances',
      'risky-allowances: { from: high, need: [reason] }',
      '',
      ['loosened medium: removes `risky-allowances` -2'],
    ],
    [
      'an allowance that moves to where nothing fails for what it lacks',
      `risky-allowances: { from: high, need: [reason] }\nhosts: { b.example.com: [27017] }\n${twoEnvironments('', '', ', fail-on: never')}`,
      `risky-allowances: { from: high, need: [reason] }\n${twoEnvironments('', '', ', fail-on: never, hosts: { "*.example.com": [27016-27017] }')}`,
      [
        'loosened critical: allows 27016-27017 (with MongoDB on 27017, critical) on every host under `*.example.com`, in `staging` @6',
        'loosened critical: allows `27016-27017` for `*.example.com` in `staging`, where what `risky-allowances` requires may be missing @6',
        'tightened critical: no longer allows 27017 (MongoDB, critical) on `b.example.com`, in `production` and outside of the environments -3',
      ],
    ],
    [
      'an allowance that is documented, where another that is not passes',
      `risky-allowances: { from: high, need: [reason] }\nhosts: { a.example.com: [27017] }\n${twoEnvironments('', '', ', fail-on: never, hosts: { b.example.com: [27017] }')}`,
      `risky-allowances: { from: high, need: [reason] }\nhosts: { a.example.com: [{ port: 27017, reason: x }] }\n${twoEnvironments('', '', ', fail-on: never, hosts: { b.example.com: [27017] }')}`,
      [],
    ],
    [
      'the catalogue',
      'catalogue:\n  9999: { severity: critical }\n  22: { severity: high }',
      'catalogue:\n  6379: { severity: low }\n  22: { why: other words }',
      [
        'loosened critical: changes the severity of 6379 (Redis or Valkey, critical) in the `catalogue` from critical to low @3',
        'loosened critical: changes the severity of 9999 (distinct, critical) in the `catalogue` from critical to medium -3',
        'loosened high: changes the severity of 22 (SSH, high) in the `catalogue` from high to medium @4',
      ],
    ],
    [
      'the catalogue, of what a port is known for',
      'catalogue: { 8080: { service: grafana, severity: low } }',
      '',
      [
        'loosened info: no longer names `grafana` for 8080 (grafana, low) in the `catalogue`: on a host that answers everywhere, it may no longer be a violation there -2',
        'tightened high: changes the severity of `grafana` on 8080 (HTTP, alternate port, low) in the `catalogue` from low to high -2',
      ],
    ],
    [
      'the catalogue, of a service that answers on another port than its own',
      '',
      'catalogue:\n  9999: { service: redis, severity: medium }\n  8080: { service: redis }',
      [
        'loosened critical: changes the severity of `redis` on 8080 (HTTP, alternate port, low) in the `catalogue` from critical to low @4',
        'loosened critical: changes the severity of `redis` on 9999 (redis, medium) in the `catalogue` from critical to medium @3',
        'tightened medium: changes the severity of `http` on 9999 (redis, medium) in the `catalogue` from low to medium @3',
      ],
    ],
  ])('%s', (_, before, after, changes) => {
    expect(diff(before, after)).toEqual(changes)
  })

  it('what the policy says of doubts does not count where the workflow lets them pass', () => {
    const [slow, quick] = ['scan: { max-rate: 10, time-limit: 1m }', 'scan: { max-rate: 20 }']
    expect(diff(quick, slow, true)).toEqual([
      'loosened high: changes `time-limit` from 10m to 1m: ports that are not scanned in time pass where the workflow lets doubts pass @2',
      'loosened high: changes `max-rate` from 20 to 10: ports that are not scanned in time pass where the workflow lets doubts pass @2',
    ])
    expect(diff(slow, quick, true)).toContain(
      'loosened info: changes `max-rate` from 10 to 20: ports that a firewall hides from a scan that is too fast for it pass @2',
    )
  })

  it('a service is no limit where nobody asks what answers', () => {
    const write = (ports: string) => `scan: { identify: false }\nhosts: { a.com: [${ports}] }`
    expect(diff(write(''), write('{ port: 6379, service: http }'))).toEqual([
      'loosened critical: allows 6379 (Redis or Valkey, critical) to http on `a.com` @3',
    ])
  })

  it('a change cannot play its own risk down', () => {
    const after = 'catalogue: { 6379: { severity: info } }\nhosts: { a.com: [6379] }'
    expect(diff('hosts: { a.com: [] }', after)).toContain(
      'loosened critical: allows 6379 (Redis or Valkey, critical) on `a.com` @3',
    )
  })
})
