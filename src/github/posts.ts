import * as core from '@actions/core'
import type { Report } from '../model.ts'
import { codeSpan, printable } from '../report/escape.ts'
import { renderSummary } from '../report/summary.ts'
import { type Client, connect } from './client.ts'
import { COMMENTING, keepComment } from './comment.ts'
import type { Event } from './event.ts'
import { explainFailure, isForbidden } from './failure.ts'
import type { Inputs } from './inputs.ts'
import { KEEPING_ISSUES, keepIssue } from './issue.ts'
import { markFor } from './ours.ts'

/** What a run has to say. */
export interface Outcome {
  state: 'fails' | 'passes' | 'neither'
  /** As Markdown, of at most so many characters. */
  render(limit: number): string
}

/** Most characters of a comment, and of an issue's body. */
const LONGEST_BODY = 65_536

/** What a report has to say. What is inconclusive but passes, or fails in audit mode, is neither good nor bad news. */
export function describeOutcome(report: Report, fails: boolean): Outcome {
  const state = fails ? 'fails' : report.verdict === 'pass' ? 'passes' : 'neither'
  // A character has at least one byte.
  return { state, render: (limitBytes) => renderSummary(report, { limitBytes }) }
}

/**
 * Comments on the pull request, or keeps the issue of a run on anything else. A channel that fails is named in the log
 * and changes nothing else.
 */
export async function post(event: Event, inputs: Inputs, outcome: Outcome): Promise<void> {
  const { repository, pullRequest } = event
  const { commentInPr, issueOnFailure, token } = inputs
  const environment = inputs.options.environment || event.deploysTo || ''
  const compose = (mark: string) => composeBody(mark, outcome, describeRun(event, environment))
  const gate = [...event.gate, inputs.options.policy ?? '', environment]
  if (pullRequest && commentInPr !== 'never') {
    const mark = markFor(gate)
    const isDue = commentInPr === 'always' || outcome.state === 'fails'
    const { number } = pullRequest
    await attempt('comment', COMMENTING, event, token, (client) =>
      keepComment(client, { ...repository, number, mark, body: compose(mark), isDue }),
    )
  }
  // An issue is about what is in force, which a pull request is not, nor what waits in a merge queue.
  if (issueOnFailure && !pullRequest && event.name !== 'merge_group') {
    // What one branch says is nothing about another; an environment is the same whatever is deployed to it.
    const mark = markFor([...gate, event.deploysTo ? '' : (event.branch ?? '')])
    const title = printable(`Portgate: the check${environment && ` of ${environment}`} fails`, 200)
    const farewell = `All is as the policy says: ${describeRun(event, environment)} passes.`
    const { state } = outcome
    await attempt('issue', KEEPING_ISSUES, event, token, (client) =>
      keepIssue(client, {
        ...repository,
        title,
        mark,
        body: compose(mark),
        state,
        farewell,
      }),
    )
  }
}

/** A link to the run, and which of the repository's gates it is. */
function describeRun({ runUrl, job }: Event, environment: string): string {
  const of = job && ` of ${codeSpan(job)}`
  return `[this run](${runUrl})${of}${environment && ` on ${codeSpan(environment)}`}`
}

function composeBody(mark: string, { render }: Outcome, run: string): string {
  const foot = `\nThe whole of it: ${run}.\n`
  return `${mark}\n${render(LONGEST_BODY - mark.length - 1 - foot.length)}${foot}`
}

/** Writes on one channel, and says so where that fails. */
async function attempt(
  channel: string,
  permission: string,
  { pullRequest }: Event,
  token: string,
  write: (client: Client) => Promise<void>,
): Promise<void> {
  const warn = (why: string) =>
    core.warning(`Could not write the ${channel}: ${why}. The verdict is not affected.`)
  if (!token) return warn('there is no `github-token`')
  try {
    await write(await connect(token))
  } catch (error) {
    const from = pullRequest?.isFromFork ? 'a fork' : pullRequest?.isByDependabot ? 'Dependabot' : ''
    if (!from || !isForbidden(error)) return warn(explainFailure(error, permission))
    // What Dependabot starts may be granted more than the default.
    const unless = pullRequest?.isFromFork ? '' : ` unless the workflow grants \`${permission}\``
    core.notice(
      `There is no ${channel}: on a pull request from ${from} the token may only read${unless}. The job summary says the same.`,
    )
  }
}
