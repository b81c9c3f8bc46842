/** What a shard has seen, as its report carries it: all that the judge goes by, and nothing that a shard may not say. */
import { z } from 'zod'
import {
  type HostResult,
  type OpenPort,
  PORT_STATES,
  type PortRange,
  REASONS,
  type ScanResult,
} from '../model.ts'
import { formatRanges, readRanges } from '../port-ranges.ts'
import { count, instant, port, portText, printableText, shortText } from './schemas.ts'

const reason = z.enum(REASONS)
const ports = z.array(port)
const groups = z.array(z.strictObject({ ports: portText, reason }))

const openPort = z.strictObject({
  port,
  service: printableText.optional(),
  product: printableText.optional(),
  tls: z
    .strictObject({
      protocol: printableText,
      subject: printableText.optional(),
      issuer: printableText.optional(),
      names: z.array(printableText).max(20),
      validTo: printableText.optional(),
    })
    .optional(),
  http: z.strictObject({ status: z.int(), title: printableText.optional() }).optional(),
  reason,
  rttMs: z.number().min(0).optional(),
}) satisfies z.ZodType<OpenPort>

const place = { environment: shortText.optional(), endpoint: shortText, address: shortText }

const host = z.strictObject({
  ...place,
  host: shortText,
  open: z.array(openPort),
  unasked: ports.optional(),
  cut: ports.optional(),
  starved: ports.optional(),
  crowded: ports.optional(),
  closed: groups,
  filtered: groups,
  unknown: groups,
  changed: z.enum(['went-silent', 'started-refusing']).optional(),
  answersEverywhere: z.boolean(),
  runs: portText.optional(),
  isThisMachine: z.literal(true).optional(),
  /** JSON has no `undefined`. */
  decoys: z.array(printableText.nullable()).max(64).optional(),
})

const canary = z.strictObject({
  environment: shortText.optional(),
  host: shortText,
  port,
  outcome: z.strictObject({ state: z.enum(PORT_STATES), reason }),
  aside: z.enum(['this-machine', 'another-interface']).optional(),
})

const vantage = z.strictObject({
  platform: shortText,
  node: shortText,
  githubHosted: z.boolean(),
  ipv6: z.boolean(),
  fileDescriptors: count.optional(),
})

/** Parses what `toEvidence` writes. */
export const evidenceSchema = z.strictObject({
  hosts: z.array(host),
  /** IPv6 addresses that the machine has no route to. */
  noRoute: z.array(z.strictObject({ ...place, detail: shortText })),
  /** Addresses of blocks that no host has, as far as the machine knows. */
  noHosts: z.array(z.strictObject(place)),
  canaries: z.array(canary),
  vantage,
  stopped: z.enum(['time-limit', 'aborted']).optional(),
  probes: count,
  startedAt: instant,
  finishedAt: instant,
})

type Evidence = z.output<typeof evidenceSchema>
type Groups = { ports: PortRange[]; reason: HostResult['closed'][number]['reason'] }[]

/** The result of a scan of a part as its report carries it. */
export function toEvidence(scan: ScanResult): Evidence {
  const { hosts, unseen, noHosts = [], canaries, vantage, stopped, probes, startedAt, finishedAt } = scan
  if (!vantage) throw new Error('The scan of a shard has no vantage.')
  return {
    hosts: hosts.map(writeHost),
    noRoute: unseen.flatMap(({ kind, environment, endpoint, address = '', detail }) =>
      kind === 'no-ipv6' ? [{ environment, endpoint, address, detail }] : [],
    ),
    noHosts,
    canaries,
    vantage,
    stopped,
    probes,
    startedAt: startedAt.toISOString(),
    finishedAt: finishedAt.toISOString(),
  }
}

/** The same, read back. */
export function fromEvidence(evidence: Evidence): ScanResult {
  const { hosts, noRoute, startedAt, finishedAt, ...rest } = evidence
  return {
    ...rest,
    hosts: hosts.map(readHost),
    unseen: noRoute.map((one) => ({ ...one, kind: 'no-ipv6' })),
    startedAt: new Date(startedAt),
    finishedAt: new Date(finishedAt),
  }
}

function writeHost({ searchDomain: _, unstated: _unstated, runs, decoys, ...host }: HostResult) {
  return {
    ...host,
    closed: writeGroups(host.closed),
    filtered: writeGroups(host.filtered),
    unknown: writeGroups(host.unknown),
    ...(runs && runs.length > 0 ? { runs: formatRanges(runs) } : {}),
    ...(decoys ? { decoys: decoys.map((service) => service ?? null) } : {}),
  }
}

function readHost({ runs, decoys, ...host }: Evidence['hosts'][number]): HostResult {
  return {
    ...host,
    closed: readGroups(host.closed),
    filtered: readGroups(host.filtered),
    unknown: readGroups(host.unknown),
    ...(runs === undefined ? {} : { runs: readRanges(runs) }),
    ...(decoys ? { decoys: decoys.map((service) => service ?? undefined) } : {}),
  }
}

function writeGroups(groups: Groups) {
  return groups.map(({ ports, reason }) => ({ ports: formatRanges(ports), reason }))
}

function readGroups(groups: z.output<typeof host>['closed']): Groups {
  return groups.map(({ ports, reason }) => ({ ports: readRanges(ports), reason }))
}
