import { canonicalService, portsOfService, serviceNames } from '../catalogue/catalogue.ts'
import type { PortRange, PortSelection } from '../model.ts'
import { LAST_PORT, mergeRanges, toRanges } from '../port-ranges.ts'
import { didYouMean } from './nearest.ts'
import { fail, type Parsed, type Problem, quote } from './problem.ts'

/** The named sets of ports that a scan can take. */
const PORT_SETS = ['common', 'catalogue', 'all'] as const

/**
 * One port as a policy writes it: a number, a range `"8000-8010"`, or the name of a service, which stands for
 * all TCP ports that the catalogue or IANA gives it.
 */
export function parsePort(item: number | string): Parsed<PortRange[]> {
  const text = String(item).trim()
  const [, first, last] = /^(\d+)(?:-(\d+))?$/.exec(text) ?? []
  if (first === undefined) return parseService(text)
  if (last === undefined) return isPort(first) ? { value: [{ from: +first, to: +first }] } : badPort(text)
  if (!isPort(first) || !isPort(last)) return badPort(text)
  if (+first > +last) {
    return fail(
      'reversed-range',
      `${quote(text)} ends before it begins`,
      `write ${quote(`${last}-${first}`)}`,
    )
  }
  return { value: [{ from: +first, to: +last }] }
}

function isPort(digits: string): boolean {
  return /^[1-9]\d{0,4}$/.test(digits) && +digits <= LAST_PORT
}

function badPort(text: string): { problem: Problem } {
  const digits = /^0+([1-9]\d{0,4})$/.exec(text)?.[1]
  const hint =
    digits && isPort(digits) ? `write ${quote(digits)}` : 'a port is a whole number from 1 to 65535'
  return fail('bad-port', `${quote(text)} is not a TCP port`, hint)
}

function parseService(text: string): Parsed<PortRange[]> {
  const ports = portsOfService(text.toLowerCase())
  if (ports?.length) return { value: toRanges([...ports].sort((a, b) => a - b)) }
  const misspelt = explainMisspeltPort(text)
  if (misspelt) return fail('bad-port', `${quote(text)} is not a TCP port or a range of them`, misspelt)
  return unknownService(text, 'write the number of the port')
}

function unknownService(text: string, otherwise: string): { problem: Problem } {
  return {
    problem: {
      code: 'unknown-service',
      message: `${quote(text)} is not the name of a TCP service that the catalogue or IANA knows`,
      // Only worked out when it is shown: it compares with thousands of names.
      get hint() {
        return didYouMean(text, serviceNames(), otherwise)
      },
    },
  }
}

/** What a TLS handshake shows of a service that says nothing else; neither the catalogue nor IANA has it as a name. */
const BARE_TLS = 'tls'

/** The name of a service that can be what answers on a port, as the catalogue knows it. */
export function parseServiceName(text: string): Parsed<string> {
  const name = canonicalService(text)
  if (name === BARE_TLS || portsOfService(name) !== undefined) return { value: name }
  return unknownService(text, 'for example `ssh`, `https` or `redis`')
}

/** Longer than any port that is misspelt: hints repeat it. */
const LONGEST_MISSPELT = 1_000

/** What was meant by a text that looks like a port in another tool's notation; undefined where it looks like a name. */
function explainMisspeltPort(text: string): string | undefined {
  if (text.length > LONGEST_MISSPELT) return undefined
  if ((PORT_SETS as readonly string[]).includes(text))
    return `${text} is a set of ports to probe, and must stand alone: ports: ${text}`
  const items = text.split(/[\s,]+/)
  if (items.length > 1 && items.every(isPortOrRange))
    return `write separate items: ${items.map(quote).join(', ')}`
  if (/^\d+(-\d+)?\s*\/\s*udp$/i.test(text)) return 'only TCP ports are scanned'
  const tcp = /^(\d+(?:-\d+)?)\s*\/\s*tcp$/i.exec(text)?.[1]
  if (tcp) return isPortOrRange(tcp) ? `write ${quote(tcp)}: all ports are TCP` : A_PORT
  const [, from, to] = /^(\d*)\s*(?:[-\u2010-\u2015\u2212:]|\.\.|to)\s*(\d*)$/.exec(text) ?? []
  if (from || to) {
    const range = `${from || 1}-${to || LAST_PORT}`
    return isPortOrRange(range)
      ? `a range is written \`${range}\``
      : 'a range begins with the lower port: `8000-8010`'
  }
  return /^[+-]?[\d.]+(e\+?\d+)?$|^[+-]?0[xob][\da-f]+$/i.test(text) ? A_PORT : undefined
}

const A_PORT = 'a port is a whole number from 1 to 65535, in decimal'

/** Whether a text is a port or a range as `parsePort` reads it. */
function isPortOrRange(text: string): boolean {
  const [, first = '', last = first] = /^(\d+)(?:-(\d+))?$/.exec(text) ?? []
  return isPort(first) && isPort(last) && +first <= +last
}

/**
 * A comma-separated list of ports, ranges and service names, as in an argument or an input: `22,https,8000-8010`.
 * The answer is ascending, without overlaps.
 */
export function parsePorts(text: string): Parsed<PortRange[]> {
  const ranges: PortRange[] = []
  for (const item of text.split(',')) {
    const parsed = parsePort(item)
    if (parsed.problem) return parsed
    ranges.push(...parsed.value)
  }
  return { value: mergeRanges(ranges) }
}

/** What to probe, from an argument or an input: the name of a set, or as `parsePorts`. */
export function parsePortSelection(text: string): Parsed<PortSelection> {
  return text.includes(',') ? parsePorts(text) : parsePortOrSet(text)
}

/** What to probe, as one value in a policy: the name of a set, or as `parsePort`. */
export function parsePortOrSet(item: number | string): Parsed<PortSelection> {
  const text = String(item).trim()
  const set = PORT_SETS.find((name) => name === text)
  if (set) return { value: set }
  const parsed = parsePort(item)
  const items = text.split(/[\s,]+/)
  if (parsed.problem && items.length > 1 && items.every(isPortOrRange))
    return fail('bad-port', parsed.problem.message, `write a list: ${quote(`[${items.join(', ')}]`)}`)
  if (parsed.problem?.code !== 'unknown-service') return parsed
  const hint = didYouMean(text, PORT_SETS, '')
  return hint ? fail('unknown-service', parsed.problem.message, hint) : parsed
}
