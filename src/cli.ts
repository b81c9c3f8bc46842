#!/usr/bin/env node
import { once } from 'node:events'
import { pathToFileURL } from 'node:url'
import { Argument, Command, CommanderError, Option } from 'commander'
import picocolors from 'picocolors'
import supportsHyperlinks from 'supports-hyperlinks'
import { refuseDashes, refuseEmpty, refuseFiles, takeInput } from './commands/arguments.ts'
import { renderCompletion, SHELLS } from './commands/completion.ts'
import {
  addEvidence,
  addOptions,
  addSuggest,
  EXIT_STATUS,
  type Flags,
  formatOption,
  formatsOption,
  outputOption,
  type SuggestFlags,
  toOptions,
} from './commands/flags.ts'
import { addExamples, refuseCommand } from './commands/help.ts'
import { openPolicy } from './commands/open-policy.ts'
import { addShardCommands } from './commands/shards/add-commands.ts'
import { isOfShard } from './commands/shards/is-of-shard.ts'
import type { ShowFlags, Terminal } from './commands/shards/terminal.ts'
import { sayValid, validate } from './commands/validate.ts'
import { requireOutputFolder, saveReport } from './files/save-report.ts'
import { exitStatus } from './judge/verdict.ts'
import type { Report, Waited } from './model.ts'
import { cutSource } from './policy/diagnostics.ts'
import { policyJsonSchema } from './policy/json-schema.ts'
import { onInterrupt } from './process/interrupt.ts'
import { createProgressBar, createProgressLog } from './process/progress.ts'
import { renderCompactFindings } from './report/compact.ts'
import { sayWaited } from './report/coverage.ts'
import {
  DIFF_FORMATS,
  type DiffFormat,
  loadRenderer,
  PIPE_COLUMNS,
  PLAIN_FORMATS,
  type PlainFormat,
  REPORT_FORMATS,
  type ReportFormat,
} from './report/formats.ts'
import { renderJson } from './report/json.ts'
import type { Links } from './report/links.ts'
import { toLog } from './report/unusable.ts'
import { folderTree } from './repository/folder-tree.ts'
import { findHere } from './repository/paths.ts'
import { type RunContext, run } from './run.ts'
import type { TraceRecord } from './scan/engine/trace.ts'
import { Unusable } from './unusable.ts'
import { VERSION } from './version.ts'

/** The command line: arguments → run → print → exit status. */
function createProgram(): Command {
  const program = new Command('portgate')
    .description('Compares the open ports of your hosts with the policy in your repository.')
    .version(VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show this help')
    .helpCommand(false)
    .addOption(
      new Option('--color <when>', 'colours: auto (on a terminal), always or never')
        .choices(['auto', 'always', 'never'])
        .default('auto'),
    )
    .option('-q, --quiet', 'no progress, and only the violations and doubts of a report, one per line')
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError('(run portgate --help for a list)')
    .addHelpText('after', EXIT_STATUS)
    .exitOverride()
    .hook('preAction', (_, command) => {
      output = program.opts<OutputFlags>()
      refuseEmpty(command)
      refuseDashes(command)
    })
    .on('command:*', ([word]: string[]) => {
      throw refuseCommand(word ?? '', program)
    })

  addEvidence(addOptions(program.command('check')))
    .addOption(outputOption())
    .addOption(formatsOption(REPORT_FORMATS))
    .option('--plan <file>', 'scan one shard of this plan, which has all other settings; needs --shard')
    .option(
      '--shard <n/m>',
      'the shard to scan, such as 2/8; the report is written to shard-2-attempt-1.json',
    )
    .option('--debug', 'print each decision of the scan to stderr, as a line of JSON')
    .description('scan the endpoints and judge them by the policy')
    .addHelpText('after', EXIT_STATUS)
    .action(check)
  addShardCommands(program, TERMINAL)
  addEvidence(addOptions(program.command('validate')))
    .addOption(formatOption(PLAIN_FORMATS))
    .description('check the policy and list every mistake; scan nothing')
    .action(validateOnly)
  addSuggest(program).action(suggest)
  program
    .command('diff')
    .description('show what a change to the policy loosens and tightens')
    .argument(
      '<old>',
      'the policy before: a file, - for standard input, a branch, tag or commit, or commit:path',
    )
    .argument('<new>', 'the policy after')
    .option('--policy <file>', 'the policy in a commit (default: .github/port-policy.yml or .yaml)')
    .option('--fail-on-loosening <severity>', 'lowest severity of a loosening that fails, or never', 'never')
    .addOption(formatOption(DIFF_FORMATS))
    .action(diff)
  program
    .command('explain')
    .description('explain what a port or a service means when it faces the internet')
    .argument('[port|service]', 'such as 6379, 6379/tcp or redis')
    .option('--all', 'print the whole catalogue')
    .addOption(formatOption(PLAIN_FORMATS))
    .addOption(new Option('--policy <file>', 'apply the catalogue changes of this policy'))
    .action(explain)
  program
    .command('schema')
    .description('print the JSON Schema of the policy, for editors')
    .action(() => print(renderJson(policyJsonSchema())))
  program
    .command('demo')
    .description('open some listeners on loopback and check them: needs no network, root or policy')
    .action(demo)
  program
    .command('completion')
    .description('print a script that lets a shell complete commands, flags and their values')
    .addArgument(new Argument('<shell>', 'which one').choices(SHELLS))
    .action((shell) => print(renderCompletion(program, shell)))
  program
    .command('help')
    .description('show the help of a command')
    .argument('[command]')
    .action((name?: string) => help(program, name))
  for (const command of program.commands)
    command.showHelpAfterError(`(run portgate ${command.name()} --help for a list)`)
  addExamples(program)
  return program
}

function help(program: Command, name: string | undefined): void {
  const command = name === undefined ? program : program.commands.find((one) => one.name() === name)
  if (!command) throw refuseCommand(name ?? '', program)
  command.outputHelp()
}

/** Flags for what is printed besides results, and for colour. */
interface OutputFlags {
  color: 'auto' | 'always' | 'never'
  quiet?: true
}

let output: OutputFlags = { color: 'auto' }

async function check(endpoints: string[], { format: formats, ...flags }: CheckFlags): Promise<void> {
  refuseFiles(endpoints)
  refuseSurplus(formats, flags.outputDirectory)
  if (flags.outputDirectory) requireOutputFolder(flags.outputDirectory, process.cwd())
  if (isOfShard(flags)) {
    const { checkPart } = await import('./commands/shards/command-line.ts')
    return checkPart(endpoints, { ...flags, format: formats }, TERMINAL)
  }
  const { policy, ...opened } = await openPolicy(flags, warn)
  const options = toOptions(endpoints, { ...flags, policy })
  const traced = flags.debug && { onTrace }
  const report = await watched((context) => run(options, { ...context, ...opened, ...traced }))
  await show(report, { ...flags, format: formats })
}

function onTrace(record: TraceRecord): void {
  warn(`trace ${JSON.stringify(record)}`)
}

/** Writes a report, prints it, and says how it ends. */
async function show(report: Report, { outputDirectory, format: formats }: ShowFlags): Promise<void> {
  const links = readLinks(report)
  if (outputDirectory) await save(report, outputDirectory, { formats: formats.slice(1), links })
  const [format] = formats
  const isBare = output.quiet && (format === 'text' || format === 'compact')
  const render = isBare ? renderCompactFindings : await loadRenderer(format)
  const { colours, isLinked } = describeOutput()
  const width = process.stdout.columns || undefined
  await printPieces(render(report, { colours, isLinked, width, links, onCut: warn }))
  process.exitCode = exitStatus(report)
}

type CheckFlags = Flags & ShowFlags

/** Only one of several formats can be printed. */
function refuseSurplus(formats: ReportFormat[], outputDirectory: string | undefined): void {
  if (formats.length > 1 && outputDirectory === undefined)
    throw new Unusable([
      '--format: only one format can be printed; to write several as files, give --output-directory',
    ])
}

/** Links to files of the folder; a policy read at a commit is not among them. */
function readLinks({ policy }: Report): Links {
  if (policy.ref !== undefined) return {}
  const { root } = findHere(process.cwd())
  return { files: pathToFileURL(root).href.replace(/\/$/, '') }
}

/** Runs with progress on stderr: a bar on a terminal, a line now and then in a workflow's log, else nothing. */
async function watched<T>(task: (context: RunContext) => Promise<T>): Promise<T> {
  const root = process.cwd()
  const context: RunContext = { root, tree: folderTree(root), env: process.env, signal: onInterrupt() }
  if (output.quiet) return task(context)
  if (process.stderr.isTTY) {
    const bar = createProgressBar(process.stderr)
    const onWaited = (waited: Waited) => {
      bar.clear()
      log(sayWaited(waited))
    }
    return task({ ...context, onProgress: bar.onProgress, onWaited }).finally(bar.clear)
  }
  if (!process.env.GITHUB_ACTIONS) return task(context)
  return task({
    ...context,
    onProgress: createProgressLog(log),
    onWaited: (waited) => log(sayWaited(waited)),
  })
}

function log(line: string): void {
  process.stderr.write(`${line}\n`)
}

async function save(
  report: Report,
  folder: string,
  options: Parameters<typeof saveReport>[3],
): Promise<void> {
  const { cuts, failures } = await saveReport(report, folder, process.cwd(), options)
  for (const cut of cuts) warn(cut)
  for (const { name, reason } of failures) warn(`${name} could not be written: ${reason}`)
}

interface ValidateFlags extends Flags {
  format: PlainFormat
}

async function validateOnly(...written: [endpoints: string[], flags: ValidateFlags]): Promise<void> {
  const [endpoints, flags] = takeInput(...written)
  try {
    refuseFiles(endpoints)
    const { policy, ...opened } = await openPolicy(flags, warn)
    const valid = await validate(toOptions(endpoints, { ...flags, policy }), opened)
    const { notes } = valid
    const json = () => renderJson({ valid: true, ...valid, notes: notes.map(cutSource) })
    if (flags.format === 'json') print(json())
    else if (!output.quiet) print(toLog(sayValid(valid)))
  } catch (error) {
    if (!(error instanceof Unusable) || flags.format !== 'json') throw error
    print(renderJson({ valid: false, message: error.message, diagnostics: error.diagnostics.map(cutSource) }))
    process.exitCode = 2
  }
}

async function suggest(given: string[], { format, from, prune, ...flags }: SuggestFlags): Promise<void> {
  const { readEndpoints } = await import('./commands/endpoint-lists.ts')
  const { renderSuggestion, suggestPolicy } = await import('./commands/suggest.ts')
  const endpoints = await readEndpoints(given)
  const { policy, ...opened } = await openPolicy(flags, warn)
  const options = toOptions(endpoints, { ...flags, policy })
  const suggested = await watched((context) =>
    suggestPolicy({ options, ...(from ? { from } : {}), prune }, { ...context, ...opened }),
  )
  print(renderSuggestion(suggested, format))
  for (const sentence of suggested.sentences) warn(sentence)
}

async function diff(before: string, after: string, flags: DiffFlags): Promise<void> {
  const { diffStates } = await import('./commands/diff.ts')
  const { text, fails } = await diffStates([before, after], {
    here: findHere(process.cwd()),
    warn,
    ...flags,
    ...describeOutput(),
  })
  print(text)
  process.exitCode = fails ? 1 : 0
}

interface DiffFlags {
  policy?: string
  failOnLoosening: string
  format: DiffFormat
}

interface ExplainFlags {
  all?: true
  format: PlainFormat
  policy?: string
}

async function explain(subject: string | undefined, { all, format, policy }: ExplainFlags): Promise<void> {
  const { explain, SUBJECT_NEEDED } = await import('./commands/explain.ts')
  if ((subject === undefined) !== (all === true)) throw new Unusable([SUBJECT_NEEDED])
  const opened = policy === undefined ? undefined : await openPolicy({ policy }, warn)
  print(await explain(subject, { opened, format, ...describeOutput() }))
}

async function demo(): Promise<void> {
  const { runDemo } = await import('./commands/demo/demo.ts')
  process.exitCode = await watched((context) => runDemo(context, { print, ...describeOutput() }))
}

function describeOutput(): { colours: boolean; isLinked: boolean; width: number } {
  const { isTTY, columns } = process.stdout
  // picocolors also colours what a workflow or Windows writes into a pipe or a file.
  const isWanted = (isTTY || Boolean(process.env.FORCE_COLOR)) && picocolors.isColorSupported
  // A terminal without a size reports 0 columns.
  return {
    colours: output.color === 'auto' ? isWanted : output.color === 'always',
    isLinked: isTTY && supportsHyperlinks.stdout && output.color !== 'never',
    width: columns || PIPE_COLUMNS,
  }
}

/** Characters written at once: writing a million lines one by one is slow. */
const PIECE = 65_536

function print(text: string): void {
  process.stdout.write(text)
}

/**
 * Prints a report as fast as it is read: what a slow reader of a pipe has not taken would otherwise be kept, up to hundreds of
 * megabytes.
 */
async function printPieces(text: string | Iterable<string>): Promise<void> {
  let waiting = ''
  for (const piece of typeof text === 'string' ? [text] : text) {
    waiting += piece
    if (waiting.length < PIECE) continue
    try {
      if (!process.stdout.write(waiting)) await once(process.stdout, 'drain')
    } catch {
      // The reader has gone, or nothing can be written: the listener of `error` tells which.
      return
    }
    waiting = ''
  }
  print(waiting)
}

function warn(sentence: string): void {
  process.stderr.write(`${sentence}\n`)
}

/** What went wrong, for people. Only a bug of ours comes with a stack. */
function explainFailure(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  process.stderr.write(toLog(error instanceof Unusable ? error.message : describeFault(error)))
  return 2
}

function describeFault(error: unknown): string {
  return `This is a bug in Portgate; please report it.\n${(error as Error).stack ?? error}`
}

// A reader that closes the pipe early, such as `head`, is not a failure. A full disk is one, but not a verdict: exit
// status 1 would mean `fail`.
process.stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
  if (code === 'EPIPE') return
  warn(`The result could not be written: ${message}`)
  process.once('exit', () => {
    process.exitCode = 2
  })
})

const TERMINAL: Terminal = { watched, show, print, warn, onTrace, columns: describeOutput().width }

try {
  await createProgram().parseAsync()
} catch (error) {
  process.exitCode = explainFailure(error)
}
