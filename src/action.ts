import * as core from '@actions/core'
import { readDeploymentEnvironment } from './github/event.ts'
import { readInputs } from './github/inputs.ts'
import { annotate, publish, writeSummary } from './github/publish.ts'
import { onInterrupt } from './interrupt.ts'
import { exitStatus } from './judge/verdict.ts'
import { createProgressLog } from './progress.ts'
import { sayWaited } from './report/coverage.ts'
import { renderText } from './report/text.ts'
import { renderRefusal, renderRefusalSummary, toRefusalAnnotations } from './report/unusable.ts'
import { run, validate } from './run.ts'
import { folderTree } from './tree.ts'
import { Unusable } from './unusable.ts'

/** Columns of the report in the workflow's log. */
const LOG_COLUMNS = 120

/** The action: inputs → run → publish → status. */
async function main(): Promise<number> {
  const { command, outputDirectory, options } = readInputs()
  const deploysTo = await readDeploymentEnvironment()
  const root = process.cwd()
  const tree = folderTree(root)
  if (command === 'validate') {
    const { endpoints } = await validate(options, { root, tree, deploysTo })
    core.info(`The policy is valid; it names ${endpoints.length} endpoints.`)
    return 0
  }
  const onProgress = createProgressLog(core.info)
  const report = await run(options, {
    root,
    tree,
    env: process.env,
    signal: onInterrupt(),
    deploysTo,
    onProgress,
    onWaited: (waited) => core.info(sayWaited(waited)),
  })
  core.info(renderText(report, { colours: false, width: LOG_COLUMNS }))
  await publish(report, outputDirectory)
  return exitStatus(report)
}

/** Nothing was judged: says why, on every channel that still works. */
async function refuse(error: unknown): Promise<number> {
  if (!(error instanceof Unusable)) {
    core.error(
      `This is a fault of Portgate and not yours; please report it. ${(error as Error).stack ?? error}`,
    )
    return 2
  }
  core.info(renderRefusal(error))
  annotate(toRefusalAnnotations(error))
  await writeSummary(renderRefusalSummary(error)).catch(() => {})
  return 2
}

process.exitCode = await main().catch(refuse)
