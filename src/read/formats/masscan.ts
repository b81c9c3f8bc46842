import type { StatedHost, StatedPorts } from '../reading.ts'
import { toIdentified } from '../services.ts'

/** What all of masscan's formats have of one port. */
interface Record {
  address: unknown
  port: number
  state: unknown
  /** Where a banner was taken (`--banners`). */
  service?: unknown
}

/**
 * masscan's names for a part of an answer, which are not names of services: the service that the part belongs to, empty
 * if unknown.
 */
const PARTS: ReadonlyMap<string, string> = new Map([
  ['X509', 'tls'],
  ['ssl', 'tls'],
  ['vuln', ''],
  ['title', 'http'],
  ['http.server', 'http'],
  ['html', 'http'],
  ['unknown', ''],
])

/** A record of one port as what is stated of its host. Undefined where it is none. */
export function toMasscanHost({ address, port, state, service }: Record): StatedHost | undefined {
  if (typeof address !== 'string') return undefined
  const host = { address, names: [], open: [] }
  if (state === 'closed') return { ...host, closed: [single(port)] }
  if (state !== 'open') return undefined
  const name = typeof service === 'string' ? (PARTS.get(service) ?? service) : ''
  if (name === '') return { ...host, open: [{ port, reason: 'syn-ack', isUnasked: true }] }
  return { ...host, open: [{ port, reason: 'syn-ack', ...toIdentified(name, '', name === 'tls') }] }
}

function single(port: number): StatedPorts {
  return { ports: [{ from: port, to: port }], reason: 'conn-refused' }
}
