import type { HostMatcher, Place, PlannedEndpoint, Policy, ScanPlan } from '../model.ts'
import { carriedIpv4, isBlockInside, isInCidr, normaliseAddress } from './addresses.ts'
import { matcherText, matchesHost } from './hosts.ts'
import { quote } from './problem.ts'

/**
 * What may be probed at all: names and patterns, addresses and CIDR blocks. Undefined: whatever the policy names.
 *
 * A name is in scope if an entry matches it, and then so is each address that it leads to: its owner's DNS vouches for
 * them. An address is in scope if an entry holds it. Where no entry is a name or a pattern, names are looked up and
 * their addresses decide. Off-limits addresses need an entry of their own in any case.
 */
export type Scope = readonly HostMatcher[] | undefined

/** Addresses that mean nothing without a zone, the interface of one machine (RFC 4007, 11), which no policy can name. */
const LINK_LOCAL = 'fe80::/10'

/** Whether an address, or a block, cannot be scanned, whatever the scope names: it would need a zone. */
export function needsZone(host: string): boolean {
  return isInCidr(LINK_LOCAL, host.replace(/\/\d+$/, ''))
}

/** Ranges in which no service of the user's own listens, or only services for this machine. */
const OFF_LIMITS: [cidr: string, what: string][] = [
  ['0.0.0.0/8', 'an address of no host (0.0.0.0/8)'],
  ['::/128', 'the unspecified address'],
  ['169.254.0.0/16', 'link-local, where clouds have their metadata'],
  [LINK_LOCAL, 'link-local'],
  ['224.0.0.0/4', 'multicast'],
  ['ff00::/8', 'multicast'],
  ['255.255.255.255/32', 'broadcast'],
  // What clouds offer their own machines outside of link-local.
  ['100.100.100.200/32', "Alibaba Cloud's metadata service"],
  ['100.80.80.80/32', "UCloud's metadata service"],
  ['100.96.0.96/32', "BytePlus's and Volcano Engine's metadata service"],
  ['168.63.129.16/32', "the host's agent on Azure"],
  ['192.0.0.192/32', "Oracle Cloud's metadata service"],
  ['fd00:ec2::/32', "Amazon's services for its own instances, metadata among them"],
  ['fd20:ce::254/128', "Google Cloud's metadata service"],
  ['fd00:c1::a9fe:a9fe/128', "Oracle Cloud's metadata service"],
  ['fd00:42::42/128', "Scaleway's metadata service"],
  ['fd00:a9fe:a9fe::1/128', "Linode's metadata service"],
  ['fd00:100::100:200/128', "Alibaba Cloud's metadata service"],
]

/** Why a name may not even be looked up; undefined where it may. */
export function refuseName(scope: Scope, name: string): string | undefined {
  const entries = scope?.filter(({ kind }) => kind === 'name' || kind === 'pattern') ?? []
  if (entries.length === 0 || entries.some((entry) => matchesHost(entry, { name }))) return undefined
  return 'is outside of `scope`: no name or pattern there matches it'
}

/**
 * Why an address may not be probed; undefined where it may.
 *
 * @param name the normalised name that led to it, if one did
 */
export function refuseAddress(scope: Scope, address: string, name?: string): string | undefined {
  const normal = normaliseAddress(address)
  if (normal === undefined) return 'is not an address'
  if (needsZone(normal))
    return 'cannot be scanned: it is link-local, and would need a zone, which Portgate does not support'
  const offLimits = findOffLimits(scope, normal) ?? findCarriedOffLimits(scope, normal)
  if (offLimits) return `is not probed unless \`scope\` names it: it is ${offLimits}`
  if (!scope || scope.some((entry) => matchesHost(entry, { name, address: normal }))) return undefined
  return 'is outside of `scope`: no address or CIDR block there holds it'
}

const LOOPBACK = ['127.0.0.0/8', '::1/128']

/**
 * Whether a name leads to this machine itself, so that no host would be scanned, unless the name is `localhost` (RFC
 * 6761, 6.3).
 */
export function leadsHome(address: string, name: string | undefined): boolean {
  if (name === undefined || normaliseAddress(name) !== undefined || /(^|\.)localhost$/.test(name))
    return false
  return isLoopback('address', address)
}

/** Whether a policy, a plan or a scope names loopback: then names may lead there as well. */
export function namesLoopback(
  { hosts, environments }: Policy,
  { endpoints }: ScanPlan,
  scope: Scope,
): boolean {
  // What a floor says of loopback is for the hosts of others as well.
  const own = hosts.filter(({ place }) => !place.floor)
  const rules = [...own, ...environments.flatMap(({ hosts }) => hosts)]
  return (
    [...rules.map(({ matcher }) => matcher), ...(scope ?? [])].some((matcher) =>
      isLoopback(matcher.kind, matcherText(matcher)),
    ) || endpoints.some(({ endpoint: { kind, host } }) => isLoopback(kind, host))
  )
}

/** Whether an address, or all of a block, is loopback. */
function isLoopback(kind: HostMatcher['kind'], text: string): boolean {
  if (kind === 'address') return LOOPBACK.some((cidr) => isInCidr(cidr, text))
  return kind === 'cidr' && LOOPBACK.some((cidr) => isBlockInside(text, cidr))
}

/**
 * What an IPv6 address leads to, if that is an off-limits IPv4 address that it carries. If carrying is a guess, an
 * address in 0.0.0.0/8 does not count.
 */
function findCarriedOffLimits(scope: Scope, address: string): string | undefined {
  for (const { ipv4, isGuess } of carriedIpv4(address)) {
    const offLimits = isGuess && isInCidr('0.0.0.0/8', ipv4) ? undefined : findOffLimits(scope, ipv4)
    if (offLimits) return offLimits
  }
  return undefined
}

/**
 * What an off-limits address is, unless `scope` has an entry for it or for a part of its range: `0.0.0.0/0` is not
 * enough.
 */
function findOffLimits(scope: Scope, address: string): string | undefined {
  const found = OFF_LIMITS.find(([cidr]) => isInCidr(cidr, address))
  if (!found) return undefined
  const [range, what] = found
  const isOpened = scope?.some((entry) => {
    if (entry.kind === 'address') return entry.address === address
    return entry.kind === 'cidr' && isInCidr(entry.cidr, address) && isBlockInside(entry.cidr, range)
  })
  return isOpened ? undefined : what
}

/** One host of a plan that may not be probed. */
export interface Refused {
  message: string
  /** What to do about it. */
  hint: string
  /** Where the policy names it. */
  place?: Place
}

const HINT = 'add it to `scope` if it is yours to probe, or remove it'
const ZONE_HINT = 'name another address of the host'

/**
 * All that a plan names and that may not be probed. What names lead to, which a frozen plan knows, is checked by the scan.
 */
export function listRefused({ endpoints }: ScanPlan, scope: Scope): Refused[] {
  const refused = new Map<string, Refused>()
  const note = (text: string, host: string, why: string | undefined, place?: Place) => {
    const message = `${text} ${why}`
    const hint = needsZone(host) ? ZONE_HINT : HINT
    if (why) refused.set(JSON.stringify([message, place]), { message, hint, ...(place ? { place } : {}) })
  }
  for (const { endpoint, addresses, scan } of endpoints) {
    note(quote(endpoint.text), endpoint.host, refuseEndpoint(scope, endpoint, addresses), endpoint.place)
    const { canary } = scan
    if (canary) note(`the canary ${quote(canary.host)}`, canary.host, refuseHost(scope, canary.host))
  }
  return [...refused.values()]
}

function refuseEndpoint(
  scope: Scope,
  { kind, host }: PlannedEndpoint['endpoint'],
  addresses: PlannedEndpoint['addresses'],
) {
  if (kind === 'name' || !addresses || addresses[0] === host) return refuseHost(scope, host)
  for (const address of addresses) {
    const why = refuseAddress(scope, address)
    if (why) return `may not be probed as a whole: ${address} ${why}`
  }
  return undefined
}

function refuseHost(scope: Scope, host: string): string | undefined {
  return normaliseAddress(host) === undefined ? refuseName(scope, host) : refuseAddress(scope, host)
}
