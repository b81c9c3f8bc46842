import type { Policy } from '../model.ts'
import { isBlockInside, toBlock } from './addresses.ts'
import { parseHost, parseHostKey } from './hosts.ts'
import { listHostKeys } from './levels.ts'
import { isPattern } from './patterns.ts'
import { fail, type Parsed, quote } from './problem.ts'
import { findByAddress, indexRules, type RuleIndex } from './rule-index.ts'
import type { Fault } from './source.ts'
import type { Spot } from './yaml.ts'

/** An entry of `exclude` as a block: an address or a CIDR block. What a name leads to may change, so that names are refused. */
export function parseExclusion(text: string): Parsed<string> {
  const name = (what: string) =>
    fail(
      'bad-exclusion',
      `${quote(text)} is ${what}, and \`exclude\` is for addresses`,
      'write its address or CIDR block; to leave a name unscanned, remove it from the endpoints',
    )
  if (isPattern(text)) return name('a pattern')
  const { value, problem } = parseHost(text)
  if (problem) return { problem }
  if (value.kind === 'name') return name('a name')
  return { value: value.kind === 'cidr' ? value.cidr : toBlock(value.address) }
}

/** A block as people write it: one of a single address is that address. */
export function formatAddress(cidr: string): string {
  return cidr.replace(cidr.includes(':') ? /\/128$/ : /\/32$/, '')
}

type Blocks = RuleIndex<{ matcher: { kind: 'cidr'; cidr: string } }>

function indexBlocks(cidrs: readonly string[]): Blocks {
  return indexRules(cidrs.map((cidr) => ({ matcher: { kind: 'cidr', cidr } as const })))
}

/** Tells whether a policy excludes an address, in any form. */
export function createExcludes({ exclude }: Pick<Policy, 'exclude'>): (address: string) => boolean {
  if (exclude.length === 0) return () => false
  const index = indexBlocks(exclude.map(({ cidr }) => cidr))
  return (address) => findByAddress(index, address).length > 0
}

/** Requirements of addresses that are excluded, which nothing would check. Works on any tree, valid or not. */
export function findExcludedRequirements(root: Spot): Fault[] {
  const requirements = listHostKeys(root).flatMap(([key, { spot }]) => {
    const required = spot.parts.get('require')
    return required && required.spot.items.length > 0 ? [{ key, required }] : []
  })
  const exclusions = root.parts.get('exclude')?.spot.items ?? []
  // There may be very many, and indexing them takes most of the time.
  if (requirements.length === 0 || exclusions.length === 0) return []
  const isExcluded = createKeyTest(
    exclusions.flatMap(({ value }) => (typeof value === 'string' ? (parseExclusion(value).value ?? []) : [])),
  )
  return requirements.flatMap(({ key, required }): Fault[] => {
    if (!isExcluded(key)) return []
    const message = `${quote(key)} is excluded, so nothing would check whether its required ports are open`
    const hint = 'remove it from `exclude`, or remove its `require`'
    return [{ span: required.key, problem: fail('excluded-requirement', message, hint).problem }]
  })
}

/** Tells whether a key of `hosts` is an address or a block within one of some blocks. */
export function createKeyTest(cidrs: readonly string[]): (key: string) => boolean {
  const index = indexBlocks(cidrs)
  return (key) => {
    const host = parseHostKey(key).value
    if (host?.kind === 'address') return findByAddress(index, host.address).length > 0
    if (host?.kind !== 'cidr') return false
    const [network = ''] = host.cidr.split('/')
    return findByAddress(index, network).some(({ matcher }) => isBlockInside(host.cidr, matcher.cidr))
  }
}
