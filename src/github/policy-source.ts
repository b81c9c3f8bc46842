import { realpath } from 'node:fs/promises'
import { dirname, relative, resolve, sep } from 'node:path'
import * as core from '@actions/core'
import { isInside } from '../files.ts'
import { findCheckedOut } from '../git/checkout.ts'
import { isWholeSha } from '../git/revision.ts'
import { DEFAULT_FILES } from '../load.ts'
import { quote } from '../policy/problem.ts'
import { folderTree, type Tree } from '../tree.ts'
import { Unusable } from '../unusable.ts'
import { type Client, connect } from './client.ts'
import { type Commit, commitTree, findMergeBase, findTip, requireSha } from './commit.ts'
import type { Event, PullRequest } from './event.ts'
import { isDenied } from './failure.ts'
import type { Inputs } from './inputs.ts'
import { resolveRef } from './refs.ts'
import type { Checkout } from './trust.ts'
import { findWhoseCode, type WhoseCode } from './whose-code.ts'

/** Which policy is judged by, and which two are compared. */
export interface PolicySource {
  tree: Tree
  review?: { from: Tree; to: Tree }
}

/** The event, and where in the folder the repository is checked out. */
type Here = Event & { prefix: string }

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
  const checkouts = await listCheckouts(root, inputs)
  const { code, checkout } = await findForeign(event, checkouts, token)
  const isFork = code.whyFork !== undefined
  const here = { ...event, prefix: findPrefix(root, checkouts[0]) }
  const base = pullRequest
    ? findBase(here, pullRequest, { token, checkedOut: checkout.commit, isFork })
    : isFork
      ? findDefaultBase(here, code, token)
      : undefined
  const ref = chooseRef(inputs, code.whyFork)
  if (ref === 'base' && !base) throw new Unusable(['policy-ref: only a pull request has a base'])
  if (isFork && !pullRequest?.isFromFork && ref === 'base') sayFork(code, base)
  return {
    tree:
      ref === 'head' ? folder : ref === 'base' && base ? base.tip : findNamed(here, token, { ref, isFork }),
    ...(base && { review: { from: base.before, to: folder } }),
  }
}

/** The first checkout that is not the repository's own, else the first; and whose code that is. */
async function findForeign(
  event: Event,
  checkouts: [Checkout, ...Checkout[]],
  token: string,
): Promise<{ code: WhoseCode; checkout: Checkout }> {
  for (const checkout of checkouts) {
    const code = await findWhoseCode(event, checkout, async (question) => (await ask(token, question)).answer)
    if (code.whyFork !== undefined) return { code, checkout }
  }
  return { code: {}, checkout: checkouts[0] }
}

/**
 * What is checked out where the policy is named, and where links lead to it, if that is something else: a workflow may have checked
 * out a fork's code beside its own, and a link in either chooses what is read.
 */
async function listCheckouts(
  root: string,
  { options: { policy } }: Inputs,
): Promise<[Checkout, ...Checkout[]]> {
  for (const file of policy ? [policy] : DEFAULT_FILES) {
    const named = resolve(root, file)
    const real = await realpath(named).catch(() => undefined)
    if (real === undefined) continue
    const [first, second] = [await readCheckout(dirname(named)), await readCheckout(dirname(real))]
    const isOne = first.commit === second.commit && first.problem === second.problem
    return isOne ? [first] : [first, second]
  }
  return [await readCheckout(root)]
}

async function readCheckout(folder: string): Promise<Checkout> {
  try {
    return (await findCheckedOut(folder)) ?? {}
  } catch (error) {
    return { problem: (error as Error).message }
  }
}

/** The way from the root to a checkout below it, with slashes, such as `app`; empty where it is the root. */
function findPrefix(root: string, { top = root }: Checkout): string {
  return isInside(root, top) ? relative(root, top).split(sep).join('/') : ''
}

/** A commit of the repository. Its paths begin at its top, and those that people write at the root: it may be checked out below. */
function openCommit({ repository, prefix }: Here, ref: string, find: () => Promise<Commit>): Tree {
  const tree = commitTree(repository, ref, find)
  const fromTop = (path: string) =>
    prefix && path.startsWith(`${prefix}/`) ? path.slice(prefix.length + 1) : path
  return { ...tree, read: (path, limit) => tree.read(fromTop(path), limit) }
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
function findNamed(here: Here, token: string, { ref, isFork }: { ref: string; isFork: boolean }): Tree {
  return openCommit(here, ref, () =>
    find(token, (client) => resolveRef(client, here.repository, ref, isFork)),
  )
}

/**
 * The base of a pull request. Where the folder holds the merge that GitHub made, what is in force and what the folder is held against
 * are one. A workflow may have checked out something else, such as the head itself, while the base has moved on: there it is held
 * against the merge base.
 */
function findBase(
  here: Here,
  pullRequest: PullRequest,
  { token, checkedOut: head, isFork }: { token: string; checkedOut: string | undefined; isFork: boolean },
): Base {
  const { repository, sha } = here
  const { ref } = pullRequest.base
  const findTheTip = () => find(token, (client) => findTip(client, here, pullRequest))
  const found = openCommit(here, ref, findTheTip)
  const tip = isFork
    ? insist(found, pullRequest.isFromFork ? 'a pull request from a fork' : MAYBE_FORK)
    : found
  if (head === undefined || head === sha) return { tip, before: tip }
  // As git writes it: what is on one of the two sides only begins at the merge base.
  const before = openCommit(here, `${ref}...${head}`, async () => {
    const { client, sha } = await findTheTip()
    return { client, sha: await findMergeBase(client, repository, sha, head) }
  })
  return { tip, before }
}

/**
 * The base of code that may be a fork's, where the event is no pull request's: the branch that the pull request is to be merged into
 * where one is known, else what the workflow itself runs on, if that is of a branch or a tag, else the default branch.
 */
function findDefaultBase(here: Here, { base }: WhoseCode, token: string): Base {
  const { repository, sha, defaultBranch } = here
  const runsOn = !base && /^refs\/(heads|tags)\/./.test(here.ref) ? here.ref : undefined
  const named = base?.ref ?? defaultBranch
  const ref = runsOn ?? (named === undefined ? 'HEAD' : `refs/heads/${named}`)
  const found = openCommit(here, ref.replace(/^refs\/\w+\//, ''), () =>
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
