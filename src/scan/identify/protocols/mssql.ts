import type { Protocol } from './protocol.ts'

/** TDS packet types and the end of a list of options (MS-TDS, 2.2.3.1 and 2.2.6.5). */
const PRELOGIN = '12'
const RESPONSE = 4
const VERSION = 0

/** PRELOGIN with two options: VERSION (six zeros) and ENCRYPTION (not supported), then the end. */
const REQUEST = Buffer.from(
  `${PRELOGIN}01001a00000100${'00000b0006'}${'0100110001'}ff${'000000000000'}02`,
  'hex',
)

/** Microsoft SQL Server: it answers a PRELOGIN with its own, which begins with its version. */
export const mssql: Protocol = {
  service: 'ms-sql-s',
  recognise: () => undefined,
  greeting: {
    parts: () => [REQUEST],
    patienceMs: 700,
    recognise(heard) {
      if (heard.length < 14 || heard[0] !== RESPONSE || heard[1] !== 1 || heard[8] !== VERSION)
        return undefined
      const at = 8 + heard.readUInt16BE(9)
      return heard.length < at + 4
        ? { more: true }
        : { product: [heard[at], heard[at + 1], heard.readUInt16BE(at + 2)].join('.') }
    },
  },
}
