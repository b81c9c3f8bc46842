import type { Finding } from '../model.ts'
import { toRanges } from '../port-ranges.ts'
import { findOnHost, type HostCase } from './host.ts'

/** A host with more findings about its ports than this has similar ones reported as one. */
const MOST_FINDINGS = 100

/** Up to this many similar findings are still reported one by one. */
const FEW_ALIKE = 4

/**
 * The findings of one host, bounded: a tarpit on scattered ports would otherwise bury what was found on all others, and take
 * the room and the memory of the reports. Nothing becomes less severe: alike are those of one id, severity and service, and what
 * the baseline has is not alike to what it has not.
 */
export function tellTogether(about: HostCase, findings: Finding[]): Finding[] {
  if (findings.filter(({ port }) => port !== undefined).length <= MOST_FINDINGS) return findings
  const groups = new Map<string, Finding[]>()
  for (const finding of findings) {
    const { novelty, port } = finding
    const key = port === undefined ? finding.fingerprint : JSON.stringify([kindOf(finding), novelty])
    const alike = groups.get(key)
    if (alike) alike.push(finding)
    else groups.set(key, [finding])
  }
  const isKnown = (one: Finding) => groups.has(JSON.stringify([kindOf(one), 'known']))
  return [...groups.values()].flatMap((alike) => {
    const [first] = alike as [Finding]
    if (alike.length <= FEW_ALIKE) return alike
    // Unknown ones need a fingerprint of their own beside the known ones.
    const isBeside = first.novelty !== undefined && first.novelty !== 'known' && isKnown(first)
    return [unite(about, alike, isBeside ? [first.novelty] : [])]
  })
}

function kindOf({ id, severity, service }: Finding): string {
  return JSON.stringify([id, severity, service])
}

/** As old as the oldest of them. */
function unite(about: HostCase, alike: Finding[], more: unknown[]): Finding {
  const [{ port: first = 0, usual: _usual, ...facts }] = alike as [Finding]
  const ports = new Set(alike.flatMap(({ port }) => port ?? []).sort((a, b) => a - b))
  const { severity, service, fails } = facts
  const [since] = alike.flatMap(({ since }) => since ?? []).sort()
  const dated = { ...facts, ...(since === undefined ? {} : { since }) }
  const united = findOnHost(about, { ...dated, alike: { ports: toRanges(ports), first } }, [
    'alike',
    severity,
    service,
    ...more,
  ])
  return { ...united, fails }
}
