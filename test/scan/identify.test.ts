import type { IncomingMessage, ServerResponse } from 'node:http'
import { createSecureContext } from 'node:tls'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Identified } from '../../src/model.ts'
import { identifyPort } from '../../src/scan/identify/identify.ts'
import { makeCertificate } from '../fixtures/services/certificate.ts'
import { type Listener, listen, type Service } from '../fixtures/services/listener.ts'
import {
  answers,
  hangsUp,
  httpServer,
  mysqlHandshake,
  mysqlRefusal,
  politeTlsServer,
  redisServer,
  speaksFirst,
  speaksLate,
  tlsServer,
} from '../fixtures/services/speakers.ts'

const never = new AbortController().signal

const certificate = makeCertificate({
  commonName: 'www.example.com',
  organisation: 'Example',
  names: ['DNS:www.example.com', 'DNS:*.example.com', 'IP:0a000001', `IP:20010db8${'0'.repeat(23)}1`],
})
const shown = {
  subject: 'www.example.com',
  issuer: 'www.example.com',
  names: ['www.example.com', '*.example.com', '10.0.0.1', '2001:db8::1'],
  validTo: '2099-12-31T23:59:59.000Z',
}
const tls13 = { ...shown, protocol: 'TLSv1.3' }
const tls12 = { ...shown, protocol: 'TLSv1.2' }
const withAlpn = { ...certificate, ALPNProtocols: ['http/1.1'] }

let attacks = 0
const redis = redisServer(() => attacks++)
const web = httpServer((_request, response) => response.setHeader('Server', 'Example/1.0').end('hello'))
const silence: Service = (socket) => void socket.on('data', () => {})
const fatalAlert = Buffer.from('15030100020228', 'hex')

interface Case {
  name: string
  service: Service
  /** Undefined, and each of these, have to lead to the same. */
  hints?: string[]
  is: Identified
}

const CASES: Case[] = [
  // SSH: RFC 4253, section 4.2.
  {
    name: 'SSH',
    service: speaksFirst('SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u10\r\n'),
    hints: ['http', 'https', 'redis'],
    is: { service: 'ssh', product: 'OpenSSH_9.2p1' },
  },
  {
    name: 'SSH after other lines, ended by LF only',
    service: speaksFirst('Authorised use only\r\nSSH is here\r\nSSH-1.99-Cisco-1.25\n'),
    is: { service: 'ssh', product: 'Cisco-1.25' },
  },
  {
    name: 'SSH that is late',
    service: speaksLate('SSH-2.0-late\r\n', 1_000),
    hints: ['ssh'],
    is: { service: 'ssh', product: 'late' },
  },
  // MySQL and MariaDB.
  {
    name: 'MySQL',
    service: speaksFirst(mysqlHandshake('8.0.36')),
    hints: ['http', 'redis'],
    is: { service: 'mysql', product: '8.0.36' },
  },
  {
    name: 'MariaDB before 11',
    service: speaksFirst(mysqlHandshake('5.5.5-10.11.6-MariaDB-1')),
    is: { service: 'mysql', product: '10.11.6-MariaDB-1' },
  },
  {
    name: 'MySQL 5.5.5',
    service: speaksFirst(mysqlHandshake('5.5.5-m3')),
    is: { service: 'mysql', product: '5.5.5-m3' },
  },
  {
    name: 'MySQL that looks up our name first',
    service: speaksLate(mysqlHandshake('8.4.0'), 1_000),
    hints: ['mysql'],
    is: { service: 'mysql', product: '8.4.0' },
  },
  ...[1040, 1129, 1130].map((code) => ({
    name: `MySQL that refuses with ${code}`,
    service: speaksFirst(mysqlRefusal(code, 'Host is blocked because of many connection errors')),
    is: { service: 'mysql' },
  })),
  // Redis.
  { name: 'Redis', service: redis, hints: ['redis', 'http', 'https'], is: { service: 'redis' } },
  {
    name: 'Redis with a password',
    service: redisServer(() => attacks++, '-NOAUTH Authentication required.\r\n'),
    hints: ['redis', 'http'],
    is: { service: 'redis' },
  },
  {
    name: 'Redis in protected mode',
    service: hangsUp('-DENIED Redis is running in protected mode because\r\n'),
    is: { service: 'redis' },
  },
  {
    name: 'Redis inside TLS',
    service: tlsServer(certificate, redis),
    hints: ['redis', 'http'],
    is: { service: 'redis', tls: tls13 },
  },
  // HTTP.
  {
    name: 'HTTP',
    service: web,
    hints: ['http', 'https', 'redis'],
    is: { service: 'http', product: 'Example/1.0' },
  },
  {
    name: 'HTTP without a name',
    service: httpServer((_, response) => response.end()),
    is: { service: 'http' },
  },
  {
    name: 'HTTP 400 to everything',
    service: answers('HTTP/1.0 400 Bad Request\r\n\r\n', true),
    hints: ['http'],
    is: { service: 'http' },
  },
  {
    name: 'HTTP with a line of SSH in its page',
    service: httpServer((_, response) =>
      response.setHeader('Server', 'docs').end('\nSSH-2.0-OpenSSH_9.2p1\r\n'),
    ),
    hints: ['http'],
    is: { service: 'http', product: 'docs' },
  },
  // TLS.
  {
    name: 'HTTPS',
    service: tlsServer(certificate, web),
    hints: ['https', 'http', 'redis'],
    is: { service: 'https', product: 'Example/1.0', tls: tls13 },
  },
  {
    name: 'HTTPS that agrees on it by ALPN',
    service: tlsServer({ ...withAlpn, maxVersion: 'TLSv1.2' }, web),
    is: { service: 'https', product: 'Example/1.0', tls: tls12 },
  },
  {
    name: 'HTTPS that says 400 to plain HTTP',
    service: politeTlsServer(tlsServer(certificate, web)),
    hints: ['http', 'redis'],
    is: { service: 'https', product: 'Example/1.0', tls: tls13 },
  },
  {
    name: 'HTTPS that wants a client certificate',
    service: tlsServer({ ...withAlpn, requestCert: true }, web),
    is: { service: 'https', tls: tls13 },
  },
  {
    name: 'HTTPS of old',
    service: tlsServer(
      { ...certificate, minVersion: 'TLSv1', maxVersion: 'TLSv1', ciphers: 'ALL:@SECLEVEL=0' },
      web,
    ),
    is: { service: 'https', product: 'Example/1.0', tls: { ...shown, protocol: 'TLSv1' } },
  },
  ...['system:node:worker-1', 'worker-1@1785369600'].map((commonName) => ({
    name: `a kubelet, ${commonName}`,
    service: tlsServer(
      makeCertificate({ commonName, issuer: 'worker-1-ca@1785369599' }),
      httpServer((_, response) => response.writeHead(401).end('Unauthorized')),
    ),
    is: {
      service: 'kubelet',
      tls: {
        protocol: 'TLSv1.3',
        subject: commonName,
        issuer: 'worker-1-ca@1785369599',
        names: [],
        validTo: '2099-12-31T23:59:59.000Z',
      },
    },
  })),
  {
    name: 'TLS with silence inside',
    service: tlsServer(certificate, silence),
    is: { service: 'tls', tls: tls13 },
  },
  {
    name: 'TLS with an unknown banner inside',
    service: tlsServer(certificate, speaksFirst('hello, who is there?\r\n')),
    is: { service: 'tls', tls: tls13 },
  },
  {
    name: 'IMAP inside TLS',
    service: tlsServer(certificate, speaksFirst('* OK ready\r\n')),
    is: { service: 'imaps', product: 'ready', tls: tls13 },
  },
  {
    name: 'TLS that breaks off the handshake for want of a client certificate',
    service: tlsServer({ ...certificate, requestCert: true, maxVersion: 'TLSv1.2' }, web),
    is: { service: 'tls' },
  },
  {
    name: 'TLS that refuses with an alert',
    service: answers(fatalAlert, true),
    hints: ['http', 'redis'],
    is: { service: 'tls' },
  },
  // None of these.
  { name: 'silence', service: silence, hints: ['postgresql'], is: {} },
  { name: 'an echo', service: (socket) => void socket.pipe(socket), hints: ['http', 'redis'], is: {} },
  {
    name: 'HTML without a status line',
    service: answers('<html><title>400 Bad Request</title></html>', true),
    hints: ['http'],
    is: {},
  },
  { name: 'an FTP banner', service: speaksFirst('220 ready\r\n'), is: {} },
  { name: 'a NATS banner', service: speaksFirst('INFO {"server_id":"x"}\r\n'), is: {} },
  {
    name: 'an error in the words of POP3',
    service: answers('-ERR Unknown command.\r\n'),
    hints: ['redis'],
    is: {},
  },
  { name: 'a server that hangs up at once', service: hangsUp(), is: {} },
  {
    name: 'a server that hangs up on strangers',
    service: (socket) => void socket.once('data', () => socket.destroy()),
    hints: ['redis'],
    is: {},
  },
  {
    name: 'a server that says at last that it is HTTP and has no page',
    service: (socket) =>
      void socket.once('data', (first) =>
        socket.end(first[0] === 4 ? 'HTTP/1.1 404 Not Found\r\n\r\n404 page not found\n' : ''),
      ),
    hints: ['redis'],
    is: { service: 'http' },
  },
  { name: 'a server of unknown words', service: answers('what?\r\n'), is: {} },
  {
    name: 'SSH that has enough of us',
    service: hangsUp('Exceeded MaxStartups\r\n'),
    is: { service: 'ssh' },
  },
]

describe('identifyPort', () => {
  const runs = CASES.flatMap(({ name, service, hints = [], is }) =>
    [undefined, ...hints].map((hint) => ({ name: hint ? `${name}, hint ${hint}` : name, service, hint, is })),
  )
  const seen = new Map<string, { found: Identified; listener: Listener }>()

  beforeAll(async () => {
    const run = async ({ name, service, hint }: (typeof runs)[number]) => {
      await using listener = await listen(service)
      const found = (await identifyPort({ address: '127.0.0.1', port: listener.port, hint }, never)) ?? {}
      await listener.idle()
      seen.set(name, { found, listener })
    }
    await Promise.all(runs.map(run))
  }, 30_000)

  it.each(runs)('$name', ({ name, is }) => {
    const { found, listener } = seen.get(name) ?? expect.fail('did not run')
    expect({ ...found, http: undefined }).toEqual(is)
    expect(listener.connections).toBeLessThanOrEqual(22)
  })

  it.each([
    'SSH',
    'SSH that is late, hint ssh',
    'SSH that has enough of us',
    'MySQL',
    'MySQL that refuses with 1129',
    'MySQL that looks up our name first, hint mysql',
    'an FTP banner',
    'a server that hangs up at once',
  ])('connects once and sends nothing where the server speaks first: %s', (name) => {
    expect(seen.get(name)?.listener).toMatchObject({ connections: 1, received: '' })
  })

  it.each(['MySQL that looks up our name first', 'Redis inside TLS', 'HTTPS'])(
    'connects once where the first greeting tells all: %s',
    (name) => {
      expect(seen.get(name)?.listener.connections).toBe(1)
    },
  )

  // What an answer of nobody known, silence and hanging up leave possible: docs/identify.md has the same numbers.
  it.each([
    ['HTTP', 2],
    ['Redis, hint redis', 1],
    ['silence', 6],
    ['silence, hint postgresql', 7],
    ['a server of unknown words', 6],
    ['a server that hangs up on strangers', 21],
    ['a server that hangs up on strangers, hint redis', 22],
  ])('connects no more often than it has to: %s', (name, most) => {
    expect(seen.get(name)?.listener.connections).toBe(most)
  })

  it('never sends a Redis what it takes for an attack', () => {
    expect(attacks).toBe(0)
  })
})

describe.concurrent('the name of the server', () => {
  const echoHost = (request: IncomingMessage, response: ServerResponse) =>
    response.setHeader('Server', `${request.headers.host} ${request.headers['user-agent']}`).end()

  it('is the Host of the request', async () => {
    await using listener = await listen(httpServer(echoHost))
    const { port } = listener
    const target = { address: '127.0.0.1', port, serverName: 'www.example.com', hint: 'http' }
    expect((await identifyPort(target, never))?.product).toBe(`www.example.com:${port} portgate`)
  })

  it('is the address where there is no name, in brackets for IPv6', async (context) => {
    const listener = await listen(httpServer(echoHost), '::1').catch(() => context.skip())
    await using listening = listener
    const { port } = listening
    expect((await identifyPort({ address: '::1', port, hint: 'http' }, never))?.product).toBe(
      `[::1]:${port} portgate`,
    )
  })

  it('is asked for by SNI, unless it is an address', async () => {
    const named = makeCertificate({ commonName: 'named' })
    const asked: string[] = []
    const byName = tlsServer(
      {
        ...withAlpn,
        SNICallback(name, done) {
          asked.push(name)
          done(null, createSecureContext(named))
        },
      },
      web,
    )
    await using listener = await listen(byName)
    const ask = (serverName: string) =>
      identifyPort({ address: '127.0.0.1', port: listener.port, serverName }, never)
    expect((await ask('named.example'))?.tls?.subject).toBe('named')
    expect((await ask('192.0.2.1'))?.tls?.subject).toBe('www.example.com')
    expect(asked).toEqual(['named.example'])
  })
})

describe.concurrent('an end from outside', () => {
  it('stops at once, with all connections closed', async () => {
    await using listener = await listen(silence)
    const stop = new AbortController()
    setTimeout(() => stop.abort(), 100)
    const begun = Date.now()
    expect(await identifyPort({ address: '127.0.0.1', port: listener.port }, stop.signal)).toEqual({})
    await listener.idle()
    expect(Date.now() - begun).toBeLessThan(2_000)
    expect(listener.connections).toBe(1)
  })

  it('keeps what is known', async () => {
    const stop = new AbortController()
    // A TLS server: it is known once the handshake stands, while the page inside is still awaited.
    await using listener = await listen(
      tlsServer(withAlpn, (socket) => void socket.on('data', () => stop.abort())),
    )
    const found = await identifyPort({ address: '127.0.0.1', port: listener.port }, stop.signal)
    expect(found).toEqual({ service: 'https', tls: tls13 })
  })

  it('asks nothing when it came before', async () => {
    await using listener = await listen(silence)
    expect(await identifyPort({ address: '127.0.0.1', port: listener.port }, AbortSignal.abort())).toEqual({})
    expect(listener.connections).toBe(0)
  })
})

it('finds nothing on a port that is closed by now, and never rejects', async () => {
  const listener = await listen(silence)
  await listener[Symbol.asyncDispose]()
  expect(await identifyPort({ address: '127.0.0.1', port: listener.port }, never)).toBeUndefined()
  expect(await identifyPort({ address: '127.0.0.1', port: 70_000 }, never)).toEqual({})
})
