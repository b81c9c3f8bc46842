/** Ports that are not open, and are tried again before that is believed. */
import type { Outcome, PlannedEndpoint } from '../../model.ts'
import { HARMFUL } from '../targets/port-order.ts'
import type { Site } from '../targets/site.ts'
import { findPositions, isOpen, record, type Target } from '../targets/target.ts'
import { askPools } from './pools.ts'
import { LONG_TIMEOUT_MS, type PassContext, pause, probeAgain } from './probe-ports.ts'

/** The ports of an endpoint's address that are missing, by the judge's rules, if they are not open. */
export type ListMissable = (planned: PlannedEndpoint, address: string) => number[]

/** How often a required port is tried again before it is called missing. */
const REQUIRED_TRIES = 3

/** Most required ports of a host that are asked twenty times. A host that refuses more is down, and would be sent hundreds of SYNs. */
const FEW_REQUIRED = 4

/**
 * Tries required ports that are not open again and again, patiently, before they are called missing, and often where they refuse:
 * one of several hosts behind the address may have them open. Where there is no time left for it they become unknown.
 */
export async function retryRequired(
  sites: Site[],
  listRequired: ListMissable,
  context: PassContext,
): Promise<void> {
  const required = findRequired(sites, listRequired)
  for (let tries = 0; tries < REQUIRED_TRIES && required.size > 0; tries++) {
    if (tries > 0) await pause(required.keys(), context)
    const isMissing = ({ state }: Outcome) => state === 'closed' || state === 'filtered'
    const tried = await probeAgain([...required.keys()], LONG_TIMEOUT_MS, context, isMissing, required)
    if (tried === 0) return
  }
  await askPools(
    [...required.keys()],
    {
      choose(target, refusing) {
        const missing = refusing.filter((position) => required.get(target)?.has(position))
        return missing.length > FEW_REQUIRED ? [] : missing
      },
      onUndone: record,
    },
    context,
  )
}

/** At most this many silent ports on a host that refuses at least that many are tried for longer: a busy service drops SYNs. */
const FEW_SILENT = 4
const MANY_REFUSED = 100

/** Tries the only silent ports of a host that refuses all others again. */
export async function retryLoneSilence(targets: Target[], context: PassContext): Promise<void> {
  const lone = new Map<Target, Set<number>>()
  for (const target of targets) {
    const silent = findPositions(target, isSilent)
    if (silent.length === 0 || silent.length > FEW_SILENT) continue
    if (findPositions(target, ({ state }) => state === 'closed').length < MANY_REFUSED) continue
    lone.set(target, new Set(silent))
  }
  if (lone.size > 0) await probeAgain([...lone.keys()], LONG_TIMEOUT_MS, context, isSilent, lone)
}

function isSilent({ reason }: Outcome): boolean {
  return reason === 'no-response'
}

function findRequired(sites: Site[], listRequired: ListMissable): Map<Target, Set<number>> {
  const required = new Map<Target, Set<number>>()
  for (const { planned, target } of sites) {
    const ports = new Set(listRequired(planned, target.address))
    if (ports.size === 0) continue
    const positions = required.get(target) ?? new Set()
    for (const [position, port] of target.ports.entries()) if (ports.has(port)) positions.add(position)
    required.set(target, positions)
  }
  return required
}

/** Tries ports again that refuse, and that would do most harm if another host behind the same address had them open. */
export async function retryHarmful(targets: Target[], context: PassContext): Promise<void> {
  await askPools(
    targets.filter((target) => findPositions(target, isOpen).length > 0),
    {
      choose: ({ ports }, refusing) => refusing.filter((position) => HARMFUL.has(ports[position] as number)),
    },
    context,
  )
}
