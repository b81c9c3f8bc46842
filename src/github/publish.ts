import { mkdtempSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import * as core from '@actions/core'
import type { Suggested } from '../commands/suggest.ts'
import { openOutputFolder } from '../files/output-folder.ts'
import { type SavedFiles, saveReport } from '../files/save-report.ts'
import type { Report, Severity } from '../model.ts'
import type { Annotation } from '../report/annotations.ts'
import { toAnnotations } from '../report/annotations.ts'
import type { Links } from '../report/links.ts'
import { renderSuggestionSummary } from '../report/suggestion.ts'
import { renderSummary } from '../report/summary.ts'

/** A job's outputs may hold 1 MB together, in UTF-16; this leaves room for others. */
const LONGEST_OUTPUT = 100_000

/**
 * Publishes a report on every channel: files, outputs, annotations and the job summary. A channel that fails is
 * named in the log and changes nothing else.
 */
export async function publish(
  report: Report,
  outputDirectory: string,
  checkout: string,
  links: Links,
): Promise<void> {
  let files: SavedFiles = {}
  await attempt('the report', async () => {
    files = await writeReport(report, outputDirectory, checkout, links)
  })
  await attempt('the outputs', () => setOutputs(report, files))
  await attempt('the annotations', () => annotate(toAnnotations(report)))
  await attempt('the job summary', () => writeSummary(renderSummary(report, { links })))
}

/** Publishes a suggested policy: in the summary, ready to be copied, and as an output. */
export async function publishSuggestion(suggested: Suggested): Promise<void> {
  await attempt('the outputs', () => {
    refusePipe('GITHUB_OUTPUT')
    if (suggested.text.length <= LONGEST_OUTPUT) core.setOutput('suggested-policy', suggested.text)
    else core.warning('The output suggested-policy is empty: the policy is too long for one. The log has it.')
  })
  await attempt('the job summary', () => writeSummary(renderSuggestionSummary(suggested)))
}

/** Tells the jobs of a plan what they need: where it is, and the matrix of its shards. */
export async function publishPlan(path: string, matrix: object): Promise<void> {
  refusePipe('GITHUB_OUTPUT')
  core.setOutput('plan', path)
  core.setOutput('matrix', JSON.stringify(matrix))
}

/** The report of a part of a plan is a file, and an output with its path: `merge` publishes what is in it. */
export async function publishShard(report: Report, outputDirectory: string, checkout: string): Promise<void> {
  const { json } = await writeReport(report, outputDirectory, checkout)
  await attempt('the outputs', () => {
    refusePipe('GITHUB_OUTPUT')
    core.setOutput('report', json ?? '')
    core.setOutput('coverage', JSON.stringify(report.coverage))
  })
}

/** The folder that the user names, or else a new temporary one. */
export function chooseFolder(outputDirectory: string, checkout: string): string {
  return outputDirectory ? resolve(checkout, outputDirectory) : makeTemporaryFolder(checkout)
}

const SAY = { error: core.error, warning: core.warning, notice: core.notice }

/** Puts annotations on the policy's lines. */
export function annotate(annotations: Annotation[]): void {
  for (const { level, title, message, file, line, column } of annotations) {
    SAY[level](message, { title, file, startLine: line, startColumn: column })
  }
}

/** Adds Markdown to the job summary. */
export async function writeSummary(markdown: string): Promise<void> {
  refusePipe('GITHUB_STEP_SUMMARY')
  await core.summary.addRaw(markdown, true).write()
}

/** Opening a pipe blocks until somebody reads it, and while this thread is blocked no signal ends the process. */
function refusePipe(variable: 'GITHUB_OUTPUT' | 'GITHUB_STEP_SUMMARY'): void {
  const path = process.env[variable]
  if (path && statSync(path, { throwIfNoEntry: false })?.isFIFO()) {
    throw new Error(`${variable} names a pipe and not a file`)
  }
}

async function attempt(channel: string, publishIt: () => void | Promise<void>): Promise<void> {
  try {
    await publishIt()
  } catch (error) {
    warnOf(channel, (error as Error).message)
  }
}

function warnOf(channel: string, reason: string): void {
  core.warning(`Could not write ${channel}: ${reason}. The verdict is not affected.`)
}

async function writeReport(
  report: Report,
  outputDirectory: string,
  checkout: string,
  links?: Links,
): Promise<SavedFiles> {
  const folder = chooseFolder(outputDirectory, checkout)
  const { files, cuts, failures } = await saveReport(report, folder, checkout, { links })
  for (const cut of cuts) core.info(cut)
  for (const { name, reason } of failures) warnOf(name, reason)
  return files
}

function makeTemporaryFolder(checkout: string): string {
  const temporary = process.env.RUNNER_TEMP || tmpdir()
  openOutputFolder(temporary, checkout)
  return mkdtempSync(join(temporary, 'portgate-'))
}

function setOutputs({ verdict, findings, hosts, coverage }: Report, files: SavedFiles): void {
  const violations = findings.filter(({ kind }) => kind === 'violation')
  const countOf = (severity: Severity) => violations.filter((finding) => finding.severity === severity).length
  refusePipe('GITHUB_OUTPUT')
  core.setOutput('verdict', verdict)
  core.setOutput('violations', violations.length)
  core.setOutput('new-violations', violations.filter(({ novelty }) => novelty !== 'known').length)
  core.setOutput('doubts', findings.filter(({ kind }) => kind === 'doubt').length)
  for (const severity of ['critical', 'high', 'medium', 'low'] as const) {
    core.setOutput(severity, countOf(severity))
  }
  const open = hosts.flatMap(({ environment, endpoint, address, ports }) =>
    ports.open.map(({ port, service, usual }) => ({ environment, endpoint, address, port, service, usual })),
  )
  core.setOutput('open-ports', fitOutput(open))
  core.setOutput('coverage', JSON.stringify(coverage))
  core.setOutput('report', files.json ?? '')
  core.setOutput('sarif', files.sarif ?? '')
  core.setOutput('html', files.html ?? '')
  core.setOutput('junit', files.junit ?? '')
}

/** As many items as an output has room for. */
function fitOutput(items: object[]): string {
  const texts: string[] = []
  let length = 2
  for (const item of items) {
    const text = JSON.stringify(item)
    length += text.length + 1
    if (length > LONGEST_OUTPUT) {
      const left = items.length - texts.length
      core.warning(
        `The output open-ports is full: ${left} open ports are left out. report.json has all of them.`,
      )
      break
    }
    texts.push(text)
  }
  return `[${texts.join(',')}]`
}
