/** What is not to be believed at once is looked at a second time. */
import type { Site } from '../targets/locate.ts'
import { listOpen, listTargets, type Target } from '../targets/target.ts'
import { confirmOpen } from './confirm.ts'
import type { PassContext } from './probe-ports.ts'
import { type ListMissable, retryHarmful, retryLoneSilence, retryRequired } from './retry.ts'
import { findTarpits, type Tarpits } from './tarpit.ts'
import { findTarpitRanges, type TarpitRanges } from './tarpit-ranges.ts'

/** Hosts with more open ports than this come last where others have fewer. */
const CROWD = 100

/**
 * Looks for what answers in place of hosts, and probes again what is open, what would do most harm if it were, and what is
 * required and was not found.
 */
export async function confirmSites(
  sites: Site[],
  listMissable: ListMissable,
  context: PassContext,
): Promise<{ tarpits: Tarpits; ranges: TarpitRanges }> {
  const { engine, signal } = context
  const targets = listTargets(sites)
  const isInTime = ({ deadline }: Target) => !signal.aborted && engine.clock.now() < deadline
  const tarpits = await findTarpits(targets.filter(isInTime), context)
  const elsewhere = targets.filter((target) => !tarpits.has(target))
  const ranges = await findTarpitRanges(elsewhere.filter(isInTime), context)
  // Each mostly waits: side by side they take a lossy host's time once, with half of the sockets each.
  const half = { ...context, engine: { ...engine, sockets: Math.floor(engine.sockets / 2) } }
  await Promise.all([confirmOpen(elsewhere, half), retryHarmful(elsewhere, half)])
  await retryLoneSilence(elsewhere.filter(isInTime), context)
  await retryRequired(sites, listMissable, context)
  return { tarpits, ranges }
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
