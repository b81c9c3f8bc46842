import type { PortRange } from '../../model.ts'
import { covers } from '../targets/planned-rules.ts'
import { createRandom, shufflePositions } from '../targets/random.ts'
import { createTarget, findPositions, outcomeAt, type Target } from '../targets/target.ts'
import { type PassContext, probePorts } from './probe-ports.ts'

/** Open ports in a row, of those that were probed, that are more than services need. */
const LONG_RUN = 32

/** Runs of one host that are looked into. */
const MOST_RUNS = 16

/** Unlikely ports in a run that are looked at, and how many of them have to be open. */
const DECOYS = 8
const TELLING = 7

/** A range in which a host accepts whatever is tried, though not elsewhere, and the unlikely ports that were. */
export interface Run extends PortRange {
  decoys: number[]
}

export type Runs = Map<Target, Run[]>

/**
 * Finds where a device answers for a part of a host's ports: SYN cookies, a tarpit, a proxy. Ports that nothing is known to
 * use and that nobody expects are tried in between; those that the plan has probed are known to be open.
 */
export async function findRuns(
  targets: Target[],
  seed: number,
  suggest: (port: number) => string | undefined,
  context: PassContext,
): Promise<Runs> {
  const random = createRandom(seed + 2)
  const suspects = targets.flatMap((target) =>
    listLongRuns(target).flatMap((range) => {
      const decoys = chooseDecoys(target, range, suggest, random)
      return decoys.length === DECOYS ? { target, range, decoys } : []
    }),
  )
  const probed = suspects.map(({ target, decoys }) => {
    const unseen = Uint16Array.from(decoys.filter((port) => !target.ports.includes(port))).sort()
    return createTarget(target.address, unseen, { ...target, expected: [] })
  })
  await probePorts(probed, seed, undefined, context)
  const runs: Runs = new Map()
  for (const [index, { target, range, decoys }] of suspects.entries()) {
    const seen = [target, probed[index] as Target]
    if (decoys.filter((port) => seen.some((one) => isOpen(one, port))).length < TELLING) continue
    runs.set(target, [...(runs.get(target) ?? []), { ...range, decoys }])
  }
  return runs
}

function isOpen(target: Target, port: number): boolean {
  const position = target.ports.indexOf(port)
  return position >= 0 && outcomeAt(target, position)?.state === 'open'
}

/** Where so many of the ports that were probed are open and none between them is not. */
function listLongRuns(target: Target): PortRange[] {
  const { ports } = target
  const open = findPositions(target, ({ state }) => state === 'open')
  const runs: PortRange[] = []
  for (let first = 0; first < open.length && runs.length < MOST_RUNS; ) {
    let last = first
    while (open[last + 1] === (open[last] as number) + 1) last += 1
    if (last - first + 1 >= LONG_RUN) {
      runs.push({ from: ports[open[first] as number] as number, to: ports[open[last] as number] as number })
    }
    first = last + 1
  }
  return runs
}

function chooseDecoys(
  { expected }: Target,
  { from, to }: PortRange,
  suggest: (port: number) => string | undefined,
  random: () => number,
): number[] {
  const decoys: number[] = []
  for (const offset of shufflePositions(to - from + 1, random)) {
    const port = from + offset
    if (suggest(port) === undefined && !covers(expected, port)) decoys.push(port)
    if (decoys.length === DECOYS) break
  }
  return decoys
}
