/**
 * Which ports of a host may bear witness, and when: they are known to answer, so that their silence is a loss.
 */

/** So many closed ports take turns, a refusal costs a host nothing, or so many open ones. */
const MOST_CLOSED = 8
const MOST_OPEN = 16

/**
 * How one open port may be asked: a service is behind it, that has to accept each connection. So often at first, to
 * find out soon how fast the host can be probed, and from then on no more than once in a while.
 */
interface Courtesy {
  budget: number
  gapMs: number
  /** The gap is at least this share of the time since it was asked first. */
  gapShare: number
}

const COURTESY: Courtesy = { budget: 40, gapMs: 250, gapShare: 0 }

/** Of a port whose number says nothing, which may be MySQL's: 90 times in 10 minutes, and seldom after that. */
const CAREFUL: Courtesy = { budget: 24, gapMs: 250, gapShare: 1 / 8 }

/**
 * Services that hold it against a client when it connects and says nothing. OpenSSH 9.8 adds a second to the penalty of
 * its address each time, and refuses it from 15 s on (`PerSourcePenalties noauth` and `min`); MySQL blocks it after 100
 * times (`max_connect_errors`).
 */
const TOUCHY: Record<string, Courtesy> = {
  ssh: { budget: 6, gapMs: 1_000, gapShare: 0 },
  mysql: { budget: 16, gapMs: 10_000, gapShare: 1 / 8 },
}

/** A port that has been asked so often is listened to once: it may not be what its number says. */
const LISTENED_TO_AFTER = 4

/** An open port that has not answered so often in a row, while others do, has a reason of its own. */
const MOST_LOSSES = 4

/** At least so many probes are made from one witness to the next, and if these take a while, so many. */
const PROBES_BETWEEN = 16
const FEWEST_BETWEEN = 4

/** At least this long from one witness to the next, in milliseconds: to closed ports, and to open ones. */
const CLOSED_GAP_MS = 4
const OPEN_GAP_MS = 10

/** A while: with so long a gap there are enough witnesses around each of a port's SYNs, in milliseconds. */
const LONG_GAP_MS = 100

/** A witness falls anywhere in so long a time: probes leave in bursts, one each time that the scan's timer fires. */
const SPREAD_MS = 20

interface OpenWitness {
  port: number
  asked: number
  /** What is left of its budget. */
  left: number
  gapMs: number
  gapShare: number
  firstAskedAt?: number
  askedAt: number
  /** How often in a row it did not answer. */
  losses: number
}

/** The witnesses of one host. */
export interface Witnesses {
  closed: number[]
  open: OpenWitness[]
  turn: number
  /** When the last one was sent, how many probes were made since, and after how many the next one may follow. */
  askedAt: number
  probesSince: number
  quota: number
  /** It may follow, and the quota is where among the probes it does. */
  isPlaced: boolean
  /** Refusals are so scarce that closed ports would only use them up. */
  areRefusalsScarce: boolean
  /** Begins to listen to what a port says unasked; it is told by `heedService`. */
  listenTo(port: number): void
}

export function createWitnesses(listenTo: Witnesses['listenTo'] = () => {}): Witnesses {
  return {
    listenTo,
    closed: [],
    open: [],
    turn: 0,
    askedAt: Number.NEGATIVE_INFINITY,
    probesSince: 0,
    quota: 0,
    isPlaced: false,
    areRefusalsScarce: false,
  }
}

/** Notes that a port has answered promptly. */
export function admitWitness(
  { closed, open, areRefusalsScarce }: Witnesses,
  port: number,
  state: 'open' | 'closed',
  service?: string,
): void {
  if (state === 'closed' && !areRefusalsScarce && closed.length < MOST_CLOSED) closed.push(port)
  if (state === 'open' && open.length < MOST_OPEN && !open.some((one) => one.port === port)) {
    const { budget, gapMs, gapShare } = service === undefined ? CAREFUL : (TOUCHY[service] ?? COURTESY)
    open.push({ port, asked: 0, left: budget, gapMs, gapShare, askedAt: Number.NEGATIVE_INFINITY, losses: 0 })
  }
}

/**
 * Notes whether an open port that was asked has answered. One that does not for a while, although the host answers, bears
 * witness no more: a firewall that counts connections to SSH drops the next ones, and nothing else is lost.
 */
export function heedWitness(
  witnesses: Witnesses,
  port: number,
  isAnswered: boolean,
  hasHostAnswered: boolean,
): void {
  const witness = witnesses.open.find((one) => one.port === port)
  if (!witness) return
  witness.losses = isAnswered ? 0 : witness.losses + 1
  const others = witnesses.closed.length + witnesses.open.length - 1
  if (witness.losses < MOST_LOSSES || others === 0 || !hasHostAnswered) return
  dropOpen(witnesses, port)
}

/** Notes what an open port has said unasked: from now on it is asked no more often than that service takes. */
export function heedService({ open }: Witnesses, port: number, service: string): void {
  const witness = open.find((one) => one.port === port)
  const touchy = TOUCHY[service]
  if (!witness || !touchy) return
  const { budget, gapMs, gapShare } = touchy
  Object.assign(witness, { left: Math.min(witness.left, budget), gapMs, gapShare })
}

/** Takes a port for one that is no longer open. */
export function dropOpen(witnesses: Witnesses, port: number): void {
  witnesses.open = witnesses.open.filter((one) => one.port !== port)
}

/** Whether a port that bears witness is an open one. */
export function isOpenWitness({ open }: Witnesses, port: number): boolean {
  return open.some((one) => one.port === port)
}

export function hasOpen({ open }: Witnesses): boolean {
  return open.length > 0
}

/**
 * Whether an open port may be asked now, or this one.
 *
 * @param reserve what is to be left of its budget
 */
export function isOpenReady({ open }: Witnesses, now: number, reserve: number, port?: number): boolean {
  return open.some((one) => (port === undefined || one.port === port) && mayBeAsked(one, now, reserve))
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
  const { askedAt, probesSince, quota, isPlaced, closed, open } = witnesses
  if (closed.length === 0 && !open.some((one) => mayBeAsked(one, now))) return false
  const isLong = now - askedAt >= LONG_GAP_MS
  if (isLong && left === 0) return true
  if (isPlaced) return probesSince >= quota
  if (probesSince < (isLong ? Math.min(FEWEST_BETWEEN, quota) : quota)) return false
  witnesses.quota = probesSince + drawPlace(perSecond)
  witnesses.isPlaced = true
  return probesSince >= witnesses.quota
}

/**
 * After how many more probes to ask. What the clock has brought about is so at the head of a burst, where a firewall that
 * limits SYNs lets everything pass.
 *
 * @param perSecond how many probes are made a second
 */
export function drawPlace(perSecond: number): number {
  return Math.floor(Math.random() * (SPREAD_MS / 1000) * perSecond)
}

function mayBeAsked(witness: OpenWitness, now: number, reserve = 0): boolean {
  const { left, gapMs, gapShare, firstAskedAt = now, askedAt } = witness
  return left > reserve || now - askedAt >= Math.max(gapMs, (now - firstAskedAt) * gapShare)
}

/**
 * Notes that a witness is sent, and after how many probes the next one may follow.
 *
 * @param perSecond how many probes are made a second
 */
export function beginTurn(witnesses: Witnesses, now: number, perSecond: number): void {
  const { closed } = witnesses
  const gapMs = closed.length > 0 ? CLOSED_GAP_MS : OPEN_GAP_MS
  const between = Math.max(PROBES_BETWEEN, (gapMs / 1000) * perSecond)
  witnesses.quota = Math.round(between * (0.5 + Math.random()))
  witnesses.askedAt = now
  witnesses.isPlaced = false
  witnesses.probesSince = 0
}

/** The port whose turn it is: closed ports first. */
export function takeWitness(witnesses: Witnesses, now: number): number {
  const { closed } = witnesses
  if (closed.length > 0) return closed[witnesses.turn++ % closed.length] as number
  return takeOpen(witnesses, now)
}

/** The open port that has most of its budget left, then that which has waited longest; or this one. */
export function takeOpen({ open, listenTo }: Witnesses, now: number, port?: number): number {
  const able = port === undefined ? open : open.filter((one) => one.port === port)
  const ready = able.filter((one) => mayBeAsked(one, now))
  const next = (ready.length > 0 ? ready : able).reduce((best, one) =>
    one.left > best.left || (one.left === best.left && one.askedAt < best.askedAt) ? one : best,
  )
  next.left = Math.max(0, next.left - 1)
  next.asked += 1
  if (next.asked === LISTENED_TO_AFTER) listenTo(next.port)
  next.firstAskedAt ??= now
  next.askedAt = now
  return next.port
}
