/**
 * Servers that send what hurts terminals, runners, Markdown and HTML, or without end: through the bundles, as a runner
 * starts them, to every channel.
 */
import { readFile } from 'node:fs/promises'
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { beforeAll, describe, expect, test } from 'vitest'
import { services } from '../../src/catalogue/services/index.ts'
import { makeCertificate } from '../fixtures/services/certificate.ts'
import { type Listener, listen, type Service } from '../fixtures/services/listener.ts'
import { answers, mysqlHandshake, speaksFirst, tlsServer } from '../fixtures/services/speakers.ts'
import { isCommand, plain, UNPRINTABLE } from '../report/reading.ts'
import { type ActionRun, type Finished, makeFolder, runAction, runBundle } from './bundle.ts'

/** What a host may try, short enough to be kept whole by the bound on products. */
const ATTACKS = [
  '::error::owned',
  '::set-output name=verdict::pass',
  '##[error]owned',
  '</td><script>alert(1)</script>',
  '\u202egnp.exe\u2066\u200f',
  '\x1b[31m\x1b]8;;https://evil.example\x07',
  '| a |`b`| **c** [d](https://evil.example)',
  '@octocat #1 octo/repo#1 GH-12 :smile: $x$',
  '%0A::add-mask::e%0D',
  '<img src=x onerror=alert(1)><!-- -->',
]

const bytes = (text: string) => Buffer.from(text)

/** An answer that has the text wherever an answer has text. */
const page = (text: string) =>
  answers(
    bytes(
      `HTTP/1.1 200 OK\r\nServer: ${text}\r\nX-Other: ${text}\r\nContent-Type: text/html\r\n\r\n<title>${text}</title>${text}`,
    ),
    true,
  )

/** Writes the chunk as long as somebody reads. */
const pours =
  (beginning: string, chunk: Buffer): Service =>
  (socket) => {
    const pour = () => {
      while (!socket.destroyed && socket.write(chunk)) {}
    }
    socket.write(beginning)
    socket.on('data', () => {}).on('drain', pour)
    pour()
  }

const named = (text: string) =>
  makeCertificate({ commonName: text, organisation: text, names: [`DNS:${text}`] })
const manyNames = Array.from({ length: 10_000 }, (_, index) => `DNS:host-${index}.example.com`)

const SERVICES: Service[] = [
  ...ATTACKS.map((attack) => speaksFirst(bytes(`SSH-2.0-${attack.replaceAll(' ', '_')}\r\n`))),
  ...ATTACKS.map(page),
  speaksFirst(bytes(`\r\n${ATTACKS.join('\r\n')}\r\n`)),
  speaksFirst(mysqlHandshake(`8\n${ATTACKS.join('\n')}`.slice(0, 190))),
  speaksFirst(bytes(`220 ftpd ${ATTACKS.join(' ')}\r\n`)),
  ...ATTACKS.slice(0, 6).map((attack) => tlsServer(named(attack), page(attack))),
  tlsServer(makeCertificate({ names: manyNames }), page('late')),
  pours('', Buffer.alloc(65_536, 'A')),
  pours('', Buffer.alloc(65_536)),
  pours('HTTP/1.1 200 OK\r\n', bytes(`X-Bomb: ${ATTACKS.join(' ')}\r\n`.repeat(100))),
]

/** Sends every visitor to itself. */
const loops: Service = (socket) =>
  void socket.once('data', () =>
    socket.end(
      `HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:${socket.localPort}/\r\nContent-Length: 0\r\n\r\n`,
    ),
  )

describe('what hostile servers send', () => {
  let action: ActionRun
  let text: Finished
  let json: Finished
  let loop: Listener
  let listeners: Listener[]

  beforeAll(async () => {
    listeners = await Promise.all(SERVICES.map((service) => listen(service)))
    loop = await listen(loops)
    const ports = [...listeners, loop].map(({ port }) => port)
    const policy = `version: 1\nscan: { ports: [${ports.join(', ')}] }\nhosts:\n  127.0.0.1: []\n`
    const files = { '.github/port-policy.yml': policy }
    const cwd = await makeFolder(files)
    // What is kept of a host fits in little memory, however much it sends.
    const env = { NODE_OPTIONS: '--max-old-space-size=64' }
    ;[action, text, json] = await Promise.all([
      runAction({}, { files, env }),
      runBundle('cli', ['check'], { cwd, env: { ...env, FORCE_COLOR: '1' } }),
      runBundle('cli', ['check', '--format', 'json'], { cwd, env }),
    ])
    for (const listener of [...listeners, loop]) await listener[Symbol.asyncDispose]()
  }, 60_000)

  test('is judged all the same', () => {
    expect([action.status, text.status, json.status], `${action.stdout}${text.stderr}`).toEqual([1, 1, 1])
    const findings = JSON.parse(json.stdout).findings.filter(
      ({ kind }: { kind: string }) => kind === 'violation',
    )
    expect(findings).toHaveLength(SERVICES.length + 1)
  })

  test('gives the runner no command', () => {
    expect(new Set(action.commands.map(({ name }) => name))).toEqual(new Set(['error']))
    expect(action.commands.every(({ properties }) => properties.file === '.github/port-policy.yml')).toBe(
      true,
    )
    expect(action.log.split('\n').filter(isCommand)).toEqual([])
    expect(action.outputs).toMatchObject({ verdict: 'fail', violations: String(SERVICES.length + 1) })
  })

  test('gives the terminal nothing to obey', () => {
    for (const output of [action.stdout, action.stderr, text.stdout, text.stderr]) {
      expect(plain(output).replaceAll('\r\n', '\n')).not.toMatch(UNPRINTABLE)
    }
    expect(text.stdout).toContain('\x1b[')
    expect(text.stdout.split('\n').filter(isCommand)).toEqual([])
  })

  test('gives the summary no element', () => {
    const html = micromark(action.summary, {
      allowDangerousHtml: true,
      extensions: [gfm()],
      htmlExtensions: [gfmHtml()],
    })
    const elements = new Set([...html.matchAll(/<([a-z]\w*)/g)].map(([, name]) => name))
    for (const name of ['script', 'img', 'style', 'em', 'input']) expect(elements).not.toContain(name)
    // The catalogue's own: nothing that a host sent is a link.
    const sources = new Set(services.flatMap((service) => service.sources))
    for (const [, address = ''] of html.matchAll(/<a href="([^"]*)"/g))
      expect(sources).toContain(decodeURIComponent(address.replaceAll('&amp;', '&')))
    expect(action.summary).not.toMatch(UNPRINTABLE)
    for (const row of action.summary.split('\n').filter((line) => line.startsWith('|'))) {
      expect(row.split('|')).toHaveLength(5)
    }
  })

  test('gives report.json printable ASCII', async () => {
    for (const report of [json.stdout, await readFile(action.outputs.report ?? '', 'utf8')]) {
      expect(JSON.stringify(JSON.parse(report).hosts)).toMatch(/^[\x20-\x7e]*$/)
    }
  })

  test('is not followed', () => {
    // Three runs: each asked once, and once before by TLS.
    expect(loop.received.match(/GET \/ HTTP/g)).toHaveLength(3)
    expect(loop.connections).toBeLessThanOrEqual(3 * 4)
  })
})
