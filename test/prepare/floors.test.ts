import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { concreteEndpoints } from '../../src/policy/endpoints.ts'
import { findRemarks } from '../../src/policy/remarks.ts'
import { loadIfAny } from '../../src/prepare/load.ts'
import { ANY_WORKFLOW, comparePolicies } from '../../src/prepare/review.ts'
import type { Tree } from '../../src/repository/tree.ts'
import { Unreadable, Unusable } from '../../src/unusable.ts'

const SHA = '0123456789abcdef0123456789abcdef01234567'
const V = 'version: 1\n'
const HOSTS = 'hosts: { www.example.com: [443] }\n'

type Files = Record<string, string>

/** Files in memory, and other repositories at a commit, by `owner/name@sha`. */
function makeTree(files: Files, others: Record<string, Files> = {}, ref?: string): Tree {
  return {
    ...(ref === undefined ? {} : { ref }),
    read: async (path, limit, namedBy) => {
      if (namedBy === 'policy' && files[path] === 'NOT TRACKED') throw new Error('git does not track it')
      const text = files[path]
      return text === undefined ? undefined : Buffer.from(text).subarray(0, limit)
    },
    openRepository: (repository, sha) =>
      makeTree(others[`${repository}@${sha}`] ?? {}, others, `${repository}@${sha.slice(0, 7)}`),
  }
}

const load = (files: Files, others?: Record<string, Files>) => loadIfAny(makeTree(files, others), 'p.yml')

async function refusal(files: Files, others?: Record<string, Files>): Promise<Unusable> {
  const error = await load(files, others).then(
    () => undefined,
    (error) => error,
  )
  if (!(error instanceof Unusable)) throw error ?? new Error('it was accepted')
  return error
}

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')

describe('a floor', () => {
  const floor = `${V}fail-on: medium\nscan: { canary: "up.example.com:443", ip: both }\nexclude: [192.0.2.1]
hosts:\n  "**": { deny: [23], allow: [9100] }\n  ns.example.com: [53]\nrisky-allowances: { from: high, need: [owner], max-days: 90 }
catalogue: { 9100: { service: node exporter, severity: high } }\n`
  const own = `${V}extends: floors/base.yml\nscan: { ip: both }\n${HOSTS}risky-allowances: { from: medium, need: [reason] }
catalogue: { 9100: { service: ours, severity: critical } }\n`

  test('is read first, and holds on top', async () => {
    const loaded = await load({ 'p.yml': own, 'floors/base.yml': floor })
    const { policy, catalogue } = loaded ?? expect.fail()
    expect(policy).toMatchObject({
      failOn: 'medium',
      scan: { ip: 'both', canary: { host: 'up.example.com' } },
      riskyAllowances: { from: 'medium', need: ['owner', 'reason'], maxDays: 90 },
      exclude: [{ text: '192.0.2.1' }],
      floors: [{ file: 'floors/base.yml', hash: hashOf(floor) }],
      hash: hashOf(`${hashOf(own)}\n${hashOf(floor)}`),
    })
    expect(catalogue.byPort.get(9100)).toMatchObject({ service: 'node exporter', severity: 'critical' })
    const [denied] = policy.hosts.flatMap(({ deny }) => deny)
    expect(denied?.place).toEqual({
      ...{ file: 'p.yml', line: 2, column: 1 },
      floor: { file: 'floors/base.yml', line: 6, column: 18 },
    })
    // It names no hosts to scan.
    expect(concreteEndpoints(policy.hosts).map(({ host }) => host)).toEqual(['www.example.com'])
  })

  test('of another repository is named with its commit', async () => {
    const text = `${V}extends: { repository: example/security, path: ./a//floor.yml, ref: ${SHA.toUpperCase()} }\n${HOSTS}`
    const others = {
      [`example/security@${SHA}`]: {
        'a/floor.yml': `${floor}extends: base.yml\n`,
        'base.yml': `${V}fail-on: medium\nexclude: [192.0.2.1]\n`,
      },
    }
    const { policy } = (await load({ 'p.yml': text }, others)) ?? expect.fail()
    expect(policy.floors?.map(({ hash: _, ...floor }) => floor)).toEqual([
      { file: 'a/floor.yml', repository: 'example/security', ref: SHA },
      { file: 'base.yml', repository: 'example/security', ref: SHA },
    ])
    const [denied] = policy.hosts.flatMap(({ deny }) => deny)
    expect(denied?.place.floor?.file).toBe('example/security@0123456:a/floor.yml')
  })

  test('reads its catalogue where it is from itself', async () => {
    const text = `${V}extends: { repository: example/security, path: floor.yml, ref: ${SHA} }\n${HOSTS}`
    const files = { 'floor.yml': `${V}catalogue: c.yml\n`, 'c.yml': '8080: { severity: critical }\n' }
    const loaded = await load(
      { 'p.yml': text, 'c.yml': '80: { severity: low }' },
      { [`example/security@${SHA}`]: files },
    )
    expect(loaded?.catalogue.byPort.get(8080)?.severity).toBe('critical')
    expect([...(loaded?.catalogue.overridden ?? [])]).toEqual([8080])
  })

  test('may be denied what it allows without a remark, and not what it requires', async () => {
    const floor = `${V}hosts: { www.example.com: { allow: [80], require: [443] } }\n`
    const text = `${V}extends: f.yml\nhosts: { www.example.com: { deny: [80, 443] } }\n`
    const { policy } = (await load({ 'p.yml': text, 'f.yml': floor })) ?? expect.fail()
    const remarks = findRemarks(policy).map(({ code, message }) => `${code}: ${message}`)
    expect(remarks).toEqual([
      'denied-requirement: `443` for `www.example.com` is required by the floor, f.yml:2:52, and denied by `deny` at p.yml:3:40: open or closed, it is a violation',
    ])
  })

  test('may lie on four others', async () => {
    const chain = (most: number) =>
      Object.fromEntries([
        ['p.yml', `${V}extends: f1.yml\n${HOSTS}`],
        ...Array.from({ length: most }, (_, index) => [
          `f${index + 1}.yml`,
          `${V}${index + 1 < most ? `extends: f${index + 2}.yml\n` : ''}hosts: { "**": { deny: [${index + 1}] } }\n`,
        ]),
      ])
    const { policy } = (await load(chain(5))) ?? expect.fail()
    expect(policy.hosts.flatMap(({ deny }) => deny.map(({ text }) => text))).toEqual([
      '5',
      '4',
      '3',
      '2',
      '1',
    ])
    expect(new Set(policy.hosts.map(({ place }) => place.line))).toEqual(new Set([2, 3]))
    const { diagnostics } = await refusal(chain(6))
    expect(diagnostics).toMatchObject([{ code: 'floor-too-deep', place: { file: 'f5.yml', line: 2 } }])
    expect(diagnostics[0]?.message).toContain('p.yml:2 extends f1.yml:2 extends')
  })
})

describe('a floor is refused', () => {
  const extending = (what: string) => `${V}extends: ${what}\n${HOSTS}`
  const remote = (path = 'floor.yml') => extending(`{ repository: a/b, path: ${path}, ref: ${SHA} }`)

  test.each<[what: string, files: Files, others: Files, code: string, place: string, message: string]>([
    [
      'that extends itself',
      { 'p.yml': extending('p.yml') },
      {},
      'floor-circle',
      'p.yml:2',
      'p.yml:2 extends p.yml',
    ],
    [
      'in a circle',
      { 'p.yml': extending('a.yml'), 'a.yml': `${V}extends: ./b.yml\n`, 'b.yml': `${V}extends: .//a.yml\n` },
      {},
      'floor-circle',
      'b.yml:2',
      'p.yml:2 extends a.yml:2 extends b.yml:2 extends a.yml',
    ],
    [
      'in a circle elsewhere',
      { 'p.yml': remote() },
      { 'floor.yml': `${V}extends: floor.yml\n` },
      'floor-unusable',
      'p.yml:2',
      'a/b@0123456:floor.yml:2:1: the floors form a circle',
    ],
    [
      'with environments',
      { 'p.yml': extending('a.yml'), 'a.yml': `${V}environments: { production: { hosts: {} } }\n` },
      {},
      'floor-environments',
      'a.yml:2',
      'apply in all environments of the policies that extend it',
    ],
    [
      'that is wrong',
      { 'p.yml': extending('a.yml'), 'a.yml': `${V}fail-on: sometimes\n` },
      {},
      'bad-value',
      'a.yml:2',
      'cannot be the text `sometimes`',
    ],
    [
      'that is wrong elsewhere',
      { 'p.yml': remote() },
      { 'floor.yml': `${V}fail-on: sometimes\n` },
      'floor-unusable',
      'p.yml:2',
      'a/b@0123456:floor.yml:2:10: `fail-on` cannot be',
    ],
    [
      'that loosens its own floor',
      {
        'p.yml': extending('a.yml'),
        'a.yml': `${V}extends: b.yml\nfail-on: high\n`,
        'b.yml': `${V}fail-on: low\n`,
      },
      {},
      'loosened-floor',
      'a.yml:3',
      'it changes `fail-on` from low to high',
    ],
  ])('%s', async (_, files, others, code, place, message) => {
    const { diagnostics } = await refusal(files, { [`a/b@${SHA}`]: others })
    const [first] = diagnostics
    expect(diagnostics).toHaveLength(1)
    expect(`${first?.place.file}:${first?.place.line}`).toBe(place)
    expect(first?.code).toBe(code)
    expect(first?.message).toContain(message)
  })

  test.each<[what: string, files: Files, message: string]>([
    [
      'that is not there',
      { 'p.yml': extending('a.yml') },
      'p.yml:2:1: the floor `a.yml` cannot be read: it does not exist',
    ],
    [
      'that git does not track',
      { 'p.yml': extending('a.yml'), 'a.yml': 'NOT TRACKED' },
      'git does not track it',
    ],
    ['that is not there elsewhere', { 'p.yml': remote('x.yml') }, 'does not exist at `a/b@0123456`'],
  ])('%s', async (_, files, message) => {
    expect((await refusal(files)).message).toContain(message)
  })

  test('of another repository where none can be asked', async () => {
    const { openRepository: _, ...tree } = makeTree({ 'p.yml': remote() })
    await expect(loadIfAny(tree, 'p.yml')).rejects.toThrow(
      '`a/b` is another repository, and cannot be read here',
    )
  })

  test('as unreadable where it could not be read', async () => {
    const tree = makeTree({ 'p.yml': remote() })
    const openRepository = (): Tree => ({ read: () => Promise.reject(new Error('no answer in time')) })
    const error = await loadIfAny({ ...tree, openRepository }, 'p.yml').catch((error) => error)
    expect(error).toBeInstanceOf(Unreadable)
    expect(error.diagnostics).toMatchObject([{ code: 'floor-unusable', place: { file: 'p.yml', line: 2 } }])
  })

  test.each([
    ['a shell script', '#!/bin/sh\nexport PASSWORD=hunter2\n'],
    ['another YAML file', "version: '3'\nservices: { db: { environment: { PASSWORD: hunter2 } } }\n"],
    ['keys that are no policy', `${V}PASSWORD: hunter2\n`],
    ['broken YAML', `${V}hosts: {hunter2: [}\n`],
  ])('that is no policy, and nothing of it is shown: %s', async (_, text) => {
    for (const files of [
      [{ 'p.yml': extending('a.yml'), 'a.yml': text }, {}],
      [{ 'p.yml': remote() }, { [`a/b@${SHA}`]: { 'floor.yml': text } }],
    ] as [Files, Record<string, Files>][]) {
      const { message, diagnostics } = await refusal(...files)
      expect(message + JSON.stringify(diagnostics)).not.toMatch(/hunter2|PASSWORD/)
      expect(message).toContain('its contents are not shown, since it is not a policy')
    }
  })

  test('together with the policy where all is too much', async () => {
    const hosts = (from: number) =>
      Array.from({ length: 100 }, (_, index) => `  "h{1..60}.*.x${from + index}.example.com": []\n`).join('')
    const files = {
      'p.yml': `${V}extends: a.yml\nhosts:\n  www.example.com: []\n${hosts(0)}`,
      'a.yml': `${V}hosts:\n${hosts(10_000)}`,
    }
    const { diagnostics } = await refusal(files)
    expect(diagnostics).toMatchObject([{ code: 'too-many-patterns', place: { file: 'a.yml' } }])
    const lines = {
      'p.yml': `${extending('a.yml')}${'\n'.repeat(60_000)}`,
      'a.yml': `${V}${'\n'.repeat(60_000)}fail-on: low\n`,
    }
    expect((await refusal(lines)).diagnostics).toMatchObject([
      { code: 'too-many-values', place: { file: 'a.yml' } },
    ])
  })
})

describe('a policy that loosens its floor', () => {
  const floor = `${V}fail-on: medium\nscan:\n  ports: [22, 80, 443]\n  canary: up.example.com:443\nhosts:
  "**.example.com": { deny: [23, { port: 22, except: [bastion.example.com] }] }\n  10.0.0.0/8: { deny: [3389] }
risky-allowances: { from: high, need: [owner], max-days: 90 }\nexclude: [10.0.0.9]\n`

  test.each<[what: string, own: string, line: number, message: string, hint: string]>([
    [
      'a threshold',
      'fail-on: high',
      3,
      'changes `fail-on` from medium to high',
      'floor.yml:2:1: `fail-on: medium`',
    ],
    [
      'a threshold by default',
      'on-doubt: warn',
      3,
      'changes `on-doubt` from fail to warn',
      'floor.yml leaves it out',
    ],
    ['ports', 'scan: { ports: [80] }', 3, 'no longer scans', 'floor.yml:4:3: `ports: [22, 80, 443]`'],
    ['what answers', 'scan: { identify: false }', 3, 'changes `identify`', 'leaves it out'],
    ['an address family', 'scan: { ip: 4 }', 3, 'IPv6 addresses are no longer scanned', 'leaves it out'],
    ['the canary', 'scan: { canary: "a.example.com:80" }', 3, 'removes the `canary`', 'floor.yml:5:3'],
    ['an exclusion', 'exclude: [10.0.0.1]', 3, 'excludes `10.0.0.1`', 'only a floor can do that'],
    [
      'an ignored doubt',
      'ignore: [{ finding: silent-run, reason: x, expires: 2099-01-01 }]',
      3,
      'ignores `silent-run`',
      'only a floor can do that',
    ],
    ['the catalogue', 'catalogue: { 6379: { severity: low } }', 3, 'from critical to low', 'leaves it out'],
    [
      'who is asked',
      'risky-allowances: { from: critical, need: [reason] }',
      3,
      'changes `from`',
      'floor.yml:9:1',
    ],
    [
      'how long',
      'risky-allowances: { from: high, need: [owner], max-days: 365 }',
      3,
      'changes `max-days`',
      'floor.yml:9:1',
    ],
    [
      'an environment',
      'environments: { p: { endpoints: [www.example.com], fail-on: never } }',
      3,
      'changes `fail-on` from medium to never',
      'floor.yml:2:1',
    ],
    [
      'an endpoint',
      'environments: { p: { endpoints: [{ host: www.example.com, ports: [80] }] } }',
      3,
      'no longer scans',
      'floor.yml:4:3',
    ],
    [
      'a denial',
      'hosts: { www.example.com: [23] }',
      3,
      '`23` for `www.example.com` is allowed here',
      'floor.yml:7:',
    ],
    ['a denial of a pattern', 'hosts: { "*.example.com": [23] }', 3, 'to no effect', 'floor.yml:7:'],
    ['a denial of a block', 'hosts: { 10.1.2.0/24: [3389] }', 3, 'to no effect', 'floor.yml:8:'],
    [
      'a denial in an environment',
      'environments: { p: { hosts: { a.example.com: [telnet] } } }',
      3,
      '`telnet` for `a.example.com` is allowed here',
      'floor.yml:7:',
    ],
    [
      'a denial by a requirement',
      'hosts: { a.example.com: { require: [23] } }',
      3,
      'is required here',
      'floor.yml:7:',
    ],
  ])('is refused with both lines: %s', async (_, own, line, message, hint) => {
    const text = `${V}extends: floor.yml\n${own}\n${own.includes('hosts:') ? '' : 'hosts: { www.example.com: [] }\n'}`
    const { diagnostics } = await refusal({ 'p.yml': text, 'floor.yml': floor })
    expect(diagnostics.length).toBeGreaterThan(0)
    const [first] = diagnostics
    expect(first).toMatchObject({ code: 'loosened-floor', place: { file: 'p.yml', line }, source: own })
    expect(first?.message).toContain(message)
    expect(first?.hint).toContain(hint)
  })

  test('is refused where it requires what the floor lets nobody see', async () => {
    const text = `${V}extends: floor.yml\nhosts: { www.example.com: [], 10.0.0.9: { require: [443] } }\n`
    const { diagnostics } = await refusal({ 'p.yml': text, 'floor.yml': floor })
    expect(diagnostics).toMatchObject([{ code: 'excluded-requirement', place: { line: 3 } }])
  })

  test.each([
    [
      'its own hosts and allowances',
      'hosts: { www.example.com: [443, 8080], db.example.com: { require: [5432] } }',
    ],
    ['what the floor excepts', 'hosts: { bastion.example.com: [22] }'],
    ['what the floor denies on some of its hosts', 'hosts: { "**": [3389, 23] }'],
    ['a stricter threshold', 'fail-on: info'],
    ['more ports', 'scan: { ports: common }'],
    ['less time, where doubts fail', 'scan: { time-limit: 1m, max-rate: 100 }'],
    ['ignored notes', 'ignore: [{ finding: unused-allowance, reason: x }]'],
    ['what the floor excludes', 'exclude: [10.0.0.9]'],
    [
      'a worse severity',
      'catalogue: { 8080: { severity: high }, 9999: { service: ours, severity: medium } }',
    ],
    ['more documents', 'risky-allowances: { from: medium, need: [reason], max-days: 30 }'],
    [
      'environments',
      'environments: { p: { endpoints: [www.example.com], fail-on: low, hosts: { "*.p.example.com": [80] } } }',
    ],
  ])('does not: %s', async (_, own) => {
    const text = `${V}extends: floor.yml\n${own}\n${own.startsWith('hosts:') ? '' : 'hosts: { www.example.com: [] }\n'}`
    expect(await load({ 'p.yml': text, 'floor.yml': floor })).toBeDefined()
  })
})

describe('a change of what is extended', () => {
  const compare = async (before: string, after: string, others: Record<string, Files> = {}) => {
    const files = { 'floor.yml': `${V}fail-on: info\nhosts: { "**": { deny: [23] } }\n` }
    const [old, now] = await Promise.all(
      [before, after].map((text) => load({ ...files, 'p.yml': text }, others)),
    )
    const changes = await comparePolicies(old, now, ANY_WORKFLOW)
    return changes.map(({ direction, message }) => `${direction}: ${message}`)
  }
  const plain = `${V}${HOSTS}`
  const extended = `${V}extends: floor.yml\n${HOSTS}`

  test('is reviewed by what it does', async () => {
    expect(await compare(extended, plain)).toEqual([
      'loosened: no longer denies 23 (Telnet, critical) on every host name',
      'loosened: changes `fail-on` from info to low: violations of severity info pass',
    ])
    expect(await compare(plain, extended)).toEqual([
      'tightened: denies 23 (Telnet, critical) on every host name',
      'tightened: changes `fail-on` from low to info',
    ])
    expect(await compare(extended, extended)).toEqual([])
  })

  test('by another commit of it, likewise', async () => {
    const at = (ref: string) => `${V}extends: { repository: a/b, path: f.yml, ref: ${ref} }\n${HOSTS}`
    const other = 'f'.repeat(40)
    const others = {
      [`a/b@${SHA}`]: { 'f.yml': `${V}hosts: { "**": { deny: [23, 21] } }\n` },
      [`a/b@${other}`]: { 'f.yml': `${V}hosts: { "**": { deny: [23] } }\n` },
    }
    expect(await compare(at(SHA), at(other), others)).toEqual([
      'loosened: no longer denies 21 (FTP, high) on every host name',
    ])
  })
})
