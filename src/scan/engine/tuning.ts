/**
 * Every number that the engine decides by: its unit, why it is what it is, and where it comes from. Where no source is named
 * it was found by measurement on the networks of `test/lab/` and `test/simulate/`. The comment behind each is the start of
 * the name of a simulated network, or a random one, on which halving or doubling it shows (`npm run sensitivity`); a dash: none does.
 */

// Sending

/** Connects between two looks at the answers: each takes about 10 µs, and answers should not wait long. */
export const BURST = 128 // one port answers after 2 s

/** The engine's one timer, in milliseconds: the shortest that leaves the processor idle in between. */
export const TICK_MS = 4 // a limit that answers with ICMP

/** After a tick as late as this, answers may wait that were in time, in milliseconds: they are read before anything expires. */
export const STALL_MS = 100 // seed 245

/** How long each measurement of the send rate takes, in milliseconds. */
export const METER_MS = 16 // a max-rate that is far below

// Sockets

/** Sockets kept for further connects, at most this share of all: no other probe may use them. */
export const POOLED_SHARE = 0.25 // four sockets

/** A port that connects to itself this often in a row is left unknown; a single connect does so once in 28,000 times. */
export const MOST_SELF_CONNECTS = 5 // a third of all connects

/** A local shortage: this share of the open sockets is tried next, no fewer than that, after a pause in milliseconds. */
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

/**
 * An answer so much later than the quickest one came to a retransmitted SYN, in milliseconds: kernels send the second one
 * after 1 s (RFC 6298, 2.1), so that the first, or the answer to it, was lost.
 */
export const RETRANSMITTED_MS = 950 // ten connections a second

/**
 * How long a silent socket is kept beside the host's timeout, in milliseconds: until the third SYN (Linux 6.5: after 2 s). So
 * long after a rate was cut go on the retransmissions of what was sent before.
 */
export const FULL_TIMEOUT_MS = 2_000 // a ban that comes and goes

/** A probe that ends within so many milliseconds sends one SYN: the kernel retransmits after 1 s. */
export const SINGLE_SYN_MS = 900 // seed 58

// Control probes

/** Most control ports of each kind. Closed ones are preferred: a reset costs the host nothing. */
export const MOST_CLOSED_CONTROLS = 8 // MySQL refused
export const MOST_OPEN_CONTROLS = 16 // seed 114

/** After this many losses in a row, an open port has a reason of its own if others still answer; if none does, the host is unresponsive. As many answers, all late, show that it is slow by itself. */
export const LOSSES_IN_A_ROW = 4 // a ban that comes and goes

/** Fewest port probes between two control probes, normally and when port probes are slow. */
export const PROBES_BETWEEN = 16 // one address for three hosts
export const FEWEST_PROBES_BETWEEN = 4 // four sockets

/** Shortest time between two control probes to open ports, in milliseconds; to closed ones it is a tick. */
export const OPEN_GAP_MS = 10 // 20 % of SYNs lost, silent

/** A long time, in milliseconds: with such gaps there are enough control probes around each of a port's SYNs. */
export const LONG_GAP_MS = 100 // 20 % of SYNs lost

/** The span in which a control probe may fall, in milliseconds: port probes leave in bursts. */
export const CONTROL_SPREAD_MS = 20 // four sockets

// Loss

/**
 * So many control probes, those that left nearest in time, tell how much was lost at a moment. So many of which the first
 * SYN was lost tell what retransmissions are worth; then older ones count less.
 */
export const NEAREST = 64 // a port that has refused once

/** If half of this many, the nearest ones, were lost, something has changed, and only these count. */
export const NEIGHBOURS = 8 // a limit of 1,000 SYNs a second, silent but for SSH and one other

/** A control probe saw what a probe did if it left among so many, as a share of what the probe left among. */
export const COMPARABLE_LOAD = 0.5 // a limit of 1,000 SYNs a second, silent but for SSH

/** Farther away than this a control probe tells nothing, in milliseconds: where there are few, and where there are more. */
export const FARTHEST_MS = 15_000 // seed 57
export const FAR_MS = 3_000 // a limit of 1,000 SYNs a second, silent but for SSH and one other
/** The next control probe left so long after a moment, in milliseconds, and was lost: the host may have gone before. */
export const GONE_AFTER_MS = 1_000 // seed 294
export const MAY_BE_GONE = 0.5 // seed 227

/**
 * The kernel retransmits all SYNs together that left within 32 ms (its timers of 1 s are as coarse as that at 250 Hz, and
 * coarser at 1,000 Hz: `kernel/time/timer.c`, and seen so), and a limit on SYNs lets five of a bunch through (the `burst`
 * of nftables and iptables). More are in a bunch above so many probes a millisecond.
 */
export const BUNCHED_PER_MS = 0.15 // a limit of 1,000 SYNs a second, silent but for SSH

/** The probability that retransmissions in a bunch get lost as well, and what it counts beside those that were seen. */
export const BUNCHED_RETRY_LOSS = 0.5 // seed 58
export const RETRY_PRIOR_WEIGHT = 2 // seed 318

// Silence

/**
 * The silence of a port is believed when the probability that all its SYNs were lost is at most this. Where few leave at a
 * time and none was ever lost, it is the number of control probes that keeps it up, and each of them costs time.
 */
export const MOST_DOUBT = 1 / 100_000 // seed 57
export const MOST_DOUBT_AT_EASE = 1 / 1_000 // seed 1

/** Few are up to so many probes a millisecond: they leave one by one, and a tick makes bunches of more. */
export const AT_EASE_PER_MS = 2 // seed 208

/** A refusal of a host that refuses what comes too fast is believed when the probability that it is such a one is at most this. */
export const MOST_DOUBT_OF_REFUSAL = 1 / 1_000 // MySQL refused

/** A port that was tried so often in vain stays unknown. Where one SYN in two is lost, it takes a dozen tries. */
export const MOST_TRIES = 32 // a ban that comes and goes

/** Where a host refuses other ports, silence is rarer than loss: the doubt is divided by their number, up to this. Only its logarithm counts. */
export const MOST_REFUSED = 1_000 // –

/** If no SYN of this many control probes was answered, retransmissions are worth little. */
export const NEVER_ANSWERED = 4 // one port answers after 2 s

/** How many of the likeliest ports get a second look if nothing answers: about as many as the catalogue has. */
export const SECOND_LOOK_PORTS = 300 // a limit of 1,000 SYNs a second, silent but for SSH

/** Probes a second of that look, and at first to a host that refuses what comes too fast: a tenth of common limits. */
export const SECOND_LOOK_PER_SECOND = 100 // a limit of 1,000 SYNs a second, silent but for SSH
export const AFRESH_PER_SECOND = 100 // a required port is the first

// Hosts that stop answering

/** A host is unresponsive when control probes were lost, and nothing else was heard for so many milliseconds. */
export const UNRESPONSIVE_MS = 1_200 // ports that a limit refused

/** How often ports are asked while nothing else is sent, and when an unresponsive host is given up, in milliseconds. */
export const CALM_GAP_MS = 500 // six ports in one burst
export const GIVE_UP_MS = 15_000 // seed 23

/** So many times as long a host is asked why it refuses and accepts in turn: MySQL is asked each 10 s, and has to answer three times. */
export const UNEXPLAINED_TIMES = 4 // a host that accepts and refuses

// Refusals

/** An open port is asked after this many refusals, or when closed ports are silent. */
export const REFUSALS_BETWEEN = 16 // a limit of 1,000 SYNs a second

/**
 * So many questions follow each other without a gap, one for as many probes: a scan of some hundred ports is over within
 * milliseconds, and a limit that refuses one connection in ten has to be met.
 */
export const EARLY_QUESTIONS = 24 // seed 24

/** Between two questions: this share of the time since the first refusal, up to so many milliseconds. */
export const QUESTION_GAP_SHARE = 1 / 16 // seed 334
export const MOST_QUESTION_GAP_MS = 250 // a limit that resets a burst

/** A port that has refused has to accept so often in a row at that pace: of two hosts behind one address each may answer. */
export const CALM_ANSWERS = 3 // a slow service alone

/** The window in which refusals are counted, in milliseconds. */
export const SCARCE_WINDOW_MS = 2_000 // a limit that resets a burst

/** So many open ports have to have answered, and none been lost, and so many closed ones have to be silent for each that is not. */
export const SCARCE_ANSWERED = 4 // ports that a limit refused
export const SCARCE_SILENT_SHARE = 3 // a limit that resets a burst

/** Where so few ports are left, open ones are asked too seldom for one such time to tell, and several are taken together. */
export const FEW_PORTS = 64 // a port that has refused once

// Congestion

/** New connections a second to an unknown host; with retransmissions, three times as many SYNs. */
export const FIRST_PER_SECOND = 500 // a limit of 1,000 SYNs a second, silent but for five
/** The lowest rate of a host. Where more refusals than these come in a second, to wait for them is no slower: they are not scarce. */
export const FEWEST_PER_SECOND = 10 // a max-rate that is far below

/** Probes that may leave at once: at the start, later, and where answers ask for more. */
export const FIRST_BURST = 32 // one address for three hosts
export const FEWEST_BURST = 4 // four sockets
export const MOST_BURST = 1_000 // 20 % of SYNs lost

/** Tokens are given out at least this often, so that a rate is kept without bursts, in milliseconds. */
export const SMOOTH_MS = 5 // 20 % of SYNs lost, silent

/** Control probes that decide about a rate: where all of them were answered, and where some were not. */
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

/** Loss that is at least this share of what it was before a cut is that of the path. */
export const CONSTANT_LOSS_SHARE = 0.75 // seed 57

/** At least this share of what a higher rate adds has to get through. */
export const GAIN_SHARE = 0.5 // seed 286

/** A rate of which less than this share was used proves nothing. */
export const USED_SHARE = 0.5 // ten connections a second

/** The growth factor of a rate, below a ceiling and above it. */
export const GROWTH = 2 // silent but for five
export const CAREFUL_GROWTH = 1.1 // MySQL refused

/** A rate this far below a ceiling loses nothing; a ceiling exceeded by this much without loss was none. */
export const CEILING_MARGIN = 0.95 // a limit that answers with ICMP
export const CEILING_PASSED = 1.15 // seed 2
