/**
 * A host's servers; prints `ready` when all of them listen. Arguments, as JSON: the ports to listen on by address, and
 * what is spoken on some of them. The others take connections and say nothing.
 */
import { createServer } from 'node:net'
import { makeCertificate } from '../fixtures/services/certificate.ts'
import type { Service } from '../fixtures/services/listener.ts'
import { httpServer, speaksFirst, tlsServer } from '../fixtures/services/speakers.ts'
import type { Spoken } from './lab.ts'

const [listeners, speaks] = process.argv.slice(2).map((text) => JSON.parse(text)) as [
  Record<string, number[]>,
  Record<number, Spoken>,
]

const web = httpServer((_, response) =>
  response.setHeader('Server', 'nginx/1.22.1').end('<title>Welcome</title>'),
)
const services: Record<Spoken, () => Service> = {
  ssh: () => speaksFirst('SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n'),
  http: () => web,
  https: () => tlsServer(makeCertificate({ names: ['DNS:www.example.com'] }), web),
}

const places = Object.entries(listeners).flatMap(([host, ports]) => ports.map((port) => ({ host, port })))
await Promise.all(
  places.map(({ host, port }) => {
    const spoken = speaks[port]
    const serve = spoken ? services[spoken]() : undefined
    const server = createServer((socket) => {
      socket.on('error', () => {})
      if (serve) serve(socket)
      else socket.resume()
    })
    return new Promise<void>((resolve, reject) =>
      server.once('error', reject).listen({ host, port, backlog: 4096 }, resolve),
    )
  }),
)
console.log('ready')
