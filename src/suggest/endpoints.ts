import { listRuns } from '../judge/everywhere.ts'
import { hasAnswered, nameOf } from '../judge/host.ts'
import type { HostResult, PlannedEndpoint, PortRange, Unseen } from '../model.ts'
import { count } from '../numbers.ts'
import { selectedRanges } from '../policy/plan.ts'
import { formatRanges, inRanges } from '../port-ranges.ts'
import type { Evidence, Unsteady } from './evidence.ts'
import type { SeenEndpoint } from './suggestions.ts'

/** Remarks on the hosts of a block that are made one by one. */
const MOST_REMARKS = 20

/**
 * What could not be seen of each endpoint. Endpoints with nothing to judge are left out: a policy that names them would be in
 * doubt.
 */
export function describeEndpoints({ plan, scan, unsteady = [], catalogue }: Evidence): SeenEndpoint[] {
  const hostsOf = groupBy(scan.hosts)
  const unseenOf = groupBy(scan.unseen)
  const unsteadyOf = new Map(unsteady.map((one) => [addressOf(one), one.ports]))
  const seen = new Map<string, SeenEndpoint>()
  for (const planned of plan.endpoints) {
    const { environment, endpoint } = planned
    const name = nameOf(environment, endpoint.text)
    const hosts = hostsOf.get(name) ?? []
    const sights = hosts.map((host) => lookAt(host, unsteadyOf.get(addressOf(host)) ?? []))
    const isNothing = sights.every(({ nothing }) => nothing !== undefined)
    const gaps = (unseenOf.get(name) ?? []).map((one) => explainUnseen(one, hosts.length > 0))
    const reasons = [...new Set([...gaps, ...sights.flatMap(({ nothing }) => nothing ?? [])])]
    const { extraPort } = endpoint
    const needsUrl =
      extraPort !== undefined && !inRanges(selectedRanges(planned.scan.ports, catalogue), extraPort)
    seen.set(name, {
      ...(environment === undefined ? {} : { environment }),
      endpoint: endpoint.text,
      text: writeEndpoint(planned, needsUrl),
      kind: endpoint.kind,
      host: endpoint.host,
      needsUrl,
      ...(isNothing ? { leftOut: reasons.join('; ') || 'nothing is known about it' } : {}),
      remarks: isNothing
        ? []
        : cut([
            ...gaps,
            ...hosts.flatMap((host, index) => say(planned, host, sights[index], hosts.length === 1)),
          ]),
    })
  }
  return [...seen.values()]
}

function groupBy<T extends { environment?: string; endpoint: string }>(
  items: readonly T[],
): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const name = nameOf(item.environment, item.endpoint)
    const known = groups.get(name)
    if (known) known.push(item)
    else groups.set(name, [item])
  }
  return groups
}

const SILENT = 'silent: no port has answered'

function addressOf({
  environment,
  endpoint,
  address,
}: Pick<Unsteady, 'environment' | 'endpoint' | 'address'>) {
  return JSON.stringify([environment, endpoint, address])
}

/** What is to be said of one address; `nothing`: why there is nothing to judge. */
interface Sight {
  nothing?: string
  remarks: string[]
}

/** @param changing ports that were open in some reports only */
function lookAt(host: HostResult, changing: PortRange[]): Sight {
  const { answersEverywhere, filtered, unknown } = host
  if (answersEverywhere)
    return { nothing: 'every port that was tried is open, as with a tarpit or a proxy', remarks: [] }
  const unseen = unknown.filter(({ reason }) => reason !== 'untestable')
  if (!hasAnswered(host) && filtered.length === 0)
    return { nothing: `no port could be probed (${unknown[0]?.reason ?? 'unknown'})`, remarks: [] }
  const silence = hasAnswered(host) ? [] : [SILENT]
  const runs = listRuns(host)
  return {
    remarks: [
      ...silence,
      ...(runs.length > 0
        ? [`${formatRanges(runs)}: whatever is tried is open, as with a tarpit or a proxy`]
        : []),
      ...unseen.map(({ ports, reason }) => `unknown: ${formatRanges(ports)} (${reason})`),
      ...(changing.length > 0 ? [`not open in every report: ${formatRanges(changing)}`] : []),
    ],
  }
}

/** @param isOnly whether it is all that the endpoint leads to */
function say(
  { endpoint }: PlannedEndpoint,
  { address }: HostResult,
  sight: Sight | undefined,
  isOnly: boolean,
): string[] {
  const all = [...(sight?.nothing === undefined ? [] : [sight.nothing]), ...(sight?.remarks ?? [])]
  if (isOnly) return all
  // Of a block most addresses are silent.
  const told = endpoint.kind === 'cidr' ? all.filter((text) => text !== SILENT) : all
  return told.map((text) => `${address}: ${text}`)
}

function cut(remarks: string[]): string[] {
  if (remarks.length <= MOST_REMARKS) return remarks
  return [...remarks.slice(0, MOST_REMARKS), `and ${count(remarks.length - MOST_REMARKS, 'more remark')}`]
}

/** @param isPart whether others of its addresses were found */
function explainUnseen({ kind, detail }: Unseen, isPart: boolean): string {
  if (kind === 'no-ipv6') return 'its IPv6 addresses were not scanned: this machine has no IPv6'
  if (kind === 'unstated') return 'the results do not have all of its addresses'
  return `${isPart ? 'not all of its addresses are known' : 'not resolved'}: ${detail}`
}

/** Normalised, so that no text from outside is written: a URL only if it is printable. */
function writeEndpoint({ endpoint }: PlannedEndpoint, needsUrl: boolean): string {
  const { text, host, isAnchored, extraPort } = endpoint
  if (!needsUrl) return isAnchored ? `${host}.` : host
  if (/^[\x21-\x7e]+$/.test(text)) return text
  return `https://${host.includes(':') ? `[${host}]` : host}:${extraPort}`
}
