/** plan.json: all that decides what is scanned and how it is judged, frozen, so that every shard asks the same question. */
import { z } from 'zod'
import type { Review } from '../judge/review.ts'
import { DIRECTIONS, FAIL_ON, IP_SELECTIONS, ON_DOUBT, POLICY_PARTS, SEVERITIES } from '../model.ts'
import { digestOf, hashOf } from './digest.ts'
import { hex, instant, port, portText, shortText } from './schemas.ts'

/** Most shards of a plan: what GitHub's matrix takes. */
export const MOST_SHARDS = 256

/** A policy and a catalogue have up to 1 MiB each. */
const LONGEST_FILE = 1024 * 1024 + 1

/** As many as a policy may name. */
const MOST_ENDPOINTS = 65_536
const MOST_ADDRESSES = 1_024

const place = z.strictObject({ file: shortText, line: z.int().min(1), column: z.int().min(1) })

const change = z.strictObject({
  direction: z.enum(DIRECTIONS),
  part: z.enum(POLICY_PARTS),
  severity: z.enum(SEVERITIES),
  environments: z.array(shortText).optional(),
  hosts: z.array(shortText).optional(),
  ports: z.string().optional(),
  message: z.string(),
  place: place.optional(),
  before: place.optional(),
})

const review = z.strictObject({
  changes: z.array(change),
  problem: z.string().optional(),
  failOn: z.enum(FAIL_ON),
  onDoubt: z.enum(ON_DOUBT),
  file: shortText.optional(),
}) satisfies z.ZodType<Review>

/** What a policy and the catalogue that it changes were read from. */
const file = z.strictObject({
  /** As it was asked for, and (`name`) as messages call it. */
  path: shortText,
  name: shortText,
  /** Of another repository: a floor. */
  repository: shortText.optional(),
  commit: shortText.optional(),
  text: z.string().max(LONGEST_FILE),
  sha256: hex,
})

/** How one or more endpoints are scanned and judged. */
const settings = z.strictObject({
  ip: z.enum(IP_SELECTIONS),
  identify: z.boolean(),
  maxRate: z.int().min(1).optional(),
  timeLimitMs: z.int().min(1),
  failOn: z.enum(FAIL_ON),
  onDoubt: z.enum(ON_DOUBT),
  canary: z.strictObject({ host: shortText, port }).optional(),
})

/** What a name has led to. */
const resolved = {
  addresses: z.array(shortText).max(MOST_ADDRESSES),
  /** What went wrong, and the family that could not be looked up where the other was. */
  failure: z.string().max(2_000).optional(),
  missing: z.literal([4, 6]).optional(),
  searchDomain: shortText.optional(),
}

const endpoint = z.strictObject({
  environment: shortText.optional(),
  endpoint: shortText,
  /** Which of the lists of ports, and of the settings. */
  ports: z.int().min(0),
  settings: z.int().min(0),
  /** Of a name. */
  resolved: z.strictObject(resolved).optional(),
})

const planSchema = z.strictObject({
  schemaVersion: z.literal(1),
  kind: z.literal('portgate-plan'),
  tool: z.strictObject({ name: z.literal('portgate'), version: shortText }),
  /** Whether allowances have expired is decided by this day. */
  createdAt: instant,
  shards: z.int().min(1).max(MOST_SHARDS),
  seed: z.int().min(0),
  policy: z.strictObject({
    /** The path that leads to it; absent for the built-in baseline. */
    path: shortText.optional(),
    ref: shortText.optional(),
    files: z.array(file).max(16),
  }),
  /** The commit that the run is about. */
  commit: shortText.optional(),
  /** The options given in addition to the policy, as they were written. */
  options: z.record(shortText, z.union([z.string(), z.array(z.string())])),
  review: review.optional(),
  ports: z.array(portText),
  settings: z.array(settings),
  endpoints: z.array(endpoint).min(1).max(MOST_ENDPOINTS),
  /** What the names of canaries have led to. */
  canaries: z.array(z.strictObject({ host: shortText, addresses: z.array(shortText).max(MOST_ADDRESSES) })),
  digest: hex,
})

/** What plan.json holds. */
export type PlanFile = z.output<typeof planSchema>

/** A plan that has no digest yet. */
export type Unsealed = Omit<PlanFile, 'digest' | 'schemaVersion' | 'kind'>

/** Puts the digest of all of it on a plan. */
export function sealPlan(plan: Unsealed): PlanFile {
  const whole = { schemaVersion: 1, kind: 'portgate-plan', ...plan } as const
  return { ...whole, digest: digestOf(whole) }
}

/**
 * Reads plan.json.
 *
 * Throws an error whose message is a clause that says what is wrong with it.
 */
export function openPlan(text: string): PlanFile {
  const value = parseJson(text)
  if (typeof value !== 'object' || value === null || !('kind' in value) || value.kind !== 'portgate-plan')
    throw new Error('it is not a plan: `portgate plan` writes one')
  if ('schemaVersion' in value && value.schemaVersion !== 1)
    throw new Error('it is a plan of a newer Portgate: use the same version for all steps')
  const { data, error } = planSchema.safeParse(value)
  if (!data) {
    const where = error.issues[0]?.path.map(String).join('.') ?? ''
    throw new Error(`it is not a valid plan${where && `: \`${where.slice(0, 200)}\` cannot be right`}`)
  }
  const { digest, ...rest } = data
  const isWhole =
    digestOf(rest) === digest && data.policy.files.every(({ text, sha256 }) => hashOf(text) === sha256)
  if (!isWhole) throw new Error('it was changed after it was written: its digest does not match')
  return data
}

/** Throws as `openPlan`. */
export function parseJson(text: string): unknown {
  if (text.trim() === '') throw new Error('it is empty')
  try {
    return JSON.parse(text)
  } catch {
    throw new Error(text.trimStart().startsWith('{') ? 'it is cut off, or not JSON' : 'it is not JSON')
  }
}
