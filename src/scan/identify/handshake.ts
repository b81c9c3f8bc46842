import { constants } from 'node:crypto'
import { isIP, type Socket } from 'node:net'
import { Duplex } from 'node:stream'
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls'
import { type Heard, happens, hear, ignore, type Recognise } from './connection.ts'
import type { Target } from './protocols/protocol.ts'

/** How long the first byte of the answer to a ClientHello may take, in milliseconds. */
const PATIENCE_MS = 1_200

/** How long the whole handshake may take, in milliseconds. */
const HANDSHAKE_MS = 3_000

/** Most bytes that are taken from one TLS connection. OpenSSL refuses certificate chains of more than 100 KiB. */
const MOST_BYTES = 131_072

/**
 * The handshake is there to see what a server is and not to trust it, so old servers are to be seen as well:
 * TLS 1.0, weak ciphers and keys, no secure renegotiation (RFC 5746). No secret is ever sent.
 */
const OPTIONS: ConnectionOptions = {
  rejectUnauthorized: false,
  minVersion: 'TLSv1',
  ciphers: 'DEFAULT@SECLEVEL=0',
  secureOptions: constants.SSL_OP_LEGACY_SERVER_CONNECT,
  ALPNProtocols: ['http/1.1'],
}

/**
 * Starts TLS on a connection that was silent so far, and listens to the answer as it comes on the wire. So a server
 * that speaks TLS but refuses this handshake is still seen to speak TLS, and what speaks something else is heard.
 *
 * @param use called once TLS stands
 * @returns what was heard on the wire, and what `use` returned
 */
export async function withTls<T>(
  socket: Socket,
  target: Target,
  recognise: Recognise,
  signal: AbortSignal,
  use: (secure: TLSSocket) => Promise<T>,
): Promise<{ heard: Heard; used?: T }> {
  const { serverName } = target
  // SNI has no addresses (RFC 6066, section 3).
  const servername = serverName !== undefined && isIP(serverName) === 0 ? serverName : undefined
  const secure = connect({ ...OPTIONS, servername, socket: tunnelThrough(socket) })
  secure.on('error', ignore)
  try {
    const secured = happens(secure, 'secureConnect', HANDSHAKE_MS, signal)
    const heard = await hear(socket, PATIENCE_MS, recognise, signal)
    if (heard.recognised?.service !== 'tls') return { heard }
    socket.resume()
    return (await secured) ? { heard, used: await use(secure) } : { heard }
  } finally {
    secure.destroy()
  }
}

/** A stream for node:tls to work on, so that others can listen to the socket too and the bytes can be counted. */
function tunnelThrough(socket: Socket): Duplex {
  const tunnel = new Duplex({
    read: ignore,
    write: (chunk, _encoding, done) => socket.write(chunk, done),
  })
  tunnel.on('error', ignore)
  let length = 0
  socket.on('data', (chunk) => {
    length += chunk.length
    if (length > MOST_BYTES) tunnel.destroy()
    else if (!tunnel.destroyed) tunnel.push(chunk)
  })
  socket.once('close', () => tunnel.destroy())
  return tunnel
}
