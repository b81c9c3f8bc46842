import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
var __webpack_exports__ = {};

;// CONCATENATED MODULE: external "node:worker_threads"
const external_node_worker_threads_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:worker_threads");
;// CONCATENATED MODULE: ./lib/scan/engine/tuning.js
/**
 * Every number that the engine decides by: its unit, why it is what it is, and where it comes from. Where no source is named it was
 * found by measurement on the networks of `test/lab/` and `test/simulate/`. The comment behind each is the start of the name of a
 * simulated network, or a random one, on which halving or doubling it shows (`npm run sensitivity`); a dash: none does.
 */
// Sending
/** Connects before answers are read again: each takes about 10 µs, and answers should not wait long. */
const BURST = 128; // one port answers after 2 s
/** The engine's one timer, in milliseconds: the shortest that leaves the processor idle in between. */
const TICK_MS = 4; // a limit that answers with ICMP
/** After a tick this late, in milliseconds, answers that came in time may still be unread: they are read before anything expires. */
const STALL_MS = 100; // seed 245
/** How long each measurement of the send rate takes, in milliseconds. */
const METER_MS = 16; // a max-rate that is far below
// Sockets
/** At most this share of all sockets is kept for further connects: no other probe may use them. */
const POOLED_SHARE = 0.25; // four sockets
/** A port that connects to itself this often in a row is left unknown; a single connect does so once in 28,000 times. */
const MOST_SELF_CONNECTS = 5; // a third of all connects
/** After a local shortage: which share of the open sockets is tried next, at least how many, and after how many milliseconds. */
const SHORTAGE_SHARE = 0.8; // seed 402
const FEWEST_SOCKETS = 4; // seed 151
const SHORTAGE_PAUSE_MS = 100; // seed 271
/** How long a shortage may last without any probe getting through, in milliseconds. */
const SHORTAGE_PATIENCE_MS = 5_000; // no descriptor
/** A `max-rate` bucket holds what is due in 50 ms. */
const BUCKETS_PER_SECOND = 20; // seed 13
// Round trips and timeouts
/** Bounds of the timeout of a control probe, in milliseconds: RFC 6298 (2.4) says 1 s, nmap -T4 300 ms to 1.25 s. */
const MIN_TIMEOUT_MS = 300; // ports that a limit refused
const MAX_TIMEOUT_MS = 1_000; // four sockets
/** What a busy machine may add to a round trip, in milliseconds. */
const LAG_MS = 25; // 20 % of SYNs lost
/** An answer so many milliseconds later than the quickest came to a retransmitted SYN: kernels retransmit after 1 s (RFC 6298, 2.1). */
const RETRANSMITTED_MS = 950; // ten connections a second
/** How long a silent socket is kept beyond the host's timeout, in milliseconds: until the third SYN (Linux 6.5: after 2 s). */
const FULL_TIMEOUT_MS = 2_000; // a ban that comes and goes
/** A probe that ends within this time, in milliseconds, sends one SYN: the kernel retransmits after 1 s. */
const SINGLE_SYN_MS = 900; // seed 58
// Control probes
/** Most control ports of each kind. Closed ones are preferred: a reset costs the host nothing. */
const MOST_CLOSED_CONTROLS = 8; // MySQL refused
const MOST_OPEN_CONTROLS = 16; // seed 114
/** So many losses in a row are those of an open port if others answer, else of the host; so many late answers show a slow port. */
const LOSSES_IN_A_ROW = 4; // a ban that comes and goes
/** Fewest port probes between two control probes, normally and when port probes are slow. */
const PROBES_BETWEEN = 16; // one address for three hosts
const FEWEST_PROBES_BETWEEN = 4; // four sockets
/** Shortest time between two control probes to open ports, in milliseconds; to closed ones it is a tick. */
const OPEN_GAP_MS = 10; // 20 % of SYNs lost, silent
/**
 * After this long without a control probe, in milliseconds, the next one comes sooner: each SYN of a port needs enough of them
 * around it.
 */
const LONG_GAP_MS = 100; // 20 % of SYNs lost
/** The span in which a control probe may fall, in milliseconds: port probes leave in bursts. */
const CONTROL_SPREAD_MS = 20; // four sockets
// Loss
/**
 * The loss at a moment is estimated from up to this many control probes, the nearest in time. What retransmissions are worth is
 * estimated from those whose first SYN was lost: once there are this many, older ones count less.
 */
const NEAREST = 64; // a port that has refused once
/** If at least half of the nearest control probes, this many, were lost, something has changed: the loss is at least theirs. */
const NEIGHBOURS = 8; // a limit of 1,000 SYNs a second, silent but for SSH and one other
/** A control probe saw the same as a port probe if its load was at least this share of that probe's. */
const COMPARABLE_LOAD = 0.5; // a limit of 1,000 SYNs a second, silent but for SSH
/** Control probes farther away than this do not count, in milliseconds: while few have been found, and once there are more. */
const FARTHEST_MS = 15_000; // seed 57
const FAR_MS = 3_000; // a limit of 1,000 SYNs a second, silent but for SSH and one other
/** If the next control probe left so many milliseconds after a moment, and was lost, the host may have gone before; how likely. */
const GONE_AFTER_MS = 1_000; // seed 294
const MAY_BE_GONE = 0.5; // seed 227
/**
 * The kernel retransmits all SYNs together that left within 32 ms (its timers of 1 s are as coarse as that at 250 Hz, and coarser
 * at 1,000 Hz: `kernel/time/timer.c`, and seen so), and a limit on SYNs lets five of a bunch through (the `burst` of nftables and
 * iptables). Above this many probes a millisecond, a bunch has more.
 */
const BUNCHED_PER_MS = 0.15; // a limit of 1,000 SYNs a second, silent but for SSH
/** The assumed probability that the retransmissions in a bunch are lost too, and how many observed ones it is worth. */
const BUNCHED_RETRY_LOSS = 0.5; // seed 58
const RETRY_PRIOR_WEIGHT = 2; // seed 318
// Silence
/**
 * The silence of a port is believed once the probability that all its SYNs were lost is at most this. If few probes leave at a time
 * and no loss was ever seen, only the small number of control probes keeps the probability up, and each of them costs time: then
 * the second number is enough.
 */
const MOST_DOUBT = 1 / 100_000; // seed 57
const MOST_DOUBT_AT_EASE = 1 / 1_000; // seed 1
/** Up to this many probes a millisecond are few: they leave one by one. Any more leave in a bunch each tick. */
const AT_EASE_PER_MS = 2; // seed 208
/** On a host that refuses connections above a rate, a refusal is believed once the probability that the rate caused it is at most this. */
const MOST_DOUBT_OF_REFUSAL = 1 / 1_000; // MySQL refused
/** A port that was tried this often in vain stays unknown. If one SYN in two is lost, it takes a dozen tries. */
const MOST_TRIES = 32; // a ban that comes and goes
/** The longest wait for a control probe before a port is tried again, on a host that refuses what comes too fast, in milliseconds. */
const MOST_WAIT_MS = 2_000; // a limit that refuses, and a port
/**
 * On a host that refuses other ports, a silent port is rarer than a lost SYN: the tolerated doubt is divided by the number of
 * refusals, up to this. Only the logarithm of this bound matters.
 */
const MOST_REFUSED = 1_000; // –
/** If no SYN of this many control probes was answered, retransmissions are worth little. */
const NEVER_ANSWERED = 4; // one port answers after 2 s
/** How many of the likeliest ports get a second look if nothing answers: about as many as the catalogue has. */
const SECOND_LOOK_PORTS = 300; // a limit of 1,000 SYNs a second, silent but for SSH
/** Probes a second of that look, and at first to a host that refuses connections above a rate: a tenth of common limits. */
const SECOND_LOOK_PER_SECOND = 100; // a limit of 1,000 SYNs a second, silent but for SSH
const AFRESH_PER_SECOND = 100; // a required port is the first
// Hosts that stop answering
/** A host is unresponsive when control probes were lost, and nothing else was heard for this long, in milliseconds. */
const UNRESPONSIVE_MS = 1_200; // ports that a limit refused
/** The gap between control probes while nothing else is sent, and how long an unresponsive host is waited for, in milliseconds. */
const CALM_GAP_MS = 500; // six ports in one burst
const GIVE_UP_MS = 15_000; // seed 23
/**
 * A host that refuses and accepts in turn is given up after this many times as long: MySQL is probed every 10 s, and has to accept
 * three times.
 */
const UNEXPLAINED_TIMES = 4; // a host that accepts and refuses
// Refusals
/** An open port is asked after this many refusals, or when closed ports are silent. */
const REFUSALS_BETWEEN = 16; // a limit of 1,000 SYNs a second
/**
 * Up to this many questions are asked without a pause, one for every `REFUSALS_BETWEEN` probes: a scan of a few hundred ports is
 * over within milliseconds, and still has to run into a limit that refuses one connection in ten.
 */
const EARLY_QUESTIONS = 24; // seed 24
/** The gap between two questions: this share of the time since the first refusal, up to a number of milliseconds. */
const QUESTION_GAP_SHARE = 1 / 16; // seed 334
const MOST_QUESTION_GAP_MS = 250; // a limit that resets a burst
/**
 * A port that has refused has to accept this many times in a row, `CALM_GAP_MS` apart: of two hosts behind one address, either may
 * answer.
 */
const CALM_ANSWERS = 3; // a slow service alone
/** The window in which refusals are counted, in milliseconds. */
const SCARCE_WINDOW_MS = 2_000; // a limit that resets a burst
/**
 * Refusals are scarce if open ports answered at least this many control probes and lost none, and closed ones lost at least as
 * many, and this many times as many as they answered.
 */
const SCARCE_ANSWERED = 4; // ports that a limit refused
const SCARCE_SILENT_SHARE = 3; // a limit that resets a burst
/** With up to this many ports left, open ones are probed too seldom for one window to decide, so it is extended. */
const FEW_PORTS = 64; // a port that has refused once
// Congestion
/** New connections a second to an unknown host; with retransmissions, three times as many SYNs. */
const FIRST_PER_SECOND = 500; // a limit of 1,000 SYNs a second, silent but for five
/** The lowest rate of a host. Refusals that come at this rate or faster are not scarce: waiting for them takes no longer. */
const FEWEST_PER_SECOND = 10; // a max-rate that is far below
/** Probes that may leave at once: at the start; later, at least; and at most, if answers have earned more. */
const FIRST_BURST = 32; // one address for three hosts
const FEWEST_BURST = 4; // four sockets
const MOST_BURST = 1_000; // 20 % of SYNs lost
/** Tokens are given out at least this often, so that a rate is kept without bursts, in milliseconds. */
const SMOOTH_MS = 5; // 20 % of SYNs lost, silent
/** How many control probes it takes to judge a rate: if all of them were answered, and if some were not. */
const CONTROLS_TO_RAISE = 4; // a limit of 1,000 SYNs a second, silent but for five
const CONTROLS_TO_JUDGE = 16; // one port answers after 2 s
/** Fewer are enough to halve it if this many were lost, and at least half of them. */
const LOSSES_TO_HALVE = 4; // a limit that answers with ICMP
/** How many have to be answered before the rate exceeds what once got through. */
const CONTROLS_AT_CEILING = 32; // MySQL refused
/** Loss that exceeds that at a lower rate by this much is caused by the rate. */
const LOSS_TOLERANCE = 0.07; // seed 57
/** At a first rate, with nothing to compare it with, more loss than this is too much. */
const TOO_MUCH_LOSS = 0.35; // 20 % of SYNs lost, silent
/** Loss that is at least this share of what it was before a cut is the path's, not the rate's. */
const CONSTANT_LOSS_SHARE = 0.75; // seed 57
/** At least this share of what a higher rate adds has to get through. */
const GAIN_SHARE = 0.5; // seed 286
/** A rate of which less than this share was used proves nothing. */
const USED_SHARE = 0.5; // ten connections a second
/** The growth factor of a rate, below a ceiling and above it. */
const GROWTH = 2; // silent but for five
const CAREFUL_GROWTH = 1.1; // MySQL refused
/** This share of a ceiling is a rate that loses nothing; a ceiling exceeded by this factor without loss was none. */
const CEILING_MARGIN = 0.95; // a limit that answers with ICMP
const CEILING_PASSED = 1.15; // seed 2

;// CONCATENATED MODULE: ./lib/scan/engine/loss-estimator.js
/**
 * How much of what is sent to a host gets lost at a moment. Ports of it that are known to answer are probed again among
 * the others (control probes); the share that goes unanswered shows what the silence of another port is worth.
 */

function createLossEstimator() {
    return { sentAt: [], loads: [], fates: [], areOpen: [], delays: [], late: 0, never: 0, lateAnswers: 0 };
}
/** How many first SYNs of control probes were lost, as far as that is remembered. */
function countLost({ late, never }) {
    return late + never;
}
/** Whether anything was lost, or answered after a retransmission, as far as that is remembered. */
function isLossSeen(losses) {
    return countLost(losses) + losses.lateAnswers > 0;
}
/** Notes an answer to a retransmission that is not counted as a control probe's. */
function noteLateAnswer(losses) {
    const state = losses;
    state.lateAnswers += 1;
}
/** Notes that a control probe is sent. @returns its number, for `settleControl` */
function addControl(losses, now, { load, isOpen, delayMs }) {
    const { sentAt, loads, fates, areOpen, delays } = losses;
    delays.push(delayMs);
    fates.push('pending');
    areOpen.push(isOpen);
    loads.push(load);
    return sentAt.push(now) - 1;
}
/** Notes what became of a control probe. */
function settleControl(losses, number, fate) {
    const state = losses;
    // A control probe that was forgotten meanwhile stays forgotten.
    if (state.fates[number] !== 'pending')
        return;
    state.fates[number] = fate;
    if (fate === 'prompt' || fate === 'unsent')
        return;
    state[fate] += 1;
    if (countLost(state) < NEAREST)
        return;
    state.late /= 2;
    state.never /= 2;
}
/** Forgets all control probes so far: they do not measure what matters from now on. */
function forgetControls(losses) {
    const state = losses;
    state.fates.fill('unsent');
    state.late = 0;
    state.never = 0;
    state.lateAnswers = 0;
}
/**
 * Whether it is known what became of some control probe sent since a moment. Until then, nothing shows that the host was still
 * there.
 */
function isKnownSince(losses, since, now, timeoutMs) {
    const { sentAt, fates } = losses;
    let number = findFirstAfter(sentAt, since);
    while (fates[number] === 'unsent')
        number += 1;
    return number < fates.length && (fates[number] !== 'pending' || isLost(losses, number, now, timeoutMs));
}
/** Whether the first SYN of a control probe was lost, or its answer is so late that it counts as lost for now. */
function isLost({ sentAt, fates, delays }, number, now, timeoutMs) {
    const fate = fates[number];
    if (fate === 'pending')
        return now - sentAt[number] > timeoutMs + delays[number];
    return fate === 'late' || fate === 'never';
}
/**
 * The probability that all SYNs of a probe, or the answers to them, were lost.
 *
 * For the first SYN, it is the share of losses around that moment. Retransmissions are as likely to be lost as those of control
 * probes were. While little is known of those, the retransmissions of a probe that left among few count as SYNs like any other.
 * Retransmissions in a bunch are assumed lost half the time: each bunch has the same probes in the same order, so a limit or a
 * queue that dropped some drops them again, while the first SYNs of control probes, between the bunches, get through. (A queue
 * of a few hundred packets lost all three SYNs of 970 in 20,000 ports, and none of the control probes among them; a limit of
 * 1,000 a second lost all SYNs of an open port in one run of eight, where SSH was the only control port.)
 *
 * @param synTimes when the SYNs were sent, on the engine's clock
 * @param load probes a millisecond among which the first was sent
 * @param timeoutMs after how long an unanswered control probe counts as lost for now
 */
function missProbabilityOf(losses, synTimes, load, now, timeoutMs) {
    const [first = 1, ...retransmitted] = synTimes.map((time) => lossAt(losses, time, now, timeoutMs));
    if (retransmitted.length === 0)
        return first;
    const independent = retransmitted.reduce((product, loss) => product * loss, 1);
    const prior = load > BUNCHED_PER_MS ? Math.max(BUNCHED_RETRY_LOSS, independent) : independent;
    const { late, never } = losses;
    const seen = (never + RETRY_PRIOR_WEIGHT * prior) / (late + never + RETRY_PRIOR_WEIGHT);
    return first * Math.max(independent, seen);
}
/**
 * The share of first SYNs, or answers to them, lost around a moment, 0 to 1, as the nearest control probes saw it: those under
 * the load of that moment, or all of them, whichever lost more. An answer between two bursts does not show what a firewall that
 * limits SYNs drops within them, nor does a loss when nothing else was sent; a loss among fewer probes does. Half a loss is added
 * to those seen, so that a few answers do not count as certainty. Without any control probe it is 1.
 */
function lossAt(losses, moment, now, timeoutMs) {
    const { sentAt, loads, fates } = losses;
    let after = findFirstAfter(sentAt, moment);
    const load = (loads[after] ?? 0) * COMPARABLE_LOAD;
    let before = after - 1;
    let worst = isNextLost(losses, after, moment, now, timeoutMs) ? MAY_BE_GONE : 0;
    const all = { heard: 0, lost: 0 };
    const alike = { heard: 0, lost: 0 };
    while (alike.heard < NEAREST) {
        const back = before >= 0 ? moment - sentAt[before] : Number.POSITIVE_INFINITY;
        const ahead = after < sentAt.length ? sentAt[after] - moment : Number.POSITIVE_INFINITY;
        if (Math.min(back, ahead) > farthestOf(alike.heard))
            break;
        const number = back <= ahead ? before-- : after++;
        const isGone = isLost(losses, number, now, timeoutMs);
        if (!isGone && fates[number] !== 'prompt')
            continue;
        const isAlike = loads[number] >= load || (isGone && loads[number] > 0);
        for (const seen of isAlike ? [all, alike] : [all]) {
            seen.heard += 1;
            if (isGone)
                seen.lost += 1;
            if (seen.heard === NEIGHBOURS && seen.lost >= NEIGHBOURS / 2)
                worst = Math.max(worst, shareOf(seen));
        }
    }
    return alike.heard === 0 ? 1 : Math.max(worst, shareOf(all), shareOf(alike));
}
/** The nearest two count however far away they are: a lone service is probed less and less often. */
function farthestOf(heard) {
    if (heard < 2)
        return Number.MAX_VALUE;
    return heard < NEIGHBOURS ? FARTHEST_MS : FAR_MS;
}
function isNextLost(losses, next, moment, now, timeoutMs) {
    const { sentAt } = losses;
    if (next >= sentAt.length || sentAt[next] - moment < GONE_AFTER_MS)
        return false;
    return isLost(losses, next, now, timeoutMs);
}
function shareOf({ heard, lost }) {
    return Math.min(1, (lost + 0.5) / (heard + 1));
}
/** The position of the first time that is not before a moment; binary search. */
function findFirstAfter(times, moment) {
    let low = 0;
    let high = times.length;
    while (low < high) {
        const middle = (low + high) >> 1;
        if (times[middle] < moment)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

;// CONCATENATED MODULE: ./lib/scan/engine/rate-levels.js
/** Which rate is worthwhile, and which one to try next. */

/** The rate actually reached: lower if sockets or the processor are the limit, higher if answers have earned tokens. */
function measureRate({ probes, since, perSecond }, now) {
    const elapsed = Math.max(1, now - since);
    return Math.max(FEWEST_PER_SECOND, Math.min((probes * 1000) / elapsed, perSecond * 2));
}
/** Whether a rate gets more through than a lower one did, or loses hardly more. */
function isWorthwhile(level, baseline) {
    if (level.loss <= baseline.loss + LOSS_TOLERANCE)
        return true;
    const faster = level.perSecond / baseline.perSecond;
    const gain = (faster * (1 - level.loss)) / (1 - baseline.loss);
    return gain >= 1 + GAIN_SHARE * (faster - 1) && faster > 1.05;
}
/** Whether a rate is what got through at a rate that was too high. */
function isAtCeiling(perSecond, ceiling) {
    return perSecond >= ceiling * CEILING_MARGIN * 0.999;
}
/** The next rate to try, after one that went well. */
function nextRate({ perSecond, ceiling }, made) {
    if (isAtCeiling(perSecond, ceiling))
        return made * CAREFUL_GROWTH;
    return Math.min(made * GROWTH, ceiling * CEILING_MARGIN);
}

;// CONCATENATED MODULE: ./lib/scan/engine/rtt.js
/** The round-trip time of one host, and what follows from it for timeouts. */

function createRoundTrip() {
    return { srttMs: undefined, variationMs: 0, leastMs: Number.POSITIVE_INFINITY };
}
/** Whether an answer that took so long came to a retransmitted SYN. */
function isRetransmitted({ leastMs }, tookMs) {
    return tookMs >= leastMs + RETRANSMITTED_MS;
}
/** Takes one measured round trip into the estimate (RFC 6298, section 2). */
function addSample(estimate, sampleMs) {
    // An answer to a retransmitted SYN tells nothing about the round trip (Karn; RFC 6298, 3).
    if (isRetransmitted(estimate, sampleMs))
        return;
    estimate.leastMs = Math.min(estimate.leastMs, sampleMs);
    if (estimate.srttMs === undefined) {
        estimate.srttMs = sampleMs;
        estimate.variationMs = sampleMs / 2;
        return;
    }
    estimate.variationMs += (Math.abs(sampleMs - estimate.srttMs) - estimate.variationMs) / 4;
    estimate.srttMs += (sampleMs - estimate.srttMs) / 8;
}
/**
 * How long an answer may take before it is overdue, in milliseconds (RFC 6298, 2.3, plus this machine's lag). For answers to
 * retransmissions: `isRetransmitted`.
 */
function promptWithinMs({ srttMs, variationMs }) {
    return srttMs === undefined ? MAX_TIMEOUT_MS : srttMs + 4 * variationMs + LAG_MS;
}
/** The retransmission timeout (RTO, RFC 6298), in milliseconds: after it, an unanswered SYN counts as lost for now. */
function timeoutOf(roundTrip) {
    return Math.min(MAX_TIMEOUT_MS, Math.max(MIN_TIMEOUT_MS, promptWithinMs(roundTrip)));
}

;// CONCATENATED MODULE: ./lib/scan/engine/control-probes.js

function createControlProbes() {
    return {
        sentAt: Number.NEGATIVE_INFINITY,
        probesSince: 0,
        gapProbes: 0,
        streakAt: 0,
        streakEnd: Number.NEGATIVE_INFINITY,
        streak: 0,
        count: 0,
        isPlaced: false,
    };
}
/** Notes that a port probe leaves. */
function notePortProbe(timing, now) {
    timing.probesSince += 1;
    if (now - timing.streakEnd > METER_MS) {
        timing.streakAt = now;
        timing.streak = 0;
    }
    timing.streakEnd = now;
    timing.streak += 1;
}
/**
 * The load on a control probe that leaves now, in probes a millisecond: since the last control probe or, while few have been
 * sent, within the burst that it is part of.
 */
function loadAt(timing, now) {
    const { sentAt, probesSince, streakAt, streakEnd, streak } = timing;
    const load = probesSince / Math.max(1, now - sentAt);
    if (!areFew(timing) || now - streakEnd > METER_MS)
        return load;
    return Math.max(load, streak / Math.max(METER_MS, now - streakAt));
}
/** Whether few have been sent yet: then each burst needs one of its own. */
function areFew({ count }) {
    return count < NEAREST;
}
/** Whether it is time for the next control probe, wherever among the port probes it is to leave. */
function isTime({ sentAt, probesSince, gapProbes }, now) {
    const isLong = now - sentAt >= LONG_GAP_MS;
    return probesSince >= (isLong ? Math.min(FEWEST_PROBES_BETWEEN, gapProbes) : gapProbes);
}
/**
 * Once it is time for the next control probe, draws its place among the port probes: not at the head of each burst, where a
 * firewall that limits SYNs lets everything pass.
 *
 * @param perSecond how many probes leave a second
 */
function placeNext(timing, now, perSecond, random) {
    if (timing.isPlaced || !isTime(timing, now))
        return;
    timing.gapProbes = timing.probesSince + drawPlace(perSecond, random);
    timing.isPlaced = true;
}
/**
 * Whether the next control probe is to leave now, if some port may be probed.
 *
 * @param waiting how many ports wait for their probe
 * @param idleMs how long after the last control probe if none waits, in milliseconds
 */
function isDue(timing, now, waiting, idleMs) {
    const { sentAt, probesSince, gapProbes, isPlaced } = timing;
    if (waiting === 0 && now - sentAt >= idleMs)
        return true;
    // At the end of a burst, where it shows best what a limit drops.
    if (waiting === 0 && areFew(timing) && probesSince >= FEWEST_PROBES_BETWEEN)
        return true;
    return isPlaced && probesSince >= gapProbes;
}
/** Whether probes leave one by one, so that there are no places among them to choose from. */
function areAlone(perSecond) {
    return (CONTROL_SPREAD_MS / 1000) * perSecond < 1;
}
/**
 * After how many more port probes to send it. Sent by the clock alone, it would always lead a burst.
 *
 * @param perSecond how many probes leave a second
 */
function drawPlace(perSecond, random) {
    return Math.floor(random() * (CONTROL_SPREAD_MS / 1000) * perSecond);
}
/**
 * Notes that a control probe leaves, and after how many port probes the next one may follow.
 *
 * @param leastGapMs the shortest gap, in milliseconds
 * @param perSecond how many probes leave a second
 */
function noteSent(timing, leastGapMs, now, perSecond, random) {
    const between = Math.max(PROBES_BETWEEN, (leastGapMs / 1000) * perSecond);
    timing.gapProbes = Math.round(between * (0.5 + random()));
    timing.sentAt = now;
    timing.count += 1;
    timing.isPlaced = false;
    timing.probesSince = 0;
}

;// CONCATENATED MODULE: ./lib/scan/engine/send-tokens.js


function createSendTokens() {
    return { count: FIRST_BURST, filledAt: Number.NEGATIVE_INFINITY };
}
/** Takes a token for one probe at a rate; false when there is none for now. */
function takeSendToken(tokens, perSecond, now) {
    const fewest = areAlone(perSecond) ? 1 : FEWEST_BURST;
    const burst = Math.max(fewest, (perSecond * SMOOTH_MS) / 1000);
    // Tokens earned by answers stay; time alone fills the bucket only up to its burst.
    fill(tokens, perSecond, Math.max(tokens.count, burst), now);
    return take(tokens, 1);
}
/**
 * The same one by one, whatever answers have earned. Intervals vary by up to half, at random: probes in step with a limit, or with
 * the kernel's retransmissions, would be dropped each time.
 */
function takeSpreadToken(tokens, perSecond, random, now) {
    fill(tokens, perSecond, 1, now);
    return take(tokens, 0.5 + random());
}
/** An answer makes room for two more probes. */
function earnTwo(tokens) {
    tokens.count = Math.min(MOST_BURST, tokens.count + 2);
}
/** Leaves none: the next probe waits for its turn. */
function dropTokens(tokens) {
    tokens.count = 0;
}
function fill(tokens, perSecond, most, now) {
    const more = ((now - tokens.filledAt) / 1000) * perSecond;
    tokens.filledAt = now;
    tokens.count = Math.min(most, tokens.count + more);
}
function take(tokens, cost) {
    if (tokens.count < 1)
        return false;
    tokens.count -= cost;
    return true;
}

;// CONCATENATED MODULE: ./lib/scan/engine/congestion.js





/** @param proven a rate that is known to go well */
function createCongestion(proven) {
    return {
        perSecond: proven ?? FIRST_PER_SECOND,
        allowed: Number.POSITIVE_INFINITY,
        tokens: createSendTokens(),
        since: 0,
        probes: 0,
        nextControl: 0,
        answered: 0,
        lost: 0,
        isHeld: false,
        baseline: proven === undefined ? undefined : { perSecond: proven, loss: 0 },
        lossBefore: undefined,
        ceiling: Number.POSITIVE_INFINITY,
        settleMs: FULL_TIMEOUT_MS,
        settledAt: 0,
    };
}
/** Notes that a pass begins: what is known of the rate stays. */
function beginPass(congestion, now) {
    restart(congestion, now, 0);
}
/** Takes a token for one probe; false when there is none for now. */
function tryAcquire(congestion, now) {
    if (!takeSendToken(congestion.tokens, congestion.perSecond, now))
        return false;
    congestion.probes += 1;
    return true;
}
/** The same at a given rate, at random intervals. */
function tryAcquireSpread(congestion, perSecond, random, now) {
    if (!takeSpreadToken(congestion.tokens, perSecond, random, now))
        return false;
    congestion.probes += 1;
    return true;
}
/**
 * Slow start (RFC 5681, 3.1): a prompt answer makes room for two more probes, until something gets lost for the first time. So a
 * host that answers everything is probed as fast as it answers.
 */
function earnTokens(congestion) {
    if (congestion.lossBefore === undefined && !congestion.isHeld)
        earnTwo(congestion.tokens);
}
/** From now on a probe is one SYN: what got through with the help of the kernel's retransmissions no longer counts. */
function expectNoRetries(congestion) {
    congestion.settleMs = 0;
    congestion.ceiling = Number.POSITIVE_INFINITY;
}
/** From now on a host that has never answered is probed slowly, until it does. */
function slowDown(congestion, losses, now) {
    beginEmpty(congestion, Math.min(SECOND_LOOK_PER_SECOND, congestion.perSecond), losses, now);
}
/** From now on a host is probed slowly at first, one SYN a port: it refuses connections above a rate that is unknown. */
function startAfresh(congestion, losses, now) {
    beginEmpty(congestion, Math.min(AFRESH_PER_SECOND, congestion.perSecond), losses, now);
    expectNoRetries(congestion);
    congestion.baseline = undefined;
    congestion.isHeld = false;
    // As if everything had been lost: answers earn nothing more, and no loss is attributed to the path.
    congestion.lossBefore = 1;
}
/** From now on a host is probed as an unknown one: the losses had nothing to do with the rate. */
function forgetLoss(congestion, losses, now) {
    Object.assign(congestion, createCongestion());
    begin(congestion, FIRST_PER_SECOND, losses, now);
}
/**
 * Judges the rate by the control probes sent since it was set.
 *
 * @param allowed what else limits the host, in probes a second: its share of a `max-rate`
 */
function adjustRate(congestion, losses, roundTrip, allowed, now) {
    congestion.allowed = allowed;
    countSettled(congestion, losses, roundTrip, now);
    const { answered, lost, isLate } = countSince(congestion, losses, roundTrip, now);
    congestion.isHeld = isLate;
    if (lost === 0) {
        const enough = isAtCeiling(congestion.perSecond, congestion.ceiling)
            ? CONTROLS_AT_CEILING
            : CONTROLS_TO_RAISE;
        if (answered >= enough && !isLate)
            raise(congestion, 0, losses, now);
    }
    else if (answered + lost >= CONTROLS_TO_JUDGE)
        judge(congestion, lost / (answered + lost), losses, now);
    else if (lost >= LOSSES_TO_HALVE && lost >= answered)
        cut(congestion, 0.5, losses, now);
}
/** Counts the control probes that are settled, each once, however long the rate stays the same. */
function countSettled(congestion, losses, roundTrip, now) {
    const { fates } = losses;
    const timeoutMs = timeoutOf(roundTrip);
    for (; congestion.nextControl < fates.length; congestion.nextControl++) {
        const number = congestion.nextControl;
        if (fates[number] === 'pending')
            return;
        if (!counts(congestion, losses, number))
            continue;
        if (isLost(losses, number, now, timeoutMs))
            congestion.lost += 1;
        else if (fates[number] === 'prompt')
            congestion.answered += 1;
    }
}
/** Whether a control probe counts: one sent while the rate was not used up says nothing about it. */
function counts({ perSecond, allowed, settledAt }, { sentAt, loads }, number) {
    const least = (Math.min(perSecond, allowed) / 1000) * USED_SHARE;
    return loads[number] >= least && sentAt[number] >= settledAt;
}
/** Counts up to the first control probe that may still be answered in time: of those after it, only the quick ones are settled. */
function countSince(congestion, losses, roundTrip, now) {
    const { sentAt, fates, delays } = losses;
    const timeoutMs = timeoutOf(roundTrip);
    let { answered, lost } = congestion;
    for (let number = congestion.nextControl; number < fates.length; number++) {
        if (isLost(losses, number, now, timeoutMs)) {
            if (counts(congestion, losses, number))
                lost += 1;
        }
        else if (fates[number] === 'prompt') {
            if (counts(congestion, losses, number))
                answered += 1;
        }
        else if (fates[number] === 'pending') {
            const promptMs = promptWithinMs(roundTrip) + delays[number];
            return { answered, lost, isLate: now - sentAt[number] > promptMs };
        }
    }
    return { answered, lost, isLate: false };
}
function judge(congestion, loss, losses, now) {
    const { baseline, lossBefore } = congestion;
    const level = { perSecond: measureRate(congestion, now), loss };
    // Slowing down has changed nothing: it is the path that is lossy.
    const isConstant = lossBefore !== undefined && loss >= lossBefore * CONSTANT_LOSS_SHARE && loss <= TOO_MUCH_LOSS;
    if (isConstant)
        congestion.ceiling = Number.POSITIVE_INFINITY;
    const isGood = baseline ? isWorthwhile(level, baseline) : loss <= TOO_MUCH_LOSS;
    if (isConstant || isGood)
        raise(congestion, loss, losses, now);
    else
        cut(congestion, loss, losses, now);
}
/** Slows down to what gets through. */
function cut(congestion, loss, losses, now) {
    const { baseline } = congestion;
    congestion.lossBefore = loss;
    congestion.ceiling = measureRate(congestion, now) * (1 - loss);
    const next = Math.max(FEWEST_PER_SECOND, congestion.ceiling * CEILING_MARGIN);
    if (baseline && baseline.perSecond > next)
        congestion.baseline = { perSecond: next, loss: baseline.loss };
    beginEmpty(congestion, next, losses, now);
    congestion.settledAt = now + congestion.settleMs;
}
function raise(congestion, loss, losses, now) {
    const perSecond = measureRate(congestion, now);
    // A little more loss each time would add up: the smallest loss stays the reference.
    congestion.baseline = { perSecond, loss: Math.min(loss, congestion.baseline?.loss ?? 1) };
    if (perSecond > congestion.ceiling * CEILING_PASSED)
        congestion.ceiling = Number.POSITIVE_INFINITY;
    // A rate that is not used up proves nothing about a higher one.
    const isUsed = perSecond >= congestion.perSecond * USED_SHARE;
    const next = isUsed ? nextRate(congestion, Math.max(perSecond, congestion.perSecond)) : congestion.perSecond;
    begin(congestion, next, losses, now);
}
function beginEmpty(congestion, perSecond, losses, now) {
    dropTokens(congestion.tokens);
    begin(congestion, perSecond, losses, now);
}
function begin(congestion, perSecond, { fates }, now) {
    congestion.perSecond = perSecond;
    restart(congestion, now, fates.length);
}
function restart(congestion, now, nextControl) {
    Object.assign(congestion, { since: now, probes: 0, nextControl, answered: 0, lost: 0 });
}

;// CONCATENATED MODULE: ./lib/scan/outcome.js
/** Refused, by the port or by something in front of it. */
const REFUSED = { state: 'closed', reason: 'conn-refused' };
/** A connection was established. */
const outcome_OPEN = { state: 'open', reason: 'syn-ack' };
/** No answer at all. */
const SILENT = { state: 'filtered', reason: 'no-response' };
/** Not probed, and why. */
const UNDONE = {
    timeLimit: { state: 'unknown', reason: 'time-limit' },
    aborted: { state: 'unknown', reason: 'aborted' },
    wentSilent: { state: 'unknown', reason: 'went-silent' },
    tooLossy: { state: 'unknown', reason: 'too-lossy' },
    startedRefusing: { state: 'unknown', reason: 'started-refusing' },
};
/** Every distinct outcome, once. There are about twenty, so one byte is enough for a key; key 0 means none. */
const outcomes = (/* unused pure expression or super */ null && ([undefined]));
const keysByName = new Map();
/** Most are found by identity: a scan asks for each port. */
const keys = new WeakMap();
/** The byte that stands for an outcome. */
function outcome_keyOf(outcome) {
    const known = keys.get(outcome);
    if (known !== undefined)
        return known;
    const name = `${outcome.state} ${outcome.reason}`;
    const key = keysByName.get(name) ?? outcomes.push(outcome) - 1;
    keysByName.set(name, key);
    keys.set(outcome, key);
    return key;
}
/** The outcome of a key; undefined for 0. */
function outcome_outcomeOfKey(key) {
    return outcomes[key];
}
/** The keys of all outcomes that fit. */
function outcome_listKeys(fits) {
    return outcomes.flatMap((outcome, key) => (outcome && fits(outcome) ? key : []));
}
/** Whether the outcome is a local shortage, so that slowing down and trying again may help. */
function isShortage(outcome) {
    return outcome.reason === 'fd-limit' || outcome.reason === 'no-source-port';
}

;// CONCATENATED MODULE: ./lib/scan/targets/target.js



/** An address of which nothing is known yet. */
function createTarget(address, ports, { deadline, limiters, expected }) {
    return {
        address,
        ports,
        expected,
        keys: new Uint8Array(ports.length),
        rttMs: new Map(),
        confirmed: new Set(),
        roundTrip: createRoundTrip(),
        congestion: createCongestion(),
        deadline,
        limiters,
    };
}
/** Notes that a port was open a second time. */
function noteConfirmed({ confirmed }, port) {
    confirmed.add(port);
}
/** Notes that a host no longer accepts connections. */
function noteChanged(target, changed) {
    target.changed = changed;
}
/** Replaces the outcome of a port. */
function record(target, position, outcome) {
    target.keys[position] = keyOf(outcome);
}
/** The same for many ports that share an outcome. */
function recordAll({ keys }, positions, outcome) {
    const key = keyOf(outcome);
    for (let index = 0; index < positions.length; index++)
        keys[positions[index]] = key;
}
/** Notes what became of ports that are not known to be open. */
function recordUnlessOpen({ keys }, positions, outcome) {
    const [key, open] = [keyOf(outcome), keyOf(OPEN)];
    for (let index = 0; index < positions.length; index++) {
        const position = positions[index];
        if (keys[position] !== open)
            keys[position] = key;
    }
}
/** The outcome of the port at a position; undefined as long as it has none. */
function outcomeAt(target, position) {
    return outcomeOfKey(target.keys[position] ?? 0);
}
/** The positions whose outcome fits, ascending. */
function findPositions({ keys }, fits) {
    const wanted = listKeys(fits);
    // Usually there is none, and a search for a byte is fast.
    if (!wanted.some((key) => keys.includes(key)))
        return [];
    const isWanted = new Uint8Array(256);
    for (const key of wanted)
        isWanted[key] = 1;
    const positions = [];
    for (let position = 0; position < keys.length; position++) {
        if (isWanted[keys[position]])
            positions.push(position);
    }
    return positions;
}
/** A port that was to be probed and has no outcome: it was not seen, for whatever reason. */
const MISSED = { state: 'unknown', reason: 'unexpected-error' };
/** Different targets whose ranges are kept, and the most ports of one: mostly very many hosts are alike. */
const MOST_KEPT = 1_024;
const MOST_KEPT_PORTS = 8_192;
/**
 * As `summarise`; targets and lists of ports that are alike share their ranges, since a host with the ports of the catalogue has
 * hundreds of them. Nobody may change them.
 */
function rememberSummaries() {
    const numbers = new Map();
    const numberOf = (list) => {
        if (!numbers.has(list))
            numbers.set(list, numbers.size);
        return numbers.get(list);
    };
    const kept = new Map();
    return (target, wanted) => {
        const { ports, keys } = target;
        if (keys.length > MOST_KEPT_PORTS)
            return summarise(target, wanted);
        const text = Buffer.from(keys.buffer, keys.byteOffset, keys.byteLength).toString('latin1');
        const key = `${numberOf(ports)} ${numberOf(wanted)} ${text}`;
        const known = kept.get(key);
        if (known)
            return known;
        const summary = summarise(target, wanted);
        if (kept.size < MOST_KEPT)
            kept.set(key, summary);
        return summary;
    };
}
/** The ports of each outcome as ranges, for the ports that `wanted` has (ascending). */
function summarise(target, wanted) {
    const { ports, keys } = target;
    const byOutcome = new Map();
    let position = 0;
    let key = -1;
    let last = { from: 0, to: -1 };
    for (const port of wanted) {
        while ((ports[position] ?? port) < port)
            position++;
        const next = keys[position] ?? 0;
        // Mostly a port has what the port before it has.
        if (next === key && port === last.to + 1) {
            last.to = port;
            continue;
        }
        key = next;
        const outcome = outcomeOfKey(key) ?? MISSED;
        const ranges = byOutcome.get(outcome) ?? [];
        if (ranges.length === 0)
            byOutcome.set(outcome, ranges);
        last = { from: port, to: port };
        ranges.push(last);
    }
    return byOutcome;
}
function isOpen({ state }) {
    return state === 'open';
}
/** The ports that are open, ascending. */
function listOpen(target) {
    return findPositions(target, isOpen).map((position) => target.ports[position]);
}
/** The targets of some sites, each once: endpoints share them. */
function listTargets(sites) {
    return [...new Set(sites.map(({ target }) => target))];
}
/** How many pairs of address and port are to be probed on some targets. */
function countPairs(targets) {
    return targets.reduce((sum, { ports }) => sum + ports.length, 0);
}

;// CONCATENATED MODULE: ./lib/scan/engine/courtesy.js
/** How often services are probed as control ports. */
/** Enough to find the rate of a host soon. */
const COURTESY = { budget: 40, gapMs: 250, gapShare: 0 };
/** For a port whose number says nothing, which may be MySQL: 90 times in 10 minutes, and rarely after that. */
const CAREFUL = { budget: 24, gapMs: 250, gapShare: 1 / 8 };
/**
 * Services that penalise a client for connecting and saying nothing. OpenSSH 9.8 adds a second to the penalty of
 * its address each time, and refuses it from 15 s on (`PerSourcePenalties noauth` and `min`); MySQL blocks it after 100
 * times (`max_connect_errors`).
 */
const TOUCHY = {
    ssh: { budget: 6, gapMs: 1_000, gapShare: 0 },
    mysql: { budget: 16, gapMs: 10_000, gapShare: 1 / 8 },
};
/** After this many probes a port is listened to once: it may not be what its number says. */
const LISTEN_AFTER = 4;

;// CONCATENATED MODULE: ./lib/scan/engine/open-control.js
/** One open port that is known to answer: how often it may be asked, and how it has answered. */


/**
 * @param service what probably listens there
 * @param tookMs after how long it has answered, 0 where that is not known
 */
function createOpenControl(port, service, tookMs) {
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
    };
}
/**
 * Whether it may be asked now.
 *
 * @param reserve how much of its budget must be left over
 */
function mayBeAsked({ budget, gapMs, gapShare, firstAskedAt, askedAt }, now, reserve = 0) {
    return budget > reserve || now - askedAt >= Math.max(gapMs, (now - (firstAskedAt ?? now)) * gapShare);
}
/** Whether it never answered as quickly as the host, so that it is slow by itself. */
function isSlow({ answers, quickestMs }, isLateFor) {
    return answers >= LOSSES_IN_A_ROW && isLateFor(quickestMs);
}
/** Notes that it is asked. @returns how often it was */
function noteOpenAsked(control, now) {
    control.budget = Math.max(0, control.budget - 1);
    control.firstAskedAt ??= now;
    control.askedAt = now;
    control.asked += 1;
    return control.asked;
}
/** Notes that it has answered. */
function noteOpenAnswer(control) {
    control.losses = 0;
    control.losingSince = undefined;
}
/** Notes that it has not. @param startedAt when it was asked */
function noteOpenLoss(control, startedAt) {
    control.losses += 1;
    control.losingSince ??= startedAt;
}
/** Notes after how long it has accepted. */
function noteAcceptedAfter(control, tookMs) {
    control.answers += 1;
    control.quickestMs = Math.min(control.quickestMs, tookMs);
}
/** From now on it is asked no more often than a service tolerates. */
function limitTo(control, courtesy) {
    Object.assign(control, courtesy, { budget: Math.min(control.budget, courtesy.budget) });
}

;// CONCATENATED MODULE: ./lib/scan/engine/control-ports.js
/** Which ports of a host are known to answer, so that their silence is a loss. */



function createControlPorts(listenTo = () => { }) {
    const state = {
        closed: [],
        silentSince: new Map(),
        open: [],
        turn: 0,
        areRefusalsScarce: false,
        listenTo,
    };
    return state;
}
/**
 * Notes that a port has answered promptly.
 *
 * @param service what probably listens there
 * @param tookMs after how long it has answered, where that is known
 */
function admitControl(controls, port, state, service, tookMs = 0) {
    const { closed, open, areRefusalsScarce } = controls;
    const isNewClosed = state === 'closed' && !areRefusalsScarce && !closed.includes(port);
    if (isNewClosed && closed.length < MOST_CLOSED_CONTROLS)
        closed.push(port);
    if (state === 'open' && open.length < MOST_OPEN_CONTROLS && !isOpenControl(controls, port)) {
        open.push(createOpenControl(port, service, tookMs));
    }
}
/**
 * Notes whether a control port has answered. One that stays silent for a while, although the host answers, is dropped: a
 * firewall that counts connections to SSH drops the next ones, and of several hosts behind one address only some have the port
 * open. Neither is a loss. Closed ports get more time, since a host may limit its refusals; but a port that only seemed closed,
 * because a limit refused in its place, may stay silent for good.
 *
 * @param heardAt when the host last answered
 * @param startedAt when the port was asked
 */
function noteAnswer(controls, port, answer, heardAt, startedAt) {
    const { closed, open } = controls;
    if (closed.includes(port))
        noteClosedAnswer(controls, port, answer, heardAt, startedAt);
    const control = open.find((one) => one.port === port);
    if (!control)
        return;
    if (answer === 'answered') {
        noteOpenAnswer(control);
        return;
    }
    noteOpenLoss(control, startedAt);
    // Silence is that of the whole host unless it answers later than this; a refusal has come from somewhere.
    const since = answer === 'refused' ? (control.losingSince ?? startedAt) : startedAt;
    const others = closed.length + open.length - 1;
    const hasHostAnswered = heardAt !== undefined && heardAt > since;
    if (control.losses >= LOSSES_IN_A_ROW && others > 0 && hasHostAnswered)
        dropOpen(controls, port);
}
function noteClosedAnswer(controls, port, answer, heardAt, startedAt) {
    const { silentSince, closed, open } = controls;
    if (answer !== 'silent') {
        silentSince.delete(port);
        return;
    }
    const since = silentSince.get(port) ?? startedAt;
    silentSince.set(port, since);
    const hasHostAnswered = heardAt !== undefined && heardAt > startedAt;
    if (startedAt - since < GIVE_UP_MS || closed.length + open.length === 1 || !hasHostAnswered)
        return;
    dropClosedPort(controls, port);
}
/**
 * Notes how long an open port took to answer. A service that never answered as quickly as the host is now known to (it may
 * have been admitted while this machine was busy) is slow by itself: nothing is lost there. It is dropped if other ports answer.
 */
function noteDelay(controls, port, tookMs, isLateFor) {
    const control = controls.open.find((one) => one.port === port);
    if (!control)
        return;
    noteAcceptedAfter(control, tookMs);
    const others = controls.closed.length + controls.open.length - 1;
    if (others > 0 && isSlow(control, isLateFor))
        dropOpen(controls, port);
}
/**
 * How much of a control port's response time is its own, in milliseconds: its quickest answer if it is slow by itself, else
 * 0.
 */
function ownDelayOf({ open }, port, isLateFor) {
    const control = open.find((one) => one.port === port);
    return control && isSlow(control, isLateFor) ? control.quickestMs : 0;
}
/** Notes what an open port has said unprompted: from now on it is asked no more often than that service tolerates. */
function noteService(controls, port, service) {
    const control = controls.open.find((one) => one.port === port);
    const touchy = TOUCHY[service];
    if (control && touchy)
        limitTo(control, touchy);
}
/** Drops a port that seems to be open no longer. */
function dropOpen(controls, port) {
    const state = controls;
    state.open = state.open.filter((one) => one.port !== port);
}
/** Drops a port that is not closed after all. */
function dropClosedPort(controls, port) {
    const state = controls;
    state.closed = state.closed.filter((one) => one !== port);
    state.silentSince.delete(port);
}
/** Stops using closed ports. */
function dropClosed(controls, why) {
    const state = controls;
    state.closed = [];
    state.areRefusalsScarce ||= why === 'refusals-scarce';
}
function isOpenControl({ open }, port) {
    return open.some((one) => one.port === port);
}
function isClosedControl({ closed }, port) {
    return closed.includes(port);
}
/** Whether some port may be probed now: a closed one always, since a reset costs the host nothing. */
function canProbe(controls, now) {
    return controls.closed.length > 0 || isOpenReady(controls, now, 0);
}
function hasControl({ closed, open }) {
    return closed.length + open.length > 0;
}
/**
 * Whether some open port may be asked now.
 *
 * @param reserve how much of its budget must be left over
 */
function isOpenReady({ open }, now, reserve, fits = () => true) {
    return open.some((one) => fits(one.port) && mayBeAsked(one, now, reserve));
}
/** Takes the port whose turn it is: closed ports first, since a reset costs the host nothing. */
function takeControl(controls, now) {
    const state = controls;
    const { closed } = state;
    if (closed.length > 0)
        return closed[state.turn++ % closed.length];
    return takeOpen(controls, now);
}
/** Takes the open port that has most of its budget left, then that which has waited longest. */
function takeOpen(controls, now, fits = () => true) {
    const { open, listenTo } = controls;
    const able = open.filter((one) => fits(one.port));
    const ready = able.filter((one) => mayBeAsked(one, now));
    const next = (ready.length > 0 ? ready : able).reduce((best, one) => one.budget > best.budget || (one.budget === best.budget && one.askedAt < best.askedAt) ? one : best);
    if (noteOpenAsked(next, now) === LISTEN_AFTER)
        listenTo(next.port);
    return next.port;
}

;// CONCATENATED MODULE: ./lib/scan/engine/in-flight.js
/** Finished probes are dropped once they are more than this, and more than half of all: few are kept, and few are moved. */
const FEWEST_DROPPED = 32;
function createInFlight() {
    return { fullTimeout: { probes: [], head: 0 }, singleSyn: { probes: [], head: 0 }, portProbes: 0 };
}
function addProbe(inFlight, probe) {
    const state = inFlight;
    const isSingleSyn = probe.kind === 'port' && probe.isSingleSyn;
    const { probes } = isSingleSyn ? state.singleSyn : state.fullTimeout;
    probes.push(probe);
    if (probe.kind === 'port')
        state.portProbes += 1;
}
/** Notes that a port probe has ended. */
function notePortProbeDone(inFlight) {
    const state = inFlight;
    state.portProbes -= 1;
}
/** Hands out each probe of a queue whose timeout is over, once. */
function forEachExpired(inFlight, which, timeoutMs, now, expire) {
    const queue = inFlight[which];
    const { probes } = queue;
    while (queue.head < probes.length) {
        const probe = probes[queue.head];
        if (!probe.isDone && now - probe.startedAt < timeoutMs)
            break;
        queue.head += 1;
        if (!probe.isDone)
            expire(probe);
    }
    if (queue.head > FEWEST_DROPPED && queue.head * 2 > probes.length) {
        queue.probes = probes.slice(queue.head);
        queue.head = 0;
    }
}
/** The probes that have not ended yet. */
function listUnanswered({ fullTimeout, singleSyn }) {
    return [fullTimeout, singleSyn].flatMap(({ probes, head }) => probes.slice(head).filter(({ isDone }) => !isDone));
}

;// CONCATENATED MODULE: ./lib/scan/engine/liveness.js
/** Whether a host that has answered still does. */


/** @param heardAt when the host last answered */
function createLiveness(heardAt) {
    return { heardAt, isUnresponsive: false, unresponsiveAt: 0 };
}
/** Notes that the host has answered. */
function noteHeard(liveness, now) {
    liveness.heardAt = now;
}
/** Sends control probes only, or all again. */
function setUnresponsive(liveness, isUnresponsive, now) {
    if (isUnresponsive && !liveness.isUnresponsive)
        liveness.unresponsiveAt = now;
    liveness.isUnresponsive = isUnresponsive;
}
/**
 * Whether a host has become `unresponsive`: several control probes in a row were lost, and nothing else was heard. Or whether
 * it is `gone`: it has been unresponsive for long enough, and as many control probes have been sent since. Those take longer if
 * sockets are few, or if its only service may be probed only now and then. A host that accepts and refuses in turn is given up
 * too, if nothing explains that for long.
 *
 * @param isAsked whether control probes are sent as usual; if so, only their silence is a reason to give the host up
 */
function checkLiveness({ heardAt, isUnresponsive, unresponsiveAt }, losses, now, timeoutMs, isAsked) {
    if (heardAt === undefined)
        return undefined;
    const { fates, sentAt } = losses;
    if (isUnresponsive) {
        const since = Math.max(heardAt, unresponsiveAt);
        const isEnough = !isAsked || (sentAt.at(-LOSSES_IN_A_ROW) ?? 0) >= since;
        const isUnexplained = !isAsked && now - unresponsiveAt > GIVE_UP_MS * UNEXPLAINED_TIMES;
        return isUnexplained || (isEnough && now - since > GIVE_UP_MS) ? 'gone' : undefined;
    }
    if (now - heardAt < UNRESPONSIVE_MS || fates.length < LOSSES_IN_A_ROW)
        return undefined;
    let lost = 0;
    for (let number = fates.length - 1; number >= 0 && lost < LOSSES_IN_A_ROW; number--) {
        if (isLost(losses, number, now, timeoutMs))
            lost += 1;
        else if (fates[number] === 'prompt')
            return undefined;
    }
    return lost >= LOSSES_IN_A_ROW ? 'unresponsive' : undefined;
}

;// CONCATENATED MODULE: ./lib/scan/engine/no-response.js
/** When the silence of a port is believed; after the last try: `probe-expiry.ts`. */


function createNoResponses() {
    const state = {
        missProbability: undefined,
        limitProbability: undefined,
        tries: undefined,
        unverified: [],
        isSecondLook: false,
        awaitingControl: [],
        ignoreKernelRetries: false,
    };
    return state;
}
/** Keeps a position that was silent while no port was known to answer. */
function keepUnverified(noResponses, position) {
    const { unverified } = noResponses;
    unverified.push(position);
}
/** Takes up to a number of those positions, the first ones first. */
function takeUnverified(noResponses, most = Number.POSITIVE_INFINITY) {
    return noResponses.unverified.splice(0, most);
}
function noteSecondLook(noResponses) {
    const state = noResponses;
    state.isSecondLook = true;
}
/** Keeps a silent probe until a control probe shows what its silence was worth. */
function awaitControl(noResponses, probe) {
    const { awaitingControl } = noResponses;
    awaitingControl.push(probe);
}
/** Takes all silent probes that wait for a control probe. */
function takeAwaiting(noResponses) {
    const state = noResponses;
    const { awaitingControl } = state;
    state.awaitingControl = [];
    return awaitingControl;
}
/** Whether hardly any retransmission was answered, so that SYNs of the engine's own are worth more. */
function areRetriesWorthless({ late, never }) {
    return never >= NEVER_ANSWERED && never > late;
}
/** From now on the kernel's retransmissions are not waited for. */
function no_response_ignoreKernelRetries(noResponses) {
    const state = noResponses;
    state.ignoreKernelRetries = true;
}
/** Whether it is known what became of some control probe sent since a moment; always true if there is no control port. */
function isVerifiedSince(startedAt, { losses, hasControl, timeoutMs, now }) {
    return !hasControl || isKnownSince(losses, startedAt, now, timeoutMs);
}
/**
 * Weighs the silence of a port, or what the network said of it. A firewall may send the same ICMP error for connections above a
 * limit as for a port that it forbids, so ICMP proves no more than silence does. `enough`: the control probes sent around its
 * SYNs were answered, or several tries have made the doubt small. `again`: it takes SYNs at other moments. `awaiting-control`:
 * enough, once it is known what became of a control probe sent after it.
 */
function weighSilence(noResponses, { position, startedAt, answer, isSingleSyn, load }, circumstances) {
    const { losses, synTimesMs, timeoutMs, now } = circumstances;
    // An answer belongs to one of the SYNs, usually the first.
    const synTimes = isSingleSyn || answer ? [startedAt] : synTimesMs.map((time) => startedAt + time);
    // What was refused and what was silent are doubts of their own.
    const kept = isRefusal(answer) ? noResponses.limitProbability : noResponses.missProbability;
    const before = kept?.[position] || 1;
    const missProbability = before * missProbabilityOf(losses, synTimes, load, now, timeoutMs);
    const most = isRefusal(answer) ? MOST_DOUBT_OF_REFUSAL : mostDoubt(circumstances, load);
    if (missProbability > most)
        return { worth: 'again', missProbability };
    return { worth: isVerifiedSince(startedAt, circumstances) ? 'enough' : 'awaiting-control', missProbability };
}
function isRefusal(answer) {
    return answer?.state === 'closed';
}
/**
 * Keeps the remaining doubt about a port until its next try.
 *
 * @param portCount how many ports the target has
 * @returns how often it was probed in vain
 */
function keepDoubt(noResponses, { position, answer }, missProbability, portCount) {
    const state = noResponses;
    const kind = isRefusal(answer) ? 'limitProbability' : 'missProbability';
    const kept = state[kind] ?? new Float32Array(portCount);
    kept[position] = missProbability;
    state[kind] = kept;
    state.tries ??= new Uint8Array(portCount);
    const tries = state.tries[position] + 1;
    state.tries[position] = tries;
    return tries;
}
function mostDoubt({ losses, refused }, load) {
    const isAtEase = load <= AT_EASE_PER_MS && refused === 0 && !isLossSeen(losses);
    return isAtEase ? MOST_DOUBT_AT_EASE : MOST_DOUBT / Math.max(1, Math.min(MOST_REFUSED, refused));
}

;// CONCATENATED MODULE: ./lib/scan/engine/port-queue.js
/** @param order the order of the first probes */
function createPortQueue(order) {
    return { order, next: 0, end: order.length, lent: 0, retries: [] };
}
/** How many positions wait for a probe. */
function countWaiting({ next, end, retries }) {
    return end - next + retries.length;
}
/**
 * Takes the next position, undefined when there is none. Retries come in random order: they were silent together, and a firewall
 * that lets the first SYNs of each burst pass would always drop the same ones.
 */
function takeNext(queue, random) {
    const state = queue;
    const { retries } = state;
    if (state.next < state.end)
        return state.order[state.next++];
    const last = retries.pop();
    if (last === undefined || retries.length === 0)
        return last;
    const index = Math.floor(random() * (retries.length + 1));
    if (index === retries.length)
        return last;
    const position = retries[index];
    retries[index] = last;
    return position;
}
/** Takes all positions that wait. */
function takeAll(queue) {
    const state = queue;
    const { order, next, end, retries } = state;
    const rest = order instanceof Uint16Array ? order.subarray(next, end) : order.slice(next, end);
    state.next = end;
    state.retries = [];
    return [rest, retries];
}
/** Probes a position again, after all that were not probed yet. */
function retry(queue, position) {
    const { retries } = queue;
    retries.push(position);
}
/** The same for many positions. */
function retryAll(queue, positions) {
    const { retries } = queue;
    for (let index = 0; index < positions.length; index++)
        retries.push(positions[index]);
}
/** Gives a share (0 to 1) of the ports not probed yet, the last ones, to another thread. */
function lend(queue, share) {
    const state = queue;
    const start = Math.ceil(state.end - (state.end - state.next) * share);
    const positions = state.order.slice(start, state.end);
    state.end = start;
    state.lent = positions.length;
    return positions;
}
/** Notes that the other thread has reported one of them. */
function noteReturned(queue) {
    const state = queue;
    state.lent -= 1;
}
/** Takes back what the other thread has not reported. */
function takeBack(queue, unreported) {
    const state = queue;
    retryAll(state, unreported);
    state.lent = 0;
}

;// CONCATENATED MODULE: ./lib/scan/engine/refusals.js

function createRefusals() {
    const state = {
        trust: 'given',
        held: new Uint16Array(0),
        count: 0,
        proven: 0,
        heldWhenAsked: 0,
        askedAt: Number.NEGATIVE_INFINITY,
        beganAt: 0,
        questions: 0,
        probesSince: 0,
        isRechecked: false,
        isTailDue: false,
        place: undefined,
        marks: new Map(),
        suspect: undefined,
        refusedAt: undefined,
    };
    return state;
}
/** Holds a refusal back until an open port accepts after it. */
function holdRefusal(refusals, position, now) {
    const state = refusals;
    const { held, count } = state;
    if (count === held.length) {
        state.held = new Uint16Array(Math.max(64, count * 2));
        state.held.set(held);
    }
    if (count === 0)
        state.beganAt = now;
    state.held[count] = position;
    state.count += 1;
}
/** Takes all that are held: those that are proven, and the others. */
function takeRefusals(refusals) {
    const state = refusals;
    const { held, count, proven } = state;
    Object.assign(state, { held: new Uint16Array(0), count: 0, proven: 0, heldWhenAsked: 0 });
    return { proven: held.subarray(0, proven), unproven: held.subarray(proven, count) };
}
/** Whether the refused ports still have to be probed a second time. */
function needsRecheck({ trust, isRechecked, count, questions }) {
    return trust === 'given' && !isRechecked && count > 0 && questions < EARLY_QUESTIONS;
}
/** Takes those that were held last for a recheck; an open port is asked behind them, in the same burst. */
function takeForRecheck(refusals) {
    const state = refusals;
    const left = Math.max(0, state.count - FIRST_BURST);
    const taken = state.held.slice(left, state.count);
    state.count = left;
    state.proven = Math.min(state.proven, left);
    state.heldWhenAsked = Math.min(state.heldWhenAsked, left);
    state.isRechecked = true;
    state.isTailDue = true;
    return taken;
}
/** Believes all refusals: none is held any more that could be in doubt. */
function endDoubt(refusals) {
    const state = refusals;
    state.trust = 'given';
}
/** Whether it is not yet known what the refusals of a host are worth, and an open port can show it. */
function isInDoubt(refusals, controls) {
    const { trust, count, proven } = refusals;
    if (trust === 'suspended')
        return true;
    if (trust !== 'given' || controls.open.length === 0)
        return false;
    return count > proven || needsRecheck(refusals);
}
/** Sets after how many more port probes the next question is asked. */
function setPlace(refusals, place) {
    const state = refusals;
    state.place = place;
}
/** Notes that a port probe leaves. */
function refusals_notePortProbe(refusals) {
    const state = refusals;
    state.probesSince += 1;
    if (state.place)
        state.place -= 1;
}
/** Notes that an open port is asked, by the control probe of this number. */
function noteAsked(refusals, control, now) {
    const state = refusals;
    state.marks.set(control, state.count);
    state.place = undefined;
    state.isTailDue = false;
    state.questions += 1;
    state.probesSince = 0;
    state.heldWhenAsked = state.count;
    state.askedAt = now;
}
/** Suspends all trust because of a port that was thought to be closed, and has accepted the control probe of this number. */
function suspectRefusal(refusals, port, control, now) {
    const state = refusals;
    // It is asked only once all else has come to rest.
    state.askedAt = now;
    state.trust = 'suspended';
    state.suspect = { port, control, accepted: 0, silent: 0, othersAccept: true };
}
/** Takes one refusal back. @returns whether it was held */
function dropRefusal(refusals, position) {
    const state = refusals;
    const index = state.held.subarray(0, state.count).indexOf(position);
    if (index < 0)
        return false;
    state.held.copyWithin(index, index + 1, state.count);
    state.count -= 1;
    if (index < state.proven)
        state.proven -= 1;
    state.heldWhenAsked = Math.min(state.heldWhenAsked, state.count);
    return true;
}
/**
 * Takes in what an open port has answered. One that refuses suspends all trust. If it then accepts every time while nothing else
 * is sent, the host refuses connections above a rate. If it does not, but others accept, it has closed, or only one of the hosts
 * behind this address has it open: it is no longer a control port, and the rest stands.
 */
function judgeAnswer(refusals, port, control, answer, now) {
    const state = refusals;
    const mark = state.marks.get(control);
    state.marks.delete(control);
    if (mark === undefined)
        return 'none';
    if (answer === 'refused')
        state.refusedAt = now;
    if (answer === 'accepted')
        state.proven = Math.max(state.proven, Math.min(mark, state.count));
    if (state.trust === 'given')
        return judgeTrusted(state, port, control, answer);
    return judgeSuspended(state, port, control, answer);
}
function judgeTrusted(state, port, control, answer) {
    if (answer === 'refused') {
        state.suspect = { port, control, accepted: 0, silent: 0, othersAccept: false };
        state.trust = 'suspended';
        return 'suspended';
    }
    if (answer !== 'accepted')
        state.heldWhenAsked = Math.min(state.heldWhenAsked, state.proven);
    return 'none';
}
function judgeSuspended(state, port, control, answer) {
    const { suspect } = state;
    if (!suspect || control <= suspect.control)
        return 'none';
    if (port !== suspect.port) {
        suspect.othersAccept ||= answer === 'accepted';
        return 'none';
    }
    if (answer === 'accepted') {
        suspect.accepted += 1;
        suspect.silent = 0;
        if (suspect.accepted < CALM_ANSWERS)
            return 'none';
        state.suspect = undefined;
        state.trust = 'weighed';
        return 'too-fast';
    }
    if (answer === 'silent')
        suspect.silent += 1;
    // A single silence is a loss.
    if (answer === 'unsent' || (answer === 'silent' && suspect.silent < CALM_ANSWERS))
        return 'none';
    suspect.accepted = 0;
    if (!suspect.othersAccept)
        return 'none';
    state.suspect = undefined;
    state.trust = 'given';
    // What is held is still to be proven, by another port.
    state.heldWhenAsked = Math.min(state.heldWhenAsked, state.proven);
    return 'port-closed';
}

;// CONCATENATED MODULE: ./lib/scan/engine/scarce-refusals.js
/**
 * Hosts whose refusals are scarce, though open ports answer all along: a kernel sends one ICMP message a second
 * (`icmp_ratelimit`, icmp(7)).
 */


function createRefusalPace(now) {
    return { since: now, control: 0, refused: 0, lookedAt: now };
}
/** Whether it is time to look at the window. */
function isLookDue({ lookedAt }, now) {
    return now - lookedAt >= SCARCE_WINDOW_MS;
}
/** Extends the window: too few open ports were asked in it to decide, because few ports are left to probe. */
function extendWindow(pace, now) {
    pace.lookedAt = now;
}
/** Begins the next window. */
function beginWindow(pace, losses, refused, now) {
    pace.since = now;
    pace.lookedAt = now;
    pace.control = losses.fates.length;
    pace.refused = refused;
}
/**
 * Refusals are `scarce` if open ports always answered while refusals came at a pace of their own: then silence is no loss, and
 * each refusal spent on a control port is one that another port does not get. `undecided`: too few open ports were asked.
 *
 * @param isLimited whether more was lost at a higher rate
 */
function judgeRefusals(pace, losses, refused, now, timeoutMs, isLimited) {
    const open = { heard: 0, lost: 0 };
    const closed = { heard: 0, lost: 0 };
    for (let number = pace.control; number < losses.fates.length; number++) {
        const seen = losses.areOpen[number] ? open : closed;
        if (isLost(losses, number, now, timeoutMs))
            seen.lost += 1;
        // What an open port answers while nothing else is sent, a limit would have let through as well.
        else if (losses.fates[number] === 'prompt' &&
            (!isLimited || seen === closed || losses.loads[number] > 0))
            seen.heard += 1;
    }
    const perSecond = (refused - pace.refused + closed.heard) / ((now - pace.since) / 1000);
    const isScarce = closed.lost >= SCARCE_ANSWERED &&
        closed.lost >= closed.heard * SCARCE_SILENT_SHARE &&
        perSecond < FEWEST_PER_SECOND;
    if (open.lost > 0 || !isScarce)
        return 'plenty';
    return open.heard >= SCARCE_ANSWERED ? 'scarce' : 'undecided';
}

;// CONCATENATED MODULE: ./lib/scan/engine/host-scan.js












function createHostScan(job, now) {
    const { target, order, refusing, accepting, overhear } = job;
    beginPass(target.congestion, now);
    const controls = createControlPorts(async (port) => {
        const service = await overhear?.(target, port);
        if (service !== undefined)
            noteService(controls, port, service);
    });
    for (const port of refusing ?? [])
        admitControl(controls, port, 'closed');
    for (const { port, service, tookMs } of accepting ?? [])
        admitControl(controls, port, 'open', service, tookMs);
    return {
        job,
        ports: createPortQueue(order),
        inFlight: createInFlight(),
        controls,
        controlProbes: createControlProbes(),
        losses: createLossEstimator(),
        noResponses: createNoResponses(),
        refusals: createRefusals(),
        pace: createRefusalPace(now),
        liveness: createLiveness(refusing || accepting?.length ? now : undefined),
        counts: { probes: 0, refused: 0, selfConnects: new Map(), isOver: false },
    };
}
/** Whether a host has anything left to do. */
function hasWork({ ports, inFlight, refusals, controls }) {
    return inFlight.portProbes > 0 || ports.lent > 0 || countWaiting(ports) > 0 || isInDoubt(refusals, controls);
}
/** How long a silent socket is worth its descriptor: an answer to the third SYN, or one 2 s late, still counts. */
function fullTimeoutOf({ job }) {
    return FULL_TIMEOUT_MS + timeoutOf(job.target.roundTrip);
}
/** The same for a probe that ends before the kernel retransmits. */
function singleSynTimeoutOf({ job }) {
    return Math.min(SINGLE_SYN_MS, timeoutOf(job.target.roundTrip));
}
/**
 * Whether a port is to be tried with one SYN only, after a try with a full timeout. If no control probe was ever lost, or if
 * nothing has answered, all that is missing is a second look at another moment. Behind a firewall that limits SYNs, the kernel's
 * retransmissions take the place of first SYNs, and come in bunches that it drops.
 */
function isSingleSynEnough(host, position) {
    const { job, controls, noResponses, refusals } = host;
    if (noResponses.isSecondLook && !hasControl(controls))
        return true;
    if (refusals.trust === 'weighed')
        return timeoutOf(job.target.roundTrip) <= SINGLE_SYN_MS;
    return Boolean(noResponses.missProbability?.[position]) && areRetriesSingleSyn(host);
}
/** The same for ports that were tried with a full timeout, on a host whose refusals are trusted. */
function areRetriesSingleSyn({ job, noResponses, losses }) {
    const isPossible = timeoutOf(job.target.roundTrip) <= SINGLE_SYN_MS;
    return isPossible && (noResponses.ignoreKernelRetries || countLost(losses) === 0);
}
/**
 * The time over which retries are spread, in milliseconds: as long as each of them waits anyway, and a full timeout on a host
 * that refuses connections above a rate.
 */
function spreadMsOf(host) {
    const isShort = host.refusals.trust !== 'weighed' && areRetriesSingleSyn(host);
    return isShort ? singleSynTimeoutOf(host) : FULL_TIMEOUT_MS;
}
/** What silence on a host is weighed by at a moment. */
function describeCircumstances({ job, controls, losses, counts }, synTimesMs, now) {
    const { roundTrip } = job.target;
    return {
        losses,
        hasControl: hasControl(controls),
        refused: counts.refused,
        synTimesMs,
        timeoutMs: timeoutOf(roundTrip),
        now,
    };
}
/** Counts ports that have refused, or uncounts them. */
function countRefused({ counts }, count) {
    const state = counts;
    state.refused += count;
}
/** Counts a port probe that is sent. */
function countSent({ counts }) {
    const state = counts;
    state.probes += 1;
}
/** Counts that a port connected to itself. @returns how often it has */
function countSelfConnect({ counts }, position) {
    const { selfConnects } = counts;
    const times = (selfConnects.get(position) ?? 0) + 1;
    selfConnects.set(position, times);
    return times;
}
/** Notes that a host is done. */
function noteOver({ counts }) {
    const state = counts;
    state.isOver = true;
}

;// CONCATENATED MODULE: ./lib/scan/engine/host-rotation.js
/** Which hosts of a pass take turns. */

/** Hosts that take turns at a time; the others follow as these are done. */
const MOST_HOSTS = 256;
function createHostRotation(jobs) {
    return { hosts: [], turn: 0, coming: jobs.values(), isLast: false };
}
/** Adds hosts while there is room, without those that need no turn. */
function takeIn(rotation, now, needsTurn) {
    const state = rotation;
    while (!state.isLast && state.hosts.length < MOST_HOSTS) {
        const { value, done } = state.coming.next();
        if (done)
            state.isLast = true;
        else {
            const host = createHostScan(value, now);
            if (needsTurn(host))
                state.hosts.push(host);
        }
    }
}
/** The host whose turn is next. */
function takeTurn(rotation) {
    const state = rotation;
    state.turn = (state.turn + 1) % state.hosts.length;
    return state.hosts[state.turn];
}
/** Drops hosts that are done. */
function dropOver(rotation) {
    const state = rotation;
    state.hosts = state.hosts.filter(({ counts }) => !counts.isOver);
}
function isEmpty({ isLast, hosts }) {
    return isLast && hosts.length === 0;
}

;// CONCATENATED MODULE: ./lib/scan/engine/outcomes.js
function createOutcomes(listener) {
    return { listener, settled: 0 };
}
function tell(outcomes, job, position, outcome, rttMs) {
    outcomes.settled += 1;
    outcomes.listener.onOutcome(job, position, outcome, rttMs);
}
function tellAll(outcomes, job, positions, outcome) {
    if (positions.length === 0)
        return;
    outcomes.settled += positions.length;
    outcomes.listener.onOutcomes(job, positions, outcome);
}
/** Counts outcomes that are held back, or uncounts them. */
function countHeld(outcomes, count) {
    outcomes.settled += count;
}

;// CONCATENATED MODULE: ./lib/scan/engine/refusal-questions.js




/**
 * Whether refused ports are to be probed a second time (the recheck). A scan of few ports is over before an open port could be
 * asked among them: most left in one burst, of which a limit may have refused all but the first.
 */
function isRecheckDue(refusals, controls, { now, isLast }) {
    return isLast && needsRecheck(refusals) && isOpenReady(controls, now, 0);
}
/**
 * Once it is time to ask an open port while other probes leave, draws the place of the question among them.
 *
 * @param perSecond how many probes leave a second
 */
function placeQuestion(refusals, controls, moment, perSecond, random) {
    if (refusals.place !== undefined || refusals.trust !== 'given' || moment.isLast)
        return;
    const isEarly = isEarlyTime(refusals);
    if (!isEarly && !isGapOver(refusals, controls, moment))
        return;
    if (!isOpenReady(controls, moment.now, 1))
        return;
    setPlace(refusals, isEarly ? Math.floor(random() * REFUSALS_BETWEEN) : drawPlace(perSecond, random));
}
/** Whether to ask an open port now, to find out what refusals are worth. */
function isQuestionDue(refusals, controls, moment) {
    const { trust, suspect, count, heldWhenAsked, askedAt, place, isTailDue } = refusals;
    const { now, isAllSent, isLast } = moment;
    if (trust === 'weighed')
        return false;
    if (suspect) {
        return (now - askedAt >= CALM_GAP_MS && isOpenReady(controls, now, 0, chooseQuestioned(refusals, controls, now)));
    }
    if (isTailDue && isAllSent)
        return isOpenReady(controls, now, 0);
    // The last question of a budget is kept for the end.
    if (isLast) {
        return count > heldWhenAsked && now - askedAt >= OPEN_GAP_MS && isOpenReady(controls, now, 0);
    }
    if (place !== 0 || !isOpenReady(controls, now, 1))
        return false;
    return isEarlyTime(refusals) || isGapOver(refusals, controls, moment);
}
function isEarlyTime({ questions, count, probesSince }) {
    return questions < EARLY_QUESTIONS && count > 0 && probesSince >= REFUSALS_BETWEEN;
}
function isGapOver({ count, heldWhenAsked, askedAt, beganAt }, { closed }, { now, isLosing }) {
    const sinceMs = now - askedAt;
    if (count - heldWhenAsked < REFUSALS_BETWEEN) {
        return isLosing && closed.length > 0 && sinceMs >= MOST_QUESTION_GAP_MS;
    }
    const gapMs = (now - beganAt) * QUESTION_GAP_SHARE;
    return sinceMs >= Math.max(OPEN_GAP_MS, Math.min(MOST_QUESTION_GAP_MS, gapMs));
}
/** Which open ports may be asked: the suspect and others in turn, and the suspect alone once another has accepted. */
function chooseQuestioned({ suspect, questions }, controls, now) {
    if (!suspect)
        return () => true;
    const isSuspect = (port) => port === suspect.port;
    const isOther = (port) => port !== suspect.port;
    if (suspect.othersAccept)
        return isSuspect;
    const [first, second] = questions % 2 === 0 ? [isOther, isSuspect] : [isSuspect, isOther];
    return isOpenReady(controls, now, 0, first) ? first : second;
}

;// CONCATENATED MODULE: ./lib/scan/engine/host-controls.js












/** Once the next control probe is due, draws its place among the port probes. */
function scheduleControl(host, moment, random) {
    const { controls, controlProbes: timing, refusals, liveness, job } = host;
    if (!hasControl(controls) || refusals.trust === 'suspended')
        return;
    const { perSecond } = job.target.congestion;
    placeQuestion(refusals, controls, moment, perSecond, random);
    if (liveness.isUnresponsive || !canProbe(controls, moment.now))
        return;
    placeNext(timing, moment.now, perSecond, random);
}
/** Whether a control probe is to leave now. */
function isControlDue(host, moment) {
    const { controls, controlProbes: timing, refusals, liveness, ports } = host;
    const { now } = moment;
    if (!hasControl(controls))
        return false;
    if (isQuestionDue(refusals, controls, moment))
        return true;
    if (refusals.trust === 'suspended')
        return false;
    // A ban that comes and goes would otherwise cost a service a connection each time.
    if (!canProbe(controls, now))
        return false;
    if (liveness.isUnresponsive)
        return now - timing.sentAt >= CALM_GAP_MS;
    return isDue(timing, now, countWaiting(ports), isSpread(host) ? CALM_GAP_MS : LONG_GAP_MS);
}
/** What decides whether control probes leave now. */
function momentOf({ inFlight, ports, losses }, now) {
    const isAllSent = countWaiting(ports) === 0;
    const isLast = isAllSent && inFlight.portProbes + ports.lent === 0;
    return { now, isAllSent, isLast, isLosing: countLost(losses) > 0 };
}
/** Takes refused ports for a recheck, once it is due. @returns how many */
function takeRefusedAgain(host, now) {
    const { refusals, controls, ports } = host;
    if (!isRecheckDue(refusals, controls, momentOf(host, now)))
        return 0;
    const positions = takeForRecheck(refusals);
    countRefused(host, -positions.length);
    retryAll(ports, positions);
    return positions.length;
}
/** Takes the control port whose turn it is, as sent; its number is for the loss estimator. */
function host_controls_takeControl({ controls, controlProbes: timing, losses, refusals, liveness, job }, moment, random) {
    const { now } = moment;
    const load = loadAt(timing, now);
    // Something else may have refused for ports thought to be closed: if all is silent, every other control probe goes to an
    // open one.
    const isTurn = liveness.isUnresponsive && losses.fates.length % 2 === 1;
    const isQuestion = isQuestionDue(refusals, controls, moment) ||
        (isTurn && isOpenReady(controls, now, 0));
    const gapMs = controls.closed.length > 0 ? TICK_MS : OPEN_GAP_MS;
    noteSent(timing, gapMs, now, job.target.congestion.perSecond, random);
    const port = isQuestion
        ? takeOpen(controls, now, chooseQuestioned(refusals, controls, now))
        : takeControl(controls, now);
    const isOpen = isOpenControl(controls, port);
    const delayMs = ownDelayOf(controls, port, (ms) => isRetransmitted(job.target.roundTrip, ms));
    const number = addControl(losses, now, { load, isOpen, delayMs });
    if (isOpen)
        noteAsked(refusals, number, now);
    return { port, number };
}
/**
 * Whether a control probe that is due may leave now. If port probes leave one by one, it takes the token and the place of one:
 * sent right behind another probe it would exceed a tight limit each time, though port probes get through.
 */
function tryAcquireControl(host, now, random) {
    const { perSecond } = host.job.target.congestion;
    const isAlone = areAlone(isSpread(host) ? spreadPerSecond(host) : perSecond);
    return !isAlone || tryAcquireFor(host, now, random);
}
/** Whether a port probe may leave now; if so, takes its tokens. */
function tryAcquirePort(host, now, random) {
    const { liveness, ports } = host;
    return !liveness.isUnresponsive && countWaiting(ports) > 0 && tryAcquireFor(host, now, random);
}
function tryAcquireFor(host, now, random) {
    const { congestion } = host.job.target;
    return isSpread(host)
        ? tryAcquireSpread(congestion, spreadPerSecond(host), random, now)
        : tryAcquire(congestion, now);
}
/**
 * Whether the remaining probes are spread over time: they are retries, something was lost, and no rate has been measured yet. Sent
 * at once, they would be one burst, of which a limit drops the same share each time.
 */
function isSpread({ ports, losses, job }) {
    return ports.next === ports.end && isLossSeen(losses) && job.target.congestion.baseline === undefined;
}
function spreadPerSecond(host) {
    const left = countWaiting(host.ports) + host.inFlight.portProbes;
    const most = Math.max(FEWEST_PER_SECOND, (left * 1_000) / spreadMsOf(host));
    return Math.min(host.job.target.congestion.perSecond, most);
}
/** Notes that a port probe leaves. */
function host_controls_notePortProbe({ controlProbes: timing, refusals }, now) {
    notePortProbe(timing, now);
    refusals_notePortProbe(refusals);
}
/**
 * Notes that the host itself has answered. What was silent before any port was known to answer is probed again: now there
 * are control ports for it.
 *
 * @param tookMs after how long, if promptly
 * @param serviceOn what probably listens on a port
 */
function hear({ controls, refusals, liveness, noResponses, ports }, { kind, port }, { state }, tookMs, now, serviceOn) {
    noteHeard(liveness, now);
    // An answer from one open port does not explain why another refused.
    if (refusals.trust !== 'suspended')
        setUnresponsive(liveness, false, now);
    if (kind === 'port' && tookMs !== undefined && (state === 'open' || state === 'closed')) {
        const service = state === 'open' ? serviceOn?.(port) : undefined;
        admitControl(controls, port, state, service, tookMs);
    }
    if (noResponses.unverified.length > 0 && hasControl(controls)) {
        retryAll(ports, takeUnverified(noResponses));
    }
}
/**
 * Processes the answer of a control port; that of a closed one changes nothing.
 *
 * @param service what probably listens there
 * @returns whether all ports refused so far have to be probed again
 */
function hearControl(host, { port, number, startedAt }, answer, now, service) {
    const { refusals, controls, liveness } = host;
    const change = judgeAnswer(refusals, port, number, answer, now);
    if (change === 'suspended')
        setUnresponsive(liveness, true, now);
    else if (change !== 'none')
        setUnresponsive(liveness, false, now);
    if (change === 'port-closed')
        dropOpen(controls, port);
    if (change !== 'too-fast')
        return false;
    beginAfresh(host, now);
    // It may have been dropped while it was silent.
    admitControl(controls, port, 'open', service, now - startedAt);
    return true;
}
/**
 * Notes that a port thought to be closed has accepted: something else may have refused for it, and for other ports, or several
 * hosts share the address. It is probed until that is known.
 *
 * @param number of the control probe
 * @param tookMs after how long it has accepted
 * @param service what probably listens there
 */
function noteFalseRefusal({ refusals, controls, liveness }, { port, number }, tookMs, now, service) {
    dropClosedPort(controls, port);
    admitControl(controls, port, 'open', service, tookMs);
    if (refusals.trust !== 'given')
        return;
    suspectRefusal(refusals, port, number, now);
    setUnresponsive(liveness, true, now);
}
/** The host refuses connections above a rate: only open ports are probed from now on, and earlier losses prove nothing. */
function beginAfresh({ controls, losses, job }, now) {
    dropClosed(controls, 'refusals-untrusted');
    forgetControls(losses);
    startAfresh(job.target.congestion, losses, now);
}

;// CONCATENATED MODULE: ./lib/scan/engine/probe.js
/**
 * @param about all of its fields from the start: adding some later would change its shape, and undo what V8 has optimised
 * for it
 */
function createPortProbe(about) {
    const { port, position, startedAt, isSingleSyn, load } = about;
    const fresh = { connection: undefined, answer: undefined, isDone: false };
    return { kind: 'port', port, position, startedAt, isSingleSyn, load, ...fresh };
}
function createControlProbe(port, number, startedAt) {
    return { kind: 'control', port, number, startedAt, connection: undefined, isDone: false };
}
/** Notes the connect that has begun. */
function noteConnecting(probe, connection) {
    probe.connection = connection;
}
/** Keeps what the network said until control probes show what that is worth. */
function keepAnswer(probe, answer) {
    probe.answer = answer;
}
/** Closes its socket. @returns false where it was closed already */
function closeSocket(probe) {
    if (!probe.connection)
        return false;
    probe.connection.cancel();
    probe.connection = undefined;
    return true;
}
function noteDone(probe) {
    probe.isDone = true;
}

;// CONCATENATED MODULE: ./lib/scan/engine/socket-budget.js
/** How many sockets are open, and how many may be. */

function createSocketBudget(most) {
    return { open: 0, most, pausedUntil: 0, shortSince: undefined };
}
function hasRoom({ open, most, pausedUntil }, now) {
    return open < most && now >= pausedUntil;
}
function noteOpened(sockets) {
    sockets.open += 1;
}
function noteClosed(sockets) {
    sockets.open -= 1;
}
/** Notes that a probe got through, whatever came of it. */
function endShortage(sockets) {
    sockets.shortSince = undefined;
}
/** Leaves the rest of the sockets to another thread. */
function socket_budget_limitTo(sockets, most) {
    sockets.most = Math.min(sockets.most, most);
}
/** Makes do with fewer sockets: this machine is short of descriptors or source ports. */
function reduce(sockets, now) {
    socket_budget_limitTo(sockets, Math.max(FEWEST_SOCKETS, Math.floor(sockets.open * SHORTAGE_SHARE)));
    sockets.pausedUntil = now + SHORTAGE_PAUSE_MS;
    sockets.shortSince ??= now;
}
/** Whether a shortage lasts, although fewer sockets are open. */
function isShortForGood({ shortSince }, now) {
    return shortSince !== undefined && now - shortSince > SHORTAGE_PATIENCE_MS;
}

;// CONCATENATED MODULE: ./lib/scan/engine/probe-end.js











/** Ends a host early: what has no outcome yet gets this one. */
function giveUpHost(context, host, outcome, now) {
    const { job, refusals, ports } = host;
    const { outcomes } = context;
    for (const probe of [...listUnanswered(host.inFlight), ...takeAwaiting(host.noResponses)]) {
        if (probe.isDone)
            continue;
        if (probe.kind === 'control')
            end(context, probe);
        else
            finish(context, host, probe, outcome, now);
    }
    for (const positions of takeAll(ports))
        tellAll(outcomes, job, positions, outcome);
    const { proven, unproven } = takeHeld(context, host);
    tellAll(outcomes, job, proven, REFUSED);
    tellAll(outcomes, job, unproven, refusals.trust === 'given' ? REFUSED : UNDONE.startedRefusing);
    endDoubt(refusals);
}
/** Ends a host that has nothing left to do. */
function endHost(context, host) {
    for (const probe of listUnanswered(host.inFlight))
        end(context, probe);
    // No port is known to answer, so their silence is all there is to report.
    tellAll(context.outcomes, host.job, takeUnverified(host.noResponses), SILENT);
    const { proven, unproven } = takeHeld(context, host);
    tellAll(context.outcomes, host.job, proven, REFUSED);
    tellAll(context.outcomes, host.job, unproven, REFUSED);
    noteOver(host);
}
function sendAgain(context, host, probe) {
    endPort(context, host, probe);
    retry(host.ports, probe.position);
}
function finish(context, host, probe, outcome, now) {
    endPort(context, host, probe);
    tell(context.outcomes, host.job, probe.position, outcome, now - probe.startedAt);
}
/** Ends a control probe that says nothing about the host. */
function endUnsent(context, host, probe, now) {
    settleControl(host.losses, probe.number, 'unsent');
    endControl(context, host, probe, 'unsent', now);
}
/** If an answer shows that refusals prove nothing, probes the refused ports again. */
function endControl(context, host, probe, answer, now) {
    end(context, probe);
    if (!hearControl(host, probe, answer, now, context.serviceOn?.(probe.port)))
        return;
    countRefused(host, -host.counts.refused);
    const { proven, unproven } = takeHeld(context, host);
    retryAll(host.ports, proven);
    retryAll(host.ports, unproven);
}
/** A port that was thought to be closed has accepted: it is open. */
function endFalseRefusal(context, host, probe, outcome, now) {
    end(context, probe);
    noteFalseRefusal(host, probe, now - probe.startedAt, now, context.serviceOn?.(probe.port));
    const position = host.job.target.ports.indexOf(probe.port);
    if (!dropRefusal(host.refusals, position))
        return;
    countRefused(host, -1);
    countHeld(context.outcomes, -1);
    tell(context.outcomes, host.job, position, outcome, now - probe.startedAt);
}
function endPort(context, host, probe) {
    end(context, probe);
    notePortProbeDone(host.inFlight);
}
function end(context, probe) {
    noteDone(probe);
    free(context, probe);
}
/** The socket is gone, though what it said may have to wait for control probes. */
function free({ sockets }, probe) {
    if (closeSocket(probe))
        noteClosed(sockets);
}
function hold({ outcomes }, { refusals }, position, now) {
    holdRefusal(refusals, position, now);
    countHeld(outcomes, 1);
}
function takeHeld({ outcomes }, { refusals }) {
    const held = takeRefusals(refusals);
    countHeld(outcomes, -(held.proven.length + held.unproven.length));
    return held;
}

;// CONCATENATED MODULE: ./lib/scan/engine/probe-expiry.js
/** Probes that have timed out. */









/** Ends the probes that have timed out: their silence is believed, or they are sent again. */
function expireProbes(context, host, now) {
    const { inFlight, noResponses } = host;
    const expire = (probe) => {
        // A probe that was silent was sent.
        endShortage(context.sockets);
        if (probe.kind === 'port')
            endSilence(context, host, probe, now);
        else
            endSilentControl(context, host, probe, now);
    };
    forEachExpired(inFlight, 'fullTimeout', context.timeoutMs ?? fullTimeoutOf(host), now, expire);
    forEachExpired(inFlight, 'singleSyn', singleSynTimeoutOf(host), now, expire);
    const [first] = noResponses.awaitingControl;
    if (!first || !isVerifiedSince(first.startedAt, describeCircumstances(host, context.synTimesMs, now)))
        return;
    for (const probe of takeAwaiting(noResponses))
        endSilence(context, host, probe, now);
}
function endSilentControl(context, host, probe, now) {
    settleControl(host.losses, probe.number, 'never');
    noteAnswer(host.controls, probe.port, 'silent', host.liveness.heardAt, probe.startedAt);
    endControl(context, host, probe, 'silent', now);
}
/** Too much of what the host has answered before is lost or refused for any number of tries to settle the port. */
function giveUpPort(context, host, probe, now) {
    const isRefused = probe.answer?.state === 'closed';
    finish(context, host, probe, isRefused ? UNDONE.startedRefusing : UNDONE.tooLossy, now);
}
function endSilence(context, host, probe, now) {
    const { controls, noResponses } = host;
    if (context.timeoutMs !== undefined) {
        finish(context, host, probe, SILENT, now);
        return;
    }
    if (!hasControl(controls)) {
        if (probe.answer)
            finish(context, host, probe, probe.answer, now);
        else {
            endPort(context, host, probe);
            keepUnverified(noResponses, probe.position);
        }
        return;
    }
    const circumstances = describeCircumstances(host, context.synTimesMs, now);
    const { worth, missProbability } = weighSilence(noResponses, probe, circumstances);
    // A host that refuses connections above a rate is seldom sent control probes: all tries would rest on the same one. A service
    // that may be asked ever more seldom is not waited for.
    const isWaiting = host.refusals.trust === 'weighed' && canProbe(controls, now + MOST_WAIT_MS);
    const isNew = !isWaiting || isVerifiedSince(probe.startedAt, circumstances);
    if (worth === 'enough')
        finish(context, host, probe, probe.answer ?? SILENT, now);
    else if (worth === 'again' && isNew) {
        const tries = keepDoubt(noResponses, probe, missProbability, host.job.target.ports.length);
        if (tries < MOST_TRIES)
            sendAgain(context, host, probe);
        else
            giveUpPort(context, host, probe, now);
    }
    else {
        free(context, probe);
        awaitControl(noResponses, probe);
    }
}

;// CONCATENATED MODULE: ./lib/scan/engine/send-meter.js
/** How many probes are sent per millisecond. */

/** @param expected probes that leave before any is counted */
function createSendMeter(expected, now) {
    return { probes: 0, perMs: expected / METER_MS, measuredAt: now, measured: 0 };
}
function countProbe(meter) {
    meter.probes += 1;
}
/** Measures the rate since the last measurement, once that is long enough ago. */
function measure(meter, now) {
    const elapsed = now - meter.measuredAt;
    if (elapsed <= METER_MS)
        return;
    meter.perMs = (meter.probes - meter.measured) / elapsed;
    meter.measuredAt = now;
    meter.measured = meter.probes;
}

;// CONCATENATED MODULE: ./lib/scan/engine/probes.js

















/** Sends the probe of the next port. */
function sendPort(context, host, now) {
    const position = takeNext(host.ports, context.random);
    host_controls_notePortProbe(host, now);
    countSent(host);
    const probe = createPortProbe({
        port: host.job.target.ports[position],
        position,
        startedAt: now,
        isSingleSyn: context.timeoutMs === undefined && isSingleSynEnough(host, position),
        load: context.meter.perMs,
    });
    send(context, host, probe);
}
/** Sends a control probe to the port whose turn it is. */
function sendControl(context, host, moment) {
    const { port, number } = host_controls_takeControl(host, moment, context.random);
    send(context, host, createControlProbe(port, number, moment.now));
}
function send(context, host, probe) {
    countProbe(context.meter);
    noteOpened(context.sockets);
    addProbe(host.inFlight, probe);
    const connection = context.connector.connect(host.job.target.address, probe.port, (outcome) => {
        settle(context, host, probe, outcome);
        context.onRoom();
    });
    noteConnecting(probe, connection);
}
function settle(context, host, probe, outcome) {
    const now = context.now();
    free(context, probe);
    if (outcome === undefined)
        retrySelfConnect(context, host, probe, now);
    else if (probe.kind === 'control' && outcome.reason === 'not-permitted')
        endUnsent(context, host, probe, now);
    else if (isShortage(outcome))
        retryShortage(context, host, probe, outcome, now);
    else {
        endShortage(context.sockets);
        takeAnswer(context, host, probe, outcome, now);
    }
}
function takeAnswer(context, host, probe, outcome, now) {
    const { target } = host.job;
    const tookMs = now - probe.startedAt;
    const isRefusal = outcome.reason === 'conn-refused';
    const isAnswer = outcome.state === 'open' || (isRefusal && host.refusals.trust === 'given');
    const isLateFor = (ms) => isRetransmitted(target.roundTrip, ms);
    const ownMs = probe.kind === 'control' ? ownDelayOf(host.controls, probe.port, isLateFor) : 0;
    const isPrompt = isAnswer && !isLateFor(tookMs - ownMs);
    const isProving = context.timeoutMs === undefined;
    const { leastMs } = target.roundTrip;
    if (isAnswer)
        addSample(target.roundTrip, tookMs);
    // So much quicker than all before that those must have come to retransmissions.
    if (Number.isFinite(leastMs) && isLateFor(leastMs))
        noteLateAnswer(host.losses);
    if (isProving && isAnswer) {
        if (probe.kind === 'port' && isRefusal)
            countRefused(host, 1);
        hear(host, probe, outcome, isPrompt ? tookMs : undefined, now, context.serviceOn);
        if (!isPrompt && probe.kind === 'port')
            noteLateAnswer(host.losses);
        if (isPrompt && !isSpread(host))
            earnTokens(target.congestion);
    }
    if (probe.kind === 'control') {
        if (outcome.state === 'open')
            noteConfirmed(target, probe.port);
        const fate = isPrompt ? 'prompt' : isAnswer ? 'late' : 'never';
        const answer = outcome.state === 'open' ? 'accepted' : isRefusal ? 'refused' : 'silent';
        settleControl(host.losses, probe.number, fate);
        // While it is not known what refusals are worth, one says nothing against the port.
        const isHeard = isAnswer || (isRefusal && host.refusals.trust === 'suspended');
        const heard = isHeard ? 'answered' : isRefusal ? 'refused' : 'silent';
        noteAnswer(host.controls, probe.port, heard, host.liveness.heardAt, probe.startedAt);
        if (answer === 'accepted')
            noteDelay(host.controls, probe.port, tookMs, isLateFor);
        const isFalselyRefused = answer === 'accepted' && isClosedControl(host.controls, probe.port);
        if (isFalselyRefused && context.holdsRefusals)
            endFalseRefusal(context, host, probe, outcome, now);
        else
            endControl(context, host, probe, answer, now);
    }
    else if (isRefusal && context.holdsRefusals)
        takeRefusal(context, host, probe, outcome, now);
    else if (isProving && hasControl(host.controls) && isUncertain(outcome))
        keepAnswer(probe, outcome);
    else
        finish(context, host, probe, outcome, now);
}
function takeRefusal(context, host, probe, outcome, now) {
    if (host.refusals.trust === 'suspended')
        sendAgain(context, host, probe);
    else if (host.refusals.trust === 'weighed')
        keepAnswer(probe, outcome);
    else {
        endPort(context, host, probe);
        hold(context, host, probe.position, now);
    }
}
/** Takes over what another thread has found, but not its round-trip times. */
function takeReport(context, host, { position, outcome, rttMs }) {
    const { job, refusals, controls, ports } = host;
    noteReturned(ports);
    if (context.holdsRefusals && outcome.reason === 'conn-refused') {
        if (refusals.trust !== 'given') {
            retry(ports, position);
            return;
        }
        noteHeard(host.liveness, context.now());
        countRefused(host, 1);
        hold(context, host, position, context.now());
        return;
    }
    if (outcome.state === 'open') {
        const port = job.target.ports[position];
        admitControl(controls, port, 'open', context.serviceOn?.(port), rttMs);
    }
    tell(context.outcomes, job, position, outcome, rttMs);
}
/**
 * A router or this machine says it of a host that has gone, and a firewall of a port that it forbids: control probes show
 * which.
 */
function isUncertain({ state, reason }) {
    return state === 'filtered' || reason === 'no-route';
}
function retrySelfConnect(context, host, probe, now) {
    if (probe.kind === 'control') {
        endUnsent(context, host, probe, now);
        return;
    }
    if (countSelfConnect(host, probe.position) < MOST_SELF_CONNECTS)
        sendAgain(context, host, probe);
    else
        finish(context, host, probe, { state: 'unknown', reason: 'unexpected-error' }, now);
}
function retryShortage(context, host, probe, outcome, now) {
    reduce(context.sockets, now);
    context.connector.releasePool();
    if (probe.kind === 'control')
        endUnsent(context, host, probe, now);
    else if (isShortForGood(context.sockets, now))
        finish(context, host, probe, outcome, now);
    else
        sendAgain(context, host, probe);
}

;// CONCATENATED MODULE: ./lib/scan/engine/token-bucket.js

/** @param perSecond new connections a second */
function createTokenBucket(perSecond, now) {
    return { perSecond, lentPerSecond: 0, tokens: 1, filledAt: now };
}
/** Whether there is a token for one connection. */
function hasToken(bucket, now) {
    return countTokens(bucket, now) >= 1;
}
/** Takes a token, where there is one. */
function takeToken(bucket, now) {
    bucket.tokens = countTokens(bucket, now) - 1;
    bucket.filledAt = now;
}
/** Lets another thread have a share of the rate, 0 to 1. @returns how much a second */
function lendRate(bucket, share, now) {
    // What has accrued so far has accrued at the old rate.
    bucket.tokens = countTokens(bucket, now);
    bucket.filledAt = now;
    bucket.lentPerSecond = bucket.perSecond * share;
    bucket.perSecond -= bucket.lentPerSecond;
    return bucket.lentPerSecond;
}
/** Takes back what another thread had of the rate. */
function takeBackRate(bucket, now) {
    bucket.tokens = countTokens(bucket, now);
    bucket.filledAt = now;
    bucket.perSecond += bucket.lentPerSecond;
    bucket.lentPerSecond = 0;
}
/** Waits for a token of every bucket and takes it; returns at once, without one, when the signal is aborted. */
async function waitForTokens(buckets, clock, signal) {
    for (const bucket of buckets) {
        while (!signal.aborted && !hasToken(bucket, clock.now()))
            await clock.sleep(1000 / bucket.perSecond, signal);
        if (!signal.aborted)
            takeToken(bucket, clock.now());
    }
}
function countTokens({ perSecond, tokens, filledAt }, now) {
    return Math.min(Math.max(1, perSecond / BUCKETS_PER_SECOND), tokens + ((now - filledAt) / 1000) * perSecond);
}

;// CONCATENATED MODULE: ./lib/scan/engine/sending.js
/** Which probe leaves next. */









/**
 * Sends what may leave now, up to a burst. Each host has its turn in it: a socket that was refused connects again before the next
 * look at which sockets have news, where it would be looked at in vain.
 *
 * @returns whether more may leave, once the answers so far have been read
 */
function sendBurst(context, rotation, now) {
    const burst = Math.max(BURST, rotation.hosts.length);
    for (let sent = 0; sent < burst; sent++) {
        if (!hasRoom(context.sockets, now) || !sendNext(context, rotation, now))
            return false;
    }
    return true;
}
/** Sends the next probe of the next host that may have one. */
function sendNext(context, rotation, now) {
    for (let left = rotation.hosts.length; left > 0; left--) {
        if (sendTo(context, takeTurn(rotation), now))
            return true;
    }
    return false;
}
function sendTo(context, host, now) {
    const { limiters } = host.job.target;
    if (host.counts.isOver || !hasWork(host))
        return false;
    if (!limiters.every((bucket) => hasToken(bucket, now)))
        return false;
    if (context.holdsRefusals && countWaiting(host.ports) === 0)
        countHeld(context.outcomes, -takeRefusedAgain(host, now));
    const moment = context.timeoutMs === undefined ? momentOf(host, now) : undefined;
    if (moment)
        scheduleControl(host, moment, context.random);
    const control = moment && isControlDue(host, moment) ? moment : undefined;
    const tryToken = control ? tryAcquireControl : tryAcquirePort;
    if (!tryToken(host, now, context.random))
        return false;
    for (const bucket of limiters)
        takeToken(bucket, now);
    if (control)
        sendControl(context, host, control);
    else
        sendPort(context, host, now);
    return true;
}

;// CONCATENATED MODULE: ./lib/scan/engine/steering.js
/** What is decided about a host from time to time: its rate, whether it still answers, and whether to look again. */









/**
 * Looks again at what is likeliest to be open, where nothing has answered: slowly, one SYN a port, and not amid the
 * kernel's retransmissions. A firewall that limits SYNs may have dropped all three of each open port.
 *
 * @returns false where there is nothing to look at again
 */
function beginSecondLook({ noResponses, ports, losses, job }, now) {
    if (noResponses.isSecondLook || noResponses.unverified.length === 0)
        return false;
    noteSecondLook(noResponses);
    // They are in the order in which they were probed, the likeliest first.
    retryAll(ports, takeUnverified(noResponses, SECOND_LOOK_PORTS));
    slowDown(job.target.congestion, losses, now);
    return true;
}
/**
 * Adjusts the rate of a host.
 *
 * @param hostCount how many hosts take turns
 * @returns whether it is time to give it up
 */
function steer(host, hostCount, now) {
    const { job, liveness, losses } = host;
    const { congestion, roundTrip } = job.target;
    const timeoutMs = timeoutOf(roundTrip);
    if (!liveness.isUnresponsive) {
        const shared = Math.min(...job.target.limiters.map(({ perSecond }) => perSecond));
        adjustRate(congestion, losses, roundTrip, shared / hostCount, now);
    }
    noteScarcity(host, now, timeoutMs);
    noteWorthlessRetries(host, timeoutMs);
    const isAsked = host.refusals.trust !== 'suspended' && hasControl(host.controls);
    const state = checkLiveness(liveness, losses, now, timeoutMs, isAsked);
    if (state === 'unresponsive')
        setUnresponsive(liveness, true, now);
    return state === 'gone' ? 'gone' : undefined;
}
function noteScarcity({ refusals, controls, losses, pace, counts, ports, inFlight, job }, now, timeoutMs) {
    if (!isLookDue(pace, now))
        return;
    const canTell = refusals.trust === 'given' && controls.closed.length > 0 && controls.open.length > 0;
    const isLimited = job.target.congestion.lossBefore !== undefined;
    const judgement = canTell
        ? judgeRefusals(pace, losses, counts.refused, now, timeoutMs, isLimited)
        : 'plenty';
    const areFew = countWaiting(ports) + inFlight.portProbes <= FEW_PORTS;
    if (judgement === 'undecided' && areFew)
        extendWindow(pace, now);
    else
        beginWindow(pace, losses, counts.refused, now);
    if (judgement !== 'scarce')
        return;
    dropClosed(controls, 'refusals-scarce');
    forgetControls(losses);
    forgetLoss(job.target.congestion, losses, now);
}
function noteWorthlessRetries({ noResponses, losses, job }, timeoutMs) {
    const { ignoreKernelRetries, missProbability } = noResponses;
    if (ignoreKernelRetries || !missProbability || timeoutMs > SINGLE_SYN_MS)
        return;
    if (job.target.congestion.lossBefore === undefined || !areRetriesWorthless(losses))
        return;
    no_response_ignoreKernelRetries(noResponses);
    expectNoRetries(job.target.congestion);
}

;// CONCATENATED MODULE: ./lib/scan/engine/trace-network.js
function createTold() {
    return { ports: new Map(), open: { ssh: 0, mysql: 0, known: 0, other: 0 } };
}
/** @param service what probably listens on the port */
function noteTold({ ports, open }, { state, reason }, count, service) {
    const key = state === 'open' ? 'open' : reason;
    ports.set(key, (ports.get(key) ?? 0) + count);
    if (state === 'open')
        open[kindOf(service)] += count;
}
function kindOf(service) {
    if (service === undefined)
        return 'other';
    return service === 'ssh' || service === 'mysql' ? service : 'known';
}
/** @param since when the scan of the host began */
function describeNetwork({ job, losses, counts }, told, { sockets, synTimesMs }, since, now) {
    const { address, roundTrip, limiters } = job.target;
    const maxRate = Math.min(...limiters.map(({ perSecond }) => perSecond));
    return {
        at: Math.round(now),
        address,
        network: {
            since: Math.round(since),
            probes: counts.probes,
            controls: losses.fates.length,
            ports: Object.fromEntries(told.ports),
            open: told.open,
            rttMs: Number.isFinite(roundTrip.leastMs) ? Math.round(roundTrip.leastMs * 100) / 100 : undefined,
            variationMs: Math.round(roundTrip.variationMs * 100) / 100,
            loads: countByLoad(losses),
            sockets,
            syns: synTimesMs.length,
            maxRate: Number.isFinite(maxRate) ? Math.round(maxRate) : undefined,
        },
    };
}
function countByLoad({ loads, fates }) {
    const counts = new Map();
    for (const [number, fate] of fates.entries()) {
        if (fate === 'pending' || fate === 'unsent')
            continue;
        const perSecond = 2 ** Math.floor(Math.log2(Math.max(1, loads[number] * 1_000)));
        const count = counts.get(perSecond) ?? [0, 0];
        count[fate === 'prompt' ? 0 : 1] += 1;
        counts.set(perSecond, count);
    }
    return [...counts].sort(([one], [other]) => one - other).map(([perSecond, count]) => [perSecond, ...count]);
}

;// CONCATENATED MODULE: ./lib/scan/engine/trace.js


/**
 * Reports what changes about hosts and, where silence has to be proved, what their networks were like. It changes nothing itself.
 *
 * @param listener told what is found as well
 */
function createTracer(onTrace, listener, { timeoutMs, serviceOn }, machine) {
    const seen = new WeakMap();
    const since = new WeakMap();
    const toldOf = new WeakMap();
    const note = (job, outcome, count, position) => {
        const told = toldOf.get(job) ?? createTold();
        noteTold(told, outcome, count, serviceOn?.(job.target.ports[position]));
        toldOf.set(job, told);
    };
    return {
        look(host, now) {
            const is = look(host);
            const changed = listChanges(seen.get(host), is);
            if (changed.length === 0)
                return;
            if (!since.has(host))
                since.set(host, now);
            seen.set(host, is);
            onTrace(describe(host, changed, now));
            if (!is.isOver || timeoutMs !== undefined)
                return;
            const told = toldOf.get(host.job) ?? createTold();
            onTrace(describeNetwork(host, told, machine, since.get(host), now));
        },
        listener: {
            ...listener,
            onOutcome(job, position, outcome, rttMs) {
                note(job, outcome, 1, position);
                listener.onOutcome(job, position, outcome, rttMs);
            },
            onOutcomes(job, positions, outcome) {
                note(job, outcome, positions.length, positions[0]);
                listener.onOutcomes(job, positions, outcome);
            },
        },
    };
}
function look({ job, liveness, refusals, noResponses, controls, counts }) {
    return {
        perSecond: job.target.congestion.perSecond,
        isUnresponsive: liveness.isUnresponsive,
        trust: refusals.trust,
        isSecondLook: noResponses.isSecondLook,
        areRefusalsScarce: controls.areRefusalsScarce,
        ignoreKernelRetries: noResponses.ignoreKernelRetries,
        isOver: counts.isOver,
    };
}
function listChanges(was, is) {
    const changed = [];
    if (was?.perSecond !== is.perSecond)
        changed.push('rate');
    if ((was?.isUnresponsive ?? false) !== is.isUnresponsive)
        changed.push(is.isUnresponsive ? 'unresponsive' : 'back');
    if ((was?.trust ?? 'given') !== is.trust)
        changed.push('trust');
    if (is.isSecondLook && !was?.isSecondLook)
        changed.push('second-look');
    if (is.areRefusalsScarce && !was?.areRefusalsScarce)
        changed.push('refusals-scarce');
    if (is.ignoreKernelRetries && !was?.ignoreKernelRetries)
        changed.push('retries-ignored');
    if (is.isOver && !was?.isOver)
        changed.push('over');
    return changed;
}
function describe({ job, losses, refusals, ports, counts, noResponses }, changed, now) {
    const { address, congestion, roundTrip } = job.target;
    const { srttMs } = roundTrip;
    return {
        at: round(now),
        address,
        changed,
        perSecond: Math.round(congestion.perSecond),
        ceiling: Number.isFinite(congestion.ceiling) ? Math.round(congestion.ceiling) : undefined,
        lossAtCut: congestion.lossBefore === undefined ? undefined : round(congestion.lossBefore),
        rttMs: srttMs === undefined ? undefined : round(srttMs),
        promptWithinMs: round(promptWithinMs(roundTrip)),
        trust: refusals.trust,
        controls: { sent: losses.fates.length, late: round(losses.late), never: round(losses.never) },
        ports: {
            waiting: ports.end - ports.next + ports.retries.length,
            refused: counts.refused,
            unverified: noResponses.unverified.length,
            awaitingControl: noResponses.awaitingControl.length,
        },
    };
}
function round(number) {
    return Math.round(number * 100) / 100;
}

;// CONCATENATED MODULE: ./lib/scan/engine/engine.js
/** The one loop that probes: at each tick it expires silent probes, adjusts rates, sends, and drops hosts that are done. */















/** Most sockets kept for further connects: two for each host that takes its turn. */
const MOST_POOLED = 512;
/** How often progress is reported, in milliseconds. */
const PROGRESS_MS = 50;
/** Above this many probes a millisecond, the processor is the limit and not the network. */
const BUSY_PER_MS = 10;
/** With fewer sockets than this, a second thread would have too few to be of use. */
const LEAST_SOCKETS_FOR_TWO = 1_024;
/**
 * Probes every port of every job until it has an outcome, and reports each exactly once. Hosts take turns,
 * and each has a rate of its own.
 *
 * A silent socket stays open for a late answer, and for the kernel to retransmit its SYN; what bounds their number is
 * descriptors. A local shortage reduces the number of sockets and tries again; only one that lasts makes ports unknown.
 */
function probeHosts(jobs, listener, options, context) {
    const { signal } = options;
    const { clock } = context;
    const pass = createPass(jobs, listener, options, context);
    return new Promise((resolve) => {
        const stopTicking = clock.every(TICK_MS, next);
        signal.addEventListener('abort', next);
        if (context.startOffload && pass.sockets.most >= LEAST_SOCKETS_FOR_TWO) {
            pass.offload = context.startOffload({
                sockets: Math.floor(pass.sockets.most / 2),
                timeoutMs: options.timeoutMs,
                report: (host, position, outcome, rttMs) => takeReport(pass, host, { position, outcome, rttMs }),
                // Answers that have arrived meanwhile are read first.
                onBack: () => clock.soon(next),
            });
        }
        let hasEnded = false;
        next();
        function next() {
            if (hasEnded)
                return;
            // The last hosts may have ended between two ticks, because those that were still to be added came late.
            if (!isEmpty(pass.rotation))
                tick(pass);
            if (!isEmpty(pass.rotation))
                return;
            hasEnded = true;
            stopTicking();
            signal.removeEventListener('abort', next);
            resolve(endPass(pass));
        }
    });
}
function createPass(jobs, listener, options, context) {
    const { timeoutMs, serviceOn, signal } = options;
    const { clock, random, createConnector, synTimesMs, sockets, isHelping } = context;
    const now = clock.now();
    const pooled = Math.min(MOST_POOLED, Math.floor(sockets * POOLED_SHARE));
    const tracer = context.onTrace && createTracer(context.onTrace, listener, options, context);
    const pass = {
        context,
        now: clock.now,
        random,
        synTimesMs,
        timeoutMs,
        serviceOn,
        holdsRefusals: timeoutMs === undefined && !isHelping,
        connector: createConnector(pooled),
        sockets: createSocketBudget(sockets - pooled),
        // Each host's first burst, since nothing has been measured yet.
        meter: createSendMeter(jobs.length * FIRST_BURST, now),
        outcomes: createOutcomes(tracer?.listener ?? listener),
        signal,
        rotation: createHostRotation(jobs),
        tracer,
        offload: undefined,
        stopped: undefined,
        tickedAt: now,
        toldAt: now,
        isSending: false,
        onRoom: () => sendSoon(pass),
    };
    return pass;
}
function endPass({ connector, offload, meter, stopped }) {
    connector.releasePool();
    offload?.takeBack();
    const lent = offload?.result;
    const ended = stopped ?? lent?.stopped;
    return { probes: meter.probes + (lent?.probes ?? 0), ...(ended ? { stopped: ended } : {}) };
}
function tick(pass) {
    const { rotation, signal, offload, timeoutMs, outcomes } = pass;
    const now = pass.now();
    const isStalled = now - pass.tickedAt > STALL_MS;
    pass.tickedAt = now;
    if (signal.aborted || offload?.isOverdue(now) || rotation.hosts.some(isLentInDoubt))
        offload?.takeBack();
    for (const host of rotation.hosts) {
        stopOverdue(pass, host, now);
        // After a stall the answers are read first.
        if (isStalled)
            continue;
        expireProbes(pass, host, now);
        if (timeoutMs === undefined)
            steerHost(pass, host, now);
    }
    // If one is scheduled already, another would schedule its own successor, and each tick would add one: no answer gets past
    // such a queue.
    if (!pass.isSending)
        engine_send(pass);
    retire(pass, now);
    measure(pass.meter, now);
    share(pass);
    if (now - pass.toldAt <= PROGRESS_MS)
        return;
    pass.toldAt = now;
    outcomes.listener.onTick?.(outcomes.settled);
}
/** Refusals of this host that another thread reports prove nothing. */
function isLentInDoubt({ ports, refusals }) {
    return ports.lent > 0 && refusals.trust !== 'given';
}
function stopOverdue(pass, host, now) {
    if (host.counts.isOver || !isPastDeadline(pass, host, now))
        return;
    const outcome = pass.signal.aborted ? UNDONE.aborted : UNDONE.timeLimit;
    if (isUndone(host))
        pass.stopped = outcome.reason;
    giveUpHost(pass, host, outcome, now);
}
/** Whether a host that ends now leaves ports unknown. */
function isUndone({ inFlight, ports, refusals }) {
    return (inFlight.portProbes > 0 || countWaiting(ports) > 0 || (refusals.trust !== 'given' && refusals.count > 0));
}
/** Whether nothing more is to be sent to a host. */
function isPastDeadline({ signal }, { job }, now) {
    return signal.aborted || now >= job.deadline;
}
/** Adjusts the rate of a host, and gives the host up once it no longer answers. */
function steerHost(pass, host, now) {
    if (steer(host, pass.rotation.hosts.length, now) !== 'gone')
        return;
    const { trust, refusedAt } = host.refusals;
    const isRefusing = trust === 'suspended' || (refusedAt ?? 0) > (host.liveness.heardAt ?? 0);
    const outcome = isRefusing ? UNDONE.startedRefusing : UNDONE.wentSilent;
    noteChanged(host.job.target, outcome.reason);
    giveUpHost(pass, host, outcome, now);
}
/** Ends hosts that have nothing left to do; if nothing was heard, some ports are probed again first. */
function retire(pass, now) {
    let isAnyOver = false;
    for (const host of pass.rotation.hosts) {
        if (host.counts.isOver || hasWork(host))
            continue;
        if (!isPastDeadline(pass, host, now) && beginSecondLook(host, now))
            continue;
        endHost(pass, host);
        isAnyOver = true;
    }
    if (pass.tracer)
        for (const host of pass.rotation.hosts)
            pass.tracer.look(host, now);
    if (isAnyOver)
        dropOver(pass.rotation);
}
/** Gives part of the work, and half of the sockets, to another thread. */
function share(pass) {
    const { offload, signal, rotation, meter, sockets } = pass;
    if (!offload || signal.aborted || !offload.lend(rotation.hosts, meter.perMs > BUSY_PER_MS))
        return;
    socket_budget_limitTo(sockets, offload.sockets);
}
/** Sends what may leave now, and schedules itself again as long as there is more. */
function engine_send(pass) {
    pass.isSending = false;
    const now = pass.now();
    // Once the time is over, thousands may be left: none of them takes a turn.
    takeIn(pass.rotation, now, (host) => {
        stopOverdue(pass, host, now);
        return hasWork(host);
    });
    if (sendBurst(pass, pass.rotation, now))
        sendSoon(pass);
}
function sendSoon(pass) {
    if (pass.isSending)
        return;
    pass.isSending = true;
    pass.context.clock.soon(() => engine_send(pass));
}

;// CONCATENATED MODULE: external "node:timers/promises"
const promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");
;// CONCATENATED MODULE: external "node:fs"
const external_node_fs_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");
;// CONCATENATED MODULE: ./lib/scan/connect/fd-limit.js

/** Left free for DNS, files, pipes and the greeting of open ports. */
const RESERVE = 24;
/** What is assumed where the system does not tell; a lower limit shows itself by EMFILE. */
const ASSUMED_LIMIT = 4096;
/**
 * A silent port takes one for seconds: 256 hosts × 1,476 silent ports take 68 s with 18,000 sockets, and 50 s with 24,000
 * (simulated). Each costs about 2 KB of memory in this process and 4 KB in the kernel (measured with up to 18,000; Node 24, Linux
 * 6.18). Hosted runners allow 65,536 descriptors.
 */
const MOST_SOCKETS = 24_000;
/** The process's limit of open descriptors (`getrlimit(2)`, RLIMIT_NOFILE, soft), where the system tells. */
function descriptorLimit() {
    try {
        const limits = (0,external_node_fs_namespaceObject.readFileSync)('/proc/self/limits', 'utf8');
        const soft = /^Max open files\s+(\d+)/m.exec(limits)?.[1];
        return soft === undefined ? undefined : Number(soft);
    }
    catch {
        return undefined;
    }
}
/** How many sockets a scan may hold open at a time. */
function socketBudget(limit = descriptorLimit()) {
    const usable = (limit ?? ASSUMED_LIMIT) - RESERVE;
    return Math.max(4, Math.min(MOST_SOCKETS, Math.floor(usable * 0.9)));
}

;// CONCATENATED MODULE: external "node:net"
const external_node_net_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");
;// CONCATENATED MODULE: ./lib/scan/connect/errno.js

/** Local shortage: the probe was never sent, and a later try may succeed. */
const SHORTAGE = {
    EMFILE: { state: 'unknown', reason: 'fd-limit' },
    ENFILE: { state: 'unknown', reason: 'fd-limit' },
    ENOBUFS: { state: 'unknown', reason: 'fd-limit' },
    ENOMEM: { state: 'unknown', reason: 'fd-limit' },
    EADDRNOTAVAIL: { state: 'unknown', reason: 'no-source-port' },
    EAGAIN: { state: 'unknown', reason: 'no-source-port' },
};
/**
 * Errors that `connect` returns at once: this machine refused to send. What Linux says here for a missing
 * or forbidding route (`ip-route(8)`, types unreachable, prohibit, blackhole) it also says when a router's ICMP
 * message arrives, so the moment of the error is what tells them apart.
 */
const LOCAL = {
    ENETUNREACH: { state: 'unknown', reason: 'no-route' },
    EHOSTUNREACH: { state: 'unknown', reason: 'no-route' },
    ENETDOWN: { state: 'unknown', reason: 'no-route' },
    EAFNOSUPPORT: { state: 'unknown', reason: 'no-route' },
    EINVAL: { state: 'unknown', reason: 'no-route' },
    EACCES: { state: 'unknown', reason: 'not-permitted' },
    EPERM: { state: 'unknown', reason: 'not-permitted' },
};
/**
 * Errors that arrive later: the network's answer. The ICMP codes behind each are Linux's `icmp_err_convert`
 * (net/ipv4/icmp.c) and `tab_unreach` (net/ipv6/icmp.c).
 */
const ANSWERS = {
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
};
const UNEXPECTED = { state: 'unknown', reason: 'unexpected-error' };
/**
 * What an error of `connect` says about the port.
 *
 * @param code Node's error code, such as `ECONNREFUSED`
 * @param atOnce whether the error came from the call itself and not from the network
 */
function outcomeOf(code, atOnce) {
    const known = code ? (SHORTAGE[code] ?? (atOnce ? LOCAL[code] : undefined) ?? ANSWERS[code]) : undefined;
    return known ?? UNEXPECTED;
}

;// CONCATENATED MODULE: ./lib/scan/connect/net-socket.js



/** Connects by `net.Socket`: works with every Node. */
const connectSocket = (address, port, onOutcome) => {
    const socket = new external_node_net_namespaceObject.Socket();
    let atOnce = false;
    socket.once('connect', () => {
        const toItself = socket.localPort === socket.remotePort && socket.localAddress === socket.remoteAddress;
        socket.resetAndDestroy();
        onOutcome(toItself ? undefined : outcome_OPEN);
    });
    socket.once('error', (error) => {
        socket.destroy();
        onOutcome(outcomeOf(error.code, atOnce));
    });
    socket.connect(port, address);
    // For a literal address Node makes the system call in the next tick; had it failed, the socket is destroyed now,
    // and its error event is still to come. What fails later, the network has said.
    process.nextTick(() => {
        atOnce = socket.destroyed;
    });
    return {
        cancel() {
            socket.removeAllListeners();
            socket.on('error', ignore);
            socket.destroy();
        },
    };
};
function ignore() { }

;// CONCATENATED MODULE: external "node:os"
const external_node_os_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");
;// CONCATENATED MODULE: external "node:process"
const external_node_process_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:process");
;// CONCATENATED MODULE: external "node:util"
const external_node_util_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");
;// CONCATENATED MODULE: ./lib/scan/connect/socket-pool.js
/** Sockets that are kept for further connections to the address that refused them. */
/** @param most how many sockets may be kept */
function createSocketPool(most) {
    const byAddress = new Map();
    let count = 0;
    function take(address) {
        const own = byAddress.get(address);
        const socket = own?.pop();
        if (own?.length === 0)
            byAddress.delete(address);
        if (socket)
            count -= 1;
        return socket;
    }
    function closeOldest() {
        const [oldest = ''] = byAddress.keys();
        take(oldest)?.close();
    }
    return {
        take,
        keep(address, socket) {
            const own = byAddress.get(address);
            if (own)
                own.push(socket);
            else
                byAddress.set(address, [socket]);
            count += 1;
            if (count > most)
                closeOldest();
        },
        closeAll() {
            while (count > 0)
                closeOldest();
        },
    };
}

;// CONCATENATED MODULE: ./lib/scan/connect/tcp-handle.js






const { ECONNREFUSED } = external_node_os_namespaceObject.constants.errno;
/**
 * The versions of Node on which the handles were tried. They are no public interface (DEP0111), so that any other
 * version gets sockets.
 */
const TRIED = new Set(['20', '22', '24']);
/**
 * Connects by bare TCP handles. A scan is mostly made of connects, and a `net.Socket` around each (a stream, its
 * buffers, its events) costs four times the time in JavaScript and more than twice the memory (65,535 refused
 * ports: 0.2 s and 67 MB in place of 0.8 s and 176 MB; Node 24).
 *
 * Linux lets a socket that was refused connect again. That spares the kernel a socket's making and end, which is a
 * third of a refused port's time (30,000 ports: 0.35 s in place of 0.51 s; Linux 6.18). POSIX leaves it open, so that
 * other systems get a socket for each. It connects to the same address only: one that was connected to an IPv4-mapped
 * address speaks IPv4 from then on, one with a scope stays with its interface (`tcp_v6_connect`, net/ipv6/tcp_ipv6.c),
 * and each takes its next initial sequence number from its last (`tcp_disconnect`, net/ipv4/tcp.c).
 *
 * @returns undefined where this Node is not known to have such handles
 */
function loadTcpHandles() {
    const binding = findBinding();
    return binding && ((most) => createTcpConnector(binding, most));
}
function createTcpConnector({ TCP, TCPConnectWrap, constants }, most) {
    const pool = createSocketPool(external_node_process_namespaceObject.platform === 'linux' ? most : 0);
    return {
        connect(address, port, onOutcome) {
            const request = new TCPConnectWrap();
            request.onOutcome = onOutcome;
            request.pool = pool;
            request.address = address;
            request.oncomplete = afterConnect;
            let handle = connectPooled(pool, request, address, port);
            if (!handle) {
                handle = new TCP(constants.SOCKET);
                const status = connect(handle, request, address, port);
                if (status !== 0)
                    setImmediate(afterFailure, status, handle, request);
            }
            return {
                cancel() {
                    if (request.onOutcome)
                        handle.close();
                    request.onOutcome = undefined;
                },
            };
        },
        releasePool: pool.closeAll,
    };
}
/** @returns zero, or the negative number of the error that the call itself had */
function connect(handle, request, address, port) {
    return address.includes(':')
        ? handle.connect6(request, address, port)
        : handle.connect(request, address, port);
}
/**
 * Connects a socket that was refused before, where there is one.
 *
 * The first connect after a refusal ends the old connection: it gives ECONNABORTED and leaves the socket as it was when
 * it was new (`sock_error` in `__inet_stream_connect`, net/ipv4/af_inet.c). The second one connects. Where neither does,
 * the socket is of no use.
 */
function connectPooled(pool, request, address, port) {
    const handle = pool.take(address);
    if (!handle)
        return undefined;
    if (connect(handle, request, address, port) === 0)
        return handle;
    if (connect(handle, request, address, port) === 0)
        return handle;
    handle.close();
    return undefined;
}
/** The far end of the connection that was asked for last. */
const remote = {};
/**
 * An error does not mean that there is no connection: ICMP that a packet of it brought about, such as a firewall's answer to
 * what follows the handshake, is told here all the same (`sk_err_soft` in `sk_getsockopt`, net/core/sock.c).
 */
function afterConnect(status, handle, request) {
    const { onOutcome, pool, address } = request;
    if (!onOutcome)
        return;
    request.onOutcome = undefined;
    const isConnected = handle.getpeername(remote) === 0;
    if (status < 0 && !isConnected) {
        if (status === -ECONNREFUSED)
            pool.keep(address, handle);
        else
            handle.close();
        onOutcome(outcomeOf((0,external_node_util_namespaceObject.getSystemErrorName)(status), false));
        return;
    }
    const isOpen = isConnected && !isConnectedToItself(handle);
    if (handle.reset() !== 0)
        handle.close();
    onOutcome(isOpen ? outcome_OPEN : undefined);
}
/** The call itself has failed. */
function afterFailure(status, handle, request) {
    const { onOutcome } = request;
    if (!onOutcome)
        return;
    request.onOutcome = undefined;
    handle.close();
    onOutcome(outcomeOf((0,external_node_util_namespaceObject.getSystemErrorName)(status), true));
}
function findBinding() {
    if (!TRIED.has(process.versions.node.split('.')[0] ?? ''))
        return undefined;
    try {
        const { binding } = process;
        const { TCP, TCPConnectWrap, constants } = binding('tcp_wrap');
        if (!TCP || !TCPConnectWrap || constants?.SOCKET === undefined)
            return undefined;
        return { TCP, TCPConnectWrap, constants };
    }
    catch {
        return undefined;
    }
}
/** Whether the far end, which was asked for last, is its own. */
function isConnectedToItself(handle) {
    const local = {};
    return handle.getsockname(local) === 0 && local.port === remote.port && local.address === remote.address;
}

;// CONCATENATED MODULE: ./lib/scan/connect/index.js


/** The cheapest way to connect that this Node has. */
const createConnector = loadTcpHandles() ?? (() => ({ connect: connectSocket, releasePool() { } }));

;// CONCATENATED MODULE: ./lib/scan/connect/syn-times.js

/**
 * When this machine's kernel sends the first SYNs of a connect, in milliseconds after the call: every system sends a second
 * one after 1 s (RFC 6298, 2.1); Linux 6.5 and later send the next after another second (`tcp_syn_linear_timeouts`,
 * `ip-sysctl`), others after two, which is later than the engine waits.
 */
const SYN_TIMES_MS = hasLinearTimeouts() ? [0, 1_000, 2_000] : [0, 1_000];
function hasLinearTimeouts() {
    try {
        return Number((0,external_node_fs_namespaceObject.readFileSync)('/proc/sys/net/ipv4/tcp_syn_linear_timeouts', 'utf8')) > 1;
    }
    catch {
        return false;
    }
}

;// CONCATENATED MODULE: ./lib/scan/targets/random.js
/** A source of random numbers that a seed repeats: mulberry32 (public domain, Tommy Ettinger, 2017). */
function createRandom(seed) {
    let state = seed >>> 0;
    return () => {
        state = (state + 0x6d2b79f5) >>> 0;
        let mixed = Math.imul(state ^ (state >>> 15), state | 1);
        mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    };
}
/** The positions 0 to `count` − 1 in random order (Fisher–Yates). */
function shufflePositions(count, random) {
    const order = new Uint16Array(count).map((_, position) => position);
    for (let last = count - 1; last > 0; last--) {
        const other = Math.floor(random() * (last + 1));
        const moved = order[last];
        order[last] = order[other];
        order[other] = moved;
    }
    return order;
}

;// CONCATENATED MODULE: ./lib/scan/machine.js
/** This machine, as the engine needs it: its clock, its sockets, and random numbers from a seed. */





const CLOCK = {
    now: () => performance.now(),
    every(ms, call) {
        const timer = setInterval(call, ms);
        return () => clearInterval(timer);
    },
    soon(call) {
        setImmediate(call);
    },
    async sleep(ms, signal) {
        await (0,promises_namespaceObject.setTimeout)(ms, undefined, { signal }).catch(() => { });
    },
};
/** @param seed of the engine's random numbers */
function createMachine(seed) {
    return {
        clock: CLOCK,
        random: createRandom(seed),
        createConnector: createConnector,
        synTimesMs: SYN_TIMES_MS,
        sockets: socketBudget(),
    };
}

;// CONCATENATED MODULE: ./lib/scan/worker/worker-thread.js
/** The second thread: probes what it is given with the same engine, and reports it in batches. */






external_node_worker_threads_namespaceObject.parentPort?.on('message', async ({ shares, limiters, sockets, timeoutMs }) => {
    const buckets = limiters.map((perSecond) => createTokenBucket(perSecond, performance.now()));
    const jobs = new Map();
    for (const [index, share] of shares.entries()) {
        const { address, ports, refusing, perSecond, endsAt } = share;
        const deadline = endsAt - performance.timeOrigin;
        const own = share.limiters.map((at) => buckets[at]);
        const target = createTarget(address, ports, { deadline, limiters: own, expected: [] });
        target.congestion = createCongestion(perSecond);
        jobs.set({ target, order: Uint16Array.from(ports.keys()), deadline, refusing }, index);
    }
    let batch = new Map();
    const send = () => {
        const message = { kind: 'batch', shares: batch };
        external_node_worker_threads_namespaceObject.parentPort?.postMessage(message);
        batch = new Map();
    };
    const onOutcome = (job, position, outcome, rttMs) => {
        const share = jobs.get(job);
        const outcomes = batch.get(share) ?? new Map();
        const list = outcomes.get(outcome) ?? { positions: [], rttMs: [] };
        list.positions.push(position);
        list.rttMs.push(rttMs);
        batch.set(share, outcomes.set(outcome, list));
    };
    const { signal } = new AbortController();
    const options = { signal, ...(timeoutMs === undefined ? {} : { timeoutMs }) };
    // What is not reported, the other thread has again.
    const onOutcomes = () => { };
    const listener = { onOutcome, onOutcomes, onTick: send };
    const context = { ...createMachine(0), sockets, isHelping: true };
    const result = await probeHosts([...jobs.keys()], listener, options, context);
    send();
    const changed = [...jobs.keys()].map(({ target }) => target.changed);
    const message = { kind: 'done', result, changed };
    external_node_worker_threads_namespaceObject.parentPort?.postMessage(message);
});

