import type { Allowance, Finding, HostResult, PortState, Reason } from '../model.ts'
import { covering } from '../policy/covering.ts'
import { formatRanges, intersectRanges, listPorts, mergeRanges } from '../port-ranges.ts'
import { findOnHost, type HostCase } from './host.ts'

/** Required ports that are closed or filtered, after they were tried again and again. */
export function judgeRequired(about: HostCase): Finding[] {
  const { host, rules } = about
  const required = mergeRanges(rules.required.flatMap(({ ports }) => ports))
  return listNotOpen(host).flatMap(({ state, reason, ports }) =>
    listPorts(intersectRanges(required, ports)).flatMap((port) => {
      const [allowance] = covering(rules.required, port).slice(-1)
      return allowance ? accuse(about, allowance, port, state, reason) : []
    }),
  )
}

function accuse(
  about: HostCase,
  allowance: Allowance,
  port: number,
  state: PortState,
  reason: Reason,
): Finding {
  return findOnHost(about, {
    id: 'required-port-not-open',
    severity: 'high',
    port,
    ...(allowance.service === undefined ? {} : { service: allowance.service }),
    state,
    reason,
    args: {},
    place: allowance.place,
  })
}

/** Required ports that this vantage is known not to reach: whether they are open cannot be known. */
export function doubtUntestable(about: HostCase): Finding[] {
  const untestable = about.host.unknown.filter(({ reason }) => reason === 'untestable')
  return about.rules.required.flatMap(({ ports, place }) => {
    const unseen = untestable.flatMap((group) => intersectRanges(ports, group.ports))
    if (unseen.length === 0) return []
    const facts = {
      id: 'incomplete-scan',
      severity: 'high',
      state: 'unknown',
      reason: 'untestable',
      args: { what: 'untestable', ports: unseen },
      place,
    } as const
    return findOnHost(about, facts, [formatRanges(unseen)])
  })
}

function listNotOpen({ closed, filtered }: HostResult) {
  return [
    ...closed.map((group) => ({ ...group, state: 'closed' as const })),
    ...filtered.map((group) => ({ ...group, state: 'filtered' as const })),
  ]
}
