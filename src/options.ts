import {
  type Endpoint,
  type FailOn,
  type HostMatcher,
  type IpSelection,
  type OnDoubt,
  type PortSelection,
  SEVERITIES,
} from './model.ts'
import { explainComma, parseEndpoint } from './policy/endpoints.ts'
import { parseHostKey } from './policy/hosts.ts'
import { didYouMean } from './policy/nearest.ts'
import { parsePortSelection } from './policy/ports.ts'
import { type Problem, quote } from './policy/problem.ts'
import { parseDuration } from './policy/times.ts'
import { Unusable } from './unusable.ts'

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
  mode: 'enforce' | 'audit'
  /** What may be probed at all; undefined: whatever the policy names. */
  scope?: HostMatcher[]
  /** How long to wait for required ports before the scan, in milliseconds. */
  waitMs?: number
}

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
    const hint = didYouMean(text, values, `one of ${values.join(', ')}`)
    problems.push(`${name}: ${quote(text)} is not a value of it (${hint})`)
    return undefined
  }
  const complain = (name: string, { message, hint }: Problem) =>
    problems.push(`${name}: ${message}${hint ? ` (${hint})` : ''}`)

  const request: Request = {
    policy: options.policy?.trim() || undefined,
    environment: options.environment?.trim() || undefined,
    endpoints: [],
    ip: choose('ip', ['auto', 'both', '4', '6']),
    failOn: choose('fail-on', [...SEVERITIES, 'never']),
    onDoubt: choose('on-doubt', ['fail', 'warn']),
    failOnLoosening: choose('fail-on-loosening', [...SEVERITIES, 'never']) ?? 'never',
    mode: choose('mode', ['enforce', 'audit']) ?? 'enforce',
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
    const parsed = parsePortSelection(options.ports.trim())
    if (parsed.problem) complain('ports', parsed.problem)
    else request.ports = parsed.value
  }
  if (options.wait?.trim()) {
    const parsed = parseDuration(options.wait.trim())
    if (parsed.problem) complain('wait', parsed.problem)
    else request.waitMs = parsed.value
  }
  if (problems.length > 0) throw new Unusable(problems)
  return request
}

/**
 * The items of a list as an input writes it: one a line, or with commas or spaces between, save those in braces. After a
 * URL a comma separates only before a space. A text of nothing but separators is an item as it stands: taken for none, it
 * would ask for the default.
 */
export function splitList(text: string): string[] {
  return text.match(/[^ \t\r\n,]*:\/\/[^ \t\r\n]*[^ \t\r\n,]|(?:\{[^{} \t\r\n]*\}|[^ \t\r\n,])+/g) ?? [text]
}
