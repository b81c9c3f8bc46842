/**
 * Starts real servers, each on a port that is not its own, asks Portgate what answers there, and writes what was sent,
 * what came back and what was said to `docs/identify.md`, with what `nmap -sV` says beside it. Fails if one is named
 * wrongly. Needs root and the servers' packages; those that are not installed are listed.
 *
 *     npm run services            all of them, five minutes, in a network namespace of its own
 *     npm run services redis      only those whose name has this word; nothing is written
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Identified } from '../../src/model.ts'
import { identifyPort } from '../../src/scan/identify/identify.ts'
import { isInstalled, SERVERS, type ServerSpec, startServer } from './servers.ts'

/** X11's displays begin at 6000, so all ports are there, and ten apart: RabbitMQ takes three. */
const FIRST_PORT = 6_103

interface Row {
  spec: ServerSpec
  port: number
  identified: Identified
  ms: number
  exchange: Exchange[]
  nmap: { service: string; ms: number }
}

/** What one connection carried, as far as a table shows it. */
interface Exchange {
  sent: Buffer
  received: Buffer
}

const [word] = process.argv.slice(2)
const folder = await mkdtemp(join(tmpdir(), 'portgate-services-'))
const certificate = await makeCertificate(folder)
const rows: Row[] = []
const missing: string[] = []
const failures: string[] = []
for (const [index, spec] of SERVERS.entries()) {
  if (word && !spec.name.toLowerCase().includes(word.toLowerCase())) continue
  if (!isInstalled(spec)) missing.push(`${spec.name} (${spec.debian})`)
  else await examine(spec, spec.port ?? FIRST_PORT + index * 10)
}
await rm(folder, { recursive: true })
if (!word) await writePage()
for (const text of missing) console.log(`not installed: ${text}`)
for (const text of failures) console.error(text)
process.exit(failures.length > 0 ? 1 : 0)

async function examine(spec: ServerSpec, port: number): Promise<void> {
  await using server = await startServer(spec, port, certificate)
  if (!server.isUp) {
    failures.push(`${spec.name} did not start: ${server.output().slice(-400)}`)
    return
  }
  const startedAt = performance.now()
  const identified = await identifyPort({ address: '127.0.0.1', port }, new AbortController().signal)
  const ms = performance.now() - startedAt
  const exchange = await record(port)
  const row = { spec, port, identified, ms, exchange, nmap: askNmap(port) }
  rows.push(row)
  const verdict = identified.service === spec.service ? 'ok' : `WRONG, not ${spec.service}`
  console.log(
    `${spec.name}: ${identified.service} ${identified.product ?? ''} ${Math.round(ms)} ms ${verdict}`,
  )
  if (identified.service !== spec.service) failures.push(`${spec.name} was called ${identified.service}`)
}

/** Identifies once more, through a relay that writes everything down; the last exchange is the one that told. */
async function record(port: number): Promise<Exchange[]> {
  const exchange: Exchange[] = []
  const relay: Server = createServer((near: Socket) => {
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
  await identifyPort({ address: '127.0.0.1', port: at }, new AbortController().signal)
  relay.close()
  return exchange
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
  const text = error ? 'not installed' : [service, version].filter(Boolean).join(', ')
  return { service: text.trim() || 'nothing', ms: performance.now() - startedAt }
}

async function writePage(): Promise<void> {
  const page = new URL('../../docs/identify.md', import.meta.url)
  const around = /(?<=<!-- services -->\n\n).*(?=\n\n<!-- \/services -->)/s
  await writeFile(
    page,
    (await readFile(page, 'utf8')).replace(around, () => describeRows()),
  )
}

function describeRows(): string {
  const head = ['server', 'said', 'connections', 'the last greeting', 'the answer', 'ms', '`nmap -sV`', 'ms']
  const lines = rows.map(({ spec, identified, ms, exchange, nmap }) => {
    const told = exchange.findLast(({ received }) => received.length > 0) ?? exchange[0]
    const product = identified.product ? ` ${identified.product}` : ''
    return [
      spec.name,
      `\`${identified.service ?? 'nothing'}\`${escapeCell(product)}`,
      String(exchange.length),
      show(told?.sent),
      show(told?.received),
      String(Math.round(ms)),
      escapeCell(nmap.service),
      String(Math.round(nmap.ms)),
    ]
  })
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`
  const version = /Nmap version (\S+)/.exec(
    spawnSync('nmap', ['--version'], { encoding: 'utf8' }).stdout ?? '',
  )?.[1]
  return [
    [line(head), line(head.map(() => '---')), ...lines.map(line)].join('\n'),
    `${rows.length} servers of Debian's packages, each on a port that is not its own and without a hint; nmap ${version}. ` +
      `Written by \`npm run services\` on ${new Date().toISOString().slice(0, 10)}.` +
      (missing.length > 0 ? ` Not installed then: ${missing.join(', ')}.` : ''),
  ].join('\n\n')
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
