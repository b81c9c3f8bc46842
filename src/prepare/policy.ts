import { quote } from '../policy/problem.ts'
import { fromRoot } from '../repository/paths.ts'
import type { Tree } from '../repository/tree.ts'
import { type Loaded, load } from './load.ts'
import type { Request } from './options.ts'
import { readBefore, type Sides } from './sides.ts'

/** Where the policy of a run is read. */
export interface PolicySource {
  /** The folder of the repository: the user's paths are relative to it. */
  root: string
  /** The policy is taken from here and judged by. */
  tree: Tree
  /** The two policies that a review compares. On pull requests: the base's and the head's. */
  review?: Sides
}

/** If the base has no policy, the one that a pull request adds does not help. */
const BASE_ONLY =
  "The base's policy applies here, as for all code from a fork; the checked-out policy is reviewed, and applies once it is merged."

/**
 * The policy that a run is judged by, with its catalogue.
 *
 * @throws {Unusable} where there is none that can be used
 */
export function loadPolicy(request: Request, { root, tree, review }: PolicySource): Promise<Loaded> {
  const file = policyFile(request, root)
  const explainMissing = async () => {
    if (review?.judgedBy === 'from') return BASE_ONLY
    return review?.judgedBy === 'to' ? explainRemoved(review.from, file) : undefined
  }
  return load(tree, file, request.endpoints.length > 0, explainMissing)
}

/** The policy that the user names, by its path from the root; undefined where none is named. */
export function policyFile({ policy }: Request, root: string): string | undefined {
  return policy === undefined ? undefined : fromRoot(root, policy)
}

/** Tells the reviewer that it is the pull request that removes the policy; undefined if the base has none. */
async function explainRemoved(base: Tree, file: string | undefined): Promise<string | undefined> {
  const before = await readBefore(base, file).catch(() => undefined)
  if (!before) return undefined
  const { file: was } = before.policy
  return `This pull request removes or moves the policy of its base, ${quote(was)} at ${quote(base.ref ?? '')}: restore it, or name its new path in \`policy\`.`
}
