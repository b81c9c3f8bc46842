import type { Protocol } from './protocol.ts'

/** OPTIONS in version 4 of the CQL binary protocol (native_protocol_v4.spec, 4.1.3); it comes before any login. */
const OPTIONS = Buffer.from('040000000500000000', 'hex')

/** Cassandra and what speaks CQL: a response (0x8?) that is SUPPORTED (6) or ERROR (0) to stream 0. */
export const cassandra: Protocol = {
  service: 'cassandra',
  recognise(heard) {
    if (heard.length < 9 || ((heard[0] ?? 0) & 0xf0) !== 0x80 || heard.readUInt16BE(2) !== 0) return undefined
    if (heard[4] === 6) return heard.includes('CQL_VERSION') ? {} : { more: true }
    return heard[4] === 0 && heard.includes('protocol version') ? {} : undefined
  },
  greeting: { parts: () => [OPTIONS], patienceMs: 700 },
}
