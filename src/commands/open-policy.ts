import { quote } from '../policy/problem.ts'
import { DASH, STDIN, withStandardInput } from '../process/stdin.ts'
import { folderTree } from '../repository/folder-tree.ts'
import { gitTree } from '../repository/git-tree.ts'
import { findHere } from '../repository/paths.ts'
import type { Tree } from '../repository/tree.ts'
import { Unusable } from '../unusable.ts'
import { withFloors } from './with-floors.ts'

/** What the command line reads a policy from. */
export interface Opened {
  root: string
  tree: Tree
  /** From the root; undefined where the user names none. */
  policy: string | undefined
}

/**
 * Where the policy is read (the folder, or a commit that git knows by a name), and its path there if the user names
 * one.
 */
export async function openPolicy(
  { policy, policyRef }: { policy?: string; policyRef?: string },
  warn: (sentence: string) => void,
): Promise<Opened> {
  if (policyRef === 'base') throw new Unusable(['policy-ref: only a pull request has a base'])
  const here = findHere(process.cwd())
  const { root, within } = here
  if (within !== '') warn(`Paths are from the root of the repository, ${quote(root)}.`)
  const isFolder = policyRef === undefined || policyRef === 'head'
  const tree = withFloors(
    isFolder ? folderTree(root, within) : await gitTree(root, policyRef, { warn, within }),
    root,
  )
  if (policy === DASH) return { root, tree: await withStandardInput(tree), policy: STDIN }
  return { root, tree, policy: policy === undefined ? undefined : here.toPath(policy.trim()) }
}
