import type { Protocol } from './protocol.ts'

/** The name servers of the root, asked without recursion, with its length in front (RFC 1035, 4.1.1 and 4.2.2). */
const QUERY = Buffer.from('0011' + '7067' + '0000' + '0001000000000000' + '0000020001', 'hex')

/** DNS: a message with our id that is an answer, whatever the answer is. */
export const dns: Protocol = {
  service: 'domain',
  recognise: (heard) =>
    heard.length >= 14 && heard.readUInt16BE(2) === 0x7067 && ((heard[4] ?? 0) & 0xf8) === 0x80
      ? {}
      : undefined,
  greeting: { parts: () => [QUERY], patienceMs: 700 },
  toStrangers: 'waits',
}
