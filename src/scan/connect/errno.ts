/** What the errors of `connect` say about a port. */
import type { Outcome } from '../../model.ts'
import { REFUSED } from '../outcome.ts'

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
