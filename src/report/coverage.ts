import type {
  Coverage,
  Disagreement,
  FloorFile,
  Report,
  ReportHost,
  ResultsFile,
  Vantage,
  Waited,
} from '../model.ts'
import { countPorts, formatRanges, readRanges } from '../port-ranges.ts'
import { atMost, count, formatDuration, formatNumber } from './counts.ts'
import { printable } from './escape.ts'
import { formatSpot } from './spots.ts'

/** Most hosts that are named for each reason. */
const MOST_NAMED = 5

/** One line of the coverage: a label and a text. */
interface CoverageLine {
  label: string
  text: string
}

/** How much was seen, from where and when, and what stayed unknown and why. The text is printable. */
export function listCoverage(report: Report): CoverageLine[] {
  const { coverage } = report
  const lines: CoverageLine[] = [
    {
      label: 'scanned',
      text: `${count(coverage.endpoints, 'endpoint')}, ${count(coverage.addresses, 'address', 'addresses')}`,
    },
    {
      label: 'ports',
      text:
        `${formatNumber(coverage.ports)} of 65,535; ${count(coverage.pairs, 'pair')} of address and port, ` +
        `${count(coverage.probes, 'probe')}`,
    },
    { label: 'unknown', text: sayUnknown(report) },
  ]
  if (coverage.skippedIpv6.length) {
    const addresses = listNames(coverage.skippedIpv6)
    lines.push({ label: 'left out', text: `no IPv6 on this vantage: ${addresses}` })
  }
  const searched = saySearched(report)
  if (searched) lines.push({ label: 'names', text: searched })
  if (coverage.excluded) lines.push({ label: 'excluded', text: sayExcluded(coverage.excluded) })
  if (report.waited) lines.push({ label: 'waited', text: sayWaited(report.waited) })
  for (const text of sayShards(report)) lines.push({ label: 'shards', text })
  for (const file of report.results ?? []) lines.push({ label: 'results', text: sayResults(file) })
  lines.push({ label: 'time', text: sayTime(report) })
  for (const text of sayVantages(report)) lines.push({ label: 'vantage', text })
  lines.push({ label: 'policy', text: sayPolicy(report) })
  return lines
}

/** How much was seen, for a bar of a number of parts: those that are full, and the same in words. */
export function measureSeen({ pairs, unknown }: Coverage, parts: number): { full: number; text: string } {
  const share = pairs === 0 ? 0 : (pairs - unknown) / pairs
  // Neither is a bar full where something is unknown, nor empty where something was seen.
  const part = Math.min(parts - 1, Math.max(share > 0 ? 1 : 0, Math.round(share * parts)))
  // Rounded down: 100% is everything. Of all ports it may be little.
  const percent = Math.floor(share * 1000) / 10
  return { full: share === 1 ? parts : part, text: `${formatNumber(percent)}% of what was asked` }
}

/** Names that may not be those of the hosts that were meant. */
function saySearched({ hosts }: Report): string | undefined {
  const found = new Map(
    hosts.flatMap(({ endpoint, searchDomain }) => (searchDomain ? [[endpoint, searchDomain] as const] : [])),
  )
  if (found.size === 0) return undefined
  const list = [...found].map(([name, domain]) => `${name} (as ${name}.${domain})`)
  return `found through a search domain of this machine: ${atMost(list, MOST_NAMED)
    .map((one) => printable(one, 200))
    .join(', ')}; end a name with a dot to look it up exactly as written`
}

function sayExcluded({ addresses, endpoints }: NonNullable<Coverage['excluded']>): string {
  const text = `${count(addresses, 'address', 'addresses')}, by the policy`
  return endpoints.length > 0 ? `${text}; nothing is left to scan on ${listNames(endpoints)}` : text
}

/** How long was waited, and for what: the end of a wait in the log, and a line of the coverage. */
export function sayWaited({ ms, required, missing }: Waited): string {
  if (required === 0) return 'no port is required, so there was nothing to wait for'
  const after = `after ${formatDuration(ms)}`
  if (missing > 0) return `${formatNumber(missing)} of ${count(required, 'required port')} not ready ${after}`
  return required === 1
    ? `the required port is open ${after}`
    : `all ${formatNumber(required)} required ports are open ${after}`
}

function listNames(names: readonly string[]): string {
  return atMost(names, MOST_NAMED)
    .map((name) => printable(name, 60))
    .join(', ')
}

function sayPolicy({ policy, environments }: Report): string {
  const hash = policy.hash ? ` (SHA-256 ${printable(policy.hash.slice(0, 12))}…)` : ''
  const at = policy.ref === undefined ? '' : ` at ${printable(policy.ref, 100)}`
  const named = environments.length === 1 ? 'environment' : 'environments'
  return (
    printable(policy.file, 200) +
    at +
    hash +
    sayFloors(policy.floors) +
    (environments.length ? `, ${named} ${listNames(environments)}` : '')
  )
}

/** What the policy extends; empty where it extends nothing. */
function sayFloors(floors: Report['policy']['floors'] = []): string {
  const names = floors.map(formatFloor)
  return names.length > 0 ? `, extends ${names.join(', which extends ')}` : ''
}

/** Digits of a SHA that tell people which commit is meant. */
const SHOWN_DIGITS = 7

/** `policies/floor.yml`, or `floor.yml of example/security at 0123456`. */
export function formatFloor({ file, repository, ref = '' }: FloorFile): string {
  const path = printable(file, 200)
  return repository === undefined
    ? path
    : `${path} of ${printable(repository, 200)} at ${printable(ref.slice(0, SHOWN_DIGITS))}`
}

function sayUnknown({ hosts, coverage }: Report): string {
  if (coverage.unknown === 0) return 'nothing'
  const reasons = new Map<string, { ports: number; hosts: string[] }>()
  for (const host of hosts) {
    for (const { ports, reason } of host.ports.unknown) {
      const known = reasons.get(reason) ?? { ports: 0, hosts: [] }
      known.ports += countPorts(readRanges(ports))
      // Only the first are named, and of a list of a hundred thousand ports the beginning.
      const isNamed = known.hosts.length < MOST_NAMED
      known.hosts.push(
        isNamed ? `${nameHost(host)} ${printable(ports.slice(0, 100).replaceAll(',', ', '), 80)}` : '',
      )
      reasons.set(reason, known)
    }
  }
  const why = [...reasons].map(
    ([reason, known]) =>
      `${formatNumber(known.ports)} (${printable(reason, 40)}): ${atMost(known.hosts, MOST_NAMED).join(', ')}`,
  )
  return [`${formatNumber(coverage.unknown)} of ${count(coverage.pairs, 'pair')}`, ...why].join('; ')
}

function nameHost({ endpoint, address }: ReportHost): string {
  const name = formatSpot({ endpoint, addresses: [address], ports: '' })
  return printable(name, 120)
}

/** Which shards were joined, and where an older attempt of one had seen something else. */
function sayShards({ shards, shard }: Report): string[] {
  if (shard)
    return [`${shard.index} of ${shard.of}, attempt ${shard.attempt}, plan ${shard.digest.slice(0, 12)}…`]
  if (!shards) return []
  const used = formatRanges(shards.map(({ index }) => index)).replaceAll(',', ', ')
  const repeated = shards.filter(({ attempt }) => attempt > 1)
  const attempts = repeated.map(({ index, attempt }) => `${index} in attempt ${attempt}`)
  const joined = shards.length === 0 ? 'none has a report' : `joined: ${used}`
  return [
    [joined, ...(attempts.length > 0 ? [atMost(attempts, MOST_NAMED).join(', ')] : [])].join('; '),
    ...shards.flatMap(({ index, attempt, disagrees }) =>
      atMost(
        disagrees.map(
          (one) => `attempts ${one.attempt} and ${attempt} of ${index} disagree: ${sayDisagreement(one)}`,
        ),
        MOST_NAMED,
      ),
    ),
  ]
}

function sayDisagreement({ endpoint, address, opened, closed }: Disagreement): string {
  const host = printable(formatSpot({ endpoint, addresses: [address], ports: '' }), 120)
  const list = (ports: string) => printable(ports.replaceAll(',', ', '), 80)
  const parts = [
    closed === '' ? '' : `was open and is not now: ${list(closed)}`,
    opened === '' ? '' : `was not open and is now: ${list(opened)}`,
  ]
  return `${host}, ${parts.filter(Boolean).join('; ')}`
}

/** Whose results were judged. */
function sayResults({ file, tool, version, startedAt, others }: ResultsFile): string {
  const by = printable(version === undefined ? tool : `${tool} ${version}`, 60)
  const when = startedAt === undefined ? 'without a time' : `of ${sayInstant(startedAt)}`
  const left =
    others > 0 ? `; ${count(others, 'entry', 'entries')} of hosts that are not endpoints, not judged` : ''
  return `${printable(file, 200)}: ${by}, ${when}${left}`
}

function sayInstant(text: string): string {
  return printable(text, 40).replace(/T(\d\d:\d\d:\d\d)(\.\d+)?Z$/, ' $1 UTC')
}

function sayTime({ startedAt, finishedAt }: Report): string {
  const took = Date.parse(finishedAt) - Date.parse(startedAt)
  const start = sayInstant(startedAt)
  return Number.isFinite(took) ? `${start}, ${formatDuration(took)}` : start
}

/** From where the hosts were seen; of shards, each kind of place once, and which of them were there. */
function sayVantages({ vantage, shards = [], hosts }: Report): string[] {
  const seenFrom = shards.length > 0 ? shards : vantage ? [{ index: 1, vantage }] : []
  const hasIpv6 = seenFrom.some(({ vantage }) => vantage.ipv6)
  const reached = !hasIpv6 && hosts.some(({ address }) => address.includes(':'))
  const places = new Map<string, number[]>()
  for (const { index, vantage } of seenFrom) {
    const text = sayVantage(vantage, reached)
    places.set(text, [...(places.get(text) ?? []), index])
  }
  if (seenFrom.length < 2) return [...places.keys()]
  const named = [...places].map(([text, indices]) => {
    const list = formatRanges(indices).replaceAll(',', ', ')
    return `${indices.length === 1 ? 'shard' : 'shards'} ${list}: ${text}`
  })
  return atMost(named, MOST_NAMED)
}

/** @param reached whether it got to IPv6 addresses all the same */
function sayVantage(vantage: Vantage, reached: boolean): string {
  const { platform, node, githubHosted, ipv6, fileDescriptors } = vantage
  return [
    githubHosted ? 'GitHub-hosted runner' : '',
    printable(platform, 40),
    `Node ${printable(node, 40)}`,
    ipv6 ? 'IPv4 and IPv6' : reached ? 'IPv4, and IPv6 without a route to the internet' : 'IPv4 only',
    fileDescriptors === undefined ? '' : `${formatNumber(fileDescriptors)} descriptors`,
  ]
    .filter(Boolean)
    .join(', ')
}
