import * as z from 'zod'
import { SEVERITIES } from '../model.ts'
import { formatNumber } from '../numbers.ts'
import { LAST_PORT } from '../port-ranges.ts'
import { parseCanary, parseEndpoint } from './endpoints.ts'
import { parseExclusion } from './exclude.ts'
import { parseHostKey } from './hosts.ts'
import { parsePort, parsePortOrSet, parseServiceName } from './ports.ts'
import { fail, type Parsed, type Problem, quote } from './problem.ts'
import { parseDate, parseDuration } from './times.ts'

/**
 * The single values of a policy. A message in a schema here is not a sentence but the noun phrase for what belongs
 * there; `issues.ts` makes the sentence. What a parser finds travels as the `params` of a custom issue.
 */

/** The `params` of a custom issue: a problem with a value, or with the key that leads to it. */
export interface Found {
  problem: Problem
  at: 'key' | 'value'
}

/** Adds what a parser found to what zod finds. */
export function report(context: z.core.$RefinementCtx, problem: Problem | undefined, key?: string): void {
  if (!problem) return
  const found: Found = { problem, at: key === undefined ? 'value' : 'key' }
  context.addIssue({ code: 'custom', path: key === undefined ? [] : [key], params: { ...found } })
}

/** A schema whose values a parser checks, with the JSON Schema that tells an editor the same as far as it can be told. */
function checked<S extends z.ZodType>(
  schema: S,
  parse: (value: z.output<S>) => { problem?: Problem },
  json: z.core.JSONSchema.BaseSchema,
): S {
  const { id, ...rest } = json
  return schema
    .superRefine((value, context) => report(context, parse(value).problem))
    .meta({ json: rest, ...(id === undefined ? {} : { id }) })
}

function numberOrText(phrase: string) {
  return z.union([z.number(phrase), z.string(phrase)], phrase)
}

const ANY_PORT = { type: 'integer', minimum: 1, maximum: LAST_PORT } as const
const PORT_TEXT = {
  type: 'string',
  pattern: '^(\\d{1,5}(-\\d{1,5})?|[A-Za-z0-9][A-Za-z0-9_.+/*-]*)$',
} as const

/** A number, a range or the name of a service. */
export const port = checked(
  numberOrText('a port, a range such as `"8000-8010"` or a service name'),
  parsePort,
  {
    id: 'port',
    anyOf: [ANY_PORT, PORT_TEXT],
    description: 'A TCP port, a range "8000-8010", or the name of a service from the catalogue or IANA.',
    examples: [443, '8000-8010', 'https'],
  },
)

/** As `port`, or the name of a set. */
export const portOrSet = checked(numberOrText('a port'), parsePortOrSet, {
  anyOf: [ANY_PORT, { enum: ['common', 'catalogue', 'all'] }, PORT_TEXT],
  description: 'A named set of ports, or one port, range or service.',
  examples: ['common', 'catalogue', 'all', '1-1024'],
})

/** The service that has to answer. */
export const serviceName = checked(z.string('the name of a service'), parseServiceName, {
  type: 'string',
  pattern: '^[A-Za-z0-9][A-Za-z0-9_.+/*-]*$',
  examples: ['ssh', 'https', 'redis'],
})

/**
 * A mapping whose keys a parser checks. They are checked in a refinement of the whole mapping: with a key schema, zod
 * would leave the value of a wrong key unread.
 */
function keyed(
  phrase: string,
  parseKey: (key: string) => { problem?: Problem },
  json: z.core.JSONSchema.BaseSchema,
) {
  return <V extends z.ZodType>(value: V) =>
    z.record(z.string().meta({ json }), value, phrase).superRefine(
      (record, context) => {
        for (const key of Object.keys(record)) report(context, parseKey(key).problem, key)
      },
      { when: ({ value }) => typeof value === 'object' && value !== null && !Array.isArray(value) },
    )
}

const HOST_JSON = {
  type: 'string',
  pattern: '^([^\\s:/%@\\\\]+|\\[?[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*\\]?(/\\d{1,3})?|[0-9.]+/\\d{1,2})$',
} as const

export const byHost = keyed('a mapping of hosts', parseHostKey, HOST_JSON)

/** Hosts, as the keys of `hosts` name them. */
export const hostKey = checked(
  z.string('a name, a pattern, an address or a CIDR block'),
  parseHostKey,
  HOST_JSON,
)

/** An address or a block that is never scanned. */
export const exclusion = checked(z.string('an address or a CIDR block'), parseExclusion, {
  type: 'string',
  pattern: '^\\[?[0-9A-Fa-f:.]*[:.][0-9A-Fa-f:.]*\\]?(/\\d{1,3})?$',
  examples: ['10.20.0.5', '10.20.9.0/24', '2001:db8::5'],
})

export const endpointText = checked(z.string('a name, an address, a CIDR block or a URL'), parseEndpoint, {
  type: 'string',
  pattern: '^[^\\s*?{}]+$|^[A-Za-z][A-Za-z0-9+.-]*://\\S+$',
  description: 'A DNS name, an IPv4 or IPv6 address, a CIDR block, or a URL, whose port is probed as well.',
  examples: ['www.example.com', 'https://api.example.com:8443/health', '203.0.113.16/29'],
})

export const canary = checked(z.string('host:port'), parseCanary, {
  type: 'string',
  pattern: '^(\\[[0-9A-Fa-f:.]+\\]|[^\\s:/]+):\\d{1,5}$',
  description: 'A host and port known to be open: it proves that this machine can see at all.',
  examples: ['status.example.com:443', '[2001:db8::1]:443'],
})

export const duration = checked(
  numberOrText('a duration such as `90s` or `10m`'),
  (value) => parseDuration(String(value)),
  {
    type: 'string',
    pattern: '^(?=\\d)(\\d+h)?(\\d+m)?(\\d+s)?(\\d+ms)?$',
    examples: ['90s', '10m', '1h30m'],
  },
)

export const date = checked(numberOrText('a date as YYYY-MM-DD'), (value) => parseDate(String(value)), {
  type: 'string',
  format: 'date',
  pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$',
  examples: ['2027-01-31'],
})

export const byEnvironment = keyed('a mapping of environments', parseEnvironmentName, {
  type: 'string',
  minLength: 1,
  maxLength: 100,
})

function parseEnvironmentName(name: string): Parsed<string> {
  if (/^\P{C}{1,100}$/u.test(name)) return { value: name }
  return fail(
    'bad-environment',
    `${quote(name)} cannot name an environment`,
    '1 to 100 characters, none of them control',
  )
}

export const byPort = keyed('a mapping of ports', parseCataloguePort, {
  type: 'string',
  pattern: '^[1-9]\\d{0,4}$',
})

function parseCataloguePort(key: string): { problem?: Problem } {
  if (/^\d+$/.test(key)) return parsePort(key)
  return fail('bad-port', `${quote(key)} is not a TCP port`, 'one port number per key')
}

const CATALOGUE_PATH = '.github/port-catalogue.yml'
const FLOOR_PATH = 'policies/floor.yml'

/** GitHub's owners (those of Enterprise Managed Users have an underscore) and names of repositories; none ends in `.git`. */
const REPOSITORY = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}\/(?!\.{1,2}$)(?!.*\.git$)[A-Za-z0-9._-]{1,100}$/

export const cataloguePath = checked(z.string('a mapping of ports, or a path'), pathLike(CATALOGUE_PATH), {
  type: 'string',
  pattern: '^(?!/)[^\\\\]+$',
  description: 'The path of a file, from the root of the repository, that holds the mapping of ports.',
  examples: [CATALOGUE_PATH],
})

/** Parses a path that stays in the repository, judging by its text alone: links are refused when the file is read. */
function pathLike(example: string) {
  return (path: string): Parsed<string> => {
    const leaves = path === '' || /^[/\\]|^[a-z]:|[\\\p{C}]/iu.test(path) || path.split('/').includes('..')
    if (!leaves) return { value: path }
    return fail('bad-path', `${quote(path)} is not a path in the repository`, `for example ${quote(example)}`)
  }
}

export const floorPath = checked(
  z.string('a path, or a mapping of repository, path and ref'),
  parseFloorPath,
  {
    type: 'string',
    pattern: '^(?!/)[^\\\\]+$',
    description: 'The path of a policy file, from the root of its repository.',
    examples: [FLOOR_PATH],
  },
)

function parseFloorPath(text: string): Parsed<string> {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return pathLike(FLOOR_PATH)(text)
  const hint = 'of another repository, write a mapping of repository, path and ref'
  return fail('bad-path', `${quote(text)} is a URL and not a path`, hint)
}

export const repositoryName = checked(z.string('`owner/name`'), parseRepository, {
  type: 'string',
  pattern: REPOSITORY.source,
  description: 'The repository, as `owner/name`.',
  examples: ['example/security'],
})

/** Accepts nothing but the name of a repository, since it becomes part of a URL. */
function parseRepository(text: string): Parsed<string> {
  if (REPOSITORY.test(text)) return { value: text }
  const [, found] = /^(?:https?:\/\/|git@)[^/:]+[/:]([^/]+\/[^/]+?)(?:\.git)?\/?$/.exec(text) ?? []
  const hint = found !== undefined && REPOSITORY.test(found) ? found : 'example/security'
  return fail('bad-repository', `${quote(text)} is not a repository`, `for example ${quote(hint)}`)
}

export const commitSha = checked(z.string('the full SHA of a commit, in quotes'), parseSha, {
  type: 'string',
  pattern: '^([0-9a-fA-F]{40}|[0-9a-fA-F]{64})$',
  description: 'The full SHA of the commit: a branch or a tag may be moved.',
})

function parseSha(text: string): Parsed<string> {
  if (/^([0-9a-f]{40}|[0-9a-f]{64})$/i.test(text)) return { value: text.toLowerCase() }
  const what = /^[0-9a-f]{4,63}$/i.test(text) ? 'is not a whole SHA' : 'is not the SHA of a commit'
  const hint = 'write all 40 digits, as `git rev-parse` prints them: a branch or a tag may be moved'
  return fail('bad-ref', `${quote(text)} ${what}`, hint)
}

const LONGEST_TEXT = 1000

/** Text for people: anything but blank. */
export const words = z
  .string('text')
  .max(LONGEST_TEXT, `text of at most ${LONGEST_TEXT} characters`)
  .regex(/\S/, 'text that is not empty')

export const severity = z.enum(SEVERITIES, `one of ${SEVERITIES.join(', ')}`)

/** A whole number from 1 to `most`. */
export function count(most: number) {
  // Only when it is needed: formatting the first number costs 15 ms.
  const error = () => `a whole number from 1 to ${formatNumber(most)}`
  return z.int({ error }).min(1, { error }).max(most, { error })
}
