import type { PlannedEndpoint } from '../../model.ts'
import { count, formatNumber } from '../../numbers.ts'
import { MOST_PAIRS } from '../../policy/plan.ts'
import { formatDuration } from '../../report/counts.ts'
import { type Cost, estimateCost } from '../../shards/cost.ts'
import { MOST_SHARDS } from '../../shards/plan-file.ts'
import { cutIntoShares } from '../../shards/share.ts'
import { Unusable } from '../../unusable.ts'

/** How to cut a plan: into a number of shards, or so that none takes longer than a time in milliseconds. */
export interface Cutting {
  shards?: number
  maxMs?: number
}

const HEADING = 'UNUSABLE: The scan cannot be split as asked'

/**
 * The number of shards, and what they cost.
 *
 * @throws {Unusable} where a shard would be too large, or no number of them is quick enough
 */
export function chooseShards(
  endpoints: readonly PlannedEndpoint[],
  excludes: (address: string) => boolean,
  { shards, maxMs = 0 }: Cutting,
): { shards: number; cost: Cost } {
  const costOf = (number: number) =>
    estimateCost(endpoints, excludes, cutIntoShares(endpoints, excludes, number))
  if (shards !== undefined) {
    const cost = costOf(shards)
    if (cost.largest <= MOST_PAIRS) return { shards, cost }
    const least = Math.ceil(cost.probes / MOST_PAIRS)
    const hint = least <= MOST_SHARDS ? `at least ${least} shards` : 'fewer hosts or ports'
    const problem = `shards: with ${shards}, one would probe ${formatNumber(cost.largest)} ports, and the limit is ${formatNumber(MOST_PAIRS)}: use ${hint}.`
    throw new Unusable([problem], [], HEADING)
  }
  const fits = ({ seconds, largest }: Cost) => seconds.most * 1000 <= maxMs && largest <= MOST_PAIRS
  const cheapest = costOf(MOST_SHARDS)
  if (!fits(cheapest)) {
    const why = cheapest.boundBy
      ? `\`max-rate: ${cheapest.boundBy}\` applies to all shards together, so more of them do not help`
      : 'scan fewer hosts or ports'
    const time = formatDuration(cheapest.seconds.most * 1000)
    throw new Unusable(
      [`max-time: even ${count(MOST_SHARDS, 'shard')} take up to ${time}, if every port is silent: ${why}.`],
      [],
      HEADING,
    )
  }
  // More shards are never slower, except for the rounding of whole hosts.
  let [low, high] = [1, MOST_SHARDS]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (fits(costOf(middle))) high = middle
    else low = middle + 1
  }
  return { shards: high, cost: costOf(high) }
}
