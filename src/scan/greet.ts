import type { Identified, PlannedEndpoint } from '../model.ts'
import { withDeadline } from './deadline.ts'
import { socketBudget } from './descriptors.ts'
import { type Everywhere, listOpen, listTelling } from './everywhere.ts'
import { identifyPort } from './identify/identify.ts'
import { countLosses, lostMs } from './identify/patience.ts'
import type { Effort } from './identify/protocols/protocol.ts'
import { forEach, type Site } from './locate.ts'
import { waitForLeave } from './pacing.ts'
import { covers, listNamedPorts } from './planned-rules.ts'
import type { Target } from './target.ts'

/** Ports greeted at a time. A greeting mostly waits. */
const GREETINGS = 32

/** Where this thread stood still for so long while a port was asked, the other side may have given up, in milliseconds. */
const STARVED_MS = 1_000

/** How much longer a port may take when it is asked a second time. */
const PATIENCE = 3

/** How long second tries on one host may go on, in milliseconds. */
const SECOND_TRIES_MS = 60_000

/** Certificates of a host whose names are kept: each may have 5 KB of them. */
const MOST_CERTIFICATES = 1_000

/** What answered on the ports of one target. */
interface Answers {
  /** No entry where a port accepted no connection any more. */
  identified: Map<number, Identified>
  /** Ports that had not been asked in full when the time was over, or that this thread was kept from listening to. */
  cut: Set<number>
  certificates: number
  effort: Effort
}

/** What answered, by target. */
export type Greeted = Map<Target, Answers>

/** What greeting needs to know. */
export interface GreetContext {
  signal: AbortSignal
  /** What probably answers on a port, which decides what it is asked first. */
  suggest: (port: number) => string | undefined
  /** Whether what usually listens on a port takes anything for an order. */
  isDelicate: (port: number) => boolean
  /** Whether what usually listens on a port is a high or critical risk. */
  isGrave: (port: number) => boolean
  onGreeted?(done: number, total: number): void
}

interface Task {
  target: Target
  port: number
  serverName?: string
  isBrief: boolean
  /** The policy names the service that has to answer, so that silence is asked a second time. */
  isNamed: boolean
}

/**
 * Learns what answers on every open port of the endpoints that want it, as far as the time limits let it. On a host that
 * answers everywhere, some ports are asked, and decoys to compare them with.
 *
 * @returns `isCut`: the time was over before all had been asked
 */
export async function greetOpenPorts(
  sites: Site[],
  everywhere: Everywhere,
  context: GreetContext,
): Promise<{ greeted: Greeted; isCut: boolean }> {
  const tasks = listTasks(sites, everywhere, context)
  const greeted: Greeted = new Map()
  for (const { target } of tasks) {
    if (!greeted.has(target)) greeted.set(target, createAnswers())
  }
  const again = new Map<Target, Task[]>()
  let isCut = false
  let done = 0
  const stopCounting = countLosses()
  await forEach(tasks, Math.min(GREETINGS, socketBudget()), async (task) => {
    const { isOver, wantsMore } = await ask(task, greeted, 1, context)
    isCut ||= isOver
    if (wantsMore) addTo(again, task.target, task)
    context.onGreeted?.(++done, tasks.length)
  })
  // One at a time on each host, and nothing else is under way there.
  await forEach([...again.values()], GREETINGS, async (ofTarget) => {
    const until = performance.now() + SECOND_TRIES_MS
    for (const task of ofTarget) {
      if (performance.now() < until) isCut = (await ask(task, greeted, PATIENCE, context)).isOver || isCut
    }
  })
  stopCounting()
  return { greeted, isCut }
}

function createAnswers(): Answers {
  return { identified: new Map(), cut: new Set(), certificates: 0, effort: { dearMs: 0 } }
}

/** Asks once and notes what was answered; a port that told nothing may want to be asked again. */
async function ask(
  { target, port, serverName, isBrief, isNamed }: Task,
  greeted: Greeted,
  patience: number,
  { signal, suggest, isDelicate }: GreetContext,
): Promise<{ isOver: boolean; wantsMore: boolean }> {
  const answers = greeted.get(target) as Answers
  const about = {
    address: target.address,
    port,
    serverName,
    hint: suggest(port),
    delicate: isDelicate(port),
    effort: answers.effort,
    isBrief: isBrief || patience > 1,
    patience,
  }
  const lostBefore = lostMs()
  const { found, isOver } = await withDeadline(signal, target.deadline, async (ending) => {
    const mayConnect = () => waitForLeave(target.caps, ending)
    const found = ending.aborted ? {} : await identifyPort({ ...about, mayConnect }, ending)
    return { found, isOver: ending.aborted }
  })
  const isStarved = lostMs() - lostBefore > STARVED_MS
  const isKnown = found?.service !== undefined
  if (found && (isKnown || !answers.identified.has(port))) {
    answers.identified.set(port, keepNames(answers, found))
  }
  if (!isKnown && (isOver || isStarved)) answers.cut.add(port)
  else answers.cut.delete(port)
  return { isOver, wantsMore: !isKnown && !isOver && (isNamed || isStarved) }
}

/** The names of so many certificates are worth their memory. */
function keepNames(answers: Answers, found: Identified): Identified {
  if (!found.tls || found.tls.names.length === 0) return found
  answers.certificates += 1
  return answers.certificates > MOST_CERTIFICATES ? { ...found, tls: { ...found.tls, names: [] } } : found
}

/**
 * Each port of each target once, and hosts take turns: one with many open ports does not keep the others from being
 * asked. The first endpoint with a DNS name gives the name that it is asked for.
 */
function listTasks(sites: Site[], everywhere: Everywhere, context: GreetContext): Task[] {
  const byTarget = new Map<Target, PlannedEndpoint[]>()
  for (const { planned, target } of sites) {
    if (planned.scan.identify) addTo(byTarget, target, planned)
  }
  const lists = [...byTarget].flatMap(([target, endpoints]) => {
    const serverName = endpoints.find(({ endpoint }) => endpoint.kind === 'name')?.endpoint.host
    const named = endpoints.flatMap(listNamedPorts)
    const toTask = (port: number): Task => {
      return { target, port, serverName, isBrief: false, isNamed: covers(named, port) }
    }
    const decoy = everywhere.get(target)
    if (!decoy) return [listOpen(target).map(toTask)]
    const brief = { serverName, isBrief: true, isNamed: false }
    return [
      listTelling(target, endpoints, context).map((port) => ({ target, port, ...brief })),
      listOpen(decoy).map((port) => ({ target: decoy, port, ...brief })),
    ]
  })
  const longest = lists.reduce((most, { length }) => Math.max(most, length), 0)
  return Array.from({ length: longest }, (_, turn) => lists.flatMap((list) => list[turn] ?? [])).flat()
}

function addTo<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key)
  if (list) list.push(value)
  else lists.set(key, [value])
}
