import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Identified } from '../../src/model.ts'
import { alternativeNames, attribute } from '../../src/scan/identify/certificate.ts'
import { identifyPort } from '../../src/scan/identify/identify.ts'
import { recognise } from '../../src/scan/identify/protocols/index.ts'
import { makeCertificate } from '../fixtures/services/certificate.ts'
import { type Listener, listen, type Service } from '../fixtures/services/listener.ts'
import { answers, httpServer, mysqlHandshake, speaksFirst, tlsServer } from '../fixtures/services/speakers.ts'

const ESCAPES = '\x1b[31m\x07\x00\x9b'
const COMMAND = '::error::pwned'

/** Writes as long as somebody reads: first the beginning, then the chunk again and again. */
function pours(beginning: string | Buffer, chunk: string | Buffer, first: 'speaks' | 'answers'): Service {
  return (socket) => {
    const pour = () => {
      while (!socket.destroyed && socket.write(chunk)) {}
    }
    socket.on('drain', pour)
    socket.once('close', () => {
      mostSent = Math.max(mostSent, socket.bytesWritten - socket.writableLength)
    })
    const begin = () => {
      socket.write(beginning)
      pour()
    }
    socket.on('data', () => {})
    if (first === 'speaks') begin()
    else socket.once('data', begin)
  }
}

/** More than what the buffers of both ends of a loopback connection hold (tcp(7): 6 MiB and 4 MiB), in bytes. */
const BUFFERS = 16 * 1024 * 1024

/** The most that one connection has sent, of all servers that write as long as somebody reads. */
let mostSent = 0

/** Writes one byte a second. */
function drips(text: string): Service {
  return async (socket) => {
    socket.on('data', () => {})
    for (const byte of text) {
      if (socket.destroyed) return
      socket.write(byte)
      await sleep(1_000)
    }
  }
}

/** Answers a request at once, with a body that comes in pieces and never ends. */
function dripsBody(headers: string, piece: string): Service {
  return (socket) =>
    void socket.once('data', async () => {
      socket.write(`HTTP/1.1 200 OK\r\n${headers}\r\n`)
      while (!socket.destroyed) {
        socket.write(piece)
        await sleep(50)
      }
    })
}

const page = httpServer((_request, response) => response.end())
const namesOf = (count: number) => Array.from({ length: count }, (_, n) => `DNS:host-${n}.example.com`)
const odd = makeCertificate({
  commonName: `a\n${COMMAND}\n${ESCAPES}`,
  names: [
    'DNS:good.example\0.bad.example',
    'DNS:one.example, DNS:two.example',
    'DNS:"three.example"',
    `DNS:\r\n${COMMAND}`,
    `DNS:${'a'.repeat(5_000)}`,
    'IP:0a',
    'DNS:last.example',
  ],
})

/** TLS 1.2 (RFC 5246, 7.4.1.3), TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, and secure renegotiation. */
const SERVER_HELLO = Buffer.from(
  `1603030031 0200002d 0303 ${'07'.repeat(32)} 00 c02f 00 0005 ff01000100`.replaceAll(' ', ''),
  'hex',
)

const CASES: { name: string; service: Service; hint?: string; is: Identified }[] = [
  { name: 'a banner without end', service: pours('', Buffer.alloc(65_536, 'A'), 'speaks'), is: {} },
  { name: 'NULs without end', service: pours('', Buffer.alloc(65_536), 'answers'), is: {} },
  { name: 'lines without end', service: pours('', 'wait\r\n'.repeat(1_000), 'speaks'), is: {} },
  { name: 'one byte a second', service: drips('SSH-2.0-OpenSSH_9.2p1\r\n'), is: {} },
  {
    name: 'an SSH version that is not whole',
    service: speaksFirst('SSH-2.0-Open'),
    is: { service: 'ssh' },
  },
  {
    name: 'an SSH version of escape sequences and a workflow command',
    service: speaksFirst(Buffer.from(`SSH-2.0-${ESCAPES}${COMMAND}\r\n`, 'latin1')),
    is: { service: 'ssh', product: '?[31m???::error::pwned' },
  },
  {
    name: 'an SSH version of 250 characters',
    service: speaksFirst(`SSH-2.0-${'x'.repeat(250)}\r\n`),
    is: { service: 'ssh', product: 'x'.repeat(80) },
  },
  {
    name: 'an SSH version behind 16 KiB of other lines',
    service: speaksFirst(`${'line\r\n'.repeat(3_000)}SSH-2.0-x\r\n`),
    is: {},
  },
  {
    name: 'a MySQL version of 1,000 characters',
    service: speaksFirst(mysqlHandshake('8'.repeat(1_000))),
    is: {},
  },
  {
    name: 'a MySQL version of escape sequences',
    service: speaksFirst(mysqlHandshake('8\x1b[2J\n::error::')),
    is: { service: 'mysql', product: '8?[2J?::error::' },
  },
  { name: 'a MySQL packet that says it is empty', service: speaksFirst(Buffer.alloc(64)), is: {} },
  {
    name: 'a status line without end',
    service: pours('HTTP/1.1 200 ', 'A'.repeat(9_999), 'answers'),
    is: { service: 'http' },
  },
  {
    name: 'headers without end',
    service: pours('HTTP/1.1 200 OK\r\n', 'X-Bomb: 1\r\n'.repeat(1_000), 'answers'),
    is: { service: 'http' },
  },
  {
    name: 'a Server header behind 16 KiB of others',
    service: answers(`HTTP/1.1 200 OK\r\n${'X-Bomb: 1\r\n'.repeat(2_000)}Server: late\r\n\r\n`),
    is: { service: 'http' },
  },
  {
    name: 'a Server header in the page',
    service: answers('HTTP/1.1 200 OK\r\nX: y\r\n\r\n\nServer: page\r\n'),
    is: { service: 'http' },
  },
  {
    name: 'a Server header of escape sequences',
    service: answers(
      Buffer.from(`HTTP/1.1 200 OK\r\nServer: ${COMMAND}${ESCAPES}${'x'.repeat(9_000)}\r\n\r\n`, 'latin1'),
    ),
    is: { service: 'http', product: `::error::pwned?[31m???${'x'.repeat(58)}` },
  },
  {
    name: 'a Server header that is not whole',
    service: answers('HTTP/1.1 200 OK\r\nServer: ngi'),
    hint: 'http',
    is: { service: 'http' },
  },
  {
    name: 'a banner of 10 MB',
    service: speaksFirst(Buffer.alloc(10_000_000, 'SSH?')),
    is: {},
  },
  {
    name: 'a redirect to itself',
    service: (socket) =>
      void socket.once('data', () =>
        socket.end(`HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:${socket.localPort}/\r\n\r\n`),
      ),
    is: { service: 'http' },
  },
  {
    name: 'a Server header that would command, and a title that would run',
    service: answers(
      Buffer.from(
        'HTTP/1.1 200 OK\r\nServer: ::set-output name=x::\u202egnp.exe\r\n\r\n<title></td><script>x</script></title>',
      ),
      true,
    ),
    is: { service: 'http', product: '::set-output name=x::???gnp.exe' },
  },
  {
    name: 'a certificate with 2,000 names',
    service: tlsServer(makeCertificate({ names: namesOf(2_000) }), page),
    is: {
      service: 'https',
      tls: {
        protocol: 'TLSv1.3',
        names: namesOf(20).map((name) => name.slice(4)),
        validTo: '2099-12-31T23:59:59.000Z',
      },
    },
  },
  {
    name: 'a certificate with 10,000 names',
    service: tlsServer(makeCertificate({ names: namesOf(10_000) }), page),
    is: { service: 'tls' },
  },
  {
    name: 'a certificate with odd names',
    service: tlsServer(odd, page),
    is: {
      service: 'https',
      tls: {
        protocol: 'TLSv1.3',
        subject: 'a?::error::pwned??[31m???',
        issuer: 'a?::error::pwned??[31m???',
        names: [
          'good.example?.bad.example',
          'one.example, DNS:two.example',
          '"three.example"',
          COMMAND,
          'a'.repeat(253),
          'last.example',
        ],
        validTo: '2099-12-31T23:59:59.000Z',
      },
    },
  },
  {
    name: 'a certificate on a curve that has no NIST name',
    service: tlsServer(makeCertificate({ commonName: 'x', curve: 'brainpoolP256r1' }), page),
    is: {
      service: 'https',
      tls: { protocol: 'TLSv1.3', subject: 'x', issuer: 'x', names: [], validTo: '2099-12-31T23:59:59.000Z' },
    },
  },
  {
    name: 'a certificate with an impossible date',
    service: tlsServer(makeCertificate({ commonName: 'x', notAfter: '20269931235959Z' }), page),
    is: { service: 'https', tls: { protocol: 'TLSv1.3', subject: 'x', issuer: 'x', names: [] } },
  },
  {
    name: 'a ServerHello and noise without end',
    service: pours(Buffer.from('160303ffff0200fffb0303', 'hex'), Buffer.alloc(65_536, 7), 'answers'),
    is: { service: 'tls' },
  },
  ...Object.entries({
    HelloRequests: '160303000400000000',
    'empty records': '1603030000',
    'empty records of data': '1703030000',
    warnings: '15030300020100',
    'changes of cipher': '140303000101',
    'letters of messages': '16030300010b',
  }).map(([what, record]) => ({
    name: `a ServerHello and ${what} without end`,
    service: pours(SERVER_HELLO, Buffer.from(record.repeat(4_000), 'hex'), 'answers'),
    is: { service: 'tls' },
  })),
  {
    name: 'a body that drips without end',
    service: dripsBody('Server: slow\r\n', 'x'),
    is: { service: 'http', product: 'slow' },
  },
  {
    name: 'a body in chunks that drip without end',
    service: dripsBody('Transfer-Encoding: chunked\r\n', '1\r\nx\r\n'),
    is: { service: 'http' },
  },
  {
    name: 'a body that drips and is said to be long',
    service: dripsBody('Content-Length: 100000000\r\n', 'x'),
    is: { service: 'http' },
  },
  {
    name: 'interim answers without end',
    service: pours('HTTP/1.1 100 Continue\r\n\r\n', 'HTTP/1.1 100 Continue\r\n\r\n'.repeat(1_000), 'answers'),
    is: { service: 'http' },
  },
  {
    name: 'headers without end inside TLS',
    service: tlsServer(
      makeCertificate({ commonName: 'x' }),
      pours('HTTP/1.1 200 OK\r\n', 'X-Bomb: 1\r\n'.repeat(1_000), 'answers'),
    ),
    is: {
      service: 'https',
      tls: { protocol: 'TLSv1.3', subject: 'x', issuer: 'x', names: [], validTo: '2099-12-31T23:59:59.000Z' },
    },
  },
]

describe('identifyPort, of a hostile port', () => {
  const seen = new Map<string, { found: Identified; listener: Listener; tookMs: number }>()

  beforeAll(async () => {
    const run = async ({ name, service, hint }: (typeof CASES)[number]) => {
      await using listener = await listen(service)
      const begun = Date.now()
      const target = { address: '127.0.0.1', port: listener.port, hint }
      const found = (await identifyPort(target, new AbortController().signal)) ?? {}
      const tookMs = Date.now() - begun
      await listener.idle()
      seen.set(name, { found, listener, tookMs })
    }
    await Promise.all(CASES.map(run))
  }, 30_000)

  it.each(CASES)('$name', ({ name, is }) => {
    const { found, listener, tookMs } = seen.get(name) ?? expect.fail('did not run')
    expect({ ...found, http: undefined }).toEqual(is)
    expect(JSON.stringify(found)).toMatch(/^[\x20-\x7e]*$/)
    expect(listener.connections).toBeLessThanOrEqual(22)
    expect(tookMs).toBeLessThan(10_000)
  })
})

it('reads no more of what never ends than it keeps', () => {
  expect(mostSent).toBeGreaterThan(16_384)
  expect(mostSent).toBeLessThan(BUFFERS)
})

it.each([
  ['HTTP/1.1 200 OK\r\n', 'Server: Microsoft-HTTPAPI/2.0\n'],
  ['HTTP/1.1 200 OK\r\n', 'X-Powered-By: Servlet/\r'],
  ['HTTP/1.1 200 OK\r\n', 'Content-Length: 111111111 \n'],
  ['HTTP/1.1 200 OK\r\n\r\n', '<title'],
  ['HTTP/1.1 200 OK\r\n\r\n{"Platform":{"Name":"","', '"ApiVersion"'],
  ['220 ', 'SMTP '],
  ['', '220-a\n'],
  ['', '\nSSH-1.1'],
])('looks quickly at %j and 16 KiB of %j', (beginning, unit) => {
  const heard = Buffer.from((beginning + unit.repeat(16_384)).slice(0, 16_384), 'latin1')
  const begun = process.threadCpuUsage()
  for (let look = 0; look < 10; look++) recognise(heard)
  const { user, system } = process.threadCpuUsage(begun)
  // Microseconds of the processor, whoever else wants it. They take 30 ms at most; a pattern that began at each header took 250 ms.
  expect(user + system).toBeLessThan(120_000)
})

describe('alternativeNames', () => {
  it.each<[string, string[]]>([
    ['', []],
    ['DNS:a.example, IP Address:10.0.0.1', ['a.example', '10.0.0.1']],
    ['IP Address:2001:DB8:0:0:0:0:0:1', ['2001:db8::1']],
    ['IP Address:999.1.1.1, DNS:b', ['b']],
    ['IP Address:fe80::1%eth0, IP Address:fe80::1%25x, DNS:b', ['b']],
    ['URI:http://c.example/, email:me@example.com, DNS:c', ['c']],
    ['DNS:"a, DNS:b", DNS:c', ['a, DNS:b', 'c']],
    [String.raw`DNS:"a\u0000\"b", DNS:c`, ['a?"b', 'c']],
    [String.raw`DNS:"a\x", DNS:c`, [String.raw`"a\x"`, 'c']],
    ['DNS:"never closed, DNS:c', ['"never closed', 'c']],
    ['DNS:, DNS: , DNS:c', ['c']],
    [', DNS:c', []],
    ['no colon, DNS:c', []],
  ])('of %j', (text, names) => {
    expect(alternativeNames(text)).toEqual(names)
  })

  it('reads no further than 20 names', () => {
    expect(alternativeNames('DNS:a, '.repeat(1_000_000))).toHaveLength(20)
  })
})

describe('attribute', () => {
  it.each<[string | undefined, string | undefined]>([
    ['CN=a.example', 'a.example'],
    ['C=DE\nO=CN\\=no\nCN=first\nCN=second', 'first'],
    [String.raw`O=org \+ CN=x + CN=a\, b\+c=d\0A CN=evil \"q\" \\`, 'a, b+c=d? CN=evil "q" \\'],
    ['1.2.3.4=x\nCN=\u202egpj', '?gpj'],
    ['CN=', undefined],
    ['O=x', undefined],
    [undefined, undefined],
  ])('CN of %j', (name, value) => {
    expect(attribute(name, 'CN')).toBe(value)
  })
})

it('leaves no timer, no socket and no warning behind, many at a time', async () => {
  await using listener = await listen(tlsServer(makeCertificate(), page))
  const before = process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length
  const warnings: Error[] = []
  const note = (warning: Error) => void warnings.push(warning)
  process.on('warning', note)
  const { signal } = new AbortController()
  const target = { address: '127.0.0.1', port: listener.port }
  const found = await Promise.all(Array.from({ length: 40 }, () => identifyPort(target, signal)))
  await listener.idle()
  await sleep(50)
  process.off('warning', note)
  expect(found.every((one) => one?.service === 'https')).toBe(true)
  expect(warnings).toEqual([])
  expect(process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length).toBeLessThan(
    before + 10,
  )
})
