import type { PlannedEndpoint, PortRange, ResultsFile, ScanPlan, ScanResult } from '../model.ts'
import { normaliseAddress } from '../policy/addresses.ts'
import { createExcludes } from '../policy/exclude.ts'
import { matchesHost } from '../policy/hosts.ts'
import { selectedRanges } from '../policy/plan.ts'
import { nameOfFile } from '../process/stdin.ts'
import { createCollector, type FileFacts, type Wanted } from '../read/collect.ts'
import { type Cover, toScanResult } from '../read/scan-result.ts'
import type { Loaded } from './load.ts'
import { findStaleness, type ResultsRequest } from './results-options.ts'
import { type ReadFile, streamFile } from './stream-file.ts'

/** How far the first time zone of the day (Kiribati) is ahead of UTC, in milliseconds. */
const FIRST_ZONE_MS = 14 * 3_600_000

/**
 * Reads the files of another scanner in place of a scan.
 *
 * @throws {Unusable} if one of them is incomplete, or is not a scanner's file
 */
export async function readResults(
  { files: names, cover, maxAgeMs }: ResultsRequest,
  plan: ScanPlan,
  { policy, catalogue }: Loaded,
  now: Date,
  read?: ReadFile,
): Promise<ScanResult> {
  // Loaded here, so that a scan starts without it.
  const { createResultsReader } = await import('../read/formats/detect.ts')
  const collector = createCollector(listWanted(plan))
  const files: { file: ResultsFile; facts: FileFacts }[] = []
  for (const name of names) {
    const { sink, facts } = collector.open()
    await streamFile(name, createResultsReader(sink), { what: 'results', ...(read ? { read } : {}) })
    files.push({ file: describe(nameOfFile(name), facts, maxAgeMs, now.getTime()), facts })
  }
  const ports = cover.map(({ host, ports }) => ({ host, ports: selectedRanges(ports, catalogue) }))
  const covers: Cover = (planned, address) => {
    const fitting = ports.filter(({ host }) => matchesHost(host, { ...nameOf(planned), address }))
    return fitting.length > 0 ? fitting.flatMap((one): PortRange[] => one.ports) : undefined
  }
  const result = toScanResult({
    plan,
    collected: collector.collected,
    cover: covers,
    excludes: createExcludes(policy),
  })
  const times = (key: 'startedAt' | 'finishedAt') => files.flatMap(({ facts }) => facts[key] ?? [])
  return {
    ...result,
    results: files.map(({ file }) => file),
    probes: 0,
    startedAt: new Date(Math.min(now.getTime(), ...times('startedAt'))),
    finishedAt: new Date(
      times('finishedAt').length > 0 ? Math.max(...times('finishedAt'), ...times('startedAt')) : now,
    ),
  }
}

function nameOf({ endpoint: { kind, host } }: PlannedEndpoint): { name?: string } {
  return kind === 'name' ? { name: host } : {}
}

/** The hosts that a plan is about, its canaries among them. */
function listWanted({ endpoints }: ScanPlan): Wanted {
  const canaries = endpoints.flatMap(({ scan }) => scan.canary?.host ?? [])
  const names = new Map<string, string>()
  for (const { endpoint } of endpoints) {
    if (endpoint.kind !== 'name') continue
    names.set(endpoint.host, endpoint.host).set(endpoint.text.toLowerCase(), endpoint.host)
  }
  for (const canary of canaries) names.set(canary, canary)
  return {
    normalise: normaliseAddress,
    addresses: new Set([...endpoints.flatMap(({ addresses = [] }) => addresses), ...canaries]),
    names,
  }
}

function describe(file: string, facts: FileFacts, maxAgeMs: number, now: number): ResultsFile {
  const { tool = 'unknown', version, startedAt, finishedAt, isLocalTime, others } = facts
  const zone = isLocalTime ? FIRST_ZONE_MS : 0
  const stale = findStaleness(startedAt === undefined ? undefined : startedAt - zone, maxAgeMs, now)
  return {
    file,
    tool,
    ...(version === undefined ? {} : { version }),
    ...(startedAt === undefined ? {} : { startedAt: new Date(startedAt).toISOString() }),
    ...(finishedAt === undefined ? {} : { finishedAt: new Date(finishedAt).toISOString() }),
    others,
    ...(stale ? { stale } : {}),
  }
}
