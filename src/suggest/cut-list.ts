import { isPair, type Node, type Pair, type YAMLSeq } from 'yaml'
import { type Edit, endOf, indentOf, lineEnd, lineStart, type PolicyText, startOf } from './yaml-document.ts'

/** Removes items of a list in brackets. @param gone which of them */
export function cutFlow(policy: PolicyText, items: Node[], gone: boolean[]): Edit[] {
  const last = gone.lastIndexOf(false)
  const edits: Edit[] = []
  for (const [index, item] of items.entries()) {
    const next = items[index + 1]
    if (gone[index] && next && index < last)
      edits.push({ start: startOf(item), end: startOf(next), text: '' })
  }
  if (last === items.length - 1) return edits
  // Items at the end are removed with the comma before them or, if no item is left, with the one after them.
  const end = endOf(items.at(-1) as Node, policy)
  const kept = items[last]
  if (kept) return [...edits, { start: endOf(kept, policy), end, text: '' }]
  const comma = /^\s*,/.exec(policy.text.slice(end))?.[0].length ?? 0
  return [{ start: startOf(items[0] as Node), end: end + comma, text: '' }]
}

/**
 * Removes items of a list that has one per line, with their lines. Undefined if its layout is different.
 *
 * @param entry the key that the list belongs to
 */
export function cutBlock(
  policy: PolicyText,
  list: YAMLSeq<Node>,
  entry: Pair<Node>,
  gone: boolean[],
): Edit[] | undefined {
  const { text } = policy
  const edits: Edit[] = []
  for (const [index, item] of list.items.entries()) {
    if (!gone[index]) continue
    if (indentOf(policy, item, '-') === undefined) return undefined
    const end = lineEnd(text, endOf(item, policy))
    edits.push({
      start: lineStart(text, startOf(item)),
      end: text.indexOf('\n', end) + 1 || text.length,
      text: '',
    })
  }
  if (gone.includes(false)) return edits
  if (!isPair(entry)) return undefined
  // `key:` and, where there is one, `&anchor`.
  const from = endOf(entry.key, policy)
  const head = /^\s*:(?:[ \t]+&[^\s,[\]{}]+)?/.exec(text.slice(from, lineEnd(text, from)))
  if (!head) return undefined
  const at = from + head[0].length
  return [{ start: at, end: at, text: ' []' }, ...edits]
}
