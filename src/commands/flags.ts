import { Argument, type Command, InvalidArgumentError, Option } from 'commander'
import { didYouMean } from '../policy/nearest.ts'
import { splitList } from '../prepare/lists.ts'
import type { Options } from '../prepare/options.ts'
import { type ReportFormat, SUGGEST_FORMATS, type SuggestFormat } from '../report/formats.ts'

export const EXIT_STATUS = `
Exit status: 0 pass, 1 fail, 2 unusable policy or arguments (nothing was judged), 3 inconclusive with on-doubt: fail.`

/** What `check` and `validate` are given. */
export interface Flags extends Options {
  outputDirectory?: string
  failOn?: string
  onDoubt?: string
  maxRate?: string
  timeLimit?: string
  policyRef?: string
  debug?: true
  resultsCover?: string[]
  maxAge?: string
  knownViolations?: string
  plan?: string
  shard?: string
  shards?: string
  maxTime?: string
}

/** The flags that say what to scan and how to judge it: the action's inputs, by the same names. */
export function addOptions(command: Command): Command {
  return command
    .addArgument(
      new Argument(
        '[endpoint...]',
        "names, addresses, CIDR blocks or URLs to scan instead of the policy's endpoints",
      ),
    )
    .option(
      '--policy <file>',
      'the policy, or - for standard input (default: .github/port-policy.yml or .yaml, here or above)',
    )
    .option(
      '--policy-ref <ref>',
      'branch, tag or commit to read the policy from, with git; head: the checked-out file',
    )
    .option('--environment <name>', 'one environment of the policy (default: all)')
    .option('--ports <ports>', 'common, catalogue, all, or a list such as 22,https,8000-8010')
    .option('--ip <family>', 'auto, both, 4 or 6')
    .option('--fail-on <severity>', 'lowest severity that fails: critical, high, medium, low, info, never')
    .option('--on-doubt <what>', 'what a doubt does to the exit status: fail or warn')
    .option('--mode <mode>', 'enforce, or audit: report everything and exit 0')
    .option(
      '--scope <hosts>',
      'the only names, patterns, addresses and CIDR blocks that may be probed',
      addToList,
    )
    .option('--max-rate <number>', 'new connections per second for the whole run')
    .option('--time-limit <time>', 'time limit for the scan, such as 10m')
    .option('--identify <boolean>', 'true: identify the service on each open port; false: connect only')
}

/**
 * The flags for waiting, for judging results instead of scanning, and for comparing. `plan` does not take them: it
 * comes before all that.
 */
export function addEvidence(command: Command): Command {
  return addComparison(
    command
      .option('--wait <time>', 'wait up to this long for the required ports before the scan, such as 90s')
      .option(
        '--results <files...>',
        'judge these result files of another scanner instead of scanning; - for standard input',
      )
      .option(
        '--results-cover <hosts...>',
        'what the results cover, where they don\'t say: a host, block or pattern with ports, such as "192.0.2.0/24: 1-1024"',
      )
      .option('--max-age <time>', 'maximum age of the results, such as 12h, 7d or never (default: 24h)'),
  )
}

/** The flags that say what to compare with. */
export function addComparison(command: Command): Command {
  return command
    .option('--baseline <file>', 'an earlier report.json to compare with')
    .option(
      '--known-violations <what>',
      'what to do about violations that are in the baseline: fail (the default) or warn',
    )
}

/** @param what is written there */
export function outputOption(
  what = 'write report.json, report.sarif, report.html and junit.xml there',
): Option {
  return new Option('--output-directory <folder>', what)
}

/** What `suggest` is given. */
export interface SuggestFlags extends Flags {
  format: SuggestFormat
  from?: string[]
  prune?: true
}

const SUGGEST_HELP = `
Examples:
  portgate suggest www.example.com 192.0.2.0/28 > .github/port-policy.yml
  portgate suggest hosts.txt > .github/port-policy.yml      one name, address, block or URL per line
  portgate suggest --format patch | git apply               amend the existing policy
  portgate suggest --from monday/report.json tuesday/report.json
  portgate suggest --prune --from */report.json --format patch`

/** The command that suggests a policy. Flags that say what to scan are the same as for `check`. */
export function addSuggest(program: Command): Command {
  return program
    .command('suggest')
    .description('print the smallest policy that allows what is open now, or amend the existing policy')
    .addArgument(
      new Argument(
        '[endpoint...]',
        'names, addresses, CIDR blocks or URLs; files that list them; - for standard input',
      ),
    )
    .option(
      '--policy <file>',
      'the policy to amend (default: .github/port-policy.yml or .yaml, here or above)',
    )
    .option('--environment <name>', 'one environment of the policy (default: all)')
    .option('--ports <ports>', 'common, catalogue, all, or a list such as 22,https,8000-8010')
    .option('--ip <family>', 'auto, both, 4 or 6')
    .option(
      '--scope <hosts>',
      'the only names, patterns, addresses and CIDR blocks that may be probed',
      addToList,
    )
    .option('--max-rate <number>', 'new connections per second for the whole run')
    .option('--time-limit <time>', 'time limit for the scan, such as 10m')
    .option('--identify <boolean>', 'true: identify the service on each open port; false: connect only')
    .option('--results <files...>', 'use these result files of another scanner instead of scanning')
    .option('--results-cover <hosts...>', "what the results cover, where they don't say, as with check")
    .option('--max-age <time>', 'maximum age of the results, as with check')
    .option(
      '--from <reports...>',
      "don't scan: suggest each port that is open in every one of these reports that saw it",
    )
    .option('--prune', 'with --from: remove allowances that none of the reports needed, add nothing')
    .addOption(formatOption(SUGGEST_FORMATS))
    .addHelpText('after', SUGGEST_HELP)
}

/** @param formats the first is the default */
export function formatOption(formats: readonly string[]): Option {
  return new Option('--format <format>', 'output format').choices(formats).default(formats[0])
}

/**
 * Several formats, as a list or as flags of their own.
 *
 * @param formats the first is the default
 */
export function formatsOption(formats: readonly ReportFormat[]): Option {
  const isFormat = (text: string): text is ReportFormat => (formats as readonly string[]).includes(text)
  let given: ReportFormat[] = []
  return (
    new Option(
      '--format <formats>',
      'output format; with --output-directory, a list such as text,csv: the first is printed, the others are written as files',
    )
      .default([formats[0]], formats[0])
      // For shell completion, which offers single formats and no lists.
      .choices(formats)
      .argParser((text) => {
        const all = text.split(/[\s,]+/).filter(Boolean)
        const unknown = all.find((one) => !isFormat(one))
        if (unknown !== undefined || all.length === 0) {
          const hint = didYouMean(unknown ?? '', formats, '')
          throw new InvalidArgumentError(`Allowed choices are ${formats.join(', ')}.${hint && ` (${hint})`}`)
        }
        given = [...given, ...all.filter(isFormat)]
        return given
      })
  )
}

/** A flag that may be given more than once, each time with a list. */
function addToList(text: string, before: string[] = []): string[] {
  return [...before, ...splitList(text)]
}

/** The flags as the options of a run. */
export function toOptions(
  endpoints: string[],
  { failOn, onDoubt, maxRate, timeLimit, resultsCover, maxAge, knownViolations, debug: _, ...flags }: Flags,
): Options {
  const written = {
    'fail-on': failOn,
    'on-doubt': onDoubt,
    'max-rate': maxRate,
    'time-limit': timeLimit,
    'results-cover': resultsCover,
    'max-age': maxAge,
    'known-violations': knownViolations,
  }
  return { ...flags, ...written, endpoints }
}
