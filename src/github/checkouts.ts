import { lstat, readlink } from 'node:fs/promises'
import { dirname, join, parse, relative, resolve, sep } from 'node:path'
import { isInside } from '../files/paths.ts'
import { quote } from '../policy/problem.ts'
import { DEFAULT_FILES, loadIfAny } from '../prepare/load.ts'
import { folderTree } from '../repository/folder-tree.ts'
import { findCheckedOut, readCommitted } from '../repository/git/checkout.ts'
import type { Tree } from '../repository/tree.ts'
import type { Checkout } from './trust.ts'

/** Most links that are followed for one file, as in Linux. */
const MOST_LINKS = 40

/** The checkouts that a policy comes from. */
export interface Checkouts {
  /** The one in which it is named. */
  named: Checkout
  /** Those with a link that leads to it, and the one in which it lies: the author of each can choose what is read. */
  all: Checkout[]
}

/**
 * What is checked out where the policy is named, where links lead to it, and where it lies: a workflow may have checked out a fork's code
 * beside its own.
 */
export async function listCheckouts(root: string, policy: string | undefined): Promise<Checkouts> {
  for (const file of policy ? [policy] : DEFAULT_FILES) {
    const path = resolve(root, file)
    const way = await followLinks(path).catch(() => undefined)
    if (way === undefined) continue
    const links = await Promise.all(way.links.map(readCheckout))
    // The author of a checkout cannot write outside of all repositories.
    const all = [...links.filter(isRepository), await readCheckout(dirname(way.real))]
    return { named: await readCheckout(dirname(path)), all: dropRepeated(all) }
  }
  const named = await readCheckout(policy ? dirname(resolve(root, policy)) : root)
  return { named, all: [named] }
}

/** A path from the root as the repository has it: from the top of the checkout. One that lies outside stays as it is. */
export function fromTop(root: string, { top = root }: Checkout, path: string): string {
  const written = resolve(root, path)
  return isInside(top, written) ? relative(top, written).split(sep).join('/') : path
}

/** The files of a folder, by the paths that people write. */
export interface Folder extends Tree {
  /** Where a path is. */
  place(path: string, namedBy?: 'user' | 'policy'): string
}

/**
 * What a policy names is written from the top of its own checkout, and has to be part of that. Each file is read once, so that the
 * run is judged by what was compared with the commit, whatever becomes of the file.
 */
export function openFolder(root: string, { top = root }: Checkout): Folder {
  const trees = { user: folderTree(root), policy: folderTree(top) }
  const kept = new Map<string, Promise<Uint8Array | undefined>>()
  return {
    ...trees.user,
    read(path, limit, namedBy = 'user') {
      const key = JSON.stringify([path, limit, namedBy])
      const bytes = kept.get(key) ?? trees[namedBy].read(path, limit, namedBy)
      kept.set(key, bytes)
      return bytes
    },
    place: (path, namedBy = 'user') => resolve(namedBy === 'policy' ? top : root, path),
  }
}

/**
 * Why a policy, or a file that it names, differs from its checkout's commit, as a clause; undefined if nothing differs but line
 * ends. A workflow may have put a fork's files over a commit of ours, and the commit does not show that.
 */
export async function findStrange(folder: Folder, policy: string | undefined): Promise<string | undefined> {
  let why: string | undefined
  const tree: Tree = {
    read: async (path, limit, namedBy) => {
      const bytes = await folder.read(path, limit, namedBy)
      const problem = await compareWithCommit(folder.place(path, namedBy), bytes, limit)
      if (problem === undefined) return bytes
      why ??= `${quote(path)} ${problem}`
      throw new Error(problem)
    },
  }
  // Other faults of the policy are reported when the run is judged by it.
  await loadIfAny(tree, policy || undefined).catch(() => {})
  return why
}

async function compareWithCommit(
  path: string,
  bytes: Uint8Array | undefined,
  limit: number,
): Promise<string | undefined> {
  try {
    const committed = await readCommitted(path, limit)
    if (committed === undefined) return bytes && 'is not in the checked-out commit'
    if (bytes === undefined) return 'is in the checked-out commit, but not in the folder'
    const isSame = unifyLines(bytes).equals(unifyLines(committed))
    return isSame ? undefined : 'differs from the checked-out commit'
  } catch (error) {
    return `cannot be compared with the checked-out commit: ${(error as Error).message}`
  }
}

/** git may write CRLF where the commit has LF, and the other way round. */
function unifyLines(bytes: Uint8Array): Buffer {
  return Buffer.from(Buffer.from(bytes).toString('latin1').replaceAll('\r\n', '\n'), 'latin1')
}

/** Where a path really is, and the folders of the links on the way there. */
async function followLinks(path: string): Promise<{ real: string; links: string[] }> {
  const links: string[] = []
  let { root: real } = parse(path)
  const left = splitPath(path.slice(real.length))
  for (let name = left.shift(); name !== undefined; name = left.shift()) {
    // `..` continues from the target of a link.
    const next = join(real, name)
    if (!(await lstat(next)).isSymbolicLink()) {
      real = next
      continue
    }
    if (links.push(real) > MOST_LINKS) throw new Error('its links form a circle')
    const target = await readlink(next)
    const { root } = parse(target)
    if (root) real = root
    left.unshift(...splitPath(target.slice(root.length)))
  }
  return { real, links }
}

function splitPath(path: string): string[] {
  return path.split(sep === '/' ? '/' : /[\\/]/).filter(Boolean)
}

async function readCheckout(folder: string): Promise<Checkout> {
  try {
    return (await findCheckedOut(folder)) ?? {}
  } catch (error) {
    return { problem: (error as Error).message }
  }
}

function isRepository({ commit, problem }: Checkout): boolean {
  return commit !== undefined || problem !== undefined
}

function dropRepeated(checkouts: Checkout[]): Checkout[] {
  const isSame = (one: Checkout) => (other: Checkout) =>
    one.top === other.top && one.commit === other.commit && one.problem === other.problem
  return checkouts.filter((checkout, index) => checkouts.findIndex(isSame(checkout)) === index)
}
