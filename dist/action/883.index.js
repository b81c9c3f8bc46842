export const id = 883;
export const ids = [883];
export const modules = {

/***/ 9883:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   checkShard: () => (/* binding */ checkShard)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8161);
/* harmony import */ var _policy_problem_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2737);
/* harmony import */ var _prepare_options_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4101);
/* harmony import */ var _prepare_plan_file_options_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(9110);
/* harmony import */ var _prepare_plan_file_thaw_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(1182);
/* harmony import */ var _prepare_scan_rules_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(2283);
/* harmony import */ var _prepare_scope_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(3255);
/* harmony import */ var _run_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(2095);
/* harmony import */ var _scan_scan_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(6090);
/* harmony import */ var _shards_part_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(8760);
/* harmony import */ var _shards_shard_file_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(6643);
/* harmony import */ var _unusable_js__WEBPACK_IMPORTED_MODULE_12__ = __webpack_require__(5436);
/* harmony import */ var _version_js__WEBPACK_IMPORTED_MODULE_14__ = __webpack_require__(3411);
/* harmony import */ var _read_plan_js__WEBPACK_IMPORTED_MODULE_13__ = __webpack_require__(2053);
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
    (0,_prepare_plan_file_options_js__WEBPACK_IMPORTED_MODULE_4__/* .refuseWithPlan */ .ad)(options, ['max-age', 'baseline']);
    const { scope } = (0,_prepare_options_js__WEBPACK_IMPORTED_MODULE_3__/* .parseOptions */ .A)({ scope: options.scope });
    const file = await (0,_read_plan_js__WEBPACK_IMPORTED_MODULE_13__/* .readPlan */ .m)(context.root, path);
    const index = readIndex(shard, file.shards);
    (0,_prepare_plan_file_options_js__WEBPACK_IMPORTED_MODULE_4__/* .holdToPlan */ .Sn)(options, file);
    const { request, loaded, frozen } = await (0,_prepare_plan_file_thaw_js__WEBPACK_IMPORTED_MODULE_5__/* .thawPlan */ .c)(file);
    (0,_prepare_scope_js__WEBPACK_IMPORTED_MODULE_7__/* .holdScope */ .U)(frozen.plan, scope);
    const part = (0,_shards_part_js__WEBPACK_IMPORTED_MODULE_10__/* .takePart */ .X)(frozen, index);
    const rules = (0,_prepare_scan_rules_js__WEBPACK_IMPORTED_MODULE_6__/* .createScanRules */ .N)(loaded, frozen.plan, scope);
    // Expiry is decided by the day of the plan, here as in the judgement.
    const listRequired = (planned, address) => rules.listRequired(planned, address, frozen.createdAt);
    const result = await (0,_scan_scan_js__WEBPACK_IMPORTED_MODULE_9__/* .scan */ .S)(part, { ...context, ...rules, listRequired });
    const { policy } = file;
    const report = (0,_run_js__WEBPACK_IMPORTED_MODULE_8__/* .conclude */ .Ep)({
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
        shard: (0,_shards_shard_file_js__WEBPACK_IMPORTED_MODULE_11__/* .sealShard */ .I)(name, result, _version_js__WEBPACK_IMPORTED_MODULE_14__/* .VERSION */ .x),
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
            ? `${(0,_policy_problem_js__WEBPACK_IMPORTED_MODULE_2__/* .quote */ .hD)(text)} is of ${+of} shards, and the plan has ${shards}`
            : `${(0,_policy_problem_js__WEBPACK_IMPORTED_MODULE_2__/* .quote */ .hD)(text)} is not a shard of the plan`;
    throw new _unusable_js__WEBPACK_IMPORTED_MODULE_12__/* .Unusable */ .kO([`shard: ${problem} (\`1/${shards}\` to \`${shards}/${shards}\`)`]);
}
/** GitHub numbers the attempts of a run; jobs that are re-run have the newest number. */
function readAttempt({ GITHUB_RUN_ATTEMPT }) {
    const attempt = Number(GITHUB_RUN_ATTEMPT);
    return Number.isSafeInteger(attempt) && attempt > 0 ? attempt : 1;
}
/** Distinguishes this machine and its network from others: what one machine hears proves nothing about another. */
function nameMachine() {
    const addresses = Object.values((0,node_os__WEBPACK_IMPORTED_MODULE_1__.networkInterfaces)()).flatMap((list = []) => list.map(({ address, mac }) => `${mac} ${address}`));
    const text = JSON.stringify([(0,node_os__WEBPACK_IMPORTED_MODULE_1__.hostname)(), ...addresses.sort()]);
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(text).digest('hex').slice(0, 16);
}


/***/ })

};
