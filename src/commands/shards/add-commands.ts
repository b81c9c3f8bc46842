import type { Command } from 'commander'
import { PLAIN_FORMATS, type PlainFormat, REPORT_FORMATS } from '../../report/formats.ts'
import {
  addComparison,
  addOptions,
  EXIT_STATUS,
  type Flags,
  formatOption,
  formatsOption,
  outputOption,
} from '../flags.ts'
import type { MergeFlags, Terminal } from './terminal.ts'

/** Adds `plan` and `merge`; the step between them is `check --plan --shard`. */
export function addShardCommands(program: Command, terminal: Terminal): void {
  addOptions(program.command('plan'))
    .option('--shards <number>', 'number of shards, 1 to 256')
    .option('--max-time <time>', 'choose the number so that no shard takes longer than this, such as 5m')
    .addOption(outputOption('write plan.json there, whatever is printed (default: the current folder)'))
    .addOption(formatOption(PLAIN_FORMATS))
    .description('look up the endpoints, split the scan into shards and estimate their cost; scan nothing')
    .action(async (endpoints: string[], flags: Flags & { format: PlainFormat }) => {
      const { writePlan } = await import('./command-line.ts')
      return writePlan(endpoints, flags, terminal)
    })
  const merge = program
    .command('merge')
    .description('join the reports of all shards and judge them as one scan')
    .argument('<report...>', 'reports that `check --shard` wrote, or folders that hold them')
    .option('--plan <file>', 'the plan.json that the shards scanned')
    .option('--max-age <time>', 'how old the plan may be, such as 12h, 7d or never (default: 24h)')
  addComparison(merge)
    .addOption(outputOption())
    .addOption(formatsOption(REPORT_FORMATS))
    .addHelpText('after', EXIT_STATUS)
    .action(async (reports: string[], flags: MergeFlags) => {
      const { merge } = await import('./command-line.ts')
      return merge(reports, flags, terminal)
    })
}
