/** Holds a run against the truth. */
import type { PortState } from '../../src/model.ts'
import { CAREFUL, COURTESY, TOUCHY } from '../../src/scan/engine/tuning.ts'
import { outcomeAt, type Target } from '../../src/scan/targets/target.ts'
import { type Run, serviceOn, simulate } from './run.ts'
import { listScanned, type HostSpec, type NetworkSpec } from './spec.ts'
import { boundMs } from './bound.ts'
import { createTruth, isObservable, labelOf, mayLookGone, traitsOf } from './truth.ts'

/** What no run may do. */
export type FaultKind =
  | 'false-open'
  | 'not-once'
  | 'unwarranted-unknown'
  | 'untold-doubt'
  | 'over-rate'
  | 'over-sockets'
  | 'discourteous'
  | 'too-long'
  | 'not-repeated'
  | 'false-tarpit'
  | 'many-misses'
  | 'crash'

export interface Fault {
  kind: FaultKind
  detail: string
}

/** A port that is said to be what it is not, because what showed otherwise was lost: chance allows for a few. */
export interface Miss {
  host: number
  port: number
  truth: string
  told: PortState
}

/** How many ports were told, by what is true of them, and how many of these were missed. */
export type Tally = Partial<Record<string, { ports: number; missed: number }>>

export interface Verdict {
  faults: Fault[]
  misses: Miss[]
  /** The same where nothing could have shown it. */
  unseen: number
  /** Ports whose state was told, and of whose host something could be seen. */
  trials: number
  /** The same by the kind of network, and by what is true of them. */
  tallies: Record<string, Tally>
  run?: Run
}

/** How many misses chance explains: so many in a thousand ports, where the engine promises one in a thousand at most. */
const MISS_RATE = 1 / 1_000
const SURE = 1e-6

/** Runs the phases on a network, and says what was wrong. */
export async function check(spec: NetworkSpec): Promise<Verdict> {
  let run: Run
  try {
    run = await simulate(spec, boundMs(spec))
  } catch (error) {
    const kind = (error as Error).name === 'Stuck' ? 'too-long' : 'crash'
    const detail = kind === 'crash' ? String((error as Error).stack) : (error as Error).message
    return { faults: [{ kind, detail }], misses: [], unseen: 0, trials: 0, tallies: {} }
  }
  return judge(run)
}

export function judge(run: Run): Verdict {
  const { spec, targets } = run
  const verdict: Verdict = { faults: [], misses: [], unseen: 0, trials: 0, tallies: {}, run }
  const fault = (kind: FaultKind, detail: string) => verdict.faults.push({ kind, detail })
  const scanned = listScanned(spec).length * spec.hosts.length
  if (run.told !== scanned) fault('not-once', `${run.told} outcomes for ${scanned} ports`)
  if (run.overRate > 0) fault('over-rate', `${run.overRate} of ${run.connects} connects`)
  if (run.mostSockets > spec.machine.sockets) fault('over-sockets', `${run.mostSockets} of ${spec.machine.sockets}`)
  for (const [index, target] of targets.entries()) {
    const host = spec.hosts[index] as HostSpec
    checkStates(run, host, index, target, verdict)
    checkUnknown(run, host, target, fault)
    checkCourtesy(run, index, fault)
    const isTrap = traitsOf(spec, host).some(({ kind }) => kind === 'tarpit')
    if (!isTrap && (run.tarpits.has(target) || run.ranges.has(target)))
      fault('false-tarpit', `${target.address} accepts nothing else`)
  }
  const { length } = verdict.misses
  if (length > 0 && tail(length, verdict.trials * MISS_RATE) < SURE)
    fault('many-misses', `${length} of ${verdict.trials}: ${describe(verdict.misses)}`)
  return verdict
}

function describe(misses: Miss[]): string {
  return misses
    .slice(0, 3)
    .map(({ host, port, truth, told }) => `${host}:${port} ${truth} told ${told}`)
    .join(', ')
}

function checkStates(run: Run, host: HostSpec, index: number, target: Target, verdict: Verdict): void {
  const truthOf = createTruth(run.spec, host)
  const seen = run.seen[index] as Run['seen'][number]
  const label = labelOf(run.spec, host)
  for (const [position, port] of target.ports.entries()) {
    const told = outcomeAt(target, position)?.state
    if (told === undefined) {
      verdict.faults.push({ kind: 'not-once', detail: `${target.address}:${port} has no outcome` })
      continue
    }
    if (told === 'unknown') continue
    const isSeen = isObservable(told, seen)
    const truth = truthOf(port)
    const name = [...truth].join('|')
    if (isSeen) {
      verdict.trials += 1
      const tally = (verdict.tallies[label] ??= {})
      const counts = (tally[name] ??= { ports: 0, missed: 0 })
      counts.ports += 1
      if (!truth.has(told)) counts.missed += 1
    }
    if (truth.has(told)) continue
    const miss = { host: index, port, truth: name, told }
    if (told === 'open') verdict.faults.push({ kind: 'false-open', detail: describe([miss]) })
    else if (isSeen) verdict.misses.push(miss)
    else verdict.unseen += 1
  }
}

function checkUnknown({ spec, stopped }: Run, host: HostSpec, target: Target, fault: (kind: FaultKind, detail: string) => void): void {
  const { machine, policy, abortAtMs } = spec
  const reasons = new Map<string, number>()
  for (let position = 0; position < target.ports.length; position++) {
    const outcome = outcomeAt(target, position)
    if (outcome?.state === 'unknown') reasons.set(outcome.reason, (reasons.get(outcome.reason) ?? 0) + 1)
  }
  for (const [reason, count] of reasons) {
    const detail = `${count} ports of ${target.address}: ${reason}`
    const isChange = reason === 'went-silent' || reason === 'started-refusing'
    if (reason === 'time-limit' ? stopped !== 'time-limit' && stopped !== 'aborted' : reason === 'aborted' && stopped !== 'aborted')
      fault('untold-doubt', detail)
    if (isChange && target.changed === undefined && stopped === undefined) fault('untold-doubt', detail)
    const isWarranted =
      (reason === 'time-limit' && policy.timeLimitMs !== undefined) ||
      (reason === 'aborted' && abortAtMs !== undefined) ||
      (isChange && mayLookGone(spec, host)) ||
      ((reason === 'fd-limit' || reason === 'no-source-port') && machine.shortage !== undefined) ||
      (reason === 'no-route' && machine.offline !== undefined) ||
      (reason === 'unexpected-error' && machine.selfConnects > 0)
    if (!isWarranted) fault('unwarranted-unknown', detail)
  }
}

/** Connections to one open port beside those of control probes: its own, lost ones of these, and what contradicts itself. */
const OTHER_CONNECTS = 14

/** Harmful ports of which several hosts behind one address differ are asked 20 times more. */
const POOL_CONNECTS = 21

function checkCourtesy({ seen, endedMs, spec }: Run, index: number, fault: (kind: FaultKind, detail: string) => void): void {
  const isPool = spec.hosts[index]?.traits.some(({ kind }) => kind === 'backends' || kind === 'ban' || kind === 'stops')
  for (const [port, count] of seen[index]?.accepted ?? []) {
    const service = serviceOn(port)
    const { budget, gapMs, gapShare } = service === undefined ? CAREFUL : (TOUCHY[service] ?? COURTESY)
    // With a gap that grows with time the questions grow with its logarithm.
    const evenMs = gapShare > 0 ? gapMs / gapShare : Number.POSITIVE_INFINITY
    const questions = Math.min(endedMs, evenMs) / gapMs + (endedMs > evenMs ? Math.log(endedMs / evenMs) / gapShare : 0)
    const most = budget + questions + OTHER_CONNECTS + (isPool ? POOL_CONNECTS : 0)
    if (count > most)
      fault('discourteous', `${count} connections to port ${port} (${service}) in ${Math.round(endedMs)} ms, at most ${Math.floor(most)}`)
  }
}

/** The probability of so many events or more, where so many are expected (Poisson). */
function tail(count: number, expected: number): number {
  let term = Math.exp(-expected)
  let below = 0
  for (let number = 0; number < count; number++) {
    below += term
    term *= expected / (number + 1)
  }
  // For small expectations the difference to 1 is lost in rounding: the next term is what counts.
  return Math.max(1 - below, term)
}

/** What two runs of the same network have to have in common. */
export function fingerprint({ targets, trace, probes, endedMs }: Run): string {
  return JSON.stringify([targets.map(({ keys, changed }) => [Buffer.from(keys).toString('base64'), changed]), trace, probes, endedMs])
}
