import { describe, expect, test } from 'vitest'
import { type DriftPort, type Finding, type HostResult, SEVERITIES } from '../../src/model.ts'
import { drawPair, type Run } from './earlier.ts'

/** Pairs of runs. By hand: PAIRS=100000. */
const PAIRS = Number(process.env.PAIRS ?? 500)
const SEED = Number(process.env.SEED ?? 1)

type Site = Pick<HostResult, 'environment' | 'endpoint' | 'address'>

const nameSite = ({ environment, endpoint, address }: Site) => `${environment ?? ''} ${endpoint} ${address}`

/** The truth about a port, straight from what the scan was: nothing of it has passed through a report. */
function createTruth(run: Run) {
  const { scan } = run
  const isBlind =
    scan.canaries.length > 0 || scan.hosts.every(({ open, closed }) => open.length + closed.length === 0)
  const hosts = new Map(scan.hosts.map((host) => [nameSite(host), host]))
  return (site: Site, port: number): 'open' | 'shut' | 'unseen' => {
    const host = hosts.get(nameSite(site))
    if (!host || host.answersEverywhere || has(run, 'unreachable-host', site)) return 'unseen'
    if (host.open.some((open) => open.port === port)) return 'open'
    const isShut = [...host.closed, ...host.filtered].some(({ ports }) =>
      ports.some(({ from, to }) => from <= port && port <= to),
    )
    return isShut && !isBlind ? 'shut' : 'unseen'
  }
}

function serviceAt({ scan }: Run, site: Site, port: number): string | undefined {
  const host = scan.hosts.find((one) => nameSite(one) === nameSite(site))
  return host?.open.find((open) => open.port === port)?.service
}

function listPlaces(finding: Finding): number[] {
  const ranges =
    finding.alike?.ports ?? (finding.port === undefined ? [] : [{ from: finding.port, to: finding.port }])
  return ranges.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, index) => from + index))
}

const worse = (a: Finding, b: Finding) => SEVERITIES.indexOf(a.severity) < SEVERITIES.indexOf(b.severity)

function checkPair(seed: number): Record<string, number> {
  const { before, after, knownViolations } = drawPair(seed)
  const [then, now] = [createTruth(before), createTruth(after)]
  const { drift, findings, verdict } = after.judgement
  if (!drift) throw new Error('there is no drift')
  const holds = (what: string, isSo: boolean, about: unknown) => {
    if (!isSo) throw new Error(`seed ${seed}: ${what}: ${JSON.stringify(about)}`)
  }
  const places = (ports: DriftPort[]) => new Set(ports.map((one) => `${nameSite(one)}:${one.port}`))
  for (const one of drift.opened)
    holds('opened', now(one, one.port) === 'open' && then(one, one.port) === 'shut', one)
  for (const one of drift.closed)
    holds('closed', now(one, one.port) === 'shut' && then(one, one.port) === 'open', one)
  for (const one of drift.changed)
    holds(
      'changed',
      one.before !== one.after &&
        serviceAt(before, one, one.port) === one.before &&
        serviceAt(after, one, one.port) === one.after,
      one,
    )
  for (const one of drift.notSeenBefore)
    holds('not seen before', now(one, one.port) === 'open' && then(one, one.port) !== 'open', one)

  // And nothing that both have seen is passed over, but on a host of which a part answers everywhere, or that nobody can reach.
  const [opened, closed] = [places(drift.opened), places(drift.closed)]
  const isPlain = ({ scan }: Run, site: Site) => {
    const host = scan.hosts.find((one) => nameSite(one) === nameSite(site))
    return host && !host.runs && host.open.length + host.closed.length > 0
  }
  for (const host of after.scan.hosts) {
    if (!isPlain(before, host) || !isPlain(after, host)) continue
    for (const port of [22, 80, 443, 6379, 8080, 9000, 9129]) {
      const [was, is] = [then(host, port), now(host, port)]
      holds(
        'opened, and said so',
        (was === 'shut' && is === 'open') === opened.has(`${nameSite(host)}:${port}`),
        { host, port },
      )
      holds(
        'closed, and said so',
        (was === 'open' && is === 'shut') === closed.has(`${nameSite(host)}:${port}`),
        { host, port },
      )
    }
  }

  const noted = (id: string) =>
    findings
      .filter((one) => one.id === id)
      .flatMap((one) => listPlaces(one).map((port) => `${nameSite(one as Site)}:${port}`))
      .sort()
  holds(
    'a note for each',
    String(noted('opened-since-baseline')) === String([...opened].sort()),
    noted('opened-since-baseline'),
  )
  holds(
    'a note for each',
    String(noted('closed-since-baseline')) === String([...closed].sort()),
    noted('closed-since-baseline'),
  )

  const violations = findings.filter(({ kind }) => kind === 'violation')
  for (const one of violations) {
    const site = one as Site
    holds(
      'since',
      one.since === (one.novelty === 'known' ? '2026-06-14T03:00:00.000Z' : '2026-06-15T03:00:00.000Z'),
      one,
    )
    holds('fails', one.fails === (one.novelty !== 'known' || knownViolations === 'fail'), one)
    for (const port of listPlaces(one)) {
      if (one.novelty === 'new') holds('new', then(site, port) !== 'unseen', one)
      if (one.novelty === 'not-seen-before')
        holds(
          'not seen before',
          then(site, port) === 'unseen' || has(before, 'answers-everywhere', site),
          one,
        )
      if (one.novelty !== 'known') continue
      const isThere = (address: string | undefined) =>
        before.judgement.findings.some(
          (other) =>
            other.id === one.id &&
            other.environment === one.environment &&
            other.endpoint === one.endpoint &&
            other.address === address &&
            listPlaces(other).includes(port) &&
            !worse(one, other) &&
            (one.service === undefined || other.service === undefined || one.service === other.service),
        )
      const others = before.scan.hosts.filter(
        (host) => host.environment === one.environment && host.endpoint === one.endpoint,
      )
      const credible = others.filter(({ answersEverywhere }) => !answersEverywhere)
      holds(
        'known',
        isThere(one.address) ||
          (!others.some(({ address, answersEverywhere }) => address === one.address && !answersEverywhere) &&
            !String(one.endpoint).includes('/') &&
            credible.every(({ address }) => isThere(address))),
        one,
      )
    }
  }
  const failing = violations.some(({ fails }) => fails)
  holds('the verdict', (verdict === 'fail') === failing, { verdict })
  const prints = violations.map(({ fingerprint, address }) => `${fingerprint} ${address}`)
  holds('fingerprints are apart', new Set(prints).size === prints.length, prints)
  const rank = violations.map(({ fails, novelty }) => Number(!fails) * 2 + Number(novelty === 'known'))
  holds(
    'new ones first',
    rank.every((one, index) => index === 0 || (rank[index - 1] as number) <= one),
    rank,
  )
  return {
    opened: drift.opened.length,
    closed: drift.closed.length,
    changed: drift.changed.length,
    notSeenBefore: drift.notSeenBefore.length,
    resolved: drift.resolved,
    ...Object.fromEntries(
      ['new', 'known', 'not-seen-before'].map((novelty) => [
        novelty,
        violations.filter((one) => one.novelty === novelty).length,
      ]),
    ),
    together: violations.filter(({ alike }) => alike).length,
  }
}

function has({ judgement }: Run, id: Finding['id'], site: Site): boolean {
  return judgement.findings.some((one) => one.id === id && nameSite(one as Site) === nameSite(site))
}

describe('a run held against an earlier one', () => {
  test(`calls nothing new, closed or known that is not, in ${PAIRS} pairs`, {
    timeout: PAIRS * 100 + 10_000,
  }, () => {
    const tally: Record<string, number> = {}
    for (let seed = SEED; seed < SEED + PAIRS; seed++)
      for (const [what, times] of Object.entries(checkPair(seed))) tally[what] = (tally[what] ?? 0) + times
    if (process.env.PAIRS) console.log(JSON.stringify(tally))
    // All of it has come up, or the pairs show nothing.
    for (const [what, times] of Object.entries(tally)) expect(times, what).toBeGreaterThan(0)
  })
})
