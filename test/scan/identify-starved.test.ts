import { PassThrough } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { Identified } from '../../src/model.ts'
import { hear } from '../../src/scan/identify/connection.ts'
import { identifyPort } from '../../src/scan/identify/identify.ts'
import { waitPatiently } from '../../src/scan/identify/patience.ts'
import { dheServer } from '../fixtures/services/dhe.ts'
import { listen, type Service } from '../fixtures/services/listener.ts'
import { makeSlowChain } from '../fixtures/services/slow-chain.ts'
import { tlsServer } from '../fixtures/services/speakers.ts'

const never = new AbortController().signal

/** Keeps this thread from doing anything else. */
function standStill(ms: number): void {
  const until = performance.now() + ms
  while (performance.now() < until) {}
}

/** As PostgreSQL to strangers, so many milliseconds away: N to an SSLRequest, and it hangs up on all else. */
function distantPostgresql(ms: number): Service {
  return (socket) => {
    socket.on('data', (said) =>
      setTimeout(() => {
        if (said.toString('hex') === '0000000804d2162f') socket.write('N')
        else socket.end()
      }, ms),
    )
  }
}

/** The longest time in which this thread did nothing else while a task was under way, in milliseconds. */
async function longestPause(task: () => Promise<unknown>): Promise<number> {
  let last = performance.now()
  let longest = 0
  const timer = setInterval(() => {
    const now = performance.now()
    longest = Math.max(longest, now - last)
    last = now
  }, 5)
  await task()
  clearInterval(timer)
  return longest
}

describe('what one peer makes this thread compute', () => {
  test('no Diffie-Hellman over a modulus of 10,000 bits: it is seen to speak TLS', async () => {
    await using listener = await listen(dheServer(10_000))
    const found: (Identified | undefined)[] = []
    const target = { address: '127.0.0.1', port: listener.port, hint: 'https' }
    const ask = async () => void found.push(await identifyPort(target, never))
    const pause = await longestPause(() => Promise.all(Array.from({ length: 8 }, ask)))
    expect(found).toEqual(Array.from({ length: 8 }, () => ({ service: 'tls' })))
    // One such handshake takes 300 ms.
    expect(pause).toBeLessThan(250)
  })

  test('no chain of certificates that takes long to verify: it is worked through in a thread of its own', async () => {
    const chain = makeSlowChain(4, 880)
    const inside: Service = (socket) => void socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\n\r\n'))
    await using listener = await listen(tlsServer({ ...chain, ALPNProtocols: ['http/1.1'] }, inside))
    let found: (Identified | undefined)[] = []
    const target = { address: '127.0.0.1', port: listener.port, hint: 'https' }
    const ask = async () => void found.push(await identifyPort(target, never))
    let pause = Number.POSITIVE_INFINITY
    // A busy machine stands still for other reasons, too.
    for (let round = 0; round < 3 && pause > 200; round++) {
      found = []
      pause = Math.min(pause, await longestPause(() => Promise.all(Array.from({ length: 8 }, ask))))
    }
    expect(found.map((one) => [one?.service, one?.tls?.names.length])).toEqual(
      Array.from({ length: 8 }, () => ['https', 20]),
    )
    // One such handshake takes 100 ms, and they come together.
    expect(pause).toBeLessThan(200)
  }, 60_000)

  test('and who waits for that thread is let go when the time is over', async () => {
    await using listener = await listen(tlsServer(makeSlowChain(4, 880), () => {}))
    const target = { address: '127.0.0.1', port: listener.port, hint: 'https' }
    const begun = performance.now()
    expect((await identifyPort(target, AbortSignal.timeout(2_000)))?.service).toBe('tls')
    expect(performance.now() - begun).toBeLessThan(4_000)
  })

  test('is no silence of another', async () => {
    await using listener = await listen(distantPostgresql(300))
    const target = { address: '127.0.0.1', port: listener.port, hint: 'postgresql' }
    const found = identifyPort(target, never)
    for (let round = 0; round < 4; round++) {
      await sleep(300)
      standStill(1_500)
    }
    expect(await found).toEqual({ service: 'postgresql' })
  })
})

describe('waitPatiently', () => {
  test('adds what was lost, and reads first', async () => {
    const begun = performance.now()
    const waited = new Promise<number>((resolve) => {
      waitPatiently(200, () => resolve(performance.now() - begun))
    })
    await sleep(50)
    standStill(400)
    expect(await waited).toBeGreaterThan(550)
  })

  test('is as long as it says where nothing was lost, and is not called when it was cancelled', async () => {
    const begun = performance.now()
    let calls = 0
    const cancel = waitPatiently(20, () => calls++)
    cancel()
    cancel()
    await new Promise<void>((resolve) => waitPatiently(100, resolve))
    expect(performance.now() - begun).toBeGreaterThanOrEqual(99)
    expect(calls).toBe(0)
  })
})

describe('hear', () => {
  test('looks a few times at what comes byte by byte, and at all of it in the end', async () => {
    const stream = new PassThrough()
    let looks = 0
    const heard = hear(
      stream,
      1_000,
      (bytes) => {
        looks += 1
        return bytes.includes('!') ? { service: 'x' } : undefined
      },
      never,
    )
    for (let sent = 0; sent < 4_000; sent++) {
      stream.write('a')
      await new Promise((resolve) => setImmediate(resolve))
    }
    stream.end('!')
    const { bytes, recognised } = await heard
    expect(bytes.length).toBe(4_001)
    expect(recognised).toEqual({ service: 'x' })
    // 4,000 bytes are 19 times half as much again, then there are eight pauses and the end.
    expect(looks).toBeLessThanOrEqual(32)
  })
})
