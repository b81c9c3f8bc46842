import type {
  Finding,
  MissingShard,
  Place,
  PlannedEndpoint,
  PortRange,
  ResultsFile,
  ScanResult,
  Unseen,
} from '../model.ts'
import { needsZone } from '../policy/scope.ts'
import { isIn, listCredible, listRuns } from './everywhere.ts'
import { makeFinding } from './finding.ts'
import { findOnHost, type HostCase, hasAnswered, nameOf } from './host.ts'
import { doubtUntestable } from './required.ts'
import { doubtServices } from './unidentified.ts'

/** What could not be seen of a host. */
export function doubtHost(about: HostCase): Finding[] {
  if (about.host.answersEverywhere) return [doubtEverywhere(about), ...doubtUnknown(about)]
  return [
    ...doubtSilence(about),
    ...doubtRuns(about),
    ...doubtUnknown(about),
    ...doubtServices(about),
    ...doubtUntestable(about),
  ]
}

/** Something answers in place of the host, whatever port is tried, or on a part of its ports. */
const EVERYWHERE = { id: 'answers-everywhere', severity: 'high', state: 'open', reason: 'syn-ack' } as const

function doubtRuns(about: HostCase): Finding[] {
  const runs = listRuns(about.host)
  if (runs.length === 0) return []
  const silent = about.host.open.filter((open) => isIn(runs, open)).length
  return [findOnHost(about, { ...EVERYWHERE, args: { runs, silent } }, ['runs'])]
}

function doubtEverywhere(about: HostCase): Finding {
  const args = { open: about.host.open.length, own: listCredible(about).length }
  return findOnHost(about, { ...EVERYWHERE, args })
}

/** Silence is right where the policy allows nothing, and a doubt everywhere else. */
function doubtSilence(about: HostCase): Finding[] {
  const { host, rules } = about
  if (hasAnswered(host) || host.filtered.length === 0) return []
  if (rules.live.length === 0) return [findOnHost(about, { id: 'silent-host', severity: 'info', args: {} })]
  return [
    findOnHost(about, {
      id: 'unreachable-host',
      severity: 'high',
      state: 'filtered',
      reason: host.filtered[0]?.reason ?? 'no-response',
      args: {},
    }),
  ]
}

/** Ports that stayed unknown, by reason. */
function doubtUnknown(about: HostCase): Finding[] {
  const { unknown, changed } = about.host
  const isTold = !changed || unknown.some(({ reason }) => reason === changed)
  const rest = isTold ? [] : [findOnHost(about, describeChange(changed, []))]
  return [...rest, ...doubtUnknownPorts(about)]
}

function doubtUnknownPorts(about: HostCase): Finding[] {
  return (
    about.host.unknown
      // A missing shard is reported once, with all of its hosts.
      .filter(({ reason }) => reason !== 'untestable' && reason !== 'missing-shard')
      .map(({ reason, ports }) => {
        if (reason === 'went-silent' || reason === 'started-refusing')
          return findOnHost(about, describeChange(reason, ports))
        if (reason === 'not-stated') {
          const facts = { id: 'unstated-coverage', severity: 'high', state: 'unknown', reason } as const
          return findOnHost(about, { ...facts, args: { ports } })
        }
        const refused = needsZone(about.host.address) ? 'needs-zone' : 'out-of-scope'
        const hasGivenUp = reason === 'host-timeout' || reason === 'host-down'
        const seen = reason === 'too-lossy' ? 'not-heard' : 'not-probed'
        const what = reason === 'out-of-scope' ? refused : hasGivenUp ? 'given-up' : seen
        const facts = { id: 'incomplete-scan', severity: 'high', state: 'unknown', reason } as const
        return findOnHost(about, { ...facts, args: { what, ports } }, [reason])
      })
  )
}

/** A host that accepted connections until some moment, and then no longer. */
function describeChange(reason: 'went-silent' | 'started-refusing', ports: PortRange[]) {
  return { id: reason, severity: 'high', state: 'unknown', reason, args: { ports } } as const
}

/** What gave no address to scan. */
export function doubtUnseen({ unseen, hosts }: ScanResult, endpoints: PlannedEndpoint[]): Finding[] {
  const plannedOf = new Map<string, PlannedEndpoint>()
  for (const planned of [...endpoints].reverse()) {
    plannedOf.set(nameOf(planned.environment, planned.endpoint.text), planned)
  }
  const seen = new Set(hosts.map(({ environment, endpoint }) => nameOf(environment, endpoint)))
  return unseen.flatMap((one) => {
    const name = nameOf(one.environment, one.endpoint)
    const planned = plannedOf.get(name)
    if (!planned) throw new Error(`The scan has a result of ${one.endpoint}, which its plan does not have.`)
    if (one.kind === 'unresolved') return [unresolved(planned, one, seen.has(name))]
    if (one.kind === 'unstated') return [unstated(planned, seen.has(name))]
    return planned.scan.ip === 'auto' && seen.has(name) ? [] : [noIpv6(planned, one)]
  })
}

/** @param some others of its addresses were found and scanned */
function unresolved(planned: PlannedEndpoint, { detail, missing }: Unseen, some: boolean): Finding {
  const facts = { ...nameUnseen(planned), id: 'unresolved-host', severity: 'high' } as const
  return makeFinding({ ...facts, args: { detail, some, missing } }, planned, [planned.endpoint.text])
}

/** @param some others of its addresses are in the results */
function unstated(planned: PlannedEndpoint, some: boolean): Finding {
  const facts = { ...nameUnseen(planned), id: 'unstated-coverage', severity: 'high' } as const
  return makeFinding({ ...facts, args: { some } }, planned, [planned.endpoint.text])
}

function noIpv6(planned: PlannedEndpoint, { address = '', detail }: Unseen): Finding {
  const facts = { ...nameUnseen(planned), id: 'no-ipv6-here', severity: 'medium', address } as const
  return makeFinding({ ...facts, args: { detail } }, planned, [planned.endpoint.text])
}

function nameUnseen(planned: PlannedEndpoint) {
  const { environment, endpoint } = planned
  return {
    ...(environment === undefined ? {} : { environment }),
    endpoint: endpoint.text,
    ...placed(planned),
  }
}

/** The endpoint where it is written, else the rule that names it: none of a floor, which is for many hosts. */
function placed({ endpoint, rules, addressRules }: PlannedEndpoint) {
  const isOwn = ({ place }: { place: Place }) => !place.floor
  const rule = rules.findLast(isOwn) ?? addressRules?.at(-1)?.findLast(isOwn)
  const place = endpoint.place ?? rule?.place
  return place ? { place } : {}
}

/**
 * No host has answered anything, and no canary did (this machine's own addresses, which answer without a network, count
 * only where nothing else is scanned): perhaps it is this machine that cannot see. That something calls the
 * hosts unreachable is no answer of theirs: this machine's own kernel says so, too, when its gateway is gone.
 */
export function doubtRun(
  cases: HostCase[],
  { canaries, hosts, results = [], shards }: ScanResult,
  endpoints: PlannedEndpoint[],
): Finding[] {
  const blind = [
    ...doubtMissing(shards?.missing ?? [], endpoints),
    ...doubtCanaries(canaries, endpoints),
    ...doubtAge(results, endpoints),
  ]
  const others = cases.filter(({ host }) => !host.isThisMachine)
  const isSilent = (others.length > 0 ? others : cases).every(({ host }) => !hasAnswered(host))
  const wasProbed = hosts.some(({ filtered }) => filtered.length > 0)
  const strictness = { failOn: 'low', onDoubt: strictest(endpoints) } as const
  const facts = { id: 'silent-run', severity: 'high' } as const
  if (isSilent && wasProbed && !canaries.some(({ outcome }) => outcome.state === 'open'))
    return [...blind, makeFinding({ ...facts, args: { canaries } }, strictness, [])]
  if (!shards || shards.blind.length === 0) return blind
  const args = { canaries, shards: shards.blind }
  return [...blind, makeFinding({ ...facts, args }, strictness, ['shards'])]
}

/** Shards of which there is no report: one finding each, however many hosts it was to see. */
function doubtMissing(missing: MissingShard[], endpoints: PlannedEndpoint[]): Finding[] {
  return missing.map((args) => {
    const facts = {
      id: 'missing-shard',
      severity: 'high',
      state: 'unknown',
      reason: 'missing-shard',
      args,
    } as const
    return makeFinding(facts, { failOn: 'low', onDoubt: strictest(endpoints) }, [args.index])
  })
}

/** Results that are too old to say anything about today. */
function doubtAge(results: ResultsFile[], endpoints: PlannedEndpoint[]): Finding[] {
  return results.flatMap(({ file, tool, startedAt, stale }) => {
    if (!stale) return []
    const facts = { id: 'stale-results', severity: 'high', args: { file, tool, startedAt, stale } } as const
    return makeFinding(facts, { failOn: 'low', onDoubt: strictest(endpoints) }, [file])
  })
}

function strictest(endpoints: PlannedEndpoint[]): PlannedEndpoint['onDoubt'] {
  return endpoints.some(({ onDoubt }) => onDoubt === 'fail') ? 'fail' : 'warn'
}

/** Canaries that were not open at the beginning and at the end: whatever else was heard, they prove that this machine cannot see. */
function doubtCanaries(canaries: ScanResult['canaries'], endpoints: PlannedEndpoint[]): Finding[] {
  return canaries
    .filter(({ outcome }) => outcome.state !== 'open')
    .map((canary) => {
      const { environment, host, port, outcome } = canary
      const own = endpoints.filter((planned) => planned.environment === environment)
      return makeFinding(
        {
          id: 'canary-not-open',
          severity: 'high',
          ...(environment === undefined ? {} : { environment }),
          port,
          ...outcome,
          args: { canary },
        },
        { failOn: 'low', onDoubt: strictest(own) },
        [host],
      )
    })
}
