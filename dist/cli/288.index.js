export const id = 288;
export const ids = [288];
export const modules = {

/***/ 1288:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  SUBJECT_NEEDED: () => (/* binding */ SUBJECT_NEEDED),
  explain: () => (/* binding */ explain)
});

// EXTERNAL MODULE: ./lib/catalogue/catalogue.js + 20 modules
var catalogue_catalogue = __webpack_require__(3826);
// EXTERNAL MODULE: ./lib/catalogue/iana.js + 1 modules
var iana = __webpack_require__(2376);
// EXTERNAL MODULE: ./lib/policy/nearest.js
var nearest = __webpack_require__(8400);
// EXTERNAL MODULE: ./lib/policy/ports.js
var ports = __webpack_require__(3514);
// EXTERNAL MODULE: ./lib/policy/problem.js
var problem = __webpack_require__(2737);
// EXTERNAL MODULE: ./lib/port-ranges.js
var port_ranges = __webpack_require__(1067);
// EXTERNAL MODULE: ./lib/prepare/load.js + 1 modules
var load = __webpack_require__(5207);
// EXTERNAL MODULE: ./lib/report/closing.js
var closing = __webpack_require__(1425);
// EXTERNAL MODULE: ./lib/report/escape.js
var report_escape = __webpack_require__(2527);
// EXTERNAL MODULE: ./lib/report/layout.js
var layout = __webpack_require__(5526);
;// CONCATENATED MODULE: ./lib/report/explain.js



const LOGINS = {
    none: 'none by default',
    weak: 'weak: known, guessed in bulk, or only where somebody turned it on',
    yes: 'asks for one',
};
const YIELDS = {
    control: 'whoever gets in runs code or operates a machine',
    data: 'whoever gets in reads or changes what it keeps',
    some: 'whoever gets in has part of what it keeps',
    hints: 'whoever gets in learns something, or wastes something',
    nothing: 'made for the public, or harmless',
};
/**
 * What the catalogue says of a service, for the terminal, with a final newline: the name and the severity first,
 * then why, what to do, the commands that close the port, and where this is from.
 */
function renderEntry(entry, { colours, width }, context = { iana: [] }) {
    const paint = (0,layout/* createPalette */.s5)(colours);
    const columns = Math.max(40, width);
    const row = (label, text) => (0,layout/* labelled */.wW)(label, (0,report_escape/* printable */.g$)(text), { width: columns, indent: 2, label: 9, paint: paint.dim });
    const severity = `${entry.severity.toUpperCase()} when it faces the internet`;
    const { facts } = entry;
    const lines = [
        ...(0,layout/* wrap */.LV)((0,report_escape/* printable */.g$)(`${entry.name} (${entry.service})`, 200), columns).map(paint.bold),
        ...(0,layout/* wrap */.LV)(severity, columns).map((line) => paint.bold((0,layout/* paintSeverity */.AB)(entry.severity, paint)(line))),
        '',
        ...row('why', entry.why),
        ...row('remedy', entry.remedy),
        ...(entry.alternative ? row('or', entry.alternative) : []),
        ...(entry.bind ? row('bind', entry.bind) : []),
        '',
        ...row(entry.ports.length === 1 ? 'port' : 'ports', describePorts(entry)),
        ...describeContext(context).flatMap(([label, text]) => row(label, text)),
        ...row('kind', entry.category + (entry.over ? `, over ${entry.over}` : '')),
        ...(facts ? [...row('login', LOGINS[facts.auth]), ...row('at stake', describeStake(facts))] : []),
        '',
        // On lines of their own: an address that is broken across lines cannot be followed.
        ...entry.sources.flatMap((source) => (0,layout/* wrap */.LV)((0,report_escape/* printable */.g$)(source), columns - 2).map((line) => paint.dim(`  ${line}`))),
    ];
    if (context.port)
        lines.push('', ...describeClosings(context.port, entry, columns, paint.dim));
    return lines.map((line) => `${line}\n`).join('');
}
function describePorts({ ports, shares = [] }) {
    const own = ports.length > 0 ? [`TCP ${ports.join(', ')}`] : [];
    const shared = shares.length > 0 ? [`${own.length > 0 ? 'also' : 'TCP'} ${shares.join(', ')}, with others`] : [];
    return [...own, ...shared].join('; ') || 'TCP any';
}
function describeContext({ port, iana, others = [] }) {
    const rows = [];
    if (others.length > 0) {
        const names = others.map(({ name, service, severity }) => `${name} (${service}, ${severity})`);
        rows.push(['also', `${names.join(', ')} on ${port}`]);
    }
    for (const difference of iana)
        rows.push(['IANA', describeDifference(difference)]);
    return rows;
}
function describeDifference({ port, name, about, isSame }) {
    if (isSame)
        return `calls it ${name} on ${port}`;
    return `has given ${port} to another service, ${name}${about && about.toLowerCase() !== name ? ` (${about})` : ''}`;
}
function describeStake({ yields, cleartext, exploited }) {
    return [
        YIELDS[yields],
        ...(cleartext ? ['unencrypted'] : []),
        ...(exploited ? ['exploited in large numbers'] : []),
    ].join('; ');
}
/** Whole lines, however wide, and none indented: a command that is broken cannot be copied. */
function describeClosings(port, { service }, columns, dim) {
    const warning = (0,closing/* isWayIn */.HG)(service) ? (0,layout/* wrap */.LV)(closing/* MAY_LOCK_OUT */.pl, columns) : [];
    const script = (0,closing/* renderClosings */.vd)(port).map((line) => (line.startsWith('#') ? dim(line) : line));
    return [...(0,layout/* wrap */.LV)(`To close port ${port}, one of these:`, columns), ...warning, '', ...script];
}

// EXTERNAL MODULE: ./lib/report/json.js
var json = __webpack_require__(7406);
// EXTERNAL MODULE: ./lib/unusable.js
var unusable = __webpack_require__(5436);
;// CONCATENATED MODULE: ./lib/commands/explain.js










/** The error if there is nothing to explain. */
const SUBJECT_NEEDED = 'explain takes a port or a service, such as 6379 or redis, or --all';
/**
 * What a port or a service means when it faces the internet, or, without a subject, all that the catalogue knows.
 *
 * @throws {Unusable} where it is neither
 */
async function explain(subject, { opened, format, ...text }) {
    const catalogue = opened ? (await (0,load/* load */.Hh)(opened.tree, opened.policy, false)).catalogue : (0,catalogue_catalogue/* buildCatalogue */.ic)();
    const found = subject === undefined ? undefined : find(subject, catalogue);
    if (format === 'json')
        return (0,json/* renderJson */.h)(found ? (found.entry ?? null) : catalogue.entries);
    if (found?.entry)
        return renderEntry(found.entry, text, found.context);
    if (found)
        return sayUnknown(found.what, found.iana);
    return catalogue.entries.map((entry) => renderEntry(entry, text, describe(entry))).join('\n');
}
/** A port as nmap, Docker and people write it: `22/tcp`, `tcp/22`, `:22`. */
const PORT = /^(?:(?<before>tcp|udp)[/:]|:)?(?<port>\d+)(?:\/(?<after>tcp|udp))?$/i;
function find(subject, catalogue) {
    const written = subject.trim();
    if (written === '')
        throw new unusable/* Unusable */.kO([SUBJECT_NEEDED]);
    const { before, port, after } = PORT.exec(written)?.groups ?? {};
    if (/udp/i.test(`${before}${after}`))
        throw new unusable/* Unusable */.kO([
            `${(0,problem/* quote */.hD)(written)}: Portgate scans TCP only (\`explain ${port}/tcp\` says what it knows)`,
        ]);
    if (port !== undefined)
        return findPort(port, catalogue);
    if (/^[\d\s,-]+$/.test(written) || written.includes(','))
        throw new unusable/* Unusable */.kO([`${(0,problem/* quote */.hD)(written)}: one port or service at a time, or \`--all\``]);
    return findService(written, catalogue);
}
function findPort(subject, catalogue) {
    const { problem } = (0,ports/* parsePort */.pz)(subject);
    if (problem)
        throw new unusable/* Unusable */.kO([`${problem.message} (${problem.hint})`]);
    const port = Number(subject);
    const entry = (0,catalogue_catalogue/* riskOf */.bi)(catalogue, port);
    const others = catalogue.entries.filter(({ shares }) => shares?.includes(port));
    const context = entry && { ...describe(entry), port, others };
    const here = entry && { ...entry, bind: (0,catalogue_catalogue/* settingFor */.yJ)(entry, port) };
    return { entry: here, context, what: `port ${port}`, iana: (0,catalogue_catalogue/* serviceOfPort */.YW)(port) };
}
function findService(subject, catalogue) {
    const name = (0,catalogue_catalogue/* canonicalService */.of)(subject);
    // A name that only the policy has is known by its own port.
    const entry = catalogue.byService.get(name) ?? catalogue.entries.find(({ service }) => service === name);
    const [port] = entry?.ports ?? [];
    if (entry)
        return entry.ports.length === 1
            ? findPort(String(port), catalogue)
            : { entry, context: describe(entry), what: name };
    const ports = (0,catalogue_catalogue/* portsOfService */.RG)(name);
    if (ports)
        return { what: name, iana: `TCP ${(0,port_ranges/* formatRanges */.Gk)(ports)}` };
    const hint = suggest(subject, catalogue);
    throw new unusable/* Unusable */.kO([`${(0,problem/* quote */.hD)(subject)} is not a service that the catalogue or IANA knows (${hint})`]);
}
/** The nearest name, or else the services whose names or products contain the word. */
function suggest(subject, { entries }) {
    const near = (0,nearest/* didYouMean */.a)(subject, (0,catalogue_catalogue/* serviceNames */._m)(), '');
    if (near)
        return near;
    const word = subject.toLowerCase();
    const likely = entries.filter(({ name, service }) => `${service} ${name}`.toLowerCase().includes(word));
    if (word.length < 3 || likely.length === 0 || likely.length > MOST_SUGGESTED)
        return 'give the number of the port; `explain --all` lists every service';
    return `did you mean ${likely.map(({ service }) => (0,problem/* quote */.hD)(service)).join(' or ')}?`;
}
/** More suggestions would not help. */
const MOST_SUGGESTED = 8;
function describe(entry) {
    return { iana: (0,iana/* listIanaDifferences */.aB)(entry) };
}
function sayUnknown(what, iana) {
    const registered = iana ? `IANA has registered it (${iana}).` : 'IANA has not registered it.';
    return `The catalogue says nothing about ${what}. ${registered}\nOpen and not allowed, it is a violation of medium severity.\n`;
}


/***/ })

};
