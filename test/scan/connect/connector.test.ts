import { readdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { platform } from 'node:process'
import { describe, expect, test } from 'vitest'
import type { Outcome } from '../../../src/model.ts'
import type { Connect } from '../../../src/scan/connect/connector.ts'
import { createConnector } from '../../../src/scan/connect/index.ts'
import { connectSocket } from '../../../src/scan/connect/net-socket.ts'

const ways: [string, Connect][] = [
  ['by a socket', connectSocket],
  ['by a handle', createConnector(64).connect],
]

const probe = (start: Connect, address: string, port: number) =>
  new Promise<Outcome | undefined>((resolve) => start(address, port, resolve))

/** A port that listens while something is done. */
async function withServer<T>(address: string, use: (port: number) => Promise<T>): Promise<T> {
  const server = createServer((socket) => socket.on('error', () => {}))
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, address, resolve))
  try {
    return await use((server.address() as { port: number }).port)
  } finally {
    server.close()
  }
}

describe.each(ways)('a probe %s', (_name, start) => {
  test('open', async () => {
    expect(await withServer('127.0.0.1', (port) => probe(start, '127.0.0.1', port))).toEqual({
      state: 'open',
      reason: 'syn-ack',
    })
  })

  test('closed', async () => {
    const port = await withServer('127.0.0.1', async (port) => port)
    expect(await probe(start, '127.0.0.1', port)).toEqual({ state: 'closed', reason: 'conn-refused' })
  })

  test('a port that this machine may not send to is unknown, and says why', async () => {
    // 255.255.255.255 is a broadcast address: connect(2) refuses at once.
    expect(await probe(start, '255.255.255.255', 80)).toMatchObject({ state: 'unknown' })
  })

  test('once cancelled it says nothing', async () => {
    await withServer('127.0.0.1', async (port) => {
      let told = 0
      start('127.0.0.1', port, () => (told += 1)).cancel()
      await probe(start, '127.0.0.1', port)
      expect(told).toBe(0)
    })
  })
})

describe.each(ways)('one probe after another %s', (_name, start) => {
  const hosts = [
    '127.0.0.1',
    '127.0.0.2',
    '::1',
    '::ffff:127.0.0.1',
    '0:0:0:0:0:FFFF:7f00:1',
    '::1',
    '127.0.0.1',
  ]
  const usable = hosts.filter((host) => platform === 'linux' || host === '127.0.0.1')

  test('what refused one says nothing of the next, whatever the family', async () => {
    const seen: string[] = []
    for (const host of usable) {
      const closed = await withServer(host, async (port) => port)
      const first = await probe(start, host, closed)
      const second = await withServer(host, (port) => probe(start, host, port))
      const third = await probe(start, host, closed)
      seen.push([first, second, third].map((outcome) => outcome?.state).join(' '))
    }
    expect(seen).toEqual(usable.map(() => 'closed open closed'))
  })

  test('many at a time, in any order', async () => {
    await withServer('127.0.0.1', async (port) => {
      const ports = Array.from({ length: 300 }, (_, index) => (index % 3 === 0 ? port : 1 + (index % 7)))
      for (let round = 0; round < 3; round++) {
        const outcomes = await Promise.all(ports.map((one) => probe(start, '127.0.0.1', one)))
        expect(outcomes.map((outcome) => outcome?.state)).toEqual(
          ports.map((one) => (one === port ? 'open' : 'closed')),
        )
      }
    })
  })
})

describe.runIf(platform === 'linux')('the sockets that a connector keeps', () => {
  const count = () => readdirSync('/proc/self/fd').length
  const refuse = (start: Connect, host: string) =>
    Promise.all(Array.from({ length: 100 }, (_, index) => probe(start, host, 1 + (index % 7))))

  test('are no more than it may keep, whatever the address, and none when they are let go', async () => {
    const before = count()
    const { connect: start, releasePool } = createConnector(30)
    for (const host of ['127.0.0.1', '::1', '::ffff:127.0.0.1', '127.0.0.1']) {
      await refuse(start, host)
      expect(count()).toBeLessThanOrEqual(before + 30)
      expect(count()).toBeGreaterThan(before + 20)
    }
    releasePool()
    expect(count()).toBeLessThanOrEqual(before)
  })
})
