/** The second look at results that one probe does not prove. */
import type { Site } from '../targets/site.ts'
import { findPositions, isOpen, listOpen, listTargets, type Target } from '../targets/target.ts'
import { confirmOpen } from './confirm.ts'
import { isInTime, type PassContext, probePorts } from './probe-ports.ts'
import { type ListMissable, retryHarmful, retryLoneSilence, retryRequired } from './retry.ts'
import { findTarpits, type Tarpits } from './tarpit.ts'
import { findTarpitRanges, type TarpitRanges } from './tarpit-ranges.ts'

/** Hosts with more open ports than this are confirmed last. */
const CROWD = 100

/** Devices that answer in place of hosts. */
interface Found {
  tarpits: Tarpits
  ranges: TarpitRanges
}

/**
 * Looks for what answers in place of hosts, and probes again what is open, what would do most harm if it were, and what is
 * required and was not found. Where a required port is the first to accept on a host, or the first to answer at all, its
 * silence and its refusals so far meant nothing: all of it is probed anew, once.
 */
export async function confirmSites(
  sites: Site[],
  listMissable: ListMissable,
  context: PassContext,
): Promise<Found> {
  const targets = listTargets(sites)
  const shut = new Set(targets.filter((target) => !hasOpen(target)))
  const mute = new Set(targets.filter((target) => !hasAnswered(target)))
  const { tarpits, ranges } = await confirmOnce(sites, listMissable, context)
  const isWoken = (target: Target) =>
    (shut.has(target) && hasOpen(target)) || (mute.has(target) && hasAnswered(target))
  const woken = sites.filter(({ target }) => isWoken(target) && isInTime(target, context))
  if (woken.length === 0) return { tarpits, ranges }
  await probePorts(listTargets(woken), context)
  const more = await confirmOnce(woken, listMissable, context)
  return { tarpits: new Map([...tarpits, ...more.tarpits]), ranges: new Map([...ranges, ...more.ranges]) }
}

async function confirmOnce(sites: Site[], listMissable: ListMissable, context: PassContext): Promise<Found> {
  const { engine } = context
  const targets = listTargets(sites)
  const inTime = (some: Target[]) => some.filter((target) => isInTime(target, context))
  const tarpits = await findTarpits(inTime(targets), context)
  const elsewhere = targets.filter((target) => !tarpits.has(target))
  const ranges = await findTarpitRanges(inTime(elsewhere), context)
  // Each mostly waits, so they run side by side, with half of the sockets each: a lossy host then costs its time once.
  const half = { ...context, engine: { ...engine, sockets: Math.floor(engine.sockets / 2) } }
  await Promise.all([confirmOpen(elsewhere, half), retryHarmful(elsewhere, half)])
  await retryLoneSilence(inTime(elsewhere), context)
  await retryRequired(sites, listMissable, context)
  return { tarpits, ranges }
}

function hasOpen(target: Target): boolean {
  return findPositions(target, isOpen).length > 0
}

function hasAnswered(target: Target): boolean {
  return findPositions(target, ({ state }) => state === 'open' || state === 'closed').length > 0
}

/**
 * Hosts with few open ports, and then those with so many that what is done about each would take the time of all others.
 */
export function splitCrowds(sites: Site[]): { group: Site[]; isLast: boolean }[] {
  const crowded = new Set(listTargets(sites).filter((target) => listOpen(target).length > CROWD))
  const [few, many] = [false, true].map((is) => sites.filter(({ target }) => crowded.has(target) === is))
  if (!few?.length || !many?.length) return [{ group: sites, isLast: true }]
  return [
    { group: few, isLast: false },
    { group: many, isLast: true },
  ]
}
