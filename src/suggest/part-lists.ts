import { type Alias, isSeq, type Node, stringify, visit, type YAMLSeq } from 'yaml'
import type { HostRule, Policy } from '../model.ts'
import { findLevel, type Level } from './level.ts'
import type { NewHost } from './suggestions.ts'
import {
  applyEdits,
  type Edit,
  type Entry,
  endOf,
  findEntry,
  isShared,
  ownMap,
  type PolicyText,
  readPolicyText,
  startOf,
} from './yaml-document.ts'

/**
 * A policy in which hosts get lists of their own where aliases share them: the anchor moves to the first alias, with the content of
 * the list. The policy means the same as before.
 */
export function partLists(text: string, policy: Policy, hosts: NewHost[]): string {
  const written = readPolicyText(text)
  const aliases = findFirstAliases(written)
  const levels = new Map<string | undefined, Level>()
  const edits = hosts.flatMap((host) => {
    const level = levels.get(host.environment) ?? findLevel(written, policy, host.environment)
    levels.set(host.environment, level)
    const entry = findList(written, level, level.ruleOf(host))
    const list = entry?.value
    const alias = list && aliases.get(list)
    return (alias && isSeq<Node>(list) && moveAnchor(written, entry, list, alias)) || []
  })
  return applyEdits(text, edits)
}

/** The key whose value is a host's list of allowances, if the list has an anchor that is used. */
function findList(written: PolicyText, { map }: Level, rule: HostRule | undefined): Entry | undefined {
  const entry = map && rule && findEntry(map, rule.key)
  const own = ownMap(entry?.value, written)
  const found = own ? findEntry(own, 'allow') : entry
  return found?.value && isSeq(found.value) && isShared(found.value, written) ? found : undefined
}

/** The first alias of each node that has any. An anchor may be set again: an alias means the last before it. */
function findFirstAliases({ document }: PolicyText): Map<Node, Alias> {
  const anchored = new Map<string, Node>()
  const first = new Map<Node, Alias>()
  visit(document, {
    Value: (_, node) => {
      if (node.anchor !== undefined) anchored.set(node.anchor, node)
    },
    Alias: (_, alias) => {
      const node = anchored.get(alias.source)
      if (node && !first.has(node)) first.set(node, alias)
    },
  })
  return first
}

/** Undefined where the anchor is not beside its key. */
function moveAnchor(
  written: PolicyText,
  { key }: Entry,
  list: YAMLSeq<Node>,
  alias: Alias,
): Edit[] | undefined {
  const from = endOf(key, written)
  const [head = '', colon = ''] =
    /^(\s*:)[ \t]+&[^\s,[\]{}]+/.exec(written.text.slice(from, startOf(list))) ?? []
  if (head === '') return undefined
  // What a valid policy expands to is bounded.
  const items: unknown[] = list.toJS(written.document, { maxAliasCount: -1 })
  const said = items.map((one) => stringify(one, { collectionStyle: 'flow', lineWidth: 0 }).trim()).join(', ')
  const [start = 0, end = 0] = alias.range ?? []
  return [
    { start: from + colon.length, end: from + head.length, text: '' },
    { start, end, text: `&${list.anchor} [${said}]` },
  ]
}
