import { z } from 'zod'
import { readRegularFile } from '../files/regular-file.ts'
import { Unusable } from '../unusable.ts'
import type { RunFacts, WorkflowRun } from './trust.ts'

/** What the workflow was started by and runs as. */
export interface Event extends RunFacts {
  repository: Repository
  /** The name of its default branch. */
  defaultBranch?: string
  pullRequest?: PullRequest
  /** The pull request that a comment is on. */
  commentedPull?: number
  /** What a merge queue asks to be checked: the branch, and the commit of it that the group is built on. */
  mergeGroup?: { base: { ref: string; sha: string } }
  /** The environment that is deployed to, on `deployment` and `deployment_status`. */
  deploysTo?: string
  /** `refs/heads/main`, where the workflow runs on a branch. */
  branch?: string
  /** The page of this run. */
  runUrl: string
  /** Which run this is: a later one has a larger id, and a repeated one a larger attempt. */
  run: { id: number; attempt: number }
  /** The job's id in the workflow. */
  job: string
  /** Which gate of the repository this is: the same from run to run, and one for each step of each job. */
  gate: string[]
}

/** Both empty if this is not a workflow. */
export interface Repository {
  owner: string
  repo: string
}

export interface PullRequest {
  number: number
  /** From another repository, or from one that is gone: its author need not be trusted, and the token is read-only. */
  isFromFork: boolean
  /** The tips of its head and of its base when the event was made. */
  ownCommits: string[]
  /** The first of these. */
  headSha: string
  /** Started by Dependabot: the token is read-only unless the workflow's `permissions` say more. */
  isByDependabot: boolean
  /** The name of its branch, which its author has chosen. */
  headRef: string
  /** The branch that it is to be merged into: its name, and its tip when the event was made. */
  base: { ref: string; sha: string }
  /** The commit that the workflow runs on merges the pull request into its base. */
  runsOnMerge: boolean
}

const sha = z.string().regex(/^[0-9a-f]{40,64}$/)

const pullRequestSchema = z.object({
  number: z.int().positive(),
  base: z.object({ ref: z.string(), sha, repo: z.object({ id: z.number() }) }),
  head: z.object({ ref: z.string(), sha, repo: z.object({ id: z.number() }).nullable() }),
})

const text = z.string().min(1).optional().catch(undefined)

const repositorySchema = z.object({ id: z.number() })

const workflowRunSchema = z.object({
  repository: repositorySchema,
  workflow_run: z.object({
    event: z.string(),
    head_sha: sha,
    head_branch: z.string().nullish(),
    head_repository: repositorySchema
      .extend({
        owner: z
          .object({ login: z.string().min(1) })
          .optional()
          .catch(undefined),
      })
      .nullable(),
    pull_requests: z
      .array(
        z.object({
          number: z.int().positive().optional(),
          base: z.object({ ref: z.string(), repo: repositorySchema }),
        }),
      )
      .optional()
      .catch(undefined),
  }),
})

const mergeGroupSchema = z.object({
  merge_group: z.object({ base_ref: z.string().regex(/^refs\/heads\/./), base_sha: sha }),
})

const issueSchema = z.object({
  issue: z.object({ number: z.int().positive(), pull_request: z.object({}).optional() }),
})

const defaultBranchSchema = z.object({ repository: z.object({ default_branch: text }) })

const deploymentSchema = z.object({
  deployment: z.object({ environment: text }).optional().catch(undefined),
  deployment_status: z.object({ environment: text }).optional().catch(undefined),
})

/**
 * Reads the event from what the runner says of it, the payload in its file included.
 *
 * @throws {Unusable} on a pull request that cannot be read: it might be one from a fork
 */
export async function readEvent(env: NodeJS.ProcessEnv): Promise<Event> {
  const name = env.GITHUB_EVENT_NAME ?? ''
  const payload = await readPayload(env.GITHUB_EVENT_PATH)
  const [owner = '', repo = ''] = (env.GITHUB_REPOSITORY ?? '').split('/')
  const server = env.GITHUB_SERVER_URL || 'https://github.com'
  const attempt = env.GITHUB_RUN_ATTEMPT ? `/attempts/${env.GITHUB_RUN_ATTEMPT}` : ''
  const { GITHUB_REF: ref = '', GITHUB_JOB: job = '' } = env
  return {
    name,
    ref,
    repository: { owner, repo },
    defaultBranch: defaultBranchSchema.safeParse(payload).data?.repository.default_branch,
    ...(name === 'workflow_run' && { workflowRun: readWorkflowRun(payload) }),
    ...(name === 'merge_group' && readMergeGroup(payload)),
    ...readConversation(payload),
    ...(name.startsWith('pull_request') && { pullRequest: readPullRequest(payload, env) }),
    ...readDeploysTo(payload),
    ...(ref.startsWith('refs/heads/') && { branch: ref }),
    sha: env.GITHUB_SHA ?? '',
    runUrl: `${server}/${owner}/${repo}/actions/runs/${env.GITHUB_RUN_ID ?? ''}${attempt}`,
    run: { id: Number(env.GITHUB_RUN_ID) || 0, attempt: Number(env.GITHUB_RUN_ATTEMPT) || 0 },
    job,
    gate: [
      (env.GITHUB_WORKFLOW_REF ?? '').replace(/@.*$/s, ''),
      job,
      // The step's id, or a name made from the action's with a number: two steps of a job are two gates.
      env.GITHUB_ACTION ?? '',
    ],
  }
}

/** GitHub sends no event that is larger than 25 MB; one that is cut off is not JSON. */
const LARGEST_PAYLOAD = 32 * 1024 * 1024

async function readPayload(path: string | undefined): Promise<Record<string, unknown>> {
  if (!path) return {}
  try {
    const bytes = await readRegularFile(path, LARGEST_PAYLOAD)
    return z.record(z.string(), z.unknown()).parse(JSON.parse(new TextDecoder().decode(bytes)))
  } catch {
    return {}
  }
}

function readPullRequest(payload: Record<string, unknown>, env: NodeJS.ProcessEnv): PullRequest {
  const parsed = pullRequestSchema.safeParse(payload.pull_request)
  if (!parsed.success) {
    throw new Unusable(
      [
        `The payload of the event ${env.GITHUB_EVENT_NAME} (GITHUB_EVENT_PATH) describes no pull request, so nobody can tell whether it is from a fork.`,
      ],
      [],
      'NOT RUN: The event cannot be read',
    )
  }
  const { number, base, head } = parsed.data
  return {
    number,
    isFromFork: head.repo?.id !== base.repo.id,
    ownCommits: [head.sha, base.sha],
    headSha: head.sha,
    headRef: head.ref,
    isByDependabot: env.GITHUB_ACTOR === 'dependabot[bot]',
    base: { ref: base.ref, sha: base.sha },
    runsOnMerge: env.GITHUB_REF === `refs/pull/${number}/merge`,
  }
}

/** The run that this one follows. If it cannot be read, it may be a fork's. */
function readWorkflowRun(payload: Record<string, unknown>): WorkflowRun {
  const { data } = workflowRunSchema.safeParse(payload)
  if (!data) return { event: '', isFromFork: true, headSha: '' }
  const { event, head_sha: headSha, head_branch: headRef, head_repository: head } = data.workflow_run
  // Pull requests of other repositories are listed, too. If those of this one have several bases, none is taken.
  const pulls = (data.workflow_run.pull_requests ?? []).filter(
    ({ base }) => base.repo.id === data.repository.id,
  )
  const bases = pulls.map(({ base }) => base.ref)
  const [ref] = new Set(bases).size === 1 ? bases : []
  const pull = pulls.length === 1 ? pulls[0]?.number : undefined
  return {
    event,
    headSha,
    isFromFork: head?.id !== data.repository.id,
    ...(headRef && { headRef }),
    ...(ref !== undefined && { base: { ref } }),
    ...(pull !== undefined && { pull }),
    ...(head?.owner && headRef && { head: `${head.owner.login}:${headRef}` }),
  }
}

/** One that cannot be read has no base, which is an error only where the base is needed. */
function readMergeGroup(payload: Record<string, unknown>): Pick<Event, 'mergeGroup'> {
  const { data } = mergeGroupSchema.safeParse(payload)
  if (!data) return {}
  const { base_ref, base_sha } = data.merge_group
  return { mergeGroup: { base: { ref: base_ref.replace('refs/heads/', ''), sha: base_sha } } }
}

/** To GitHub a pull request is an issue as well, with a key that says so. */
function readConversation(payload: Record<string, unknown>): Pick<Event, 'isOnIssue' | 'commentedPull'> {
  const { data } = issueSchema.safeParse(payload)
  if (!data) return {}
  const { number, pull_request: pull } = data.issue
  return pull ? { commentedPull: number } : { isOnIssue: true }
}

function readDeploysTo(payload: Record<string, unknown>): Pick<Event, 'deploysTo'> {
  const { deployment, deployment_status: status } = deploymentSchema.parse(payload)
  // A status may name another environment than the deployment that it is of.
  const deploysTo = status?.environment ?? deployment?.environment
  return deploysTo === undefined ? {} : { deploysTo }
}
