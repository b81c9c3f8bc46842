import { numberOfAddress } from './addresses.ts'

/** Most blocks that a hint names. */
const MOST_BLOCKS = 8

/**
 * The CIDR blocks of a range of IPv4 addresses in another tool's notation, such as `10.0.0.1-20`, `10.0.0.1-10.0.0.20` or
 * `10.0.0.x`: empty where they are too many to name. Undefined for anything else.
 */
export function readAddressRange(text: string): string[] | undefined {
  const [, stem] = /^((?:\d{1,3}\.){1,3})(?:[x*](?:\.[x*]){0,2})$/i.exec(text) ?? []
  if (stem !== undefined) {
    const octets = stem.split('.').slice(0, -1)
    const network = [...octets, '0', '0', '0'].slice(0, 4).join('.')
    return numberOfAddress(network) ? [`${network}/${octets.length * 8}`] : []
  }
  const [, start, first, last] =
    /^((?:\d{1,3}\.){3})(\d{1,3})\s*[-\u2010-\u2015\u2212]\s*((?:\d{1,3}\.){3}\d{1,3}|\d{1,3})$/.exec(text) ??
    []
  if (start === undefined || last === undefined) return undefined
  const from = numberOfAddress(`${start}${first}`)
  const to = numberOfAddress(last.includes('.') ? last : `${start}${last}`)
  return from && to ? coverWithBlocks(Number(from.number), Number(to.number)) : []
}

/**
 * The fewest blocks that hold the addresses from one to another and no others; empty if these are too many, or there are
 * none.
 */
function coverWithBlocks(from: number, to: number): string[] {
  const blocks: string[] = []
  for (let next = from; next <= to && blocks.length <= MOST_BLOCKS; ) {
    let size = 1
    while (next % (size * 2) === 0 && next + size * 2 - 1 <= to) size *= 2
    const octets = [24, 16, 8, 0].map((bits) => Math.floor(next / 2 ** bits) % 256).join('.')
    blocks.push(size === 1 ? octets : `${octets}/${32 - Math.log2(size)}`)
    next += size
  }
  return blocks.length > MOST_BLOCKS ? [] : blocks
}
