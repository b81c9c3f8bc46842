import { isOwnCommit } from './ancestry.ts'
import type { Ask } from './ask.ts'
import type { Event } from './event.ts'
import { explainFailure } from './failure.ts'
import { findPull } from './pulls.ts'
import { type Checkout, judgeTrust, mayServeFork } from './trust.ts'

/** Whose code the folder holds, and why it counts as a fork's. */
export interface WhoseCode {
  /** Undefined for the repository's own. */
  whyFork?: string
  /** The base of the pull request that the event is about, where one is known. */
  base?: { ref: string }
  /** The name of a fork's branch, likewise: its author has chosen it. */
  headRef?: string
  /** The pull request cannot be read, so that its branch may be called anything. */
  hidesHead?: boolean
}

const OWN: WhoseCode = {}

/**
 * Whose code a run works on. If the event does not say, GitHub is asked about the commit; if that does not settle it, the code is a
 * fork's.
 *
 * @param ask asks with the token and, if that is not permitted, anonymously
 */
export async function findWhoseCode(event: Event, checkout: Checkout, ask: Ask): Promise<WhoseCode> {
  const trust = judgeTrust(event, checkout)
  if (trust.whose === 'own') return OWN
  if (trust.whose === 'fork') {
    const { workflowRun } = event
    // The event of a pull request tells its base itself.
    const base = workflowRun && (workflowRun.base ?? (await findAbout(event, ask)).base)
    return { whyFork: trust.why, base, headRef: readHeadRef(event) }
  }
  const { commit, why } = trust
  const { pull, ...about } = await findAbout(event, ask)
  if (checkout.strange !== undefined) return { whyFork: why, ...about }
  if (pull?.isFromFork) return { whyFork: 'the pull request is from a fork', ...about }
  if (commit === undefined) return { whyFork: why, ...about }
  if (pull?.commits.includes(commit)) return OWN
  try {
    const isOwn = await ask((client) => isOwnCommit(client, event, commit, checkout))
    return isOwn ? OWN : { whyFork: why, ...about }
  } catch (error) {
    const reason = explainFailure(error, 'contents: read')
    return { whyFork: `${why}, and GitHub could not be asked: ${reason}`, ...about }
  }
}

/**
 * The pull request that the event is about, and what of it counts. If the token may not read it, the commit may still settle whose
 * code it is.
 */
export async function findAbout(event: Event, ask: Ask) {
  const { workflowRun, commentedPull } = event
  const pull = await ask((client) => findPull(client, event)).catch(() => 'unreadable' as const)
  if (pull === 'unreadable')
    return { base: workflowRun?.base, headRef: readHeadRef(event), hidesHead: commentedPull !== undefined }
  const headRef = pull?.isFromFork ? pull.headRef : readHeadRef(event)
  return { pull, base: workflowRun?.base ?? pull?.base, headRef }
}

/**
 * The name of a branch that may be a fork's, where the event tells it. For a run that follows another, only the followed run's
 * branch is known.
 */
function readHeadRef(event: Event): string | undefined {
  const { pullRequest, workflowRun } = event
  if (pullRequest?.isFromFork) return pullRequest.headRef
  return mayServeFork(event) ? workflowRun?.headRef : undefined
}

/**
 * The base of the pull request that a run of the repository's own code is about, though its event is not a pull request's; undefined if
 * it is about none. Rejects with Octokit's error where GitHub does not tell.
 */
export async function findServedBase(event: Event, ask: Ask): Promise<{ ref: string } | undefined> {
  return event.workflowRun?.base ?? (await ask((client) => findPull(client, event)))?.base
}
