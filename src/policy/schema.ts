import * as z from 'zod'
import { DOCUMENTS, FAIL_ON, IP_SELECTIONS, KIND_OF, ON_DOUBT, SEVERITIES } from '../model.ts'
import { IGNORABLE_IDS, isOfHost } from './ignorable.ts'
import { fail } from './problem.ts'
import {
  byEnvironment,
  byHost,
  byPort,
  canary,
  cataloguePath,
  commitSha,
  count,
  date,
  duration,
  endpointText,
  exclusion,
  floorPath,
  hostKey,
  port,
  portOrSet,
  report,
  repositoryName,
  serviceName,
  severity,
  words,
} from './scalars.ts'

/**
 * The shape of a policy file as it is written: it validates, it gives the types, and `json-schema.ts` prints it
 * for editors. What belongs to one value is in `scalars.ts`, what spans several is in `duplicates.ts`.
 */

/** A mapping that knows its keys. For an unknown key zod can carry text only, so the text is the list of known ones. */
function mapping<S extends z.core.$ZodShape>(phrase: string, shape: S) {
  const keys = Object.keys(shape).join(' ')
  return z.strictObject(shape, { error: ({ code }) => (code === 'unrecognized_keys' ? keys : phrase) })
}

const allowance = mapping('a port, or a mapping with the key `port`', {
  port: port,
  service: serviceName.optional().describe('The service that must answer.'),
  reason: words.optional().describe('Why it has to be open.'),
  owner: words.optional().describe('Who answers for it, for example "@example/platform".'),
  expires: date.optional().describe('The last day (UTC) that it holds.'),
})

const allowances = z
  .array(z.union([port, allowance], 'a port, or a mapping with the key `port`'), 'a list of ports')
  .meta({ id: 'allowances' })

const denial = mapping('a port, or a mapping of `port` and `except`', {
  port: port,
  except: z
    .array(hostKey, 'a list of hosts')
    .min(1, 'a list of at least one host')
    .describe('Hosts of the key that the denial does not apply to. By itself, this allows nothing on them.'),
})

const denials = z.array(
  z.union([port, denial], 'a port, or a mapping of `port` and `except`'),
  'a list of ports',
)

const hostRule = z.union(
  [
    allowances.describe('The ports that may be open; [] if none may.'),
    mapping('a list of ports, or a mapping of allow, require and deny', {
      allow: allowances.optional().describe('Ports that may be open.'),
      require: allowances.optional().describe('Ports that must be open; implies allow.'),
      deny: denials.optional().describe('Ports that must never be open, whatever another entry allows.'),
    }),
  ],
  'a list of ports such as `[80, 443]`, or a mapping of allow, require and deny',
)

const hosts = byHost(hostRule).meta({
  id: 'hosts',
  description:
    'Allowed ports per host: a name, a pattern ("*" is one label, "**" any number of labels), an address or a CIDR ' +
    'block. All matching entries add up, and deny wins.',
})

const scanShape = {
  ports: z
    .union(
      [portOrSet, z.array(port, 'a list of ports').min(1, 'a list of at least one port')],
      'common, catalogue, all, a port, a range, a service name, or a list of ports',
    )
    .optional()
    .describe('Ports to probe: common, catalogue, all, a port, a range, a service name, or a list of those.'),
  ip: z
    .literal([...IP_SELECTIONS, 4, 6], 'auto, both, 4 or 6')
    .optional()
    .describe('auto: both families if this machine has them; both: must cover both; 4 or 6: only that one.'),
  identify: z
    .boolean('true or false')
    .optional()
    .describe('Identify the service on each open port; false: connect only.'),
  'max-rate': count(1_000_000).optional().describe('New connections per second for the whole run.'),
  'time-limit': duration.optional().describe('Time limit for the scan, at most 24h: 90s, 10m, 1h30m.'),
  canary: canary.optional(),
}

const scan = mapping('a mapping of scan settings', scanShape).meta({
  id: 'scan',
  description: 'How to scan. An environment or an endpoint may override any of it.',
})

const endpoint = z.union(
  [
    endpointText,
    mapping('an endpoint, or a mapping with the key `host`', { host: endpointText, ...scanShape }),
  ],
  'a name, an address, a CIDR block, a URL, or a mapping with the key `host`',
)

const failOn = z
  .enum(FAIL_ON, `one of ${SEVERITIES.join(', ')}, never`)
  .describe('Lowest severity of a violation that fails; never: audit.')

const onDoubt = z.enum(ON_DOUBT, 'fail or warn').describe('What an inconclusive verdict does to the check.')

const environment = mapping('a mapping with endpoints or hosts', {
  endpoints: z
    .array(endpoint, 'a list of endpoints')
    .min(1, 'a list of at least one endpoint')
    .optional()
    .describe(
      'What to scan. Without it: the names and addresses among the keys of hosts, here and at the top.',
    ),
  hosts: hosts.optional(),
  scan: scan.optional(),
  'fail-on': failOn.optional(),
  'on-doubt': onDoubt.optional(),
})

const ignored = mapping('a mapping of finding, hosts, reason, owner and expires', {
  finding: z.enum(IGNORABLE_IDS, 'the id of a doubt or a note').describe('The doubt or note to accept.'),
  hosts: z
    .array(hostKey, 'a list of hosts')
    .min(1, 'a list of at least one host')
    .optional()
    .describe('The hosts that it is about. Required, unless it is not about a host.'),
  reason: words.describe('Why it is accepted.'),
  owner: words.optional().describe('Who answers for it, for example "@example/platform".'),
  expires: date.optional().describe('The last day (UTC) that it is ignored. Required for a doubt.'),
}).superRefine(
  ({ finding, hosts, expires }, context) => {
    const add = (...problem: Parameters<typeof fail>) => report(context, fail(...problem).problem)
    if (isOfHost(finding) && !hosts)
      add('missing-key', '`hosts` is missing', `${finding} is about a host: write a list of hosts`)
    if (!isOfHost(finding) && hosts)
      report(context, fail('bad-value', `${finding} is not about a host`, 'remove `hosts`').problem, 'hosts')
    if (KIND_OF[finding] === 'doubt' && expires === undefined)
      add('missing-key', '`expires` is missing', 'a doubt is ignored for a time: write a date as YYYY-MM-DD')
  },
  { when: ({ issues }) => issues.length === 0 },
)

const catalogueEntry = mapping('a mapping of service, severity, why and remedy', {
  service: words.optional().describe('The service that usually answers there.'),
  severity: severity.optional().describe('The severity if it is open and not allowed.'),
  why: words.optional().describe('Why it matters.'),
  remedy: words.optional().describe('What to do.'),
})
  .superRefine(
    (entry, context) => {
      if (Object.keys(entry).length > 0) return
      report(
        context,
        fail('bad-value', 'the entry says nothing', 'write service, severity, why or remedy').problem,
      )
    },
    { when: ({ issues }) => issues.length === 0 },
  )
  .meta({ minProperties: 1 })

/** What an entry of the catalogue can say. */
export const catalogueKeys: ReadonlySet<string> = new Set(Object.keys(catalogueEntry.shape))

/** The catalogue, in a policy or in a file of its own: what it changes or adds, by port. */
export const catalogueSchema = byPort(catalogueEntry)

const floor = z.union(
  [
    floorPath,
    mapping('a path, or a mapping of repository, path and ref', {
      repository: repositoryName,
      path: floorPath,
      ref: commitSha,
    }),
  ],
  'a path, or a mapping of repository, path and ref',
)

/** Top-level keys that begin so hold anchors, and are not read otherwise. */
export const ANCHORS = 'x-'

export const policySchema = mapping('a mapping that begins with `version: 1`', {
  version: z.literal(1, '`version: 1`').describe('The version of the format.'),
  scan: scan.optional(),
  extends: floor
    .optional()
    .describe('A floor: a policy that this one may tighten and never loosen, here or in another repository.'),
  exclude: z
    .array(exclusion, 'a list of addresses and CIDR blocks')
    .optional()
    .describe(
      'Addresses and CIDR blocks that are never scanned, whatever endpoint covers them or name resolves to them.',
    ),
  'fail-on': failOn.optional(),
  'on-doubt': onDoubt.optional(),
  hosts: hosts.optional(),
  environments: byEnvironment(environment)
    .optional()
    .describe('Named sets of endpoints, with rules of their own on top.'),
  ignore: z
    .array(ignored, 'a list of doubts and notes')
    .optional()
    .describe('Doubts and notes, never violations, to accept for a while.'),
  catalogue: z
    .union([catalogueSchema, cataloguePath], 'a mapping of ports, or the path of a file that holds one')
    .optional()
    .describe('Changes to the built-in catalogue, by port, or the path of a file that holds them.'),
  'risky-allowances': mapping('a mapping of from, need and max-days', {
    from: severity.describe('The lowest severity of a port to which this applies.'),
    need: z
      .array(z.enum(DOCUMENTS, 'reason, owner or expires'), 'a list of reason, owner, expires')
      .min(1, 'a list of at least one of reason, owner, expires')
      .describe('What the allowance must state.'),
    'max-days': count(36_500).optional().describe('How many days ahead `expires` may lie.'),
  })
    .optional()
    .describe('What an allowance for a risky port must state.'),
}).meta({ title: 'Port policy of Portgate', patternProperties: { [`^${ANCHORS}`]: {} } })

/** What a policy can say. */
export const policyKeys: ReadonlySet<string> = new Set(Object.keys(policySchema.shape))

export type RawPolicy = z.infer<typeof policySchema>
export type RawIgnored = z.infer<typeof ignored>
export type RawFloor = z.infer<typeof floor>
export type RawHosts = z.infer<typeof hosts>
export type RawAllowance = z.infer<typeof allowances>[number]
export type RawDenial = z.infer<typeof denials>[number]
export type RawScan = z.infer<typeof scan>
export type RawEndpoint = z.infer<typeof endpoint>
export type RawEnvironment = z.infer<typeof environment>
export type RawCatalogue = z.infer<typeof catalogueSchema>
