import * as core from '@actions/core'
import { folderTree, type Tree } from '../tree.ts'
import { Unusable } from '../unusable.ts'
import { type Client, connect } from './client.ts'
import { type Commit, commitTree, findCheckedOut, findMergeBase, findTip, resolveRef } from './commit.ts'
import type { Event, PullRequest } from './event.ts'
import { isDenied } from './failure.ts'
import type { Inputs } from './inputs.ts'

/** Which policy is judged by, and which two are compared. */
export interface PolicySource {
  tree: Tree
  review?: { from: Tree; to: Tree }
}

/**
 * Where the policy is read, and what a pull request changes in it. Without `policy-ref` the folder's policy holds, and
 * on a pull request from a fork the base's: its author could write any policy. Where that cannot be read, the reading
 * fails: nothing takes its place. `policy-ref: head`, which is what holds elsewhere, does not change that.
 *
 * @throws {Unusable} where there is no base
 */
export async function choosePolicy(root: string, event: Event, inputs: Inputs): Promise<PolicySource> {
  const { pullRequest } = event
  const folder = folderTree(root)
  const ref = chooseRef(inputs, pullRequest)
  const base = pullRequest && (await findBase(root, event, pullRequest, inputs.token))
  if (ref === 'base' && !base) throw new Unusable(['policy-ref: only a pull request has a base'])
  return {
    tree: ref === 'head' ? folder : ref === 'base' && base ? base.tip : findNamed(event, inputs.token, ref),
    ...(base && { review: { from: base.before, to: folder } }),
  }
}

function chooseRef({ policyRef }: Inputs, pullRequest: PullRequest | undefined): string {
  if (!pullRequest?.isFromFork) return policyRef || 'head'
  if (policyRef === 'head') {
    core.info(
      'policy-ref: `head` does not hold here: a pull request from a fork is judged by the policy of its base.',
    )
    return 'base'
  }
  return policyRef || 'base'
}

function findNamed({ repository }: Event, token: string, ref: string): Tree {
  return commitTree(repository, ref, () => find(token, (client) => resolveRef(client, repository, ref)))
}

/**
 * What is in force on the base of a pull request, and what the folder is held against. Where the folder holds the merge
 * that GitHub made, both are one. A workflow may have checked out something else, such as the head itself, while the
 * base has moved on: there it is held against the merge base.
 */
async function findBase(
  root: string,
  event: Event,
  pullRequest: PullRequest,
  token: string,
): Promise<{ tip: Tree; before: Tree }> {
  const { repository, sha } = event
  const { ref } = pullRequest.base
  const findTheTip = () => find(token, (client) => findTip(client, event, pullRequest))
  const found = commitTree(repository, ref, findTheTip)
  const tip = pullRequest.isFromFork ? insist(found) : found
  const head = await findCheckedOut(root)
  if (head === undefined || head === sha) return { tip, before: tip }
  // As git writes it: what is on one of the two sides only begins at the merge base.
  const before = commitTree(repository, `${ref}...${head}`, async () => {
    const { client, sha } = await findTheTip()
    return { client, sha: await findMergeBase(client, repository, sha, head) }
  })
  return { tip, before }
}

/** Where a fork's base cannot be read, people have to know why it matters. */
function insist(tree: Tree): Tree {
  const insistently = ({ message }: Error) =>
    Promise.reject(
      new Error(`${message}; a pull request from a fork is judged by the policy of its base and no other`),
    )
  return { ...tree, read: (path, limit) => tree.read(path, limit).catch(insistently) }
}

/** Looks for a commit with the token and, where that may not, as nobody: what is public needs no token. */
async function find(token: string, ask: (client: Client) => Promise<string>): Promise<Commit> {
  const findAs = async (client: Client) => ({ client, sha: await ask(client) })
  try {
    return await findAs(await connect(token))
  } catch (error) {
    if (!token || !isDenied(error)) throw error
    return connect('')
      .then(findAs)
      .catch(() => Promise.reject(error))
  }
}
