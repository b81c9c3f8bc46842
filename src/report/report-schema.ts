import { z } from 'zod'
import {
  DIRECTIONS,
  FINDING_IDS,
  FINDING_KINDS,
  MODES,
  NOVELTIES,
  POLICY_PARTS,
  PORT_STATES,
  POSTURES,
  REASONS,
  SEVERITIES,
  STALENESS,
  VERDICTS,
} from '../model.ts'
import { LAST_PORT } from '../port-ranges.ts'

/**
 * The schema of `report.json`, for whoever reads one. Unknown keys are not an error and are left out. Ids of findings
 * and reasons that a newer minor version has added pass as they are.
 */

/** A word of a list that minor versions may lengthen. */
function growing<const T extends string>(values: readonly T[]): z.ZodType<T, T> {
  return z.union([z.enum(values), z.string()]) as unknown as z.ZodType<T, T>
}

const reason = growing(REASONS).describe("Why a port has its state: nmap's word where it has one")

const count = z.int().min(0)
const port = z.int().min(1).max(LAST_PORT)
const instant = z.iso.datetime()
const ranges = z
  .string()
  .regex(/^(\d{1,5}(-\d{1,5})?(,\d{1,5}(-\d{1,5})?)*)?$/)
  .describe('Ports as ranges, ascending: 1-21,23-79. Empty for none')

const tls = z.object({
  protocol: z.string(),
  subject: z.string().optional(),
  issuer: z.string().optional(),
  names: z.array(z.string()).describe('DNS names and addresses of the certificate'),
  validTo: z.string().optional(),
})

const openPort = z.object({
  port,
  service: z.string().optional().describe('What answered: http, ssh, redis, …; absent when nothing told'),
  usual: z
    .string()
    .optional()
    .describe("A guess: the port's usual service, where what was seen neither confirms it nor rules it out"),
  severity: z
    .enum(SEVERITIES)
    .optional()
    .describe('How bad it is to have this exposed, whatever the policy allows'),
  product: z.string().optional().describe('What it calls itself'),
  tls: tls.optional(),
  http: z
    .object({ status: z.int(), title: z.string().optional() })
    .optional()
    .describe('What a web server answered to GET /'),
  reason,
  rttMs: z
    .number()
    .min(0)
    .optional()
    .describe("Time of the handshake in milliseconds; absent where another scanner's results were judged"),
})

const host = z.object({
  environment: z.string().optional(),
  endpoint: z.string().describe('As the policy writes it'),
  address: z.string(),
  searchDomain: z
    .string()
    .optional()
    .describe('What the scanning machine appended to the name to find the address; absent where nothing'),
  ports: z.object({
    open: z.array(openPort),
    closed: ranges,
    filtered: ranges,
    unknown: z.array(z.object({ ports: ranges, reason })),
  }),
  posture: z.enum(POSTURES).describe('What is exposed, whatever the policy allows'),
})

const spot = {
  file: z.string(),
  line: z.int().min(1),
  column: z.int().min(1).describe('In UTF-16 code units, from 1'),
}

const place = z.object({
  ...spot,
  floor: z
    .object(spot)
    .optional()
    .describe('Where a floor says it; the rest is then the line that names the floor'),
})

const finding = z.object({
  id: growing(Object.values(FINDING_IDS).flat()),
  kind: z.enum(FINDING_KINDS),
  severity: z.enum(SEVERITIES),
  environment: z.string().optional(),
  endpoint: z.string().optional(),
  address: z.string().optional(),
  port: port.optional(),
  ports: ranges
    .optional()
    .describe(
      'Of a finding that stands for many on one host: the ports that it is about, in place of `port`',
    ),
  service: z.string().optional().describe('What was recognised there, or what the policy names'),
  usual: z
    .string()
    .optional()
    .describe("A guess: the port's usual service, where what was seen neither confirms it nor rules it out"),
  state: z.enum(PORT_STATES).optional(),
  reason: reason.optional(),
  message: z.string().describe('What is so, in one sentence'),
  why: z.string(),
  remedy: z.string(),
  place: place.optional().describe('The policy line that governs it'),
  ignored: z
    .object({
      reason: z.string(),
      owner: z.string().optional(),
      expires: z.string().optional().describe('The last day that it is ignored'),
      place,
    })
    .optional()
    .describe('The policy accepts it: what was a doubt is a note'),
  fingerprint: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .describe('Stays the same from run to run'),
  novelty: z
    .enum(NOVELTIES)
    .optional()
    .describe('How a violation stands to the baseline; absent where none was given'),
  since: instant
    .optional()
    .describe('When the first report that had this violation began; absent where no baseline was given'),
  fails: z.boolean().describe('A violation at or above fail-on, or a doubt where on-doubt is fail'),
})

const policyChange = z.object({
  direction: z.enum(DIRECTIONS),
  part: growing(POLICY_PARTS).describe('The part of the policy that the change is about'),
  severity: z.enum(SEVERITIES),
  environments: z
    .array(z.string())
    .optional()
    .describe('Those that it is limited to; empty: what is scanned outside of any; absent: not limited'),
  hosts: z.array(z.string()).optional(),
  ports: ranges.optional(),
  message: z.string().describe('What the change does; completes "This change …"'),
  place: place.optional().describe('Where the policy says so after the change'),
  before: place.optional().describe('Where the policy said so before the change, if it does no longer'),
})

const coverage = z.object({
  endpoints: count,
  addresses: count,
  ports: count.describe('Distinct ports probed, of 65,535'),
  probes: count.describe('Connections started'),
  pairs: count.describe('Address and port pairs that had to be seen'),
  unknown: count.describe('Pairs that stayed unknown'),
  skippedIpv6: z.array(z.string()).describe('AAAA addresses left out because the vantage has no IPv6'),
  excluded: z
    .object({
      addresses: count,
      endpoints: z.array(z.string()).describe('Endpoints of which nothing is left to scan'),
    })
    .optional()
    .describe('What `exclude` has left out'),
})

const vantage = z.object({
  platform: z.string(),
  node: z.string(),
  githubHosted: z.boolean(),
  ipv6: z.boolean().describe('Whether a route to the IPv6 internet exists'),
  fileDescriptors: count.optional().describe('Most descriptors that the process may open'),
})

const results = z.object({
  file: z.string(),
  tool: z.string(),
  version: z.string().optional(),
  startedAt: instant.optional().describe('When the scan began, as the file says'),
  finishedAt: instant.optional(),
  others: count.describe('Entries of hosts that no endpoint names, which are not judged'),
  stale: z.enum(STALENESS).optional().describe('Why the results do not count for today'),
})

const waited = z.object({
  ms: count,
  required: count.describe('Address and port pairs that must be open'),
  missing: count.describe(
    'Those of them that had not been open, or had not answered as the policy wants, when the wait was over',
  ),
})

const driftPort = z.object({
  environment: z.string().optional(),
  endpoint: z.string(),
  address: z.string(),
  port,
  before: z.string().optional().describe('The service that answered then'),
  after: z.string().optional().describe('The service that answers now'),
})

const drift = z.object({
  baseline: z.object({ file: z.string(), startedAt: instant, finishedAt: instant }),
  opened: z.array(driftPort).describe('Open, and closed or filtered in the baseline'),
  closed: z.array(driftPort).describe('Closed or filtered, and open in the baseline'),
  changed: z.array(driftPort).describe('Open in both, with another service'),
  notSeenBefore: z.array(driftPort).describe('Open, and not seen by the baseline'),
  resolved: count.describe('Violations of the baseline that are gone, where this run has seen the port'),
})

const shard = z.object({
  index: z.int().min(1),
  of: z.int().min(1),
  digest: z.string().describe('SHA-256 of the plan'),
  attempt: z.int().min(1).describe('The newest counts'),
  machine: z.string().describe('Tells machines apart: what one hears proves nothing of another'),
  evidence: z.record(z.string(), z.unknown()).describe('What `portgate merge` reads'),
  checksum: z.string().describe('SHA-256 of the above and the version of the tool, as canonical JSON'),
})

const mergedShard = z.object({
  index: z.int().min(1),
  attempt: z.int().min(1),
  startedAt: instant,
  finishedAt: instant,
  vantage,
  disagrees: z
    .array(
      z.object({
        attempt: z.int().min(1).describe('The older one'),
        endpoint: z.string(),
        address: z.string(),
        opened: ranges.describe('Open now, and not in the older attempt'),
        closed: ranges.describe('Open in the older attempt, and not now'),
      }),
    )
    .describe('What an older attempt saw otherwise'),
})

/** Parses what `report.json` holds. Its type is `Report`; the tests compare the two. */
export const reportSchema = z
  .object({
    schemaVersion: z.literal(1),
    tool: z.object({ name: z.literal('portgate'), version: z.string() }),
    policy: z.object({
      file: z.string(),
      ref: z.string().optional().describe('Where it was read; absent for the folder that is checked out'),
      hash: z
        .string()
        .describe(
          "SHA-256 of the file's text, in hex; with floors, of the hashes of all texts, a line each, its own first",
        ),
      floors: z
        .array(
          z.object({
            file: z.string(),
            repository: z.string().optional().describe('Absent for a floor from where the policy is from'),
            ref: z.string().optional().describe('The whole SHA of the commit'),
            hash: z.string().describe("SHA-256 of the file's text, in hex"),
          }),
        )
        .optional()
        .describe('The floors that the policy stands on, the nearest first'),
    }),
    environments: z.array(z.string()),
    startedAt: instant,
    finishedAt: instant,
    vantage: vantage
      .optional()
      .describe('The machine that the scan ran from; absent where other results were judged'),
    results: z.array(results).optional().describe('The files that were judged in place of a scan'),
    waited: waited.optional().describe('How the run waited for required ports before it scanned'),
    shard: shard
      .optional()
      .describe(
        'Set in the report of one part of a plan, in which nothing is judged: `verdict` is never `pass`',
      ),
    shards: z.array(mergedShard).optional().describe('The shards that were joined'),
    seed: z.number().describe('Seed of the order in which ports were probed'),
    mode: z.enum(MODES),
    verdict: z.enum(VERDICTS),
    coverage,
    hosts: z.array(host),
    findings: z.array(finding).describe('Worst first'),
    policyChanges: z
      .array(policyChange)
      .describe('What a pull request does to the policy, loosenings first, the worst first'),
    drift: drift.optional().describe('What has changed since the baseline; absent where none was given'),
  })
  .meta({ title: 'Portgate report', description: 'All that a run of Portgate has to say' })

/** The JSON Schema (draft 2020-12) of `report.json`, as published in `schema/report.schema.json`. */
export function reportJsonSchema(): Record<string, unknown> {
  // The input side: what a reader accepts, which is any further key.
  return z.toJSONSchema(reportSchema, { io: 'input' })
}
