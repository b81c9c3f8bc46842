import { type Catalogue, protocolOf } from './catalogue.ts'

/** What can be recognised by its own protocol and by nothing that carries it. */
const RECOGNISED = new Set(['http', 'https', 'tls', 'ssh', 'mysql'])

/** What was recognised on a port. */
interface Answer {
  service: string
  /** It was inside of TLS, or is TLS. */
  isInTls: boolean
}

/**
 * Whether what answered may be the service that an allowance names; where HTTP or TLS carries that, the carrier is all that
 * is seen.
 */
export function satisfies(
  { byService }: Catalogue,
  { service: answered, isInTls }: Answer,
  service: string,
): boolean {
  const wanted = byService.get(service)
  // PgBouncer is recognised as the PostgreSQL whose protocol it speaks.
  if (answered === service || (wanted && answered === protocolOf(wanted))) return true
  if (service === 'tls') return isInTls
  // TLS stood, and HTTP inside it said nothing: it may want a client's certificate first.
  if (service === 'https' && answered === 'tls') return true
  // Jenkins is HTTP as well.
  if (byService.get(answered)?.over === 'http' && (service === 'http' || service === 'https'))
    return service === 'http' || isInTls
  if (RECOGNISED.has(service)) return false
  return answered === 'tls' || answered === wanted?.over || (wanted?.over === 'http' && answered === 'https')
}

/** All that may answer where an allowance names a service. */
export function listSatisfying(catalogue: Catalogue, service: string): string[] {
  const answers = new Set([...catalogue.byService.keys(), ...RECOGNISED, service])
  return [...answers].filter((answered) =>
    [true, false].some((isInTls) => satisfies(catalogue, { service: answered, isInTls }, service)),
  )
}
