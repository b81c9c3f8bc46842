import type { Protocol } from './protocol.ts'

/**
 * `PONG`, or an error reply in Redis's words (the texts are in redis/src: server.c, networking.c, acl.c). POP3 and
 * NATS have `-ERR` too, with other texts.
 */
const REPLY = new RegExp(
  [
    String.raw`^\+PONG\r\n`,
    '^-(?:NOAUTH|NOPERM|DENIED|LOADING|BUSY|MISCONF|MASTERDOWN) ',
    "^-ERR (?:unknown command ['`]|wrong number of arguments for |operation not permitted|max number of clients |Protocol error: )",
  ].join('|'),
)

/** The longest of the words above. */
const ENOUGH = 64

/** Redis, and what speaks its protocol (Valkey, KeyDB, Dragonfly). */
export const redis = {
  service: 'redis',
  recognise(heard: Buffer) {
    const text = heard.toString('latin1', 0, ENOUGH)
    if (REPLY.test(text)) return {}
    return text.startsWith('-ERR ') ? { isHunch: true as const } : undefined
  },
  greeting: {
    parts: () => ['PING\r\n'],
    patienceMs: 800,
  },
  toStrangers: 'answers',
} satisfies Protocol
