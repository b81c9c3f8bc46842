import { createServer, type Server } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import type { HostResult } from '../../src/model.ts'
import { chooseDecoys } from '../../src/scan/phases/tarpit.ts'
import { SEED, scanPolicy } from './scan-policy.ts'

const servers: Server[] = []

afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

/** A server that takes connections and says nothing. */
async function listen(
  host = '127.0.0.1',
  port = 0,
  onConnection?: (server: Server) => void,
): Promise<number> {
  const server: Server = createServer((socket) => {
    socket.on('error', () => {}).resume()
    onConnection?.(server)
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve))
  servers.push(server)
  return (server.address() as { port: number }).port
}

/** A port that was free a moment ago. */
async function findClosed(): Promise<number> {
  const port = await listen()
  await new Promise((resolve) => servers.pop()?.close(resolve))
  return port
}

/** `open 22,80; closed 1-21 (conn-refused)`: all that is known of a host. */
function describeHost({ open, closed, filtered, unknown }: HostResult): string {
  const groups = { closed, filtered, unknown }
  const texts = Object.entries(groups).flatMap(([state, list]) =>
    list.map(({ ports, reason }) => {
      const ranges = ports.map(({ from, to }) => (from === to ? from : `${from}-${to}`)).join()
      return `${state} ${ranges} (${reason})`
    }),
  )
  return [...(open.length > 0 ? [`open ${open.map(({ port }) => port).join()}`] : []), ...texts].join('; ')
}

describe('states', () => {
  test('an open port is open and a closed one closed, each with its reason', async () => {
    const open = await listen()
    const closed = await findClosed()
    const { hosts, stopped } = await scanPolicy(
      `scan: { ports: [${open}, ${closed}], identify: false }\nhosts: { 127.0.0.1: [] }`,
    )
    expect(hosts.map(describeHost)).toEqual([`open ${open}; closed ${closed} (conn-refused)`])
    expect(hosts[0]?.open[0]).toMatchObject({ port: open, reason: 'syn-ack' })
    expect(stopped).toBeUndefined()
  })

  test('a listener that is gone at the second look is not accused where another still accepts', async () => {
    const stays = await listen('127.0.0.1')
    const port = await listen('127.0.0.1', 0, (server) => server.close())
    const { hosts } = await scanPolicy(
      `scan: { ports: [${stays}, ${port}], identify: false }\nhosts: { 127.0.0.1: [] }`,
    )
    expect(hosts.map(describeHost)).toEqual([`open ${stays}; closed ${port} (conn-refused)`])
  })

  test('a host whose only open port is gone at the second look has banned this machine, for all that is known', async () => {
    const port = await listen('127.0.0.1', 0, (server) => server.close())
    const { hosts } = await scanPolicy(`scan: { ports: ${port}, identify: false }\nhosts: { 127.0.0.1: [] }`)
    expect(hosts.map(describeHost)).toEqual([`open ${port}`])
    expect(hosts.map(({ changed }) => changed)).toEqual(['started-refusing'])
  })

  test('required is what the judge takes for it: no requirement that has expired is tried again', async () => {
    const port = await findClosed()
    const probesOf = async (entry: string) => {
      const hosts = `hosts: { 127.0.0.1: { require: [${entry}] } }`
      return (await scanPolicy(`scan: { ports: 1, identify: false }\n${hosts}`)).probes
    }
    const [live, expired] = [
      await probesOf(`${port}`),
      await probesOf(`{ port: ${port}, expires: 2020-01-01 }`),
    ]
    // Three patient tries, and twenty at once.
    expect(live - expired).toBe(23)
  })

  test('a required port that opens only after a while is found', async () => {
    const port = await findClosed()
    const later = sleep(1_300).then(() => listen('127.0.0.1', port))
    const { hosts } = await scanPolicy(
      `scan: { ports: 1, identify: false }\nhosts: { 127.0.0.1: { require: [${port}] } }`,
    )
    await later
    expect(hosts.map(describeHost)).toEqual([`open ${port}; closed 1 (conn-refused)`])
  })

  test('port 25 of a public host cannot be tested from a hosted runner, that of loopback can', async () => {
    const { hosts } = await scanPolicy('scan: { ports: 25 }\nhosts: { 127.0.0.1: [] }', {
      env: { RUNNER_ENVIRONMENT: 'github-hosted' },
    })
    expect(hosts.map(describeHost)).toEqual(['closed 25 (conn-refused)'])
  })
})

describe('stopping', () => {
  const SLOW = 'ports: "1-200", max-rate: 20'

  test('the time limit leaves the rest unknown and keeps what was seen', async () => {
    const { hosts, stopped } = await scanPolicy(`scan: { ${SLOW}, time-limit: 1s }\nhosts: { 127.0.0.1: [] }`)
    const [host] = hosts as [HostResult]
    expect(stopped).toBe('time-limit')
    expect(host.unknown.map(({ reason }) => reason)).toEqual(['time-limit'])
    expect(host.closed.length).toBe(1)
  })

  test('a signal does the same', async () => {
    const { hosts, stopped } = await scanPolicy(`scan: { ${SLOW} }\nhosts: { 127.0.0.1: [] }`, {
      signal: AbortSignal.timeout(500),
    })
    expect(stopped).toBe('aborted')
    expect(hosts[0]?.unknown.map(({ reason }) => reason)).toEqual(['aborted'])
    expect(hosts[0]?.closed.length).toBe(1)
  })

  test('a required port that could not be tried again is unknown and not missing', async () => {
    const { hosts } = await scanPolicy(
      'scan: { ports: 1, max-rate: 1, time-limit: 1500ms }\nhosts: { 127.0.0.1: { require: [1, 2, 3] } }',
    )
    expect(hosts[0]?.closed).toEqual([])
    expect(hosts[0]?.unknown).toEqual([{ ports: [{ from: 1, to: 3 }], reason: 'time-limit' }])
  })

  test('max-rate holds for greetings as well', async () => {
    const times: number[] = []
    const ports: number[] = []
    for (let count = 0; count < 12; count++) {
      const server = createServer((socket) => {
        times.push(performance.now())
        socket.on('error', () => {}).end('SSH-2.0-OpenSSH_9.9\r\n')
      })
      servers.push(server)
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      ports.push((server.address() as { port: number }).port)
    }
    const { hosts } = await scanPolicy(`scan: { ports: [${ports}], max-rate: 20 }\nhosts: { 127.0.0.1: [] }`)
    expect(hosts[0]?.open.map(({ service }) => service)).toEqual(ports.map(() => 'ssh'))
    // Found, open a second time, and greeted: all of the last at a pace of one in 50 ms.
    expect(times.length).toBeGreaterThanOrEqual(3 * ports.length)
    expect((times.at(-1) ?? 0) - (times.at(-ports.length) ?? 0)).toBeGreaterThanOrEqual(
      45 * (ports.length - 1),
    )
  })

  test('max-rate holds for the run and not for each host', async () => {
    const second = await findSecondAddress()
    const began = performance.now()
    await scanPolicy(`scan: { ports: "1-15", max-rate: 20 }\nhosts: { 127.0.0.1: [], "${second}": [] }`)
    expect(performance.now() - began).toBeGreaterThan(1_200)
  })
})

/** Another address of loopback: macOS has no 127.0.0.2, and not every machine has IPv6. */
async function findSecondAddress(): Promise<string> {
  for (const address of ['127.0.0.2', '::1']) {
    const isThere = await listen(address).then(
      () => true,
      () => false,
    )
    if (isThere) return address
  }
  throw new Error('this machine has one loopback address only')
}

describe('endpoints', () => {
  test('every address of a block is scanned, and one address of two endpoints is probed once', async () => {
    let connections = 0
    const port = await listen('127.0.0.1', 0, () => connections++)
    const { hosts } = await scanPolicy(`scan: { ports: ${port}, identify: false }
hosts: {}
environments:
  e: { endpoints: [127.0.0.0/31, 127.0.0.1] }`)
    const open = hosts.filter((host) => host.open.length > 0)
    expect(hosts.map(({ endpoint, address }) => `${endpoint} ${address}`)).toEqual([
      '127.0.0.0/31 127.0.0.0',
      '127.0.0.0/31 127.0.0.1',
      '127.0.0.1 127.0.0.1',
    ])
    expect(open.map(describeHost)).toEqual([`open ${port}`, `open ${port}`])
    // The probe, and its confirmation.
    expect(connections).toBe(2)
  })

  test('every address of a name is scanned', async () => {
    const port = await listen('127.0.0.1')
    const { hosts, unseen } = await scanPolicy(
      `scan: { ports: ${port}, identify: false }\nhosts: { localhost: [] }`,
    )
    expect(hosts.find(({ address }) => address === '127.0.0.1')?.open.length).toBe(1)
    const seen = [...hosts.map(({ address }) => address), ...unseen.map(({ address }) => address)]
    expect(new Set(seen).size).toBe(seen.length)
  })

  test('a name without an address is not seen', async () => {
    const { hosts, unseen } = await scanPolicy('scan: { time-limit: 5s }\nhosts: { portgate.invalid: [] }')
    expect(hosts).toEqual([])
    expect(unseen[0]).toMatchObject({ endpoint: 'portgate.invalid', kind: 'unresolved' })
  })

  test('a name that could not be looked up is one thing that is not seen, whatever the families', async () => {
    const { unseen } = await scanPolicy('scan: { time-limit: 1ms }\nhosts: { portgate.invalid: [] }')
    expect(unseen).toMatchObject([{ endpoint: 'portgate.invalid', kind: 'unresolved' }])
  })

  test('a canary that answers is proof of sight, and one that does not is none', async () => {
    const port = await listen()
    const closed = await findClosed()
    const tell = async (canary: number) =>
      (await scanPolicy(`scan: { ports: 1, canary: "127.0.0.1:${canary}" }\nhosts: { 127.0.0.1: [] }`))
        .canaries
    expect(await tell(port)).toMatchObject([{ port, outcome: { state: 'open' } }])
    expect(await tell(closed)).toMatchObject([{ port: closed, outcome: { state: 'closed' } }])
  })
})

describe('answers everywhere', () => {
  test('a host that accepts whatever is tried is told from one with many services', async () => {
    const ports: number[] = []
    for (let port = 52_000; ports.length < 120; port++) {
      ports.push(
        ...(await listen('127.0.0.1', port).then(
          () => [port],
          () => [],
        )),
      )
    }
    const before = servers.length
    for (const port of chooseDecoys(SEED)) await listen('127.0.0.1', port).catch(() => {})
    const tarpit = await scanPolicy(
      `scan: { ports: [${ports.join()}], identify: false }\nhosts: { 127.0.0.1: [] }`,
    )
    expect(tarpit.hosts[0]?.answersEverywhere).toBe(true)
    for (const server of servers.splice(before)) await new Promise((resolve) => server.close(resolve))
    const part = await scanPolicy(
      `scan: { ports: [${ports.join()}], identify: false }\nhosts: { 127.0.0.1: [] }`,
    )
    const range = { from: ports[0], to: ports.at(-1) }
    expect(part.hosts).toMatchObject([{ answersEverywhere: false, runs: [range] }])
    const few = ports.slice(0, 20).join()
    const busy = await scanPolicy(`scan: { ports: [${few}], identify: false }\nhosts: { 127.0.0.1: [] }`)
    expect(busy.hosts[0]?.answersEverywhere).toBe(false)
    expect(busy.hosts[0]?.open.length).toBe(20)
    expect(busy.hosts[0]?.runs).toBeUndefined()
    const refusing = await scanPolicy(
      `scan: { ports: ["1-300", ${ports.join()}], identify: false }\nhosts: { 127.0.0.1: [] }`,
    )
    expect(refusing.hosts[0]?.answersEverywhere).toBe(false)
    expect(refusing.hosts[0]?.open.length).toBeGreaterThanOrEqual(120)
  })
})

describe('what answers', () => {
  /** Listens and says something to whatever comes, or undefined where somebody else has the port. */
  async function speak(port: number, answer: (said: Buffer) => string | undefined, afterMs = 0) {
    const server = createServer((socket) => {
      socket.on('error', () => {})
      socket.on('data', (said) => setTimeout(() => socket.write(answer(said) ?? ''), afterMs))
    })
    return new Promise<number | undefined>((resolve) => {
      server.once('error', () => resolve(undefined))
      server.listen(port, '127.0.0.1', () => {
        servers.push(server)
        resolve((server.address() as { port: number }).port)
      })
    })
  }

  test('a Redis among ports that all accept and say nothing is seen to answer as itself', async () => {
    const ports: number[] = []
    for (let port = 53_000; ports.length < 120; port++) {
      const words = ports.length === 60 ? '+PONG\r\n' : undefined
      ports.push(...[await speak(port, () => words)].filter((port) => port !== undefined))
    }
    const redis = ports[60] as number
    for (const port of chooseDecoys(SEED)) await speak(port, () => undefined)
    const { hosts } = await scanPolicy(
      `scan: { ports: [${ports.join()}] }\nhosts: { 127.0.0.1: { deny: [${redis}] } }`,
    )
    expect(hosts[0]?.answersEverywhere).toBe(true)
    expect(hosts[0]?.open.filter(({ service }) => service)).toMatchObject([{ port: redis, service: 'redis' }])
    expect(hosts[0]?.decoys).toEqual([undefined])
  }, 40_000)

  test('a host with so many open ports that the time runs out does not keep another from being asked', async () => {
    const crowd = await Promise.all(Array.from({ length: 240 }, () => listen('127.0.0.2')))
    const redis = await listen('127.0.0.3')
    servers.at(-1)?.on('connection', (socket) => socket.on('data', () => socket.end('+PONG\r\n')))
    // The crowd takes 2.4 s to be probed, and as long to be confirmed.
    const { hosts, stopped } = await scanPolicy(
      `scan: { max-rate: 100, time-limit: 4500ms }\nhosts: {}\nenvironments: { e: { endpoints: [
        { host: 127.0.0.2, ports: [${crowd.join()}] }, { host: 127.0.0.3, ports: ${redis} }] } }`,
    )
    expect(hosts[1]?.open).toMatchObject([{ port: redis, service: 'redis' }])
    expect(hosts[0]?.cut?.length).toBeGreaterThan(100)
    expect(stopped).toBe('time-limit')
  })

  test('a long row of services is asked what each is', async () => {
    const ports: number[] = []
    for (let port = 54_000; ports.length < 90; port++) {
      ports.push(
        ...[await speak(port, () => '-NOAUTH Authentication required.\r\n')].filter(
          (port) => port !== undefined,
        ),
      )
    }
    const { hosts } = await scanPolicy(`scan: { ports: [${ports.join()}] }\nhosts: { 127.0.0.1: [] }`)
    expect(hosts[0]?.runs).toEqual([{ from: ports[0], to: ports.at(-1) }])
    expect(hosts[0]?.open.map(({ service }) => service)).toEqual(ports.map(() => 'redis'))
  }, 40_000)

  test('a service that the policy names is asked a second time, with more patience', async () => {
    const port = await speak(0, (said) => (said.readInt32BE(0) === 8 ? 'N' : undefined), 1_500)
    const named = `hosts: { 127.0.0.1: [{ port: ${port}, service: postgresql }] }`
    const serviceOn = () => 'postgresql'
    const [asked, unnamed] = await Promise.all(
      [named, 'hosts: { 127.0.0.1: [] }'].map((hosts) =>
        scanPolicy(`scan: { ports: ${port} }\n${hosts}`, { serviceOn }),
      ),
    )
    expect(asked?.hosts[0]?.open).toMatchObject([{ port, service: 'postgresql' }])
    expect(unnamed?.hosts[0]?.open[0]?.port).toBe(port)
    expect(unnamed?.hosts[0]?.open[0]?.service).toBeUndefined()
  }, 60_000)
})
