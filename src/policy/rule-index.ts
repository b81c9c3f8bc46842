import type { HostRule } from '../model.ts'
import { blockNumbers, numberOfAddress } from './addresses.ts'
import { matcherText } from './hosts.ts'
import { type Meter, matchesLabels } from './label-match.ts'
import { expandPattern } from './patterns.ts'

/** Rules, or other entries about hosts, indexed by what they match, so that a host is not compared with each. */
export interface RuleIndex<T extends Matching = Matching> {
  rules: readonly T[]
  /** Positions of the rules for a name or an address. */
  exact: Map<string, number[]>
  /** Patterns by the labels that follow their last wildcard. */
  patterns: Map<string, Candidate[]>
  /** Positions of the rules for a block. */
  blocks: Map<string, number[]>
  /** The prefix lengths that there are, by the bits of an address. */
  prefixes: Map<number, Set<number>>
}

type Matching = Pick<HostRule, 'matcher'>

/** A pattern without braces. */
interface Candidate {
  position: number
  labels: string[]
}

export function indexRules<T extends Matching>(rules: readonly T[]): RuleIndex<T> {
  const index: RuleIndex<T> = {
    rules,
    exact: new Map(),
    patterns: new Map(),
    blocks: new Map(),
    prefixes: new Map(),
  }
  for (const [position, { matcher }] of rules.entries()) {
    if (matcher.kind === 'pattern') {
      for (const expansion of expandPattern(matcher.pattern)) {
        const labels = expansion.split('.')
        const fixed = labels.slice(labels.findLastIndex((label) => /[*?]/.test(label)) + 1)
        push(index.patterns, fixed.join('.'), { position, labels })
      }
    } else if (matcher.kind === 'cidr') {
      const { bits, prefix, number } = blockNumbers(matcher.cidr)
      push(index.blocks, nameBlock(bits, prefix, number), position)
      index.prefixes.set(bits, (index.prefixes.get(bits) ?? new Set()).add(prefix))
    } else push(index.exact, matcherText(matcher), position)
  }
  return index
}

function push<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key)
  if (list) list.push(item)
  else lists.set(key, [item])
}

function nameBlock(bits: number, prefix: number, number: bigint): string {
  return `${bits} ${prefix} ${number >> BigInt(bits - prefix)}`
}

/** The rules that hold for a normalised name, in their order. */
export function findByName<T extends Matching>(
  { rules, exact, patterns }: RuleIndex<T>,
  name: string,
  meter?: Meter,
): T[] {
  if (rules.length === 0) return []
  const found = new Set(exact.get(name))
  const labels = name.split('.')
  for (let first = 0; first <= labels.length && patterns.size > 0; first++) {
    const candidates = patterns.get(labels.slice(first).join('.')) ?? []
    for (const candidate of candidates) {
      if (matchesLabels(candidate.labels, labels, meter)) found.add(candidate.position)
    }
  }
  return inOrder(rules, found)
}

/** The rules that hold for an address, in any form, in their order. */
export function findByAddress<T extends Matching>(
  { rules, exact, blocks, prefixes }: RuleIndex<T>,
  address: string,
): T[] {
  if (rules.length === 0) return []
  const numbers = numberOfAddress(address)
  if (!numbers) return []
  const { bits, number, text } = numbers
  const found = new Set(exact.get(text))
  for (const prefix of prefixes.get(bits) ?? []) {
    for (const position of blocks.get(nameBlock(bits, prefix, number)) ?? []) found.add(position)
  }
  return inOrder(rules, found)
}

function inOrder<T>(rules: readonly T[], positions: Set<number>): T[] {
  return [...positions].sort((a, b) => a - b).map((position) => rules[position] as T)
}

/** The rules for addresses and blocks, in their order. */
export function listAddressRules(rules: readonly HostRule[]): HostRule[] {
  return rules.filter(({ matcher }) => matcher.kind === 'address' || matcher.kind === 'cidr')
}
