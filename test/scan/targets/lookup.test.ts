import { type AddressInfo, createServer, isIP } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { IpSelection } from '../../../src/model.ts'
import { folderTree } from '../../../src/repository/folder-tree.ts'
import { run } from '../../../src/run.ts'
import { createLookups, MOST_LOOKUPS } from '../../../src/scan/targets/lookup.ts'
import { resolveName } from '../../../src/scan/targets/resolve.ts'
import { makeFolder } from '../../e2e/bundle.ts'
import { answerNames } from '../names.ts'

const never = new AbortController().signal

describe('the process that looks names up', () => {
  test('answers what the hosts file of this machine says', async () => {
    const lookups = createLookups()
    expect(await lookups.lookUp('localhost', 4, never)).toEqual(['127.0.0.1'])
    lookups.end()
  })

  test('gives the code of an error', async () => {
    const lookups = createLookups()
    await expect(lookups.lookUp('no.such.name.invalid', 4, never)).rejects.toMatchObject({
      code: expect.stringMatching(/^(ENOTFOUND|EAI_AGAIN)$/),
    })
    lookups.end()
  })

  test('is started anew where it has died', async () => {
    const lookups = createLookups()
    const first = lookups.lookUp('localhost', 4, never)
    lookups.end()
    await expect(first).rejects.toThrow()
    expect(await lookups.lookUp('localhost', 4, never)).toEqual(['127.0.0.1'])
    lookups.end()
  })
})

test('an address is its own answer and asks nobody', async () => {
  using names = answerNames({})
  const lookups = createLookups()
  expect((await resolveName('2001:db8::1', 'auto', lookups, never)).addresses).toEqual(['2001:db8::1'])
  expect(names.asked).toEqual([])
})

test('nothing waits in a queue that has been called off', async () => {
  using names = answerNames({ 'late.test': ['192.0.2.1'] })
  const dead = Array.from({ length: 40 }, (_, index) => `dead${index}.test`)
  names.silent = new Set(dead)
  const lookups = createLookups()
  const controller = new AbortController()
  const answers = dead.map((name) => resolveName(name, 'auto', lookups, controller.signal))
  await sleep(50)
  expect(names.asked).toHaveLength(MOST_LOOKUPS)
  controller.abort()
  for (const { addresses, failure } of await Promise.all(answers)) {
    expect(addresses).toEqual([])
    expect(failure).toContain('there was no answer in time')
  }
  expect(names.asked).toHaveLength(MOST_LOOKUPS)
})

test('an answer of one family counts where both together are not told in time', async () => {
  const many = Array.from({ length: 2_000 }, (_, index) => `198.18.${index >> 8}.${index & 255}`)
  using names = answerNames({ 'half.test': ['192.0.2.1'], 'many.test': many })
  names.silent = new Set(['half.test/0', 'half.test/6', 'many.test/0', 'many.test/6'])
  const lookups = createLookups()
  const controller = new AbortController()
  const answer = resolveName('half.test', 'auto', lookups, controller.signal)
  const tooMany = resolveName('many.test', 'auto', lookups, controller.signal)
  await sleep(3_200)
  controller.abort()
  expect(await answer).toEqual({
    addresses: ['192.0.2.1'],
    missing: 6,
    failure: 'the lookup of its IPv6 addresses failed: there was no answer in time',
  })
  expect(await tooMany).toEqual({ addresses: [], failure: 'it has 2000 addresses, more than 1024' })
})

test('half of the time limit is left for what has an address', async () => {
  using names = answerNames({})
  names.silent = new Set(['dead.test'])
  const policy =
    'version: 1\nscan: { ports: 1, identify: false, time-limit: 3s }\nhosts: { dead.test: [], 127.0.0.1: [] }'
  const root = await makeFolder({ '.github/port-policy.yml': policy })
  const began = performance.now()
  const { findings, hosts } = await run({}, { root, tree: folderTree(root), env: {}, signal: never })
  expect(performance.now() - began).toBeLessThan(4_000)
  expect(findings.map(({ id, endpoint }) => [id, endpoint])).toEqual([['unresolved-host', 'dead.test']])
  expect(hosts).toMatchObject([{ address: '127.0.0.1', ports: { closed: '1' } }])
})

test('what has an address is scanned while names are still looked up', async () => {
  using names = answerNames({})
  names.silent = new Set(['dead.test'])
  let seenAt = 0
  const server = createServer((socket) => {
    seenAt ||= performance.now()
    socket.on('error', () => {}).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const policy = `version: 1\nscan: { ports: ${port}, identify: false, time-limit: 9s }\nhosts: { dead.test: [], 127.0.0.1: [] }`
  const root = await makeFolder({ '.github/port-policy.yml': policy })
  const began = performance.now()
  await run({}, { root, tree: folderTree(root), env: {}, signal: never })
  server.close()
  // Names have until 4.5 s.
  expect(seenAt - began).toBeLessThan(4_000)
  expect(performance.now() - began).toBeGreaterThan(4_400)
})

describe('what is looked up', () => {
  const resolve = (name: string, ip: IpSelection, names: Record<string, string[]>, fails: number[] = []) => {
    const asked: string[] = []
    const lookUp = async (name: string, family: number) => {
      asked.push(`${name} ${family}`)
      if (fails.includes(family)) throw Object.assign(new Error(), { code: 'EAI_AGAIN' })
      const found = (names[name] ?? []).filter((address) => family === 0 || isIP(address) === family)
      if (found.length === 0) throw Object.assign(new Error(), { code: 'ENOTFOUND' })
      return found
    }
    return resolveName(name, ip, { lookUp }, never).then((found) => ({ ...found, asked }))
  }

  test('both families at once', async () => {
    const names = { 'a.test': ['192.0.2.1', '2001:db8::1'] }
    expect(await resolve('a.test', 'auto', names)).toEqual({
      addresses: names['a.test'],
      asked: ['a.test 0'],
    })
  })

  test('a family that the machine does not give is asked for, and its absence is no failure', async () => {
    expect(await resolve('a.test', 'auto', { 'a.test': ['192.0.2.1'] })).toEqual({
      addresses: ['192.0.2.1'],
      asked: ['a.test 0', 'a.test 6'],
    })
  })

  test('what the machine does not give at once is not scanned: /etc/hosts has the last word', async () => {
    const lookUp = async (_: string, family: number) => (family === 6 ? ['2001:db8::1'] : ['192.0.2.1'])
    expect(await resolveName('a.test', 'auto', { lookUp }, never)).toEqual({ addresses: ['192.0.2.1'] })
  })

  test('a family whose lookup fails is told in words', { timeout: 10_000 }, async () => {
    const { addresses, failure, missing } = await resolve('a.test', 'auto', { 'a.test': ['192.0.2.1'] }, [6])
    expect([addresses, missing]).toEqual([['192.0.2.1'], 6])
    expect(failure).toBe(
      'the lookup of its IPv6 addresses failed: the name server did not answer, or said that it failed',
    )
  })
})
