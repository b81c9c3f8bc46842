/** The lines of a compact report of more findings than fit a screen: those that are alike share one. */
import stringWidth from 'string-width'
import type { Finding } from '../model.ts'
import { listHostRuns, nameRuns } from './alike-hosts.ts'
import { logSafe, printable } from './escape.ts'
import { formatPorts, type Group, groupBy } from './group.ts'
import { FEW_HOSTS, nameGroup } from './name-group.ts'
import { listHosts } from './spots.ts'

/** Hosts that are named in one line. */
const MOST_NAMES = 8

/**
 * The findings of each line, in the order of the first of each. Findings share a line if they differ only in host and explanation,
 * or also in port if all of their hosts have the same ports. If the hosts are few, each has a line of its own.
 */
export function foldAlike(findings: readonly Finding[]): Finding[][] {
  const onPorts = groupBy(findings, (finding) => [...listFacts(finding), formatPorts([finding])])
  const keys = new Map<Finding, unknown[]>()
  for (const group of onPorts) {
    const key = [...listFacts(group.first), listHosts(group.findings)]
    for (const finding of group.findings) keys.set(finding, key)
  }
  const groups = groupBy(findings, (finding) => keys.get(finding) ?? [])
  return groups.flatMap((group) => (isFew(group) ? alone(group.findings) : [group.findings]))
}

function listFacts(finding: Finding): unknown[] {
  const { id, kind, severity, fails, environment, service, usual, state, reason } = finding
  return [id, kind, severity, fails, environment, service, usual, state, reason]
}

/** Findings about no host share a line, however many there are. */
function isFew({ first, findings }: Group): boolean {
  const isSomewhere = first.endpoint !== undefined || first.address !== undefined
  return isSomewhere && listHosts(findings).length <= FEW_HOSTS
}

function alone(findings: readonly Finding[]): Finding[][] {
  return findings.map((finding) => [finding])
}

/**
 * What the findings of a line say, with as many of their hosts as there is room for:
 * `redis open on 106 addresses (port 6379): 10.88.0.1, 10.88.0.20, and 104 more`.
 *
 * @param isNamed whether the environment is named
 */
export function sayTogether(findings: readonly Finding[], columns: number, isNamed: boolean): string {
  const [first] = findings as [Finding]
  const { environment } = first
  const context = isNamed && environment !== undefined ? ` in ${environment}` : ''
  const what = nameGroup({ first, findings: [...findings] }) + context
  const hosts = listHosts(findings)
  const runs = hosts.length > FEW_HOSTS ? listHostRuns(hosts) : []
  for (let kept = Math.min(MOST_NAMES, runs.length); kept > 0; kept -= 1) {
    const text = logSafe(printable(`${what}: ${nameRuns(runs, kept)}`))
    if (stringWidth(text) <= columns) return text
  }
  return logSafe(printable(runs[0] ? `${what}: ${runs[0].name}, …` : what))
}
