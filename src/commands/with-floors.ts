import { createRepositoryOpener } from '../github/floor-repository.ts'
import type { Tree } from '../repository/tree.ts'

/**
 * A tree whose policy may extend one of another repository. It is read from the clone if that has the commit, and else through GitHub's
 * API (`GITHUB_API_URL`) with `GITHUB_TOKEN`, if that is set.
 *
 * @param root the top of the repository
 */
export function withFloors(tree: Tree, root: string): Tree {
  return { ...tree, openRepository: createRepositoryOpener(process.env.GITHUB_TOKEN ?? '', root) }
}
