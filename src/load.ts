import { access, open, realpath } from 'node:fs/promises'
import { isAbsolute, relative, resolve, sep } from 'node:path'
import { buildCatalogue, type Catalogue } from './catalogue/catalogue.ts'
import type { CatalogueOverride, Diagnostic, Policy } from './model.ts'
import { webBaseline } from './policy/baseline.ts'
import { parseCatalogue, parsePolicy } from './policy/parse.ts'
import { quote } from './policy/problem.ts'
import { Unusable } from './unusable.ts'

/** Where the policy is looked for. */
const DEFAULT_FILES = ['.github/port-policy.yml', '.github/port-policy.yaml']

/** A file is read up to here; the parsers refuse one that is longer than 1 MiB. */
const MOST_BYTES = 1024 * 1024 + 1

const FIRST_POLICY = `To begin, write .github/port-policy.yml:

  version: 1
  hosts:
    www.example.com: [80, 443]   # these and no others may be open
    db.example.com: []           # nothing may be open

or name endpoints to hold against the built-in web baseline (80 and 443 and no others).`

/** A policy with the catalogue that it changes. */
export interface Loaded {
  policy: Policy
  /** What is wrong if the policy's own endpoints are to be scanned: it names none. */
  noEndpoints: Diagnostic[]
  catalogue: Catalogue
}

/**
 * Reads the policy, or takes the built-in baseline where there is no file and endpoints were given.
 *
 * @param root the folder of the repository
 * @param file the path that the user gave
 * @throws {Unusable} where there is no usable policy
 */
export async function load(root: string, file: string | undefined, hasEndpoints: boolean): Promise<Loaded> {
  const path = file ?? (await findPolicy(root))
  if (path === undefined) {
    if (hasEndpoints) return { policy: webBaseline(), noEndpoints: [], catalogue: buildCatalogue() }
    throw new Unusable([`There is no policy: ${DEFAULT_FILES[0]} does not exist. ${FIRST_POLICY}`])
  }
  const { policy, noEndpoints, diagnostics } = parsePolicy(
    await read(resolve(root, path), path),
    label(root, path),
  )
  if (diagnostics) throw new Unusable([], diagnostics)
  return { policy, noEndpoints, catalogue: buildCatalogue(await loadOverrides(root, policy)) }
}

async function findPolicy(root: string): Promise<string | undefined> {
  const found: string[] = []
  for (const file of DEFAULT_FILES) {
    const exists = await access(resolve(root, file)).then(
      () => true,
      () => false,
    )
    if (exists) found.push(file)
  }
  if (found.length > 1)
    throw new Unusable([`There are two policies, ${found.join(' and ')}: keep one of them.`])
  return found[0]
}

async function loadOverrides(root: string, { catalogue }: Policy): Promise<CatalogueOverride[]> {
  if (Array.isArray(catalogue)) return catalogue
  const { path, place } = catalogue
  const where = `${place.file}:${place.line}:${place.column}`
  const bytes = await read(resolve(root, path), path, `${where}: the catalogue`)
  const inside = relative(await realpath(root), await realpath(resolve(root, path)))
  if (inside.startsWith('..') || isAbsolute(inside)) {
    throw new Unusable([`${where}: the catalogue ${quote(path)} leads out of the repository.`])
  }
  const { overrides, diagnostics } = parseCatalogue(bytes, label(root, path))
  if (diagnostics) throw new Unusable([], diagnostics)
  return overrides
}

/** The file's path as people and GitHub know it: from the root of the repository, with slashes. */
function label(root: string, path: string): string {
  const fromRoot = relative(root, resolve(root, path))
  const outside = fromRoot.startsWith('..') || isAbsolute(fromRoot)
  return (outside ? path : fromRoot).split(sep).join('/')
}

const REASONS: Record<string, string> = {
  ENOENT: 'it does not exist',
  ENOTDIR: 'it does not exist',
  EISDIR: 'it is a folder',
  EACCES: 'permission denied',
}

async function read(path: string, shown: string, what = 'The policy'): Promise<Uint8Array> {
  try {
    const file = await open(path)
    try {
      const buffer = Buffer.alloc(MOST_BYTES)
      let length = 0
      for (;;) {
        const { bytesRead } = await file.read(buffer, length, MOST_BYTES - length)
        length += bytesRead
        if (bytesRead === 0 || length === MOST_BYTES) return buffer.subarray(0, length)
      }
    } finally {
      await file.close()
    }
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException
    throw new Unusable([`${what} ${quote(shown)} cannot be read: ${REASONS[code] ?? message}.`])
  }
}
