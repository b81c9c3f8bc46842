/** Groups of findings in a few words, for headlines. What is foreign in them is short: it displaces neither the host nor the port. */
import type { Finding } from '../model.ts'
import { countPorts, readRanges } from '../port-ranges.ts'
import { count, formatNumber } from './counts.ts'
import { isQuoted } from './escape.ts'
import { wordInFew } from './findings.ts'
import { formatPorts, type Group } from './group.ts'
import {
  countHosts,
  isShort,
  listHosts,
  listSpots,
  namePorts,
  type Spot,
  shortenHost,
  shortenPorts,
  shortenTarget,
} from './spots.ts'
import { isBlock } from './wording/names.ts'
import { THIS_RUN } from './wording/wording.ts'

/** Hosts of one cause, of which the first is named; of more, only their number is said. */
export const FEW_HOSTS = 3

/** The hosts and ports of a group, as different sentences need them. */
interface Named {
  /** `db.example.com:6379`, `106 addresses (port 6379)`. */
  where: string
  /** `redis open on db.example.com:6379`, `redis open on 106 addresses (port 6379)`. */
  open: string
  /** `port 6379 of db.example.com`, `port 6379 of 106 addresses`. */
  ports: string
}

/** A group in a few words: `redis open on db.example.com:6379`, `redis open on 106 addresses (port 6379)`. */
export function nameGroup(group: Group): string {
  return sayGroup(group, nameAll(group))
}

/** The same where it is about more than a few hosts: they are only counted. Undefined for those that are not more. */
export function nameMany(group: Group, few = FEW_HOSTS): string | undefined {
  const many = countAll(group, few)
  return many && sayGroup(group, many)
}

/** Its ports and hosts: `port 6379 of db.example.com`, `port 6379 of 106 addresses`. */
export function namePortsOf(group: Group): string {
  return nameAll(group).ports
}

function sayGroup({ first }: Group, { where, open }: Named): string {
  return wordInFew(first, where, open) ?? `${first.id}: ${where}`
}

function nameAll(group: Group): Named {
  return countAll(group, FEW_HOSTS) ?? nameFirst(group)
}

/** The first host, and how many more there are. */
function nameFirst({ first, findings }: Group): Named {
  const spots = listSpots(findings)
  const [spot = { addresses: [], ports: '' }] = spots
  const more = sayMore(spots)
  const host = shortenHost(spot)
  return {
    where: (shortenTarget(spot) || THIS_RUN) + more,
    open: sayOpen(first, spot) + more,
    ports: (spot.ports && host ? `${shortenPorts(spot.ports)} of ${host}` : host) + more,
  }
}

/** How many hosts, and on which ports; undefined for a few, and for what is about the policy. */
function countAll({ first, findings }: Group, few: number): Named | undefined {
  const { kind, state } = first
  const isSeen = state !== undefined || kind === 'doubt'
  if (!isSeen || listHosts(findings).length <= few) return undefined
  const hosts = countHosts(findings)
  const service = nameService(first)
  const ports = formatPorts(findings)
  const number = countPorts(readRanges(ports))
  if (number === 0) return { where: hosts, open: `${service ?? 'port'} open on ${hosts}`, ports: hosts }
  if (number === 1) {
    const where = `${hosts} (${namePorts(ports)})`
    const open =
      service === undefined ? `${namePorts(ports)} open on ${hosts}` : `${service} open on ${where}`
    return { where, open, ports: `${namePorts(ports)} of ${hosts}` }
  }
  if (haveAll(findings, number)) {
    const numbered = count(number, 'port')
    const each = `each of ${hosts}${isShort(ports) ? ` (${ports.replaceAll(',', ', ')})` : ''}`
    const where = `${numbered} of ${each}`
    return { where, open: `${service ?? numbered} open on ${service ? where : each}`, ports: where }
  }
  const pairs = findings.reduce((sum, { alike }) => sum + (alike ? countPorts(alike.ports) : 1), 0)
  const list = shortenPorts(ports)
  const where = `${hosts} (${list}; ${count(pairs, 'pair')})`
  return { where, open: `${service ?? 'ports'} open on ${where}`, ports: `${list} of ${hosts}` }
}

/** Whether each of the hosts has all of the ports. */
function haveAll(findings: readonly Finding[], ports: number): boolean {
  const byHost = new Map<string, Finding[]>()
  for (const finding of findings) {
    const key = JSON.stringify([finding.endpoint, finding.address])
    const known = byHost.get(key)
    if (known) known.push(finding)
    else byHost.set(key, [finding])
  }
  return [...byHost.values()].every((own) => countPorts(readRanges(formatPorts(own))) === ports)
}

/** Longest name of a service, and what it is made of, in a line that says several things. A policy may call one anything. */
const PLAIN_SERVICE = /^[\p{L}\p{N}.\-_/+ ]{1,30}$/u

/** A service as it is called, if that is short and plain; else it is left to the finding to say. */
export function plainService(name: string | undefined): string | undefined {
  return name !== undefined && PLAIN_SERVICE.test(name) ? name : undefined
}

/** What answers, and the guess where there is one: `redis`, `http (usually elasticsearch)`. */
function nameService({ service, usual }: Pick<Finding, 'service' | 'usual'>): string | undefined {
  const guess = plainService(usual)
  if (service !== undefined && plainService(service) === undefined) return undefined
  return guess === undefined ? service : `${service ?? 'unidentified service'} (usually ${guess})`
}

/** `redis open on db.example.com:6379`; `port 6379 open on …` where the service cannot be named. */
export function sayOpen(answer: Pick<Finding, 'service' | 'usual'>, spot: Spot): string {
  const service = nameService(answer)
  const host = shortenHost(spot)
  if (isQuoted(host) || service === undefined)
    return `${spot.ports ? shortenPorts(spot.ports) : 'port'} open on ${host || THIS_RUN}`
  return `${service} open on ${shortenTarget(spot) || THIS_RUN}`
}

function sayMore([first, ...others]: Spot[]): string {
  const addresses = first?.addresses.length ?? 0
  if (isBlock(first?.endpoint)) {
    const more = addresses - 1 + others.reduce((sum, spot) => sum + Math.max(1, spot.addresses.length), 0)
    return more > 0 ? ` and ${formatNumber(more)} more` : ''
  }
  if (others.length > 0) return ` and ${formatNumber(others.length)} more`
  return addresses > 1 ? ` (${formatNumber(addresses)} addresses)` : ''
}
