import { memoizeFor } from '../../memo.ts'
import type { Policy } from '../../model.ts'
import { formatAddress } from '../exclude.ts'
import { type Block, type BlockIndex, indexBlocks, nestBlocks, readBlock, splitBlock } from './blocks.ts'
import type { Comparison, Loss } from './loss.ts'
import { listHosts } from './words.ts'

/** Nobody knows what is open on an address that is not scanned. */
const UNSCANNED = 'high'

/** Addresses that only the second policy excludes: whatever leads there, they are not scanned. */
export function compareExclusions(comparison: Comparison): Loss[] {
  const { strict, lax } = comparison
  const before = indexExclusions(strict.policy)
  return lax.policy.exclude.flatMap(({ cidr, place }): Loss[] => {
    const block = readBlock(cidr)
    const parts = splitBlock(comparison.spend, block, before.overlapping(block))
    const hosts = parts.flatMap(({ part, by }) => (by.length === 0 ? formatAddress(part.cidr) : []))
    if (hosts.length === 0) return []
    const list = listHosts(hosts)
    return [
      {
        part: 'exclude',
        severity: UNSCANNED,
        loosened: `excludes ${list}: no longer scanned, whatever leads there`,
        tightened: `no longer excludes ${list}`,
        hosts,
        isEverywhere: true,
        places: { lax: place },
      },
    ]
  })
}

/** What a policy excludes. */
interface Exclusions extends BlockIndex<{ block: Block }> {
  /** How many addresses of a block it excludes. */
  count(block: Block): number
}

export const indexExclusions = memoizeFor(({ exclude }: Policy): Exclusions => {
  const cidrs = new Set(exclude.map(({ cidr }) => cidr))
  const all = [...cidrs].map((cidr) => ({ block: readBlock(cidr) }))
  // Blocks lie within one another or apart.
  const within = new Set(nestBlocks(all).flatMap(({ within }) => within))
  const outermost = indexBlocks(all.filter((one) => !within.has(one)))
  return {
    ...outermost,
    count: (block) =>
      outermost.overlapping(block).reduce((sum, one) => sum + countShared(block, one.block), 0),
  }
})

function countShared(one: Block, other: Block): number {
  const [inner] = [one, other].sort((a, b) => Number(a.last - a.first - (b.last - b.first))) as [Block]
  return Number(inner.last - inner.first) + 1
}
