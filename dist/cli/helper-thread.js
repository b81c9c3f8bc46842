import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({});
/************************************************************************/
/******/ // The module cache
/******/ var __webpack_module_cache__ = {};
/******/ 
/******/ // The require function
/******/ function __nccwpck_require__(moduleId) {
/******/ 	// Check if module is in cache
/******/ 	var cachedModule = __webpack_module_cache__[moduleId];
/******/ 	if (cachedModule !== undefined) {
/******/ 		return cachedModule.exports;
/******/ 	}
/******/ 	// Create a new module (and put it into the cache)
/******/ 	var module = __webpack_module_cache__[moduleId] = {
/******/ 		// no module.id needed
/******/ 		// no module.loaded needed
/******/ 		exports: {}
/******/ 	};
/******/ 
/******/ 	// Execute the module function
/******/ 	var threw = true;
/******/ 	try {
/******/ 		__webpack_modules__[moduleId](module, module.exports, __nccwpck_require__);
/******/ 		threw = false;
/******/ 	} finally {
/******/ 		if(threw) delete __webpack_module_cache__[moduleId];
/******/ 	}
/******/ 
/******/ 	// Return the exports of the module
/******/ 	return module.exports;
/******/ }
/******/ 
/************************************************************************/
/******/ /* webpack/runtime/asset-relocator-loader */
/******/ if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
/******/ 
/************************************************************************/
var __webpack_exports__ = {};

;// CONCATENATED MODULE: external "node:worker_threads"
const external_node_worker_threads_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:worker_threads");
;// CONCATENATED MODULE: ./lib/scan/evidence.js
/**
 * What the witnesses of a host have to say. Ports of it that are known to answer are probed again among the others;
 * how many of those answers are lost tells how much the silence of another port is worth.
 */
/** So many witnesses, those that were sent nearest in time, tell how much was lost at a moment. */
const MANY = 64;
/** If so many of the nearest few were lost, something has changed: then these alone count. */
const FEW = 8;
const TELLING = 4;
/** A witness saw what a probe did if it was sent among so many, as a share of what the probe was sent among. */
const COMPARABLE = 0.5;
/** Farther away than this a witness tells nothing, in milliseconds: where there are few, and where there are more. */
const FARTHEST_MS = 15_000;
const FAR_MS = 3_000;
/** The next witness is this far, in milliseconds, and it was lost: then the host may have gone before the moment. */
const NEXT_MS = 1_000;
const MAY_BE_GONE = 0.5;
/** So many witnesses of which the first SYN was lost tell what the next ones are worth; then older ones count less. */
const REMEMBERED = 64;
/**
 * The kernel sends the retries of all probes together that left within 32 ms (its timers of 1 s are as coarse as that
 * at 250 Hz, and coarser at 1,000 Hz: `kernel/time/timer.c`, and seen so), and a limit on SYNs lets five of a bunch through
 * (the `burst` of nftables and iptables). More are in a bunch above so many probes a millisecond.
 */
const BUNCHED = 0.15;
/** The chance that the retries in a bunch get lost as well, and what a guess counts beside those that were seen. */
const BUNCHED_GUESS = 0.5;
const GUESS_WEIGHT = 2;
function createEvidence() {
    return { sentAt: [], loads: [], fates: [], areOpen: [], late: 0, never: 0 };
}
/** Notes that a witness was sent; its number is for `settleWitness`. */
function addWitness({ sentAt, loads, fates, areOpen }, now, load, isOpen) {
    fates.push('pending');
    areOpen.push(isOpen);
    loads.push(load);
    return sentAt.push(now) - 1;
}
function settleWitness(evidence, number, fate) {
    // What was forgotten meanwhile stays so.
    if (evidence.fates[number] !== 'pending')
        return;
    evidence.fates[number] = fate;
    if (fate === 'prompt' || fate === 'unsent')
        return;
    evidence[fate] += 1;
    if (evidence.late + evidence.never < REMEMBERED)
        return;
    evidence.late /= 2;
    evidence.never /= 2;
}
/** Takes all that was told so far for untold: it was about something else than what is to be known from now on. */
function forget(evidence) {
    evidence.fates.fill('unsent');
    evidence.late = 0;
    evidence.never = 0;
}
/**
 * Whether it is known of a witness that was sent since then what became of it. Before that, nothing tells whether the
 * host was still there.
 */
function isWatched(evidence, since, now, overdueMs) {
    let number = findFirstAfter(evidence.sentAt, since);
    while (evidence.fates[number] === 'unsent')
        number += 1;
    return (number < evidence.fates.length &&
        (evidence.fates[number] !== 'pending' || isLost(evidence, number, now, overdueMs)));
}
/** Whether the first SYN of a witness was lost, or its answer is so late that it has to be taken for lost as yet. */
function isLost({ sentAt, fates }, number, now, overdueMs) {
    const fate = fates[number];
    if (fate === 'pending')
        return now - sentAt[number] > overdueMs;
    return fate === 'late' || fate === 'never';
}
/**
 * The chance that all SYNs of a probe got lost, or the answers to them.
 *
 * That of the first SYN is the share of losses around that moment. The kernel's retries are worth as much as they
 * were for witnesses. As long as little is known of that, those of a probe that left among few are SYNs like others.
 * Those in a bunch are worth one in two: each bunch has the same probes in the same order, and what was too many for a
 * limit or a queue is so again, while the first SYNs of witnesses, between the bunches, get through. (A queue of some
 * hundred packets lost all three SYNs of 970 in 20,000 ports, and none of the witnesses among them; a limit of 1,000 a second
 * lost all of an open port in one run of eight, where nothing but SSH bore witness.)
 *
 * @param synTimes when the SYNs were sent, on the clock of `performance.now()`
 * @param load probes a millisecond among which the first was sent
 * @param overdueMs after how long a witness that was not answered counts as lost for now
 */
function chanceOfLoss(evidence, synTimes, load, now, overdueMs) {
    const [first = 1, ...others] = synTimes.map((time) => lossAt(evidence, time, now, overdueMs));
    if (others.length === 0)
        return first;
    const independent = others.reduce((product, loss) => product * loss, 1);
    const guess = load > BUNCHED ? Math.max(BUNCHED_GUESS, independent) : independent;
    const { late, never } = evidence;
    const seen = (never + GUESS_WEIGHT * guess) / (late + never + GUESS_WEIGHT);
    return first * Math.max(independent, seen);
}
/**
 * The share of first SYNs and answers that got lost around a moment, 0 to 1, as the nearest witnesses saw it.
 * An answer counts only where it came under the load of that moment: one between two bursts tells nothing of what a
 * firewall that limits SYNs drops in the midst of them. Careful: half a loss is added to those that were seen, so
 * that a few answers do not count as certainty; without any witness it is 1.
 */
function lossAt(evidence, moment, now, overdueMs) {
    const { sentAt, loads, fates } = evidence;
    let after = findFirstAfter(sentAt, moment);
    const load = (loads[after] ?? 0) * COMPARABLE;
    let before = after - 1;
    let heard = 0;
    let lost = 0;
    let worst = isNextLost(evidence, after, moment, now, overdueMs) ? MAY_BE_GONE : 0;
    while (heard < MANY) {
        const back = before >= 0 ? moment - sentAt[before] : Number.POSITIVE_INFINITY;
        const ahead = after < sentAt.length ? sentAt[after] - moment : Number.POSITIVE_INFINITY;
        if (Math.min(back, ahead) > (heard < FEW ? FARTHEST_MS : FAR_MS))
            break;
        const number = back <= ahead ? before-- : after++;
        const isGone = isLost(evidence, number, now, overdueMs);
        const isAnswered = fates[number] === 'prompt' && loads[number] >= load;
        if (!isGone && !isAnswered)
            continue;
        heard += 1;
        if (isGone)
            lost += 1;
        if (heard === FEW && lost >= TELLING)
            worst = Math.max(worst, share(lost, heard));
    }
    return heard === 0 ? 1 : Math.max(worst, share(lost, heard));
}
function isNextLost(evidence, next, moment, now, overdueMs) {
    if (next >= evidence.sentAt.length || evidence.sentAt[next] - moment < NEXT_MS)
        return false;
    return isLost(evidence, next, now, overdueMs);
}
function share(lost, heard) {
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

;// CONCATENATED MODULE: external "node:timers/promises"
const promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");
;// CONCATENATED MODULE: ./lib/scan/pacing.js
/**
 * Round trips and time-outs of one host, and the caps that a policy sets.
 */

/** Bounds of the time after which a witness that was not answered counts as lost for now, in milliseconds. */
const MIN_TIMEOUT_MS = 300;
const MAX_TIMEOUT_MS = 1_000;
/** What a busy machine may add to a round trip, in milliseconds. */
const LAG_MS = 25;
/**
 * An answer so much later than the quickest one came to the second SYN: Linux sends it after 1 s (RFC 6298, 2.1), so
 * that the first, or the answer to it, was lost.
 */
const RETRANSMITTED_MS = 950;
function createRoundTrip() {
    return { srttMs: undefined, varianceMs: 0, leastMs: Number.POSITIVE_INFINITY };
}
/** Whether an answer that took so long came to a SYN that had to be sent twice. */
function isRetransmitted({ leastMs }, tookMs) {
    return tookMs >= leastMs + RETRANSMITTED_MS;
}
/** Takes one measured round trip into the estimate (RFC 6298, section 2). */
function learnRoundTrip(estimate, sampleMs) {
    // An answer to a SYN that was sent twice tells nothing about the round trip (Karn; RFC 6298, 3).
    if (isRetransmitted(estimate, sampleMs))
        return;
    estimate.leastMs = Math.min(estimate.leastMs, sampleMs);
    if (estimate.srttMs === undefined) {
        estimate.srttMs = sampleMs;
        estimate.varianceMs = sampleMs / 2;
        return;
    }
    estimate.varianceMs += (Math.abs(sampleMs - estimate.srttMs) - estimate.varianceMs) / 4;
    estimate.srttMs += (sampleMs - estimate.srttMs) / 8;
}
/** How long an answer may take before something is wrong with it, in milliseconds. */
function promptWithinMs({ srttMs, varianceMs }) {
    return srttMs === undefined ? MAX_TIMEOUT_MS : srttMs + 4 * varianceMs + LAG_MS;
}
/** After how long a witness that was not answered counts as lost for now, in milliseconds. */
function overdueAfterMs(roundTrip) {
    return Math.min(MAX_TIMEOUT_MS, Math.max(MIN_TIMEOUT_MS, promptWithinMs(roundTrip)));
}
function createRateCap(perSecond) {
    return { perSecond, tokens: 1, filledAt: performance.now() };
}
/** Whether there is leave for one connection; false when the cap is reached for now. */
function hasLeave(cap, now) {
    const burst = Math.max(1, cap.perSecond / 20);
    cap.tokens = Math.min(burst, cap.tokens + ((now - cap.filledAt) / 1000) * cap.perSecond);
    cap.filledAt = now;
    return cap.tokens >= 1;
}
/** Takes leave for one connection, where there is one. */
function takeLeave(cap) {
    cap.tokens -= 1;
}
/** Waits until every cap has leave for one connection; comes back at once when the signal is aborted. */
async function waitForLeave(caps, signal) {
    for (const cap of caps) {
        while (!signal.aborted && !hasLeave(cap, performance.now())) {
            await sleep(1000 / cap.perSecond, undefined, { signal }).catch(() => { });
        }
        if (!signal.aborted)
            takeLeave(cap);
    }
}

;// CONCATENATED MODULE: ./lib/scan/rate.js


/** New connections a second to a host of which nothing is known; with the kernel's own retries thrice as many SYNs. */
const FIRST = 500;
const MOST = 100_000;
const FEWEST = 10;
/** The same for a second look at a host of which nothing was heard: a tenth of what common limits on SYNs let through. */
const SLOW = 100;
/** Probes that may be made at once: at the start, later, and where answers ask for more. */
const FIRST_BURST = 32;
const FEWEST_BURST = 4;
const MOST_BURST = 1_000;
/** Tokens are given out at least this often, so that a rate is kept without bursts, in milliseconds. */
const SMOOTH_MS = 5;
/** Witnesses that decide about a rate: where all of them were answered, and where some were not. */
const rate_FEW = 4;
const rate_MANY = 16;
/** Fewer will do to halve it where so many were lost, and half of them or more. */
const rate_TELLING = 4;
/** So many have to be answered before more than what once got through is tried. */
const CONVINCING = 32;
/** More loss than at a lower rate by this share is the rate's doing. */
const TOLERANCE = 0.07;
/** At a first rate, with nothing to compare it with, more loss than this is too much. */
const TOO_MUCH = 0.35;
/** A rate of which less than this share was made proves nothing. */
const USED = 0.5;
/** A rate grows by this factor, but above a ceiling only by that one. */
const GROWTH = 2;
const CAUTION = 1.1;
/** What is below a ceiling loses nothing, and a ceiling that is passed by so much was none. */
const BELOW = 0.95;
const PASSED = 1.15;
/** So long the kernel's own retries of what was sent before go on after a rate was cut, in milliseconds. */
const RETRIES_MS = 2_000;
/** @param proven a rate that is known to go well */
function createRate(now, proven) {
    return {
        perSecond: proven ?? FIRST,
        tokens: FIRST_BURST,
        filledAt: now,
        since: now,
        firstWitness: 0,
        probes: 0,
        isHeld: false,
        ceiling: Number.POSITIVE_INFINITY,
        settleMs: RETRIES_MS,
        settledAt: now,
        base: proven === undefined ? undefined : { perSecond: proven, loss: 0 },
        refused: undefined,
    };
}
/** Takes a token for one probe; false when there is none for now. */
function takeToken(rate, now) {
    const burst = Math.max(FEWEST_BURST, (rate.perSecond * SMOOTH_MS) / 1000);
    const more = ((now - rate.filledAt) / 1000) * rate.perSecond;
    rate.filledAt = now;
    // What answers have earned stays, time alone fills the bucket no further than its burst.
    rate.tokens = Math.max(rate.tokens, Math.min(burst, rate.tokens + more));
    if (rate.tokens < 1)
        return false;
    rate.tokens -= 1;
    rate.probes += 1;
    return true;
}
/**
 * A prompt answer makes room for two more probes, as in TCP's slow start, until something gets lost for the first
 * time: so a host that answers everything is probed as fast as it answers.
 */
function earnTokens(rate) {
    if (rate.refused === undefined && !rate.isHeld)
        rate.tokens = Math.min(MOST_BURST, rate.tokens + 2);
}
/** From now on a probe is one SYN: what got through with the kernel's retries tells nothing any more. */
function expectNoRetries(rate) {
    rate.settleMs = 0;
    rate.ceiling = Number.POSITIVE_INFINITY;
}
/** From now on a host is probed slowly, until it answers. */
function slowDown(rate, evidence, now) {
    rate.tokens = 0;
    begin(rate, Math.min(SLOW, rate.perSecond), evidence, now);
}
/**
 * From now on a host is probed slowly at first, and with one SYN a port: it refuses what comes too fast, and what is known
 * of its rate counts no longer.
 */
function startAfresh(rate, evidence, now) {
    slowDown(rate, evidence, now);
    expectNoRetries(rate);
    rate.base = undefined;
    rate.isHeld = false;
    // As if all had been lost: answers earn nothing more, and no loss is taken for that of the way.
    rate.refused = 1;
}
/** From now on a host is probed as one of which nothing is known: what was lost had nothing to do with the rate. */
function forgetLoss(rate, evidence, now) {
    Object.assign(rate, createRate(now));
    begin(rate, FIRST, evidence, now);
}
/** Holds the rate against what the witnesses say that were sent since it is what it is. */
function adjustRate(rate, evidence, roundTrip, now) {
    const { answered, lost, late } = countSince(rate, evidence, roundTrip, now);
    rate.isHeld = late;
    if (lost === 0) {
        const enough = isAtCeiling(rate) ? CONVINCING : rate_FEW;
        if (answered >= enough && !late)
            raise(rate, 0, evidence, now);
    }
    else if (answered + lost >= rate_MANY)
        judge(rate, lost / (answered + lost), evidence, now);
    else if (lost >= rate_TELLING && lost >= answered)
        cut(rate, 0.5, evidence, now);
}
function isAtCeiling({ perSecond, ceiling }) {
    return perSecond >= ceiling * BELOW * 0.999;
}
/**
 * Counts up to the first witness that may still be answered in time: those after it would be the quick ones only.
 * What was sent while the rate was not made use of says nothing about it.
 */
function countSince({ firstWitness, perSecond, settledAt }, evidence, roundTrip, now) {
    const { sentAt, loads, fates } = evidence;
    const least = (perSecond / 1000) * USED;
    const overdueMs = overdueAfterMs(roundTrip);
    let answered = 0;
    let lost = 0;
    for (let number = firstWitness; number < fates.length; number++) {
        const counts = loads[number] >= least && sentAt[number] >= settledAt ? 1 : 0;
        if (isLost(evidence, number, now, overdueMs))
            lost += counts;
        else if (fates[number] === 'prompt')
            answered += counts;
        else if (fates[number] === 'pending')
            return { answered, lost, late: now - sentAt[number] > promptWithinMs(roundTrip) };
    }
    return { answered, lost, late: false };
}
function judge(rate, loss, evidence, now) {
    const { base, refused } = rate;
    const level = { perSecond: actual(rate, now), loss };
    // Slowing down has changed nothing: it is the way that is lossy.
    const isConstant = refused !== undefined && loss >= refused * 0.75 && loss <= TOO_MUCH;
    if (isConstant)
        rate.ceiling = Number.POSITIVE_INFINITY;
    if (isConstant || (base ? isWorthwhile(level, base) : loss <= TOO_MUCH))
        raise(rate, loss, evidence, now);
    else
        cut(rate, loss, evidence, now);
}
/** Slows down to what gets through. */
function cut(rate, loss, evidence, now) {
    const { base } = rate;
    rate.refused = loss;
    rate.ceiling = actual(rate, now) * (1 - loss);
    rate.tokens = 0;
    const next = Math.max(FEWEST, rate.ceiling * BELOW);
    if (base && base.perSecond > next)
        rate.base = { perSecond: next, loss: base.loss };
    begin(rate, next, evidence, now);
    rate.settledAt = now + rate.settleMs;
}
/** Whether a rate gets more through than a lower one did, or loses hardly more. */
function isWorthwhile(level, base) {
    if (level.loss <= base.loss + TOLERANCE)
        return true;
    const gain = (level.perSecond * (1 - level.loss)) / (base.perSecond * (1 - base.loss));
    return gain >= 1 + 0.5 * (level.perSecond / base.perSecond - 1) && level.perSecond > base.perSecond * 1.05;
}
function raise(rate, loss, evidence, now) {
    const perSecond = actual(rate, now);
    // A little more loss each time would be a lot in the end: the least of them stays the measure.
    rate.base = { perSecond, loss: Math.min(loss, rate.base?.loss ?? 1) };
    if (perSecond > rate.ceiling * PASSED)
        rate.ceiling = Number.POSITIVE_INFINITY;
    // A rate that is not made use of proves nothing about a higher one.
    const isUsed = perSecond >= rate.perSecond * USED;
    begin(rate, isUsed ? nextOf(rate, Math.max(perSecond, rate.perSecond)) : rate.perSecond, evidence, now);
}
function nextOf(rate, perSecond) {
    if (isAtCeiling(rate))
        return Math.min(MOST, perSecond * CAUTION);
    return Math.min(MOST, perSecond * GROWTH, rate.ceiling * BELOW);
}
function begin(rate, perSecond, { fates }, now) {
    rate.perSecond = perSecond;
    rate.since = now;
    rate.firstWitness = fates.length;
    rate.probes = 0;
}
/** The rate that has come about: less where sockets or the processor are the limit, more where answers have earned it. */
function actual({ probes, since, perSecond }, now) {
    const elapsed = Math.max(1, now - since);
    return Math.max(FEWEST, Math.min((probes * 1000) / elapsed, perSecond * 2));
}

;// CONCATENATED MODULE: ./lib/scan/witnesses.js
/**
 * Which ports of a host may bear witness, and when: they are known to answer, so that their silence is a loss.
 */
/** So many closed ports take turns, a refusal costs a host nothing, or so many open ones. */
const MOST_CLOSED = 8;
const MOST_OPEN = 16;
const COURTESY = { budget: 40, gapMs: 250, gapShare: 0 };
/** Of a port whose number says nothing, which may be MySQL's: 90 times in 10 minutes, and seldom after that. */
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
/** A port that has been asked so often is listened to once: it may not be what its number says. */
const LISTENED_TO_AFTER = 4;
/** An open port that has not answered so often in a row, while others do, has a reason of its own. */
const MOST_LOSSES = 4;
/** At least so many probes are made from one witness to the next, and if these take a while, so many. */
const PROBES_BETWEEN = 16;
const FEWEST_BETWEEN = 4;
/** At least this long from one witness to the next, in milliseconds: to closed ports, and to open ones. */
const CLOSED_GAP_MS = 4;
const OPEN_GAP_MS = 10;
/** A while: with so long a gap there are enough witnesses around each of a port's SYNs, in milliseconds. */
const LONG_GAP_MS = 100;
/** A witness falls anywhere in so long a time: probes leave in bursts, one each time that the scan's timer fires. */
const SPREAD_MS = 20;
function createWitnesses(listenTo = () => { }) {
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
    };
}
/** Notes that a port has answered promptly. */
function admitWitness({ closed, open, areRefusalsScarce }, port, state, service) {
    if (state === 'closed' && !areRefusalsScarce && closed.length < MOST_CLOSED)
        closed.push(port);
    if (state === 'open' && open.length < MOST_OPEN && !open.some((one) => one.port === port)) {
        const { budget, gapMs, gapShare } = service === undefined ? CAREFUL : (TOUCHY[service] ?? COURTESY);
        open.push({ port, asked: 0, left: budget, gapMs, gapShare, askedAt: Number.NEGATIVE_INFINITY, losses: 0 });
    }
}
/**
 * Notes whether an open port that was asked has answered. One that does not for a while, although the host answers, bears
 * witness no more: a firewall that counts connections to SSH drops the next ones, and nothing else is lost.
 */
function heedWitness(witnesses, port, isAnswered, hasHostAnswered) {
    const witness = witnesses.open.find((one) => one.port === port);
    if (!witness)
        return;
    witness.losses = isAnswered ? 0 : witness.losses + 1;
    const others = witnesses.closed.length + witnesses.open.length - 1;
    if (witness.losses < MOST_LOSSES || others === 0 || !hasHostAnswered)
        return;
    dropOpen(witnesses, port);
}
/** Notes what an open port has said unasked: from now on it is asked no more often than that service takes. */
function heedService({ open }, port, service) {
    const witness = open.find((one) => one.port === port);
    const touchy = TOUCHY[service];
    if (!witness || !touchy)
        return;
    const { budget, gapMs, gapShare } = touchy;
    Object.assign(witness, { left: Math.min(witness.left, budget), gapMs, gapShare });
}
/** Takes a port for one that is no longer open. */
function dropOpen(witnesses, port) {
    witnesses.open = witnesses.open.filter((one) => one.port !== port);
}
/** Whether a port that bears witness is an open one. */
function isOpenWitness({ open }, port) {
    return open.some((one) => one.port === port);
}
function hasOpen({ open }) {
    return open.length > 0;
}
/**
 * Whether an open port may be asked now, or this one.
 *
 * @param reserve what is to be left of its budget
 */
function isOpenReady({ open }, now, reserve, port) {
    return open.some((one) => (port === undefined || one.port === port) && mayBeAsked(one, now, reserve));
}
function hasWitness({ closed, open }) {
    return closed.length + open.length > 0;
}
/**
 * Whether it is time for the next witness. They fall anywhere among the probes, not at the head of each burst: a
 * firewall that limits SYNs lets the first ones pass.
 *
 * @param left how many ports wait for their probe
 * @param perSecond how many probes are made a second
 */
function isDue(witnesses, now, left, perSecond) {
    const { askedAt, probesSince, quota, isPlaced, closed, open } = witnesses;
    if (closed.length === 0 && !open.some((one) => mayBeAsked(one, now)))
        return false;
    const isLong = now - askedAt >= LONG_GAP_MS;
    if (isLong && left === 0)
        return true;
    if (isPlaced)
        return probesSince >= quota;
    if (probesSince < (isLong ? Math.min(FEWEST_BETWEEN, quota) : quota))
        return false;
    witnesses.quota = probesSince + drawPlace(perSecond);
    witnesses.isPlaced = true;
    return probesSince >= witnesses.quota;
}
/**
 * After how many more probes to ask. What the clock has brought about is so at the head of a burst, where a firewall that
 * limits SYNs lets everything pass.
 *
 * @param perSecond how many probes are made a second
 */
function drawPlace(perSecond) {
    return Math.floor(Math.random() * (SPREAD_MS / 1000) * perSecond);
}
function mayBeAsked(witness, now, reserve = 0) {
    const { left, gapMs, gapShare, firstAskedAt = now, askedAt } = witness;
    return left > reserve || now - askedAt >= Math.max(gapMs, (now - firstAskedAt) * gapShare);
}
/**
 * Notes that a witness is sent, and after how many probes the next one may follow.
 *
 * @param perSecond how many probes are made a second
 */
function beginTurn(witnesses, now, perSecond) {
    const { closed } = witnesses;
    const gapMs = closed.length > 0 ? CLOSED_GAP_MS : OPEN_GAP_MS;
    const between = Math.max(PROBES_BETWEEN, (gapMs / 1000) * perSecond);
    witnesses.quota = Math.round(between * (0.5 + Math.random()));
    witnesses.askedAt = now;
    witnesses.isPlaced = false;
    witnesses.probesSince = 0;
}
/** The port whose turn it is: closed ports first. */
function takeWitness(witnesses, now) {
    const { closed } = witnesses;
    if (closed.length > 0)
        return closed[witnesses.turn++ % closed.length];
    return takeOpen(witnesses, now);
}
/** The open port that has most of its budget left, then that which has waited longest; or this one. */
function takeOpen({ open, listenTo }, now, port) {
    const able = port === undefined ? open : open.filter((one) => one.port === port);
    const ready = able.filter((one) => mayBeAsked(one, now));
    const next = (ready.length > 0 ? ready : able).reduce((best, one) => one.left > best.left || (one.left === best.left && one.askedAt < best.askedAt) ? one : best);
    next.left = Math.max(0, next.left - 1);
    next.asked += 1;
    if (next.asked === LISTENED_TO_AFTER)
        listenTo(next.port);
    next.firstAskedAt ??= now;
    next.askedAt = now;
    return next.port;
}

;// CONCATENATED MODULE: ./lib/scan/refusals.js



/** An open port is asked after so many refusals, or where closed ports are silent. */
const REFUSALS_BETWEEN = 16;
/**
 * So many questions follow each other without a gap, one for as many probes: a scan of some hundred ports is over within milliseconds,
 * and a limit that refuses one connection in ten has to be met.
 */
const EARLY = 24;
/** Questions follow each other after this share of the time since the first refusal, close at first, in milliseconds. */
const GAP_SHARE = 1 / 16;
const LEAST_GAP_MS = 10;
const MOST_GAP_MS = 250;
/** How often open ports are asked while nothing else is, in milliseconds. */
const CALM_GAP_MS = 500;
function createRefusals() {
    return {
        positions: new Uint16Array(0),
        count: 0,
        proven: 0,
        asked: 0,
        askedAt: Number.NEGATIVE_INFINITY,
        beganAt: 0,
        questions: 0,
        probesSince: 0,
        marks: new Map(),
    };
}
/** Holds back what a position has said. */
function holdRefusal({ refusals }, position, now) {
    const { positions, count } = refusals;
    if (count === positions.length) {
        refusals.positions = new Uint16Array(Math.max(64, count * 2));
        refusals.positions.set(positions);
    }
    if (count === 0)
        refusals.beganAt = now;
    refusals.positions[count] = position;
    refusals.count += 1;
}
/** All that are held, and how many of them are proven; from then on none is held. */
function takeRefusals({ refusals }) {
    const { positions, count, proven } = refusals;
    Object.assign(refusals, { positions: new Uint16Array(0), count: 0, proven: 0, asked: 0 });
    return { positions: positions.subarray(0, count), proven };
}
/** Whether it is not known as yet what the refusals of a host are worth, though an open port can tell. */
function isInDoubt({ trust, refusals, witnesses }) {
    if (trust === 'suspended')
        return true;
    return trust === 'given' && refusals.count > refusals.proven && hasOpen(witnesses);
}
/**
 * Whether it is time to ask an open port for the sake of the refusals.
 *
 * @param isLast whether nothing else is left to be done
 * @param isLosing whether closed ports that bear witness are silent now and then
 */
function isControlDue({ trust, refusals, witnesses, lane }, isLast, isLosing, now) {
    const { suspect, count, asked, askedAt, beganAt, questions, probesSince } = refusals;
    const sinceMs = now - askedAt;
    if (trust === 'weighed')
        return false;
    if (suspect) {
        const port = suspect.othersAccept ? suspect.port : undefined;
        return sinceMs >= CALM_GAP_MS && isOpenReady(witnesses, now, 0, port);
    }
    // The last question is kept for the end.
    if (isLast)
        return count > asked && sinceMs >= LEAST_GAP_MS && isOpenReady(witnesses, now, 0);
    const isEarly = questions < EARLY && count > 0 && probesSince >= REFUSALS_BETWEEN;
    const gapMs = Math.max(LEAST_GAP_MS, Math.min(MOST_GAP_MS, (now - beganAt) * GAP_SHARE));
    const isPatient = isLosing && witnesses.closed.length > 0 && sinceMs >= MOST_GAP_MS;
    const isTime = count - asked >= REFUSALS_BETWEEN ? sinceMs >= gapMs : isPatient;
    if (!(isEarly || isTime) || !isOpenReady(witnesses, now, 1))
        return false;
    refusals.place ??= isEarly
        ? Math.floor(Math.random() * REFUSALS_BETWEEN)
        : drawPlace(lane.target.rate.perSecond);
    return refusals.place === 0;
}
/** Notes that a probe is made. */
function passProbe({ refusals }) {
    refusals.probesSince += 1;
    if (refusals.place)
        refusals.place -= 1;
}
/** The open port that is to be asked. */
function takeControl({ refusals, witnesses }, now) {
    const { suspect } = refusals;
    return takeOpen(witnesses, now, suspect?.othersAccept ? suspect.port : undefined);
}
/** Notes that an open port is asked, as the witness of this number. */
function noteAsked({ refusals }, witness, now) {
    refusals.marks.set(witness, refusals.count);
    refusals.place = undefined;
    refusals.questions += 1;
    refusals.probesSince = 0;
    refusals.asked = refusals.count;
    refusals.askedAt = now;
}
/**
 * Takes in what an open port has answered, and tells whether all refusals that are held have to be made again.
 *
 * An open port that refuses puts all into suspense. If it accepts where nothing else is asked, the host refuses what
 * comes too fast; if it does not, but others accept, it has been closed, and the rest stands.
 */
function heedControl(course, port, witness, answer, now) {
    const { refusals, witnesses } = course;
    const mark = refusals.marks.get(witness);
    refusals.marks.delete(witness);
    if (mark === undefined)
        return false;
    if (answer === 'refused')
        refusals.refusedAt = now;
    const { suspect } = refusals;
    if (answer === 'accepted')
        refusals.proven = Math.max(refusals.proven, Math.min(mark, refusals.count));
    if (course.trust === 'given') {
        if (answer === 'refused') {
            refusals.suspect = { port, witness, othersAccept: false };
            course.trust = 'suspended';
            course.dark = true;
        }
        else if (answer !== 'accepted')
            refusals.asked = Math.min(refusals.asked, refusals.proven);
    }
    else if (suspect && witness > suspect.witness) {
        if (port !== suspect.port)
            suspect.othersAccept ||= answer === 'accepted';
        else if (answer === 'accepted') {
            distrust(course, now);
            return true;
        }
        else if (suspect.othersAccept && answer !== 'unsent') {
            dropOpen(witnesses, port);
            refusals.suspect = undefined;
            course.trust = 'given';
            course.dark = false;
        }
    }
    return false;
}
/** From now on a refusal is no answer, and the host is probed slowly until open ports tell how fast it can be. */
function distrust(course, now) {
    const { refusals, witnesses, evidence, lane } = course;
    refusals.suspect = undefined;
    course.trust = 'weighed';
    course.dark = false;
    course.refused = 0;
    witnesses.closed = [];
    forget(evidence);
    startAfresh(lane.target.rate, evidence, now);
}

;// CONCATENATED MODULE: ./lib/scan/course.js





/** How often a dark host is asked, in milliseconds. */
const DARK_GAP_MS = 500;
/** How long the first SYNs of a socket may take, beside the round trip, in milliseconds. */
const LAST_SYN_MS = 2_000;
/** The second SYN is sent after 1 s (RFC 6298, 2.1); what ends so long before is sent one only, in milliseconds. */
const LONGEST_BRIEF_MS = 900;
/** So many of the likeliest ports are looked at twice where nothing answers: about as many as the catalogue has. */
const SECOND_LOOK = 300;
/** So many witnesses that none of the kernel's SYNs got an answer for tell that its retries are worth little. */
const TELLING_NEVER = 4;
function createCourse(lane) {
    const witnesses = createWitnesses(async (port) => {
        const service = await lane.overhear?.(lane.target, port);
        if (service !== undefined)
            heedService(witnesses, port, service);
    });
    for (const port of lane.refusing ?? [])
        admitWitness(witnesses, port, 'closed');
    return {
        lane,
        next: 0,
        end: lane.order.length,
        lent: 0,
        again: [],
        selfConnects: new Map(),
        patient: { attempts: [], head: 0 },
        brief: { attempts: [], head: 0 },
        unwatched: [],
        running: 0,
        witnesses,
        evidence: createEvidence(),
        doubts: undefined,
        unproven: [],
        isSecondLook: false,
        refused: 0,
        trust: 'given',
        refusals: createRefusals(),
        scarcity: { since: performance.now(), witness: 0, refused: 0 },
        heardAt: lane.refusing && performance.now(),
        isThrifty: false,
        dark: false,
        over: false,
    };
}
/** How many positions wait for their first or next probe. */
function countLeft({ next, end, again }) {
    return end - next + again.length;
}
/**
 * The next position to probe, undefined when there is none. Of those that are tried again any: they were silent
 * together, and a firewall that lets the first of each burst pass would always drop the same ones.
 */
function takePosition(course) {
    const { lane, again } = course;
    if (course.next < course.end)
        return lane.order[course.next++];
    const last = again.pop();
    if (last === undefined || again.length === 0)
        return last;
    const index = Math.floor(Math.random() * (again.length + 1));
    if (index === again.length)
        return last;
    const position = again[index];
    again[index] = last;
    return position;
}
/** All positions that are left, and leaves none. */
function takeRest(course) {
    const { lane, next, end, again } = course;
    const rest = lane.order instanceof Uint16Array ? lane.order.subarray(next, end) : lane.order.slice(next, end);
    course.next = end;
    course.again = [];
    return [rest, again];
}
/** Until when a silent socket is worth its descriptor: an answer to the third SYN, or one 2 s late, still counts. */
function patienceOf({ lane }) {
    return LAST_SYN_MS + overdueAfterMs(lane.target.roundTrip);
}
/** The same where the kernel is not to send the SYN again. */
function briefPatienceOf({ lane }) {
    return Math.min(LONGEST_BRIEF_MS, overdueAfterMs(lane.target.roundTrip));
}
/**
 * Whether a position is to be tried with one SYN only, when it has had a patient try before. Where no witness was ever
 * lost, a look at another moment is all that is missing, and so it is where nothing has answered. Behind a firewall
 * that limits SYNs the kernel's retries take the place of first SYNs, and come in bunches that it drops.
 */
function isBriefEnough(course, position) {
    const { lane, doubts, evidence } = course;
    const { late, never } = evidence;
    if (course.isSecondLook && !hasWitness(course.witnesses))
        return true;
    if (course.trust === 'weighed')
        return overdueAfterMs(lane.target.roundTrip) <= LONGEST_BRIEF_MS;
    if (!doubts?.[position] || overdueAfterMs(lane.target.roundTrip) > LONGEST_BRIEF_MS)
        return false;
    if (!course.isThrifty && lane.target.rate.refused !== undefined && never >= TELLING_NEVER && never > late) {
        course.isThrifty = true;
        expectNoRetries(lane.target.rate);
    }
    return course.isThrifty || late + never === 0;
}
/**
 * Looks again at what is likeliest to be open, where nothing has answered: slowly, one SYN a port, and not amid the
 * kernel's retries. A firewall that limits SYNs may have dropped all three of each open port, and no witness told.
 *
 * @returns false where there is nothing to look at again
 */
function beginSecondLook(course, now) {
    if (course.isSecondLook || course.unproven.length === 0)
        return false;
    course.isSecondLook = true;
    // They are in the order in which they were probed, the likeliest first.
    course.again = course.unproven.splice(0, SECOND_LOOK);
    slowDown(course.lane.target.rate, course.evidence, now);
    return true;
}
/** The attempts that are not known to be done. */
function listWaiting({ patient, brief, unwatched }) {
    return [...[patient, brief].flatMap(({ attempts, head }) => attempts.slice(head)), ...unwatched];
}
/** Whether it is time for a witness. */
function isWitnessDue(course, now) {
    const { witnesses, dark } = course;
    if (!hasWitness(witnesses))
        return false;
    if (isControlTime(course, now))
        return true;
    if (course.trust === 'suspended')
        return false;
    return dark
        ? now - witnesses.askedAt >= DARK_GAP_MS
        : isDue(witnesses, now, countLeft(course), course.lane.target.rate.perSecond);
}
function isControlTime(course, now) {
    const { late, never } = course.evidence;
    const isLast = course.running + course.lent === 0 && countLeft(course) === 0;
    return isControlDue(course, isLast, late + never > 0, now);
}
/** Takes a witness for sent: its port, and its number in the evidence. */
function callWitness(course, now) {
    const { witnesses, evidence, lane } = course;
    const load = witnesses.probesSince / Math.max(1, now - witnesses.askedAt);
    const isControl = isControlTime(course, now);
    beginTurn(witnesses, now, lane.target.rate.perSecond);
    const port = isControl ? takeControl(course, now) : takeWitness(witnesses, now);
    const isOpen = isOpenWitness(witnesses, port);
    const witness = addWitness(evidence, now, load, isOpen);
    if (isOpen)
        noteAsked(course, witness, now);
    return { port, witness };
}
/**
 * Notes that the host itself has answered. What was silent before anything was known to answer is probed again: now
 * there are witnesses for it.
 *
 * @param suggest what probably answers on a port
 */
function hear(course, { port, witness }, { state }, isPrompt, now, suggest) {
    const isNew = witness < 0;
    course.heardAt = now;
    // Why an open port has refused is not known by an answer of another.
    if (course.trust !== 'suspended')
        course.dark = false;
    if (isNew && state === 'closed')
        course.refused += 1;
    if (isNew && isPrompt && (state === 'open' || state === 'closed')) {
        admitWitness(course.witnesses, port, state, state === 'open' ? suggest?.(port) : undefined);
    }
    if (course.unproven.length === 0 || !hasWitness(course.witnesses))
        return;
    course.again = [...course.again, ...course.unproven];
    course.unproven = [];
}

;// CONCATENATED MODULE: ./lib/scan/outcome.js
/** Something refused: the port, or what stands before it. */
const REFUSED = { state: 'closed', reason: 'conn-refused' };
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
/** A connection stood. */
const OPEN = { state: 'open', reason: 'syn-ack' };
/** No answer at all. */
const SILENT = { state: 'filtered', reason: 'no-response' };
/** What was not probed any more, and why. */
const UNDONE = {
    timeLimit: { state: 'unknown', reason: 'time-limit' },
    aborted: { state: 'unknown', reason: 'aborted' },
    wentSilent: { state: 'unknown', reason: 'went-silent' },
    startedRefusing: { state: 'unknown', reason: 'started-refusing' },
};
const KEPT = new Set([{ OPEN, SILENT, REFUSED }, UNDONE, SHORTAGE, LOCAL, ANSWERS].flatMap(Object.values));
/** Whether it is one of the objects above, and not made for the occasion. */
function isKept(outcome) {
    return KEPT.has(outcome);
}
/**
 * Every distinct outcome, once: there are about twenty, so that a byte names one. Key 0 stands for none. Most are
 * found by identity: a scan asks for each port.
 */
const outcomes = (/* unused pure expression or super */ null && ([undefined]));
const keys = new Map();
/** The byte that stands for an outcome. */
function outcome_keyOf(outcome) {
    const known = keys.get(outcome);
    if (known !== undefined)
        return known;
    const name = `${outcome.state} ${outcome.reason}`;
    const key = keys.get(name) ?? outcomes.push(outcome) - 1;
    keys.set(name, key);
    if (isKept(outcome))
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

;// CONCATENATED MODULE: external "node:fs"
const external_node_fs_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");
;// CONCATENATED MODULE: ./lib/scan/silence.js
/** When the silence of a port is believed, and when that of a host. */





/** When SYNs are sent for a socket: every system sends a second one after 1 s (RFC 6298, 2.1), some the next after 2 s. */
const SYN_TIMES_MS = hasLinearTimeouts() ? [0, 1_000, 2_000] : [0, 1_000];
/**
 * The silence of a port is believed when the chance that all its SYNs were lost is at most this. Where few leave at a time
 * and none was ever lost, it is the number of witnesses that keeps it up, and each of them costs time.
 */
const DOUBT = 1 / 100_000;
const DOUBT_AT_EASE = 1 / 1_000;
/** Few are up to so many probes a millisecond: they leave one by one, and the timer of a scan makes bunches of more. */
const EVEN = 2;
/** A refusal of a host that refuses what comes too fast is believed when the chance that it is such a one is at most this. */
const DOUBT_OF_REFUSAL = 1 / 1_000;
/** Where a host refuses other ports, silence is rarer than loss: the doubt is divided by their number, up to this. */
const MOST_REFUSED = 1_000;
/** Below this loss an ICMP message that calls a host unreachable is the network's word and not its failure. */
const CALM = 0.5;
/** A host is dark when so many witnesses in a row were lost, and nothing else was heard for so long. */
const DARK_WITNESSES = 4;
const DARK_MS = 1_200;
/** How long a dark host is asked whether it is there again, in milliseconds. */
const DARK_PATIENCE_MS = 15_000;
/** Linux 6.5 and later wait 1 s for each of the first SYNs (`tcp_syn_linear_timeouts`, `ip-sysctl`). */
function hasLinearTimeouts() {
    try {
        return Number((0,external_node_fs_namespaceObject.readFileSync)('/proc/sys/net/ipv4/tcp_syn_linear_timeouts', 'utf8')) > 1;
    }
    catch {
        return false;
    }
}
/** Whether a witness has told of the time of an attempt, where there is one that may. */
function isWatchedSince({ witnesses, evidence, lane }, startedAt, now) {
    return !hasWitness(witnesses) || isWatched(evidence, startedAt, now, overdueAfterMs(lane.target.roundTrip));
}
/**
 * What the silence of a port is worth, or what the network said of it: `enough` where the witnesses that were sent at the
 * same times as its SYNs were answered, or the doubt has become small in several tries; `again` where it takes SYNs at
 * other moments; `unwatched` where it would be enough, if a witness that was sent after it is answered.
 */
function weighSilence(course, attempt, now) {
    const { position, startedAt, said, isBrief, load } = attempt;
    const { evidence, lane } = course;
    const overdueMs = overdueAfterMs(lane.target.roundTrip);
    const isUnwatched = !isWatchedSince(course, startedAt, now);
    if (said && said.state !== 'closed') {
        if (isUnwatched)
            return 'unwatched';
        return lossAt(evidence, startedAt, now, overdueMs) < CALM ? 'enough' : 'again';
    }
    // An answer is to one of the SYNs, mostly to the first.
    const synTimes = isBrief || said ? [startedAt] : SYN_TIMES_MS.map((time) => startedAt + time);
    const before = course.doubts?.[position] || 1;
    const doubt = before * chanceOfLoss(evidence, synTimes, load, now, overdueMs);
    if (doubt > (said ? DOUBT_OF_REFUSAL : mostDoubt(course, load))) {
        course.doubts ??= new Float32Array(lane.target.ports.length);
        course.doubts[position] = doubt;
        return 'again';
    }
    return isUnwatched ? 'unwatched' : 'enough';
}
function mostDoubt({ evidence, refused }, load) {
    const isAtEase = load <= EVEN && refused === 0 && evidence.late + evidence.never === 0;
    return isAtEase ? DOUBT_AT_EASE : DOUBT / Math.max(1, Math.min(MOST_REFUSED, refused));
}
/** What a port is said to be that has not answered itself. */
function silenceOf({ said }) {
    return said ?? SILENT;
}
/** Looks whether a host that has answered still does; gives `gone` when it is time to give it up. */
function watch(course, now) {
    const { heardAt, evidence, lane, dark } = course;
    if (heardAt === undefined)
        return undefined;
    if (dark)
        return now - heardAt > DARK_PATIENCE_MS ? 'gone' : undefined;
    const { fates } = evidence;
    if (now - heardAt < DARK_MS || fates.length < DARK_WITNESSES)
        return undefined;
    const overdueMs = overdueAfterMs(lane.target.roundTrip);
    let lost = 0;
    for (let number = fates.length - 1; number >= 0 && lost < DARK_WITNESSES; number--) {
        if (isLost(evidence, number, now, overdueMs))
            lost += 1;
        else if (fates[number] === 'prompt')
            return undefined;
    }
    course.dark = lost >= DARK_WITNESSES;
    return undefined;
}

;// CONCATENATED MODULE: ./lib/scan/attempts.js








/** A port that connects to itself this often in a row is left unknown; one time in 28,000 it does so at all. */
const MOST_SELF_CONNECTS = 5;
/** How long a shortage may last without any probe getting through, in milliseconds. */
const SHORTAGE_PATIENCE_MS = 5_000;
/** After a shortage, before the next try, in milliseconds. */
const SHORTAGE_PAUSE_MS = 100;
/** Below this many sockets there is nothing left to slow down. */
const FEWEST_SOCKETS = 4;
/** Attempts that are done are dropped so many at a time, or half of all: few are kept, and few are moved. */
const FEWEST_DROPPED = 32;
function startAttempt(shared, course, { position, port, witness, isBrief }, now) {
    // All of its fields from the start: an object that gets more of them later costs what is compiled for it.
    const fresh = { probe: undefined, said: undefined, done: false };
    const { load } = shared;
    const attempt = { course, position, port, witness, startedAt: now, isBrief, load, ...fresh };
    shared.probes += 1;
    shared.sockets += 1;
    const { attempts } = isBrief ? course.brief : course.patient;
    attempts.push(attempt);
    attempt.probe = shared.prober.start(course.lane.target.address, port, (outcome) => {
        settle(shared, attempt, outcome);
        shared.onSettled();
    });
}
function settle(shared, attempt, outcome) {
    const now = performance.now();
    free(shared, attempt);
    if (outcome === undefined)
        retrySelfConnect(shared, attempt, now);
    else if (isShortage(outcome))
        retryShortage(shared, attempt, outcome, now);
    else {
        shared.lastAnswerAt = now;
        take(shared, attempt, outcome, now);
    }
}
function take(shared, attempt, outcome, now) {
    const { course } = attempt;
    const { target } = course.lane;
    const tookMs = now - attempt.startedAt;
    const isRefusal = outcome.reason === 'conn-refused';
    const isAnswer = outcome.state === 'open' || (isRefusal && course.trust === 'given');
    const isPrompt = isAnswer && !isRetransmitted(target.roundTrip, tookMs);
    const isProving = shared.patienceMs === undefined;
    if (isAnswer)
        learnRoundTrip(target.roundTrip, tookMs);
    if (isProving && isAnswer) {
        hear(course, attempt, outcome, isPrompt, now, shared.suggest);
        if (isPrompt)
            earnTokens(target.rate);
    }
    if (attempt.witness >= 0) {
        if (outcome.state === 'open')
            target.confirmed.add(attempt.port);
        settleWitness(course.evidence, attempt.witness, isPrompt ? 'prompt' : isAnswer ? 'late' : 'never');
        heedWitness(course.witnesses, attempt.port, isAnswer, true);
        heed(shared, attempt, outcome.state === 'open' ? 'accepted' : isRefusal ? 'refused' : 'silent', now);
        attempts_close(shared, attempt);
    }
    else if (isRefusal && shared.holdsRefusals)
        takeRefusal(shared, attempt, outcome, now);
    else if (isProving && hasWitness(course.witnesses) && isUncertain(outcome))
        attempt.said = outcome;
    else
        finish(shared, attempt, outcome, now);
}
function takeRefusal(shared, attempt, outcome, now) {
    const { course } = attempt;
    if (course.trust === 'suspended')
        retry(shared, attempt);
    else if (course.trust === 'weighed')
        attempt.said = outcome;
    else {
        attempts_close(shared, attempt);
        hold(shared, course, attempt.position, now);
    }
}
function hold(shared, course, position, now) {
    holdRefusal(course, position, now);
    shared.settled += 1;
}
/** What was held back has come to no outcome any more. */
function takeHeld(shared, course) {
    const held = takeRefusals(course);
    shared.settled -= held.positions.length;
    return held;
}
/** Takes in what another thread has found, as if it had been found here. */
function takeReport(shared, course, { position, outcome, rttMs }, now) {
    const { lane, trust, witnesses } = course;
    if (outcome.reason === 'conn-refused') {
        if (trust === 'given')
            hold(shared, course, position, now);
        else
            course.again.push(position);
        return;
    }
    if (outcome.state === 'open') {
        const port = lane.target.ports[position];
        admitWitness(witnesses, port, 'open', shared.suggest?.(port));
    }
    shared.settled += 1;
    shared.listener.onOutcome(lane, position, outcome, rttMs);
}
/** Takes in what an open port that bears witness has said; what was refused is asked again where that proves nothing. */
function heed(shared, { course, port, witness }, answer, now) {
    if (!heedControl(course, port, witness, answer, now))
        return;
    for (const position of takeHeld(shared, course).positions)
        course.again.push(position);
}
/** What a router or this machine says when a host has gone, and a firewall when it refuses: witnesses tell which. */
function isUncertain({ reason }) {
    return reason === 'host-unreach' || reason === 'net-unreach' || reason === 'no-route';
}
function retrySelfConnect(shared, attempt, now) {
    const { course, position } = attempt;
    const times = (course.selfConnects.get(position) ?? 0) + 1;
    course.selfConnects.set(position, times);
    if (attempt.witness >= 0)
        closeUnsent(shared, attempt, now);
    else if (times < MOST_SELF_CONNECTS)
        retry(shared, attempt);
    else
        finish(shared, attempt, { state: 'unknown', reason: 'unexpected-error' }, now);
}
function retryShortage(shared, attempt, outcome, now) {
    const fewer = Math.max(FEWEST_SOCKETS, Math.floor(shared.sockets * 0.8));
    shared.mostSockets = Math.min(shared.mostSockets, fewer);
    shared.pausedUntil = now + SHORTAGE_PAUSE_MS;
    shared.prober.letGo();
    if (attempt.witness >= 0)
        closeUnsent(shared, attempt, now);
    else if (now - shared.lastAnswerAt > SHORTAGE_PATIENCE_MS)
        finish(shared, attempt, outcome, now);
    else
        retry(shared, attempt);
}
/** Ends the attempts whose time is over: their silence is believed, or they are made again. */
function expireAttempts(shared, course, now) {
    expireQueue(shared, course.patient, shared.patienceMs ?? patienceOf(course), now);
    expireQueue(shared, course.brief, briefPatienceOf(course), now);
    const { unwatched } = course;
    if (!isWatchedSince(course, unwatched[0]?.startedAt ?? now, now))
        return;
    course.unwatched = [];
    for (const attempt of unwatched)
        endSilence(shared, attempt, now);
}
function expireQueue(shared, queue, patience, now) {
    const { attempts } = queue;
    while (queue.head < attempts.length) {
        const attempt = attempts[queue.head];
        if (!attempt.done && now - attempt.startedAt < patience)
            break;
        queue.head += 1;
        if (attempt.done)
            continue;
        if (attempt.witness < 0)
            endSilence(shared, attempt, now);
        else {
            const { evidence, witnesses, heardAt = 0 } = attempt.course;
            settleWitness(evidence, attempt.witness, 'never');
            heedWitness(witnesses, attempt.port, false, heardAt > attempt.startedAt);
            heed(shared, attempt, 'silent', now);
            attempts_close(shared, attempt);
        }
    }
    if (queue.head > FEWEST_DROPPED && queue.head * 2 > attempts.length) {
        queue.attempts = attempts.slice(queue.head);
        queue.head = 0;
    }
}
function endSilence(shared, attempt, now) {
    const { course, position } = attempt;
    if (shared.patienceMs !== undefined) {
        finish(shared, attempt, silenceOf(attempt), now);
        return;
    }
    if (!hasWitness(course.witnesses)) {
        attempts_close(shared, attempt);
        course.unproven.push(position);
        return;
    }
    const worth = weighSilence(course, attempt, now);
    if (worth === 'enough')
        finish(shared, attempt, silenceOf(attempt), now);
    else if (worth === 'again')
        retry(shared, attempt);
    else {
        free(shared, attempt);
        course.unwatched.push(attempt);
    }
}
/** Ends a course early: what has no outcome yet gets this one. */
function giveUp(shared, course, outcome, now) {
    for (const attempt of listWaiting(course)) {
        if (attempt.done)
            continue;
        if (attempt.witness >= 0)
            attempts_close(shared, attempt);
        else
            finish(shared, attempt, outcome, now);
    }
    for (const positions of takeRest(course))
        finishAll(shared, course, positions, outcome);
    const { positions, proven } = takeHeld(shared, course);
    const believed = course.trust === 'given' ? positions.length : proven;
    finishAll(shared, course, positions.subarray(0, believed), REFUSED);
    finishAll(shared, course, positions.subarray(believed), UNDONE.startedRefusing);
    // Nothing is held any more that could be in doubt.
    course.trust = 'given';
}
function finishAll(shared, { lane }, positions, outcome) {
    if (positions.length === 0)
        return;
    shared.settled += positions.length;
    shared.listener.onOutcomes(lane, positions, outcome);
}
/** Whether a course has anything left to do. */
function hasWork(course) {
    return course.running > 0 || course.lent > 0 || countLeft(course) > 0 || isInDoubt(course);
}
/** Ends a course that has nothing left to do. */
function endCourse(shared, course) {
    for (const attempt of listWaiting(course))
        if (!attempt.done)
            attempts_close(shared, attempt);
    // Nothing that could bear witness was found, so that silence is all there is to say.
    finishAll(shared, course, course.unproven, SILENT);
    finishAll(shared, course, takeHeld(shared, course).positions, REFUSED);
    course.over = true;
}
function retry(shared, attempt) {
    attempts_close(shared, attempt);
    attempt.course.again.push(attempt.position);
}
function finish(shared, attempt, outcome, now) {
    attempts_close(shared, attempt);
    const { course, position, startedAt } = attempt;
    shared.settled += 1;
    shared.listener.onOutcome(course.lane, position, outcome, now - startedAt);
}
/** A witness that has told nothing of the host. */
function closeUnsent(shared, attempt, now) {
    settleWitness(attempt.course.evidence, attempt.witness, 'unsent');
    heed(shared, attempt, 'unsent', now);
    attempts_close(shared, attempt);
}
function attempts_close(shared, attempt) {
    attempt.done = true;
    if (attempt.witness < 0)
        attempt.course.running -= 1;
    free(shared, attempt);
}
/** The socket is gone, though what it said may have to wait for the witnesses of its time. */
function free(shared, attempt) {
    if (!attempt.probe)
        return;
    attempt.probe.cancel();
    attempt.probe = undefined;
    shared.sockets -= 1;
}

;// CONCATENATED MODULE: ./lib/scan/descriptors.js

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

;// CONCATENATED MODULE: external "node:os"
const external_node_os_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");
;// CONCATENATED MODULE: external "node:path"
const external_node_path_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");
;// CONCATENATED MODULE: ./lib/scan/helper.js



/**
 * Starts a second thread, undefined where there is only one processor or may be no thread. A refused port is 10 µs in the kernel
 * (Linux 6.18), and only another thread can have its own at the same time.
 */
function startHelper() {
    if ((0,external_node_os_namespaceObject.availableParallelism)() < 2)
        return undefined;
    // Beside this file, or beside the bundle, into which the build puts it.
    const here = import.meta.url;
    const thread = createThread(__nccwpck_require__.ab + "helper-thread.js");
    if (!thread)
        return undefined;
    thread.unref();
    let listener;
    let isGone = false;
    const finish = (done) => {
        const told = listener;
        listener = undefined;
        told?.onEnd(done);
    };
    thread.on('message', (message) => {
        if (message.kind === 'done') {
            finish(message);
            return;
        }
        for (const [share, outcomes] of message.shares) {
            for (const [outcome, { positions, rttMs }] of outcomes) {
                for (const [index, position] of positions.entries()) {
                    listener?.onOutcome(share, position, outcome, rttMs[index] ?? 0);
                }
            }
        }
    });
    const fail = () => {
        isGone = true;
        finish();
    };
    thread.on('error', fail);
    thread.on('exit', fail);
    return {
        start(request, newListener) {
            listener = newListener;
            if (isGone)
                finish();
            else
                thread.postMessage(request);
        },
        end() {
            listener = undefined;
            void thread.terminate();
        },
    };
}
/** Undefined where there may be no more threads (`ERR_WORKER_INIT_FAILED`). */
function createThread(file) {
    try {
        return new external_node_worker_threads_namespaceObject.Worker(file);
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./lib/scan/lending.js

/** Below this many positions two threads are no quicker than one: a thread takes 40 ms to start (Node 24). */
const LEAST_WORK = 8_192;
/** The same once the thread runs. */
const LEAST_MORE = 1_024;
/** What of the rest it gets at a time: less than half, so that both are done at the same time in the end. */
const SHARE = 0.4;
/** So long after its time limit a helper is not waited for any more, in milliseconds. */
const LATE_MS = 300;
/**
 * @param report told what a helper has found
 * @param sockets how many a helper may hold open
 * @param onBack told when what was lent is back, so that more can be lent at once
 */
function createLending(report, sockets, onBack) {
    let helper;
    let isTried = false;
    let loans = [];
    const result = { probes: 0 };
    function settleLoans() {
        for (const { course, positions, reported } of loans) {
            for (const [index, isReported] of reported.entries()) {
                if (!isReported)
                    course.again.push(positions[index]);
            }
            course.lent = 0;
        }
        loans = [];
    }
    /** What the helper will not tell any more: it has made a connection at least for each port that it reported. */
    function countReported() {
        for (const { course, positions } of loans)
            result.probes += positions.length - course.lent;
    }
    return {
        result,
        sockets,
        lend(courses, isBusy) {
            if (loans.length > 0)
                return false;
            const able = courses.filter(isCarefree);
            const left = able.reduce((sum, { next, end }) => sum + end - next, 0);
            if (left < (helper ? LEAST_MORE : LEAST_WORK))
                return false;
            if (!isTried)
                helper = startHelper();
            isTried = true;
            if (!helper || !isBusy)
                return false;
            loans = able.map(part);
            const shares = loans.map(describeShare);
            helper.start({ shares, sockets }, {
                onOutcome(share, position, outcome, rttMs) {
                    const { course, positions, reported } = loans[share];
                    reported[position] = 1;
                    course.lent -= 1;
                    report(course, positions[position], outcome, rttMs);
                },
                onEnd(done) {
                    if (!done)
                        helper = undefined;
                    if (done)
                        result.probes += done.result.probes;
                    else
                        countReported();
                    result.stopped ??= done?.result.stopped;
                    for (const [share, changed] of done?.changed.entries() ?? []) {
                        if (changed)
                            loans[share].course.lane.target.changed = changed;
                    }
                    settleLoans();
                    onBack();
                },
            });
            // A thread that has failed gives it back at once.
            return loans.length > 0;
        },
        isOverdue: (now) => loans.some(({ course }) => course.lent > 0 && now > course.lane.deadline + LATE_MS),
        takeBack() {
            helper?.end();
            helper = undefined;
            countReported();
            settleLoans();
        },
    };
}
/**
 * Whether two may probe a host without knowing of each other: it refuses ports, nothing was ever lost, its refusals are
 * not in doubt, and no cap holds for both.
 */
function isCarefree({ lane, over, dark, trust, witnesses, evidence }) {
    if (over || dark || trust !== 'given' || lane.target.caps.length > 0)
        return false;
    return witnesses.closed.length > 0 && evidence.late + evidence.never === 0;
}
function part(course) {
    const end = Math.ceil(course.end - (course.end - course.next) * SHARE);
    const positions = course.lane.order.slice(end, course.end);
    course.end = end;
    course.lent = positions.length;
    return { course, positions, reported: new Uint8Array(positions.length) };
}
function describeShare({ course, positions }) {
    const { target, deadline } = course.lane;
    return {
        address: target.address,
        ports: Uint16Array.from(positions, (position) => target.ports[position]),
        refusing: course.witnesses.closed,
        perSecond: target.rate.perSecond,
        endsAt: performance.timeOrigin + deadline,
    };
}

;// CONCATENATED MODULE: external "node:process"
const external_node_process_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:process");
;// CONCATENATED MODULE: external "node:util"
const external_node_util_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");
;// CONCATENATED MODULE: ./lib/scan/kept.js
/** Sockets that are kept for further connections to the address that refused them. */
/** @param most how many sockets may be kept */
function createKept(most) {
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

;// CONCATENATED MODULE: ./lib/scan/handle.js





const { ECONNREFUSED } = external_node_os_namespaceObject.constants.errno;
/**
 * The versions of Node on which the handles were tried. They are no public interface (DEP0111), so that any other
 * version gets sockets.
 */
const TRIED = new Set(['20', '22', '24']);
/**
 * Probes by bare TCP handles. A scan is mostly made of connects, and a `net.Socket` around each (a stream, its
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
    return binding && ((most) => createTcpProber(binding, most));
}
function createTcpProber({ TCP, TCPConnectWrap, constants }, most) {
    const kept = createKept(external_node_process_namespaceObject.platform === 'linux' ? most : 0);
    return {
        start(address, port, report) {
            const request = new TCPConnectWrap();
            request.report = report;
            request.kept = kept;
            request.address = address;
            request.oncomplete = afterConnect;
            let handle = connectKept(kept, request, address, port);
            if (!handle) {
                handle = new TCP(constants.SOCKET);
                const status = connect(handle, request, address, port);
                if (status !== 0)
                    setImmediate(afterFailure, status, handle, request);
            }
            return {
                cancel() {
                    if (request.report)
                        handle.close();
                    request.report = undefined;
                },
            };
        },
        letGo: kept.closeAll,
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
function connectKept(kept, request, address, port) {
    const handle = kept.take(address);
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
    const { report, kept, address } = request;
    if (!report)
        return;
    request.report = undefined;
    const isConnected = handle.getpeername(remote) === 0;
    if (status < 0 && !isConnected) {
        if (status === -ECONNREFUSED)
            kept.keep(address, handle);
        else
            handle.close();
        report(outcomeOf((0,external_node_util_namespaceObject.getSystemErrorName)(status), false));
        return;
    }
    const isOpen = isConnected && !isConnectedToItself(handle);
    if (handle.reset() !== 0)
        handle.close();
    report(isOpen ? OPEN : undefined);
}
/** The call itself has failed. */
function afterFailure(status, handle, request) {
    const { report } = request;
    if (!report)
        return;
    request.report = undefined;
    handle.close();
    report(outcomeOf((0,external_node_util_namespaceObject.getSystemErrorName)(status), true));
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

;// CONCATENATED MODULE: external "node:net"
const external_node_net_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");
;// CONCATENATED MODULE: ./lib/scan/socket.js


/** A probe by `net.Socket`: works with every Node. */
const startSocketProbe = (address, port, report) => {
    const socket = new external_node_net_namespaceObject.Socket();
    let atOnce = false;
    socket.once('connect', () => {
        const toItself = socket.localPort === socket.remotePort && socket.localAddress === socket.remoteAddress;
        socket.resetAndDestroy();
        report(toItself ? undefined : OPEN);
    });
    socket.once('error', (error) => {
        socket.destroy();
        report(outcomeOf(error.code, atOnce));
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

;// CONCATENATED MODULE: ./lib/scan/probe.js


/** The cheapest way to make probes that this Node has. */
const createProber = loadTcpHandles() ?? (() => ({ start: startSocketProbe, letGo() { } }));

;// CONCATENATED MODULE: ./lib/scan/scarcity.js



/** For so long it is counted what comes, in milliseconds. */
const WINDOW_MS = 2_000;
/** So many open ports have to have answered, and none been lost, and so many closed ones have to be silent for each that is not. */
const scarcity_TELLING = 4;
const SILENT_FOR_EACH = 3;
/** Where more refusals than these come in a second, waiting for them is no slower than the slowest rate. */
const SCARCE = 10;
/**
 * Lets closed ports bear witness no longer where open ones always answer and refusals come at a pace of their own: silence
 * is no loss there, and each refusal of a witness is one that another port does not get.
 */
function heedScarcity(course, now) {
    const { trust, witnesses, evidence, scarcity, refused, lane } = course;
    if (now - scarcity.since < WINDOW_MS)
        return;
    course.scarcity = { since: now, witness: evidence.fates.length, refused };
    if (trust !== 'given' || witnesses.closed.length === 0 || witnesses.open.length === 0)
        return;
    const overdueMs = overdueAfterMs(lane.target.roundTrip);
    const open = { heard: 0, lost: 0 };
    const closed = { heard: 0, lost: 0 };
    for (let number = scarcity.witness; number < evidence.fates.length; number++) {
        const seen = evidence.areOpen[number] ? open : closed;
        if (isLost(evidence, number, now, overdueMs))
            seen.lost += 1;
        else if (evidence.fates[number] === 'prompt')
            seen.heard += 1;
    }
    const perSecond = (refused - scarcity.refused + closed.heard) / ((now - scarcity.since) / 1000);
    const isScarce = open.lost === 0 &&
        open.heard >= scarcity_TELLING &&
        closed.lost >= scarcity_TELLING &&
        closed.lost >= closed.heard * SILENT_FOR_EACH &&
        perSecond < SCARCE;
    if (!isScarce)
        return;
    witnesses.closed = [];
    witnesses.areRefusalsScarce = true;
    forget(evidence);
    forgetLoss(lane.target.rate, evidence, now);
}

;// CONCATENATED MODULE: ./lib/scan/scanner.js











/** Hosts that take turns at a time; the others follow as these are done. */
const MOST_HOSTS = 256;
/** Connects between two looks at the answers: each takes about 10 µs, and answers should not wait long. */
const BURST = 128;
/** So many of the sockets, and no more than a share of them, are kept open for the next probe of their host. */
const MOST_KEPT = 256;
const KEPT_SHARE = 0.25;
/** With fewer sockets than these a second thread has not enough of them to be of use. */
const ENOUGH_FOR_TWO = 1_024;
/** The one timer of a scan, and how often it tells how far it has come, in milliseconds. */
const TICK_MS = 4;
const TELL_MS = 50;
/** More probes a millisecond than this are what a processor can do and not what a network lets through. */
const BUSY = 10;
/** For so long at a time it is counted how many there are, in milliseconds. */
const COUNT_MS = 16;
/** After a tick as late as this, answers may wait that were in time, in milliseconds. */
const STALL_MS = 100;
/**
 * Probes every port of every lane until there is something to say of it, and reports each exactly once. Lanes take
 * turns, so that no host gets all probes at a time, and each has a rate of its own.
 *
 * A silent socket stays open for a late answer, and for the kernel to send its SYN again; what bounds their number is
 * descriptors. A local shortage reduces the number of sockets and tries again; only one that lasts makes ports
 * unknown.
 */
function probeAll(lanes, listener, options) {
    const { signal } = options;
    const pass = createPass(lanes, listener, options);
    return new Promise((resolve) => {
        const timer = setInterval(next, TICK_MS);
        signal.addEventListener('abort', next);
        if (pass.holdsRefusals && pass.mostSockets >= ENOUGH_FOR_TWO) {
            // Not before the answers are read that have come meanwhile.
            const onBack = () => setImmediate(next);
            const report = (course, position, outcome, rttMs) => takeReport(pass, course, { position, outcome, rttMs }, performance.now());
            pass.lending = createLending(report, Math.floor(pass.mostSockets / 2), onBack);
        }
        next();
        function next() {
            if (isOver(pass))
                return;
            tick(pass);
            if (!isOver(pass))
                return;
            clearInterval(timer);
            signal.removeEventListener('abort', next);
            resolve(endPass(pass));
        }
    });
}
function createPass(lanes, listener, { patienceMs, suggest, signal, sockets: given }) {
    const sockets = given ?? socketBudget();
    const now = performance.now();
    const kept = Math.min(MOST_KEPT, Math.floor(sockets * KEPT_SHARE));
    const pass = {
        listener,
        patienceMs,
        suggest,
        // A pass that counts its sockets is one that has been given part of the work itself.
        holdsRefusals: patienceMs === undefined && given === undefined,
        settled: 0,
        prober: createProber(kept),
        signal,
        coming: lanes.values(),
        isLast: false,
        courses: [],
        turn: 0,
        sockets: 0,
        mostSockets: sockets - kept,
        pausedUntil: 0,
        lastAnswerAt: now,
        probes: 0,
        // What each host may have before any of it is counted.
        load: (lanes.length * FIRST_BURST) / COUNT_MS,
        countedAt: now,
        counted: 0,
        tickedAt: now,
        toldAt: now,
        isPumping: false,
        onSettled: () => pumpSoon(pass),
    };
    return pass;
}
function endPass({ prober, lending, probes, stopped }) {
    prober.letGo();
    lending?.takeBack();
    const lent = lending?.result;
    return { probes: probes + (lent?.probes ?? 0), stopped: stopped ?? lent?.stopped };
}
function isOver({ isLast, courses }) {
    return isLast && courses.length === 0;
}
/** Looks after everything that time brings about. */
function tick(pass) {
    const now = performance.now();
    const isStalled = now - pass.tickedAt > STALL_MS;
    pass.tickedAt = now;
    const isDoubted = pass.courses.some(({ lent, trust }) => lent > 0 && trust !== 'given');
    if (pass.signal.aborted || isDoubted || pass.lending?.isOverdue(now))
        pass.lending?.takeBack();
    for (const course of pass.courses) {
        stopLate(pass, course, now);
        // After a stall the answers are read first.
        if (!isStalled)
            expireAttempts(pass, course, now);
        if (!isStalled && pass.patienceMs === undefined)
            steer(pass, course, now);
    }
    // One that is due already would otherwise become two, and two three: a queue of them that no answer gets past.
    if (!pass.isPumping)
        pump(pass);
    retire(pass, now);
    countLoad(pass, now);
    scanner_share(pass);
    if (now - pass.toldAt > TELL_MS) {
        pass.toldAt = now;
        pass.listener.onTick?.(pass.settled);
    }
}
function stopLate(pass, course, now) {
    if (course.over || !isLate(pass, course, now))
        return;
    const outcome = pass.signal.aborted ? UNDONE.aborted : UNDONE.timeLimit;
    if (course.running > 0 || countLeft(course) > 0)
        pass.stopped = outcome.reason;
    giveUp(pass, course, outcome, now);
}
/** Whether nothing more is to be sent to a host. */
function isLate({ signal }, { lane }, now) {
    return signal.aborted || now >= lane.deadline;
}
/** Adjusts the rate of a host, and gives it up when it answers no longer. */
function steer(pass, course, now) {
    const { target } = course.lane;
    if (!course.dark)
        adjustRate(target.rate, course.evidence, target.roundTrip, now);
    heedScarcity(course, now);
    if (watch(course, now) !== 'gone')
        return;
    const isRefusing = (course.refusals.refusedAt ?? 0) > (course.heardAt ?? 0);
    target.changed = isRefusing ? 'started-refusing' : 'went-silent';
    giveUp(pass, course, isRefusing ? UNDONE.startedRefusing : UNDONE.wentSilent, now);
}
/** Ends courses that have nothing left to do, not even a second look. */
function retire(pass, now) {
    const done = pass.courses.filter((course) => !course.over && !hasWork(course) && (isLate(pass, course, now) || !beginSecondLook(course, now)));
    for (const course of done)
        endCourse(pass, course);
    if (done.length > 0)
        pass.courses = pass.courses.filter(({ over }) => !over);
}
function countLoad(pass, now) {
    const elapsed = now - pass.countedAt;
    if (elapsed <= COUNT_MS)
        return;
    pass.load = (pass.probes - pass.counted) / elapsed;
    pass.countedAt = now;
    pass.counted = pass.probes;
}
/** Gives part of the work to a helper; it has half of the sockets then. */
function scanner_share(pass) {
    const { lending, signal, courses, load } = pass;
    if (!lending || signal.aborted || !lending.lend(courses, load > BUSY))
        return;
    pass.mostSockets = Math.min(pass.mostSockets, lending.sockets);
}
/** Starts what may be started now; comes back by itself as long as there is room. */
function pump(pass) {
    pass.isPumping = false;
    const now = performance.now();
    let started = 0;
    while (started < BURST &&
        pass.sockets < pass.mostSockets &&
        now >= pass.pausedUntil &&
        startNext(pass, now)) {
        started += 1;
    }
    if (started === BURST)
        pumpSoon(pass);
}
function pumpSoon(pass) {
    if (pass.isPumping)
        return;
    pass.isPumping = true;
    setImmediate(pump, pass);
}
/** Takes in hosts while there is room, and starts the next probe of the next host that may have one. */
function startNext(pass, now) {
    const { courses } = pass;
    if (!pass.isLast && courses.length < MOST_HOSTS)
        takeIn(pass, now);
    for (let tried = courses.length; tried > 0; tried--) {
        pass.turn = (pass.turn + 1) % courses.length;
        if (startOf(pass, courses[pass.turn], now))
            return true;
    }
    return false;
}
function takeIn(pass, now) {
    while (pass.courses.length < MOST_HOSTS) {
        const { value, done } = pass.coming.next();
        if (done) {
            pass.isLast = true;
            return;
        }
        const course = createCourse(value);
        pass.courses.push(course);
        // A run that is over sends nothing more.
        stopLate(pass, course, now);
    }
}
function startOf(pass, course, now) {
    const { target } = course.lane;
    if (course.over || !hasWork(course) || !target.caps.every((cap) => hasLeave(cap, now)))
        return false;
    const isProving = pass.patienceMs === undefined;
    const isWitnessed = isProving && isWitnessDue(course, now);
    if (!isWitnessed && (course.dark || countLeft(course) === 0 || !takeToken(target.rate, now)))
        return false;
    target.caps.forEach(takeLeave);
    if (isWitnessed) {
        startAttempt(pass, course, { position: -1, ...callWitness(course, now), isBrief: false }, now);
        return true;
    }
    const position = takePosition(course);
    course.running += 1;
    course.witnesses.probesSince += 1;
    passProbe(course);
    const isBrief = isProving && isBriefEnough(course, position);
    startAttempt(pass, course, { position, port: target.ports[position], witness: -1, isBrief }, now);
    return true;
}

;// CONCATENATED MODULE: ./lib/scan/target.js



/** An address of which nothing is known yet. */
function createTarget(address, ports, { deadline, caps, expected }) {
    const keys = new Uint8Array(ports.length);
    const rate = createRate(performance.now());
    const rttMs = new Map();
    const known = {
        keys,
        rttMs,
        confirmed: new Set(),
        roundTrip: createRoundTrip(),
        rate,
    };
    return { address, ports, expected, ...known, deadline, caps };
}
/** Notes what became of a port, in place of what was known before. */
function record(target, position, outcome) {
    target.keys[position] = keyOf(outcome);
}
/** The same for many ports that share an outcome. */
function recordAll(target, positions, outcome) {
    const key = keyOf(outcome);
    const { keys } = target;
    for (let index = 0; index < positions.length; index++)
        keys[positions[index]] = key;
}
/** What is known of the port at a position, undefined while nothing is. */
function outcomeAt(target, position) {
    return outcomeOfKey(target.keys[position] ?? 0);
}
/** The positions whose outcome fits, ascending. */
function findPositions({ keys }, fits) {
    const wanted = listKeys(fits);
    // Mostly there is none, and a search for a byte is quick.
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
/** A port that was to be probed and has no outcome: it was not seen, whatever the fault may be. */
const MISSED = { state: 'unknown', reason: 'unexpected-error' };
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

;// CONCATENATED MODULE: ./lib/scan/helper-thread.js
/** The thread of a helper: probes what it is given with the same loop, and reports it in batches. */




external_node_worker_threads_namespaceObject.parentPort?.on('message', async ({ shares, sockets }) => {
    const lanes = new Map();
    for (const [index, { address, ports, refusing, perSecond, endsAt }] of shares.entries()) {
        const deadline = endsAt - performance.timeOrigin;
        const target = createTarget(address, ports, { deadline, caps: [], expected: [] });
        target.rate = createRate(performance.now(), perSecond);
        lanes.set({ target, order: Uint16Array.from(ports.keys()), deadline, refusing }, index);
    }
    let batch = new Map();
    const send = () => {
        const message = { kind: 'batch', shares: batch };
        external_node_worker_threads_namespaceObject.parentPort?.postMessage(message);
        batch = new Map();
    };
    const onOutcome = (lane, position, outcome, rttMs) => {
        const share = lanes.get(lane);
        const outcomes = batch.get(share) ?? new Map();
        const list = outcomes.get(outcome) ?? { positions: [], rttMs: [] };
        list.positions.push(position);
        list.rttMs.push(rttMs);
        batch.set(share, outcomes.set(outcome, list));
    };
    const { signal } = new AbortController();
    // What is not reported, the lender has again.
    const onOutcomes = () => { };
    const listener = { onOutcome, onOutcomes, onTick: send };
    const result = await probeAll([...lanes.keys()], listener, { signal, sockets });
    send();
    const changed = [...lanes.keys()].map(({ target }) => target.changed);
    const message = { kind: 'done', result, changed };
    external_node_worker_threads_namespaceObject.parentPort?.postMessage(message);
});

