/** Which findings are shown: the state of the filter, and how it stands in the address. */
import type { PageFinding } from '../page-data.ts'

export interface Filter {
  /** Empty: all of them. */
  severity: Set<string>
  kind: Set<string>
  /** Part of the name of a host. */
  host: string
  service: string
  /** A novelty. */
  new: string
}

/** `#severity=critical,high&host=db`; keys that a fragment lacks do not filter. */
export function readFilter(fragment: string): Filter {
  const values = new URLSearchParams(fragment.replace(/^#/, ''))
  const list = (name: string) => new Set((values.get(name) ?? '').split(',').filter(Boolean))
  const word = (name: string) => values.get(name) ?? ''
  return {
    severity: list('severity'),
    kind: list('kind'),
    host: word('host'),
    service: word('service'),
    new: word('new'),
  }
}

/** The fragment of a filter, with its `#`; empty where nothing is filtered. */
export function writeFilter({ severity, kind, ...words }: Filter): string {
  const values = new URLSearchParams()
  if (severity.size > 0) values.set('severity', [...severity].join(','))
  if (kind.size > 0) values.set('kind', [...kind].join(','))
  for (const [name, value] of Object.entries(words)) if (value !== '') values.set(name, value)
  const text = values.toString().replaceAll('%2C', ',')
  return text === '' ? '' : `#${text}`
}

/** Makes a test of whether a finding passes a filter. */
export function createTest(filter: Filter): (finding: PageFinding) => boolean {
  const { severity, kind, service, new: novelty } = filter
  const host = filter.host.trim().toLowerCase()
  return (finding) =>
    (severity.size === 0 || severity.has(finding.severity)) &&
    (kind.size === 0 || kind.has(finding.kind)) &&
    (service === '' || finding.service === service) &&
    (novelty === '' || finding.novelty === novelty) &&
    (host === '' || finding.where.toLowerCase().includes(host))
}
