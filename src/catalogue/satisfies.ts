import { answersAs } from './aliases.ts'
import { type Catalogue, protocolOf } from './catalogue.ts'
import { isTold } from './told.ts'

/** What is told by its own words whether TLS is around them or not, so that TLS in its place is another service. */
const CLEAR = new Set(['http', 'ssh', 'mysql'])

/** What was seen on a port. */
export interface Answer {
  /** Undefined where nothing told. */
  service?: string
  /** It was inside of TLS, or is TLS. */
  isInTls: boolean
  /** A page was answered over HTTP. */
  isPage?: boolean
}

/** How what answered fits a service that a policy names: it is that or may be, it is another, or nothing told. */
export type Fit = 'fits' | 'other' | 'untold'

/** Holds what answered against the service that an allowance names; where HTTP carries that, the carrier is all that is seen. */
export function fitService({ byService }: Catalogue, answer: Answer, service: string): Fit {
  const { service: answered, isInTls, isPage } = answer
  const wanted = byService.get(service)
  // A page without a service is a refusal that TLS servers give as well.
  if (answered === undefined) return service === 'http' && isPage ? 'fits' : 'untold'
  // PgBouncer is recognised as the PostgreSQL whose protocol it speaks.
  if (answered === service || (wanted && answered === protocolOf(wanted))) return 'fits'
  // Of the two, the one that TLS protects is not there without it.
  if (answered === answersAs.get(service) && (isInTls || wanted?.facts?.cleartext !== false)) return 'fits'
  if (service === 'tls') return isInTls ? 'fits' : 'other'
  if (answered === 'tls') return fitTls(service)
  const carrier = byService.get(answered)?.over
  // Jenkins is HTTP as well.
  if (carrier === 'http' && service === 'http') return 'fits'
  if (carrier === 'http' && service === 'https') return isInTls ? 'fits' : 'other'
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

/** Carriers, which answer where nothing of their own is in the catalogue. */
const CARRIERS = ['http', 'https', 'tls', 'ssh', 'mysql']

/** All that may answer where an allowance names a service; what may be that, for all that is told, is among them. */
export function listSatisfying(catalogue: Catalogue, service: string): string[] {
  const answers = new Set([...catalogue.byService.keys(), ...CARRIERS, service])
  return [...answers].filter((answered) =>
    [true, false].some(
      (isInTls) => fitService(catalogue, { service: answered, isInTls }, service) !== 'other',
    ),
  )
}
