import { memoize } from '../../memo.ts'
import { halveCidr, spanCidr, toBlock } from '../addresses.ts'

/** An address or a block, with its first and last address as numbers. */
export interface Block {
  cidr: string
  first: bigint
  last: bigint
}

export const readBlock = memoize((cidr): Block => ({ cidr, ...spanCidr(cidr) }))

/** An address as a block of one. */
export function readAddress(address: string): Block {
  return readBlock(toBlock(address))
}

function overlaps(one: Omit<Block, 'cidr'>, other: Omit<Block, 'cidr'>): boolean {
  return one.first <= other.last && other.first <= one.last
}

/** Things that have a block, by their addresses. */
export interface BlockIndex<T> {
  /** Those that have an address of a block, in the order in which they were given. */
  overlapping(block: Block): T[]
}

/** Blocks lie within one another or apart: sorted, each is followed by those within it. */
function sortBlocks<T extends { block: Block }>(items: readonly T[]) {
  const nodes = items
    .map((item, order) => ({ item, order, parent: -1, ...item.block }))
    .sort((a, b) => compare(a.first, b.first) || compare(b.last, a.last))
  let around = -1
  for (const [index, node] of nodes.entries()) {
    while (around >= 0 && (nodes[around] as typeof node).last < node.first)
      around = (nodes[around] as typeof node).parent
    node.parent = around
    around = index
  }
  return nodes
}

/** Each of some different blocks, with those right within it. */
export function nestBlocks<T extends { block: Block }>(items: readonly T[]): { item: T; within: T[] }[] {
  const nodes = sortBlocks(items)
  const nested = nodes.map(({ item }) => ({ item, within: [] as T[] }))
  for (const { item, parent } of nodes) nested[parent]?.within.push(item)
  return nested
}

export function indexBlocks<T extends { block: Block }>(items: readonly T[]): BlockIndex<T> {
  const nodes = sortBlocks(items)
  /** How many begin before an address. */
  const countBefore = (address: bigint) => {
    let [low, high] = [0, nodes.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((nodes[middle] as (typeof nodes)[number]).first < address) low = middle + 1
      else high = middle
    }
    return low
  }
  return {
    overlapping(block) {
      const start = countBefore(block.first)
      let end = start
      while (end < nodes.length && (nodes[end] as (typeof nodes)[number]).first <= block.last) end++
      const found = nodes.slice(start, end)
      // A block that begins earlier and reaches into it encloses the last one that begins earlier, or is that one.
      for (let index = start - 1; index >= 0; ) {
        const node = nodes[index] as (typeof nodes)[number]
        if (node.last >= block.first) found.push(node)
        index = node.parent
      }
      return found.sort((a, b) => a.order - b.order).map(({ item }) => item)
    },
  }
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Splits a block into the largest parts that each of some others contains entirely or not at all. */
export function splitBlock<T extends { block: Block }>(
  spend: (steps: number) => void,
  part: Block,
  near: T[],
): { part: Block; by: T[] }[] {
  spend(1 + near.length)
  const isWhole = near.every(({ block }) => block.first <= part.first && part.last <= block.last)
  const halves = isWhole ? undefined : halveCidr(part.cidr)
  if (!halves) return [{ part, by: near }]
  return halves.flatMap((cidr) => {
    const half = readBlock(cidr)
    const within = near.filter(({ block }) => overlaps(block, half))
    return splitBlock(spend, half, within)
  })
}
