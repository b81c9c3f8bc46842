import type { HostMatcher } from '../model.ts'
import { isBlockInside, spanCidr, toBlock } from './addresses.ts'
import { matcherText, matchesHost, parseHostKey } from './hosts.ts'
import { listHostKeys } from './levels.ts'
import { fail, quote } from './problem.ts'
import type { Fault, Span } from './source.ts'
import { findPart, type Spot } from './yaml.ts'

/**
 * Exceptions that except no host of their key: of names where addresses are denied and the other way round, and hosts that the key
 * does not match. And those that leave nothing of a denial. Works on any tree, valid or not.
 */
export function findUselessExceptions(root: Spot): Fault[] {
  return listHostKeys(root).flatMap(([key, { spot }]) => findIn(key, spot))
}

function findIn(key: string, rule: Spot): Fault[] {
  const denials = findPart(rule, ['deny'])?.spot.items ?? []
  const outer = parseHostKey(key).value
  if (!outer) return []
  return denials.flatMap(({ parts }) => {
    const exceptions = (parts.get('except')?.spot.items ?? []).flatMap(({ value, span }) => {
      const inner = typeof value === 'string' ? parseHostKey(value).value : undefined
      return inner ? [{ text: String(value), inner, span }] : []
    })
    const foreign = exceptions.filter(({ inner }) => !mayExcept(outer, inner))
    if (foreign.length > 0)
      return foreign.map(({ text, inner, span }) => sayForeign(key, outer, text, inner, span))
    const [first] = exceptions
    if (
      !first ||
      !exceptsAll(
        outer,
        exceptions.map(({ inner }) => inner),
      )
    )
      return []
    const message = `all of ${quote(key)} is excepted, so the denial means nothing`
    return [{ span: first.span, problem: fail('useless-exception', message, 'remove the denial').problem }]
  })
}

function sayForeign(key: string, outer: HostMatcher, text: string, inner: HostMatcher, span: Span): Fault {
  const message = `${quote(text)} is not a host of ${quote(key)}, so the exception means nothing`
  const hint =
    isOfNames(outer) === isOfNames(inner) ? `name hosts that ${quote(key)} matches` : sayKind(outer)
  return { span, problem: fail('useless-exception', message, hint).problem }
}

/** Whether exceptions to a key together cover every host of it; for patterns, only if one of them is the key itself. */
export function exceptsAll(outer: HostMatcher, inner: readonly HostMatcher[]): boolean {
  if (isOfNames(outer))
    return inner.some((one) => outer.kind === 'name' || matcherText(one) === matcherText(outer))
  const whole = blockOf(outer)
  const blocks = [...new Set(inner.map(blockOf))]
  if (blocks.some((block) => isBlockInside(whole, block))) return true
  // Blocks lie within one another or apart, and what is within others is not counted twice.
  const spans = blocks.map(spanCidr).sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0))
  let end = spanCidr(whole).first - 1n
  for (const { first, last } of spans) if (first <= end + 1n && last > end) end = last
  return end >= spanCidr(whole).last
}

function sayKind(outer: HostMatcher): string {
  return isOfNames(outer)
    ? 'the denial is for names, so name names or patterns'
    : 'the denial is for addresses, so name addresses or CIDR blocks'
}

function isOfNames({ kind }: HostMatcher): boolean {
  return kind === 'name' || kind === 'pattern'
}

/** Whether an exception may match a host that a key matches. The overlap of two patterns is not worked out. */
export function mayExcept(outer: HostMatcher, inner: HostMatcher): boolean {
  if (isOfNames(outer) !== isOfNames(inner)) return false
  if (inner.kind === 'name') return matchesHost(outer, { name: inner.name })
  if (inner.kind === 'pattern')
    return outer.kind === 'pattern' || matchesHost(inner, { name: matcherText(outer) })
  const [one, other] = [blockOf(outer), blockOf(inner)]
  return isBlockInside(one, other) || isBlockInside(other, one)
}

function blockOf(matcher: HostMatcher): string {
  return matcher.kind === 'address' ? toBlock(matcher.address) : matcherText(matcher)
}
