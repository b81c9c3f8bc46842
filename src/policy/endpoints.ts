import type { Canary, Endpoint, HostMatcher, HostRule } from '../model.ts'
import { formatNumber } from '../numbers.ts'
import { LAST_PORT } from '../port-ranges.ts'
import { matcherText, parseHost } from './hosts.ts'
import { isPattern } from './patterns.ts'
import { fail, type Parsed, type Problem, quote } from './problem.ts'

/** What the text of an endpoint says; how it is scanned is said elsewhere. */
export type EndpointText = Pick<Endpoint, 'text' | 'kind' | 'host' | 'isAnchored' | 'extraPort'>

/**
 * The ports of the schemes that the URL standard calls special. For these the parser drops a port that is the
 * default, so that it cannot be told from none; every other scheme has to name its port.
 */
const DEFAULT_PORTS: Record<string, number> = {
  'http:': 80,
  'https:': 443,
  'ws:': 80,
  'wss:': 443,
  'ftp:': 21,
}

/**
 * The URL standard sets no limit, and the time that its parser takes for a name beyond ASCII grows with the square of the
 * length.
 */
const LONGEST_URL = 2_000

/** An endpoint as a policy, an input or an argument writes it: a name, an address, a CIDR block or a URL. */
export function parseEndpoint(text: string): Parsed<EndpointText> {
  if (text.includes('://')) return parseUrl(text)
  const problem = explainForeignEndpoint(text)
  if (problem) return { problem }
  const host = parseHost(text)
  if (!host.problem) return { value: describeHost(text, text, host.value) }
  const { code, message, hint } = host.problem
  return fail(code === 'bad-host' ? 'bad-endpoint' : code, message, hint)
}

function describeHost(
  text: string,
  written: string,
  host: Exclude<HostMatcher, { kind: 'pattern' }>,
): EndpointText {
  return { text, kind: host.kind, host: matcherText(host), ...anchor(written, host) }
}

/** A final dot, in any of its forms (UTS 46, 2.3): it changes how a name is looked up, but not the name. */
function anchor(written: string, { kind }: HostMatcher): { isAnchored?: true } {
  return kind === 'name' && /[.\u3002\uff0e\uff61]$/u.test(written) ? { isAnchored: true } : {}
}

/** Says what is wrong with notations from other tools; undefined if the text may be a host. */
function explainForeignEndpoint(text: string): Problem | undefined {
  const wrong = (what: string, hint: string) => fail('bad-endpoint', `${quote(text)} ${what}`, hint).problem
  if (text === '') return fail('bad-endpoint', 'the endpoint is empty', 'name a host').problem
  if (isPattern(text)) return wrong('is a pattern: it matches hosts, it does not name them', 'list the hosts')
  if (/^[^:]*\[[^:]*\]/.test(text))
    return wrong('is a shell pattern: an endpoint is one host', 'list the hosts')
  const [, host, port] = /^([^\s:/[\]]+|\[[^\s\]]*\]):(\d+)$/.exec(text) ?? []
  if (host !== undefined) {
    const key = host.replace(/^\[(.*)\]$/, '"$1"')
    // Brackets in a list have to be quoted.
    const url = host.startsWith('[') ? `"https://${host}:${port}"` : `https://${host}:${port}`
    const hint = `${quote(url)} or ${quote(`{ host: ${key}, ports: [${port}] }`)}`
    return wrong('is a host with a port, which only a URL can carry', hint)
  }
  // A number with a slash is a CIDR block.
  const isPath = /^(?=[^/]*[a-z])[^\s:/[\]]+(:\d+)?\//i.test(text)
  return isPath ? wrong('is a URL without its scheme', quote(`https://${text}`)) : undefined
}

function parseUrl(text: string): Parsed<EndpointText> {
  const wrong = (what: string, hint: string) =>
    fail('bad-endpoint', `${quote(hideCredentials(text))} ${what}`, hint)
  // The URL standard silently drops tabs and line ends, and trims.
  if (text.length > LONGEST_URL)
    return wrong(`is longer than ${formatNumber(LONGEST_URL)} characters`, 'leave out what follows the host')
  const url = !/[\s\p{C}]/u.test(text) && URL.canParse(text) ? new URL(text) : undefined
  if (!url?.hostname) return wrong('is not a URL of a host', 'for example `https://www.example.com`')
  const written = decodeHost(url.hostname)
  const host = parseHost(written)
  if (host.problem) return fail('bad-endpoint', host.problem.message, host.problem.hint)
  const extraPort = url.port === '' ? DEFAULT_PORTS[url.protocol] : +url.port
  if (!extraPort)
    return wrong('names no port to probe', `for example ${quote(`${url.protocol}//${url.host}:5432`)}`)
  const shown = url.username || url.password ? Object.assign(url, { username: '', password: '' }).href : text
  return { value: { ...describeHost(shown, written, host.value), extraPort } }
}

/**
 * What is wrong with a URL that holds a comma in a list of endpoints: whoever chooses the end of a URL must not be able
 * to name a second host.
 */
export function explainComma(text: string): { problem: Problem } | undefined {
  const scheme = text.indexOf('://')
  if (scheme < 0 || !text.includes(',', scheme)) return undefined
  const message = `${quote(hideCredentials(text))} is a URL with a comma in it, or more than one endpoint`
  const hint = 'write endpoints with spaces between or one a line, and a comma of a URL as %2C'
  return fail('bad-endpoint', message, hint)
}

/** URLs of schemes that are not special keep letters beyond ASCII percent-encoded. */
function decodeHost(hostname: string): string {
  try {
    return decodeURIComponent(hostname)
  } catch {
    return hostname
  }
}

function hideCredentials(text: string): string {
  return text.replace(/\/\/[^/?#]*@/, '//')
}

/** `host:port`, the host a name or an address; IPv6 in brackets. */
export function parseCanary(text: string): Parsed<Canary> {
  const [, host, port] = /^(\[[^\]]+\]|[^:]+):([1-9]\d{0,4})$/.exec(text) ?? []
  const hint = 'host:port, for example `status.example.com:443` or `"[2001:db8::1]:443"`'
  if (host === undefined || port === undefined || +port > LAST_PORT) {
    return fail('bad-canary', `${quote(text)} is not a host with a port`, hint)
  }
  const parsed = parseHost(host)
  if (parsed.problem) return fail('bad-canary', parsed.problem.message, parsed.problem.hint)
  if (parsed.value.kind === 'cidr') return fail('bad-canary', `${quote(host)} is not one host`, hint)
  return { value: { host: matcherText(parsed.value), port: +port, ...anchor(host, parsed.value) } }
}

/**
 * The endpoints that the keys of `hosts` name: names and addresses, each once. Patterns and CIDR blocks only match, and so do all keys
 * of a floor, which says what holds for the hosts of other policies.
 */
export function concreteEndpoints(rules: readonly HostRule[]): Endpoint[] {
  const endpoints = new Map<string, Endpoint>()
  for (const { key, matcher, place } of rules) {
    if ((matcher.kind !== 'name' && matcher.kind !== 'address') || place.floor) continue
    const host = matcherText(matcher)
    if (endpoints.has(host)) continue
    endpoints.set(host, { text: key, kind: matcher.kind, host, ...anchor(key, matcher), scan: {}, place })
  }
  return [...endpoints.values()]
}
