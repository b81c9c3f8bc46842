/** One open port that is known to answer: how often it may be asked, and how it has answered. */
import { CAREFUL, COURTESY, type Courtesy, TOUCHY } from './courtesy.ts'
import { LOSSES_IN_A_ROW } from './tuning.ts'

interface State extends Courtesy {
  readonly port: number
  asked: number
  firstAskedAt: number | undefined
  askedAt: number
  /** How often in a row it did not answer, and since when. */
  losses: number
  losingSince: number | undefined
  /** How often it has answered, and the quickest of its answers, in milliseconds. */
  answers: number
  quickestMs: number
}

/** An open port: a service is behind it that has to accept each connection. Only the functions of this file change it. */
export type OpenControl = Readonly<State>

/**
 * @param service what probably listens there
 * @param tookMs after how long it has answered, 0 where that is not known
 */
export function createOpenControl(port: number, service: string | undefined, tookMs: number): OpenControl {
  return {
    port,
    ...(service === undefined ? CAREFUL : (TOUCHY[service] ?? COURTESY)),
    asked: 0,
    firstAskedAt: undefined,
    askedAt: Number.NEGATIVE_INFINITY,
    losses: 0,
    losingSince: undefined,
    answers: 0,
    quickestMs: tookMs,
  }
}

/**
 * Whether it may be asked now.
 *
 * @param reserve how much of its budget must be left over
 */
export function mayBeAsked(
  { budget, gapMs, gapShare, firstAskedAt, askedAt }: OpenControl,
  now: number,
  reserve = 0,
): boolean {
  return budget > reserve || now - askedAt >= Math.max(gapMs, (now - (firstAskedAt ?? now)) * gapShare)
}

/** Whether it never answered as quickly as the host, so that it is slow by itself. */
export function isSlow({ answers, quickestMs }: OpenControl, isLateFor: (ms: number) => boolean): boolean {
  return answers >= LOSSES_IN_A_ROW && isLateFor(quickestMs)
}

/** Notes that it is asked. @returns how often it was */
export function noteOpenAsked(control: State, now: number): number {
  control.budget = Math.max(0, control.budget - 1)
  control.firstAskedAt ??= now
  control.askedAt = now
  control.asked += 1
  return control.asked
}

/** Notes that it has answered. */
export function noteOpenAnswer(control: State): void {
  control.losses = 0
  control.losingSince = undefined
}

/** Notes that it has not. @param startedAt when it was asked */
export function noteOpenLoss(control: State, startedAt: number): void {
  control.losses += 1
  control.losingSince ??= startedAt
}

/** Notes after how long it has accepted. */
export function noteAcceptedAfter(control: State, tookMs: number): void {
  control.answers += 1
  control.quickestMs = Math.min(control.quickestMs, tookMs)
}

/** From now on it is asked no more often than a service tolerates. */
export function limitTo(control: State, courtesy: Courtesy): void {
  Object.assign(control, courtesy, { budget: Math.min(control.budget, courtesy.budget) })
}
