/**
 * Policies that are made to be slow: each grows to a size, and is answered or refused in seconds all the same. To write
 * them out, as large as they are read: `node test/policy/shapes.ts <folder>`.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { argv } from 'node:process'
import { createBudget, findTooMuchText } from '../../src/policy/budget.ts'
import { createRandom } from '../../src/scan/targets/random.ts'

/** The largest policy that is read, less a bit. */
const LARGEST = 1024 * 1024 - 64

const V = 'version: 1\n'
const ONE = 'hosts: { a.t: [] }\n'

/** As many lines as there is room for, each by its number. */
function fill(bytes: number, head: string, line: (index: number) => string, tail = ''): string {
  const parts = [head]
  let left = bytes - head.length - tail.length
  for (let index = 0; ; index++) {
    const next = line(index)
    left -= next.length
    if (left < 0) return [...parts, tail].join('')
    parts.push(next)
  }
}

const ipv4 = (index: number) => `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`
const ipv6 = (index: number) => `"2001:db8::${(index >> 16).toString(16)}:${(index & 65_535).toString(16)}"`
const port = (index: number) => 1 + ((index * 7) % 65_535)
const lines = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => line(index)).join('')
const hosts = (count: number) => `hosts:\n${lines(count, (i) => `  h${i}.t: []\n`)}`
/** Lists of one environment. */
const ENDPOINTS = `${V}environments:\n  a:\n    endpoints:\n`

/** Any characters that mean something, seeded. */
function noise(bytes: number): string {
  const random = createRandom(15)
  const pieces = [
    '{',
    '}',
    '[',
    ']',
    ',',
    ': ',
    '- ',
    '\n',
    '*a',
    '&a ',
    '"',
    "'",
    '1',
    'a.t',
    '<<',
    '? ',
    '|',
    '#',
  ]
  let text = V
  while (text.length < bytes - 4) text += pieces[Math.floor(random() * pieces.length)]
  return text
}

/** Each shape at a size. */
export const SHAPES: Record<string, (bytes: number) => string> = {
  names: (n) => fill(n, `${V}hosts:\n`, (i) => `  h${i}.t: []\n`),
  'the shortest names': (n) => fill(n, `${V}hosts:\n`, (i) => `  ${i.toString(36)}.t: []\n`),
  addresses: (n) => fill(n, `${V}hosts:\n`, (i) => `  ${ipv4(i)}: []\n`),
  'IPv6 addresses': (n) => fill(n, `${V}hosts:\n`, (i) => `  ${ipv6(i)}: []\n`),
  blocks: (n) => fill(n, `${V}hosts:\n  a.t: []\n`, (i) => `  ${ipv4(i * 2)}/31: []\n`),
  'blocks and addresses': (n) =>
    fill(n, `${V}hosts:\n`, (i) => (i % 2 ? `  ${ipv4(i * 2)}/31: []\n` : `  ${ipv4(i)}: [22]\n`)),
  'blocks and names': (n) =>
    fill(n, `${V}scan: { ports: 22 }\nhosts:\n`, (i) =>
      i % 2 ? `  ${ipv4(i * 2)}/31: []\n` : `  h${i}.t: [22]\n`,
    ),
  'nested blocks and addresses': (n) =>
    fill(
      n,
      `${V}scan: { ports: 22 }\nhosts:\n${lines(24, (i) => `  10.0.0.0/${i + 8}: []\n`)}`,
      (i) => `  10.0.${(i >> 8) & 255}.${i & 255}: []\n`,
    ),
  'a pattern a name': (n) =>
    fill(n, `${V}hosts:\n`, (i) => (i % 2 ? `  "*.h${i - 1}.t": []\n` : `  a.h${i}.t: [22]\n`)),
  'patterns that no index helps with': (n) =>
    fill(
      n,
      `${V}scan: { ports: 22 }\nhosts:\n${lines(9_000, (i) => `  "a${i}*.t": []\n`)}`,
      (i) => `  a${i}.t: []\n`,
    ),
  'patterns that all match': (n) =>
    fill(
      n,
      `${V}scan: { ports: 22 }\nhosts:\n${lines(900, (i) => `  "${'?'.repeat(1 + (i % 30))}*${'?'.repeat(i / 30)}.t": []\n`)}`,
      (i) => `  ${'b'.repeat(60 - String(i).length)}${i}.t: []\n`,
    ),
  'patterns with two wildcards of labels': (n) =>
    fill(n, `${V}hosts:\n`, (i) => (i % 2 ? `  "**.a.**.b${i}.t": []\n` : `  a.a.a.a.a.a${i}.t: [22]\n`)),
  'patterns that backtrack': (n) =>
    fill(n, `${V}hosts:\n  ${'a'.repeat(63)}.t: []\n`, (i) => `  "${'*a'.repeat(19)}*b${i}.t": []\n`),
  'patterns of labels that backtrack': (n) =>
    fill(n, `${V}scan: { ports: 22 }\nhosts:\n`, (i) =>
      i % 2 ? `  ${'a.'.repeat(119)}n${i}: []\n` : `  "**.${'a.'.repeat(58)}b${i}.*": []\n`,
    ),
  'patterns of which the last letter differs': (n) => {
    const label = 'a'.repeat(63)
    const like = `*${'a'.repeat(31)}b*`
    return fill(n, `${V}scan: { ports: 22 }\nhosts:\n`, (i) =>
      i % 2 ? `  ${`${label}.`.repeat(3)}n${i}: []\n` : `  "**.${like}.${like}.*${i}*": []\n`,
    )
  },
  'patterns that all match in a step': (n) =>
    fill(
      n,
      `${V}scan: { ports: 22 }\nhosts:\n${lines(n / 350, (i) => `  "{*,b${i}}": []\n`)}`,
      (i) => `  a${i}: []\n`,
    ),
  'one denial again and again': (n) =>
    fill(
      n,
      `${V}scan: { ports: 22 }\nhosts:\n  "**": { deny: [${'22,'.repeat(n / 12)}] }\n`,
      (i) => `  h${i}.t: { require: [${port(i)}] }\n`,
    ),
  'denials for nested blocks': (n) =>
    fill(
      n,
      `${V}scan: { ports: 22 }\nhosts:\n${lines(120, (i) => `  "::/${i + 1}": { deny: [${lines(n / 2_000, (j) => `${2 * j + 1},`)}] }\n`)}`,
      (i) => `  "::1:${i.toString(16)}": { require: [${port(i)}] }\n`,
    ),
  'required ports beside those of the catalogue': (n) =>
    fill(n, `${V}scan: { ports: catalogue }\nhosts:\n`, (i) => `  h${i}.t: { require: [${port(i)}] }\n`),
  sequences: (n) => fill(n, `${V}hosts:\n  a.t: []\n`, (i) => `  "{1..256}.x${i}.t": []\n`),
  'sequences of billions': (n) =>
    fill(n, `${V}hosts:\n  a.t: []\n`, (i) => `  "{1..99999999999}.x${i}.t": []\n`),
  choices: (n) =>
    fill(n, `${V}hosts:\n  a.t: []\n`, (i) => `  "{${lines(250, (j) => `${j},`)}x}.x${i}.t": []\n`),
  'choices beside choices': (n) =>
    fill(n, `${V}hosts:\n  a.t: []\n`, (i) => `  "${'{a,b}'.repeat(190)}${i}.t": []\n`),
  'choices within choices': (n) =>
    fill(n, `${V}hosts:\n  a.t: []\n`, (i) => `  "${'{a,'.repeat(200)}b${'}'.repeat(200)}${i}.t": []\n`),
  'environments that scan nothing': (n) =>
    fill(n, `${V}hosts: { "*.t": [] }\nenvironments:\n`, (i) => `  e${i}: {}\n`),
  'the same pattern in each environment': (n) =>
    fill(n, `${V}hosts:\n  a.t: []\nenvironments:\n`, (i) => `  e${i}: { hosts: { "{1..256}.t": [80] } }\n`),
  'environments of nothing': (n) => fill(n, `${V}${hosts(10_000)}environments:\n`, (i) => `  e${i}: {}\n`),
  'environments with endpoints': (n) =>
    fill(
      n,
      `${V}hosts:\n${lines(9_000, (i) => `  "*.h${i}.t": []\n`)}environments:\n`,
      (i) => `  e${i}: { endpoints: [x.h${i}.t, 10.0.0.${i & 255}] }\n`,
    ),
  'environments that merge the hosts': (n) =>
    fill(n, `${V}hosts: &h\n${hosts(5_000).slice(7)}environments:\n`, (i) => `  e${i}: { hosts: *h }\n`),
  endpoints: (n) => fill(n, ENDPOINTS, (i) => `      - h${i}.t\n`),
  'endpoints with ports of their own': (n) =>
    fill(n, ENDPOINTS, (i) => `      - { host: h${i}.t, ports: [${port(i)}, "${port(i)}-65535"] }\n`),
  'endpoints that are blocks': (n) =>
    fill(n, `${V}scan: { ports: 22 }\n${ENDPOINTS.slice(V.length)}`, (i) => `      - ${ipv4(i * 256)}/24\n`),
  ports: (n) => fill(n, `${V}hosts:\n  a.t: [`, (i) => `${port(i)},`, ']\n'),
  'required ports of each host': (n) =>
    fill(n, `${V}scan: { ports: all }\nhosts:\n`, (i) => `  h${i}.t: { require: [${port(i)}] }\n`),
  'ranges of required ports': (n) =>
    fill(n, `${V}scan: { ports: 22 }\nhosts:\n`, (i) => `  h${i}.t: { require: ["${port(i)}-65535"] }\n`),
  'denials for every host': (n) =>
    fill(
      n,
      `${V}hosts:\n  "**": { deny: [${lines(20_000, (i) => `${2 * i + 1},`)}] }\n`,
      (i) => `  h${i}.t: []\n`,
    ),
  'exceptions to a denial': (n) =>
    fill(
      n,
      `${V}hosts:\n  a.t: []\n  "**":\n    deny:\n      - port: 22\n        except:\n`,
      (i) => `          - h${i}.t\n`,
    ),
  'exceptions to denials of each host': (n) =>
    fill(n, `${V}hosts:\n`, (i) => `  h${i}.t: { deny: [{ port: 22, except: [h${i}.t, "*${i}.t"] }] }\n`),
  'blocks that are excluded, and addresses that are required': (n) =>
    fill(
      n,
      `${V}exclude: [${lines(20_000, (i) => `${ipv4(i * 4)}/31,`)}]\nhosts:\n`,
      (i) => `  ${ipv4(i)}: { require: [${port(i)}] }\n`,
    ),
  'addresses of a block that are excluded': (n) =>
    fill(n, `${V}environments: { e: { endpoints: [10.0.0.0/16] } }\nexclude:\n`, (i) => `  - ${ipv4(i)}\n`),
  'doubts that are ignored': (n) =>
    fill(
      n,
      `${V}${ONE}ignore:\n`,
      (i) => `  - { finding: silent-host, hosts: [h${i}.t, "*.h${i % 4}.t"], reason: r }\n`,
    ),
  'allowances of every port': (n) => fill(n, `${V}hosts:\n`, (i) => `  h${i}.t: [1-65535]\n`),
  'services that are unknown': (n) => fill(n, `${V}hosts:\n  a.t: [`, (i) => `htpt${i},`, ']\n'),
  'bad ports': (n) => fill(n, `${V}hosts: { a.t: [`, () => '0,', '] }\n'),
  'aliases of bad ports': (n) =>
    fill(n, `${V}hosts:\n  a.t: &p [${lines(100, () => '0,')}]\n`, (i) => `  h${i}.t: *p\n`),
  'bad endpoints': (n) => fill(n, ENDPOINTS, (i) => `      - "*${i}"\n`),
  'bad hosts': (n) => fill(n, `${V}hosts:\n`, (i) => `  "h${i}/": []\n`),
  'ports of environments': (n) =>
    fill(
      n,
      `${V}hosts: { a.t: [] }\nenvironments:\n`,
      (i) => `  e${i}: { endpoints: [a.t], scan: { ports: "${1 + (i % 300)}-65535" } }\n`,
    ),
  'bad dates': (n) => fill(n, `${V}hosts:\n  a.t:\n`, (i) => `  - { port: 22, expires: x${i} }\n`),
  'values that are missing': (n) => fill(n, `${V}hosts:\n`, (i) => `  ${i.toString(36)}:\n`),
  'lists for ports': (n) => fill(n, `${V}hosts:\n  a.t: [`, () => '[],', ']\n'),
  'unknown keys': (n) => fill(n, V, (i) => `k${i}: 1\n`),
  'unknown keys in one line': (n) => fill(n, `${V}${ONE}scan: {`, (i) => `a${i}: 1, `, 'b: 1 }\n'),
  'one key again and again': (n) => fill(n, `${V}${ONE}`, () => 'x: 1\n'),
  'one host again and again': (n) => fill(n, `${V}hosts:\n`, () => '  a.t: []\n'),
  'one host in all its spellings': (n) =>
    fill(
      n,
      `${V}hosts:\n`,
      (i) =>
        `  ${[...'abcdefghijklmnopq'].map((c, bit) => ((i >> bit) & 1 ? c.toUpperCase() : c)).join('')}.t: []\n`,
    ),
  aliases: (n) => fill(n, `${V}hosts:\n  a.t: &p [22]\n`, (i) => `  h${i}.t: *p\n`),
  'aliases of long lists': (n) =>
    fill(n, `${V}hosts:\n  a.t: &p [${lines(60, (i) => `${i + 1},`)}]\n`, (i) => `  h${i}.t: *p\n`),
  'aliases of aliases': (n) =>
    fill(
      n,
      `${V}x: &a [${'1,'.repeat(9)}]\ny: &b [${'*a,'.repeat(9)}]\nz: &c [${'*b,'.repeat(9)}]\nw: [`,
      () => '*c,',
      ']\n',
    ),
  'aliases without anchors': (n) => fill(n, `${V}hosts: { a.t: [`, () => '*a,', '] }\n'),
  'a chain of merges': (n) =>
    fill(n, `${V}x: &m0 { a: 1 }\n`, (i) => `k${i}: &m${i + 1} { <<: *m${i}, b${i}: 1 }\n`),
  tags: (n) => fill(n, `${V}${ONE}`, (i) => `k${i}: !t${i} 1\n`),
  dashes: (n) => '- '.repeat(n / 2),
  'question marks': (n) => V + '? '.repeat(n / 2 - 6),
  colons: (n) => V + ': '.repeat(n / 2 - 6),
  'open brackets': (n) => '['.repeat(n),
  'open braces': (n) => '{a: '.repeat(n / 4),
  'open braces in keys': (n) => fill(n, `${V}hosts:\n`, (i) => `  "${'{'.repeat(900)}${i}": []\n`),
  tabs: (n) => fill(n, V, () => '\t- a\n'),
  'open quotes': (n) => fill(n, `${V}hosts:\n`, () => '  "a: []\n'),
  comments: (n) => fill(n, `${V}${ONE}`, () => '#\n'),
  documents: (n) => fill(n, V, () => '---\n'),
  'closing brackets': (n) => `${V}hosts: ${']'.repeat(n - 20)}`,
  'what looks like an address in brackets': (n) => `${V}hosts: [${':'.repeat(n - 20)}`,
  'a port in no notation': (n) => `${V}hosts: { a.t: ["${'1 '.repeat(n / 2 - 20)}1"] }\n`,
  'one long endpoint': (n) => `${ENDPOINTS}      - ${'a'.repeat(n - 70)}\n`,
  'one long URL beyond ASCII': (n) => `${ENDPOINTS}      - http://a${'\u0301\u0323'.repeat((n - 80) / 4)}/\n`,
  'one long name': (n) => `${V}hosts: { ${'a'.repeat(n - 40)}.t: [] }\n`,
  noise: noise,
}

const repeat = (count: number, line: (index: number) => string) => lines(Math.floor(count), line)

/** A policy of so many lines before a change of all of it, with no ports, and after it. */
export const CHANGES: Record<string, (count: number, ports: string) => string> = {
  'environments of one host': (n, ports) =>
    `${V}hosts: { a.t: [${ports}] }\nenvironments:\n${repeat(n, (i) => `  e${i}: { endpoints: [a.t] }\n`)}`,
  'environments that share many ranges': (n, ports) =>
    `${V}scan: { ports: [${repeat(n, (i) => `${2 * i + 1},`)}${ports || 2}] }\nhosts: { a.t: [] }\nenvironments:\n${repeat(n / 30, (i) => `  e${i}: { endpoints: [a.t] }\n`)}`,
  'a catalogue of every other port': (n, ports) =>
    `${V}hosts: { a.t: [] }\ncatalogue:\n${repeat(n, (i) => `  ${2 * i + 1}: { severity: ${ports ? 'low' : 'critical'} }\n`)}`,
  'allowances of every other port': (n, ports) =>
    `${V}hosts: { a.t: [${ports ? repeat(n, (i) => `${2 * i + 1},`) : ''}] }\ncatalogue:\n${repeat(n / 3, (i) => `  ${2 * i + 1}: { severity: high }\n`)}`,
  'allowances of every host': (n, ports) => `${V}hosts:\n${repeat(n, (i) => `  h${i}.t: [${ports}]\n`)}`,
  'ports of every endpoint': (n, ports) =>
    `${ENDPOINTS}${repeat(n, (i) => `      - { host: h${i}.t, ports: [443, ${ports || 22}] }\n`)}`,
  'ports and rates of every block': (n, ports) =>
    `${ENDPOINTS}${repeat(n, (i) => `      - { host: 10.${i >> 8}.${i & 255}.0/24, ports: [443, ${ports || 22}], max-rate: ${1000 + (i % 99)} }\n`)}`,
  'rules of blocks': (n, ports) =>
    `${V}hosts:\n  a.t: []\n${repeat(n / 10, (i) => `  10.${i >> 8}.${i & 255}.0/24: [${ports}]\n`)}`,
  'new environments': (n, ports) =>
    `${V}hosts: { a.t: [] }\nenvironments:\n${repeat(n / 10, (i) => `  e${ports}${i}: { endpoints: [h${i}.t] }\n`)}`,
  'denials of every host': (n, ports) =>
    `${V}hosts:\n${repeat(n, (i) => `  h${i}.t: { allow: [443, ${ports || 22}], deny: [23, 3389] }\n`)}`,
}

/** What is written in the largest size that is read at all. */
export function fillUp(write: (size: number) => string): string {
  const fits = (text: string) =>
    text.length <= LARGEST && !findTooMuchText({ file: '', text, lineStarts: [] }, createBudget())
  let [size, tooLarge] = [0, LARGEST + 1]
  while (tooLarge - size > LARGEST / 1000) {
    const middle = Math.floor((size + tooLarge) / 2)
    if (fits(write(middle))) size = middle
    else tooLarge = middle
  }
  return write(size)
}

const [, program = '', folder] = argv
if (import.meta.url.endsWith(program.split('/').at(-1) ?? '') && folder) {
  for (const [name, shape] of Object.entries(SHAPES)) {
    writeFileSync(join(folder, `${name.replaceAll(' ', '-')}.yml`), fillUp(shape))
  }
}
