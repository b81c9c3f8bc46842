import { relative, resolve, sep } from 'node:path'
import { findRepository, isInside } from '../files/paths.ts'

/** A path as people and GitHub know it: from the root of the repository, with slashes. One outside stays as it is. */
export function fromRoot(root: string, path: string): string {
  const way = isInside(root, resolve(root, path)) ? relative(root, resolve(root, path)) || '.' : path
  return way.split(sep).join('/')
}

/** Where a command runs. */
export interface Here {
  /** The repository, or the current folder outside of one: what paths in messages, reports and policies are relative to. */
  root: string
  /** The current folder, from there and with slashes; empty for the root itself. */
  within: string
  /** A path that the user has written, from the root where it is inside. */
  toPath(written: string): string
}

/** @param folder the current one, without links */
export function findHere(folder: string): Here {
  const root = findRepository(folder) ?? folder
  const within = relative(root, folder).split(sep).join('/')
  if (within === '') return { root, within, toPath: (written) => fromRoot(root, written) }
  return { root, within, toPath: (written) => fromRoot(root, resolve(folder, written)) }
}
