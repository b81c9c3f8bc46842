/**
 * Every number that the engine decides by: its unit, why it is what it is, and where it comes from. Where no source is named it was
 * found by measurement on the networks of `test/lab/` and `test/simulate/`. The comment behind each is the start of the name of a
 * simulated network, or a random one, on which halving or doubling it shows (`npm run sensitivity`); a dash: none does.
 */

// Sending

/** Connects before answers are read again: each takes about 10 µs, and answers should not wait long. */
export const BURST = 128 // one port answers after 2 s

/** The engine's one timer, in milliseconds: the shortest that leaves the processor idle in between. */
export const TICK_MS = 4 // a limit that answers with ICMP

/** After a tick this late, in milliseconds, answers that came in time may still be unread: they are read before anything expires. */
export const STALL_MS = 100 // seed 245

/** How long each measurement of the send rate takes, in milliseconds. */
export const METER_MS = 16 // a max-rate that is far below

// Sockets

/** At most this share of all sockets is kept for further connects: no other probe may use them. */
export const POOLED_SHARE = 0.25 // four sockets

/** A port that connects to itself this often in a row is left unknown; a single connect does so once in 28,000 times. */
export const MOST_SELF_CONNECTS = 5 // a third of all connects

/** After a local shortage: which share of the open sockets is tried next, at least how many, and after how many milliseconds. */
export const SHORTAGE_SHARE = 0.8 // seed 402
export const FEWEST_SOCKETS = 4 // seed 151
export const SHORTAGE_PAUSE_MS = 100 // seed 271

/** How long a shortage may last without any probe getting through, in milliseconds. */
export const SHORTAGE_PATIENCE_MS = 5_000 // no descriptor

/** A `max-rate` bucket holds what is due in 50 ms. */
export const BUCKETS_PER_SECOND = 20 // seed 13

// Round trips and timeouts

/** Bounds of the timeout of a control probe, in milliseconds: RFC 6298 (2.4) says 1 s, nmap -T4 300 ms to 1.25 s. */
export const MIN_TIMEOUT_MS = 300 // ports that a limit refused
export const MAX_TIMEOUT_MS = 1_000 // four sockets

/** What a busy machine may add to a round trip, in milliseconds. */
export const LAG_MS = 25 // 20 % of SYNs lost

/** An answer so many milliseconds later than the quickest came to a retransmitted SYN: kernels retransmit after 1 s (RFC 6298, 2.1). */
export const RETRANSMITTED_MS = 950 // ten connections a second

/** How long a silent socket is kept beyond the host's timeout, in milliseconds: until the third SYN (Linux 6.5: after 2 s). */
export const FULL_TIMEOUT_MS = 2_000 // a ban that comes and goes

/** A probe that ends within this time, in milliseconds, sends one SYN: the kernel retransmits after 1 s. */
export const SINGLE_SYN_MS = 900 // seed 58

// Control probes

/** Most control ports of each kind. Closed ones are preferred: a reset costs the host nothing. */
export const MOST_CLOSED_CONTROLS = 8 // MySQL refused
export const MOST_OPEN_CONTROLS = 16 // seed 114

/** So many losses in a row are those of an open port if others answer, else of the host; so many late answers show a slow port. */
export const LOSSES_IN_A_ROW = 4 // a ban that comes and goes

/** Fewest port probes between two control probes, normally and when port probes are slow. */
export const PROBES_BETWEEN = 16 // one address for three hosts
export const FEWEST_PROBES_BETWEEN = 4 // four sockets

/** Shortest time between two control probes to open ports, in milliseconds; to closed ones it is a tick. */
export const OPEN_GAP_MS = 10 // 20 % of SYNs lost, silent

/**
 * After this long without a control probe, in milliseconds, the next one comes sooner: each SYN of a port needs enough of them
 * around it.
 */
export const LONG_GAP_MS = 100 // 20 % of SYNs lost

/** The span in which a control probe may fall, in milliseconds: port probes leave in bursts. */
export const CONTROL_SPREAD_MS = 20 // four sockets

// Loss

/**
 * The loss at a moment is estimated from up to this many control probes, the nearest in time. What retransmissions are worth is
 * estimated from those whose first SYN was lost: once there are this many, older ones count less.
 */
export const NEAREST = 64 // a port that has refused once

/** If at least half of the nearest control probes, this many, were lost, something has changed: the loss is at least theirs. */
export const NEIGHBOURS = 8 // a limit of 1,000 SYNs a second, silent but for SSH and one other

/** A control probe saw the same as a port probe if its load was at least this share of that probe's. */
export const COMPARABLE_LOAD = 0.5 // a limit of 1,000 SYNs a second, silent but for SSH

/** Control probes farther away than this do not count, in milliseconds: while few have been found, and once there are more. */
export const FARTHEST_MS = 15_000 // seed 57
export const FAR_MS = 3_000 // a limit of 1,000 SYNs a second, silent but for SSH and one other
/** If the next control probe left so many milliseconds after a moment, and was lost, the host may have gone before; how likely. */
export const GONE_AFTER_MS = 1_000 // seed 294
export const MAY_BE_GONE = 0.5 // seed 227

/**
 * The kernel retransmits all SYNs together that left within 32 ms (its timers of 1 s are as coarse as that at 250 Hz, and coarser
 * at 1,000 Hz: `kernel/time/timer.c`, and seen so), and a limit on SYNs lets five of a bunch through (the `burst` of nftables and
 * iptables). Above this many probes a millisecond, a bunch has more.
 */
export const BUNCHED_PER_MS = 0.15 // a limit of 1,000 SYNs a second, silent but for SSH

/** The assumed probability that the retransmissions in a bunch are lost too, and how many observed ones it is worth. */
export const BUNCHED_RETRY_LOSS = 0.5 // seed 58
export const RETRY_PRIOR_WEIGHT = 2 // seed 318

// Silence

/**
 * The silence of a port is believed once the probability that all its SYNs were lost is at most this. If few probes leave at a time
 * and no loss was ever seen, only the small number of control probes keeps the probability up, and each of them costs time: then
 * the second number is enough.
 */
export const MOST_DOUBT = 1 / 100_000 // seed 57
export const MOST_DOUBT_AT_EASE = 1 / 1_000 // seed 1

/** Up to this many probes a millisecond are few: they leave one by one. Any more leave in a bunch each tick. */
export const AT_EASE_PER_MS = 2 // seed 208

/** On a host that refuses connections above a rate, a refusal is believed once the probability that the rate caused it is at most this. */
export const MOST_DOUBT_OF_REFUSAL = 1 / 1_000 // MySQL refused

/** A port that was tried this often in vain stays unknown. If one SYN in two is lost, it takes a dozen tries. */
export const MOST_TRIES = 32 // a ban that comes and goes

/** The longest wait for a control probe before a port is tried again, on a host that refuses what comes too fast, in milliseconds. */
export const MOST_WAIT_MS = 2_000 // a limit that refuses, and a port

/**
 * On a host that refuses other ports, a silent port is rarer than a lost SYN: the tolerated doubt is divided by the number of
 * refusals, up to this. Only the logarithm of this bound matters.
 */
export const MOST_REFUSED = 1_000 // –

/** If no SYN of this many control probes was answered, retransmissions are worth little. */
export const NEVER_ANSWERED = 4 // one port answers after 2 s

/** How many of the likeliest ports get a second look if nothing answers: about as many as the catalogue has. */
export const SECOND_LOOK_PORTS = 300 // a limit of 1,000 SYNs a second, silent but for SSH

/** Probes a second of that look, and at first to a host that refuses connections above a rate: a tenth of common limits. */
export const SECOND_LOOK_PER_SECOND = 100 // a limit of 1,000 SYNs a second, silent but for SSH
export const AFRESH_PER_SECOND = 100 // a required port is the first

// Hosts that stop answering

/** A host is unresponsive when control probes were lost, and nothing else was heard for this long, in milliseconds. */
export const UNRESPONSIVE_MS = 1_200 // ports that a limit refused

/** The gap between control probes while nothing else is sent, and how long an unresponsive host is waited for, in milliseconds. */
export const CALM_GAP_MS = 500 // six ports in one burst
export const GIVE_UP_MS = 15_000 // seed 23

/**
 * A host that refuses and accepts in turn is given up after this many times as long: MySQL is probed every 10 s, and has to accept
 * three times.
 */
export const UNEXPLAINED_TIMES = 4 // a host that accepts and refuses

// Refusals

/** An open port is asked after this many refusals, or when closed ports are silent. */
export const REFUSALS_BETWEEN = 16 // a limit of 1,000 SYNs a second

/**
 * Up to this many questions are asked without a pause, one for every `REFUSALS_BETWEEN` probes: a scan of a few hundred ports is
 * over within milliseconds, and still has to run into a limit that refuses one connection in ten.
 */
export const EARLY_QUESTIONS = 24 // seed 24

/** The gap between two questions: this share of the time since the first refusal, up to a number of milliseconds. */
export const QUESTION_GAP_SHARE = 1 / 16 // seed 334
export const MOST_QUESTION_GAP_MS = 250 // a limit that resets a burst

/**
 * A port that has refused has to accept this many times in a row, `CALM_GAP_MS` apart: of two hosts behind one address, either may
 * answer.
 */
export const CALM_ANSWERS = 3 // a slow service alone

/** The window in which refusals are counted, in milliseconds. */
export const SCARCE_WINDOW_MS = 2_000 // a limit that resets a burst

/**
 * Refusals are scarce if open ports answered at least this many control probes and lost none, and closed ones lost at least as
 * many, and this many times as many as they answered.
 */
export const SCARCE_ANSWERED = 4 // ports that a limit refused
export const SCARCE_SILENT_SHARE = 3 // a limit that resets a burst

/** With up to this many ports left, open ones are probed too seldom for one window to decide, so it is extended. */
export const FEW_PORTS = 64 // a port that has refused once

// Congestion

/** New connections a second to an unknown host; with retransmissions, three times as many SYNs. */
export const FIRST_PER_SECOND = 500 // a limit of 1,000 SYNs a second, silent but for five
/** The lowest rate of a host. Refusals that come at this rate or faster are not scarce: waiting for them takes no longer. */
export const FEWEST_PER_SECOND = 10 // a max-rate that is far below

/** Probes that may leave at once: at the start; later, at least; and at most, if answers have earned more. */
export const FIRST_BURST = 32 // one address for three hosts
export const FEWEST_BURST = 4 // four sockets
export const MOST_BURST = 1_000 // 20 % of SYNs lost

/** Tokens are given out at least this often, so that a rate is kept without bursts, in milliseconds. */
export const SMOOTH_MS = 5 // 20 % of SYNs lost, silent

/** How many control probes it takes to judge a rate: if all of them were answered, and if some were not. */
export const CONTROLS_TO_RAISE = 4 // a limit of 1,000 SYNs a second, silent but for five
export const CONTROLS_TO_JUDGE = 16 // one port answers after 2 s

/** Fewer are enough to halve it if this many were lost, and at least half of them. */
export const LOSSES_TO_HALVE = 4 // a limit that answers with ICMP

/** How many have to be answered before the rate exceeds what once got through. */
export const CONTROLS_AT_CEILING = 32 // MySQL refused

/** Loss that exceeds that at a lower rate by this much is caused by the rate. */
export const LOSS_TOLERANCE = 0.07 // seed 57

/** At a first rate, with nothing to compare it with, more loss than this is too much. */
export const TOO_MUCH_LOSS = 0.35 // 20 % of SYNs lost, silent

/** Loss that is at least this share of what it was before a cut is the path's, not the rate's. */
export const CONSTANT_LOSS_SHARE = 0.75 // seed 57

/** At least this share of what a higher rate adds has to get through. */
export const GAIN_SHARE = 0.5 // seed 286

/** A rate of which less than this share was used proves nothing. */
export const USED_SHARE = 0.5 // ten connections a second

/** The growth factor of a rate, below a ceiling and above it. */
export const GROWTH = 2 // silent but for five
export const CAREFUL_GROWTH = 1.1 // MySQL refused

/** This share of a ceiling is a rate that loses nothing; a ceiling exceeded by this factor without loss was none. */
export const CEILING_MARGIN = 0.95 // a limit that answers with ICMP
export const CEILING_PASSED = 1.15 // seed 2
