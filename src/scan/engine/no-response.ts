/** When the silence of a port is believed; after the last try: `probe-expiry.ts`. */
import { isKnownSince, isLossSeen, type LossEstimator, missProbabilityOf } from './loss-estimator.ts'
import type { PortProbe } from './probe.ts'
import {
  AT_EASE_PER_MS,
  MOST_DOUBT,
  MOST_DOUBT_AT_EASE,
  MOST_DOUBT_OF_REFUSAL,
  MOST_REFUSED,
  NEVER_ANSWERED,
} from './tuning.ts'

interface State {
  /**
   * By position: the probability that all SYNs so far were lost; 0 where there was no such try. Made when it is needed: a
   * million silent ports are not a million entries.
   */
  missProbability: Float32Array | undefined
  /** By position: the probability that all refusals so far came from a limit, where a host refuses what comes too fast. */
  limitProbability: Float32Array | undefined
  /** By position: how often it was probed in vain, `MOST_TRIES` at most. */
  tries: Uint8Array | undefined
  /** Positions that were silent while no port was known to answer. */
  unverified: number[]
  /** Some of them were looked at again. */
  isSecondLook: boolean
  /** Silent probes that still lack a control probe from their time; their sockets are closed. */
  awaitingControl: PortProbe[]
  /** The kernel's retransmissions are worth little here. */
  ignoreKernelRetries: boolean
}

/** What is known of a host's silent ports; only the functions of this file change it. */
export type NoResponses = Readonly<
  Omit<State, 'missProbability' | 'limitProbability' | 'tries' | 'unverified' | 'awaitingControl'>
> & {
  readonly missProbability: Float32Array | undefined
  readonly limitProbability: Float32Array | undefined
  readonly unverified: readonly number[]
  readonly awaitingControl: readonly PortProbe[]
}

export function createNoResponses(): NoResponses {
  const state: State = {
    missProbability: undefined,
    limitProbability: undefined,
    tries: undefined,
    unverified: [],
    isSecondLook: false,
    awaitingControl: [],
    ignoreKernelRetries: false,
  }
  return state
}

/** Keeps a position that was silent while no port was known to answer. */
export function keepUnverified(noResponses: NoResponses, position: number): void {
  const { unverified } = noResponses as State
  unverified.push(position)
}

/** Takes up to a number of those positions, the first ones first. */
export function takeUnverified(noResponses: NoResponses, most = Number.POSITIVE_INFINITY): number[] {
  return (noResponses as State).unverified.splice(0, most)
}

export function noteSecondLook(noResponses: NoResponses): void {
  const state = noResponses as State
  state.isSecondLook = true
}

/** Keeps a silent probe until a control probe shows what its silence was worth. */
export function awaitControl(noResponses: NoResponses, probe: PortProbe): void {
  const { awaitingControl } = noResponses as State
  awaitingControl.push(probe)
}

/** Takes all silent probes that wait for a control probe. */
export function takeAwaiting(noResponses: NoResponses): PortProbe[] {
  const state = noResponses as State
  const { awaitingControl } = state
  state.awaitingControl = []
  return awaitingControl
}

/** Whether hardly any retransmission was answered, so that SYNs of the engine's own are worth more. */
export function areRetriesWorthless({ late, never }: LossEstimator): boolean {
  return never >= NEVER_ANSWERED && never > late
}

/** From now on the kernel's retransmissions are not waited for. */
export function ignoreKernelRetries(noResponses: NoResponses): void {
  const state = noResponses as State
  state.ignoreKernelRetries = true
}

/** What silence is weighed by. */
export interface Circumstances {
  losses: LossEstimator
  /** Whether some port is known to answer. */
  hasControl: boolean
  /** How many ports have refused. */
  refused: number
  synTimesMs: readonly number[]
  timeoutMs: number
  now: number
}

/** Whether it is known what became of some control probe sent since a moment; always true if there is no control port. */
export function isVerifiedSince(
  startedAt: number,
  { losses, hasControl, timeoutMs, now }: Circumstances,
): boolean {
  return !hasControl || isKnownSince(losses, startedAt, now, timeoutMs)
}

/** What the silence of a port is worth, and the remaining probability that all its SYNs were lost. */
export interface Weighed {
  worth: 'enough' | 'again' | 'awaiting-control'
  missProbability: number
}

/**
 * Weighs the silence of a port, or what the network said of it. A firewall may send the same ICMP error for connections above a
 * limit as for a port that it forbids, so ICMP proves no more than silence does. `enough`: the control probes sent around its
 * SYNs were answered, or several tries have made the doubt small. `again`: it takes SYNs at other moments. `awaiting-control`:
 * enough, once it is known what became of a control probe sent after it.
 */
export function weighSilence(
  noResponses: NoResponses,
  { position, startedAt, answer, isSingleSyn, load }: PortProbe,
  circumstances: Circumstances,
): Weighed {
  const { losses, synTimesMs, timeoutMs, now } = circumstances
  // An answer belongs to one of the SYNs, usually the first.
  const synTimes = isSingleSyn || answer ? [startedAt] : synTimesMs.map((time) => startedAt + time)
  // What was refused and what was silent are doubts of their own.
  const kept = isRefusal(answer) ? noResponses.limitProbability : noResponses.missProbability
  const before = kept?.[position] || 1
  const missProbability = before * missProbabilityOf(losses, synTimes, load, now, timeoutMs)
  const most = isRefusal(answer) ? MOST_DOUBT_OF_REFUSAL : mostDoubt(circumstances, load)
  if (missProbability > most) return { worth: 'again', missProbability }
  return { worth: isVerifiedSince(startedAt, circumstances) ? 'enough' : 'awaiting-control', missProbability }
}

function isRefusal(answer: PortProbe['answer']): boolean {
  return answer?.state === 'closed'
}

/**
 * Keeps the remaining doubt about a port until its next try.
 *
 * @param portCount how many ports the target has
 * @returns how often it was probed in vain
 */
export function keepDoubt(
  noResponses: NoResponses,
  { position, answer }: Pick<PortProbe, 'position' | 'answer'>,
  missProbability: number,
  portCount: number,
): number {
  const state = noResponses as State
  const kind = isRefusal(answer) ? 'limitProbability' : 'missProbability'
  const kept = state[kind] ?? new Float32Array(portCount)
  kept[position] = missProbability
  state[kind] = kept
  state.tries ??= new Uint8Array(portCount)
  const tries = (state.tries[position] as number) + 1
  state.tries[position] = tries
  return tries
}

function mostDoubt({ losses, refused }: Circumstances, load: number): number {
  const isAtEase = load <= AT_EASE_PER_MS && refused === 0 && !isLossSeen(losses)
  return isAtEase ? MOST_DOUBT_AT_EASE : MOST_DOUBT / Math.max(1, Math.min(MOST_REFUSED, refused))
}
