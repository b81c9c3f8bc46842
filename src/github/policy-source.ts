import { realpath } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import * as core from '@actions/core'
import { isWholeSha } from '../git/revision.ts'
import { findCheckedOut } from '../git.ts'
import { quote } from '../policy/problem.ts'
import { folderTree, type Tree } from '../tree.ts'
import { Unusable } from '../unusable.ts'
import { type Client, connect } from './client.ts'
import { type Commit, commitTree, findMergeBase, findTip, requireSha } from './commit.ts'
import type { Event, PullRequest } from './event.ts'
import { isDenied } from './failure.ts'
import type { Inputs } from './inputs.ts'
import { resolveRef } from './refs.ts'
import { findWhoseCode, type WhoseCode } from './whose-code.ts'

/** Which policy is judged by, and which two are compared. */
export interface PolicySource {
  tree: Tree
  review?: { from: Tree; to: Tree }
}

/** What is in force where a change is to go, and what the folder is held against. */
interface Base {
  tip: Tree
  before: Tree
}

const MAYBE_FORK = "what may be a fork's code"

/**
 * Where the policy is read, and what a change does to it. Without `policy-ref` the folder's policy holds; where the folder may hold a
 * fork's code, the base's does: a fork's author could write any policy. Where that cannot be read, the reading fails, and nothing
 * takes its place.
 *
 * @throws {Unusable} where there is no base
 */
export async function choosePolicy(root: string, event: Event, inputs: Inputs): Promise<PolicySource> {
  const { pullRequest } = event
  const { token } = inputs
  const folder = folderTree(root)
  const checkedOut = await findCheckedOut(await findPolicyFolder(root, inputs))
  const code = await findWhoseCode(event, checkedOut, async (question) => (await ask(token, question)).answer)
  const isFork = code.whyFork !== undefined
  const base = pullRequest
    ? findBase(event, pullRequest, { token, checkedOut, isFork })
    : isFork
      ? findDefaultBase(event, code, token)
      : undefined
  const ref = chooseRef(inputs, code.whyFork)
  if (ref === 'base' && !base) throw new Unusable(['policy-ref: only a pull request has a base'])
  if (isFork && !pullRequest?.isFromFork && ref === 'base') sayFork(code, base)
  return {
    tree:
      ref === 'head' ? folder : ref === 'base' && base ? base.tip : findNamed(event, token, { ref, isFork }),
    ...(base && { review: { from: base.before, to: folder } }),
  }
}

/** The folder that the policy is read in: a workflow may have checked out a fork's code beside its own. */
async function findPolicyFolder(root: string, { options: { policy } }: Inputs): Promise<string> {
  if (!policy) return root
  return realpath(resolve(root, policy)).then(dirname, () => root)
}

/** `head`, `base`, or another ref. Whatever names the commit of a fork by what it is does not choose that commit's policy. */
function chooseRef({ policyRef }: Inputs, whyFork: string | undefined): string {
  if (whyFork === undefined) return policyRef || 'head'
  if (policyRef !== 'head' && !isWholeSha(policyRef)) return policyRef || 'base'
  core.info(
    `policy-ref: ${quote(policyRef)} does not hold here: ${whyFork}, and a fork's code is judged by the policy of its base.`,
  )
  return 'base'
}

function sayFork({ whyFork }: WhoseCode, base: Base | undefined): void {
  core.info(
    `The checked-out code counts as a fork's: ${whyFork}. The policy of ${quote(base?.tip.ref ?? '')} holds, and the checked-out one is only compared with it.`,
  )
}

/** What `policy-ref` names. */
function findNamed(
  { repository }: Event,
  token: string,
  { ref, isFork }: { ref: string; isFork: boolean },
): Tree {
  return commitTree(repository, ref, () =>
    find(token, (client) => resolveRef(client, repository, ref, isFork)),
  )
}

/**
 * The base of a pull request. Where the folder holds the merge that GitHub made, what is in force and what the folder is held against
 * are one. A workflow may have checked out something else, such as the head itself, while the base has moved on: there it is held
 * against the merge base.
 */
function findBase(
  event: Event,
  pullRequest: PullRequest,
  { token, checkedOut: head, isFork }: { token: string; checkedOut: string | undefined; isFork: boolean },
): Base {
  const { repository, sha } = event
  const { ref } = pullRequest.base
  const findTheTip = () => find(token, (client) => findTip(client, event, pullRequest))
  const found = commitTree(repository, ref, findTheTip)
  const tip = isFork
    ? insist(found, pullRequest.isFromFork ? 'a pull request from a fork' : MAYBE_FORK)
    : found
  if (head === undefined || head === sha) return { tip, before: tip }
  // As git writes it: what is on one of the two sides only begins at the merge base.
  const before = commitTree(repository, `${ref}...${head}`, async () => {
    const { client, sha } = await findTheTip()
    return { client, sha: await findMergeBase(client, repository, sha, head) }
  })
  return { tip, before }
}

/**
 * The base of code that may be a fork's, where the event is no pull request's: the branch that the pull request is to be merged into
 * where one is known, else what the workflow itself runs on, if that is of a branch or a tag, else the default branch.
 */
function findDefaultBase(event: Event, { base }: WhoseCode, token: string): Base {
  const { repository, sha, defaultBranch } = event
  const runsOn = !base && /^refs\/(heads|tags)\/./.test(event.ref) ? event.ref : undefined
  const named = base?.ref ?? defaultBranch
  const ref = runsOn ?? (named === undefined ? 'HEAD' : `refs/heads/${named}`)
  const found = commitTree(repository, ref.replace(/^refs\/\w+\//, ''), () =>
    find(token, async (client) => {
      if (!runsOn || !sha) return resolveRef(client, repository, ref)
      const { data } = await client.rest.git.getCommit({ ...repository, commit_sha: sha })
      return requireSha(data.sha)
    }),
  )
  const tip = insist(found, MAYBE_FORK)
  return { tip, before: tip }
}

/** Where a fork's base cannot be read, people have to know why it matters. */
function insist(tree: Tree, what: string): Tree {
  const insistently = ({ message }: Error) =>
    Promise.reject(new Error(`${message}; ${what} is judged by the policy of its base and no other`))
  return { ...tree, read: (path, limit) => tree.read(path, limit).catch(insistently) }
}

/** Looks for a commit, and who may read it. */
async function find(token: string, question: (client: Client) => Promise<string>): Promise<Commit> {
  const { client, answer: sha } = await ask(token, question)
  return { client, sha }
}

/** Asks with the token and, where that may not, as nobody: what is public needs no token. */
async function ask<T>(
  token: string,
  question: (client: Client) => Promise<T>,
): Promise<{ client: Client; answer: T }> {
  const askAs = async (client: Client) => ({ client, answer: await question(client) })
  try {
    return await askAs(await connect(token))
  } catch (error) {
    if (!token || !isDenied(error)) throw error
    return connect('')
      .then(askAs)
      .catch(() => Promise.reject(error))
  }
}
