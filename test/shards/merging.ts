import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { mergeShards } from '../../src/commands/shards/merge.ts'
import type { Report, ScanResult } from '../../src/model.ts'
import { createExcludes } from '../../src/policy/exclude.ts'
import type { Options } from '../../src/prepare/options.ts'
import { takePart } from '../../src/shards/part.ts'
import type { PlanFile } from '../../src/shards/plan-file.ts'
import { type ShardName, sealShard } from '../../src/shards/shard-file.ts'
import { cutIntoShares } from '../../src/shards/share.ts'
import { VERSION } from '../../src/version.ts'
import { makeFolder } from '../e2e/bundle.ts'
import type { Drawn } from './drawn-plan.ts'
import { see, type World } from './seen.ts'

/** Merges reports as they lie in a folder, and tells what was said of them. */
export async function mergeTexts(
  file: PlanFile,
  texts: readonly string[],
  options: Options = {},
): Promise<{ report: Report; said: string[] }> {
  const folder = await makeFolder()
  try {
    const said: string[] = []
    await writeFile(join(folder, 'plan.json'), JSON.stringify(file))
    const reports = texts.map((_, index) => `shard-${index}.json`)
    for (const [index, text] of texts.entries()) await writeFile(join(folder, `shard-${index}.json`), text)
    const context = { root: folder, say: (sentence: string) => said.push(sentence) }
    const { report } = await mergeShards(options, { plan: 'plan.json', reports }, context)
    return { report, said }
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** A world of one vantage, in which the policy's exclusions hold. */
export function makeWorld({ loaded }: Drawn, world: Partial<World> = {}): World {
  return {
    seed: 1,
    vantage: 0,
    canary: 'open',
    hasIpv6: true,
    excludes: createExcludes(loaded.policy),
    ...world,
  }
}

/** What a shard sees of a world. */
export function seePart({ plan, file }: Drawn, index: number, world: World): ScanResult {
  return see(
    takePart({ plan, shares: cutIntoShares(plan.endpoints, world.excludes, file.shards) }, index),
    world,
  )
}

/** The report of a shard. */
export function writeReport(
  { file }: Drawn,
  index: number,
  scan: ScanResult,
  more: Partial<ShardName> = {},
): string {
  const name = { index, of: file.shards, digest: file.digest, attempt: 1, machine: 'a1', ...more }
  const tool = { name: 'portgate', version: VERSION }
  return JSON.stringify({
    schemaVersion: 1,
    tool,
    verdict: 'inconclusive',
    shard: sealShard(name, scan, VERSION),
  })
}
