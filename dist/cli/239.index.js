export const id = 239;
export const ids = [239];
export const modules = {

/***/ 1239:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  checkPart: () => (/* binding */ checkPart),
  merge: () => (/* binding */ merge),
  writePlan: () => (/* binding */ writePlan)
});

// EXTERNAL MODULE: ./lib/files/save-report.js
var save_report = __webpack_require__(1645);
// EXTERNAL MODULE: ./lib/unusable.js
var unusable = __webpack_require__(5436);
// EXTERNAL MODULE: ./lib/commands/arguments.js
var commands_arguments = __webpack_require__(9034);
// EXTERNAL MODULE: ./lib/commands/flags.js
var commands_flags = __webpack_require__(3197);
// EXTERNAL MODULE: ./lib/commands/open-policy.js
var open_policy = __webpack_require__(1903);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: ./lib/policy/problem.js
var policy_problem = __webpack_require__(2737);
// EXTERNAL MODULE: ./lib/prepare/options.js
var prepare_options = __webpack_require__(4101);
;// CONCATENATED MODULE: ./lib/prepare/plan-file/options.js
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
        throw new unusable/* Unusable */.kO(problems);
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
        throw new unusable/* Unusable */.kO(problems);
}
function sayFrozen(name) {
    return `${name}: the plan says otherwise, and the plan applies: give ${(0,policy_problem/* quote */.hD)(name)} to \`portgate plan\``;
}

// EXTERNAL MODULE: ./lib/policy/exclude.js
var exclude = __webpack_require__(4112);
;// CONCATENATED MODULE: ./lib/shards/digest.js

/** SHA-256 of a value, in hex: of its canonical JSON, so that neither the order of keys nor white space matters. */
function digestOf(value) {
    return (0,external_node_crypto_.createHash)('sha256').update(canonicalJson(value)).digest('hex');
}
/** SHA-256 of a text as UTF-8, in hex. */
function hashOf(text) {
    return (0,external_node_crypto_.createHash)('sha256').update(text).digest('hex');
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

;// CONCATENATED MODULE: ./lib/shards/share.js
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

// EXTERNAL MODULE: ./lib/version.js
var version = __webpack_require__(3411);
// EXTERNAL MODULE: ./lib/prepare/load.js + 1 modules
var load = __webpack_require__(5207);
// EXTERNAL MODULE: ./lib/prepare/plan.js
var prepare_plan = __webpack_require__(3812);
// EXTERNAL MODULE: ./lib/port-ranges.js
var port_ranges = __webpack_require__(1067);
;// CONCATENATED MODULE: ./lib/prepare/plan-file/freeze.js


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
        const text = textOf.get(planned.ports) ?? (0,port_ranges/* formatRanges */.Gk)(planned.ports);
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
    return [canonicalJson(settings), settings];
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

;// CONCATENATED MODULE: ./lib/prepare/plan-file/frozen-tree.js

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
            return { path, name, ...origin, text, sha256: hashOf(text) };
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

;// CONCATENATED MODULE: ./lib/prepare/plan-file/thaw.js











const OTHERWISE = 'UNUSABLE: The plan was written by another version of Portgate';
/**
 * Turns a plan back into what a run needs. Nothing is looked up.
 *
 * @throws {Unusable} where another Portgate has written it
 */
async function thawPlan(file) {
    const { tool, seed, shards, policy, options } = file;
    if (tool.version !== version/* VERSION */.x)
        throw new unusable/* Unusable */.kO([
            `plan: Portgate ${(0,policy_problem/* quote */.hD)(tool.version)} wrote it, and this is ${version/* VERSION */.x}: use the same version for all steps.`,
        ], [], OTHERWISE);
    const request = (0,prepare_options/* parseOptions */.A)(options);
    const loaded = policy.path === undefined ? (0,load/* loadBaseline */.oU)() : await (0,load/* loadIfAny */.Ef)(frozenTree(file), policy.path);
    if (!loaded)
        throw new unusable/* Unusable */.kO(['plan: it has no policy.'], [], 'UNUSABLE: The plan has no policy');
    const { plan } = (0,prepare_plan/* listEndpoints */.v9)(request, loaded, undefined, { seed, shards });
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
    const excludes = (0,exclude/* createExcludes */.O3)(loaded.policy);
    return {
        request,
        loaded,
        frozen: {
            plan: { ...plan, endpoints },
            shares: cutIntoShares(endpoints, excludes, shards),
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
    const { lists, endpoints: described } = describeEndpoints(endpoints);
    const frozen = file.endpoints.map(({ resolved: _, ...endpoint }) => endpoint);
    const isSame = canonicalJson([lists, described]) ===
        canonicalJson([{ ports: file.ports, settings: file.settings }, frozen]);
    const hasNames = endpoints.every(({ endpoint: { kind } }, index) => (kind === 'name') === (file.endpoints[index]?.resolved !== undefined));
    if (isSame && hasNames)
        return;
    throw new unusable/* Unusable */.kO([
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

// EXTERNAL MODULE: ./lib/prepare/scan-rules.js + 1 modules
var scan_rules = __webpack_require__(2283);
// EXTERNAL MODULE: ./lib/prepare/scope.js
var prepare_scope = __webpack_require__(3255);
// EXTERNAL MODULE: ./lib/run.js + 3 modules
var run = __webpack_require__(2095);
// EXTERNAL MODULE: ./lib/scan/scan.js + 89 modules
var scan = __webpack_require__(6807);
;// CONCATENATED MODULE: ./lib/shards/part.js

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
        const some = ranges && planned.ports.filter((port) => (0,port_ranges/* inRanges */.mA)(ranges, port));
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

// EXTERNAL MODULE: ./node_modules/zod/v4/classic/schemas.js + 6 modules
var schemas = __webpack_require__(6921);
// EXTERNAL MODULE: ./lib/model.js
var model = __webpack_require__(9814);
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

;// CONCATENATED MODULE: ./lib/shards/evidence.js
/** What a shard has seen, as its report carries it: all that the judge goes by, and nothing that a shard may not say. */




const reason = schemas/* enum */.k5n(model/* REASONS */.ez);
const ports = schemas/* array */.YOg(port);
const groups = schemas/* array */.YOg(schemas/* strictObject */.rej({ ports: portText, reason }));
const openPort = schemas/* strictObject */.rej({
    port: port,
    service: printableText.optional(),
    product: printableText.optional(),
    tls: schemas/* strictObject */.rej({
        protocol: printableText,
        subject: printableText.optional(),
        issuer: printableText.optional(),
        names: schemas/* array */.YOg(printableText).max(20),
        validTo: printableText.optional(),
    })
        .optional(),
    http: schemas/* strictObject */.rej({ status: schemas/* int */.Whr(), title: printableText.optional() }).optional(),
    reason,
    rttMs: schemas/* number */.aig().min(0).optional(),
});
const place = { environment: shortText.optional(), endpoint: shortText, address: shortText };
const host = schemas/* strictObject */.rej({
    ...place,
    host: shortText,
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
    runs: portText.optional(),
    isThisMachine: schemas/* literal */.euz(true).optional(),
    /** JSON has no `undefined`. */
    decoys: schemas/* array */.YOg(printableText.nullable()).max(64).optional(),
});
const canary = schemas/* strictObject */.rej({
    environment: shortText.optional(),
    host: shortText,
    port: port,
    outcome: schemas/* strictObject */.rej({ state: schemas/* enum */.k5n(model/* PORT_STATES */.rP), reason }),
    aside: schemas/* enum */.k5n(['this-machine', 'another-interface']).optional(),
});
const vantage = schemas/* strictObject */.rej({
    platform: shortText,
    node: shortText,
    githubHosted: schemas/* boolean */.zMY(),
    ipv6: schemas/* boolean */.zMY(),
    fileDescriptors: count.optional(),
});
/** Parses what `toEvidence` writes. */
const evidenceSchema = schemas/* strictObject */.rej({
    hosts: schemas/* array */.YOg(host),
    /** IPv6 addresses that the machine has no route to. */
    noRoute: schemas/* array */.YOg(schemas/* strictObject */.rej({ ...place, detail: shortText })),
    /** Addresses of blocks that no host has, as far as the machine knows. */
    noHosts: schemas/* array */.YOg(schemas/* strictObject */.rej(place)),
    canaries: schemas/* array */.YOg(canary),
    vantage,
    stopped: schemas/* enum */.k5n(['time-limit', 'aborted']).optional(),
    probes: count,
    startedAt: instant,
    finishedAt: instant,
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

;// CONCATENATED MODULE: ./lib/shards/plan-file.js
/** plan.json: all that decides what is scanned and how it is judged, frozen, so that every shard asks the same question. */




/** Most shards of a plan: what GitHub's matrix takes. */
const MOST_SHARDS = 256;
/** A policy and a catalogue have up to 1 MiB each. */
const LONGEST_FILE = 1024 * 1024 + 1;
/** As many as a policy may name. */
const MOST_ENDPOINTS = 65_536;
const MOST_ADDRESSES = 1_024;
const plan_file_place = schemas/* strictObject */.rej({ file: shortText, line: schemas/* int */.Whr().min(1), column: schemas/* int */.Whr().min(1) });
const change = schemas/* strictObject */.rej({
    direction: schemas/* enum */.k5n(model/* DIRECTIONS */.X),
    part: schemas/* enum */.k5n(model/* POLICY_PARTS */.yv),
    severity: schemas/* enum */.k5n(model/* SEVERITIES */.oC),
    environments: schemas/* array */.YOg(shortText).optional(),
    hosts: schemas/* array */.YOg(shortText).optional(),
    ports: schemas/* string */.YjP().optional(),
    message: schemas/* string */.YjP(),
    place: plan_file_place.optional(),
    before: plan_file_place.optional(),
});
const review = schemas/* strictObject */.rej({
    changes: schemas/* array */.YOg(change),
    problem: schemas/* string */.YjP().optional(),
    failOn: schemas/* enum */.k5n(model/* FAIL_ON */.d$),
    onDoubt: schemas/* enum */.k5n(model/* ON_DOUBT */.$B),
    file: shortText.optional(),
});
/** What a policy and the catalogue that it changes were read from. */
const file = schemas/* strictObject */.rej({
    /** As it was asked for, and (`name`) as messages call it. */
    path: shortText,
    name: shortText,
    /** Of another repository: a floor. */
    repository: shortText.optional(),
    commit: shortText.optional(),
    text: schemas/* string */.YjP().max(LONGEST_FILE),
    sha256: hex,
});
/** How one or more endpoints are scanned and judged. */
const settings = schemas/* strictObject */.rej({
    ip: schemas/* enum */.k5n(model/* IP_SELECTIONS */.Mc),
    identify: schemas/* boolean */.zMY(),
    maxRate: schemas/* int */.Whr().min(1).optional(),
    timeLimitMs: schemas/* int */.Whr().min(1),
    failOn: schemas/* enum */.k5n(model/* FAIL_ON */.d$),
    onDoubt: schemas/* enum */.k5n(model/* ON_DOUBT */.$B),
    canary: schemas/* strictObject */.rej({ host: shortText, port: port }).optional(),
});
/** What a name has led to. */
const resolved = {
    addresses: schemas/* array */.YOg(shortText).max(MOST_ADDRESSES),
    /** What went wrong, and the family that could not be looked up where the other was. */
    failure: schemas/* string */.YjP().max(2_000).optional(),
    missing: schemas/* literal */.euz([4, 6]).optional(),
    searchDomain: shortText.optional(),
};
const endpoint = schemas/* strictObject */.rej({
    environment: shortText.optional(),
    endpoint: shortText,
    /** Which of the lists of ports, and of the settings. */
    ports: schemas/* int */.Whr().min(0),
    settings: schemas/* int */.Whr().min(0),
    /** Of a name. */
    resolved: schemas/* strictObject */.rej(resolved).optional(),
});
const planSchema = schemas/* strictObject */.rej({
    schemaVersion: schemas/* literal */.euz(1),
    kind: schemas/* literal */.euz('portgate-plan'),
    tool: schemas/* strictObject */.rej({ name: schemas/* literal */.euz('portgate'), version: shortText }),
    /** Whether allowances have expired is decided by this day. */
    createdAt: instant,
    shards: schemas/* int */.Whr().min(1).max(MOST_SHARDS),
    seed: schemas/* int */.Whr().min(0),
    policy: schemas/* strictObject */.rej({
        /** The path that leads to it; absent for the built-in baseline. */
        path: shortText.optional(),
        ref: shortText.optional(),
        files: schemas/* array */.YOg(file).max(16),
    }),
    /** The commit that the run is about. */
    commit: shortText.optional(),
    /** The options given in addition to the policy, as they were written. */
    options: schemas/* record */.g1P(shortText, schemas/* union */.KCZ([schemas/* string */.YjP(), schemas/* array */.YOg(schemas/* string */.YjP())])),
    review: review.optional(),
    ports: schemas/* array */.YOg(portText),
    settings: schemas/* array */.YOg(settings),
    endpoints: schemas/* array */.YOg(endpoint).min(1).max(MOST_ENDPOINTS),
    /** What the names of canaries have led to. */
    canaries: schemas/* array */.YOg(schemas/* strictObject */.rej({ host: shortText, addresses: schemas/* array */.YOg(shortText).max(MOST_ADDRESSES) })),
    digest: hex,
});
/** Puts the digest of all of it on a plan. */
function sealPlan(plan) {
    const whole = { schemaVersion: 1, kind: 'portgate-plan', ...plan };
    return { ...whole, digest: digestOf(whole) };
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
    const isWhole = digestOf(rest) === digest && data.policy.files.every(({ text, sha256 }) => hashOf(text) === sha256);
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

;// CONCATENATED MODULE: ./lib/shards/shard-file.js
/** The report of a shard: report.json with one key more, which alone `merge` reads. */





const index = schemas/* int */.Whr().min(1).max(MOST_SHARDS);
const shardFileSchema = schemas/* object */.Ikc({
    schemaVersion: schemas/* literal */.euz(1),
    tool: schemas/* object */.Ikc({ name: schemas/* literal */.euz('portgate'), version: shortText }),
    shard: schemas/* strictObject */.rej({
        index,
        of: index,
        digest: hex,
        attempt: schemas/* int */.Whr().min(1),
        machine: schemas/* string */.YjP().regex(/^[0-9a-f]{1,64}$/),
        evidence: evidenceSchema,
        checksum: hex,
    }),
});
/** What a report carries of a shard. */
function sealShard(name, scan, version) {
    const evidence = toEvidence(scan);
    const shard = { ...name, evidence };
    return { ...shard, checksum: digestOf({ version, shard }) };
}
/**
 * Reads the report of a shard.
 *
 * Throws an error whose message is a clause that says what is wrong with it.
 */
function openShard(text, file) {
    const value = parseJson(text);
    if (typeof value !== 'object' || value === null || !('shard' in value))
        throw new Error('it is not a shard report: `portgate check --plan … --shard …` writes one');
    const { data, error } = shardFileSchema.safeParse(value);
    if (!data) {
        const where = error.issues[0]?.path.map(String).join('.') ?? '';
        throw new Error(`it is not a valid shard report${where && `: \`${where.slice(0, 200)}\` cannot be right`}`);
    }
    const { tool, shard } = data;
    const { evidence, checksum, ...name } = shard;
    if (digestOf({ version: tool.version, shard: { ...name, evidence } }) !== checksum)
        throw new Error('it was changed after it was written: its checksum does not match');
    return { ...name, file, version: tool.version, checksum, scan: fromEvidence(evidence) };
}

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/prepare/stream-file.js
var stream_file = __webpack_require__(7726);
// EXTERNAL MODULE: ./lib/process/stdin.js
var stdin = __webpack_require__(843);
// EXTERNAL MODULE: ./lib/report/escape.js
var report_escape = __webpack_require__(2527);
;// CONCATENATED MODULE: ./lib/commands/shards/read-plan.js







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
        throw new unusable/* Unusable */.kO(['plan: name the file that `portgate plan` wrote.'], [], heading);
    try {
        return openPlan(await readText(root, file, LONGEST_PLAN));
    }
    catch (error) {
        const why = (0,report_escape/* printable */.g$)(error.message, 500);
        throw new unusable/* Unusable */.kO([`The plan ${(0,policy_problem/* quote */.hD)((0,stdin/* nameOfFile */.Ri)(file))} cannot be used: ${why}.`], [], heading);
    }
}
/** The text of a file, or of standard input (`-`). Rejects with a clause that says why it cannot be read. */
async function readText(root, file, most) {
    const pieces = [];
    let length = 0;
    const isThere = await (0,stream_file/* streamNamed */.K)(file === stdin/* DASH */.jr ? file : (0,external_node_path_.resolve)(root, file), (piece) => {
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

;// CONCATENATED MODULE: ./lib/commands/shards/check-shard.js
/** `portgate check --plan plan.json --shard 2/8`: one part of a plan. */















/** Findings that say that a part could not be scanned in full from here. Everything else is judged after the merge. */
const OWN = [
    'canary-not-open',
    'incomplete-scan',
    'went-silent',
    'started-refusing',
    'no-ipv6-here',
];
/**
 * Scans one part of a plan. The report is of that part: its findings say what could not be seen, and its verdict is never `pass`.
 *
 * @throws {Unusable} where the plan, the shard or the scope cannot be used
 */
async function checkShard(options, { plan: path, shard }, context) {
    refuseWithPlan(options, ['max-age', 'baseline']);
    const { scope } = (0,prepare_options/* parseOptions */.A)({ scope: options.scope });
    const file = await readPlan(context.root, path);
    const index = readIndex(shard, file.shards);
    holdToPlan(options, file);
    const { request, loaded, frozen } = await thawPlan(file);
    (0,prepare_scope/* holdScope */.U)(frozen.plan, scope);
    const part = takePart(frozen, index);
    const rules = (0,scan_rules/* createScanRules */.N)(loaded, frozen.plan, scope);
    // Expiry is decided by the day of the plan, here as in the judgement.
    const listRequired = (planned, address) => rules.listRequired(planned, address, frozen.createdAt);
    const result = await (0,scan/* scan */.S)(part, { ...context, ...rules, listRequired });
    const { policy } = file;
    const report = (0,run/* conclude */.Ep)({
        request,
        loaded,
        ref: policy.ref,
        plan: part,
        scan: result,
        now: frozen.createdAt,
    });
    const name = {
        index,
        of: file.shards,
        digest: file.digest,
        attempt: readAttempt(context.env),
        machine: nameMachine(),
    };
    return {
        ...report,
        shard: sealShard(name, result, version/* VERSION */.x),
        verdict: 'inconclusive',
        findings: report.findings.filter(isOwn),
    };
}
function isOwn({ id, kind }) {
    return kind === 'doubt' && OWN.includes(id);
}
/** `2/8`, from 1. */
function readIndex(text, shards) {
    const [, index = '', of = ''] = /^\s*(\d{1,3})\/(\d{1,3})\s*$/.exec(text ?? '') ?? [];
    if (index !== '' && +of === shards && +index >= 1 && +index <= shards)
        return +index;
    const problem = !text?.trim()
        ? 'say which shard of the plan'
        : index !== '' && +of !== shards
            ? `${(0,policy_problem/* quote */.hD)(text)} is of ${+of} shards, and the plan has ${shards}`
            : `${(0,policy_problem/* quote */.hD)(text)} is not a shard of the plan`;
    throw new unusable/* Unusable */.kO([`shard: ${problem} (\`1/${shards}\` to \`${shards}/${shards}\`)`]);
}
/** GitHub numbers the attempts of a run; jobs that are re-run have the newest number. */
function readAttempt({ GITHUB_RUN_ATTEMPT }) {
    const attempt = Number(GITHUB_RUN_ATTEMPT);
    return Number.isSafeInteger(attempt) && attempt > 0 ? attempt : 1;
}
/** Distinguishes this machine and its network from others: what one machine hears proves nothing about another. */
function nameMachine() {
    const addresses = Object.values((0,external_node_os_.networkInterfaces)()).flatMap((list = []) => list.map(({ address, mac }) => `${mac} ${address}`));
    const text = JSON.stringify([(0,external_node_os_.hostname)(), ...addresses.sort()]);
    return (0,external_node_crypto_.createHash)('sha256').update(text).digest('hex').slice(0, 16);
}

// EXTERNAL MODULE: ./lib/prepare/baseline.js
var prepare_baseline = __webpack_require__(928);
// EXTERNAL MODULE: ./lib/prepare/results-options.js
var results_options = __webpack_require__(8710);
;// CONCATENATED MODULE: ./lib/shards/outside.js

/** An address of an endpoint, as a key. */
function outside_keyOf({ environment, endpoint, address, }) {
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
            wanted.set(outside_keyOf({ environment, endpoint: endpoint.text, address }), ranges);
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
        const key = outside_keyOf(host);
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
        const key = outside_keyOf({ ...left, address });
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
        const part = parts.get(index) ?? takePart(cut, index);
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
var judge_host = __webpack_require__(5693);
;// CONCATENATED MODULE: ./lib/shards/disagree.js


/** Hosts that are named, of each shard. */
const MOST_NAMED = 20;
/** Ports that one attempt of a shard saw open and another one closed or filtered: what was seen may depend on the vantage. */
function findDisagreements({ scan }, older) {
    const now = new Map(scan.hosts.map((host) => [outside_keyOf(host), host]));
    const found = older.flatMap(({ attempt, scan }) => scan.hosts.flatMap((before) => {
        const after = now.get(outside_keyOf(before));
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
            const key = outside_keyOf(about);
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
        hosts: new Map(hosts.map((host) => [outside_keyOf(host), host])),
        noRoute: new Map(unseen.map((one) => [outside_keyOf({ ...one, address: one.address ?? '' }), one])),
        noHosts: new Set(noHosts.map(outside_keyOf)),
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
    return ((others.length > 0 ? others : hosts).some(judge_host/* hasAnswered */.uG) ||
        canaries.some(({ outcome }) => outcome.state === 'open'));
}

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
;// CONCATENATED MODULE: ./lib/commands/shards/read-reports.js








/** Longest report of a shard, in bytes: V8 holds no longer text. */
const LONGEST_REPORT = 400 * 1024 * 1024;
/** Most reports: each shard in a few attempts. */
const MOST_REPORTS = 16 * MOST_SHARDS;
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
        throw new unusable/* Unusable */.kO([`reports: ${(0,policy_problem/* quote */.hD)(folder)} cannot be read: ${error.message}.`]);
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
            reports.push(openShard(await readText(root, file, LONGEST_REPORT), name));
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
    refuseWithPlan(options, ['scope']);
    const maxAgeMs = readAge(options['max-age']);
    const file = await readPlan(root, path);
    holdToPlan(options, file);
    const { request, loaded, frozen } = await thawPlan(file);
    // The reason may quote the file.
    const unused = ({ file, why }) => say(`The report ${(0,policy_problem/* quote */.hD)(file)} is not used: ${(0,report_escape/* logSafe */.sN)((0,report_escape/* printable */.g$)(why, LONGEST_REASON))}.`);
    const reports = await readReports(root, await listReports(root, written), unused);
    const foreign = reports.filter(({ digest }) => digest !== file.digest);
    if (foreign.length > 0)
        throw new unusable/* Unusable */.kO(foreign.map(({ file }) => `The report ${(0,policy_problem/* quote */.hD)(file)} is of another plan than ${(0,policy_problem/* quote */.hD)(path ?? '')}.`), [], 'UNUSABLE: A report is of another plan');
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

// EXTERNAL MODULE: ./lib/files/output-folder.js
var output_folder = __webpack_require__(1363);
// EXTERNAL MODULE: ./lib/policy/times.js
var times = __webpack_require__(908);
// EXTERNAL MODULE: ./lib/prepare/environment.js
var environment = __webpack_require__(1926);
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

// EXTERNAL MODULE: ./lib/policy/plan.js + 2 modules
var plan = __webpack_require__(7792);
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

;// CONCATENATED MODULE: ./lib/commands/shards/choose-shards.js







const HEADING = 'UNUSABLE: The scan cannot be split as asked';
/**
 * The number of shards, and what they cost.
 *
 * @throws {Unusable} where a shard would be too large, or no number of them is quick enough
 */
function chooseShards(endpoints, excludes, { shards, maxMs = 0 }) {
    const costOf = (number) => estimateCost(endpoints, excludes, cutIntoShares(endpoints, excludes, number));
    if (shards !== undefined) {
        const cost = costOf(shards);
        if (cost.largest <= plan/* MOST_PAIRS */.AN)
            return { shards, cost };
        const least = Math.ceil(cost.probes / plan/* MOST_PAIRS */.AN);
        const hint = least <= MOST_SHARDS ? `at least ${least} shards` : 'fewer hosts or ports';
        const problem = `shards: with ${shards}, one would probe ${(0,numbers/* formatNumber */.Z)(cost.largest)} ports, and the limit is ${(0,numbers/* formatNumber */.Z)(plan/* MOST_PAIRS */.AN)}: use ${hint}.`;
        throw new unusable/* Unusable */.kO([problem], [], HEADING);
    }
    const fits = ({ seconds, largest }) => seconds.most * 1000 <= maxMs && largest <= plan/* MOST_PAIRS */.AN;
    const cheapest = costOf(MOST_SHARDS);
    if (!fits(cheapest)) {
        const why = cheapest.boundBy
            ? `\`max-rate: ${cheapest.boundBy}\` applies to all shards together, so more of them do not help`
            : 'scan fewer hosts or ports';
        const time = (0,counts/* formatDuration */.a3)(cheapest.seconds.most * 1000);
        throw new unusable/* Unusable */.kO([`max-time: even ${(0,numbers/* count */.U)(MOST_SHARDS, 'shard')} take up to ${time}, if every port is silent: ${why}.`], [], HEADING);
    }
    // More shards are never slower, except for the rounding of whole hosts.
    let [low, high] = [1, MOST_SHARDS];
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
    refuseWithPlan(options, ['max-age', 'baseline']);
    const request = (0,prepare_options/* parseOptions */.A)(options);
    const { tree, list } = recordReads(context.tree);
    const loaded = await (0,prepare_policy/* loadPolicy */.t)(request, { ...context, tree });
    const files = await list();
    const { deploysTo } = context;
    const { plan, missing } = (0,prepare_plan/* planScan */.hn)(request, loaded, deploysTo, { shards: cutting.shards ?? MOST_SHARDS });
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
    const file = sealPlan(freezePlan(plan, resolved, {
        tool: { name: 'portgate', version: version/* VERSION */.x },
        createdAt: new Date().toISOString(),
        shards: chosen.shards,
        policy: {
            ...(policy ? { path: policy.path } : {}),
            ...(tree.ref === undefined ? {} : { ref: tree.ref }),
            files,
        },
        options: freezeOptions(options, (0,environment/* chooseEnvironment */.H)(loaded.policy, asked)),
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
        if (/^[1-9]\d{0,2}$/.test(text) && +text <= MOST_SHARDS)
            cutting.shards = +text;
        else
            problems.push(`shards: ${JSON.stringify(text)} is not a number of shards (1 to ${MOST_SHARDS})`);
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

// EXTERNAL MODULE: ./lib/report/layout.js
var layout = __webpack_require__(5526);
;// CONCATENATED MODULE: ./lib/commands/shards/say-plan.js





/** The matrix of a workflow, a job for each shard. */
function listMatrix({ shards }) {
    return { shard: Array.from({ length: shards }, (_, index) => `${index + 1}/${shards}`) };
}
/** The output of `plan` as JSON. @param path where it was written */
function renderPlan({ file, cost, cheaper, unresolved }, path) {
    const { shards, digest, createdAt } = file;
    const matrix = listMatrix(file);
    return (0,json/* renderJson */.h)({ plan: path, digest, createdAt, shards, matrix, ...cost, cheaper, unresolved });
}
/** The same for people. @param path where it was written */
function sayPlan(planned, path, width) {
    const { file, cost, cheaper, unresolved, longestLimitMs } = planned;
    const { shards, endpoints } = file;
    const idle = cost.idle > 0 ? `; ${(0,numbers/* formatNumber */.Z)(cost.idle)} ${cost.idle === 1 ? 'has' : 'have'} nothing to do` : '';
    const isTooSlow = cost.seconds.most * 1000 > longestLimitMs;
    const rows = [
        ['plan', `${path}, SHA-256 ${file.digest.slice(0, 12)}…`],
        ['matrix', JSON.stringify(listMatrix(file))],
        ['probes', `${(0,numbers/* formatNumber */.Z)(cost.probes)} or more, on ${(0,numbers/* count */.U)(endpoints.length, 'endpoint')}`],
        ['shards', `${(0,numbers/* formatNumber */.Z)(shards)}, with up to ${(0,numbers/* count */.U)(cost.largest, 'probe')} each${idle}`],
        ['time', `${saySpan(cost.seconds, (s) => (0,counts/* formatDuration */.a3)(s * 1000))} in the slowest shard`],
        ...(cost.boundBy
            ? [
                [
                    '',
                    `\`max-rate: ${cost.boundBy}\` sets the pace: the shards share it, so more of them save nothing`,
                ],
            ]
            : []),
        ...(isTooSlow
            ? [
                [
                    '',
                    `longer than \`time-limit\` (${(0,counts/* formatDuration */.a3)(longestLimitMs)}): what is not seen by then stays unknown`,
                ],
            ]
            : []),
        [
            'runner',
            `${saySpan(cost.runnerMinutes, numbers/* formatNumber */.Z)} minutes in all, if each job is billed for every minute begun`,
        ],
        ...cheaper.map(({ ask, probes }) => [
            'cheaper',
            `\`${ask}\` takes ${(0,numbers/* formatNumber */.Z)(probes)} probes, ${sayShare(probes / cost.probes)} of these`,
        ]),
        ...(0,counts/* atMost */.Tu)(unresolved.map(({ endpoint, why }) => `${endpoint}: ${why}`)).map((text) => [
            'no address',
            text,
        ]),
    ];
    return rows
        .flatMap(([label, text]) => {
        const whole = (0,report_escape/* printable */.g$)(text, 8_000);
        // The matrix is there to be copied, so it is never wrapped.
        const lines = label === 'matrix' ? [whole] : (0,layout/* wrap */.LV)(whole, Math.max(40, width) - 12);
        return lines.map((line, index) => `${(index > 0 ? '' : label).padEnd(12)}${line}`.trimEnd());
    })
        .map((line) => `${line}\n`)
        .join('');
}
function sayShare(share) {
    return share < 0.001 ? 'less than 0.1%' : `${(share * 100).toFixed(share < 0.1 ? 1 : 0)}%`;
}
/** From every port refusing to every port silent. */
function saySpan({ least, most }, format) {
    const [from, to] = [format(least), format(most)];
    return from === to ? from : `${from} (if every port refuses) to ${to} (if every port is silent)`;
}

;// CONCATENATED MODULE: ./lib/commands/shards/command-line.js
/** The command line's side of plans and shards. */









async function writePlan(endpoints, flags, { watched, print, warn, columns }) {
    (0,commands_arguments/* refuseFiles */.Qj)(endpoints);
    const { outputDirectory = '.', shards, maxTime, format } = flags;
    (0,save_report/* requireOutputFolder */.H)(outputDirectory, process.cwd());
    const { policy, ...opened } = await (0,open_policy/* openPolicy */.t)(flags, warn);
    const options = (0,commands_flags/* toOptions */.kU)(endpoints, { ...flags, policy });
    const planned = await watched((context) => makePlanFile(options, { shards, 'max-time': maxTime }, { ...context, ...opened }));
    const path = savePlan(planned.file, outputDirectory, process.cwd());
    print(format === 'json' ? renderPlan(planned, path) : sayPlan(planned, path, columns));
}
/** One part of a plan: no policy is read but the plan's, and nothing is looked up. Without its report there is nothing to merge. */
async function checkPart(endpoints, flags, { watched, show, onTrace }) {
    const { plan, shard, debug, format, outputDirectory = '.' } = flags;
    if (format.includes('sarif'))
        throw new unusable/* Unusable */.kO(['format: a single shard has no SARIF: `merge` writes it']);
    (0,save_report/* requireOutputFolder */.H)(outputDirectory, process.cwd());
    const options = (0,commands_flags/* toOptions */.kU)(endpoints, flags);
    const traced = debug ? { onTrace } : {};
    await show(await watched((context) => checkShard(options, { plan, shard }, { ...context, ...traced })), {
        format,
        outputDirectory,
    });
}
async function merge(reports, flags, { show, warn }) {
    const { plan, maxAge, baseline, knownViolations, outputDirectory } = flags;
    if (outputDirectory)
        (0,save_report/* requireOutputFolder */.H)(outputDirectory, process.cwd());
    const context = { root: process.cwd(), say: warn };
    const options = { 'max-age': maxAge, baseline, 'known-violations': knownViolations };
    const { report } = await mergeShards(options, { plan, reports }, context);
    await show(report, flags);
}


/***/ })

};
