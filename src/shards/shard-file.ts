/** The report of a shard: report.json with one key more, which alone `merge` reads. */
import { z } from 'zod'
import type { ScanResult, Shard } from '../model.ts'
import { digestOf } from './digest.ts'
import { evidenceSchema, fromEvidence, toEvidence } from './evidence.ts'
import { MOST_SHARDS, parseJson } from './plan-file.ts'
import { hex, shortText } from './schemas.ts'

/** Which shard a report is of. */
export type ShardName = Pick<Shard, 'index' | 'of' | 'digest' | 'attempt' | 'machine'>

/** What a report of a shard says. */
export interface ShardReport extends ShardName {
  /** As the user names it. */
  file: string
  /** Of Portgate. */
  version: string
  checksum: string
  scan: ScanResult
}

const index = z.int().min(1).max(MOST_SHARDS)

const shardFileSchema = z.object({
  schemaVersion: z.literal(1),
  tool: z.object({ name: z.literal('portgate'), version: shortText }),
  shard: z.strictObject({
    index,
    of: index,
    digest: hex,
    attempt: z.int().min(1),
    machine: z.string().regex(/^[0-9a-f]{1,64}$/),
    evidence: evidenceSchema,
    checksum: hex,
  }),
})

/** What a report carries of a shard. */
export function sealShard(name: ShardName, scan: ScanResult, version: string): Shard {
  const evidence: Record<string, unknown> = toEvidence(scan)
  const shard = { ...name, evidence }
  return { ...shard, checksum: digestOf({ version, shard }) }
}

/**
 * Reads the report of a shard.
 *
 * Throws an error whose message is a clause that says what is wrong with it.
 */
export function openShard(text: string, file: string): ShardReport {
  const value = parseJson(text)
  if (typeof value !== 'object' || value === null || !('shard' in value))
    throw new Error('it is not a shard report: `portgate check --plan … --shard …` writes one')
  const { data, error } = shardFileSchema.safeParse(value)
  if (!data) {
    const where = error.issues[0]?.path.map(String).join('.') ?? ''
    throw new Error(
      `it is not a valid shard report${where && `: \`${where.slice(0, 200)}\` cannot be right`}`,
    )
  }
  const { tool, shard } = data
  const { evidence, checksum, ...name } = shard
  if (digestOf({ version: tool.version, shard: { ...name, evidence } }) !== checksum)
    throw new Error('it was changed after it was written: its checksum does not match')
  return { ...name, file, version: tool.version, checksum, scan: fromEvidence(evidence) }
}
