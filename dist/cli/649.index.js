export const id = 649;
export const ids = [649];
export const modules = {

/***/ 3649:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createResultsReader: () => (/* binding */ createResultsReader)
});

// EXTERNAL MODULE: ./lib/read/reading.js
var reading = __webpack_require__(7996);
// EXTERNAL MODULE: ./lib/read/ports.js
var read_ports = __webpack_require__(7800);
// EXTERNAL MODULE: ./lib/read/services.js
var services = __webpack_require__(1826);
// EXTERNAL MODULE: ./lib/read/formats/json-objects.js
var json_objects = __webpack_require__(643);
;// CONCATENATED MODULE: ./lib/read/formats/lines.js

/** Longest line, in characters: nmap writes all ports of a host in one, with what answers there. */
const LONGEST_LINE = 16 * 1024 * 1024;
/** Reads lines. The last one has to end as the others do: a scanner that was stopped may leave the beginning of one. */
function createLineReader({ line, end }) {
    let rest = '';
    let number = 1;
    return {
        write(text) {
            let start = 0;
            for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', start)) {
                const whole = rest + text.slice(start, at);
                rest = '';
                start = at + 1;
                line(whole.endsWith('\r') ? whole.slice(0, -1) : whole, { line: number, column: 1 });
                number += 1;
            }
            rest += text.slice(start);
            if (rest.length > LONGEST_LINE)
                throw new reading/* ResultsError */.N({ line: number, column: 1 }, 'a line is longer than any that a scanner writes');
        },
        end() {
            if (rest !== '')
                throw new reading/* ResultsError */.N({ line: number, column: rest.length + 1 }, reading/* CUT_OFF */.V);
            end({ line: number, column: 1 });
        },
    };
}

;// CONCATENATED MODULE: ./lib/read/formats/masscan.js

/**
 * masscan's names for a part of an answer, which are not names of services: the service that the part belongs to, empty
 * if unknown.
 */
const PARTS = new Map([
    ['X509', 'tls'],
    ['ssl', 'tls'],
    ['vuln', ''],
    ['title', 'http'],
    ['http.server', 'http'],
    ['html', 'http'],
    ['unknown', ''],
]);
/** A record of one port as what is stated of its host. Undefined where it is none. */
function toMasscanHost({ address, port, state, service }) {
    if (typeof address !== 'string')
        return undefined;
    const host = { address, names: [], open: [] };
    if (state === 'closed')
        return { ...host, closed: [single(port)] };
    if (state !== 'open')
        return undefined;
    const name = typeof service === 'string' ? (PARTS.get(service) ?? service) : '';
    if (name === '')
        return { ...host, open: [{ port, reason: 'syn-ack', isUnasked: true }] };
    return { ...host, open: [{ port, reason: 'syn-ack', ...(0,services/* toIdentified */.L)(name, '', name === 'tls') }] };
}
function single(port) {
    return { ports: [{ from: port, to: port }], reason: 'conn-refused' };
}

;// CONCATENATED MODULE: ./lib/read/formats/masscan-json.js




/** What masscan ends with up to 1.0.4, which is not JSON. */
const FINISHED = /^\{\s*finished: 1\s*\}$/;
/**
 * masscan's `-oJ`: an object for each port that answered. Up to 1.0.4 there is no list around them, and each is followed by a comma;
 * from 1.0.5 to 2018 the last one is. A complete file ends with `]`, or with `{finished: 1}`.
 */
function createMasscanJsonReader(sink) {
    let isOpened = false;
    let isClosed = false;
    let mayComma = false;
    const note = createClock(sink);
    const refuse = (position) => new reading/* ResultsError */.N(position, "this is not what masscan's `-oJ` writes");
    sink.scan({ tool: 'masscan' });
    return (0,json_objects/* createObjectReader */.NW)({
        object(text, position) {
            if (isClosed)
                throw refuse(position);
            if (FINISHED.test(text)) {
                isClosed = true;
                return;
            }
            mayComma = true;
            const record = (0,json_objects/* readObject */.Ag)(text);
            const ports = record?.ports;
            if (!record || !Array.isArray(ports))
                throw refuse(position);
            for (const port of ports)
                readPortRecord(record.ip, port, position);
            note(record.timestamp);
        },
        mark(character, position) {
            if (character === '[' && !isOpened && !mayComma)
                isOpened = true;
            else if (character === ',' && mayComma && !isClosed)
                mayComma = false;
            else if (character === ']' && isOpened) {
                isClosed = true;
                isOpened = false;
            }
            else
                throw refuse(position);
        },
        end(position) {
            if (!isClosed)
                throw new reading/* ResultsError */.N(position, reading/* CUT_OFF */.V);
        },
    });
    function readPortRecord(ip, record, position) {
        if (!(0,json_objects/* isObject */.Gv)(record))
            throw refuse(position);
        if (record.proto !== 'tcp')
            return;
        const port = (0,read_ports/* readPort */.S)(record.port);
        const service = (0,json_objects/* isObject */.Gv)(record.service) ? record.service.name : undefined;
        const state = record.status ?? (service === undefined ? undefined : 'open');
        const host = port === undefined ? undefined : toMasscanHost({ address: ip, port, state, service });
        if (!host)
            throw refuse(position);
        sink.host(host);
    }
}
/** Takes the times of records, which are seconds since 1970 in a text. */
function createClock(sink) {
    let first = Number.POSITIVE_INFINITY;
    let last = 0;
    return (seconds) => {
        if (typeof seconds !== 'string' || !/^\d{1,11}$/.test(seconds))
            return;
        const at = Number(seconds) * 1000;
        if (at < first)
            sink.scan({ startedAt: at });
        if (at > last)
            sink.scan({ finishedAt: at });
        first = Math.min(first, at);
        last = Math.max(last, at);
    };
}

;// CONCATENATED MODULE: ./lib/read/formats/json-lines.js
/**
 * The formats that have a JSON object in each line, and nothing that marks the end: naabu's `-json`, masscan's `-oD`.
 */







function createJsonLinesReader(sink, name, read) {
    return createLineReader({
        line(text, position) {
            const fields = (0,json_objects/* readObject */.Ag)(text);
            const host = fields && read(fields);
            if (!host)
                throw new reading/* ResultsError */.N(position, `this is not a line of ${name}`);
            if (host !== 'none')
                sink.host(host);
        },
        end() { },
    });
}
/** naabu's `-json`: an open port in each line, with the name where one was asked for. */
function createNaabuReader(sink) {
    let first = Number.POSITIVE_INFINITY;
    let last = 0;
    sink.scan({ tool: 'naabu' });
    return createJsonLinesReader(sink, "naabu's `-json`", ({ ip, host, port: number, protocol, timestamp, tls }) => {
        const port = (0,read_ports/* readPort */.S)(number);
        if (typeof ip !== 'string' || ip === '')
            return undefined;
        // A host that answers without an open port has port 0.
        if (number === 0 || (protocol !== undefined && protocol !== 'tcp'))
            return 'none';
        if (port === undefined)
            return undefined;
        const at = typeof timestamp === 'string' ? Date.parse(timestamp) : Number.NaN;
        if (at < first)
            sink.scan({ startedAt: at });
        if (at > last)
            sink.scan({ finishedAt: at });
        first = Math.min(first, at || first);
        last = Math.max(last, at || last);
        const open = {
            port,
            reason: 'syn-ack',
            ...(tls === true ? (0,services/* toIdentified */.L)(undefined, '', true) : { isUnasked: true }),
        };
        return { address: ip, names: typeof host === 'string' && host !== ip ? [host] : [], open: [open] };
    });
}
/** masscan's `-oD`: a port that answered, or a banner, in each line. */
function createMasscanLinesReader(sink) {
    const note = createClock(sink);
    sink.scan({ tool: 'masscan' });
    return createJsonLinesReader(sink, "masscan's `-oD`", ({ ip, port: number, proto, rec_type, data, timestamp }) => {
        if (!(0,json_objects/* isObject */.Gv)(data) || (rec_type !== 'status' && rec_type !== 'banner'))
            return undefined;
        note(timestamp);
        if (proto !== 'tcp')
            return 'none';
        const port = (0,read_ports/* readPort */.S)(number);
        if (port === undefined)
            return undefined;
        const state = rec_type === 'status' ? data.status : 'open';
        return toMasscanHost({ address: ip, port, state, service: data.service_name });
    });
}

;// CONCATENATED MODULE: ./lib/read/formats/clock.js
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** A time as ctime(3) writes it, `Thu Nov 26 11:45:01 2026`, read as UTC, in milliseconds since 1970. */
function readClock(text) {
    const [match, name = '', day = 0, hours = 0, minutes = 0, seconds = 0, year = 0] = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d):(\d\d):(\d\d) (\d{4})$/.exec(text) ?? [];
    const month = MONTHS.indexOf(name);
    return match && month >= 0 ? Date.UTC(+year, month, +day, +hours, +minutes, +seconds) : undefined;
}
/** Seconds since 1970 in an attribute, in milliseconds. */
function readSeconds(text) {
    return text !== undefined && /^\d{1,11}$/.test(text) ? Number(text) * 1000 : undefined;
}

// EXTERNAL MODULE: ./lib/port-ranges.js
var port_ranges = __webpack_require__(1067);
;// CONCATENATED MODULE: ./lib/read/formats/grepable.js




/** Reads one scan, which has to end in the line that says so. */
function createGrepableReader(take) {
    let scanned;
    let isDone = false;
    return createLineReader({
        line(text, position) {
            if (isDone)
                throw new reading/* ResultsError */.N(position, 'something follows on the end of this scan: it is one file for each scan');
            if (text.startsWith('# Ports scanned: ')) {
                scanned = readScanned(text);
                if (!scanned)
                    throw new reading/* ResultsError */.N(position, 'this line does not say which ports were scanned');
                return;
            }
            isDone = take(text, position, scanned) === 'done';
        },
        end(position) {
            if (!isDone)
                throw new reading/* ResultsError */.N(position, reading/* CUT_OFF */.V);
        },
    });
}
/** The TCP ports of `# Ports scanned: TCP(3;22,80,443) UDP(0;) …`. Undefined if their number does not match. */
function readScanned(line) {
    const [, count, list = ''] = /^# Ports scanned: TCP\((\d+);([^)]*)\) /.exec(line) ?? [];
    const ports = (0,read_ports/* readPortList */.q)(list);
    const withZero = /(?:^|,)0(?:-|,|$)/.test(list) ? 1 : 0;
    return ports && (0,port_ranges/* countPorts */.Ws)(ports) + withZero === Number(count) ? ports : undefined;
}

;// CONCATENATED MODULE: ./lib/read/formats/masscan-grepable.js





const PORT = /^(?:Timestamp: \d+\t)?Host: (\S+) \([^)]*\)\tPorts: (\d+)\/(\w+)\/(\w+)\/[^/]*\/[^/]*\/[^/]*\/?$/;
/** A banner (`--banners`), without a word on whether it came over TCP or UDP. */
const BANNER = /^Host: \S+ \([^)]*\)\tPort: \d+\tService: /;
/**
 * masscan's `-oG`: the one of its formats that says which ports were scanned, and that the scan has ended. So all other ports of a host
 * with an open one are known not to have answered. It does not say which hosts were scanned.
 */
function createMasscanGrepableReader(sink) {
    return createGrepableReader((text, position, scanned) => {
        if (text.startsWith('# Masscan done at ')) {
            sink.scan({ finishedAt: readClock(text.slice('# Masscan done at '.length)) });
            return 'done';
        }
        const [header, version, clock = ''] = /^# Masscan (\S+) scan initiated (.+)$/.exec(text) ?? [];
        if (header) {
            sink.scan({ tool: 'masscan', version, startedAt: readClock(clock) });
            return 'more';
        }
        if (BANNER.test(text))
            return 'more';
        const [match, address, number, state, protocol] = PORT.exec(text) ?? [];
        if (!match)
            throw new reading/* ResultsError */.N(position, "this is not a line of masscan's `-oG`");
        if (protocol !== 'tcp')
            return 'more';
        const port = (0,read_ports/* readPort */.S)(number);
        const host = port === undefined ? undefined : toMasscanHost({ address, port, state });
        if (!host)
            throw new reading/* ResultsError */.N(position, 'this is no TCP port, or it has no state that masscan knows');
        sink.host(scanned ? { ...host, filtered: [{ ports: scanned, reason: 'not-listed' }] } : host);
        return 'more';
    });
}

;// CONCATENATED MODULE: ./lib/read/formats/nmap-states.js
/**
 * nmap's states (nmap(1), "Port scanning basics"). A port that refuses or is silent is not open; one that may or may not be open has
 * not been seen.
 */
const NMAP_STATES = {
    open: { state: 'open', reason: 'syn-ack' },
    closed: { state: 'closed', reason: 'conn-refused' },
    filtered: { state: 'filtered', reason: 'no-response' },
    'closed|filtered': { state: 'filtered', reason: 'no-response' },
    unfiltered: { state: 'unknown', reason: 'not-stated' },
    'open|filtered': { state: 'unknown', reason: 'not-stated' },
};
/** nmap's reasons for filtered ports that are ICMP messages, and Portgate's for each. */
const FILTERED = {
    'host-unreach': 'host-unreach',
    'net-unreach': 'net-unreach',
    'admin-prohibited': 'admin-prohibited',
    'host-prohibited': 'admin-prohibited',
    'net-prohibited': 'admin-prohibited',
};
/** The reason that Portgate has for a port, by nmap's word. */
function reasonOf({ state, reason }, word) {
    return state === 'filtered' ? (FILTERED[word ?? ''] ?? reason) : reason;
}

;// CONCATENATED MODULE: ./lib/read/formats/nmap-grepable.js







/** `22/open/tcp//ssh//OpenSSH 9.2p1/`: nmap writes `|` for a slash in any of these. */
const nmap_grepable_PORT = /(\d+)\/([^/]*)\/([^/]*)\/[^/]*\/([^/]*)\/[^/]*\/([^/]*)\/(?:, |$)/y;
const HEADER = /^# Nmap (\S+) scan initiated (.+?) as: (.*)$/;
/**
 * nmap's `-oG`. It says which ports were scanned only with `-v`. For those that are not listed it gives one state and their number,
 * or nothing if they are in several states.
 */
function createNmapGrepableReader(sink) {
    return createGrepableReader((text, position, scanned) => {
        if (text.startsWith('Host: ')) {
            const host = readHost(text, scanned, position);
            if (host)
                sink.host(host);
            return 'more';
        }
        const [header, version, clock = '', args = ''] = HEADER.exec(text) ?? [];
        if (header) {
            const startedAt = readClock(clock);
            sink.scan({ tool: 'nmap', version, startedAt, isLocalTime: true });
            if (/(?:^| )--?resolve-all(?: |$)/.test(args))
                sink.scan({ hasAllAddresses: true });
            return 'more';
        }
        const [done, finished = ''] = /^# Nmap done at (.+?) -- /.exec(text) ?? [];
        if (!done)
            throw new reading/* ResultsError */.N(position, "this is not a line of nmap's `-oG`");
        sink.scan({ finishedAt: readClock(finished) });
        return 'done';
    });
}
function readHost(line, scanned, position) {
    const [head = '', ...fields] = line.split('\t');
    const [, address] = /^Host: (\S+) \(.*\)$/.exec(head) ?? [];
    if (address === undefined || fields.length === 0)
        throw new reading/* ResultsError */.N(position, 'this line names no host, or nothing of it');
    const host = { address, names: [], open: [] };
    const fieldOf = (name) => fields.find((field) => field.startsWith(name))?.slice(name.length);
    const status = fieldOf('Status: ');
    if (status === 'Timeout')
        return { ...host, gaveUp: 'host-timeout' };
    if (status === 'Down')
        return { ...host, gaveUp: 'host-down' };
    const ports = fieldOf('Ports: ');
    if (ports === undefined)
        return status === 'Up' ? host : undefined;
    return readPorts(host, ports, fieldOf('Ignored State: '), scanned, position);
}
function readPorts(host, ports, ignored, scanned, position) {
    const refuse = (what) => {
        throw new reading/* ResultsError */.N(position, `this host contradicts itself: ${what}`);
    };
    const listed = {
        closed: [],
        filtered: [],
        unknown: [],
    };
    const numbers = [];
    nmap_grepable_PORT.lastIndex = 0;
    while (nmap_grepable_PORT.lastIndex < ports.length) {
        const at = nmap_grepable_PORT.lastIndex;
        const [match, text, word = '', protocol, service = '', version = ''] = nmap_grepable_PORT.exec(ports) ?? [];
        const meaning = NMAP_STATES[word];
        if (!match || !meaning) {
            if (ports.slice(at).trim() === '')
                break;
            throw new reading/* ResultsError */.N(position, "this is not a list of ports of nmap's `-oG`");
        }
        const port = (0,read_ports/* readPort */.S)(text);
        if (protocol !== 'tcp' || port === undefined)
            continue;
        numbers.push(port);
        if (meaning.state === 'open')
            host.open.push(identify(port, service, version));
        else
            listed[meaning.state].push(port);
    }
    const ranges = (0,port_ranges/* toRanges */.eb)(numbers.sort((a, b) => a - b));
    if ((0,port_ranges/* countPorts */.Ws)(ranges) !== numbers.length)
        refuse('it has a port twice');
    const shut = {
        closed: [{ ports: (0,port_ranges/* toRanges */.eb)(listed.closed), reason: 'conn-refused' }],
        filtered: [{ ports: (0,port_ranges/* toRanges */.eb)(listed.filtered), reason: 'no-response' }],
        unknown: [{ ports: (0,port_ranges/* toRanges */.eb)(listed.unknown), reason: 'not-stated' }],
    };
    if (scanned) {
        if ((0,port_ranges/* subtractRanges */.N1)(ranges, scanned).length > 0)
            refuse('it has a port that was not scanned');
        const rest = (0,port_ranges/* subtractRanges */.N1)(scanned, ranges);
        const [, word = '', count] = /^(\S+) \((\d+)\)$/.exec(ignored ?? '') ?? [];
        const meaning = NMAP_STATES[word];
        if (ignored !== undefined && (!meaning || Number(count) !== (0,port_ranges/* countPorts */.Ws)(rest)))
            refuse('its ports are not as many as were scanned');
        if (meaning?.state === 'closed')
            shut.closed.push({ ports: rest, reason: 'conn-refused' });
        else if (meaning?.state === 'filtered')
            shut.filtered.push({ ports: rest, reason: 'no-response' });
        else if (meaning)
            shut.unknown.push({ ports: rest, reason: 'not-stated' });
        // Several states are ignored together, and not named. What is open is always listed, what may be open need not be.
        else if (rest.length > 0)
            shut.unknown.push({ ports: rest, reason: 'not-stated' });
    }
    return { ...host, ...shut };
}
/**
 * A name with a question mark is the usual one of the port's number. So is one without, unless a version or TLS is
 * given.
 */
function identify(port, service, version) {
    const open = { port, reason: 'syn-ack' };
    const isInTls = service.startsWith('ssl|');
    if (service === 'tcpwrapped')
        return open;
    const isProbed = !service.endsWith('?') && (isInTls || version !== '');
    if (!isProbed && !isInTls)
        return { ...open, isUnasked: true };
    return { ...open, ...(0,services/* toIdentified */.L)(isProbed ? service : undefined, version, isInTls) };
}

// EXTERNAL MODULE: ./lib/read/formats/portgate.js
var portgate = __webpack_require__(6563);
;// CONCATENATED MODULE: ./lib/read/formats/rustscan.js



const LINE = /^(\S+) -> \[((?:\d{1,5}(?:,\d{1,5})*)?)\]$/;
/** RustScan's `-g`: `192.0.2.1 -> [80,443]` for each host with open ports. It says neither when nor what was scanned. */
function createRustScanReader(sink) {
    sink.scan({ tool: 'RustScan' });
    return createLineReader({
        line(text, position) {
            const [match, address = '', list = ''] = LINE.exec(text) ?? [];
            const numbers = new Set(list === '' ? [] : list.split(','));
            const open = [...numbers].flatMap((number) => {
                const port = (0,read_ports/* readPort */.S)(number);
                return port === undefined ? [] : [{ port, reason: 'syn-ack', isUnasked: true }];
            });
            if (!match || open.length < numbers.size)
                throw new reading/* ResultsError */.N(position, "this is not a line of RustScan's `-g`");
            sink.host({ address, names: [], open });
        },
        end() { },
    });
}

;// CONCATENATED MODULE: ./lib/read/formats/masscan-xml.js




/**
 * masscan's `-oX`: a host for each port that answered, or each banner. It calls every address `ipv4` and every version 1.0-BETA, and does
 * not say what was scanned.
 */
function masscanElements(sink) {
    let address;
    let port;
    let state;
    let service;
    let isFinished = false;
    return {
        open({ name, attributes, path }, position) {
            switch (path.length === 0 ? '' : `${path.slice(1).join('/')}/${name}`) {
                case '':
                    sink.scan({ tool: 'masscan', startedAt: readSeconds(attributes.start) });
                    return;
                case '/host':
                    address = undefined;
                    return;
                case 'host/address':
                    address = attributes.addr;
                    return;
                case 'host/ports/port':
                    port = attributes.protocol === 'tcp' ? (0,read_ports/* readPort */.S)(attributes.portid) : undefined;
                    state = undefined;
                    service = undefined;
                    if (port === undefined && attributes.protocol === 'tcp')
                        throw new reading/* ResultsError */.N(position, 'this is no TCP port');
                    return;
                case 'host/ports/port/state':
                    state = attributes.state;
                    return;
                case 'host/ports/port/service':
                    service = attributes;
                    return;
                case 'runstats/finished':
                    isFinished = true;
                    sink.scan({ finishedAt: readSeconds(attributes.time) });
            }
        },
        close({ name, path }, position) {
            if (name === 'nmaprun' && path.length === 0 && !isFinished)
                throw new reading/* ResultsError */.N(position, 'masscan does not say that this scan has come to its end (`runstats`)');
            if (name !== 'port' || path.length !== 3 || port === undefined)
                return;
            const host = toMasscanHost({ address, port, state, service: service?.name });
            if (!host)
                throw new reading/* ResultsError */.N(position, 'this port has no address or no state that masscan knows');
            sink.host(host);
        },
    };
}

;// CONCATENATED MODULE: ./lib/read/formats/nmap-extraports.js




const NUMBER = /^\d{1,6}$/;
/** An element `extraports`. */
function readExtra({ state = '', count = '' }, position) {
    if (!NMAP_STATES[state] || !NUMBER.test(count))
        throw new reading/* ResultsError */.N(position, 'this `extraports` has no state or no number');
    return { state, count: Number(count), reasons: [] };
}
/** An element `extrareasons` in it. */
function readExtraReason({ reasons }, attributes, position) {
    const { reason, ports, proto, count = '' } = attributes;
    const list = ports === undefined || proto !== 'tcp' ? undefined : (0,read_ports/* readPortList */.q)(ports);
    const isWrong = proto === 'tcp' && ports !== undefined && (!list || (0,port_ranges/* countPorts */.Ws)(list) !== Number(count));
    if (isWrong || !NUMBER.test(count))
        throw new reading/* ResultsError */.N(position, 'this `extrareasons` contradicts itself: it does not list as many ports as it counts');
    reasons.push({ reason, count: Number(count), protocol: proto, ports: list });
}
/**
 * Adds the ports that were scanned and are not listed.
 *
 * @param listed the ports that are
 * @param refuse called where what is stated cannot be
 */
function addUnlisted(extras, listed, { ports: scanned = [], hasOthers }, shut, refuse) {
    if ((0,port_ranges/* subtractRanges */.N1)(listed, scanned).length > 0)
        refuse('it has a port that was not scanned');
    let rest = (0,port_ranges/* subtractRanges */.N1)(scanned, listed);
    const unplaced = [];
    for (const { state, count, reasons } of extras) {
        if (reasons.length > 0 && reasons.reduce((sum, one) => sum + one.count, 0) !== count)
            refuse('the reasons of its `extraports` are not as many as its ports');
        for (const one of reasons.length > 0 ? reasons : [whole(count)]) {
            const { reason, protocol, ports } = one;
            if (protocol !== undefined && protocol !== 'tcp')
                continue;
            if (!ports) {
                unplaced.push({ state, reason, count: one.count });
                continue;
            }
            if ((0,port_ranges/* countPorts */.Ws)((0,port_ranges/* intersectRanges */.im)(ports, rest)) !== one.count)
                refuse('a port is in two of its states');
            place(shut, state, reason, ports);
            rest = (0,port_ranges/* subtractRanges */.N1)(rest, ports);
        }
    }
    const count = unplaced.reduce((sum, one) => sum + one.count, 0);
    // Without a protocol, UDP ports are among them.
    if (hasOthers ? count < (0,port_ranges/* countPorts */.Ws)(rest) : count !== (0,port_ranges/* countPorts */.Ws)(rest))
        refuse('its ports are not as many as were scanned');
    if (rest.length > 0)
        placeUntold(shut, unplaced, rest);
}
function whole(count) {
    return { reason: undefined, count, protocol: undefined, ports: undefined };
}
function place(shut, state, reason, ports) {
    const meaning = NMAP_STATES[state];
    if (!meaning || meaning.state === 'open')
        return;
    shut[meaning.state].push({ ports, reason: reasonOf(meaning, reason) });
}
/**
 * nmap before 7.92 does not say which ports are in which of several states. If each of the states rules out open, none is
 * open.
 */
function placeUntold(shut, unplaced, ports) {
    const [first] = unplaced;
    const states = new Set(unplaced.map(({ state }) => state));
    if (first && states.size === 1)
        place(shut, first.state, first.reason, ports);
    else if ([...states].every((state) => ['closed', 'filtered'].includes(NMAP_STATES[state]?.state ?? '')))
        shut.filtered.push({ ports, reason: 'not-listed' });
    else
        shut.unknown.push({ ports, reason: 'not-stated' });
}

;// CONCATENATED MODULE: ./lib/read/formats/nmap-xml.js







/**
 * nmap's `-oX` (nmap.dtd, schema 1.05). `scaninfo` says which ports were scanned, `extraports` which state those have that are not
 * listed, and `runstats` that the scan is complete.
 */
function nmapElements(sink) {
    const scanned = { hasOthers: false };
    let host;
    let port;
    let isFinished = false;
    const hosts = { up: 0, down: 0 };
    const openInHost = (within, { name, attributes, path }, position) => {
        switch (`${path.slice(2).join('/')}/${name}`) {
            case '/status':
                within.isUp = attributes.state !== 'down';
                return;
            case '/address':
                if (attributes.addrtype !== 'mac')
                    within.address ??= attributes.addr;
                return;
            case 'hostnames/hostname':
                if (attributes.type === 'user' && attributes.name)
                    within.names.push(attributes.name);
                return;
            case 'ports/extraports':
                within.extras.push(readExtra(attributes, position));
                return;
            case 'ports/extraports/extrareasons':
                readExtraReason(within.extras.at(-1), attributes, position);
                return;
            case 'ports/port':
                port = attributes.protocol === 'tcp' ? openPort(within, attributes, position) : undefined;
                return;
            case 'ports/port/state':
                if (port !== undefined)
                    within.states.set(port, attributes);
                return;
            case 'ports/port/service':
                if (port !== undefined)
                    within.services.set(port, attributes);
        }
    };
    return {
        open(element, position) {
            const { name, attributes, path } = element;
            if (host && path.length >= 2)
                return openInHost(host, element, position);
            switch (path.length === 0 ? '' : `${path.slice(1).join('/')}/${name}`) {
                case '':
                    sink.scan(describeRun(attributes));
                    return;
                case '/scaninfo':
                    readScanInfo(attributes, scanned, position);
                    return;
                case '/host':
                    host = startHost(attributes);
                    return;
                case 'runstats/finished':
                    if (attributes.exit !== undefined && attributes.exit !== 'success')
                        throw new reading/* ResultsError */.N(position, 'nmap says that this scan failed');
                    isFinished = true;
                    sink.scan({ finishedAt: readSeconds(attributes.time) });
                    return;
                case 'runstats/hosts':
                    requireCount(attributes, hosts, position);
            }
        },
        close({ name, path }, position) {
            if (name === 'nmaprun' && path.length === 0 && !isFinished)
                throw new reading/* ResultsError */.N(position, 'nmap does not say that this scan has come to its end (`runstats`)');
            if (name !== 'host' || path.length !== 1 || !host)
                return;
            hosts[host.isUp ? 'up' : 'down'] += 1;
            const stated = toStatedHost(host, scanned, position);
            host = undefined;
            if (stated)
                sink.host(stated);
        },
    };
}
function describeRun({ version, start, args = '' }) {
    return {
        tool: 'nmap',
        version,
        startedAt: readSeconds(start),
        ...(/(?:^| )--?resolve-all(?: |$)/.test(args) ? { hasAllAddresses: true } : {}),
    };
}
/** UDP and SCTP have a `scaninfo` of their own, which is ignored. */
function readScanInfo({ protocol, services = '', numservices }, scanned, position) {
    if (protocol !== 'tcp') {
        scanned.hasOthers = true;
        return;
    }
    const ports = (0,read_ports/* readPortList */.q)(services);
    if (scanned.ports || !ports)
        throw new reading/* ResultsError */.N(position, 'this `scaninfo` does not say which ports were scanned');
    const isZeroIn = /(?:^|,)0(?:-|,|$)/.test(services);
    if ((0,port_ranges/* countPorts */.Ws)(ports) + Number(isZeroIn) !== Number(numservices))
        throw new reading/* ResultsError */.N(position, 'this `scaninfo` contradicts itself: it does not list as many ports as it counts');
    scanned.ports = ports;
}
function startHost({ timedout }) {
    return {
        names: [],
        isUp: true,
        timedOut: timedout === 'true',
        ports: new Map(),
        services: new Map(),
        states: new Map(),
        extras: [],
    };
}
function openPort({ ports }, attributes, position) {
    const number = (0,read_ports/* readPort */.S)(attributes.portid);
    if (number === undefined) {
        if (attributes.portid === '0')
            return undefined;
        throw new reading/* ResultsError */.N(position, 'this is no TCP port');
    }
    if (ports.has(number))
        throw new reading/* ResultsError */.N(position, 'this host contradicts itself: it has a port twice');
    ports.set(number, attributes);
    return number;
}
/** With `--open`, a file may list fewer hosts than it counts; one that lists more is not nmap's. */
function requireCount({ up, down }, seen, position) {
    if (Number(up) >= seen.up && Number(down) >= seen.down)
        return;
    throw new reading/* ResultsError */.N(position, 'this file contradicts itself: it counts fewer hosts than it has');
}
/** @returns undefined for a host without an address */
function toStatedHost(host, scan, position) {
    const { address, names, timedOut, isUp, ports, states, services } = host;
    if (address === undefined)
        return undefined;
    const stated = {
        address,
        names,
        open: [],
        closed: [],
        filtered: [],
        unknown: [],
    };
    const listed = [...ports.keys()].sort((a, b) => a - b);
    const groups = { closed: stated.closed, filtered: stated.filtered, unknown: stated.unknown };
    for (const number of listed) {
        const { state = '', reason } = states.get(number) ?? {};
        const meaning = NMAP_STATES[state];
        if (!meaning)
            throw new reading/* ResultsError */.N(position, 'a port of this host has no state that nmap knows');
        if (meaning.state === 'open')
            stated.open.push(nmap_xml_identify(number, services.get(number)));
        else
            groups[meaning.state].push({ ports: [{ from: number, to: number }], reason: reasonOf(meaning, reason) });
    }
    if (timedOut)
        return { ...stated, gaveUp: 'host-timeout' };
    if (!isUp)
        return { ...stated, gaveUp: 'host-down' };
    addUnlisted(host.extras, (0,port_ranges/* toRanges */.eb)(listed), scan, groups, (what) => {
        throw new reading/* ResultsError */.N(position, `this host contradicts itself: ${what}`);
    });
    return stated;
}
/** What is behind a port is known where nmap has asked (`-sV`); without that, it writes the usual name of the number. */
function nmap_xml_identify(port, service) {
    const { name, product = '', version = '', tunnel, method, servicefp } = service ?? {};
    const isInTls = tunnel === 'ssl';
    const open = { port, reason: 'syn-ack' };
    // It accepted and hung up, or it answered what nmap does not know.
    if (name === 'tcpwrapped' || servicefp !== undefined)
        return { ...open, ...(0,services/* toIdentified */.L)(undefined, '', isInTls) };
    const isProbed = method === 'probed';
    if (!isProbed && !isInTls)
        return { ...open, isUnasked: true };
    return { ...open, ...(0,services/* toIdentified */.L)(isProbed ? name : undefined, `${product} ${version}`.trim(), isInTls) };
}

// EXTERNAL MODULE: ./node_modules/saxes/saxes.js
var saxes = __webpack_require__(9800);
;// CONCATENATED MODULE: ./lib/read/formats/xml.js


/** Longest tag, comment or text between two tags, in characters: a list of 65,535 ports takes 400,000. */
const LONGEST_PIECE = 8 * 1024 * 1024;
/** Scanners nest ten deep, their scripts some more. */
const DEEPEST = 100;
/**
 * Reads XML that is well-formed to its very end: one document with one root and nothing after it. Declarations of its own (DTD,
 * entities) are refused, so that nothing can expand.
 *
 * saxes and not sax: it is four times as quick, holds all of the grammar (an attribute twice, a document that is not whole), and jsdom
 * is built on it. Neither bounds what it buffers as these files need; that is done here.
 */
function createXmlReader({ open, close }) {
    const parser = new saxes/* SaxesParser */.wT({ position: true });
    const path = [];
    let read = 0;
    let told = 0;
    let hasRoot = false;
    const here = () => ({ line: parser.line, column: parser.columnIndex + 1 });
    const refuse = (message) => {
        throw new reading/* ResultsError */.N(here(), message);
    };
    const tell = () => {
        told = parser.position;
    };
    // With two more handlers, V8 turns the parser into a dictionary-mode object, which is four times as slow (measured: 16 in place
    // of 65 MB/s).
    parser.on('error', () => refuse('this is not well-formed XML'));
    parser.on('xmldecl', ({ encoding = 'utf-8' }) => {
        if (!/^(utf-8|us-ascii)$/i.test(encoding))
            refuse('the XML is not in UTF-8');
        tell();
    });
    parser.on('doctype', (text) => {
        if (text.includes('['))
            refuse('the XML declares types or entities of its own, which no scanner does');
        tell();
    });
    parser.on('text', tell);
    parser.on('opentag', ({ name, attributes }) => {
        tell();
        if (path.length >= DEEPEST)
            refuse(`elements are nested more than ${DEEPEST} deep`);
        hasRoot = true;
        open({ name, attributes: attributes, path }, here());
        path.push(name);
    });
    parser.on('closetag', ({ name }) => {
        tell();
        path.pop();
        close({ name, path }, here());
    });
    return {
        write(text) {
            read += text.length;
            parser.write(text);
            if (read - told > LONGEST_PIECE)
                refuse('a tag, comment or text is longer than any that a scanner writes');
        },
        end() {
            if (!hasRoot || path.length > 0)
                refuse(reading/* CUT_OFF */.V);
            parser.close();
        },
    };
}

;// CONCATENATED MODULE: ./lib/read/formats/xml-scan.js




const SCANNERS = {
    nmap: nmapElements,
    masscan: masscanElements,
};
/** Reads what nmap and masscan write with `-oX`: both have the root element `nmaprun`, and masscan less in it. */
function createXmlScanReader(sink) {
    let elements;
    return createXmlReader({
        open(element, position) {
            if (!elements) {
                const { name, attributes } = element;
                elements = name === 'nmaprun' ? SCANNERS[attributes.scanner ?? '']?.(sink) : undefined;
                if (!elements)
                    throw new reading/* ResultsError */.N(position, 'this XML is neither of nmap nor of masscan');
            }
            elements.open(element, position);
        },
        close: (element, position) => elements?.close(element, position),
    });
}

;// CONCATENATED MODULE: ./lib/read/formats/detect.js








/** What a format begins with, in the order in which they are tried. */
const BEGINNINGS = [
    [/^\s*</, createXmlScanReader],
    [/^# Nmap /, createNmapGrepableReader],
    [/^# Masscan /, createMasscanGrepableReader],
    [/^\s*\{\s*"schemaVersion"/, portgate/* createPortgateReader */.Ik],
    [/^\s*(?:\[|\{\s*finished)/, createMasscanJsonReader],
    [/^\s*\{\s*"ip":\s*"[^"]*",\s*"timestamp":\s*"\d*",\s*"ports":/, createMasscanJsonReader],
    [/^\{"ip":"[^"]*","timestamp":"\d*","port":/, createMasscanLinesReader],
    [/^\{[^\n]*"ip":/, createNaabuReader],
    [/^\S+ -> \[/, createRustScanReader],
];
const READ = 'nmap -oX or -oG, masscan -oX, -oJ, -oD or -oG, naabu -json, RustScan -g, or report.json of Portgate';
/** Enough characters to tell the format. */
const TELLING = 1_000;
/** Reads a file of any format that is known, by what it begins with. */
function createResultsReader(sink) {
    let beginning = '';
    let reader;
    const begin = () => {
        if (beginning.trim() === '')
            throw new reading/* ResultsError */.N({ line: 1, column: 1 }, 'the file is empty: nothing says that anything was scanned');
        const [, create] = BEGINNINGS.find(([pattern]) => pattern.test(beginning)) ?? [];
        if (!create)
            throw new reading/* ResultsError */.N({ line: 1, column: 1 }, `the format is not known: it has to be ${READ}`);
        reader = create(sink);
        reader.write(beginning);
        return reader;
    };
    return {
        write(text) {
            if (reader)
                return reader.write(text);
            beginning += text;
            if (beginning.length >= TELLING)
                begin();
        },
        end() {
            const begun = reader ?? begin();
            begun.end();
        },
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

/***/ 643:
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
/* harmony import */ var _json_objects_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(643);






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
