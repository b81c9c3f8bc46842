import type { Protocol } from './protocol.ts'

/** X11's connection setup (X Window System Protocol, chapter 8): little-endian, version 11.0, no authorization. */
const SETUP = Buffer.from('6c000b000000000000000000', 'hex')

/** X11: failed, success or authenticate, and then the version 11. */
export const x11: Protocol = {
  service: 'x11',
  recognise: () => undefined,
  greeting: {
    parts: () => [SETUP],
    patienceMs: 700,
    recognise: (heard) =>
      heard.length >= 8 && (heard[0] ?? 9) <= 2 && heard.readUInt16LE(2) === 11 ? {} : undefined,
  },
}
