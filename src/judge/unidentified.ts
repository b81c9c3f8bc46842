import type { Finding, OpenPort } from '../model.ts'
import { covering } from '../policy/covering.ts'
import { toRanges } from '../port-ranges.ts'
import { isIn, listRuns } from './everywhere.ts'
import { findOnHost, type HostCase, nameOfHost } from './host.ts'
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
  because: 'could not be identified: it said nothing that Portgate recognises',
  remedy:
    'Find out what is running there. If it cannot be identified from outside, leave `service` out of the allowance.',
}

const TLS_ONLY: Cause = {
  id: 'unidentified-service',
  identity: 'tls',
  because: 'could not be identified: TLS answers, and nothing inside it was recognised',
  remedy:
    'Find out what is running there. If it asks its clients for a certificate, no service can be identified from outside: write `service: tls`.',
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

const CROWDED: Cause = {
  id: 'unidentified-service',
  identity: 'crowded',
  because: 'could not be identified: too many other names lead to the same port of this address',
  remedy: 'Check fewer names of this address in one run, or leave `service` out of the allowance.',
}

const STOPPED: Cause = {
  id: 'incomplete-scan',
  identity: 'service',
  because: 'was not identified before the scan was stopped',
  remedy: 'Raise `time-limit`, or let the check finish.',
}

/** Open ports of which it matters what answers, and nobody knows. */
export function doubtServices(about: HostCase): Finding[] {
  const byCause = new Map<Cause, number[]>()
  const causeOf = createCauses(about)
  const runs = listRuns(about.host)
  for (const one of about.host.open) {
    if (isIn(runs, one)) continue
    const cause = causeOf(one)
    const isKept = cause === STOPPED || cause === STARVED
    if (!isWanted(about, one) && !(isKept && isAccused(about, one))) continue
    const ports = byCause.get(cause)
    if (ports) ports.push(one.port)
    else byCause.set(cause, [one.port])
  }
  return [...byCause].map(([cause, ports]) => doubt(about, cause, ports))
}

/** Why nobody knows what answers on a port of a host, if nobody does. */
function createCauses({ host }: HostCase): (open: OpenPort) => Cause {
  const causes = new Map<number, Cause>()
  for (const port of host.crowded ?? []) causes.set(port, CROWDED)
  for (const port of host.unasked ?? []) causes.set(port, REFUSING)
  for (const port of host.starved ?? []) causes.set(port, STARVED)
  for (const port of host.cut ?? []) causes.set(port, STOPPED)
  return ({ port, service }) => (service === undefined ? (causes.get(port) ?? SILENT) : TLS_ONLY)
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
