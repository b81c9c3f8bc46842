export const id = 210;
export const ids = [210];
export const modules = {

/***/ 7020:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Gr: () => (/* binding */ readBlock),
/* harmony export */   aw: () => (/* binding */ splitBlock),
/* harmony export */   b9: () => (/* binding */ indexBlocks),
/* harmony export */   xC: () => (/* binding */ nestBlocks),
/* harmony export */   zq: () => (/* binding */ readAddress)
/* harmony export */ });
/* harmony import */ var _memo_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5778);
/* harmony import */ var _addresses_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1053);


const readBlock = (0,_memo_js__WEBPACK_IMPORTED_MODULE_1__/* .memoize */ .B)((cidr) => ({ cidr, ...(0,_addresses_js__WEBPACK_IMPORTED_MODULE_0__/* .spanCidr */ .t1)(cidr) }));
/** An address as a block of one. */
function readAddress(address) {
    return readBlock((0,_addresses_js__WEBPACK_IMPORTED_MODULE_0__/* .toBlock */ .fl)(address));
}
function overlaps(one, other) {
    return one.first <= other.last && other.first <= one.last;
}
/** Blocks lie within one another or apart: sorted, each is followed by those within it. */
function sortBlocks(items) {
    const nodes = items
        .map((item, order) => ({ item, order, parent: -1, ...item.block }))
        .sort((a, b) => compare(a.first, b.first) || compare(b.last, a.last));
    let around = -1;
    for (const [index, node] of nodes.entries()) {
        while (around >= 0 && nodes[around].last < node.first)
            around = nodes[around].parent;
        node.parent = around;
        around = index;
    }
    return nodes;
}
/** Each of some different blocks, with those right within it. */
function nestBlocks(items) {
    const nodes = sortBlocks(items);
    const nested = nodes.map(({ item }) => ({ item, within: [] }));
    for (const { item, parent } of nodes)
        nested[parent]?.within.push(item);
    return nested;
}
function indexBlocks(items) {
    const nodes = sortBlocks(items);
    /** How many begin before an address. */
    const countBefore = (address) => {
        let [low, high] = [0, nodes.length];
        while (low < high) {
            const middle = (low + high) >> 1;
            if (nodes[middle].first < address)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    };
    return {
        overlapping(block) {
            const start = countBefore(block.first);
            let end = start;
            while (end < nodes.length && nodes[end].first <= block.last)
                end++;
            const found = nodes.slice(start, end);
            // A block that begins earlier and reaches into it encloses the last one that begins earlier, or is that one.
            for (let index = start - 1; index >= 0;) {
                const node = nodes[index];
                if (node.last >= block.first)
                    found.push(node);
                index = node.parent;
            }
            return found.sort((a, b) => a.order - b.order).map(({ item }) => item);
        },
    };
}
function compare(a, b) {
    return a < b ? -1 : a > b ? 1 : 0;
}
/** Splits a block into the largest parts that each of some others contains entirely or not at all. */
function splitBlock(spend, part, near) {
    spend(1 + near.length);
    const isWhole = near.every(({ block }) => block.first <= part.first && part.last <= block.last);
    const halves = isWhole ? undefined : (0,_addresses_js__WEBPACK_IMPORTED_MODULE_0__/* .halveCidr */ .T$)(part.cidr);
    if (!halves)
        return [{ part, by: near }];
    return halves.flatMap((cidr) => {
        const half = readBlock(cidr);
        const within = near.filter(({ block }) => overlaps(block, half));
        return splitBlock(spend, half, within);
    });
}


/***/ }),

/***/ 7155:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ spendMatching),
/* harmony export */   x: () => (/* binding */ chooseSubjects)
/* harmony export */ });
/* harmony import */ var _hosts_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7739);
/* harmony import */ var _blocks_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7020);
/* harmony import */ var _subjects_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9855);



/** Beyond this many steps only what the changed rules are about is looked at, and not what they uncover elsewhere. */
const MANY_STEPS = 1_000_000;
/**
 * Whom to look at: all that the rules and the endpoints name, since a rule may uncover what another says of them.
 *
 * @param changed the rules that have no equal on the other side
 * @param wide the patterns and blocks of both sides, and whom their denials except
 */
function chooseSubjects(comparison, { strict, lax }, changed, wide) {
    // No rule says anything of a host but those that name it.
    if (wide.length === 0)
        return distinct(changed.flatMap(subjectsOfRule));
    comparison.spend((strict.rules.length + lax.rules.length) * STEPS_A_RULE + strict.endpoints.length + lax.endpoints.length);
    const named = [...strict.endpoints, ...lax.endpoints].flatMap(subjectsOfEndpoint);
    const all = distinct([...strict.rules, ...lax.rules].flatMap(subjectsOfRule), named);
    const some = distinct(changed.flatMap(subjectsOfRule));
    const subjects = divideBlocks(all.length * wide.length <= MANY_STEPS ? all : some, all);
    comparison.spend(subjects.length);
    spendMatching(comparison, wide, subjects);
    return subjects;
}
/** Steps to list the hosts that a rule is about, and to distinguish them from all others. */
const STEPS_A_RULE = 3;
/** Pairs of characters of two subjects that are one step to hold against each other: wildcards may need all of them. */
const CHARACTERS_A_STEP = 500;
/** Called before each of some subjects is compared with each of others. */
function spendMatching(comparison, outer, inner) {
    const lengthOf = (subjects) => subjects.reduce((sum, subject) => sum + (0,_hosts_js__WEBPACK_IMPORTED_MODULE_0__/* .matcherText */ .sE)(subject).length, 0);
    const characters = lengthOf(outer) * lengthOf(inner);
    comparison.spend(outer.length * inner.length + characters / CHARACTERS_A_STEP);
}
/** Whom it is about, and whom its denials except. */
function subjectsOfRule({ matcher, deny }) {
    return [matcher, ...deny.flatMap(({ except = [] }) => except)].flatMap(_subjects_js__WEBPACK_IMPORTED_MODULE_2__/* .listSubjects */ .UV);
}
function subjectsOfEndpoint({ kind, host }) {
    if (kind === 'name')
        return [{ kind, name: host }];
    return (0,_subjects_js__WEBPACK_IMPORTED_MODULE_2__/* .listSubjects */ .UV)(kind === 'address' ? { kind, address: host } : { kind, cidr: host });
}
function distinct(...lists) {
    return [...new Map(lists.flat().map((subject) => [(0,_subjects_js__WEBPACK_IMPORTED_MODULE_2__/* .textOf */ .b6)(subject), subject])).values()];
}
/**
 * Subjects, with the parts of a block in its place where others are about all of it between them: there is no address left
 * of which nothing else says more.
 */
function divideBlocks(subjects, all) {
    if (!subjects.some(({ kind }) => kind === 'cidr'))
        return subjects;
    const blocks = all.flatMap((subject) => {
        const block = blockOf(subject);
        return block ? [{ subject, block }] : [];
    });
    const partsOf = new Map();
    for (const { item, within } of (0,_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .nestBlocks */ .xC)(blocks)) {
        const size = within.reduce((sum, { block }) => sum + sizeOf(block), 0n);
        if (size === sizeOf(item.block)) {
            partsOf.set((0,_subjects_js__WEBPACK_IMPORTED_MODULE_2__/* .textOf */ .b6)(item.subject), within.map(({ subject }) => subject));
        }
    }
    if (partsOf.size === 0)
        return subjects;
    const divide = (subject) => partsOf.get((0,_subjects_js__WEBPACK_IMPORTED_MODULE_2__/* .textOf */ .b6)(subject))?.flatMap(divide) ?? [subject];
    return distinct(subjects.flatMap(divide));
}
function blockOf(subject) {
    if (subject.kind === 'address')
        return (0,_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .readAddress */ .zq)(subject.address);
    return subject.kind === 'cidr' ? (0,_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .readBlock */ .Gr)(subject.cidr) : undefined;
}
function sizeOf({ first, last }) {
    return last - first + 1n;
}


/***/ }),

/***/ 9210:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  diffPolicies: () => (/* binding */ diffPolicies),
  B: () => (/* binding */ findLoosenings)
});

// EXTERNAL MODULE: ./lib/model.js
var model = __webpack_require__(9814);
// EXTERNAL MODULE: ./lib/port-ranges.js
var port_ranges = __webpack_require__(1067);
// EXTERNAL MODULE: ./lib/policy/plan.js + 2 modules
var plan = __webpack_require__(7792);
// EXTERNAL MODULE: ./lib/policy/excepted.js
var excepted = __webpack_require__(8980);
// EXTERNAL MODULE: ./lib/policy/rule-index.js
var rule_index = __webpack_require__(1039);
// EXTERNAL MODULE: ./lib/policy/diff/ranges.js
var ranges = __webpack_require__(4684);
// EXTERNAL MODULE: ./lib/policy/diff/subjects.js
var diff_subjects = __webpack_require__(9855);
;// CONCATENATED MODULE: ./lib/policy/diff/binding.js





/** Steps of the index that are one step of a comparison. */
const LOOKUPS_A_STEP = 100;
const finders = new WeakMap();
/** The rules that require or deny ports and hold for an endpoint. Scopes may share their rules, which are gone through once. */
function findBound(comparison, rules, endpoint) {
    const find = finders.get(rules) ?? createFinder(comparison, rules);
    finders.set(rules, find);
    return find(endpoint);
}
function createFinder({ spend }, all) {
    spend(all.length);
    const binding = all.filter((rule) => (0,plan/* listBindingPorts */.Yi)(rule).length > 0);
    const numberOf = createRuleNumbering();
    const index = (0,rule_index/* indexRules */.ou)(binding);
    // Those for addresses and blocks hold for any name until it is resolved, and for some address of any block.
    const forAddresses = (0,rule_index/* listAddressRules */.CH)(binding);
    const keyOf = (rules) => rules.map(numberOf).join();
    const meter = { steps: 0 };
    return (endpoint) => {
        const { kind, host } = endpoint;
        if (kind === 'cidr') {
            spend(forAddresses.length);
            const unsure = forAddresses.filter((rule) => !isSure(rule, endpoint));
            return { key: `in ${keyOf(unsure)}`, rules: forAddresses, unsure };
        }
        meter.steps = 0;
        const matching = kind === 'name' ? (0,rule_index/* findByName */._U)(index, host, meter) : (0,rule_index/* findByAddress */.B0)(index, host);
        const own = matching.map((rule) => (0,excepted/* bindTo */.J)(rule, endpoint));
        spend(own.length + meter.steps / LOOKUPS_A_STEP);
        if (kind === 'address')
            return { key: `at ${keyOf(own)}`, rules: own, unsure: [] };
        return { key: keyOf(own), rules: [...own, ...forAddresses], unsure: forAddresses };
    };
}
/** Numbers rules: the same for those that require or deny the same ports. */
function createRuleNumbering() {
    const numberOf = (0,ranges/* createNumbering */._c)();
    const known = new WeakMap();
    return (rule) => {
        const number = known.get(rule) ?? numberOf((0,plan/* listBindingPorts */.Yi)(rule));
        known.set(rule, number);
        return number;
    };
}
/** Whether a rule that may hold for an endpoint holds for all of it: a name may turn out to have any address. */
function isSure({ matcher }, endpoint) {
    if (matcher.kind === 'name' || matcher.kind === 'pattern' || endpoint.kind === 'address')
        return true;
    return endpoint.kind === 'cidr' && (0,diff_subjects/* includes */.mK)(matcher, { kind: 'cidr', cidr: endpoint.host });
}

// EXTERNAL MODULE: ./lib/policy/diff/blocks.js
var diff_blocks = __webpack_require__(7020);
// EXTERNAL MODULE: ./lib/memo.js
var memo = __webpack_require__(5778);
// EXTERNAL MODULE: ./lib/policy/exclude.js
var exclude = __webpack_require__(4112);
// EXTERNAL MODULE: ./lib/policy/diff/words.js
var diff_words = __webpack_require__(6337);
;// CONCATENATED MODULE: ./lib/policy/diff/exclusions.js




/** Nobody knows what is open on an address that is not scanned. */
const UNSCANNED = 'high';
/** Addresses that only the second policy excludes: whatever leads there, they are not scanned. */
function compareExclusions(comparison) {
    const { strict, lax } = comparison;
    const before = indexExclusions(strict.policy);
    return lax.policy.exclude.flatMap(({ cidr, place }) => {
        const block = (0,diff_blocks/* readBlock */.Gr)(cidr);
        const parts = (0,diff_blocks/* splitBlock */.aw)(comparison.spend, block, before.overlapping(block));
        const hosts = parts.flatMap(({ part, by }) => (by.length === 0 ? (0,exclude/* formatAddress */.M0)(part.cidr) : []));
        if (hosts.length === 0)
            return [];
        const list = (0,diff_words/* listHosts */._)(hosts);
        return [
            {
                part: 'exclude',
                severity: UNSCANNED,
                loosened: `excludes ${list}: no longer scanned, whatever leads there`,
                tightened: `no longer excludes ${list}`,
                hosts,
                isEverywhere: true,
                places: { lax: place },
            },
        ];
    });
}
const indexExclusions = (0,memo/* memoizeFor */.K)(({ exclude }) => {
    const cidrs = new Set(exclude.map(({ cidr }) => cidr));
    const all = [...cidrs].map((cidr) => ({ block: (0,diff_blocks/* readBlock */.Gr)(cidr) }));
    // Blocks lie within one another or apart.
    const within = new Set((0,diff_blocks/* nestBlocks */.xC)(all).flatMap(({ within }) => within));
    const outermost = (0,diff_blocks/* indexBlocks */.b9)(all.filter((one) => !within.has(one)));
    return {
        ...outermost,
        count: (block) => outermost.overlapping(block).reduce((sum, one) => sum + countShared(block, one.block), 0),
    };
});
function countShared(one, other) {
    const [inner] = [one, other].sort((a, b) => Number(a.last - a.first - (b.last - b.first)));
    return Number(inner.last - inner.first) + 1;
}

;// CONCATENATED MODULE: ./lib/policy/diff/probed.js






function isScanning(one) {
    return one.block !== undefined;
}
/** A name as it is looked up: with a final dot no search domain may be tried, so that it may lead to another host. */
function nameOf({ host, isAnchored }) {
    return isAnchored ? `${host}.` : host;
}
/** What a scope requires of an endpoint without settings of its own. */
function probeAny({ policy, catalogue }, scope) {
    const settled = (0,plan/* settle */.G9)(policy, scope.environment);
    const asked = rangesOf(settled.scan.ports, catalogue);
    return { scope, settled, asked, aside: [], probed: asked, excluded: 0 };
}
/** The ports that a scope asks for of every endpoint, whatever its rules bind. */
function listAlwaysAsked(comparison, scope) {
    const known = alwaysAsked.get(scope);
    if (known)
        return known;
    const different = new Map([probeAny(comparison.lax, scope), ...listProbed(comparison, comparison.lax, scope)].map(({ asked }) => [
        (0,ranges/* formatShared */.dt)(asked),
        asked,
    ]));
    const ports = [...different.values()].reduce(port_ranges/* intersectRanges */.im);
    alwaysAsked.set(scope, ports);
    return ports;
}
const alwaysAsked = new WeakMap();
const probedOf = new WeakMap();
const probedIn = new WeakMap();
/** The endpoints of some scopes. */
function listProbedIn(comparison, side, scopes) {
    const known = probedIn.get(scopes) ?? scopes.flatMap((scope) => listProbed(comparison, side, scope));
    probedIn.set(scopes, known);
    return known;
}
/** The endpoints of a scope. */
function listProbed(comparison, side, scope) {
    const known = probedOf.get(scope) ?? probeAll(comparison, side, scope);
    probedOf.set(scope, known);
    return known;
}
function probeAll(comparison, { policy, catalogue }, scope) {
    const known = new Map();
    /** Of endpoints that say nothing of their own, which most do, by what rules bind on them. */
    const plain = new Map();
    const numberOf = (0,ranges/* createNumbering */._c)();
    const exclusions = indexExclusions(policy);
    return scope.endpoints.map((endpoint) => {
        comparison.spend(STEPS_AN_ENDPOINT);
        const bound = findBound(comparison, scope.rules, endpoint);
        const isPlain = endpoint.extraPort === undefined && Object.keys(endpoint.scan).length === 0;
        const shared = (isPlain && plain.get(bound.key)) || share();
        if (isPlain)
            plain.set(bound.key, shared);
        const block = blockOf(endpoint);
        const excluded = block ? exclusions.count(block) : 0;
        return { scope, endpoint, ...shared, ...(block ? { block } : {}), excluded };
        function share() {
            const settled = settleEndpoint(policy, scope, endpoint);
            const { ports: selection, ...scan } = settled.scan;
            const text = Array.isArray(selection) ? numberOf(selection) : selection;
            const own = [{ ...settled, scan }, text, endpoint.extraPort, bound.key];
            const key = JSON.stringify([scope.environment?.name, ...own]);
            const shared = known.get(key) ?? { settled, ...listPorts(settled) };
            known.set(key, shared);
            return shared;
        }
        function listPorts(settled) {
            const asked = join(rangesOf(settled.scan.ports, catalogue), (0,plan/* listUrlPort */.np)(endpoint));
            const more = bound.rules.flatMap(plan/* listBindingPorts */.Yi);
            // Without more the list is shared, and costs nothing.
            if (more.length > 0)
                comparison.spend(asked.length / RANGES_A_STEP + more.length);
            return { asked, aside: bound.unsure.flatMap(plan/* listBindingPorts */.Yi), probed: join(asked, more) };
        }
    });
}
/** Its settings, as far as they matter to it: an address is scanned whatever `ip` says. */
function settleEndpoint(policy, { environment }, endpoint) {
    const settled = (0,plan/* settle */.G9)(policy, environment, endpoint);
    return endpoint.kind === 'name' ? settled : { ...settled, scan: { ...settled.scan, ip: 'both' } };
}
/** How many ranges count as one step. */
const RANGES_A_STEP = 2;
/** Steps to work out the settings of an endpoint, and to write them as a key. */
const STEPS_AN_ENDPOINT = 8;
/** Both; most endpoints share what is selected, so it is not copied without need. */
function join(ranges, more) {
    return more.length > 0 ? [...ranges, ...more] : ranges;
}
function blockOf({ kind, host }) {
    if (kind === 'name')
        return undefined;
    return kind === 'cidr' ? (0,diff_blocks/* readBlock */.Gr)(host) : (0,diff_blocks/* readAddress */.zq)(host);
}
/** The sets of a catalogue as ranges. */
const sets = new WeakMap();
function rangesOf(selection, catalogue) {
    if (Array.isArray(selection))
        return selection;
    const known = sets.get(catalogue) ?? new Map();
    sets.set(catalogue, known);
    const ranges = known.get(selection) ?? (0,plan/* selectedRanges */.e5)(selection, catalogue);
    known.set(selection, ranges);
    return ranges;
}

// EXTERNAL MODULE: ./lib/policy/environments.js
var environments = __webpack_require__(202);
;// CONCATENATED MODULE: ./lib/policy/diff/scopes.js

/**
 * Pairs what two policies judge by. A run comes to it without a name or by the name of an environment, which an input or
 * a deployment gives; and it scans the policy's own endpoints, or those that a workflow names.
 */
function pairScopes(comparison) {
    const strict = comparison.strict.policy;
    const { all: own, outer, byName: before } = openOnce(comparison, comparison.strict);
    const { all: others, outer: otherOuter, byName: after } = openOnce(comparison, comparison.lax);
    const isKept = ({ name }) => after.size === 0 || after.has(keyOf(name));
    const added = others.filter(({ environment }) => environment && !before.has(keyOf(environment.name)));
    const names = [
        ...strict.environments.filter(isKept),
        ...added.flatMap(({ environment }) => environment ?? []),
    ];
    const isMixed = strict.environments.length === 0 && after.size > 0;
    return {
        named: [
            { where: {}, strict: outer, lax: otherOuter },
            ...names.map(({ name }) => ({
                where: { environment: name },
                strict: before.get(keyOf(name))?.[0] ?? outer,
                lax: after.get(keyOf(name))?.[0] ?? otherOuter,
            })),
        ],
        scanned: own.flatMap((scope) => {
            const { environment } = scope;
            if (!environment)
                return [{ where: isMixed ? EVERYWHERE : {}, strict: scope, lax: others }];
            if (!isKept(environment))
                return [];
            const lax = after.get(keyOf(environment.name)) ?? others;
            return [{ where: { environment: environment.name }, strict: scope, lax }];
        }),
        takeovers: added.flatMap((scope) => {
            const { environment } = scope;
            return environment ? [{ environment, scope, from: own }] : [];
        }),
        runs: [
            { where: EVERYWHERE, strict: own, lax: others },
            ...names.map(({ name }) => ({
                where: { environment: name },
                strict: before.get(keyOf(name)) ?? own,
                lax: after.get(keyOf(name)) ?? others,
            })),
        ],
        removed: strict.environments.filter((environment) => !isKept(environment)),
    };
}
/** What holds for the whole run, or for what an environment of the other policy also scans. */
const EVERYWHERE = { isEverywhere: true };
/** To GitHub, `Production` and `production` are the same environment. */
function keyOf(name) {
    return name.toLowerCase();
}
const opened = new WeakMap();
/** Both directions of a comparison share the scopes of a policy, and all that is worked out for them. */
function openOnce(comparison, side) {
    const known = opened.get(side);
    if (known)
        return known;
    const all = openScopes(comparison, side.policy);
    const byName = new Map(all.flatMap((scope) => scope.environment ? [[keyOf(scope.environment.name), [scope]]] : []));
    const scopes = { all, outer: { endpoints: [], rules: side.policy.hosts }, byName };
    opened.set(side, scopes);
    return scopes;
}
/** The cost of one environment in steps, for its time and memory: some thousands can be compared. */
const STEPS_A_SCOPE = 250;
function openScopes(comparison, policy) {
    const scopes = [];
    for (const { levels, ...scope } of (0,environments/* listScopes */.c)(policy)) {
        const [top = [], ...own] = levels;
        comparison.spend(STEPS_A_SCOPE + scope.endpoints.length + (own.length > 0 ? top.length : 0));
        // Where an environment has no rules of its own, it shares those of the top level.
        scopes.push({ ...scope, rules: own.length > 0 ? levels.flat() : top });
    }
    return scopes;
}
/** Where a setting is made; where it is not, the endpoint that it is for. */
function findPlaces({ strict, lax }, setting, before, after) {
    return {
        strict: placeOfSetting(strict.policy, before.scope, setting, before.endpoint) ?? before.endpoint?.place,
        lax: placeOfSetting(lax.policy, after.scope, setting, after.endpoint),
    };
}
function placeOfSetting(policy, { environment }, setting, endpoint) {
    const own = endpoint && setting in endpoint.scan ? endpoint.place : undefined;
    return own ?? environment?.places[setting] ?? policy.places[setting];
}

;// CONCATENATED MODULE: ./lib/policy/diff/canaries.js



/**
 * Canaries that come or go. Either loosens: without one a machine that sees nothing is harder to notice, and a new one
 * ends the doubt about a run in which no host answers.
 */
function compareCanaries(comparison, { named, runs }) {
    const { strict, lax } = comparison;
    const anyOf = (side, scope) => [probeAny(side, scope)];
    return [
        ...named.map((pair) => ({
            where: pair.where,
            before: anyOf(strict, pair.strict),
            after: anyOf(lax, pair.lax),
        })),
        ...runs.map((run) => ({
            where: run.where,
            before: listProbedIn(comparison, strict, run.strict),
            after: listProbedIn(comparison, lax, run.lax),
        })),
    ].flatMap(({ where, before, after }) => {
        const [one, other] = [listCanaries(comparison, before), listCanaries(comparison, after)];
        const placesOf = (was, is) => was && is ? findPlaces(comparison, 'canary', was, is) : {};
        return [
            ...without(one, other).map((found) => ({
                ...sayGone(found),
                ...where,
                places: placesOf(found, after[0]),
            })),
            ...without(other, one).map((found) => ({
                ...sayNew(found),
                ...where,
                places: placesOf(before[0], found),
            })),
        ];
    });
}
const canariesOf = new WeakMap();
function listCanaries(comparison, all) {
    const known = canariesOf.get(all);
    if (known)
        return known;
    comparison.spend(all.length);
    const found = new Map();
    for (const one of all) {
        const { canary } = one.settled.scan;
        const key = canary && JSON.stringify([canary.host, canary.port, canary.isAnchored]);
        if (key && !found.has(key))
            found.set(key, { ...one, canary });
    }
    canariesOf.set(all, found);
    return found;
}
function without(all, others) {
    return [...all].flatMap(([key, one]) => (others.has(key) ? [] : [one]));
}
function sayGone({ canary }) {
    const loosened = `removes ${canaries_name(canary)}: a machine that sees nothing is harder to notice`;
    return { part: 'canary', severity: 'low', loosened };
}
function sayNew({ canary }) {
    const loosened = `adds ${canaries_name(canary)}: a run in which no host answers passes while it is open`;
    return { part: 'canary', severity: 'info', loosened };
}
function canaries_name({ host, port, isAnchored }) {
    return `the \`canary\` ${(0,diff_words/* listHosts */._)([isAnchored ? `${host}.` : host])} (port ${port})`;
}

// EXTERNAL MODULE: ./lib/numbers.js
var numbers = __webpack_require__(4417);
// EXTERNAL MODULE: ./lib/policy/hosts.js + 2 modules
var policy_hosts = __webpack_require__(7739);
// EXTERNAL MODULE: ./lib/policy/times.js
var times = __webpack_require__(908);
;// CONCATENATED MODULE: ./lib/policy/diff/doubts.js
/** Whether what was not seen of an endpoint passes. */
function letsDoubtsPass({ onDoubt }, { mayPass, areIgnored }) {
    return mayPass || areIgnored === true || onDoubt === 'warn';
}
/** Where doubts pass: a clause with a space before it. Empty where the policy itself lets all of them pass. */
function sayWherePassing({ onDoubt }, { areIgnored }) {
    if (onDoubt === 'warn')
        return '';
    return areIgnored ? ' where doubts are ignored' : ' where the workflow lets doubts pass';
}

// EXTERNAL MODULE: ./lib/policy/diff/ignored.js
var ignored = __webpack_require__(346);
;// CONCATENATED MODULE: ./lib/policy/diff/capacity.js











/**
 * Ports that a scan gets through in a second where no `max-rate` holds it back: on one address that answers nothing, which
 * takes longest, and on all of them together.
 */
const ADDRESS_PACE = 250;
const RUN_PACE = 5_000;
/** Addresses of a block such as workflows name. */
const WORKFLOW_BLOCK = 256;
/** More to scan than there is time for, where unscanned endpoints pass. */
function compareCapacity(comparison, { named, runs }) {
    const list = (side, scopes) => listProbedIn(comparison, side, scopes);
    return [
        ...named.flatMap((pair) => compareNamed(comparison, pair)),
        ...runs.flatMap(({ where, strict, lax }) => {
            const loss = compareRuns(comparison, list(comparison.strict, strict), list(comparison.lax, lax));
            return loss ? { ...loss, ...where } : [];
        }),
    ];
}
const loads = new WeakMap();
function weighOnce(comparison, all) {
    const known = loads.get(all);
    if (known)
        return known;
    comparison.spend(all.length);
    const load = weigh(all);
    loads.set(all, load);
    return load;
}
function weigh(all) {
    const anywhere = lowestOf(all);
    const named = lowestOf(all.filter(({ block }) => !block));
    const hasNames = all.some(({ block }) => !block);
    const together = (0,ranges/* countShared */.TP)([...new Set(all.map(({ probed }) => probed))].flat());
    const find = capacity_createFinder(all);
    const ownPortsOf = (one) => one.block ? find(one).reduce((sum, { probed }) => sum + (0,ranges/* countShared */.TP)(probed), 0) : (0,ranges/* countShared */.TP)(one.probed);
    const findSlow = capacity_createFinder(all.filter(({ settled }) => settled.scan.maxRate !== undefined));
    const ownRateOf = (one) => lowestOf(findSlow(one));
    const pairsAt = new Map();
    for (const one of all) {
        const rate = ownRateOf(one);
        pairsAt.set(rate, (pairsAt.get(rate) ?? 0) + (0,ranges/* countShared */.TP)(one.probed) * countAddresses(one));
    }
    return {
        all,
        pairs: [...pairsAt.values()].reduce((sum, pairs) => sum + pairs, 0),
        pairsAt,
        // Names may lead anywhere.
        rateOf: (one) => (one.block ? Math.min(named, ownRateOf(one)) : anywhere),
        ownRateOf,
        portsOf: (one) => (hasNames ? together : Math.min(together, ownPortsOf(one))),
        ownPortsOf: (one) => Math.min(together, ownPortsOf(one)),
        find,
    };
}
/** Finds those of some endpoints that have the name, or an address, of another; of those with the same one the slowest. */
function capacity_createFinder(all) {
    const slowest = new Map();
    const keyOf = ({ endpoint, block }) => block?.cidr ?? endpoint?.host;
    for (const one of all) {
        const known = slowest.get(keyOf(one));
        if (!known || ownRate(one) < ownRate(known))
            slowest.set(keyOf(one), one);
    }
    const index = (0,diff_blocks/* indexBlocks */.b9)([...slowest.values()].filter(isScanning));
    return (one) => {
        if (one.block)
            return index.overlapping(one.block);
        const same = slowest.get(keyOf(one));
        return same ? [same] : [];
    };
}
function lowestOf(all) {
    return all.reduce((lowest, one) => Math.min(lowest, ownRate(one)), RUN_PACE);
}
function countAddresses({ block, excluded }) {
    return block ? Number(block.last - block.first) + 1 - excluded : 1;
}
/** Seconds until an endpoint is finished, including what is scanned first and slows it down. */
function longestFor({ pairs, rateOf, portsOf }, one) {
    return Math.max(pairs / rateOf(one), portsOf(one) / ADDRESS_PACE);
}
/** The same, if no name leads to the address of another endpoint. */
function timeFor({ pairs, pairsAt, ownRateOf, ownPortsOf }, one) {
    const rate = ownRateOf(one);
    return Math.max(pairs / RUN_PACE, (pairsAt.get(rate) ?? 0) / rate, ownPortsOf(one) / ADDRESS_PACE);
}
function compareRuns(comparison, before, after) {
    if (!after.some(({ settled }) => letsDoubtsPass(settled, comparison.doubts)))
        return undefined;
    comparison.spend(after.length);
    const [old, now] = [weighOnce(comparison, before), weighOnce(comparison, after)];
    const { find } = old;
    const unfinished = after.flatMap((is) => {
        const [was] = find(is);
        const { scan } = is.settled;
        // What was not scanned loses nothing; a lower rate or a shorter time is reported on its own.
        if (!was || !letsDoubtsPass(is.settled, comparison.doubts))
            return [];
        if (ownRate(is) < ownRate(was))
            return [];
        const limit = scan.timeLimitMs / 1000;
        const time = longestFor(now, is);
        if (time <= limit || (time <= longestFor(old, was) && !hasTurned(comparison, was, is)))
            return [];
        const isUnlikely = timeFor(now, is) <= limit && now.rateOf(is) >= old.rateOf(was);
        return [{ was, is, isUnlikely }];
    });
    const worst = unfinished.find(({ isUnlikely }) => !isUnlikely) ?? unfinished[0];
    if (!worst)
        return undefined;
    const { was, is, isUnlikely } = worst;
    const rate = now.rateOf(is);
    const at = rate < Math.min(RUN_PACE, ownRate(is)) ? ` at the \`max-rate\` of ${rate}` : '';
    const ports = (0,numbers/* count */.U)(now.pairs, 'port');
    return {
        part: 'time-limit',
        severity: isUnlikely ? 'info' : 'high',
        loosened: `asks for ${ports}, more than can be scanned${at} within the \`time-limit\` of ${formatLimit(is)}: the rest passes${sayWherePassing(is.settled, comparison.doubts)}`,
        places: findPlaces(comparison, at ? 'maxRate' : 'timeLimitMs', was, at ? findSlow(now, rate) : is),
    };
}
/** Whether unscanned endpoints failed and now pass: those that were late before are lost only now. */
function hasTurned({ strict, doubts }, was, is) {
    const failed = was.settled.onDoubt === 'fail' && !(0,ignored/* ignoresDoubts */.b)(strict.policy);
    return failed && (is.settled.onDoubt === 'warn' || doubts.areIgnored === true);
}
function findSlow({ all }, rate) {
    return all.find(({ settled }) => settled.scan.maxRate === rate);
}
function formatLimit({ settled }) {
    return (0,times/* formatDuration */.a3)(settled.scan.timeLimitMs);
}
function ownRate({ settled: { scan } }) {
    return Math.min(scan.maxRate ?? RUN_PACE, RUN_PACE);
}
/** Of what a workflow names: a host is `high`, a block that would have been scanned in time `info`. */
function compareNamed(comparison, { where, strict, lax }) {
    const was = probeAny(comparison.strict, strict);
    const is = probeAny(comparison.lax, lax);
    if (!letsDoubtsPass(is.settled, comparison.doubts) || ownRate(is) < ownRate(was))
        return [];
    const before = (0,ranges/* countShared */.TP)(was.probed);
    const bound = listBound(was, is);
    const after = (0,ranges/* countShared */.TP)(bound.length > 0 ? [...is.probed, ...bound] : is.probed);
    const limit = is.settled.scan.timeLimitMs / 1000;
    if (after <= before && !hasTurned(comparison, was, is))
        return [];
    const isTooMuch = after / Math.min(ADDRESS_PACE, ownRate(is)) > limit;
    const most = Math.floor((limit * ownRate(is)) / after);
    if (!isTooMuch && (after <= before || most >= WORKFLOW_BLOCK))
        return [];
    const rest = `the rest passes${sayWherePassing(is.settled, comparison.doubts)}`;
    const within = `within the \`time-limit\` of ${formatLimit(is)}: ${rest}`;
    const what = `asks for ${(0,numbers/* count */.U)(after, 'port')} on what a workflow names`;
    return [
        {
            part: 'time-limit',
            severity: isTooMuch ? 'high' : 'info',
            loosened: isTooMuch
                ? `${what}, more than can be scanned ${within}`
                : `${what}, so that no more than ${(0,numbers/* count */.U)(most, 'address', 'addresses')} can be scanned ${within}`,
            isOfWorkflow: true,
            ...where,
            places: findPlaces(comparison, 'timeLimitMs', was, is),
        },
    ];
}
/**
 * Nobody knows which rules hold for the endpoints that a workflow names. Assumed are none of them before and all of them
 * after, unless nothing has changed.
 */
function listBound(was, is) {
    const isSame = (0,ranges/* formatShared */.dt)(was.asked) === (0,ranges/* formatShared */.dt)(is.asked) && describeBound(was.scope) === describeBound(is.scope);
    return isSame ? [] : is.scope.rules.flatMap(plan/* listBindingPorts */.Yi);
}
/** The ports that rules require or deny, and on whom. */
function describeBound({ rules }) {
    const bound = rules.map((rule) => ({ matcher: rule.matcher, ports: (0,plan/* listBindingPorts */.Yi)(rule) }));
    const texts = bound.flatMap(({ matcher, ports }) => ports.length > 0 ? `${(0,policy_hosts/* matcherText */.sE)(matcher)} ${(0,port_ranges/* formatRanges */.Gk)(ports)}` : []);
    return texts.sort().join('\n');
}

// EXTERNAL MODULE: ./lib/catalogue/allowed.js
var allowed = __webpack_require__(8377);
// EXTERNAL MODULE: ./lib/policy/problem.js
var problem = __webpack_require__(2737);
;// CONCATENATED MODULE: ./lib/policy/diff/documents.js





/**
 * Allowances that carry less than `risky-allowances` asks for and stand where that passes: moved, for instance, from the
 * top level into an environment that never fails.
 */
function compareDocuments(comparison, { runs }) {
    const { strict, lax } = comparison;
    // If they are no longer required, that is reported on its own.
    if (!strict.policy.riskyAllowances || !lax.policy.riskyAllowances)
        return [];
    return runs.flatMap((run) => {
        const before = listLacking(comparison, strict, run.strict);
        if (!before.some(({ fails }) => fails))
            return [];
        const after = listLacking(comparison, lax, run.lax);
        return [...new Set(findMoved(before, after))].map(({ allowance, rule, environment, severity }) => ({
            part: 'risky-allowances',
            severity,
            loosened: `allows ${(0,problem/* quote */.hD)(allowance.text)} for ${(0,problem/* quote */.hD)(rule.key)} ${environment === undefined ? 'at the top level' : `in ${(0,problem/* quote */.hD)(environment)}`}, where what \`risky-allowances\` requires may be missing`,
            ...run.where,
            places: { lax: allowance.place },
        }));
    });
}
/** Those that do not fail, although one of the same port did that fails no longer. */
function findMoved(before, after) {
    const had = new Set(before.flatMap(({ keys }) => keys));
    const failing = new Set(after.flatMap(({ fails, keys }) => (fails ? keys : [])));
    const lost = before.flatMap(({ fails, keys }) => (fails ? keys.filter((key) => !failing.has(key)) : []));
    const lostPorts = new Set(lost.map(portOf));
    const lostKeys = new Set(lost);
    return after.filter(({ fails, keys }) => !fails && keys.some((key) => lostKeys.has(key) || (lostPorts.has(portOf(key)) && !had.has(key))));
}
function portOf(key) {
    return key.slice(0, key.indexOf(' '));
}
/** Steps to find what an allowance lets through. */
const STEPS_AN_ALLOWANCE = 20;
/** What a run judges of the allowances themselves: those of the top level as strictly as any of its environments. */
function listLacking(comparison, { policy, catalogue }, scopes) {
    const { riskyAllowances } = policy;
    if (!riskyAllowances)
        return [];
    const failOns = scopes.map(({ environment }) => (0,plan/* settle */.G9)(policy, environment).failOn);
    const strictest = failOns.reduce((a, b) => (rank(a) >= rank(b) ? a : b), 'never');
    const list = (rules, failOn, environment) => rules.flatMap((rule) => rule.allow.flatMap((allowance) => {
        if (!mayLack(allowance, riskyAllowances))
            return [];
        comparison.spend(STEPS_AN_ALLOWANCE);
        const risks = (0,allowed/* listAllowed */.X)(catalogue, allowance).filter(({ entry }) => rank(entry.severity) <= rank(riskyAllowances.from));
        const severity = model/* SEVERITIES */.oC.find((one) => risks.some(({ entry }) => entry.severity === one));
        if (severity === undefined)
            return [];
        const ports = risks.map(({ port }) => port ?? allowance.service);
        const subjects = (0,diff_subjects/* listSubjects */.UV)(rule.matcher).map(diff_subjects/* textOf */.b6);
        comparison.spend(ports.length * subjects.length);
        const keys = ports.flatMap((port) => subjects.map((subject) => `${port} ${subject}`));
        const fails = rank(severity) <= rank(failOn);
        return [
            { ...(environment === undefined ? {} : { environment }), rule, allowance, severity, fails, keys },
        ];
    }));
    return [
        ...list(policy.hosts, strictest),
        ...scopes.flatMap(({ environment }, index) => environment ? list(environment.hosts, failOns[index] ?? 'never', environment.name) : []),
    ];
}
/** Whether an allowance lacks something, or may do so by the day that it is judged on. */
function mayLack(allowance, { need, maxDays }) {
    return maxDays !== undefined || need.some((key) => !allowance[key]);
}
/** The lower, the worse; what never fails comes before all. */
function rank(severity) {
    return severity === 'never' ? -1 : model/* SEVERITIES */.oC.indexOf(severity);
}

// EXTERNAL MODULE: ./lib/policy/diff/loss.js
var loss = __webpack_require__(6289);
;// CONCATENATED MODULE: ./lib/policy/diff/new-hosts.js

/** Finds out whether a subject is one host that only the second policy scans. */
function findNewHosts({ runs: [whole] }) {
    let indexes;
    return (subject) => {
        if (subject.kind !== 'name' && subject.kind !== 'address')
            return false;
        indexes ??= [indexHosts(whole?.strict ?? []), indexHosts(whole?.lax ?? [])];
        const [before, after] = indexes;
        // A name may have led to any address.
        const mayBeOld = before.scans(subject) || (subject.kind === 'address' && before.hasNames);
        return after.scans(subject) && !mayBeOld;
    };
}
function indexHosts(scopes) {
    const hosts = new Set();
    const blocks = new Set();
    let hasNames = false;
    // Environments may share one list.
    for (const endpoints of new Set(scopes.map((scope) => scope.endpoints))) {
        for (const { kind, host } of endpoints) {
            if (kind === 'cidr')
                blocks.add(host);
            else
                hosts.add(host);
            hasNames ||= kind === 'name';
        }
    }
    const index = (0,diff_blocks/* indexBlocks */.b9)([...blocks].map((cidr) => ({ block: (0,diff_blocks/* readBlock */.Gr)(cidr) })));
    const scans = (subject) => {
        if (subject.kind === 'name')
            return hosts.has(subject.name);
        if (subject.kind !== 'address')
            return false;
        return hosts.has(subject.address) || index.overlapping((0,diff_blocks/* readAddress */.zq)(subject.address)).length > 0;
    };
    return { scans, hasNames };
}

// EXTERNAL MODULE: ./lib/policy/diff/risk.js
var risk = __webpack_require__(5390);
;// CONCATENATED MODULE: ./lib/policy/diff/changed.js


const changes = new WeakMap();
/** The rules that have no equal on the other side. Environments without rules of their own share those of the top level. */
function listChangedOnce(comparison, strict, lax) {
    const ofStrict = changes.get(strict) ?? new WeakMap();
    changes.set(strict, ofStrict);
    const known = ofStrict.get(lax);
    if (known)
        return known;
    comparison.spend(strict.length + lax.length);
    const changed = listChanged(strict, lax);
    ofStrict.set(lax, changed);
    return changed;
}
function listChanged(strict, lax) {
    const [one, other] = [meaningsOf(strict), meaningsOf(lax)];
    return [
        ...strict.filter((rule) => !other.has(meaningOf(rule))),
        ...lax.filter((rule) => !one.has(meaningOf(rule))),
    ];
}
const meaningsOf = (0,memo/* memoizeFor */.K)((rules) => new Set(rules.map(meaningOf)));
/** All of a rule that decides anything. It may have a hundred thousand entries, so each is written in few characters. */
const meaningOf = (0,memo/* memoizeFor */.K)(({ matcher, allow, deny }) => {
    const allowances = allow.map(({ ports, required, requiresOnly, service, expires }) => {
        const kind = requiresOnly ? 'require' : required ? 'both' : 'allow';
        return [kind, write(ports), service, expires].join(' ');
    });
    const denials = deny.map(({ ports, except }) => `deny ${write(ports)} ${except?.map(diff_subjects/* textOf */.b6) ?? ''}`);
    return [(0,diff_subjects/* textOf */.b6)(matcher), ...allowances, ...denials].join('\n');
});
function write(ports) {
    return ports.map(({ from, to }) => `${from}-${to}`).join();
}

// EXTERNAL MODULE: ./lib/policy/diff/choose.js
var choose = __webpack_require__(7155);
// EXTERNAL MODULE: ./lib/policy/diff/port-view.js
var port_view = __webpack_require__(2615);
;// CONCATENATED MODULE: ./lib/policy/diff/rules.js











/** What the rules of the first scope ask for and those of the second do not: who may have which ports open. */
function compareRules(comparison, pair, whom = {}) {
    const changed = listChangedOnce(comparison, pair.strict.rules, pair.lax.rules);
    if (changed.length === 0)
        return [];
    const strict = indexOf(pair.strict.rules);
    const lax = indexOf(pair.lax.rules);
    const near = indexOf(changed);
    const found = [];
    const held = [...strict.wide, ...strict.excepted, ...lax.wide, ...lax.excepted];
    for (const subject of (0,choose/* chooseSubjects */.x)(comparison, pair, changed, held)) {
        if (near.match(subject).length === 0 || whom.isMeant?.(subject) === false)
            continue;
        found.push(...compareAt(comparison, subject, strict.match(subject), lax.match(subject)));
    }
    const areAsked = identifies(comparison, pair);
    const joined = joinSubjects(dropImplied(comparison, found));
    comparison.spend(joined.length * STEPS_A_LOSS);
    return joined.flatMap((one) => {
        const isNew = one.subjects.every((subject) => whom.isNew?.(subject));
        return describe(comparison, pair, one, areAsked, isNew);
    });
}
/** The rules of a scope as they are for a subject: of denials, those that do not except it. */
function ruleFor(rule, subject) {
    if (rule.deny.every(({ except }) => !except))
        return rule;
    const holds = ({ except }) => !except?.flatMap(diff_subjects/* listSubjects */.UV).some((excepted) => (0,diff_subjects/* includes */.mK)(excepted, subject));
    return { ...rule, deny: rule.deny.filter(holds) };
}
const indexOf = (0,memo/* memoizeFor */.K)((rules) => {
    const exact = new Map();
    const wide = [];
    for (const rule of rules) {
        for (const outer of (0,diff_subjects/* listSubjects */.UV)(rule.matcher)) {
            if (outer.kind === 'pattern' || outer.kind === 'cidr')
                wide.push({ outer, rule });
            else
                addTo(exact, (0,policy_hosts/* matcherText */.sE)(outer), rule);
        }
    }
    const match = (subject) => {
        const others = wide.filter(({ outer }) => (0,diff_subjects/* includes */.mK)(outer, subject)).map(({ rule }) => rule);
        const matching = new Set([...others, ...(exact.get((0,policy_hosts/* matcherText */.sE)(subject)) ?? [])]);
        return [...matching].map((rule) => ruleFor(rule, subject));
    };
    const excepted = rules.flatMap(({ deny }) => deny.flatMap(({ except = [] }) => except.flatMap(diff_subjects/* listSubjects */.UV)));
    return { wide: wide.map(({ outer }) => outer), excepted, match };
});
/** What is lost at one subject. What the same lines do to several ports is one loss. */
function compareAt(comparison, subject, strict, lax) {
    const [one, other] = [listEntries(strict), listEntries(lax)];
    const edges = [...one, ...other].flatMap(({ ports }) => ports.flatMap(({ from, to }) => [from, to + 1]));
    comparison.spend(edges.length * STEPS_AN_EDGE);
    const starts = [...new Set(edges)].sort((a, b) => a - b);
    const [before, after] = [one, other].map((entries) => spread(comparison, entries, starts));
    const found = new Map();
    for (const [index, from] of starts.slice(0, -1).entries()) {
        const range = { from, to: starts[index + 1] - 1 };
        for (const loss of (0,port_view/* comparePort */.ll)((0,port_view/* viewPort */.VN)(before?.[index] ?? []), (0,port_view/* viewPort */.VN)(after?.[index] ?? []))) {
            const key = `${meaningOfLoss(loss)} ${loss.places.lax?.line} ${loss.places.strict?.line}`;
            const known = found.get(key);
            if (known)
                known.ports.push(range);
            else
                found.set(key, { loss, subjects: [subject], ports: [range], unbound: [] });
        }
    }
    comparison.spend(found.size * STEPS_A_FIND);
    return [...found.values()].map((one) => {
        const ports = (0,port_ranges/* mergeRanges */.$Z)(one.ports);
        const unbound = one.loss.part === 'require' ? (0,port_ranges/* subtractRanges */.N1)(ports, lax.flatMap(plan/* listBindingPorts */.Yi)) : [];
        return { ...one, ports, unbound };
    });
}
/** Steps to find a loss, which may be reported for a pattern or a block already. */
const STEPS_A_FIND = 20;
/** The cost of wording and printing one, in time and in memory: nobody reads more than some ten thousand. */
const STEPS_A_LOSS = 150;
/** Steps to sort the edges of ranges, and to view the ports between them. */
const STEPS_AN_EDGE = 4;
function listEntries(rules) {
    return rules.flatMap(({ allow, deny }) => [...allow, ...deny]);
}
/** The entries that hold from each start to the next. */
function spread(comparison, entries, starts) {
    const indexOf = new Map(starts.map((start, index) => [start, index]));
    const spread = starts.map(() => []);
    for (const entry of entries) {
        for (const { from, to } of entry.ports) {
            const [first = 0, end = 0] = [indexOf.get(from), indexOf.get(to + 1)];
            comparison.spend(end - first);
            for (const list of spread.slice(first, end))
                list.push(entry);
        }
    }
    return spread;
}
function meaningOfLoss({ places: _places, ...meaning }) {
    return JSON.stringify(meaning);
}
function addTo(lists, key, item) {
    const list = lists.get(key);
    if (list)
        list.push(item);
    else
        lists.set(key, [item]);
}
/** Leaves out what is already reported for a pattern or a block that covers the subject. */
function dropImplied(comparison, found) {
    const wide = new Map();
    for (const [index, { loss, subjects, ports }] of found.entries()) {
        const [outer] = subjects;
        const key = meaningOfLoss(loss);
        if (outer.kind === 'pattern' || outer.kind === 'cidr')
            addTo(wide, key, { outer, ports, index });
    }
    return found.flatMap((one, index) => {
        const [inner] = one.subjects;
        const others = wide.get(meaningOfLoss(one.loss)) ?? [];
        (0,choose/* spendMatching */._)(comparison, others.map(({ outer }) => outer), [inner]);
        const implying = others.filter((other) => {
            if (other.index === index || !(0,diff_subjects/* includes */.mK)(other.outer, inner))
                return false;
            return other.index < index || !(0,diff_subjects/* includes */.mK)(inner, other.outer);
        });
        const ports = (0,port_ranges/* subtractRanges */.N1)(one.ports, implying.flatMap((other) => other.ports));
        return ports.length > 0 ? { ...one, ports } : [];
    });
}
/** `web2` before `web10`. */
const ORDER = new Intl.Collator('en', { numeric: true });
/**
 * The choices of one key's braces, and whoever else the same line concerns in the same way, are one loss. They are sorted, since
 * environments may come to them in different orders, and a loss in several is reported once.
 */
function joinSubjects(found) {
    const joined = new Map();
    for (const one of found) {
        const key = JSON.stringify([one.loss, (0,port_ranges/* formatRanges */.Gk)(one.ports), (0,port_ranges/* formatRanges */.Gk)(one.unbound)]);
        const known = joined.get(key);
        if (known)
            known.subjects.push(...one.subjects);
        else
            joined.set(key, one);
    }
    for (const { subjects } of joined.values())
        subjects.sort((a, b) => ORDER.compare((0,policy_hosts/* matcherText */.sE)(a), (0,policy_hosts/* matcherText */.sE)(b)));
    return [...joined.values()];
}
/** Whether services are identified wherever it scans: where they are not, an allowance for one service lets any answer. */
function identifies(comparison, { lax }) {
    const all = [probeAny(comparison.lax, lax), ...listProbed(comparison, comparison.lax, lax)];
    return all.every(({ settled }) => settled.scan.identify);
}
/** A denied port that is open is a violation of at least this severity, whatever the port. */
const DENIED = 'high';
/** Losing a requirement opens nothing, but those who depend on the port learn late that it is gone. */
const REQUIREMENT = 'medium';
function describe(comparison, { where, lax }, { loss, subjects, ports, unbound }, areAsked, isNew) {
    const { part, places } = loss;
    const services = areAsked ? loss.services : [];
    // A port that was scanned only because it was required is no longer seen.
    const hidden = unbound.length > 0 ? (0,port_ranges/* subtractRanges */.N1)(unbound, listAlwaysAsked(comparison, lax)) : [];
    const make = (ports, severity, isHidden) => {
        if (ports.length === 0)
            return [];
        const words = (0,diff_words/* sayPorts */.I)(comparison, { ...loss, isHidden }, subjects, ports);
        const hosts = subjects.map(policy_hosts/* matcherText */.sE);
        return [{ part, severity, ...words, hosts, ports: (0,port_ranges/* formatRanges */.Gk)(ports), ...where, places }];
    };
    if (part !== 'require') {
        const isDenied = part === 'deny' || loss.wasDenied;
        const rated = (0,risk/* severityOf */.xJ)(comparison, ports, services);
        const severity = isDenied ? (0,risk/* worstOf */.hm)([rated, DENIED]) : rated;
        return make(ports, isNew && part === 'allow' && severity === 'low' ? 'info' : severity, false);
    }
    return [
        ...make((0,port_ranges/* intersectRanges */.im)(ports, hidden), (0,risk/* worstOf */.hm)([REQUIREMENT, (0,risk/* severityOf */.xJ)(comparison, hidden)]), true),
        ...make((0,port_ranges/* subtractRanges */.N1)(ports, hidden), REQUIREMENT, false),
    ];
}

;// CONCATENATED MODULE: ./lib/policy/diff/settings.js





/**
 * What the settings of one endpoint ask for and those of another do not.
 *
 * @param doubts whether the workflow may let doubts pass, whatever the policies say
 */
function listWeakened(was, is, doubts) {
    return [
        ...weakenFailOn(was, is),
        ...weakenOnDoubt(was, is),
        ...weakenIp(was, is),
        ...weakenIdentify(was, is),
        ...weakenTime(was, is, doubts),
        ...weakenRate(was, is, doubts),
    ];
}
function weakenFailOn({ failOn: was }, { failOn: is }) {
    const [worst, ...others] = listPassing(was, is);
    if (!worst)
        return [];
    const so = `violations of severity ${(0,risk/* joinWords */.yZ)([worst, ...others])} pass`;
    return [{ setting: 'failOn', part: 'fail-on', was, is, severity: worst, so }];
}
/** The severities that fail by one `fail-on` and pass by another, worst first. */
function listPassing(was, is) {
    const countOf = (failOn) => (failOn === 'never' ? 0 : model/* SEVERITIES */.oC.indexOf(failOn) + 1);
    return model/* SEVERITIES */.oC.slice(countOf(is), countOf(was));
}
function weakenOnDoubt({ onDoubt: was }, { onDoubt: is }) {
    if (was === 'warn' || is === 'fail')
        return [];
    return [
        { setting: 'onDoubt', part: 'on-doubt', was, is, severity: 'medium', so: 'an inconclusive run passes' },
    ];
}
function weakenIp({ scan: { ip: was } }, { scan: { ip: is } }) {
    const change = { setting: 'ip', part: 'ip', was, is };
    // As for an endpoint that is no longer scanned.
    if (was !== '6' && is === '6')
        return [{ ...change, severity: 'high', so: 'IPv4 addresses are no longer scanned' }];
    if (was !== '4' && is === '4')
        return [{ ...change, severity: 'high', so: 'IPv6 addresses are no longer scanned' }];
    if (is !== 'auto' || was === 'auto' || was === '4')
        return [];
    return [{ ...change, severity: 'medium', so: 'IPv6 addresses are left out where the machine has no IPv6' }];
}
/**
 * Off, anything may answer where one service had to, and what is critical counts as its port does. On, more evidence may be
 * milder than the port's number.
 */
function weakenIdentify({ scan: was }, { scan: is }) {
    if (was.identify === is.identify)
        return [];
    const change = {
        setting: 'identify',
        part: 'identify',
        was: `${was.identify}`,
        is: `${is.identify}`,
    };
    return was.identify
        ? [{ ...change, severity: 'high', so: 'services on open ports are no longer identified' }]
        : [
            {
                ...change,
                severity: 'info',
                so: 'a recognised product may be rated below its port',
                oneWay: true,
            },
        ];
}
/** What is not scanned in time is a doubt: worth little where a doubt fails, and as good as not scanned where it passes. */
function weakenTime({ scan: was }, is, doubts) {
    const { timeLimitMs } = is.scan;
    if (timeLimitMs >= was.timeLimitMs)
        return [];
    const [from, to] = [(0,times/* formatDuration */.a3)(was.timeLimitMs), (0,times/* formatDuration */.a3)(timeLimitMs)];
    return [{ setting: 'timeLimitMs', part: 'time-limit', was: from, is: to, ...rateUnfinished(is, doubts) }];
}
/** Where doubts pass, slower is less, and faster may be: a firewall that bans for it hides the rest. */
function weakenRate({ scan: was }, is, doubts) {
    const [before, after] = [was, is.scan].map(({ maxRate = Number.POSITIVE_INFINITY }) => maxRate);
    const isFaster = after > before && letsDoubtsPass(is, doubts);
    if (after >= before && !isFaster)
        return [];
    const [from = '', to = ''] = [before, after].map((rate) => Number.isFinite(rate) ? (0,numbers/* formatNumber */.Z)(rate) : 'none');
    const change = { setting: 'maxRate', part: 'max-rate', was: from, is: to };
    if (!isFaster) {
        const oneWay = letsDoubtsPass(is, doubts) ? { oneWay: true } : {};
        return [{ ...change, ...rateUnfinished(is, doubts), ...oneWay }];
    }
    const so = 'ports that a firewall hides from a scan that is too fast for it pass';
    return [{ ...change, severity: 'info', so, oneWay: true }];
}
function rateUnfinished(is, doubts) {
    if (!letsDoubtsPass(is, doubts))
        return { severity: 'info', so: 'a scan that is not done in time is inconclusive' };
    return { severity: 'high', so: `ports that are not scanned in time pass${sayWherePassing(is, doubts)}` };
}

;// CONCATENATED MODULE: ./lib/policy/diff/missed.js






/** Holds each endpoint of a scope against what the other policy scans in its place. */
function findMissed(comparison, strict, lax) {
    const cover = coverOf(comparison, lax);
    const compare = compareOnce(comparison, cover.bound);
    return listProbed(comparison, comparison.strict, strict).flatMap((one) => compareProbed(comparison, one, cover, compare));
}
const covers = new WeakMap();
function coverOf(comparison, lax) {
    const cover = covers.get(lax) ?? createCover(comparison, lax);
    covers.set(lax, cover);
    return cover;
}
function createCover(comparison, lax) {
    const others = listProbedIn(comparison, comparison.lax, lax);
    const names = new Map();
    for (const one of others) {
        if (!one.endpoint)
            continue;
        const name = nameOf(one.endpoint);
        const known = names.get(name);
        if (known)
            known.push(one);
        else
            names.set(name, [one]);
    }
    return {
        names,
        blocks: (0,diff_blocks/* indexBlocks */.b9)(others.filter(isScanning)),
        bound: (0,port_ranges/* mergeRanges */.$Z)([...new Set(lax.map(({ rules }) => rules))].flatMap((rules) => rules.flatMap(plan/* listBindingPorts */.Yi))),
    };
}
/** The names, addresses and parts of blocks of a scope that none of some others scans. */
function listUnscanned(comparison, scope, others) {
    const { strict, lax, doubts, spend } = comparison;
    const backwards = { strict: lax, lax: strict, doubts, spend };
    const { names, blocks } = coverOf(backwards, others);
    return listProbed(comparison, lax, scope).flatMap((one) => {
        const { endpoint, block } = one;
        comparison.spend(1);
        if (endpoint && names.has(nameOf(endpoint)))
            return [];
        if (!block)
            return endpoint ? [{ host: nameOf(endpoint), one }] : [];
        const parts = (0,diff_blocks/* splitBlock */.aw)(comparison.spend, block, blocks.overlapping(block)).filter(({ by }) => by.length === 0);
        return parts.map(({ part }) => ({ host: part === block && endpoint ? endpoint.host : part.cidr, one }));
    });
}
/** Compares what two scopes require of an endpoint without settings of its own. */
function findMissedDefaults(comparison, strict, lax) {
    const [one, by] = [probeAny(comparison.strict, strict), probeAny(comparison.lax, lax)];
    const { lost, weakened } = compareWith(comparison, one, [by], []);
    return { lost, weakened, one, by };
}
function compareProbed(comparison, one, cover, compareWith) {
    const { endpoint, block } = one;
    const compare = (host, near) => {
        comparison.spend(1 + near.length);
        const { lost, weakened, index } = compareWith(one, near);
        return { host, lost, weakened, one, by: near[index] };
    };
    if (!block) {
        const name = endpoint && nameOf(endpoint);
        return [compare(name, cover.names.get(name ?? '') ?? [])];
    }
    const near = cover.blocks.overlapping(block);
    return (0,diff_blocks/* splitBlock */.aw)(comparison.spend, block, near).map(({ part, by }) => compare(part === block ? endpoint?.host : part.cidr, by));
}
/** As `compareWith`, once for all endpoints that are alike. */
function compareOnce(comparison, bound) {
    const numbers = new Map();
    const known = new Map();
    const numberOf = ({ settled }) => {
        const number = numbers.get(settled) ?? numbers.size;
        numbers.set(settled, number);
        return number;
    };
    return (one, near) => {
        const question = [one, ...near].map(numberOf).join();
        const compared = known.get(question) ?? compareWith(comparison, one, near, bound);
        known.set(question, compared);
        return compared;
    };
}
/** @param bound what rules of the other policy require or deny: a port that they no longer have is reported as their loss */
function compareWith({ doubts, spend }, { asked, aside, settled }, near, bound) {
    // An endpoint that nothing scans is reported as a whole.
    if (near.length === 0)
        return { lost: [], weakened: [], index: 0 };
    const rated = near.map((by, index) => ({ by, index, weakened: listWeakened(settled, by.settled, doubts) }));
    const equals = rated.filter(({ weakened }) => weakened.length === 0);
    const [probed, equal] = [near, equals.map(({ by }) => by)].map(listDifferent);
    const [only = [], ...others] = probed;
    const isShared = aside.length === 0 && others.length === 0;
    if (!isShared)
        spend((asked.length + probed.reduce((sum, { length }) => sum + length, 0)) / RANGES_A_STEP);
    const expected = isShared ? asked : join(asked, (0,port_ranges/* intersectRanges */.im)(aside, bound));
    const lost = isShared ? (0,ranges/* subtractShared */.KY)(asked, only) : (0,port_ranges/* subtractRanges */.N1)(expected, probed.flat());
    if (equal.length === probed.length && equals[0])
        return { lost, weakened: [], index: equals[0].index };
    const less = (0,port_ranges/* subtractRanges */.N1)(expected, [...lost, ...equal.flat()]);
    if (less.length === 0 && equals[0])
        return { lost, weakened: [], index: equals[0].index };
    const looking = rated.filter(({ by }) => (0,port_ranges/* overlap */.EF)(by.probed, less));
    const [best] = (looking.length > 0 ? looking : rated).sort((a, b) => a.weakened.length - b.weakened.length);
    return { lost, weakened: best?.weakened ?? [], index: best?.index ?? 0 };
}
/** What is probed on some endpoints; most share one list. */
function listDifferent(all) {
    return [...new Set(all.map(({ probed }) => probed))];
}

;// CONCATENATED MODULE: ./lib/policy/diff/scanned.js





/** Nobody knows what is open on a host that is not scanned. */
const scanned_UNSCANNED = 'high';
/** What the first policy scans and the second does not, or not as well: environments, endpoints, ports and settings. */
function compareScans(comparison, { named, scanned, removed }) {
    const found = scanned.map(({ where, strict, lax }) => ({
        where,
        missed: findMissed(comparison, strict, lax),
    }));
    const everywhere = found.filter(({ where }) => where.isEverywhere);
    const own = new Map(found.flatMap(({ where, missed }) => (where.isEverywhere ? [] : [[where.environment, missed]])));
    // Under one name, what a workflow names loses with the policy's own endpoints.
    const together = named.map(({ where, strict, lax }) => {
        const missed = own.get(where.environment) ?? [];
        return { where, missed: [...missed, findMissedDefaults(comparison, strict, lax)] };
    });
    return [
        ...removed.map(sayRemoved),
        ...[...everywhere, ...together].flatMap(({ where, missed }) => lose(comparison, missed).map((loss) => ({ ...loss, ...where }))),
    ];
}
function sayRemoved({ name, place }) {
    const what = `the environment ${(0,diff_words/* listHosts */._)([name])}`;
    return {
        part: 'environments',
        severity: scanned_UNSCANNED,
        loosened: `removes ${what}`,
        tightened: `adds ${what}`,
        places: { strict: place },
    };
}
/** What some endpoints lose, those of a workflow among them. */
function lose(comparison, missed) {
    const common = missed.filter(({ by }) => by);
    return [
        ...loseEndpoints(missed.filter(({ by }) => !by)),
        ...losePorts(comparison, common),
        ...loseSettings(comparison, common),
    ];
}
function loseEndpoints(unscanned) {
    const hosts = [...new Set(unscanned.flatMap(({ host }) => host ?? []))];
    if (hosts.length === 0)
        return [];
    const list = (0,diff_words/* listHosts */._)(hosts);
    return [
        {
            part: 'endpoints',
            severity: scanned_UNSCANNED,
            loosened: `no longer scans ${list}`,
            tightened: `scans ${list}`,
            hosts,
            places: { strict: unscanned[0]?.one.endpoint?.place },
        },
    ];
}
/** Endpoints that lose the same ports are one loss. */
function losePorts(comparison, missed) {
    const groups = new Map();
    for (const one of missed) {
        if (one.lost.length === 0)
            continue;
        const key = (0,ranges/* formatShared */.dt)(one.lost);
        const group = groups.get(key);
        if (group)
            group.push(one);
        else
            groups.set(key, [one]);
    }
    return [...groups].map(([ports, group]) => {
        const [{ lost }] = group;
        const { hosts, on } = whose(group, missed, 'on');
        const what = `${(0,risk/* describePorts */.QP)(comparison, lost)}${on}`;
        return {
            part: 'ports',
            severity: (0,risk/* severityOf */.xJ)(comparison, lost),
            loosened: `no longer scans ${what}`,
            tightened: `scans ${what}`,
            ...(hosts ? { hosts } : {}),
            ports,
            places: locate(comparison, 'ports', group),
        };
    });
}
/** Endpoints on which the same setting asks for less are one loss. */
function loseSettings(comparison, missed) {
    const groups = new Map();
    for (const one of missed) {
        for (const weakened of one.weakened) {
            const key = JSON.stringify(weakened);
            const known = groups.get(key);
            if (known)
                known.group.push(one);
            else
                groups.set(key, { weakened, group: [one] });
        }
    }
    return [...groups.values()].map(({ weakened, group }) => {
        const { setting, part, was, is, severity, so, oneWay } = weakened;
        const { hosts, on } = whose(group, missed, 'for');
        return {
            part,
            severity,
            loosened: `changes \`${part}\` from ${was} to ${is}${on}: ${so}`,
            ...(oneWay ? {} : { tightened: `changes \`${part}\` from ${is} to ${was}${on}` }),
            ...(hosts ? { hosts } : {}),
            places: locate(comparison, setting, group),
        };
    });
}
/** The subjects of a loss: named only if not all lose the same. */
function whose(group, all, preposition) {
    if (group.length === all.length)
        return { on: '' };
    const hosts = [...new Set(group.flatMap(({ host }) => host ?? []))];
    const isAny = group.some(({ host }) => host === undefined);
    const named = [
        ...(hosts.length > 0 ? [(0,diff_words/* listHosts */._)(hosts)] : []),
        ...(isAny ? ['endpoints that a workflow names'] : []),
    ];
    return { ...(hosts.length > 0 ? { hosts } : {}), on: ` ${preposition} ${named.join(' and ')}` };
}
function locate(comparison, setting, [first]) {
    if (!first?.by)
        return {};
    return findPlaces(comparison, setting, first.one, first.by);
}

;// CONCATENATED MODULE: ./lib/policy/diff/silence.js







/**
 * Hosts that are new where silence is all that was asked for. A run in which no host answers is in doubt, and one that
 * always answers ends that, as a canary does.
 */
function compareSilence(comparison, { runs }) {
    return runs.flatMap(({ where, strict: old, lax: now }) => {
        const added = now.flatMap((scope) => listUnscanned(comparison, scope, old));
        const hosts = [...new Set(added.map(({ host }) => host))];
        if (hosts.length === 0)
            return [];
        const fails = listProbedIn(comparison, comparison.strict, old).filter(({ settled }) => settled.onDoubt === 'fail');
        if (fails.length === 0)
            return [];
        const after = listProbedIn(comparison, comparison.lax, now);
        const still = listExpecting(comparison, after);
        const scanned = new Set(after.map(({ endpoint }) => endpoint?.host));
        const isDoubt = createDoubting(comparison);
        // If that host is silent, that is a separate doubt, before and after; that it is no longer scanned is reported elsewhere.
        const isTold = ([host, { block }]) => {
            const same = still.get(host);
            return (same !== undefined && isDoubt(same)) || (!block && !scanned.has(host));
        };
        if ([...listExpecting(comparison, fails)].some(isTold))
            return [];
        return [
            {
                part: 'endpoints',
                severity: 'info',
                loosened: `scans ${(0,diff_words/* listHosts */._)(hosts)}: a run in which no other host answers passes if one of them does`,
                hosts,
                ...where,
                places: { lax: added[0]?.one.endpoint?.place },
            },
        ];
    });
}
/** Finds out whether it fails by the second policy if an endpoint does not answer, unless all its doubts pass. */
function createDoubting({ lax, spend }) {
    const { ignore, exclude } = lax.policy;
    const ignored = ignore
        .filter(({ finding }) => model/* KIND_OF */.V[finding] === 'doubt')
        .flatMap(({ hosts = [] }) => hosts);
    return ({ endpoint, block, excluded }) => {
        spend(ignored.length);
        // A name may lead to whatever is excluded.
        const mayBeExcluded = block ? excluded > 0 : exclude.length > 0;
        return (!mayBeExcluded && endpoint !== undefined && !ignored.some((matcher) => (0,plan/* mayHold */.BV)({ matcher }, endpoint)));
    };
}
/** The endpoints that have to answer: something is allowed on them for good. */
function listExpecting(comparison, endpoints) {
    const known = new Map();
    const hosts = new Map();
    for (const one of endpoints) {
        const { scope, endpoint } = one;
        const { exact, wide } = known.get(scope.rules) ?? indexExpecting(scope);
        known.set(scope.rules, { exact, wide });
        comparison.spend(1);
        if (!endpoint || hosts.has(endpoint.host))
            continue;
        comparison.spend(wide.length);
        if (exact.has(endpoint.host) || wide.some((rule) => (0,plan/* mayHold */.BV)(rule, endpoint) && isSure(rule, endpoint)))
            hosts.set(endpoint.host, one);
    }
    return hosts;
}
/** The rules that allow something for good, by whom they are about. */
function indexExpecting({ rules }) {
    const expecting = rules.filter(({ allow }) => allow.some(({ expires }) => expires === undefined));
    const isExact = ({ matcher }) => matcher.kind === 'name' || matcher.kind === 'address';
    return {
        exact: new Set(expecting.filter(isExact).map(({ matcher }) => (0,policy_hosts/* matcherText */.sE)(matcher))),
        wide: expecting.filter((rule) => !isExact(rule)),
    };
}

;// CONCATENATED MODULE: ./lib/policy/diff/takeovers.js








/** What deployments no longer scan although other runs do. */
const ELSEWHERE = 'medium';
/**
 * Environments that are new. A deployment to one was judged by everything that the policy scans, and is now judged by
 * that environment alone.
 */
function compareTakeovers(comparison, { takeovers, runs: [whole] }) {
    const isKept = new Map(takeovers.length > 0 && whole
        ? whole.strict.map((scope) => [scope, findMissed(comparison, scope, whole.lax).every(isCovered)])
        : []);
    return takeovers.flatMap(({ scope, environment: { name, place }, from }) => {
        const losses = loseTo(comparison, from, scope, (strict) => isKept.get(strict) ?? false);
        const rank = ({ severity }) => model/* SEVERITIES */.oC.indexOf(severity);
        const [worst, ...others] = losses.sort((a, b) => rank(a) - rank(b));
        if (!worst)
            return [];
        const more = others.length > 0 ? `, and ${(0,numbers/* count */.U)(others.length, 'more loosening')}` : '';
        return [
            {
                part: 'environments',
                severity: worst.severity,
                loosened: `gives deployments to ${(0,diff_words/* listHosts */._)([name])} an environment of their own, which ${worst.loosened}${more}`,
                environment: name,
                places: { lax: place },
            },
        ];
    });
}
function isCovered({ by, lost, weakened }) {
    return by !== undefined && lost.length === 0 && weakened.length === 0;
}
/**
 * What some scopes scan and judge, and the new environment does not.
 *
 * @param isKept whether some environment still scans all that a scope does
 */
function loseTo(comparison, from, lax, isKept) {
    const others = [lax];
    const missed = from.flatMap((strict) => findMissed(comparison, strict, others));
    const isElsewhere = ({ by, one }) => !by && isKept(one.scope);
    // The top-level rules are compared with the new environment wherever its name is used.
    const ruled = from.filter(({ environment }) => environment?.hosts.length);
    return [
        ...lose(comparison, missed.filter((one) => !isElsewhere(one))),
        ...lose(comparison, missed.filter(isElsewhere)).map((loss) => {
            return { ...loss, severity: ELSEWHERE, loosened: `${loss.loosened}, as other environments still do` };
        }),
        ...ruled.flatMap((strict) => compareRules(comparison, { where: {}, strict, lax }, { isMeant: mayHoldFor(strict.endpoints) })),
    ];
}
/** Finds out whether what holds for a subject may hold for one of some endpoints. */
function mayHoldFor(endpoints) {
    const own = new Set(endpoints.flatMap(({ kind, host }) => (kind === 'name' ? host : [])));
    const blocks = endpoints.flatMap(({ kind, host }) => kind === 'name' ? [] : { block: kind === 'cidr' ? (0,diff_blocks/* readBlock */.Gr)(host) : (0,diff_blocks/* readAddress */.zq)(host) });
    const index = (0,diff_blocks/* indexBlocks */.b9)(blocks);
    return (subject) => {
        switch (subject.kind) {
            case 'name':
                return own.has(subject.name);
            case 'pattern':
                return [...own].some((name) => (0,policy_hosts/* matchesHost */.qC)(subject, { name }));
            // A name may lead to any address.
            case 'address':
                return own.size > 0 || index.overlapping((0,diff_blocks/* readAddress */.zq)(subject.address)).length > 0;
            case 'cidr':
                return own.size > 0 || index.overlapping((0,diff_blocks/* readBlock */.Gr)(subject.cidr)).length > 0;
        }
    };
}

// EXTERNAL MODULE: ./lib/catalogue/catalogue.js + 22 modules
var catalogue_catalogue = __webpack_require__(1990);
;// CONCATENATED MODULE: ./lib/policy/diff/whole.js





/** What the first policy asks of allowances of risky ports, and the second does not. */
function compareRiskyAllowances({ strict, lax }) {
    const [was, is] = [strict.policy.riskyAllowances, lax.policy.riskyAllowances];
    if (!was)
        return [];
    const [before, after] = [strict, lax].map(({ policy }) => policy.places.riskyAllowances);
    return listRelaxed(was, is).map((phrases) => ({
        part: 'risky-allowances',
        severity: 'medium',
        ...phrases,
        isEverywhere: true,
        places: { strict: before, lax: after },
    }));
}
function listRelaxed(was, is) {
    const about = '`risky-allowances`';
    if (!is)
        return [{ loosened: `removes ${about}`, tightened: `adds ${about}` }];
    const relaxed = [];
    const change = (key, from, to) => relaxed.push({
        loosened: `changes \`${key}\` of ${about} from ${from} to ${to}`,
        tightened: `changes \`${key}\` of ${about} from ${to} to ${from}`,
    });
    if (model/* SEVERITIES */.oC.indexOf(is.from) < model/* SEVERITIES */.oC.indexOf(was.from))
        change('from', was.from, is.from);
    const dropped = listNeeds(was).filter((need) => !listNeeds(is).includes(need));
    if (dropped.length > 0) {
        const what = (0,risk/* joinWords */.yZ)(dropped.map((need) => `\`${need}\``));
        relaxed.push({
            loosened: `no longer asks for ${what} in ${about}`,
            tightened: `asks for ${what} in ${about}`,
        });
    }
    if (was.maxDays !== undefined && (is.maxDays ?? Number.POSITIVE_INFINITY) > was.maxDays) {
        change('max-days', String(was.maxDays), String(is.maxDays ?? 'none'));
    }
    return relaxed;
}
/** What an allowance has to carry; a last day too where the days are counted. */
function listNeeds({ need, maxDays }) {
    return [...new Set([...need, ...(maxDays === undefined ? [] : ['expires'])])];
}
/** Ports that the first policy calls worse than the second does. */
function compareCatalogues(comparison) {
    const { strict, lax } = comparison;
    const groups = new Map();
    const overridden = [...strict.catalogue.overridden, ...lax.catalogue.overridden];
    for (const port of [...new Set(overridden)].sort((a, b) => a - b)) {
        const eased = findEased(comparison, port);
        if (!eased)
            continue;
        const key = JSON.stringify(eased);
        const known = groups.get(key);
        if (known)
            known.ports.push(port);
        else
            groups.set(key, { eased, ports: [port] });
    }
    return [...groups.values()].map(({ eased: { was, is, service }, ports }) => {
        const on = (0,risk/* describePorts */.QP)(comparison, (0,port_ranges/* toRanges */.eb)(ports));
        const what = `the severity of ${service ? `${(0,problem/* quote */.hD)(service)} on ` : ''}${on} in the \`catalogue\``;
        return {
            part: 'catalogue',
            severity: was,
            loosened: `changes ${what} from ${was} to ${is}`,
            tightened: `changes ${what} from ${is} to ${was}`,
            ports: (0,port_ranges/* formatRanges */.Gk)(ports),
            places: { strict: findOverride(strict, ports[0]), lax: findOverride(lax, ports[0]) },
        };
    });
}
/**
 * Ports of which the second policy no longer says what the first one does. On a host that answers everywhere that is what
 * tells a service that is really there from a device that accepts whatever is tried.
 */
function compareUsual(comparison) {
    const { strict, lax } = comparison;
    const overridden = new Set([...strict.catalogue.overridden, ...lax.catalogue.overridden]);
    const groups = new Map();
    for (const port of [...overridden].sort((a, b) => a - b)) {
        const left = listUsual(lax, port);
        for (const service of listUsual(strict, port).filter((one) => !left.includes(one))) {
            const ports = groups.get(service);
            if (ports)
                ports.push(port);
            else
                groups.set(service, [port]);
        }
    }
    return [...groups].map(([service, ports]) => ({
        part: 'catalogue',
        severity: 'info',
        loosened: `no longer names ${(0,problem/* quote */.hD)(service)} for ${(0,risk/* describePorts */.QP)(comparison, (0,port_ranges/* toRanges */.eb)(ports))} in the \`catalogue\`: on a host that answers everywhere, it may no longer be a violation there`,
        ports: (0,port_ranges/* formatRanges */.Gk)(ports),
        places: { strict: findOverride(strict, ports[0]), lax: findOverride(lax, ports[0]) },
    }));
}
/** What is recognised on a port for what usually is there. */
function listUsual({ catalogue }, port) {
    const usual = catalogue.byPort.get(port);
    if (!usual || risk/* WEB */.Fo.has(usual.service))
        return [];
    return [...new Set([usual.service, (0,catalogue_catalogue/* protocolOf */.AT)(usual)])].filter((service) => catalogue.byService.has(service) && !(0,catalogue_catalogue/* isCarrier */.FX)(service));
}
/** Carriers, which may answer in place of the service inside: then the port decides how bad that is. */
const CARRIERS = ['http', 'https', 'tls', 'smtp', 'submissions'];
function findEased({ strict, lax }, port) {
    const named = [strict, lax].flatMap(({ catalogue }) => catalogue.byPort.get(port)?.service ?? []);
    const eased = [undefined, ...new Set([...named, ...CARRIERS])].flatMap((service) => {
        const [was, is] = [strict, lax].map(({ catalogue }) => (0,catalogue_catalogue/* riskOf */.bi)(catalogue, port, service)?.severity ?? catalogue_catalogue/* UNKNOWN_SEVERITY */.J_);
        if (!was || !is || model/* SEVERITIES */.oC.indexOf(was) >= model/* SEVERITIES */.oC.indexOf(is))
            return [];
        return [{ was, is, ...(service === undefined ? {} : { service }) }];
    });
    return eased.sort((a, b) => model/* SEVERITIES */.oC.indexOf(a.was) - model/* SEVERITIES */.oC.indexOf(b.was))[0];
}
function findOverride({ policy: { catalogue } }, port) {
    if (!Array.isArray(catalogue))
        return catalogue.place;
    return catalogue.find((override) => override.port === port)?.place;
}

;// CONCATENATED MODULE: ./lib/policy/diff/diff.js
















/**
 * What a change of the policy does, loosenings first, the worst first. The meaning of the two policies is compared, not
 * their text.
 *
 * @param doubts whether the workflow may let doubts pass; else it is the policies that say so
 * @throws {TooLarge} where that would take too long
 */
function diffPolicies(before, after, doubts = { mayPass: false }) {
    // Whatever only one policy asks for is lost in one direction and gained in the other.
    const loosened = findLosses(begin(before, after, doubts), 'loosened');
    const tightened = findLosses(begin(after, before, doubts), 'tightened');
    return sortChanges([...loosened, ...tightened].map(({ change }) => change));
}
/**
 * Only the loosenings, each with its lines in both policies, where there are any.
 *
 * @throws {TooLarge} where that would take too long
 */
function findLoosenings(before, after) {
    return findLosses(begin(before, after, { mayPass: false }), 'loosened');
}
function begin(strict, lax, doubts) {
    return (0,loss/* createComparison */.a)(strict, lax, { ...doubts, areIgnored: (0,ignored/* ignoresDoubts */.b)(lax.policy) });
}
/** Loosenings first, the worst first; otherwise in the given order. */
function sortChanges(changes) {
    const rank = ({ direction, severity }) => (direction === 'loosened' ? 0 : model/* SEVERITIES */.oC.length) + model/* SEVERITIES */.oC.indexOf(severity);
    return changes.sort((a, b) => rank(a) - rank(b));
}
function findLosses(comparison, direction) {
    const pairing = pairScopes(comparison);
    const isNew = findNewHosts(pairing);
    const losses = [
        ...compareScans(comparison, pairing),
        ...pairing.named.flatMap((pair) => compareRules(comparison, pair, { isNew })),
        ...compareCanaries(comparison, pairing),
        ...compareCapacity(comparison, pairing),
        ...compareTakeovers(comparison, pairing),
        ...compareSilence(comparison, pairing),
        ...compareExclusions(comparison),
        ...(0,ignored/* compareIgnored */.O)(comparison),
        ...compareRiskyAllowances(comparison),
        ...compareDocuments(comparison, pairing),
        ...compareCatalogues(comparison),
        ...compareUsual(comparison),
    ];
    return joinEnvironments(losses, direction).flatMap((same) => toChange(same, pairing, direction));
}
/** Joins the same loss in several environments, if it is reported at the same place. */
function joinEnvironments(losses, direction) {
    const groups = new Map();
    for (const loss of losses) {
        const { environment: _environment, isEverywhere: _isEverywhere, places, ...meaning } = loss;
        const key = JSON.stringify([meaning, diff_locate(places, direction)]);
        const group = groups.get(key);
        if (group)
            group.push(loss);
        else
            groups.set(key, [loss]);
    }
    return [...groups.values()];
}
/** Parts that no environment changes. */
const OF_THE_WHOLE = new Set(['environments', 'catalogue']);
/** Whether a loss occurs only in some of the places where it could. */
function isLimited(same, { named }) {
    if (same.some(({ part, isEverywhere }) => OF_THE_WHOLE.has(part) || isEverywhere))
        return false;
    return new Set(same.map(({ environment }) => environment)).size < named.length;
}
function toChange(same, pairing, direction) {
    const [{ part, severity, hosts, ports, places, isOfWorkflow, ...phrases }] = same;
    const phrase = phrases[direction];
    if (phrase === undefined)
        return [];
    const limited = isLimited(same, pairing);
    const environments = [...new Set(same.flatMap(({ environment }) => environment ?? []))];
    const isOutside = same.some(({ environment }) => environment === undefined);
    const where = limited ? `, ${sayScopes(environments, isOutside)}` : '';
    const change = {
        direction,
        part,
        severity,
        ...(limited ? { environments } : {}),
        ...(hosts ? { hosts } : {}),
        ...(ports === undefined ? {} : { ports }),
        message: phrase + where,
        ...diff_locate(places, direction),
    };
    return [{ change, places, ...(isOfWorkflow && { isOfWorkflow }) }];
}
function sayScopes(environments, isOutside) {
    const named = environments.length > 0 ? [`in ${(0,diff_words/* listHosts */._)(environments)}`] : [];
    return (0,risk/* joinWords */.yZ)([...named, ...(isOutside ? ['outside of the environments'] : [])]);
}
/** A line of the policy after the change, or one that was taken out. */
function diff_locate(places, direction) {
    const [place, before] = direction === 'loosened' ? [places.lax, places.strict] : [places.strict, places.lax];
    return place ? { place } : before ? { before } : {};
}


/***/ }),

/***/ 346:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O: () => (/* binding */ compareIgnored),
/* harmony export */   b: () => (/* binding */ ignoresDoubts)
/* harmony export */ });
/* harmony import */ var _model_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9814);
/* harmony import */ var _hosts_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7739);
/* harmony import */ var _problem_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2737);
/* harmony import */ var _choose_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7155);
/* harmony import */ var _port_view_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2615);
/* harmony import */ var _subjects_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(9855);
/* harmony import */ var _words_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(6337);







/** Whether a policy lets what was not seen pass somewhere. */
function ignoresDoubts({ ignore }) {
    return ignore.some(({ finding }) => _model_js__WEBPACK_IMPORTED_MODULE_0__/* .KIND_OF */ .V[finding] === 'doubt');
}
/** Doubts and notes that only the second policy ignores, or for longer. A doubt that is ignored passes, as by `on-doubt`. */
function compareIgnored(comparison) {
    const { strict, lax } = comparison;
    const before = groupByFinding(strict.policy.ignore);
    return lax.policy.ignore.flatMap((ignored) => {
        const others = before.get(ignored.finding) ?? [];
        const until = ignored.expires ?? _port_view_js__WEBPACK_IMPORTED_MODULE_4__/* .FOREVER */ .SY;
        comparison.spend(1 + others.length);
        if (!ignored.hosts)
            return others.some((other) => lastsFor(other, until)) ? [] : [say(ignored, [])];
        const outer = others.filter((other) => lastsFor(other, until)).flatMap(listHostsOf);
        const inner = listHostsOf(ignored);
        (0,_choose_js__WEBPACK_IMPORTED_MODULE_3__/* .spendMatching */ ._)(comparison, outer, inner);
        const left = inner.filter((subject) => !outer.some((one) => (0,_subjects_js__WEBPACK_IMPORTED_MODULE_5__/* .includes */ .mK)(one, subject)));
        return left.length > 0 ? [say(ignored, left)] : [];
    });
}
function groupByFinding(ignore) {
    const groups = new Map();
    for (const one of ignore) {
        const group = groups.get(one.finding);
        if (group)
            group.push(one);
        else
            groups.set(one.finding, [one]);
    }
    return groups;
}
function lastsFor({ expires = _port_view_js__WEBPACK_IMPORTED_MODULE_4__/* .FOREVER */ .SY }, until) {
    return expires >= until;
}
function listHostsOf({ hosts = [] }) {
    return hosts.flatMap(_subjects_js__WEBPACK_IMPORTED_MODULE_5__/* .listSubjects */ .UV);
}
function say({ finding, expires, place }, subjects) {
    const hosts = subjects.map(_hosts_js__WEBPACK_IMPORTED_MODULE_1__/* .matcherText */ .sE);
    const on = hosts.length > 0 ? ` on ${(0,_words_js__WEBPACK_IMPORTED_MODULE_6__/* .listHosts */ ._)(hosts)}` : '';
    const until = expires === undefined ? '' : ` until ${expires}`;
    const isDoubt = _model_js__WEBPACK_IMPORTED_MODULE_0__/* .KIND_OF */ .V[finding] === 'doubt';
    return {
        part: 'ignore',
        severity: isDoubt ? 'medium' : 'info',
        loosened: `ignores ${(0,_problem_js__WEBPACK_IMPORTED_MODULE_2__/* .quote */ .hD)(finding)}${on}${until}`,
        tightened: `no longer ignores ${(0,_problem_js__WEBPACK_IMPORTED_MODULE_2__/* .quote */ .hD)(finding)}${on}${until}`,
        ...(hosts.length > 0 ? { hosts } : {}),
        isEverywhere: true,
        places: { lax: place },
    };
}


/***/ }),

/***/ 2615:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   SY: () => (/* binding */ FOREVER),
/* harmony export */   VN: () => (/* binding */ viewPort),
/* harmony export */   ll: () => (/* binding */ comparePort)
/* harmony export */ });
/** After every date. */
const FOREVER = '~';
/** The combined effect of the allowances and denials of a port. */
function viewPort(entries) {
    const view = { allowed: new Map() };
    for (const entry of entries) {
        if (!('required' in entry)) {
            view.denial ??= entry;
            continue;
        }
        const grant = { until: entry.expires ?? FOREVER, allowance: entry };
        if (entry.required)
            view.required = longest(view.required, grant);
        if (entry.requiresOnly)
            continue;
        const service = entry.service ?? '';
        view.allowed.set(service, longest(view.allowed.get(service), grant));
    }
    return view;
}
function longest(one, other) {
    return one && one.until >= other.until ? one : other;
}
/** What the first view of a port asks for and the second does not. */
function comparePort(strict, lax) {
    const losses = loseRequirement(strict, lax);
    const isOpen = (view) => !view.denial && view.allowed.size > 0;
    if (isOpen(lax))
        return [...losses, ...(isOpen(strict) ? widen(strict, lax) : allow(strict, lax))];
    if (!strict.denial || lax.denial)
        return losses;
    return [...losses, { ...BARE, part: 'deny', places: { strict: strict.denial.place } }];
}
const BARE = { services: [], only: [], wasDenied: false };
/** A port that only the laxer view allows. */
function allow(strict, lax) {
    const grants = [...lax.allowed];
    const services = grants.some(([service]) => service === '') ? [] : grants.map(([service]) => service).sort();
    const until = grants.map(([, grant]) => grant.until).reduce((a, b) => (a > b ? a : b));
    const loss = { ...BARE, part: 'allow', services, until, wasDenied: strict.denial !== undefined };
    // If it was allowed all along, the missing denial is what opens it.
    if (strict.denial && strict.allowed.size > 0) {
        return [{ ...loss, places: { strict: strict.denial.place } }];
    }
    const [[, { allowance }]] = grants;
    return [{ ...loss, places: { lax: allowance.place } }];
}
/** A port that both views allow, the laxer one for more services or for longer. */
function widen(strict, lax) {
    const only = [...strict.allowed.keys()].sort();
    const [first] = [...strict.allowed.values()];
    const find = (service) => {
        const grant = lax.allowed.get(service);
        const until = latest(lax, service);
        const was = latest(strict, service);
        if (!grant || until === undefined || (was !== undefined && until <= was))
            return [];
        const services = service === '' ? [] : [service];
        const places = {
            strict: (strict.allowed.get(service) ?? first).allowance.place,
            lax: grant.allowance.place,
        };
        if (was === undefined)
            return [{ ...BARE, part: 'service', services, only, places }];
        return [{ ...BARE, part: 'expires', services, until, was, places }];
    };
    const any = find('');
    return any.length > 0 ? any : [...lax.allowed.keys()].filter(Boolean).sort().flatMap(find);
}
/** The last day on which a service may answer on a port; where any may, it may too. */
function latest({ allowed }, service) {
    const days = ['', service].flatMap((key) => allowed.get(key)?.until ?? []);
    return days.length === 0 ? undefined : days.reduce((a, b) => (a > b ? a : b));
}
function loseRequirement({ required: strict }, { required: lax }) {
    if (!strict || (lax && lax.until >= strict.until))
        return [];
    const places = { strict: strict.allowance.place, lax: lax?.allowance.place };
    return [{ ...BARE, part: 'require', until: lax?.until, was: strict.until, places }];
}


/***/ }),

/***/ 4684:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   KY: () => (/* binding */ subtractShared),
/* harmony export */   TP: () => (/* binding */ countShared),
/* harmony export */   _c: () => (/* binding */ createNumbering),
/* harmony export */   dt: () => (/* binding */ formatShared)
/* harmony export */ });
/* harmony import */ var _memo_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5778);
/* harmony import */ var _port_ranges_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1067);


/** As `formatRanges`; of ranges that many endpoints share, and that nobody changes any more, once. */
const formatShared = (0,_memo_js__WEBPACK_IMPORTED_MODULE_1__/* .memoizeFor */ .K)((ranges) => (0,_port_ranges_js__WEBPACK_IMPORTED_MODULE_0__/* .formatRanges */ .Gk)(ranges));
/** How many ports are in such ranges. */
const countShared = (0,_memo_js__WEBPACK_IMPORTED_MODULE_1__/* .memoizeFor */ .K)((ranges) => (0,_port_ranges_js__WEBPACK_IMPORTED_MODULE_0__/* .countPorts */ .Ws)((0,_port_ranges_js__WEBPACK_IMPORTED_MODULE_0__/* .mergeRanges */ .$Z)(ranges)));
const subtractFrom = (0,_memo_js__WEBPACK_IMPORTED_MODULE_1__/* .memoizeFor */ .K)((ranges) => (0,_memo_js__WEBPACK_IMPORTED_MODULE_1__/* .memoizeFor */ .K)((others) => (0,_port_ranges_js__WEBPACK_IMPORTED_MODULE_0__/* .subtractRanges */ .N1)(ranges, others)));
/** As `subtractRanges`, of such ranges. */
function subtractShared(ranges, others) {
    return subtractFrom(ranges)(others);
}
/** A key that distinguishes selections, some of which are very long. */
function createNumbering() {
    const numbers = new Map();
    return (selection) => {
        const text = formatShared(selection);
        const number = numbers.get(text) ?? numbers.size;
        numbers.set(text, number);
        return number;
    };
}


/***/ }),

/***/ 5390:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Fo: () => (/* binding */ WEB),
/* harmony export */   QP: () => (/* binding */ describePorts),
/* harmony export */   hm: () => (/* binding */ worstOf),
/* harmony export */   xJ: () => (/* binding */ severityOf),
/* harmony export */   yZ: () => (/* binding */ joinWords)
/* harmony export */ });
/* harmony import */ var _catalogue_catalogue_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1990);
/* harmony import */ var _catalogue_satisfies_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9354);
/* harmony import */ var _model_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9814);
/* harmony import */ var _numbers_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(4417);
/* harmony import */ var _port_ranges_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1067);
/* harmony import */ var _ranges_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4684);






/** At most this many ranges are described, the worst first. */
const MOST_DESCRIBED = 6;
/** The worst of some severities. */
function worstOf(severities) {
    return _model_js__WEBPACK_IMPORTED_MODULE_2__/* .SEVERITIES */ .oC.find((severity) => severities.includes(severity)) ?? 'info';
}
/**
 * How bad a port is if it is open. The worse rating of the two catalogues counts: a change must not play its own
 * risk down.
 */
function severityOfPort({ strict, lax }, port) {
    const severities = [strict, lax].map(({ catalogue }) => catalogue.byPort.get(port)?.severity ?? _catalogue_catalogue_js__WEBPACK_IMPORTED_MODULE_0__/* .UNKNOWN_SEVERITY */ .J_);
    return worstOf(severities);
}
/**
 * How bad ports are if they are open: the worst of them, or of all that may answer there where services are named. HTTP on
 * 18765 is as bad as the worst that speaks it. A service on its own ports is what the port says.
 */
function severityOf(comparison, ports, services = []) {
    const key = `severity ${services.join()} ${(0,_ranges_js__WEBPACK_IMPORTED_MODULE_4__/* .formatShared */ .dt)(ports)}`;
    return remember(comparison, key, () => rate(comparison, ports, services));
}
/** Many hosts lose the same ports: the results of one comparison, by what they are about. */
const answers = new WeakMap();
function remember(comparison, key, compute) {
    const known = answers.get(comparison) ?? new Map();
    answers.set(comparison, known);
    const answer = known.has(key) ? known.get(key) : compute();
    known.set(key, answer);
    return answer;
}
function rate(comparison, ports, services) {
    const known = listKnown(comparison, ports);
    const own = worstOf([
        ...known.map(({ severity }) => severity),
        ...(known.length < (0,_port_ranges_js__WEBPACK_IMPORTED_MODULE_3__/* .countPorts */ .Ws)(ports) ? [_catalogue_catalogue_js__WEBPACK_IMPORTED_MODULE_0__/* .UNKNOWN_SEVERITY */ .J_] : []),
    ]);
    if (services.length === 0)
        return own;
    const isKnown = known.length === (0,_port_ranges_js__WEBPACK_IMPORTED_MODULE_3__/* .countPorts */ .Ws)(ports);
    const isFor = (service) => isKnown && known.every((usual) => isUsual(comparison, usual, service));
    return worstOf(services.flatMap((service) => isFor(service) ? own : rateService(comparison, known, service, isFor('http'))));
}
/** The web service of a port on which the web is expected. */
const WEB = new Set(['http', 'https', 'http-alt', 'https-alt', 'http-alternates']);
/** Whether a service is what usually is on a port, or TLS what usually is around that. */
function isUsual({ strict, lax }, { port, service: usual }, service) {
    if (usual === service || (WEB.has(usual) && WEB.has(service)))
        return true;
    if (service !== 'tls')
        return false;
    const isInTls = [strict, lax].some(({ catalogue }) => catalogue.byPort.get(port)?.over === 'tls');
    return isInTls || usual === 'https' || usual === 'https-alt';
}
function rateService({ strict, lax }, known, service, isWeb) {
    return [strict, lax].flatMap(({ catalogue }) => [
        ...(0,_catalogue_satisfies_js__WEBPACK_IMPORTED_MODULE_1__/* .listSatisfying */ .c)(catalogue, service).flatMap((answered) => rateAnswer(catalogue, answered, isWeb)),
        ...known.map(({ port }) => (0,_catalogue_catalogue_js__WEBPACK_IMPORTED_MODULE_0__/* .riskOf */ .bi)(catalogue, port, service)?.severity ?? _catalogue_catalogue_js__WEBPACK_IMPORTED_MODULE_0__/* .UNKNOWN_SEVERITY */ .J_),
        // Services are not identified there.
        ...known.flatMap(({ port, severity }) => ((0,_catalogue_catalogue_js__WEBPACK_IMPORTED_MODULE_0__/* .isDelicate */ .uF)(catalogue, port) ? severity : [])),
    ]);
}
/** How bad it is if it answers, whatever the port: HTTP by all that it carries, unless the port is the web's own. */
function rateAnswer(catalogue, answered, isWeb) {
    const own = catalogue.byService.get(answered)?.severity ?? _catalogue_catalogue_js__WEBPACK_IMPORTED_MODULE_0__/* .UNKNOWN_SEVERITY */ .J_;
    if (isWeb || (answered !== 'http' && answered !== 'https'))
        return [own];
    return catalogue.entries.flatMap(({ over, severity }) => (over === 'http' ? severity : []));
}
/** The ports of some ranges that either catalogue knows, ascending. */
function listKnown(comparison, ports) {
    const all = remember(comparison, 'known', () => listAllKnown(comparison));
    return (0,_port_ranges_js__WEBPACK_IMPORTED_MODULE_3__/* .mergeRanges */ .$Z)(ports).flatMap(({ from, to }) => all.slice(countBelow(all, from), countBelow(all, to + 1)));
}
/** How many of some known ports, in ascending order, are below a number. */
function countBelow(all, number) {
    let [low, high] = [0, all.length];
    while (low < high) {
        const middle = (low + high) >> 1;
        if (all[middle].port < number)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}
function listAllKnown(comparison) {
    const [one, other] = [comparison.strict, comparison.lax].map(({ catalogue }) => catalogue.byPort);
    const entries = new Map([...(other ?? []), ...(one ?? [])]);
    return [...entries]
        .sort(([a], [b]) => a - b)
        .map(([port, { name, service }]) => ({
        port,
        name,
        service,
        severity: severityOfPort(comparison, port),
    }));
}
/** Ports for a sentence: `5432 (PostgreSQL, critical) and 8000-8010 (AJP on 8009, high)`. */
function describePorts(comparison, ports) {
    const ranges = (0,_ranges_js__WEBPACK_IMPORTED_MODULE_4__/* .formatShared */ .dt)(ports);
    if (ranges === '1-65535')
        return 'every port';
    return remember(comparison, `words ${ranges}`, () => describeRanges(comparison, (0,_port_ranges_js__WEBPACK_IMPORTED_MODULE_3__/* .mergeRanges */ .$Z)(ports)));
}
function describeRanges(comparison, merged) {
    const described = merged.map((range) => describeRange(range, listKnown(comparison, [range])));
    if (merged.length <= MOST_DESCRIBED)
        return joinWords(described.map(({ text }) => text));
    const rank = ({ severity }) => _model_js__WEBPACK_IMPORTED_MODULE_2__/* .SEVERITIES */ .oC.indexOf(severity);
    const first = [...described].sort((a, b) => rank(a) - rank(b)).slice(0, MOST_DESCRIBED);
    const left = (0,_numbers_js__WEBPACK_IMPORTED_MODULE_5__/* .formatNumber */ .Z)(merged.length - first.length);
    return `${first.map(({ text }) => text).join(', ')} and ${left} more ports or ranges`;
}
function describeRange({ from, to }, known) {
    const [worst] = [...known].sort((a, b) => _model_js__WEBPACK_IMPORTED_MODULE_2__/* .SEVERITIES */ .oC.indexOf(a.severity) - _model_js__WEBPACK_IMPORTED_MODULE_2__/* .SEVERITIES */ .oC.indexOf(b.severity));
    const severity = worst?.severity ?? _catalogue_catalogue_js__WEBPACK_IMPORTED_MODULE_0__/* .UNKNOWN_SEVERITY */ .J_;
    // A policy may call a service anything; backticks are for what a message quotes.
    const name = worst?.name.replaceAll('`', "'");
    if (from === to)
        return { text: worst ? `${from} (${name}, ${severity})` : `${from}`, severity };
    const text = worst ? `${from}-${to} (with ${name} on ${worst.port}, ${severity})` : `${from}-${to}`;
    return { text, severity };
}
/** `a`, `a and b`, `a, b and c`. */
function joinWords(words) {
    const [last = '', ...others] = [...words].reverse();
    return others.length === 0 ? last : `${others.reverse().join(', ')} and ${last}`;
}


/***/ }),

/***/ 9855:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   UV: () => (/* binding */ listSubjects),
/* harmony export */   b6: () => (/* binding */ textOf),
/* harmony export */   mK: () => (/* binding */ includes)
/* harmony export */ });
/* harmony import */ var _memo_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5778);
/* harmony import */ var _addresses_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1053);
/* harmony import */ var _hosts_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7739);
/* harmony import */ var _patterns_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1912);




/** Equal if the subjects are equal. */
function textOf(subject) {
    return `${subject.kind} ${(0,_hosts_js__WEBPACK_IMPORTED_MODULE_1__/* .matcherText */ .sE)(subject)}`;
}
/** The subjects of a key: one for each choice of its braces. A block of one address is that address. */
function listSubjects(matcher) {
    if (matcher.kind === 'cidr') {
        const single = /^(.*)\/(?:32|128)$/.exec(matcher.cidr);
        const [, address = ''] = single ?? [];
        const isWhole = single !== null && address.includes(':') === matcher.cidr.endsWith('/128');
        return [isWhole ? { kind: 'address', address } : matcher];
    }
    if (matcher.kind !== 'pattern')
        return [matcher];
    return expand(matcher.pattern).map((text) => (0,_patterns_js__WEBPACK_IMPORTED_MODULE_2__/* .isPattern */ .Pt)(text) ? { kind: 'pattern', pattern: text } : { kind: 'name', name: text });
}
/** The choices of a pattern in its normal form, `{a,b}`. */
const expand = (0,_memo_js__WEBPACK_IMPORTED_MODULE_3__/* .memoize */ .B)((pattern) => (pattern.startsWith('{') ? pattern.slice(1, -1).split(',') : [pattern]));
/**
 * Whether one subject has every host that another has. Of patterns it says so only where each part of the inner one
 * is seen to be in a part of the outer one.
 */
function includes(outer, inner) {
    switch (inner.kind) {
        case 'name':
            return (0,_hosts_js__WEBPACK_IMPORTED_MODULE_1__/* .matchesHost */ .qC)(outer, { name: inner.name });
        case 'address':
            return (0,_hosts_js__WEBPACK_IMPORTED_MODULE_1__/* .matchesHost */ .qC)(outer, { address: inner.address });
        case 'cidr':
            return outer.kind === 'cidr' && isInBlock(outer.cidr, inner.cidr);
        case 'pattern':
            return (outer.kind === 'pattern' &&
                covers(readLabels(outer.pattern), readLabelsOfNames(inner.pattern), LABELS));
    }
}
/** Every name has a label, so that `**` has no more names than `*.**`. */
function readLabelsOfNames(pattern) {
    const labels = readLabels(pattern);
    return labels.length === 1 && labels[0] === '**' ? ['*', '**'] : labels;
}
/** Whether a block holds all of another. */
function isInBlock(outer, inner) {
    const [network = '', prefix] = inner.split('/');
    return Number(outer.split('/')[1]) <= Number(prefix) && (0,_addresses_js__WEBPACK_IMPORTED_MODULE_0__/* .isInCidr */ .Ss)(outer, network);
}
const CHARACTERS = {
    many: '*',
    covers: (outer, inner) => outer === '?' || outer === inner,
};
const LABELS = {
    many: '**',
    covers: (outer, inner) => outer === '*' || covers([...outer], [...inner], CHARACTERS),
};
/** Glob matching in which the text may hold wildcards too: those only a wildcard covers. */
function covers(outer, inner, grain) {
    let at = 0;
    let star = -1;
    let resume = 0;
    for (let read = 0; read < inner.length;) {
        const part = outer[at];
        if (part === grain.many) {
            star = at++;
            resume = read;
        }
        else if (part !== undefined &&
            inner[read] !== grain.many &&
            grain.covers(part, inner[read])) {
            at++;
            read++;
        }
        else if (star >= 0) {
            at = star + 1;
            read = ++resume;
        }
        else
            return false;
    }
    return outer.slice(at).every((part) => part === grain.many);
}
/** The labels of a pattern. Of neighbours that stand for whole labels, `*` come first and `**` is one: `**.*` is `*.**`. */
const readLabels = (0,_memo_js__WEBPACK_IMPORTED_MODULE_3__/* .memoize */ .B)((pattern) => {
    const labels = [];
    let isOpen = false;
    for (const label of [...pattern.split('.'), '']) {
        if (label === '**')
            isOpen = true;
        else if (label === '*')
            labels.push(label);
        else {
            if (isOpen)
                labels.push('**');
            isOpen = false;
            if (label !== '')
                labels.push(label);
        }
    }
    return labels;
});


/***/ }),

/***/ 6337:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ sayPorts),
/* harmony export */   _: () => (/* binding */ listHosts)
/* harmony export */ });
/* harmony import */ var _numbers_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(4417);
/* harmony import */ var _hosts_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7739);
/* harmony import */ var _patterns_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1912);
/* harmony import */ var _problem_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2737);
/* harmony import */ var _port_view_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2615);
/* harmony import */ var _risk_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5390);






/** How many hosts are named; the others are counted. */
const MOST_NAMED = 5;
/** Hosts for a sentence. */
function listHosts(texts) {
    const left = texts.length - MOST_NAMED;
    const named = texts.slice(0, MOST_NAMED).map(_problem_js__WEBPACK_IMPORTED_MODULE_2__/* .quote */ .hD);
    return (0,_risk_js__WEBPACK_IMPORTED_MODULE_4__/* .joinWords */ .yZ)(left > 0 ? [...named, `${(0,_numbers_js__WEBPACK_IMPORTED_MODULE_5__/* .formatNumber */ .Z)(left)} more`] : named);
}
/** The subjects of a rule for a sentence: "every host under `*.example.com`". */
function saySubjects(subjects) {
    const [subject] = subjects;
    if (!subject || subjects.length > 1)
        return listHosts(subjects.map(_hosts_js__WEBPACK_IMPORTED_MODULE_0__/* .matcherText */ .sE));
    const text = (0,_hosts_js__WEBPACK_IMPORTED_MODULE_0__/* .matcherText */ .sE)(subject);
    if (text === '**')
        return 'every host name';
    if (text === '0.0.0.0/0')
        return 'every IPv4 address';
    if (text === '::/0')
        return 'every IPv6 address';
    if (subject.kind === 'cidr')
        return `every address in ${(0,_problem_js__WEBPACK_IMPORTED_MODULE_2__/* .quote */ .hD)(text)}`;
    if (subject.kind !== 'pattern')
        return (0,_problem_js__WEBPACK_IMPORTED_MODULE_2__/* .quote */ .hD)(text);
    const [, rest = '*'] = /^\*\*?\.(.*)$/.exec(text) ?? [];
    return (0,_patterns_js__WEBPACK_IMPORTED_MODULE_1__/* .isPattern */ .Pt)(rest) ? `every host that matches ${(0,_problem_js__WEBPACK_IMPORTED_MODULE_2__/* .quote */ .hD)(text)}` : `every host under ${(0,_problem_js__WEBPACK_IMPORTED_MODULE_2__/* .quote */ .hD)(text)}`;
}
/** What is lost at ports, in both directions. */
function sayPorts(comparison, loss, subjects, ranges) {
    const ports = (0,_risk_js__WEBPACK_IMPORTED_MODULE_4__/* .describePorts */ .QP)(comparison, ranges);
    const whom = saySubjects(subjects);
    switch (loss.part) {
        case 'allow': {
            const services = loss.services.length > 0 ? ` to ${(0,_risk_js__WEBPACK_IMPORTED_MODULE_4__/* .joinWords */ .yZ)(loss.services)}` : '';
            const until = loss.until === _port_view_js__WEBPACK_IMPORTED_MODULE_3__/* .FOREVER */ .SY ? '' : ` until ${loss.until}`;
            const denied = loss.wasDenied ? [', which was denied', ' and denies it'] : ['', ''];
            return {
                loosened: `allows ${ports}${services} on ${whom}${until}${denied[0]}`,
                tightened: `no longer allows ${ports}${services} on ${whom}${denied[1]}`,
            };
        }
        case 'deny':
            return {
                loosened: `no longer denies ${ports} on ${whom}`,
                tightened: `denies ${ports} on ${whom}`,
            };
        case 'require':
            return {
                loosened: loss.until === undefined
                    ? `no longer requires ${ports} to be open on ${whom}${loss.isHidden ? `, nor scans ${isSingle(ranges) ? 'it' : 'them'}` : ''}`
                    : `requires ${ports} to be open on ${whom} only ${sayUntil(loss.until)}, ${sayWas(loss.was)}`,
                tightened: loss.until === undefined
                    ? `requires ${ports} to be open on ${whom}`
                    : `requires ${ports} to be open on ${whom} ${sayUntil(loss.was)}, ${sayWas(loss.until)}`,
            };
        case 'service': {
            const only = (0,_risk_js__WEBPACK_IMPORTED_MODULE_4__/* .joinWords */ .yZ)(loss.only);
            const more = loss.services.length > 0 ? (0,_risk_js__WEBPACK_IMPORTED_MODULE_4__/* .joinWords */ .yZ)(loss.services) : 'any service';
            return {
                loosened: `lets ${more} answer on ${ports} of ${whom}, where it had to be ${only}`,
                tightened: `lets only ${only} answer on ${ports} of ${whom}, and no longer ${more}`,
            };
        }
        case 'expires': {
            const services = loss.services.length > 0 ? ` to ${(0,_risk_js__WEBPACK_IMPORTED_MODULE_4__/* .joinWords */ .yZ)(loss.services)}` : '';
            const what = `allows ${ports}${services} on ${whom}`;
            return {
                loosened: `${what} ${sayUntil(loss.until)}, ${sayWas(loss.was)}`,
                tightened: `${what} ${sayUntil(loss.was)}, ${sayWas(loss.until)}`,
            };
        }
    }
}
function isSingle([range, ...others]) {
    return others.length === 0 && range?.from === range?.to;
}
function sayUntil(until = _port_view_js__WEBPACK_IMPORTED_MODULE_3__/* .FOREVER */ .SY) {
    return until === _port_view_js__WEBPACK_IMPORTED_MODULE_3__/* .FOREVER */ .SY ? 'with no last day' : `until ${until}`;
}
function sayWas(until = _port_view_js__WEBPACK_IMPORTED_MODULE_3__/* .FOREVER */ .SY) {
    return until === _port_view_js__WEBPACK_IMPORTED_MODULE_3__/* .FOREVER */ .SY ? 'where there was no last day' : `where it was until ${until}`;
}


/***/ })

};
