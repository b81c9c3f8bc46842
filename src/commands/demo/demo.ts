import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { saveReport } from '../../files/save-report.ts'
import type { Report } from '../../model.ts'
import { formatRanges } from '../../port-ranges.ts'
import { renderText, type TextOptions } from '../../report/text.ts'
import { folderTree } from '../../repository/folder-tree.ts'
import { type RunContext, run } from '../../run.ts'
import { type Listener, listenAs, listenHttp, mysql, redis, ssh, tarpit } from './listeners.ts'

const HOME = '127.0.0.1'

/** Where the tarpit may live: macOS has one IPv4 loopback address only, and not every machine has IPv6. */
const ELSEWHERE = ['127.0.0.2', '::1']

/** Ports of the tarpit: dynamic ones (RFC 6335, 6), and enough of them to look like all. */
const FIRST_TARPIT_PORT = 50_000
const TARPIT_PORTS = 128

/** The hosts of the demo, by what listens there. */
interface Stage {
  web: Listener
  redis: Listener
  mysql: Listener
  ssh: Listener
  tarpit?: { address: string; listeners: Listener[] }
}

/**
 * Opens real listeners on loopback, runs the whole pipeline on them, and prints the result and where it is.
 *
 * @returns the exit status: 0 if the gate found exactly what it should, else 1
 */
export async function runDemo(
  context: RunContext,
  { print, ...text }: TextOptions & { print(text: string): void },
): Promise<number> {
  const stage = await setStage()
  try {
    const folder = await mkdtemp(join(tmpdir(), 'portgate-demo-'))
    await mkdir(join(folder, '.github'))
    await writeFile(join(folder, '.github', 'port-policy.yml'), writePolicy(stage))
    const report = await run({}, { ...context, root: folder, tree: folderTree(folder) })
    await saveReport(report, folder, folder)
    print(`${renderText(report, text)}\n${describeStage(stage)}`)
    const missed = compare(listExpected(stage), listFound(report))
    print(
      `The policy is in ${join(folder, '.github', 'port-policy.yml')}, the report in ${join(folder, 'report.html')}, report.json, report.sarif and junit.xml.\n`,
    )
    print(
      missed === ''
        ? 'The gate found exactly what it should.\n'
        : `The gate did not find what it should:\n${missed}`,
    )
    return missed === '' ? 0 : 1
  } finally {
    await strike(stage)
  }
}

async function setStage(): Promise<Stage> {
  return {
    web: await listenHttp(HOME),
    redis: await listenAs(redis, HOME),
    mysql: await listenAs(mysql, HOME),
    ssh: await listenAs(ssh, HOME),
    tarpit: await setTarpit(),
  }
}

async function setTarpit(): Promise<Stage['tarpit']> {
  for (const address of ELSEWHERE) {
    const listeners: Listener[] = []
    for (let port = FIRST_TARPIT_PORT; listeners.length < TARPIT_PORTS; port++) {
      const listener = await listenAs(tarpit, address, port).catch(
        (error: NodeJS.ErrnoException) => error.code,
      )
      if (typeof listener === 'object') listeners.push(listener)
      // Skip a port that is in use; give up on an address that does not exist.
      else if (listener !== 'EADDRINUSE') break
    }
    if (listeners.length === TARPIT_PORTS) return { address, listeners }
    await Promise.all(listeners.map(({ close }) => close()))
  }
  return undefined
}

function listListeners({ web, redis, mysql, ssh, tarpit }: Stage): Listener[] {
  return [web, redis, mysql, ssh, ...(tarpit?.listeners ?? [])]
}

async function strike(stage: Stage): Promise<void> {
  await Promise.all(listListeners(stage).map(({ close }) => close()))
}

function writePolicy({ web, redis, mysql, ssh, tarpit }: Stage): string {
  const ports = [web, redis, mysql, ssh].map(({ port }) => port).join(', ')
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
${tarpit ? `      - { host: "${tarpit.address}", ports: [${listTarpitPorts(tarpit)}] }\n` : ''}`
}

function listTarpitPorts({ listeners }: NonNullable<Stage['tarpit']>): string {
  const ranges = formatRanges(listeners.map(({ port }) => port))
  return ranges
    .split(',')
    .map((range) => `"${range}"`)
    .join(', ')
}

function describeStage({ web, redis, mysql, ssh, tarpit }: Stage): string {
  const there = tarpit
    ? `and a tarpit on ${TARPIT_PORTS} ports of ${tarpit.address}`
    : 'and no tarpit: this machine has no second loopback address'
  return `The demo opened on ${HOME} an allowed web server (${web.port}), a Redis (${redis.port}), a MySQL (${mysql.port}) and an SSH banner (${ssh.port}), ${there}.\n`
}

function listExpected({ redis, mysql, ssh, tarpit }: Stage): string[] {
  const open = { redis, mysql, ssh }
  return [
    'verdict: fail',
    ...Object.entries(open).map(([service, { port }]) => `unexpected-open-port: ${HOME} ${port} ${service}`),
    ...(tarpit ? [`answers-everywhere: ${tarpit.address}  `] : []),
  ]
}

function listFound({ verdict, findings }: Report): string[] {
  return [
    `verdict: ${verdict}`,
    ...findings.map(({ id, address, port, service }) => `${id}: ${address} ${port ?? ''} ${service ?? ''}`),
  ]
}

function compare(expected: string[], found: string[]): string {
  const missing = expected.filter((line) => !found.includes(line)).map((line) => `  missing  ${line}\n`)
  const surplus = found.filter((line) => !expected.includes(line)).map((line) => `  surplus  ${line}\n`)
  return [...missing, ...surplus].join('')
}
