import { type CatalogueEntry, type CatalogueOverride, SEVERITIES, type Severity } from '../model.ts'
import { aliases, spoken } from './aliases.ts'
import { ianaNameOf, ianaPortsByName, ianaSystemPorts } from './iana.ts'
import { services } from './services/index.ts'
import { widelyUsed } from './widely-used.ts'

/** How bad a port is if it is open and the catalogue knows nothing of it. */
export const UNKNOWN_SEVERITY: Severity = 'medium'

/** What ports and services mean: the built-in entries with the changes of a policy. */
export interface Catalogue {
  /** Every entry, by its first port; a port belongs to one entry only, and others may share it. */
  entries: readonly CatalogueEntry[]
  byPort: ReadonlyMap<number, CatalogueEntry>
  byService: ReadonlyMap<string, CatalogueEntry>
  /** The ports that the policy has changed or added. */
  overridden: ReadonlySet<number>
}

const builtInByPort = indexByPort(services)
const builtInByService = indexByService(services)

/** The built-in catalogue with a policy's changes: each concerns its own port, and no other port of that entry. */
export function buildCatalogue(overrides: CatalogueOverride[] = []): Catalogue {
  const overridden = new Set(overrides.map(({ port }) => port))
  const untouched = services.map((entry) => ({
    ...entry,
    ports: entry.ports.filter((port) => !overridden.has(port)),
  }))
  const changed = overrides.map(applyOverride)
  const entries = [...untouched.filter((entry) => listPorts(entry).length > 0), ...changed]
  return {
    entries: entries.sort((a, b) => Math.min(...listPorts(a)) - Math.min(...listPorts(b))),
    byPort: indexByPort(entries),
    // A service means the same wherever it answers, whatever the policy says, or calls it, on one port.
    byService: builtInByService,
    overridden,
  }
}

/** The ports of an entry or, if it has none of its own, those of other entries that it uses. */
function listPorts({ ports, shares = [] }: CatalogueEntry): number[] {
  return ports.length > 0 ? ports : shares
}

function applyOverride({ port, service, severity, why, remedy }: CatalogueOverride): CatalogueEntry {
  const base = builtInByPort.get(port) ?? describeUnknown(port, service)
  return {
    ...base,
    service: service ?? base.service,
    name: service ?? base.name,
    ports: [port],
    severity: severity ?? base.severity,
    why: why ?? base.why,
    remedy: remedy ?? base.remedy,
    ...(remedy !== undefined && { isPolicysRemedy: true as const }),
    alternative: remedy === undefined ? base.alternative : undefined,
  }
}

function describeUnknown(port: number, service = ianaNameOf(port) ?? `port-${port}`): CatalogueEntry {
  return {
    service,
    name: service,
    ports: [port],
    category: 'policy',
    severity: 'medium',
    why: 'The policy lists this port in its catalogue and does not say why.',
    remedy: 'Close the port, or let only known addresses reach it.',
    sources: [],
  }
}

function indexByPort(entries: CatalogueEntry[]): Map<number, CatalogueEntry> {
  return new Map(entries.flatMap((entry) => entry.ports.map((port) => [port, entry])))
}

function indexByService(entries: CatalogueEntry[]): Map<string, CatalogueEntry> {
  return new Map(entries.map((entry) => [entry.service, entry]))
}

/** Printers print whatever is sent to these ports, which nmap leaves out as well (`Exclude T:9100-9107`). */
const PRINTERS = { from: 9100, to: 9107 }

/** Whether the usual service on a port may act on any input it gets: printers, and industrial controllers. */
export function isDelicate({ byPort }: Catalogue, port: number): boolean {
  if (port >= PRINTERS.from && port <= PRINTERS.to) return true
  return byPort.get(port)?.category === 'industrial'
}

/** What each carrier that can answer may carry. */
const CARRIED = new Map<string, CatalogueEntry['over'][]>([
  ['http', ['http']],
  ['https', ['http']],
  ['tls', ['tls', 'http']],
  ['smtp', ['smtp']],
  ['submissions', ['smtp']],
])

/**
 * What an open port means: the service that answered decides before the number of the port, so Redis on 8080 is redis,
 * and HTTP on 6379 is http. Where only a carrier answered, the port decides what it carries: HTTP on 9200 is
 * elasticsearch, and on a port that the policy has changed it is what the policy says.
 *
 * @param answered the service that answered, as in `Identified`; undefined if none was identified
 * @returns undefined where the catalogue is silent
 */
export function riskOf(catalogue: Catalogue, port: number, answered?: string): CatalogueEntry | undefined {
  const expected = catalogue.byPort.get(port)
  if (answered === undefined || answered === expected?.service) return expected
  const carried = CARRIED.get(answered)
  if (expected && carried && (carried.includes(expected.over) || catalogue.overridden.has(port)))
    return expected
  return catalogue.byService.get(answered) ?? expected
}

/** Answers that many services share, so that they do not tell which one it is: TLS, or a generic web server. */
const CARRIERS: ReadonlySet<string> = new Set(['http', 'https', 'tls'])

/** Whether the service that answered is no evidence of what is behind it. */
export function isCarrier(answered: string): boolean {
  return CARRIERS.has(answered)
}

/**
 * How bad an open port is, going by what was seen there. Like `riskOf`, but if only a carrier answered, the severity is
 * at least that of the port's usual service, or `UNKNOWN_SEVERITY` if there is none: a host may not talk its risk down.
 */
export function exposureOf(
  catalogue: Catalogue,
  port: number,
  answered?: string,
): CatalogueEntry | undefined {
  const risk = riskOf(catalogue, port, answered)
  const usual = catalogue.byPort.get(port)
  if (!risk || answered === undefined || !isCarrier(answered)) return risk
  const least = usual?.severity ?? UNKNOWN_SEVERITY
  if (SEVERITIES.indexOf(least) >= SEVERITIES.indexOf(risk.severity)) return risk
  return usual ?? { ...risk, severity: least }
}

/** The built-in entry of a service, whatever a policy changes. */
export function builtInEntry(service: string): CatalogueEntry | undefined {
  return builtInByService.get(service)
}

/** Whether an entry is nothing but a web server on its usual port: where HTTP answers, that is all there is to know. */
function isAnyWeb({ category, over, facts }: CatalogueEntry): boolean {
  return category === 'web' && over === 'http' && facts?.yields === 'nothing'
}

/**
 * The port's usual service, if it decides how bad the port is and what was seen neither confirms it nor rules it out.
 * Reports call it a guess.
 */
export function guessAt(catalogue: Catalogue, port: number, answered?: string): CatalogueEntry | undefined {
  const usual = catalogue.byPort.get(port)
  if (!usual || answered === undefined) return usual
  if (exposureOf(catalogue, port, answered) !== usual || answered === usual.service) return undefined
  if (isCarrier(answered)) return isAnyWeb(usual) ? undefined : usual
  return answered === protocolOf(usual) ? undefined : usual
}

/**
 * The protocol that a service is queried in and recognised by: HTTP where that carries it, that of the service in
 * `spoken`, or its own.
 */
export function protocolOf({ service, over }: CatalogueEntry): string {
  return over === 'http' ? over : (spoken.get(service) ?? service)
}

/** Whether a port's usual service speaks TLS there by default, so that plain text is not what it is meant to be. */
export function usesTls({ over, tls = [] }: CatalogueEntry, port: number): boolean {
  return over === 'tls' || tls.includes(port)
}

/** The setting that binds a service to loopback, with its default port replaced by this one. */
export function settingFor({ bind, ports }: CatalogueEntry, port: number): string | undefined {
  return bind?.replace(/(?<![\d.])\d+(?![\d.])/g, (number) =>
    ports.includes(Number(number)) ? String(port) : number,
  )
}

/**
 * The catalogue's or IANA's name for a service that people may call something else: `rdp` is `ms-wbt-server`.
 * Case-insensitive.
 */
export function canonicalService(name: string): string {
  const known = name.toLowerCase()
  return aliases.get(known) ?? known
}

/**
 * The TCP ports that a name stands for in a policy, ascending: the built-in catalogue's, else IANA's. Case-insensitive.
 */
export function portsOfService(name: string): number[] | undefined {
  const known = canonicalService(name)
  const entry = builtInByService.get(known)
  const ports = entry ? listPorts(entry) : ianaPortsByName().get(known)
  return ports && sortPorts(ports)
}

/** Every name that `portsOfService` knows, in lower case. */
export function serviceNames(): string[] {
  return [...new Set([...builtInByService.keys(), ...aliases.keys(), ...ianaPortsByName().keys()])]
}

/** What usually listens on a TCP port: the built-in catalogue's service, else IANA's name. */
export function serviceOfPort(port: number): string | undefined {
  return builtInByPort.get(port)?.service ?? ianaNameOf(port)
}

/** The ports of `common`, ascending: the catalogue's, IANA's system ports, and registered ports in wide use. */
export function commonPorts(catalogue: Catalogue): number[] {
  return sortPorts([...catalogue.byPort.keys(), ...ianaSystemPorts(), ...widelyUsed.keys()])
}

/** The ports of `catalogue`, ascending. */
export function cataloguePorts(catalogue: Catalogue): number[] {
  return sortPorts(catalogue.byPort.keys())
}

function sortPorts(ports: Iterable<number>): number[] {
  return [...new Set(ports)].sort((a, b) => a - b)
}
