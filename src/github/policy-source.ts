import { join, relative } from 'node:path'
import * as core from '@actions/core'
import { isWholeSha } from '../git/revision.ts'
import { quote } from '../policy/problem.ts'
import { folderTree, type Tree } from '../tree.ts'
import { Unusable } from '../unusable.ts'
import { type Checkouts, findStrange, fromTop, listCheckouts } from './checkouts.ts'
import { type Client, connect } from './client.ts'
import { type Commit, commitTree, findMergeBase, findTip, requireSha } from './commit.ts'
import type { Event, PullRequest } from './event.ts'
import { explainFailure, isDenied } from './failure.ts'
import type { Inputs } from './inputs.ts'
import { resolveRef } from './refs.ts'
import { type Checkout, mayBeLaidOver, mayServeFork, runsOnOwn } from './trust.ts'
import { findAbout, findServedBase, findWhoseCode, type WhoseCode } from './whose-code.ts'

/** Which policy is judged by, and which two are compared. */
export interface PolicySource {
  tree: Tree
  review?: { from: Tree; to: Tree }
  /** What is checked out, where that is known. */
  commit?: string
}

/** The event, and how the repository calls a path that people write: it may be checked out below the root. */
type Here = Event & { fromTop(path: string): string }

/** What is known of the folder. */
interface FolderFacts {
  checkedOut: string | undefined
  isFork: boolean
}

/** What is in force where a change is to go, and what the folder is held against. */
interface Base {
  tip: Tree
  before: Tree
}

const MAYBE_FORK = "what may be a fork's code"

const PULL_UNREAD = 'NOT RUN: The pull request cannot be read'

/**
 * Where the policy is read, and what a change does to it. Without `policy-ref` the folder's policy holds; where the folder may hold a
 * fork's code, the base's does: a fork's author could write any policy. Where that cannot be read, the reading fails, and nothing
 * takes its place.
 *
 * @throws {Unusable} where there is no base
 */
export async function choosePolicy(root: string, event: Event, inputs: Inputs): Promise<PolicySource> {
  const { pullRequest, mergeGroup } = event
  const { token, options } = inputs
  const checkouts = await listCheckouts(root, options.policy)
  const { code, checkout } = await findForeign(event, checkouts, { root, inputs })
  const { whyFork } = code
  const here = { ...event, fromTop: (path: string) => fromTop(root, checkouts.named, path) }
  const folder = openFolder(root, checkouts.named, here)
  const ref = await chooseRef(event, inputs, code)
  const isFork = whyFork !== undefined
  const folderHas = { checkedOut: checkout.commit, isFork }
  const proposed = pullRequest ?? (mergeGroup && { ...mergeGroup, isFromFork: false, runsOnMerge: false })
  const base = proposed
    ? findBase(here, proposed, token, folderHas)
    : isFork
      ? findDefaultBase(here, code.base, token, folderHas)
      : ref === 'base'
        ? findDefaultBase(here, await requireServedBase(event, token), token, folderHas)
        : undefined
  if (isFork && !pullRequest?.isFromFork && ref === 'base') sayFork(code, base)
  return {
    tree: ref === 'head' ? folder : ref === 'base' && base ? base.tip : findNamed(here, token, ref, isFork),
    ...(base && { review: { from: base.before, to: folder } }),
    ...(checkout.commit !== undefined && { commit: checkout.commit }),
  }
}

/** The first checkout that is not the repository's own, else that in which the policy is named; and whose code it has. */
async function findForeign(
  event: Event,
  { named, all }: Checkouts,
  { root, inputs }: { root: string; inputs: Inputs },
): Promise<{ code: WhoseCode; checkout: Checkout }> {
  const judge = (checkout: Checkout) => findWhoseCode(event, checkout, asker(inputs.token))
  for (const checkout of all) {
    const code = await judge(checkout)
    if (code.whyFork !== undefined) return { code, checkout }
  }
  // The commits are the repository's own; the files may be somebody else's.
  const isOpen = all.some((checkout) => mayBeLaidOver(event, checkout))
  const strange = isOpen ? await findStrange(root, inputs.options.policy) : undefined
  return { code: strange === undefined ? {} : await judge({ ...named, strange }), checkout: named }
}

/** The base of the pull request that the event is about. @throws {Unusable} where there is none */
async function requireServedBase(event: Event, token: string): Promise<{ ref: string }> {
  const base = await findServedBase(event, asker(token)).catch((error) => {
    const why = explainFailure(error, 'pull-requests: read')
    throw new Unusable(
      [`policy-ref: the base cannot be told, since the pull request cannot be read: ${why}`],
      [],
      PULL_UNREAD,
    )
  })
  if (!base) throw new Unusable(['policy-ref: only a pull request has a base'])
  return base
}

/** A commit of the repository, by the paths that people write; what a policy names is written from the top. */
function openCommit({ repository, fromTop }: Here, ref: string, find: () => Promise<Commit>): Tree {
  const tree = commitTree(repository, ref, find)
  const read: Tree['read'] = (path, limit, namedBy) =>
    tree.read(namedBy === 'policy' ? path : fromTop(path), limit)
  return { ...tree, read, nameOf: fromTop }
}

/** The folder, likewise: the repository may be checked out below it. */
function openFolder(root: string, { top = root }: Checkout, { fromTop }: Here): Tree {
  const tree = folderTree(root)
  const read: Tree['read'] = (path, limit, namedBy) =>
    tree.read(namedBy === 'policy' ? relative(root, join(top, path)) : path, limit, namedBy)
  return { ...tree, read, nameOf: fromTop }
}

/**
 * `head`, `base`, or another ref. Whatever names the commit of a fork by what it is does not choose that commit's policy, nor does its
 * branch's name choose among the branches and tags of the repository.
 *
 * @throws {Unusable} where `policy-ref` may come from a fork
 */
async function chooseRef(event: Event, { policyRef, token }: Inputs, code: WhoseCode): Promise<string> {
  const { whyFork } = code
  if (whyFork !== undefined && (policyRef === 'head' || isWholeSha(policyRef))) {
    core.info(
      `policy-ref: ${quote(policyRef)} does not hold here: ${whyFork}, and a fork's code is judged by the policy of its base.`,
    )
    return 'base'
  }
  const isNamed = policyRef !== '' && policyRef !== 'head' && policyRef !== 'base'
  if (!isNamed) return policyRef || (whyFork === undefined ? 'head' : 'base')
  // Whatever is checked out, somebody may have looked up what the fork's branch is called.
  const about = whyFork === undefined && mayServeFork(event) ? await findAbout(event, asker(token)) : code
  if (about.hidesHead) {
    throw new Unusable(
      [
        `policy-ref: ${quote(policyRef)} may be the name of a fork's branch, since the pull request cannot be read: it takes the permission \`pull-requests: read\`.`,
      ],
      [],
      PULL_UNREAD,
    )
  }
  const { headRef } = about
  if (headRef === undefined || shorten(policyRef) !== shorten(headRef)) return policyRef
  // Many a fork's branch is called as the one that it is to be merged into.
  const base = (event.pullRequest?.base ?? about.base)?.ref ?? shorten(event.branch ?? '')
  if (base !== '' && [base, `heads/${base}`, `refs/heads/${base}`].includes(policyRef)) return policyRef
  throw new Unusable([
    `policy-ref: ${quote(policyRef)} is also the name of the fork's branch, so that its author may have chosen it: leave \`policy-ref\` out, and the policy of the base holds.`,
  ])
}

/** A branch or a tag by its own name. */
function shorten(ref: string): string {
  return ref.replace(/^(refs\/)?(heads|tags)\//, '')
}

function sayFork({ whyFork }: WhoseCode, base: Base | undefined): void {
  core.info(
    `The checked-out code counts as a fork's: ${whyFork}. The policy of ${quote(base?.tip.ref ?? '')} holds, and the checked-out one is only compared with it.`,
  )
}

/** What `policy-ref` names. */
function findNamed(here: Here, token: string, ref: string, isFork: boolean): Tree {
  const mustBeOurs = isFork || (mayServeFork(here) && !runsOnOwn(here, ref))
  return openCommit(here, ref, () =>
    find(token, (client) => resolveRef(client, here.repository, ref, mustBeOurs)),
  )
}

/** What is to be merged: a pull request, or a merge group. */
type Proposed = Pick<PullRequest, 'base' | 'isFromFork' | 'runsOnMerge'>

/**
 * The base of a pull request, or of a merge group. Where the folder holds the merge that GitHub made, what is in force and what the folder is held against
 * are one. A workflow may have checked out something else, such as the head itself, while the base has moved on: there it is held
 * against the merge base.
 */
function findBase(here: Here, proposed: Proposed, token: string, folder: FolderFacts): Base {
  const { ref } = proposed.base
  const findTheTip = () => find(token, (client) => findTip(client, here, proposed))
  const found = openCommit(here, ref, findTheTip)
  const what = proposed.isFromFork ? 'a pull request from a fork' : MAYBE_FORK
  const tip = folder.isFork ? insist(found, what) : found
  return { tip, before: findBefore(here, tip, findTheTip, folder) }
}

/** What the folder is held against: the base's tip, or where the folder may have left the base before that, the merge base. */
function findBefore(
  here: Here,
  tip: Tree,
  findTheTip: () => Promise<Commit>,
  { checkedOut: head }: FolderFacts,
): Tree {
  if (head === undefined || head === here.sha) return tip
  // As git writes it: what is on one of the two sides only begins at the merge base.
  return openCommit(here, `${tip.ref}...${head}`, async () => {
    const { client, sha } = await findTheTip()
    return { client, sha: await findMergeBase(client, here.repository, sha, head) }
  })
}

/**
 * The base where the event is no pull request's: the branch that the pull request is to be merged into where one is known, else what the
 * workflow itself runs on, if that is of a branch or a tag, else the default branch.
 */
function findDefaultBase(
  here: Here,
  base: { ref: string } | undefined,
  token: string,
  folder: FolderFacts,
): Base {
  const { repository, sha, defaultBranch } = here
  const runsOn = !base && /^refs\/(heads|tags)\/./.test(here.ref) ? here.ref : undefined
  const named = base?.ref ?? defaultBranch
  const ref = runsOn ?? (named === undefined ? 'HEAD' : `refs/heads/${named}`)
  const findTheTip = () =>
    find(token, async (client) => {
      if (!runsOn || !sha) return resolveRef(client, repository, ref)
      const { data } = await client.rest.git.getCommit({ ...repository, commit_sha: sha })
      return requireSha(data.sha)
    })
  const found = openCommit(here, ref.replace(/^refs\/\w+\//, ''), findTheTip)
  if (!folder.isFork) return { tip: found, before: findBefore(here, found, findTheTip, folder) }
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

function asker(token: string) {
  return async <T>(question: (client: Client) => Promise<T>) => (await ask(token, question)).answer
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
