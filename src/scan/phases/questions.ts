import { memoizeFor } from '../../memo.ts'
import type { Identified, PlannedEndpoint } from '../../model.ts'
import { inRanges } from '../../port-ranges.ts'
import type { Effort } from '../identify/protocols/protocol.ts'
import type { Site } from '../targets/site.ts'
import { listOpen, type Target } from '../targets/target.ts'
import { listTelling, type Tarpits } from './tarpit.ts'
import type { TarpitRange, TarpitRanges } from './tarpit-ranges.ts'

/** What one endpoint has learnt of one address, by the name that it asks for. */
export interface Answers {
  /** No entry if a port stopped accepting connections. */
  identified: Map<number, Identified>
  /** Ports that had not been fully asked when the time ran out. */
  cut: Set<number>
  /** Ports that this thread was too busy to listen to. */
  starved: Set<number>
  /** Ports to which too many names lead. */
  crowded: Set<number>
}

/** What answered, by site; of the decoys of a host that answers everywhere, by their target. */
export type Identifications = Map<Site | Target, Answers>

/** What an endpoint expects on a port of an address: it decides what is asked first, and never what is found. */
interface Guess {
  /** The service that the policy names, else what usually answers there. */
  hint?: string
  /** The policy names it, so that silence is asked a second time. */
  isNamed: boolean
}

/** What an endpoint expects on the ports of one address. */
export type CreateGuesses = (planned: PlannedEndpoint, address: string) => (port: number) => Guess

/** An endpoint that wants to know what answers on an address. */
interface Asker {
  serverName?: string
  wants(port: number): boolean
  guess(port: number): Guess
  answers: Answers
}

/** One address, and all who want to know what answers there. */
export interface Party {
  target: Target
  askers: Asker[]
  effort: Effort
  certificates: number
}

/** One open port of a party: its connections are made one after the other. */
export interface Task {
  party: Party
  port: number
  /** Only quick questions are asked: something may be answering in place of a service. */
  isBrief: boolean
  range?: TarpitRange
}

/** One way to ask a port, and all who would ask it so. */
export interface Question extends Guess {
  serverName?: string
  answers: Answers[]
}

/** What the list is made from. */
export interface QuestionContext {
  createGuesses: CreateGuesses
  serviceOn: (port: number) => string | undefined
  isGrave: (port: number) => boolean
}

/**
 * Each port of each address once, and hosts take turns: one with many open ports does not keep the others from being asked.
 * On a host that answers everywhere, some ports are asked, and decoys to compare them with; in a run of ports some, and the
 * `rest` if these turn out to be services.
 */
export function listTasks(
  sites: Site[],
  tarpits: Tarpits,
  ranges: TarpitRanges,
  context: QuestionContext,
): { tasks: Task[]; rest: Task[]; identifications: Identifications } {
  const identifications: Identifications = new Map()
  const byTarget = new Map<Target, Site[]>()
  for (const site of sites) {
    if (!site.planned.scan.identify) continue
    const sharing = byTarget.get(site.target)
    if (sharing) sharing.push(site)
    else byTarget.set(site.target, [site])
  }
  const rest: Task[] = []
  const lists = [...byTarget].flatMap(([target, sharing]) => {
    const decoy = tarpits.get(target)
    const party = createParty(target)
    for (const site of sharing) {
      const asker = createAsker(site, decoy !== undefined, context)
      party.askers.push(asker)
      identifications.set(site, asker.answers)
    }
    const wanted = listOpen(target).filter((port) => party.askers.some((asker) => asker.wants(port)))
    const tasks = wanted.map((port) => ({ party, port, isBrief: decoy !== undefined }))
    if (!decoy) return [splitRanges(tasks, ranges.get(target), sharing, context, rest)]
    const ofDecoy = createParty(decoy)
    const answers = createAnswers()
    ofDecoy.askers.push({ wants: () => true, guess: () => ({ isNamed: false }), answers })
    identifications.set(decoy, answers)
    return [tasks, listOpen(decoy).map((port) => ({ party: ofDecoy, port, isBrief: true }))]
  })
  return { tasks: takeTurns(lists), rest, identifications }
}

/** Of each run the likeliest to be services and the unlikeliest; all others are put aside. */
function splitRanges(
  tasks: Task[],
  ranges: TarpitRange[] | undefined,
  sites: Site[],
  context: QuestionContext,
  rest: Task[],
): Task[] {
  if (!ranges) return tasks
  const kept: Task[] = []
  const telling = new Map(
    ranges.map((range) => {
      const within = tasks.map(({ port }) => port).filter((port) => inRanges([range], port))
      return [
        range,
        new Set([...range.decoys, ...sites.flatMap(({ planned }) => listTelling(within, planned, context))]),
      ]
    }),
  )
  for (const task of tasks) {
    const range = ranges.find((one) => inRanges([one], task.port))
    if (!range) kept.push(task)
    else if (telling.get(range)?.has(task.port)) kept.push({ ...task, isBrief: true, range })
    else {
      // It was not asked, which is not the same as refusing.
      for (const { answers } of task.party.askers) answers.identified.set(task.port, {})
      rest.push({ ...task, range })
    }
  }
  return kept
}

function takeTurns(lists: Task[][]): Task[] {
  const longest = lists.reduce((most, { length }) => Math.max(most, length), 0)
  return Array.from({ length: longest }, (_, turn) => lists.flatMap((list) => list[turn] ?? [])).flat()
}

function createParty(target: Target): Party {
  return { target, askers: [], effort: { dearMs: 0 }, certificates: 0 }
}

function createAnswers(): Answers {
  return { identified: new Map(), cut: new Set(), starved: new Set(), crowded: new Set() }
}

function createAsker(
  { planned, target }: Site,
  isEverywhere: boolean,
  { createGuesses, ...about }: QuestionContext,
): Asker {
  const { endpoint } = planned
  const guess = createGuesses(planned, target.address)
  const probed = setOf(planned.ports)
  const telling = isEverywhere && new Set(listTelling(listOpen(target), planned, about))
  return {
    serverName: endpoint.kind === 'name' ? endpoint.host : undefined,
    wants: (port) => probed.has(port) && (!telling || telling.has(port)),
    guess: isEverywhere ? (port) => ({ ...guess(port), isNamed: false }) : guess,
    answers: createAnswers(),
  }
}

/** Endpoints share these lists, and a block has many addresses. */
const setOf = memoizeFor((ports: readonly number[]): ReadonlySet<number> => new Set(ports))

/** The ways in which a port is asked: each name by itself, and each guess. */
export function listQuestions({ party, port }: Task): Question[] {
  const questions = new Map<string, Question>()
  for (const { serverName, wants, guess, answers } of party.askers) {
    if (!wants(port)) continue
    const { hint, isNamed } = guess(port)
    const key = `${serverName ?? ''} ${hint ?? ''}`
    const known = questions.get(key)
    if (known) {
      known.answers.push(answers)
      known.isNamed ||= isNamed
    } else questions.set(key, { serverName, hint, isNamed, answers: [answers] })
  }
  return [...questions.values()]
}
