import type { Endpoint, Finding, HostMatcher, Ignored, PlannedEndpoint } from '../model.ts'
import { findByAddress, findByName, indexRules, type RuleIndex } from '../policy/rule-index.ts'
import { nameOf } from './host.ts'

/** Entries of one finding: those of hosts by whom they are about, and those of the run. */
interface Entries {
  ofHosts: RuleIndex<{ matcher: HostMatcher; ignored: Ignored }>
  ofRun: Ignored[]
}

/**
 * Findings, of which the policy ignores some: those stay, as notes that say who accepts them and until when. What is past its last
 * day counts again, and is marked as such.
 */
export function applyIgnore(
  findings: Finding[],
  ignore: readonly Ignored[],
  endpoints: readonly PlannedEndpoint[],
  now: Date,
): Finding[] {
  if (ignore.length === 0) return findings
  const entries = groupByFinding(ignore)
  const hostOf = new Map(
    endpoints.map(({ environment, endpoint }) => [nameOf(environment, endpoint.text), endpoint]),
  )
  const today = now.toISOString().slice(0, 10)
  return findings.map((finding) => {
    const known = entries.get(finding.id)
    if (!known || finding.kind === 'violation') return finding
    const { environment, endpoint, address } = finding
    const host = endpoint === undefined ? undefined : hostOf.get(nameOf(environment, endpoint))
    const found = [...known.ofRun, ...findOfHost(known, host, address)]
    const last = found.sort(byExpiry).at(-1)
    if (!last) return finding
    const { owner, expires } = last
    return expires === undefined || expires >= today
      ? accept(finding, last)
      : { ...finding, wasIgnored: { expires, ...(owner === undefined ? {} : { owner }) } }
  })
}

function groupByFinding(ignore: readonly Ignored[]): Map<string, Entries> {
  const ids = new Set(ignore.map(({ finding }) => finding))
  return new Map(
    [...ids].map((id) => {
      const own = ignore.filter(({ finding }) => finding === id)
      const ofHosts = own.flatMap((ignored) => ignored.hosts?.map((matcher) => ({ matcher, ignored })) ?? [])
      return [id, { ofHosts: indexRules(ofHosts), ofRun: own.filter(({ hosts }) => !hosts) }]
    }),
  )
}

function findOfHost(
  { ofHosts }: Entries,
  endpoint: Endpoint | undefined,
  address: string | undefined,
): Ignored[] {
  const own = address ?? (endpoint?.kind === 'address' ? endpoint.host : undefined)
  const found = [
    ...(own === undefined ? [] : findByAddress(ofHosts, own)),
    ...(endpoint?.kind === 'name' ? findByName(ofHosts, endpoint.host) : []),
  ]
  return found.map(({ ignored }) => ignored)
}

/** What never expires comes last. */
function byExpiry(a: Ignored, b: Ignored): number {
  const [one, other] = [a.expires ?? '~', b.expires ?? '~']
  return one < other ? -1 : one > other ? 1 : 0
}

function accept(finding: Finding, { reason, owner, expires, place }: Ignored): Finding {
  return {
    ...finding,
    kind: 'note',
    severity: 'info',
    fails: false,
    ignored: {
      reason,
      ...(owner === undefined ? {} : { owner }),
      ...(expires === undefined ? {} : { expires }),
      place,
    },
  }
}
