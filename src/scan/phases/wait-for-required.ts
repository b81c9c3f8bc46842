import { setTimeout as sleep } from 'node:timers/promises'
import type { PlannedEndpoint, RequiredPort, ScanPlan, Waited } from '../../model.ts'
import type { ScanContext } from '../context.ts'
import { withDeadline } from '../deadline.ts'
import { probeHosts } from '../engine/engine.ts'
import { waitForTokens } from '../engine/token-bucket.ts'
import { identifyPort } from '../identify/identify.ts'
import { CLOCK, createMachine } from '../machine.ts'
import { forEach } from '../targets/for-each.ts'
import { locate } from '../targets/locate.ts'
import type { Lookups } from '../targets/lookup.ts'
import { listRules, rememberRules } from '../targets/planned-rules.ts'
import type { Site } from '../targets/site.ts'
import { createTarget, type Target } from '../targets/target.ts'

/** Between two looks, in milliseconds: a second at first, then longer and longer, so that a slow start is not pestered. */
const FIRST_PAUSE_MS = 1_000
const LONGER = 1.5
const LONGEST_PAUSE_MS = 10_000

/** Ports asked at a time what answers there. */
const PORTS_AT_A_TIME = 32

/** How long one look waits for an answer: until the kernel has sent the SYN again, and a bit. */
const TIMEOUT_MS = 3_000

/** What waiting needs beside the plan. */
type WaitContext = Pick<
  ScanContext,
  | 'signal'
  | 'refuses'
  | 'excludes'
  | 'listRequired'
  | 'onProgress'
  | 'createGuesses'
  | 'isDelicate'
  | 'isService'
> & {
  lookups: Lookups
}

/**
 * What is still being waited for: endpoints, and what has been open on some address at some time, and with the service that
 * is wanted there.
 */
interface Hope {
  pending: PlannedEndpoint[]
  opened: Set<string>
  met: Set<string>
  missing: number
}

/**
 * Waits until every required port of every endpoint has been open once, and where the policy names its service, until that
 * has answered: a proxy may accept before there is anything behind it. Names are looked up anew for each look: those of a
 * preview may appear late. Ends when the time is over or the signal says so, and decides nothing: the scan does.
 */
export async function waitForRequired(
  plan: ScanPlan,
  limitMs: number,
  context: WaitContext,
): Promise<Waited> {
  const { signal, onProgress } = context
  const began = performance.now()
  const left = () => began + limitMs - performance.now()
  const hope: Hope = {
    pending: plan.endpoints.filter(mayRequire),
    opened: new Set(),
    met: new Set(),
    missing: 0,
  }
  let pause = FIRST_PAUSE_MS
  do {
    const deadline = began + limitMs
    await withDeadline(signal, deadline, (ending) =>
      look(plan, hope, deadline, { ...context, signal: ending }),
    )
    const total = countRequired(hope)
    onProgress?.({ phase: 'waiting for required ports', done: hope.met.size, total, open: 0 })
    if (hope.missing === 0) break
    await sleep(Math.max(0, Math.ceil(Math.min(pause, left()))), undefined, { signal }).catch(() => {})
    pause = Math.min(pause * LONGER, LONGEST_PAUSE_MS)
  } while (left() > 0 && !signal.aborted)
  return {
    ms: Math.round(performance.now() - began),
    required: countRequired(hope),
    missing: hope.missing,
  }
}

function countRequired({ met, missing }: Hope): number {
  return met.size + missing
}

function mayRequire(planned: PlannedEndpoint): boolean {
  return listRules(planned).some((rules) => requiredOf(rules).length > 0)
}

const requiredOf = rememberRules(({ allow }) => (allow.some(({ required }) => required) ? [true] : []))

/** Looks once at all that is missing, and keeps what still is. */
async function look(plan: ScanPlan, hope: Hope, deadline: number, context: WaitContext): Promise<void> {
  const { signal, refuses, excludes, listRequired, lookups } = context
  const now = performance.now()
  const today = new Date()
  const { sites, refused, excluded, unseen } = await locate({ ...plan, endpoints: hope.pending }, now, {
    signal,
    refuses,
    ...(excludes ? { excludes } : {}),
    lookups,
  })
  const wanted = new Map<Site, RequiredPort[]>(
    sites.map((site) => [
      site,
      listRequired(site.planned, site.target.address, today).filter(
        (one) => !hope.met.has(nameOf(site, one)),
      ),
    ]),
  )
  await probe(toTargets(wanted, hope, deadline), hope, signal)
  await meet(wanted, hope, context)

  const missing = new Map<PlannedEndpoint, number>()
  const add = (planned: PlannedEndpoint, count: number) =>
    missing.set(planned, (missing.get(planned) ?? 0) + count)
  for (const [site, ports] of wanted) {
    add(site.planned, ports.filter((one) => !hope.met.has(nameOf(site, one))).length)
  }
  const isThere = new Set([...sites, ...refused, ...excluded].map(({ planned }) => planned))
  const isUnreachable = new Set(
    unseen.filter(({ kind }) => kind === 'no-ipv6').map(({ endpoint }) => endpoint),
  )
  for (const planned of hope.pending) {
    // What this vantage has no way to is not worth waiting for; what has no address may get one.
    if (isThere.has(planned) || isUnreachable.has(planned.endpoint.text)) continue
    add(planned, listRequired(planned, '', today).length)
  }
  hope.pending = hope.pending.filter((planned) => missing.get(planned))
  hope.missing = [...missing.values()].reduce((sum, count) => sum + count, 0)
}

/** An address's port, and where its service matters, by which name it is asked and for what. */
function nameOf({ planned, target }: Site, { port, services }: RequiredPort): string {
  const asked = services.length > 0 ? ` ${planned.endpoint.host} ${services.join()}` : ''
  return nameOfPort(target, port) + asked
}

function nameOfPort({ address }: Target, port: number): string {
  return `${address} ${port}`
}

/** Notes which of the open ports are as they are wanted; one connection after the other where that takes any. */
async function meet(
  wanted: Map<Site, RequiredPort[]>,
  { opened, met }: Hope,
  context: WaitContext,
): Promise<void> {
  const open = [...wanted].flatMap(([site, ports]) =>
    ports.flatMap((one) => (opened.has(nameOfPort(site.target, one.port)) ? { site, one } : [])),
  )
  const unnamed = open.filter(({ one }) => one.services.length === 0)
  for (const { site, one } of unnamed) met.add(nameOf(site, one))
  const byPort = new Map<string, typeof open>()
  for (const asked of open.filter(({ one }) => one.services.length > 0)) {
    const name = nameOfPort(asked.site.target, asked.one.port)
    byPort.set(name, [...(byPort.get(name) ?? []), asked])
  }
  await forEach([...byPort.values()], PORTS_AT_A_TIME, async (sharing) => {
    for (const { site, one } of sharing) {
      if (!met.has(nameOf(site, one)) && (await answersAsWanted(site, one, context)))
        met.add(nameOf(site, one))
    }
  })
}

async function answersAsWanted(
  { planned, target }: Site,
  { port, services }: RequiredPort,
  { signal, createGuesses, isDelicate, isService }: WaitContext,
): Promise<boolean> {
  const { endpoint } = planned
  const found = await identifyPort(
    {
      address: target.address,
      port,
      serverName: endpoint.kind === 'name' ? endpoint.host : undefined,
      hint: createGuesses(planned, target.address)(port).hint,
      delicate: isDelicate(port),
      breadth: 'own',
      mayConnect: () => waitForTokens(target.limiters, CLOCK, signal),
    },
    signal,
  )
  return found !== undefined && services.some((service) => isService(found, service))
}

/** One target an address, with what has not been open on it yet. */
function toTargets(wanted: Map<Site, RequiredPort[]>, { opened }: Hope, deadline: number): Target[] {
  const byAddress = new Map<string, { limiters: Target['limiters']; ports: Set<number> }>()
  for (const [{ target }, ports] of wanted) {
    const { address, limiters } = target
    const known = byAddress.get(address) ?? { limiters, ports: new Set() }
    for (const { port } of ports) if (!opened.has(nameOfPort(target, port))) known.ports.add(port)
    byAddress.set(address, known)
  }
  return [...byAddress].flatMap(([address, { limiters, ports }]) =>
    ports.size > 0
      ? createTarget(address, Uint16Array.from(ports).sort(), { deadline, limiters, expected: [] })
      : [],
  )
}

async function probe(targets: Target[], { opened }: Hope, signal: AbortSignal): Promise<void> {
  const jobs = targets.map((target) => ({
    target,
    order: [...target.ports.keys()],
    deadline: target.deadline,
  }))
  if (jobs.length === 0) return
  await probeHosts(
    jobs,
    {
      onOutcome({ target }, position, { state }) {
        if (state === 'open') opened.add(nameOfPort(target, target.ports[position] as number))
      },
      onOutcomes() {},
    },
    { timeoutMs: TIMEOUT_MS, signal },
    createMachine(0),
  )
}
