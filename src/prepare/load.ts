import { buildCatalogue, type Catalogue } from '../catalogue/catalogue.ts'
import type { Diagnostic, Policy } from '../model.ts'
import { webBaseline } from '../policy/baseline.ts'
import { createBudget } from '../policy/budget.ts'
import { parsePolicy } from '../policy/parse.ts'
import { quote } from '../policy/problem.ts'
import { withhold } from '../policy/withhold.ts'
import { freeMemory } from '../process/heap.ts'
import type { Tree } from '../repository/tree.ts'
import { Unusable } from '../unusable.ts'
import { loadOverrides, missing, readFile, refuse, sayAt } from './read-file.ts'

/** Where the policy is looked for. */
export const DEFAULT_FILES = ['.github/port-policy.yml', '.github/port-policy.yaml']

/** From this size on, a policy may hold so many values that the memory for reading them is worth freeing. */
const LARGE_BYTES = 64 * 1024

const FIRST_POLICY = `To begin, write .github/port-policy.yml:

  version: 1
  hosts:
    www.example.com: [80, 443]   # these and no others may be open
    db.example.com: []           # nothing may be open

or let Portgate write it, from what is open now:

  portgate suggest www.example.com db.example.com > .github/port-policy.yml

or name endpoints to hold against the built-in web baseline (80 and 443 and no others).`

/** A policy, on the floors that it extends, with the catalogue that they change. */
export interface Loaded {
  policy: Policy
  /** What is wrong if the policy's own endpoints are to be scanned: it names none. */
  noEndpoints: Diagnostic[]
  catalogue: Catalogue
}

/**
 * Reads the policy, or takes the built-in baseline where none is named, there is none and endpoints were given.
 *
 * @param file the path that the user gave, from the root
 * @param findHint asked what to say where there is no policy; without an answer: how to write a first one
 * @throws {Unusable} where there is no usable policy
 */
export async function load(
  tree: Tree,
  file: string | undefined,
  hasEndpoints: boolean,
  findHint?: () => Promise<string | undefined>,
): Promise<Loaded> {
  const loaded = await loadIfAny(tree, file)
  if (loaded) return loaded
  if (file === undefined && hasEndpoints) return loadBaseline()
  const hint = await findHint?.()
  if (file !== undefined) {
    const more = hint ? ` ${hint}` : ''
    const problem = `The policy ${quote(file)} cannot be read: it does not exist${sayAt(tree)}.${more}`
    throw missing(tree, problem, 'UNUSABLE: The policy does not exist')
  }
  const above = tree.within ? `, from ${quote(tree.within)} up to the root of the repository` : ''
  const problem = `There is no policy: ${DEFAULT_FILES[0]} does not exist${sayAt(tree)}${above}. ${hint ?? FIRST_POLICY}`
  throw missing(tree, problem, 'UNUSABLE: There is no policy')
}

/** The policy of a tree; undefined where it has none. @throws {Unusable} where it cannot be used */
export async function loadIfAny(tree: Tree, file: string | undefined): Promise<Loaded | undefined> {
  const found = await findPolicyFile(tree, file)
  return found && parsePolicyFile(tree, found)
}

/** The policy file of a tree, unread; undefined where it has none. @throws {Unusable} where it cannot be read */
export async function findPolicyFile(tree: Tree, file: string | undefined): Promise<PolicyFile | undefined> {
  if (file === undefined) return findPolicy(tree)
  const bytes = await readFile(tree, file, 'The policy', 'policy')
  return bytes && { file, bytes }
}

/** The built-in baseline, which holds where there is no policy. */
export function loadBaseline(): Loaded {
  return { policy: webBaseline(), noEndpoints: [], catalogue: buildCatalogue() }
}

/**
 * A link can make any file the policy, such as one that an earlier step has left: it may not be a policy but a secret.
 */
const LINKED = 'its contents are not shown, since a link leads to it: name the file itself'

/** A policy file as it was read. */
export interface PolicyFile {
  file: string
  bytes: Uint8Array
}

/** Reads a policy file with the catalogue that it names. @throws {Unusable} where it cannot be used */
export async function parsePolicyFile(tree: Tree, { file, bytes }: PolicyFile): Promise<Loaded> {
  const budget = createBudget()
  const { policy, noEndpoints, diagnostics } = parsePolicy(bytes, (await tree.nameOf?.(file)) ?? file, budget)
  if (diagnostics) {
    const isLinked = await tree.isLinked?.(file)
    throw refuse(tree, file, isLinked ? withhold(diagnostics, LINKED) : diagnostics, 'policy')
  }
  if (bytes.length > LARGE_BYTES) freeMemory()
  const own = { policy, overrides: await loadOverrides(tree, policy) }
  if (!policy.extends) return { policy, noEndpoints, catalogue: buildCatalogue(own.overrides) }
  // Loaded here, so that a run of a policy that stands alone starts without it.
  const { layOnFloors } = await import('./floors.ts')
  const laid = await layOnFloors(tree, own, bytes, budget)
  return { policy: laid.policy, noEndpoints, catalogue: buildCatalogue(laid.overrides) }
}

/** The policy of the nearest folder upwards that has one. */
async function findPolicy(tree: Tree, folder = tree.within ?? ''): Promise<PolicyFile | undefined> {
  const found: PolicyFile[] = []
  for (const name of DEFAULT_FILES) {
    const file = folder === '' ? name : `${folder}/${name}`
    const bytes = await readFile(tree, file, 'The policy', 'policy')
    if (bytes) found.push({ file, bytes })
  }
  if (found.length > 1) {
    const both = found.map(({ file }) => file).join(' and ')
    throw new Unusable(
      [`There are two policies${sayAt(tree)}, ${both}: keep one of them.`],
      [],
      'UNUSABLE: There are two policies',
    )
  }
  return found[0] ?? (folder === '' ? undefined : findPolicy(tree, folder.replace(/\/?[^/]*$/, '')))
}
