export const id = 781;
export const ids = [781];
export const modules = {

/***/ 4781:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  runDemo: () => (/* binding */ runDemo)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/files/save-report.js
var save_report = __webpack_require__(1645);
// EXTERNAL MODULE: ./lib/port-ranges.js
var port_ranges = __webpack_require__(1067);
// EXTERNAL MODULE: ./lib/report/text.js
var report_text = __webpack_require__(4639);
// EXTERNAL MODULE: ./lib/repository/folder-tree.js + 1 modules
var folder_tree = __webpack_require__(299);
// EXTERNAL MODULE: ./lib/run.js + 3 modules
var run = __webpack_require__(2095);
// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __webpack_require__(7067);
// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(7030);
;// CONCATENATED MODULE: ./lib/commands/demo/listeners.js


/** A web server, as a policy would allow it. */
function listenHttp(address) {
    return listen((0,external_node_http_.createServer)((_request, response) => response.end('It works.\n')), address);
}
/** A server that accepts and then acts as the service does. */
function listenAs(service, address, port) {
    return listen((0,external_node_net_.createServer)(service), address, port);
}
/** Reads inline commands as Redis does, knows PING and refuses everything else. */
const redis = (socket) => {
    socket.on('data', (chunk) => {
        for (const line of chunk.toString('latin1').split('\n').slice(0, -1)) {
            const command = line.trim().split(' ')[0] ?? '';
            const isPing = command.toUpperCase() === 'PING';
            socket.write(isPing ? '+PONG\r\n' : `-ERR unknown command '${command}', with args beginning with: \r\n`);
        }
    });
};
/** Speaks first, as MySQL does (client/server protocol, "Protocol::HandshakeV10"). */
const mysql = (socket) => {
    const payload = Buffer.concat([
        Buffer.from('\x0a8.4.0-demo\0'),
        Buffer.from([1, 0, 0, 0]), // thread id
        Buffer.from('saltsalt\0'),
        Buffer.from([0xff, 0xff, 0xff, 2, 0, 0xff, 0xdf, 21]), // capabilities, character set, status, length of the salt
        Buffer.alloc(10),
        Buffer.from('saltsaltsalt\0caching_sha2_password\0'),
    ]);
    socket.resume().write(Buffer.concat([Buffer.from([payload.length, 0, 0, 0]), payload]));
};
/** The line that an SSH server begins with (RFC 4253, 4.2). */
const ssh = (socket) => {
    socket.resume().write('SSH-2.0-OpenSSH_9.9 demo\r\n');
};
/** Takes every connection and says nothing. */
const tarpit = (socket) => {
    socket.resume();
};
function listen(server, address, port = 0) {
    const sockets = new Set();
    server.on('connection', (socket) => {
        sockets.add(socket);
        socket.on('error', () => { });
        socket.on('close', () => sockets.delete(socket));
    });
    const close = () => new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets)
            socket.destroy();
    });
    return new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, address, () => {
            const bound = server.address();
            resolve({ port: typeof bound === 'object' && bound ? bound.port : port, close });
        });
    });
}

;// CONCATENATED MODULE: ./lib/commands/demo/demo.js









const HOME = '127.0.0.1';
/** Where the tarpit may live: macOS has one IPv4 loopback address only, and not every machine has IPv6. */
const ELSEWHERE = ['127.0.0.2', '::1'];
/** Ports of the tarpit: dynamic ones (RFC 6335, 6), and enough of them to look like all. */
const FIRST_TARPIT_PORT = 50_000;
const TARPIT_PORTS = 128;
/**
 * Opens real listeners on loopback, runs the whole pipeline on them, and prints the result and where it is.
 *
 * @returns the exit status: 0 if the gate found exactly what it should, else 1
 */
async function runDemo(context, { print, ...text }) {
    const stage = await setStage();
    try {
        const folder = await (0,promises_.mkdtemp)((0,external_node_path_.join)((0,external_node_os_.tmpdir)(), 'portgate-demo-'));
        await (0,promises_.mkdir)((0,external_node_path_.join)(folder, '.github'));
        await (0,promises_.writeFile)((0,external_node_path_.join)(folder, '.github', 'port-policy.yml'), writePolicy(stage));
        const report = await (0,run/* run */.eF)({}, { ...context, root: folder, tree: (0,folder_tree/* folderTree */.j)(folder) });
        await (0,save_report/* saveReport */.a)(report, folder, folder);
        print(`${(0,report_text/* renderText */.S)(report, text)}\n${describeStage(stage)}`);
        const missed = compare(listExpected(stage), listFound(report));
        print(`The policy is in ${(0,external_node_path_.join)(folder, '.github', 'port-policy.yml')}, the report in ${(0,external_node_path_.join)(folder, 'report.html')}, report.json, report.sarif and junit.xml.\n`);
        print(missed === ''
            ? 'The gate found exactly what it should.\n'
            : `The gate did not find what it should:\n${missed}`);
        return missed === '' ? 0 : 1;
    }
    finally {
        await strike(stage);
    }
}
async function setStage() {
    return {
        web: await listenHttp(HOME),
        redis: await listenAs(redis, HOME),
        mysql: await listenAs(mysql, HOME),
        ssh: await listenAs(ssh, HOME),
        tarpit: await setTarpit(),
    };
}
async function setTarpit() {
    for (const address of ELSEWHERE) {
        const listeners = [];
        for (let port = FIRST_TARPIT_PORT; listeners.length < TARPIT_PORTS; port++) {
            const listener = await listenAs(tarpit, address, port).catch((error) => error.code);
            if (typeof listener === 'object')
                listeners.push(listener);
            // Skip a port that is in use; give up on an address that does not exist.
            else if (listener !== 'EADDRINUSE')
                break;
        }
        if (listeners.length === TARPIT_PORTS)
            return { address, listeners };
        await Promise.all(listeners.map(({ close }) => close()));
    }
    return undefined;
}
function listListeners({ web, redis, mysql, ssh, tarpit }) {
    return [web, redis, mysql, ssh, ...(tarpit?.listeners ?? [])];
}
async function strike(stage) {
    await Promise.all(listListeners(stage).map(({ close }) => close()));
}
function writePolicy({ web, redis, mysql, ssh, tarpit }) {
    const ports = [web, redis, mysql, ssh].map(({ port }) => port).join(', ');
    return `# What the demo opened, and what it allows: a web server, and nothing else.
version: 1
hosts:
  ${HOME}:
    allow:
      - { port: ${web.port}, service: http, reason: the web server of the demo }
environments:
  demo:
    endpoints:
      - { host: ${HOME}, ports: [${ports}, 1] }
${tarpit ? `      - { host: "${tarpit.address}", ports: [${listTarpitPorts(tarpit)}] }\n` : ''}`;
}
function listTarpitPorts({ listeners }) {
    const ranges = (0,port_ranges/* formatRanges */.Gk)(listeners.map(({ port }) => port));
    return ranges
        .split(',')
        .map((range) => `"${range}"`)
        .join(', ');
}
function describeStage({ web, redis, mysql, ssh, tarpit }) {
    const there = tarpit
        ? `and a tarpit on ${TARPIT_PORTS} ports of ${tarpit.address}`
        : 'and no tarpit: this machine has no second loopback address';
    return `The demo opened on ${HOME} an allowed web server (${web.port}), a Redis (${redis.port}), a MySQL (${mysql.port}) and an SSH banner (${ssh.port}), ${there}.\n`;
}
function listExpected({ redis, mysql, ssh, tarpit }) {
    const open = { redis, mysql, ssh };
    return [
        'verdict: fail',
        ...Object.entries(open).map(([service, { port }]) => `unexpected-open-port: ${HOME} ${port} ${service}`),
        ...(tarpit ? [`answers-everywhere: ${tarpit.address}  `] : []),
    ];
}
function listFound({ verdict, findings }) {
    return [
        `verdict: ${verdict}`,
        ...findings.map(({ id, address, port, service }) => `${id}: ${address} ${port ?? ''} ${service ?? ''}`),
    ];
}
function compare(expected, found) {
    const missing = expected.filter((line) => !found.includes(line)).map((line) => `  missing  ${line}\n`);
    const surplus = found.filter((line) => !expected.includes(line)).map((line) => `  surplus  ${line}\n`);
    return [...missing, ...surplus].join('');
}


/***/ })

};
