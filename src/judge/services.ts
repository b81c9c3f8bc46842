import { answersAs } from '../catalogue/aliases.ts'
import { type Catalogue, protocolOf } from '../catalogue/catalogue.ts'
import { isTold } from '../catalogue/told.ts'
import type { Allowance, Identified, OpenPort } from '../model.ts'
import type { HostCase } from './host.ts'
import { listWanted } from './rules.ts'

/** What is told by its own words whether TLS is around them or not, so that TLS in its place is another service. */
const CLEAR = new Set(['http', 'ssh', 'mysql'])

/** How what answered fits a service that a policy names. */
type Fit = 'fits' | 'other' | 'untold'

/**
 * Whether another service than those that the policy wants on an allowed port was recognised there. An allowance without a
 * service takes anything, and silence accuses nobody.
 */
export function whatIsWrongWithService(about: HostCase, open: OpenPort, live: Allowance[]): boolean {
  const fits = listFits(about, open, live)
  return fits.length > 0 && fits.every((fit) => fit === 'other')
}

/** Whether an allowance asks for a service, and what answered may be that or not. */
export function isServiceUnseen(about: HostCase, open: OpenPort, live: Allowance[]): boolean {
  const fits = listFits(about, open, live)
  return fits.includes('untold') && !fits.includes('fits')
}

function listFits(about: HostCase, open: OpenPort, live: Allowance[]): Fit[] {
  if (!about.planned.scan.identify) return []
  return listWanted(live).map((service) => fitService(about.catalogue, open, service))
}

/** Whether what answered is the service; where HTTP carries it, that is all that is seen. */
export function fitService(catalogue: Catalogue, open: Identified, service: string): Fit {
  const { service: answered, tls } = open
  const wanted = catalogue.byService.get(service)
  // A page without a service is a refusal that TLS servers give as well.
  if (answered === undefined) return service === 'http' && open.http ? 'fits' : 'untold'
  // PgBouncer is recognised as the PostgreSQL whose protocol it speaks.
  if (answered === service || (wanted && answered === protocolOf(wanted))) return 'fits'
  // Of the two, the one that TLS protects is not there without it.
  if (answered === answersAs.get(service) && (tls || wanted?.facts?.cleartext !== false)) return 'fits'
  if (service === 'tls') return tls ? 'fits' : 'other'
  if (answered === 'tls') return fitTls(service)
  const carrier = catalogue.byService.get(answered)?.over
  // Jenkins is HTTP as well.
  if (carrier === 'http' && service === 'http') return 'fits'
  if (carrier === 'http' && service === 'https') return tls ? 'fits' : 'other'
  if (CLEAR.has(service) || service === 'https') return 'other'
  const isCarried = answered === wanted?.over || (wanted?.over === 'http' && answered === 'https')
  return isCarried ? 'fits' : 'other'
}

/**
 * TLS stood, and nothing inside told what it carries. HTTP may want a client's certificate first; what nothing tells inside
 * TLS cannot be asked for more.
 */
function fitTls(service: string): Fit {
  if (service === 'https') return 'fits'
  if (CLEAR.has(service)) return 'other'
  return isTold(service) ? 'untold' : 'fits'
}
