import type { HostMatcher } from '../model.ts'
import { isBlockInside } from './addresses.ts'
import { matcherText, matchesHost, parseHostKey } from './hosts.ts'
import { fail, quote } from './problem.ts'
import type { Fault } from './source.ts'
import { findPart, type Spot } from './yaml.ts'

/**
 * Exceptions that except no host of their key: of names where addresses are denied and the other way round, and hosts that the key
 * does not match. Works on any tree, valid or not.
 */
export function findUselessExceptions(root: Spot): Fault[] {
  const environments = [...(root.parts.get('environments')?.spot.parts.values() ?? [])]
  return [root, ...environments.map(({ spot }) => spot)].flatMap((level) =>
    [...(level.parts.get('hosts')?.spot.parts ?? [])].flatMap(([key, { spot }]) => findIn(key, spot)),
  )
}

function findIn(key: string, rule: Spot): Fault[] {
  const denials = findPart(rule, ['deny'])?.spot.items ?? []
  const exceptions = denials.flatMap(({ parts }) => parts.get('except')?.spot.items ?? [])
  if (exceptions.length === 0) return []
  const outer = parseHostKey(key).value
  return exceptions.flatMap(({ value, span }) => {
    const inner = typeof value === 'string' ? parseHostKey(value).value : undefined
    if (!outer || !inner || mayExcept(outer, inner)) return []
    const message = `${quote(String(value))} is no host of ${quote(key)}, so that the exception means nothing`
    const hint =
      isOfNames(outer) === isOfNames(inner) ? `name hosts that ${quote(key)} matches` : sayKind(outer)
    return [{ span, problem: fail('useless-exception', message, hint).problem }]
  })
}

function sayKind(outer: HostMatcher): string {
  return isOfNames(outer)
    ? 'the denial is for names, so name names or patterns'
    : 'the denial is for addresses, so name addresses or CIDR blocks'
}

function isOfNames({ kind }: HostMatcher): boolean {
  return kind === 'name' || kind === 'pattern'
}

/** Whether an exception may be of a host that a key matches. What two patterns have in common is not worked out. */
export function mayExcept(outer: HostMatcher, inner: HostMatcher): boolean {
  if (isOfNames(outer) !== isOfNames(inner)) return false
  if (inner.kind === 'name') return matchesHost(outer, { name: inner.name })
  if (inner.kind === 'pattern')
    return outer.kind === 'pattern' || matchesHost(inner, { name: matcherText(outer) })
  const [one, other] = [toBlock(outer), toBlock(inner)]
  return isBlockInside(one, other) || isBlockInside(other, one)
}

function toBlock(matcher: HostMatcher): string {
  if (matcher.kind !== 'address') return matcherText(matcher)
  return `${matcher.address}/${matcher.address.includes(':') ? 128 : 32}`
}
