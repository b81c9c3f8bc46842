import { createServer, type Server } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { validate } from '../../src/commands/validate.ts'
import type { Report } from '../../src/model.ts'
import type { Options } from '../../src/prepare/options.ts'
import { folderTree } from '../../src/repository/folder-tree.ts'
import { run } from '../../src/run.ts'
import { makeFolder } from '../e2e/bundle.ts'
import { answerNames } from './names.ts'

const servers: Server[] = []

afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

/** A listener that counts who comes. */
async function watch(address: string, port = 0): Promise<{ port: number; seen: number }> {
  const watched = { port, seen: 0 }
  const server = createServer((socket) => {
    watched.seen += 1
    socket.on('error', () => {}).resume()
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, address, resolve))
  servers.push(server)
  watched.port = (server.address() as { port: number }).port
  return watched
}

/** The same port of 127.0.0.1 and of another address: macOS has no 127.0.0.2, and not every machine has IPv6. */
async function watchTwo() {
  const first = await watch('127.0.0.1')
  for (const address of ['127.0.0.2', '::1']) {
    const second = await watch(address, first.port).catch(() => undefined)
    if (second) return { first, second, address }
  }
  throw new Error('this machine has one loopback address only')
}

async function check(yaml: string, options: Options): Promise<Report> {
  const root = await makeFolder({ '.github/port-policy.yml': `version: 1\n${yaml}` })
  return run(options, { root, tree: folderTree(root), env: {}, signal: new AbortController().signal })
}

const SCAN = (port: number, more = '') => `scan: { ports: ${port}, identify: false${more} }\n`

describe('what lies outside of the scope is refused before a packet is sent', () => {
  test.each([
    ['an address', '127.0.0.1', '127.0.0.2', 'no address or CIDR block there holds it'],
    ['an address, where the scope has names only', '127.0.0.1', 'localhost', 'no address or CIDR block'],
    ['a name', 'localhost', '*.example.com', 'no name or pattern there matches it'],
    ['a URL', 'http://127.0.0.1:8080/', '10.0.0.0/8', 'no address or CIDR block there holds it'],
    ['a block that is not wholly inside', '127.0.0.0/30', '127.0.0.0/31', '127.0.0.2 is outside of `scope`'],
    ['a metadata address', '169.254.169.254', '', 'is not probed unless `scope` names it: it is link-local'],
    [
      'a metadata address in the policy and a scope of everything',
      '169.254.169.254',
      '0.0.0.0/0',
      'link-local',
    ],
    ['a metadata address in disguise', "'64:ff9b::a9fe:a9fe'", '', 'link-local'],
    ['0.0.0.0, which is this very machine', '0.0.0.0', '', 'of no host'],
    [
      'a block with the broadcast address in it',
      '255.255.255.240/28',
      '',
      '255.255.255.255 is not probed unless',
    ],
  ])('%s', async (_, endpoint, scope, said) => {
    const watched = await watch('127.0.0.1')
    using names = answerNames({})
    const yaml = `${SCAN(watched.port)}hosts: {}\nenvironments:\n  e:\n    endpoints:\n      - ${endpoint}\n`
    const error: Error = await check(yaml, { scope: scope ? [scope] : [] }).then(
      () => new Error('it was scanned'),
      (error) => error,
    )
    expect(error).toMatchObject({ name: 'Unusable' })
    expect(error.message).toMatch(
      /^\.github\/port-policy\.yml:7:9: out-of-scope: `.*\n {2}hint: add it to `scope`/,
    )
    expect(error.message).toContain(said)
    expect(names.asked).toEqual([])
    expect(watched.seen).toBe(0)
  })

  test.each(['fe80::1', 'fe80::/126'])('%s, which no scope can open: no hint says so', async (endpoint) => {
    const yaml = `${SCAN(1)}hosts: {}\nenvironments:\n  e:\n    endpoints:\n      - ${endpoint}\n`
    await expect(check(yaml, { scope: ['fe80::/10'] })).rejects.toThrow(
      /\n {2}hint: name another address of the host$/,
    )
  })

  test('a canary', async () => {
    const watched = await watch('127.0.0.1')
    using names = answerNames({})
    for (const canary of [`127.0.0.1:${watched.port}`, `localhost:${watched.port}`]) {
      const yaml = `${SCAN(1, `, canary: "${canary}"`)}hosts: { "127.0.0.2": [] }`
      await expect(check(yaml, { scope: ['127.0.0.2', 'h.example.com'] })).rejects.toThrow(/the canary `/)
    }
    const both = `hosts: {}
environments:
  a: { endpoints: [127.0.0.2], scan: { canary: "10.0.0.1:1" } }
  b: { endpoints: [127.0.0.2], scan: { canary: "10.0.0.2:1" } }`
    const message = await check(both, { scope: ['127.0.0.2'] }).catch((error) => error.message)
    expect(message).toMatch(/^the canary `10\.0\.0\.1` is.*\nthe canary `10\.0\.0\.2` is/)
    expect(names.asked).toEqual([])
    expect(watched.seen).toBe(0)
  })

  test('one endpoint of many: nothing of the run is scanned, and each is named', async () => {
    const watched = await watch('127.0.0.1')
    const yaml = `${SCAN(watched.port)}hosts: { 127.0.0.1: [], 10.0.0.1: [], www.example.com: [] }`
    await expect(check(yaml, { scope: ['127.0.0.1'] })).rejects.toThrow(/`10\.0\.0\.1` is outside/)
    const message = await check(yaml, { scope: ['127.0.0.1', '*.test'] }).catch((error) => error.message)
    expect(message.match(/is outside of/g)).toHaveLength(2)
    const many = Array.from({ length: 30 }, (_, index) => `10.0.0.${index}: []`)
    const first = await check(`hosts: { ${many.join()} }`, { scope: ['127.0.0.1'] }).catch(
      (error) => error.message,
    )
    expect(first).toMatch(/^30 hosts may not be probed; these are the first 20:\n/)
    expect(first.match(/is outside of/g)).toHaveLength(20)
    expect(watched.seen).toBe(0)
  })

  test('an endpoint that the user names', async () => {
    const watched = await watch('127.0.0.1')
    const options = { endpoints: ['127.0.0.1'], scope: ['10.0.0.0/8'] }
    await expect(check(`${SCAN(watched.port)}hosts: {}`, options)).rejects.toThrow(/is outside of `scope`/)
    expect(watched.seen).toBe(0)
  })

  test('validate says so as well', async () => {
    const root = await makeFolder({ '.github/port-policy.yml': 'version: 1\nhosts: { 10.0.0.1: [] }' })
    await expect(validate({ scope: ['10.0.0.2'] }, { root, tree: folderTree(root) })).rejects.toThrow(
      /outside of `scope`/,
    )
    await expect(
      validate({ scope: ['10.0.0.0/24'] }, { root, tree: folderTree(root) }),
    ).resolves.toBeDefined()
  })
})

describe('an address that a name leads to', () => {
  test.each([
    ['outside of the scope', '127.0.0.1', ['10.0.0.0/8']],
    ['that is never probed, whatever the scope says of the name', '0.0.0.0', ['*.example.com', '0.0.0.0/0']],
    ['that is never probed, without a scope', '0.0.0.0', []],
    ['that is link-local in disguise', '::ffff:169.254.169.254', []],
    ['that is this machine, which nobody names', '127.0.0.1', ['*.example.com']],
  ])('%s is not probed, and the run is inconclusive', async (_, address, scope) => {
    const watched = await watch('127.0.0.1')
    using _names = answerNames({ 'h.example.com': [address] })
    const yaml = `${SCAN(watched.port)}hosts: { h.example.com: { require: [${watched.port}] } }`
    const report = await check(yaml, { scope })
    expect(watched.seen).toBe(0)
    expect(report.verdict).toBe('inconclusive')
    expect(report.findings).toMatchObject([
      {
        id: 'incomplete-scan',
        reason: 'out-of-scope',
        endpoint: 'h.example.com',
        address,
        fails: true,
        place: { line: 3 },
      },
    ])
    const unknown = [{ ports: String(watched.port), reason: 'out-of-scope' }]
    expect(report.hosts).toMatchObject([{ address, ports: { open: [], unknown } }])
    expect(report.coverage).toMatchObject({ pairs: 1, unknown: 1, probes: 0 })
  })

  test('inside of it is probed, and the other one is not', async () => {
    const { first, second, address } = await watchTwo()
    using _names = answerNames({ 'h.example.com': [address, '127.0.0.1'] })
    const yaml = `${SCAN(first.port)}hosts: { h.example.com: [${first.port}] }`
    const report = await check(yaml, { scope: ['127.0.0.1'] })
    expect([first.seen > 0, second.seen]).toEqual([true, 0])
    expect(
      report.hosts.map(({ address, ports }) => [address, ports.open.length, ports.unknown.length]),
    ).toEqual(
      expect.arrayContaining([
        ['127.0.0.1', 1, 0],
        [address, 0, 1],
      ]),
    )
    expect(report.verdict).toBe('inconclusive')
    // The scope is what made the difference.
    await check(yaml.replace('hosts: {', 'hosts: { 127.0.0.0/8: [],'), {})
    expect(second.seen).toBeGreaterThan(0)
  })

  test('is vouched for by a name in scope', async () => {
    const watched = await watch('127.0.0.1')
    using _names = answerNames({ 'h.example.com': ['127.0.0.1'] })
    const yaml = `${SCAN(watched.port)}hosts: { h.example.com: [${watched.port}] }`
    expect((await check(yaml, { scope: ['*.example.com', '127.0.0.0/8'] })).verdict).toBe('pass')
    expect(watched.seen).toBeGreaterThan(0)
  })

  test('of a canary is not probed where it is out of scope', async () => {
    const { first, second, address } = await watchTwo()
    using _names = answerNames({ 'c.example.com': [address] })
    const yaml = `${SCAN(first.port, `, canary: "c.example.com:${first.port}"`)}hosts: { 127.0.0.1: [${first.port}] }`
    const { findings } = await check(yaml, { scope: ['127.0.0.1'] })
    expect(findings.map(({ id }) => id)).toEqual(['canary-not-open'])
    expect([first.seen > 0, second.seen]).toEqual([true, 0])
    await check(yaml, {})
    expect(second.seen).toBeGreaterThan(0)
  })
})

test('what is no entry of a scope is named', async () => {
  const options = { endpoints: ['127.0.0.1'], scope: ['https://www.example.com', '10.0.0.1/8', '*.10.0.0.1'] }
  const message = await check('hosts: {}', options).catch((error) => error.message)
  expect(message).toMatch(
    /^scope: a URL is not a host .*\nscope: `10\.0\.0\.1\/8` has host bits.*\nscope: `\*\.10/,
  )
})
