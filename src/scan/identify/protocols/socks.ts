import type { Protocol } from './protocol.ts'

/** A SOCKS 5 proxy (RFC 1928, 3): offered no login or a password, it picks one of them or refuses both. */
export const socks: Protocol = {
  service: 'socks',
  recognise: () => undefined,
  greeting: {
    parts: () => [Buffer.of(5, 2, 0, 2)],
    patienceMs: 700,
    recognise: (heard) =>
      heard.length === 2 && heard[0] === 5 && [0, 2, 0xff].includes(heard[1] ?? 1) ? {} : undefined,
  },
}
