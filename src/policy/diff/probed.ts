import type { Catalogue } from '../../catalogue/catalogue.ts'
import type { Endpoint, Policy, PortRange, PortSelection } from '../../model.ts'
import { listBindingPorts, listUrlPort, type Settled, selectedRanges, settle } from '../plan.ts'
import { intersectRanges, mergeRanges, subtractRanges } from '../ports.ts'
import { findBound } from './binding.ts'
import { type Block, type BlockIndex, indexBlocks, readAddress, readBlock, splitBlock } from './blocks.ts'
import { indexExclusions } from './exclusions.ts'
import type { Comparison, Side } from './loss.ts'
import { createNumbering, formatShared, subtractShared } from './ranges.ts'
import type { Scope } from './scopes.ts'
import { listWeakened, type Weakened } from './settings.ts'

/** An endpoint with the ports that are probed on it, and how. */
export interface Probed {
  scope: Scope
  /** Undefined for what a workflow may name. */
  endpoint?: Endpoint
  settled: Settled
  /** What the selection and the endpoint ask for. */
  asked: PortRange[]
  /** What rules require or deny that may turn out to hold for other addresses only. */
  aside: PortRange[]
  /** What is asked for, and what rules require or deny. */
  probed: PortRange[]
  /** Where it is equal, so are the ports and the settings. */
  key: string
  /** Of an address or a block. */
  block?: Block
  /** How many of its addresses the policy excludes. */
  excluded: number
}

/** What of an endpoint is no longer scanned, or with less effect. */
export interface Missed {
  /** The endpoint's name, address or block, or the part of the block that this is about; undefined for what a workflow names. */
  host?: string | undefined
  /** Ports that are no longer probed. */
  lost: PortRange[]
  /** How those are looked at that still are, where nothing looks as well as before. */
  weakened: Weakened[]
  one: Probed
  /** What the other policy has for it; undefined where it has nothing. */
  by: Probed | undefined
}

/** An address or a block that is scanned. */
type Scanning = Probed & { block: Block }

/** What the other policy scans, and what was found to be missing there. */
interface Cover {
  names: Map<string, Probed[]>
  blocks: BlockIndex<Scanning>
  /** Ports that its rules require or deny anywhere. */
  bound: PortRange[]
  known: Map<string, Compared>
}

/** A name as it is looked up: with a final dot no search domain may be tried, so that it may lead to another host. */
function nameOf({ host, isAnchored }: Endpoint): string {
  return isAnchored ? `${host}.` : host
}

/** Holds each endpoint of a scope against what the other policy scans in its place. */
export function findMissed(comparison: Comparison, strict: Scope, lax: Scope[]): Missed[] {
  const cover = coverOf(comparison, lax)
  return listProbed(comparison, comparison.strict, strict).flatMap((one) =>
    compareProbed(comparison, one, cover),
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
    blocks: indexBlocks(others.filter((one): one is Scanning => one.block !== undefined)),
    bound: mergeRanges(
      [...new Set(lax.map(({ rules }) => rules))].flatMap((rules) => rules.flatMap(listBindingPorts)),
    ),
    known: new Map(),
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
    if (!block) return endpoint && !names.has(nameOf(endpoint)) ? [{ host: nameOf(endpoint), one }] : []
    const parts = splitBlock(comparison.spend, block, blocks.overlapping(block)).filter(
      ({ by }) => by.length === 0,
    )
    return parts.map(({ part }) => ({ host: part === block && endpoint ? endpoint.host : part.cidr, one }))
  })
}

/** Holds what one scope asks for of any endpoint, where nothing more is said of it, against what another one does. */
export function findMissedDefaults(comparison: Comparison, strict: Scope, lax: Scope): Missed {
  const [one, by] = [probeAny(comparison.strict, strict), probeAny(comparison.lax, lax)]
  const { lost, weakened } = compareWith(comparison, one, [by], [])
  return { lost, weakened, one, by }
}

/** What a scope asks for of an endpoint of which nothing more is said. */
export function probeAny({ policy, catalogue }: Side, scope: Scope): Probed {
  const settled = settle(policy, scope.environment)
  const asked = rangesOf(settled.scan.ports, catalogue)
  return { scope, settled, asked, aside: [], probed: asked, key: '', excluded: 0 }
}

/** The ports that a scope asks for of every endpoint, whatever its rules bind. */
export function listAlwaysAsked(comparison: Comparison, scope: Scope): PortRange[] {
  const known = alwaysAsked.get(scope)
  if (known) return known
  const different = new Map(
    [probeAny(comparison.lax, scope), ...listProbed(comparison, comparison.lax, scope)].map(({ asked }) => [
      formatShared(asked),
      asked,
    ]),
  )
  const ports = [...different.values()].reduce(intersectRanges)
  alwaysAsked.set(scope, ports)
  return ports
}

const alwaysAsked = new WeakMap<Scope, PortRange[]>()
const probedOf = new WeakMap<Scope, Probed[]>()

const probedIn = new WeakMap<Scope[], Probed[]>()

/** The endpoints of some scopes. */
export function listProbedIn(comparison: Comparison, side: Side, scopes: Scope[]): Probed[] {
  const known = probedIn.get(scopes) ?? scopes.flatMap((scope) => listProbed(comparison, side, scope))
  probedIn.set(scopes, known)
  return known
}

/** The endpoints of a scope. */
function listProbed(comparison: Comparison, side: Side, scope: Scope): Probed[] {
  const known = probedOf.get(scope) ?? probeAll(comparison, side, scope)
  probedOf.set(scope, known)
  return known
}

/** What endpoints with the same settings and ports share. */
type Shared = Pick<Probed, 'settled' | 'asked' | 'aside' | 'probed' | 'key'>

function probeAll(comparison: Comparison, { policy, catalogue }: Side, scope: Scope): Probed[] {
  const known = new Map<string, Shared>()
  /** Of endpoints that say nothing of their own, which most do, by what rules bind on them. */
  const plain = new Map<string, Shared>()
  const numberOf = createNumbering()
  const exclusions = indexExclusions(policy)
  return scope.endpoints.map((endpoint) => {
    comparison.spend(STEPS_AN_ENDPOINT)
    const bound = findBound(comparison, scope.rules, endpoint)
    const isPlain = endpoint.extraPort === undefined && Object.keys(endpoint.scan).length === 0
    const shared = (isPlain && plain.get(bound.key)) || share()
    if (isPlain) plain.set(bound.key, shared)
    const block = blockOf(endpoint)
    const excluded = block ? exclusions.count(block) : 0
    return { scope, endpoint, ...shared, ...(block ? { block } : {}), excluded }

    function share(): Shared {
      const settled = settleEndpoint(policy, scope, endpoint)
      const { ports: selection, ...scan } = settled.scan
      const text = Array.isArray(selection) ? numberOf(selection) : selection
      const own = [{ ...settled, scan }, text, endpoint.extraPort, bound.key]
      const key = JSON.stringify([scope.environment?.name, ...own])
      const shared = known.get(key) ?? { settled, key, ...listPorts(settled) }
      known.set(key, shared)
      return shared
    }

    function listPorts(settled: Settled) {
      const asked = join(rangesOf(settled.scan.ports, catalogue), listUrlPort(endpoint))
      const more = bound.rules.flatMap(listBindingPorts)
      // Without more the list is shared, and costs nothing.
      if (more.length > 0) comparison.spend(asked.length / RANGES_A_STEP + more.length)
      return { asked, aside: bound.unsure.flatMap(listBindingPorts), probed: join(asked, more) }
    }
  })
}

/** Its settings, as far as they matter to it: an address is scanned whatever `ip` says. */
function settleEndpoint(policy: Policy, { environment }: Scope, endpoint: Endpoint): Settled {
  const settled = settle(policy, environment, endpoint)
  return endpoint.kind === 'name' ? settled : { ...settled, scan: { ...settled.scan, ip: 'both' } }
}

/** Ranges that it takes a step to go through. */
const RANGES_A_STEP = 2

/** What it takes to work out the settings of an endpoint, and to write them as a key. */
const STEPS_AN_ENDPOINT = 8

/** Both; most endpoints share what is selected, so it is not copied without need. */
function join(ranges: PortRange[], more: PortRange[]): PortRange[] {
  return more.length > 0 ? [...ranges, ...more] : ranges
}

function blockOf({ kind, host }: Endpoint): Block | undefined {
  if (kind === 'name') return undefined
  return kind === 'cidr' ? readBlock(host) : readAddress(host)
}

/** The sets of a catalogue as ranges. */
const sets = new WeakMap<Catalogue, Map<string, PortRange[]>>()

function rangesOf(selection: PortSelection, catalogue: Catalogue): PortRange[] {
  if (Array.isArray(selection)) return selection
  const known = sets.get(catalogue) ?? new Map<string, PortRange[]>()
  sets.set(catalogue, known)
  const ranges = known.get(selection) ?? selectedRanges(selection, catalogue)
  known.set(selection, ranges)
  return ranges
}

function compareProbed(comparison: Comparison, one: Probed, cover: Cover): Missed[] {
  const { endpoint, block } = one
  const compare = (host: string | undefined, near: Probed[]): Missed => {
    comparison.spend(1 + near.length)
    const question = JSON.stringify([one.key, ...near.map(({ key }) => key)])
    const { lost, weakened, index } =
      cover.known.get(question) ?? compareWith(comparison, one, near, cover.bound)
    cover.known.set(question, { lost, weakened, index })
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

/** @param bound what rules of the other policy require or deny: a port that they no longer have is told as a loss of theirs */
function compareWith(
  { doubts, spend }: Comparison,
  { asked, aside, settled }: Probed,
  near: Probed[],
  bound: PortRange[],
): Compared {
  // What nothing scans is told as a whole.
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

function overlap(ranges: PortRange[], others: PortRange[]): boolean {
  return ranges.some((a) => others.some((b) => a.from <= b.to && b.from <= a.to))
}
