import type { PortRange } from '../../model.ts'
import { countPorts, subtractRanges, toRanges } from '../../port-ranges.ts'
import { readPort } from '../ports.ts'
import {
  type Position,
  type Reader,
  ResultsError,
  type Sink,
  type StatedHost,
  type StatedPort,
} from '../reading.ts'
import { toIdentified } from '../services.ts'
import { readClock } from './clock.ts'
import { createGrepableReader } from './grepable.ts'
import { NMAP_STATES } from './nmap-states.ts'

/** `22/open/tcp//ssh//OpenSSH 9.2p1/`: nmap writes `|` for a slash in any of these. */
const PORT = /(\d+)\/([^/]*)\/([^/]*)\/[^/]*\/([^/]*)\/[^/]*\/([^/]*)\/(?:, |$)/y

const HEADER = /^# Nmap (\S+) scan initiated (.+?) as: (.*)$/

/**
 * nmap's `-oG`. It says which ports were scanned only with `-v`. For those that are not listed it gives one state and their number,
 * or nothing if they are in several states.
 */
export function createNmapGrepableReader(sink: Sink): Reader {
  return createGrepableReader((text, position, scanned) => {
    if (text.startsWith('Host: ')) {
      const host = readHost(text, scanned, position)
      if (host) sink.host(host)
      return 'more'
    }
    const [header, version, clock = '', args = ''] = HEADER.exec(text) ?? []
    if (header) {
      const startedAt = readClock(clock)
      sink.scan({ tool: 'nmap', version, startedAt, isLocalTime: true })
      if (/(?:^| )--?resolve-all(?: |$)/.test(args)) sink.scan({ hasAllAddresses: true })
      return 'more'
    }
    const [done, finished = ''] = /^# Nmap done at (.+?) -- /.exec(text) ?? []
    if (!done) throw new ResultsError(position, "this is not a line of nmap's `-oG`")
    sink.scan({ finishedAt: readClock(finished) })
    return 'done'
  })
}

function readHost(
  line: string,
  scanned: readonly PortRange[] | undefined,
  position: Position,
): StatedHost | undefined {
  const [head = '', ...fields] = line.split('\t')
  const [, address] = /^Host: (\S+) \(.*\)$/.exec(head) ?? []
  if (address === undefined || fields.length === 0)
    throw new ResultsError(position, 'this line names no host, or nothing of it')
  const host: StatedHost = { address, names: [], open: [] }
  const fieldOf = (name: string) => fields.find((field) => field.startsWith(name))?.slice(name.length)
  const status = fieldOf('Status: ')
  if (status === 'Timeout') return { ...host, gaveUp: 'host-timeout' }
  if (status === 'Down') return { ...host, gaveUp: 'host-down' }
  const ports = fieldOf('Ports: ')
  if (ports === undefined) return status === 'Up' ? host : undefined
  return readPorts(host, ports, fieldOf('Ignored State: '), scanned, position)
}

function readPorts(
  host: StatedHost,
  ports: string,
  ignored: string | undefined,
  scanned: readonly PortRange[] | undefined,
  position: Position,
): StatedHost {
  const refuse = (what: string): never => {
    throw new ResultsError(position, `this host contradicts itself: ${what}`)
  }
  const listed: Record<'closed' | 'filtered' | 'unknown', number[]> = {
    closed: [],
    filtered: [],
    unknown: [],
  }
  const numbers: number[] = []
  PORT.lastIndex = 0
  while (PORT.lastIndex < ports.length) {
    const at = PORT.lastIndex
    const [match, text, word = '', protocol, service = '', version = ''] = PORT.exec(ports) ?? []
    const meaning = NMAP_STATES[word]
    if (!match || !meaning) {
      if (ports.slice(at).trim() === '') break
      throw new ResultsError(position, "this is not a list of ports of nmap's `-oG`")
    }
    const port = readPort(text)
    if (protocol !== 'tcp' || port === undefined) continue
    numbers.push(port)
    if (meaning.state === 'open') host.open.push(identify(port, service, version))
    else listed[meaning.state].push(port)
  }
  const ranges = toRanges(numbers.sort((a, b) => a - b))
  if (countPorts(ranges) !== numbers.length) refuse('it has a port twice')
  const shut = {
    closed: [{ ports: toRanges(listed.closed), reason: 'conn-refused' as const }],
    filtered: [{ ports: toRanges(listed.filtered), reason: 'no-response' as const }],
    unknown: [{ ports: toRanges(listed.unknown), reason: 'not-stated' as const }],
  }
  if (scanned) {
    if (subtractRanges(ranges, scanned).length > 0) refuse('it has a port that was not scanned')
    const rest = subtractRanges(scanned, ranges)
    const [, word = '', count] = /^(\S+) \((\d+)\)$/.exec(ignored ?? '') ?? []
    const meaning = NMAP_STATES[word]
    if (ignored !== undefined && (!meaning || Number(count) !== countPorts(rest)))
      refuse('its ports are not as many as were scanned')
    if (meaning?.state === 'closed') shut.closed.push({ ports: rest, reason: 'conn-refused' })
    else if (meaning?.state === 'filtered') shut.filtered.push({ ports: rest, reason: 'no-response' })
    else if (meaning) shut.unknown.push({ ports: rest, reason: 'not-stated' })
    // Several states are ignored together, and not named. What is open is always listed, what may be open need not be.
    else if (rest.length > 0) shut.unknown.push({ ports: rest, reason: 'not-stated' })
  }
  return { ...host, ...shut }
}

/**
 * A name with a question mark is the usual one of the port's number. So is one without, unless a version or TLS is
 * given.
 */
function identify(port: number, service: string, version: string): StatedPort {
  const open = { port, reason: 'syn-ack' } as const
  const isInTls = service.startsWith('ssl|')
  if (service === 'tcpwrapped') return open
  const isProbed = !service.endsWith('?') && (isInTls || version !== '')
  if (!isProbed && !isInTls) return { ...open, isUnasked: true }
  return { ...open, ...toIdentified(isProbed ? service : undefined, version, isInTls) }
}
