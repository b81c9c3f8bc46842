/** Identifies the service on one open port. */
import type { Identified } from '../../model.ts'
import { withDeadline } from '../deadline.ts'
import { waitForTokens } from '../engine/token-bucket.ts'
import { identifyPort } from '../identify/identify.ts'
import { lostMs } from '../identify/patience.ts'
import { speaksFirst } from '../identify/protocols/index.ts'
import { CLOCK } from '../machine.ts'
import {
  type Answers,
  listQuestions,
  type Party,
  type Question,
  type QuestionContext,
  type Task,
} from './questions.ts'

/** If this thread was blocked for this long while it asked a port, the other side may have given up, in milliseconds. */
const STARVED_MS = 1_000

/** Most names that one port is asked by: if it speaks TLS or HTTP, and if it was not identified. */
const MOST_NAMES = 100
const MOST_NAMES_IN_VAIN = 8

/** How long one port may be asked by further names, in milliseconds. */
const NAMES_MS = 60_000

/** Certificates of a host whose names are kept: each may have 5 KB of them. */
const MOST_CERTIFICATES = 1_000

/** What identifying needs to know. */
export interface IdentifyContext extends QuestionContext {
  signal: AbortSignal
  /** Whether the usual service on a port obeys any input it gets. */
  isDelicate: (port: number) => boolean
  onIdentified?(done: number, total: number): void
}

/** A question that may be worth a second try. */
export interface Retry extends Task {
  question: Question
}

/** The result of asking. */
interface Reply {
  /** Undefined if the port stopped accepting connections. */
  found?: Identified
  isOver: boolean
  wantsMore: boolean
}

/** Asks a port once in each way. A second try may identify those that were not. */
export async function askByEachName(
  task: Task,
  context: IdentifyContext,
  onCut: () => void,
): Promise<{ retries: Retry[]; isTold: boolean }> {
  const { party, port, isBrief } = task
  // A port that was not identified is not asked by more names, unless its service is known to depend on the name.
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

/** Whether the answer does not depend on the name that was asked for. */
export function isForAll({ service, tls, http }: Identified): boolean {
  return service !== undefined && service !== 'tls' && !tls && !http
}

/** Queries a port once and records the answer; a port that was not identified may need another try. */
export async function ask(
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
export function note(party: Party, port: number, answers: Answers[], found: Identified): void {
  const kept = keepNames(party, found)
  for (const { identified } of answers) {
    if (found.service !== undefined || !identified.has(port)) identified.set(port, kept)
  }
}

function mark(set: Set<number>, port: number, isIn: boolean): void {
  if (isIn) set.add(port)
  else set.delete(port)
}

/** Bounds the memory that the names of certificates take. */
function keepNames(party: Party, found: Identified): Identified {
  if (!found.tls || found.tls.names.length === 0) return found
  party.certificates += 1
  return party.certificates > MOST_CERTIFICATES ? { ...found, tls: { ...found.tls, names: [] } } : found
}
