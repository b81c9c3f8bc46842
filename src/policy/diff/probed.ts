import type { Catalogue } from '../../catalogue/catalogue.ts'
import type { Endpoint, PortRange, PortSelection } from '../../model.ts'
import { halveCidr, spanCidr } from '../addresses.ts'
import { listBindingPorts, listUrlPort, mayHold, type Settled, selectedRanges, settle } from '../plan.ts'
import { subtractRanges } from '../ports.ts'
import type { Comparison, Side } from './loss.ts'
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
  /** That, and what rules require or deny. */
  probed: PortRange[]
  /** Where it is equal, so are the ports and the settings. */
  key: string
  /** Of an address or a block. */
  block?: Block
}

interface Block {
  cidr: string
  first: bigint
  last: bigint
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

/** What the other policy scans, and what was found to be missing there. */
interface Cover {
  names: Map<string, Probed[]>
  blocks: Probed[]
  known: Map<string, Compared>
}

/** Holds each endpoint of a scope against what the other policy scans in its place. */
export function findMissed(comparison: Comparison, strict: Scope, lax: Scope[]): Missed[] {
  const others = lax.flatMap((scope) => listProbed(comparison, comparison.lax, scope))
  const cover: Cover = { names: new Map(), blocks: others.filter(({ block }) => block), known: new Map() }
  for (const one of others) {
    const { host = '' } = one.endpoint ?? {}
    cover.names.set(host, [...(cover.names.get(host) ?? []), one])
  }
  return listProbed(comparison, comparison.strict, strict).flatMap((one) =>
    compareProbed(comparison, one, cover),
  )
}

/** Holds what one scope asks for of any endpoint, where nothing more is said of it, against what another one does. */
export function findMissedDefaults(comparison: Comparison, strict: Scope, lax: Scope): Missed {
  const [one, by] = [probeAny(comparison.strict, strict), probeAny(comparison.lax, lax)]
  const { lost, weakened } = compareWith(one, [by])
  return { lost, weakened, one, by }
}

/** What a scope asks for of an endpoint of which nothing more is said. */
export function probeAny({ policy, catalogue }: Side, scope: Scope): Probed {
  const settled = settle(policy, scope.environment)
  const asked = rangesOf(settled.scan.ports, catalogue)
  return { scope, settled, asked, probed: asked, key: '' }
}

const probedOf = new WeakMap<Scope, Probed[]>()

/** The endpoints of a scope. */
export function listProbed(comparison: Comparison, side: Side, scope: Scope): Probed[] {
  const known = probedOf.get(scope) ?? probeAll(comparison, side, scope)
  probedOf.set(scope, known)
  return known
}

function probeAll(comparison: Comparison, { policy, catalogue }: Side, scope: Scope): Probed[] {
  const binding = scope.rules.map((rule) => ({ rule, ports: listBindingPorts(rule) }))
  const relevant = binding.filter(({ ports }) => ports.length > 0)
  const known = new Map<string, Pick<Probed, 'asked' | 'probed'>>()
  return scope.endpoints.map((endpoint) => {
    comparison.spend(STEPS_AN_ENDPOINT + relevant.length)
    const settled = settle(policy, scope.environment, endpoint)
    const holding = relevant.flatMap(({ rule }, index) => (mayHold(rule, endpoint) ? index : []))
    const key = JSON.stringify([scope.environment?.name, settled, endpoint.extraPort, holding])
    const ports = known.get(key) ?? listPorts()
    known.set(key, ports)
    return { scope, endpoint, settled, ...ports, key, ...readBlock(endpoint) }

    function listPorts() {
      const asked = join(rangesOf(settled.scan.ports, catalogue), listUrlPort(endpoint))
      const more = holding.flatMap((index) => relevant[index]?.ports ?? [])
      comparison.spend(more.length)
      return { asked, probed: join(asked, more) }
    }
  })
}

/** What it takes to work out the settings of an endpoint, and to write them as a key. */
const STEPS_AN_ENDPOINT = 8

/** Both; most endpoints share what is selected, so it is not copied without need. */
function join(ranges: PortRange[], more: PortRange[]): PortRange[] {
  return more.length > 0 ? [...ranges, ...more] : ranges
}

function readBlock({ kind, host }: Endpoint): { block?: Block } {
  if (kind === 'name') return {}
  const cidr = kind === 'cidr' ? host : `${host}/${host.includes(':') ? 128 : 32}`
  return { block: { cidr, ...spanCidr(cidr) } }
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
    comparison.spend(near.length)
    const question = JSON.stringify([one.key, ...near.map(({ key }) => key)])
    const { lost, weakened, index } = cover.known.get(question) ?? compareWith(one, near)
    cover.known.set(question, { lost, weakened, index })
    return { host, lost, weakened, one, by: near[index] }
  }
  if (!block) return [compare(endpoint?.host, cover.names.get(endpoint?.host ?? '') ?? [])]
  const near = choose(comparison, cover.blocks, block)
  return splitBlock(comparison, block, near).map(({ part, by }) =>
    compare(part === block ? endpoint?.host : part.cidr, by),
  )
}

/** What of an endpoint is missing in all that scan it together; `index` is the one of them to be named. */
interface Compared extends Pick<Missed, 'lost' | 'weakened'> {
  index: number
}

function compareWith({ asked, settled }: Probed, near: Probed[]): Compared {
  const rated = near.map((by, index) => ({ by, index, weakened: listWeakened(settled, by.settled) }))
  const equals = rated.filter(({ weakened }) => weakened.length === 0)
  const lost = subtractRanges(asked, collectPorts(near))
  const less = subtractRanges(asked, [...lost, ...collectPorts(equals.map(({ by }) => by))])
  if (less.length === 0 && equals[0]) return { lost, weakened: [], index: equals[0].index }
  const looking = rated.filter(({ by }) => overlap(by.probed, less))
  const [best] = (looking.length > 0 ? looking : rated).sort((a, b) => a.weakened.length - b.weakened.length)
  return { lost, weakened: best?.weakened ?? [], index: best?.index ?? 0 }
}

function collectPorts(all: Probed[]): PortRange[] {
  return all.flatMap(({ probed }) => probed)
}

function overlap(ranges: PortRange[], others: PortRange[]): boolean {
  return ranges.some((a) => others.some((b) => a.from <= b.to && b.from <= a.to))
}

/** Comparisons of two numbers that are one step. */
const NUMBERS_A_STEP = 16

/** Those that have an address of a block. */
function choose(comparison: Comparison, all: Probed[], { first, last }: Block): Probed[] {
  comparison.spend(1 + all.length / NUMBERS_A_STEP)
  return all.filter(({ block }) => block && block.first <= last && first <= block.last)
}

/** A block as the largest parts of which each is scanned as a whole, or not at all. */
function splitBlock(comparison: Comparison, part: Block, near: Probed[]): { part: Block; by: Probed[] }[] {
  const isWhole = near.every(({ block }) => block && block.first <= part.first && part.last <= block.last)
  const halves = isWhole ? undefined : halveCidr(part.cidr)
  if (!halves) return [{ part, by: near }]
  return halves.flatMap((cidr) => {
    const half = { cidr, ...spanCidr(cidr) }
    return splitBlock(comparison, half, choose(comparison, near, half))
  })
}
