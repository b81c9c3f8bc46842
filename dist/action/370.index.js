export const id = 370;
export const ids = [370];
export const modules = {

/***/ 6370:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  suggestPolicy: () => (/* binding */ suggestPolicy)
});

// UNUSED EXPORTS: renderSuggestion

// EXTERNAL MODULE: ./lib/catalogue/catalogue.js + 22 modules
var catalogue_catalogue = __webpack_require__(1990);
// EXTERNAL MODULE: ./lib/judge/judge.js + 19 modules
var judge = __webpack_require__(891);
// EXTERNAL MODULE: ./lib/judge/unused.js
var judge_unused = __webpack_require__(8261);
// EXTERNAL MODULE: ./lib/numbers.js
var numbers = __webpack_require__(4417);
// EXTERNAL MODULE: ./lib/policy/environments.js
var environments = __webpack_require__(202);
// EXTERNAL MODULE: ./lib/policy/floor/layer.js
var floor_layer = __webpack_require__(1938);
// EXTERNAL MODULE: ./lib/policy/hosts.js + 2 modules
var hosts = __webpack_require__(7739);
// EXTERNAL MODULE: ./lib/policy/parse.js + 6 modules
var parse = __webpack_require__(7617);
// EXTERNAL MODULE: ./lib/policy/problem.js
var policy_problem = __webpack_require__(2737);
// EXTERNAL MODULE: ./lib/policy/source.js
var policy_source = __webpack_require__(5021);
// EXTERNAL MODULE: ./lib/prepare/load.js + 1 modules
var load = __webpack_require__(5207);
// EXTERNAL MODULE: ./lib/prepare/options.js
var options = __webpack_require__(4101);
// EXTERNAL MODULE: ./lib/prepare/plan.js
var prepare_plan = __webpack_require__(3812);
// EXTERNAL MODULE: ./lib/prepare/policy.js
var policy = __webpack_require__(393);
// EXTERNAL MODULE: ./lib/policy/endpoints.js
var endpoints = __webpack_require__(2264);
// EXTERNAL MODULE: ./lib/process/stdin.js
var stdin = __webpack_require__(843);
// EXTERNAL MODULE: ./lib/read/formats/portgate.js
var portgate = __webpack_require__(6563);
// EXTERNAL MODULE: ./lib/unusable.js
var unusable = __webpack_require__(5436);
// EXTERNAL MODULE: ./lib/prepare/stream-file.js
var stream_file = __webpack_require__(7726);
;// CONCATENATED MODULE: ./lib/prepare/reports.js








/**
 * Reads reports of Portgate, the oldest first.
 *
 * @throws {Unusable} where one of them is not whole, or is something else
 */
async function readReports(files) {
    const reports = [];
    for (const file of files) {
        const report = { file: (0,stdin/* nameOfFile */.Ri)(file), hosts: [], gaps: [] };
        const sink = {
            scan: ({ startedAt }) => void Object.assign(report, { startedAt }),
            host: (host) => void report.hosts.push(host),
            gap: (gap) => void report.gaps.push(gap),
        };
        await (0,stream_file/* streamFile */.P)(file, (0,portgate/* createPortgateReader */.Ik)(sink), { what: 'report' });
        reports.push(report);
    }
    return reports.sort((a, b) => (a.startedAt ?? 0) - (b.startedAt ?? 0));
}
/**
 * Reports with the environments that the policy has, as it writes them; anything from another environment belongs to
 * none.
 */
function placeReports(reports, { policy }) {
    const placed = ({ environment, ...rest }) => {
        const known = (0,environments/* findEnvironment */.j)(policy, environment);
        return { ...rest, ...(known === undefined ? {} : { environment: known }) };
    };
    return reports.map((report) => ({
        ...report,
        hosts: report.hosts.map(placed),
        gaps: report.gaps.map(placed),
    }));
}
/**
 * Plans what reports are about: their endpoints, in those of their environments that the policy has, and else in none.
 *
 * @throws {Unusable} if a report names something that is not an endpoint, or more than a run can hold
 */
function planReports(reports, request, loaded) {
    const placed = placeReports(reports, loaded);
    const texts = new Map();
    for (const { file, hosts, gaps } of placed) {
        const named = [
            ...hosts.map(({ environment, names }) => ({ environment, endpoint: names[0] ?? '' })),
            ...gaps,
        ];
        for (const { environment, endpoint } of named) {
            const own = texts.get(environment) ?? new Map();
            texts.set(environment, own.set(endpoint, file));
        }
    }
    const endpoints = [];
    for (const [environment, own] of texts) {
        const asked = [...own].map(([text, file]) => ({ ...readEndpoint(text, file), scan: {} }));
        endpoints.push(...(0,prepare_plan/* planScan */.hn)({ ...request, environment, endpoints: asked }, loaded, undefined).plan.endpoints);
    }
    return { plan: { endpoints, seed: 0 }, reports: placed };
}
function readEndpoint(text, file) {
    const { value, problem } = (0,endpoints/* parseEndpoint */.Bk)(text);
    if (problem)
        throw new unusable/* Unusable */.kO([`${(0,policy_problem/* quote */.hD)(file)} names no endpoint where it should: ${problem.message}.`]);
    return value;
}

// EXTERNAL MODULE: ./lib/repository/git/ask.js + 1 modules
var ask = __webpack_require__(599);
// EXTERNAL MODULE: ./lib/repository/git/commit.js
var git_commit = __webpack_require__(9678);
// EXTERNAL MODULE: ./lib/repository/git/file.js
var file = __webpack_require__(249);
// EXTERNAL MODULE: ./lib/repository/git/repository.js
var git_repository = __webpack_require__(715);
;// CONCATENATED MODULE: ./lib/repository/git-tree.js






/**
 * The files of a commit, read by git from the repository that a folder is in.
 *
 * @param ref a branch, a tag, a commit, or anything else that git takes for one
 * @throws {Unusable} where git knows no such commit, or more than one
 */
async function gitTree(folder, ref, { isFromTop = false, within, warn = () => { } } = {}) {
    try {
        const repository = await (0,git_repository/* findRepository */.W1)(folder);
        const commit = await (0,git_commit/* findCommit */.f)(repository, ref);
        const outer = await (0,git_repository/* findOuter */.L5)(repository);
        if (outer !== undefined) {
            warn(`${(0,policy_problem/* quote */.hD)(ref)} is taken from the repository in ${(0,policy_problem/* quote */.hD)(repository.top)}, which lies inside the one in ${(0,policy_problem/* quote */.hD)(outer)} and is not a submodule of it.`);
        }
        const prefix = isFromTop ? '' : repository.prefix;
        // An absolute path from the user lies outside of the folder, so it is not joined to one inside.
        const toPath = (path) => (path.startsWith('/') ? path : `${prefix}${path}`);
        return { ref, within, read: (path, limit) => (0,file/* readFileAt */._T)(repository, commit, toPath(path), limit) };
    }
    catch (error) {
        if (!(error instanceof ask/* GitFailure */.X))
            throw error;
        throw new unusable/* Unusable */.kO([`${(0,policy_problem/* quote */.hD)(ref)} cannot be read: ${error.message}.`]);
    }
}
/**
 * Whether a revision stands for a commit in the repository of a folder. It does not where there is no repository, or no git.
 *
 * @throws {Unusable} where nobody can tell: it stands for two, an object is missing, git does not trust the repository
 */
async function isRevision(folder, revision) {
    try {
        await findCommit(await findRepository(folder), revision);
        return true;
    }
    catch (error) {
        if (!(error instanceof GitFailure))
            throw error;
        if (error.kind !== 'other')
            return false;
        throw new Unusable([`${quote(revision)} cannot be read: ${error.message}.`]);
    }
}

// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(8815);
// EXTERNAL MODULE: ./lib/memo.js
var memo = __webpack_require__(5778);
;// CONCATENATED MODULE: ./lib/suggest/yaml-document.js


/** Reads a policy that is known to be valid, as `readYaml` does. A byte order mark stays part of the text. */
function readPolicyText(text) {
    const document = (0,dist/* parseDocument */.Tp)(text, {
        schema: 'core',
        resolveKnownTags: false,
        stringKeys: true,
        uniqueKeys: false,
        prettyErrors: false,
    });
    const shared = new Set();
    (0,dist/* visit */.YR)(document, { Alias: (_, { source }) => void shared.add(source) });
    return { text, document, shared, eol: text.includes('\r\n') ? '\r\n' : '\n' };
}
/** A text after some edits, none of which overlap. */
function applyEdits(text, edits) {
    const ordered = edits.map((edit, index) => ({ ...edit, index }));
    ordered.sort((a, b) => a.start - b.start || a.end - b.end || a.index - b.index);
    let result = '';
    let at = 0;
    for (const edit of ordered) {
        result += text.slice(at, edit.start) + edit.text;
        at = Math.max(at, edit.end);
    }
    return result + text.slice(at);
}
/** The entry of a mapping that has a key of its own; what is merged into it is not its own. */
function findEntry(map, key) {
    return entriesOf(map).get(key);
}
const entriesOf = (0,memo/* memoizeFor */.K)((map) => {
    return new Map(map.items.flatMap((pair) => ((0,dist/* isScalar */.jn)(pair.key) ? [[String(pair.key.value), pair]] : [])));
});
/** A mapping that may be changed: it is written here and used nowhere else. */
function ownMap(node, policy) {
    return (0,dist/* isMap */.jh)(node) && !isShared(node, policy) ? node : undefined;
}
/** The same for a list. */
function ownSeq(node, policy) {
    return (0,dist/* isSeq */.oP)(node) && !isShared(node, policy) ? node : undefined;
}
/** Whether what is written there is used elsewhere as well. */
function isShared({ anchor }, { shared }) {
    return anchor !== undefined && shared.has(anchor);
}
/** Where the text of a node ends, without the white space and the comments after it. */
function endOf(node, { text }) {
    if (node === null)
        return 0;
    const [start, end] = node.range ?? [0, 0];
    if (!(0,dist/* isCollection */.P3)(node) || node.flow || node.items.length === 0)
        return start + text.slice(start, end).trimEnd().length;
    const last = node.items.at(-1);
    if ((0,dist/* isMap */.jh)(node)) {
        const { key, value } = node.items.at(-1);
        return Math.max(endOf(key, { text }), endOf(value, { text }));
    }
    return endOf(last, { text });
}
/** Where the text of a node begins. */
function startOf(node) {
    return node.range?.[0] ?? 0;
}
/** Where the line of an offset begins, and where it ends, its line end left out. */
function lineStart(text, offset) {
    return text.lastIndexOf('\n', offset - 1) + 1;
}
function lineEnd(text, offset) {
    const end = text.indexOf('\n', offset);
    if (end < 0)
        return text.length;
    return text[end - 1] === '\r' && end > offset ? end - 1 : end;
}
/** The white space in front of a key or of the dash of an item that begins its line; undefined where it does not. */
function indentOf({ text }, node, mark) {
    const before = text.slice(lineStart(text, startOf(node)), startOf(node));
    const pattern = mark === '' ? /^\uFEFF?( *)$/ : /^( *)-[ \t]+(?:[&!]\S+[ \t]+)*$/;
    return pattern.exec(before)?.[1];
}

// EXTERNAL MODULE: ./lib/report/escape.js
var report_escape = __webpack_require__(2527);
;// CONCATENATED MODULE: ./lib/suggest/yaml-text.js


/** Longest comment on what answered: a banner can be as long as its server likes. */
const LONGEST_COMMENT = 100;
/** Most products that are named if hosts that share a line answer with different ones. */
const MOST_NAMED = 2;
/** Text as a comment, on one line whatever is in it. */
function comment(text) {
    return `# ${(0,report_escape/* printableAscii */.NF)(text, LONGEST_COMMENT)}`;
}
/** What YAML 1.1 or 1.2 takes for something else than text. */
const WORDS = new Set(['null', 'true', 'false', 'yes', 'no', 'on', 'off', 'y', 'n']);
/** A scalar that YAML reads as this text: plain where it looks like a name or a block, else in quotes. */
function scalar(text) {
    const isPlain = (/^[a-z_][a-z0-9_-]*(\.[a-z0-9_-]+)*$/.test(text) && !WORDS.has(text)) ||
        /^\d+\.\d+\.\d+\.\d+(\/\d+)?$/.test(text) ||
        /^https?:\/\/[a-z0-9.-]+(:\d+)?(\/[\w./~-]*)?$/.test(text);
    return isPlain ? text : JSON.stringify(text);
}
/** `{ port: 22, service: ssh }`, or the port alone. */
function item({ port, service, documents }) {
    if (service === undefined && documents.length === 0)
        return port;
    const named = service === undefined ? [] : [`service: ${service}`];
    return `{ ${[`port: ${port}`, ...named, ...documents.map(({ key, value }) => `${key}: ${value}`)].join(', ')} }`;
}
/** What answered, of one line or of several. */
function sayAnswered(allowances) {
    const all = [...new Set(allowances.flatMap(({ answered }) => answered))];
    if (all.length <= MOST_NAMED)
        return all.join(', ');
    return `${all.slice(0, MOST_NAMED).join(', ')} and ${(0,numbers/* count */.U)(all.length - MOST_NAMED, 'other')}`;
}
/** Whether a list of allowances fits on the line of its key. */
function isShort(allow) {
    const isBare = allow.every(({ service, documents }) => service === undefined && documents.length === 0);
    return isBare && allow.length <= 6 && new Set(allow.map(({ answered }) => String(answered))).size <= 1;
}

;// CONCATENATED MODULE: ./lib/suggest/edit-list.js


/** Adds allowances to a list, in the way in which it is written. Undefined where its layout leaves no place. */
function addItems(policy, list, allow) {
    return list.flow ? addToFlow(policy, list, allow) : addToBlock(policy, list, allow);
}
function addToFlow(policy, list, allow) {
    const written = allow.map(item).join(', ');
    const last = list.items.at(-1);
    const close = (list.range?.[1] ?? 0) - 1;
    const at = last ? endOf(last, policy) : close;
    return [{ start: at, end: at, text: last ? `, ${written}` : written }, ...commentAfter(policy, list, allow)];
}
/** What answered, at the end of the line of a list, where there is nothing else. */
function commentAfter({ text }, list, allow) {
    const end = list.range?.[1] ?? 0;
    const stop = lineEnd(text, end);
    const answered = sayAnswered(allow);
    const isFree = text.slice(end, stop).trim() === '' && !text.slice(startOf(list), end).includes('\n');
    return isFree && answered !== '' ? [{ start: end, end, text: ` ${comment(answered)}` }] : [];
}
function addToBlock(policy, list, allow) {
    const last = list.items.at(-1);
    const indent = last && indentOf(policy, last, '-');
    if (!last || indent === undefined)
        return undefined;
    return [
        insertLines(policy, endOf(last, policy), allow.map((one) => `${indent}- ${item(one)} ${comment(sayAnswered([one]))}`)),
    ];
}
/** New lines after the one that an offset is in, and after comments that belong to what is deeper than they are. */
function insertLines({ text, eol }, offset, lines) {
    const depth = /^ */.exec(lines[0] ?? '')?.[0].length ?? 0;
    const deeper = new RegExp(`^\\r?\\n {${depth + 1},}#`);
    let at = lineEnd(text, offset);
    while (deeper.test(text.slice(at, at + depth + 200)))
        at = lineEnd(text, text.indexOf('\n', at) + 1);
    return { start: at, end: at, text: lines.map((line) => eol + line).join('') };
}
/** Adds keys to a mapping, in the way in which it is written. Undefined where its layout leaves no place. */
function addKeys(policy, map, keys) {
    const last = map.items.at(-1);
    if (map.flow || !last) {
        const at = last ? endOfEntry(last, policy) : startOf(map) + 1;
        const written = keys.map(writeFlow).join(', ');
        return [{ start: at, end: at, text: last ? `, ${written}` : ` ${written} ` }];
    }
    const indent = indentOf(policy, last.key, '');
    if (indent === undefined)
        return undefined;
    return [
        insertLines(policy, endOfEntry(last, policy), keys.flatMap((one) => writeLines(one, indent))),
    ];
}
function endOfEntry({ key, value }, policy) {
    return Math.max(endOf(key, policy), endOf(value, policy));
}
function writeFlow({ key, allow, soFar = [] }) {
    return `${scalar(key)}: [${[...soFar, ...allow.map(item)].join(', ')}]`;
}
function writeLines(one, indent) {
    const { key, allow, soFar = [] } = one;
    const answered = sayAnswered(allow);
    if (soFar.length > 0 || isShort(allow))
        return [`${indent}${writeFlow(one)}${answered === '' ? '' : ` ${comment(answered)}`}`];
    const items = allow.map((each) => `${indent}  - ${item(each)} ${comment(sayAnswered([each]))}`);
    return [`${indent}${scalar(key)}:`, ...items];
}
/** Adds `hosts` to a policy or an environment that has none. */
function addHosts(policy, map, keys) {
    const last = map.items.at(-1);
    if (!last)
        return undefined;
    const end = endOfEntry(last, policy);
    if (map.flow)
        return [{ start: end, end, text: `, hosts: { ${keys.map(writeFlow).join(', ')} }` }];
    const indent = indentOf(policy, last.key, '');
    if (indent === undefined)
        return undefined;
    const lines = keys.flatMap((one) => writeLines(one, `${indent}  `));
    return [insertLines(policy, end, [`${indent}hosts:`, ...lines])];
}

;// CONCATENATED MODULE: ./lib/suggest/level.js



function findLevel(written, policy, environment) {
    const root = ownMap(written.document.contents, written);
    const level = environment === undefined ? root : root && findEnvironment(root, written, environment);
    const hosts = level && findEntry(level, 'hosts');
    const named = policy.environments.find(({ name }) => name === environment);
    const rules = environment === undefined ? (0,floor_layer/* ownRules */.og)(policy) : (named?.hosts ?? []);
    const keyed = new Map(rules.map((rule) => [nameOf(rule.matcher), rule]));
    return {
        level,
        map: ownMap(hosts?.value, written),
        hasHosts: hosts !== undefined || rules.length > 0,
        ruleOf: ({ kind, host }) => keyed.get(`${kind} ${host}`),
    };
}
/** A key of `hosts` by what it means. */
function nameOf(matcher) {
    return `${matcher.kind} ${(0,hosts/* matcherText */.sE)(matcher)}`;
}
function findEnvironment(root, written, name) {
    const all = ownMap(findEntry(root, 'environments')?.value, written);
    return all && ownMap(findEntry(all, name)?.value, written);
}

;// CONCATENATED MODULE: ./lib/suggest/part-lists.js



/**
 * A policy in which hosts get lists of their own where aliases share them: the anchor moves to the first alias, with the content of
 * the list. The policy means the same as before.
 */
function partLists(text, policy, hosts) {
    const written = readPolicyText(text);
    const aliases = findFirstAliases(written);
    const levels = new Map();
    const edits = hosts.flatMap((host) => {
        const level = levels.get(host.environment) ?? findLevel(written, policy, host.environment);
        levels.set(host.environment, level);
        const entry = findList(written, level, level.ruleOf(host));
        const list = entry?.value;
        const alias = list && aliases.get(list);
        return (alias && (0,dist/* isSeq */.oP)(list) && moveAnchor(written, entry, list, alias)) || [];
    });
    return applyEdits(text, edits);
}
/** The key whose value is a host's list of allowances, if the list has an anchor that is used. */
function findList(written, { map }, rule) {
    const entry = map && rule && findEntry(map, rule.key);
    const own = ownMap(entry?.value, written);
    const found = own ? findEntry(own, 'allow') : entry;
    return found?.value && (0,dist/* isSeq */.oP)(found.value) && isShared(found.value, written) ? found : undefined;
}
/** The first alias of each node that has any. An anchor may be set again: an alias means the last before it. */
function findFirstAliases({ document }) {
    const anchored = new Map();
    const first = new Map();
    (0,dist/* visit */.YR)(document, {
        Value: (_, node) => {
            if (node.anchor !== undefined)
                anchored.set(node.anchor, node);
        },
        Alias: (_, alias) => {
            const node = anchored.get(alias.source);
            if (node && !first.has(node))
                first.set(node, alias);
        },
    });
    return first;
}
/** Undefined where the anchor is not beside its key. */
function moveAnchor(written, { key }, list, alias) {
    const from = endOf(key, written);
    const [head = '', colon = ''] = /^(\s*:)[ \t]+&[^\s,[\]{}]+/.exec(written.text.slice(from, startOf(list))) ?? [];
    if (head === '')
        return undefined;
    // What a valid policy expands to is bounded.
    const items = list.toJS(written.document, { maxAliasCount: -1 });
    const said = items.map((one) => (0,dist/* stringify */.As)(one, { collectionStyle: 'flow', lineWidth: 0 }).trim()).join(', ');
    const [start = 0, end = 0] = alias.range ?? [];
    return [
        { start: from + colon.length, end: from + head.length, text: '' },
        { start, end, text: `&${list.anchor} [${said}]` },
    ];
}

;// CONCATENATED MODULE: ./lib/suggest/write-out.js

/** The allowances of `allow` of a rule as items of a list, where an alias has to be written out. */
function writeOutAllowances({ allow }) {
    const written = new Map();
    for (const allowance of allow) {
        // One that was split where its policy was read stands at one place.
        if (!allowance.required)
            written.set(`${allowance.place.line}:${allowance.place.column}`, writeOut(allowance));
    }
    return [...written.values()];
}
function writeOut({ text, service, reason, owner, expires }) {
    const port = /^\d+(-\d+)?$/.test(text) ? text : JSON.stringify(text);
    const more = Object.entries({ service, reason, owner, expires }).flatMap(([key, value]) => value === undefined
        ? []
        : `${key}: ${key === 'expires' ? value : key === 'service' ? scalar(value) : JSON.stringify(value)}`);
    return more.length === 0 ? port : `{ ${[`port: ${port}`, ...more].join(', ')} }`;
}

;// CONCATENATED MODULE: ./lib/suggest/amend.js







/**
 * Adds allowances for hosts to a policy, and leaves every other character unchanged. A list that an alias names is not
 * changed either: a host for which it says too little gets a list of its own.
 */
function amendPolicy(text, policy, hosts) {
    const amended = addAllowances(text, policy, hosts);
    if (amended.unplaced.length === 0)
        return amended;
    // By now the aliases of hosts that need more themselves are written out: an anchor goes to one that stays.
    return addAllowances(partLists(amended.text, policy, amended.unplaced), policy, amended.unplaced);
}
function addAllowances(text, policy, hosts) {
    const written = readPolicyText(text);
    const edits = [];
    const unplaced = [];
    const place = (of, made) => {
        if (made)
            edits.push(...made);
        else
            unplaced.push(...of);
    };
    // Where two edits meet, the deeper one comes first: the key under a host, the host, and `hosts` of the policy last.
    const environments = new Set(hosts.map(({ environment }) => environment));
    for (const environment of [...environments].sort((a, b) => Number(a === undefined) - Number(b === undefined))) {
        const { level, map, hasHosts, ruleOf } = findLevel(written, policy, environment);
        const own = hosts.filter((host) => host.environment === environment);
        for (const host of own) {
            const rule = ruleOf(host);
            if (rule && host.allow.length > 0)
                place([host], map && extend(written, map, rule, host));
        }
        const fresh = own.filter((host) => !ruleOf(host));
        const keys = fresh.map(({ host, allow }) => ({ key: host, allow }));
        if (keys.length === 0)
            continue;
        if (map)
            place(fresh, addKeys(written, map, keys));
        else
            place(fresh, level && !hasHosts ? addHosts(written, level, keys) : undefined);
    }
    return { text: applyEdits(text, edits), unplaced };
}
/** Adds to what a key says already. */
function extend(written, hosts, rule, { allow }) {
    const value = findEntry(hosts, rule.key)?.value;
    const soFar = writeOutAllowances(rule);
    const isList = rule.deny.length === 0 && rule.allow.every(({ required }) => !required);
    // It was merged from elsewhere: a key of its own takes its place.
    if (!value)
        return isList ? addKeys(written, hosts, [{ key: rule.key, allow, soFar }]) : undefined;
    if ((0,dist/* isAlias */.Vj)(value))
        return isList ? replaceAlias(value, soFar, allow) : undefined;
    const list = ownSeq(value, written);
    if (list)
        return addItems(written, list, allow);
    const map = ownMap(value, written);
    const allowed = map && findEntry(map, 'allow')?.value;
    if (!allowed)
        return map && addKeys(written, map, [{ key: 'allow', allow, soFar }]);
    if ((0,dist/* isAlias */.Vj)(allowed))
        return replaceAlias(allowed, soFar, allow);
    const inner = ownSeq(allowed, written);
    return inner && addItems(written, inner, allow);
}
/** Writes out what an alias stands for, with more. */
function replaceAlias(alias, soFar, allow) {
    const [start = 0, end = 0] = alias.range ?? [];
    return [{ start, end, text: `[${[...soFar, ...allow.map(item)].join(', ')}]` }];
}

;// CONCATENATED MODULE: ./lib/suggest/cut-list.js


/** Removes items of a list in brackets. @param gone which of them */
function cutFlow(policy, items, gone) {
    const last = gone.lastIndexOf(false);
    const edits = [];
    for (const [index, item] of items.entries()) {
        const next = items[index + 1];
        if (gone[index] && next && index < last)
            edits.push({ start: startOf(item), end: startOf(next), text: '' });
    }
    if (last === items.length - 1)
        return edits;
    // Items at the end are removed with the comma before them or, if no item is left, with the one after them.
    const end = endOf(items.at(-1), policy);
    const kept = items[last];
    if (kept)
        return [...edits, { start: endOf(kept, policy), end, text: '' }];
    const comma = /^\s*,/.exec(policy.text.slice(end))?.[0].length ?? 0;
    return [{ start: startOf(items[0]), end: end + comma, text: '' }];
}
/**
 * Removes items of a list that has one per line, with their lines. Undefined if its layout is different.
 *
 * @param entry the key that the list belongs to
 */
function cutBlock(policy, list, entry, gone) {
    const { text } = policy;
    const edits = [];
    for (const [index, item] of list.items.entries()) {
        if (!gone[index])
            continue;
        if (indentOf(policy, item, '-') === undefined)
            return undefined;
        const end = lineEnd(text, endOf(item, policy));
        edits.push({
            start: lineStart(text, startOf(item)),
            end: text.indexOf('\n', end) + 1 || text.length,
            text: '',
        });
    }
    if (gone.includes(false))
        return edits;
    if (!(0,dist/* isPair */.tO)(entry))
        return undefined;
    // `key:` and, where there is one, `&anchor`.
    const from = endOf(entry.key, policy);
    const head = /^\s*:(?:[ \t]+&[^\s,[\]{}]+)?/.exec(text.slice(from, lineEnd(text, from)));
    if (!head)
        return undefined;
    const at = from + head[0].length;
    return [{ start: at, end: at, text: ' []' }, ...edits];
}

;// CONCATENATED MODULE: ./lib/suggest/prune.js




/**
 * Removes allowances from the text of a policy, and leaves every other character of it as it is.
 *
 * @param unused allowances of this policy
 */
function prunePolicy(source, policy, unused) {
    const written = readPolicyText(source.text);
    const isUnused = new Set(unused);
    const places = new Set(unused.map(({ place }) => placeText(place)));
    for (const one of listAllowances(policy))
        if (!isUnused.has(one))
            places.delete(placeText(one.place));
    const nameOf = (item) => placeText((0,policy_source/* placeOf */.$t)(source, startOf(item)));
    const edits = [];
    const cut = new Set();
    (0,dist/* visit */.YR)(written.document, {
        Seq(_, list, path) {
            const items = list.items;
            const gone = items.map((item) => places.has(nameOf(item)));
            if (!gone.includes(true))
                return;
            const made = list.flow
                ? cutFlow(written, items, gone)
                : cutBlock(written, list, path.at(-1), gone);
            if (!made)
                return;
            edits.push(...made);
            for (const [index, item] of items.entries())
                if (gone[index])
                    cut.add(nameOf(item));
        },
    });
    return {
        text: applyEdits(source.text, edits),
        removed: unused.filter(({ place }) => cut.has(placeText(place))),
    };
}
function listAllowances({ hosts, environments }) {
    return [hosts, ...environments.map((one) => one.hosts)].flat().flatMap(({ allow }) => allow);
}
function placeText({ line, column }) {
    return `${line}:${column}`;
}

// EXTERNAL MODULE: ./lib/policy/addresses.js
var addresses = __webpack_require__(1053);
// EXTERNAL MODULE: ./lib/port-ranges.js
var port_ranges = __webpack_require__(1067);
// EXTERNAL MODULE: ./lib/read/tarpit.js
var tarpit = __webpack_require__(2750);
;// CONCATENATED MODULE: ./lib/suggest/reports.js



/**
 * Joins reports, the oldest first.
 *
 * @param planned the endpoints that they are about
 */
function joinReports(reports, planned, taken) {
    const sights = collectSights(reports);
    const hosts = [];
    const unseen = [];
    const unsteady = [];
    for (const { environment, endpoint, addresses } of planned) {
        const about = { ...(environment === undefined ? {} : { environment }), endpoint: endpoint.text };
        const own = sights.get(reports_nameOf(environment, endpoint.text));
        const known = own?.byAddress ?? new Map();
        for (const [address, all] of known) {
            const { host, changing } = joinHost(all, taken);
            hosts.push({ ...about, host: endpoint.host, address, ...host });
            if (changing.length > 0)
                unsteady.push({ ...about, address, ports: changing });
        }
        const gap = own?.gap;
        // Each address of a block has to be in a report, or the block was not seen.
        const isWhole = known.size > 0 && (addresses ?? []).every((address) => known.has(address));
        if (gap)
            unseen.push({ ...about, ...gap });
        else if (!isWhole)
            unseen.push({ ...about, kind: 'unstated', detail: '' });
    }
    return { scan: { hosts, unseen }, unsteady };
}
function reports_nameOf(environment, endpoint) {
    return JSON.stringify([environment, endpoint]);
}
function collectSights(reports) {
    const sights = new Map();
    const sightsOf = (environment, endpoint) => {
        const name = reports_nameOf(environment, endpoint);
        const known = sights.get(name) ?? { byAddress: new Map() };
        sights.set(name, known);
        return known;
    };
    const whole = new Set();
    for (const { hosts, gaps } of reports) {
        const here = new Set();
        for (const host of hosts) {
            const address = (0,addresses/* normaliseAddress */.DC)(host.address);
            const [endpoint = ''] = host.names;
            if (address === undefined)
                continue;
            const own = sightsOf(host.environment, endpoint);
            own.byAddress.set(address, [...(own.byAddress.get(address) ?? []), host]);
            here.add(own);
        }
        for (const { environment, endpoint, kind, detail } of gaps) {
            const own = sightsOf(environment, endpoint);
            own.gap ??= { kind, detail };
            here.delete(own);
        }
        for (const own of here)
            whole.add(own);
    }
    for (const own of whole)
        delete own.gap;
    return sights;
}
/** What all reports say of one address; `changing`: ports that are open in some and shut in others. */
function joinHost(all, taken) {
    // A host that answered nothing was not seen that time, whatever silence says of its ports.
    const answering = all.filter(({ open, closed = [] }) => open.length > 0 || count(closed) > 0);
    const seeing = answering.length > 0 ? answering : all;
    const shutOf = seeing.map(({ closed = [], filtered = [] }) => rangesOf([...closed, ...filtered]));
    const everOpen = (0,port_ranges/* toRanges */.eb)([...new Set(all.flatMap(({ open }) => open.map(({ port }) => port)))].sort((a, b) => a - b));
    const changing = (0,port_ranges/* intersectRanges */.im)(everOpen, shutOf.flat());
    const open = listOpen(seeing, taken === 'in-all' ? (0,port_ranges/* subtractRanges */.N1)(everOpen, changing) : everOpen);
    const closed = (0,port_ranges/* subtractRanges */.N1)(rangesOf(seeing.flatMap(({ closed = [] }) => closed)), everOpen);
    const filtered = (0,port_ranges/* subtractRanges */.N1)(rangesOf(seeing.flatMap(({ filtered = [] }) => filtered)), [
        ...everOpen,
        ...closed,
    ]);
    const seen = (0,port_ranges/* mergeRanges */.$Z)([...everOpen, ...closed, ...filtered]);
    const isEverywhere = all.some(isTarpit);
    const runs = isEverywhere ? [] : (0,tarpit/* listRuns */.v)(everOpen);
    const host = {
        open,
        closed: closed.length > 0 ? [{ ports: closed, reason: 'conn-refused' }] : [],
        filtered: filtered.length > 0 ? [{ ports: filtered, reason: 'no-response' }] : [],
        unknown: all.flatMap(({ unknown = [] }) => unknown.flatMap(({ ports, reason }) => {
            const left = (0,port_ranges/* subtractRanges */.N1)(ports, seen);
            return left.length > 0 ? [{ ports: left, reason }] : [];
        })),
        answersEverywhere: isEverywhere,
        ...(runs.length > 0 ? { runs } : {}),
    };
    return { host, changing };
}
function count(groups) {
    return groups.reduce((sum, { ports }) => sum + ports.length, 0);
}
function rangesOf(groups) {
    return (0,port_ranges/* mergeRanges */.$Z)(groups.flatMap(({ ports }) => ports));
}
function isTarpit({ open, closed = [], filtered = [], isEverywhere }) {
    const opened = (0,port_ranges/* toRanges */.eb)(open.map(({ port }) => port).sort((a, b) => a - b));
    return (isEverywhere === true ||
        (0,tarpit/* answersEverywhere */.c)(opened, (0,port_ranges/* mergeRanges */.$Z)([...opened, ...rangesOf([...closed, ...filtered])])));
}
/** A service is named if all reports with the port open name the same one; its product is taken from the newest. */
function listOpen(all, wanted) {
    const sights = new Map();
    for (const { open } of all)
        for (const one of open)
            if ((0,port_ranges/* inRanges */.mA)(wanted, one.port))
                sights.set(one.port, [...(sights.get(one.port) ?? []), one]);
    return [...sights]
        .sort(([a], [b]) => a - b)
        .map(([port, told]) => {
        const { isUnasked: _, ...newest } = told.at(-1);
        const isAgreed = told.every(({ service }) => service === newest.service);
        return isAgreed ? newest : { port, reason: newest.reason };
    });
}

// EXTERNAL MODULE: ./lib/judge/everywhere.js
var everywhere = __webpack_require__(2165);
// EXTERNAL MODULE: ./lib/judge/host.js
var judge_host = __webpack_require__(5693);
// EXTERNAL MODULE: ./lib/policy/covering.js
var covering = __webpack_require__(3853);
// EXTERNAL MODULE: ./lib/catalogue/satisfies.js + 1 modules
var satisfies = __webpack_require__(9354);
// EXTERNAL MODULE: ./lib/judge/documents.js
var documents = __webpack_require__(3569);
// EXTERNAL MODULE: ./lib/judge/services.js
var services = __webpack_require__(9647);
;// CONCATENATED MODULE: ./lib/suggest/allowances.js




/** What a suggested allowance of a risky port carries, whatever the policy asks for. */
const DOCUMENTED = { from: 'high', need: ['reason', 'owner', 'expires'] };
/** Makes allowances of open ports. */
function createAllowances(catalogue, demands, now) {
    const document = (port, service) => {
        const allowance = { ports: [{ from: port, to: port }], ...(service === undefined ? {} : { service }) };
        const [own, asked] = [DOCUMENTED, demands].map((one) => (0,documents/* suggestDocuments */.F)(allowance, one, catalogue, now));
        return joinDocuments([...(own ?? []), ...(asked ?? [])]);
    };
    return {
        find: (about, open) => {
            const service = nameService(about, open);
            return {
                port: open.port,
                ...(service === undefined ? {} : { service }),
                answer: (0,services/* answerOf */.ut)(open),
                answered: describe(catalogue, open),
            };
        },
        write: (found) => joinRanges(mergePorts(catalogue, found, document)),
    };
}
/** The service to be named: one that the catalogue has, and that what answered is. */
function nameService({ planned, catalogue }, open) {
    if (open.service === undefined || !planned.scan.identify)
        return undefined;
    const service = (0,catalogue_catalogue/* canonicalService */.of)(open.service);
    const isNamed = catalogue.byService.has(service);
    return isNamed && (0,satisfies/* fitService */.B)(catalogue, (0,services/* answerOf */.ut)(open), service) === 'fits' ? service : undefined;
}
/** `OpenSSH 9.2p1`: what it calls itself, else what it is, else what the port usually is. */
function describe(catalogue, { port, service, product }) {
    const name = service === undefined ? undefined : (catalogue.byService.get(service)?.name ?? service);
    const called = product?.replace(/[_/](?=\d)/, ' ');
    // Some tell their version alone.
    if (called)
        return /[a-z]{2}/i.test(called) || name === undefined ? called : `${name} ${called}`;
    if (name !== undefined)
        return name;
    const usual = (0,catalogue_catalogue/* guessAt */.B3)(catalogue, port);
    return usual ? `service not identified; usually ${usual.name}` : 'service not identified';
}
/**
 * One allowance a port, or one for each service of it. If nothing was identified on one of the addresses of a name, no service is
 * named: the silent one would be a doubt.
 */
function mergePorts(catalogue, found, document) {
    const byPort = new Map();
    for (const one of found)
        byPort.set(one.port, [...(byPort.get(one.port) ?? []), one]);
    return [...byPort]
        .sort(([a], [b]) => a - b)
        .flatMap(([port, all]) => {
        const services = listServices(catalogue, all);
        return services.map((service) => {
            const told = all.filter((one) => mayBe(catalogue, one, service));
            // What answers by another name is as risky as it is, whatever carries it.
            const risks = [service, ...told.map((one) => one.service)];
            return {
                port: String(port),
                ...(service === undefined ? {} : { service }),
                documents: joinDocuments([...new Set(risks)].flatMap((one) => document(port, one))),
                answered: [...new Set(told.map(({ answered }) => answered))],
            };
        });
    });
}
/** The fewest services that all that was found fits: Elasticsearch is HTTP as well. */
function listServices(catalogue, all) {
    const told = all.flatMap(({ service }) => service ?? []);
    if (told.length < all.length)
        return [undefined];
    let services = [...new Set(told)].sort();
    for (const service of services) {
        const others = services.filter((one) => one !== service);
        if (all.every((one) => others.some((other) => mayBe(catalogue, one, other))))
            services = others;
    }
    return services;
}
/** Whether what was found is what an allowance asks for, if it asks for a service. */
function mayBe(catalogue, { answer }, service) {
    return service === undefined || (0,satisfies/* fitService */.B)(catalogue, answer, service) === 'fits';
}
/** At least this many ports in a row are written as a range, if nothing else is known about them. */
const LEAST_RANGE = 3;
function joinRanges(allowances) {
    const runs = [];
    for (const one of allowances) {
        const run = runs.at(-1);
        if (run && continues(run.at(-1), one))
            run.push(one);
        else
            runs.push([one]);
    }
    return runs.flatMap((run) => {
        const [first, last] = [run[0], run.at(-1)];
        return run.length < LEAST_RANGE ? run : { ...first, port: `${first.port}-${last.port}` };
    });
}
function continues(before, next) {
    const isBare = ({ service, documents }) => service === undefined && documents.length === 0;
    return (isBare(before) &&
        isBare(next) &&
        Number(next.port) === Number(before.port) + 1 &&
        String(next.answered) === String(before.answered));
}
/** Each key once; of two days the nearer one. */
function joinDocuments(documents) {
    const joined = new Map();
    for (const { key, value } of documents) {
        const known = joined.get(key);
        if (known === undefined || value < known)
            joined.set(key, value);
    }
    return [...joined].map(([key, value]) => ({ key, value }));
}

// EXTERNAL MODULE: ./lib/policy/plan.js + 2 modules
var policy_plan = __webpack_require__(7792);
;// CONCATENATED MODULE: ./lib/suggest/endpoints.js





/** Remarks on the hosts of a block that are made one by one. */
const MOST_REMARKS = 20;
/**
 * What could not be seen of each endpoint. Endpoints with nothing to judge are left out: a policy that names them would be in
 * doubt.
 */
function describeEndpoints({ plan, scan, unsteady = [], catalogue }) {
    const hostsOf = groupBy(scan.hosts);
    const unseenOf = groupBy(scan.unseen);
    const unsteadyOf = new Map(unsteady.map((one) => [addressOf(one), one.ports]));
    const seen = new Map();
    for (const planned of plan.endpoints) {
        const { environment, endpoint } = planned;
        const name = (0,judge_host/* nameOf */.Vb)(environment, endpoint.text);
        const hosts = hostsOf.get(name) ?? [];
        const sights = hosts.map((host) => lookAt(host, unsteadyOf.get(addressOf(host)) ?? []));
        const isNothing = sights.every(({ nothing }) => nothing !== undefined);
        const gaps = (unseenOf.get(name) ?? []).map((one) => explainUnseen(one, hosts.length > 0));
        const reasons = [...new Set([...gaps, ...sights.flatMap(({ nothing }) => nothing ?? [])])];
        const { extraPort } = endpoint;
        const needsUrl = extraPort !== undefined && !(0,port_ranges/* inRanges */.mA)((0,policy_plan/* selectedRanges */.e5)(planned.scan.ports, catalogue), extraPort);
        seen.set(name, {
            ...(environment === undefined ? {} : { environment }),
            endpoint: endpoint.text,
            text: writeEndpoint(planned, needsUrl),
            kind: endpoint.kind,
            host: endpoint.host,
            needsUrl,
            ...(isNothing ? { leftOut: reasons.join('; ') || 'nothing is known about it' } : {}),
            remarks: isNothing
                ? []
                : cut([
                    ...gaps,
                    ...hosts.flatMap((host, index) => say(planned, host, sights[index], hosts.length === 1)),
                ]),
        });
    }
    return [...seen.values()];
}
function groupBy(items) {
    const groups = new Map();
    for (const item of items) {
        const name = (0,judge_host/* nameOf */.Vb)(item.environment, item.endpoint);
        const known = groups.get(name);
        if (known)
            known.push(item);
        else
            groups.set(name, [item]);
    }
    return groups;
}
const SILENT = 'silent: no port has answered';
function addressOf({ environment, endpoint, address, }) {
    return JSON.stringify([environment, endpoint, address]);
}
/** @param changing ports that were open in some reports only */
function lookAt(host, changing) {
    const { answersEverywhere, filtered, unknown } = host;
    if (answersEverywhere)
        return { nothing: 'every port that was tried is open, as with a tarpit or a proxy', remarks: [] };
    const unseen = unknown.filter(({ reason }) => reason !== 'untestable');
    if (!(0,judge_host/* hasAnswered */.uG)(host) && filtered.length === 0)
        return { nothing: `no port could be probed (${unknown[0]?.reason ?? 'unknown'})`, remarks: [] };
    const silence = (0,judge_host/* hasAnswered */.uG)(host) ? [] : [SILENT];
    const runs = (0,everywhere/* listRuns */.v)(host);
    return {
        remarks: [
            ...silence,
            ...(runs.length > 0
                ? [`${(0,port_ranges/* formatRanges */.Gk)(runs)}: whatever is tried is open, as with a tarpit or a proxy`]
                : []),
            ...unseen.map(({ ports, reason }) => `unknown: ${(0,port_ranges/* formatRanges */.Gk)(ports)} (${reason})`),
            ...(changing.length > 0 ? [`not open in every report: ${(0,port_ranges/* formatRanges */.Gk)(changing)}`] : []),
        ],
    };
}
/** @param isOnly whether it is all that the endpoint leads to */
function say({ endpoint }, { address }, sight, isOnly) {
    const all = [...(sight?.nothing === undefined ? [] : [sight.nothing]), ...(sight?.remarks ?? [])];
    if (isOnly)
        return all;
    // Of a block most addresses are silent.
    const told = endpoint.kind === 'cidr' ? all.filter((text) => text !== SILENT) : all;
    return told.map((text) => `${address}: ${text}`);
}
function cut(remarks) {
    if (remarks.length <= MOST_REMARKS)
        return remarks;
    return [...remarks.slice(0, MOST_REMARKS), `and ${(0,numbers/* count */.U)(remarks.length - MOST_REMARKS, 'more remark')}`];
}
/** @param isPart whether others of its addresses were found */
function explainUnseen({ kind, detail }, isPart) {
    if (kind === 'no-ipv6')
        return 'its IPv6 addresses were not scanned: this machine has no IPv6';
    if (kind === 'unstated')
        return 'the results do not have all of its addresses';
    return `${isPart ? 'not all of its addresses are known' : 'not resolved'}: ${detail}`;
}
/** Normalised, so that no text from outside is written: a URL only if it is printable. */
function writeEndpoint({ endpoint }, needsUrl) {
    const { text, host, isAnchored, extraPort } = endpoint;
    if (!needsUrl)
        return isAnchored ? `${host}.` : host;
    if (/^[\x21-\x7e]+$/.test(text))
        return text;
    return `https://${host.includes(':') ? `[${host}]` : host}:${extraPort}`;
}

;// CONCATENATED MODULE: ./lib/suggest/suggest.js






/**
 * The least that a policy has to allow in addition to what it allows so far, so that what was seen passes: each port that is
 * open and unexpected, for the service that answered. Nothing is allowed where whatever is tried is open, and nothing that is
 * denied or whose allowance has expired: somebody has decided that.
 */
function suggest(evidence) {
    const { policy, plan, scan, catalogue, now } = evidence;
    const cases = (0,judge_host/* buildCases */.At)(plan.endpoints, scan, catalogue, now, policy.riskyAllowances);
    const [forAddresses, forNames] = [cases.filter(isByAddress), cases.filter((about) => !isByAddress(about))];
    const addresses = collect(forAddresses, evidence, () => false);
    // What is allowed by an address holds for the names that lead to it.
    const byAddress = new Map(addresses.map((host) => [keyOf(host.environment, host.host), host]));
    const names = collect(forNames, evidence, (about, found) => {
        const { allow = [] } = byAddress.get(keyOf(chooseLevel(policy, about), about.host.address)) ?? {};
        return allow.some((allowance) => covers(catalogue, allowance, found));
    });
    return { hosts: [...names, ...addresses], endpoints: describeEndpoints(evidence) };
}
function isByAddress({ planned }) {
    return planned.endpoint.kind !== 'name';
}
/**
 * The environment whose `hosts` the allowance goes to; undefined for the top level, as with a single environment that has
 * no `hosts` of its own.
 */
function chooseLevel({ environments }, { host: { environment } }) {
    const [only] = environments;
    return environments.length === 1 && only?.hosts.length === 0 ? undefined : environment;
}
function keyOf(environment, host) {
    return JSON.stringify([environment, host]);
}
function covers(catalogue, { port, service }, found) {
    const [from, to = from] = port.split('-').map(Number);
    return from <= found.port && found.port <= to && mayBe(catalogue, found, service);
}
/** @param isAllowed whether a port that is to be allowed already is, by what has been suggested so far */
function collect(cases, { catalogue, policy, now }, isAllowed) {
    const { find, write } = createAllowances(catalogue, policy.riskyAllowances, now);
    const hosts = new Map();
    for (const about of cases) {
        const { host, address } = about.host;
        const environment = chooseLevel(policy, about);
        const [kind, key] = isByAddress(about) ? ['address', address] : ['name', host];
        const name = keyOf(environment, key);
        const known = hosts.get(name) ?? {
            ...(environment === undefined ? {} : { environment }),
            kind,
            host: key,
            found: [],
        };
        const found = listUnexpected(about).map((open) => find(about, open));
        known.found.push(...found.filter((one) => !isAllowed(about, one)));
        if (known.found.length > 0)
            hosts.set(name, known);
    }
    return [...hosts.values()].map(({ found, ...host }) => ({ ...host, allow: write(found) }));
}
/** Open ports that nothing in the policy mentions, on a host on which an open port means something. */
function listUnexpected({ host, rules }) {
    if (host.answersEverywhere)
        return [];
    const runs = (0,everywhere/* listRuns */.v)(host);
    const isSpokenOf = (port) => [rules.denials, rules.live, rules.expired].some((entries) => (0,covering/* covering */.e)(entries, port).length > 0);
    return host.open.filter(({ port }) => !(0,port_ranges/* inRanges */.mA)(runs, port) && !isSpokenOf(port));
}

;// CONCATENATED MODULE: ./lib/suggest/blocks.js

/** Smaller blocks are written as addresses: a /30. */
const SMALLEST_BITS = 2;
/** The largest blocks of IPv4 that consist of members, and of nothing else. */
function groupAddresses(alike) {
    const members = new Map();
    for (const address of alike) {
        const read = (0,addresses/* numberOfAddress */.D)(address);
        if (read?.bits === 32)
            members.set(Number(read.number), address);
    }
    const groups = [];
    let next = 0;
    for (const start of [...members.keys()].sort((a, b) => a - b)) {
        if (start < next)
            continue;
        const bits = growBlock(members, start);
        if (bits < SMALLEST_BITS)
            continue;
        const inside = Array.from({ length: 2 ** bits }, (_, index) => members.get(start + index));
        groups.push({ pattern: `${members.get(start)}/${32 - bits}`, members: inside });
        next = start + 2 ** bits;
    }
    return groups;
}
/** How many bits of the addresses from here on vary within the largest block of members. */
function growBlock(members, start) {
    let bits = 0;
    for (;;) {
        const size = 2 ** (bits + 1);
        if (start % size !== 0 || size > members.size)
            return bits;
        for (let at = start + size / 2; at < start + size; at++)
            if (!members.has(at))
                return bits;
        bits++;
    }
}

// EXTERNAL MODULE: ./lib/policy/patterns.js + 9 modules
var patterns = __webpack_require__(1912);
;// CONCATENATED MODULE: ./lib/suggest/groups.js

/** Fewer hosts than these are written one by one. */
const LEAST_GROUP = 3;
/** Longest pattern that lists each of its choices. */
const LONGEST_LIST = 60;
/**
 * Patterns for names that are alike. A pattern matches its members and none of the other names of the scan.
 *
 * @param all names that were to be scanned, by the domain that they are in, whatever was seen of them
 * @param isExact whether it must match nothing else at all: risky ports are not allowed on hosts that were never seen
 */
function groupNames(alike, all, isExact) {
    return [...groupByDomain(alike)].flatMap(([domain, names]) => {
        const members = new Set(names);
        // A pattern of this domain matches nothing in another one.
        const others = (all.get(domain) ?? []).filter((name) => !members.has(name));
        const labels = names.map((name) => name.slice(0, -domain.length - 1));
        return groupLabels(labels, domain, others, isExact);
    });
}
/** Names by what follows their first label; names with one label are in no group. */
function groupByDomain(names) {
    const domains = new Map();
    for (const name of names) {
        const dot = name.indexOf('.');
        if (dot > 0)
            addTo(domains, name.slice(dot + 1), name);
    }
    return domains;
}
function addTo(lists, key, item) {
    const known = lists.get(key);
    if (known)
        known.push(item);
    else
        lists.set(key, [item]);
}
function groupLabels(labels, domain, others, isExact) {
    const choose = (of, candidates) => {
        if (of.length < LEAST_GROUP)
            return undefined;
        const members = of.map((label) => `${label}.${domain}`);
        const pattern = candidates
            .flatMap((candidate) => (candidate === undefined ? [] : `${candidate}.${domain}`))
            .find((candidate) => fits(candidate, members, others));
        return pattern === undefined ? undefined : { pattern, members };
    };
    const wide = (candidate) => (isExact ? undefined : candidate);
    const whole = choose(labels, [writeNumbers(labels), wide(writeCommon(labels)), wide('*')]);
    if (whole)
        return [whole];
    const groups = [...byStem(labels).values()].flatMap((stem) => choose(stem, [writeNumbers(stem), wide(writeCommon(stem))]) ?? []);
    const grouped = new Set(groups.flatMap(({ members }) => members));
    const rest = labels.filter((label) => !grouped.has(`${label}.${domain}`));
    const listed = choose(rest, [writeList(rest)]);
    return listed ? [...groups, listed] : groups;
}
function fits(candidate, members, others) {
    const { value } = (0,patterns/* parsePattern */.EY)(candidate);
    if (value === undefined)
        return false;
    const matches = (name) => (0,patterns/* matchesPattern */.MT)(value, name);
    return members.every(matches) && !others.some(matches);
}
/** Labels that differ in their numbers only. */
function byStem(labels) {
    const stems = new Map();
    for (const label of labels)
        addTo(stems, label.replace(/\d+/g, '#'), label);
    return stems;
}
/** `web{1..12}`: numbers without a gap, the only thing in which labels differ. */
function writeNumbers(labels) {
    const parts = labels.map((label) => /^(\D*)(\d+)(\D*)$/.exec(label));
    const [first] = parts;
    if (!first || parts.some((part) => !part || part[1] !== first[1] || part[3] !== first[3]))
        return undefined;
    const written = parts.map((part) => part?.[2] ?? '').sort((a, b) => Number(a) - Number(b));
    const [low = '', high = ''] = [written[0], written.at(-1)];
    const isPadded = written.some((text) => text.length > 1 && text.startsWith('0'));
    if (isPadded && written.some(({ length }) => length !== low.length))
        return undefined;
    const isWhole = Number(high) - Number(low) + 1 === new Set(written.map(Number)).size;
    return isWhole ? `${first[1]}{${low}..${high}}${first[3]}` : undefined;
}
/** `web*`: the beginning that labels have in common. */
function writeCommon(labels) {
    const [first = ''] = labels;
    let length = 0;
    while (length < first.length && labels.every((label) => label[length] === first[length]))
        length++;
    // Digits that happen to be the same in all are no name.
    const common = first.slice(0, length).replace(/\d+$/, '');
    return common.length < 2 ? undefined : `${common}*`;
}
/** `{api,blog,www}` */
function writeList(labels) {
    const list = `{${[...labels].sort().join(',')}}`;
    return list.length > LONGEST_LIST ? undefined : list;
}

;// CONCATENATED MODULE: ./lib/suggest/group-hosts.js


/** Hosts with the same allowances, as one entry where one pattern stands for them. */
function groupHosts(hosts, endpoints) {
    const names = new Set(endpoints.flatMap(({ kind, host }) => (kind === 'name' ? [host] : [])));
    const domains = groupByDomain([...names]);
    const entryOf = new Map();
    for (const alike of groupAlike(hosts)) {
        const byHost = new Map(alike.map((host) => [host.host, host]));
        const [{ kind, allow }] = alike;
        const isRisky = allow.some(({ documents }) => documents.length > 0);
        const found = kind === 'address'
            ? groupAddresses([...byHost.keys()])
            : groupNames([...byHost.keys()], domains, isRisky);
        for (const { pattern, members } of found) {
            const inside = members.map((member) => byHost.get(member));
            const entry = { key: pattern, allow: joinAllowances(inside), members: members.length };
            for (const host of inside)
                entryOf.set(host, entry);
        }
    }
    const entries = hosts.map((host) => entryOf.get(host) ?? { key: host.host, allow: host.allow, members: 1 });
    return [...new Set(entries)].filter(({ allow }) => allow.length > 0);
}
/** Hosts that are allowed something, those that are allowed the same together. */
function groupAlike(hosts) {
    const groups = new Map();
    for (const host of hosts) {
        if (host.allow.length === 0)
            continue;
        const written = host.allow.map(({ port, service, documents }) => [port, service, documents]);
        const signature = JSON.stringify([host.kind, written]);
        const known = groups.get(signature);
        if (known)
            known.push(host);
        else
            groups.set(signature, [host]);
    }
    return [...groups.values()];
}
/** The allowances that alike hosts have, with what answered on any of them. */
function joinAllowances(alike) {
    const [first] = alike;
    return first.allow.map((allowance, index) => ({
        ...allowance,
        answered: [...new Set(alike.flatMap(({ allow }) => allow[index]?.answered ?? []))],
    }));
}

;// CONCATENATED MODULE: ./lib/suggest/write-policy.js





/** The name of the environment that lists endpoints, where keys of `hosts` cannot. */
const ENVIRONMENT = 'default';
/**
 * A policy in which what was seen passes.
 *
 * @param title what it is taken from: "a scan of 2026-11-26"
 */
function writePolicy({ hosts, endpoints }, scan, title) {
    const entries = groupHosts(hosts, endpoints);
    const needsList = entries.some(({ members }) => members > 1) ||
        endpoints.some(({ kind, needsUrl, leftOut }) => leftOut === undefined && (kind === 'cidr' || needsUrl));
    const isRisky = hosts.some(({ allow }) => allow.some(({ documents }) => documents.length > 0));
    const lines = [
        `# Suggested by Portgate from ${title}. It allows what was open: read it before you commit it.`,
        ...(isRisky ? ['# TODO: give each risky port a reason and an owner, or close it.'] : []),
        'version: 1',
        ...writeScan(scan),
        ...(needsList ? writeWithList(entries, endpoints) : writeHosts(entries, endpoints)),
    ];
    return `${lines.join('\n')}\n`;
}
function writeScan({ ports, ip, identify }) {
    const settings = [
        ...(ports === undefined ? [] : [`ports: ${writePorts(ports)}`]),
        ...(ip === undefined ? [] : [`ip: ${ip}`]),
        ...(identify === undefined ? [] : [`identify: ${identify}`]),
    ];
    return settings.length === 0 ? [] : [`scan: { ${settings.join(', ')} }`];
}
function writePorts(ports) {
    if (typeof ports === 'string')
        return ports;
    return `[${(0,port_ranges/* formatRanges */.Gk)(ports).replaceAll(',', ', ')}]`;
}
/** Hosts that are keys and so endpoints as well. */
function writeHosts(entries, endpoints) {
    const byKey = new Map(entries.map((entry) => [entry.key, entry]));
    const lines = new Map();
    for (const { text, host, leftOut, remarks } of endpoints) {
        if (lines.has(host))
            continue;
        const { allow = [] } = byKey.get(host) ?? {};
        if (leftOut === undefined)
            lines.set(host, writeEntry(text, allow, remarks));
        else
            lines.set(host, [`  # ${scalar(text)}: [] ${comment(leftOut)}`]);
    }
    const written = [...lines.values()].flat();
    // Comments alone are no mapping.
    const isEmpty = written.every((line) => line.trimStart().startsWith('#'));
    return isEmpty ? ['# hosts:', ...written] : ['hosts:', ...written];
}
/** Hosts that patterns and blocks stand for have to be listed elsewhere. */
function writeWithList(entries, endpoints) {
    const hosts = entries.flatMap(({ key, allow, members }) => writeEntry(key, allow, members > 1 ? [(0,numbers/* count */.U)(members, 'host')] : []));
    const list = dropCovered(endpoints).flatMap(({ text, leftOut, remarks }) => {
        if (leftOut !== undefined)
            return [`      # - ${scalar(text)} ${comment(leftOut)}`];
        const [only, ...more] = remarks;
        if (more.length > 0)
            return [...remarks.map((remark) => `      ${comment(remark)}`), `      - ${scalar(text)}`];
        return [`      - ${scalar(text)}${only === undefined ? '' : ` ${comment(only)}`}`];
    });
    return [
        ...(hosts.length > 0 ? ['hosts:', ...hosts] : []),
        'environments:',
        `  ${ENVIRONMENT}:`,
        '    endpoints:',
        ...list,
    ];
}
/** Endpoints without those that others scan as well: a name beside its URL, an address in a block. */
function dropCovered(endpoints) {
    const kept = [];
    const scanned = endpoints.filter(({ leftOut }) => leftOut === undefined);
    const urls = new Set(scanned.flatMap(({ host, needsUrl }) => (needsUrl ? [host] : [])));
    const blocks = scanned.flatMap(({ kind, host }) => (kind === 'cidr' ? [host] : []));
    const names = new Set();
    for (const one of endpoints) {
        const { kind, host, text, needsUrl } = one;
        // A name is an endpoint once, with a final dot or without.
        const name = needsUrl ? text : host;
        const block = kind === 'cidr' ? host : (0,addresses/* toBlock */.fl)(host);
        const isInside = () => blocks.some((outer) => outer !== host && (0,addresses/* isBlockInside */.sy)(block, outer));
        const isCovered = !needsUrl && (urls.has(host) || (kind !== 'name' && isInside()));
        if (isCovered || names.has(name))
            continue;
        names.add(name);
        kept.push(one);
    }
    return kept;
}
function writeEntry(key, allow, remarks) {
    const [only, ...more] = remarks;
    const above = more.length > 0 ? remarks.map((remark) => `  ${comment(remark)}`) : [];
    const beside = more.length > 0 ? undefined : only;
    if (isShort(allow)) {
        const answered = sayAnswered(allow);
        const told = [beside, answered].filter(Boolean).join('; ');
        return [
            ...above,
            `  ${scalar(key)}: [${allow.map(item).join(', ')}]${told === '' ? '' : ` ${comment(told)}`}`,
        ];
    }
    return [
        ...above,
        `  ${scalar(key)}:${beside === undefined ? '' : ` ${comment(beside)}`}`,
        ...allow.map((one) => `    - ${item(one)} ${comment(sayAnswered([one]))}`),
    ];
}

// EXTERNAL MODULE: ./lib/report/findings.js + 16 modules
var report_findings = __webpack_require__(2475);
// EXTERNAL MODULE: ./lib/report/wording/text.js
var wording_text = __webpack_require__(6950);
;// CONCATENATED MODULE: ./lib/commands/describe-suggestion.js





/** Most sentences of one kind; the rest are counted. */
const MOST_SAID = 20;
/** What was suggested, and what was not and why. */
function describeSuggestions({ hosts, endpoints }, isAmended) {
    const allowances = hosts.flatMap(({ allow }) => allow);
    const risky = allowances.filter(({ documents }) => documents.length > 0).length;
    const todo = risky > 0 ? ` ${(0,numbers/* count */.U)(risky, 'allowance')} of risky ports ${risky === 1 ? 'says' : 'say'} TODO.` : '';
    const left = endpoints.filter(({ leftOut }) => leftOut !== undefined);
    const told = isAmended ? endpoints.filter(({ remarks }) => remarks.length > 0) : [];
    return [
        `Suggested: ${(0,numbers/* count */.U)(allowances.length, 'allowance')} on ${(0,numbers/* count */.U)(hosts.length, 'host')}, of ${(0,numbers/* count */.U)(endpoints.length, 'endpoint')}.${todo}`,
        ...describe_suggestion_cut(left.map(({ text, leftOut = '' }) => `Left out: ${(0,policy_problem/* quote */.hD)(text)}: ${(0,report_escape/* printable */.g$)(leftOut)}.`)),
        ...describe_suggestion_cut(told.map(({ text, remarks }) => `${(0,policy_problem/* quote */.hD)(text)}: ${(0,report_escape/* printable */.g$)(remarks.join('; '))}.`)),
    ];
}
/** What has to be added by hand. */
function sayUnplaced({ host, allow }) {
    const ports = allow
        .map(({ port, service }) => (service === undefined ? port : `${port} (${service})`))
        .join(', ');
    const needs = ports === '' ? 'a key of its own, so that it is scanned' : ports;
    return `Add it by hand: ${(0,policy_problem/* quote */.hD)(host)} needs ${needs}. The place for it is shared through an alias, or the layout leaves none.`;
}
const SAID = { pass: 'a pass', fail: 'a failure', inconclusive: 'inconclusive' };
/** What the suggested policy makes of what was seen. */
function describeJudgement(findings, verdict) {
    const violations = findings.filter(({ kind }) => kind === 'violation');
    const doubts = findings.filter(({ kind }) => kind === 'doubt');
    if (violations.length + doubts.length === 0)
        return ['With this policy, what was seen passes.'];
    const ids = [...new Set(doubts.map(({ id }) => id))].map((id) => {
        return (0,numbers/* count */.U)(doubts.filter((one) => one.id === id).length, id, id);
    });
    const said = violations.map((finding) => `  ${(0,report_escape/* printable */.g$)((0,wording_text/* plain */.pj)((0,report_findings/* wordFinding */.WV)(finding).message))}`);
    return [
        `With this policy, what was seen is ${SAID[verdict]}: ${(0,numbers/* count */.U)(violations.length, 'violation')} and ${(0,numbers/* count */.U)(doubts.length, 'doubt')} remain${ids.length > 0 ? ` (${ids.join(', ')})` : ''}.`,
        ...describe_suggestion_cut(said),
    ];
}
/** The first of some sentences, and how many more there are. */
function describe_suggestion_cut(sentences) {
    if (sentences.length <= MOST_SAID)
        return sentences;
    return [...sentences.slice(0, MOST_SAID), `and ${(0,numbers/* count */.U)(sentences.length - MOST_SAID, 'more', 'more')}`];
}

// EXTERNAL MODULE: ./lib/run.js + 3 modules
var run = __webpack_require__(2095);
;// CONCATENATED MODULE: ./lib/commands/see-endpoints.js






/** Scans what the user asks for, or else what the policy names. @throws {Unusable} as a run */
async function seeByScan(request, loaded, context) {
    const { plan, missing } = (0,prepare_plan/* planScan */.hn)(request, loaded, context.deploysTo);
    if (missing.length > 0)
        throw new unusable/* Unusable */.kO([], missing, 'UNUSABLE: The policy names nothing to scan');
    const scan = await (0,run/* look */.Op)(request, loaded, plan, context);
    const now = request.results ? new Date() : scan.startedAt;
    const day = scan.startedAt.toISOString().slice(0, 10);
    const planWith = (other) => (0,prepare_plan/* planScan */.hn)(request, other, context.deploysTo).plan;
    return { plan, scan, now, title: `a scan of ${day}`, planWith };
}
/** Takes several reports for one scan: what all of them have seen open is open. @throws {Unusable} where one cannot be used */
async function seeReports(files, request, loaded) {
    const reports = await readReports(files);
    const planned = planReports(reports, request, loaded);
    const { scan, unsteady } = joinReports(planned.reports, planned.plan.endpoints, 'in-all');
    const now = new Date();
    return {
        plan: planned.plan,
        scan: { ...scan, canaries: [], probes: 0, startedAt: now, finishedAt: now },
        now,
        unsteady,
        title: (0,numbers/* count */.U)(files.length, 'report'),
        planWith: (other) => planReports(reports, request, other).plan,
    };
}

;// CONCATENATED MODULE: ./lib/commands/suggest.js

























/**
 * The least policy by which what is seen passes: a new one, or the existing one, amended.
 *
 * @throws {Unusable} where the options or the policy cannot be used, or nothing is named to look at
 */
async function suggestPolicy(asked, context) {
    const request = (0,options/* parseOptions */.A)(asked.options);
    refuseContradictions(asked, request);
    const written = await openWritten(request, context, asked);
    const loaded = written?.loaded ?? emptyPolicy();
    if (asked.prune)
        return prune(asked.from ?? [], request, context.tree, written);
    const seen = asked.from
        ? await seeReports(asked.from, request, loaded)
        : await seeByScan(request, loaded, context);
    const suggestions = suggest({ ...loaded, ...seen });
    // Endpoints that the policy names itself need no key.
    const isNamed = request.endpoints.length > 0 || asked.from !== undefined;
    const { text, unplaced } = written
        ? amend(written, suggestions, isNamed)
        : { text: writePolicy(suggestions, listSettings(request), seen.title), unplaced: [] };
    const file = written?.source.file ?? load/* DEFAULT_FILES */.Yc[0];
    const after = await readBack(context.tree, file, text);
    const { findings, verdict } = (0,judge/* judge */.S)({
        ...after,
        ...(written ? seen : leaveOut(seen, suggestions)),
        plan: seen.planWith(after),
    });
    const isNothing = suggestions.endpoints.every(({ leftOut }) => leftOut !== undefined);
    return {
        file,
        ...(written ? { before: written.mark + written.source.text } : {}),
        text: (written?.mark ?? '') + text,
        sentences: [
            ...(written ? [] : await explainEmptied(request, context)),
            ...describeSuggestions(suggestions, written !== undefined),
            ...unplaced.map(sayUnplaced),
            ...(written && isNamed ? describe_suggestion_cut(listUnscanned(after.policy, suggestions)) : []),
            ...(isNothing
                ? ['Every endpoint is left out: there is nothing to check yet.']
                : describeJudgement(findings, verdict)),
        ],
    };
}
/** @throws {Unusable} where what is asked for says two things */
function refuseContradictions({ from, prune }, { endpoints, results }) {
    const problems = [
        ...(prune && !from ? ['prune: it takes reports: name them with `--from`'] : []),
        ...(from && results ? ['from: it cannot be combined with `results`'] : []),
        ...(from && endpoints.length > 0
            ? ['from: reports bring their own endpoints: leave out those given']
            : []),
    ];
    if (problems.length > 0)
        throw new unusable/* Unusable */.kO(problems);
}
/** A suggested policy as a run would read it. @throws {Unusable} where it has become larger than a policy may be */
async function readBack(tree, file, text) {
    try {
        return await (0,load/* parsePolicyFile */._6)(tree, { file, bytes: new TextEncoder().encode(text) });
    }
    catch (error) {
        if (!(error instanceof unusable/* Unusable */.kO) || error instanceof unusable/* Unreadable */.IO)
            throw error;
        const [{ code, message } = { code: '', message: error.message }] = error.diagnostics;
        const isTooLarge = ['too-large', 'too-many-values', 'too-many-patterns'].includes(code);
        if (!isTooLarge)
            throw new Error(`the suggested policy is not valid: ${error.message}`);
        throw new unusable/* Unusable */.kO([
            `A policy for so many hosts is larger than a policy may be: ${message}. Name fewer endpoints.`,
        ]);
    }
}
/** What was seen of the endpoints that a new policy names: it does not judge those that it leaves out. */
function leaveOut({ scan, now }, { endpoints }) {
    const left = new Set(endpoints.flatMap(({ endpoint, leftOut }) => (leftOut === undefined ? [] : endpoint)));
    const isKept = ({ endpoint }) => !left.has(endpoint);
    return { now, scan: { ...scan, hosts: scan.hosts.filter(isKept), unseen: scan.unseen.filter(isKept) } };
}
/** The existing policy; undefined if there is none and endpoints or reports say what to look at. */
async function openWritten(request, { root, tree }, { from, prune }) {
    const named = (0,policy/* policyFile */.X)(request, root);
    const found = await (0,load/* findPolicyFile */.Oz)(tree, named);
    const isEnough = !prune && (request.endpoints.length > 0 || from !== undefined);
    if (found?.bytes.length === 0) {
        // A shell that redirects the output to the file has emptied it.
        if (isEnough)
            return undefined;
        throw new unusable/* Unusable */.kO([
            `${found.file} is empty. If the output goes to that file, the shell has emptied it: write to another one, or use \`--format patch\`.`,
        ]);
    }
    if (found) {
        const loaded = await (0,load/* parsePolicyFile */._6)(tree, found);
        const { source } = (0,policy_source/* readSource */.o$)(found.bytes, loaded.policy.file);
        const [first, second] = found.bytes;
        return { loaded, source, mark: first === 0xef && second === 0xbb ? '\uFEFF' : '' };
    }
    // Throws the error that says that there is no policy, and how to begin.
    if (named !== undefined || !isEnough)
        await (0,load/* load */.Hh)(tree, named, false);
    return undefined;
}
/**
 * The sentence for a new policy in place of one that is empty now but not in the last commit: a shell that redirects the output
 * to the file has emptied it.
 */
async function explainEmptied(request, { root, tree }) {
    const found = await (0,load/* findPolicyFile */.Oz)(tree, (0,policy/* policyFile */.X)(request, root));
    if (!found)
        return [];
    const committed = await gitTree(root, 'HEAD')
        .then((head) => head.read(found.file, 1))
        .catch(() => undefined);
    if (!committed?.length)
        return [];
    return [
        `${found.file} is empty, but not in the last commit: if the output goes to that file, the shell has emptied it. The policy printed here is new and keeps nothing of the committed one, such as \`extends\`. To amend that one, run \`git restore\` on it, then \`suggest\` with \`--format patch\` and \`git apply\`.`,
    ];
}
/** A policy that says nothing. */
function emptyPolicy() {
    const { policy } = (0,parse/* parsePolicy */.ON)(new TextEncoder().encode('version: 1\n'), load/* DEFAULT_FILES */.Yc[0]);
    if (!policy)
        throw new Error('the empty policy is valid');
    return { policy, noEndpoints: [], catalogue: (0,catalogue_catalogue/* buildCatalogue */.ic)() };
}
async function prune(files, request, tree, written) {
    if (!written)
        throw new unusable/* Unusable */.kO(['prune: there is no policy to remove anything from']);
    const { loaded, source, mark } = written;
    const reports = placeReports(await readReports(files), loaded);
    // All endpoints of the policy: what no report has of them was not seen.
    const { plan } = (0,prepare_plan/* planScan */.hn)({ ...request, endpoints: [] }, loaded, undefined);
    const { scan } = joinReports(reports, plan.endpoints, 'in-any');
    const unused = (0,judge_unused/* findUnused */._)({ ...loaded, plan, scan, now: new Date() });
    const { text, removed } = prunePolicy(source, loaded.policy, unused);
    await readBack(tree, source.file, text);
    const left = unused.length - removed.length;
    const shared = left > 0
        ? [
            `${(0,numbers/* count */.U)(left, 'unused allowance')} cannot be removed without removing others: an alias shares them.`,
        ]
        : [];
    const unsure = scan.unseen.map(({ endpoint }) => `${(0,policy_problem/* quote */.hD)(endpoint)} was not seen in full: what is allowed there stays.`);
    return {
        file: source.file,
        before: mark + source.text,
        text: mark + text,
        sentences: [
            removed.length === 0
                ? `No allowance of ${source.file} can be removed${left > 0 ? '' : ': each was needed, or not everything it covers was seen'}.`
                : `${(0,numbers/* count */.U)(removed.length, 'allowance')} of ${source.file} can be removed: no report needed ${removed.length === 1 ? 'it' : 'them'}.`,
            ...shared,
            ...describe_suggestion_cut(unsure),
        ],
    };
}
/** Amends the policy. If its keys say what is scanned, endpoints without a key get one. */
function amend({ loaded: { policy }, source }, suggestions, isNamed) {
    const known = new Set(suggestions.hosts.map(({ host }) => host));
    // The keys of a floor name nothing to scan.
    for (const { matcher } of (0,floor_layer/* ownRules */.og)(policy))
        known.add((0,hosts/* matcherText */.sE)(matcher));
    const isKeyed = isNamed && policy.environments.length === 0;
    const fresh = suggestions.endpoints.flatMap(({ kind, host, leftOut }) => {
        if (!isKeyed || kind === 'cidr' || leftOut !== undefined || known.has(host))
            return [];
        known.add(host);
        return { kind, host, allow: [] };
    });
    return amendPolicy(source.text, policy, [...suggestions.hosts, ...fresh]);
}
/** Endpoints that a scan by the policy alone would leave out, as sentences. */
function listUnscanned(policy, { endpoints }) {
    const scanned = new Set([...(0,environments/* listScopes */.c)(policy)].flatMap((scope) => scope.endpoints.map(({ host }) => host)));
    const left = endpoints.filter(({ host, leftOut }) => leftOut === undefined && !scanned.has(host));
    return left.map(({ text }) => `The policy does not scan ${(0,policy_problem/* quote */.hD)(text)}: list it under \`endpoints\` of an environment.`);
}
/** The user's settings for this scan that a later scan has to use too. */
function listSettings({ ports, ip, identify }) {
    return {
        ...(ports === undefined ? {} : { ports }),
        ...(ip === undefined || ip === 'auto' ? {} : { ip }),
        ...(identify === false ? { identify } : {}),
    };
}
/** A suggestion as it is printed. */
function renderSuggestion({ file, before, text }, format) {
    return format === 'patch' ? writePatch(file, before, text) : text;
}


/***/ }),

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

/***/ 2231:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ createMemberReader)
/* harmony export */ });
/* harmony import */ var _decode_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4200);
/* harmony import */ var _reading_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7996);


/** Longest member or item that is held, in characters: a host with all ports open takes 6 million. */
const LONGEST = 16 * 1024 * 1024;
/** Splits one JSON object, however large, into its members and the items of its lists. */
function createMemberReader({ lists, list: onList, item, member, end }) {
    const here = { line: 1, column: 1 };
    let piece = '';
    let begins = here;
    /** 0 outside of the object, 1 in it, 2 in a list whose items are wanted or in any other value. */
    let depth = 0;
    let list;
    let isOver = false;
    let isInText = false;
    let isEscaped = false;
    const refuse = (position) => {
        throw new _reading_js__WEBPACK_IMPORTED_MODULE_1__/* .ResultsError */ .N(position, 'this is no JSON, or not all of it');
    };
    const flush = (text) => {
        const whole = (piece + text).trim();
        piece = '';
        if (whole === '')
            return;
        if (list !== undefined)
            item(list, whole, begins);
        else
            member(whole, begins);
    };
    return {
        write(text) {
            let start = 0;
            const positionAt = (0,_decode_js__WEBPACK_IMPORTED_MODULE_0__/* .createPositions */ .H)(here, text);
            const cut = (at) => {
                flush(text.slice(start, at));
                start = at + 1;
                begins = positionAt(start);
            };
            for (let at = 0; at < text.length; at++) {
                const c = text.charAt(at);
                if (isInText) {
                    if (isEscaped)
                        isEscaped = false;
                    else if (c === '\\')
                        isEscaped = true;
                    else if (c === '"')
                        isInText = false;
                    continue;
                }
                if (isOver || depth === 0) {
                    if (!isOver && c === '{') {
                        depth = 1;
                        start = at + 1;
                    }
                    else if (c.trim() !== '')
                        refuse(positionAt(at));
                    continue;
                }
                const level = list === undefined ? 1 : 2;
                if (c === '"')
                    isInText = true;
                else if (c === ',' && depth === level)
                    cut(at);
                else if (c === '[' || c === '{') {
                    const name = depth === 1 && c === '[' ? readName(piece + text.slice(start, at)) : undefined;
                    depth += 1;
                    if (name === undefined || !lists.has(name))
                        continue;
                    piece = '';
                    list = name;
                    start = at + 1;
                    onList?.(name);
                }
                else if (c === ']' || c === '}') {
                    if (depth === level) {
                        cut(at);
                        list = undefined;
                        isOver = level === 1;
                    }
                    depth -= 1;
                }
            }
            if (depth > 0 && !isOver)
                piece += text.slice(start);
            if (piece.length > LONGEST)
                throw new _reading_js__WEBPACK_IMPORTED_MODULE_1__/* .ResultsError */ .N(begins, 'a part of the report is longer than any that Portgate writes');
            positionAt(text.length);
        },
        end() {
            if (!isOver)
                throw new _reading_js__WEBPACK_IMPORTED_MODULE_1__/* .ResultsError */ .N(here, _reading_js__WEBPACK_IMPORTED_MODULE_1__/* .CUT_OFF */ .V);
            end(here);
        },
    };
}
/** The name of a member, from what stands before its value. */
function readName(text) {
    return /^\s*"(\w+)"\s*:\s*$/.exec(text)?.[1];
}


/***/ }),

/***/ 8262:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ag: () => (/* binding */ readObject),
/* harmony export */   Gv: () => (/* binding */ isObject),
/* harmony export */   NW: () => (/* binding */ createObjectReader)
/* harmony export */ });
/* harmony import */ var _decode_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4200);
/* harmony import */ var _reading_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7996);


/** Longest object, in characters: a banner may be long, but not a megabyte. */
const LONGEST = 1024 * 1024;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN = 0x7b;
const CLOSE = 0x7d;
/** Splits a list of JSON objects into these: nothing but the one that is being read is held. */
function createObjectReader({ object, mark, end }) {
    const here = { line: 1, column: 1 };
    let kept = '';
    let begins = here;
    let depth = 0;
    let isInText = false;
    let isEscaped = false;
    return {
        write(text) {
            let start = 0;
            const positionAt = (0,_decode_js__WEBPACK_IMPORTED_MODULE_0__/* .createPositions */ .H)(here, text);
            for (let at = 0; at < text.length; at++) {
                const code = text.charCodeAt(at);
                if (isInText) {
                    if (isEscaped)
                        isEscaped = false;
                    else if (code === BACKSLASH)
                        isEscaped = true;
                    else if (code === QUOTE)
                        isInText = false;
                }
                else if (code === OPEN) {
                    if (depth === 0) {
                        begins = positionAt(at);
                        start = at;
                    }
                    depth += 1;
                }
                else if (depth > 0) {
                    if (code === QUOTE)
                        isInText = true;
                    else if (code === CLOSE && --depth === 0) {
                        object(kept + text.slice(start, at + 1), begins);
                        kept = '';
                    }
                }
                else if (!/\s/.test(text.charAt(at)))
                    mark(text.charAt(at), positionAt(at));
            }
            if (depth > 0)
                kept += text.slice(start);
            if (kept.length > LONGEST)
                throw new _reading_js__WEBPACK_IMPORTED_MODULE_1__/* .ResultsError */ .N(begins, 'an object is longer than any that a scanner writes');
            positionAt(text.length);
        },
        end() {
            if (depth > 0)
                throw new _reading_js__WEBPACK_IMPORTED_MODULE_1__/* .ResultsError */ .N(here, _reading_js__WEBPACK_IMPORTED_MODULE_1__/* .CUT_OFF */ .V);
            end(here);
        },
    };
}
/** A JSON object; undefined where the text is none. */
function readObject(text) {
    try {
        const value = JSON.parse(text);
        return isObject(value) ? value : undefined;
    }
    catch {
        return undefined;
    }
}
/** Whether a value of JSON is an object, and no list. */
function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}


/***/ }),

/***/ 6563:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ik: () => (/* binding */ createPortgateReader),
/* harmony export */   Wr: () => (/* binding */ readInstant),
/* harmony export */   rk: () => (/* binding */ readHost)
/* harmony export */ });
/* harmony import */ var _model_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9814);
/* harmony import */ var _ports_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7800);
/* harmony import */ var _reading_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7996);
/* harmony import */ var _services_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1826);
/* harmony import */ var _json_members_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2231);
/* harmony import */ var _json_objects_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(8262);






/**
 * Portgate's own `report.json`, schema version 1. It has all states. What only its findings say (names without addresses, canaries that
 * were not open) is read as well, or the doubts of that run would be lost.
 */
function createPortgateReader(sink) {
    const members = new Map();
    const hosts = [];
    const everywhere = new Set();
    let isBlind = false;
    const refuse = (position) => {
        throw new _reading_js__WEBPACK_IMPORTED_MODULE_2__/* .ResultsError */ .N(position, 'this is not a Portgate report of `schemaVersion` 1');
    };
    return (0,_json_members_js__WEBPACK_IMPORTED_MODULE_4__/* .createMemberReader */ .c)({
        lists: new Set(['hosts', 'findings', 'policyChanges']),
        member(text, position) {
            const object = (0,_json_objects_js__WEBPACK_IMPORTED_MODULE_5__/* .readObject */ .Ag)(`{${text}}`);
            if (!object)
                return refuse(position);
            for (const [name, value] of Object.entries(object))
                members.set(name, value);
            if ('schemaVersion' in object && object.schemaVersion !== 1)
                refuse(position);
        },
        item(name, text, position) {
            const value = (0,_json_objects_js__WEBPACK_IMPORTED_MODULE_5__/* .readObject */ .Ag)(text);
            if (!value)
                return refuse(position);
            if (name === 'hosts')
                hosts.push(readHost(value) ?? refuse(position));
            if (name !== 'findings')
                return;
            isBlind ||= value.id === 'canary-not-open';
            if (value.id === 'answers-everywhere')
                everywhere.add(nameOf(value.environment, value.endpoint, value.address));
            if (typeof value.endpoint === 'string')
                readGap(value.endpoint, value, sink);
        },
        end(position) {
            const { schemaVersion, tool, startedAt, finishedAt } = Object.fromEntries(members);
            if (schemaVersion !== 1 || !(0,_json_objects_js__WEBPACK_IMPORTED_MODULE_5__/* .isObject */ .Gv)(tool) || tool.name !== 'portgate')
                refuse(position);
            const { version } = tool;
            sink.scan({
                tool: 'Portgate',
                ...(typeof version === 'string' ? { version } : {}),
                startedAt: readInstant(startedAt),
                finishedAt: readInstant(finishedAt),
                hasAllAddresses: true,
            });
            for (const host of hosts) {
                const isEverywhere = everywhere.has(nameOf(host.environment, host.names[0], host.address));
                const stated = isEverywhere ? { ...host, isEverywhere } : host;
                sink.host(isBlind ? { ...stated, closed: [], filtered: [] } : stated);
            }
        },
    });
}
function nameOf(...parts) {
    return JSON.stringify(parts);
}
/** Milliseconds since 1970; undefined if the text is not a time. */
function readInstant(text) {
    const at = typeof text === 'string' ? Date.parse(text) : Number.NaN;
    return Number.isNaN(at) ? undefined : at;
}
/** A host of a report; undefined where it is none. */
function readHost({ environment, endpoint, address, ports, }) {
    if (typeof endpoint !== 'string' || typeof address !== 'string' || !(0,_json_objects_js__WEBPACK_IMPORTED_MODULE_5__/* .isObject */ .Gv)(ports))
        return undefined;
    const { open, closed, filtered, unknown } = ports;
    if (!Array.isArray(open) || !Array.isArray(unknown))
        return undefined;
    const opened = open.map(readOpen);
    const shut = [readRanges(closed, 'conn-refused'), readRanges(filtered, 'no-response')];
    const unseen = unknown.map((group) => (0,_json_objects_js__WEBPACK_IMPORTED_MODULE_5__/* .isObject */ .Gv)(group) ? readRanges(group.ports, readReason(group.reason)) : undefined);
    const isWhole = [...opened, ...shut, ...unseen].every((part) => part !== undefined);
    if (!isWhole)
        return undefined;
    return {
        ...(typeof environment === 'string' ? { environment } : {}),
        address,
        names: [endpoint],
        open: opened,
        closed: [shut[0]],
        filtered: [shut[1]],
        unknown: unseen,
    };
}
function readOpen(value) {
    if (!(0,_json_objects_js__WEBPACK_IMPORTED_MODULE_5__/* .isObject */ .Gv)(value))
        return undefined;
    const port = (0,_ports_js__WEBPACK_IMPORTED_MODULE_1__/* .readPort */ .S)(value.port);
    if (port === undefined)
        return undefined;
    const open = { port, reason: 'syn-ack' };
    const { service, product, tls } = value;
    if (typeof service !== 'string')
        return { ...open, isUnasked: true };
    return {
        ...open,
        service: (0,_services_js__WEBPACK_IMPORTED_MODULE_3__/* .plain */ .p)(service),
        ...(typeof product === 'string' ? { product: (0,_services_js__WEBPACK_IMPORTED_MODULE_3__/* .plain */ .p)(product) } : {}),
        ...((0,_json_objects_js__WEBPACK_IMPORTED_MODULE_5__/* .isObject */ .Gv)(tls) ? { tls: readTls(tls) } : {}),
    };
}
function readTls({ protocol, validTo }) {
    const until = readInstant(validTo);
    return {
        protocol: typeof protocol === 'string' ? protocol.replace(/[^\w.]/g, '').slice(0, 20) : 'TLS',
        names: [],
        ...(until === undefined ? {} : { validTo: new Date(until).toISOString() }),
    };
}
function readRanges(text, reason) {
    const ports = typeof text === 'string' ? (0,_ports_js__WEBPACK_IMPORTED_MODULE_1__/* .readPortList */ .q)(text) : undefined;
    return ports && { ports, reason };
}
/** A newer Portgate may have other reasons. */
function readReason(text) {
    return _model_js__WEBPACK_IMPORTED_MODULE_0__/* .REASONS */ .ez.find((reason) => reason === text) ?? 'not-stated';
}
/** What that run could not find or reach. */
function readGap(endpoint, { id, environment, address, message }, sink) {
    const kind = id === 'unresolved-host' ? 'unresolved' : id === 'no-ipv6-here' ? 'no-ipv6' : undefined;
    if (!kind)
        return;
    const detail = typeof message === 'string' ? message.slice(0, 300) : '';
    const about = typeof environment === 'string' ? { environment } : {};
    sink.gap({ ...about, endpoint, kind, detail, ...(typeof address === 'string' ? { address } : {}) });
}


/***/ }),

/***/ 7800:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   S: () => (/* binding */ readPort),
/* harmony export */   q: () => (/* binding */ readPortList)
/* harmony export */ });
/* harmony import */ var _port_ranges_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1067);

/** Lists that are remembered: scanners write the same ones again and again. */
const MOST_KNOWN = 1_000;
const LONGEST_KNOWN = 2_000;
const known = new Map();
/** A list of ports as scanners write it, `1-21,23`, ascending. Undefined where it is none. Equal texts may give the same list. */
function readPortList(text) {
    if (known.has(text))
        return known.get(text);
    const ranges = parse(text);
    if (text.length <= LONGEST_KNOWN) {
        if (known.size >= MOST_KNOWN)
            known.clear();
        known.set(text, ranges);
    }
    return ranges;
}
function parse(text) {
    if (text === '')
        return [];
    const ranges = [];
    for (const item of text.split(',')) {
        const [match, first = '', last = first] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(item) ?? [];
        if (!match || +first > +last || +last > _port_ranges_js__WEBPACK_IMPORTED_MODULE_0__/* .LAST_PORT */ .$t)
            return undefined;
        // Port 0 can be scanned, but no service has it.
        if (+last > 0)
            ranges.push({ from: Math.max(1, +first), to: +last });
    }
    return (0,_port_ranges_js__WEBPACK_IMPORTED_MODULE_0__/* .mergeRanges */ .$Z)(ranges);
}
/** A TCP port; undefined where the text is none. */
function readPort(text) {
    const port = typeof text === 'string' && /^\d{1,5}$/.test(text) ? Number(text) : text;
    return typeof port === 'number' && Number.isInteger(port) && port >= 1 && port <= _port_ranges_js__WEBPACK_IMPORTED_MODULE_0__/* .LAST_PORT */ .$t
        ? port
        : undefined;
}


/***/ }),

/***/ 1826:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ toIdentified),
/* harmony export */   p: () => (/* binding */ plain)
/* harmony export */ });
/** From nmap's names of services to those of Portgate's own scan and catalogue; all others are the same. */
const NAMES = new Map([
    ['ajp12', 'ajp'],
    ['ajp13', 'ajp'],
    ['afp', 'afpovertcp'],
    ['firebird', 'gds_db'],
    ['http-proxy', 'http'],
    ['ident', 'auth'],
    ['irc', 'ircu'],
    ['java-rmi', 'rmiregistry'],
    ['memcached', 'memcache'],
    ['mongod', 'mongodb'],
    ['modbus', 'mbap'],
    ['msrpc', 'epmap'],
    ['ms-sql-m', 'ms-sql-s'],
    ['netbios-ssn', 'microsoft-ds'],
    ['oracle', 'oracle-tns'],
    ['rpcbind', 'sunrpc'],
    ['rdp', 'ms-wbt-server'],
    ['socks4', 'socks'],
    ['socks5', 'socks'],
    ['vnc', 'rfb'],
    ['vnc-http', 'http'],
    ['xmpp', 'xmpp-client'],
]);
/** Services that nmap recognises as HTTP and names only as a product, with the catalogue's name. */
const PRODUCTS = [
    [/^(?:Elasticsearch|OpenSearch)\b/i, 'elasticsearch'],
    [/^(?:Elasticsearch )?Kibana\b/i, 'kibana'],
    [/^(?:Apache )?CouchDB\b/i, 'couchdb'],
    [/^InfluxDB\b/i, 'influxdb'],
    [/^Grafana\b/i, 'grafana'],
    [/^Prometheus\b/i, 'prometheus'],
    [/^Docker Registry\b/i, 'docker-registry'],
    [/^Docker\b/i, 'docker'],
    [/^(?:Golang net\/http server \()?Kubernetes\b/i, 'kube-apiserver'],
    [/^etcd\b/i, 'etcd-client'],
    [/^(?:HashiCorp )?Consul\b/i, 'consul'],
    [/^Neo4j\b/i, 'neo4j'],
    [/^MinIO\b/i, 'minio'],
    [/^Jenkins\b/i, 'jenkins'],
    [/^Squid\b/i, 'squid'],
];
/** Services that have another name inside TLS. */
const IN_TLS = new Map([
    ['amqp', 'amqps'],
    ['ftp', 'ftps'],
    ['http', 'https'],
    ['imap', 'imaps'],
    ['ldap', 'ldaps'],
    ['mqtt', 'secure-mqtt'],
    ['pop3', 'pop3s'],
    ['smtp', 'submissions'],
]);
const LONGEST_TEXT = 100;
/**
 * What a scanner has recognised, as Portgate's own scan would say it.
 *
 * @param name the scanner's name of the service, `http` or `ssl/http`; undefined where it only knows that TLS answers, or nothing
 * @param isInTls whether TLS is around it
 */
function toIdentified(name, product, isInTls) {
    const bare = name?.replace(/^(?:ssl|tls)[/|]/, '');
    const hasTls = isInTls || bare !== name;
    const service = nameService(bare, product, hasTls);
    const called = plain(product);
    return {
        ...(service === undefined ? {} : { service }),
        ...(called === '' ? {} : { product: called }),
        ...(hasTls ? { tls: { protocol: 'TLS', names: [] } } : {}),
    };
}
function nameService(name, product, isInTls) {
    if (name === undefined || name === '' || name === 'ssl' || name === 'tls')
        return isInTls || name ? 'tls' : undefined;
    const base = plain(name).toLowerCase();
    const called = NAMES.get(base) ?? base;
    const carried = called === 'http' ? PRODUCTS.find(([pattern]) => pattern.test(product))?.[1] : undefined;
    return carried ?? (isInTls ? (IN_TLS.get(called) ?? called) : called);
}
/** Printable ASCII, as long as what the scan itself hands on. */
function plain(text) {
    return text
        .replace(/[^\x20-\x7e]+/g, '?')
        .slice(0, LONGEST_TEXT)
        .trim();
}


/***/ })

};
