import {
  type Endpoint,
  FAIL_ON,
  type FailOn,
  type HostMatcher,
  IP_SELECTIONS,
  type IpSelection,
  MODES,
  type Mode,
  ON_DOUBT,
  type OnDoubt,
  type PortSelection,
} from '../model.ts'
import { explainComma, parseEndpoint } from '../policy/endpoints.ts'
import { parseHostKey } from '../policy/hosts.ts'
import { didYouMean } from '../policy/nearest.ts'
import { parsePort, parsePortSelection } from '../policy/ports.ts'
import { type Problem, quote } from '../policy/problem.ts'
import { parseDuration } from '../policy/times.ts'
import { Unusable } from '../unusable.ts'

/**
 * What a user asks for, as it was written; inputs and flags have the same names. Empty is as good as absent, save a list
 * that was written and names nothing: its text is its only item then, and refused as such.
 */
export interface Options {
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
}

/** The same, understood. */
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
}

/** As in a policy. */
const HIGHEST_RATE = 1_000_000

/**
 * Understands what the user asks for.
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
  if (problems.length > 0) throw new Unusable(problems)
  return request
}

/** A hint as it holds for an input, which is no YAML: nothing is quoted, and a list has no mappings. */
function asInput(hint: string): string {
  return hint.replace(/`"([^"`]*)"`/g, '`$1`').replace(/ or `\{[^`]*\}`/g, '')
}

/**
 * The items of a list as an input writes it: one a line, or with commas or spaces between, save those in braces. After a
 * URL a comma separates only before a space. A text of nothing but separators is an item as it stands: taken for none, it
 * would ask for the default.
 */
export function splitList(text: string): string[] {
  return (readNotation(text) ?? [text]).flatMap(splitItems)
}

/** The items of a list that is written as YAML or JSON writes one: `- a` in lines, `["a", "b"]` or `[a, b]`. Undefined for any other text. */
function readNotation(text: string): string[] | undefined {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '')
  if (lines.length > 0 && lines.every((line) => /^\s*-\s+\S/.test(line)))
    return lines.map((line) => unquote(line.replace(/^\s*-\s+/, '').trim()))
  const [, inner] = /^\s*\[([^[\]]*(?:\[[^[\]]*\][^[\]]*)*)\]\s*$/.exec(text) ?? []
  // An IPv6 address may stand in brackets, and is no list.
  if (inner === undefined || !/["',\s]/.test(inner.trim())) return undefined
  const items = inner.split(',').map((item) => unquote(item.trim()))
  return items.at(-1) === '' ? items.slice(0, -1) : items
}

function unquote(item: string): string {
  return /^(["'])([^"']*)\1$/.exec(item)?.[2] ?? item
}

function splitItems(text: string): string[] {
  return text.match(/[^ \t\r\n,]*:\/\/[^ \t\r\n]*[^ \t\r\n,]|(?:\{[^{} \t\r\n]*\}|[^ \t\r\n,])+/g) ?? [text]
}

/** Ports as an input writes them: also as a list of YAML or JSON, or with spaces or lines between. */
function joinPorts(text: string): string {
  const listed =
    readNotation(text) ?? (/^\[\s*[\w-]+\s*\]$/.test(text) ? [text.slice(1, -1).trim()] : undefined)
  const items = listed ?? text.split(/\s+/)
  return items.every((item) => !parsePort(item).problem) ? items.join(',') : text
}
