import { count } from '../../numbers.ts'
import { formatRanges } from '../../port-ranges.ts'
import { matcherText } from '../hosts.ts'
import { listBindingPorts } from '../plan.ts'
import { formatDuration } from '../times.ts'
import { indexBlocks } from './blocks.ts'
import { letsDoubtsPass, sayWherePassing } from './doubts.ts'
import { ignoresDoubts } from './ignored.ts'
import type { Comparison, Loss, Side } from './loss.ts'
import { isScanning, listProbedIn, type Probed, probeAny } from './probed.ts'
import { countShared, formatShared } from './ranges.ts'
import { findPlaces, type Named, type Pairing, type Scope } from './scopes.ts'

/**
 * Ports that a scan gets through in a second where no `max-rate` holds it back: on one address that answers nothing, which
 * takes longest, and on all of them together.
 */
const ADDRESS_PACE = 250
const RUN_PACE = 5_000

/** Addresses of a block such as workflows name. */
const WORKFLOW_BLOCK = 256

/** More to scan than there is time for, where unscanned endpoints pass. */
export function compareCapacity(comparison: Comparison, { named, runs }: Pairing): Loss[] {
  const list = (side: Side, scopes: Scope[]) => listProbedIn(comparison, side, scopes)
  return [
    ...named.flatMap((pair) => compareNamed(comparison, pair)),
    ...runs.flatMap(({ where, strict, lax }) => {
      const loss = compareRuns(comparison, list(comparison.strict, strict), list(comparison.lax, lax))
      return loss ? { ...loss, ...where } : []
    }),
  ]
}

/** What decides how long a run takes. */
interface Load {
  all: Probed[]
  /** Address and port pairs; a name counts as one address. */
  pairs: number
  /** Those of the endpoints that have the same lowest `max-rate`, if no name leads to another one's address. */
  pairsAt: Map<number, number>
  /** The lowest `max-rate` of any endpoint that may have an address of this one. */
  rateOf(one: Probed): number
  /** The same, if no name leads there. */
  ownRateOf(one: Probed): number
  /** Ports that may be probed on one of its addresses: those of others that have it, too. */
  portsOf(one: Probed): number
  /** The same, if no name leads there. */
  ownPortsOf(one: Probed): number
  /** Those that have the name, or an address, of another. */
  find(one: Probed): Probed[]
}

const loads = new WeakMap<Probed[], Load>()

function weighOnce(comparison: Comparison, all: Probed[]): Load {
  const known = loads.get(all)
  if (known) return known
  comparison.spend(all.length)
  const load = weigh(all)
  loads.set(all, load)
  return load
}

function weigh(all: Probed[]): Load {
  const anywhere = lowestOf(all)
  const named = lowestOf(all.filter(({ block }) => !block))
  const hasNames = all.some(({ block }) => !block)
  const together = countShared([...new Set(all.map(({ probed }) => probed))].flat())
  const find = createFinder(all)
  const ownPortsOf = (one: Probed) =>
    one.block ? find(one).reduce((sum, { probed }) => sum + countShared(probed), 0) : countShared(one.probed)
  const findSlow = createFinder(all.filter(({ settled }) => settled.scan.maxRate !== undefined))
  const ownRateOf = (one: Probed) => lowestOf(findSlow(one))
  const pairsAt = new Map<number, number>()
  for (const one of all) {
    const rate = ownRateOf(one)
    pairsAt.set(rate, (pairsAt.get(rate) ?? 0) + countShared(one.probed) * countAddresses(one))
  }
  return {
    all,
    pairs: [...pairsAt.values()].reduce((sum, pairs) => sum + pairs, 0),
    pairsAt,
    // Names may lead anywhere.
    rateOf: (one) => (one.block ? Math.min(named, ownRateOf(one)) : anywhere),
    ownRateOf,
    portsOf: (one) => (hasNames ? together : Math.min(together, ownPortsOf(one))),
    ownPortsOf: (one) => Math.min(together, ownPortsOf(one)),
    find,
  }
}

/** Finds those of some endpoints that have the name, or an address, of another; of those with the same one the slowest. */
function createFinder(all: Probed[]): (one: Probed) => Probed[] {
  const slowest = new Map<string | undefined, Probed>()
  const keyOf = ({ endpoint, block }: Probed) => block?.cidr ?? endpoint?.host
  for (const one of all) {
    const known = slowest.get(keyOf(one))
    if (!known || ownRate(one) < ownRate(known)) slowest.set(keyOf(one), one)
  }
  const index = indexBlocks([...slowest.values()].filter(isScanning))
  return (one) => {
    if (one.block) return index.overlapping(one.block)
    const same = slowest.get(keyOf(one))
    return same ? [same] : []
  }
}

function lowestOf(all: Probed[]): number {
  return all.reduce((lowest, one) => Math.min(lowest, ownRate(one)), RUN_PACE)
}

function countAddresses({ block, excluded }: Probed): number {
  return block ? Number(block.last - block.first) + 1 - excluded : 1
}

/** Seconds until an endpoint is finished, including what is scanned first and slows it down. */
function longestFor({ pairs, rateOf, portsOf }: Load, one: Probed): number {
  return Math.max(pairs / rateOf(one), portsOf(one) / ADDRESS_PACE)
}

/** The same, if no name leads to the address of another endpoint. */
function timeFor({ pairs, pairsAt, ownRateOf, ownPortsOf }: Load, one: Probed): number {
  const rate = ownRateOf(one)
  return Math.max(pairs / RUN_PACE, (pairsAt.get(rate) ?? 0) / rate, ownPortsOf(one) / ADDRESS_PACE)
}

/** The endpoint that a change leaves unfinished, and what it was before the change. */
interface Unfinished {
  was: Probed
  is: Probed
  /** It takes a name that leads to another endpoint's address. */
  isUnlikely: boolean
}

function compareRuns(comparison: Comparison, before: Probed[], after: Probed[]): Loss | undefined {
  if (!after.some(({ settled }) => letsDoubtsPass(settled, comparison.doubts))) return undefined
  comparison.spend(after.length)
  const [old, now] = [weighOnce(comparison, before), weighOnce(comparison, after)]
  const { find } = old
  const unfinished = after.flatMap((is): Unfinished[] => {
    const [was] = find(is)
    const { scan } = is.settled
    // What was not scanned loses nothing; a lower rate or a shorter time is reported on its own.
    if (!was || !letsDoubtsPass(is.settled, comparison.doubts)) return []
    if (ownRate(is) < ownRate(was)) return []
    const limit = scan.timeLimitMs / 1000
    const time = longestFor(now, is)
    if (time <= limit || (time <= longestFor(old, was) && !hasTurned(comparison, was, is))) return []
    const isUnlikely = timeFor(now, is) <= limit && now.rateOf(is) >= old.rateOf(was)
    return [{ was, is, isUnlikely }]
  })
  const worst = unfinished.find(({ isUnlikely }) => !isUnlikely) ?? unfinished[0]
  if (!worst) return undefined
  const { was, is, isUnlikely } = worst
  const rate = now.rateOf(is)
  const at = rate < Math.min(RUN_PACE, ownRate(is)) ? ` at the \`max-rate\` of ${rate}` : ''
  const ports = count(now.pairs, 'port')
  return {
    part: 'time-limit',
    severity: isUnlikely ? 'info' : 'high',
    loosened: `asks for ${ports}, more than can be scanned${at} within the \`time-limit\` of ${formatLimit(is)}: the rest passes${sayWherePassing(is.settled, comparison.doubts)}`,
    places: findPlaces(comparison, at ? 'maxRate' : 'timeLimitMs', was, at ? findSlow(now, rate) : is),
  }
}

/** Whether unscanned endpoints failed and now pass: those that were late before are lost only now. */
function hasTurned({ strict, doubts }: Comparison, was: Probed, is: Probed): boolean {
  const failed = was.settled.onDoubt === 'fail' && !ignoresDoubts(strict.policy)
  return failed && (is.settled.onDoubt === 'warn' || doubts.areIgnored === true)
}

function findSlow({ all }: Load, rate: number): Probed {
  return all.find(({ settled }) => settled.scan.maxRate === rate) as Probed
}

function formatLimit({ settled }: Probed): string {
  return formatDuration(settled.scan.timeLimitMs)
}

function ownRate({ settled: { scan } }: Probed): number {
  return Math.min(scan.maxRate ?? RUN_PACE, RUN_PACE)
}

/** Of what a workflow names: a host is `high`, a block that would have been scanned in time `info`. */
function compareNamed(comparison: Comparison, { where, strict, lax }: Named): Loss[] {
  const was = probeAny(comparison.strict, strict)
  const is = probeAny(comparison.lax, lax)
  if (!letsDoubtsPass(is.settled, comparison.doubts) || ownRate(is) < ownRate(was)) return []
  const before = countShared(was.probed)
  const bound = listBound(was, is)
  const after = countShared(bound.length > 0 ? [...is.probed, ...bound] : is.probed)
  const limit = is.settled.scan.timeLimitMs / 1000
  if (after <= before && !hasTurned(comparison, was, is)) return []
  const isTooMuch = after / Math.min(ADDRESS_PACE, ownRate(is)) > limit
  const most = Math.floor((limit * ownRate(is)) / after)
  if (!isTooMuch && (after <= before || most >= WORKFLOW_BLOCK)) return []
  const rest = `the rest passes${sayWherePassing(is.settled, comparison.doubts)}`
  const within = `within the \`time-limit\` of ${formatLimit(is)}: ${rest}`
  const what = `asks for ${count(after, 'port')} on what a workflow names`
  return [
    {
      part: 'time-limit',
      severity: isTooMuch ? 'high' : 'info',
      loosened: isTooMuch
        ? `${what}, more than can be scanned ${within}`
        : `${what}, so that no more than ${count(most, 'address', 'addresses')} can be scanned ${within}`,
      isOfWorkflow: true,
      ...where,
      places: findPlaces(comparison, 'timeLimitMs', was, is),
    },
  ]
}

/**
 * Nobody knows which rules hold for the endpoints that a workflow names. Assumed are none of them before and all of them
 * after, unless nothing has changed.
 */
function listBound(was: Probed, is: Probed) {
  const isSame =
    formatShared(was.asked) === formatShared(is.asked) && describeBound(was.scope) === describeBound(is.scope)
  return isSame ? [] : is.scope.rules.flatMap(listBindingPorts)
}

/** The ports that rules require or deny, and on whom. */
function describeBound({ rules }: Scope): string {
  const bound = rules.map((rule) => ({ matcher: rule.matcher, ports: listBindingPorts(rule) }))
  const texts = bound.flatMap(({ matcher, ports }) =>
    ports.length > 0 ? `${matcherText(matcher)} ${formatRanges(ports)}` : [],
  )
  return texts.sort().join('\n')
}
