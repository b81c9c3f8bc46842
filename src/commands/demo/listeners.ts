import { createServer as createHttpServer } from 'node:http'
import { createServer, type Server, type Socket } from 'node:net'

/** What a listener does with a connection. */
type Service = (socket: Socket) => void

/** A server, its port, and how to close it. */
export interface Listener {
  port: number
  close(): Promise<void>
}

/** A web server, as a policy would allow it. */
export function listenHttp(address: string): Promise<Listener> {
  return listen(
    createHttpServer((_request, response) => response.end('It works.\n')),
    address,
  )
}

/** A server that accepts and then acts as the service does. */
export function listenAs(service: Service, address: string, port?: number): Promise<Listener> {
  return listen(createServer(service), address, port)
}

/** Reads inline commands as Redis does, knows PING and refuses everything else. */
export const redis: Service = (socket) => {
  socket.on('data', (chunk) => {
    for (const line of chunk.toString('latin1').split('\n').slice(0, -1)) {
      const command = line.trim().split(' ')[0] ?? ''
      const isPing = command.toUpperCase() === 'PING'
      socket.write(isPing ? '+PONG\r\n' : `-ERR unknown command '${command}', with args beginning with: \r\n`)
    }
  })
}

/** Speaks first, as MySQL does (client/server protocol, "Protocol::HandshakeV10"). */
export const mysql: Service = (socket) => {
  const payload = Buffer.concat([
    Buffer.from('\x0a8.4.0-demo\0'),
    Buffer.from([1, 0, 0, 0]), // thread id
    Buffer.from('saltsalt\0'),
    Buffer.from([0xff, 0xff, 0xff, 2, 0, 0xff, 0xdf, 21]), // capabilities, character set, status, length of the salt
    Buffer.alloc(10),
    Buffer.from('saltsaltsalt\0caching_sha2_password\0'),
  ])
  socket.resume().write(Buffer.concat([Buffer.from([payload.length, 0, 0, 0]), payload]))
}

/** The line that an SSH server begins with (RFC 4253, 4.2). */
export const ssh: Service = (socket) => {
  socket.resume().write('SSH-2.0-OpenSSH_9.9 demo\r\n')
}

/** Takes every connection and says nothing. */
export const tarpit: Service = (socket) => {
  socket.resume()
}

function listen(server: Server, address: string, port = 0): Promise<Listener> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
  })
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      for (const socket of sockets) socket.destroy()
    })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, address, () => {
      const bound = server.address()
      resolve({ port: typeof bound === 'object' && bound ? bound.port : port, close })
    })
  })
}
