/** The right services, slower than the patience of a first greeting: nothing wrong is there, and nothing is called so. */
import { expect, test } from 'vitest'
import { folderTree } from '../../src/repository/folder-tree.ts'
import { run } from '../../src/run.ts'
import { makeFolder } from '../e2e/bundle.ts'
import { makeCertificate } from '../fixtures/services/certificate.ts'
import { listen, type Service } from '../fixtures/services/listener.ts'
import { speaksLate, tlsServer } from '../fixtures/services/speakers.ts'

const PAGE = 'HTTP/1.1 200 OK\r\nServer: slow/1.0\r\nContent-Length: 2\r\n\r\nok'

/** Answers to a first word, a while later. */
function late(afterMs: number, answer: (said: Buffer) => string): Service {
  return (socket) => {
    socket.once('data', (said) => {
      const timer = setTimeout(() => socket.write(answer(said)), afterMs)
      socket.once('close', () => clearTimeout(timer))
    })
  }
}

/** Takes up TLS only after a while. */
function lateTls(afterMs: number): Service {
  const tls = tlsServer(makeCertificate(), (socket) => void socket.once('data', () => socket.end(PAGE)))
  return (socket) => {
    socket.pause()
    setTimeout(() => tls(socket), afterMs)
  }
}

const redis = (said: Buffer) =>
  said.toString() === 'PING\r\n' ? '+PONG\r\n' : "-ERR unknown command 'x'\r\n"

test.concurrent.each<[service: string, Service]>([
  ['redis', late(1_500, redis)],
  ['postgresql', late(1_500, () => 'N')],
  ['https', lateTls(2_500)],
  ['http', late(4_000, () => PAGE)],
  ['ssh', speaksLate('SSH-2.0-OpenSSH_9.2p1\r\n', 10_500)],
])(
  '%s that takes its time',
  async (service, slow) => {
    await using listener = await listen(slow)
    const { port } = listener
    const policy = `version: 1
scan: { ports: [${port}] }
hosts: { 127.0.0.1: [{ port: ${port}, service: ${service} }] }`
    const root = await makeFolder({ '.github/port-policy.yml': policy })
    const { signal } = new AbortController()
    const { hosts, verdict } = await run({}, { root, tree: folderTree(root), env: {}, signal })
    expect([verdict, hosts[0]?.ports.open[0]?.service]).toEqual(['pass', service])
  },
  90_000,
)

test.concurrent('what never tells is a doubt', async () => {
  await using listener = await listen((socket) => void socket.on('data', () => {}))
  const { port } = listener
  const policy = `version: 1
scan: { ports: [${port}] }
hosts: { 127.0.0.1: [{ port: ${port}, service: redis }] }`
  const root = await makeFolder({ '.github/port-policy.yml': policy })
  const { signal } = new AbortController()
  const { findings } = await run({}, { root, tree: folderTree(root), env: {}, signal })
  expect(findings.map(({ id }) => id)).toEqual(['unidentified-service'])
}, 90_000)
