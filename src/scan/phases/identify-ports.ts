import type { Identified } from '../../model.ts'
import { socketBudget } from '../connect/fd-limit.ts'
import { countLosses } from '../identify/patience.ts'
import { forEachSpread } from '../identify/spread.ts'
import type { Site } from '../targets/site.ts'
import { ask, askByEachName, type IdentifyContext, isForAll, note, type Retry } from './ask-port.ts'
import { type Identifications, listTasks, type Party, type Task } from './questions.ts'
import type { Tarpits } from './tarpit.ts'
import type { TarpitRange, TarpitRanges } from './tarpit-ranges.ts'

/** Most ports identified at a time, if this thread keeps up, and most of one host: identifying mostly waits. */
const MOST_PORTS = 512
const MOST_PORTS_OF_HOST = 64

/** By what factor a second try may take longer. */
const PATIENCE = 4

/** How long second tries on one host may go on, in milliseconds. */
const SECOND_TRIES_MS = 60_000

/**
 * Learns what answers on every open port of the endpoints that want it, as far as the time limits allow. A port that
 * speaks TLS or HTTP may answer each name in another way, so it is asked by each, one after the other.
 *
 * @returns `isCut`: the time ran out before all had been asked
 */
export async function identifyPorts(
  sites: Site[],
  tarpits: Tarpits,
  ranges: TarpitRanges,
  context: IdentifyContext,
): Promise<{ identifications: Identifications; isCut: boolean }> {
  const { tasks, rest, identifications } = listTasks(sites, tarpits, ranges, context)
  const again = new Map<Party, Retry[]>()
  let isCut = false
  let done = 0
  const stopCounting = countLosses()
  const told = new Map<TarpitRange, { asked: number; told: number }>()
  const total = (list: Task[]) => list.length + (list === tasks ? 0 : tasks.length)
  const limits = {
    most: Math.min(MOST_PORTS, socketBudget()),
    mostOfKey: MOST_PORTS_OF_HOST,
    keyOf: ({ party }: Task) => party.target.address,
  }
  const askAll = (list: Task[]) =>
    forEachSpread(list, limits, async (task) => {
      const { retries, isTold } = await askByEachName(task, context, () => (isCut = true))
      if (task.range) count(told, task.range, isTold)
      const known = again.get(task.party)
      if (known) known.push(...retries)
      else if (retries.length > 0) again.set(task.party, retries)
      context.onIdentified?.(++done, total(list))
    })
  await askAll(tasks)
  // If most of the ports asked in a run are services, all of them are.
  const isOfServices = (range: TarpitRange) => {
    const counted = told.get(range)
    return counted !== undefined && counted.told * 2 >= counted.asked
  }
  const more = rest.filter(({ range }) => range && isOfServices(range))
  if (more.length > 0) await askAll(more)
  // One at a time on each host, and nothing else is under way there.
  const mostHosts = {
    most: limits.most,
    mostOfKey: 1,
    keyOf: ([first]: Retry[]) => first?.party.target.address,
  }
  await forEachSpread([...again.values()], mostHosts, async (retries) => {
    const until = performance.now() + SECOND_TRIES_MS
    const settled = new Map<number, Identified>()
    for (const retry of retries) {
      const known = settled.get(retry.port)
      if (known) note(retry.party, retry.port, retry.question.answers, known)
      if (known || performance.now() > until) continue
      const { found, isOver } = await ask(retry, retry.question, PATIENCE, context)
      if (found && isForAll(found)) settled.set(retry.port, found)
      isCut ||= isOver
    }
  })
  stopCounting()
  return { identifications, isCut }
}

function count(
  told: Map<TarpitRange, { asked: number; told: number }>,
  range: TarpitRange,
  isTold: boolean,
): void {
  const known = told.get(range) ?? { asked: 0, told: 0 }
  told.set(range, { asked: known.asked + 1, told: known.told + (isTold ? 1 : 0) })
}
