import type { Catalogue } from '../../catalogue/catalogue.ts'
import type { Endpoint, Policy, PortRange, PortSelection } from '../../model.ts'
import { intersectRanges } from '../../port-ranges.ts'
import { listBindingPorts, listUrlPort, type Settled, selectedRanges, settle } from '../plan.ts'
import { findBound } from './binding.ts'
import { type Block, readAddress, readBlock } from './blocks.ts'
import { indexExclusions } from './exclusions.ts'
import type { Comparison, Side } from './loss.ts'
import { createNumbering, formatShared } from './ranges.ts'
import type { Scope } from './scopes.ts'

/** An endpoint with the ports that are probed on it, and how. */
export interface Probed {
  scope: Scope
  /** Undefined for what a workflow may name. */
  endpoint?: Endpoint
  /** One object for all of its scope that have the same settings and ports. */
  settled: Settled
  /** What the selection and the endpoint ask for. */
  asked: PortRange[]
  /** What rules require or deny that may turn out to hold for other addresses only. */
  aside: PortRange[]
  /** What is asked for, and what rules require or deny. */
  probed: PortRange[]
  /** Of an address or a block. */
  block?: Block
  /** How many of its addresses the policy excludes. */
  excluded: number
}

/** An address or a block that is scanned. */
export type Scanning = Probed & { block: Block }

export function isScanning(one: Probed): one is Scanning {
  return one.block !== undefined
}

/** A name as it is looked up: with a final dot no search domain may be tried, so that it may lead to another host. */
export function nameOf({ host, isAnchored }: Endpoint): string {
  return isAnchored ? `${host}.` : host
}

/** What a scope requires of an endpoint without settings of its own. */
export function probeAny({ policy, catalogue }: Side, scope: Scope): Probed {
  const settled = settle(policy, scope.environment)
  const asked = rangesOf(settled.scan.ports, catalogue)
  return { scope, settled, asked, aside: [], probed: asked, excluded: 0 }
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
export function listProbed(comparison: Comparison, side: Side, scope: Scope): Probed[] {
  const known = probedOf.get(scope) ?? probeAll(comparison, side, scope)
  probedOf.set(scope, known)
  return known
}

/** What endpoints with the same settings and ports share. */
type Shared = Pick<Probed, 'settled' | 'asked' | 'aside' | 'probed'>

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
      const shared = known.get(key) ?? { settled, ...listPorts(settled) }
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

/** How many ranges count as one step. */
export const RANGES_A_STEP = 2

/** Steps to work out the settings of an endpoint, and to write them as a key. */
const STEPS_AN_ENDPOINT = 8

/** Both; most endpoints share what is selected, so it is not copied without need. */
export function join(ranges: PortRange[], more: PortRange[]): PortRange[] {
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
