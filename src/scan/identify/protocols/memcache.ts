import type { Protocol } from './protocol.ts'

/** Memcached's text protocol: https://github.com/memcached/memcached/blob/master/doc/protocol.txt */
export const memcache: Protocol = {
  service: 'memcache',
  recognise(heard) {
    const text = heard.toString('latin1', 0, 64)
    const found = /^VERSION ([^\r\n]{1,40})\r\n/.exec(text)
    if (found) return { product: found[1] }
    return text.startsWith('ERROR\r\n') ? { isHunch: true } : undefined
  },
  greeting: { parts: () => ['version\r\n'], patienceMs: 700 },
  toStrangers: 'answers',
}
