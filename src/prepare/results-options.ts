import { CLOCK_ERROR_MS, type HostMatcher, type PortSelection, type Staleness } from '../model.ts'
import { parseHostKey } from '../policy/hosts.ts'
import { parsePortSelection } from '../policy/ports.ts'
import { fail, type Parsed, type Problem, quote } from '../policy/problem.ts'
import { parseDuration } from '../policy/times.ts'
import { joinPorts, unquote } from './lists.ts'

/** What is said of results, as it was written. */
export interface ResultsOptions {
  /** Files. */
  results?: string[]
  'results-cover'?: string[]
  'max-age'?: string
}

/** The results that are to be judged. */
export interface ResultsRequest {
  files: string[]
  /** What they cover, where they don't say. */
  cover: { host: HostMatcher; ports: PortSelection }[]
  /** How long ago the scan may have begun, in milliseconds; infinite: it does not matter. */
  maxAgeMs: number
}

const DAY_MS = 24 * 60 * 60 * 1000

/** How old results may be, unless another age is given. */
export const DEFAULT_AGE = '24h'

/**
 * Parses the options about results. Undefined if no results are named: the other options then mean nothing.
 *
 * @param complain called with each problem
 */
export function parseResults(
  options: ResultsOptions,
  complain: (name: string, problem: Problem) => void,
): ResultsRequest | undefined {
  const files = [...new Set(options.results?.map((file) => file.trim()).filter(Boolean))]
  const cover = (options['results-cover'] ?? []).filter((text) => text.trim())
  const age = options['max-age']?.trim()
  if (files.length === 0) {
    const useless = { 'results-cover': cover.length > 0, 'max-age': Boolean(age) }
    for (const [name, isGiven] of Object.entries(useless))
      if (isGiven) complain(name, fail('bad-value', 'it has no effect without `results`').problem)
    return undefined
  }
  const results: ResultsRequest = { files, cover: [], maxAgeMs: DAY_MS }
  for (const text of cover) {
    const parsed = parseCover(text)
    if (parsed.problem) complain('results-cover', parsed.problem)
    else results.cover.push(parsed.value)
  }
  const parsed = parseAge(age || DEFAULT_AGE)
  if (parsed.problem) complain('max-age', parsed.problem)
  else results.maxAgeMs = parsed.value
  return results
}

/** A host and the ports that were scanned there: `192.0.2.0/24: 1-1024`. */
function parseCover(text: string): Parsed<ResultsRequest['cover'][number]> {
  const [, host = '', ports = ''] = /^\s*(\S+?)\s*:\s+(\S.*?)\s*$/.exec(text) ?? []
  const hint = 'for example `192.0.2.0/24: all` or `db.example.com: 1-1024`'
  if (host === '') return fail('bad-value', `${quote(text.trim())} is not a host with ports`, hint)
  const matcher = parseHostKey(unquote(host))
  if (matcher.problem) return matcher
  const selection = parsePortSelection(joinPorts(ports))
  return selection.problem ? selection : { value: { host: matcher.value, ports: selection.value } }
}

/** After which time results are too old: `12h`, `7d`, or `never`. */
export function parseAge(text: string): Parsed<number> {
  if (text === 'never') return { value: Number.POSITIVE_INFINITY }
  const [, days] = /^([1-9]\d{0,3})d$/.exec(text) ?? []
  if (days !== undefined) return { value: Number(days) * DAY_MS }
  const parsed = parseDuration(text)
  if (!parsed.problem) return parsed
  return fail('bad-duration', `${quote(text)} is not an age`, 'for example `24h`, `7d` or `never`')
}

/** What is wrong with the age of what was seen at a time, in milliseconds since 1970; undefined where nothing is. */
export function findStaleness(
  seenAt: number | undefined,
  maxAgeMs: number,
  now: number,
): Staleness | undefined {
  if (maxAgeMs === Number.POSITIVE_INFINITY) return undefined
  if (seenAt === undefined) return 'undated'
  if (seenAt > now + CLOCK_ERROR_MS) return 'in-the-future'
  return seenAt < now - maxAgeMs ? 'too-old' : undefined
}
