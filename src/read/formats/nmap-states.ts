import type { PortState, Reason } from '../../model.ts'

/** What Portgate calls a state of nmap's. */
interface Meaning {
  state: PortState
  /** Used if Portgate has no word for nmap's own reason. */
  reason: Reason
}

/**
 * nmap's states (nmap(1), "Port scanning basics"). A port that refuses or is silent is not open; one that may or may not be open has
 * not been seen.
 */
export const NMAP_STATES: Readonly<Record<string, Meaning>> = {
  open: { state: 'open', reason: 'syn-ack' },
  closed: { state: 'closed', reason: 'conn-refused' },
  filtered: { state: 'filtered', reason: 'no-response' },
  'closed|filtered': { state: 'filtered', reason: 'no-response' },
  unfiltered: { state: 'unknown', reason: 'not-stated' },
  'open|filtered': { state: 'unknown', reason: 'not-stated' },
}

/** nmap's reasons for filtered ports that are ICMP messages, and Portgate's for each. */
const FILTERED: Readonly<Record<string, Reason>> = {
  'host-unreach': 'host-unreach',
  'net-unreach': 'net-unreach',
  'admin-prohibited': 'admin-prohibited',
  'host-prohibited': 'admin-prohibited',
  'net-prohibited': 'admin-prohibited',
}

/** The reason that Portgate has for a port, by nmap's word. */
export function reasonOf({ state, reason }: Meaning, word: string | undefined): Reason {
  return state === 'filtered' ? (FILTERED[word ?? ''] ?? reason) : reason
}
