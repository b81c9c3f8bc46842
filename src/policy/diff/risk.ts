import { type Catalogue, isDelicate, riskOf, UNKNOWN_SEVERITY } from '../../catalogue/catalogue.ts'
import { listSatisfying } from '../../catalogue/satisfies.ts'
import { type PortRange, SEVERITIES, type Severity } from '../../model.ts'
import { formatNumber } from '../../numbers.ts'
import { countPorts, mergeRanges } from '../../port-ranges.ts'
import type { Comparison } from './loss.ts'
import { formatShared } from './ranges.ts'

/** At most this many ranges are described, the worst first. */
const MOST_DESCRIBED = 6

/** A port that the catalogue knows. */
interface Known {
  port: number
  name: string
  service: string
  severity: Severity
}

/** The worst of some severities. */
export function worstOf(severities: readonly Severity[]): Severity {
  return SEVERITIES.find((severity) => severities.includes(severity)) ?? 'info'
}

/**
 * How bad a port is if it is open. The worse rating of the two catalogues counts: a change must not play its own
 * risk down.
 */
function severityOfPort({ strict, lax }: Comparison, port: number): Severity {
  const severities = [strict, lax].map(
    ({ catalogue }) => catalogue.byPort.get(port)?.severity ?? UNKNOWN_SEVERITY,
  )
  return worstOf(severities)
}

/**
 * How bad ports are if they are open: the worst of them, or of all that may answer there where services are named. HTTP on
 * 18765 is as bad as the worst that speaks it. A service on its own ports is what the port says.
 */
export function severityOf(comparison: Comparison, ports: PortRange[], services: string[] = []): Severity {
  const key = `severity ${services.join()} ${formatShared(ports)}`
  return remember(comparison, key, () => rate(comparison, ports, services))
}

/** Many hosts lose the same ports: the results of one comparison, by what they are about. */
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
  const own = worstOf([
    ...known.map(({ severity }) => severity),
    ...(known.length < countPorts(ports) ? [UNKNOWN_SEVERITY] : []),
  ])
  if (services.length === 0) return own
  const isKnown = known.length === countPorts(ports)
  const isFor = (service: string) => isKnown && known.every((usual) => isUsual(comparison, usual, service))
  return worstOf(
    services.flatMap((service) =>
      isFor(service) ? own : rateService(comparison, known, service, isFor('http')),
    ),
  )
}

/** The web service of a port on which the web is expected. */
export const WEB: ReadonlySet<string> = new Set(['http', 'https', 'http-alt', 'https-alt', 'http-alternates'])

/** Whether a service is what usually is on a port, or TLS what usually is around that. */
function isUsual({ strict, lax }: Comparison, { port, service: usual }: Known, service: string): boolean {
  if (usual === service || (WEB.has(usual) && WEB.has(service))) return true
  if (service !== 'tls') return false
  const isInTls = [strict, lax].some(({ catalogue }) => catalogue.byPort.get(port)?.over === 'tls')
  return isInTls || usual === 'https' || usual === 'https-alt'
}

function rateService(
  { strict, lax }: Comparison,
  known: Known[],
  service: string,
  isWeb: boolean,
): Severity[] {
  return [strict, lax].flatMap(({ catalogue }) => [
    ...listSatisfying(catalogue, service).flatMap((answered) => rateAnswer(catalogue, answered, isWeb)),
    ...known.map(({ port }) => riskOf(catalogue, port, service)?.severity ?? UNKNOWN_SEVERITY),
    // Services are not identified there.
    ...known.flatMap(({ port, severity }) => (isDelicate(catalogue, port) ? severity : [])),
  ])
}

/** How bad it is if it answers, whatever the port: HTTP by all that it carries, unless the port is the web's own. */
function rateAnswer(catalogue: Catalogue, answered: string, isWeb: boolean): Severity[] {
  const own = catalogue.byService.get(answered)?.severity ?? UNKNOWN_SEVERITY
  if (isWeb || (answered !== 'http' && answered !== 'https')) return [own]
  return catalogue.entries.flatMap(({ over, severity }) => (over === 'http' ? severity : []))
}

/** The ports of some ranges that either catalogue knows, ascending. */
function listKnown(comparison: Comparison, ports: PortRange[]): Known[] {
  const all = remember(comparison, 'known', () => listAllKnown(comparison))
  return mergeRanges(ports).flatMap(({ from, to }) =>
    all.slice(countBelow(all, from), countBelow(all, to + 1)),
  )
}

/** How many of some known ports, in ascending order, are below a number. */
function countBelow(all: Known[], number: number): number {
  let [low, high] = [0, all.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((all[middle] as Known).port < number) low = middle + 1
    else high = middle
  }
  return low
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
  const ranges = formatShared(ports)
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
  // A policy may call a service anything; backticks are for what a message quotes.
  const name = worst?.name.replaceAll('`', "'")
  if (from === to) return { text: worst ? `${from} (${name}, ${severity})` : `${from}`, severity }
  const text = worst ? `${from}-${to} (with ${name} on ${worst.port}, ${severity})` : `${from}-${to}`
  return { text, severity }
}

/** `a`, `a and b`, `a, b and c`. */
export function joinWords(words: readonly string[]): string {
  const [last = '', ...others] = [...words].reverse()
  return others.length === 0 ? last : `${others.reverse().join(', ')} and ${last}`
}
