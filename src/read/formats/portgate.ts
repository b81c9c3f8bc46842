import { REASONS, type Reason } from '../../model.ts'
import { readPort, readPortList } from '../ports.ts'
import {
  type Position,
  type Reader,
  ResultsError,
  type Sink,
  type StatedHost,
  type StatedPort,
  type StatedPorts,
} from '../reading.ts'
import { plain } from '../services.ts'
import { createMemberReader } from './json-members.ts'
import { isObject, readObject } from './json-objects.ts'

/**
 * Portgate's own `report.json`, schema version 1. It has all states. What only its findings say (names without addresses, canaries that
 * were not open) is read as well, or the doubts of that run would be lost.
 */
export function createPortgateReader(sink: Sink): Reader {
  const members = new Map<string, unknown>()
  const hosts: StatedHost[] = []
  const everywhere = new Set<string>()
  let isBlind = false
  const refuse = (position: Position): never => {
    throw new ResultsError(position, 'this is not a Portgate report of `schemaVersion` 1')
  }
  return createMemberReader({
    lists: new Set(['hosts', 'findings', 'policyChanges']),
    member(text, position) {
      const object = readObject(`{${text}}`)
      if (!object) return refuse(position)
      for (const [name, value] of Object.entries(object)) members.set(name, value)
      if ('schemaVersion' in object && object.schemaVersion !== 1) refuse(position)
    },
    item(name, text, position) {
      const value = readObject(text)
      if (!value) return refuse(position)
      if (name === 'hosts') hosts.push(readHost(value) ?? refuse(position))
      if (name !== 'findings') return
      isBlind ||= value.id === 'canary-not-open'
      if (value.id === 'answers-everywhere')
        everywhere.add(nameOf(value.environment, value.endpoint, value.address))
      if (typeof value.endpoint === 'string') readGap(value.endpoint, value, sink)
    },
    end(position) {
      const { schemaVersion, tool, startedAt, finishedAt } = Object.fromEntries(members)
      if (schemaVersion !== 1 || !isObject(tool) || tool.name !== 'portgate') refuse(position)
      const { version } = tool as Record<string, unknown>
      sink.scan({
        tool: 'Portgate',
        ...(typeof version === 'string' ? { version } : {}),
        startedAt: readInstant(startedAt),
        finishedAt: readInstant(finishedAt),
        hasAllAddresses: true,
      })
      for (const host of hosts) {
        const isEverywhere = everywhere.has(nameOf(host.environment, host.names[0], host.address))
        const stated = isEverywhere ? { ...host, isEverywhere } : host
        sink.host(isBlind ? { ...stated, closed: [], filtered: [] } : stated)
      }
    },
  })
}

function nameOf(...parts: unknown[]): string {
  return JSON.stringify(parts)
}

/** Milliseconds since 1970; undefined if the text is not a time. */
export function readInstant(text: unknown): number | undefined {
  const at = typeof text === 'string' ? Date.parse(text) : Number.NaN
  return Number.isNaN(at) ? undefined : at
}

/** A host of a report; undefined where it is none. */
export function readHost({
  environment,
  endpoint,
  address,
  ports,
}: Record<string, unknown>): StatedHost | undefined {
  if (typeof endpoint !== 'string' || typeof address !== 'string' || !isObject(ports)) return undefined
  const { open, closed, filtered, unknown } = ports
  if (!Array.isArray(open) || !Array.isArray(unknown)) return undefined
  const opened = open.map(readOpen)
  const shut = [readRanges(closed, 'conn-refused'), readRanges(filtered, 'no-response')] as const
  const unseen = unknown.map((group) =>
    isObject(group) ? readRanges(group.ports, readReason(group.reason)) : undefined,
  )
  const isWhole = [...opened, ...shut, ...unseen].every((part) => part !== undefined)
  if (!isWhole) return undefined
  return {
    ...(typeof environment === 'string' ? { environment } : {}),
    address,
    names: [endpoint],
    open: opened as StatedPort[],
    closed: [shut[0] as StatedPorts],
    filtered: [shut[1] as StatedPorts],
    unknown: unseen as StatedPorts[],
  }
}

function readOpen(value: unknown): StatedPort | undefined {
  if (!isObject(value)) return undefined
  const port = readPort(value.port)
  if (port === undefined) return undefined
  const open = { port, reason: 'syn-ack' } as const
  const { service, product, tls } = value
  if (typeof service !== 'string') return { ...open, isUnasked: true }
  return {
    ...open,
    service: plain(service),
    ...(typeof product === 'string' ? { product: plain(product) } : {}),
    ...(isObject(tls) ? { tls: readTls(tls) } : {}),
  }
}

function readTls({ protocol, validTo }: Record<string, unknown>): StatedPort['tls'] {
  const until = readInstant(validTo)
  return {
    protocol: typeof protocol === 'string' ? protocol.replace(/[^\w.]/g, '').slice(0, 20) : 'TLS',
    names: [],
    ...(until === undefined ? {} : { validTo: new Date(until).toISOString() }),
  }
}

function readRanges(text: unknown, reason: Reason): StatedPorts | undefined {
  const ports = typeof text === 'string' ? readPortList(text) : undefined
  return ports && { ports, reason }
}

/** A newer Portgate may have other reasons. */
function readReason(text: unknown): Reason {
  return REASONS.find((reason) => reason === text) ?? 'not-stated'
}

/** What that run could not find or reach. */
function readGap(
  endpoint: string,
  { id, environment, address, message }: Record<string, unknown>,
  sink: Sink,
): void {
  const kind = id === 'unresolved-host' ? 'unresolved' : id === 'no-ipv6-here' ? 'no-ipv6' : undefined
  if (!kind) return
  const detail = typeof message === 'string' ? message.slice(0, 300) : ''
  const about = typeof environment === 'string' ? { environment } : {}
  sink.gap({ ...about, endpoint, kind, detail, ...(typeof address === 'string' ? { address } : {}) })
}
