import type { Finding, OpenPort } from '../model.ts'
import { toRanges } from '../policy/ports.ts'
import { findOnHost, type HostCase, nameOfHost } from './host.ts'
import { covering } from './rules.ts'
import { isServiceUnseen } from './services.ts'
import { shorten } from './shorten.ts'

/** Why nobody knows what answers. */
interface Cause {
  id: 'unidentified-service' | 'incomplete-scan'
  /** Tells it from the others of its id in the fingerprint. */
  identity: string
  /** Completes "The service on port 22 of … ". */
  because: string
  remedy: string
}

const SILENT: Cause = {
  id: 'unidentified-service',
  identity: 'silent',
  because: 'could not be identified: nothing told what answers',
  remedy:
    'See what is running there. If it cannot be told from outside, leave `service` out of the allowance.',
}

const REFUSING: Cause = {
  id: 'unidentified-service',
  identity: 'refusing',
  because: 'could not be identified: the port stopped accepting connections',
  remedy:
    'Exempt the address of this machine from a limit on connections, or leave `service` out of the allowance.',
}

const STARVED: Cause = {
  id: 'unidentified-service',
  identity: 'starved',
  because: 'could not be identified: this machine was kept from listening to it',
  remedy:
    'Run the check again on a machine with less to do. If that does not help, scan apart the hosts that keep it busy.',
}

const STOPPED: Cause = {
  id: 'incomplete-scan',
  identity: 'service',
  because: 'was not identified before the scan was stopped',
  remedy: 'Raise `time-limit`, or let the check finish.',
}

/** Open ports of which it matters what answers, and nobody knows. */
export function doubtServices(about: HostCase): Finding[] {
  const { open } = about.host
  const cut = new Set(about.host.cut)
  const unasked = new Set(about.host.unasked)
  const byCause = new Map<Cause, number[]>()
  for (const one of open) {
    const isCut = cut.has(one.port)
    if (!isWanted(about, one) && !(isCut && isAccused(about, one))) continue
    const cause = isCut ? (about.stopped ? STOPPED : STARVED) : unasked.has(one.port) ? REFUSING : SILENT
    const ports = byCause.get(cause)
    if (ports) ports.push(one.port)
    else byCause.set(cause, [one.port])
  }
  return [...byCause].map(([cause, ports]) => doubt(about, cause, ports))
}

function doubt(about: HostCase, { id, identity, because, remedy }: Cause, ports: number[]): Finding {
  const which = `port${ports.length > 1 ? 's' : ''} ${shorten(toRanges(ports))}`
  return findOnHost(
    about,
    {
      id,
      severity: 'high',
      state: 'open',
      message: `The service on ${which} of ${nameOfHost(about)} ${because}.`,
      why: 'How bad an open port is, and whether it is what the policy allows there, depends on what answers.',
      remedy,
    },
    [identity],
  )
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
