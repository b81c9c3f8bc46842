/** What a run says of itself, before anybody is asked. */
export interface RunFacts {
  /** Such as `workflow_run`; empty if this is not a workflow. */
  name: string
  /** `GITHUB_REF`. */
  ref: string
  /** `GITHUB_SHA`. */
  sha: string
  pullRequest?: { isFromFork: boolean; ownCommits: string[] }
  /** The run that this one follows. */
  workflowRun?: WorkflowRun
  /** What is commented on is an issue, and no pull request. */
  isOnIssue?: boolean
}

export interface WorkflowRun {
  /** What it was started by. */
  event: string
  /** From another repository, or from one that is gone. */
  isFromFork: boolean
  headSha: string
  /** The name of its branch, which a fork's author has chosen. */
  headRef?: string
  /** The base of the pull request that its branch has here. */
  base?: { ref: string }
  /** The number of that pull request, where there is but one. */
  pull?: number
  /** Its branch, as `owner:branch`. */
  head?: string
}

/** What is checked out in a folder: nothing is known of one that is in no repository. */
export interface Checkout {
  /** The top of the repository. */
  top?: string
  commit?: string
  /** Why the commit cannot be determined, as a clause. */
  problem?: string
  /** What lies there in place of the commit's own files, as a clause. Checked only if `mayBeLaidOver`. */
  strange?: string
}

/** Whose code a run works on: the repository's own, a fork's, or unknown until GitHub is asked about a commit. */
export type Trust =
  | { whose: 'own' }
  | { whose: 'fork'; why: string }
  | { whose: 'unknown'; commit?: string; why: string }

/**
 * Events that run on a commit of this repository and serve no other. A merge group counts: somebody with write access has put the pull
 * request into the queue, and GitHub has made a branch of it.
 */
const OWN = new Set([
  'branch_protection_rule',
  'create',
  'delete',
  'discussion',
  'discussion_comment',
  'fork',
  'gollum',
  'issues',
  'label',
  'merge_group',
  'milestone',
  'page_build',
  'project',
  'project_card',
  'project_column',
  'public',
  'push',
  'registry_package',
  'release',
  'repository_dispatch',
  'schedule',
  'watch',
  'workflow_dispatch',
])

/**
 * Events that run on the default branch, and that a workflow may use to look at a commit from anywhere: what somebody has commented
 * on, what has been checked.
 */
const ON_DEFAULT_BRANCH = new Set([
  'check_run',
  'check_suite',
  'commit_comment',
  'issue_comment',
  'status',
  'workflow_run',
])

/** Events that run on what is deployed: a branch or a tag, or any commit, where there is no ref. */
const DEPLOYING = new Set(['deployment', 'deployment_status'])

/**
 * Whose code a run works on. Code that did not come from a branch or a tag of this repository is a fork's, whatever the event; so
 * is code whose origin is still unknown once GitHub has been asked about the commit. On GitHub a commit proves nothing by being
 * there: those of forks are in the same store.
 */
export function judgeTrust(run: RunFacts, { commit: checkedOut, problem, strange }: Checkout): Trust {
  const { name, sha, pullRequest, workflowRun } = run
  if (name === '') return { whose: 'own' }
  if (pullRequest?.isFromFork) return fork('the pull request is from a fork')
  if (workflowRun?.isFromFork) return fork('the workflow run that it follows is of a fork')
  if (problem !== undefined) return { whose: 'unknown', why: `the checked-out commit is unknown: ${problem}` }
  if (strange !== undefined)
    return { whose: 'unknown', why: `${strange}, and on \`${name}\` that may be a fork's` }
  if (checkedOut === undefined) {
    if (servesOwn(run)) return { whose: 'own' }
    const why = `on \`${name}\` a fork's code may be checked out, and the folder's commit is unknown`
    return DEPLOYING.has(name) && sha ? { whose: 'unknown', commit: sha, why } : { whose: 'unknown', why }
  }
  if (isKnownOwn(run, checkedOut)) return { whose: 'own' }
  const why = `the checked-out commit, ${checkedOut.slice(0, 7)}, is not known to be on a branch of this repository`
  return { whose: 'unknown', commit: checkedOut, why }
}

function fork(why: string): Trust {
  return { whose: 'fork', why }
}

/** Whether the event itself shows that a commit is of a branch or a tag of this repository, and not a fork's. */
export function isKnownOwn(run: RunFacts, commit: string): boolean {
  const { sha, pullRequest, workflowRun } = run
  const known = [
    (isOfRepository(run) || pullRequest) && sha,
    ...(pullRequest?.ownCommits ?? []),
    servesOwnRun(run) && workflowRun?.headSha,
  ]
  return known.includes(commit)
}

/**
 * Whether a workflow may have reason to look at a fork's code. If so, naming a commit proves nothing unless a branch or a tag of the
 * repository has it.
 */
export function mayServeFork(run: RunFacts): boolean {
  return run.name !== '' && !servesOwn(run)
}

/**
 * Whether a fork's files may lie over a commit of this repository, so that the commit alone proves nothing of them. Where the event is
 * about the repository's own code, a workflow's steps may write the policy.
 */
export function mayBeLaidOver(run: RunFacts, { commit = run.sha }: Checkout): boolean {
  return mayServeFork(run) && !(DEPLOYING.has(run.name) && commit === run.sha)
}

/** Whether the commit that the workflow runs on is of a branch or a tag of this repository. */
export function runsOnOwn(run: RunFacts, commit: string): boolean {
  return commit === run.sha && isOfRepository(run)
}

/**
 * Whether the event is about commits of this repository only, so that one of them may be expected to be checked out.
 */
function servesOwn(run: RunFacts): boolean {
  const { name, isOnIssue = false, pullRequest } = run
  if (pullRequest) return true
  if (name === 'workflow_run') return servesOwnRun(run)
  return (OWN.has(name) || DEPLOYING.has(name) || isOnIssue) && isOfRepository(run)
}

/** Whether the run that this one follows was of a branch of this repository. */
function servesOwnRun({ workflowRun }: RunFacts): boolean {
  if (!workflowRun || workflowRun.isFromFork) return false
  return OWN.has(workflowRun.event) || workflowRun.event === 'pull_request'
}

/** Whether `GITHUB_SHA` is of a branch or a tag of this repository. */
function isOfRepository({ name, ref }: RunFacts): boolean {
  if (/^refs\/(heads|tags)\/./.test(ref)) return true
  // Some of these come without a ref, but still run on the default branch.
  return ref === '' && (OWN.has(name) || ON_DEFAULT_BRANCH.has(name))
}
