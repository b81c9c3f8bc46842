export const id = 553;
export const ids = [553];
export const modules = {

/***/ 9553:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   createBaselineReader: () => (/* binding */ createBaselineReader)
/* harmony export */ });
/* harmony import */ var _model_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9814);
/* harmony import */ var _numbers_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(4417);
/* harmony import */ var _port_ranges_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1067);
/* harmony import */ var _formats_json_members_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2231);
/* harmony import */ var _formats_json_objects_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8262);
/* harmony import */ var _formats_portgate_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6563);
/* harmony import */ var _ports_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(7800);
/* harmony import */ var _reading_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(7996);
/* harmony import */ var _services_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(1826);









/** As many as a scan takes. */
const MOST_HOSTS = 2 * 65_536;
/** More than one run finds. */
const MOST_VIOLATIONS = 1_000_000;
/** Doubts that invalidate what a report saw: of one host, or of all. */
const BLINDING = [
    'silent-run',
    'canary-not-open',
    'unreachable-host',
    'answers-everywhere',
];
/** Reads `report.json`, schema version 1. What a newer minor version has added is passed over. */
function createBaselineReader() {
    const wanted = new Map();
    const lists = new Set();
    const hosts = [];
    const violations = [];
    const doubts = [];
    let read;
    const refuse = (position, what = 'this is not a Portgate report of `schemaVersion` 1') => {
        throw new _reading_js__WEBPACK_IMPORTED_MODULE_6__/* .ResultsError */ .N(position, what);
    };
    const takeFinding = (value, position) => {
        const { kind, id } = value;
        if (typeof id !== 'string' || typeof kind !== 'string')
            return refuse(position, NO_FINDING);
        const about = readAbout(value) ?? refuse(position, NO_FINDING);
        // A doubt that its policy ignores is a note, but no more was seen for that.
        if (BLINDING.includes(id))
            doubts.push({ id: id, ...about });
        if (kind !== 'violation')
            return;
        if (violations.length >= MOST_VIOLATIONS)
            refuse(position, `there are more than ${(0,_numbers_js__WEBPACK_IMPORTED_MODULE_8__/* .count */ .U)(MOST_VIOLATIONS, 'violation')}`);
        violations.push(readViolation(id, value, about) ?? refuse(position, NO_FINDING));
    };
    const reader = (0,_formats_json_members_js__WEBPACK_IMPORTED_MODULE_2__/* .createMemberReader */ .c)({
        lists: new Set(['hosts', 'findings', 'policyChanges']),
        list: (name) => lists.add(name),
        member(text, position) {
            const object = (0,_formats_json_objects_js__WEBPACK_IMPORTED_MODULE_3__/* .readObject */ .Ag)(`{${text}}`);
            if (!object)
                return refuse(position);
            for (const [name, value] of Object.entries(object))
                if (WANTED.has(name))
                    wanted.set(name, value);
            if ('schemaVersion' in object && object.schemaVersion !== 1)
                refuse(position);
            // A shard's report has no violations, so that all of them would look new.
            if ('shard' in object)
                refuse(position, ONE_SHARD);
        },
        item(name, text, position) {
            const value = (0,_formats_json_objects_js__WEBPACK_IMPORTED_MODULE_3__/* .readObject */ .Ag)(text);
            if (!value)
                return refuse(position);
            if (name === 'findings')
                takeFinding(value, position);
            if (name !== 'hosts')
                return;
            if (hosts.length >= MOST_HOSTS)
                refuse(position, `there are more than ${(0,_numbers_js__WEBPACK_IMPORTED_MODULE_8__/* .count */ .U)(MOST_HOSTS, 'host')}`);
            hosts.push(readSeen(value) ?? refuse(position, 'this is not a host of a Portgate report'));
        },
        end(position) {
            const { schemaVersion, tool, environments, ...times } = Object.fromEntries(wanted);
            const [startedAt, finishedAt] = [readTime(times.startedAt), readTime(times.finishedAt)];
            const isWhole = lists.has('hosts') && lists.has('findings') && isTexts(environments);
            if (schemaVersion !== 1 || !(0,_formats_json_objects_js__WEBPACK_IMPORTED_MODULE_3__/* .isObject */ .Gv)(tool) || tool.name !== 'portgate' || !isWhole)
                return refuse(position);
            if (startedAt === undefined || finishedAt === undefined)
                return refuse(position, 'the report does not say when its scan ran');
            read = {
                startedAt: toText(startedAt),
                finishedAt: toText(finishedAt),
                environments,
                hosts,
                violations,
                doubts,
            };
        },
    });
    return {
        ...reader,
        baseline() {
            if (!read)
                throw new Error('the report has not been read to its end');
            return read;
        },
    };
}
const WANTED = new Set(['schemaVersion', 'tool', 'environments', 'startedAt', 'finishedAt']);
const ONE_SHARD = 'this is the report of one shard, which judges nothing: use the report of a `check` or a `merge`';
const NO_FINDING = 'this is not a finding of a Portgate report';
/** The last millisecond that ISO 8601 writes with four digits for the year. */
const LAST_INSTANT = Date.UTC(10_000, 0) - 1;
function readTime(value) {
    const instant = (0,_formats_portgate_js__WEBPACK_IMPORTED_MODULE_4__/* .readInstant */ .Wr)(value);
    return instant !== undefined && instant >= 0 && instant <= LAST_INSTANT ? instant : undefined;
}
function toText(instant) {
    return new Date(instant).toISOString();
}
function isTexts(value) {
    return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
function isTextOrAbsent(value) {
    return value === undefined || typeof value === 'string';
}
/** An open port is open and an unknown one was not seen, whatever else the report says of the port. */
function readSeen(value) {
    const host = (0,_formats_portgate_js__WEBPACK_IMPORTED_MODULE_4__/* .readHost */ .rk)(value);
    const { environment } = value;
    const [endpoint] = host?.names ?? [];
    if (!host || endpoint === undefined || !isTextOrAbsent(environment))
        return undefined;
    const ports = (groups = []) => groups.flatMap((group) => group.ports);
    const open = [...new Map(host.open.map(({ port, service }) => [port, service]))].sort(([a], [b]) => a - b);
    const shut = (0,_port_ranges_js__WEBPACK_IMPORTED_MODULE_1__/* .subtractRanges */ .N1)((0,_port_ranges_js__WEBPACK_IMPORTED_MODULE_1__/* .mergeRanges */ .$Z)([...ports(host.closed), ...ports(host.filtered)]), [
        ...(0,_port_ranges_js__WEBPACK_IMPORTED_MODULE_1__/* .toRanges */ .eb)(open.map(([port]) => port)),
        ...ports(host.unknown),
    ]);
    return {
        ...(environment === undefined ? {} : { environment }),
        endpoint,
        address: host.address,
        open: open.map(([port, service]) => ({ port, ...(service === undefined ? {} : { service }) })),
        shut,
    };
}
function readAbout({ environment, endpoint, address }) {
    if (!isTextOrAbsent(environment) || !isTextOrAbsent(endpoint) || !isTextOrAbsent(address))
        return undefined;
    return {
        ...(environment === undefined ? {} : { environment }),
        ...(endpoint === undefined ? {} : { endpoint }),
        ...(address === undefined ? {} : { address }),
    };
}
function readViolation(id, value, about) {
    const { service, fingerprint } = value;
    const severity = _model_js__WEBPACK_IMPORTED_MODULE_0__/* .SEVERITIES */ .oC.find((known) => known === value.severity);
    const port = value.port === undefined ? undefined : (0,_ports_js__WEBPACK_IMPORTED_MODULE_5__/* .readPort */ .S)(value.port);
    const ports = typeof value.ports === 'string' ? (0,_ports_js__WEBPACK_IMPORTED_MODULE_5__/* .readPortList */ .q)(value.ports) : undefined;
    const since = value.since === undefined ? undefined : readTime(value.since);
    const isWhole = severity !== undefined &&
        typeof fingerprint === 'string' &&
        /^[0-9a-f]{32}$/.test(fingerprint) &&
        isTextOrAbsent(service) &&
        (value.port === undefined) === (port === undefined) &&
        (value.ports === undefined) === (ports === undefined) &&
        (value.since === undefined) === (since === undefined);
    if (!isWhole)
        return undefined;
    return {
        id,
        severity,
        ...about,
        ...(port === undefined ? {} : { port }),
        ...(ports === undefined ? {} : { ports: [...ports] }),
        ...(service === undefined ? {} : { service: (0,_services_js__WEBPACK_IMPORTED_MODULE_7__/* .plain */ .p)(service) }),
        fingerprint,
        ...(since === undefined ? {} : { since: toText(since) }),
    };
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
