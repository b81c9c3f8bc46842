/** How often services are probed as control ports. */

/**
 * How often one open port may be probed, since a service has to accept each time: a number of times at first, then at
 * intervals.
 */
export interface Courtesy {
  /** Probes that may follow each other without a gap. */
  budget: number
  /** The gap between two probes after that, in milliseconds, and at least this share of the time since the first one. */
  gapMs: number
  gapShare: number
}

/** Enough to find the rate of a host soon. */
export const COURTESY: Courtesy = { budget: 40, gapMs: 250, gapShare: 0 }

/** For a port whose number says nothing, which may be MySQL: 90 times in 10 minutes, and rarely after that. */
export const CAREFUL: Courtesy = { budget: 24, gapMs: 250, gapShare: 1 / 8 }

/**
 * Services that penalise a client for connecting and saying nothing. OpenSSH 9.8 adds a second to the penalty of
 * its address each time, and refuses it from 15 s on (`PerSourcePenalties noauth` and `min`); MySQL blocks it after 100
 * times (`max_connect_errors`).
 */
export const TOUCHY: Record<string, Courtesy> = {
  ssh: { budget: 6, gapMs: 1_000, gapShare: 0 },
  mysql: { budget: 16, gapMs: 10_000, gapShare: 1 / 8 },
}

/** After this many probes a port is listened to once: it may not be what its number says. */
export const LISTEN_AFTER = 4
