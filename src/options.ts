import {
  type Endpoint,
  type FailOn,
  type IpSelection,
  type OnDoubt,
  type PortSelection,
  SEVERITIES,
} from './model.ts'
import { parseEndpoint } from './policy/endpoints.ts'
import { didYouMean } from './policy/nearest.ts'
import { parsePortSelection } from './policy/ports.ts'
import { type Problem, quote } from './policy/problem.ts'
import { Unusable } from './unusable.ts'

/** What a user asks for, as it was written; inputs and flags have the same names. Empty is as good as absent. */
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
    const parsed = parseEndpoint(text)
    if (parsed.problem) complain('endpoints', parsed.problem)
    else request.endpoints.push({ ...parsed.value, scan: {} })
  }
  if (options.ports?.trim()) {
    const parsed = parsePortSelection(options.ports.trim())
    if (parsed.problem) complain('ports', parsed.problem)
    else request.ports = parsed.value
  }
  if (problems.length > 0) throw new Unusable(problems)
  return request
}

/** The items of a list as an input writes it: one a line, or with commas or spaces between. */
export function splitList(text: string): string[] {
  return text.split(/[\s,]+/).filter((item) => item !== '')
}
