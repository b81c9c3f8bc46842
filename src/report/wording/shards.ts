/** Shards of a plan without a usable report. */
import type { MissingShard } from '../../model.ts'
import { count } from '../counts.ts'
import { nameOfHost } from './names.ts'
import { join, say, type Text, words } from './text.ts'
import type { Wording } from './wording.ts'

/** `shard 3`, `shards 3 and 5`. */
export function nameShards(shards: readonly number[]): Text {
  const [last, ...others] = [...shards].reverse()
  if (others.length === 0) return say`shard ${last ?? ''}`
  return say`shards ${others.reverse().join(', ')} and ${last ?? ''}`
}

export const missingShard: Wording<'missing-shard'> = {
  help: {
    severity: 'high',
    title: 'A part of the plan was not scanned',
    means:
      'A shard of the plan has no usable report: its job failed or was cancelled, its report was not passed on, or the report is cut off, was changed, or does not match the plan. Or a report leaves out something that its shard had to scan. Nothing is known about these hosts and ports, so they may be open.',
    certain:
      'The hosts and ports of the plan are compared with those of the reports, one by one. Reports of another plan are refused. No policy can ignore this finding.',
    remedy:
      'Run the failed job again and merge again: the other reports are still valid. In a workflow, let the merge run after failures (`if: !cancelled()`) and set `fail-fast: false`, so that one failed shard does not cancel the others.',
  },
  inFew: () => 'part of the plan not scanned',
  say({ args }) {
    return {
      message: say`Shard ${args.index} of ${args.of} is missing, so nothing is known about ${count(args.pairs, 'port')} on ${count(args.hosts, 'host')}: ${listHosts(args)}.`,
      why: words('What was not scanned may be open.'),
      remedy: words(
        'Run this shard again and merge again; the other reports are still valid. The log names the reports that could not be used, and why.',
      ),
    }
  },
}

/** The first hosts, and how many are not named. */
function listHosts({ named, hosts }: MissingShard): Text {
  const left = hosts - named.length
  return join([...named.map(nameOfHost), ...(left > 0 ? [say`${left} more`] : [])], ', ')
}
