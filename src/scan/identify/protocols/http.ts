import { isIPv6 } from 'node:net'
import { type HttpAnswer, recogniseHttpService } from './http-services.ts'
import type { Greeting, Protocol, Recognition, Target } from './protocol.ts'

const STATUS_LINE = /^HTTP\/\d(?:\.\d)? (\d{3})(?:[ \r\n]|$)/
const END_OF_HEADERS = /\r?\n\r?\n/
const SERVER = /^server:[ \t]*([^\r\n]*)/im
const TITLE = /<title[^>]{0,200}>([^<]{0,200})<\/title>/i
const LENGTH = /^content-length:[ \t]*(\d{1,9})\s*$/im

/**
 * Who answers so to `GET /` may be an interface that says more of itself elsewhere: etcd, Docker. Go's own words for
 * a page that is not there, or an answer that is no page.
 */
const SAYS_NOTHING = /^(?:404 page not found\s*|\{"message":"page not found"\}\s*)$/

/** In place of a service: ask for the page with the version. */
export const HTTP_VERSION = 'http-version'

/** HTTP/1.x (RFC 9112). What has no status line is not called HTTP, even where it looks like HTML. */
export const http = {
  service: 'http',
  recognise(heard: Buffer): Recognition | undefined {
    if (!heard.toString('latin1', 0, 5).startsWith('HTTP/')) return undefined
    const text = heard.toString('latin1')
    const status = STATUS_LINE.exec(text)?.[1]
    if (status === undefined) return undefined
    const end = END_OF_HEADERS.exec(text)
    const headers = end ? text.slice(0, end.index) : text.slice(0, text.lastIndexOf('\n') + 1)
    const body = end ? text.slice(end.index + end[0].length) : ''
    const answer: HttpAnswer = { status: Number(status), headers, body, title: TITLE.exec(body)?.[1] }
    return {
      product: SERVER.exec(headers)?.[1],
      as: recogniseHttpService(answer),
      http: { status: answer.status, title: answer.title },
      more: !end || isBodyMissing(answer),
      // Many TLS servers (nginx, Apache, Go, Tomcat) answer a request in plain HTTP with status 400, in plain HTTP.
      askFirst: status === '400' ? 'tls' : SAYS_NOTHING.test(body) ? HTTP_VERSION : undefined,
    }
  },
  greeting: askFor('/', 2_500),
  tellsMore: true,
} satisfies Protocol

/** The same, asked for the page on which servers without a front page tell what they are. */
export const httpVersion: Protocol = {
  service: http.service,
  recognise: () => undefined,
  greeting: { ...askFor('/version', 1_000), recognise: http.recognise },
}

/** A page may take its time. */
function askFor(path: string, patienceMs: number): Greeting {
  return {
    // Redis takes a line that begins with `Host:` for an attack, logs it so and hangs up; but it complains about
    // the request line at once, so the rest is only sent if there was no complaint.
    parts: (target: Target) => [
      `GET ${path} HTTP/1.1\r\n`,
      `Host: ${hostOf(target)}\r\nUser-Agent: portgate\r\nAccept: */*\r\nConnection: close\r\n\r\n`,
    ],
    patienceMs,
  }
}

/** Whether more of the body will come that could tell something. */
function isBodyMissing({ headers, body, title }: HttpAnswer): boolean {
  const length = LENGTH.exec(headers)?.[1]
  return title === undefined && (length === undefined || body.length < Number(length))
}

/** The `Host` of a request (RFC 9112, section 3.2); the default ports of HTTP and HTTPS are left out. */
function hostOf({ address, port, serverName }: Target): string {
  const host = serverName ?? (isIPv6(address) ? `[${address}]` : address)
  return port === 80 || port === 443 ? host : `${host}:${port}`
}
