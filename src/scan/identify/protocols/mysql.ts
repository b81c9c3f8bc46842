import type { Protocol, Recognition } from './protocol.ts'

/** Payload length (3 bytes, little-endian) and sequence number, before every packet. */
const HEADER = 4

const HANDSHAKE_V10 = 10
const ERR = 0xff

/** The longest server version that is believed, in bytes; real ones have up to about 60. */
const LONGEST_VERSION = 200

/**
 * Errors that a server may send in place of its handshake: 1040 too many connections, 1042 and 1043 bad host and bad
 * handshake, 1129 host blocked, 1130 host not allowed, 1158 to 1161 network errors (MySQL Server Error Reference).
 */
const REFUSALS = new Set([1040, 1042, 1043, 1129, 1130, 1158, 1159, 1160, 1161])

/**
 * MySQL and MariaDB. The server speaks first, and nothing is ever sent to it. A connection that ends before the
 * login is done counts against the client's address, and after `max_connect_errors` of them in a row (100 unless
 * set) MySQL blocks that address: so one connection is made, and it is closed as soon as the server is recognised.
 */
export const mysql: Protocol = {
  service: 'mysql',
  recognise(heard) {
    if (heard.length <= HEADER || heard[3] !== 0) return undefined
    const payload = heard.subarray(HEADER, HEADER + heard.readUIntLE(0, 3))
    if (payload[0] === HANDSHAKE_V10) return recogniseHandshake(payload)
    if (payload[0] === ERR && payload.length > 3 && REFUSALS.has(payload.readUInt16LE(1))) return {}
    return undefined
  },
}

/** Protocol 10: version up to a NUL, connection id (4 bytes), challenge (8 bytes), a NUL, capabilities (2 bytes). */
function recogniseHandshake(payload: Buffer): Recognition | undefined {
  const end = payload.subarray(0, LONGEST_VERSION).indexOf(0)
  const filler = end + 1 + 4 + 8
  if (end < 2 || payload[filler] !== 0 || payload.length < filler + 3) return undefined
  // MariaDB before 11 puts `5.5.5-` in front, for replicas that take a major version of two digits for one.
  return { product: payload.toString('latin1', 1, end).replace(/^5\.5\.5-(?=\d+\.)/, '') }
}
