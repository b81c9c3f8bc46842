import type { Drift, DriftPort, Finding } from '../model.ts'
import { inSorted, listPorts } from '../port-ranges.ts'
import type { Earlier } from './baseline.ts'
import { findOnHost, type HostCase } from './host.ts'
import { type Sight, siteOf } from './sight.ts'

/** What has changed on one host. */
export type HostDrift = Pick<Drift, 'opened' | 'closed' | 'changed' | 'notSeenBefore'>

/** Compares what a run has seen of a host with what the baseline has; ports that one of them has not seen are neither opened nor closed. */
export function compareHost(about: HostCase, now: Sight, earlier: Earlier): HostDrift {
  const { environment, endpoint, address } = about.host
  const drift: HostDrift = { opened: [], closed: [], changed: [], notSeenBefore: [] }
  const then = earlier.sightAt(siteOf(about.host))
  const at = (port: number, before?: string, after?: string): DriftPort => ({
    ...(environment === undefined ? {} : { environment }),
    endpoint,
    address,
    port,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  })
  for (const [port, service] of now.open) {
    if (then?.open.has(port)) {
      const before = then.open.get(port)
      const isOther = service !== undefined && before !== undefined && service !== before
      if (isOther) drift.changed.push(at(port, before, service))
    } else if (then && inSorted(then.shut, port)) drift.opened.push(at(port, undefined, service))
    else if (!isKnownByName(about, port, earlier)) drift.notSeenBefore.push(at(port, undefined, service))
  }
  for (const [port, before] of then?.open ?? [])
    if (inSorted(now.shut, port)) drift.closed.push(at(port, before))
  return drift
}

/** Whether a port of a new address of a name is open on all addresses that the baseline has seen of it: addresses come and go. */
function isKnownByName({ host, planned }: HostCase, port: number, earlier: Earlier): boolean {
  if (planned.endpoint.kind !== 'name' || earlier.sightAt(siteOf(host))) return false
  const sights = earlier.sightsOf(host.environment, host.endpoint)
  return sights.length > 0 && sights.every(([, { open }]) => open.has(port))
}

/** A note for each port that was opened or closed. */
export function noteDrift(about: HostCase, { opened, closed }: HostDrift, { baseline }: Earlier): Finding[] {
  const { host } = about
  const began = { baseline: baseline.startedAt }
  const reasons = new Map(host.open.map(({ port, reason }) => [port, reason]))
  const reasonOf = (port: number) => {
    const isClosed = host.closed.find(({ ports }) => inSorted(ports, port))
    const group = isClosed ?? host.filtered.find(({ ports }) => inSorted(ports, port))
    return { state: isClosed ? 'closed' : 'filtered', ...(group ? { reason: group.reason } : {}) } as const
  }
  return [
    ...opened.map(({ port, after }) =>
      findOnHost(about, {
        id: 'opened-since-baseline',
        severity: 'info',
        port,
        ...(after === undefined ? {} : { service: after }),
        state: 'open',
        reason: reasons.get(port),
        args: began,
      }),
    ),
    ...closed.map(({ port, before }) =>
      findOnHost(about, {
        id: 'closed-since-baseline',
        severity: 'info',
        port,
        ...reasonOf(port),
        args: { ...began, ...(before === undefined ? {} : { answered: before }) },
      }),
    ),
  ]
}

/** What this run has seen of a host, and the ports on which it has violations. */
export interface SeenHost {
  sight?: Sight
  drift: HostDrift
  accused: ReadonlySet<number>
}

/**
 * All changes since the baseline.
 *
 * @param hosts by site
 */
export function sumUpDrift(hosts: ReadonlyMap<string, SeenHost>, { baseline }: Earlier): Drift {
  const { file, startedAt, finishedAt, violations } = baseline
  const drifts = [...hosts.values()].map(({ drift }) => drift)
  const isGone = ({ port, ports, ...violation }: Earlier['baseline']['violations'][number]) => {
    const host = hosts.get(siteOf(violation))
    const { sight } = host ?? {}
    const all = ports ? listPorts(ports) : port === undefined ? [] : [port]
    if (!host || !sight || all.length === 0) return false
    return all.every((one) => {
      return !host.accused.has(one) && (sight.open.has(one) || inSorted(sight.shut, one))
    })
  }
  return {
    baseline: { file, startedAt, finishedAt },
    opened: drifts.flatMap(({ opened }) => opened),
    closed: drifts.flatMap(({ closed }) => closed),
    changed: drifts.flatMap(({ changed }) => changed),
    notSeenBefore: drifts.flatMap(({ notSeenBefore }) => notSeenBefore),
    resolved: violations.filter(isGone).length,
  }
}
