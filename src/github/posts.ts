import { createHash } from 'node:crypto'
import { statSync } from 'node:fs'
import * as core from '@actions/core'
import type { Report } from '../model.ts'
import { atMost } from '../report/counts.ts'
import { codeSpan, markdown, printable } from '../report/escape.ts'
import type { Group } from '../report/group.ts'
import type { Links } from '../report/links.ts'
import { nameGroup } from '../report/name-group.ts'
import { findUnsaid, listSaid, listSaidOf, type Said, writeSaid } from '../report/said.ts'
import { renderSummary } from '../report/summary.ts'
import { renderRefusalSummary } from '../report/unusable.ts'
import type { Unusable } from '../unusable.ts'
import { type Client, connect } from './client.ts'
import { COMMENTING, keepComment } from './comment.ts'
import type { Event } from './event.ts'
import { explainFailure, lacksPermission } from './failure.ts'
import type { Inputs } from './inputs.ts'
import { KEEPING_ISSUES, keepIssue } from './issue.ts'
import { markFor, stampFor } from './ours.ts'
import { findPull } from './pulls.ts'

/** What a run has to say. */
export interface Outcome {
  state: 'fails' | 'passes' | 'neither'
  said: Said
  /** What was not said before, worst first; undefined where nobody can tell. */
  findNew(before: Said): Group[] | undefined
  /** As Markdown, of at most `limit` characters. */
  render(limit: number): string
}

/** Most characters of a comment, and of an issue's body. */
const LONGEST_BODY = 65_536

/**
 * What a report has to say, by its verdict and not by the status of the check: in audit mode a `fail` is not good news. An
 * inconclusive run that passes the check is neither a failure nor a pass.
 */
export function describeOutcome(report: Report, fails: boolean, links: Links): Outcome {
  const { verdict } = report
  const state = fails || verdict === 'fail' ? 'fails' : verdict === 'pass' ? 'passes' : 'neither'
  // A character has at least one byte.
  return {
    state,
    said: listSaid(report),
    findNew: (before) => findUnsaid(report, before),
    render: (limitBytes) => renderSummary(report, { limitBytes, links }),
  }
}

/** What is said where nothing could be judged. */
export function describeRefusal(cause: Unusable): Outcome {
  return {
    state: 'fails',
    said: listSaidOf(cause.message),
    findNew: () => undefined,
    render: () => renderRefusalSummary(cause),
  }
}

/**
 * Comments on the pull request, or keeps the issue of a run on anything else. A channel that fails is named in the log
 * and changes nothing else.
 *
 * @param commit what is checked out, where that is known
 */
export async function post(event: Event, inputs: Inputs, outcome: Outcome, commit?: string): Promise<void> {
  const { repository, run } = event
  const { commentInPr, issueOnFailure, token } = inputs
  if (commentInPr === 'never' && !issueOnFailure) return
  const environment = inputs.options.environment || event.deploysTo || ''
  const about = describeRun(event, environment, commit)
  const { said } = outcome
  const composeFor = (mark: string) => (before?: Said) =>
    composeBody(`${mark}\n${stampFor(run)}\n${writeSaid(said)}`, outcome, about, before)
  const gate = numberGate([...event.gate, inputs.options.policy ?? '', environment, ...listChosen(inputs)])
  if (commentInPr !== 'never') {
    const why = sayNoPull(event)
    const mark = markFor(gate)
    if (why !== undefined) core.info(why)
    else
      await attempt('comment', COMMENTING, event, token, async (client) => {
        const number = knownNumber(event) ?? (await findPull(client, event))?.number
        if (number === undefined)
          return 'There is no comment: the workflow run has no open pull request here.'
        const isDue = commentInPr === 'always' || outcome.state === 'fails'
        return keepComment(client, {
          ...repository,
          number,
          mark,
          run,
          said,
          compose: composeFor(mark),
          isDue,
        })
      })
  }
  // An issue is about what is in force: a pull request or a merge group is not.
  if (issueOnFailure && !event.pullRequest && event.name !== 'merge_group') {
    // One branch's verdict says nothing about another's; an environment is the same whatever is deployed to it.
    const mark = markFor([...gate, event.deploysTo ? '' : (event.branch ?? '')])
    const title = printable(`Portgate: the check${environment && ` of ${environment}`} fails`, 200)
    const farewell = `Everything is as the policy says: ${about} passes.`
    const { state } = outcome
    await attempt('issue', KEEPING_ISSUES, event, token, (client) =>
      keepIssue(client, {
        ...{ ...repository, title, mark, run, said, state, farewell },
        compose: composeFor(mark),
        announce: (before) => announce(outcome, about, before),
      }),
    )
  }
}

/** What else chooses what is judged: jobs of a matrix that differ in it are gates of their own. */
function listChosen({
  options: { endpoints = [], ports = '', ip = '', scope = [], results = [], baseline = '' },
}: Inputs): string[] {
  const sorted = (list: string[]) => [...new Set(list)].sort()
  const chosen = {
    endpoints: sorted(endpoints),
    ports,
    ip,
    scope: sorted(scope),
    results: sorted(results),
    baseline,
  }
  return Object.entries(chosen).flatMap(([name, value]) =>
    value.length > 0 ? JSON.stringify([name, value]) : [],
  )
}

/** Names the gates of a job that have posted, for the steps after this. */
const POSTED = 'PORTGATE_POSTED'

/**
 * A gate, numbered where one of the same name has posted in this job before: the steps of a composite action have no names of their
 * own.
 */
function numberGate(gate: string[]): string[] {
  const before = (process.env[POSTED] ?? '').split(' ').filter(Boolean)
  const mark = createHash('sha256').update(JSON.stringify(gate)).digest('hex').slice(0, 16)
  const nth = before.filter((other) => other === mark).length
  try {
    // Without the file, `core` would print a command that the runner no longer accepts.
    if (process.env.GITHUB_ENV && statSync(process.env.GITHUB_ENV).isFile())
      core.exportVariable(POSTED, [...before, mark].join(' '))
  } catch {
    // Then the next step of this name overwrites what this one posted; nothing else is lost.
  }
  return nth > 0 ? [...gate, String(nth)] : gate
}

/** Why an event has no pull request to comment on, as a sentence; undefined where it has, or may have. */
function sayNoPull({ name, pullRequest, commentedPull, workflowRun }: Event): string | undefined {
  if (pullRequest || commentedPull !== undefined || workflowRun?.event.startsWith('pull_request'))
    return undefined
  // The pull requests of a group have passed their own checks, and there may be several.
  if (name === 'merge_group') return 'There is no comment: a merge group may hold several pull requests.'
  return `There is no comment: the event \`${printable(name, 50)}\` has no pull request to comment on.`
}

/** The number of the pull request, where the event tells it. */
function knownNumber({ pullRequest, commentedPull, workflowRun }: Event): number | undefined {
  return pullRequest?.number ?? commentedPull ?? workflowRun?.pull
}

/** A link to the run, which of the repository's gates it is, and the commit that it is about. */
function describeRun(event: Event, environment: string, commit?: string): string {
  const { runUrl, job, sha, pullRequest } = event
  const of = job && ` of ${codeSpan(job)}`
  // Readers do not know the merge commit that GitHub has made for a pull request.
  const isMerge = pullRequest?.runsOnMerge && (commit === undefined || commit === sha)
  const about = isMerge ? pullRequest.headSha : (commit ?? event.workflowRun?.headSha ?? sha)
  const at = about ? ` at commit ${about.slice(0, 10)}` : ''
  return `[this run](${runUrl})${of}${environment && ` on ${codeSpan(environment)}`}${at}`
}

/** @param before what the post has said so far, where there is one */
function composeBody(head: string, outcome: Outcome, run: string, before?: Said): string {
  const foot = `\nIn full: ${run}.\n`
  const news = before ? sayNew(outcome.findNew(before) ?? []) : undefined
  const top = news === undefined ? head : `${head}\n**New since this was last written:** ${news}\n`
  return `${top}\n${outcome.render(LONGEST_BODY - top.length - 1 - foot.length)}${foot}`
}

/** Only violations are worth a mail: what could not be seen comes and goes. */
function announce({ findNew }: Outcome, run: string, before: Said): string | undefined {
  const violations = findNew(before)?.filter(({ first }) => first.kind === 'violation')
  const news = sayNew(violations ?? [])
  return news && `New: ${news}\n\nIn full: ${run}.\n`
}

/** Most new causes that are named. */
const MOST_NEW = 10

function sayNew(groups: Group[]): string | undefined {
  return groups.length > 0
    ? atMost(
        groups.map((group) => markdown(nameGroup(group))),
        MOST_NEW,
      ).join(' · ')
    : undefined
}

/** Writes on one channel, and says so where that fails, or where nothing is written. */
async function attempt(
  channel: string,
  permission: string,
  { name, pullRequest }: Event,
  token: string,
  write: (client: Client) => Promise<string | undefined>,
): Promise<void> {
  const warn = (why: string) =>
    core.warning(`Could not write the ${channel}: ${why}. The verdict is not affected.`)
  if (!token) return warn('there is no `github-token`')
  try {
    const why = await write(await connect(token))
    if (why !== undefined) core.info(why)
  } catch (error) {
    // On pull_request_target the token may write for a fork's pull request, but not for Dependabot's.
    const isFork = pullRequest?.isFromFork && name !== 'pull_request_target'
    const from = isFork ? 'a fork' : pullRequest?.isByDependabot ? 'Dependabot' : ''
    if (!from || !lacksPermission(error)) return warn(explainFailure(error, permission))
    // What Dependabot starts may be granted more than the default.
    const unless = isFork ? '' : ` unless the workflow grants \`${permission}\``
    core.notice(
      `There is no ${channel}: on a pull request from ${from} the token may only read${unless}. The job summary says the same.`,
    )
  }
}
