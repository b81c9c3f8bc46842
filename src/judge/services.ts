import type { Allowance, OpenPort } from '../model.ts'
import type { HostCase } from './host.ts'

/** What can be recognised by its own protocol and by nothing that carries it. */
const RECOGNISED = new Set(['http', 'https', 'tls', 'ssh', 'redis', 'mysql'])

/**
 * What a real server was recognised as whenever it was asked (docs/identify.md has them), so that silence where one of
 * these should be means something.
 */
export const RECOGNISED_WITHOUT_FAIL: ReadonlySet<string> = new Set([
  ...RECOGNISED,
  ...['amqp', 'domain', 'ftp', 'imap', 'imaps', 'ipp', 'ldap', 'ldaps', 'memcache', 'microsoft-ds', 'mqtt'],
  ...['ms-wbt-server', 'pop3', 'postgresql', 'rfb', 'rsync', 'secure-mqtt', 'smtp', 'snmp', 'socks', 'squid'],
  ...['sunrpc', 'x11', 'zookeeper'],
])

/**
 * Whether what answers on an allowed port is something else than the policy wants there. An allowance without a
 * service takes anything.
 */
export function whatIsWrongWithService(about: HostCase, open: OpenPort, live: Allowance[]): boolean {
  const wanted = live.map(({ service }) => service)
  if (wanted.includes(undefined) || !about.planned.scan.identify) return false
  const services = wanted.filter((service) => service !== undefined)
  if (open.service === undefined) {
    // Not asked, or not to be recognised: no reason to accuse.
    return !isUnasked(about, open) && services.every((service) => RECOGNISED_WITHOUT_FAIL.has(service))
  }
  return !services.some((service) => satisfies(about, open, service))
}

/** Whether what answered may be the service; where it is carried by HTTP or TLS, the carrier is all that is seen. */
function satisfies({ catalogue }: HostCase, open: OpenPort, service: string): boolean {
  const { service: answered, tls } = open
  if (answered === service) return true
  if (service === 'tls') return tls !== undefined
  // TLS stood, and HTTP inside it said nothing: it may want a client's certificate first.
  if (service === 'https' && answered === 'tls') return true
  const carrier = answered === undefined ? undefined : catalogue.byService.get(answered)?.over
  // Jenkins is HTTP as well.
  if (carrier === 'http' && (service === 'http' || service === 'https'))
    return service === 'http' || tls !== undefined
  if (RECOGNISED.has(service)) return false
  const over = catalogue.byService.get(service)?.over
  return answered === 'tls' || answered === over || (over === 'http' && answered === 'https')
}

/** Whether this scan had no time to ask what answers, or no connection to ask it on. */
function isUnasked({ stopped, host }: HostCase, { port }: OpenPort): boolean {
  return stopped || host.unasked?.includes(port) === true
}

/** Whether an allowance asks for a service that this scan could not ask for. */
export function isServiceUnseen(about: HostCase, open: OpenPort, live: Allowance[]): boolean {
  const wanted = live.map(({ service }) => service)
  return (
    isUnasked(about, open) &&
    about.planned.scan.identify &&
    open.service === undefined &&
    !wanted.includes(undefined)
  )
}
