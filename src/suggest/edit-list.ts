import type { Node, YAMLMap, YAMLSeq } from 'yaml'
import type { NewAllowance } from './suggestions.ts'
import { type Edit, type Entry, endOf, indentOf, lineEnd, type PolicyText, startOf } from './yaml-document.ts'
import { comment, isShort, item, sayAnswered, scalar } from './yaml-text.ts'

/** Adds allowances to a list, in the way in which it is written. Undefined where its layout leaves no place. */
export function addItems(policy: PolicyText, list: YAMLSeq<Node>, allow: NewAllowance[]): Edit[] | undefined {
  return list.flow ? addToFlow(policy, list, allow) : addToBlock(policy, list, allow)
}

function addToFlow(policy: PolicyText, list: YAMLSeq<Node>, allow: NewAllowance[]): Edit[] {
  const written = allow.map(item).join(', ')
  const last = list.items.at(-1)
  const close = (list.range?.[1] ?? 0) - 1
  const at = last ? endOf(last, policy) : close
  return [{ start: at, end: at, text: last ? `, ${written}` : written }, ...commentAfter(policy, list, allow)]
}

/** What answered, at the end of the line of a list, where there is nothing else. */
function commentAfter({ text }: PolicyText, list: YAMLSeq<Node>, allow: NewAllowance[]): Edit[] {
  const end = list.range?.[1] ?? 0
  const stop = lineEnd(text, end)
  const answered = sayAnswered(allow)
  const isFree = text.slice(end, stop).trim() === '' && !text.slice(startOf(list), end).includes('\n')
  return isFree && answered !== '' ? [{ start: end, end, text: ` ${comment(answered)}` }] : []
}

function addToBlock(policy: PolicyText, list: YAMLSeq<Node>, allow: NewAllowance[]): Edit[] | undefined {
  const last = list.items.at(-1)
  const indent = last && indentOf(policy, last, '-')
  if (!last || indent === undefined) return undefined
  return [
    insertLines(
      policy,
      endOf(last, policy),
      allow.map((one) => `${indent}- ${item(one)} ${comment(sayAnswered([one]))}`),
    ),
  ]
}

/** New lines after the one that an offset is in, and after comments that belong to what is deeper than they are. */
function insertLines({ text, eol }: PolicyText, offset: number, lines: string[]): Edit {
  const depth = /^ */.exec(lines[0] ?? '')?.[0].length ?? 0
  const deeper = new RegExp(`^\\r?\\n {${depth + 1},}#`)
  let at = lineEnd(text, offset)
  while (deeper.test(text.slice(at, at + depth + 200))) at = lineEnd(text, text.indexOf('\n', at) + 1)
  return { start: at, end: at, text: lines.map((line) => eol + line).join('') }
}

/** A key with a list of allowances to be added to a mapping: a host, or the `allow` of one. */
export interface NewKey {
  key: string
  allow: NewAllowance[]
  /** What the list has besides, written out. */
  soFar?: string[]
}

/** Adds keys to a mapping, in the way in which it is written. Undefined where its layout leaves no place. */
export function addKeys(
  policy: PolicyText,
  map: YAMLMap<Node, Node | null>,
  keys: NewKey[],
): Edit[] | undefined {
  const last = map.items.at(-1) as Entry | undefined
  if (map.flow || !last) {
    const at = last ? endOfEntry(last, policy) : startOf(map) + 1
    const written = keys.map(writeFlow).join(', ')
    return [{ start: at, end: at, text: last ? `, ${written}` : ` ${written} ` }]
  }
  const indent = indentOf(policy, last.key, '')
  if (indent === undefined) return undefined
  return [
    insertLines(
      policy,
      endOfEntry(last, policy),
      keys.flatMap((one) => writeLines(one, indent)),
    ),
  ]
}

function endOfEntry({ key, value }: Entry, policy: PolicyText): number {
  return Math.max(endOf(key, policy), endOf(value, policy))
}

function writeFlow({ key, allow, soFar = [] }: NewKey): string {
  return `${scalar(key)}: [${[...soFar, ...allow.map(item)].join(', ')}]`
}

function writeLines(one: NewKey, indent: string): string[] {
  const { key, allow, soFar = [] } = one
  const answered = sayAnswered(allow)
  if (soFar.length > 0 || isShort(allow))
    return [`${indent}${writeFlow(one)}${answered === '' ? '' : ` ${comment(answered)}`}`]
  const items = allow.map((each) => `${indent}  - ${item(each)} ${comment(sayAnswered([each]))}`)
  return [`${indent}${scalar(key)}:`, ...items]
}

/** Adds `hosts` to a policy or an environment that has none. */
export function addHosts(
  policy: PolicyText,
  map: YAMLMap<Node, Node | null>,
  keys: NewKey[],
): Edit[] | undefined {
  const last = map.items.at(-1) as Entry | undefined
  if (!last) return undefined
  const end = endOfEntry(last, policy)
  if (map.flow) return [{ start: end, end, text: `, hosts: { ${keys.map(writeFlow).join(', ')} }` }]
  const indent = indentOf(policy, last.key, '')
  if (indent === undefined) return undefined
  const lines = keys.flatMap((one) => writeLines(one, `${indent}  `))
  return [insertLines(policy, end, [`${indent}hosts:`, ...lines])]
}
