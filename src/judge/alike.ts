import type { Finding } from '../model.ts'
import { count } from '../numbers.ts'
import { toRanges } from '../port-ranges.ts'
import { findOnHost, type HostCase, nameOfHost } from './host.ts'
import { shorten } from './shorten.ts'

/** A host with more findings about its ports than this has those that are alike told as one. */
const MOST_FINDINGS = 100

/** So few that are alike are told one by one all the same. */
const FEW_ALIKE = 4

/**
 * The findings of one host, bounded: a tarpit on scattered ports would otherwise bury what was found on all others, and take
 * the room and the memory of the reports. Nothing becomes less severe: alike are those of one id, severity and service.
 */
export function tellTogether(about: HostCase, findings: Finding[]): Finding[] {
  if (findings.filter(({ port }) => port !== undefined).length <= MOST_FINDINGS) return findings
  const groups = new Map<string, Finding[]>()
  for (const finding of findings) {
    const { id, severity, service, port } = finding
    const key = port === undefined ? finding.fingerprint : JSON.stringify([id, severity, service])
    const alike = groups.get(key)
    if (alike) alike.push(finding)
    else groups.set(key, [finding])
  }
  return [...groups.values()].flatMap((alike) => (alike.length > FEW_ALIKE ? [unite(about, alike)] : alike))
}

function unite(about: HostCase, alike: Finding[]): Finding {
  const { id, severity, service, state, reason, message, why, remedy, place } = alike[0] as Finding
  const ports = new Set(alike.flatMap(({ port }) => port ?? []).sort((a, b) => a - b))
  const which = `${count(ports.size, 'port')} of ${nameOfHost(about)} are alike: ${shorten(toRanges(ports))}`
  return findOnHost(
    about,
    {
      id,
      severity,
      ...(service === undefined ? {} : { service }),
      state,
      reason,
      message: `${which}. The first: ${message}`,
      why,
      remedy,
      ...(place ? { place } : {}),
    },
    ['alike', severity, service],
  )
}
