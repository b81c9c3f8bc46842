import type { PortRange } from '../../model.ts'
import { inRanges } from '../../port-ranges.ts'
import { createRandom, shufflePositions } from '../targets/random.ts'
import { createTarget, findPositions, outcomeAt, type Target } from '../targets/target.ts'
import { type PassContext, probePorts } from './probe-ports.ts'

/** Open ports in a row, of those that were probed, that are more than services need. */
const LONG_RUN = 32

/** How many tarpit ranges of one host are examined. */
const MOST_RUNS = 16

/** Unlikely ports in a run that are looked at, and how many of them have to be open. */
const DECOYS = 8
const TELLING = 7

/** A range in which a host accepts whatever is tried, though not elsewhere, and the unlikely ports that were. */
export interface TarpitRange extends PortRange {
  decoys: number[]
}

export type TarpitRanges = Map<Target, TarpitRange[]>

/**
 * Finds where a device answers for a part of a host's ports: SYN cookies, a tarpit, a proxy. Ports that nothing is known to
 * use and that nobody expects are tried in between; those that the plan has probed are known to be open.
 */
export async function findTarpitRanges(targets: Target[], context: PassContext): Promise<TarpitRanges> {
  const random = createRandom(context.seed + 2)
  const suspects = targets.flatMap((target) =>
    listLongRanges(target).flatMap((range) => {
      const decoys = chooseDecoys(target, range, context.serviceOn, random)
      return decoys.length === DECOYS ? { target, range, decoys } : []
    }),
  )
  const probed = suspects.map(({ target, decoys }) => {
    const unseen = Uint16Array.from(decoys.filter((port) => !target.ports.includes(port))).sort()
    return createTarget(target.address, unseen, { ...target, expected: [] })
  })
  await probePorts(probed, { ...context, serviceOn: undefined })
  const ranges: TarpitRanges = new Map()
  for (const [index, { target, range, decoys }] of suspects.entries()) {
    const seen = [target, probed[index] as Target]
    if (decoys.filter((port) => seen.some((one) => isOpen(one, port))).length < TELLING) continue
    ranges.set(target, [...(ranges.get(target) ?? []), { ...range, decoys }])
  }
  return ranges
}

function isOpen(target: Target, port: number): boolean {
  const position = target.ports.indexOf(port)
  return position >= 0 && outcomeAt(target, position)?.state === 'open'
}

/** Ranges in which that many of the probed ports are open, and none is anything else. */
function listLongRanges(target: Target): PortRange[] {
  const { ports } = target
  const open = findPositions(target, ({ state }) => state === 'open')
  const ranges: PortRange[] = []
  for (let first = 0; first < open.length && ranges.length < MOST_RUNS; ) {
    let last = first
    while (open[last + 1] === (open[last] as number) + 1) last += 1
    if (last - first + 1 >= LONG_RUN) {
      ranges.push({ from: ports[open[first] as number] as number, to: ports[open[last] as number] as number })
    }
    first = last + 1
  }
  return ranges
}

function chooseDecoys(
  { expected }: Target,
  { from, to }: PortRange,
  serviceOn: PassContext['serviceOn'],
  random: () => number,
): number[] {
  const decoys: number[] = []
  for (const offset of shufflePositions(to - from + 1, random)) {
    const port = from + offset
    if (serviceOn?.(port) === undefined && !inRanges(expected, port)) decoys.push(port)
    if (decoys.length === DECOYS) break
  }
  return decoys
}
