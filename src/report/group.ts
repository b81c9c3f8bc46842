import type { Finding, Place } from '../model.ts'
import { formatRanges } from '../port-ranges.ts'
import { atMost } from './counts.ts'

/** Findings that have the same cause and the same cure. */
export interface Group {
  /** Its texts stand for all of the group. */
  first: Finding
  findings: Finding[]
}

/**
 * Puts findings together that differ by environment, endpoint, address, port, place or message alone, so that a
 * service on twelve addresses is explained once. Keeps the order of the first of each.
 */
export function groupFindings(findings: readonly Finding[]): Group[] {
  return groupBy(findings, (finding) => [
    finding.id,
    finding.kind,
    finding.severity,
    finding.fails,
    finding.service,
    finding.usual,
    finding.state,
    finding.reason,
    leaveOutNames(finding, finding.why),
    leaveOutNames(finding, finding.remedy),
  ])
}

/** A text of a group, each wording once; texts that differ by names and ports alone are one, and the first says so. */
export function listWordings({ findings }: Group, text: 'message' | 'why' | 'remedy'): string[] {
  const wordings = groupBy(findings, (finding) => [leaveOutNames(finding, finding[text])])
  const texts = wordings.map(({ first, findings: alike }) => {
    const same = alike.every((finding) => finding[text] === first[text])
    return first[text] + (same ? '' : ' (Likewise for the others.)')
  })
  return atMost(texts, 3)
}

/** Puts findings together that have the same values for a key, in the order of the first of each. */
export function groupBy(findings: readonly Finding[], key: (finding: Finding) => unknown[]): Group[] {
  const groups = new Map<string, Group>()
  for (const finding of findings) {
    const value = JSON.stringify(key(finding))
    const group = groups.get(value)
    if (group) group.findings.push(finding)
    else groups.set(value, { first: finding, findings: [finding] })
  }
  return [...groups.values()]
}

/** The text with what is particular to the finding taken out. */
function leaveOutNames({ environment, endpoint, address, port }: Finding, text: string): string {
  let rest = text
  for (const name of [endpoint, address, environment]) if (name) rest = rest.replaceAll(name, '\u0000')
  return port === undefined ? rest : rest.replace(new RegExp(`\\b${port}\\b`, 'g'), '\u0001')
}

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
