export const id = 629;
export const ids = [629];
export const modules = {

/***/ 6629:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   readEndpoints: () => (/* binding */ readEndpoints)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var _files_regular_file_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4726);
/* harmony import */ var _numbers_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(4417);
/* harmony import */ var _policy_endpoints_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2264);
/* harmony import */ var _policy_problem_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2737);
/* harmony import */ var _prepare_lists_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2582);
/* harmony import */ var _process_stdin_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(843);
/* harmony import */ var _unusable_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(5436);
/* harmony import */ var _arguments_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(9034);









/** Most bytes of a list that are read. */
const MOST_BYTES = 1024 * 1024;
/** Most mistakes in a list that are shown; the rest are counted. */
const MOST_SHOWN = 20;
/**
 * Endpoints from arguments: the name of a file stands for the list of endpoints in it, and `-` for the list on standard
 * input.
 *
 * @throws {Unusable} with all that is wrong
 */
async function readEndpoints(args) {
    const endpoints = [];
    for (const text of args) {
        if (text === _process_stdin_js__WEBPACK_IMPORTED_MODULE_5__/* .DASH */ .jr)
            endpoints.push(...readList(await (0,_process_stdin_js__WEBPACK_IMPORTED_MODULE_5__/* .readInput */ .R5)(), _process_stdin_js__WEBPACK_IMPORTED_MODULE_5__/* .STDIN */ .TF));
        else if (await isFile(text))
            endpoints.push(...readList(await readFile(text), text));
        else
            endpoints.push(requireHost(text));
    }
    return [...new Set(endpoints)];
}
async function isFile(text) {
    // A policy or a report is not a list, whether the file exists or not.
    (0,_arguments_js__WEBPACK_IMPORTED_MODULE_7__/* .refuseFiles */ .Qj)([text]);
    return (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(text).then((found) => found.isFile(), () => false);
}
async function readFile(file) {
    const bytes = await (0,_files_regular_file_js__WEBPACK_IMPORTED_MODULE_1__/* .readRegularFile */ .X)(file, MOST_BYTES + 1).catch(({ message }) => {
        throw new _unusable_js__WEBPACK_IMPORTED_MODULE_6__/* .Unusable */ .kO([`The list ${(0,_policy_problem_js__WEBPACK_IMPORTED_MODULE_3__/* .quote */ .hD)(file)} cannot be read: ${message}.`]);
    });
    return bytes ?? new Uint8Array();
}
function requireHost(text) {
    const isPath = /^\.{0,2}[/\\]|\.(txt|lst|list|csv)$/i.test(text);
    if (isPath)
        throw new _unusable_js__WEBPACK_IMPORTED_MODULE_6__/* .Unusable */ .kO([`There is no file ${(0,_policy_problem_js__WEBPACK_IMPORTED_MODULE_3__/* .quote */ .hD)(text)} to read endpoints from.`]);
    return text;
}
/** The endpoints of a list: one a line, or with commas or spaces between; what follows a `#` is a comment. */
function readList(bytes, file) {
    if (bytes.length > MOST_BYTES)
        throw new _unusable_js__WEBPACK_IMPORTED_MODULE_6__/* .Unusable */ .kO([`The list ${(0,_policy_problem_js__WEBPACK_IMPORTED_MODULE_3__/* .quote */ .hD)(file)} is larger than 1 MiB.`]);
    const text = new TextDecoder().decode(bytes);
    const problems = [];
    const endpoints = text.split(/\r?\n/).flatMap((line, index) => {
        const written = line.replace(/(^|\s)#.*$/, '').trim();
        if (written === '')
            return [];
        return (0,_prepare_lists_js__WEBPACK_IMPORTED_MODULE_4__/* .splitList */ .ry)(written).filter((one) => {
            const { problem } = (0,_policy_endpoints_js__WEBPACK_IMPORTED_MODULE_2__/* .explainComma */ .TW)(one) ?? (0,_policy_endpoints_js__WEBPACK_IMPORTED_MODULE_2__/* .parseEndpoint */ .Bk)(one);
            const hint = problem?.hint ? ` (${problem.hint})` : '';
            if (problem)
                problems.push(`${file}:${index + 1}: ${problem.message}${hint}`);
            return !problem;
        });
    });
    if (problems.length > 0)
        throw refuseList(problems);
    if (endpoints.length === 0)
        throw new _unusable_js__WEBPACK_IMPORTED_MODULE_6__/* .Unusable */ .kO([`The list ${(0,_policy_problem_js__WEBPACK_IMPORTED_MODULE_3__/* .quote */ .hD)(file)} names no endpoints.`]);
    return endpoints;
}
function refuseList(problems) {
    const left = problems.length - MOST_SHOWN;
    const more = left > 0 ? [`and ${(0,_numbers_js__WEBPACK_IMPORTED_MODULE_8__/* .count */ .U)(left, 'more mistake')}`] : [];
    return new _unusable_js__WEBPACK_IMPORTED_MODULE_6__/* .Unusable */ .kO([...problems.slice(0, MOST_SHOWN), ...more]);
}


/***/ })

};
