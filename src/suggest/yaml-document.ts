import {
  type Document,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
  visit,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml'
import { memoizeFor } from '../memo.ts'

/** A policy file as YAML's own nodes, with the text that they have their places in. */
export interface PolicyText {
  text: string
  document: Document
  /** Anchors that an alias names: what is written there is used elsewhere as well. */
  shared: ReadonlySet<string>
  eol: '\n' | '\r\n'
}

/** A replacement of a part of a text. Those at the same place are made in the order in which they are given. */
export interface Edit {
  start: number
  end: number
  text: string
}

/** A key and its value in a mapping. */
export type Entry = Pair<Node, Node | null>

/** Reads a policy that is known to be valid, as `readYaml` does. A byte order mark stays part of the text. */
export function readPolicyText(text: string): PolicyText {
  const document = parseDocument(text, {
    schema: 'core',
    resolveKnownTags: false,
    stringKeys: true,
    uniqueKeys: false,
    prettyErrors: false,
  })
  const shared = new Set<string>()
  visit(document, { Alias: (_, { source }) => void shared.add(source) })
  return { text, document, shared, eol: text.includes('\r\n') ? '\r\n' : '\n' }
}

/** A text after some edits, none of which overlap. */
export function applyEdits(text: string, edits: Edit[]): string {
  const ordered = edits.map((edit, index) => ({ ...edit, index }))
  ordered.sort((a, b) => a.start - b.start || a.end - b.end || a.index - b.index)
  let result = ''
  let at = 0
  for (const edit of ordered) {
    result += text.slice(at, edit.start) + edit.text
    at = Math.max(at, edit.end)
  }
  return result + text.slice(at)
}

/** The entry of a mapping that has a key of its own; what is merged into it is not its own. */
export function findEntry(map: YAMLMap<Node, Node | null>, key: string): Entry | undefined {
  return entriesOf(map).get(key)
}

const entriesOf = memoizeFor((map: YAMLMap<Node, Node | null>) => {
  return new Map(map.items.flatMap((pair) => (isScalar(pair.key) ? [[String(pair.key.value), pair]] : [])))
})

/** A mapping that may be changed: it is written here and used nowhere else. */
export function ownMap(node: unknown, policy: PolicyText): YAMLMap<Node, Node | null> | undefined {
  return isMap<Node, Node | null>(node) && !isShared(node, policy) ? node : undefined
}

/** The same for a list. */
export function ownSeq(node: unknown, policy: PolicyText): YAMLSeq<Node> | undefined {
  return isSeq<Node>(node) && !isShared(node, policy) ? node : undefined
}

/** Whether what is written there is used elsewhere as well. */
export function isShared({ anchor }: Node, { shared }: PolicyText): boolean {
  return anchor !== undefined && shared.has(anchor)
}

/** Where the text of a node ends, without the white space and the comments after it. */
export function endOf(node: Node | null, { text }: PolicyText): number {
  if (node === null) return 0
  const [start, end] = node.range ?? [0, 0]
  if (!isCollection(node) || node.flow || node.items.length === 0)
    return start + text.slice(start, end).trimEnd().length
  const last = node.items.at(-1)
  if (isMap<Node, Node | null>(node)) {
    const { key, value } = node.items.at(-1) as Entry
    return Math.max(endOf(key, { text } as PolicyText), endOf(value, { text } as PolicyText))
  }
  return endOf(last as Node, { text } as PolicyText)
}

/** Where the text of a node begins. */
export function startOf(node: Node): number {
  return node.range?.[0] ?? 0
}

/** Where the line of an offset begins, and where it ends, its line end left out. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1
}

export function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset)
  if (end < 0) return text.length
  return text[end - 1] === '\r' && end > offset ? end - 1 : end
}

/** The white space in front of a key or of the dash of an item that begins its line; undefined where it does not. */
export function indentOf({ text }: PolicyText, node: Node, mark: '' | '-'): string | undefined {
  const before = text.slice(lineStart(text, startOf(node)), startOf(node))
  const pattern = mark === '' ? /^\uFEFF?( *)$/ : /^( *)-[ \t]+(?:[&!]\S+[ \t]+)*$/
  return pattern.exec(before)?.[1]
}
