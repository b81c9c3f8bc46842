import type { Node, YAMLMap } from 'yaml'
import type { HostMatcher, HostRule, Policy } from '../model.ts'
import { ownRules } from '../policy/floor/layer.ts'
import { matcherText } from '../policy/hosts.ts'
import type { NewHost } from './suggestions.ts'
import { findEntry, ownMap, type PolicyText } from './yaml-document.ts'

/** Where the hosts of a policy, or of one of its environments, stand in its text. */
export interface Level {
  /** The policy itself, or the environment; undefined where it cannot be changed for itself. */
  level?: YAMLMap<Node, Node | null>
  /** Its `hosts`, likewise. */
  map?: YAMLMap<Node, Node | null>
  /** Whether it has any, wherever they stand. */
  hasHosts: boolean
  /** What is written there for a host under a key of its own: what a floor says is not. */
  ruleOf(host: NewHost): HostRule | undefined
}

export function findLevel(written: PolicyText, policy: Policy, environment: string | undefined): Level {
  const root = ownMap(written.document.contents, written)
  const level = environment === undefined ? root : root && findEnvironment(root, written, environment)
  const hosts = level && findEntry(level, 'hosts')
  const named = policy.environments.find(({ name }) => name === environment)
  const rules = environment === undefined ? ownRules(policy) : (named?.hosts ?? [])
  const keyed = new Map(rules.map((rule) => [nameOf(rule.matcher), rule]))
  return {
    level,
    map: ownMap(hosts?.value, written),
    hasHosts: hosts !== undefined || rules.length > 0,
    ruleOf: ({ kind, host }) => keyed.get(`${kind} ${host}`),
  }
}

/** A key of `hosts` by what it means. */
function nameOf(matcher: HostMatcher): string {
  return `${matcher.kind} ${matcherText(matcher)}`
}

function findEnvironment(root: YAMLMap<Node, Node | null>, written: PolicyText, name: string) {
  const all = ownMap(findEntry(root, 'environments')?.value, written)
  return all && ownMap(findEntry(all, name)?.value, written)
}
