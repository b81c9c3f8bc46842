import type { Allowance, Finding, HostResult, PortState, Reason } from '../model.ts'
import { covering } from '../policy/covering.ts'
import { formatRanges, intersectRanges, listPorts, mergeRanges } from '../port-ranges.ts'
import { findOnHost, type HostCase, nameOfHost, nameOfPort } from './host.ts'

const WHY = 'The policy says that this must be open: whoever depends on it cannot reach it from here.'
const REMEDY =
  'Start the service, or open the firewall for it. If it is no longer needed, move the port from `require` to `allow`, or remove it.'

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
  const where = nameOfPort(about, port)
  const tries = 'even after it was tried again'
  return findOnHost(about, {
    id: 'required-port-not-open',
    severity: 'high',
    port,
    ...(allowance.service === undefined ? {} : { service: allowance.service }),
    state,
    reason,
    message: `${where[0]?.toUpperCase()}${where.slice(1)} is required and ${state} (${reason}), ${tries}.`,
    why: WHY,
    remedy: REMEDY,
    place: allowance.place,
  })
}

/** Required ports that a vantage is known not to reach: they cannot be vouched for. */
export function doubtUntestable(about: HostCase): Finding[] {
  const untestable = about.host.unknown.filter(({ reason }) => reason === 'untestable')
  return about.rules.required.flatMap(({ ports, place }) => {
    const unseen = untestable.flatMap((group) => intersectRanges(ports, group.ports))
    if (unseen.length === 0) return []
    const list = formatRanges(unseen)
    const facts = {
      id: 'incomplete-scan',
      severity: 'high',
      state: 'unknown',
      reason: 'untestable',
      message: `Port ${list} of ${nameOfHost(about)} is required, and cannot be tested from this runner.`,
      why: 'GitHub-hosted runners cannot connect to port 25 of other networks, so nothing is known about it.',
      remedy: 'Run this check from a self-hosted runner, or leave the port out of `require`.',
      place,
    } as const
    return findOnHost(about, facts, [list])
  })
}

function listNotOpen({ closed, filtered }: HostResult) {
  return [
    ...closed.map((group) => ({ ...group, state: 'closed' as const })),
    ...filtered.map((group) => ({ ...group, state: 'filtered' as const })),
  ]
}
