import type { Protocol } from './protocol.ts'

const ALERT = 21
const HANDSHAKE = 22
const SERVER_HELLO = 2

/**
 * A TLS record of a server (RFC 8446, section 5.1; RFC 5246, section 6.2.1): type, version 3.x, length; then a
 * ServerHello, or an alert of two bytes of which the first is warning or fatal. A ClientHello that is echoed is not
 * one.
 */
export const tls: Protocol = {
  service: 'tls',
  recognise(heard) {
    if (heard.length < 7 || heard[1] !== 3 || (heard[2] ?? 0) > 4) return undefined
    if (heard[0] === HANDSHAKE) return heard[5] === SERVER_HELLO ? {} : undefined
    const alert = heard[0] === ALERT && heard.readUInt16BE(3) === 2 && (heard[5] === 1 || heard[5] === 2)
    return alert ? {} : undefined
  },
  greeting: 'handshake',
}
