/** Where findings are. */
import type { Finding, Place } from '../model.ts'
import { countPorts, formatRanges, readRanges } from '../port-ranges.ts'
import { nameHosts } from './alike-hosts.ts'
import { atMost, count } from './counts.ts'
import { isQuoted, printable, quote } from './escape.ts'
import { groupBy } from './group.ts'
import { cutMiddle } from './layout.ts'
import { isBlock } from './wording/names.ts'

/** One place that a finding is about: an endpoint, which of its addresses and which ports. Any may be absent. */
export interface Spot {
  environment?: string
  endpoint?: string
  addresses: string[]
  /** As ranges, `22,8000-8010`; empty where it is not about a port. */
  ports: string
  place?: Place
}

/** Where the findings are: addresses of an endpoint that have the same ports and the same place are one spot. */
export function listSpots(findings: readonly Finding[]): Spot[] {
  const spots = new Map<string, Spot>()
  const bySite = groupBy(findings, ({ environment, endpoint, place, address }) => [
    environment,
    endpoint,
    place,
    address,
  ])
  for (const { first, findings: here } of bySite) {
    const ports = formatRanges(here.flatMap(({ port }) => port ?? []).sort((a, b) => a - b))
    const { environment, endpoint, place, address } = first
    const key = JSON.stringify([environment, endpoint, place, ports])
    const spot = spots.get(key)
    if (!spot) spots.set(key, { environment, endpoint, place, ports, addresses: address ? [address] : [] })
    else if (address) spot.addresses.push(address)
  }
  return [...spots.values()]
}

/** Names of hosts that are listed for the same ports. */
const MOST_HOSTS = 8

/**
 * Where findings are, a line each: hosts that have the same ports are together, `10.88.2.1-199: 8080 (in 10.88.2.0/24)`.
 */
export function listWhere(findings: readonly Finding[]): string[] {
  const alike = new Map<string, Spot[]>()
  // All ports of a host together, whatever lines of the policy they are governed by.
  for (const spot of listSpots(findings.map((finding) => ({ ...finding, place: undefined })))) {
    const { environment, endpoint, ports } = spot
    const key = JSON.stringify([environment, ports, isBlock(endpoint) ? endpoint : ''])
    const known = alike.get(key)
    if (known) known.push(spot)
    else alike.set(key, [spot])
  }
  return [...alike.values()].map(formatAlike).filter(Boolean)
}

function formatAlike(spots: Spot[]): string {
  const [first] = spots as [Spot]
  const { environment, endpoint, addresses, ports } = first
  const isInBlock = isBlock(endpoint)
  if (spots.length === 1 && (!isInBlock || addresses.length < 2)) return formatSpot(first)
  const hosts = spots.flatMap((spot) => (isInBlock ? spot.addresses : (spot.endpoint ?? spot.addresses)))
  const names = nameHosts(hosts, MOST_HOSTS)
  const context = [isInBlock && `(in ${endpoint})`, environment && `in ${environment}`].filter(Boolean)
  return [ports ? `${names}: ${ports.replaceAll(',', ', ')}` : names, ...context].join(' ')
}

/** `.github/port-policy.yml:12:5`. */
export function formatPlace({ file, line, column }: Place): string {
  return `${file}:${line}:${column}`
}

/** The host and the ports of a spot: `db.example.com:6379`, `192.0.2.9 ports 22, 80`. Empty where it has neither. */
export function formatTarget(spot: Spot): string {
  return joinPorts(hostOf(spot), spot.ports)
}

function hostOf({ endpoint, addresses }: Omit<Spot, 'ports'>): string {
  return (isBlock(endpoint) ? addresses[0] : endpoint) ?? endpoint ?? addresses[0] ?? ''
}

function joinPorts(host: string, ports: string): string {
  if (ports === '') return host
  if (host === '') return `port ${ports}`
  if (/[,-]/.test(ports) || host.includes('/')) return `${host} ${namePorts(ports)}`
  return host.includes(':') ? `[${host}]:${ports}` : `${host}:${ports}`
}

/** `port 22`, `ports 22, 80-81`. */
export function namePorts(ports: string): string {
  return `${/[,-]/.test(ports) ? 'ports' : 'port'} ${ports.replaceAll(',', ', ')}`
}

/** The hosts of some findings, each once: names, and the addresses of blocks. */
export function listHosts(findings: readonly Finding[]): string[] {
  return [...new Set(findings.map(nameHost).filter(Boolean))]
}

function nameHost({ endpoint, address }: Finding): string {
  return formatTarget({ endpoint, addresses: address === undefined ? [] : [address], ports: '' })
}

/** `106 addresses`, or `12 hosts` where some of them have names. */
export function countHosts(findings: readonly Finding[]): string {
  const number = listHosts(findings).length
  const areAddresses = findings.every((finding) => nameHost(finding) === finding.address)
  return areAddresses ? count(number, 'address', 'addresses') : count(number, 'host')
}

/** Columns of a host in a line that names several things, and how many of them are the beginning of a longer name. */
const SHORT_HOST = 40
const SHORT_HEAD = 13

/** Longest list of ports in such a line. */
const SHORT_PORTS = 20

/** What names, addresses, blocks, patterns and URLs are made of. */
const PLAIN_HOST = /^[\p{L}\p{M}\p{N}.:/*?!{},()[\]_%@~-]*$/u

/** The host, for a line that has more to say. Of a long name mostly the end is kept: the domain tells most. Anything else is quoted. */
export function shortenHost(spot: Omit<Spot, 'ports'>): string {
  const host = printable(hostOf(spot))
  const short = cutMiddle(host, SHORT_HOST, SHORT_HEAD)
  return PLAIN_HOST.test(host) ? short : quote(short)
}

/** The same with the ports, all of which are named or counted; they come first where the host is quoted. */
export function shortenTarget(spot: Spot): string {
  const host = shortenHost(spot)
  const { ports } = spot
  if (ports === '' || host === '') return joinPorts(host, ports)
  return isShort(ports) && !isQuoted(host) ? joinPorts(host, ports) : `${shortenPorts(ports)} of ${host}`
}

/** `port 22`, `ports 22, 80-81`, `37 ports` of more than fit. */
export function shortenPorts(ports: string): string {
  return isShort(ports) ? namePorts(ports) : count(countPorts(readRanges(ports)), 'port')
}

/** Whether a list of ports has room in a line that says several things. */
export function isShort(ports: string): boolean {
  return ports.length <= SHORT_PORTS
}

/** What else is known of a spot: `(192.0.2.10, 192.0.2.11) in production`. Empty where nothing is. */
export function formatContext({ endpoint, addresses, environment }: Spot): string {
  const others =
    endpoint === undefined || isBlock(endpoint)
      ? addresses.slice(1)
      : addresses.filter((address) => address !== endpoint)
  const block = isBlock(endpoint) && addresses.length > 0 ? [`in ${endpoint}`] : []
  const list = [...atMost(others, 6), ...block].join(', ')
  return [list && `(${list})`, environment && `in ${environment}`].filter(Boolean).join(' ')
}

/** A spot in full: `db.example.com:6379 (192.0.2.10, 192.0.2.11) in production`. */
export function formatSpot(spot: Spot): string {
  return `${formatTarget(spot)} ${formatContext(spot)}`.trim()
}
