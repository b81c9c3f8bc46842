import type { Finding } from '../model.ts'
import { toRanges } from '../port-ranges.ts'
import { findOnHost, type HostCase } from './host.ts'

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
  const [{ port: first = 0, usual: _usual, ...facts }] = alike as [Finding]
  const ports = new Set(alike.flatMap(({ port }) => port ?? []).sort((a, b) => a - b))
  const { severity, service } = facts
  return findOnHost(about, { ...facts, alike: { ports: toRanges(ports), first } }, [
    'alike',
    severity,
    service,
  ])
}
