import { memoize } from '../memo.ts'
import type { HostMatcher } from '../model.ts'
import { readAddressRange } from './address-ranges.ts'
import { isInCidr, normaliseAddress, parseCidr } from './addresses.ts'
import { bracesForBrackets } from './globs.ts'
import { normaliseName } from './names.ts'
import { isPattern, matchesPattern, parsePattern } from './patterns.ts'
import { fail, type Parsed, type Problem, quote } from './problem.ts'

/** Longest text that is read as a host or a pattern: braces may make a pattern longer than any name. */
const LONGEST_TEXT = 1000

type Host = Exclude<HostMatcher, { kind: 'pattern' }>

/** What a text names: a host name, an address or a CIDR block; patterns are none of them. */
export const parseHost: (text: string) => Parsed<Host> = memoize((text): Parsed<Host> => {
  if (text.length > LONGEST_TEXT)
    return fail('bad-host', `a host cannot have ${text.length} characters`, 'a name has at most 253')
  const address = normaliseAddress(text)
  if (address !== undefined) return { value: { kind: 'address', address } }
  const slash = text.lastIndexOf('/')
  if (slash > 0 && normaliseAddress(text.slice(0, slash)) !== undefined) {
    const cidr = parseCidr(text)
    return cidr.problem ? cidr : { value: { kind: 'cidr', cidr: cidr.value } }
  }
  const problem = explainForeignHost(text)
  if (problem) return { problem }
  const name = normaliseName(text)
  return name.problem ? name : { value: { kind: 'name', name: name.value } }
})

/** Says what is wrong with notations from other tools; undefined if the text may be a name. */
function explainForeignHost(text: string): Problem | undefined {
  const wrong = (what: string, hint: string) => fail('bad-host', `${quote(text)} ${what}`, hint).problem
  if (text === '-') return wrong('is not a host', 'a name, an address or a CIDR block')
  const blocks = readAddressRange(text)
  if (blocks) {
    const each =
      blocks.length > 0 ? `: ${blocks.map((block) => quote(block)).join(', ')}` : ', such as `10.0.0.0/28`'
    return wrong('is a range of addresses', `write addresses and CIDR blocks one by one${each}`)
  }
  const zoned = text.indexOf('%')
  if (zoned >= 0) {
    const isLinkLocal = isInCidr('fe80::/10', text.slice(0, zoned).replace('[', ''))
    return wrong(
      'has a zone ID, which only one machine knows',
      isLinkLocal
        ? 'a link-local address cannot be scanned: name another address of the host'
        : 'leave out % and what follows',
    )
  }
  const [, bracketed, bare] = /^(?:\[(.*)\]|([^:/[\]]*)):\d+$/.exec(text) ?? []
  const host = bracketed ?? bare
  if (host) return wrong('is a host with a port', `the host alone: ${quote(host)}`)
  if (/^[^:]*\[[^:]*\]/.test(text)) {
    const braces = bracesForBrackets(text)
    return wrong(
      'has brackets, which are not choices here',
      braces ? `a pattern has braces: ${quote(`"${braces}"`)}` : 'patterns have braces: {a,b} or {1..9}',
    )
  }
  if (/[:[\]]/.test(text)) return wrong('is not an IPv6 address', 'for example `2001:db8::1`')
  if (text.includes('/'))
    return wrong('is not a host', 'a name, an address, or a CIDR block such as `10.20.0.0/16`')
  return undefined
}

/** A key of `hosts`. */
export function parseHostKey(text: string): Parsed<HostMatcher> {
  const [url, host = ''] = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#]*@)?(\[[^\]]*\]|[^/?#:]*)/i.exec(text) ?? []
  if (url) return fail('bad-host', 'a URL is not a host', `the host alone: ${quote(host)}`)
  if (!isPattern(text) || text.length > LONGEST_TEXT) return parseHost(text)
  const pattern = readPattern(text)
  return pattern.problem ? pattern : { value: { kind: 'pattern', pattern: pattern.value } }
}

const readPattern = memoize(parsePattern)

/** The normalised text of a matcher: equal for two keys that mean the same. */
export function matcherText(matcher: HostMatcher): string {
  switch (matcher.kind) {
    case 'name':
      return matcher.name
    case 'pattern':
      return matcher.pattern
    case 'address':
      return matcher.address
    case 'cidr':
      return matcher.cidr
  }
}

const readName = memoize(normaliseName)
const readAddress = memoize((text) => normaliseAddress(text) ?? '')

/**
 * Whether a rule's matcher holds for a host: names match its name, addresses and CIDR blocks its address. A host that
 * was found by name has both once it is resolved. Name and address may be in any form.
 */
export function matchesHost(matcher: HostMatcher, host: { name?: string; address?: string }): boolean {
  const { name = '', address = '' } = host
  switch (matcher.kind) {
    case 'address':
      return readAddress(address) === matcher.address
    case 'cidr':
      return isInCidr(matcher.cidr, address)
    case 'name':
      return readName(name).value === matcher.name
    case 'pattern': {
      const { value } = readName(name)
      return value !== undefined && matchesPattern(matcher.pattern, value)
    }
  }
}
