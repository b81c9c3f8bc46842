/** Compares a run with the truth. */
import type { PortState } from '../../src/model.ts'
import { outcomeAt, type Target } from '../../src/scan/targets/target.ts'
import { boundMs } from './bound.ts'
import { listDiscourtesies } from './courtesy.ts'
import { isByChance } from './known.ts'
import { type Run, simulate } from './run.ts'
import { type HostSpec, listScanned, type NetworkSpec } from './spec.ts'
import { countPorts, type Tallies } from './tally.ts'
import { createTruth, isObservable, labelOf, mayLookGone, traitsOf } from './truth.ts'

/** What no run may do. */
type FaultKind =
  | 'false-open'
  | 'many-misses'
  | 'not-once'
  | 'unwarranted-unknown'
  | 'untold-doubt'
  | 'over-rate'
  | 'over-sockets'
  | 'discourteous'
  | 'false-tarpit'
  | 'too-long'
  | 'not-repeated'
  | 'crash'

interface Fault {
  kind: FaultKind
  detail: string
}

/** A port with a wrong state, though the host had shown that something was lost: chance explains a few. */
interface Miss {
  host: number
  port: number
  truth: string
  told: PortState
}

export interface Verdict {
  faults: Fault[]
  misses: Miss[]
  /** Ports with a wrong state that nothing could have shown: see `isObservable`. */
  unseen: number
  /** The ports that were reported, and how many of them wrongly, where something could have shown it. */
  tallies: Tallies
  run?: Run
}

/**
 * Runs the phases on a network, and says what was wrong.
 *
 * @param tell called with what happens
 */
export async function check(spec: NetworkSpec, tell?: (line: string) => void): Promise<Verdict> {
  try {
    return judge(await simulate(spec, boundMs(spec), tell))
  } catch (error) {
    const { name, message, stack } = error as Error
    const fault: Fault =
      name === 'Stuck' ? { kind: 'too-long', detail: message } : { kind: 'crash', detail: String(stack) }
    return { faults: [fault], misses: [], unseen: 0, tallies: {} }
  }
}

function judge(run: Run): Verdict {
  const { spec, targets } = run
  const verdict: Verdict = { faults: [], misses: [], unseen: 0, tallies: {}, run }
  const addFault = (kind: FaultKind, detail: string) => verdict.faults.push({ kind, detail })
  const scanned = listScanned(spec).length * spec.hosts.length
  if (run.told !== scanned) addFault('not-once', `${run.told} outcomes for ${scanned} ports`)
  if (run.overRate > 0) addFault('over-rate', `${run.overRate} of ${run.connects} connects`)
  if (run.mostSockets > spec.machine.sockets)
    addFault('over-sockets', `${run.mostSockets} of ${spec.machine.sockets}`)
  for (const [index, target] of targets.entries()) {
    const host = spec.hosts[index] as HostSpec
    checkStates(run, index, target, verdict)
    checkUnknown(run, host, target, addFault)
    for (const detail of listDiscourtesies(run, index)) addFault('discourteous', detail)
    const isTrap = traitsOf(spec, host).some(({ kind }) => kind === 'tarpit')
    if (!isTrap && (run.tarpits.has(target) || run.ranges.has(target)))
      addFault('false-tarpit', target.address)
  }
  checkMisses(verdict)
  return verdict
}

function checkStates(run: Run, index: number, target: Target, verdict: Verdict): void {
  const host = run.spec.hosts[index] as HostSpec
  const seen = run.seen[index] as Run['seen'][number]
  const truthOf = createTruth(run.spec, host)
  const label = labelOf(run.spec, host)
  for (const [position, port] of target.ports.entries()) {
    const told = outcomeAt(target, position)?.state
    if (told === undefined) verdict.faults.push({ kind: 'not-once', detail: `port ${port} has no outcome` })
    if (told === undefined || told === 'unknown') continue
    const states = truthOf(port)
    const isMissed = !states.has(told)
    const truth = [...states].join(' or ')
    if (told === 'open' && isMissed)
      verdict.faults.push({ kind: 'false-open', detail: `port ${port} is ${truth}` })
    else if (!isObservable(told, seen)) verdict.unseen += isMissed ? 1 : 0
    else {
      countPorts(verdict.tallies, label, truth, { ports: 1, missed: isMissed ? 1 : 0 })
      if (isMissed) verdict.misses.push({ host: index, port, truth, told })
    }
  }
}

/** More misses than chance brings about are a fault. */
function checkMisses({ tallies, misses, faults }: Verdict): void {
  for (const [label, tally] of Object.entries(tallies)) {
    for (const [truth, count] of Object.entries(tally)) {
      if (isByChance(label, truth, count)) continue
      const [{ host, port, told }] = misses.filter((miss) => miss.truth === truth) as [Miss]
      const example = `port ${port} of host ${host} is told ${told}`
      faults.push({
        kind: 'many-misses',
        detail: `${count.missed} of ${count.ports} that are ${truth}: ${example}`,
      })
    }
  }
}

/** Unknown ports must have a reason that is reported, and one that the network gives. */
function checkUnknown(
  { spec, stopped }: Run,
  host: HostSpec,
  target: Target,
  addFault: (kind: FaultKind, detail: string) => void,
): void {
  const { machine, policy, abortAtMs } = spec
  const isChange = ['went-silent', 'started-refusing']
  const reasons = new Set<string>()
  for (let position = 0; position < target.ports.length; position++) {
    const outcome = outcomeAt(target, position)
    if (outcome?.state === 'unknown') reasons.add(outcome.reason)
  }
  for (const reason of reasons) {
    const isStop = reason === 'time-limit' || reason === 'aborted'
    if (isStop && stopped === undefined) addFault('untold-doubt', `${target.address}: ${reason}`)
    const isWarranted =
      (reason === 'time-limit' && policy.timeLimitMs !== undefined) ||
      (reason === 'aborted' && abortAtMs !== undefined) ||
      ((isChange.includes(reason) || reason === 'too-lossy') && mayLookGone(spec, host)) ||
      ((reason === 'fd-limit' || reason === 'no-source-port') && machine.shortage !== undefined) ||
      (reason === 'no-route' && machine.offline !== undefined) ||
      (reason === 'unexpected-error' && machine.selfConnects > 0)
    if (!isWarranted) addFault('unwarranted-unknown', `${target.address}: ${reason}`)
  }
}

/** What two runs of the same network have to have in common. */
export function fingerprint({ targets, trace, probes, endedMs }: Run): string {
  const found = targets.map(({ keys, changed }) => [Buffer.from(keys).toString('base64'), changed])
  return JSON.stringify([found, trace, probes, endedMs])
}
