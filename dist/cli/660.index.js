export const id = 660;
export const ids = [660];
export const modules = {

/***/ 660:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   diffStates: () => (/* binding */ diffStates)
/* harmony export */ });
/* harmony import */ var _git_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9151);
/* harmony import */ var _judge_verdict_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(7522);
/* harmony import */ var _load_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1797);
/* harmony import */ var _options_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1097);
/* harmony import */ var _policy_diff_loss_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(6289);
/* harmony import */ var _policy_problem_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2737);
/* harmony import */ var _report_changes_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(9495);
/* harmony import */ var _report_json_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(7406);
/* harmony import */ var _review_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(1344);
/* harmony import */ var _tree_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(4071);
/* harmony import */ var _unusable_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(9697);











/**
 * What changes from one policy to another, each a file, a commit, or a file in a commit.
 *
 * @throws {Unusable} where there is no policy, or one cannot be used
 */
async function diffStates(states, { root, policy, failOnLoosening, format, ...text }) {
    const request = (0,_options_js__WEBPACK_IMPORTED_MODULE_2__/* .parseOptions */ .A)({ policy, 'fail-on-loosening': failOnLoosening });
    const [before, after] = (await Promise.all(states.map((state) => open(root, state, request.policy))));
    if (!before.loaded && !after.loaded) {
        throw new _unusable_js__WEBPACK_IMPORTED_MODULE_7__/* .Unusable */ .k([`Neither ${(0,_policy_problem_js__WEBPACK_IMPORTED_MODULE_3__/* .quote */ .hD)(states[0])} nor ${(0,_policy_problem_js__WEBPACK_IMPORTED_MODULE_3__/* .quote */ .hD)(states[1])} has a policy.`]);
    }
    const changes = compare(before.loaded, after.loaded);
    const fails = changes.some(({ direction, severity }) => direction === 'loosened' && (0,_judge_verdict_js__WEBPACK_IMPORTED_MODULE_8__/* .reaches */ .O6)(severity, request.failOnLoosening));
    return { fails, text: render() };
    function render() {
        if (format === 'markdown')
            return (0,_report_changes_js__WEBPACK_IMPORTED_MODULE_4__/* .renderChangesMarkdown */ .Fj)(changes);
        if (format === 'text')
            return (0,_report_changes_js__WEBPACK_IMPORTED_MODULE_4__/* .renderChanges */ .O1)(changes, text);
        return (0,_report_json_js__WEBPACK_IMPORTED_MODULE_9__/* .renderJson */ .h)({ old: describe(before), new: describe(after), policyChanges: changes });
    }
}
function describe({ tree: { ref }, loaded }) {
    return loaded ? { file: loaded.policy.file, ref, hash: loaded.policy.hash } : { ref };
}
async function open(root, text, policy) {
    const folder = (0,_tree_js__WEBPACK_IMPORTED_MODULE_6__/* .folderTree */ .j)(root);
    const isFile = await folder.read(text, 1).catch(() => undefined);
    if (isFile)
        return { tree: folder, loaded: await (0,_load_js__WEBPACK_IMPORTED_MODULE_1__/* .loadIfAny */ .Ef)(folder, (0,_tree_js__WEBPACK_IMPORTED_MODULE_6__/* .fromRoot */ .t)(root, text)) };
    const [, ref, path] = /^([^:]+):(.+)$/.exec(text) ?? [];
    if (ref === undefined || path === undefined) {
        const tree = await openCommit(root, text);
        return { tree, loaded: await (0,_load_js__WEBPACK_IMPORTED_MODULE_1__/* .loadIfAny */ .Ef)(tree, policy === undefined ? undefined : (0,_tree_js__WEBPACK_IMPORTED_MODULE_6__/* .fromRoot */ .t)(root, policy)) };
    }
    const tree = await openCommit(root, ref, true);
    const loaded = await (0,_load_js__WEBPACK_IMPORTED_MODULE_1__/* .loadIfAny */ .Ef)(tree, path);
    if (!loaded)
        throw new _unusable_js__WEBPACK_IMPORTED_MODULE_7__/* .Unusable */ .k([`There is no ${(0,_policy_problem_js__WEBPACK_IMPORTED_MODULE_3__/* .quote */ .hD)(path)} in ${(0,_policy_problem_js__WEBPACK_IMPORTED_MODULE_3__/* .quote */ .hD)(ref)}.`]);
    return { tree, loaded };
}
async function openCommit(root, ref, isFromTop = false) {
    try {
        return await (0,_git_js__WEBPACK_IMPORTED_MODULE_0__/* .gitTree */ .$)(root, ref, isFromTop);
    }
    catch (error) {
        throw new _unusable_js__WEBPACK_IMPORTED_MODULE_7__/* .Unusable */ .k([`There is no file ${(0,_policy_problem_js__WEBPACK_IMPORTED_MODULE_3__/* .quote */ .hD)(ref)}. As a commit, ${error.message}`]);
    }
}
function compare(before, after) {
    try {
        return (0,_review_js__WEBPACK_IMPORTED_MODULE_5__/* .comparePolicies */ .OF)(before, after, false);
    }
    catch (error) {
        throw error instanceof _policy_diff_loss_js__WEBPACK_IMPORTED_MODULE_10__/* .TooLarge */ .M ? new _unusable_js__WEBPACK_IMPORTED_MODULE_7__/* .Unusable */ .k([`${error.message}.`]) : error;
    }
}


/***/ })

};
