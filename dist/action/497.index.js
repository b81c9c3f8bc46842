export const id = 497;
export const ids = [497];
export const modules = {

/***/ 2053:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ readPlan),
/* harmony export */   y: () => (/* binding */ readText)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);
/* harmony import */ var _policy_problem_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2737);
/* harmony import */ var _prepare_stream_file_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7726);
/* harmony import */ var _process_stdin_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(843);
/* harmony import */ var _report_escape_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2527);
/* harmony import */ var _shards_plan_file_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(589);
/* harmony import */ var _unusable_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(5436);







/** Longest plan.json, in bytes: 65,536 names with many addresses each, and a policy. */
const LONGEST_PLAN = 128 * 1024 * 1024;
/**
 * Reads a plan.
 *
 * @param root what the path is relative to
 * @throws {Unusable} where there is none that can be used
 */
async function readPlan(root, path) {
    const heading = 'UNUSABLE: The plan cannot be used';
    const file = path?.trim();
    if (!file)
        throw new _unusable_js__WEBPACK_IMPORTED_MODULE_6__/* .Unusable */ .kO(['plan: name the file that `portgate plan` wrote.'], [], heading);
    try {
        return (0,_shards_plan_file_js__WEBPACK_IMPORTED_MODULE_5__/* .openPlan */ .uD)(await readText(root, file, LONGEST_PLAN));
    }
    catch (error) {
        const why = (0,_report_escape_js__WEBPACK_IMPORTED_MODULE_4__/* .printable */ .g$)(error.message, 500);
        throw new _unusable_js__WEBPACK_IMPORTED_MODULE_6__/* .Unusable */ .kO([`The plan ${(0,_policy_problem_js__WEBPACK_IMPORTED_MODULE_1__/* .quote */ .hD)((0,_process_stdin_js__WEBPACK_IMPORTED_MODULE_3__/* .nameOfFile */ .Ri)(file))} cannot be used: ${why}.`], [], heading);
    }
}
/** The text of a file, or of standard input (`-`). Rejects with a clause that says why it cannot be read. */
async function readText(root, file, most) {
    const pieces = [];
    let length = 0;
    const isThere = await (0,_prepare_stream_file_js__WEBPACK_IMPORTED_MODULE_2__/* .streamNamed */ .K)(file === _process_stdin_js__WEBPACK_IMPORTED_MODULE_3__/* .DASH */ .jr ? file : (0,node_path__WEBPACK_IMPORTED_MODULE_0__.resolve)(root, file), (piece) => {
        length += piece.length;
        if (length > most)
            throw new Error('it is too large');
        pieces.push(Buffer.from(piece));
    });
    if (!isThere)
        throw new Error('it does not exist');
    try {
        return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(pieces));
    }
    catch {
        throw new Error('it is not UTF-8');
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

/***/ 1182:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ thawPlan)
/* harmony export */ });
/* harmony import */ var _policy_exclude_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4112);
/* harmony import */ var _policy_problem_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2737);
/* harmony import */ var _shards_digest_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6701);
/* harmony import */ var _shards_share_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(9162);
/* harmony import */ var _unusable_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5436);
/* harmony import */ var _version_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(3411);
/* harmony import */ var _load_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5207);
/* harmony import */ var _options_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(4101);
/* harmony import */ var _plan_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(3812);
/* harmony import */ var _freeze_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(3885);
/* harmony import */ var _frozen_tree_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(4929);











const OTHERWISE = 'UNUSABLE: The plan was written by another version of Portgate';
/**
 * Turns a plan back into what a run needs. Nothing is looked up.
 *
 * @throws {Unusable} where another Portgate has written it
 */
async function thawPlan(file) {
    const { tool, seed, shards, policy, options } = file;
    if (tool.version !== _version_js__WEBPACK_IMPORTED_MODULE_9__/* .VERSION */ .x)
        throw new _unusable_js__WEBPACK_IMPORTED_MODULE_3__/* .Unusable */ .kO([
            `plan: Portgate ${(0,_policy_problem_js__WEBPACK_IMPORTED_MODULE_1__/* .quote */ .hD)(tool.version)} wrote it, and this is ${_version_js__WEBPACK_IMPORTED_MODULE_9__/* .VERSION */ .x}: use the same version for all steps.`,
        ], [], OTHERWISE);
    const request = (0,_options_js__WEBPACK_IMPORTED_MODULE_5__/* .parseOptions */ .A)(options);
    const loaded = policy.path === undefined ? (0,_load_js__WEBPACK_IMPORTED_MODULE_4__/* .loadBaseline */ .oU)() : await (0,_load_js__WEBPACK_IMPORTED_MODULE_4__/* .loadIfAny */ .Ef)((0,_frozen_tree_js__WEBPACK_IMPORTED_MODULE_8__/* .frozenTree */ .$)(file), policy.path);
    if (!loaded)
        throw new _unusable_js__WEBPACK_IMPORTED_MODULE_3__/* .Unusable */ .kO(['plan: it has no policy.'], [], 'UNUSABLE: The plan has no policy');
    const { plan } = (0,_plan_js__WEBPACK_IMPORTED_MODULE_6__/* .listEndpoints */ .v9)(request, loaded, undefined, { seed, shards });
    requireSame(plan.endpoints, file);
    const canaries = new Map(file.canaries.map(({ host, addresses }) => [host, addresses]));
    const searchDomains = new Map();
    const unresolved = [];
    const endpoints = plan.endpoints.map((planned, index) => {
        const { resolved } = file.endpoints[index];
        const thawed = withAddresses(planned, resolved?.addresses, canaries);
        if (resolved?.searchDomain !== undefined)
            searchDomains.set(thawed, resolved.searchDomain);
        if (resolved?.failure !== undefined)
            unresolved.push(describeUnresolved(planned, resolved.failure, resolved.missing));
        return thawed;
    });
    const excludes = (0,_policy_exclude_js__WEBPACK_IMPORTED_MODULE_0__/* .createExcludes */ .O3)(loaded.policy);
    return {
        request,
        loaded,
        frozen: {
            plan: { ...plan, endpoints },
            shares: (0,_shards_share_js__WEBPACK_IMPORTED_MODULE_10__/* .cutIntoShares */ .b)(endpoints, excludes, shards),
            unresolved,
            searchDomainOf: (planned) => searchDomains.get(planned),
            excludes,
            createdAt: new Date(file.createdAt),
        },
    };
}
/**
 * Checks that the policy still gives the ports and settings that are frozen: another build may have another catalogue.
 */
function requireSame(endpoints, file) {
    const { lists, endpoints: described } = (0,_freeze_js__WEBPACK_IMPORTED_MODULE_7__/* .describeEndpoints */ .y)(endpoints);
    const frozen = file.endpoints.map(({ resolved: _, ...endpoint }) => endpoint);
    const isSame = (0,_shards_digest_js__WEBPACK_IMPORTED_MODULE_2__/* .canonicalJson */ .dj)([lists, described]) ===
        (0,_shards_digest_js__WEBPACK_IMPORTED_MODULE_2__/* .canonicalJson */ .dj)([{ ports: file.ports, settings: file.settings }, frozen]);
    const hasNames = endpoints.every(({ endpoint: { kind } }, index) => (kind === 'name') === (file.endpoints[index]?.resolved !== undefined));
    if (isSame && hasNames)
        return;
    throw new _unusable_js__WEBPACK_IMPORTED_MODULE_3__/* .Unusable */ .kO([
        'plan: this Portgate derives other ports or settings from it than the one that wrote it: use the same version for all steps.',
    ], [], OTHERWISE);
}
function withAddresses(planned, addresses, canaries) {
    const { canary } = planned.scan;
    const found = canary && canaries.get(canary.host);
    return {
        ...planned,
        ...(addresses ? { addresses } : {}),
        ...(canary ? { scan: { ...planned.scan, canary: { ...canary, addresses: found ?? [] } } } : {}),
    };
}
function describeUnresolved({ environment, endpoint }, detail, missing) {
    return {
        ...(environment === undefined ? {} : { environment }),
        endpoint: endpoint.text,
        kind: 'unresolved',
        detail,
        ...(missing ? { missing } : {}),
    };
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

/***/ 8760:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   X: () => (/* binding */ takePart)
/* harmony export */ });
/* harmony import */ var _port_ranges_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1067);

/** The endpoints that a shard has a part of, with the addresses and ports of that part and its part of `max-rate`. */
function takePart({ plan, shares }, index) {
    const share = shares[index - 1];
    const divisorOf = countSharers(plan, shares);
    const endpoints = plan.endpoints.flatMap((planned) => {
        const rate = planned.scan.maxRate;
        // It is a budget of the whole run, and its shards may run side by side.
        const scan = rate === undefined ? planned.scan : { ...planned.scan, maxRate: rate / divisorOf(rate) };
        return splitEndpoint(planned, share).map((part) => ({ ...part, scan }));
    });
    return { ...plan, endpoints };
}
/** An endpoint by the addresses that a shard has all ports of, and each of those that it has some ports of. */
function splitEndpoint(planned, { ports }) {
    const own = planned.addresses?.filter((address) => ports.has(address)) ?? [];
    const whole = own.filter((address) => ports.get(address) === undefined);
    const cut = own.flatMap((address) => {
        const ranges = ports.get(address);
        const some = ranges && planned.ports.filter((port) => (0,_port_ranges_js__WEBPACK_IMPORTED_MODULE_0__/* .inRanges */ .mA)(ranges, port));
        return some && some.length > 0 ? [{ ...planned, addresses: [address], ports: some }] : [];
    });
    return whole.length > 0 ? [{ ...planned, addresses: whole }, ...cut] : cut;
}
/** How many shards have a part of what each `max-rate` holds for. */
function countSharers({ endpoints }, shares) {
    const sharers = new Map();
    return (rate) => {
        const known = sharers.get(rate);
        if (known !== undefined)
            return known;
        const limited = endpoints.filter(({ scan }) => scan.maxRate === rate);
        const holds = ({ ports }) => limited.some(({ addresses = [] }) => addresses.some((address) => ports.has(address)));
        const found = Math.max(1, shares.filter(holds).length);
        sharers.set(rate, found);
        return found;
    };
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

/***/ 6643:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  f: () => (/* binding */ openShard),
  I: () => (/* binding */ sealShard)
});

// EXTERNAL MODULE: ./node_modules/zod/v4/classic/schemas.js + 11 modules
var schemas = __webpack_require__(2857);
// EXTERNAL MODULE: ./lib/shards/digest.js
var digest = __webpack_require__(6701);
// EXTERNAL MODULE: ./lib/model.js
var model = __webpack_require__(9814);
// EXTERNAL MODULE: ./lib/port-ranges.js
var port_ranges = __webpack_require__(1067);
// EXTERNAL MODULE: ./lib/shards/schemas.js + 1 modules
var shards_schemas = __webpack_require__(95);
;// CONCATENATED MODULE: ./lib/shards/evidence.js
/** What a shard has seen, as its report carries it: all that the judge goes by, and nothing that a shard may not say. */




const reason = schemas/* enum */.k5n(model/* REASONS */.ez);
const ports = schemas/* array */.YOg(shards_schemas/* port */.Oh);
const groups = schemas/* array */.YOg(schemas/* strictObject */.rej({ ports: shards_schemas/* portText */.ZY, reason }));
const openPort = schemas/* strictObject */.rej({
    port: shards_schemas/* port */.Oh,
    service: shards_schemas/* printableText */.XU.optional(),
    product: shards_schemas/* printableText */.XU.optional(),
    tls: schemas/* strictObject */.rej({
        protocol: shards_schemas/* printableText */.XU,
        subject: shards_schemas/* printableText */.XU.optional(),
        issuer: shards_schemas/* printableText */.XU.optional(),
        names: schemas/* array */.YOg(shards_schemas/* printableText */.XU).max(20),
        validTo: shards_schemas/* printableText */.XU.optional(),
    })
        .optional(),
    http: schemas/* strictObject */.rej({ status: schemas/* int */.Whr(), title: shards_schemas/* printableText */.XU.optional() }).optional(),
    reason,
    rttMs: schemas/* number */.aig().min(0).optional(),
});
const place = { environment: shards_schemas/* shortText */.os.optional(), endpoint: shards_schemas/* shortText */.os, address: shards_schemas/* shortText */.os };
const host = schemas/* strictObject */.rej({
    ...place,
    host: shards_schemas/* shortText */.os,
    open: schemas/* array */.YOg(openPort),
    unasked: ports.optional(),
    cut: ports.optional(),
    starved: ports.optional(),
    crowded: ports.optional(),
    closed: groups,
    filtered: groups,
    unknown: groups,
    changed: schemas/* enum */.k5n(['went-silent', 'started-refusing']).optional(),
    answersEverywhere: schemas/* boolean */.zMY(),
    runs: shards_schemas/* portText */.ZY.optional(),
    isThisMachine: schemas/* literal */.euz(true).optional(),
    /** JSON has no `undefined`. */
    decoys: schemas/* array */.YOg(shards_schemas/* printableText */.XU.nullable()).max(64).optional(),
});
const canary = schemas/* strictObject */.rej({
    environment: shards_schemas/* shortText */.os.optional(),
    host: shards_schemas/* shortText */.os,
    port: shards_schemas/* port */.Oh,
    outcome: schemas/* strictObject */.rej({ state: schemas/* enum */.k5n(model/* PORT_STATES */.rP), reason }),
    aside: schemas/* enum */.k5n(['this-machine', 'another-interface']).optional(),
});
const vantage = schemas/* strictObject */.rej({
    platform: shards_schemas/* shortText */.os,
    node: shards_schemas/* shortText */.os,
    githubHosted: schemas/* boolean */.zMY(),
    ipv6: schemas/* boolean */.zMY(),
    fileDescriptors: shards_schemas/* count */.U9.optional(),
});
/** Parses what `toEvidence` writes. */
const evidenceSchema = schemas/* strictObject */.rej({
    hosts: schemas/* array */.YOg(host),
    /** IPv6 addresses that the machine has no route to. */
    noRoute: schemas/* array */.YOg(schemas/* strictObject */.rej({ ...place, detail: shards_schemas/* shortText */.os })),
    /** Addresses of blocks that no host has, as far as the machine knows. */
    noHosts: schemas/* array */.YOg(schemas/* strictObject */.rej(place)),
    canaries: schemas/* array */.YOg(canary),
    vantage,
    stopped: schemas/* enum */.k5n(['time-limit', 'aborted']).optional(),
    probes: shards_schemas/* count */.U9,
    startedAt: shards_schemas/* instant */.uR,
    finishedAt: shards_schemas/* instant */.uR,
});
/** The result of a scan of a part as its report carries it. */
function toEvidence(scan) {
    const { hosts, unseen, noHosts = [], canaries, vantage, stopped, probes, startedAt, finishedAt } = scan;
    if (!vantage)
        throw new Error('The scan of a shard has no vantage.');
    return {
        hosts: hosts.map(writeHost),
        noRoute: unseen.flatMap(({ kind, environment, endpoint, address = '', detail }) => kind === 'no-ipv6' ? [{ environment, endpoint, address, detail }] : []),
        noHosts,
        canaries,
        vantage,
        stopped,
        probes,
        startedAt: startedAt.toISOString(),
        finishedAt: finishedAt.toISOString(),
    };
}
/** The same, read back. */
function fromEvidence(evidence) {
    const { hosts, noRoute, startedAt, finishedAt, ...rest } = evidence;
    return {
        ...rest,
        hosts: hosts.map(readHost),
        unseen: noRoute.map((one) => ({ ...one, kind: 'no-ipv6' })),
        startedAt: new Date(startedAt),
        finishedAt: new Date(finishedAt),
    };
}
function writeHost({ searchDomain: _, unstated: _unstated, runs, decoys, ...host }) {
    return {
        ...host,
        closed: writeGroups(host.closed),
        filtered: writeGroups(host.filtered),
        unknown: writeGroups(host.unknown),
        ...(runs && runs.length > 0 ? { runs: (0,port_ranges/* formatRanges */.Gk)(runs) } : {}),
        ...(decoys ? { decoys: decoys.map((service) => service ?? null) } : {}),
    };
}
function readHost({ runs, decoys, ...host }) {
    return {
        ...host,
        closed: readGroups(host.closed),
        filtered: readGroups(host.filtered),
        unknown: readGroups(host.unknown),
        ...(runs === undefined ? {} : { runs: (0,port_ranges/* readRanges */.DA)(runs) }),
        ...(decoys ? { decoys: decoys.map((service) => service ?? undefined) } : {}),
    };
}
function writeGroups(groups) {
    return groups.map(({ ports, reason }) => ({ ports: (0,port_ranges/* formatRanges */.Gk)(ports), reason }));
}
function readGroups(groups) {
    return groups.map(({ ports, reason }) => ({ ports: (0,port_ranges/* readRanges */.DA)(ports), reason }));
}

// EXTERNAL MODULE: ./lib/shards/plan-file.js
var plan_file = __webpack_require__(589);
;// CONCATENATED MODULE: ./lib/shards/shard-file.js
/** The report of a shard: report.json with one key more, which alone `merge` reads. */





const index = schemas/* int */.Whr().min(1).max(plan_file/* MOST_SHARDS */.Y);
const shardFileSchema = schemas/* object */.Ikc({
    schemaVersion: schemas/* literal */.euz(1),
    tool: schemas/* object */.Ikc({ name: schemas/* literal */.euz('portgate'), version: shards_schemas/* shortText */.os }),
    shard: schemas/* strictObject */.rej({
        index,
        of: index,
        digest: shards_schemas/* hex */.uh,
        attempt: schemas/* int */.Whr().min(1),
        machine: schemas/* string */.YjP().regex(/^[0-9a-f]{1,64}$/),
        evidence: evidenceSchema,
        checksum: shards_schemas/* hex */.uh,
    }),
});
/** What a report carries of a shard. */
function sealShard(name, scan, version) {
    const evidence = toEvidence(scan);
    const shard = { ...name, evidence };
    return { ...shard, checksum: (0,digest/* digestOf */.ol)({ version, shard }) };
}
/**
 * Reads the report of a shard.
 *
 * Throws an error whose message is a clause that says what is wrong with it.
 */
function openShard(text, file) {
    const value = (0,plan_file/* parseJson */.qF)(text);
    if (typeof value !== 'object' || value === null || !('shard' in value))
        throw new Error('it is not a shard report: `portgate check --plan … --shard …` writes one');
    const { data, error } = shardFileSchema.safeParse(value);
    if (!data) {
        const where = error.issues[0]?.path.map(String).join('.') ?? '';
        throw new Error(`it is not a valid shard report${where && `: \`${where.slice(0, 200)}\` cannot be right`}`);
    }
    const { tool, shard } = data;
    const { evidence, checksum, ...name } = shard;
    if ((0,digest/* digestOf */.ol)({ version: tool.version, shard: { ...name, evidence } }) !== checksum)
        throw new Error('it was changed after it was written: its checksum does not match');
    return { ...name, file, version: tool.version, checksum, scan: fromEvidence(evidence) };
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
