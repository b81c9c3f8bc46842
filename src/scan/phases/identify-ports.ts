import type { Identified } from '../../model.ts'
import { socketBudget } from '../connect/fd-limit.ts'
import { withDeadline } from '../deadline.ts'
import { waitForTokens } from '../engine/token-bucket.ts'
import { identifyPort } from '../identify/identify.ts'
import { countLosses, lostMs } from '../identify/patience.ts'
import { speaksFirst } from '../identify/protocols/index.ts'
import { forEachSpread } from '../identify/spread.ts'
import { CLOCK } from '../machine.ts'
import type { Site } from '../targets/locate.ts'
import {
  type Answers,
  type Identifications,
  listQuestions,
  listTasks,
  type Party,
  type Question,
  type QuestionContext,
  type Task,
} from './questions.ts'
import type { Tarpits } from './tarpit.ts'
import type { TarpitRange, TarpitRanges } from './tarpit-ranges.ts'

/** Ports that are identified at a time, as far as this thread keeps up, and of one host: identifying mostly waits. */
const MOST_PORTS = 512
const MOST_PORTS_OF_HOST = 64

/** Where this thread stood still for so long while a port was asked, the other side may have given up, in milliseconds. */
const STARVED_MS = 1_000

/** How much longer a port may take when it is asked a second time. */
const PATIENCE = 4

/** How long second tries on one host may go on, in milliseconds. */
const SECOND_TRIES_MS = 60_000

/** Names that one port is asked by where it speaks TLS or HTTP, and where it has told nothing. */
const MOST_NAMES = 100
const MOST_NAMES_IN_VAIN = 8

/** How long one port may be asked by further names, in milliseconds. */
const NAMES_MS = 60_000

/** Certificates of a host whose names are kept: each may have 5 KB of them. */
const MOST_CERTIFICATES = 1_000

/** What greeting needs to know. */
export interface IdentifyContext extends QuestionContext {
  signal: AbortSignal
  /** Whether what usually listens on a port takes anything for an order. */
  isDelicate: (port: number) => boolean
  onIdentified?(done: number, total: number): void
}

/** A question that may be worth a second try. */
interface Retry extends Task {
  question: Question
}

/** What came of asking. */
interface Reply {
  /** Undefined where the port accepted no connection any more. */
  found?: Identified
  isOver: boolean
  wantsMore: boolean
}

/**
 * Learns what answers on every open port of the endpoints that want it, as far as the time limits let it. A port that
 * speaks TLS or HTTP may answer each name in another way, so it is asked by each, one after the other.
 *
 * @returns `isCut`: the time was over before all had been asked
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
  // Where most of those that were asked in a run are services, all are.
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

/** Asks a port once in each way. Those that told nothing may tell something to a second try. */
async function askByEachName(
  task: Task,
  context: IdentifyContext,
  onCut: () => void,
): Promise<{ retries: Retry[]; isTold: boolean }> {
  const { party, port, isBrief } = task
  // Nobody is to be pestered by further names who has told nothing, and is not known to care for them.
  const isOnce = ({ hint }: Question) => isBrief || context.isDelicate(port) || speaksFirst(hint)
  const until = performance.now() + NAMES_MS
  const retries: Retry[] = []
  const retry = (question: Question) => {
    if (!retries.some((one) => one.question === question)) retries.push({ ...task, question })
  }
  let isTold = false
  let asked = 0
  let inVain: Question | undefined
  let timesInVain = 0
  let last: Reply | undefined
  for (const question of listQuestions(task)) {
    if (last && (!last.found || isForAll(last.found))) {
      // What is no matter of names: another service, or a port that is closed now.
      if (last.found) note(party, port, question.answers, last.found)
      continue
    }
    if (inVain && !last?.isOver && isOnce(question)) {
      note(party, port, question.answers, {})
      inVain.answers.push(...question.answers)
      if (question.isNamed) retry(Object.assign(inVain, { isNamed: true }))
      continue
    }
    if (
      asked >= MOST_NAMES ||
      timesInVain >= MOST_NAMES_IN_VAIN ||
      (asked > 0 && performance.now() > until)
    ) {
      for (const answers of question.answers) leaveOut(answers, port)
      continue
    }
    last = await ask(task, question, 1, context, asked > 0)
    asked += 1
    if (last.isOver) onCut()
    if (last.found?.service !== undefined) isTold = true
    else {
      inVain ??= question
      timesInVain += 1
    }
    if (last.wantsMore) retry(question)
  }
  return { retries, isTold }
}

function leaveOut({ identified, crowded }: Answers, port: number): void {
  identified.set(port, {})
  crowded.add(port)
}

/** Whether what answered is no matter of the name that it was asked for. */
function isForAll({ service, tls, http }: Identified): boolean {
  return service !== undefined && service !== 'tls' && !tls && !http
}

/** Asks once and notes what was answered; a port that told nothing may want to be asked again. */
async function ask(
  { party, port, isBrief }: Task,
  { serverName, hint, isNamed, answers }: Question,
  patience: number,
  { signal, isDelicate }: IdentifyContext,
  isFurther = false,
): Promise<Reply> {
  const { target, effort } = party
  const about = {
    address: target.address,
    port,
    serverName,
    hint,
    delicate: isDelicate(port),
    effort,
    breadth: isBrief || patience > 1 ? ('own' as const) : isFurther ? ('web' as const) : ('all' as const),
    patience,
  }
  const lostBefore = lostMs()
  // Thousands may be left when the time is over.
  const isLate = signal.aborted || performance.now() >= target.deadline
  const { found, isOver } = isLate
    ? { found: {}, isOver: true }
    : await withDeadline(signal, target.deadline, async (ending) => {
        const mayConnect = () => waitForTokens(target.limiters, CLOCK, ending)
        const found = await identifyPort({ ...about, mayConnect }, ending)
        return { found, isOver: ending.aborted }
      })
  const isStarved = lostMs() - lostBefore > STARVED_MS
  if (found) note(party, port, answers, found)
  const isKnown = found?.service !== undefined
  for (const { cut, starved } of answers) {
    mark(cut, port, !isKnown && isOver)
    mark(starved, port, !isKnown && !isOver && isStarved)
  }
  const isTold = isKnown && !(isNamed && found.service === 'tls' && hint !== 'tls')
  return { found, isOver, wantsMore: !isTold && !isOver && (isNamed || isStarved) }
}

/** Notes what answered, in place of nothing. */
function note(party: Party, port: number, answers: Answers[], found: Identified): void {
  const kept = keepNames(party, found)
  for (const { identified } of answers) {
    if (found.service !== undefined || !identified.has(port)) identified.set(port, kept)
  }
}

function mark(set: Set<number>, port: number, isIn: boolean): void {
  if (isIn) set.add(port)
  else set.delete(port)
}

/** The names of so many certificates are worth their memory. */
function keepNames(party: Party, found: Identified): Identified {
  if (!found.tls || found.tls.names.length === 0) return found
  party.certificates += 1
  return party.certificates > MOST_CERTIFICATES ? { ...found, tls: { ...found.tls, names: [] } } : found
}
