import { FINDING_IDS, type FindingId } from '../model.ts'

/** Doubts and notes that a policy may ignore: all but those about the review of the policy itself and about missing shards. */
export const IGNORABLE_IDS = [...FINDING_IDS.doubt, ...FINDING_IDS.note].filter(
  (id) => id !== 'unreviewed-policy' && id !== 'missing-shard',
)

/** Findings about the whole run, or about the policy. */
const OF_NO_HOST: readonly FindingId[] = [
  'silent-run',
  'canary-not-open',
  'stale-results',
  'expiring-allowance',
  'unused-allowance',
]

/** Whether what may be ignored is about a host. */
export function isOfHost(id: FindingId): boolean {
  return !OF_NO_HOST.includes(id)
}
