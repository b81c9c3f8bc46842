import { count } from '../../numbers.ts'
import { matcherText } from '../hosts.ts'
import { listBindingPorts } from '../plan.ts'
import { formatRanges, mergeRanges } from '../ports.ts'
import { formatDuration } from '../times.ts'
import type { Comparison, Loss, Side } from './loss.ts'
import { listProbed, type Probed, probeAny } from './probed.ts'
import { findPlaces, type Named, type Pairing, type Scope } from './scopes.ts'

/**
 * Ports that a scan gets through in a second where no `max-rate` holds it back. Measured on a host that answers nothing,
 * which takes longest: `bench/RESULTS.md`, 65,535 silent ports.
 */
const PACE = 5_000

/** More to scan than there is time for, where what was not scanned passes. */
export function compareCapacity(comparison: Comparison, { named, runs }: Pairing): Loss[] {
  const { strict, lax } = comparison
  const list = (side: Side, scopes: Scope[]) => scopes.flatMap((scope) => listProbed(comparison, side, scope))
  return [
    ...named.map((pair) => compareAny(comparison, pair)),
    ...runs.map((run) => ({ where: run.where, before: list(strict, run.strict), after: list(lax, run.lax) })),
  ].flatMap(({ where, before, after }): Loss[] => {
    const [one] = findUnfinished(after).filter(({ settled }) => settled.onDoubt === 'warn')
    const [was = one] = before
    // A shorter time, or a lower rate, is told as such.
    if (!one || !was || countPairs(after) <= countPairs(before)) return []
    if (findUnfinished(before).length === before.length) return []
    const limit = formatDuration(one.settled.scan.timeLimitMs)
    const ports = count(countPairs(after), 'port')
    return [
      {
        part: 'time-limit',
        severity: 'high',
        loosened: `asks for ${ports}, more than can be scanned within the \`time-limit\` of ${limit}: the rest passes`,
        ...where,
        places: findPlaces(comparison, 'timeLimitMs', was, one),
      },
    ]
  })
}

/**
 * Which rules hold for what a workflow names nobody knows: none of them before, and all of them after, unless nothing has
 * changed.
 */
function compareAny(comparison: Comparison, { where, strict, lax }: Named) {
  const [one, by] = [probeAny(comparison.strict, strict), probeAny(comparison.lax, lax)]
  const isSame =
    formatRanges(one.asked) === formatRanges(by.asked) && describeBound(strict) === describeBound(lax)
  const bound = isSame ? [] : lax.rules.flatMap(listBindingPorts)
  return { where, before: [one], after: [{ ...by, probed: [...by.probed, ...bound] }] }
}

/** The ports that rules require or deny, and on whom. */
function describeBound({ rules }: Scope): string {
  const bound = rules.map((rule) => ({ matcher: rule.matcher, ports: listBindingPorts(rule) }))
  const texts = bound.flatMap(({ matcher, ports }) =>
    ports.length > 0 ? `${matcherText(matcher)} ${formatRanges(ports)}` : [],
  )
  return texts.sort().join('\n')
}

/** Those endpoints of a run whose time is over before all of the run could be probed. */
function findUnfinished(all: Probed[]): Probed[] {
  const pairs = countPairs(all)
  return all.filter(({ settled: { scan } }) => {
    return pairs / Math.min(scan.maxRate ?? PACE, PACE) > scan.timeLimitMs / 1000
  })
}

/** Address and port pairs; a name counts as one address. */
function countPairs(all: Probed[]): number {
  const sizes = new Map<string, number>()
  return all.reduce((sum, { key, probed, block }) => {
    const size =
      sizes.get(key) ?? mergeRanges(probed).reduce((ports, { from, to }) => ports + to - from + 1, 0)
    sizes.set(key, size)
    return sum + size * (block ? Number(block.last - block.first) + 1 : 1)
  }, 0)
}
