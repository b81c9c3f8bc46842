export const id = 704;
export const ids = [704];
export const modules = {

/***/ 1938:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B4: () => (/* binding */ placeBelow),
/* harmony export */   og: () => (/* binding */ ownRules),
/* harmony export */   vz: () => (/* binding */ sourceOf)
/* harmony export */ });
/** A place in a floor as the policy has it that extends the floor. */
function placeBelow(place, extended) {
    const { file, line, column } = extended;
    return { file, line, column, floor: sourceOf(place) };
}
/** Where something is written, be it in a floor or not. */
function sourceOf({ file, line, column, floor }) {
    return floor ?? { file, line, column };
}
/** The rules of a policy's own `hosts`, without those of its floors. */
function ownRules({ hosts }) {
    return hosts.filter(({ place }) => place.floor === undefined);
}


/***/ }),

/***/ 5704:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  layOnFloors: () => (/* binding */ layOnFloors)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./lib/policy/diff/loss.js
var loss = __webpack_require__(6289);
// EXTERNAL MODULE: ./lib/catalogue/catalogue.js + 20 modules
var catalogue = __webpack_require__(3826);
// EXTERNAL MODULE: ./lib/numbers.js
var numbers = __webpack_require__(4417);
// EXTERNAL MODULE: ./lib/port-ranges.js
var port_ranges = __webpack_require__(1067);
// EXTERNAL MODULE: ./lib/policy/denying.js
var denying = __webpack_require__(1408);
// EXTERNAL MODULE: ./lib/policy/diff/diff.js + 17 modules
var diff = __webpack_require__(9210);
// EXTERNAL MODULE: ./lib/policy/diff/ignored.js
var ignored = __webpack_require__(346);
// EXTERNAL MODULE: ./lib/policy/exclude.js
var policy_exclude = __webpack_require__(4112);
// EXTERNAL MODULE: ./lib/policy/problem.js
var policy_problem = __webpack_require__(2737);
// EXTERNAL MODULE: ./lib/policy/remarks.js
var remarks = __webpack_require__(7683);
// EXTERNAL MODULE: ./lib/policy/floor/layer.js
var floor_layer = __webpack_require__(1938);
;// CONCATENATED MODULE: ./lib/policy/floor/check.js










/** At most this many problems are reported at once. */
const MOST_TOLD = 50;
/** Most comparisons in looking for allowances that a floor denies; those that are not found are denied all the same. */
const MOST_STEPS = 4_000_000;
/**
 * How a policy loosens its floor: where it demands less than the floor, by the comparison that reviews changes; what it allows or
 * requires and the floor denies; and what it requires where the floor lets nothing be scanned.
 *
 * @param own the policy without its floor
 * @param floor what messages call it, and the line that names it
 * @throws {TooLarge} where it would take too long to compare them
 */
function findLoosened({ merged, required }, own, floor, readLine) {
    const floorRules = required.policy.hosts.slice(0, required.policy.hosts.length - own.hosts.length);
    const all = [
        ...findLosses(merged, required, floor, readLine),
        ...findDenied(floorRules, own, readLine),
        ...findExcluded(required.policy, own),
    ];
    // An allowance may have been split where its policy was read.
    const found = [...new Map(all.map((one) => [JSON.stringify([one.place, one.message]), one])).values()];
    const [next] = found.slice(MOST_TOLD);
    if (!next)
        return found;
    const more = `${(0,numbers/* formatNumber */.Z)(found.length - MOST_TOLD)} more problems from here on`;
    return [...found.slice(0, MOST_TOLD), diagnose('too-many-problems', more, next.place, readLine)];
}
function findLosses(merged, required, floor, readLine) {
    const after = toSide(merged);
    const areDoubtsHeld = failsDoubts(after.policy);
    return (0,diff/* findLoosenings */.B)(toSide(required), after)
        .filter((located) => !isHarmless(located, areDoubtsHeld))
        .map(({ change: { part, message }, places: { strict, lax } }) => {
        const place = lax && !lax.floor ? lax : floor.place;
        return diagnose('loosened-floor', `this loosens the floor: it ${message}`, place, readLine, sayFloor(part, strict, floor, readLine));
    });
}
function toSide({ policy, overrides }) {
    return { policy, catalogue: (0,catalogue/* buildCatalogue */.ic)(overrides) };
}
/** Whether doubts fail the check everywhere: in all environments, and with none ignored. */
function failsDoubts(policy) {
    const { onDoubt, environments } = policy;
    return onDoubt !== 'warn' && environments.every((one) => one.onDoubt !== 'warn') && !(0,ignored/* ignoresDoubts */.b)(policy);
}
/**
 * Loosenings that a review reports but that let nothing pass: ignored notes; too little time, if what was not scanned fails as a doubt;
 * large blocks that a workflow may name; and another name for a port's usual service, which matters only on a host that is in doubt.
 */
function isHarmless({ change, isOfWorkflow }, areDoubtsHeld) {
    const { part, severity } = change;
    if (severity !== 'info')
        return false;
    if (part === 'ignore' || isOfWorkflow)
        return true;
    return areDoubtsHeld && (part === 'time-limit' || part === 'max-rate' || part === 'catalogue');
}
/** Where the floor says it, so that the policy's author knows whom to ask for an exception. */
function sayFloor(part, strict, { name }, readLine) {
    if (strict?.floor)
        return sayLine(strict, readLine);
    if (part === 'exclude' || part === 'ignore')
        return `only a floor can do that for the policies that extend it, and ${name} does not`;
    return `${name} leaves it out, and so demands the default`;
}
function sayLine(place, readLine) {
    const { file, line, column } = (0,floor_layer/* sourceOf */.vz)(place);
    const text = readLine({ file, line })?.trim();
    return `the floor, ${file}:${line}:${column}${text ? `: ${(0,policy_problem/* quote */.hD)(text)}` : ''}`;
}
/** Allowances and requirements that a floor denies on all hosts that they are for. */
function* findDenied(floorRules, own, readLine) {
    const meter = { steps: 0 };
    const { findCovering } = (0,denying/* listDenying */.L)(floorRules, meter);
    for (const rules of [own.hosts, ...own.environments.map(({ hosts }) => hosts)]) {
        for (const rule of rules) {
            if (meter.steps > MOST_STEPS)
                return;
            const denials = rule.allow.length > 0 ? findCovering(rule.matcher) : [];
            for (const allowance of denials.length > 0 ? rule.allow : []) {
                meter.steps += denials.length;
                const denied = denials.map((denial) => ({ denial }));
                for (const { message, place } of (0,remarks/* explainAllowance */.w)(rule, allowance, denied)) {
                    const first = denials.find(({ ports }) => (0,port_ranges/* overlap */.EF)(ports, allowance.ports));
                    const hint = first && sayLine(first.place, readLine);
                    yield diagnose('loosened-floor', `this loosens the floor: ${message}`, place, readLine, hint);
                }
            }
        }
    }
}
/** Requirements on addresses that the floor excludes: nobody would see whether they are met. */
function* findExcluded({ exclude }, own) {
    const requiring = [own.hosts, ...own.environments.map(({ hosts }) => hosts)]
        .flat()
        .filter(({ allow }) => allow.some(({ required }) => required));
    if (exclude.length === 0 || requiring.length === 0)
        return;
    const isExcluded = (0,policy_exclude/* createKeyTest */.K6)(exclude.map(({ cidr }) => cidr));
    for (const { key, place } of requiring) {
        if (!isExcluded(key))
            continue;
        const message = `the floor excludes ${(0,policy_problem/* quote */.hD)(key)}, so nothing would check whether its required ports are open`;
        yield diagnose('excluded-requirement', message, place, () => undefined, 'remove its `require`');
    }
}
function diagnose(code, message, { file, line, column }, readLine, hint) {
    const { problem } = (0,policy_problem/* fail */.fJ)(code, message, hint);
    return { ...problem, place: { file, line, column }, source: readLine({ file, line }) ?? '', width: 1 };
}

;// CONCATENATED MODULE: ./lib/policy/floor/merge.js

/**
 * Puts a floor under the policy that extends it. The floor's rules join the policy's own, since all rules that match add up and deny
 * wins.
 */
function mergeFloor(floor, own, extended) {
    const moved = moveBelow(floor.policy, extended);
    const { policy } = own;
    // One list for both, so that comparing them shows at once that they are the same.
    const hosts = [...moved.hosts, ...policy.hosts];
    const merged = {
        ...policy,
        ...pickJudging({ ...pickJudging(moved), ...pickJudging(policy) }),
        hosts,
        exclude: [...moved.exclude, ...policy.exclude],
        ignore: [...moved.ignore, ...policy.ignore],
        scan: { ...moved.scan, ...policy.scan },
        ...mergeRisky(moved.riskyAllowances, policy.riskyAllowances),
        places: { ...moved.places, ...policy.places },
    };
    const { riskyAllowances: _risky, failOn: _failOn, onDoubt: _onDoubt, ...bare } = policy;
    const isFree = (setting) => FREE.has(setting) && !(setting in moved.scan);
    const required = {
        ...bare,
        ...pickJudging(moved),
        hosts,
        environments: policy.environments.map((environment) => bareEnvironment(environment, isFree)),
        exclude: moved.exclude,
        ignore: moved.ignore,
        scan: { ...moved.scan, ...keep(policy.scan, isFree) },
        ...mergeRisky(moved.riskyAllowances),
        places: { ...moved.places, ...keep(policy.places, isFree) },
    };
    const overrides = floor.overrides.map((override) => moveOverride(override, extended));
    const all = mergeCatalogues(overrides, own.overrides);
    return {
        merged: { policy: { ...merged, catalogue: all }, overrides: all },
        required: { policy: { ...required, catalogue: overrides }, overrides },
    };
}
/**
 * Settings for which a floor that omits them demands nothing. Ports that it denies or requires are probed in any case, and
 * a canary says which host is known to be open. For all others the defaults count: `fail-on: never` would undo any denial.
 */
const FREE = new Set(['ports', 'canary']);
function bareEnvironment(environment, isFree) {
    const { failOn: _failOn, onDoubt: _onDoubt, endpoints, scan, places, ...rest } = environment;
    const bare = endpoints?.map((endpoint) => ({ ...endpoint, scan: keep(endpoint.scan, isFree) }));
    return { ...rest, ...(bare && { endpoints: bare }), scan: keep(scan, isFree), places: keep(places, isFree) };
}
function keep(settings, isKept) {
    return Object.fromEntries(Object.entries(settings).filter(([setting]) => isKept(setting)));
}
function pickJudging({ failOn, onDoubt }) {
    return { ...(failOn && { failOn }), ...(onDoubt && { onDoubt }) };
}
/** Required details add up; for the rest, the policy's own value counts, and is compared with the floor's. */
function mergeRisky(floor, own) {
    if (!floor || !own)
        return floor || own ? { riskyAllowances: (own ?? floor) } : {};
    const maxDays = own.maxDays ?? floor.maxDays;
    return {
        riskyAllowances: {
            from: own.from,
            need: [...new Set([...floor.need, ...own.need])],
            ...(maxDays === undefined ? {} : { maxDays }),
        },
    };
}
/**
 * The changes of both, by ascending port. For a port that both have, the floor's entry counts, except for the severity: the policy's
 * own is compared with the floor's.
 */
function mergeCatalogues(floor, own) {
    const merged = new Map(floor.map((override) => [override.port, override]));
    for (const override of own) {
        const { severity, place } = override;
        const said = { ...(severity && { severity }), ...(place && { place }) };
        merged.set(override.port, { ...override, ...merged.get(override.port), ...said });
    }
    return [...merged.values()].sort((a, b) => a.port - b.port);
}
function moveOverride(override, extended) {
    return override.place ? { ...override, place: (0,floor_layer/* placeBelow */.B4)(override.place, extended) } : override;
}
/** A floor as it stands in the policy that extends it: all places are below its `extends`. */
function moveBelow(floor, extended) {
    const move = (one) => ({ ...one, place: (0,floor_layer/* placeBelow */.B4)(one.place, extended) });
    const moveRule = (rule) => ({
        ...move(rule),
        allow: rule.allow.map(move),
        deny: rule.deny.map(move),
    });
    return {
        ...floor,
        hosts: floor.hosts.map(moveRule),
        exclude: floor.exclude.map(move),
        ignore: floor.ignore.map(move),
        places: Object.fromEntries(Object.entries(floor.places).map(([setting, place]) => [setting, (0,floor_layer/* placeBelow */.B4)(place, extended)])),
    };
}

// EXTERNAL MODULE: ./lib/policy/parse.js + 3 modules
var parse = __webpack_require__(3501);
// EXTERNAL MODULE: ./lib/policy/source.js
var source = __webpack_require__(5021);
// EXTERNAL MODULE: ./lib/unusable.js
var unusable = __webpack_require__(5436);
// EXTERNAL MODULE: ./lib/prepare/read-file.js
var read_file = __webpack_require__(4322);
;// CONCATENATED MODULE: ./lib/prepare/floors.js









/** Most floors that lie under one another. */
const DEEPEST = 5;
/** Digits of a SHA that tell people which commit is meant. */
const SHOWN_DIGITS = 7;
/**
 * Puts the floors that a policy extends under it.
 *
 * @param bytes the text of the policy
 * @param budget what the policy has spent
 * @throws {Unusable} where a floor cannot be used, or is loosened
 */
async function layOnFloors(tree, own, bytes, budget) {
    const { file } = own.policy;
    const opened = { ...own, tree, path: file, name: file };
    const { policy, overrides } = await layOn(opened, { files: [], texts: new Map([[file, bytes]]), budget });
    return { policy: { ...policy, hash: hashAll(own.policy, policy.floors) }, overrides };
}
/** One line of SHA-256 for each text. */
function hashAll({ hash }, floors = []) {
    const lines = [hash, ...floors.map((floor) => floor.hash)];
    return (0,external_node_crypto_.createHash)('sha256').update(lines.join('\n')).digest('hex');
}
async function layOn(own, { files, texts, budget }) {
    const { policy } = own;
    const extended = policy.extends;
    if (!extended)
        return own;
    const chain = { files: [...files, own], texts, budget };
    const origin = originOf(own, extended, chain);
    const read = async () => {
        const floor = await openFloor(origin, extended, chain);
        return { hash: floor.policy.hash, laid: await layOn(floor, chain) };
    };
    const { hash, laid } = await (extended.repository === undefined
        ? read()
        : within(origin, extended, chain, read));
    const readLine = createReadLine(texts);
    const merged = mergeFloor(laid, own, extended.place);
    const loosened = hold(own, () => findLoosened(merged, policy, { name: origin.name, place: extended.place }, readLine));
    if (loosened.length > 0)
        throw (0,read_file/* refuse */.TR)(own.tree, own.path, loosened, files.length === 0 ? 'policy' : 'floor');
    const { path: file, from } = origin;
    const floors = [{ file, ...from, hash }, ...(laid.policy.floors ?? [])];
    return { ...merged.merged, policy: { ...merged.merged.policy, floors } };
}
/** @throws {Unusable} if it is too large to be compared with its floor */
function hold({ name }, compare) {
    try {
        return compare();
    }
    catch (error) {
        if (!(error instanceof loss/* TooLarge */.M))
            throw error;
        throw new unusable/* Unusable */.kO([`${(0,policy_problem/* quote */.hD)(name)} cannot be compared with its floor: ${error.message}.`]);
    }
}
/** Where a floor is. @throws {Unusable} where there are too many, a circle, or no way to get there */
function originOf({ tree, from }, extended, { files, texts }) {
    const refuseHere = (...problem) => refuseAt(extended.place, texts, ...problem);
    const origin = locate(tree, from, extended);
    const named = files.map(({ name, policy }) => `${name}${policy.extends ? `:${policy.extends.place.line}` : ''}`);
    const way = named.join(' extends ');
    if (!origin) {
        const message = `${(0,policy_problem/* quote */.hD)(`${extended.repository}`)} is another repository, and cannot be read here`;
        throw refuseHere('floor-unusable', message, 'name a file of this one');
    }
    if (files.some((file) => identify(file) === identify(origin))) {
        const message = `the floors form a circle: ${way} extends ${origin.name}`;
        throw refuseHere('floor-circle', message, 'remove one of these `extends`');
    }
    if (files.length > DEEPEST) {
        const message = `more than ${DEEPEST} floors extend one another: ${way} extends ${origin.name}`;
        throw refuseHere('floor-too-deep', message, 'merge some of them into one');
    }
    return origin;
}
function locate(tree, from, extended) {
    const { path } = extended;
    if (extended.repository === undefined)
        return { tree, path, name: nameFile(path, from), ...(from && { from }) };
    const { repository, ref } = extended;
    const other = tree.openRepository?.(repository, ref);
    return other && { tree: other, path, name: nameFile(path, { repository, ref }), from: { repository, ref } };
}
/** GitHub takes `Example/Security` and `example/security` for the same. */
function identify({ path, from }) {
    return JSON.stringify([from?.repository.toLowerCase(), from?.ref, path]);
}
function nameFile(path, from) {
    return from ? `${from.repository}@${from.ref.slice(0, SHOWN_DIGITS)}:${path}` : path;
}
async function openFloor(origin, { place }, { texts, budget }) {
    const { tree, path, name, from } = origin;
    const bytes = await (0,read_file/* readNamed */.Mk)(tree, path, `${place.file}:${place.line}:${place.column}: the floor`, 'floor');
    texts.set(name, bytes);
    const { policy, diagnostics } = (0,parse/* parseFloor */.cI)(bytes, name, budget);
    if (diagnostics)
        throw (0,read_file/* refuse */.TR)(tree, path, diagnostics, 'floor');
    return { ...origin, policy, overrides: await (0,read_file/* loadOverrides */.U6)(tree, policy, (file) => nameFile(file, from)) };
}
/** A problem in a floor of another repository has no line here, so it is reported on the line that names the floor. */
async function within({ name }, { place }, { texts }, read) {
    try {
        return await read();
    }
    catch (error) {
        if (!(error instanceof unusable/* Unusable */.kO))
            throw error;
        const { diagnostics, message, heading } = error;
        const [first] = diagnostics;
        const why = first
            ? `${first.place.file}:${first.place.line}:${first.place.column}: ${first.message}`
            : message;
        const found = floors_diagnose(place, texts, 'floor-unusable', `the floor ${(0,policy_problem/* quote */.hD)(name)} cannot be used: ${why}`);
        const kind = error instanceof unusable/* Unreadable */.IO ? unusable/* Unreadable */.IO : unusable/* Unusable */.kO;
        throw new kind(first ? message.split('\n') : [], [found], heading);
    }
}
function refuseAt(place, texts, ...problem) {
    return new unusable/* Unusable */.kO([], [floors_diagnose(place, texts, ...problem)], 'UNUSABLE: The floor cannot be used');
}
function floors_diagnose(place, texts, ...problem) {
    return {
        ...(0,policy_problem/* fail */.fJ)(...problem).problem,
        place,
        source: createReadLine(texts)(place) ?? '',
        width: 'extends'.length,
    };
}
function createReadLine(texts) {
    return ({ file, line }) => {
        const bytes = texts.get(file);
        return bytes && (0,source/* lineText */.oZ)((0,source/* readSource */.o$)(bytes, file).source, line - 1);
    };
}


/***/ })

};
