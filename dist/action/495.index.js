export const id = 495;
export const ids = [495];
export const modules = {

/***/ 6495:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  mergeShards: () => (/* binding */ mergeShards)
});

// EXTERNAL MODULE: ./lib/policy/problem.js
var problem = __webpack_require__(2737);
// EXTERNAL MODULE: ./lib/prepare/baseline.js
var prepare_baseline = __webpack_require__(928);
// EXTERNAL MODULE: ./lib/prepare/options.js
var prepare_options = __webpack_require__(4101);
// EXTERNAL MODULE: ./lib/prepare/plan-file/options.js
var plan_file_options = __webpack_require__(9110);
// EXTERNAL MODULE: ./lib/prepare/plan-file/thaw.js
var thaw = __webpack_require__(1182);
// EXTERNAL MODULE: ./lib/prepare/results-options.js
var results_options = __webpack_require__(8710);
// EXTERNAL MODULE: ./lib/report/escape.js
var report_escape = __webpack_require__(2527);
// EXTERNAL MODULE: ./lib/run.js + 3 modules
var run = __webpack_require__(2095);
// EXTERNAL MODULE: ./lib/model.js
var model = __webpack_require__(9814);
// EXTERNAL MODULE: ./lib/port-ranges.js
var port_ranges = __webpack_require__(1067);
;// CONCATENATED MODULE: ./lib/shards/outside.js

/** An address of an endpoint, as a key. */
function keyOf({ environment, endpoint, address, }) {
    return JSON.stringify([environment ?? null, endpoint, address]);
}
/** The ports that a part has of each address of its endpoints. */
function listWanted({ endpoints }) {
    const rangesOf = new Map();
    const wanted = new Map();
    for (const { environment, endpoint, addresses = [], ports } of endpoints) {
        const ranges = rangesOf.get(ports) ?? (0,port_ranges/* toRanges */.eb)(ports);
        rangesOf.set(ports, ranges);
        for (const address of addresses)
            wanted.set(keyOf({ environment, endpoint: endpoint.text, address }), ranges);
    }
    return wanted;
}
/** All ports of which a result says something, ascending. */
function listCovered({ open, closed, filtered, unknown }) {
    const groups = [...closed, ...filtered, ...unknown].flatMap(({ ports }) => ports);
    return (0,port_ranges/* mergeRanges */.$Z)([...groups, ...open.map(({ port }) => ({ from: port, to: port }))]);
}
/**
 * What a report of a shard says that its part of the plan has no room for, as a clause; undefined where there is nothing. What is
 * missing from the report is found elsewhere.
 */
function findOutside(part, scan) {
    const wanted = listWanted(part);
    const seen = new Set();
    for (const host of scan.hosts) {
        const key = keyOf(host);
        const name = `${host.endpoint} (${host.address})`;
        const own = wanted.get(key);
        if (!own)
            return `it has results of ${name}, which is not in its part`;
        if (seen.has(key))
            return `it has two results of ${name}`;
        seen.add(key);
        const covered = listCovered(host);
        const outside = (0,port_ranges/* subtractRanges */.N1)(covered, own);
        if (outside.length > 0)
            return `it has port ${(0,port_ranges/* formatRanges */.Gk)(outside).slice(0, 100)} of ${name}, which is not in its part`;
        const { open, closed, filtered, unknown } = host;
        const said = [...closed, ...filtered, ...unknown].reduce((sum, { ports }) => sum + (0,port_ranges/* countPorts */.Ws)(ports), open.length);
        if (said !== (0,port_ranges/* countPorts */.Ws)(covered))
            return `it has a port of ${name} in two states`;
    }
    const blocks = new Set(part.endpoints.flatMap(({ endpoint }) => (endpoint.kind === 'cidr' ? endpoint.text : [])));
    for (const left of [...scan.unseen, ...(scan.noHosts ?? [])]) {
        const { endpoint, address = '' } = left;
        const key = keyOf({ ...left, address });
        const fits = 'kind' in left ? address.includes(':') : blocks.has(endpoint);
        if (!wanted.has(key) || seen.has(key) || !fits)
            return `it leaves out ${endpoint} (${address})`;
        seen.add(key);
    }
    const canaries = new Set(part.endpoints.flatMap(nameCanary));
    const found = scan.canaries.map(({ environment, host, port }) => JSON.stringify([environment ?? null, host, port]));
    if (found.length !== canaries.size || !found.every((name) => canaries.has(name)))
        return 'it has other canaries than its part';
    return undefined;
}
function nameCanary({ environment, scan: { canary } }) {
    return canary ? [JSON.stringify([environment ?? null, canary.host, canary.port])] : [];
}

// EXTERNAL MODULE: ./lib/shards/part.js
var shards_part = __webpack_require__(8760);
;// CONCATENATED MODULE: ./lib/shards/choose.js



/**
 * The attempts of each shard, the newest first, of the reports that fit the plan. All of these are of this plan by their digest.
 *
 * @param unused called for each report that does not fit
 */
function chooseReports({ tool, createdAt, shards }, cut, reports, unused) {
    const parts = new Map();
    const findWrong = ({ index, of, version, scan }) => {
        if (of !== shards || index > shards)
            return `it is of shard ${index}/${of}, and the plan has ${shards} shards`;
        if (version !== tool.version)
            return `Portgate ${version} wrote it, and ${tool.version} the plan`;
        if (scan.startedAt.getTime() < Date.parse(createdAt) - model/* CLOCK_ERROR_MS */.l)
            return 'it is older than the plan';
        const part = parts.get(index) ?? (0,shards_part/* takePart */.X)(cut, index);
        parts.set(index, part);
        return findOutside(part, scan);
    };
    const chosen = new Map();
    const known = new Set();
    for (const report of [...reports].sort(newestFirst)) {
        const why = findWrong(report);
        if (why !== undefined)
            unused({ file: report.file, why });
        // The same report may have been given twice.
        if (why !== undefined || known.has(report.checksum))
            continue;
        known.add(report.checksum);
        const attempts = chosen.get(report.index);
        if (attempts)
            attempts.push(report);
        else
            chosen.set(report.index, [report]);
    }
    return chosen;
}
function newestFirst(a, b) {
    return b.attempt - a.attempt || b.scan.finishedAt.getTime() - a.scan.finishedAt.getTime();
}

// EXTERNAL MODULE: ./lib/judge/host.js
var host = __webpack_require__(5693);
;// CONCATENATED MODULE: ./lib/shards/disagree.js


/** Hosts that are named, of each shard. */
const MOST_NAMED = 20;
/** Ports that one attempt of a shard saw open and another one closed or filtered: what was seen may depend on the vantage. */
function findDisagreements({ scan }, older) {
    const now = new Map(scan.hosts.map((host) => [keyOf(host), host]));
    const found = older.flatMap(({ attempt, scan }) => scan.hosts.flatMap((before) => {
        const after = now.get(keyOf(before));
        const opened = after ? (0,port_ranges/* intersectRanges */.im)(listOpen(after), listShut(before)) : [];
        const closed = after ? (0,port_ranges/* intersectRanges */.im)(listOpen(before), listShut(after)) : [];
        if (opened.length + closed.length === 0)
            return [];
        const { endpoint, address } = before;
        return [{ attempt, endpoint, address, opened: (0,port_ranges/* formatRanges */.Gk)(opened), closed: (0,port_ranges/* formatRanges */.Gk)(closed) }];
    }));
    return found.slice(0, MOST_NAMED);
}
function listOpen({ open }) {
    return (0,port_ranges/* toRanges */.eb)(open.map(({ port }) => port));
}
/** Known not to be open. */
function listShut(host) {
    const unknown = host.unknown.flatMap(({ ports }) => ports);
    return (0,port_ranges/* subtractRanges */.N1)((0,port_ranges/* subtractRanges */.N1)(listCovered(host), listOpen(host)), unknown);
}

;// CONCATENATED MODULE: ./lib/shards/join-host.js

/** Open ports in a row that make a run in which something else may answer, as the scan has it. */
const LONG_RUN = 32;
/**
 * Joins the results of one host into what one scan of all its ports would give: a doubt of one part is a doubt of the host.
 *
 * @param parts at least one, in the order of their ports
 */
function joinHost(parts) {
    const [first, ...others] = parts;
    if (others.length === 0)
        return first;
    const open = parts.flatMap((part) => part.open).sort((a, b) => a.port - b.port);
    const states = {
        closed: joinGroups(parts.flatMap(({ closed }) => closed)),
        filtered: joinGroups(parts.flatMap(({ filtered }) => filtered)),
        unknown: joinGroups(parts.flatMap(({ unknown }) => unknown)),
    };
    const lists = Object.fromEntries(['unasked', 'cut', 'starved', 'crowded'].flatMap((name) => {
        const ports = parts.flatMap((part) => part[name] ?? []).sort((a, b) => a - b);
        return ports.length > 0 ? [[name, ports]] : [];
    }));
    const everywhere = parts.filter(({ answersEverywhere }) => answersEverywhere);
    const changed = parts.find((part) => part.changed)?.changed;
    const runs = everywhere.length > 0 ? [] : joinRuns(parts, open, states);
    return {
        environment: first.environment,
        endpoint: first.endpoint,
        host: first.host,
        address: first.address,
        open,
        ...lists,
        ...(changed ? { changed } : {}),
        ...states,
        answersEverywhere: everywhere.length > 0,
        ...(runs.length > 0 ? { runs } : {}),
        ...(parts.some(({ isThisMachine }) => isThisMachine) ? { isThisMachine: true } : {}),
        ...joinDecoys(everywhere),
    };
}
/** One group for each reason, by their first ports. */
function joinGroups(groups) {
    const byReason = new Map();
    for (const { ports, reason } of groups)
        byReason.set(reason, [...(byReason.get(reason) ?? []), ...ports]);
    return [...byReason]
        .map(([reason, ports]) => ({ ports: (0,port_ranges/* mergeRanges */.$Z)(ports), reason }))
        .sort((a, b) => (a.ports[0]?.from ?? 0) - (b.ports[0]?.from ?? 0));
}
/** Ranges in which whatever is tried is open do not end where a part does: they go on as far as all that was probed is open. */
function joinRuns(parts, open, { closed, filtered, unknown }) {
    const found = parts.flatMap(({ runs = [] }) => runs);
    if (found.length === 0)
        return [];
    const shut = (0,port_ranges/* mergeRanges */.$Z)([...closed, ...filtered, ...unknown].flatMap(({ ports }) => ports));
    const stretches = [];
    let length = 0;
    let next = 0;
    for (const { port } of open) {
        const before = next;
        while (next < shut.length && shut[next].from < port)
            next++;
        const last = stretches.at(-1);
        if (last && before === next) {
            last.to = port;
            length += 1;
            continue;
        }
        if (length < LONG_RUN)
            stretches.pop();
        stretches.push({ from: port, to: port });
        length = 1;
    }
    if (length < LONG_RUN)
        stretches.pop();
    return stretches.filter((stretch) => (0,port_ranges/* overlap */.EF)([stretch], found));
}
/** What answered on ports that nothing uses, where all parts that answer everywhere have asked. */
function joinDecoys(everywhere) {
    if (everywhere.length === 0 || everywhere.some(({ decoys }) => !decoys))
        return {};
    return { decoys: [...new Set(everywhere.flatMap(({ decoys = [] }) => decoys))] };
}

;// CONCATENATED MODULE: ./lib/shards/missing.js

/** Hosts of a missing shard that are named. */
const missing_MOST_NAMED = 20;
/** Collects what no report covers, by shard. @param of how many shards there are */
function createMissing(of) {
    const byIndex = new Map();
    const counted = new Set();
    return {
        note(index, { endpoint, address }, ports) {
            const known = byIndex.get(index) ?? { index, of, pairs: 0, hosts: 0, named: [] };
            byIndex.set(index, known);
            known.pairs += (0,port_ranges/* countPorts */.Ws)(ports);
            // Several environments may have it.
            const host = JSON.stringify([index, endpoint, address]);
            if (counted.has(host))
                return;
            counted.add(host);
            known.hosts += 1;
            if (known.named.length < missing_MOST_NAMED)
                known.named.push({ endpoint, address });
        },
        list: () => [...byIndex.values()].sort((a, b) => a.index - b.index),
    };
}

;// CONCATENATED MODULE: ./lib/shards/join.js
/** Joins the reports of shards to the result of one scan over the whole plan. */






/**
 * The result of one scan over the plan. Each pair of it that no report covers is `unknown` (`missing-shard`).
 *
 * @param reports the attempts of each shard that has any; each report fits its part
 */
function joinShards(frozen, reports) {
    const newest = [...reports.values()].map(([report]) => report).sort((a, b) => a.index - b.index);
    const missing = createMissing(frozen.shares.length);
    const { hosts, unseen, excluded } = joinHosts(frozen, newest, missing.note);
    const scans = newest.map(({ scan }) => scan);
    const times = (key) => scans.length > 0 ? scans.map((scan) => scan[key].getTime()) : [frozen.createdAt.getTime()];
    const stopped = scans.find((scan) => scan.stopped)?.stopped;
    const vantage = scans[0]?.vantage;
    return {
        hosts,
        unseen: [...frozen.unresolved, ...unseen],
        ...(excluded.length > 0 ? { excluded } : {}),
        canaries: joinCanaries(frozen.plan, newest),
        ...(vantage ? { vantage } : {}),
        shards: {
            missing: missing.list(),
            blind: findBlind(newest),
            used: [...reports.values()]
                .sort(([a], [b]) => a.index - b.index)
                .map(([report, ...older]) => ({
                index: report.index,
                attempt: report.attempt,
                startedAt: report.scan.startedAt.toISOString(),
                finishedAt: report.scan.finishedAt.toISOString(),
                vantage: report.scan.vantage,
                disagrees: findDisagreements(report, older),
            })),
        },
        ...(stopped ? { stopped } : {}),
        probes: scans.reduce((sum, { probes }) => sum + probes, 0),
        startedAt: new Date(Math.min(...times('startedAt'))),
        finishedAt: new Date(Math.max(...times('finishedAt'))),
    };
}
function joinHosts({ plan, shares, excludes, searchDomainOf }, newest, note) {
    const said = new Map(newest.map(({ index, scan }) => [index, listSaid(scan)]));
    const holders = listHolders(shares);
    const rank = rankAddresses(plan);
    const rangesOf = new Map();
    const hosts = [];
    const unseen = [];
    const excluded = [];
    for (const planned of plan.endpoints) {
        const { environment, endpoint, addresses = [], ports } = planned;
        const all = rangesOf.get(ports) ?? (0,port_ranges/* toRanges */.eb)(ports);
        rangesOf.set(ports, all);
        const searchDomain = searchDomainOf(planned);
        for (const address of [...addresses].sort((a, b) => (rank.get(a) ?? 0) - (rank.get(b) ?? 0))) {
            const about = {
                ...(environment === undefined ? {} : { environment }),
                endpoint: endpoint.text,
                address,
            };
            if (excludes(address)) {
                excluded.push(about);
                continue;
            }
            const parts = (holders.get(address) ?? []).flatMap(({ index, ranges }) => {
                const wanted = ranges ? (0,port_ranges/* intersectRanges */.im)(all, ranges) : all;
                return !ranges || wanted.length > 0 ? [{ index, wanted, said: said.get(index) }] : [];
            });
            const key = keyOf(about);
            if (parts.every(({ said }) => said?.noHosts.has(key)))
                continue;
            const routes = parts.map(({ said }) => said?.noRoute.get(key));
            if (routes[0] && routes.every(Boolean)) {
                unseen.push(routes[0]);
                continue;
            }
            const host = { environment, endpoint: endpoint.text, host: endpoint.host, address };
            const results = parts.flatMap(({ index, wanted, said }) => {
                const found = said?.hosts.get(key);
                const left = (0,port_ranges/* subtractRanges */.N1)(wanted, found ? listCovered(found) : []);
                if (left.length === 0)
                    return found ? [found] : [];
                // Where another part of the same address was reached, this one should have been.
                const isLeftOut = said !== undefined && (said.noRoute.has(key) || said.noHosts.has(key));
                if (!isLeftOut)
                    note(index, host, left);
                const unknown = {
                    ...NOTHING,
                    ...host,
                    unknown: [{ ports: left, reason: isLeftOut ? NO_ROUTE : MISSING }],
                };
                return found ? [found, unknown] : [unknown];
            });
            const joined = results.length > 0 ? joinHost(results) : { ...NOTHING, ...host, unknown: [] };
            hosts.push({ ...joined, ...(searchDomain === undefined ? {} : { searchDomain }) });
        }
    }
    return { hosts, unseen, excluded };
}
const NOTHING = { open: [], closed: [], filtered: [], answersEverywhere: false };
const NO_ROUTE = 'no-route';
const MISSING = 'missing-shard';
function listSaid({ hosts, unseen, noHosts = [] }) {
    return {
        hosts: new Map(hosts.map((host) => [keyOf(host), host])),
        noRoute: new Map(unseen.map((one) => [keyOf({ ...one, address: one.address ?? '' }), one])),
        noHosts: new Set(noHosts.map(keyOf)),
    };
}
/** The shards that have each address, by the ports that they have of it. */
function listHolders(shares) {
    const holders = new Map();
    for (const [at, { ports }] of shares.entries()) {
        for (const [address, ranges] of ports) {
            const known = holders.get(address);
            if (known)
                known.push({ index: at + 1, ranges });
            else
                holders.set(address, [{ index: at + 1, ranges }]);
        }
    }
    for (const list of holders.values())
        list.sort((a, b) => (a.ranges?.[0]?.from ?? 0) - (b.ranges?.[0]?.from ?? 0));
    return holders;
}
/** One scan has the addresses of an endpoint in the order in which it first came to each. */
function rankAddresses({ endpoints }) {
    const rank = new Map();
    for (const { addresses = [] } of endpoints)
        for (const address of addresses)
            if (!rank.has(address))
                rank.set(address, rank.size);
    return rank;
}
/** Each canary once: as it was seen where it was not open, if there was such a shard. */
function joinCanaries({ endpoints }, newest) {
    const nameOf = ({ environment, host, port }) => JSON.stringify([environment ?? null, host, port]);
    const seen = new Map();
    for (const { index, machine, scan } of newest) {
        for (const canary of scan.canaries) {
            const name = nameOf(canary);
            seen.set(name, [...(seen.get(name) ?? []), { index, machine, canary }]);
        }
    }
    const names = new Set(endpoints.flatMap(({ environment, scan: { canary } }) => canary ? [JSON.stringify([environment ?? null, canary.host, canary.port])] : []));
    return [...names].flatMap((name) => {
        const all = seen.get(name) ?? [];
        const sighted = new Set(all.flatMap(({ machine, canary }) => (canary.outcome.state === 'open' ? machine : [])));
        // A run accepts a canary that lies on the way to some of its hosts, and so do the shards of one machine together.
        const wrong = all.filter(({ machine, canary }) => canary.outcome.state !== 'open' && !(canary.aside && sighted.has(machine)));
        const [worst] = wrong.length > 0 ? wrong : all.filter(({ canary }) => !canary.aside);
        if (!worst)
            return [];
        const isSome = wrong.length > 0 && wrong.length < all.length;
        return [{ ...worst.canary, ...(isSome ? { shards: wrong.map(({ index }) => index) } : {}) }];
    });
}
/**
 * Shards that had no answer at all, on a machine where no other shard had one. What others heard elsewhere proves nothing about this
 * machine. None if that holds for all shards: then it is the run that is silent.
 */
function findBlind(newest) {
    const sighted = new Set(newest.filter(({ scan }) => hasSeen(scan)).map(({ machine }) => machine));
    if (sighted.size === 0)
        return [];
    return newest
        .filter(({ machine, scan }) => !sighted.has(machine) && scan.hosts.some(({ filtered }) => filtered.length > 0))
        .map(({ index }) => index);
}
/** As of a run: its own machine's addresses count only where nothing else was scanned. */
function hasSeen({ hosts, canaries }) {
    const others = hosts.filter(({ isThisMachine }) => !isThisMachine);
    return ((others.length > 0 ? others : hosts).some(host/* hasAnswered */.uG) ||
        canaries.some(({ outcome }) => outcome.state === 'open'));
}

// EXTERNAL MODULE: ./lib/unusable.js
var unusable = __webpack_require__(5436);
// EXTERNAL MODULE: ./lib/commands/shards/read-plan.js
var read_plan = __webpack_require__(2053);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/process/stdin.js
var stdin = __webpack_require__(843);
// EXTERNAL MODULE: ./lib/shards/plan-file.js
var plan_file = __webpack_require__(589);
// EXTERNAL MODULE: ./lib/shards/shard-file.js + 1 modules
var shard_file = __webpack_require__(6643);
;// CONCATENATED MODULE: ./lib/commands/shards/read-reports.js








/** Longest report of a shard, in bytes: V8 holds no longer text. */
const LONGEST_REPORT = 400 * 1024 * 1024;
/** Most reports: each shard in a few attempts. */
const MOST_REPORTS = 16 * plan_file/* MOST_SHARDS */.Y;
/** Folders within a folder that is named: each artifact may be in one of its own. */
const DEPTH = 2;
/**
 * The files that are named, and all `shard-*.json` in the folders that are. A missing file counts as one that cannot be read.
 *
 * @throws {Unusable} where they are too many
 */
async function listReports(root, written) {
    const lists = await Promise.all(written.map(async (name) => {
        const found = await (0,promises_.stat)((0,external_node_path_.resolve)(root, name)).catch(() => undefined);
        return found?.isDirectory() ? listFolder(root, name, DEPTH) : [name];
    }));
    const files = [...new Set(lists.flat())];
    if (files.length <= MOST_REPORTS)
        return files;
    throw new unusable/* Unusable */.kO([`reports: there are ${files.length}; the limit is ${MOST_REPORTS}.`]);
}
async function listFolder(root, folder, depth) {
    const entries = await (0,promises_.readdir)((0,external_node_path_.resolve)(root, folder), { withFileTypes: true }).catch((error) => {
        throw new unusable/* Unusable */.kO([`reports: ${(0,problem/* quote */.hD)(folder)} cannot be read: ${error.message}.`]);
    });
    const lists = await Promise.all(entries.map(async (entry) => {
        const path = (0,external_node_path_.join)(folder, entry.name);
        if (entry.isDirectory() && depth > 0)
            return listFolder(root, path, depth - 1);
        return entry.isFile() && /^shard-.*\.json$/.test(entry.name) ? [path] : [];
    }));
    return lists.flat().sort();
}
/** The reports that can be read; `unused` is called for the others. */
async function readReports(root, files, unused) {
    const reports = [];
    for (const file of files) {
        const name = (0,stdin/* nameOfFile */.Ri)(file);
        try {
            reports.push((0,shard_file/* openShard */.f)(await (0,read_plan/* readText */.y)(root, file, LONGEST_REPORT), name));
        }
        catch (error) {
            unused({ file: name, why: error.message });
        }
    }
    return reports;
}

;// CONCATENATED MODULE: ./lib/commands/shards/merge.js













/** Longest reason for not using a file, in characters. */
const LONGEST_REASON = 500;
/**
 * Joins the reports of the shards of a plan and judges them as one scan, by the policy, the day and the settings of the plan.
 *
 * @param context `say` receives a sentence about each report that is not used
 * @throws {Unusable} where there is no plan, or a report is of another one
 */
async function mergeShards(options, { plan: path, reports: written }, { root, say }) {
    (0,plan_file_options/* refuseWithPlan */.ad)(options, ['scope']);
    const maxAgeMs = readAge(options['max-age']);
    const file = await (0,read_plan/* readPlan */.m)(root, path);
    (0,plan_file_options/* holdToPlan */.Sn)(options, file);
    const { request, loaded, frozen } = await (0,thaw/* thawPlan */.c)(file);
    // The reason may quote the file.
    const unused = ({ file, why }) => say(`The report ${(0,problem/* quote */.hD)(file)} is not used: ${(0,report_escape/* logSafe */.sN)((0,report_escape/* printable */.g$)(why, LONGEST_REASON))}.`);
    const reports = await readReports(root, await listReports(root, written), unused);
    const foreign = reports.filter(({ digest }) => digest !== file.digest);
    if (foreign.length > 0)
        throw new unusable/* Unusable */.kO(foreign.map(({ file }) => `The report ${(0,problem/* quote */.hD)(file)} is of another plan than ${(0,problem/* quote */.hD)(path ?? '')}.`), [], 'UNUSABLE: A report is of another plan');
    const scan = joinShards(frozen, chooseReports(file, frozen, reports, unused));
    const compared = (0,prepare_options/* parseOptions */.A)({
        baseline: options.baseline,
        'known-violations': options['known-violations'],
    });
    const baseline = await (0,prepare_baseline/* readBaseline */.m)(compared, say);
    const report = (0,run/* conclude */.Ep)({
        request: { ...request, knownViolations: compared.knownViolations },
        loaded,
        ref: file.policy.ref,
        plan: frozen.plan,
        scan: { ...scan, ...findStale(file, path ?? '', scan, maxAgeMs) },
        now: frozen.createdAt,
        review: file.review,
        baseline,
    });
    return { report, file };
}
function readAge(text) {
    const { value, problem } = (0,results_options/* parseAge */.F1)(text?.trim() || results_options/* DEFAULT_AGE */.Y_);
    if (problem)
        throw new unusable/* Unusable */.kO([`max-age: ${problem.message}${problem.hint ? ` (${problem.hint})` : ''}`]);
    return value;
}
/**
 * Whether the plan is too old: names may lead elsewhere by now, and closed ports may be open. None of its reports is
 * older than it.
 */
function findStale({ createdAt, tool }, path, { startedAt, finishedAt }, maxAgeMs) {
    const stale = (0,results_options/* findStaleness */.k1)(Date.parse(createdAt), maxAgeMs, Date.now());
    if (!stale)
        return {};
    const times = { startedAt: startedAt.toISOString(), finishedAt: finishedAt.toISOString() };
    return { results: [{ file: path, tool: 'Portgate', version: tool.version, ...times, others: 0, stale }] };
}


/***/ })

};
