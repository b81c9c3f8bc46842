import { createServer } from 'node:net'
import { describe, expect, test } from 'vitest'
import type { Outcome } from '../../src/model.ts'
import { loadTcpHandles } from '../../src/scan/handle.ts'
import type { StartProbe } from '../../src/scan/probe.ts'
import { startSocketProbe } from '../../src/scan/socket.ts'

const ways: [string, StartProbe][] = [
  ['by a socket', startSocketProbe],
  ['by a handle', loadTcpHandles() ?? startSocketProbe],
]

const probe = (start: StartProbe, address: string, port: number) =>
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
