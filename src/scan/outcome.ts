import type { Outcome } from '../model.ts'

/** Refused, by the port or by something in front of it. */
export const REFUSED: Outcome = { state: 'closed', reason: 'conn-refused' }

/** A connection was established. */
export const OPEN: Outcome = { state: 'open', reason: 'syn-ack' }

/** No answer at all. */
export const SILENT: Outcome = { state: 'filtered', reason: 'no-response' }

/** Not probed, and why. */
export const UNDONE = {
  timeLimit: { state: 'unknown', reason: 'time-limit' },
  aborted: { state: 'unknown', reason: 'aborted' },
  wentSilent: { state: 'unknown', reason: 'went-silent' },
  tooLossy: { state: 'unknown', reason: 'too-lossy' },
  startedRefusing: { state: 'unknown', reason: 'started-refusing' },
} as const satisfies Record<string, Outcome>

/** Every distinct outcome, once. There are about twenty, so one byte is enough for a key; key 0 means none. */
const outcomes: (Outcome | undefined)[] = [undefined]
const keysByName = new Map<string, number>()

/** Most are found by identity: a scan asks for each port. */
const keys = new WeakMap<Outcome, number>()

/** The byte that stands for an outcome. */
export function keyOf(outcome: Outcome): number {
  const known = keys.get(outcome)
  if (known !== undefined) return known
  const name = `${outcome.state} ${outcome.reason}`
  const key = keysByName.get(name) ?? outcomes.push(outcome) - 1
  keysByName.set(name, key)
  keys.set(outcome, key)
  return key
}

/** The outcome of a key; undefined for 0. */
export function outcomeOfKey(key: number): Outcome | undefined {
  return outcomes[key]
}

/** The keys of all outcomes that fit. */
export function listKeys(fits: (outcome: Outcome) => boolean): number[] {
  return outcomes.flatMap((outcome, key) => (outcome && fits(outcome) ? key : []))
}

/** Whether the outcome is a local shortage, so that slowing down and trying again may help. */
export function isShortage(outcome: Outcome): boolean {
  return outcome.reason === 'fd-limit' || outcome.reason === 'no-source-port'
}
