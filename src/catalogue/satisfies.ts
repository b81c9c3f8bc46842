import { answersAs } from './aliases.ts'
import { type Catalogue, protocolOf } from './catalogue.ts'
import { isTold } from './told.ts'

/**
 * Services that would be recognised inside TLS as well as outside, so that unidentified TLS in their place is another
 * service.
 */
const CLEAR = new Set(['http', 'ssh', 'mysql'])

/** What was seen on a port. */
export interface Answer {
  /** Undefined if nothing was identified. */
  service?: string
  /** It answered inside TLS, or is TLS. */
  isInTls: boolean
  /** An HTTP page was served. */
  isPage?: boolean
}

/**
 * How what answered fits a service that a policy names: it is or may be that service, it is another, or nothing was
 * identified.
 */
export type Fit = 'fits' | 'other' | 'untold'

/**
 * Compares what answered with the service that an allowance names. If HTTP carries that service, HTTP may be all that is seen of
 * it.
 */
export function fitService({ byService }: Catalogue, answer: Answer, service: string): Fit {
  const { service: answered, isInTls, isPage } = answer
  const wanted = byService.get(service)
  // A page without a service is an error that TLS servers also send to plain HTTP.
  if (answered === undefined) return service === 'http' && isPage ? 'fits' : 'untold'
  // PgBouncer is recognised as the PostgreSQL whose protocol it speaks.
  if (answered === service || (wanted && answered === protocolOf(wanted))) return 'fits'
  // A service that always uses TLS does not answer without it.
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
 * The TLS handshake succeeded, but nothing inside was identified. HTTP may want a client certificate first. A service that
 * identification cannot recognise inside TLS gets the benefit of the doubt.
 */
function fitTls(service: string): Fit {
  if (service === 'https') return 'fits'
  if (CLEAR.has(service)) return 'other'
  return isTold(service) ? 'untold' : 'fits'
}

/** Carriers, which answer though the catalogue may have no entry for them. */
const CARRIERS = ['http', 'https', 'tls', 'ssh', 'mysql']

/** Every answer that an allowance for a service accepts, including those that leave open whether it is that service. */
export function listSatisfying(catalogue: Catalogue, service: string): string[] {
  const answers = new Set([...catalogue.byService.keys(), ...CARRIERS, service])
  return [...answers].filter((answered) =>
    [true, false].some(
      (isInTls) => fitService(catalogue, { service: answered, isInTls }, service) !== 'other',
    ),
  )
}
