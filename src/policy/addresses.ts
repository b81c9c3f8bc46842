import ipaddr from 'ipaddr.js'
import { memoize } from '../memo.ts'
import { formatNumber } from '../numbers.ts'
import { fail, type Parsed, quote } from './problem.ts'

type Ip = ipaddr.IPv4 | ipaddr.IPv6

/** The first prefix length that leaves an IPv4-mapped IPv6 block wholly inside `::ffff:0:0/96` (RFC 4291, 2.5.5.2). */
const MAPPED_PREFIX = 96

/**
 * IPv4 as four decimal numbers without leading zeros, IPv6 with or without brackets. Undefined for anything else,
 * zone ids (`%eth0`) included: they mean something on one machine only.
 */
function readIp(text: string): Ip | undefined {
  const bare = /^\[([^[\]]*:[^[\]]*)\]$/.exec(text)?.[1] ?? text
  if (/^[\d.]+$/.test(bare))
    return ipaddr.IPv4.isValidFourPartDecimal(bare) ? ipaddr.IPv4.parse(bare) : undefined
  // The library rejects a text with an exception, which is slow, and most texts are names.
  const isIpv6 = bare.includes(':') && /^[\da-f:.]+$/i.test(bare) && ipaddr.IPv6.isValid(bare)
  return isIpv6 ? ipaddr.IPv6.parse(bare) : undefined
}

/** IPv4-mapped IPv6 as the IPv4 address that it stands for. */
function unmap(ip: Ip): Ip {
  return ip instanceof ipaddr.IPv6 && ip.isIPv4MappedAddress() ? ip.toIPv4Address() : ip
}

/** RFC 5952 for IPv6, dotted quad for IPv4. */
function formatIp(ip: Ip): string {
  return ip instanceof ipaddr.IPv6 ? ip.toRFC5952String() : ip.toString()
}

/** An address in the one form that Portgate compares: RFC 5952, and IPv4 for IPv4-mapped IPv6. Undefined if it is none. */
export function normaliseAddress(text: string): string | undefined {
  const ip = readIp(text)
  return ip && formatIp(unmap(ip))
}

/** A CIDR block in the one form that Portgate compares. Host bits have to be zero. */
export function parseCidr(text: string): Parsed<string> {
  const slash = text.lastIndexOf('/')
  const ip = readIp(text.slice(0, slash))
  const prefix = text.slice(slash + 1)
  if (!ip)
    return fail(
      'bad-cidr',
      `${quote(text)} is not a CIDR block`,
      'for example `10.20.0.0/16` or `2001:db8::/32`',
    )
  const longest = ip.kind() === 'ipv4' ? 32 : 128
  if (!/^(0|[1-9]\d{0,2})$/.test(prefix) || +prefix > longest) {
    return fail('bad-cidr', `${quote(text)} has a wrong prefix length`, `it is a number from 0 to ${longest}`)
  }
  const network = networkOf(ip, +prefix)
  if (formatIp(network) !== formatIp(ip)) {
    const hint = `${quote(formatCidr(network, +prefix))} for the block, ${quote(formatIp(unmap(ip)))} for the address alone`
    return fail('bad-cidr', `${quote(text)} has host bits set`, hint)
  }
  return { value: formatCidr(ip, +prefix) }
}

function networkOf(ip: Ip, prefix: number): Ip {
  const family = ip.kind() === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6
  const mask = family.subnetMaskFromPrefixLength(prefix).toByteArray()
  return ipaddr.fromByteArray(ip.toByteArray().map((byte, index) => byte & (mask[index] as number)))
}

function formatCidr(ip: Ip, prefix: number): string {
  const plain = prefix >= MAPPED_PREFIX ? unmap(ip) : ip
  return `${formatIp(plain)}/${plain === ip ? prefix : prefix - MAPPED_PREFIX}`
}

const readBlock = memoize((cidr): [Ip, number] => {
  const [network = '', prefix] = cidr.split('/')
  return [readIp(network) as Ip, Number(prefix)]
})
const readAddress = memoize((address): { ip?: Ip } => {
  const ip = readIp(address)
  return ip ? { ip: unmap(ip) } : {}
})

/** Whether an address, in any form, is in a block as `parseCidr` gives it. */
export function isInCidr(cidr: string, address: string): boolean {
  const { ip } = readAddress(address)
  const [network, prefix] = readBlock(cidr)
  return ip !== undefined && ip.kind() === network.kind() && ip.match(network, prefix)
}

/** An address, in any form, as a number of 32 or 128 bits, and in its one form; undefined if it is none. */
export function numberOfAddress(address: string): { number: bigint; bits: number; text: string } | undefined {
  const { ip } = readAddress(address)
  return ip && { ...toNumber(ip), text: formatIp(ip) }
}

/** The first address of a block as `parseCidr` gives it, as a number of 32 or 128 bits, and the length of its prefix. */
export function blockNumbers(cidr: string): { number: bigint; bits: number; prefix: number } {
  const [network, prefix] = readBlock(cidr)
  return { ...toNumber(network), prefix }
}

function toNumber(ip: Ip): { number: bigint; bits: number } {
  const bytes = ip.toByteArray()
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return { number: BigInt(`0x${hex}`), bits: bytes.length * 8 }
}

/** How many addresses a block as `parseCidr` gives it holds. */
export function countAddresses(cidr: string): number {
  const { bits, prefix } = blockNumbers(cidr)
  return 2 ** (bits - prefix)
}

/** An address as the block that has it alone. */
export function toBlock(address: string): string {
  return `${address}/${address.includes(':') ? 128 : 32}`
}

/** The first and the last address of a block as `parseCidr` gives it, as numbers; IPv4 and IPv6 do not overlap. */
export function spanCidr(cidr: string): { first: bigint; last: bigint } {
  const [network, prefix] = readBlock(cidr)
  const bytes = network.toByteArray()
  const bits = bytes.length * 8
  const number = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n)
  const first = bits === 32 ? number - (1n << 32n) : number
  return { first, last: first + (1n << BigInt(bits - prefix)) - 1n }
}

/** The two halves of a block as `parseCidr` gives it; a block of one address has none. */
export function halveCidr(cidr: string): [string, string] | undefined {
  const [network, prefix] = readBlock(cidr)
  const bytes = network.toByteArray()
  if (prefix === bytes.length * 8) return undefined
  const upper = [...bytes]
  const index = prefix >> 3
  upper[index] = (upper[index] ?? 0) | (0x80 >> (prefix & 7))
  return [formatCidr(network, prefix + 1), formatCidr(ipaddr.fromByteArray(upper), prefix + 1)]
}

/**
 * All addresses of a block as `parseCidr` gives it, ascending, network and broadcast addresses included.
 * A block with more than `limit` is a problem.
 */
export function expandCidr(cidr: string, limit: number): Parsed<string[]> {
  const [network, prefix] = readBlock(cidr)
  const bytes = network.toByteArray()
  const count = 2 ** (bytes.length * 8 - prefix)
  if (count > limit) {
    const held = count > Number.MAX_SAFE_INTEGER ? `2^${bytes.length * 8 - prefix}` : formatNumber(count)
    return fail(
      'too-many-addresses',
      `${cidr} holds ${held} addresses, more than the ${formatNumber(limit)} that may be scanned`,
      'name smaller blocks, or single addresses',
    )
  }
  return { value: Array.from({ length: count }, (_, offset) => formatIp(addOffset(bytes, offset))) }
}

function addOffset(network: number[], offset: number): Ip {
  const bytes = [...network]
  for (let i = bytes.length - 1, rest = offset; rest > 0; i--, rest = Math.floor(rest / 256)) {
    bytes[i] = (bytes[i] ?? 0) + (rest % 256)
  }
  return ipaddr.fromByteArray(bytes)
}

/** Whether every address of a block is in another, both as `parseCidr` gives them. */
export function isBlockInside(inner: string, outer: string): boolean {
  const [network, prefix] = readBlock(inner)
  const [around, longest] = readBlock(outer)
  return prefix >= longest && network.kind() === around.kind() && network.match(around, longest)
}

/**
 * Where an IPv6 address carries an IPv4 address: the bytes of it, in order.
 *
 * Networks may use prefixes of their own for NAT64 and 6rd, which an address does not show.
 */
interface Carrier {
  cidr: string
  at: readonly [number, number, number, number]
  /** Bytes 8 to 11, in hex, if they and not the network show what the address is. */
  interfaceId?: string
  /** All bits are inverted. */
  isInverted?: true
  /** The address does not show which of several prefix lengths is in use. */
  isGuess?: true
}

const LAST_FOUR = [12, 13, 14, 15] as const

const CARRIERS: Carrier[] = [
  { cidr: '::/96', at: LAST_FOUR }, // IPv4-compatible (RFC 4291, 2.5.5.1)
  { cidr: '::ffff:0:0:0/96', at: LAST_FOUR }, // IPv4-translated (RFC 2765, 2.1)
  { cidr: '2002::/16', at: [2, 3, 4, 5] }, // 6to4 (RFC 3056, 2)
  { cidr: '2001::/32', at: LAST_FOUR, isInverted: true }, // Teredo's client (RFC 4380, 4)
  { cidr: '2001::/32', at: [4, 5, 6, 7] }, // Teredo's server
  { cidr: '::/0', interfaceId: '00005efe', at: LAST_FOUR }, // ISATAP (RFC 5214, 6.1), private
  { cidr: '::/0', interfaceId: '02005efe', at: LAST_FOUR }, // and globally unique
  { cidr: '64:ff9b::/96', at: LAST_FOUR }, // NAT64 (RFC 6052, 2.1)
  // A network's own NAT64 (RFC 8215), with prefixes of 64, 56 and 48 bits (RFC 6052, 2.2: byte 8 is skipped)
  { cidr: '64:ff9b:1::/48', at: [9, 10, 11, 12], isGuess: true },
  { cidr: '64:ff9b:1::/48', at: [7, 9, 10, 11], isGuess: true },
  { cidr: '64:ff9b:1::/48', at: [6, 7, 9, 10], isGuess: true },
  { cidr: '64:ff9b:1::/48', at: LAST_FOUR }, // and of 96
]

/** IPv4 addresses that a translator or a tunnel would make of an IPv6 address. */
export function carriedIpv4(address: string): { ipv4: string; isGuess: boolean }[] {
  const { ip } = readAddress(address)
  // `::` and `::1` look like IPv4-compatible addresses but are not.
  if (!(ip instanceof ipaddr.IPv6) || isInCidr('::/127', address)) return []
  const bytes = ip.toByteArray()
  const interfaceId = Buffer.from(bytes.slice(8, 12)).toString('hex')
  return CARRIERS.filter((carrier) => isInCidr(carrier.cidr, address))
    .filter((carrier) => carrier.interfaceId === undefined || carrier.interfaceId === interfaceId)
    .map(({ at, isInverted, isGuess = false }) => {
      const octets = at.map((index) => (bytes[index] ?? 0) ^ (isInverted ? 0xff : 0))
      return { ipv4: octets.join('.'), isGuess }
    })
}
