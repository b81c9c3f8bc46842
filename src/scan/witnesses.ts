/**
 * Which ports of a host may bear witness, and when: they are known to answer, so that their silence is a loss.
 */

/** So many closed ports take turns, a refusal costs a host nothing, or so many open ones. */
const MOST_CLOSED = 8
const MOST_OPEN = 16

/** How often one open port may be asked: a service is behind it, that has to accept each connection. */
const OPEN_BUDGET = 40

/**
 * The same for services that hold it against a client when it connects and says nothing: MySQL blocks an address
 * after 100 such connections (`max_connect_errors`), OpenSSH 9.8 refuses it for a while after 15
 * (`PerSourcePenalties noauth`).
 */
const TOUCHY_BUDGET = 6
const TOUCHY = new Set(['mysql', 'ssh'])

/** At least so many probes are made from one witness to the next, and if these take a while, so many. */
const PROBES_BETWEEN = 16
const FEWEST_BETWEEN = 4

/** At least this long from one witness to the next, in milliseconds: to closed ports, to open ones, and over budget. */
const CLOSED_GAP_MS = 4
const OPEN_GAP_MS = 10
const SPARING_GAP_MS = 1_000

/** A while: with so long a gap there are enough witnesses around each of a port's SYNs, in milliseconds. */
const LONG_GAP_MS = 100

/** Probes leave in bursts, one each time that the scan's timer fires, in milliseconds. */
const BURST_MS = 5

/** The witnesses of one host. */
export interface Witnesses {
  closed: number[]
  open: { port: number; budget: number; left: number }[]
  turn: number
  /** When the last one was sent, how many probes were made since, and after how many the next one follows. */
  askedAt: number
  probesSince: number
  quota: number
  /** The quota was cut because it has been a while. */
  isHurried: boolean
}

export function createWitnesses(): Witnesses {
  return {
    closed: [],
    open: [],
    turn: 0,
    askedAt: Number.NEGATIVE_INFINITY,
    probesSince: 0,
    quota: 0,
    isHurried: false,
  }
}

/** Notes that a port has answered promptly. */
export function admitWitness(
  { closed, open }: Witnesses,
  port: number,
  state: 'open' | 'closed',
  service?: string,
): void {
  if (state === 'closed' && closed.length < MOST_CLOSED) closed.push(port)
  if (state === 'open' && open.length < MOST_OPEN) {
    const budget = TOUCHY.has(service ?? '') ? TOUCHY_BUDGET : OPEN_BUDGET
    open.push({ port, budget, left: budget })
  }
}

export function hasWitness({ closed, open }: Witnesses): boolean {
  return closed.length + open.length > 0
}

/**
 * Whether it is time for the next witness. They fall anywhere among the probes, not at the head of each burst: a
 * firewall that limits SYNs lets the first ones pass.
 *
 * @param left how many ports wait for their probe
 * @param perSecond how many probes are made a second
 */
export function isDue(witnesses: Witnesses, now: number, left: number, perSecond: number): boolean {
  const { askedAt, probesSince, isHurried } = witnesses
  if (!isHurried && now - askedAt >= LONG_GAP_MS) {
    if (left === 0) return true
    if (probesSince >= FEWEST_BETWEEN) {
      const soon = Math.floor(Math.random() * (BURST_MS / 1000) * perSecond)
      witnesses.quota = Math.min(witnesses.quota, probesSince + soon)
      witnesses.isHurried = true
    }
  }
  return probesSince >= witnesses.quota
}

/**
 * How long it should be to the next witness. Half of the budget of open ports is for finding out soon how fast the
 * host can be probed, the other half is to last until the work is done.
 */
function gapOf({ closed, open }: Witnesses, leftMs: number): number {
  if (closed.length > 0) return CLOSED_GAP_MS
  const left = open.reduce((sum, one) => sum + Math.max(0, one.left), 0)
  if (left === 0) return SPARING_GAP_MS
  const budget = open.reduce((sum, one) => sum + one.budget, 0)
  return left * 2 > budget ? OPEN_GAP_MS : Math.max(OPEN_GAP_MS, Math.min(SPARING_GAP_MS, leftMs / left))
}

/**
 * The port whose turn it is: closed ports first; of the open ones that which has been asked least.
 *
 * @param perSecond how many probes are made a second
 * @param leftMs how long the rest of the work takes
 */
export function takeWitness(witnesses: Witnesses, now: number, perSecond: number, leftMs: number): number {
  const { closed, open } = witnesses
  const between = Math.max(PROBES_BETWEEN, (gapOf(witnesses, leftMs) / 1000) * perSecond)
  witnesses.quota = Math.round(between * (0.5 + Math.random()))
  witnesses.askedAt = now
  witnesses.isHurried = false
  witnesses.probesSince = 0
  if (closed.length > 0) return closed[witnesses.turn++ % closed.length] as number
  const freshest = open.reduce((best, one) => (one.left > best.left ? one : best))
  freshest.left -= 1
  return freshest.port
}
