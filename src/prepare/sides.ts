import type { Tree } from '../repository/tree.ts'
import { Unreadable, Unusable } from '../unusable.ts'
import { type Loaded, loadIfAny } from './load.ts'

/** The two sides of a change of the policy, reviewed `from` → `to`. */
export interface Sides {
  from: Tree
  to: Tree
  /** Whose policy the run is judged by; undefined: that of neither, but of a ref that the user names. */
  judgedBy?: 'from' | 'to'
}

/** The policy before the change. An unusable one demanded nothing; one that was moved had a default name before. */
export async function readBefore(tree: Tree, file: string | undefined): Promise<Loaded | undefined> {
  const found =
    (await readSide(tree, file)) ?? (file === undefined ? undefined : await readSide(tree, undefined))
  return found instanceof Unusable ? undefined : found
}

/** A policy, none, or what is wrong with it. */
export async function readSide(tree: Tree, file: string | undefined): Promise<Loaded | Unusable | undefined> {
  try {
    return await loadIfAny(tree, file)
  } catch (error) {
    if (error instanceof Unusable && !(error instanceof Unreadable)) return error
    throw error
  }
}
