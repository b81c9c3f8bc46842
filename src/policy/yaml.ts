import {
  type Alias,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
  type Scalar,
  type YAMLMap,
} from 'yaml'
import { formatNumber } from '../numbers.ts'
import { type DiagnosticCode, fail, quote } from './problem.ts'
import { type Fault, lineAt, type Source, type Span } from './source.ts'
import { duplicateKey, explainError, explainSyntaxErrors, explainUnquoted } from './syntax.ts'

/** A policy needs seven levels. */
const DEEPEST = 32
/** Values that aliases may add to a file: as many as it may hold without them. */
const MOST_VALUES = 100_000

/** Faults that leave a hole in the tree, which would only be taken for further faults. */
const LEAVES_HOLES = new Set<DiagnosticCode>(['too-deep', 'too-many-aliases', 'bad-alias', 'yaml-syntax'])

/**
 * A value of the file: where it is, what it is in JavaScript, and its parts. Aliases are resolved and merges are done,
 * so that a path in the value is a path here too. The place of a part that came through an alias is that of its anchor.
 */
export interface Spot {
  span: Span
  value: unknown
  /** What a mapping holds, by key. */
  parts: ReadonlyMap<string, Part>
  /** What a list holds. */
  items: readonly Spot[]
  /** How many values it holds, itself included. */
  size: number
}

export interface Part {
  /** Where the key stands; of an item of a list, the item. */
  key: Span
  spot: Spot
}

/** What is kept while a document is read. */
interface Reader {
  source: Source
  faults: Fault[]
  /** The latest node of each anchor; `open` while its own content is read. */
  anchors: Map<string, Spot | 'open'>
  /** Values that aliases add. */
  added: number
}

/**
 * The root of a file that holds one YAML 1.2 document, and all that is wrong with it as YAML. Without a root the file
 * holds nothing (then there are no faults either) or cannot be used.
 *
 * The `yaml` package resolves aliases and finds duplicate keys in time that grows with the square of their number, and
 * refuses a list that is used a hundred times; so both are done here.
 */
export function readYaml(source: Source): { root?: Spot; faults: Fault[] } {
  const document = parseText(source.text)
  if (document === undefined) return { faults: [tooDeep({ start: 0, end: 1 })] }
  const { errors, warnings } = document
  if (errors.length > 0) return { faults: explainSyntaxErrors(source, [...errors, ...warnings]) }
  const faults = warnings.map((warning) => explainError(warning, source))
  if (document.contents === null) return { faults }
  const reader: Reader = { source, faults, anchors: new Map(), added: 0 }
  const root = readNode(document.contents, { start: 0, end: 0 }, 0, reader)
  const hasHoles = faults.some(({ problem }) => LEAVES_HOLES.has(problem.code))
  if (hasHoles) return { faults: faults.filter(({ problem }) => problem.code !== 'bad-merge') }
  return root.value === null ? { faults } : { root, faults }
}

function parseText(text: string) {
  const options = { schema: 'core', resolveKnownTags: false, stringKeys: true, uniqueKeys: false } as const
  const before = Error.stackTraceLimit
  // Nobody reads the stacks of hundreds of thousands of errors, and they take most of the time and memory.
  Error.stackTraceLimit = 0
  try {
    return parseDocument(text, { ...options, prettyErrors: false })
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  } finally {
    Error.stackTraceLimit = before
  }
}

function tooDeep(span: Span): Fault {
  const message = `more than ${DEEPEST} levels of lists and mappings`
  return { span, problem: fail('too-deep', message, 'a policy has seven levels at most').problem }
}

function spanOf(node: Node, fallback: Span): Span {
  const [start, end] = node.range ?? [0, 0]
  return end > start ? { start, end } : fallback
}

/** A value that is left out has no place of its own: then it stands where its key does. */
function readNode(node: Node | null, key: Span, depth: number, reader: Reader): Spot {
  const span = node === null ? key : spanOf(node, key)
  if (depth > DEEPEST) {
    reader.faults.push(tooDeep(span))
    return leaf(span, null)
  }
  if (isAlias(node)) return readAlias(node, span, reader)
  const anchor = node?.anchor
  if (anchor !== undefined) reader.anchors.set(anchor, 'open')
  const spot = readContent(node, span, depth, reader)
  if (anchor !== undefined) reader.anchors.set(anchor, spot)
  return spot
}

/** Shared: a file has a hundred thousand values that hold no others. */
const NO_PARTS: Spot['parts'] = new Map()
const NO_ITEMS: Spot['items'] = []

function leaf(span: Span, value: unknown): Spot {
  return { span, value, parts: NO_PARTS, items: NO_ITEMS, size: 1 }
}

function readContent(node: Node | null, span: Span, depth: number, reader: Reader): Spot {
  if (isMap<Node, Node | null>(node)) return readMap(node, span, depth, reader)
  if (!isSeq<Node | null>(node)) return leaf(span, isScalar(node) ? asWritten(node) : null)
  const items = node.items.map((item) => readNode(item, span, depth + 1, reader))
  const size = items.reduce((sum, item) => sum + item.size, 1)
  return { span, value: items.map(({ value }) => value), parts: NO_PARTS, items, size }
}

/** A number that is not written in plain decimals stays what was written: `0o22` is 18 to YAML, and 22 to a reader. */
function asWritten({ value, source }: Scalar): unknown {
  if (typeof value !== 'number' || source === undefined) return value
  return /^[-+]?0[\dxo]|^\+|\de/i.test(source) ? source : value
}

function readAlias(alias: Alias, span: Span, reader: Reader): Spot {
  const target = reader.anchors.get(alias.source)
  if (target === undefined || target === 'open') {
    reader.faults.push(
      explainUnquoted(reader.source, span.start) ?? badAlias(alias.source, span, target === 'open'),
    )
    return leaf(span, null)
  }
  const before = reader.added
  reader.added += target.size
  if (reader.added <= MOST_VALUES) return { ...target, span }
  if (before <= MOST_VALUES) {
    const message = `the aliases of this file repeat more than ${formatNumber(MOST_VALUES)} values`
    const hint = 'a pattern or a CIDR block says in one line what holds for many hosts'
    reader.faults.push({ span, problem: fail('too-many-aliases', message, hint).problem })
  }
  return leaf(span, null)
}

function badAlias(name: string, span: Span, isInside: boolean): Fault {
  const alias = quote(`*${name}`)
  const { problem } = isInside
    ? fail('bad-alias', `${alias} is inside its own anchor`, 'write out what it stands for')
    : fail('bad-alias', `${alias} has no anchor before it`, `write ${quote(`&${name}`)} where it is defined`)
  return { span, problem }
}

function readMap(map: YAMLMap<Node, Node | null>, span: Span, depth: number, reader: Reader): Spot {
  const parts = new Map<string, Part>()
  const merged: Part[] = []
  for (const pair of map.items) {
    const key = spanOf(pair.key, span)
    const spot = readNode(pair.value, key, depth + 1, reader)
    if (isMergeKey(pair)) merged.push({ key, spot })
    else addPart(parts, String(isScalar(pair.key) ? pair.key.value : ''), { key, spot }, reader)
  }
  for (const source of merged.flatMap(({ spot }) => mergeSources(spot, reader))) {
    for (const [name, part] of source.parts) if (!parts.has(name)) parts.set(name, part)
  }
  // Without a prototype, so that no key of the file means anything to JavaScript.
  const value: Record<string, unknown> = Object.create(null)
  let size = 1
  for (const [name, part] of parts) {
    value[name] = part.spot.value
    size += part.spot.size
  }
  return { span, value, parts, items: NO_ITEMS, size }
}

function isMergeKey({ key }: Pair<Node, Node | null>): boolean {
  return isScalar(key) && key.value === '<<' && key.type === 'PLAIN'
}

function mergeSources(spot: Spot, reader: Reader): Spot[] {
  const sources = Array.isArray(spot.value) ? spot.items : [spot]
  return sources.filter((source) => {
    if (typeof source.value === 'object' && source.value !== null && !Array.isArray(source.value)) return true
    const problem = fail('bad-merge', '`<<` can only merge mappings', 'for example `<<: *defaults`').problem
    reader.faults.push({ span: source.span, problem })
    return false
  })
}

function addPart(parts: Map<string, Part>, name: string, part: Part, reader: Reader): void {
  const first = parts.get(name)
  if (first) {
    reader.faults.push(duplicateKey(name, part.key, lineAt(reader.source, first.key.start) + 1))
  } else if (name === '__proto__') {
    const { problem } = fail('unknown-key', `${quote(name)} cannot be a key`, 'remove it')
    reader.faults.push({ span: part.key, problem })
  } else {
    parts.set(name, part)
  }
}

/** The part of a tree that a path of keys leads to; the root for an empty path. */
export function findPart(root: Spot, path: readonly PropertyKey[]): Part | undefined {
  let part: Part | undefined = { key: root.span, spot: root }
  for (const key of path) part = part && partAt(part.spot, key)
  return part
}

function partAt({ parts, items }: Spot, key: PropertyKey): Part | undefined {
  if (typeof key !== 'number') return parts.get(String(key))
  const spot = items[key]
  return spot && { key: spot.span, spot }
}
