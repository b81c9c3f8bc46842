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
    .option('--shards <number>', 'how many parts, 1 to 256')
    .option('--max-time <time>', 'as many parts as it takes for none to last longer, such as 5m')
    .description(
      'look up what is to be scanned, cut it into parts and say what they cost; nothing is scanned',
    )
    .action(async (endpoints: string[], flags: Flags & { format: PlainFormat }) => {
      const { writePlan } = await import('./command-line.ts')
      return writePlan(endpoints, flags, terminal)
    })
  program
    .command('merge')
    .description('join the reports of all parts of a plan, and judge them as one scan')
    .argument('<report...>', 'what `check --shard` has written, and folders that hold such files')
    .option('--plan <file>', 'the plan')
    .option('--max-age <time>', 'how old the plan may be, such as 12h, 7d or never (default: 24h)')
    .option('--baseline <file>', 'an earlier report.json: say what has changed since')
    .option(
      '--known-violations <what>',
      'what violations that the baseline has do: fail (the default) or warn',
    )
    .option('--output-directory <folder>', 'write report.json, report.sarif, report.html and junit.xml there')
    .addOption(formatsOption(REPORT_FORMATS))
    .addHelpText('after', EXIT_STATUS)
    .action(async (reports: string[], flags: MergeFlags) => {
      const { merge } = await import('./command-line.ts')
      return merge(reports, flags, terminal)
    })
}
