/** Where findings are. */
import type { Finding, Place } from '../model.ts'
import { formatRanges } from '../port-ranges.ts'
import { atMost } from './counts.ts'
import { groupBy } from './group.ts'
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

/** `.github/port-policy.yml:12:5`. */
export function formatPlace({ file, line, column }: Place): string {
  return `${file}:${line}:${column}`
}

/** The host and the ports of a spot: `db.example.com:6379`, `192.0.2.9 ports 22, 80`. Empty where it has neither. */
export function formatTarget({ endpoint, addresses, ports }: Spot): string {
  const host = (isBlock(endpoint) ? addresses[0] : endpoint) ?? endpoint ?? addresses[0] ?? ''
  if (ports === '') return host
  if (host === '') return `port ${ports}`
  if (/[,-]/.test(ports)) return `${host} ports ${ports.replaceAll(',', ', ')}`
  if (host.includes('/')) return `${host} port ${ports}`
  return host.includes(':') ? `[${host}]:${ports}` : `${host}:${ports}`
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
