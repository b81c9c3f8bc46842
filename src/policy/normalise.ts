import type {
  Allowance,
  CatalogueOverride,
  Denial,
  Endpoint,
  Environment,
  Exclusion,
  Extended,
  HostRule,
  Ignored,
  Place,
  Policy,
  PortSelection,
  ScanSettings,
  Setting,
} from '../model.ts'
import { intersectRanges, mergeRanges, subtractRanges } from '../port-ranges.ts'
import { parseCanary, parseEndpoint } from './endpoints.ts'
import { parseExclusion } from './exclude.ts'
import { parseHostKey } from './hosts.ts'
import { parsePort, parsePortOrSet, parseServiceName } from './ports.ts'
import type { Parsed } from './problem.ts'
import type {
  RawAllowance,
  RawCatalogue,
  RawDenial,
  RawEndpoint,
  RawEnvironment,
  RawFloor,
  RawHosts,
  RawIgnored,
  RawPolicy,
  RawScan,
} from './schema.ts'
import { placeOf, type Source } from './source.ts'
import { parseDuration } from './times.ts'
import { findPart, type Spot } from './yaml.ts'

/** Where a value stands in the file: its part of the tree. */
interface Context {
  source: Source
  spot: Spot
}

/** A valid raw policy as the rest of Portgate wants it. */
export function normalisePolicy(raw: RawPolicy, root: Spot, source: Source, hash: string): Policy {
  const at: Context = { source, spot: root }
  const risky = raw['risky-allowances']
  return {
    file: source.file,
    hash,
    hosts: normaliseHosts(raw.hosts, within(at, 'hosts')),
    environments: Object.entries(raw.environments ?? {}).map(([name, environment]) =>
      normaliseEnvironment(name, environment, within(at, 'environments')),
    ),
    exclude: normaliseExclude(raw.exclude, within(at, 'exclude')),
    ignore: normaliseIgnore(raw.ignore, within(at, 'ignore')),
    scan: normaliseScan(raw.scan),
    ...defined({
      extends: raw.extends === undefined ? undefined : normaliseFloor(raw.extends, at),
      failOn: raw['fail-on'],
      onDoubt: raw['on-doubt'],
      riskyAllowances: risky && {
        from: risky.from,
        need: risky.need,
        ...defined({ maxDays: risky['max-days'] }),
      },
    }),
    places: placesOfSettings(at),
    catalogue:
      typeof raw.catalogue === 'string'
        ? { path: raw.catalogue, place: placeOf(source, within(at, 'catalogue').spot.span.start) }
        : normaliseCatalogue(raw.catalogue ?? {}, within(at, 'catalogue')),
  }
}

function within({ source, spot }: Context, key: string | number): Context {
  return { source, spot: findPart(spot, [key])?.spot ?? spot }
}

function placeOfKey({ source, spot }: Context, key: string) {
  return placeOf(source, (findPart(spot, [key])?.key ?? spot.span).start)
}

/** Where a policy or an environment writes each setting. */
const SETTINGS: [Setting, path: string[]][] = [
  ['ports', ['scan', 'ports']],
  ['ip', ['scan', 'ip']],
  ['identify', ['scan', 'identify']],
  ['maxRate', ['scan', 'max-rate']],
  ['timeLimitMs', ['scan', 'time-limit']],
  ['canary', ['scan', 'canary']],
  ['failOn', ['fail-on']],
  ['onDoubt', ['on-doubt']],
  ['riskyAllowances', ['risky-allowances']],
]

function placesOfSettings({ source, spot }: Context): Partial<Record<Setting, Place>> {
  const written = SETTINGS.flatMap(([setting, path]) => {
    const part = findPart(spot, path)
    return part ? [[setting, placeOf(source, part.key.start)] as const] : []
  })
  return Object.fromEntries(written)
}

/** An object without its undefined values, so that an absent setting does not hide the one of the level above. */
function defined<T extends object>(settings: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(settings).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> }
}

/** The value of a text that the schema has checked already. */
function unwrap<T>(parsed: Parsed<T>): T {
  if (parsed.problem) throw new Error(`unchecked: ${parsed.problem.message}`)
  return parsed.value
}

function normaliseEnvironment(name: string, raw: RawEnvironment, environments: Context): Environment {
  const at = within(environments, name)
  const endpoints = within(at, 'endpoints')
  return {
    name,
    ...defined({
      endpoints: raw.endpoints?.map((endpoint, index) =>
        normaliseEndpoint(endpoint, within(endpoints, index)),
      ),
      failOn: raw['fail-on'],
      onDoubt: raw['on-doubt'],
    }),
    hosts: normaliseHosts(raw.hosts, within(at, 'hosts')),
    scan: normaliseScan(raw.scan),
    places: placesOfSettings(at),
    place: placeOfKey(environments, name),
  }
}

function normaliseEndpoint(raw: RawEndpoint, { source, spot }: Context): Endpoint {
  const { host, ...scan } = typeof raw === 'string' ? { host: raw } : raw
  return {
    ...unwrap(parseEndpoint(host)),
    scan: normaliseScan(scan),
    place: placeOf(source, spot.span.start),
  }
}

function normaliseScan(raw: RawScan = {}): Partial<ScanSettings> {
  const limit = raw['time-limit']
  return defined({
    ports: raw.ports === undefined ? undefined : normalisePortSelection(raw.ports),
    ip: raw.ip === undefined ? undefined : normaliseIp(raw.ip),
    identify: raw.identify,
    maxRate: raw['max-rate'],
    timeLimitMs: limit === undefined ? undefined : unwrap(parseDuration(String(limit))),
    canary: raw.canary === undefined ? undefined : unwrap(parseCanary(raw.canary)),
  })
}

function normaliseIp(ip: NonNullable<RawScan['ip']>): ScanSettings['ip'] {
  if (typeof ip === 'string') return ip
  return ip === 4 ? '4' : '6'
}

function normalisePortSelection(raw: NonNullable<RawScan['ports']>): PortSelection {
  if (!Array.isArray(raw)) return unwrap(parsePortOrSet(raw))
  return mergeRanges(raw.flatMap((item) => unwrap(parsePort(item))))
}

function normaliseHosts(raw: RawHosts | undefined, at: Context): HostRule[] {
  return Object.entries(raw ?? {}).map(([key, written]) => {
    const rule = within(at, key)
    const lists = Array.isArray(written) ? { allow: written } : written
    const listAt = (list: string) => (Array.isArray(written) ? rule : within(rule, list))
    return {
      key,
      matcher: unwrap(parseHostKey(key)),
      allow: addUp([
        ...normaliseAllowances(lists.allow, false, listAt('allow')),
        ...normaliseAllowances(lists.require, true, listAt('require')),
      ]),
      deny: normaliseDenials(lists.deny, listAt('deny')),
      place: placeOfKey(at, key),
    }
  })
}

function normaliseAllowances(raw: RawAllowance[] = [], required: boolean, list: Context): Allowance[] {
  return raw.map((written, index) => {
    const { port, service, reason, owner, expires } =
      typeof written === 'object' ? written : { port: written }
    return {
      text: String(port),
      ports: unwrap(parsePort(port)),
      required,
      ...defined({
        service: service === undefined ? undefined : unwrap(parseServiceName(service)),
        reason: reason?.trim(),
        owner: owner?.trim(),
        expires: expires === undefined ? undefined : String(expires),
      }),
      place: placeOf(list.source, within(list, index).spot.span.start),
    }
  })
}

/**
 * A requirement that names no service is combined with the allowances under the same key that name one for its ports. By
 * itself it would let any service answer.
 */
function addUp(allowances: Allowance[]): Allowance[] {
  const named = mergeRanges(allowances.flatMap(({ service, ports }) => (service === undefined ? [] : ports)))
  if (named.length === 0) return allowances
  return allowances.flatMap((allowance): Allowance | Allowance[] => {
    if (!allowance.required || allowance.service !== undefined) return allowance
    const both = intersectRanges(allowance.ports, named)
    if (both.length === 0) return allowance
    const rest = subtractRanges(allowance.ports, both)
    const only = { ...allowance, ports: both, requiresOnly: true as const }
    return rest.length === 0 ? only : [{ ...allowance, ports: rest }, only]
  })
}

function normaliseDenials(raw: RawDenial[] = [], list: Context): Denial[] {
  return raw.map((written, index) => {
    const { port, except } = typeof written === 'object' ? written : { port: written, except: undefined }
    return {
      text: String(port),
      ports: unwrap(parsePort(port)),
      ...defined({ except: except?.map((key) => unwrap(parseHostKey(key))) }),
      place: placeOf(list.source, within(list, index).spot.span.start),
    }
  })
}

/** Paths lose their empty and `.` segments, so that one file has one path. */
function normaliseFloor(raw: RawFloor, at: Context): Extended {
  const place = placeOfKey(at, 'extends')
  const tidy = (path: string) =>
    path
      .split('/')
      .filter((part) => part !== '' && part !== '.')
      .join('/') || '.'
  if (typeof raw === 'string') return { path: tidy(raw), place }
  return { repository: raw.repository, path: tidy(raw.path), ref: raw.ref.toLowerCase(), place }
}

function normaliseExclude(raw: string[] = [], list: Context): Exclusion[] {
  return raw.map((text, index) => ({
    text,
    cidr: unwrap(parseExclusion(text)),
    place: placeOf(list.source, within(list, index).spot.span.start),
  }))
}

function normaliseIgnore(raw: RawIgnored[] = [], list: Context): Ignored[] {
  return raw.map(({ finding, hosts, reason, owner, expires }, index) => ({
    finding,
    reason: reason.trim(),
    ...defined({
      hosts: hosts?.map((key) => unwrap(parseHostKey(key))),
      owner: owner?.trim(),
      expires: expires === undefined ? undefined : String(expires),
    }),
    place: placeOf(list.source, within(list, index).spot.span.start),
  }))
}

/** A valid raw catalogue as the rest of Portgate wants it, by ascending port. */
export function normaliseCatalogue(raw: RawCatalogue, at: Context): CatalogueOverride[] {
  return Object.entries(raw).map(([port, { service, severity, why, remedy }]) => ({
    port: Number(port),
    ...defined({ service: service?.trim(), severity, why: why?.trim(), remedy: remedy?.trim() }),
    place: placeOfKey(at, port),
  }))
}
