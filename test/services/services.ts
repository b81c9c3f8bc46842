/**
 * Starts real servers, asks Portgate what answers there, each on a port that is not its own, and writes what was sent,
 * what came back and what was said to `docs/identify.md`, with what `nmap -sV` says beside it. Fails if one is named
 * wrongly. Needs root and the servers' packages; those that are not installed are listed.
 *
 *     npm run services            all of them, ten minutes, in a network namespace of its own
 *     npm run services redis      only those whose name has this word; nothing is written
 *     npm run services -- --few   a few that start quickly, without nmap; nothing is written, and none may be missing
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildCatalogue, protocolOf } from '../../src/catalogue/catalogue.ts'
import type { Identified } from '../../src/model.ts'
import { identifyPort } from '../../src/scan/identify/identify.ts'
import { isInstalled, SERVERS, type ServerSpec, startServer } from './servers.ts'

/** X11's displays begin at 6000, so all ports are there, and ten apart: RabbitMQ takes three. */
const FIRST_PORT = 6_103

/** What nmap calls some services. */
const NMAP_NAMES: Record<string, string[]> = {
  'http-proxy': ['http', 'squid'],
  memcached: ['memcache'],
  'netbios-ssn': ['microsoft-ds'],
  rpcbind: ['sunrpc'],
  'ssl|http': ['https'],
  'ssl|imap': ['imaps'],
  'ssl|ldap': ['ldaps'],
  vnc: ['rfb'],
  X11: ['x11'],
}

interface Row {
  spec: ServerSpec
  identified: Identified
  ms: number
  exchange: Exchange[]
  /** Connections where the number of the port suggests what is there. */
  hinted: number
  nmap: { service: string; version: string; ms: number }
}

/** What one connection carried, as far as a table shows it. */
interface Exchange {
  sent: Buffer
  received: Buffer
}

const { byService } = buildCatalogue()
const few = process.argv.includes('--few')
const word = few ? undefined : process.argv[2]?.toLowerCase()
const folder = await mkdtemp(join(tmpdir(), 'portgate-services-'))
const certificate = await makeCertificate(folder)
const rows: Row[] = []
const missing: string[] = []
const failures: string[] = []
for (const [index, spec] of SERVERS.entries()) {
  if ((word && !spec.name.toLowerCase().includes(word)) || (few && !spec.isQuick)) continue
  if (!isInstalled(spec)) missing.push(`${spec.name} (${spec.debian})`)
  else await examine(spec, spec.port ?? FIRST_PORT + index * 10)
}
await rm(folder, { recursive: true })
if (!word && !few) await writePage()
for (const text of missing) console.log(`not installed: ${text}`)
for (const text of failures) console.error(text)
console.log(`${rows.length} servers, ${failures.length} failures`)
process.exit(failures.length > 0 || rows.length === 0 || (few && missing.length > 0) ? 1 : 0)

async function examine(spec: ServerSpec, port: number): Promise<void> {
  await using server = await startServer(spec, port, certificate)
  if (!server.isUp) {
    failures.push(`${spec.name} did not start: ${server.output().slice(-400)}`)
    return
  }
  const startedAt = performance.now()
  const { identified, exchange } = await identifyThroughRelay(port)
  const ms = performance.now() - startedAt
  const hinted = await identifyThroughRelay(port, suggest(spec.service))
  const nmap = few ? { service: '', version: '', ms: 0 } : askNmap(port)
  rows.push({ spec, identified, ms, exchange, hinted: hinted.exchange.length, nmap })
  const isRight = [identified, hinted.identified].every(({ service }) => service === spec.service)
  const connections = `${exchange.length} and ${hinted.exchange.length} connections`
  console.log(
    `${spec.name}: ${identified.service} ${identified.product ?? ''} ${Math.round(ms)} ms, ${connections} ${isRight ? 'ok' : 'WRONG'}`,
  )
  if (!isRight) failures.push(`${spec.name} was called ${identified.service}, ${hinted.identified.service}`)
}

/** What the number of a service's own port would suggest. */
function suggest(service: string): string {
  const entry = byService.get(service)
  return entry ? protocolOf(entry) : service
}

/** Identifies through a relay, whose port means nothing and which writes everything down. */
async function identifyThroughRelay(
  port: number,
  hint?: string,
): Promise<{ identified: Identified; exchange: Exchange[] }> {
  const exchange: Exchange[] = []
  const relay = createServer((near: Socket) => {
    const one = { sent: Buffer.alloc(0), received: Buffer.alloc(0) }
    exchange.push(one)
    const far = connect(port, '127.0.0.1')
    near.on('data', (chunk) => (one.sent = Buffer.concat([one.sent, chunk])))
    far.on('data', (chunk) => (one.received = Buffer.concat([one.received, chunk])))
    near.on('error', () => far.destroy()).on('close', () => far.destroy())
    far.on('error', () => near.destroy()).on('close', () => near.end())
    near.pipe(far)
    far.pipe(near)
  })
  await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve))
  const at = (relay.address() as { port: number }).port
  const target = { address: '127.0.0.1', port: at, hint }
  const identified = (await identifyPort(target, new AbortController().signal)) ?? {}
  relay.close()
  return { identified, exchange }
}

function askNmap(port: number): Row['nmap'] {
  const startedAt = performance.now()
  const { stdout, error } = spawnSync(
    'nmap',
    ['-sV', '-Pn', '-n', '-p', String(port), '-oG', '-', '127.0.0.1'],
    {
      encoding: 'utf8',
      timeout: 180_000,
    },
  )
  const [, service = '', version = ''] =
    /Ports: \d+\/open\/tcp\/\/([^/]*)\/[^/]*\/([^/]*)\//.exec(stdout ?? '') ?? []
  return {
    service: error ? 'not installed' : service.trim() || 'nothing',
    version: version.trim(),
    ms: performance.now() - startedAt,
  }
}

async function writePage(): Promise<void> {
  const page = new URL('../../docs/identify.md', import.meta.url)
  const around = /(?<=<!-- services -->\n\n).*(?=\n\n<!-- \/services -->)/s
  await writeFile(
    page,
    (await readFile(page, 'utf8')).replace(around, () => describeRows()),
  )
}

function agrees({ spec, nmap }: Row): boolean {
  return (NMAP_NAMES[nmap.service] ?? [nmap.service]).includes(spec.service)
}

function describeRows(): string {
  const head = ['server', 'said', 'connections', 'by number', 'the last greeting', 'the answer', 'ms'].concat(
    '`nmap -sV`',
    'ms',
  )
  const lines = rows.map((row) => {
    const { spec, identified, ms, exchange, hinted, nmap } = row
    const told = exchange.findLast(({ received }) => received.length > 0) ?? exchange[0]
    const product = identified.product ? ` ${identified.product}` : ''
    const theirs = escapeCell([nmap.service, nmap.version].filter(Boolean).join(', '))
    return [
      spec.name,
      `\`${identified.service ?? 'nothing'}\`${escapeCell(product)}`,
      String(exchange.length),
      String(hinted),
      show(told?.sent),
      show(told?.received),
      String(Math.round(ms)),
      agrees(row) ? theirs : `**${theirs}**`,
      String(Math.round(nmap.ms)),
    ]
  })
  const table = [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
  return [table, describeComparison()].join('\n\n')
}

function describeComparison(): string {
  const [, version = ''] =
    /Nmap version (\S+)/.exec(spawnSync('nmap', ['--version'], { encoding: 'utf8' }).stdout ?? '') ?? []
  const most = Math.max(...rows.map(({ hinted }) => hinted))
  const seconds = (of: (row: Row) => number) => Math.round(rows.reduce((sum, row) => sum + of(row), 0) / 1000)
  return [
    `${rows.length} servers of Debian's packages, each asked through a port that is not its own and without a hint;`,
    '`by number`: how many connections it takes where the number of the port suggests what is there,',
    `${most} at most. nmap ${version} and Portgate agree on ${rows.filter(agrees).length}; what nmap calls`,
    `otherwise is bold. All of them together took Portgate ${seconds(({ ms }) => ms)} s and nmap`,
    `${seconds(({ nmap }) => nmap.ms)} s. Written by \`npm run services\` on ${new Date().toISOString().slice(0, 10)}.`,
    ...(missing.length > 0 ? [`Not installed then: ${missing.join(', ')}.`] : []),
  ].join('\n')
}

/** The first bytes as a table can show them. */
function show(bytes: Buffer = Buffer.alloc(0)): string {
  if (bytes.length === 0) return 'nothing'
  const shown = bytes.subarray(0, 24)
  const isText = shown.every((byte) => (byte >= 0x20 && byte < 0x7f) || byte === 0x0d || byte === 0x0a)
  const text = isText ? JSON.stringify(shown.toString('latin1')).slice(1, -1) : shown.toString('hex')
  const more = bytes.length > shown.length ? '…' : ''
  return `\`${text.replace(/[`|]/g, '?')}${more}\``
}

function escapeCell(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?').replace(/[\\|<>`*_[\]]/g, '\\$&')
}

/** A certificate for www.example.com that every server may read. */
async function makeCertificate(folder: string): Promise<{ cert: string; key: string }> {
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
  const subject = ['-subj', '/CN=www.example.com', '-days', '30']
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, ...subject],
    {
      stdio: 'ignore',
    },
  )
  execFileSync('chmod', ['755', folder])
  execFileSync('chmod', ['644', key])
  return { cert, key }
}
