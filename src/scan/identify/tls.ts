import { constants } from 'node:crypto'
import { isIP, type Socket } from 'node:net'
import { Duplex } from 'node:stream'
import { connect, createSecureContext, type SecureContext, type TLSSocket } from 'node:tls'
import { type Heard, happens, hear, ignore, type Recognise } from './connection.ts'
import type { Effort, Target } from './protocols/protocol.ts'

/** How long the first byte of the answer to a ClientHello may take, in milliseconds. */
const PATIENCE_MS = 1_200

/** How long the whole handshake may take, in milliseconds. */
const HANDSHAKE_MS = 3_000

/**
 * Most bytes that are taken from one TLS connection, several times the largest chains of certificates in use; and so many of
 * them in the thread that listens to everybody else. A chain that is made to be slow to verify takes 200 ms by its keys, and
 * 1.2 s by a thousand names and name constraints in each certificate, if it has all these bytes (Node 24, AMD EPYC): the time
 * grows with their square, so that it takes less than 100 ms if it has a quarter. A chain in use has 3 to 6 KiB.
 */
const MOST_BYTES = 65_536
const MOST_BYTES_HERE = 16_384

/** What the server has sent takes about 5 ms to work through: from here on it counts as expensive, in milliseconds. */
const DEAR_MS = 50

/** How much expensive work a host may cause, in milliseconds. After that its TLS is seen and no longer worked through. */
const MOST_DEAR_MS = 1_000

/**
 * The handshake is there to see what a server is and not to trust it, so old servers are to be seen as well:
 * TLS 1.0, weak ciphers and keys, no secure renegotiation (RFC 5746). No secret is ever sent.
 *
 * What makes this machine compute is left out: Diffie-Hellman over a modulus of the server's choice (10,000 bits take
 * half a second) or of 8,192 bits, and handshakes without end on one connection. A server that offers nothing else
 * refuses, and is seen to speak TLS. Nobody is trusted, so that no roots are loaded.
 */
let context: SecureContext | undefined

function getContext(): SecureContext {
  context ??= createSecureContext({
    ca: [],
    minVersion: 'TLSv1',
    ciphers: 'DEFAULT:!kDHE@SECLEVEL=0',
    ecdhCurve: 'X25519:P-256:X448:P-384:P-521',
    secureOptions: constants.SSL_OP_LEGACY_SERVER_CONNECT | constants.SSL_OP_NO_RENEGOTIATION,
  })
  return context
}

/**
 * Starts TLS on a connection that was silent so far, and listens to the answer as it comes on the wire. So a server
 * that speaks TLS but refuses this handshake is still seen to speak TLS, and what speaks something else is heard.
 *
 * @param use called once TLS stands
 * @returns what was heard on the wire, what `use` returned, and whether it took more bytes than are worked through here
 */
export async function withTls<T>(
  socket: Socket,
  target: Target,
  recognise: Recognise,
  signal: AbortSignal,
  use: (secure: TLSSocket) => Promise<T>,
): Promise<{ heard: Heard; used?: T; isLarge: boolean }> {
  const { serverName, patience = 1 } = target
  // SNI has no addresses (RFC 6066, section 3).
  const servername = serverName !== undefined && isIP(serverName) === 0 ? serverName : undefined
  let hasStood = false
  let isLarge = false
  const leaveBytes = (length: number) => {
    isLarge ||= !hasStood && !target.isAside && length > MOST_BYTES_HERE
    return isLarge ? 0 : MOST_BYTES
  }
  const secure = connect({
    secureContext: getContext(),
    rejectUnauthorized: false,
    ALPNProtocols: ['http/1.1'],
    servername,
    socket: tunnelThrough(socket, leaveBytes, target.effort),
  })
  secure.on('error', ignore)
  secure.once('secureConnect', () => {
    hasStood = true
  })
  try {
    const secured = happens(secure, 'secureConnect', HANDSHAKE_MS * patience, signal)
    const heard = await hear(socket, PATIENCE_MS * patience, recognise, signal)
    if (heard.recognised?.service !== 'tls') return { heard, isLarge }
    socket.resume()
    const used = (await secured) ? await use(secure) : undefined
    return { heard, ...(used === undefined ? {} : { used }), isLarge }
  } finally {
    secure.destroy()
  }
}

/**
 * A stream for node:tls to work on, so that others can listen to the socket too, and the bytes and what they cost can
 * be counted.
 *
 * @param leaveBytes how many bytes may be worked through in all, where so many have come
 */
function tunnelThrough(
  socket: Socket,
  leaveBytes: (length: number) => number,
  effort: Effort = { dearMs: 0 },
): Duplex {
  const tunnel = new Duplex({
    read: ignore,
    write: (chunk, _encoding, done) => socket.write(chunk, done),
  })
  tunnel.on('error', ignore)
  let length = 0
  socket.on('data', (chunk) => {
    const before = length
    length += chunk.length
    const left = leaveBytes(length) - before
    if (left <= 0 || effort.dearMs > MOST_DEAR_MS) tunnel.destroy()
    else if (!tunnel.destroyed) work(chunk.subarray(0, left))
  })
  socket.once('close', () => tunnel.destroy())
  return tunnel

  /** OpenSSL works through what is pushed before `push` returns. */
  function work(chunk: Buffer): void {
    const begun = performance.now()
    tunnel.push(chunk)
    const took = performance.now() - begun
    if (took > DEAR_MS) effort.dearMs += took
  }
}
