import type { Protocol } from './protocol.ts'

/**
 * SNMP 3 over TCP: the discovery of an engine (RFC 3414, 4; RFC 3430), which needs no community and no user. Message
 * 3, an id, 65,507 bytes, reportable, the user-based model, all names empty, a GetRequest for nothing.
 */
const DISCOVERY = Buffer.from(
  '303a020103' +
    '300f02024a69020300ffe3040104020103' +
    '0410300e0400020100020100040004000400' +
    '301204000400a00c020237f00201000201003000',
  'hex',
)

/** SNMP: a sequence that begins with version 3, and a report (0xA8) in it. */
export const snmp: Protocol = {
  service: 'snmp',
  recognise(heard) {
    if (heard[0] !== 0x30 || heard.length < 20) return undefined
    const from = (heard[1] ?? 0) & 0x80 ? 2 + ((heard[1] as number) & 0x7f) : 2
    const isThree = heard[from] === 2 && heard[from + 1] === 1 && heard[from + 2] === 3
    return isThree && heard.includes(0xa8) ? {} : undefined
  },
  greeting: { parts: () => [DISCOVERY], patienceMs: 700 },
}
