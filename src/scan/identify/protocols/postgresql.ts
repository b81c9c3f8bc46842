import type { Protocol } from './protocol.ts'

/** SSLRequest (PostgreSQL, 54.7): length 8, code 80877103. */
const SSL_REQUEST = Buffer.from('0000000804d2162f', 'hex')

/** PostgreSQL and what speaks its protocol. The answer to SSLRequest is one byte: S for TLS, N for none, or an error. */
export const postgresql: Protocol = {
  service: 'postgresql',
  recognise: () => undefined,
  greeting: {
    parts: () => [SSL_REQUEST],
    patienceMs: 700,
    recognise(heard) {
      const text = heard.toString('latin1', 0, 64)
      return /^[SN]$/.test(text) || /^E\0\0[\s\S]{2}S(?:FATAL|ERROR)\0/.test(text) ? {} : undefined
    },
  },
}
