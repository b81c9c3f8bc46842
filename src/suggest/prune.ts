import { type Node, type Pair, visit, type YAMLSeq } from 'yaml'
import type { Allowance, Place, Policy } from '../model.ts'
import { placeOf, type Source } from '../policy/source.ts'
import { cutBlock, cutFlow } from './cut-list.ts'
import { applyEdits, type Edit, readPolicyText, startOf } from './yaml-document.ts'

/** A policy without some allowances. */
export interface Pruned {
  text: string
  /** Those that were removed: one that keys share by an alias is not, as long as one of them needs it. */
  removed: Allowance[]
}

/**
 * Removes allowances from the text of a policy, and leaves every other character of it as it is.
 *
 * @param unused allowances of this policy
 */
export function prunePolicy(source: Source, policy: Policy, unused: Allowance[]): Pruned {
  const written = readPolicyText(source.text)
  const isUnused = new Set(unused)
  const places = new Set(unused.map(({ place }) => placeText(place)))
  for (const one of listAllowances(policy)) if (!isUnused.has(one)) places.delete(placeText(one.place))
  const nameOf = (item: Node) => placeText(placeOf(source, startOf(item)))
  const edits: Edit[] = []
  const cut = new Set<string>()
  visit(written.document, {
    Seq(_, list, path) {
      const items = list.items as Node[]
      const gone = items.map((item) => places.has(nameOf(item)))
      if (!gone.includes(true)) return
      const made = list.flow
        ? cutFlow(written, items, gone)
        : cutBlock(written, list as YAMLSeq<Node>, path.at(-1) as Pair<Node>, gone)
      if (!made) return
      edits.push(...made)
      for (const [index, item] of items.entries()) if (gone[index]) cut.add(nameOf(item))
    },
  })
  return {
    text: applyEdits(source.text, edits),
    removed: unused.filter(({ place }) => cut.has(placeText(place))),
  }
}

function listAllowances({ hosts, environments }: Policy): Allowance[] {
  return [hosts, ...environments.map((one) => one.hosts)].flat().flatMap(({ allow }) => allow)
}

function placeText({ line, column }: Pick<Place, 'line' | 'column'>): string {
  return `${line}:${column}`
}
