import {
  type Endpoint,
  FAIL_ON,
  type FailOn,
  type HostMatcher,
  IP_SELECTIONS,
  type IpSelection,
  KNOWN_VIOLATIONS,
  type KnownViolations,
  MODES,
  type Mode,
  ON_DOUBT,
  type OnDoubt,
  type PortSelection,
} from '../model.ts'
import { explainComma, parseEndpoint } from '../policy/endpoints.ts'
import { parseHostKey } from '../policy/hosts.ts'
import { didYouMean } from '../policy/nearest.ts'
import { parsePortSelection } from '../policy/ports.ts'
import { type Problem, quote } from '../policy/problem.ts'
import { parseDuration } from '../policy/times.ts'
import { Unusable } from '../unusable.ts'
import { joinPorts } from './lists.ts'
import { parseResults, type ResultsOptions, type ResultsRequest } from './results-options.ts'

/**
 * What a user asks for, as it was written; inputs and flags have the same names. Empty means absent, except for a list that was
 * written but names nothing, whose text is then its only item and refused as such, and for `baseline`, which a first run leaves
 * empty.
 */
export interface Options extends ResultsOptions {
  policy?: string
  environment?: string
  endpoints?: string[]
  ports?: string
  ip?: string
  'fail-on'?: string
  'on-doubt'?: string
  'fail-on-loosening'?: string
  mode?: string
  scope?: string[]
  wait?: string
  'max-rate'?: string
  'time-limit'?: string
  identify?: string
  /** A file. */
  baseline?: string
  'known-violations'?: string
}

/** The same, parsed. */
export interface Request {
  policy?: string
  environment?: string
  endpoints: Endpoint[]
  ports?: PortSelection
  ip?: IpSelection
  failOn?: FailOn
  onDoubt?: OnDoubt
  failOnLoosening: FailOn
  mode: Mode
  /** What may be probed at all; undefined: whatever the policy names. */
  scope?: HostMatcher[]
  /** How long to wait for required ports before the scan, in milliseconds. */
  waitMs?: number
  /** New connections a second. */
  maxRate?: number
  timeLimitMs?: number
  identify?: boolean
  /** Files of another scanner that are judged in place of a scan. */
  results?: ResultsRequest
  /** The earlier report that this run is compared with. */
  baseline?: string
  knownViolations: KnownViolations
}

/** Into how many shards a plan is to be cut, as it was written: their number, or how long one may take. */
export interface CutOptions {
  shards?: string
  'max-time'?: string
}

/** As in a policy. */
const HIGHEST_RATE = 1_000_000

/**
 * Parses what the user asks for.
 *
 * @throws {Unusable} with all that is wrong
 */
export function parseOptions(options: Options): Request {
  const problems: string[] = []
  const choose = <T extends string>(name: keyof Options, values: readonly T[]): T | undefined => {
    const text = String(options[name] ?? '').trim()
    const value = values.find((candidate) => candidate === text)
    if (text === '' || value !== undefined) return value
    const hint = didYouMean(text, values, `expected one of ${values.join(', ')}`)
    problems.push(`${name}: invalid value ${quote(text)} (${hint})`)
    return undefined
  }
  const complain = (name: string, { message, hint }: Problem) =>
    problems.push(`${name}: ${message}${hint ? ` (${asInput(hint)})` : ''}`)

  const request: Request = {
    policy: options.policy?.trim() || undefined,
    environment: options.environment?.trim() || undefined,
    endpoints: [],
    ip: choose('ip', IP_SELECTIONS),
    failOn: choose('fail-on', FAIL_ON),
    onDoubt: choose('on-doubt', ON_DOUBT),
    failOnLoosening: choose('fail-on-loosening', FAIL_ON) ?? 'never',
    mode: choose('mode', MODES) ?? 'enforce',
    baseline: options.baseline?.trim() || undefined,
    knownViolations: choose('known-violations', KNOWN_VIOLATIONS) ?? 'fail',
  }
  for (const text of new Set(options.endpoints)) {
    const parsed = explainComma(text) ?? parseEndpoint(text)
    if (parsed.problem) complain('endpoints', parsed.problem)
    else request.endpoints.push({ ...parsed.value, scan: {} })
  }
  for (const text of new Set(options.scope)) {
    const parsed = parseHostKey(text)
    if (parsed.problem) complain('scope', parsed.problem)
    else request.scope = [...(request.scope ?? []), parsed.value]
  }
  if (options.ports?.trim()) {
    const parsed = parsePortSelection(joinPorts(options.ports.trim()))
    if (parsed.problem) complain('ports', parsed.problem)
    else request.ports = parsed.value
  }
  if (options['max-rate']?.trim()) {
    const text = options['max-rate'].trim()
    if (/^[1-9]\d{0,6}$/.test(text) && +text <= HIGHEST_RATE) request.maxRate = +text
    else problems.push(`max-rate: ${quote(text)} is not a number of connections a second (1 to 1000000)`)
  }
  if (options['time-limit']?.trim()) {
    const parsed = parseDuration(options['time-limit'].trim())
    if (parsed.problem) complain('time-limit', parsed.problem)
    else request.timeLimitMs = parsed.value
  }
  const identify = choose('identify', ['true', 'false'])
  if (identify !== undefined) request.identify = identify === 'true'
  if (options.wait?.trim()) {
    const parsed = parseDuration(options.wait.trim())
    if (parsed.problem) complain('wait', parsed.problem)
    else request.waitMs = parsed.value
  }
  request.results = parseResults(options, complain)
  if (request.results && request.waitMs !== undefined)
    problems.push('wait: it cannot be combined with `results`')
  if (options.baseline === undefined && request.knownViolations === 'warn')
    problems.push('known-violations: `warn` has no effect without `baseline`')
  if (problems.length > 0) throw new Unusable(problems)
  return request
}

/** A hint reworded for an input, which is not YAML: nothing is quoted, and a list has no mappings. */
function asInput(hint: string): string {
  return hint.replace(/`"([^"`]*)"`/g, '`$1`').replace(/ or `\{[^`]*\}`/g, '')
}
