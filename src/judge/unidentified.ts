import type { Finding, FindingArgs, OpenPort } from '../model.ts'
import { covering } from '../policy/covering.ts'
import { toRanges } from '../port-ranges.ts'
import { isIn, listRuns } from './everywhere.ts'
import { findOnHost, type HostCase } from './host.ts'
import { isServiceUnseen } from './services.ts'

/** Why it is unknown what answers; `stopped`: there was no time left to ask. */
type Cause = FindingArgs['unidentified-service']['why'] | 'stopped'

/** Open ports on which it matters what answers, and that is unknown. */
export function doubtServices(about: HostCase): Finding[] {
  const byCause = new Map<Cause, number[]>()
  const causeOf = createCauses(about)
  const runs = listRuns(about.host)
  for (const one of about.host.open) {
    if (isIn(runs, one)) continue
    const cause = causeOf(one)
    const isKept = cause === 'stopped' || cause === 'starved'
    if (!isWanted(about, one) && !(isKept && isAccused(about, one))) continue
    const ports = byCause.get(cause)
    if (ports) ports.push(one.port)
    else byCause.set(cause, [one.port])
  }
  return [...byCause].map(([cause, ports]) => doubt(about, cause, ports))
}

/** Why it is unknown what answers on a port of a host. */
function createCauses({ host }: HostCase): (open: OpenPort) => Cause {
  const causes = new Map<number, Cause>()
  for (const port of host.crowded ?? []) causes.set(port, 'crowded')
  for (const port of host.unstated ?? []) causes.set(port, 'unstated')
  for (const port of host.unasked ?? []) causes.set(port, 'refusing')
  for (const port of host.starved ?? []) causes.set(port, 'starved')
  for (const port of host.cut ?? []) causes.set(port, 'stopped')
  return ({ port, service }) => (service === undefined ? (causes.get(port) ?? 'silent') : 'tls')
}

function doubt(about: HostCase, why: Cause, open: number[]): Finding {
  const ports = toRanges(open)
  const facts = { severity: 'high', state: 'open' } as const
  if (why !== 'stopped')
    return findOnHost(about, { ...facts, id: 'unidentified-service', args: { ports, why } }, [why])
  const args = { ports, what: 'not-identified' } as const
  return findOnHost(about, { ...facts, id: 'incomplete-scan', args }, ['service'])
}

/** Whether the policy allows the port for some service only, and it is not known whether that is there. */
function isWanted(about: HostCase, open: OpenPort): boolean {
  const { live, denials } = about.rules
  const allowed = covering(denials, open.port).length > 0 ? [] : covering(live, open.port)
  return allowed.length > 0 && isServiceUnseen(about, open, allowed)
}

/** Whether the port is a violation, which may be worse than the number of the port tells. */
function isAccused({ rules }: HostCase, { port, service }: OpenPort): boolean {
  if (service !== undefined) return false
  return covering(rules.live, port).length === 0 || covering(rules.denials, port).length > 0
}
