import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
var __webpack_exports__ = {};

;// CONCATENATED MODULE: external "node:worker_threads"
const external_node_worker_threads_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:worker_threads");
;// CONCATENATED MODULE: ./lib/scan/engine/tuning.js
/**
 * Every number that the engine decides by: its unit, why it is what it is, and where it comes from. Where no source is named
 * it was found by measurement on the networks of `test/lab/` and `test/simulate/`. The comment behind each is the start of
 * the name of a simulated network on which halving or doubling it shows (`npm run sensitivity`); a dash means that none does.
 */
// Sending
/** Hosts that take turns at a time; the others follow as these are done. */
const MOST_HOSTS = 256; // –
/** Connects between two looks at the answers: each takes about 10 µs, and answers should not wait long. */
const BURST = 128; // one port answers after 2 s
/** The engine's one timer: the shortest that leaves the processor idle in between; how often progress is told. Milliseconds. */
const TICK_MS = 4; // two dozen ports in bursts
const PROGRESS_MS = 50; // –
/** After a tick as late as this, answers may wait that were in time, in milliseconds: they are read before anything expires. */
const STALL_MS = 100; // –
/** How long each measurement of the send rate takes, in milliseconds. */
const METER_MS = 16; // ports that a limit refused
// Sockets
/** Most sockets kept for further connects, and their largest share of all sockets: no other probe may use them. */
const MOST_POOLED = 512; // –
const POOLED_SHARE = 0.25; // four sockets
/** A port that connects to itself this often in a row is left unknown; a single connect does so once in 28,000 times. */
const MOST_SELF_CONNECTS = 5; // a third of all connects
/** A local shortage: this share of the open sockets is tried next, no fewer than that, after a pause in milliseconds. */
const SHORTAGE_SHARE = 0.8; // –
const FEWEST_SOCKETS = 4; // no descriptor
const SHORTAGE_PAUSE_MS = 100; // –
/** How long a shortage may last without any probe getting through, in milliseconds. */
const SHORTAGE_PATIENCE_MS = 5_000; // no descriptor
/** A `max-rate` bucket holds what is due in 50 ms. */
const BUCKETS_PER_SECOND = 20; // seed 13
/** More probes a millisecond than this are what a processor can do, and not what a network lets through. */
const BUSY_PER_MS = 10; // –
/** With fewer sockets than this, a second thread would have too few to be of use. */
const LEAST_SOCKETS_FOR_TWO = 1_024; // –
// Round trips and timeouts
/** Bounds of the timeout of a control probe, in milliseconds: RFC 6298 (2.4) says 1 s, nmap -T4 300 ms to 1.25 s. */
const MIN_TIMEOUT_MS = 300; // 20 % of SYNs lost
const MAX_TIMEOUT_MS = 1_000; // four sockets
/** What a busy machine may add to a round trip, in milliseconds. */
const LAG_MS = 25; // 20 % of SYNs lost
/**
 * An answer so much later than the quickest one came to a retransmitted SYN, in milliseconds: kernels send the second one
 * after 1 s (RFC 6298, 2.1), so that the first, or the answer to it, was lost.
 */
const RETRANSMITTED_MS = 950; // ten connections a second
/**
 * How long a silent socket is kept beside the host's timeout, in milliseconds: until the third SYN (Linux 6.5: after 2 s). So
 * long after a rate was cut go on the retransmissions of what was sent before.
 */
const FULL_TIMEOUT_MS = 2_000; // a ban that comes and goes
/** A probe that ends within so many milliseconds sends one SYN: the kernel retransmits after 1 s. */
const SINGLE_SYN_MS = 900; // –
// Control probes
/** Most control ports of each kind. Closed ones are preferred: a reset costs the host nothing. */
const MOST_CLOSED_CONTROLS = 8; // MySQL refused
const MOST_OPEN_CONTROLS = 16; // –
/** A port that was asked this often is listened to once: it may not be what its number says. */
const LISTEN_AFTER = 4; // –
/** After this many losses in a row, an open port has a reason of its own if others still answer; if none does, the host is unresponsive. */
const LOSSES_IN_A_ROW = 4; // –
/** Fewest port probes between two control probes, normally and when port probes are slow. */
const PROBES_BETWEEN = 16; // one address for three hosts
const FEWEST_PROBES_BETWEEN = 4; // four sockets
/** Shortest time between two control probes, in milliseconds: to closed ports, and to open ones. */
const CLOSED_GAP_MS = 4; // –
const OPEN_GAP_MS = 10; // 20 % of SYNs lost, silent
/** A long time, in milliseconds: with such gaps there are enough control probes around each of a port's SYNs. */
const LONG_GAP_MS = 100; // 20 % of SYNs lost
/** The span in which a control probe may fall, in milliseconds: port probes leave in bursts. */
const CONTROL_SPREAD_MS = 20; // 31 ports in one burst
// Loss
/**
 * So many control probes, those that left nearest in time, tell how much was lost at a moment. So many of which the first
 * SYN was lost tell what retransmissions are worth; then older ones count less.
 */
const NEAREST = 64; // –
/** If half of this many, the nearest ones, were lost, something has changed, and only these count. */
const NEIGHBOURS = 8; // –
/** A control probe saw what a probe did if it left among so many, as a share of what the probe left among. */
const COMPARABLE_LOAD = 0.5; // a limit of 1,000 SYNs a second, silent but for SSH
/** Farther away than this a control probe tells nothing, in milliseconds: where there are few, and where there are more. */
const FARTHEST_MS = 15_000; // MySQL refused
const FAR_MS = 3_000; // MySQL refused
/** The next control probe left so long after a moment, in milliseconds, and was lost: the host may have gone before. */
const GONE_AFTER_MS = 1_000; // –
const MAY_BE_GONE = 0.5; // –
/**
 * The kernel retransmits all SYNs together that left within 32 ms (its timers of 1 s are as coarse as that at 250 Hz, and
 * coarser at 1,000 Hz: `kernel/time/timer.c`, and seen so), and a limit on SYNs lets five of a bunch through (the `burst`
 * of nftables and iptables). More are in a bunch above so many probes a millisecond.
 */
const BUNCHED_PER_MS = 0.15; // a limit of 1,000 SYNs a second, silent but for SSH
/** The probability that retransmissions in a bunch get lost as well, and what it counts beside those that were seen. */
const BUNCHED_RETRY_LOSS = 0.5; // seed 31
const RETRY_PRIOR_WEIGHT = 2; // –
// Silence
/**
 * The silence of a port is believed when the probability that all its SYNs were lost is at most this. Where few leave at a
 * time and none was ever lost, it is the number of control probes that keeps it up, and each of them costs time.
 */
const MOST_DOUBT = 1 / 100_000; // –
const MOST_DOUBT_AT_EASE = 1 / 1_000; // four sockets
/** Few are up to so many probes a millisecond: they leave one by one, and a tick makes bunches of more. */
const AT_EASE_PER_MS = 2; // –
/** A refusal of a host that refuses what comes too fast is believed when the probability that it is such a one is at most this. */
const MOST_DOUBT_OF_REFUSAL = 1 / 1_000; // MySQL refused
/** A port that was tried so often in vain stays unknown. Where one SYN in two is lost, it takes a dozen tries. */
const MOST_TRIES = 32; // –
/** Where a host refuses other ports, silence is rarer than loss: the doubt is divided by their number, up to this. */
const MOST_REFUSED = 1_000; // –
/** If no SYN of this many control probes was answered, retransmissions are worth little. */
const NEVER_ANSWERED = 4; // one port answers after 2 s
/** How many of the likeliest ports get a second look if nothing answers: about as many as the catalogue has. */
const SECOND_LOOK_PORTS = 300; // a limit of 1,000 SYNs a second, silent but for SSH
/** Probes a second of that look, and at first to a host that refuses what comes too fast: a tenth of common limits. */
const SECOND_LOOK_PER_SECOND = 100; // a limit of 1,000 SYNs a second, silent but for SSH
const AFRESH_PER_SECOND = 100; // a required port is the first
// Hosts that stop answering
/** A host is unresponsive when control probes were lost, and nothing else was heard for so many milliseconds. */
const UNRESPONSIVE_MS = 1_200; // ports that a limit refused
/** How often ports are asked while nothing else is sent, and when an unresponsive host is given up, in milliseconds. */
const CALM_GAP_MS = 500; // six ports in one burst
const GIVE_UP_MS = 15_000; // seed 23
// Refusals
/** An open port is asked after this many refusals, or when closed ports are silent. */
const REFUSALS_BETWEEN = 16; // a limit of 1,000 SYNs a second
/**
 * So many questions follow each other without a gap, one for as many probes: a scan of some hundred ports is over within
 * milliseconds, and a limit that refuses one connection in ten has to be met.
 */
const EARLY_QUESTIONS = 24; // seed 24
/** Between two questions: this share of the time since the first refusal, up to so many milliseconds. */
const QUESTION_GAP_SHARE = 1 / 16; // –
const MOST_QUESTION_GAP_MS = 250; // ports that a limit refused
/** A port that has refused has to accept so often in a row at that pace: of two hosts behind one address each may answer. */
const CALM_ANSWERS = 3; // MySQL refused
/** The window in which refusals are counted, in milliseconds. */
const SCARCE_WINDOW_MS = 2_000; // –
/** So many open ports have to have answered, and none been lost, and so many closed ones have to be silent for each that is not. */
const SCARCE_ANSWERED = 4; // a kernel that sends one ICMP
const SCARCE_SILENT_SHARE = 3; // –
/** Where so few ports are left, open ones are asked too seldom for one such time to tell, and several are taken together. */
const FEW_PORTS = 64; // –
// Congestion
/** New connections a second to an unknown host; with retransmissions, three times as many SYNs. */
const FIRST_PER_SECOND = 500; // a limit of 1,000 SYNs a second, silent but for five
const MOST_PER_SECOND = 100_000; // –
/** Where more refusals than these come in a second, to wait for them is no slower: they are not scarce. */
const FEWEST_PER_SECOND = 10; // a max-rate that is far below
/** Probes that may leave at once: at the start, later, and where answers ask for more. */
const FIRST_BURST = 32; // one address for three hosts
const FEWEST_BURST = 4; // a required port is the first
const MOST_BURST = 1_000; // 20 % of SYNs lost
/** Tokens are given out at least this often, so that a rate is kept without bursts, in milliseconds. */
const SMOOTH_MS = 5; // 20 % of SYNs lost, silent
/** Control probes that decide about a rate: where all of them were answered, and where some were not. */
const CONTROLS_TO_RAISE = 4; // a limit of 1,000 SYNs a second, silent but for five
const CONTROLS_TO_JUDGE = 16; // 31 ports in one burst
/** Fewer are enough to halve it if this many were lost, and at least half of them. */
const LOSSES_TO_HALVE = 4; // 20 ports in one burst
/** How many have to be answered before the rate exceeds what once got through. */
const CONTROLS_AT_CEILING = 32; // a max-rate that is far below
/** Loss that exceeds that at a lower rate by this much is caused by the rate. */
const LOSS_TOLERANCE = 0.07; // –
/** At a first rate, with nothing to compare it with, more loss than this is too much. */
const TOO_MUCH_LOSS = 0.35; // 20 % of SYNs lost, silent
/** Loss that is at least this share of what it was before a cut is that of the path. */
const CONSTANT_LOSS_SHARE = 0.75; // seed 57
/** At least this share of what a higher rate adds has to get through. */
const GAIN_SHARE = 0.5; // –
/** A rate of which less than this share was used proves nothing. */
const USED_SHARE = 0.5; // ten connections a second
/** The growth factor of a rate, below a ceiling and above it. */
const GROWTH = 2; // silent but for five
const CAREFUL_GROWTH = 1.1; // a limit that answers with ICMP
/** A rate this far below a ceiling loses nothing; a ceiling exceeded by this much without loss was none. */
const CEILING_MARGIN = 0.95; // a limit that answers with ICMP
const CEILING_PASSED = 1.15; // a limit that answers with ICMP

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
function notePortProbe(controls, now) {
    controls.probesSince += 1;
    if (now - controls.streakEnd > METER_MS) {
        controls.streakAt = now;
        controls.streak = 0;
    }
    controls.streakEnd = now;
    controls.streak += 1;
}
/**
 * Probes a millisecond among which a control probe leaves now: since the one before, or, as long as few were sent, of the
 * burst that it is part of.
 */
function loadAt(controls, now) {
    const { sentAt, probesSince, streakAt, streakEnd, streak } = controls;
    const load = probesSince / Math.max(1, now - sentAt);
    if (!areFew(controls) || now - streakEnd > METER_MS)
        return load;
    return Math.max(load, streak / Math.max(METER_MS, now - streakAt));
}
/** Whether so few were sent that each burst needs one of its own. */
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
function placeNext(controls, now, perSecond, random) {
    if (controls.isPlaced || !isTime(controls, now))
        return;
    controls.gapProbes = controls.probesSince + drawPlace(perSecond, random);
    controls.isPlaced = true;
}
/**
 * Whether the next control probe is to leave now, where some port may be probed.
 *
 * @param waiting how many ports wait for their probe
 */
function isDue(controls, now, waiting) {
    const { sentAt, probesSince, gapProbes, isPlaced } = controls;
    if (waiting === 0 && now - sentAt >= LONG_GAP_MS)
        return true;
    // Behind the last of a burst: what a limit has dropped of it shows best there.
    if (waiting === 0 && areFew(controls) && probesSince >= FEWEST_PROBES_BETWEEN)
        return true;
    return isPlaced && probesSince >= gapProbes;
}
/** Whether probes leave one by one, so that there are no places among them to choose from. */
function areAlone(perSecond) {
    return (CONTROL_SPREAD_MS / 1000) * perSecond < 1;
}
/**
 * After how many more probes to ask. What the clock brings about falls at the head of a burst.
 *
 * @param perSecond how many probes leave a second
 */
function drawPlace(perSecond, random) {
    return Math.floor(random() * (CONTROL_SPREAD_MS / 1000) * perSecond);
}
/**
 * Notes that a control probe leaves, and after how many port probes the next one may follow.
 *
 * @param leastGapMs at least so long, in milliseconds
 * @param perSecond how many probes leave a second
 */
function noteSent(controls, leastGapMs, now, perSecond, random) {
    const between = Math.max(PROBES_BETWEEN, (leastGapMs / 1000) * perSecond);
    controls.gapProbes = Math.round(between * (0.5 + random()));
    controls.sentAt = now;
    controls.count += 1;
    controls.isPlaced = false;
    controls.probesSince = 0;
}

;// CONCATENATED MODULE: ./lib/scan/engine/loss-estimator.js
/**
 * How much of what is sent to a host gets lost at a moment. Ports of it that are known to answer are probed again among
 * the others (control probes); how many of those answers fail to come tells how much the silence of another port is worth.
 */

function createLossEstimator() {
    return { sentAt: [], loads: [], fates: [], areOpen: [], delays: [], late: 0, never: 0, latePorts: 0 };
}
/** How many first SYNs of control probes were lost, as far as that is remembered. */
function countLost({ late, never }) {
    return late + never;
}
/** Whether anything was lost, or answered after a retransmission, as far as that is remembered. */
function isLossSeen(losses) {
    return countLost(losses) + losses.latePorts > 0;
}
/** Notes that a port has answered a retransmission. */
function noteLatePort(losses) {
    const state = losses;
    state.latePorts += 1;
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
    state.latePorts = 0;
}
/**
 * Whether it is known what became of a control probe that was sent since a moment. Before that, nothing tells whether the
 * host was still there.
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
 * The probability that all SYNs of a probe got lost, or the answers to them.
 *
 * That of the first SYN is the share of losses around that moment. Retransmissions are worth as much as they were for
 * control probes. As long as little is known of that, those of a probe that left among few are SYNs like others. Those in
 * a bunch are worth one in two: each bunch has the same probes in the same order, and what was too many for a limit or a
 * queue is so again, while the first SYNs of control probes, between the bunches, get through. (A queue of some hundred
 * packets lost all three SYNs of 970 in 20,000 ports, and none of the control probes among them; a limit of 1,000 a second
 * lost all of an open port in one run of eight, where only SSH was there to be asked.)
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
 * The share of first SYNs, or answers to them, that got lost around a moment, 0 to 1, as the nearest control probes saw it:
 * those under the load of that moment, or all of them, whichever lost more. An answer between two bursts says nothing about what
 * a firewall that limits SYNs drops amid them, nor does a loss when nothing else was sent; a loss among fewer probes does.
 * Half a loss is added to those that were seen, so that a few answers do not count as certainty; without any control probe
 * it is 1.
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
/** The next one before a moment and the one after count however far away they are: a lone service is asked ever more seldom. */
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

/** The rate that has come about: less where sockets or the processor are the limit, more where answers have earned it. */
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
        return Math.min(MOST_PER_SECOND, made * CAREFUL_GROWTH);
    return Math.min(MOST_PER_SECOND, made * GROWTH, ceiling * CEILING_MARGIN);
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
/** How long an answer may take before it is late, in milliseconds (RFC 6298, 2.3, and this machine's lag). */
function promptWithinMs({ srttMs, variationMs }) {
    return srttMs === undefined ? MAX_TIMEOUT_MS : srttMs + 4 * variationMs + LAG_MS;
}
/** The retransmission timeout (RTO, RFC 6298): after so many milliseconds an unanswered SYN counts as lost for now. */
function timeoutOf(roundTrip) {
    return Math.min(MAX_TIMEOUT_MS, Math.max(MIN_TIMEOUT_MS, promptWithinMs(roundTrip)));
}

;// CONCATENATED MODULE: ./lib/scan/engine/congestion.js
/** How fast one host may be probed. */





/** @param proven a rate that is known to go well */
function createCongestion(proven) {
    return {
        perSecond: proven ?? FIRST_PER_SECOND,
        allowed: Number.POSITIVE_INFINITY,
        tokens: FIRST_BURST,
        filledAt: Number.NEGATIVE_INFINITY,
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
/** Takes a token for one probe, at most so many a second whatever the rate; false when there is none for now. */
function tryAcquire(congestion, now, most = Number.POSITIVE_INFINITY) {
    const perSecond = Math.min(congestion.perSecond, most);
    const fewest = areAlone(perSecond) ? 1 : FEWEST_BURST;
    const burst = Math.max(fewest, (perSecond * SMOOTH_MS) / 1000);
    const more = ((now - congestion.filledAt) / 1000) * perSecond;
    congestion.filledAt = now;
    const filled = Math.min(burst, congestion.tokens + more);
    // Tokens earned by answers stay; time alone fills the bucket only up to its burst.
    congestion.tokens = most < congestion.perSecond ? filled : Math.max(congestion.tokens, filled);
    if (congestion.tokens < 1)
        return false;
    congestion.tokens -= 1;
    congestion.probes += 1;
    return true;
}
/**
 * Slow start (RFC 5681, 3.1): a prompt answer makes room for two more probes, until something gets lost for the first time.
 * So a host that answers everything is probed as fast as it answers.
 */
function earnTokens(congestion) {
    if (congestion.lossBefore === undefined && !congestion.isHeld) {
        congestion.tokens = Math.min(MOST_BURST, congestion.tokens + 2);
    }
}
/** From now on a probe is one SYN: what got through with the kernel's retransmissions tells nothing any more. */
function expectNoRetries(congestion) {
    congestion.settleMs = 0;
    congestion.ceiling = Number.POSITIVE_INFINITY;
}
/** From now on a host that was never heard is probed slowly, until it answers. */
function slowDown(congestion, losses, now) {
    congestion.tokens = 0;
    begin(congestion, Math.min(SECOND_LOOK_PER_SECOND, congestion.perSecond), losses, now);
}
/** From now on a host is probed slowly at first, one SYN a port: it refuses what comes too fast, and its rate is unknown. */
function startAfresh(congestion, losses, now) {
    congestion.tokens = 0;
    begin(congestion, Math.min(AFRESH_PER_SECOND, congestion.perSecond), losses, now);
    expectNoRetries(congestion);
    congestion.baseline = undefined;
    congestion.isHeld = false;
    // As if all had been lost: answers earn nothing more, and no loss is taken for that of the path.
    congestion.lossBefore = 1;
}
/** From now on a host is probed as an unknown one: the losses had nothing to do with the rate. */
function forgetLoss(congestion, losses, now) {
    Object.assign(congestion, createCongestion());
    begin(congestion, FIRST_PER_SECOND, losses, now);
}
/**
 * Holds the rate against the control probes that were sent since it is what it is.
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
/** Counts the control probes that are settled: none is looked at twice, however long the rate stays what it is. */
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
/** Counts up to the first control probe that may still be answered in time: those after it would be the quick ones only. */
function countSince(congestion, losses, roundTrip, now) {
    const { sentAt, fates } = losses;
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
        else if (fates[number] === 'pending')
            return { answered, lost, isLate: now - sentAt[number] > promptWithinMs(roundTrip) };
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
    congestion.tokens = 0;
    const next = Math.max(FEWEST_PER_SECOND, congestion.ceiling * CEILING_MARGIN);
    if (baseline && baseline.perSecond > next)
        congestion.baseline = { perSecond: next, loss: baseline.loss };
    begin(congestion, next, losses, now);
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
/** How often services are asked as control ports. */
/** Enough to find the rate of a host soon. */
const COURTESY = { budget: 40, gapMs: 250, gapShare: 0 };
/** For a port whose number says nothing, which may be MySQL: 90 times in 10 minutes, and rarely after that. */
const CAREFUL = { budget: 24, gapMs: 250, gapShare: 1 / 8 };
/**
 * Services that hold it against a client when it connects and says nothing. OpenSSH 9.8 adds a second to the penalty of
 * its address each time, and refuses it from 15 s on (`PerSourcePenalties noauth` and `min`); MySQL blocks it after 100
 * times (`max_connect_errors`).
 */
const TOUCHY = {
    ssh: { budget: 6, gapMs: 1_000, gapShare: 0 },
    mysql: { budget: 16, gapMs: 10_000, gapShare: 1 / 8 },
};

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
 * @param reserve how many questions of its budget are to be left
 */
function mayBeAsked({ budget, gapMs, gapShare, firstAskedAt, askedAt }, now, reserve = 0) {
    return budget > reserve || now - askedAt >= Math.max(gapMs, (now - (firstAskedAt ?? now)) * gapShare);
}
/** Whether it never once was as quick as the host, so that it is slow by itself. */
function isSlow({ answers, quickestMs }, isLateFor) {
    return answers >= LOSSES_IN_A_ROW && isLateFor(quickestMs);
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
    if (state === 'closed' && !areRefusalsScarce && closed.length < MOST_CLOSED_CONTROLS)
        closed.push(port);
    if (state === 'open' && open.length < MOST_OPEN_CONTROLS && !isOpenControl(controls, port)) {
        open.push(createOpenControl(port, service, tookMs));
    }
}
/**
 * Notes whether a port that was asked has answered. One that does not for a while, although the host answers, is asked
 * no more: a firewall that counts connections to SSH drops the next ones, and of several hosts behind one address only some
 * have the port open. Nothing else is lost there. Closed ports get more time: a host may limit how often it refuses, and what was
 * refused once, by a limit in place of the port, is silent for good.
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
        control.losses = 0;
        control.losingSince = undefined;
        return;
    }
    control.losses += 1;
    control.losingSince ??= startedAt;
    // Silence is that of the whole host unless it answers later than this; a refusal has come from somewhere.
    const since = answer === 'refused' ? control.losingSince : startedAt;
    const others = closed.length + open.length - 1;
    const hasHostAnswered = heardAt !== undefined && heardAt > since;
    if (control.losses >= LOSSES_IN_A_ROW && others > 0 && hasHostAnswered)
        dropOpen(controls, port);
}
function noteClosedAnswer({ silentSince, closed, open }, port, answer, heardAt, startedAt) {
    if (answer !== 'silent') {
        silentSince.delete(port);
        return;
    }
    const since = silentSince.get(port) ?? startedAt;
    silentSince.set(port, since);
    const hasHostAnswered = heardAt !== undefined && heardAt > startedAt;
    if (startedAt - since < GIVE_UP_MS || closed.length + open.length === 1 || !hasHostAnswered)
        return;
    closed.splice(closed.indexOf(port), 1);
}
/**
 * Notes after how long an open port has answered. A service that never once was as quick as the host is now known to be, as
 * one that was admitted while this machine was busy, is slow by itself: nothing is lost there. It is asked no more where other
 * ports answer.
 */
function noteDelay(controls, port, tookMs, isLateFor) {
    const control = controls.open.find((one) => one.port === port);
    if (!control)
        return;
    control.answers += 1;
    control.quickestMs = Math.min(control.quickestMs, tookMs);
    const others = controls.closed.length + controls.open.length - 1;
    if (others > 0 && isSlow(control, isLateFor))
        dropOpen(controls, port);
}
/** How much of the time that a control port takes to answer is its own, in milliseconds: what it has taken at least, where it is slow by itself. */
function ownDelayOf({ open }, port, isLateFor) {
    const control = open.find((one) => one.port === port);
    return control && isSlow(control, isLateFor) ? control.quickestMs : 0;
}
/** Notes what an open port has said unprompted: from now on it is asked no more often than that service tolerates. */
function noteService(controls, port, service) {
    const control = controls.open.find((one) => one.port === port);
    const touchy = TOUCHY[service];
    if (control && touchy)
        Object.assign(control, touchy, { budget: Math.min(control.budget, touchy.budget) });
}
/** Takes a port for one that is no longer open. */
function dropOpen(controls, port) {
    const state = controls;
    state.open = state.open.filter((one) => one.port !== port);
}
/** Takes a port for one that is not closed. */
function dropClosedPort(controls, port) {
    const state = controls;
    state.closed = state.closed.filter((one) => one !== port);
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
 * @param reserve how many questions of its budget are to be left
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
    next.budget = Math.max(0, next.budget - 1);
    next.asked += 1;
    if (next.asked === LISTEN_AFTER)
        listenTo(next.port);
    next.firstAskedAt ??= now;
    next.askedAt = now;
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
 * Whether a host has become `unresponsive`: several control probes in a row were lost, and nothing else was heard. Or
 * whether it has been so for so long, and was asked as often again, that it is `gone`: where there are few sockets, or one
 * service that may be asked now and then only, that takes longer.
 *
 * @param isAsked whether it is asked at all, in which case it is given up only for want of answers
 */
function checkLiveness({ heardAt, isUnresponsive, unresponsiveAt }, losses, now, timeoutMs, isAsked) {
    if (heardAt === undefined)
        return undefined;
    const { fates, sentAt } = losses;
    if (isUnresponsive) {
        const since = Math.max(heardAt, unresponsiveAt);
        const isEnough = !isAsked || (sentAt.at(-LOSSES_IN_A_ROW) ?? 0) >= since;
        return isEnough && now - since > GIVE_UP_MS ? 'gone' : undefined;
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
/** When the silence of a port is believed. */


function createNoResponses() {
    const state = {
        missProbability: undefined,
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
/** Whether a control probe has told of the time since a moment, where there is one that may. */
function isVerifiedSince(startedAt, { losses, hasControl, timeoutMs, now }) {
    return !hasControl || isKnownSince(losses, startedAt, now, timeoutMs);
}
/**
 * Weighs the silence of a port, or what the network said of it. A firewall may say of what is over a limit what it says of
 * a port that it forbids, so that ICMP proves no more than silence does. `enough`: the control probes that left at the same
 * times as its SYNs were answered, or the doubt has become small in several tries. `again`: it takes SYNs at other moments.
 * `awaiting-control`: it would be enough, if a control probe that was sent after it is answered.
 */
function weighSilence(noResponses, { position, startedAt, answer, isSingleSyn, load }, circumstances) {
    const { losses, synTimesMs, timeoutMs, now } = circumstances;
    // An answer belongs to one of the SYNs, usually the first.
    const synTimes = isSingleSyn || answer ? [startedAt] : synTimesMs.map((time) => startedAt + time);
    const before = noResponses.missProbability?.[position] || 1;
    const missProbability = before * missProbabilityOf(losses, synTimes, load, now, timeoutMs);
    const most = answer?.state === 'closed' ? MOST_DOUBT_OF_REFUSAL : mostDoubt(circumstances, load);
    if (missProbability > most)
        return { worth: 'again', missProbability };
    return { worth: isVerifiedSince(startedAt, circumstances) ? 'enough' : 'awaiting-control', missProbability };
}
/**
 * Keeps the doubt that is left about a port until its next try.
 *
 * @param portCount how many ports the target has
 * @returns how often it was probed in vain
 */
function keepDoubt(noResponses, position, missProbability, portCount) {
    const state = noResponses;
    state.missProbability ??= new Float32Array(portCount);
    state.tries ??= new Uint8Array(portCount);
    state.missProbability[position] = missProbability;
    const tries = state.tries[position] + 1;
    state.tries[position] = Math.min(255, tries);
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
 * Takes the next position, undefined when there is none. Of those that are retried any: they were silent together, and a
 * firewall that lets the first SYNs of each burst pass would always drop the same ones.
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
        asked: 0,
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
    Object.assign(state, { held: new Uint16Array(0), count: 0, proven: 0, asked: 0 });
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
    state.asked = Math.min(state.asked, left);
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
/** Asks the next question after so many more port probes. */
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
    state.asked = state.count;
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
    state.asked = Math.min(state.asked, state.count);
    return true;
}
/**
 * Takes in what an open port has answered. One that refuses suspends all trust. If it then accepts each time where nothing
 * else is asked, the host refuses what comes too fast. If it does not, but others accept, it was closed, or only one of the
 * hosts behind this address has it open: it is no control port, and the rest stands.
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
        state.asked = Math.min(state.asked, state.proven);
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
    state.asked = Math.min(state.asked, state.proven);
    return 'port-closed';
}

;// CONCATENATED MODULE: ./lib/scan/engine/scarce-refusals.js
/** Hosts whose refusals are scarce: a kernel sends one ICMP message a second (`icmp_ratelimit`, icmp(7)), and open ports answer all along. */


function createRefusalPace(now) {
    return { since: now, control: 0, refused: 0, lookedAt: now };
}
/** Whether it is time to look at the window. */
function isLookDue({ lookedAt }, now) {
    return now - lookedAt >= SCARCE_WINDOW_MS;
}
/** Notes that the window goes on: too few open ports were asked in it to tell, as where few ports are left to probe. */
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
 * Refusals are `scarce` where open ports always answered and refusals came at a pace of their own: silence is no loss there,
 * and each refusal of a control port is one that another port does not get. `undecided`: too few open ports were asked.
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
/** Until when a silent socket is worth its descriptor: an answer to the third SYN, or one 2 s late, still counts. */
function fullTimeoutOf({ job }) {
    return FULL_TIMEOUT_MS + timeoutOf(job.target.roundTrip);
}
/** The same where the kernel is not to retransmit. */
function singleSynTimeoutOf({ job }) {
    return Math.min(SINGLE_SYN_MS, timeoutOf(job.target.roundTrip));
}
/**
 * Whether a port is to be tried with one SYN only, after a try with a full timeout. If no control probe was ever lost, or if
 * nothing has answered, a second look at another moment is all that is missing. Behind a
 * firewall that limits SYNs the kernel's retransmissions take the place of first SYNs, and come in bunches that it drops.
 */
function isSingleSynEnough(host, position) {
    const { controls, noResponses, refusals } = host;
    if (noResponses.isSecondLook && !hasControl(controls))
        return true;
    if (refusals.trust !== 'weighed' && !noResponses.missProbability?.[position])
        return false;
    return areRetriesSingleSyn(host);
}
/** The same for ports that were tried with a full timeout. */
function areRetriesSingleSyn({ job, noResponses, refusals, losses }) {
    if (timeoutOf(job.target.roundTrip) > SINGLE_SYN_MS)
        return false;
    return refusals.trust === 'weighed' || noResponses.ignoreKernelRetries || countLost(losses) === 0;
}
/**
 * How long ports that are probed again are spread over, in milliseconds: as long as each of them waits anyway. On a host that
 * refuses what comes too fast it is as long as a full timeout.
 */
function spreadMsOf(host) {
    const isShort = areRetriesSingleSyn(host) && host.refusals.trust !== 'weighed';
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


function createHostRotation(jobs) {
    return { hosts: [], turn: 0, coming: jobs.values(), isLast: false };
}
/** Adds hosts while there is room. */
function takeIn(rotation, now, onTaken) {
    const state = rotation;
    while (!state.isLast && state.hosts.length < MOST_HOSTS) {
        const { value, done } = state.coming.next();
        if (done)
            state.isLast = true;
        else {
            const host = createHostScan(value, now);
            state.hosts.push(host);
            onTaken(host);
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
/** Counts outcomes that are held back, or takes back that they were. */
function countHeld(outcomes, count) {
    outcomes.settled += count;
}

;// CONCATENATED MODULE: ./lib/scan/engine/refusal-questions.js




/**
 * Whether what was refused is to be probed a second time (the recheck). A scan of few ports is over before an open port could be asked
 * among them: most of them left in one burst, of which a limit may have refused all but the first.
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
    const { trust, suspect, count, asked, askedAt, place, isTailDue } = refusals;
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
        return count > asked && now - askedAt >= OPEN_GAP_MS && isOpenReady(controls, now, 0);
    }
    if (place !== 0 || !isOpenReady(controls, now, 1))
        return false;
    return isEarlyTime(refusals) || isGapOver(refusals, controls, moment);
}
function isEarlyTime({ questions, count, probesSince }) {
    return questions < EARLY_QUESTIONS && count > 0 && probesSince >= REFUSALS_BETWEEN;
}
function isGapOver({ count, asked, askedAt, beganAt }, { closed }, { now, isLosing }) {
    const sinceMs = now - askedAt;
    if (count - asked < REFUSALS_BETWEEN) {
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
function isControlDue({ controls, controlProbes: timing, refusals, liveness, ports }, moment) {
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
    return isDue(timing, now, countWaiting(ports));
}
/** What decides whether control probes leave now. */
function momentOf({ inFlight, ports, losses }, now) {
    const isAllSent = countWaiting(ports) === 0;
    const isLast = isAllSent && inFlight.portProbes + ports.lent === 0;
    return { now, isAllSent, isLast, isLosing: countLost(losses) > 0 };
}
/** Takes what was refused for a recheck, once that is due. @returns how many ports that are */
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
    // What was thought to be closed may have been refused by something else: where all is silent, open ports are asked in turn.
    const isTurn = liveness.isUnresponsive && losses.fates.length % 2 === 1;
    const isQuestion = isQuestionDue(refusals, controls, moment) ||
        (isTurn && isOpenReady(controls, now, 0));
    const gapMs = controls.closed.length > 0 ? CLOSED_GAP_MS : OPEN_GAP_MS;
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
 * Whether a control probe that is due may leave now. Where port probes leave one by one it takes the token of one, and with it
 * its place: right behind another probe it would find a limit used up each time, though port probes get through.
 */
function tryAcquireControl(host, now) {
    const { congestion } = host.job.target;
    const most = mostPerSecond(host);
    return !areAlone(Math.min(congestion.perSecond, most)) || tryAcquire(congestion, now, most);
}
/** Whether a port probe may leave now; if so, takes its tokens. */
function tryAcquirePort(host, now) {
    const { liveness, ports, job } = host;
    if (liveness.isUnresponsive || countWaiting(ports) === 0)
        return false;
    return tryAcquire(job.target.congestion, now, mostPerSecond(host));
}
/**
 * Whether what is left is spread over time, whatever the rate: it is probed again, and something got lost. A few ports at once
 * would be one burst, of which a limit drops the same share each time.
 */
function isSpread({ ports, losses }) {
    return ports.next === ports.end && isLossSeen(losses);
}
function mostPerSecond(host) {
    if (!isSpread(host))
        return Number.POSITIVE_INFINITY;
    const left = countWaiting(host.ports) + host.inFlight.portProbes;
    return Math.max(FEWEST_PER_SECOND, (left * 1_000) / spreadMsOf(host));
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
/** Processes the answer of an open port. @returns whether what was refused so far has to be probed again */
function hearControl(host, { port, number, startedAt }, answer, now) {
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
    admitControl(controls, port, 'open', undefined, now - startedAt);
    return true;
}
/**
 * Notes that a port has accepted that was thought to be closed: something else may have refused in its place, and in that of
 * others, or several hosts share the address. It is asked until that is known.
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
/** @param about all of its fields from the start: an object that gets more of them later costs what is compiled for it */
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
/** Keeps what the network said until control probes tell what that is worth. */
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
function limitTo(sockets, most) {
    sockets.most = Math.min(sockets.most, most);
}
/** Makes do with fewer sockets: this machine is short of descriptors or source ports. */
function reduce(sockets, now) {
    limitTo(sockets, Math.max(FEWEST_SOCKETS, Math.floor(sockets.open * SHORTAGE_SHARE)));
    sockets.pausedUntil = now + SHORTAGE_PAUSE_MS;
    sockets.shortSince ??= now;
}
/** Whether a shortage lasts, although fewer sockets are open. */
function isShortForGood({ shortSince }, now) {
    return shortSince !== undefined && now - shortSince > SHORTAGE_PATIENCE_MS;
}

;// CONCATENATED MODULE: ./lib/scan/engine/probe-end.js











/** Ends a host early: what has no outcome yet gets this one. */
function giveUp(context, host, outcome, now) {
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
    // No port is known to answer, so that silence is all there is to say.
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
    if (!hearControl(host, probe, answer, now))
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
/** Probes whose timeout is over. */










/** Ends the probes whose timeout is over: their silence is believed, or they are sent again. */
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
/** So much of what the host has answered before is lost or refused that no number of tries would tell. */
function giveUpPort(context, host, probe, now) {
    const isRefused = probe.answer?.state === 'closed';
    if (isRefused)
        noteChanged(host.job.target, UNDONE.startedRefusing.reason);
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
    if (worth === 'enough')
        finish(context, host, probe, probe.answer ?? SILENT, now);
    else if (worth === 'again') {
        const tries = keepDoubt(noResponses, probe.position, missProbability, host.job.target.ports.length);
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
    // So much quicker than all before: those have come to retransmissions.
    if (Number.isFinite(leastMs) && isLateFor(leastMs))
        noteLatePort(host.losses);
    if (isProving && isAnswer) {
        if (probe.kind === 'port' && isRefusal)
            countRefused(host, 1);
        hear(host, probe, outcome, isPrompt ? tookMs : undefined, now, context.serviceOn);
        if (!isPrompt && probe.kind === 'port')
            noteLatePort(host.losses);
        if (isPrompt && !isSpread(host))
            earnTokens(target.congestion);
    }
    if (probe.kind === 'control') {
        if (outcome.state === 'open')
            noteConfirmed(target, probe.port);
        const fate = isPrompt ? 'prompt' : isAnswer ? 'late' : 'never';
        const answer = outcome.state === 'open' ? 'accepted' : isRefusal ? 'refused' : 'silent';
        settleControl(host.losses, probe.number, fate);
        // Where it is not known what refusals are worth, one says nothing against the port.
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
    if (outcome.reason === 'conn-refused') {
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
        admitControl(controls, port, 'open', context.serviceOn?.(port));
    }
    tell(context.outcomes, job, position, outcome, rttMs);
}
/** What a router or this machine says when a host has gone, and a firewall when it refuses: control probes tell which. */
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
    // What is due so far is due at the rate so far.
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
/** Waits for a token of every bucket and takes it; comes back at once, without, when the signal is aborted. */
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









/** Sends what may leave now, up to a burst. @returns whether more may leave, once the answers so far were read */
function sendBurst(context, rotation, now) {
    for (let sent = 0; sent < BURST; sent++) {
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
    if (control ? !tryAcquireControl(host, now) : !tryAcquirePort(host, now))
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
    return service in TOUCHY ? service : 'known';
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















/**
 * Probes every port of every job until there is something to say of it, and reports each exactly once. Hosts take turns,
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
        if (pass.holdsRefusals && context.startOffload && pass.sockets.most >= LEAST_SOCKETS_FOR_TWO) {
            // Answers that have arrived meanwhile are read first.
            const onBack = () => clock.soon(next);
            const report = (host, position, outcome, rttMs) => takeReport(pass, host, { position, outcome, rttMs });
            pass.offload = context.startOffload(report, Math.floor(pass.sockets.most / 2), onBack);
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
        // The share of each host, before anything is counted against it.
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
        stopLate(pass, host, now);
        // After a stall the answers are read first.
        if (isStalled)
            continue;
        expireProbes(pass, host, now);
        if (timeoutMs === undefined)
            steerHost(pass, host, now);
    }
    // A send that is due already would otherwise become two, and two three: a queue of them that no answer gets past.
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
function stopLate(pass, host, now) {
    if (host.counts.isOver || !isLate(pass, host, now))
        return;
    const outcome = pass.signal.aborted ? UNDONE.aborted : UNDONE.timeLimit;
    if (isUndone(host))
        pass.stopped = outcome.reason;
    giveUp(pass, host, outcome, now);
}
/** Whether a host that ends now leaves ports unknown. */
function isUndone({ inFlight, ports, refusals }) {
    return (inFlight.portProbes > 0 || countWaiting(ports) > 0 || (refusals.trust !== 'given' && refusals.count > 0));
}
/** Whether nothing more is to be sent to a host. */
function isLate({ signal }, { job }, now) {
    return signal.aborted || now >= job.deadline;
}
/** Adjusts the rate of a host, and gives the host up once it no longer answers. */
function steerHost(pass, host, now) {
    if (steer(host, pass.rotation.hosts.length, now) !== 'gone')
        return;
    const isRefusing = (host.refusals.refusedAt ?? 0) > (host.liveness.heardAt ?? 0);
    const outcome = isRefusing ? UNDONE.startedRefusing : UNDONE.wentSilent;
    noteChanged(host.job.target, outcome.reason);
    giveUp(pass, host, outcome, now);
}
/** Ends hosts that have nothing left to do; where nothing was heard, some ports are looked at again first. */
function retire(pass, now) {
    let isAnyOver = false;
    for (const host of pass.rotation.hosts) {
        if (host.counts.isOver || hasWork(host))
            continue;
        if (!isLate(pass, host, now) && beginSecondLook(host, now))
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
/** Gives part of the work to another thread; it has half of the sockets then. */
function share(pass) {
    const { offload, signal, rotation, meter, sockets } = pass;
    if (!offload || signal.aborted || !offload.lend(rotation.hosts, meter.perMs > BUSY_PER_MS))
        return;
    limitTo(sockets, offload.sockets);
}
/** Sends what may leave now; comes back by itself as long as there is more. */
function engine_send(pass) {
    pass.isSending = false;
    const now = pass.now();
    takeIn(pass.rotation, now, (host) => stopLate(pass, host, now));
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
/** Above this, more sockets only cost memory: about 10 KiB each (measured with Node 24 on Linux 6.18). */
const MOST_SOCKETS = 16_384;
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






external_node_worker_threads_namespaceObject.parentPort?.on('message', async ({ shares, limiters, sockets }) => {
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
    // What is not reported, the other thread has again.
    const onOutcomes = () => { };
    const listener = { onOutcome, onOutcomes, onTick: send };
    const context = { ...createMachine(0), sockets, isHelping: true };
    const result = await probeHosts([...jobs.keys()], listener, { signal }, context);
    send();
    const changed = [...jobs.keys()].map(({ target }) => target.changed);
    const message = { kind: 'done', result, changed };
    external_node_worker_threads_namespaceObject.parentPort?.postMessage(message);
});

