/** Every open port with what the gate says of it: what tables and maps of ports are made of. */
import type { Finding, Report, ReportHost, ReportPort } from '../model.ts'
import { inRanges } from '../port-ranges.ts'

/** `unclear`: the host accepts whatever is tried, so that the port may mean nothing. */
export type Standing = 'allowed' | 'violation' | 'unclear'

/** An open port, and the worst finding about it. */
export interface JudgedPort {
  host: ReportHost
  port: ReportPort
  standing: Standing
  finding?: Finding
}

/** All open ports, in the order of the report. */
export function* listOpenPorts({ hosts, findings }: Report): Generator<JudgedPort> {
  const byHost = indexByHost(findings)
  for (const host of hosts) {
    const here = byHost.get(keyOf(host)) ?? []
    const isUnclear = here.some(({ id }) => id === 'answers-everywhere')
    for (const port of host.ports.open) {
      const about = here.filter((finding) => isAbout(finding, port.port))
      const finding = about.find(({ kind }) => kind === 'violation') ?? about[0]
      const standing = finding?.kind === 'violation' ? 'violation' : isUnclear ? 'unclear' : 'allowed'
      yield { host, port, standing, ...(finding && { finding }) }
    }
  }
}

/** A host as a key: one address of one endpoint. */
export function keyOf({ environment, endpoint, address }: Partial<ReportHost>): string {
  return JSON.stringify([environment, endpoint, address])
}

/** The findings of each host, by `keyOf`. */
export function indexByHost(findings: readonly Finding[]): Map<string, Finding[]> {
  return collect(findings, keyOf)
}

/** Items by a key, in their order. */
export function collect<T>(items: Iterable<T>, keyOf: (item: T) => string): Map<string, T[]> {
  const collected = new Map<string, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    const known = collected.get(key)
    if (known) known.push(item)
    else collected.set(key, [item])
  }
  return collected
}

/** Whether a finding is about a port, or stands for one that is. */
function isAbout({ port, alike }: Finding, wanted: number): boolean {
  return alike ? inRanges(alike.ports, wanted) : port === wanted
}
