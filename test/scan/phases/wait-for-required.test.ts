import { createServer, type Server } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import type { Report, Waited } from '../../../src/model.ts'
import type { Options } from '../../../src/prepare/options.ts'
import { folderTree } from '../../../src/repository/folder-tree.ts'
import { run } from '../../../src/run.ts'
import type { Progress } from '../../../src/scan/context.ts'
import { makeFolder } from '../../e2e/bundle.ts'
import { answerNames } from '../names.ts'

const servers: Server[] = []

afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

/** A listener on loopback that counts who comes. */
async function listen(port = 0): Promise<{ port: number; seen: number }> {
  const listening = { port, seen: 0 }
  const server = createServer((socket) => {
    listening.seen += 1
    socket.on('error', () => {}).resume()
  })
  await new Promise<void>((resolve, reject) =>
    server.once('error', reject).listen(port, '127.0.0.1', resolve),
  )
  servers.push(server)
  listening.port = (server.address() as { port: number }).port
  return listening
}

/** A port that was free a moment ago. */
async function findClosed(): Promise<number> {
  const { port } = await listen()
  await new Promise((resolve) => servers.pop()?.close(resolve))
  return port
}

async function check(
  hosts: string,
  options: Options,
  {
    signal = new AbortController().signal,
    onWaited = () => {},
  }: { signal?: AbortSignal; onWaited?(): void } = {},
): Promise<Report & { told: Waited[]; phases: Progress[] }> {
  const policy = `version: 1\nscan: { ports: 1, identify: ${hosts.includes('service')} }\nhosts: ${hosts}`
  const root = await makeFolder({ '.github/port-policy.yml': policy })
  const told: Waited[] = []
  const phases: Progress[] = []
  const report = await run(options, {
    root,
    tree: folderTree(root),
    env: {},
    signal,
    onProgress: (progress) => phases.push(progress),
    onWaited: (waited) => {
      told.push(waited)
      onWaited()
    },
  })
  return { ...report, told, phases }
}

test('a port that opens after a while is waited for, and then the scan begins', async () => {
  const port = await findClosed()
  const later = sleep(1_500).then(() => listen(port))
  const { verdict, waited, told, phases } = await check(`{ 127.0.0.1: { require: [${port}] } }`, {
    wait: '1m',
  })
  await later
  expect([verdict, waited]).toEqual(['pass', { ms: expect.any(Number), required: 1, missing: 0 }])
  expect(waited?.ms).toBeGreaterThan(1_000)
  expect(told).toEqual([waited])
  expect(phases.slice(0, 2)).toMatchObject([
    { phase: 'waiting for required ports', done: 0, total: 1 },
    { phase: 'waiting for required ports' },
  ])
})

test('a name that gets its address late is looked up again', async () => {
  const { port } = await listen()
  using names = answerNames({ 'pr-1.example.com': [] })
  const later = sleep(1_500).then(() => {
    names.addresses['pr-1.example.com'] = ['127.0.0.1']
  })
  const report = await check(`{ 127.0.0.0/8: [], "*.example.com": { require: [${port}] } }`, {
    endpoints: ['pr-1.example.com'],
    wait: '1m',
  })
  await later
  expect([report.verdict, report.waited]).toMatchObject(['pass', { required: 1, missing: 0 }])
})

/** Accepts from the first moment, and hangs up as long as there is nothing behind it. */
async function publish(readyAfterMs: number): Promise<{ port: number; seen: number }> {
  const began = performance.now()
  const published = { port: 0, seen: 0 }
  const server = createServer((socket) => {
    published.seen += 1
    socket.on('error', () => {})
    if (performance.now() - began < readyAfterMs) socket.resetAndDestroy()
    else socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  servers.push(server)
  published.port = (server.address() as { port: number }).port
  return published
}

test('where the policy names the service, a proxy that accepts and hangs up is not it', async () => {
  const { port } = await publish(2_500)
  const { verdict, waited } = await check(`{ 127.0.0.1: { require: [{ port: ${port}, service: http }] } }`, {
    wait: '1m',
  })
  expect([verdict, waited]).toMatchObject(['pass', { required: 1, missing: 0 }])
  expect(waited?.ms).toBeGreaterThan(2_400)
}, 30_000)

test('the same where one entry requires the port and another names the service', async () => {
  const { port } = await publish(2_500)
  const { verdict, waited } = await check(
    `{ 127.0.0.1: { require: [${port}], allow: [{ port: ${port}, service: http }] } }`,
    { wait: '1m' },
  )
  expect([verdict, waited?.missing]).toEqual(['pass', 0])
  expect(waited?.ms).toBeGreaterThan(2_400)
}, 30_000)

test('without a service, an open port is enough', async () => {
  const { port } = await publish(60_000)
  const { waited } = await check(`{ 127.0.0.1: { require: [${port}] } }`, { wait: '1m' })
  expect(waited).toMatchObject({ required: 1, missing: 0 })
})

test('a service that does not come is missing, and not asked all the time', async () => {
  const published = await publish(60_000)
  let seen = 0
  const { waited } = await check(
    `{ 127.0.0.1: { require: [{ port: ${published.port}, service: http }] } }`,
    { wait: '4s' },
    { onWaited: () => (seen = published.seen) },
  )
  expect(waited).toMatchObject({ required: 1, missing: 1 })
  expect(seen).toBeLessThan(12)
}, 60_000)

test('what has been open is left alone while the rest is waited for', async () => {
  const first = await listen()
  const port = await findClosed()
  const later = sleep(2_800).then(() => listen(port))
  let seen = 0
  const report = await check(
    `{ 127.0.0.1: { require: [${first.port}, ${port}] } }`,
    { wait: '1m' },
    { onWaited: () => (seen = first.seen) },
  )
  await later
  expect([report.verdict, report.waited]).toMatchObject(['pass', { required: 2, missing: 0 }])
  expect(seen).toBe(1)
})

test('when the time is over the scan goes on, and says what is missing', async () => {
  const { port } = await listen()
  const closed = await findClosed()
  const report = await check(`{ 127.0.0.1: { require: [${port}, ${closed}] } }`, { wait: '1s' })
  expect([report.verdict, report.waited]).toMatchObject(['fail', { required: 2, missing: 1 }])
  expect(report.findings).toMatchObject([{ id: 'required-port-not-open', port: closed }])
})

test('a name that never gets an address counts with its ports', async () => {
  using names = answerNames({ 'h.example.com': [] })
  const report = await check('{ h.example.com: { require: [80, 443] } }', { wait: '1500ms' })
  expect([report.verdict, report.waited]).toMatchObject(['inconclusive', { required: 2, missing: 2 }])
  // Once for each of two looks a second apart, and for the scan: nothing is pestered.
  expect(names.asked.length).toBeLessThanOrEqual(6)
})

describe('nothing is waited for', () => {
  test.each([
    ['where nothing is required', (port: number) => `{ 127.0.0.1: [${port}] }`],
    [
      'where the requirement has expired',
      (port: number) => `{ 127.0.0.1: { require: [{ port: ${port}, expires: 2020-01-01 }] } }`,
    ],
    [
      'where it is for another address',
      (port: number) => `{ h.example.com: [], 10.0.0.0/8: { require: [${port}] } }`,
    ],
  ])('%s', async (_, hosts) => {
    using _names = answerNames({ 'h.example.com': ['127.0.0.1'] })
    const report = await check(hosts(await findClosed()), { wait: '24h' })
    expect(report.waited).toMatchObject({ required: 0, missing: 0 })
  })

  test('where the address may not be probed, and nothing is sent to it', async () => {
    const listening = await listen()
    using _names = answerNames({ 'h.example.com': ['127.0.0.1'] })
    const hosts = `{ h.example.com: { require: [${listening.port}] } }`
    const report = await check(hosts, { wait: '24h', scope: ['10.0.0.0/8'] })
    expect([report.verdict, report.waited, listening.seen]).toMatchObject([
      'inconclusive',
      { required: 0 },
      0,
    ])
  })

  test('where nobody asked for it', async () => {
    const { port } = await listen()
    const report = await check(`{ 127.0.0.1: { require: [${port}] } }`, {})
    expect([report.verdict, report.waited, report.told]).toEqual(['pass', undefined, []])
  })
})

test('a cancelled job waits no longer', async () => {
  const closed = await findClosed()
  const hosts = `{ 127.0.0.1: { require: [${closed}] } }`
  const report = await check(hosts, { wait: '24h' }, { signal: AbortSignal.timeout(300) })
  expect([report.verdict, report.waited]).toMatchObject(['inconclusive', { required: 1, missing: 1 }])
  expect(report.findings).toMatchObject([{ id: 'incomplete-scan', reason: 'aborted' }])
})

test.each([
  ['90', 'wait: `90` is not a duration (with its unit: `90s`, `90m`)'],
  ['2d', 'wait: `2d` is not a duration'],
  ['25h', 'wait: `25h` is more than 24 hours'],
  ['0s', 'wait: `0s` is zero'],
])('a wait of %s is refused', async (wait, said) => {
  await expect(check('{ 127.0.0.1: [] }', { wait })).rejects.toThrow(said)
})
