/** The command line's side of plans and shards. */
import { requireOutputFolder } from '../../files/save-report.ts'
import type { PlainFormat } from '../../report/formats.ts'
import { Unusable } from '../../unusable.ts'
import { refuseFiles } from '../arguments.ts'
import { type Flags, toOptions } from '../flags.ts'
import { openPolicy } from '../open-policy.ts'
import { checkShard } from './check-shard.ts'
import { mergeShards } from './merge.ts'
import { makePlanFile, savePlan } from './plan.ts'
import { renderPlan, sayPlan } from './say-plan.ts'
import type { MergeFlags, ShowFlags, Terminal } from './terminal.ts'

export async function writePlan(
  endpoints: string[],
  flags: Flags & { format: PlainFormat },
  { watched, print, warn, columns }: Terminal,
): Promise<void> {
  refuseFiles(endpoints)
  const { outputDirectory = '.', shards, maxTime, format } = flags
  requireOutputFolder(outputDirectory, process.cwd())
  const { policy, ...opened } = await openPolicy(flags, warn)
  const options = toOptions(endpoints, { ...flags, policy })
  const planned = await watched((context) =>
    makePlanFile(options, { shards, 'max-time': maxTime }, { ...context, ...opened }),
  )
  const path = savePlan(planned.file, outputDirectory, process.cwd())
  print(format === 'json' ? renderPlan(planned, path) : sayPlan(planned, path, columns))
}

/** One part of a plan: no policy is read but the plan's, and nothing is looked up. Without its report there is nothing to merge. */
export async function checkPart(
  endpoints: string[],
  flags: Flags & ShowFlags,
  { watched, show, onTrace }: Terminal,
): Promise<void> {
  const { plan, shard, debug, format, outputDirectory = '.' } = flags
  if (format.includes('sarif')) throw new Unusable(['format: a single shard has no SARIF: `merge` writes it'])
  requireOutputFolder(outputDirectory, process.cwd())
  const options = toOptions(endpoints, flags)
  const traced = debug ? { onTrace } : {}
  await show(await watched((context) => checkShard(options, { plan, shard }, { ...context, ...traced })), {
    format,
    outputDirectory,
  })
}

export async function merge(reports: string[], flags: MergeFlags, { show, warn }: Terminal): Promise<void> {
  const { plan, maxAge, baseline, knownViolations, outputDirectory } = flags
  if (outputDirectory) requireOutputFolder(outputDirectory, process.cwd())
  const context = { root: process.cwd(), say: warn }
  const options = { 'max-age': maxAge, baseline, 'known-violations': knownViolations }
  const { report } = await mergeShards(options, { plan, reports }, context)
  await show(report, flags)
}
