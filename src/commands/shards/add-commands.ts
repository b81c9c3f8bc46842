import type { Command } from 'commander'
import { PLAIN_FORMATS, type PlainFormat, REPORT_FORMATS } from '../../report/formats.ts'
import { addOptions, EXIT_STATUS, type Flags, formatOption, formatsOption } from '../flags.ts'
import type { MergeFlags, Terminal } from './terminal.ts'

/** `plan` and `merge`; what is between them is a `check`. */
export function addShardCommands(program: Command, terminal: Terminal): void {
  addOptions(
    program.command('plan'),
    formatOption(PLAIN_FORMATS),
    'write plan.json there, whatever is printed (default: the current folder)',
  )
    .option('--shards <number>', 'number of shards, 1 to 256')
    .option('--max-time <time>', 'choose the number so that no shard takes longer than this, such as 5m')
    .description('look up the endpoints, split the scan into shards and estimate their cost; scan nothing')
    .action(async (endpoints: string[], flags: Flags & { format: PlainFormat }) => {
      const { writePlan } = await import('./command-line.ts')
      return writePlan(endpoints, flags, terminal)
    })
  program
    .command('merge')
    .description('join the reports of all shards and judge them as one scan')
    .argument('<report...>', 'reports that `check --shard` wrote, or folders that hold them')
    .option('--plan <file>', 'the plan.json that the shards scanned')
    .option('--max-age <time>', 'how old the plan may be, such as 12h, 7d or never (default: 24h)')
    .option('--baseline <file>', 'an earlier report.json to compare with')
    .option(
      '--known-violations <what>',
      'what violations that are in the baseline do: fail (the default) or warn',
    )
    .option('--output-directory <folder>', 'write report.json, report.sarif, report.html and junit.xml there')
    .addOption(formatsOption(REPORT_FORMATS))
    .addHelpText('after', EXIT_STATUS)
    .action(async (reports: string[], flags: MergeFlags) => {
      const { merge } = await import('./command-line.ts')
      return merge(reports, flags, terminal)
    })
}
