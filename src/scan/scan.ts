import { setTimeout as sleep } from 'node:timers/promises'
import ipaddr from 'ipaddr.js'
import type {
  CanaryResult,
  Excluded,
  Identified,
  Outcome,
  ScanPlan,
  ScanResult,
  Vantage,
  Waited,
} from '../model.ts'
import { locateCanaries, probeCanaries } from './phases/canary.ts'
import { confirmOpen } from './phases/confirm.ts'
import { greetOpenPorts } from './phases/identify-ports.ts'
import { type PassContext, probePorts } from './phases/probe-ports.ts'
import type { CreateGuesses } from './phases/questions.ts'
import { retryHarmful, retryLoneSilence, retryRequired } from './phases/retry.ts'
import { findAnswersEverywhere, listOpen } from './phases/tarpit.ts'
import { findRuns } from './phases/tarpit-ranges.ts'
import { type ListRequired, waitForRequired } from './phases/wait-for-required.ts'
import { type Seen, toHostResult } from './targets/host-result.ts'
import {
  inPlanOrder,
  LOOKUP_SHARE,
  type Located,
  type Locating,
  type Refuses,
  type Site,
  startLocating,
} from './targets/locate.ts'
import { createLookups, type Lookups } from './targets/lookup.ts'
import { findSearchDomains } from './targets/search-domains.ts'
import { outcomeAt, record, type Target } from './targets/target.ts'
import { createOwnership, describeVantage } from './vantage-point.ts'

/** What GitHub-hosted runners cannot reach, whatever listens there. */
const BLOCKED_PORT = 25

/** Names that have no address so soon are looked up while the others are scanned, in milliseconds. */
const SOON_MS = 2_000

/** Hosts with more open ports than this come last where others have fewer. */
const CROWD = 100

/** How far a scan has come. */
export interface Progress {
  phase:
    | 'waiting for required ports'
    | 'resolving names'
    | 'probing ports'
    | 'confirming'
    | 'identifying services'
  done: number
  total: number
  /** Open ports so far. */
  open: number
}

/** What the scan needs beside its plan. */
export interface ScanContext {
  /** Ends the scan with what it has. */
  signal: AbortSignal
  env: NodeJS.ProcessEnv
  /** What probably answers on a port, of whatever host: who is probed with care. */
  suggest: (port: number) => string | undefined
  /** What the policy and the number of a port say of one address: it is asked for that first. */
  createGuesses: CreateGuesses
  /** Whether what usually listens on a port takes anything for an order, so that nothing may be sent to it. */
  isDelicate: (port: number) => boolean
  /** Whether what usually listens on a port is a high or critical risk. */
  isGrave: (port: number) => boolean
  /** Whether an address may not be probed: it, and the name that led to it. */
  refuses: Refuses
  /** Whether the policy excludes an address. */
  excludes?(address: string): boolean
  /** How long to wait for required ports before the scan, in milliseconds. */
  waitMs?: number
  listRequired: ListRequired
  /** Whether what answered is a service that the policy names. */
  isService(found: Identified, service: string): boolean
  /** Told once how such a wait has ended. */
  onWaited?(waited: Waited): void
  onProgress?(progress: Progress): void
}

/**
 * Scans all that a plan names: every address of every endpoint. What is found open is probed again, and so is what
 * is required and was not found. Never rejects for trouble on the way: that is in the result.
 */
export async function scan(plan: ScanPlan, context: ScanContext): Promise<ScanResult> {
  const lookups = createLookups()
  try {
    return await scanWith(lookups, plan, context)
  } finally {
    lookups.end()
  }
}

async function scanWith(lookups: Lookups, plan: ScanPlan, context: ScanContext): Promise<ScanResult> {
  const { signal, env } = context
  const waited = await wait(plan, { ...context, lookups })
  const startedAt = new Date()
  const clock = performance.now()
  const restore = leaveOutStacks()
  try {
    const progress = trackProgress(context)
    let stopped: ScanResult['stopped']
    let probes = 0
    const pass: PassContext = {
      signal,
      account: (result) => {
        probes += result.probes
        stopped ??= result.stopped
      },
    }
    const vantage = await describeVantage(env)
    progress.begin('resolving names', plan.endpoints.length)
    const locating = startLocating(plan, clock, { ...context, lookups })
    const { sites, refused, excluded, unseen } = await takeFirst(locating, signal)
    const located = await locateCanaries(plan, clock, sites, { ...context, lookups })
    const canaries = await probeCanaries(located, LOOKUP_SHARE, pass)
    const probe = async (some: Site[]) => {
      const targets = listTargets(some)
      const count = targets.reduce((sum, { ports }) => sum + ports.length, 0)
      progress.begin('probing ports', count)
      await probePorts(targets, plan.seed, context.suggest, { ...pass, ...progress.listener })
    }
    await probe(sites)
    await locating.done
    const searching = findSearchDomains(locating.named, env, lookups, signal, clock + longestOf(plan))
    const late = locating.take()
    if (late.sites.length > 0) await probe(late.sites)
    addLocated({ sites, refused, excluded, unseen }, late)
    const targets = listTargets(sites)
    progress.begin('confirming', 1)
    const seen: Seen = { everywhere: new Map(), runs: new Map(), greeted: new Map() }
    let stillSeen = canaries
    for (const { group, isLast } of splitCrowds(sites)) {
      const confirmed = await confirmSites(group, { plan, context, pass, startedAt })
      if (isLast && !signal.aborted) stillSeen = await probeCanaries(located, 1, pass)
      const { everywhere, runs } = confirmed
      const { greeted, isCut } = await greetOpenPorts(group, everywhere, runs, {
        ...context,
        onGreeted: progress.greeted,
      })
      if (isCut) stopped ??= signal.aborted ? 'aborted' : 'time-limit'
      addSeen(seen, { everywhere, runs, greeted })
    }
    markUntestable(targets, vantage)
    const isOwn = createOwnership()
    const searched = await searching
    const hosts = inPlanOrder(plan, [...sites, ...refused]).map((site) => ({
      ...toHostResult(site, seen, searched),
      ...(isOwn(site.target.address) ? { isThisMachine: true as const } : {}),
    }))
    const finished = {
      probes,
      startedAt,
      finishedAt: new Date(),
      ...(stopped ? { stopped } : {}),
      ...(waited ? { waited } : {}),
      ...(excluded.length > 0 ? { excluded: excluded.map(toExcluded) } : {}),
    }
    return { hosts, unseen, canaries: worse(canaries, stillSeen), vantage, ...finished }
  } finally {
    restore()
  }
}

/** What has an address soon; all of it where nothing has. */
async function takeFirst({ done, take }: Locating, signal: AbortSignal): Promise<Located> {
  // A name that is still looked up keeps this process alive by itself.
  await Promise.race([done, sleep(SOON_MS, undefined, { signal, ref: false }).catch(() => {})])
  const first = take()
  if (first.sites.length > 0) return first
  await done
  return addLocated(first, take())
}

function addLocated(to: Located, { sites, refused, excluded, unseen }: Located): Located {
  to.sites.push(...sites)
  to.refused.push(...refused)
  to.excluded.push(...excluded)
  to.unseen.push(...unseen)
  return to
}

/**
 * Hosts with few open ports, and then those with so many that what is done about each would take the time of all others.
 */
function splitCrowds(sites: Site[]): { group: Site[]; isLast: boolean }[] {
  const crowded = new Set(listTargets(sites).filter((target) => listOpen(target).length > CROWD))
  const [few, many] = [false, true].map((is) => sites.filter(({ target }) => crowded.has(target) === is))
  if (!few?.length || !many?.length) return [{ group: sites, isLast: true }]
  return [
    { group: few, isLast: false },
    { group: many, isLast: true },
  ]
}

/** Looks a second time at all that is not to be believed at once, and for what answers in place of hosts. */
async function confirmSites(
  sites: Site[],
  {
    plan,
    context,
    pass,
    startedAt,
  }: { plan: ScanPlan; context: ScanContext; pass: PassContext; startedAt: Date },
): Promise<Pick<Seen, 'everywhere' | 'runs'>> {
  const targets = listTargets(sites)
  const isInTime = ({ deadline }: Target) => !context.signal.aborted && performance.now() < deadline
  const everywhere = await findAnswersEverywhere(targets.filter(isInTime), plan.seed, pass)
  const elsewhere = targets.filter((target) => !everywhere.has(target))
  const runs = await findRuns(elsewhere.filter(isInTime), plan.seed, context.suggest, pass)
  // Each mostly waits: side by side they take a lossy host's time once.
  await Promise.all([confirmOpen(elsewhere, pass), retryHarmful(elsewhere, pass)])
  await retryLoneSilence(elsewhere.filter(isInTime), pass)
  // By the day that the judge goes by.
  await retryRequired(
    sites,
    (...site) => context.listRequired(...site, startedAt).map(({ port }) => port),
    pass,
  )
  return { everywhere, runs }
}

function addSeen(seen: Seen, { everywhere, runs, greeted }: Seen): void {
  for (const [target, decoy] of everywhere) seen.everywhere.set(target, decoy)
  for (const [target, list] of runs) seen.runs.set(target, list)
  for (const [of, answers] of greeted) seen.greeted.set(of, answers)
}

function toExcluded({ planned: { environment, endpoint }, address }: Located['excluded'][number]): Excluded {
  return { ...(environment === undefined ? {} : { environment }), endpoint: endpoint.text, address }
}

function listTargets(sites: Site[]): Target[] {
  return [...new Set(sites.map(({ target }) => target))]
}

async function wait(
  plan: ScanPlan,
  { waitMs, ...context }: ScanContext & { lookups: Lookups },
): Promise<Waited | undefined> {
  if (waitMs === undefined) return undefined
  const waited = await waitForRequired(plan, waitMs, context)
  context.onWaited?.(waited)
  return waited
}

/** A canary that was open at the start proves nothing about the end: both times count. */
function worse(before: CanaryResult[], after: CanaryResult[]): CanaryResult[] {
  return before.map((canary, index) => (canary.outcome.state === 'open' ? (after[index] ?? canary) : canary))
}

/** An error stack a refused port is a third of a scan's time (measured), and nobody reads it. */
function leaveOutStacks(): () => void {
  const before = Error.stackTraceLimit
  Error.stackTraceLimit = 0
  return () => {
    Error.stackTraceLimit = before
  }
}

function trackProgress({ onProgress }: ScanContext) {
  const now: Progress = { phase: 'resolving names', done: 0, total: 0, open: 0 }
  const tell = () => onProgress?.({ ...now })
  return {
    begin(phase: Progress['phase'], total: number) {
      Object.assign(now, { phase, done: 0, total })
      tell()
    },
    greeted(done: number, total: number) {
      Object.assign(now, { phase: 'identifying services', done, total })
      tell()
    },
    listener: {
      onOutcome(outcome: Outcome, count: number) {
        if (outcome.state === 'open') now.open += count
      },
      onTick(settled: number) {
        now.done = settled
        tell()
      },
    },
  }
}

/** Outbound mail is commonly blocked on hosted runners, so silence of port 25 says nothing about a public host. */
function markUntestable(targets: Target[], { githubHosted }: Vantage): void {
  if (!githubHosted) return
  for (const target of targets) {
    const position = target.ports.indexOf(BLOCKED_PORT)
    if (position < 0 || !isPublic(target.address)) continue
    if (outcomeAt(target, position)?.state === 'open') continue
    record(target, position, { state: 'unknown', reason: 'untestable' })
  }
}

function isPublic(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast'
}

/** The longest time limit of a plan, in milliseconds. */
function longestOf({ endpoints }: ScanPlan): number {
  return endpoints.reduce((longest, { scan }) => Math.max(longest, scan.timeLimitMs), 0)
}
