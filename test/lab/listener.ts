/**
 * A host's servers: takes connections and says nothing; prints `ready` when all of them listen. Arguments:
 * `address=port,port`.
 */
import { createServer } from 'node:net'

const places = process.argv.slice(2).flatMap((text) => {
  const [host = '', ports = ''] = text.split('=')
  return ports
    .split(',')
    .filter(Boolean)
    .map((port) => ({ host, port: Number(port) }))
})
await Promise.all(
  places.map(({ host, port }) => {
    const server = createServer((socket) => socket.on('error', () => {}).resume())
    return new Promise<void>((resolve, reject) =>
      server.once('error', reject).listen({ host, port, backlog: 4096 }, resolve),
    )
  }),
)
console.log('ready')
