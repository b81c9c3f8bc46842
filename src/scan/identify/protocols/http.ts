import { isIPv6 } from 'node:net'
import type { Protocol, Target } from './protocol.ts'

const STATUS_LINE = /^HTTP\/\d(?:\.\d)? (\d{3})(?:[ \r\n]|$)/
const END_OF_HEADERS = /\r?\n\r?\n/
const SERVER = /\nserver:[ \t]*([^\r\n]*)\r?\n/i

/** HTTP/1.x (RFC 9112). What has no status line is not called HTTP, even where it looks like HTML. */
export const http = {
  service: 'http',
  recognise(heard: Buffer) {
    if (!heard.toString('latin1', 0, 5).startsWith('HTTP/')) return undefined
    const text = heard.toString('latin1')
    const status = STATUS_LINE.exec(text)?.[1]
    if (status === undefined) return undefined
    const ended = END_OF_HEADERS.exec(text)
    const product = SERVER.exec(ended ? `${text.slice(0, ended.index)}\n` : text)?.[1]
    return {
      product,
      more: !ended && product === undefined,
      // Many TLS servers (nginx, Apache, Go, Tomcat) answer a request in plain HTTP with status 400, in plain HTTP.
      askFirst: status === '400' ? 'tls' : undefined,
    }
  },
  greeting: {
    // Redis takes a line that begins with `Host:` for an attack, logs it so and hangs up; but it complains about
    // the request line at once, so the rest is only sent if there was no complaint.
    parts: (target: Target) => [
      'GET / HTTP/1.1\r\n',
      `Host: ${hostOf(target)}\r\nUser-Agent: portgate\r\nAccept: */*\r\nConnection: close\r\n\r\n`,
    ],
    // A page may take its time.
    patienceMs: 2_500,
  },
} satisfies Protocol

/** The `Host` of a request (RFC 9112, section 3.2); the default ports of HTTP and HTTPS are left out. */
function hostOf({ address, port, serverName }: Target): string {
  const host = serverName ?? (isIPv6(address) ? `[${address}]` : address)
  return port === 80 || port === 443 ? host : `${host}:${port}`
}
