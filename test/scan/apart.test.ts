/** What one name, endpoint or host does to what is seen of another: nothing. */
import { createSecureContext } from 'node:tls'
import { describe, expect, test } from 'vitest'
import { type ReportJson, toReportJson } from '../../src/report/report-json.ts'
import { folderTree } from '../../src/repository/folder-tree.ts'
import { run } from '../../src/run.ts'
import { makeFolder } from '../e2e/bundle.ts'
import { makeCertificate } from '../fixtures/services/certificate.ts'
import { listen, type Service } from '../fixtures/services/listener.ts'
import {
  httpServer,
  politeTlsServer,
  speaksFirst,
  speaksLate,
  tlsServer,
} from '../fixtures/services/speakers.ts'
import { answerNames } from './names.ts'

async function check(policy: string): Promise<ReportJson> {
  const root = await makeFolder({ '.github/port-policy.yml': `version: 1\n${policy}` })
  const context = { root, tree: folderTree(root), env: {}, signal: new AbortController().signal }
  return toReportJson(await run({}, context))
}

/** `a.example.com 443 https`: what answered each endpoint on each open port. */
function listServices({ hosts }: ReportJson): string[] {
  return hosts.flatMap(({ endpoint, address, ports }) =>
    ports.open.map(({ service }) => `${endpoint === address ? address : endpoint} ${service}`),
  )
}

function listFindings({ findings }: ReportJson): string[] {
  return findings.map(({ id, endpoint }) => `${id} ${endpoint}`).sort()
}

const soon = new Date(Date.now() + 2 * 86_400_000).toISOString().replace(/[-:T]|\.\d+/g, '')
const ofA = makeCertificate({ commonName: 'a.example.com' })
const ofB = makeCertificate({ commonName: 'b.example.com', notAfter: soon })

/** Serves each name by its own certificate, and no other at all. */
function servesNames(names: Record<string, { cert: string; key: string }>, inside: Service): Service {
  const contexts = new Map(Object.entries(names).map(([name, made]) => [name, createSecureContext(made)]))
  return tlsServer(
    {
      SNICallback(name, done) {
        const context = contexts.get(name)
        if (context) done(null, context)
        else done(new Error('unknown name'))
      },
    },
    inside,
  )
}

const web = httpServer((request, response) => {
  response.end(request.headers.host?.startsWith('b.') ? '<title>Grafana</title>' : 'hello')
})

describe('two names on one address', () => {
  const both = { 'a.example.com': ['127.0.0.1'], 'b.example.com': ['127.0.0.1'] }

  test('each has its own certificate, and its own page', async () => {
    await using server = await listen(servesNames({ 'a.example.com': ofA, 'b.example.com': ofB }, web))
    using _names = answerNames(both)
    const { port } = server
    const report = await check(`scan: { ports: [${port}], ip: 4 }
hosts: { 127.0.0.0/8: [], a.example.com: [${port}], b.example.com: [${port}] }`)
    expect(report.hosts.map(({ endpoint, ports }) => [endpoint, ports.open[0]?.tls?.subject])).toEqual([
      ['a.example.com', 'a.example.com'],
      ['b.example.com', 'b.example.com'],
    ])
    expect(listServices(report)).toEqual(['a.example.com https', 'b.example.com grafana'])
    expect(listFindings(report)).toEqual(['certificate-expiring b.example.com'])
  })

  test('what hangs up on one is there for the other, in any order', async () => {
    await using server = await listen(servesNames({ 'b.example.com': ofB }, web))
    using _names = answerNames(both)
    const { port } = server
    const allow = `{ allow: [{ port: ${port}, service: grafana }] }`
    for (const hosts of [
      `{ 127.0.0.0/8: [], a.example.com: [${port}], b.example.com: ${allow} }`,
      `{ 127.0.0.0/8: [], b.example.com: ${allow}, a.example.com: [${port}] }`,
    ]) {
      const report = await check(`scan: { ports: [${port}], ip: 4 }\nhosts: ${hosts}`)
      expect(listServices(report).sort()).toEqual(['a.example.com undefined', 'b.example.com grafana'])
      expect(listFindings(report)).toEqual(['certificate-expiring b.example.com'])
    }
  })

  test('an address is asked by itself, whatever names lead there', async () => {
    await using server = await listen(web)
    using _names = answerNames(both)
    const { port } = server
    const report = await check(`scan: { ports: [${port}], ip: 4 }
hosts: { b.example.com: [${port}], 127.0.0.1: [${port}] }`)
    expect(listServices(report).sort()).toEqual(['127.0.0.1 http', 'b.example.com grafana'])
  })

  test('what does not know names is asked once', async () => {
    await using server = await listen(speaksFirst('SSH-2.0-x\r\n'))
    using _names = answerNames(both)
    const { port } = server
    const named = `{ port: ${port}, service: ssh }`
    const report = await check(`scan: { ports: [${port}], ip: 4 }
hosts: { a.example.com: [${named}], b.example.com: [${named}], 127.0.0.1: [${named}] }`)
    expect(listServices(report)).toEqual(['a.example.com ssh', 'b.example.com ssh', '127.0.0.1 ssh'])
    // The probe, its confirmation, and one greeting.
    expect(server.connections).toBeLessThanOrEqual(3)
  })

  test('many names on a port that says nothing cost a bounded number of connections, never two at a time', async () => {
    let open = 0
    let most = 0
    await using server = await listen((socket) => {
      most = Math.max(most, ++open)
      socket.on('data', () => socket.end()).once('close', () => open--)
    })
    const names = Array.from({ length: 40 }, (_, index) => `n${index}.example.com`)
    using _names = answerNames(Object.fromEntries(names.map((name) => [name, ['127.0.0.1']])))
    const { port } = server
    const report = await check(`scan: { ports: [${port}], ip: 4 }
hosts: { 127.0.0.0/8: [], ${names.map((name) => `${name}: [{ port: ${port}, service: https }]`).join(', ')} }`)
    expect(new Set(report.findings.map(({ id }) => id))).toEqual(new Set(['unidentified-service']))
    expect(report.findings).toHaveLength(40)
    expect(report.findings.at(-1)?.message).toContain('too many other names')
    // The next may come before the last has gone for good.
    expect(most).toBeLessThanOrEqual(2)
    // 22 for the first name, three for each of seven others, and as many for the second tries.
    expect(server.connections).toBeLessThan(75)
  }, 60_000)
})

test('names do not add connections to what speaks first and is late', async () => {
  await using server = await listen(speaksLate('SSH-2.0-x\r\n', 8_000))
  const names = ['a.example.com', 'b.example.com', 'c.example.com', 'd.example.com']
  using _names = answerNames(Object.fromEntries(names.map((name) => [name, ['127.0.0.1']])))
  const { port } = server
  const report = await check(`scan: { ports: [${port}], ip: 4 }
hosts: { 127.0.0.0/8: [], ${names.map((name) => `${name}: [{ port: ${port}, service: ssh }]`).join(', ')} }`)
  expect(listServices(report)).toEqual(names.map((name) => `${name} ssh`))
  // The probe, its confirmation, seven tries of one that is silent, and the second.
  expect(server.connections).toBeLessThan(14)
}, 60_000)

describe.concurrent('an allowance of one host', () => {
  /** Answers PING inside TLS, and nothing else. */
  const shyRedis = tlsServer(ofA, (socket) => {
    socket.on('data', (said) => void (String(said) === 'PING\r\n' && socket.write('+PONG\r\n')))
  })

  test('does not decide how another is asked, nor what is found inside TLS', async () => {
    await using server = await listen(shyRedis)
    const { port } = server
    const narrowed = [`[{ port: ${port}, service: redis }]`, `[${port}]`, `[{ port: ${port}, service: ftp }]`]
    const reports = await Promise.all(
      narrowed.map((allow) =>
        check(`scan: { ports: [${port}] }\nhosts: { 127.0.0.1: [${port}], 127.0.0.2: ${allow} }`),
      ),
    )
    expect(reports.map(listServices)).toEqual([['127.0.0.1 redis'], ['127.0.0.1 redis'], ['127.0.0.1 redis']])
  }, 60_000)

  test('nor does that of its own: only the order follows from it', async () => {
    await using server = await listen(shyRedis)
    const { port } = server
    const named = ['redis', 'ftp', 'mqtt', 'https']
    const reports = await Promise.all(
      named.map((service) =>
        check(`scan: { ports: [${port}] }\nhosts: { 127.0.0.1: [{ port: ${port}, service: ${service} }] }`),
      ),
    )
    expect(reports.map(listServices)).toEqual(named.map(() => ['127.0.0.1 redis']))
  }, 60_000)
})

test.concurrent('TLS that a long way swallows, and a refusal in HTTP that it lets through, accuse nobody', async () => {
  const stalls: Service = (socket) => void socket.on('data', () => {})
  await using server = await listen(politeTlsServer(stalls))
  const { port } = server
  const report = await check(`scan: { ports: [${port}] }
hosts: { 127.0.0.1: [{ port: ${port}, service: https }] }`)
  expect(listFindings(report)).toEqual(['unidentified-service 127.0.0.1'])
}, 60_000)
