export const id = 423;
export const ids = [423];
export const modules = {

/***/ 5423:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  explainSubject: () => (/* binding */ explainSubject)
});

// EXTERNAL MODULE: ./lib/catalogue/catalogue.js + 21 modules
var catalogue_catalogue = __webpack_require__(4010);
// EXTERNAL MODULE: ./lib/load.js + 8 modules
var load = __webpack_require__(1797);
// EXTERNAL MODULE: ./lib/policy/nearest.js
var nearest = __webpack_require__(8400);
// EXTERNAL MODULE: ./lib/policy/ports.js
var policy_ports = __webpack_require__(3514);
// EXTERNAL MODULE: ./lib/policy/problem.js
var problem = __webpack_require__(2737);
// EXTERNAL MODULE: ./node_modules/picocolors/picocolors.js
var picocolors = __webpack_require__(7336);
// EXTERNAL MODULE: ./lib/report/escape.js
var report_escape = __webpack_require__(2527);
// EXTERNAL MODULE: ./lib/report/layout.js
var layout = __webpack_require__(5526);
;// CONCATENATED MODULE: ./lib/report/explain.js



/**
 * What the catalogue says of a service, for the terminal, with a final newline: the name and the severity first,
 * then why, what to do, and where this is from.
 */
function renderEntry(entry, { colours, width }) {
    const paint = picocolors.createColors(colours);
    const columns = Math.max(40, width);
    const row = (label, text) => (0,layout/* labelled */.wW)(label, (0,report_escape/* printable */.g$)(text), { width: columns, indent: 2, label: 9, paint: paint.dim });
    const severity = `${entry.severity.toUpperCase()} when it faces the internet`;
    const lines = [
        ...(0,layout/* wrap */.LV)((0,report_escape/* printable */.g$)(`${entry.name} (${entry.service})`, 200), columns).map(paint.bold),
        ...(0,layout/* wrap */.LV)(severity, columns).map((line) => paint.bold((0,layout/* paintSeverity */.AB)(entry.severity, paint)(line))),
        '',
        ...row(entry.ports.length === 1 ? 'port' : 'ports', `TCP ${entry.ports.join(', ') || 'any'}`),
        ...row('kind', entry.category + (entry.over ? `, over ${entry.over}` : '')),
        ...row('why', entry.why),
        ...row('remedy', entry.remedy),
        '',
        // On lines of their own: an address that is broken cannot be followed.
        ...entry.sources.flatMap((source) => (0,layout/* wrap */.LV)((0,report_escape/* printable */.g$)(source), columns - 2).map((line) => paint.dim(`  ${line}`))),
    ];
    return lines.map((line) => `${line}\n`).join('');
}

// EXTERNAL MODULE: ./lib/unusable.js + 1 modules
var unusable = __webpack_require__(9697);
;// CONCATENATED MODULE: ./lib/explain.js







/**
 * What a port or a service means when it faces the internet, for a terminal.
 *
 * @throws {Unusable} where it is neither
 */
async function explainSubject(subject, { root, policy, ...text }) {
    const catalogue = policy ? (await (0,load/* load */.H)(root, policy, false)).catalogue : (0,catalogue_catalogue/* buildCatalogue */.ic)();
    return /^\d+$/.test(subject)
        ? explainPort(subject, catalogue, text)
        : explainService(subject, catalogue, text);
}
function explainPort(subject, catalogue, text) {
    const { problem } = (0,policy_ports/* parsePort */.pz)(subject);
    if (problem)
        throw new unusable/* Unusable */.k([`${problem.message} (${problem.hint})`]);
    const port = Number(subject);
    const entry = (0,catalogue_catalogue/* riskOf */.bi)(catalogue, port);
    return entry ? renderEntry(entry, text) : sayUnknown(`port ${port}`, (0,catalogue_catalogue/* serviceOfPort */.YW)(port));
}
function explainService(subject, catalogue, text) {
    const name = (0,catalogue_catalogue/* canonicalService */.of)(subject);
    const entry = catalogue.byService.get(name);
    if (entry)
        return renderEntry(entry, text);
    const ports = (0,catalogue_catalogue/* portsOfService */.RG)(name);
    if (ports)
        return sayUnknown(name, `TCP ${(0,policy_ports/* formatRanges */.Gk)(ports)}`);
    const hint = (0,nearest/* didYouMean */.a)(subject, (0,catalogue_catalogue/* serviceNames */._m)(), 'give the number of the port');
    throw new unusable/* Unusable */.k([`${(0,problem/* quote */.hD)(subject)} is not a service that the catalogue or IANA knows (${hint})`]);
}
function sayUnknown(what, iana) {
    const registered = iana ? `IANA has registered it (${iana}).` : 'IANA has not registered it.';
    return `The catalogue says nothing about ${what}. ${registered}\nOpen and not allowed, it is a violation of medium severity.\n`;
}


/***/ })

};
