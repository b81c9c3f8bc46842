import { halveCidr } from '../addresses.ts'
import { formatAddress } from '../exclude.ts'
import { type Block, type BlockIndex, indexBlocks, readBlock } from './blocks.ts'
import type { Comparison, Loss, Side } from './loss.ts'
import { listHosts } from './words.ts'

/** Of an address that is not scanned nobody knows what is open on it. */
const UNSCANNED = 'high'

/** Addresses that only the second policy excludes: whatever leads there, they are not scanned. */
export function compareExclusions(comparison: Comparison): Loss[] {
  const { strict, lax } = comparison
  const before = indexBlocks(listExcluded(strict))
  return lax.policy.exclude.flatMap(({ cidr, place }): Loss[] => {
    const hosts = subtract(comparison, readBlock(cidr), before).map(formatAddress)
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

function listExcluded({ policy }: Side): { block: Block }[] {
  const cidrs = new Set(policy.exclude.map(({ cidr }) => cidr))
  return [...cidrs].map((cidr) => ({ block: readBlock(cidr) }))
}

/** The largest parts of a block that have no address of some others, or the block itself. */
function subtract(comparison: Comparison, block: Block, others: BlockIndex<{ block: Block }>): string[] {
  const near = others.overlapping(block)
  comparison.spend(1 + near.length)
  if (near.length === 0) return [block.cidr]
  const isWithin = near.some((one) => one.block.first <= block.first && block.last <= one.block.last)
  const halves = isWithin ? undefined : halveCidr(block.cidr)
  return halves?.flatMap((half) => subtract(comparison, readBlock(half), others)) ?? []
}
