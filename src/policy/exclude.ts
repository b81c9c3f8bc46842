import type { Exclusion, Policy } from '../model.ts'
import { isBlockInside } from './addresses.ts'
import { parseHost, parseHostKey } from './hosts.ts'
import { isPattern } from './patterns.ts'
import { fail, type Parsed, quote } from './problem.ts'
import { findByAddress, indexRules } from './rule-index.ts'
import type { Fault } from './source.ts'
import type { Part, Spot } from './yaml.ts'

/** An entry of `exclude` as a block: an address or a CIDR block. What a name leads to may change, so that names are refused. */
export function parseExclusion(text: string): Parsed<string> {
  const name = (what: string) =>
    fail(
      'bad-exclusion',
      `${quote(text)} is ${what}, and \`exclude\` is for addresses`,
      'write its address or CIDR block; a name that is not to be scanned is left out of the endpoints',
    )
  if (isPattern(text)) return name('a pattern')
  const { value, problem } = parseHost(text)
  if (problem) return { problem }
  if (value.kind === 'name') return name('a name')
  return { value: value.kind === 'cidr' ? value.cidr : toBlock(value.address) }
}

function toBlock(address: string): string {
  return `${address}/${address.includes(':') ? 128 : 32}`
}

/** A block as people write it: one of a single address is that address. */
export function formatAddress(cidr: string): string {
  return cidr.replace(cidr.includes(':') ? /\/128$/ : /\/32$/, '')
}

/** Tells whether a policy excludes an address, in any form. */
export function createExcludes({ exclude }: Pick<Policy, 'exclude'>): (address: string) => boolean {
  if (exclude.length === 0) return () => false
  const index = indexRules(
    exclude.map(({ cidr }: Exclusion) => ({ matcher: { kind: 'cidr', cidr } as const })),
  )
  return (address) => findByAddress(index, address).length > 0
}

/** Requirements of addresses that are excluded: nobody would see whether they are met. Works on any tree, valid or not. */
export function findExcludedRequirements(root: Spot): Fault[] {
  const excluded = [...(root.parts.get('exclude')?.spot.parts.values() ?? [])].flatMap(
    ({ spot: { value } }) => (typeof value === 'string' ? (parseExclusion(value).value ?? []) : []),
  )
  if (excluded.length === 0) return []
  const environments = [...(root.parts.get('environments')?.spot.parts.values() ?? [])]
  return [root, ...environments.map(({ spot }) => spot)].flatMap((level) =>
    [...(level.parts.get('hosts')?.spot.parts ?? [])].flatMap((entry) => findRequirement(entry, excluded)),
  )
}

function findRequirement([key, { spot }]: [string, Part], excluded: string[]): Fault[] {
  const required = spot.parts.get('require')
  if (!required || required.spot.parts.size === 0) return []
  const host = parseHostKey(key).value
  const block =
    host?.kind === 'cidr' ? host.cidr : host?.kind === 'address' ? toBlock(host.address) : undefined
  if (!block || !excluded.some((outer) => isBlockInside(block, outer))) return []
  const message = `${quote(key)} is excluded, so that nobody sees whether what it requires is open`
  const hint = 'take it out of `exclude`, or take out what it requires'
  return [{ span: required.key, problem: fail('excluded-requirement', message, hint).problem }]
}
