import * as core from '@actions/core'
import { quote } from '../policy/problem.ts'
import type { PolicySource } from '../prepare/policy.ts'
import { isWholeSha } from '../repository/git/revision.ts'
import type { Tree } from '../repository/tree.ts'
import { Unusable } from '../unusable.ts'
import { asker } from './ask.ts'
import { type Base, findBase, findCommit, findDefaultBase, type Here, openCommit } from './base.ts'
import { type Checkouts, type Folder, findStrange, fromTop, listCheckouts, openFolder } from './checkouts.ts'
import type { Event } from './event.ts'
import { explainFailure } from './failure.ts'
import { createRepositoryOpener } from './floor-repository.ts'
import type { Inputs } from './inputs.ts'
import { resolveRef } from './refs.ts'
import { type Checkout, mayBeLaidOver, mayServeFork, runsOnOwn } from './trust.ts'
import { findAbout, findServedBase, findWhoseCode, type WhoseCode } from './whose-code.ts'

/** Which policy the run is judged by, and which two are compared. */
export interface ChosenPolicy extends Omit<PolicySource, 'root'> {
  /** What is checked out, where that is known. */
  commit?: string
}

const PULL_UNREAD = 'NOT RUN: The pull request cannot be read'

/**
 * Where the policy is read, and what a change does to it. Without `policy-ref` the folder's policy holds; if the folder may hold a
 * fork's code, the base's does: a fork's author could write any policy. If the base's cannot be read, that is an error, and no other
 * policy takes its place.
 *
 * @throws {Unusable} where there is no base
 */
export async function choosePolicy(root: string, event: Event, inputs: Inputs): Promise<ChosenPolicy> {
  const { pullRequest, mergeGroup } = event
  const { token, options } = inputs
  const checkouts = await listCheckouts(root, options.policy)
  const files = openFolder(root, checkouts.named)
  const { code, checkout } = await findForeign(event, checkouts, { files, inputs })
  const { whyFork } = code
  const here = {
    ...event,
    clone: checkouts.named.top,
    fromTop: (path: string) => fromTop(root, checkouts.named, path),
  }
  const nameOf = async (path: string) => here.fromTop((await files.nameOf?.(path)) ?? path)
  const openRepository = createRepositoryOpener(token, checkouts.named.top)
  const withFloors = (tree: Tree): Tree => ({ ...tree, openRepository })
  const folder = withFloors({ ...files, nameOf })
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
  const judgedBy = ref === 'head' ? 'to' : ref === 'base' ? 'from' : undefined
  return {
    tree:
      ref === 'head'
        ? folder
        : withFloors(ref === 'base' && base ? base.tip : findNamed(here, token, ref, isFork)),
    ...(base && { review: { from: withFloors(base.before), to: folder, judgedBy } }),
    ...(checkout.commit !== undefined && { commit: checkout.commit }),
  }
}

/** The first checkout that is not the repository's own, else that in which the policy is named; and whose code it has. */
async function findForeign(
  event: Event,
  { named, all }: Checkouts,
  { files, inputs }: { files: Folder; inputs: Inputs },
): Promise<{ code: WhoseCode; checkout: Checkout }> {
  const judge = (checkout: Checkout) => findWhoseCode(event, checkout, asker(inputs.token))
  for (const checkout of all) {
    const code = await judge(checkout)
    if (code.whyFork !== undefined) return { code, checkout }
  }
  // The commits are the repository's own; the files may be somebody else's.
  const isOpen = all.some((checkout) => mayBeLaidOver(event, checkout))
  const strange = isOpen ? await findStrange(files, inputs.options.policy) : undefined
  return { code: strange === undefined ? {} : await judge({ ...named, strange }), checkout: named }
}

/** The base of the pull request that the event is about. @throws {Unusable} where there is none */
async function requireServedBase(event: Event, token: string): Promise<{ ref: string }> {
  const base = await findServedBase(event, asker(token)).catch((error) => {
    const why = explainFailure(error, 'pull-requests: read')
    throw new Unusable(
      [`policy-ref: the base is unknown, since the pull request cannot be read: ${why}`],
      [],
      PULL_UNREAD,
    )
  })
  if (!base) throw new Unusable(['policy-ref: only a pull request has a base'])
  return base
}

/**
 * `head`, `base`, or another ref. For a fork's code, `head` or a SHA does not choose the fork's policy: the base's holds. Nor may the
 * name of the fork's branch choose among the branches and tags of the repository.
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
  // Even if the repository's own code is checked out, the workflow may have looked up the name of the fork's branch.
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
  // A fork's branch often has the same name as the one that it is to be merged into.
  const base = (event.pullRequest?.base ?? about.base)?.ref ?? shorten(event.branch ?? '')
  if (base !== '' && [base, `heads/${base}`, `refs/heads/${base}`].includes(policyRef)) return policyRef
  throw new Unusable([
    `policy-ref: ${quote(policyRef)} is also the name of the fork's branch, so the fork's author may have chosen it: leave \`policy-ref\` out, and the policy of the base applies.`,
  ])
}

/** A branch or a tag by its own name. */
function shorten(ref: string): string {
  return ref.replace(/^(refs\/)?(heads|tags)\//, '')
}

function sayFork({ whyFork }: WhoseCode, base: Base | undefined): void {
  core.info(
    `The checked-out code counts as a fork's: ${whyFork}. The policy of ${quote(base?.tip.ref ?? '')} applies, and the checked-out one is only compared with it.`,
  )
}

/** What `policy-ref` names. */
function findNamed(here: Here, token: string, ref: string, isFork: boolean): Tree {
  const mustBeOurs = isFork || (mayServeFork(here) && !runsOnOwn(here, ref))
  return openCommit(here, ref, {
    onGitHub: () => findCommit(token, (client) => resolveRef(client, here.repository, ref, mustBeOurs)),
  })
}
