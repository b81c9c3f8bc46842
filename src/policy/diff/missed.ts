import type { PortRange } from '../../model.ts'
import { intersectRanges, mergeRanges, overlap, subtractRanges } from '../../port-ranges.ts'
import { listBindingPorts, type Settled } from '../plan.ts'
import { type BlockIndex, indexBlocks, splitBlock } from './blocks.ts'
import type { Comparison } from './loss.ts'
import {
  isScanning,
  join,
  listProbed,
  listProbedIn,
  nameOf,
  type Probed,
  probeAny,
  RANGES_A_STEP,
  type Scanning,
} from './probed.ts'
import { subtractShared } from './ranges.ts'
import type { Scope } from './scopes.ts'
import { listWeakened, type Weakened } from './settings.ts'

/** What of an endpoint is no longer scanned, or with less effect. */
export interface Missed {
  /** The endpoint's name, address or block, or the part of the block that this is about; undefined for what a workflow names. */
  host?: string | undefined
  /** Ports that are no longer probed. */
  lost: PortRange[]
  /** How the ports that still are probed are probed, if nothing probes them as well as before. */
  weakened: Weakened[]
  one: Probed
  /** What the other policy has for it; undefined where it has nothing. */
  by: Probed | undefined
}

/** What the other policy scans. */
interface Cover {
  /** All endpoints, as they are written. */
  names: Map<string, Probed[]>
  blocks: BlockIndex<Scanning>
  /** Ports that its rules require or deny anywhere. */
  bound: PortRange[]
}

/** Holds each endpoint of a scope against what the other policy scans in its place. */
export function findMissed(comparison: Comparison, strict: Scope, lax: Scope[]): Missed[] {
  const cover = coverOf(comparison, lax)
  const compare = compareOnce(comparison, cover.bound)
  return listProbed(comparison, comparison.strict, strict).flatMap((one) =>
    compareProbed(comparison, one, cover, compare),
  )
}

const covers = new WeakMap<Scope[], Cover>()

function coverOf(comparison: Comparison, lax: Scope[]): Cover {
  const cover = covers.get(lax) ?? createCover(comparison, lax)
  covers.set(lax, cover)
  return cover
}

function createCover(comparison: Comparison, lax: Scope[]): Cover {
  const others = listProbedIn(comparison, comparison.lax, lax)
  const names = new Map<string, Probed[]>()
  for (const one of others) {
    if (!one.endpoint) continue
    const name = nameOf(one.endpoint)
    const known = names.get(name)
    if (known) known.push(one)
    else names.set(name, [one])
  }
  return {
    names,
    blocks: indexBlocks(others.filter(isScanning)),
    bound: mergeRanges(
      [...new Set(lax.map(({ rules }) => rules))].flatMap((rules) => rules.flatMap(listBindingPorts)),
    ),
  }
}

/** The names, addresses and parts of blocks of a scope that none of some others scans. */
export function listUnscanned(
  comparison: Comparison,
  scope: Scope,
  others: Scope[],
): { host: string; one: Probed }[] {
  const { strict, lax, doubts, spend } = comparison
  const backwards: Comparison = { strict: lax, lax: strict, doubts, spend }
  const { names, blocks } = coverOf(backwards, others)
  return listProbed(comparison, lax, scope).flatMap((one) => {
    const { endpoint, block } = one
    comparison.spend(1)
    if (endpoint && names.has(nameOf(endpoint))) return []
    if (!block) return endpoint ? [{ host: nameOf(endpoint), one }] : []
    const parts = splitBlock(comparison.spend, block, blocks.overlapping(block)).filter(
      ({ by }) => by.length === 0,
    )
    return parts.map(({ part }) => ({ host: part === block && endpoint ? endpoint.host : part.cidr, one }))
  })
}

/** Compares what two scopes require of an endpoint without settings of its own. */
export function findMissedDefaults(comparison: Comparison, strict: Scope, lax: Scope): Missed {
  const [one, by] = [probeAny(comparison.strict, strict), probeAny(comparison.lax, lax)]
  const { lost, weakened } = compareWith(comparison, one, [by], [])
  return { lost, weakened, one, by }
}

function compareProbed(
  comparison: Comparison,
  one: Probed,
  cover: Cover,
  compareWith: (one: Probed, near: Probed[]) => Compared,
): Missed[] {
  const { endpoint, block } = one
  const compare = (host: string | undefined, near: Probed[]): Missed => {
    comparison.spend(1 + near.length)
    const { lost, weakened, index } = compareWith(one, near)
    return { host, lost, weakened, one, by: near[index] }
  }
  if (!block) {
    const name = endpoint && nameOf(endpoint)
    return [compare(name, cover.names.get(name ?? '') ?? [])]
  }
  const near = cover.blocks.overlapping(block)
  return splitBlock(comparison.spend, block, near).map(({ part, by }) =>
    compare(part === block ? endpoint?.host : part.cidr, by),
  )
}

/** What of an endpoint is missing in all that scan it together; `index` is the one of them to be named. */
interface Compared extends Pick<Missed, 'lost' | 'weakened'> {
  index: number
}

/** As `compareWith`, once for all endpoints that are alike. */
function compareOnce(comparison: Comparison, bound: PortRange[]): (one: Probed, near: Probed[]) => Compared {
  const numbers = new Map<Settled, number>()
  const known = new Map<string, Compared>()
  const numberOf = ({ settled }: Probed) => {
    const number = numbers.get(settled) ?? numbers.size
    numbers.set(settled, number)
    return number
  }
  return (one, near) => {
    const question = [one, ...near].map(numberOf).join()
    const compared = known.get(question) ?? compareWith(comparison, one, near, bound)
    known.set(question, compared)
    return compared
  }
}

/** @param bound what rules of the other policy require or deny: a port that they no longer have is reported as their loss */
function compareWith(
  { doubts, spend }: Comparison,
  { asked, aside, settled }: Probed,
  near: Probed[],
  bound: PortRange[],
): Compared {
  // An endpoint that nothing scans is reported as a whole.
  if (near.length === 0) return { lost: [], weakened: [], index: 0 }
  const rated = near.map((by, index) => ({ by, index, weakened: listWeakened(settled, by.settled, doubts) }))
  const equals = rated.filter(({ weakened }) => weakened.length === 0)
  const [probed, equal] = [near, equals.map(({ by }) => by)].map(listDifferent) as [
    PortRange[][],
    PortRange[][],
  ]
  const [only = [], ...others] = probed
  const isShared = aside.length === 0 && others.length === 0
  if (!isShared) spend((asked.length + probed.reduce((sum, { length }) => sum + length, 0)) / RANGES_A_STEP)
  const expected = isShared ? asked : join(asked, intersectRanges(aside, bound))
  const lost = isShared ? subtractShared(asked, only) : subtractRanges(expected, probed.flat())
  if (equal.length === probed.length && equals[0]) return { lost, weakened: [], index: equals[0].index }
  const less = subtractRanges(expected, [...lost, ...equal.flat()])
  if (less.length === 0 && equals[0]) return { lost, weakened: [], index: equals[0].index }
  const looking = rated.filter(({ by }) => overlap(by.probed, less))
  const [best] = (looking.length > 0 ? looking : rated).sort((a, b) => a.weakened.length - b.weakened.length)
  return { lost, weakened: best?.weakened ?? [], index: best?.index ?? 0 }
}

/** What is probed on some endpoints; most share one list. */
function listDifferent(all: Probed[]): PortRange[][] {
  return [...new Set(all.map(({ probed }) => probed))]
}
