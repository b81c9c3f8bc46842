import { protocolOf, riskOf, UNKNOWN_SEVERITY } from '../../catalogue/catalogue.ts'
import { type CatalogueEntry, type PortRange, SEVERITIES, type Severity } from '../../model.ts'
import { formatNumber } from '../../numbers.ts'
import { formatRanges, inRanges, mergeRanges } from '../ports.ts'
import type { Comparison } from './loss.ts'

/** Ranges are described up to so many, the worst first where there are more. */
const MOST_DESCRIBED = 6

/** A port that the catalogue knows. */
interface Known {
  port: number
  name: string
  service: string
  severity: Severity
}

/** The worst of some severities. */
function worstOf(severities: readonly Severity[]): Severity {
  return SEVERITIES.find((severity) => severities.includes(severity)) ?? 'info'
}

/**
 * How bad a port is if it is open. The worse of what the two catalogues say: a change does not get to play its own
 * risk down.
 */
function severityOfPort({ strict, lax }: Comparison, port: number): Severity {
  const severities = [strict, lax].map(
    ({ catalogue }) => catalogue.byPort.get(port)?.severity ?? UNKNOWN_SEVERITY,
  )
  return worstOf(severities)
}

/**
 * How bad ports are if they are open: the worst of them, or of whatever may answer there where services are named. One
 * that carries others lets all of them answer, so that HTTP on 18765 is as bad as the worst that speaks it. Where the web
 * is what the port is for, that is what is expected there.
 */
export function severityOf(comparison: Comparison, ports: PortRange[], services: string[] = []): Severity {
  const key = `severity ${services.join()} ${formatRanges(ports)}`
  return remember(comparison, key, () => rate(comparison, ports, services))
}

/** Many hosts lose the same ports: what was worked out for one comparison, by what it is about. */
const answers = new WeakMap<Comparison, Map<string, unknown>>()

function remember<T>(comparison: Comparison, key: string, compute: () => T): T {
  const known = answers.get(comparison) ?? new Map<string, unknown>()
  answers.set(comparison, known)
  const answer = known.has(key) ? (known.get(key) as T) : compute()
  known.set(key, answer)
  return answer
}

function rate(comparison: Comparison, ports: PortRange[], services: string[]): Severity {
  const known = listKnown(comparison, ports)
  const all = ports.reduce((sum, { from, to }) => sum + to - from + 1, 0)
  const hasUnknown = known.length < all
  if (services.length === 0) {
    const severities = known.map(({ severity }) => severity)
    return worstOf([...severities, ...(hasUnknown ? [UNKNOWN_SEVERITY] : [])])
  }
  const isWeb = !hasUnknown && known.every(({ service }) => WEB.has(service))
  return worstOf(services.flatMap((service) => rateService(comparison, known, service, isWeb)))
}

/** What a port is for where the web itself is to be expected on it. */
const WEB = new Set(['http', 'https', 'http-alt', 'https-alt', 'http-alternates'])

/** What each carrier may turn out to carry; anything may be inside of TLS. */
const CARRIES: Record<string, (entry: CatalogueEntry) => boolean> = {
  http: ({ over }) => over === 'http',
  https: ({ over }) => over === 'http',
  tls: () => true,
}

function rateService(
  { strict, lax }: Comparison,
  known: Known[],
  service: string,
  isWeb: boolean,
): Severity[] {
  const carries = isWeb ? undefined : CARRIES[service]
  return [strict, lax].flatMap(({ catalogue }) => {
    const carried = carries ? catalogue.entries.filter(carries) : []
    const named = catalogue.byService.get(service)
    const own = [
      named,
      named && catalogue.byService.get(protocolOf(named)),
      ...known.map(({ port }) => riskOf(catalogue, port, service)),
    ]
    return [...own, ...carried].map((entry) => entry?.severity ?? UNKNOWN_SEVERITY)
  })
}

/** The ports that either catalogue knows, ascending. */
function listKnown(comparison: Comparison, ports: PortRange[]): Known[] {
  const all = remember(comparison, 'known', () => listAllKnown(comparison))
  return all.filter(({ port }) => inRanges(ports, port))
}

function listAllKnown(comparison: Comparison): Known[] {
  const [one, other] = [comparison.strict, comparison.lax].map(({ catalogue }) => catalogue.byPort)
  const entries = new Map([...(other ?? []), ...(one ?? [])])
  return [...entries]
    .sort(([a], [b]) => a - b)
    .map(([port, { name, service }]) => ({
      port,
      name,
      service,
      severity: severityOfPort(comparison, port),
    }))
}

/** Ports for a sentence: `5432 (PostgreSQL, critical) and 8000-8010 (AJP on 8009, high)`. */
export function describePorts(comparison: Comparison, ports: PortRange[]): string {
  const ranges = formatRanges(ports)
  if (ranges === '1-65535') return 'every port'
  return remember(comparison, `words ${ranges}`, () => describeRanges(comparison, mergeRanges(ports)))
}

function describeRanges(comparison: Comparison, merged: PortRange[]): string {
  const described = merged.map((range) => describeRange(range, listKnown(comparison, [range])))
  if (merged.length <= MOST_DESCRIBED) return joinWords(described.map(({ text }) => text))
  const rank = ({ severity }: { severity: Severity }) => SEVERITIES.indexOf(severity)
  const first = [...described].sort((a, b) => rank(a) - rank(b)).slice(0, MOST_DESCRIBED)
  const left = formatNumber(merged.length - first.length)
  return `${first.map(({ text }) => text).join(', ')} and ${left} more ports or ranges`
}

function describeRange({ from, to }: PortRange, known: Known[]): { text: string; severity: Severity } {
  const [worst] = [...known].sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity))
  const severity = worst?.severity ?? UNKNOWN_SEVERITY
  if (from === to) return { text: worst ? `${from} (${worst.name}, ${severity})` : `${from}`, severity }
  const text = worst ? `${from}-${to} (with ${worst.name} on ${worst.port}, ${severity})` : `${from}-${to}`
  return { text, severity }
}

/** `a`, `a and b`, `a, b and c`. */
export function joinWords(words: readonly string[]): string {
  const [last = '', ...others] = [...words].reverse()
  return others.length === 0 ? last : `${others.reverse().join(', ')} and ${last}`
}
