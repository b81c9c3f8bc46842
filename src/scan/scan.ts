import { setTimeout as sleep } from 'node:timers/promises'
import ipaddr from 'ipaddr.js'
import type { CanaryResult, Excluded, ScanPlan, ScanResult, Vantage, Waited } from '../model.ts'
import type { ScanContext } from './context.ts'
import type { PassResult } from './engine/offload.ts'
import { createOverhear } from './identify/overhear.ts'
import { createMachine } from './machine.ts'
import { locateCanaries, probeCanaries } from './phases/canary.ts'
import { confirmSites, splitCrowds } from './phases/confirm-sites.ts'
import { identifyPorts } from './phases/identify-ports.ts'
import { type PassContext, probePorts } from './phases/probe-ports.ts'
import type { ListMissable } from './phases/retry.ts'
import { waitForRequired } from './phases/wait-for-required.ts'
import { createHostResults, type Seen } from './targets/host-result.ts'
import { inPlanOrder, LOOKUP_SHARE, type Located, type Locating, startLocating } from './targets/locate.ts'
import { createLookups, type Lookups } from './targets/lookup.ts'
import { findSearchDomains } from './targets/search-domains.ts'
import type { Site } from './targets/site.ts'
import { countPairs, listTargets, outcomeAt, record, type Target } from './targets/target.ts'
import { trackProgress } from './track-progress.ts'
import { createOwnership, describeVantage } from './vantage-point.ts'
import { createSecondThread } from './worker/offload.ts'

/** What GitHub-hosted runners cannot reach, whatever listens there. */
const BLOCKED_PORT = 25

/** Names not resolved after this long are looked up while the others are scanned, in milliseconds. */
const SOON_MS = 2_000

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
  const { signal, env, serviceOn } = context
  const waited = await wait(plan, { ...context, lookups })
  const startedAt = new Date()
  const clock = performance.now()
  const restore = leaveOutStacks()
  const secondThread = createSecondThread()
  try {
    const progress = trackProgress(context)
    const account = createAccount()
    const { startOffload } = secondThread
    const engine = { ...createMachine(plan.seed), startOffload, onTrace: context.onTrace }
    const pass: PassContext = {
      engine,
      seed: plan.seed,
      serviceOn,
      createOverhear,
      signal,
      account: account.add,
    }
    const vantage = await describeVantage(env)
    progress.begin('resolving names', plan.endpoints.length)
    const locating = startLocating(plan, clock, { ...context, lookups })
    const { sites, refused, excluded, noHosts, unseen } = await takeFirst(locating, signal)
    const located = await locateCanaries(plan, clock, sites, { ...context, lookups })
    const canaries = await probeCanaries(located, LOOKUP_SHARE, pass)
    const probe = async (some: Site[]) => {
      const targets = listTargets(some)
      progress.begin('probing ports', countPairs(targets))
      await probePorts(targets, { ...pass, ...progress.probing })
    }
    await probe(sites)
    await locating.done
    const searching = findSearchDomains(locating.named, env, lookups, signal, clock + longestOf(plan))
    const late = locating.take()
    if (late.sites.length > 0) await probe(late.sites)
    addLocated({ sites, refused, excluded, noHosts, unseen }, late)
    progress.begin('confirming', 1)
    const seen: Seen = { tarpits: new Map(), ranges: new Map(), identifications: new Map() }
    // The judge goes by the same day.
    const listMissable: ListMissable = (...site) =>
      context.listRequired(...site, startedAt).map(({ port }) => port)
    let stillSeen = canaries
    for (const { group, isLast } of splitCrowds(sites)) {
      const { tarpits, ranges } = await confirmSites(group, listMissable, pass)
      if (isLast && !signal.aborted) stillSeen = await probeCanaries(located, 1, pass)
      const { onIdentified } = progress
      const identified = await identifyPorts(group, tarpits, ranges, { ...context, onIdentified })
      if (identified.isCut) account.end(signal.aborted ? 'aborted' : 'time-limit')
      addSeen(seen, { tarpits, ranges, identifications: identified.identifications })
    }
    markUntestable(listTargets(sites), vantage)
    const isOwn = createOwnership()
    const searched = await searching
    const toHostResult = createHostResults(seen, searched)
    const hosts = inPlanOrder(plan, [...sites, ...refused]).map((site) => ({
      ...toHostResult(site),
      ...(isOwn(site.target.address) ? { isThisMachine: true as const } : {}),
    }))
    const finished = {
      startedAt,
      finishedAt: new Date(),
      ...account.total(),
      ...(waited ? { waited } : {}),
      ...(excluded.length > 0 ? { excluded: excluded.map(toExcluded) } : {}),
      ...(noHosts.length > 0 ? { noHosts: noHosts.map(toExcluded) } : {}),
    }
    return { hosts, unseen, canaries: worse(canaries, stillSeen), vantage, ...finished }
  } finally {
    secondThread.end()
    restore()
  }
}

/** Adds up what passes have cost; what ended the first of them early is why the scan was not whole. */
function createAccount() {
  let probes = 0
  let stopped: ScanResult['stopped']
  return {
    add(result: PassResult) {
      probes += result.probes
      stopped ??= result.stopped
    },
    end(why: NonNullable<ScanResult['stopped']>) {
      stopped ??= why
    },
    total: () => ({ probes, ...(stopped ? { stopped } : {}) }),
  }
}

/** What has an address soon; all of it where nothing has. */
async function takeFirst({ done, take }: Locating, signal: AbortSignal): Promise<Located> {
  // A lookup under way keeps this process alive by itself.
  await Promise.race([done, sleep(SOON_MS, undefined, { signal, ref: false }).catch(() => {})])
  const first = take()
  if (first.sites.length > 0) return first
  await done
  return addLocated(first, take())
}

function addLocated(to: Located, { sites, refused, excluded, noHosts, unseen }: Located): Located {
  to.sites.push(...sites)
  to.refused.push(...refused)
  to.excluded.push(...excluded)
  to.noHosts.push(...noHosts)
  to.unseen.push(...unseen)
  return to
}

function addSeen(seen: Seen, { tarpits, ranges, identifications }: Seen): void {
  for (const [target, decoy] of tarpits) seen.tarpits.set(target, decoy)
  for (const [target, list] of ranges) seen.ranges.set(target, list)
  for (const [of, answers] of identifications) seen.identifications.set(of, answers)
}

function toExcluded({ planned: { environment, endpoint }, address }: Located['excluded'][number]): Excluded {
  return { ...(environment === undefined ? {} : { environment }), endpoint: endpoint.text, address }
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

/** An error stack for each refused port takes a third of a scan's time (measured), and nobody reads it. */
function leaveOutStacks(): () => void {
  const before = Error.stackTraceLimit
  Error.stackTraceLimit = 0
  return () => {
    Error.stackTraceLimit = before
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
