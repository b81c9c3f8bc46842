import type { Protocol } from './protocol.ts'

/** Memcached's text protocol: https://github.com/memcached/memcached/blob/master/doc/protocol.txt */
export const memcache: Protocol = {
  service: 'memcache',
  recognise(heard) {
    const found = /^VERSION ([^\r\n]{1,40})\r\n/.exec(heard.toString('latin1', 0, 64))
    return found ? { product: found[1] } : undefined
  },
  greeting: { parts: () => ['version\r\n'], patienceMs: 700 },
}
