export const id = 546;
export const ids = [546];
export const modules = {

/***/ 9546:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  makePlanFile: () => (/* binding */ makePlanFile),
  savePlan: () => (/* binding */ savePlan)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/files/output-folder.js
var output_folder = __webpack_require__(1363);
// EXTERNAL MODULE: ./lib/policy/exclude.js
var exclude = __webpack_require__(4112);
// EXTERNAL MODULE: ./lib/policy/times.js
var times = __webpack_require__(908);
// EXTERNAL MODULE: ./lib/prepare/environment.js
var environment = __webpack_require__(1926);
// EXTERNAL MODULE: ./lib/prepare/options.js
var prepare_options = __webpack_require__(4101);
// EXTERNAL MODULE: ./lib/prepare/plan.js
var prepare_plan = __webpack_require__(3812);
// EXTERNAL MODULE: ./lib/prepare/plan-file/freeze.js
var freeze = __webpack_require__(3885);
// EXTERNAL MODULE: ./lib/prepare/plan-file/frozen-tree.js
var frozen_tree = __webpack_require__(4929);
// EXTERNAL MODULE: ./lib/prepare/plan-file/options.js
var plan_file_options = __webpack_require__(9110);
// EXTERNAL MODULE: ./lib/prepare/policy.js
var prepare_policy = __webpack_require__(393);
// EXTERNAL MODULE: ./lib/prepare/review.js
var prepare_review = __webpack_require__(2887);
// EXTERNAL MODULE: ./lib/process/heap.js + 2 modules
var heap = __webpack_require__(2779);
// EXTERNAL MODULE: ./lib/report/json.js
var json = __webpack_require__(7406);
// EXTERNAL MODULE: ./lib/scan/deadline.js
var deadline = __webpack_require__(2485);
// EXTERNAL MODULE: ./lib/scan/targets/for-each.js
var for_each = __webpack_require__(8281);
// EXTERNAL MODULE: ./lib/scan/targets/locate.js + 1 modules
var locate = __webpack_require__(7225);
// EXTERNAL MODULE: ./lib/scan/targets/lookup.js
var lookup = __webpack_require__(6768);
// EXTERNAL MODULE: ./lib/scan/targets/resolve.js
var targets_resolve = __webpack_require__(9176);
// EXTERNAL MODULE: ./lib/scan/targets/search-domains.js
var search_domains = __webpack_require__(2650);
;// CONCATENATED MODULE: ./lib/scan/resolve-plan.js






/** Never rejects for a name that cannot be looked up: that is in the result. */
async function resolvePlan({ endpoints }, { signal, env }) {
    const startedAt = performance.now();
    const lookups = (0,lookup/* createLookups */.G)();
    const known = new Map();
    const resolve = (name, ip, limitMs) => {
        const key = `${ip} ${name}`;
        const asked = known.get(key) ??
            (0,deadline/* withDeadline */.N)(signal, startedAt + limitMs * locate/* LOOKUP_SHARE */.T0, (ending) => (0,targets_resolve/* resolveName */.q)(name, ip, lookups, ending));
        known.set(key, asked);
        return asked;
    };
    try {
        const found = new Map();
        const canaries = new Map();
        const named = new Map();
        await (0,for_each/* forEach */.j)(endpoints, lookup/* MOST_LOOKUPS */.W, async (planned) => {
            const { endpoint, scan } = planned;
            const { canary, ip, timeLimitMs } = scan;
            if (canary && !canaries.has(canary.host))
                canaries.set(canary.host, (await resolve((0,locate/* asWritten */.qm)(canary), 'auto', timeLimitMs)).addresses);
            if (endpoint.kind !== 'name')
                return;
            const resolution = await resolve((0,locate/* asWritten */.qm)(endpoint), ip, timeLimitMs);
            found.set(planned, resolution);
            if (!endpoint.isAnchored && resolution.addresses.length > 0)
                named.set(endpoint.host, resolution.addresses);
        });
        const longest = Math.max(0, ...new Set(endpoints.map(({ scan }) => scan.timeLimitMs)));
        const searched = await (0,search_domains/* findSearchDomains */.B)(named, env, lookups, signal, startedAt + longest);
        const names = [...found].map(([planned, resolution]) => {
            const { host, isAnchored } = planned.endpoint;
            const searchDomain = isAnchored ? undefined : searched.get(host);
            return [planned, { ...resolution, ...(searchDomain === undefined ? {} : { searchDomain }) }];
        });
        return { names: new Map(names), canaries };
    }
    finally {
        lookups.end();
    }
}

// EXTERNAL MODULE: ./lib/shards/plan-file.js
var plan_file = __webpack_require__(589);
// EXTERNAL MODULE: ./lib/unusable.js
var unusable = __webpack_require__(5436);
// EXTERNAL MODULE: ./lib/version.js
var version = __webpack_require__(3411);
// EXTERNAL MODULE: ./lib/policy/plan.js + 2 modules
var plan = __webpack_require__(7792);
// EXTERNAL MODULE: ./lib/port-ranges.js
var port_ranges = __webpack_require__(1067);
;// CONCATENATED MODULE: ./lib/commands/shards/cheaper.js


/** A selection must cost at most this share to be worth mentioning. */
const WORTH = 0.5;
/** Selections that cost less, the most expensive first: fewer ports on the same hosts. */
function findCheaper(endpoints, { catalogue }, { probes }) {
    const addresses = endpoints.reduce((sum, { addresses = [] }) => sum + addresses.length, 0);
    const selections = [
        ['ports: catalogue', 'catalogue'],
        ['ports: common', 'common'],
    ];
    return selections.flatMap(([ask, selection]) => {
        const left = addresses * (0,port_ranges/* countPorts */.Ws)((0,plan/* selectedRanges */.e5)(selection, catalogue));
        return probes > 0 && left <= probes * WORTH ? [{ ask, probes: left }] : [];
    });
}

// EXTERNAL MODULE: ./lib/numbers.js
var numbers = __webpack_require__(4417);
// EXTERNAL MODULE: ./lib/report/counts.js
var counts = __webpack_require__(5836);
;// CONCATENATED MODULE: ./lib/shards/cost.js
/** Ports a second of a host nearby: 65,535 that refuse took 0.71 s, and as many that are silent 13.5 s. */
const REFUSING_PER_SECOND = 90_000;
const SILENT_PER_SECOND = 4_800;
/** Start, canaries, what is probed twice, and asking open ports what answers, in seconds. */
const FIXED_SECONDS = 5;
/** What a job on GitHub takes besides its scan, in seconds; its runner is billed for each minute begun. */
const JOB_SECONDS = 25;
/** The number of other jobs: those that plan and merge. */
const OTHER_JOBS = 2;
/** @param excludes whether the policy excludes an address */
function estimateCost(endpoints, excludes, shares) {
    const rates = countByRate(endpoints, excludes);
    const secondsOf = (pairs, perSecond, all) => {
        // Each shard has its part of the rate, so that cutting does not help.
        const share = all === 0 ? 0 : pairs / all;
        const limited = [...rates].map(([rate, probes]) => (probes * share * shares.length) / rate);
        return FIXED_SECONDS + Math.max(pairs / perSecond, ...limited);
    };
    const probes = shares.reduce((sum, { pairs }) => sum + pairs, 0);
    const largest = Math.max(...shares.map(({ pairs }) => pairs));
    const minutesOf = (perSecond) => shares.reduce((sum, { pairs }) => {
        const seconds = pairs === 0 ? 0 : secondsOf(pairs, perSecond, probes);
        return sum + Math.ceil((JOB_SECONDS + seconds) / 60);
    }, OTHER_JOBS);
    const most = secondsOf(largest, SILENT_PER_SECOND, probes);
    const boundBy = [...rates.keys()].sort((a, b) => (rates.get(b) ?? 0) / b - (rates.get(a) ?? 0) / a)[0];
    const isBound = boundBy !== undefined && most > FIXED_SECONDS + largest / SILENT_PER_SECOND;
    return {
        probes,
        largest,
        idle: shares.filter(({ pairs }) => pairs === 0).length,
        seconds: { least: secondsOf(largest, REFUSING_PER_SECOND, probes), most },
        ...(isBound ? { boundBy } : {}),
        runnerMinutes: { least: minutesOf(REFUSING_PER_SECOND), most: minutesOf(SILENT_PER_SECOND) },
    };
}
/** The pairs that each `max-rate` holds for. */
function countByRate(endpoints, excludes) {
    const rates = new Map();
    for (const { addresses = [], ports, scan } of endpoints) {
        if (scan.maxRate === undefined)
            continue;
        const scanned = addresses.filter((address) => !excludes(address)).length;
        rates.set(scan.maxRate, (rates.get(scan.maxRate) ?? 0) + scanned * ports.length);
    }
    return rates;
}

// EXTERNAL MODULE: ./lib/shards/share.js
var share = __webpack_require__(9162);
;// CONCATENATED MODULE: ./lib/commands/shards/choose-shards.js







const HEADING = 'UNUSABLE: The scan cannot be split as asked';
/**
 * The number of shards, and what they cost.
 *
 * @throws {Unusable} where a shard would be too large, or no number of them is quick enough
 */
function chooseShards(endpoints, excludes, { shards, maxMs = 0 }) {
    const costOf = (number) => estimateCost(endpoints, excludes, (0,share/* cutIntoShares */.b)(endpoints, excludes, number));
    if (shards !== undefined) {
        const cost = costOf(shards);
        if (cost.largest <= plan/* MOST_PAIRS */.AN)
            return { shards, cost };
        const least = Math.ceil(cost.probes / plan/* MOST_PAIRS */.AN);
        const hint = least <= plan_file/* MOST_SHARDS */.Y ? `at least ${least} shards` : 'fewer hosts or ports';
        const problem = `shards: with ${shards}, one would probe ${(0,numbers/* formatNumber */.Z)(cost.largest)} ports, and the limit is ${(0,numbers/* formatNumber */.Z)(plan/* MOST_PAIRS */.AN)}: use ${hint}.`;
        throw new unusable/* Unusable */.kO([problem], [], HEADING);
    }
    const fits = ({ seconds, largest }) => seconds.most * 1000 <= maxMs && largest <= plan/* MOST_PAIRS */.AN;
    const cheapest = costOf(plan_file/* MOST_SHARDS */.Y);
    if (!fits(cheapest)) {
        const why = cheapest.boundBy
            ? `\`max-rate: ${cheapest.boundBy}\` applies to all shards together, so more of them do not help`
            : 'scan fewer hosts or ports';
        const time = (0,counts/* formatDuration */.a3)(cheapest.seconds.most * 1000);
        throw new unusable/* Unusable */.kO([`max-time: even ${(0,numbers/* count */.U)(plan_file/* MOST_SHARDS */.Y, 'shard')} take up to ${time}, if every port is silent: ${why}.`], [], HEADING);
    }
    // More shards are never slower, except for the rounding of whole hosts.
    let [low, high] = [1, plan_file/* MOST_SHARDS */.Y];
    while (low < high) {
        const middle = Math.floor((low + high) / 2);
        if (fits(costOf(middle)))
            high = middle;
        else
            low = middle + 1;
    }
    return { shards: high, cost: costOf(high) };
}

;// CONCATENATED MODULE: ./lib/commands/shards/plan.js
/** `portgate plan`: what is to be scanned, looked up and cut once. */




















const PLAN_NAME = 'plan.json';
/**
 * With more endpoints than this, the memory that finding their rules took is freed before the next step needs its own.
 */
const MANY_ENDPOINTS = 1_000;
/**
 * Plans a scan, resolves its names and cuts it.
 *
 * @param commit what is checked out, where that is known
 * @throws {Unusable} as a run, and where the plan cannot be cut as was asked
 */
async function makePlanFile(options, cut, { commit, ...context }) {
    const cutting = parseCut(cut);
    (0,plan_file_options/* refuseWithPlan */.ad)(options, ['max-age', 'baseline']);
    const request = (0,prepare_options/* parseOptions */.A)(options);
    const { tree, list } = (0,frozen_tree/* recordReads */.f)(context.tree);
    const loaded = await (0,prepare_policy/* loadPolicy */.t)(request, { ...context, tree });
    const files = await list();
    const { deploysTo } = context;
    const { plan, missing } = (0,prepare_plan/* planScan */.hn)(request, loaded, deploysTo, { shards: cutting.shards ?? plan_file/* MOST_SHARDS */.Y });
    if (missing.length > 0)
        throw new unusable/* Unusable */.kO([], missing, 'UNUSABLE: The policy names nothing to scan');
    if (plan.endpoints.length > MANY_ENDPOINTS)
        (0,heap/* freeMemory */.K)();
    const asked = { asked: request.environment, deploysTo };
    const notice = (0,environment/* explainUnknownEnvironment */.t)(loaded.policy, asked);
    if (notice !== undefined)
        context.say?.(notice);
    const review = context.review && (await (0,prepare_review/* reviewPolicy */.Hi)(context.review, (0,prepare_policy/* policyFile */.X)(request, context.root), request));
    const resolved = await resolvePlan(plan, context);
    const endpoints = plan.endpoints.map((planned) => {
        const found = resolved.names.get(planned);
        return found ? { ...planned, addresses: found.addresses } : planned;
    });
    const chosen = chooseShards(endpoints, (0,exclude/* createExcludes */.O3)(loaded.policy), cutting);
    const [policy] = files;
    const file = (0,plan_file/* sealPlan */.tP)((0,freeze/* freezePlan */.t)(plan, resolved, {
        tool: { name: 'portgate', version: version/* VERSION */.x },
        createdAt: new Date().toISOString(),
        shards: chosen.shards,
        policy: {
            ...(policy ? { path: policy.path } : {}),
            ...(tree.ref === undefined ? {} : { ref: tree.ref }),
            files,
        },
        options: (0,plan_file_options/* freezeOptions */.yQ)(options, (0,environment/* chooseEnvironment */.H)(loaded.policy, asked)),
        ...(commit === undefined ? {} : { commit }),
        ...(review ? { review: JSON.parse(JSON.stringify(review)) } : {}),
    }));
    const unresolved = [...resolved.names].flatMap(([{ endpoint }, { failure }]) => failure === undefined ? [] : [{ endpoint: endpoint.text, why: failure }]);
    return {
        file,
        cost: chosen.cost,
        cheaper: findCheaper(endpoints, loaded, chosen.cost),
        unresolved,
        longestLimitMs: Math.max(...endpoints.map(({ scan }) => scan.timeLimitMs)),
    };
}
/** @throws {Unusable} with all that is wrong */
function parseCut({ shards, 'max-time': maxTime }) {
    const problems = [];
    const cutting = {};
    if (shards?.trim()) {
        const text = shards.trim();
        if (/^[1-9]\d{0,2}$/.test(text) && +text <= plan_file/* MOST_SHARDS */.Y)
            cutting.shards = +text;
        else
            problems.push(`shards: ${JSON.stringify(text)} is not a number of shards (1 to ${plan_file/* MOST_SHARDS */.Y})`);
    }
    if (maxTime?.trim()) {
        const { value, problem } = (0,times/* parseDuration */.E9)(maxTime.trim());
        if (problem)
            problems.push(`max-time: ${problem.message}${problem.hint ? ` (${problem.hint})` : ''}`);
        else
            cutting.maxMs = value;
    }
    const isBoth = Boolean(shards?.trim() && maxTime?.trim());
    const isNone = !shards?.trim() && !maxTime?.trim();
    if (isBoth)
        problems.push('shards: give either `shards` or `max-time`, not both');
    if (isNone)
        problems.push('shards: give their number (`shards: 8`) or the longest that one may take (`max-time: 5m`)');
    if (problems.length > 0)
        throw new unusable/* Unusable */.kO(problems);
    return cutting;
}
/**
 * Writes plan.json.
 *
 * @param checkout whose links are not followed: see `openOutputFolder`
 * @returns its path
 * @throws {Unusable} where it cannot be written
 */
function savePlan(plan, folder, checkout) {
    try {
        const path = (0,external_node_path_.join)((0,output_folder/* openOutputFolder */.uS)(folder, checkout), PLAN_NAME);
        (0,output_folder/* writeWhole */.f8)(path, (0,json/* renderJson */.h)(plan));
        return (0,external_node_path_.join)(folder, PLAN_NAME);
    }
    catch (error) {
        throw new unusable/* Unusable */.kO([`output-directory: ${error.message}.`], [], 'NOT RUN: output-directory cannot be written');
    }
}


/***/ }),

/***/ 3885:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   t: () => (/* binding */ freezePlan),
/* harmony export */   y: () => (/* binding */ describeEndpoints)
/* harmony export */ });
/* harmony import */ var _port_ranges_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1067);
/* harmony import */ var _shards_digest_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6701);


/** A plan with all that its names have led to, ready for its digest. */
function freezePlan(plan, { names, canaries }, beside) {
    const { lists, endpoints } = describeEndpoints(plan.endpoints);
    return {
        ...beside,
        seed: plan.seed,
        ...lists,
        endpoints: plan.endpoints.map((planned, index) => {
            const resolved = names.get(planned);
            return { ...endpoints[index], ...(resolved ? { resolved } : {}) };
        }),
        canaries: [...canaries].map(([host, addresses]) => ({ host, addresses })),
    };
}
/** Endpoints as plan.json has them, and the lists of ports and settings that they share. */
function describeEndpoints(endpoints) {
    const ports = createNumbering();
    const settings = createNumbering();
    const textOf = new Map();
    const described = endpoints.map((planned) => {
        const { environment, endpoint } = planned;
        const text = textOf.get(planned.ports) ?? (0,_port_ranges_js__WEBPACK_IMPORTED_MODULE_0__/* .formatRanges */ .Gk)(planned.ports);
        textOf.set(planned.ports, text);
        return {
            ...(environment === undefined ? {} : { environment }),
            endpoint: endpoint.text,
            ports: ports.number(text, text),
            settings: settings.number(...describeSettings(planned)),
        };
    });
    return { lists: { ports: ports.list(), settings: settings.list() }, endpoints: described };
}
function describeSettings({ scan, failOn, onDoubt, }) {
    const { ip, identify, maxRate, timeLimitMs, canary } = scan;
    const settings = {
        ip,
        identify,
        ...(maxRate === undefined ? {} : { maxRate }),
        timeLimitMs,
        failOn,
        onDoubt,
        ...(canary ? { canary: { host: canary.host, port: canary.port } } : {}),
    };
    return [(0,_shards_digest_js__WEBPACK_IMPORTED_MODULE_1__/* .canonicalJson */ .dj)(settings), settings];
}
/** Numbers different values from 0, in the order in which they come. */
function createNumbering() {
    const numbers = new Map();
    const values = [];
    return {
        number(key, value) {
            const known = numbers.get(key);
            if (known !== undefined)
                return known;
            numbers.set(key, values.length);
            return values.push(value) - 1;
        },
        list: () => values,
    };
}


/***/ }),

/***/ 4929:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ frozenTree),
/* harmony export */   f: () => (/* binding */ recordReads)
/* harmony export */ });
/* harmony import */ var _shards_digest_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6701);

/** A tree that remembers the files that are read from it: the policy first, and then what it names. */
function recordReads(tree) {
    const read = new Map();
    const record = (tree, origin) => {
        const { openRepository } = tree;
        return {
            ...tree,
            async read(path, limit, namedBy) {
                const bytes = await tree.read(path, limit, namedBy);
                // A file that is not UTF-8 cannot be used, which its parser reports.
                const text = bytes && new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
                if (text !== undefined)
                    read.set(keyOf(path, origin), { tree, path, text, origin });
                return bytes;
            },
            ...(openRepository && {
                openRepository: (repository, commit) => record(openRepository(repository, commit), { repository, commit }),
            }),
        };
    };
    return {
        tree: record(tree, {}),
        list: () => Promise.all([...read.values()].map(async ({ tree, path, text, origin }) => {
            const name = (await tree.nameOf?.(path)) ?? path;
            return { path, name, ...origin, text, sha256: (0,_shards_digest_js__WEBPACK_IMPORTED_MODULE_0__/* .hashOf */ .qQ)(text) };
        })),
    };
}
/** The files that a plan has frozen. */
function frozenTree({ policy: { ref, files } }) {
    const byKey = new Map(files.map((file) => [keyOf(file.path, file), file]));
    const open = (origin) => ({
        read: async (path) => {
            const file = byKey.get(keyOf(path, origin));
            return file && new TextEncoder().encode(file.text);
        },
        nameOf: async (path) => byKey.get(keyOf(path, origin))?.name ?? path,
        openRepository: (repository, commit) => open({ repository, commit }),
    });
    return { ...open({}), ...(ref === undefined ? {} : { ref }) };
}
function keyOf(path, { repository, commit }) {
    return JSON.stringify([repository, commit, path]);
}


/***/ }),

/***/ 9110:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Sn: () => (/* binding */ holdToPlan),
/* harmony export */   ad: () => (/* binding */ refuseWithPlan),
/* harmony export */   yQ: () => (/* binding */ freezeOptions)
/* harmony export */ });
/* harmony import */ var _policy_problem_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2737);
/* harmony import */ var _unusable_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5436);
/** Which options a plan freezes, and which steps after it take. */


/** Options that, with the policy, decide what is scanned and how it is judged. */
const FROZEN = [
    'environment',
    'endpoints',
    'ports',
    'ip',
    'fail-on',
    'on-doubt',
    'fail-on-loosening',
    'mode',
    'max-rate',
    'time-limit',
    'identify',
];
/** Options that make no sense with a plan, and what to do instead. */
const WITHOUT_PLAN = {
    wait: 'wait before the plan is written',
    results: 'they are judged without a plan',
    'results-cover': 'results are judged without a plan',
};
/** Inputs that the action always has: their defaults ask for nothing. */
const DEFAULTS = { mode: 'enforce', 'fail-on-loosening': 'never' };
/** Options as a plan keeps them. @param environment the one that is scanned */
function freezeOptions(options, environment) {
    const frozen = {};
    for (const name of FROZEN) {
        const value = options[name];
        if (isGiven(value))
            frozen[name] = value;
    }
    if (environment !== undefined)
        frozen.environment = environment;
    return frozen;
}
function isGiven(value) {
    return Array.isArray(value) ? value.length > 0 : value !== undefined && value.trim() !== '';
}
/** @throws {Unusable} for options that make no sense when a plan is written or followed */
function refuseWithPlan(options, more = []) {
    const problems = Object.entries(WITHOUT_PLAN).flatMap(([name, why]) => isGiven(options[name]) ? [`${name}: it cannot be combined with a plan: ${why}`] : []);
    for (const name of more)
        if (isGiven(options[name]))
            problems.push(`${name}: it has no effect here`);
    if (problems.length > 0)
        throw new _unusable_js__WEBPACK_IMPORTED_MODULE_1__/* .Unusable */ .kO(problems);
}
/**
 * Refuses options that differ from the plan, which would have no effect. Repeating what it says does no harm.
 *
 * @throws {Unusable} with all of them
 */
function holdToPlan(options, { options: frozen, policy }) {
    const problems = FROZEN.flatMap((name) => {
        const value = options[name];
        if (!isGiven(value) || value === DEFAULTS[name])
            return [];
        const isSame = JSON.stringify([value].flat().sort()) === JSON.stringify([frozen[name] ?? []].flat().sort());
        return isSame ? [] : [sayFrozen(name)];
    });
    const { policy: asked } = options;
    const [file] = policy.files;
    if (isGiven(asked) && file?.path !== asked && file?.name !== asked)
        problems.push(sayFrozen('policy'));
    if (problems.length > 0)
        throw new _unusable_js__WEBPACK_IMPORTED_MODULE_1__/* .Unusable */ .kO(problems);
}
function sayFrozen(name) {
    return `${name}: the plan says otherwise, and the plan applies: give ${(0,_policy_problem_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(name)} to \`portgate plan\``;
}


/***/ }),

/***/ 6701:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   dj: () => (/* binding */ canonicalJson),
/* harmony export */   ol: () => (/* binding */ digestOf),
/* harmony export */   qQ: () => (/* binding */ hashOf)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);

/** SHA-256 of a value, in hex: of its canonical JSON, so that neither the order of keys nor white space matters. */
function digestOf(value) {
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(canonicalJson(value)).digest('hex');
}
/** SHA-256 of a text as UTF-8, in hex. */
function hashOf(text) {
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(text).digest('hex');
}
/**
 * JSON with the keys of each object sorted and without white space, as RFC 8785 writes it. Keys without a value are left out, as JSON
 * leaves them out.
 */
function canonicalJson(value) {
    if (Array.isArray(value))
        return `[${value.map((item) => canonicalJson(item ?? null)).join()}]`;
    if (typeof value !== 'object' || value === null)
        return JSON.stringify(value);
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    entries.sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join()}}`;
}


/***/ }),

/***/ 589:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Y: () => (/* binding */ MOST_SHARDS),
/* harmony export */   qF: () => (/* binding */ parseJson),
/* harmony export */   tP: () => (/* binding */ sealPlan),
/* harmony export */   uD: () => (/* binding */ openPlan)
/* harmony export */ });
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2857);
/* harmony import */ var _model_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9814);
/* harmony import */ var _digest_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6701);
/* harmony import */ var _schemas_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(95);
/** plan.json: all that decides what is scanned and how it is judged, frozen, so that every shard asks the same question. */




/** Most shards of a plan: what GitHub's matrix takes. */
const MOST_SHARDS = 256;
/** A policy and a catalogue have up to 1 MiB each. */
const LONGEST_FILE = 1024 * 1024 + 1;
/** As many as a policy may name. */
const MOST_ENDPOINTS = 65_536;
const MOST_ADDRESSES = 1_024;
const place = zod__WEBPACK_IMPORTED_MODULE_3__/* .strictObject */ .rej({ file: _schemas_js__WEBPACK_IMPORTED_MODULE_2__/* .shortText */ .os, line: zod__WEBPACK_IMPORTED_MODULE_3__/* .int */ .Whr().min(1), column: zod__WEBPACK_IMPORTED_MODULE_3__/* .int */ .Whr().min(1) });
const change = zod__WEBPACK_IMPORTED_MODULE_3__/* .strictObject */ .rej({
    direction: zod__WEBPACK_IMPORTED_MODULE_3__/* ["enum"] */ .k5n(_model_js__WEBPACK_IMPORTED_MODULE_0__/* .DIRECTIONS */ .X),
    part: zod__WEBPACK_IMPORTED_MODULE_3__/* ["enum"] */ .k5n(_model_js__WEBPACK_IMPORTED_MODULE_0__/* .POLICY_PARTS */ .yv),
    severity: zod__WEBPACK_IMPORTED_MODULE_3__/* ["enum"] */ .k5n(_model_js__WEBPACK_IMPORTED_MODULE_0__/* .SEVERITIES */ .oC),
    environments: zod__WEBPACK_IMPORTED_MODULE_3__/* .array */ .YOg(_schemas_js__WEBPACK_IMPORTED_MODULE_2__/* .shortText */ .os).optional(),
    hosts: zod__WEBPACK_IMPORTED_MODULE_3__/* .array */ .YOg(_schemas_js__WEBPACK_IMPORTED_MODULE_2__/* .shortText */ .os).optional(),
    ports: zod__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP().optional(),
    message: zod__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP(),
    place: place.optional(),
    before: place.optional(),
});
const review = zod__WEBPACK_IMPORTED_MODULE_3__/* .strictObject */ .rej({
    changes: zod__WEBPACK_IMPORTED_MODULE_3__/* .array */ .YOg(change),
    problem: zod__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP().optional(),
    failOn: zod__WEBPACK_IMPORTED_MODULE_3__/* ["enum"] */ .k5n(_model_js__WEBPACK_IMPORTED_MODULE_0__/* .FAIL_ON */ .d$),
    onDoubt: zod__WEBPACK_IMPORTED_MODULE_3__/* ["enum"] */ .k5n(_model_js__WEBPACK_IMPORTED_MODULE_0__/* .ON_DOUBT */ .$B),
    file: _schemas_js__WEBPACK_IMPORTED_MODULE_2__/* .shortText */ .os.optional(),
});
/** What a policy and the catalogue that it changes were read from. */
const file = zod__WEBPACK_IMPORTED_MODULE_3__/* .strictObject */ .rej({
    /** As it was asked for, and (`name`) as messages call it. */
    path: _schemas_js__WEBPACK_IMPORTED_MODULE_2__/* .shortText */ .os,
    name: _schemas_js__WEBPACK_IMPORTED_MODULE_2__/* .shortText */ .os,
    /** Of another repository: a floor. */
    repository: _schemas_js__WEBPACK_IMPORTED_MODULE_2__/* .shortText */ .os.optional(),
    commit: _schemas_js__WEBPACK_IMPORTED_MODULE_2__/* .shortText */ .os.optional(),
    text: zod__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP().max(LONGEST_FILE),
    sha256: _schemas_js__WEBPACK_IMPORTED_MODULE_2__/* .hex */ .uh,
});
/** How one or more endpoints are scanned and judged. */
const settings = zod__WEBPACK_IMPORTED_MODULE_3__/* .strictObject */ .rej({
    ip: zod__WEBPACK_IMPORTED_MODULE_3__/* ["enum"] */ .k5n(_model_js__WEBPACK_IMPORTED_MODULE_0__/* .IP_SELECTIONS */ .Mc),
    identify: zod__WEBPACK_IMPORTED_MODULE_3__/* .boolean */ .zMY(),
    maxRate: zod__WEBPACK_IMPORTED_MODULE_3__/* .int */ .Whr().min(1).optional(),
    timeLimitMs: zod__WEBPACK_IMPORTED_MODULE_3__/* .int */ .Whr().min(1),
    failOn: zod__WEBPACK_IMPORTED_MODULE_3__/* ["enum"] */ .k5n(_model_js__WEBPACK_IMPORTED_MODULE_0__/* .FAIL_ON */ .d$),
    onDoubt: zod__WEBPACK_IMPORTED_MODULE_3__/* ["enum"] */ .k5n(_model_js__WEBPACK_IMPORTED_MODULE_0__/* .ON_DOUBT */ .$B),
    canary: zod__WEBPACK_IMPORTED_MODULE_3__/* .strictObject */ .rej({ host: _schemas_js__WEBPACK_IMPORTED_MODULE_2__/* .shortText */ .os, port: _schemas_js__WEBPACK_IMPORTED_MODULE_2__/* .port */ .Oh }).optional(),
});
/** What a name has led to. */
const resolved = {
    addresses: zod__WEBPACK_IMPORTED_MODULE_3__/* .array */ .YOg(_schemas_js__WEBPACK_IMPORTED_MODULE_2__/* .shortText */ .os).max(MOST_ADDRESSES),
    /** What went wrong, and the family that could not be looked up where the other was. */
    failure: zod__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP().max(2_000).optional(),
    missing: zod__WEBPACK_IMPORTED_MODULE_3__/* .literal */ .euz([4, 6]).optional(),
    searchDomain: _schemas_js__WEBPACK_IMPORTED_MODULE_2__/* .shortText */ .os.optional(),
};
const endpoint = zod__WEBPACK_IMPORTED_MODULE_3__/* .strictObject */ .rej({
    environment: _schemas_js__WEBPACK_IMPORTED_MODULE_2__/* .shortText */ .os.optional(),
    endpoint: _schemas_js__WEBPACK_IMPORTED_MODULE_2__/* .shortText */ .os,
    /** Which of the lists of ports, and of the settings. */
    ports: zod__WEBPACK_IMPORTED_MODULE_3__/* .int */ .Whr().min(0),
    settings: zod__WEBPACK_IMPORTED_MODULE_3__/* .int */ .Whr().min(0),
    /** Of a name. */
    resolved: zod__WEBPACK_IMPORTED_MODULE_3__/* .strictObject */ .rej(resolved).optional(),
});
const planSchema = zod__WEBPACK_IMPORTED_MODULE_3__/* .strictObject */ .rej({
    schemaVersion: zod__WEBPACK_IMPORTED_MODULE_3__/* .literal */ .euz(1),
    kind: zod__WEBPACK_IMPORTED_MODULE_3__/* .literal */ .euz('portgate-plan'),
    tool: zod__WEBPACK_IMPORTED_MODULE_3__/* .strictObject */ .rej({ name: zod__WEBPACK_IMPORTED_MODULE_3__/* .literal */ .euz('portgate'), version: _schemas_js__WEBPACK_IMPORTED_MODULE_2__/* .shortText */ .os }),
    /** Whether allowances have expired is decided by this day. */
    createdAt: _schemas_js__WEBPACK_IMPORTED_MODULE_2__/* .instant */ .uR,
    shards: zod__WEBPACK_IMPORTED_MODULE_3__/* .int */ .Whr().min(1).max(MOST_SHARDS),
    seed: zod__WEBPACK_IMPORTED_MODULE_3__/* .int */ .Whr().min(0),
    policy: zod__WEBPACK_IMPORTED_MODULE_3__/* .strictObject */ .rej({
        /** The path that leads to it; absent for the built-in baseline. */
        path: _schemas_js__WEBPACK_IMPORTED_MODULE_2__/* .shortText */ .os.optional(),
        ref: _schemas_js__WEBPACK_IMPORTED_MODULE_2__/* .shortText */ .os.optional(),
        files: zod__WEBPACK_IMPORTED_MODULE_3__/* .array */ .YOg(file).max(16),
    }),
    /** The commit that the run is about. */
    commit: _schemas_js__WEBPACK_IMPORTED_MODULE_2__/* .shortText */ .os.optional(),
    /** The options given in addition to the policy, as they were written. */
    options: zod__WEBPACK_IMPORTED_MODULE_3__/* .record */ .g1P(_schemas_js__WEBPACK_IMPORTED_MODULE_2__/* .shortText */ .os, zod__WEBPACK_IMPORTED_MODULE_3__/* .union */ .KCZ([zod__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP(), zod__WEBPACK_IMPORTED_MODULE_3__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP())])),
    review: review.optional(),
    ports: zod__WEBPACK_IMPORTED_MODULE_3__/* .array */ .YOg(_schemas_js__WEBPACK_IMPORTED_MODULE_2__/* .portText */ .ZY),
    settings: zod__WEBPACK_IMPORTED_MODULE_3__/* .array */ .YOg(settings),
    endpoints: zod__WEBPACK_IMPORTED_MODULE_3__/* .array */ .YOg(endpoint).min(1).max(MOST_ENDPOINTS),
    /** What the names of canaries have led to. */
    canaries: zod__WEBPACK_IMPORTED_MODULE_3__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_3__/* .strictObject */ .rej({ host: _schemas_js__WEBPACK_IMPORTED_MODULE_2__/* .shortText */ .os, addresses: zod__WEBPACK_IMPORTED_MODULE_3__/* .array */ .YOg(_schemas_js__WEBPACK_IMPORTED_MODULE_2__/* .shortText */ .os).max(MOST_ADDRESSES) })),
    digest: _schemas_js__WEBPACK_IMPORTED_MODULE_2__/* .hex */ .uh,
});
/** Puts the digest of all of it on a plan. */
function sealPlan(plan) {
    const whole = { schemaVersion: 1, kind: 'portgate-plan', ...plan };
    return { ...whole, digest: (0,_digest_js__WEBPACK_IMPORTED_MODULE_1__/* .digestOf */ .ol)(whole) };
}
/**
 * Reads plan.json.
 *
 * Throws an error whose message is a clause that says what is wrong with it.
 */
function openPlan(text) {
    const value = parseJson(text);
    if (typeof value !== 'object' || value === null || !('kind' in value) || value.kind !== 'portgate-plan')
        throw new Error('it is not a plan: `portgate plan` writes one');
    if ('schemaVersion' in value && value.schemaVersion !== 1)
        throw new Error('it is a plan of a newer Portgate: use the same version for all steps');
    const { data, error } = planSchema.safeParse(value);
    if (!data) {
        const where = error.issues[0]?.path.map(String).join('.') ?? '';
        throw new Error(`it is not a valid plan${where && `: \`${where.slice(0, 200)}\` cannot be right`}`);
    }
    const { digest, ...rest } = data;
    const isWhole = (0,_digest_js__WEBPACK_IMPORTED_MODULE_1__/* .digestOf */ .ol)(rest) === digest && data.policy.files.every(({ text, sha256 }) => (0,_digest_js__WEBPACK_IMPORTED_MODULE_1__/* .hashOf */ .qQ)(text) === sha256);
    if (!isWhole)
        throw new Error('it was changed after it was written: its digest does not match');
    return data;
}
/** Throws as `openPlan`. */
function parseJson(text) {
    if (text.trim() === '')
        throw new Error('it is empty');
    try {
        return JSON.parse(text);
    }
    catch {
        throw new Error(text.trimStart().startsWith('{') ? 'it is cut off, or not JSON' : 'it is not JSON');
    }
}


/***/ }),

/***/ 95:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  U9: () => (/* binding */ count),
  uh: () => (/* binding */ hex),
  uR: () => (/* binding */ instant),
  Oh: () => (/* binding */ port),
  ZY: () => (/* binding */ portText),
  XU: () => (/* binding */ printableText),
  os: () => (/* binding */ shortText)
});

// EXTERNAL MODULE: ./node_modules/zod/v4/classic/schemas.js + 11 modules
var schemas = __webpack_require__(2857);
// EXTERNAL MODULE: ./node_modules/zod/v4/core/api.js
var api = __webpack_require__(3759);
;// CONCATENATED MODULE: ./node_modules/zod/v4/classic/iso.js



function datetime(params) {
    return api/* _isoDateTime */.G1(schemas/* ZodISODateTime */.You, params);
}
function date(params) {
    return core._isoDate(ZodISODate, params);
}
function time(params) {
    return core._isoTime(ZodISOTime, params);
}
function duration(params) {
    return core._isoDuration(ZodISODuration, params);
}

// EXTERNAL MODULE: ./lib/port-ranges.js
var port_ranges = __webpack_require__(1067);
;// CONCATENATED MODULE: ./lib/shards/schemas.js
/** What the files of plans and of shards have in common. */


/** Names, addresses and what a kernel says: more than any of them needs. */
const shortText = schemas/* string */.YjP().max(2_000);
/** As `Identified` has it: printable ASCII and bounded. */
const printableText = schemas/* string */.YjP().regex(/^[\x20-\x7e]{0,2000}$/);
const instant = datetime();
const count = schemas/* int */.Whr().min(0);
const port = schemas/* int */.Whr().min(1).max(port_ranges/* LAST_PORT */.$t);
const hex = schemas/* string */.YjP().regex(/^[0-9a-f]{64}$/);
/** Ports as ranges, ascending and apart: `1-21,23`. Never empty. */
const portText = schemas/* string */.YjP()
    .max(port_ranges/* LAST_PORT */.$t * 6)
    .regex(/^\d{1,5}(-\d{1,5})?(,\d{1,5}(-\d{1,5})?)*$/)
    .refine(isAscending);
function isAscending(text) {
    const ranges = (0,port_ranges/* readRanges */.DA)(text);
    const isWell = ranges.every(({ from, to }, index) => {
        const before = ranges[index - 1]?.to ?? -1;
        return from >= 1 && from <= to && to <= port_ranges/* LAST_PORT */.$t && from > before + 1;
    });
    return isWell && (0,port_ranges/* mergeRanges */.$Z)(ranges).length === ranges.length;
}


/***/ }),

/***/ 9162:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   b: () => (/* binding */ cutIntoShares)
/* harmony export */ });
/** A host with fewer ports than this is never cut: what answers in place of a host shows itself on many. */
const FEWEST_PORTS = 1_024;
/**
 * Cuts the addresses of a plan into shares of about the same number of pairs. Endpoints that share an address are in one share, so that
 * nothing is probed twice. The same plan is cut in the same way wherever that is done.
 *
 * @param endpoints with their addresses
 * @param excludes whether the policy excludes an address
 */
function cutIntoShares(endpoints, excludes, shards) {
    const portsOf = listPortsByAddress(endpoints, excludes);
    let pairs = 0;
    for (const ports of portsOf.values())
        pairs += ports.length;
    const most = Math.max(FEWEST_PORTS, Math.ceil(pairs / shards));
    const pieces = [...portsOf].flatMap(([address, ports]) => cutHost(address, ports, most));
    return deal(pieces, shards);
}
/** All ports that are probed on each address, ascending; addresses with the same ports share one list. */
function listPortsByAddress(endpoints, excludes) {
    const listsOf = new Map();
    for (const { addresses = [], ports } of endpoints) {
        for (const address of addresses) {
            if (excludes(address))
                continue;
            const lists = listsOf.get(address);
            if (lists)
                lists.add(ports);
            else
                listsOf.set(address, new Set([ports]));
        }
    }
    const unite = createUnions();
    return new Map([...listsOf].map(([address, lists]) => [address, unite([...lists])]));
}
function createUnions() {
    const numbers = new Map();
    const unions = new Map();
    return (lists) => {
        const [only] = lists;
        if (only && lists.length === 1)
            return only;
        for (const list of lists)
            if (!numbers.has(list))
                numbers.set(list, numbers.size);
        const key = lists.map((list) => numbers.get(list)).join();
        const union = unions.get(key) ?? [...Uint16Array.from(new Set(lists.flat())).sort()];
        unions.set(key, union);
        return union;
    };
}
function cutHost(address, ports, most) {
    const parts = Math.ceil(ports.length / most);
    if (parts <= 1)
        return [{ address, pairs: ports.length }];
    return Array.from({ length: parts }, (_, part) => {
        const first = Math.floor((part * ports.length) / parts);
        const end = Math.floor(((part + 1) * ports.length) / parts);
        const range = { from: ports[first], to: ports[end - 1] };
        return { address, ports: [range], pairs: end - first };
    });
}
/** The largest first, each to the shard with the least so far. */
function deal(pieces, shards) {
    const shares = Array.from({ length: shards }, () => ({ pairs: 0, ports: new Map() }));
    for (const { address, ports, pairs } of pieces.sort((a, b) => b.pairs - a.pairs)) {
        let least = shares[0];
        for (const share of shares)
            if (share.pairs < least.pairs)
                least = share;
        least.pairs += pairs;
        const before = least.ports.get(address);
        least.ports.set(address, ports && [...(before ?? []), ...ports]);
    }
    return shares;
}


/***/ })

};
