import examples from '@octokit/webhooks-examples' with { type: 'json' }
import { type ActionRun, runAction } from '../e2e/bundle.ts'
import type { StandIn } from './stand-in.ts'
import type { Comment, Token, World } from './world.ts'

export const POLICY = '.github/port-policy.yml'

/** Files of a repository, by their paths. */
export type Files = Record<string, string>

/** Two policies for a port that is open on loopback: one has nothing against it. */
export function makePolicies(port: number): { strict: Files; lax: Files } {
  const scan = `version: 1\nscan: { ports: ${port}, identify: false }\n`
  return {
    strict: { [POLICY]: `${scan}hosts: { 127.0.0.1: [] }\n` },
    lax: { [POLICY]: `${scan}hosts: { 127.0.0.1: [${port}] }\n` },
  }
}

/** The commits of a pull request: the tip of its base, where it left the base, and the merge that a workflow runs on. */
export const BASE = 'b'.repeat(40)
export const BRANCHED = 'a'.repeat(40)
export const MERGE = 'e'.repeat(40)

/** The workflow's own token, by what its `permissions` say. */
const ALL = { contents: 'read', issues: 'write', pull_requests: 'write' } as const

const TOKENS: Record<string, Token> = {
  job: { login: 'github-actions[bot]', permissions: ALL },
  'read-only': {
    login: 'github-actions[bot]',
    permissions: { contents: 'read', issues: 'read', pull_requests: 'read' },
  },
  'no contents': { login: 'github-actions[bot]', permissions: { issues: 'write', pull_requests: 'write' } },
  'no pull-requests': { login: 'github-actions[bot]', permissions: { contents: 'read' } },
  'no issues': { login: 'github-actions[bot]', permissions: { contents: 'read' } },
  app: { login: 'gatekeeper[bot]', permissions: ALL },
  // Of another repository.
  stranger: { login: 'octocat', permissions: {} },
}

/** A repository with a pull request whose base has these files. */
export function makeWorld(baseFiles: Files, changes: Partial<World> = {}): World {
  return {
    repository: 'Codertocat/Hello-World',
    isPrivate: false,
    tokens: TOKENS,
    commits: {
      [BASE]: { parents: [], files: baseFiles },
      [BRANCHED]: { parents: [], files: {} },
      [HEAD]: { parents: [BRANCHED], files: {} },
      [MERGE]: { parents: [BASE, HEAD], files: {} },
    },
    refs: { 'refs/heads/main': BASE, 'refs/heads/master': BASE },
    tagObjects: {},
    pulls: {},
    mergeBase: BRANCHED,
    comments: [],
    issues: [],
    ...changes,
  }
}

/** Comments of somebody else. */
export function makeComments(count: number): Comment[] {
  return Array.from({ length: count }, (_, id) => ({
    id,
    number: PULL.number,
    login: 'octocat',
    body: 'Me too',
  }))
}

/** The payload that the package of examples has for an event. */
export function exampleOf<T>(name: string, action: string): T {
  const found = (examples as unknown as { name: string; examples: { action: string }[] }[])
    .find((event) => event.name === name)
    ?.examples.find((example) => example.action === action)
  if (!found) throw new Error(`there is no example of ${name}`)
  return structuredClone(found) as T
}

interface PullPayload {
  number: number
  pull_request: {
    number: number
    base: { sha: string }
    head: { sha: string; repo: { id: number; full_name: string; fork: boolean } | null }
  }
}

const PULL = exampleOf<PullPayload>('pull_request', 'synchronize')
export const PULL_NUMBER = PULL.number
export const HEAD = PULL.pull_request.head.sha

/** As much of a repository as it takes to tell git what is checked out. */
export function checkOut(sha: string): Files {
  return { '.git/HEAD': `${sha}\n`, '.git/objects/.keep': '', '.git/refs/.keep': '' }
}

export type PullKind = 'same' | 'fork' | 'gone' | 'dependabot'

/** What a run is given beside the event. */
interface RunOptions {
  inputs?: Record<string, string>
  files?: Files
  env?: NodeJS.ProcessEnv
  /** What a shell does in the folder first: one that hands on variables such as `INPUT_POLICY-REF`. */
  script?: string
}

/** Runs the bundle on a pull request, as a runner would. The token is `job` unless the inputs name another. */
export function runOnPull(github: StandIn, kind: PullKind, options: RunOptions): Promise<ActionRun> {
  const payload = structuredClone(PULL)
  payload.pull_request.base.sha = BASE
  const { head } = payload.pull_request
  if (kind === 'gone') head.repo = null
  if (kind === 'fork' && head.repo) Object.assign(head.repo, { id: 1, full_name: 'octocat/fork', fork: true })
  return runOn(github, 'pull_request', payload, {
    ...options,
    env: {
      GITHUB_REF: `refs/pull/${PULL_NUMBER}/merge`,
      GITHUB_SHA: MERGE,
      GITHUB_ACTOR: kind === 'dependabot' ? 'dependabot[bot]' : 'Codertocat',
      ...options.env,
    },
  })
}

/** Runs the bundle after a deployment to production has ended well. */
export function runAfterDeploy(github: StandIn, options: RunOptions): Promise<ActionRun> {
  return runOn(github, 'deployment_status', exampleOf('deployment_status', 'created'), {
    ...options,
    env: { GITHUB_REF: 'refs/tags/v1', GITHUB_SHA: BASE, ...options.env },
  })
}

/** Runs the bundle on any event. */
export function runOn(
  { url, world }: StandIn,
  name: string,
  payload: unknown,
  { inputs = {}, files = {}, env = {}, script }: RunOptions,
): Promise<ActionRun> {
  return runAction(
    { 'github-token': 'job', ...inputs },
    {
      files: { ...files, 'event.json': JSON.stringify(payload) },
      ...(script !== undefined && { wrapper: ['bash', '--norc', '-ec', `${script}\nexec "$@"`, 'sh'] }),
      env: {
        GITHUB_API_URL: url,
        GITHUB_REPOSITORY: world.repository,
        GITHUB_EVENT_NAME: name,
        GITHUB_EVENT_PATH: 'event.json',
        GITHUB_WORKFLOW_REF: `${world.repository}/.github/workflows/ports.yml@refs/heads/main`,
        GITHUB_JOB: 'portgate',
        GITHUB_ACTION: '__self',
        GITHUB_RUN_ID: '4711',
        GITHUB_RUN_ATTEMPT: '2',
        ...env,
      },
    },
  )
}

/** What the log says that is neither a finding nor about one. */
export function listRemarks({ commands }: ActionRun): string[] {
  return commands.flatMap(({ name, properties, message }) =>
    properties.title === undefined ? `${name}: ${message}` : [],
  )
}
