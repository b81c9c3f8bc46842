import type { Protocol } from './protocol.ts'

/**
 * An anonymous search for the root of the directory (RFC 4511, 4.5.1; RFC 4512, 5.1): message 1, base '', the object
 * itself, one second, the attribute supportedLDAPVersion.
 */
const SEARCH = Buffer.from(
  '303b' +
    '020101' +
    '6336' +
    '04000a01000a0100020101020101010100' +
    '870b6f626a656374436c617373' +
    '30160414737570706f727465644c44415056657273696f6e',
  'hex',
)

/** LDAP: an entry or the end of a search (RFC 4511, 4.5.2), or a notice of disconnection, to message 1 or 0. */
export const ldap = {
  service: 'ldap',
  recognise(heard: Buffer) {
    if (heard[0] !== 0x30) return undefined
    const long = (heard[1] ?? 0) & 0x80 ? (heard[1] as number) & 0x7f : 0
    const [tag, length, id, operation] = heard.subarray(2 + long, 6 + long)
    const isAnswer = operation === 0x64 || operation === 0x65 || operation === 0x78
    return tag === 2 && length === 1 && (id ?? 2) <= 1 && isAnswer ? {} : undefined
  },
  greeting: { parts: () => [SEARCH], patienceMs: 700 },
  toStrangers: 'waits',
} satisfies Protocol
