export const id = 477;
export const ids = [477];
export const modules = {

/***/ 2477:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   listMatrix: () => (/* binding */ listMatrix),
/* harmony export */   sayPlan: () => (/* binding */ sayPlan)
/* harmony export */ });
/* unused harmony export renderPlan */
/* harmony import */ var _numbers_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4417);
/* harmony import */ var _report_counts_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5836);
/* harmony import */ var _report_escape_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2527);
/* harmony import */ var _report_layout_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5526);





/** The matrix of a workflow, a job for each shard. */
function listMatrix({ shards }) {
    return { shard: Array.from({ length: shards }, (_, index) => `${index + 1}/${shards}`) };
}
/** The output of `plan` as JSON. @param path where it was written */
function renderPlan({ file, cost, cheaper, unresolved }, path) {
    const { shards, digest, createdAt } = file;
    const matrix = listMatrix(file);
    return renderJson({ plan: path, digest, createdAt, shards, matrix, ...cost, cheaper, unresolved });
}
/** The same for people. @param path where it was written */
function sayPlan(planned, path, width) {
    const { file, cost, cheaper, unresolved, longestLimitMs } = planned;
    const { shards, endpoints } = file;
    const idle = cost.idle > 0 ? `; ${(0,_numbers_js__WEBPACK_IMPORTED_MODULE_2__/* .formatNumber */ .Z)(cost.idle)} ${cost.idle === 1 ? 'has' : 'have'} nothing to do` : '';
    const isTooSlow = cost.seconds.most * 1000 > longestLimitMs;
    const rows = [
        ['plan', `${path}, SHA-256 ${file.digest.slice(0, 12)}…`],
        ['matrix', JSON.stringify(listMatrix(file))],
        ['probes', `${(0,_numbers_js__WEBPACK_IMPORTED_MODULE_2__/* .formatNumber */ .Z)(cost.probes)} or more, on ${(0,_numbers_js__WEBPACK_IMPORTED_MODULE_2__/* .count */ .U)(endpoints.length, 'endpoint')}`],
        ['shards', `${(0,_numbers_js__WEBPACK_IMPORTED_MODULE_2__/* .formatNumber */ .Z)(shards)}, with up to ${(0,_numbers_js__WEBPACK_IMPORTED_MODULE_2__/* .count */ .U)(cost.largest, 'probe')} each${idle}`],
        ['time', `${saySpan(cost.seconds, (s) => (0,_report_counts_js__WEBPACK_IMPORTED_MODULE_3__/* .formatDuration */ .a3)(s * 1000))} in the slowest shard`],
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
                    `longer than \`time-limit\` (${(0,_report_counts_js__WEBPACK_IMPORTED_MODULE_3__/* .formatDuration */ .a3)(longestLimitMs)}): what is not seen by then stays unknown`,
                ],
            ]
            : []),
        [
            'runner',
            `${saySpan(cost.runnerMinutes, _numbers_js__WEBPACK_IMPORTED_MODULE_2__/* .formatNumber */ .Z)} minutes in all, if each job is billed for every minute begun`,
        ],
        ...cheaper.map(({ ask, probes }) => [
            'cheaper',
            `\`${ask}\` takes ${(0,_numbers_js__WEBPACK_IMPORTED_MODULE_2__/* .formatNumber */ .Z)(probes)} probes, ${sayShare(probes / cost.probes)} of these`,
        ]),
        ...(0,_report_counts_js__WEBPACK_IMPORTED_MODULE_3__/* .atMost */ .Tu)(unresolved.map(({ endpoint, why }) => `${endpoint}: ${why}`)).map((text) => [
            'no address',
            text,
        ]),
    ];
    return rows
        .flatMap(([label, text]) => {
        const whole = (0,_report_escape_js__WEBPACK_IMPORTED_MODULE_0__/* .printable */ .g$)(text, 8_000);
        // The matrix is there to be copied, so it is never wrapped.
        const lines = label === 'matrix' ? [whole] : (0,_report_layout_js__WEBPACK_IMPORTED_MODULE_1__/* .wrap */ .LV)(whole, Math.max(40, width) - 12);
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


/***/ })

};
