import { type Alias, isAlias, type Node, type YAMLMap } from 'yaml'
import type { HostRule, Policy } from '../model.ts'
import { addHosts, addItems, addKeys } from './edit-list.ts'
import { findLevel } from './level.ts'
import { partLists } from './part-lists.ts'
import type { NewAllowance, NewHost } from './suggestions.ts'
import { writeOutAllowances } from './write-out.ts'
import {
  applyEdits,
  type Edit,
  findEntry,
  ownMap,
  ownSeq,
  type PolicyText,
  readPolicyText,
} from './yaml-document.ts'
import { item } from './yaml-text.ts'

/** A policy with what was added to it. */
export interface Amended {
  text: string
  /** Hosts for which there was no place: their lists are those of others as well. */
  unplaced: NewHost[]
}

/**
 * Adds allowances for hosts to a policy, and leaves every other character unchanged. A list that an alias names is not
 * changed either: a host for which it says too little gets a list of its own.
 */
export function amendPolicy(text: string, policy: Policy, hosts: NewHost[]): Amended {
  const amended = addAllowances(text, policy, hosts)
  if (amended.unplaced.length === 0) return amended
  // By now the aliases of hosts that need more themselves are written out: an anchor goes to one that stays.
  return addAllowances(partLists(amended.text, policy, amended.unplaced), policy, amended.unplaced)
}

function addAllowances(text: string, policy: Policy, hosts: NewHost[]): Amended {
  const written = readPolicyText(text)
  const edits: Edit[] = []
  const unplaced: NewHost[] = []
  const place = (of: NewHost[], made: Edit[] | undefined) => {
    if (made) edits.push(...made)
    else unplaced.push(...of)
  }
  // Where two edits meet, the deeper one comes first: the key under a host, the host, and `hosts` of the policy last.
  const environments = new Set(hosts.map(({ environment }) => environment))
  for (const environment of [...environments].sort(
    (a, b) => Number(a === undefined) - Number(b === undefined),
  )) {
    const { level, map, hasHosts, ruleOf } = findLevel(written, policy, environment)
    const own = hosts.filter((host) => host.environment === environment)
    for (const host of own) {
      const rule = ruleOf(host)
      if (rule && host.allow.length > 0) place([host], map && extend(written, map, rule, host))
    }
    const fresh = own.filter((host) => !ruleOf(host))
    const keys = fresh.map(({ host, allow }) => ({ key: host, allow }))
    if (keys.length === 0) continue
    if (map) place(fresh, addKeys(written, map, keys))
    else place(fresh, level && !hasHosts ? addHosts(written, level, keys) : undefined)
  }
  return { text: applyEdits(text, edits), unplaced }
}

/** Adds to what a key says already. */
function extend(
  written: PolicyText,
  hosts: YAMLMap<Node, Node | null>,
  rule: HostRule,
  { allow }: NewHost,
): Edit[] | undefined {
  const value = findEntry(hosts, rule.key)?.value
  const soFar = writeOutAllowances(rule)
  const isList = rule.deny.length === 0 && rule.allow.every(({ required }) => !required)
  // It was merged from elsewhere: a key of its own takes its place.
  if (!value) return isList ? addKeys(written, hosts, [{ key: rule.key, allow, soFar }]) : undefined
  if (isAlias(value)) return isList ? replaceAlias(value, soFar, allow) : undefined
  const list = ownSeq(value, written)
  if (list) return addItems(written, list, allow)
  const map = ownMap(value, written)
  const allowed = map && findEntry(map, 'allow')?.value
  if (!allowed) return map && addKeys(written, map, [{ key: 'allow', allow, soFar }])
  if (isAlias(allowed)) return replaceAlias(allowed, soFar, allow)
  const inner = ownSeq(allowed, written)
  return inner && addItems(written, inner, allow)
}

/** Writes out what an alias stands for, with more. */
function replaceAlias(alias: Alias, soFar: string[], allow: NewAllowance[]): Edit[] {
  const [start = 0, end = 0] = alias.range ?? []
  return [{ start, end, text: `[${[...soFar, ...allow.map(item)].join(', ')}]` }]
}
