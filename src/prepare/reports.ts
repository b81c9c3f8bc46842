import type { PlannedEndpoint, ScanPlan } from '../model.ts'
import { parseEndpoint } from '../policy/endpoints.ts'
import { findEnvironment } from '../policy/environments.ts'
import { quote } from '../policy/problem.ts'
import { nameOfFile } from '../process/stdin.ts'
import { createPortgateReader } from '../read/formats/portgate.ts'
import type { StatedGap, StatedHost } from '../read/reading.ts'
import type { StatedReport } from '../suggest/reports.ts'
import { Unusable } from '../unusable.ts'
import type { Loaded } from './load.ts'
import type { Request } from './options.ts'
import { planScan } from './plan.ts'
import { streamFile } from './stream-file.ts'

/** What one report of Portgate states, and where it was read. */
export interface ReadReport extends StatedReport {
  file: string
  /** In milliseconds since 1970, where it says when. */
  startedAt?: number
}

/**
 * Reads reports of Portgate, the oldest first.
 *
 * @throws {Unusable} where one of them is not whole, or is something else
 */
export async function readReports(files: string[]): Promise<ReadReport[]> {
  const reports: ReadReport[] = []
  for (const file of files) {
    const report: ReadReport = { file: nameOfFile(file), hosts: [], gaps: [] }
    const sink = {
      scan: ({ startedAt }: { startedAt?: number }) => void Object.assign(report, { startedAt }),
      host: (host: StatedHost) => void report.hosts.push(host),
      gap: (gap: StatedGap) => void report.gaps.push(gap),
    }
    await streamFile(file, createPortgateReader(sink), { what: 'report' })
    reports.push(report)
  }
  return reports.sort((a, b) => (a.startedAt ?? 0) - (b.startedAt ?? 0))
}

/**
 * Reports with the environments that the policy has, as it writes them; anything from another environment belongs to
 * none.
 */
export function placeReports(reports: ReadReport[], { policy }: Loaded): ReadReport[] {
  const placed = <T extends { environment?: string }>({ environment, ...rest }: T) => {
    const known = findEnvironment(policy, environment)
    return { ...rest, ...(known === undefined ? {} : { environment: known }) }
  }
  return reports.map((report) => ({
    ...report,
    hosts: report.hosts.map(placed),
    gaps: report.gaps.map(placed),
  }))
}

/**
 * Plans what reports are about: their endpoints, in those of their environments that the policy has, and else in none.
 *
 * @throws {Unusable} if a report names something that is not an endpoint, or more than a run can hold
 */
export function planReports(
  reports: ReadReport[],
  request: Request,
  loaded: Loaded,
): { plan: ScanPlan; reports: ReadReport[] } {
  const placed = placeReports(reports, loaded)
  const texts = new Map<string | undefined, Map<string, string>>()
  for (const { file, hosts, gaps } of placed) {
    const named = [
      ...hosts.map(({ environment, names }) => ({ environment, endpoint: names[0] ?? '' })),
      ...gaps,
    ]
    for (const { environment, endpoint } of named) {
      const own = texts.get(environment) ?? new Map<string, string>()
      texts.set(environment, own.set(endpoint, file))
    }
  }
  const endpoints: PlannedEndpoint[] = []
  for (const [environment, own] of texts) {
    const asked = [...own].map(([text, file]) => ({ ...readEndpoint(text, file), scan: {} }))
    endpoints.push(
      ...planScan({ ...request, environment, endpoints: asked }, loaded, undefined).plan.endpoints,
    )
  }
  return { plan: { endpoints, seed: 0 }, reports: placed }
}

function readEndpoint(text: string, file: string) {
  const { value, problem } = parseEndpoint(text)
  if (problem) throw new Unusable([`${quote(file)} names no endpoint where it should: ${problem.message}.`])
  return value
}
