import type { CatalogueOverride, Diagnostic, Policy } from '../model.ts'
import { count } from '../numbers.ts'
import { parseCatalogue } from '../policy/parse.ts'
import { quote } from '../policy/problem.ts'
import type { Tree } from '../repository/tree.ts'
import { type Heading, Missing, Unreadable, Unusable } from '../unusable.ts'

/** A file is read up to here; the parsers refuse one that is longer than 1 MiB. */
const MOST_BYTES = 1024 * 1024 + 1

/** Which of the files of a policy one is. */
type Kind = 'policy' | 'catalogue' | 'floor'

/**
 * The bytes of one of the files of a policy; undefined where there is none.
 *
 * @param what it is, for a message: `The policy`
 * @throws {Unreadable}
 */
export async function readFile(
  tree: Tree,
  path: string,
  what: string,
  kind: Kind,
): Promise<Uint8Array | undefined> {
  try {
    return await tree.read(path, MOST_BYTES, kind === 'policy' ? 'user' : 'policy')
  } catch (error) {
    throw new Unreadable(
      [`${what} ${quote(path)} cannot be read${sayAt(tree)}: ${(error as Error).message}.`],
      [],
      `NOT RUN: The ${kind} cannot be read`,
    )
  }
}

/** The same for a file that a policy names, which has to be there. @throws {Unusable} */
export async function readNamed(tree: Tree, path: string, what: string, kind: Kind): Promise<Uint8Array> {
  const bytes = await readFile(tree, path, what, kind)
  const problem = `${what} ${quote(path)} cannot be read: it does not exist${sayAt(tree)}.`
  if (!bytes) throw missing(tree, problem, `UNUSABLE: The ${kind} does not exist`)
  return bytes
}

/**
 * What a policy changes in the catalogue, itself or in a file of its own.
 *
 * @param nameOf what messages call a path of its tree
 * @throws {Unusable} where that cannot be used
 */
export async function loadOverrides(
  tree: Tree,
  { catalogue }: Policy,
  nameOf = (path: string) => path,
): Promise<CatalogueOverride[]> {
  if (Array.isArray(catalogue)) return catalogue
  const { path, place } = catalogue
  const what = `${place.file}:${place.line}:${place.column}: the catalogue`
  const bytes = await readNamed(tree, path, what, 'catalogue')
  const { overrides, diagnostics } = parseCatalogue(bytes, nameOf(path))
  if (diagnostics) throw refuse(tree, path, diagnostics, 'catalogue')
  return overrides
}

/** What is wrong in a file. */
export function refuse(tree: Tree, file: string, diagnostics: Diagnostic[], kind: Kind): Unusable {
  return new Unusable(
    tree.ref === undefined ? [] : [`${quote(file)}${sayAt(tree)} cannot be used:`],
    diagnostics,
    `UNUSABLE: ${count(diagnostics.length, 'problem')} in the ${kind}`,
  )
}

/** The error for a file that is not there. In the folder, and not in a commit, the cause may be a missing checkout. */
export function missing({ ref }: Tree, problem: string, heading: Heading): Unusable {
  return new (ref === undefined ? Missing : Unusable)([problem], [], heading)
}

/** Where a file is read, for a message: empty for the folder. */
export function sayAt({ ref }: Tree): string {
  return ref === undefined ? '' : ` at ${quote(ref)}`
}
