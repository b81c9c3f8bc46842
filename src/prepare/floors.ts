import { createHash } from 'node:crypto'
import type { Diagnostic, Extended, FloorFile, Place, Policy } from '../model.ts'
import type { Budget } from '../policy/budget.ts'
import { TooLarge } from '../policy/diff/loss.ts'
import { findLoosened, type ReadLine } from '../policy/floor/check.ts'
import type { Layer } from '../policy/floor/layer.ts'
import { mergeFloor } from '../policy/floor/merge.ts'
import { parseFloor } from '../policy/parse.ts'
import { type DiagnosticCode, fail, quote } from '../policy/problem.ts'
import { lineText, readSource } from '../policy/source.ts'
import type { Tree } from '../repository/tree.ts'
import { Unreadable, Unusable } from '../unusable.ts'
import { loadOverrides, readNamed, refuse } from './read-file.ts'

/** Most floors that lie under one another. */
const DEEPEST = 5

/** Digits of a SHA that tell people which commit is meant. */
const SHOWN_DIGITS = 7

/** A policy file, and where it is from. */
interface Origin {
  tree: Tree
  path: string
  /**
   * What messages call it: its path, after its repository if that is another one, as in
   * `example/security@0123456:floor.yml`.
   */
  name: string
  /** Set in another repository, and in this one at another commit. */
  from?: { repository: string; ref: string }
}

/** A policy file that was read. */
interface Opened extends Layer, Origin {}

/** What the files of a policy have in common. */
interface Chain {
  /** Those so far, the policy itself first. */
  files: Opened[]
  /** Their texts, by their names. */
  texts: Map<string, Uint8Array>
  budget: Budget
}

/**
 * Puts the floors that a policy extends under it.
 *
 * @param bytes the text of the policy
 * @param budget what the policy has spent
 * @throws {Unusable} where a floor cannot be used, or is loosened
 */
export async function layOnFloors(tree: Tree, own: Layer, bytes: Uint8Array, budget: Budget): Promise<Layer> {
  const { file } = own.policy
  const opened = { ...own, tree, path: file, name: file }
  const { policy, overrides } = await layOn(opened, { files: [], texts: new Map([[file, bytes]]), budget })
  return { policy: { ...policy, hash: hashAll(own.policy, policy.floors) }, overrides }
}

/** One line of SHA-256 for each text. */
function hashAll({ hash }: Policy, floors: FloorFile[] = []): string {
  const lines = [hash, ...floors.map((floor) => floor.hash)]
  return createHash('sha256').update(lines.join('\n')).digest('hex')
}

async function layOn(own: Opened, { files, texts, budget }: Chain): Promise<Layer> {
  const { policy } = own
  const extended = policy.extends
  if (!extended) return own
  const chain = { files: [...files, own], texts, budget }
  const origin = originOf(own, extended, chain)
  const read = async () => {
    const floor = await openFloor(origin, extended, chain)
    return { hash: floor.policy.hash, laid: await layOn(floor, chain) }
  }
  const { hash, laid } = await (extended.repository === undefined
    ? read()
    : within(origin, extended, chain, read))
  const readLine = createReadLine(texts)
  const merged = mergeFloor(laid, own, extended.place)
  const loosened = hold(own, () =>
    findLoosened(merged, policy, { name: origin.name, place: extended.place }, readLine),
  )
  if (loosened.length > 0) throw refuse(own.tree, own.path, loosened, files.length === 0 ? 'policy' : 'floor')
  const { path: file, from } = origin
  const floors = [{ file, ...from, hash }, ...(laid.policy.floors ?? [])]
  return { ...merged.merged, policy: { ...merged.merged.policy, floors } }
}

/** @throws {Unusable} if it is too large to be compared with its floor */
function hold<T>({ name }: Opened, compare: () => T): T {
  try {
    return compare()
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error
    throw new Unusable([`${quote(name)} cannot be compared with its floor: ${error.message}.`])
  }
}

/** Where a floor is. @throws {Unusable} where there are too many, a circle, or no way to get there */
function originOf({ tree, from }: Opened, extended: Extended, { files, texts }: Chain): Origin {
  const refuseHere = (...problem: [DiagnosticCode, message: string, hint: string]) =>
    refuseAt(extended.place, texts, ...problem)
  const origin = locate(tree, from, extended)
  const named = files.map(
    ({ name, policy }) => `${name}${policy.extends ? `:${policy.extends.place.line}` : ''}`,
  )
  const way = named.join(' extends ')
  if (!origin) {
    const message = `${quote(`${extended.repository}`)} is another repository, and cannot be read here`
    throw refuseHere('floor-unusable', message, 'name a file of this one')
  }
  if (files.some((file) => identify(file) === identify(origin))) {
    const message = `the floors form a circle: ${way} extends ${origin.name}`
    throw refuseHere('floor-circle', message, 'remove one of these `extends`')
  }
  if (files.length > DEEPEST) {
    const message = `more than ${DEEPEST} floors extend one another: ${way} extends ${origin.name}`
    throw refuseHere('floor-too-deep', message, 'merge some of them into one')
  }
  return origin
}

function locate(tree: Tree, from: Origin['from'], extended: Extended): Origin | undefined {
  const { path } = extended
  if (extended.repository === undefined)
    return { tree, path, name: nameFile(path, from), ...(from && { from }) }
  const { repository, ref } = extended
  const other = tree.openRepository?.(repository, ref)
  return other && { tree: other, path, name: nameFile(path, { repository, ref }), from: { repository, ref } }
}

/** GitHub takes `Example/Security` and `example/security` for the same. */
function identify({ path, from }: Origin): string {
  return JSON.stringify([from?.repository.toLowerCase(), from?.ref, path])
}

function nameFile(path: string, from: Origin['from']): string {
  return from ? `${from.repository}@${from.ref.slice(0, SHOWN_DIGITS)}:${path}` : path
}

async function openFloor(origin: Origin, { place }: Extended, { texts, budget }: Chain): Promise<Opened> {
  const { tree, path, name, from } = origin
  const bytes = await readNamed(tree, path, `${place.file}:${place.line}:${place.column}: the floor`, 'floor')
  texts.set(name, bytes)
  const { policy, diagnostics } = parseFloor(bytes, name, budget)
  if (diagnostics) throw refuse(tree, path, diagnostics, 'floor')
  return { ...origin, policy, overrides: await loadOverrides(tree, policy, (file) => nameFile(file, from)) }
}

/** A problem in a floor of another repository has no line here, so it is reported on the line that names the floor. */
async function within<T>(
  { name }: Origin,
  { place }: Extended,
  { texts }: Chain,
  read: () => Promise<T>,
): Promise<T> {
  try {
    return await read()
  } catch (error) {
    if (!(error instanceof Unusable)) throw error
    const { diagnostics, message, heading } = error
    const [first] = diagnostics
    const why = first
      ? `${first.place.file}:${first.place.line}:${first.place.column}: ${first.message}`
      : message
    const found = diagnose(place, texts, 'floor-unusable', `the floor ${quote(name)} cannot be used: ${why}`)
    const kind = error instanceof Unreadable ? Unreadable : Unusable
    throw new kind(first ? message.split('\n') : [], [found], heading)
  }
}

function refuseAt(
  place: Place,
  texts: Chain['texts'],
  ...problem: [DiagnosticCode, message: string, hint: string]
): Unusable {
  return new Unusable([], [diagnose(place, texts, ...problem)], 'UNUSABLE: The floor cannot be used')
}

function diagnose(
  place: Place,
  texts: Chain['texts'],
  ...problem: [DiagnosticCode, message: string, hint?: string]
): Diagnostic {
  return {
    ...fail(...problem).problem,
    place,
    source: createReadLine(texts)(place) ?? '',
    width: 'extends'.length,
  }
}

function createReadLine(texts: Chain['texts']): ReadLine {
  return ({ file, line }) => {
    const bytes = texts.get(file)
    return bytes && lineText(readSource(bytes, file).source, line - 1)
  }
}
