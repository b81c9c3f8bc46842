import type { Catalogue } from '../../catalogue/catalogue.ts'
import type { Endpoint, PortRange, PortSelection } from '../../model.ts'
import { halveCidr, spanCidr } from '../addresses.ts'
import { listBindingPorts, listUrlPort, mayHold, selectedRanges, settle } from '../plan.ts'
import { subtractRanges } from '../ports.ts'
import type { Comparison, Side } from './loss.ts'
import type { Scope } from './scopes.ts'

/** An endpoint with the ports that are probed on it. */
interface Probed {
  endpoint: Endpoint
  /** What the selection and the endpoint ask for. */
  asked: PortRange[]
  /** That, and what rules require or deny. */
  probed: PortRange[]
  /** Where it is equal, so are the ports. */
  key: string
  /** Of an address or a block. */
  block?: Block
}

interface Block {
  cidr: string
  first: bigint
  last: bigint
}

/** What of an endpoint is no longer scanned: all of it, or some ports. */
export interface Missed {
  /** The endpoint's name, address or block, or the part of the block that this is about. */
  host: string
  lost: PortRange[]
  endpoint?: Endpoint
  /** The endpoint that the other policy has for it; undefined where it has none. */
  by?: Endpoint
}

/** What the other policy scans, and what was found to be missing there. */
interface Cover {
  names: Map<string, Probed[]>
  blocks: Probed[]
  lost: Map<string, PortRange[]>
}

/** Holds each endpoint of a scope against what the other policy scans in its place. */
export function findMissed(comparison: Comparison, strict: Scope, lax: Scope[]): Missed[] {
  const others = lax.flatMap((scope) => listProbed(comparison, comparison.lax, scope))
  const cover: Cover = { names: new Map(), blocks: others.filter(({ block }) => block), lost: new Map() }
  for (const one of others) {
    const { host } = one.endpoint
    cover.names.set(host, [...(cover.names.get(host) ?? []), one])
  }
  return listProbed(comparison, comparison.strict, strict).flatMap((one) =>
    compareProbed(comparison, one, cover),
  )
}

function listProbed(comparison: Comparison, { policy, catalogue }: Side, scope: Scope): Probed[] {
  const binding = scope.rules.filter((rule) => listBindingPorts(rule).length > 0)
  return scope.endpoints.map((endpoint) => {
    comparison.spend(binding.length + 1)
    const selection = settle(policy, scope.environment, endpoint).scan.ports
    const asked = join(rangesOf(selection, catalogue), listUrlPort(endpoint))
    const more = binding.filter((rule) => mayHold(rule, endpoint)).flatMap(listBindingPorts)
    const key = JSON.stringify([selection, endpoint.extraPort, more])
    return { endpoint, asked, probed: join(asked, more), key, ...readBlock(endpoint) }
  })
}

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

/** The ports that one policy probes where nothing else is said, and the other does not. */
export function loseDefaults({ strict, lax }: Comparison, one: Scope, other: Scope): PortRange[] {
  const [asked, probed] = [
    { ...strict, ...one },
    { ...lax, ...other },
  ].map(({ policy, catalogue, environment }) => rangesOf(settle(policy, environment).scan.ports, catalogue))
  return subtractRanges(asked ?? [], probed ?? [])
}

function compareProbed(comparison: Comparison, one: Probed, cover: Cover): Missed[] {
  const { endpoint, block } = one
  if (!block) {
    const same = cover.names.get(endpoint.host) ?? []
    return [{ host: endpoint.host, endpoint, by: same[0]?.endpoint, lost: lose(one, same, cover) }]
  }
  const near = choose(comparison, cover.blocks, block)
  return splitBlock(comparison, block, near).map(({ part, by }) => {
    const host = part === block ? endpoint.host : part.cidr
    return { host, endpoint, by: by[0]?.endpoint, lost: lose(one, by, cover) }
  })
}

function lose({ asked, key }: Probed, others: Probed[], { lost }: Cover): PortRange[] {
  const question = JSON.stringify([key, ...others.map((other) => other.key)])
  const known = lost.get(question)
  if (known) return known
  const all = others.flatMap(({ probed }) => probed)
  const answer = subtractRanges(asked, all)
  lost.set(question, answer)
  return answer
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
