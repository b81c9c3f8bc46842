import { protocolOf } from '../catalogue/catalogue.ts'
import type { Allowance, OpenPort } from '../model.ts'
import type { HostCase } from './host.ts'

/** What can be recognised by its own protocol and by nothing that carries it. */
const RECOGNISED = new Set(['http', 'https', 'tls', 'ssh', 'mysql'])

/**
 * Whether another service than those that the policy wants on an allowed port was recognised there. An allowance without a
 * service takes anything, and silence accuses nobody.
 */
export function whatIsWrongWithService(about: HostCase, open: OpenPort, live: Allowance[]): boolean {
  const services = listWanted(about, live)
  if (open.service === undefined || services.length === 0) return false
  return !services.some((service) => satisfies(about, open, service))
}

/** Whether an allowance asks for a service, and nothing told what answers. */
export function isServiceUnseen(about: HostCase, open: OpenPort, live: Allowance[]): boolean {
  return open.service === undefined && listWanted(about, live).length > 0
}

/** The services that the policy wants on an allowed port; none where it takes anything, or has nobody asked. */
function listWanted(about: HostCase, live: Allowance[]): string[] {
  const wanted = live.map(({ service }) => service)
  if (wanted.includes(undefined) || !about.planned.scan.identify) return []
  return wanted.filter((service) => service !== undefined)
}

/** Whether what answered may be the service; where it is carried by HTTP or TLS, the carrier is all that is seen. */
function satisfies({ catalogue }: HostCase, open: OpenPort, service: string): boolean {
  const { service: answered, tls } = open
  const wanted = catalogue.byService.get(service)
  // PgBouncer is recognised as the PostgreSQL whose protocol it speaks.
  if (answered === service || (wanted && answered === protocolOf(wanted))) return true
  if (service === 'tls') return tls !== undefined
  // TLS stood, and HTTP inside it said nothing: it may want a client's certificate first.
  if (service === 'https' && answered === 'tls') return true
  const carrier = answered === undefined ? undefined : catalogue.byService.get(answered)?.over
  // Jenkins is HTTP as well.
  if (carrier === 'http' && (service === 'http' || service === 'https'))
    return service === 'http' || tls !== undefined
  if (RECOGNISED.has(service)) return false
  return answered === 'tls' || answered === wanted?.over || (wanted?.over === 'http' && answered === 'https')
}
