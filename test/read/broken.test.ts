/** Files that are not whole, not what they seem, or made to do harm: none passes, none breaks, and what is wrong has a place. */
import { readdirSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Unusable } from '../../src/unusable.ts'
import { fixture, judgeFiles, listFindings } from './reading.ts'

const FILES = readdirSync(new URL('../fixtures/results/', import.meta.url)).filter(
  (name) => name !== 'README.md',
)

/** A file of one of these formats may end after any line. */
const ENDLESS = /\.ndjson$|^naabu|^rustscan/

const POLICY = 'hosts: { 10.77.0.2: { deny: [22] } }\nscan: { ports: [22] }\n'

/** One host of a fixture and one port of it, which the policy denies: nothing else keeps the file from passing. */
function policyFor(name: string): string {
  if (name.includes('services')) return POLICY.replace('10.77.0.2', '127.0.0.1').replaceAll('22', '8000')
  if (name.includes('ipv6')) return POLICY.replace('10.77.0.2', '"fd77:1::2"')
  return /names|first/.test(name) ? POLICY.replace('10.77.0.2', 'www.example.com') : POLICY
}

/** How often each fixture is altered by chance. */
const MUTATIONS = Number(process.env.MUTATIONS ?? 60)

/** The verdict on a file; undefined where it is refused as it should be. */
async function tryFile(name: string, file: Uint8Array) {
  try {
    return (await judgeFiles({ policy: policyFor(name), files: [file] })).verdict
  } catch (error) {
    expect(error, String((error as Error).stack)).toBeInstanceOf(Unusable)
    expect((error as Error).message).toMatch(/^1:\d+:\d+: [a-z`'"]/)
    return undefined
  }
}

test.each(FILES)('%s as it is does not pass', async (name) => {
  expect(await tryFile(name, fixture(name))).toBe(name.includes('timeout') ? 'inconclusive' : 'fail')
})

describe('a file that is cut off', () => {
  test.each(FILES)('%s, after every byte', async (name) => {
    const whole = fixture(name)
    const lastText = whole.toString().trimEnd().length
    for (let length = 0; length < whole.length; length++) {
      const verdict = await tryFile(name, whole.subarray(0, length))
      const mayEnd = ENDLESS.test(name) && whole[length - 1] === 0x0a
      // Behind the end of the document is white space only.
      const isWhole = length >= lastText && /\.(?:xml|json)$/.test(name) && !ENDLESS.test(name)
      if (mayEnd || isWhole) expect(verdict, `${length}`).not.toBe('pass')
      else expect(verdict, `${length}`).toBeUndefined()
    }
  })
})

describe('a file that is altered by chance', () => {
  /** A few pieces replaced, left out, doubled or swapped. */
  const alter = (bytes: Buffer) =>
    fc
      .array(
        fc.record({
          at: fc.nat(bytes.length),
          length: fc.oneof(fc.constant(1), fc.nat(40), fc.nat(bytes.length)),
          by: fc.oneof(
            fc.constant(undefined),
            fc.uint8Array({ maxLength: 8 }),
            fc.constantFrom(...'0<>/"&\n\t,[]{}'.split('')).map((text) => Buffer.from(text)),
            fc.nat(bytes.length).map((from) => bytes.subarray(from, from + 30)),
          ),
        }),
        { minLength: 1, maxLength: 3 },
      )
      .map((edits) =>
        edits.reduce<Buffer>((text, { at, length, by }) => {
          const piece = text.subarray(at, at + length)
          return Buffer.concat([
            text.subarray(0, at),
            by ?? Buffer.concat([piece, piece]),
            text.subarray(at + length),
          ])
        }, bytes),
      )

  test.each(FILES)('%s', { timeout: 600_000 }, async (name) => {
    await fc.assert(
      fc.asyncProperty(alter(fixture(name)), async (bytes) => {
        expect(await tryFile(name, bytes)).not.toBe('pass')
      }),
      { numRuns: MUTATIONS },
    )
  })
})

const nmap = fixture('nmap.xml').toString()
const grepable = fixture('nmap-verbose.gnmap').toString()

describe('a file that is refused, and where', () => {
  test.each<[what: string, file: string | Uint8Array, message: RegExp]>([
    ['empty', '', /^1:1:1: the file is empty/],
    ['white space', ' \n\n', /^1:1:1: the file is empty/],
    ['a text', 'hello\n', /^1:1:1: the format is not known/],
    ['a page', '<html></html>', /^1:1:7: this XML is neither of nmap nor of masscan/],
    ['UTF-16', Buffer.from('\ufeff10.77.0.2 -> [22]\n', 'utf16le'), /^1:1:1: the file is UTF-16/],
    [
      'another encoding',
      Buffer.from(nmap.replace('SYN', 'S').replace('timestr="', 'timestr="\xe9'), 'latin1'),
      /^1:\d+:\d+: this is not UTF-8/,
    ],
    [
      'bytes of no text in its third line',
      Buffer.from('10.77.0.2 -> [22]\n10.77.0.3 -> [22]\n10.\xff', 'latin1'),
      /^1:3:4: this is not UTF-8/,
    ],
    [
      'XML that says it is in another encoding',
      nmap.replace('UTF-8', 'ISO-8859-1'),
      /^1:1:\d+: the XML is not in UTF-8/,
    ],
    ['two scans in one file', nmap + nmap, /^1:\d+:\d+: this is not well-formed XML/],
    [
      'two scans at a time in one file',
      nmap.replace('</ports>', `</ports>${nmap.slice(0, 2000)}`),
      /^1:\d+:\d+: this is not well-formed XML/,
    ],
    [
      'a scan that failed',
      nmap.replace('exit="success"', 'exit="error" errormsg="x"'),
      /^1:\d+:\d+: nmap says that this scan failed/,
    ],
    [
      'a scan without an end',
      nmap.replace(/<runstats>.*<\/runstats>/s, ''),
      /^1:\d+:\d+: nmap does not say that this scan has come to its end/,
    ],
    ['an entity', nmap.replace('args="nmap', 'args="&x;'), /^1:\d+:\d+: this is not well-formed XML/],
    [
      'an entity bomb',
      nmap
        .replace(
          '<!DOCTYPE nmaprun>',
          '<!DOCTYPE nmaprun [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        )
        .replace('nmap -n', '&b;'),
      /^1:2:\d+: the XML declares types or entities of its own/,
    ],
    [
      'an external entity',
      nmap.replace('<!DOCTYPE nmaprun>', '<!DOCTYPE nmaprun [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
      /declares types or entities/,
    ],
    ['elements without end', `<nmaprun scanner="nmap">${'<a>'.repeat(1_000)}`, /nested more than 100 deep/],
    [
      'a tag without end',
      `<nmaprun scanner="nmap" args="${'a'.repeat(9 * 1024 * 1024)}`,
      /longer than any that a scanner writes|the file ends here/,
    ],
    [
      'a line without end',
      `# Nmap 7.93 scan initiated x as: ${'a'.repeat(17 * 1024 * 1024)}`,
      /longer than any that a scanner writes/,
    ],
    [
      'an object without end',
      `[{"ip": "${'a'.repeat(2 * 1024 * 1024)}`,
      /longer than any that a scanner writes/,
    ],
    [
      'fewer ports than it counts',
      nmap.replace('numservices="1027"', 'numservices="1028"'),
      /^1:6:\d+: this `scaninfo` contradicts itself/,
    ],
    ['fewer closed ports than it counts', nmap.replace('count="1023"', 'count="1022"'), /contradicts itself/],
    [
      'a port that is missing',
      nmap.replace(/<port [^>]*portid="6379">.*?<\/port>\n/, ''),
      /^1:\d+:\d+: this host contradicts itself: its ports are not as many as were scanned/,
    ],
    [
      'a port that is closed and open',
      nmap.replace('5432,8080"/>', '5432,6379"/>'),
      /contradicts itself: a port is in two of its states/,
    ],
    ['a port twice', nmap.replace('portid="80"', 'portid="22"'), /contradicts itself: it has a port twice/],
    [
      'a port that was not scanned',
      nmap.replace('portid="6379"', 'portid="6380"'),
      /contradicts itself: it has a port that was not scanned/,
    ],
    [
      'more hosts than it counts',
      nmap.replace('hosts up="4"', 'hosts up="3"'),
      /contradicts itself: it counts fewer hosts than it has/,
    ],
    ['a state that is none', nmap.replace('state="open"', 'state="opened"'), /no state that nmap knows/],
    ['port 65536', nmap.replace('portid="22"', 'portid="65536"'), /this is no TCP port/],
    [
      'fewer ignored ports than it counts',
      grepable.replace('closed (1023)', 'closed (1022)'),
      /^1:4:1: this host contradicts itself/,
    ],
    [
      'a line of -oN',
      `${grepable.split('\n')[0]}\nNmap scan report for 10.77.0.2\n`,
      /^1:2:1: this is not a line of nmap's `-oG`/,
    ],
    ['two of -oG', grepable + grepable, /^1:\d+:1: something follows on the end of this scan/],
    [
      'a line of no format',
      '10.77.0.2 -> [22]\n10.77.0.2 -> [99999]\n',
      /^1:2:1: this is not a line of RustScan's `-g`/,
    ],
    ['JSON that is none', '{"ip":"10.77.0.2","port":}\n', /^1:1:1: this is not a line of naabu's `-json`/],
    [
      'a newer report',
      '{"schemaVersion": 2}',
      /^1:1:\d+: this is not a Portgate report of `schemaVersion` 1/,
    ],
  ])('%s', async (_, file, message) => {
    await expect(judgeFiles({ policy: POLICY, files: [file] })).rejects.toThrow(message)
  })

  test('nothing of the file is told: it may be a secret that a link leads to', async () => {
    for (const text of [
      'hunter2\n',
      '<hunter2/>',
      '[hunter2',
      '{"ip":"hunter2"}\n',
      '# Nmap hunter2\n',
      '10.0.0.1 -> [hunter2\n',
    ])
      await expect(judgeFiles({ policy: POLICY, files: [text] })).rejects.toThrow(/^(?!.*hunter2)/s)
  })

  test('one file of several is enough', async () => {
    await expect(judgeFiles({ policy: POLICY, files: [nmap, nmap.slice(0, 3_000)] })).rejects.toThrow(
      /^2:\d+:\d+: the file ends here/,
    )
  })
})

describe('nmap before 7.92, which does not say which ports are in which state', () => {
  const old = nmap.replace(/ proto="tcp" ports="[^"]*"/g, '')

  test('with one state: all the rest', async () => {
    const { hosts } = await judgeFiles({ policy: 'hosts: { 10.77.0.2: [22, 80, 443, 6379] }', files: [old] })
    expect(hosts[0]?.ports.closed).toBe('1-21,23-79,81-442,444-1024,5432,8080')
  })

  test('with two: none of them is open', async () => {
    const judgement = await judgeFiles({
      policy: 'hosts: { 10.77.2.2: [443, 8080] }\nscan: { ports: [22, 443, 8080] }',
      files: [old],
    })
    expect(judgement.hosts[0]?.ports).toMatchObject({ closed: '', filtered: '1-442,444-1024,5432,6379' })
    expect(judgement.verdict).toBe('pass')
  })

  test('with two, one of which may be open: they are unknown', async () => {
    const files = [
      old.replaceAll(
        '<extraports state="filtered" count="199">',
        '<extraports state="open|filtered" count="199">',
      ),
    ]
    const judgement = await judgeFiles({
      policy: 'hosts: { 10.77.2.2: [443, 8080] }\nscan: { ports: [22, 443, 8080] }',
      files,
    })
    expect(listFindings(judgement)).toEqual(['unstated-coverage 10.77.2.2'])
  })
})
