import {
  type Baseline,
  type BaselineHost,
  type BaselineViolation,
  type FindingId,
  type FindingKind,
  SEVERITIES,
} from '../model.ts'
import { count } from '../numbers.ts'
import { mergeRanges, subtractRanges, toRanges } from '../port-ranges.ts'
import { createMemberReader } from './formats/json-members.ts'
import { isObject, readObject } from './formats/json-objects.ts'
import { readHost, readInstant } from './formats/portgate.ts'
import { readPort, readPortList } from './ports.ts'
import { type Position, type Reader, ResultsError, type StatedPorts } from './reading.ts'
import { plain } from './services.ts'

/** As many as a scan takes. */
const MOST_HOSTS = 2 * 65_536

/** More than one run finds. */
const MOST_VIOLATIONS = 1_000_000

/** Doubts that invalidate what a report saw: of one host, or of all. */
const BLINDING: readonly FindingId[] = [
  'silent-run',
  'canary-not-open',
  'unreachable-host',
  'answers-everywhere',
]

/** Reads an earlier report, piece by piece; what it holds is there once the reader has ended. */
export interface BaselineReader extends Reader {
  baseline(): Omit<Baseline, 'file'>
}

/** Reads `report.json`, schema version 1. What a newer minor version has added is passed over. */
export function createBaselineReader(): BaselineReader {
  const wanted = new Map<string, unknown>()
  const lists = new Set<string>()
  const hosts: BaselineHost[] = []
  const violations: BaselineViolation[] = []
  const doubts: Baseline['doubts'] = []
  let read: Omit<Baseline, 'file'> | undefined
  const refuse = (position: Position, what = 'this is not a Portgate report of `schemaVersion` 1'): never => {
    throw new ResultsError(position, what)
  }
  const takeFinding = (value: Record<string, unknown>, position: Position) => {
    const { kind, id } = value
    if (typeof id !== 'string' || typeof kind !== 'string') return refuse(position, NO_FINDING)
    const about = readAbout(value) ?? refuse(position, NO_FINDING)
    // A doubt that its policy ignores is a note, but no more was seen for that.
    if (BLINDING.includes(id as FindingId)) doubts.push({ id: id as FindingId, ...about })
    if (kind !== ('violation' satisfies FindingKind)) return
    if (violations.length >= MOST_VIOLATIONS)
      refuse(position, `there are more than ${count(MOST_VIOLATIONS, 'violation')}`)
    violations.push(readViolation(id as FindingId, value, about) ?? refuse(position, NO_FINDING))
  }
  const reader = createMemberReader({
    lists: new Set(['hosts', 'findings', 'policyChanges']),
    list: (name) => lists.add(name),
    member(text, position) {
      const object = readObject(`{${text}}`)
      if (!object) return refuse(position)
      for (const [name, value] of Object.entries(object)) if (WANTED.has(name)) wanted.set(name, value)
      if ('schemaVersion' in object && object.schemaVersion !== 1) refuse(position)
      // A shard's report has no violations, so that all of them would look new.
      if ('shard' in object) refuse(position, ONE_SHARD)
    },
    item(name, text, position) {
      const value = readObject(text)
      if (!value) return refuse(position)
      if (name === 'findings') takeFinding(value, position)
      if (name !== 'hosts') return
      if (hosts.length >= MOST_HOSTS) refuse(position, `there are more than ${count(MOST_HOSTS, 'host')}`)
      hosts.push(readSeen(value) ?? refuse(position, 'this is not a host of a Portgate report'))
    },
    end(position) {
      const { schemaVersion, tool, environments, ...times } = Object.fromEntries(wanted)
      const [startedAt, finishedAt] = [readTime(times.startedAt), readTime(times.finishedAt)]
      const isWhole = lists.has('hosts') && lists.has('findings') && isTexts(environments)
      if (schemaVersion !== 1 || !isObject(tool) || tool.name !== 'portgate' || !isWhole)
        return refuse(position)
      if (startedAt === undefined || finishedAt === undefined)
        return refuse(position, 'the report does not say when its scan ran')
      read = {
        startedAt: toText(startedAt),
        finishedAt: toText(finishedAt),
        environments,
        hosts,
        violations,
        doubts,
      }
    },
  })
  return {
    ...reader,
    baseline() {
      if (!read) throw new Error('the report has not been read to its end')
      return read
    },
  }
}

const WANTED = new Set(['schemaVersion', 'tool', 'environments', 'startedAt', 'finishedAt'])

const ONE_SHARD =
  'this is the report of one shard, which judges nothing: use the report of a `check` or a `merge`'

const NO_FINDING = 'this is not a finding of a Portgate report'

/** The last millisecond that ISO 8601 writes with four digits for the year. */
const LAST_INSTANT = Date.UTC(10_000, 0) - 1

function readTime(value: unknown): number | undefined {
  const instant = readInstant(value)
  return instant !== undefined && instant >= 0 && instant <= LAST_INSTANT ? instant : undefined
}

function toText(instant: number): string {
  return new Date(instant).toISOString()
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}

function isTextOrAbsent(value: unknown): value is string | undefined {
  return value === undefined || typeof value === 'string'
}

/** An open port is open and an unknown one was not seen, whatever else the report says of the port. */
function readSeen(value: Record<string, unknown>): BaselineHost | undefined {
  const host = readHost(value)
  const { environment } = value
  const [endpoint] = host?.names ?? []
  if (!host || endpoint === undefined || !isTextOrAbsent(environment)) return undefined
  const ports = (groups: StatedPorts[] = []) => groups.flatMap((group) => group.ports)
  const open = [...new Map(host.open.map(({ port, service }) => [port, service]))].sort(([a], [b]) => a - b)
  const shut = subtractRanges(mergeRanges([...ports(host.closed), ...ports(host.filtered)]), [
    ...toRanges(open.map(([port]) => port)),
    ...ports(host.unknown),
  ])
  return {
    ...(environment === undefined ? {} : { environment }),
    endpoint,
    address: host.address,
    open: open.map(([port, service]) => ({ port, ...(service === undefined ? {} : { service }) })),
    shut,
  }
}

type About = Pick<BaselineViolation, 'environment' | 'endpoint' | 'address'>

function readAbout({ environment, endpoint, address }: Record<string, unknown>): About | undefined {
  if (!isTextOrAbsent(environment) || !isTextOrAbsent(endpoint) || !isTextOrAbsent(address)) return undefined
  return {
    ...(environment === undefined ? {} : { environment }),
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(address === undefined ? {} : { address }),
  }
}

function readViolation(
  id: FindingId,
  value: Record<string, unknown>,
  about: About,
): BaselineViolation | undefined {
  const { service, fingerprint } = value
  const severity = SEVERITIES.find((known) => known === value.severity)
  const port = value.port === undefined ? undefined : readPort(value.port)
  const ports = typeof value.ports === 'string' ? readPortList(value.ports) : undefined
  const since = value.since === undefined ? undefined : readTime(value.since)
  const isWhole =
    severity !== undefined &&
    typeof fingerprint === 'string' &&
    /^[0-9a-f]{32}$/.test(fingerprint) &&
    isTextOrAbsent(service) &&
    (value.port === undefined) === (port === undefined) &&
    (value.ports === undefined) === (ports === undefined) &&
    (value.since === undefined) === (since === undefined)
  if (!isWhole) return undefined
  return {
    id,
    severity,
    ...about,
    ...(port === undefined ? {} : { port }),
    ...(ports === undefined ? {} : { ports: [...ports] }),
    ...(service === undefined ? {} : { service: plain(service) }),
    fingerprint,
    ...(since === undefined ? {} : { since: toText(since) }),
  }
}
