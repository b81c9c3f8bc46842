export const id = 767;
export const ids = [767];
export const modules = {

/***/ 7767:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   diffStates: () => (/* binding */ diffStates)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);
/* harmony import */ var _judge_verdict_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7522);
/* harmony import */ var _policy_diff_loss_js__WEBPACK_IMPORTED_MODULE_13__ = __webpack_require__(6289);
/* harmony import */ var _policy_problem_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2737);
/* harmony import */ var _prepare_load_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5207);
/* harmony import */ var _prepare_options_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4101);
/* harmony import */ var _prepare_review_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(2887);
/* harmony import */ var _process_stdin_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(843);
/* harmony import */ var _report_changes_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(9495);
/* harmony import */ var _report_json_js__WEBPACK_IMPORTED_MODULE_12__ = __webpack_require__(7406);
/* harmony import */ var _repository_folder_tree_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(299);
/* harmony import */ var _repository_git_tree_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(5477);
/* harmony import */ var _unusable_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(5436);
/* harmony import */ var _with_floors_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(6605);














/**
 * What changes from one policy to another, each a file, a commit, or a file in a commit.
 *
 * @throws {Unusable} where there is no policy, or one cannot be used
 */
async function diffStates(states, options) {
    const { policy, failOnLoosening, format } = options;
    const request = (0,_prepare_options_js__WEBPACK_IMPORTED_MODULE_4__/* .parseOptions */ .A)({ policy, 'fail-on-loosening': failOnLoosening });
    // One after the other, so that the memory for reading a large policy is free again before the next one is read.
    const before = await open(options, states[0], request.policy);
    const after = await open(options, states[1], request.policy);
    if (!before.loaded && !after.loaded) {
        throw new _unusable_js__WEBPACK_IMPORTED_MODULE_10__/* .Unusable */ .kO([`Neither ${(0,_policy_problem_js__WEBPACK_IMPORTED_MODULE_2__/* .quote */ .hD)(states[0])} nor ${(0,_policy_problem_js__WEBPACK_IMPORTED_MODULE_2__/* .quote */ .hD)(states[1])} has a policy.`]);
    }
    const changes = await compare(before.loaded, after.loaded);
    const fails = changes.some(({ direction, severity }) => direction === 'loosened' && (0,_judge_verdict_js__WEBPACK_IMPORTED_MODULE_1__/* .reaches */ .O6)(severity, request.failOnLoosening));
    return { fails, text: render() };
    function render() {
        if (format === 'markdown')
            return (0,_report_changes_js__WEBPACK_IMPORTED_MODULE_7__/* .renderChangesMarkdown */ .Fj)(changes);
        if (format === 'text')
            return (0,_report_changes_js__WEBPACK_IMPORTED_MODULE_7__/* .renderChanges */ .O1)(changes, options);
        return (0,_report_json_js__WEBPACK_IMPORTED_MODULE_12__/* .renderJson */ .h)({ old: describe(before), new: describe(after), policyChanges: changes });
    }
}
function describe({ tree: { ref }, loaded }) {
    if (!loaded)
        return { ref };
    const { file, hash, floors } = loaded.policy;
    return { file, ref, hash, floors };
}
async function open({ here, warn }, text, policy) {
    const { root, within, toPath } = here;
    const folder = (0,_with_floors_js__WEBPACK_IMPORTED_MODULE_11__/* .withFloors */ .A)((0,_repository_folder_tree_js__WEBPACK_IMPORTED_MODULE_8__/* .folderTree */ .j)(root, within), root);
    if (text === _process_stdin_js__WEBPACK_IMPORTED_MODULE_6__/* .DASH */ .jr) {
        const tree = await (0,_process_stdin_js__WEBPACK_IMPORTED_MODULE_6__/* .withStandardInput */ .mE)(folder);
        return { tree, loaded: await (0,_prepare_load_js__WEBPACK_IMPORTED_MODULE_3__/* .loadIfAny */ .Ef)(tree, _process_stdin_js__WEBPACK_IMPORTED_MODULE_6__/* .STDIN */ .TF) };
    }
    const [, ref, path] = /^([^:]+):(.+)$/.exec(text) ?? [];
    const { isFile, problem } = await look(folder, text, toPath(text));
    if (isFile) {
        await insistOnFile(root, text, ref);
        return { tree: folder, loaded: await (0,_prepare_load_js__WEBPACK_IMPORTED_MODULE_3__/* .loadIfAny */ .Ef)(folder, toPath(text)) };
    }
    if (ref === undefined || path === undefined) {
        const commit = await openCommit(text, problem, () => (0,_repository_git_tree_js__WEBPACK_IMPORTED_MODULE_9__/* .gitTree */ .$)(root, text, { warn, within }));
        const tree = (0,_with_floors_js__WEBPACK_IMPORTED_MODULE_11__/* .withFloors */ .A)(commit, root);
        return { tree, loaded: await (0,_prepare_load_js__WEBPACK_IMPORTED_MODULE_3__/* .loadIfAny */ .Ef)(tree, policy === undefined ? undefined : toPath(policy)) };
    }
    const commit = await openCommit(ref, problem, () => (0,_repository_git_tree_js__WEBPACK_IMPORTED_MODULE_9__/* .gitTree */ .$)(root, ref, { warn, isFromTop: true }));
    const tree = (0,_with_floors_js__WEBPACK_IMPORTED_MODULE_11__/* .withFloors */ .A)(commit, root);
    const loaded = await (0,_prepare_load_js__WEBPACK_IMPORTED_MODULE_3__/* .loadIfAny */ .Ef)(tree, path);
    if (!loaded)
        throw new _unusable_js__WEBPACK_IMPORTED_MODULE_10__/* .Unusable */ .kO([`There is no ${(0,_policy_problem_js__WEBPACK_IMPORTED_MODULE_2__/* .quote */ .hD)(path)} in ${(0,_policy_problem_js__WEBPACK_IMPORTED_MODULE_2__/* .quote */ .hD)(ref)}.`]);
    return { tree, loaded };
}
/**
 * Makes sure that a file is meant and not a commit: whoever writes to a checkout chooses the names of its files.
 *
 * @param ref the part of the text that would name a commit, where it is `ref:path`
 */
async function insistOnFile(root, text, ref = text) {
    // No name of a commit begins like this.
    if (text.startsWith('.') || (0,node_path__WEBPACK_IMPORTED_MODULE_0__.isAbsolute)(text))
        return;
    const isCommit = await (0,_repository_git_tree_js__WEBPACK_IMPORTED_MODULE_9__/* .isRevision */ .o)(root, ref).catch(({ message }) => {
        throw new _unusable_js__WEBPACK_IMPORTED_MODULE_10__/* .Unusable */ .kO([message, `If the file is meant, write ${(0,_policy_problem_js__WEBPACK_IMPORTED_MODULE_2__/* .quote */ .hD)(`./${text}`)}.`]);
    });
    if (!isCommit)
        return;
    throw new _unusable_js__WEBPACK_IMPORTED_MODULE_10__/* .Unusable */ .kO([
        `${(0,_policy_problem_js__WEBPACK_IMPORTED_MODULE_2__/* .quote */ .hD)(text)} is a file, and ${(0,_policy_problem_js__WEBPACK_IMPORTED_MODULE_2__/* .quote */ .hD)(ref)} is a commit: write ${(0,_policy_problem_js__WEBPACK_IMPORTED_MODULE_2__/* .quote */ .hD)(`./${text}`)} for the file, or the commit in full, such as ${(0,_policy_problem_js__WEBPACK_IMPORTED_MODULE_2__/* .quote */ .hD)(`refs/heads/${text}`)}.`,
    ]);
}
/** Whether there is a file, and why what is there cannot be read. */
async function look(folder, written, path) {
    try {
        return { isFile: (await folder.read(path, 1)) !== undefined };
    }
    catch (error) {
        return {
            isFile: false,
            problem: `The file ${(0,_policy_problem_js__WEBPACK_IMPORTED_MODULE_2__/* .quote */ .hD)(written)} cannot be read: ${error.message}.`,
        };
    }
}
/** @param problem why the file of that name, if there is one, cannot be read */
async function openCommit(ref, problem = `There is no file ${(0,_policy_problem_js__WEBPACK_IMPORTED_MODULE_2__/* .quote */ .hD)(ref)}.`, read) {
    try {
        return await read();
    }
    catch (error) {
        throw new _unusable_js__WEBPACK_IMPORTED_MODULE_10__/* .Unusable */ .kO([`${problem} As a commit, ${error.message}`]);
    }
}
async function compare(before, after) {
    try {
        return await (0,_prepare_review_js__WEBPACK_IMPORTED_MODULE_5__/* .comparePolicies */ .OF)(before, after, _prepare_review_js__WEBPACK_IMPORTED_MODULE_5__/* .ANY_WORKFLOW */ .X_);
    }
    catch (error) {
        throw error instanceof _policy_diff_loss_js__WEBPACK_IMPORTED_MODULE_13__/* .TooLarge */ .M ? new _unusable_js__WEBPACK_IMPORTED_MODULE_10__/* .Unusable */ .kO([`${error.message}.`]) : error;
    }
}


/***/ })

};
