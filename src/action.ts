import { readdirSync } from 'node:fs'
import * as core from '@actions/core'
import { sayValid, validate } from './commands/validate.ts'
import { requireOutputFolder } from './files/save-report.ts'
import { type Event, readEvent } from './github/event.ts'
import { type Inputs, readInputs, requireInputs } from './github/inputs.ts'
import { readLinks } from './github/origin.ts'
import { choosePolicy } from './github/policy-source.ts'
import { describeOutcome, post } from './github/posts.ts'
import { annotate, publish, writeSummary } from './github/publish.ts'
import { exitStatus } from './judge/verdict.ts'
import { onInterrupt, waitUnlessInterrupted } from './process/interrupt.ts'
import { createProgressLog } from './process/progress.ts'
import { sayWaited } from './report/coverage.ts'
import { renderText } from './report/text.ts'
import {
  renderRefusalSummary,
  toDiagnosticAnnotations,
  toLog,
  toRefusalAnnotations,
} from './report/unusable.ts'
import { folderTree } from './repository/folder-tree.ts'
import { run } from './run.ts'
import { Missing, Unusable } from './unusable.ts'

/** Columns of the report in the workflow's log. */
const LOG_COLUMNS = 120

/** Once the job is cancelled, GitHub is waited for no longer. */
const MOST_POSTING_MS = 1_000

/** Longest life of this process after its work is done. */
const MOST_LINGERING_MS = 1_000

/** The action: inputs → run → publish → status. */
async function main(): Promise<number> {
  const inputs = readInputs()
  const event = await readEvent(process.env)
  const { command } = inputs
  const root = process.cwd()
  // Before anything is written there.
  const wasEmpty = isEmptyFolder(root)
  try {
    requireInputs(inputs)
    return await (command === 'validate' ? validateOnly : check)(root, inputs, event)
  } catch (error) {
    const cause = error instanceof Missing && wasEmpty ? nothingCheckedOut(error) : error
    return refuse(cause, command === 'check' ? { inputs, event } : undefined)
  }
}

async function validateOnly(root: string, { options }: Inputs, { deploysTo }: Event): Promise<number> {
  const valid = await validate(options, { root, tree: folderTree(root), deploysTo })
  core.info(toLog(sayValid(valid)))
  annotate(toDiagnosticAnnotations(valid.notes, 'notice'))
  return 0
}

async function check(root: string, inputs: Inputs, event: Event): Promise<number> {
  const { options, outputDirectory } = inputs
  if (outputDirectory) requireOutputFolder(outputDirectory, root)
  const signal = onInterrupt()
  const { commit, ...policy } = await choosePolicy(root, event, inputs)
  const report = await run(options, {
    ...policy,
    root,
    env: process.env,
    signal,
    deploysTo: event.deploysTo,
    onProgress: createProgressLog(core.info),
    say: core.info,
    onWaited: (waited) => core.info(sayWaited(waited)),
    ...(core.isDebug() ? { onTrace: (record) => core.debug(`trace ${JSON.stringify(record)}`) } : {}),
  })
  core.info(renderText(report, { colours: false, width: LOG_COLUMNS }))
  // What was read at another commit has its lines there.
  const links = readLinks(process.env, report.policy.ref ?? commit)
  await publish(report, outputDirectory, root, links)
  const status = exitStatus(report)
  const posted = post(event, inputs, describeOutcome(report, status !== 0, links), commit)
  if (!(await waitUnlessInterrupted(posted, signal, MOST_POSTING_MS))) {
    core.warning('The job was cancelled before the comment or the issue was written.')
  }
  return status
}

function isEmptyFolder(folder: string): boolean {
  try {
    return readdirSync(folder).length === 0
  } catch {
    return false
  }
}

/** Where nothing is checked out, no policy can be found. */
function nothingCheckedOut({ message }: Missing): Unusable {
  const question = 'The workspace is empty: is actions/checkout before this step?'
  return new Unusable([question, message], [], 'UNUSABLE: The workspace is empty')
}

/** Nothing was judged: says why, on every channel that still works. */
async function refuse(error: unknown, run?: { inputs: Inputs; event: Event }): Promise<number> {
  const isKnown = error instanceof Unusable
  const cause = isKnown ? error : new Unusable([OUR_FAULT], [], 'NOT RUN: A fault of Portgate')
  core.info(toLog(isKnown ? error.message : `${OUR_FAULT}\n${(error as Error).stack ?? error}`))
  annotate(toRefusalAnnotations(cause))
  await writeSummary(renderRefusalSummary(cause)).catch(() => {})
  if (run) await post(run.event, run.inputs, { state: 'fails', render: () => renderRefusalSummary(cause) })
  return 2
}

/** What an exception says may be a secret, which GitHub hides in logs only. */
const OUR_FAULT = 'This is a fault of Portgate and not yours; please report it with the text in the log.'

process.exitCode = await main().catch((error) => refuse(error))
// A request that was given up may hold its connection to a proxy, and this process with it.
setTimeout(() => process.exit(), MOST_LINGERING_MS).unref()
