import { isAbsolute } from 'node:path'
import { reaches } from '../judge/verdict.ts'
import type { PolicyChange } from '../model.ts'
import { TooLarge } from '../policy/diff/loss.ts'
import { quote } from '../policy/problem.ts'
import { type Loaded, loadIfAny } from '../prepare/load.ts'
import { parseOptions } from '../prepare/options.ts'
import { ANY_WORKFLOW, comparePolicies } from '../prepare/review.ts'
import { DASH, STDIN, withStandardInput } from '../process/stdin.ts'
import { renderChanges, renderChangesMarkdown } from '../report/changes.ts'
import type { DiffFormat } from '../report/formats.ts'
import { renderJson } from '../report/json.ts'
import type { TextOptions } from '../report/text.ts'
import { folderTree } from '../repository/folder-tree.ts'
import { gitTree, isRevision } from '../repository/git-tree.ts'
import type { Here } from '../repository/paths.ts'
import type { Tree } from '../repository/tree.ts'
import { Unusable } from '../unusable.ts'
import { withFloors } from './with-floors.ts'

interface DiffOptions extends TextOptions {
  here: Here
  /** The policy in a commit. */
  policy?: string
  failOnLoosening: string
  format: DiffFormat
  /** Receives a sentence that the user should know. */
  warn(sentence: string): void
}

/**
 * What changes from one policy to another, each a file, a commit, or a file in a commit.
 *
 * @throws {Unusable} where there is no policy, or one cannot be used
 */
export async function diffStates(
  states: [before: string, after: string],
  options: DiffOptions,
): Promise<{ text: string; fails: boolean }> {
  const { policy, failOnLoosening, format } = options
  const request = parseOptions({ policy, 'fail-on-loosening': failOnLoosening })
  // One after the other, so that the memory for reading a large policy is free again before the next one is read.
  const before = await open(options, states[0], request.policy)
  const after = await open(options, states[1], request.policy)
  if (!before.loaded && !after.loaded) {
    throw new Unusable([`Neither ${quote(states[0])} nor ${quote(states[1])} has a policy.`])
  }
  const changes = await compare(before.loaded, after.loaded)
  const fails = changes.some(
    ({ direction, severity }) => direction === 'loosened' && reaches(severity, request.failOnLoosening),
  )
  return { fails, text: render() }

  function render(): string {
    if (format === 'markdown') return renderChangesMarkdown(changes)
    if (format === 'text') return renderChanges(changes, options)
    return renderJson({ old: describe(before), new: describe(after), policyChanges: changes })
  }
}

/** A policy that was asked for, and where it was read. */
interface State {
  tree: Tree
  loaded?: Loaded
}

function describe({ tree: { ref }, loaded }: State) {
  if (!loaded) return { ref }
  const { file, hash, floors } = loaded.policy
  return { file, ref, hash, floors }
}

async function open({ here, warn }: DiffOptions, text: string, policy: string | undefined): Promise<State> {
  const { root, within, toPath } = here
  const folder = withFloors(folderTree(root, within), root)
  if (text === DASH) {
    const tree = await withStandardInput(folder)
    return { tree, loaded: await loadIfAny(tree, STDIN) }
  }
  const [, ref, path] = /^([^:]+):(.+)$/.exec(text) ?? []
  const { isFile, problem } = await look(folder, text, toPath(text))
  if (isFile) {
    await insistOnFile(root, text, ref)
    return { tree: folder, loaded: await loadIfAny(folder, toPath(text)) }
  }
  if (ref === undefined || path === undefined) {
    const commit = await openCommit(text, problem, () => gitTree(root, text, { warn, within }))
    const tree = withFloors(commit, root)
    return { tree, loaded: await loadIfAny(tree, policy === undefined ? undefined : toPath(policy)) }
  }
  const commit = await openCommit(ref, problem, () => gitTree(root, ref, { warn, isFromTop: true }))
  const tree = withFloors(commit, root)
  const loaded = await loadIfAny(tree, path)
  if (!loaded) throw new Unusable([`There is no ${quote(path)} in ${quote(ref)}.`])
  return { tree, loaded }
}

/**
 * Makes sure that a file is meant and not a commit: whoever writes to a checkout chooses the names of its files.
 *
 * @param ref the part of the text that would name a commit, where it is `ref:path`
 */
async function insistOnFile(root: string, text: string, ref = text): Promise<void> {
  // No name of a commit begins like this.
  if (text.startsWith('.') || isAbsolute(text)) return
  const isCommit = await isRevision(root, ref).catch(({ message }: Error) => {
    throw new Unusable([message, `If the file is meant, write ${quote(`./${text}`)}.`])
  })
  if (!isCommit) return
  throw new Unusable([
    `${quote(text)} is a file, and ${quote(ref)} is a commit: write ${quote(`./${text}`)} for the file, or the commit in full, such as ${quote(`refs/heads/${text}`)}.`,
  ])
}

/** Whether there is a file, and why what is there cannot be read. */
async function look(
  folder: Tree,
  written: string,
  path: string,
): Promise<{ isFile: boolean; problem?: string }> {
  try {
    return { isFile: (await folder.read(path, 1)) !== undefined }
  } catch (error) {
    return {
      isFile: false,
      problem: `The file ${quote(written)} cannot be read: ${(error as Error).message}.`,
    }
  }
}

/** @param problem why the file of that name, if there is one, cannot be read */
async function openCommit(
  ref: string,
  problem = `There is no file ${quote(ref)}.`,
  read: () => Promise<Tree>,
): Promise<Tree> {
  try {
    return await read()
  } catch (error) {
    throw new Unusable([`${problem} As a commit, ${(error as Error).message}`])
  }
}

async function compare(before: Loaded | undefined, after: Loaded | undefined): Promise<PolicyChange[]> {
  try {
    return await comparePolicies(before, after, ANY_WORKFLOW)
  } catch (error) {
    throw error instanceof TooLarge ? new Unusable([`${error.message}.`]) : error
  }
}
