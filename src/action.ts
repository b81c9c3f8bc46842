import { readdirSync } from 'node:fs'
import * as core from '@actions/core'
import { isOfShard } from './commands/shards/is-of-shard.ts'
import { sayValid, validate } from './commands/validate.ts'
import { requireOutputFolder } from './files/save-report.ts'
import { requireOwnBaseline } from './github/baseline-source.ts'
import { type Event, readEvent } from './github/event.ts'
import { createRepositoryOpener } from './github/floor-repository.ts'
import { type Inputs, readInputs, requireInputs } from './github/inputs.ts'
import { readLinks } from './github/origin.ts'
import { choosePolicy } from './github/policy-source.ts'
import { describeOutcome, describeRefusal, post } from './github/posts.ts'
import {
  annotate,
  chooseFolder,
  publish,
  publishPlan,
  publishShard,
  publishSuggestion,
  writeSummary,
} from './github/publish.ts'
import { exitStatus } from './judge/verdict.ts'
import type { Report } from './model.ts'
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
import { type RunContext, run } from './run.ts'
import { Missing, Unusable } from './unusable.ts'

/** Columns of the report in the workflow's log. */
const LOG_COLUMNS = 120

/** How long posting may still take once the job is cancelled, in milliseconds. */
const MOST_POSTING_MS = 1_000

/** How long this process may live after its work is done, in milliseconds. */
const MOST_LINGERING_MS = 1_000

/** The action: inputs → run → publish → status. */
async function main(): Promise<number> {
  const inputs = readInputs()
  const event = await readEvent(process.env)
  const { command } = inputs
  const root = process.cwd()
  // Checked before anything is written there.
  const wasEmpty = isEmptyFolder(root)
  try {
    requireInputs(inputs)
    return await COMMANDS[command](root, inputs, event)
  } catch (error) {
    const cause = error instanceof Missing && wasEmpty ? nothingCheckedOut(error) : error
    return refuse(cause, isPosted(inputs) ? { inputs, event } : undefined)
  }
}

const COMMANDS: Record<Inputs['command'], (root: string, inputs: Inputs, event: Event) => Promise<number>> = {
  check: (root, inputs, event) => (isOfShard(inputs) ? checkPart(root, inputs) : check(root, inputs, event)),
  validate: validateOnly,
  suggest,
  plan: writePlan,
  merge,
}

/** Only a run that judges posts: a plan and its parts are judged by `merge`. */
function isPosted(inputs: Inputs): boolean {
  return inputs.command === 'merge' || (inputs.command === 'check' && !isOfShard(inputs))
}

async function validateOnly(root: string, { options, token }: Inputs, { deploysTo }: Event): Promise<number> {
  const tree = { ...folderTree(root), openRepository: createRepositoryOpener(token, root) }
  const valid = await validate(options, { root, tree, deploysTo })
  core.info(toLog(sayValid(valid)))
  annotate(toDiagnosticAnnotations(valid.notes, 'notice'))
  return 0
}

async function check(root: string, inputs: Inputs, event: Event): Promise<number> {
  const { options, outputDirectory } = inputs
  if (outputDirectory) requireOutputFolder(outputDirectory, root)
  const signal = onInterrupt()
  const { commit, ...policy } = await choosePolicy(root, event, inputs)
  await requireOwnBaseline(root, event, inputs)
  const report = await run(options, { ...describeWorld(root, signal), ...policy, deploysTo: event.deploysTo })
  return tell(report, { root, inputs, event, signal, commit })
}

/** What surrounds every run of the action. */
function describeWorld(root: string, signal: AbortSignal): RunContext {
  return {
    root,
    tree: folderTree(root),
    env: process.env,
    signal,
    onProgress: createProgressLog(core.info),
    say: core.info,
    onWaited: (waited) => core.info(sayWaited(waited)),
    ...(core.isDebug() ? { onTrace: (record) => core.debug(`trace ${JSON.stringify(record)}`) } : {}),
  }
}

/** Prints what was judged, publishes it and posts it. @returns the exit status */
async function tell(
  report: Report,
  {
    root,
    inputs,
    event,
    signal,
    commit,
  }: { root: string; inputs: Inputs; event: Event; signal: AbortSignal; commit?: string },
): Promise<number> {
  core.info(renderText(report, { colours: false, width: LOG_COLUMNS }))
  // The findings point to lines of the policy as it is at that commit.
  const links = readLinks(process.env, report.policy.ref ?? commit)
  await publish(report, inputs.outputDirectory, root, links)
  const status = exitStatus(report)
  const posted = post(event, inputs, describeOutcome(report, status !== 0, links), commit)
  if (!(await waitUnlessInterrupted(posted, signal, MOST_POSTING_MS))) {
    core.warning('The job was cancelled before the comment or the issue was written.')
  }
  return status
}

async function suggest(root: string, inputs: Inputs, event: Event): Promise<number> {
  const { suggestPolicy } = await import('./commands/suggest.ts')
  const signal = onInterrupt()
  const { commit: _, ...policy } = await choosePolicy(root, event, inputs)
  const context = { root, env: process.env, signal, deploysTo: event.deploysTo, ...policy }
  const asked = { options: inputs.options }
  const suggested = await suggestPolicy(asked, { ...context, onProgress: createProgressLog(core.info) })
  core.info(toLog(suggested.text))
  for (const sentence of suggested.sentences) core.info(toLog(sentence))
  await publishSuggestion(suggested)
  return 0
}

async function writePlan(root: string, inputs: Inputs, event: Event): Promise<number> {
  const { options, cut, outputDirectory } = inputs
  const { makePlanFile, savePlan } = await import('./commands/shards/plan.ts')
  const { listMatrix, sayPlan } = await import('./commands/shards/say-plan.ts')
  if (outputDirectory) requireOutputFolder(outputDirectory, root)
  const chosen = await choosePolicy(root, event, inputs)
  const world = { ...describeWorld(root, onInterrupt()), ...chosen, deploysTo: event.deploysTo }
  const planned = await makePlanFile(options, cut, world)
  const path = savePlan(planned.file, chooseFolder(outputDirectory, root), root)
  core.info(sayPlan(planned, path, LOG_COLUMNS))
  await publishPlan(path, listMatrix(planned.file))
  return 0
}

/** Scans one part of a plan: what it saw goes to the log, and its report to a file. */
async function checkPart(root: string, { options, plan, shard, outputDirectory }: Inputs): Promise<number> {
  const { checkShard } = await import('./commands/shards/check-shard.ts')
  if (outputDirectory) requireOutputFolder(outputDirectory, root)
  const report = await checkShard(options, { plan, shard }, describeWorld(root, onInterrupt()))
  core.info(renderText(report, { colours: false, width: LOG_COLUMNS }))
  await publishShard(report, outputDirectory, root)
  return exitStatus(report)
}

async function merge(root: string, inputs: Inputs, event: Event): Promise<number> {
  const { options, plan, reports, outputDirectory } = inputs
  const { mergeShards } = await import('./commands/shards/merge.ts')
  if (outputDirectory) requireOutputFolder(outputDirectory, root)
  await requireOwnBaseline(root, event, inputs)
  const signal = onInterrupt()
  const { report, file } = await mergeShards(options, { plan, reports }, { root, say: core.warning })
  // The plan's options decide which gate the posts belong to.
  const asked = { ...inputs, options: { ...options, ...file.options } }
  return tell(report, { root, inputs: asked, event, signal, commit: file.commit })
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
  if (run) await post(run.event, run.inputs, describeRefusal(cause))
  return 2
}

/** Posted in place of the exception's message, which may hold a secret: GitHub masks secrets in logs only. */
const OUR_FAULT = 'This is a bug in Portgate; please report it with the text in the log.'

process.exitCode = await main().catch((error) => refuse(error))
// An abandoned request may keep its connection to a proxy open, and so keep this process alive.
setTimeout(() => process.exit(), MOST_LINGERING_MS).unref()
