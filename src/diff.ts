import { gitTree } from './git.ts'
import { reaches } from './judge/verdict.ts'
import { type Loaded, loadIfAny } from './load.ts'
import type { PolicyChange } from './model.ts'
import { parseOptions } from './options.ts'
import { TooLarge } from './policy/diff/loss.ts'
import { quote } from './policy/problem.ts'
import { renderChanges, renderChangesMarkdown } from './report/changes.ts'
import { renderJson } from './report/json.ts'
import type { TextOptions } from './report/text.ts'
import { comparePolicies } from './review.ts'
import { folderTree, fromRoot, type Tree } from './tree.ts'
import { Unusable } from './unusable.ts'

interface DiffOptions extends TextOptions {
  root: string
  /** The policy in a commit. */
  policy?: string
  failOnLoosening: string
  format: 'text' | 'json' | 'markdown'
}

/**
 * What changes from one policy to another, each a file, a commit, or a file in a commit.
 *
 * @throws {Unusable} where there is no policy, or one cannot be used
 */
export async function diffStates(
  states: [before: string, after: string],
  { root, policy, failOnLoosening, format, ...text }: DiffOptions,
): Promise<{ text: string; fails: boolean }> {
  const request = parseOptions({ policy, 'fail-on-loosening': failOnLoosening })
  const [before, after] = (await Promise.all(states.map((state) => open(root, state, request.policy)))) as [
    State,
    State,
  ]
  if (!before.loaded && !after.loaded) {
    throw new Unusable([`Neither ${quote(states[0])} nor ${quote(states[1])} has a policy.`])
  }
  const changes = compare(before.loaded, after.loaded)
  const fails = changes.some(
    ({ direction, severity }) => direction === 'loosened' && reaches(severity, request.failOnLoosening),
  )
  return { fails, text: render() }

  function render(): string {
    if (format === 'markdown') return renderChangesMarkdown(changes)
    if (format === 'text') return renderChanges(changes, text)
    return renderJson({ old: describe(before), new: describe(after), policyChanges: changes })
  }
}

/** A policy that was asked for, and where it was read. */
interface State {
  tree: Tree
  loaded?: Loaded
}

function describe({ tree: { ref }, loaded }: State) {
  return loaded ? { file: loaded.policy.file, ref, hash: loaded.policy.hash } : { ref }
}

async function open(root: string, text: string, policy: string | undefined): Promise<State> {
  const folder = folderTree(root)
  const isFile = await folder.read(text, 1).catch(() => undefined)
  if (isFile) return { tree: folder, loaded: await loadIfAny(folder, fromRoot(root, text)) }
  const [, ref, path] = /^([^:]+):(.+)$/.exec(text) ?? []
  if (ref === undefined || path === undefined) {
    const tree = await openCommit(root, text)
    return { tree, loaded: await loadIfAny(tree, policy === undefined ? undefined : fromRoot(root, policy)) }
  }
  const tree = await openCommit(root, ref, true)
  const loaded = await loadIfAny(tree, path)
  if (!loaded) throw new Unusable([`There is no ${quote(path)} in ${quote(ref)}.`])
  return { tree, loaded }
}

async function openCommit(root: string, ref: string, isFromTop = false): Promise<Tree> {
  try {
    return await gitTree(root, ref, isFromTop)
  } catch (error) {
    throw new Unusable([`There is no file ${quote(ref)}. As a commit, ${(error as Error).message}`])
  }
}

function compare(before: Loaded | undefined, after: Loaded | undefined): PolicyChange[] {
  try {
    return comparePolicies(before, after, false)
  } catch (error) {
    throw error instanceof TooLarge ? new Unusable([`${error.message}.`]) : error
  }
}
