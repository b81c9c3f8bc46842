import type { Outcome } from '../model.ts'

/** Something refused: the port, or what stands before it. */
export const REFUSED: Outcome = { state: 'closed', reason: 'conn-refused' }

/** Local shortage: the probe was never sent, and a later try may succeed. */
const SHORTAGE: Record<string, Outcome> = {
  EMFILE: { state: 'unknown', reason: 'fd-limit' },
  ENFILE: { state: 'unknown', reason: 'fd-limit' },
  ENOBUFS: { state: 'unknown', reason: 'fd-limit' },
  ENOMEM: { state: 'unknown', reason: 'fd-limit' },
  EADDRNOTAVAIL: { state: 'unknown', reason: 'no-source-port' },
  EAGAIN: { state: 'unknown', reason: 'no-source-port' },
}

/**
 * Errors that `connect` returns at once: this machine refused to send. What Linux says here for a missing
 * or forbidding route (`ip-route(8)`, types unreachable, prohibit, blackhole) it also says when a router's ICMP
 * message arrives, so the moment of the error is what tells them apart.
 */
const LOCAL: Record<string, Outcome> = {
  ENETUNREACH: { state: 'unknown', reason: 'no-route' },
  EHOSTUNREACH: { state: 'unknown', reason: 'no-route' },
  ENETDOWN: { state: 'unknown', reason: 'no-route' },
  EAFNOSUPPORT: { state: 'unknown', reason: 'no-route' },
  EINVAL: { state: 'unknown', reason: 'no-route' },
  EACCES: { state: 'unknown', reason: 'not-permitted' },
  EPERM: { state: 'unknown', reason: 'not-permitted' },
}

/**
 * Errors that arrive later: the network's answer. The ICMP codes behind each are Linux's `icmp_err_convert`
 * (net/ipv4/icmp.c) and `tab_unreach` (net/ipv6/icmp.c).
 */
const ANSWERS: Record<string, Outcome> = {
  ECONNREFUSED: REFUSED,
  // The handshake was done and then reset, before this process looked: only an open port does that.
  ECONNRESET: { state: 'open', reason: 'syn-ack' },
  EPIPE: { state: 'open', reason: 'syn-ack' },
  ETIMEDOUT: { state: 'filtered', reason: 'no-response' },
  EHOSTUNREACH: { state: 'filtered', reason: 'host-unreach' },
  EHOSTDOWN: { state: 'filtered', reason: 'host-unreach' },
  ENONET: { state: 'filtered', reason: 'host-unreach' },
  ENETUNREACH: { state: 'filtered', reason: 'net-unreach' },
  ENOPROTOOPT: { state: 'filtered', reason: 'host-unreach' },
  EPROTO: { state: 'filtered', reason: 'host-unreach' },
  EACCES: { state: 'filtered', reason: 'admin-prohibited' },
  ENETDOWN: { state: 'unknown', reason: 'no-route' },
  EPERM: { state: 'unknown', reason: 'not-permitted' },
}

const UNEXPECTED: Outcome = { state: 'unknown', reason: 'unexpected-error' }

/**
 * What an error of `connect` says about the port.
 *
 * @param code Node's error code, such as `ECONNREFUSED`
 * @param atOnce whether the error came from the call itself and not from the network
 */
export function outcomeOf(code: string | undefined, atOnce: boolean): Outcome {
  const known = code ? (SHORTAGE[code] ?? (atOnce ? LOCAL[code] : undefined) ?? ANSWERS[code]) : undefined
  return known ?? UNEXPECTED
}

/** A connection stood. */
export const OPEN: Outcome = { state: 'open', reason: 'syn-ack' }

/** No answer at all. */
export const SILENT: Outcome = { state: 'filtered', reason: 'no-response' }

/** What was not probed any more, and why. */
export const UNDONE = {
  timeLimit: { state: 'unknown', reason: 'time-limit' },
  aborted: { state: 'unknown', reason: 'aborted' },
  wentSilent: { state: 'unknown', reason: 'went-silent' },
  startedRefusing: { state: 'unknown', reason: 'started-refusing' },
} as const satisfies Record<string, Outcome>

const KEPT = new Set(
  [{ OPEN, SILENT, REFUSED }, UNDONE, SHORTAGE, LOCAL, ANSWERS].flatMap(Object.values<Outcome>),
)

/** Whether it is one of the objects above, and not made for the occasion. */
function isKept(outcome: Outcome): boolean {
  return KEPT.has(outcome)
}

/**
 * Every distinct outcome, once: there are about twenty, so that a byte names one. Key 0 stands for none. Most are
 * found by identity: a scan asks for each port.
 */
const outcomes: (Outcome | undefined)[] = [undefined]
const keys = new Map<Outcome | string, number>()

/** The byte that stands for an outcome. */
export function keyOf(outcome: Outcome): number {
  const known = keys.get(outcome)
  if (known !== undefined) return known
  const name = `${outcome.state} ${outcome.reason}`
  const key = keys.get(name) ?? outcomes.push(outcome) - 1
  keys.set(name, key)
  if (isKept(outcome)) keys.set(outcome, key)
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
