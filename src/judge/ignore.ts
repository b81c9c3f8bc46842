import type { Finding, Ignored, PlannedEndpoint } from '../model.ts'
import { findByAddress, findByName, indexRules, type RuleIndex } from '../policy/rule-index.ts'
import { nameOf } from './host.ts'

/** An entry of the policy, with its hosts made ready to be found. */
interface Entry {
  ignored: Ignored
  hosts?: RuleIndex
}

/**
 * Findings, of which the policy ignores some: those stay, as notes that say who accepts them and until when. What is past its last
 * day counts again, and says so.
 */
export function applyIgnore(
  findings: Finding[],
  ignore: readonly Ignored[],
  endpoints: readonly PlannedEndpoint[],
  now: Date,
): Finding[] {
  if (ignore.length === 0) return findings
  const entries = new Map<string, Entry[]>()
  for (const ignored of ignore) {
    const hosts = ignored.hosts && indexRules(ignored.hosts.map((matcher) => ({ matcher })))
    entries.set(ignored.finding, [
      ...(entries.get(ignored.finding) ?? []),
      { ignored, ...(hosts ? { hosts } : {}) },
    ])
  }
  const hostOf = new Map(
    endpoints.map(({ environment, endpoint }) => [nameOf(environment, endpoint.text), endpoint]),
  )
  const today = now.toISOString().slice(0, 10)
  return findings.map((finding) => {
    if (finding.kind === 'violation') return finding
    const { environment, endpoint: text, address } = finding
    const endpoint = text === undefined ? undefined : hostOf.get(nameOf(environment, text))
    const found = (entries.get(finding.id) ?? []).filter(
      ({ hosts }) => !hosts || isAmong(hosts, endpoint, address),
    )
    const live = found.find(({ ignored: { expires } }) => expires === undefined || expires >= today)
    if (live) return accept(finding, live.ignored)
    const last = found
      .map(({ ignored }) => ignored)
      .sort(byExpiry)
      .at(-1)
    return last ? sayExpired(finding, last) : finding
  })
}

function isAmong(
  hosts: RuleIndex,
  endpoint: PlannedEndpoint['endpoint'] | undefined,
  address: string | undefined,
): boolean {
  const own = address ?? (endpoint?.kind === 'address' ? endpoint.host : undefined)
  if (own !== undefined && findByAddress(hosts, own).length > 0) return true
  return endpoint?.kind === 'name' && findByName(hosts, endpoint.host).length > 0
}

function byExpiry(a: Ignored, b: Ignored): number {
  return (a.expires ?? '').localeCompare(b.expires ?? '')
}

function accept(finding: Finding, { reason, owner, expires, place }: Ignored): Finding {
  const until = expires === undefined ? '' : ` until ${expires}`
  const by = owner === undefined ? '' : ` (owner: ${owner})`
  return {
    ...finding,
    kind: 'note',
    severity: 'info',
    fails: false,
    message: `${finding.message} Ignored${until}${by}: ${reason.replace(/\.$/, '')}.`,
    ignored: {
      reason,
      ...(owner === undefined ? {} : { owner }),
      ...(expires === undefined ? {} : { expires }),
      place,
    },
  }
}

function sayExpired(finding: Finding, { expires, owner }: Ignored): Finding {
  const by = owner === undefined ? '' : ` (owner: ${owner})`
  return { ...finding, message: `${finding.message} It was ignored until ${expires}${by}, and counts again.` }
}
