import type { Protocol } from './protocol.ts'

/** The dialects 2.0.2, 2.1, 3.0 and 3.0.2; 3.1.1 would need more than the names. */
const DIALECTS = '0202100200030203'

/**
 * SMB2 NEGOTIATE (MS-SMB2, 2.2.3) in a direct TCP frame: a header of 64 bytes, all zero but for what it has to be,
 * then four dialects. A negotiation says nothing of who asks.
 */
const REQUEST = Buffer.from(
  '0000006c' + // 64 + 36 + 8 bytes
    `fe534d424000${'00'.repeat(58)}` +
    `2400040001000000${'00000000'}${'00'.repeat(16)}${'00'.repeat(8)}` +
    DIALECTS,
  'hex',
)

/** Where the flags of the two headers are, and the bit that makes a message an answer (MS-SMB2, 2.2.1; MS-CIFS, 2.2.3.1). */
const FLAGS = { '\xfeSMB': { at: 20, bit: 0x01 }, '\xffSMB': { at: 13, bit: 0x80 } }

/** SMB: a frame with the header of an answer in SMB 2 or, from servers that know no better, SMB 1. */
export const smb: Protocol = {
  service: 'microsoft-ds',
  recognise(heard) {
    if (heard[0] !== 0) return undefined
    const flags = FLAGS[heard.toString('latin1', 4, 8) as keyof typeof FLAGS]
    return flags && (heard[flags.at] ?? 0) & flags.bit ? {} : undefined
  },
  greeting: { parts: () => [REQUEST], patienceMs: 1_000 },
  toStrangers: 'waits',
}
