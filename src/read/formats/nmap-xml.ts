import { countPorts, toRanges } from '../../port-ranges.ts'
import { readPort, readPortList } from '../ports.ts'
import { type Position, ResultsError, type Sink, type StatedHost, type StatedPort } from '../reading.ts'
import { toIdentified } from '../services.ts'
import { readSeconds } from './clock.ts'
import { addUnlisted, type Extra, readExtra, readExtraReason, type Scanned } from './nmap-extraports.ts'
import { NMAP_STATES, reasonOf } from './nmap-states.ts'
import type { Element, ElementHandler } from './xml.ts'

type Attributes = Element['attributes']

/** A host that is being read. */
interface Host {
  address?: string
  names: string[]
  isUp: boolean
  timedOut: boolean
  /** `port` elements by number, `tcp` only. */
  ports: Map<number, Attributes>
  services: Map<number, Attributes>
  states: Map<number, Attributes>
  extras: Extra[]
}

/**
 * nmap's `-oX` (nmap.dtd, schema 1.05). `scaninfo` says which ports were scanned, `extraports` which state those have that are not
 * listed, and `runstats` that the scan is complete.
 */
export function nmapElements(sink: Sink): ElementHandler {
  const scanned: Scanned = { hasOthers: false }
  let host: Host | undefined
  let port: number | undefined
  let isFinished = false
  const hosts = { up: 0, down: 0 }

  const openInHost = (within: Host, { name, attributes, path }: Element, position: Position) => {
    switch (`${path.slice(2).join('/')}/${name}`) {
      case '/status':
        within.isUp = attributes.state !== 'down'
        return
      case '/address':
        if (attributes.addrtype !== 'mac') within.address ??= attributes.addr
        return
      case 'hostnames/hostname':
        if (attributes.type === 'user' && attributes.name) within.names.push(attributes.name)
        return
      case 'ports/extraports':
        within.extras.push(readExtra(attributes, position))
        return
      case 'ports/extraports/extrareasons':
        readExtraReason(within.extras.at(-1) as Extra, attributes, position)
        return
      case 'ports/port':
        port = attributes.protocol === 'tcp' ? openPort(within, attributes, position) : undefined
        return
      case 'ports/port/state':
        if (port !== undefined) within.states.set(port, attributes)
        return
      case 'ports/port/service':
        if (port !== undefined) within.services.set(port, attributes)
    }
  }

  return {
    open(element, position) {
      const { name, attributes, path } = element
      if (host && path.length >= 2) return openInHost(host, element, position)
      switch (path.length === 0 ? '' : `${path.slice(1).join('/')}/${name}`) {
        case '':
          sink.scan(describeRun(attributes))
          return
        case '/scaninfo':
          readScanInfo(attributes, scanned, position)
          return
        case '/host':
          host = startHost(attributes)
          return
        case 'runstats/finished':
          if (attributes.exit !== undefined && attributes.exit !== 'success')
            throw new ResultsError(position, 'nmap says that this scan failed')
          isFinished = true
          sink.scan({ finishedAt: readSeconds(attributes.time) })
          return
        case 'runstats/hosts':
          requireCount(attributes, hosts, position)
      }
    },
    close({ name, path }, position) {
      if (name === 'nmaprun' && path.length === 0 && !isFinished)
        throw new ResultsError(position, 'nmap does not say that this scan has come to its end (`runstats`)')
      if (name !== 'host' || path.length !== 1 || !host) return
      hosts[host.isUp ? 'up' : 'down'] += 1
      const stated = toStatedHost(host, scanned, position)
      host = undefined
      if (stated) sink.host(stated)
    },
  }
}

function describeRun({ version, start, args = '' }: Attributes) {
  return {
    tool: 'nmap',
    version,
    startedAt: readSeconds(start),
    ...(/(?:^| )--?resolve-all(?: |$)/.test(args) ? { hasAllAddresses: true as const } : {}),
  }
}

/** UDP and SCTP have a `scaninfo` of their own, which is ignored. */
function readScanInfo(
  { protocol, services = '', numservices }: Attributes,
  scanned: Scanned,
  position: Position,
): void {
  if (protocol !== 'tcp') {
    scanned.hasOthers = true
    return
  }
  const ports = readPortList(services)
  if (scanned.ports || !ports)
    throw new ResultsError(position, 'this `scaninfo` does not say which ports were scanned')
  const isZeroIn = /(?:^|,)0(?:-|,|$)/.test(services)
  if (countPorts(ports) + Number(isZeroIn) !== Number(numservices))
    throw new ResultsError(
      position,
      'this `scaninfo` contradicts itself: it does not list as many ports as it counts',
    )
  scanned.ports = ports
}

function startHost({ timedout }: Attributes): Host {
  return {
    names: [],
    isUp: true,
    timedOut: timedout === 'true',
    ports: new Map(),
    services: new Map(),
    states: new Map(),
    extras: [],
  }
}

function openPort({ ports }: Host, attributes: Attributes, position: Position): number | undefined {
  const number = readPort(attributes.portid)
  if (number === undefined) {
    if (attributes.portid === '0') return undefined
    throw new ResultsError(position, 'this is no TCP port')
  }
  if (ports.has(number)) throw new ResultsError(position, 'this host contradicts itself: it has a port twice')
  ports.set(number, attributes)
  return number
}

/** With `--open`, a file may list fewer hosts than it counts; one that lists more is not nmap's. */
function requireCount(
  { up, down }: Attributes,
  seen: { up: number; down: number },
  position: Position,
): void {
  if (Number(up) >= seen.up && Number(down) >= seen.down) return
  throw new ResultsError(position, 'this file contradicts itself: it counts fewer hosts than it has')
}

/** @returns undefined for a host without an address */
function toStatedHost(host: Host, scan: Scanned, position: Position): StatedHost | undefined {
  const { address, names, timedOut, isUp, ports, states, services } = host
  if (address === undefined) return undefined
  const stated: Required<Omit<StatedHost, 'gaveUp' | 'environment' | 'isEverywhere'>> &
    Pick<StatedHost, 'gaveUp'> = {
    address,
    names,
    open: [],
    closed: [],
    filtered: [],
    unknown: [],
  }
  const listed = [...ports.keys()].sort((a, b) => a - b)
  const groups = { closed: stated.closed, filtered: stated.filtered, unknown: stated.unknown }
  for (const number of listed) {
    const { state = '', reason } = states.get(number) ?? {}
    const meaning = NMAP_STATES[state]
    if (!meaning) throw new ResultsError(position, 'a port of this host has no state that nmap knows')
    if (meaning.state === 'open') stated.open.push(identify(number, services.get(number)))
    else
      groups[meaning.state].push({ ports: [{ from: number, to: number }], reason: reasonOf(meaning, reason) })
  }
  if (timedOut) return { ...stated, gaveUp: 'host-timeout' }
  if (!isUp) return { ...stated, gaveUp: 'host-down' }
  addUnlisted(host.extras, toRanges(listed), scan, groups, (what) => {
    throw new ResultsError(position, `this host contradicts itself: ${what}`)
  })
  return stated
}

/** What is behind a port is known where nmap has asked (`-sV`); without that, it writes the usual name of the number. */
function identify(port: number, service: Attributes | undefined): StatedPort {
  const { name, product = '', version = '', tunnel, method, servicefp } = service ?? {}
  const isInTls = tunnel === 'ssl'
  const open = { port, reason: 'syn-ack' } as const
  // It accepted and hung up, or it answered what nmap does not know.
  if (name === 'tcpwrapped' || servicefp !== undefined)
    return { ...open, ...toIdentified(undefined, '', isInTls) }
  const isProbed = method === 'probed'
  if (!isProbed && !isInTls) return { ...open, isUnasked: true }
  return { ...open, ...toIdentified(isProbed ? name : undefined, `${product} ${version}`.trim(), isInTls) }
}
