import { describe, expect, it } from 'vitest'
import { cutSource, formatDiagnostic } from '../../src/policy/diagnostics.ts'
import { parseEndpoint } from '../../src/policy/endpoints.ts'
import { parsePolicy } from '../../src/policy/parse.ts'
import { DIAGNOSTIC_CODES } from '../../src/policy/problem.ts'
import { parseText } from './parse-text.ts'

const V = 'version: 1\n'
const NESTED = '['.repeat(40) + ']'.repeat(40)

const SHA = '0123456789abcdef0123456789abcdef01234567'

function floorOf(repository: string, path: string, ref = SHA, more = ''): string {
  return `${V}extends: { repository: ${repository}, path: ${path}, ref: ${ref}${more} }`
}

/** Each `‸` marks where a diagnostic is to be; for the rows in order: its code and a part of its hint. */
const CASES: [what: string, text: string, ...expected: [code: string, hint: string][]][] = [
  // The file
  ['nothing', '‸', ['empty-file', 'version: 1\nhosts:']],
  ['comments only', '‸# nothing\n\n', ['empty-file', 'version: 1']],
  ['null', '‸~', ['empty-file', 'version: 1']],
  ['a list', '‸- 1', ['wrong-type', 'begins with `version: 1`']],
  ['text', '‸hello', ['wrong-type', 'begins with `version: 1`']],
  ['two documents', `${V}‸---\nversion: 1`, ['multiple-documents', 'one document per file']],

  // YAML
  ['a tab', `${V}hosts:\n‸\ta.com: []`, ['yaml-syntax', 'spaces']],
  ['an open list', `${V}hosts:\n  a.com: ‸[80\n  b.com: []`, ['yaml-syntax', '']],
  ['no space after a colon', '‸version:1\nhosts: {}', ['yaml-syntax', 'a colon and a space']],
  ['an unquoted *', `${V}hosts:\n  ‸*.a.com: [80]\n  b: [0]`, ['yaml-syntax', '"*.a.com"']],
  ['an unquoted **', `${V}hosts:\n  ‸**.a.com:\n    allow: []\n`, ['yaml-syntax', '"**.a.com"']],
  ['an unquoted {', `${V}hosts:\n  ‸{a,b}.com: [80]`, ['yaml-syntax', '"{a,b}.com"']],
  ['an unquoted [', `${V}hosts:\n  ‸[::1]: [80]`, ['yaml-syntax', '"[::1]"']],
  ['an unquoted @', `${V}hosts: {a: [{port: 1, owner: ‸@x/y}]}`, ['yaml-syntax', '"@x/y"']],
  ['an unquoted canary', `${V}scan:\n  canary: ‸[::1]:443`, ['yaml-syntax', '"[::1]:443"']],
  [
    'errors in two lines',
    `${V}hosts:\n  ‸[::1]: [80]\n  a:\n    - port: 1\n      owner: ‸@x\n`,
    ['yaml-syntax', '"[::1]"'],
    ['yaml-syntax', '"@x"'],
  ],
  ['a list as a key', `${V}‸[a, b]: 1`, ['yaml-syntax', 'quote the key']],
  ['an alias without anchor', `${V}hosts: ‸*x`, ['bad-alias', '`&x`']],
  ['an alias within itself', `${V}hosts: &x\n  a: ‸*x`, ['bad-alias', '']],
  ['a merge of an alias without anchor', `${V}hosts:\n  a: {<<: ‸*x}`, ['bad-alias', '`&x`']],
  ['a merge of text', `${V}hosts:\n  a: {<<: ‸text}`, ['bad-merge', '<<: *defaults']],
  ['a tag', `${V}hosts: ‸!x {a: []}`, ['unknown-tag', 'remove the tag']],
  ['two tags', `${V}hosts: ‸!x {a: ‸!y []}`, ['unknown-tag', ''], ['unknown-tag', '']],
  ['depth', `${V}hosts: {a: ${'['.repeat(31)}‸${NESTED}${']'.repeat(31)}}`, ['too-deep', '']],
  ['the same key', 'version: 1\n‸version: 1', ['duplicate-key', 'keep one']],
  ['the same key thrice', `${V}hosts: {a: [], ‸a: [], ‸a: []}`, ['duplicate-key', ''], ['duplicate-key', '']],
  [
    'the same key, written otherwise',
    `${V}catalogue: {80: {why: x}, ‸"80": {why: x}}`,
    ['duplicate-key', ''],
  ],
  ['a key of JavaScript', `${V}‸__proto__: 1`, ['unknown-key', '']],

  // Keys and types
  ['an unknown key', `${V}‸scna: {}`, ['unknown-key', 'did you mean `scan`?']],
  ['an unknown key like none', `${V}‸zzz: {}`, ['unknown-key', 'known keys: version, scan']],
  ['another spelling', `${V}‸Fail_On: low`, ['unknown-key', 'did you mean `fail-on`?']],
  [
    'an unknown key of an allowance',
    `${V}hosts: {a: [{port: 1, ‸reasn: x}]}`,
    ['unknown-key', 'did you mean `reason`?'],
  ],
  ['an unknown key of a host', `${V}hosts: {a: {‸alow: []}}`, ['unknown-key', 'did you mean `allow`?']],
  ['no version', '‸hosts: {}', ['missing-key', 'write `version: 1`']],
  ['no port', `${V}hosts: {a: [‸{reason: x}]}`, ['missing-key', 'a port']],
  ['no host', `${V}environments: {e: {endpoints: [‸{ports: all}]}}`, ['missing-key', 'a name']],
  [
    'an exception of an address from names',
    `${V}hosts: {"*.a": {deny: [{port: 22, except: [‸10.0.0.1]}]}}`,
    ['useless-exception', 'names or patterns'],
  ],
  [
    'an exception of a name from addresses',
    `${V}environments: {e: {hosts: {10.0.0.0/8: {deny: [{port: 22, except: [‸b.a]}]}}}}`,
    ['useless-exception', 'addresses or CIDR blocks'],
  ],
  [
    'an exception of another host',
    `${V}hosts: {"*.a": {deny: [{port: 22, except: [b.a, ‸b.c, "x*.c"]}]}, 10.0.0.0/8: {deny: [{port: 22, except: [10.0.0.0/9, ‸192.0.2.1]}]}}`,
    ['useless-exception', 'that `*.a` matches'],
    ['useless-exception', 'that `10.0.0.0/8` matches'],
  ],
  [
    'exceptions of all of a key',
    `${V}hosts: {a: {deny: [{port: 22, except: [‸a]}]}, "*.a": {deny: [{port: 22, except: [‸b.a, "*.a"]}]}, 10.0.0.0/24: {deny: [{port: 22, except: [‸10.0.0.128/25, 10.0.0.0/25]}, {port: 23, except: [10.0.0.0/25, 10.0.0.192/26]}]}, 10.1.0.0/24: {deny: [{port: 22, except: [‸10.0.0.0/8]}]}}`,
    ['useless-exception', 'remove the denial'],
    ['useless-exception', ''],
    ['useless-exception', ''],
    ['useless-exception', ''],
  ],
  ['a denial without a port', `${V}hosts: {"*.a": {deny: [‸{except: [b.a]}]}}`, ['missing-key', 'a port']],
  [
    'a denial that excepts nothing',
    `${V}hosts: {a: {deny: [‸{port: 22}]}}`,
    ['missing-key', 'a list of hosts'],
  ],
  [
    'exceptions that are none',
    `${V}hosts: {a: {deny: [{port: 22, except: ‸a}, {port: 23, except: [‸"a b"]}]}}`,
    ['wrong-type', 'a list of hosts'],
    ['bad-host', ''],
  ],
  [
    'a name to be excluded',
    `${V}exclude: [‸db.example.com, ‸"*.example.com", ‸10.0.0.1/8]`,
    ['bad-exclusion', 'remove it from the endpoints'],
    ['bad-exclusion', ''],
    ['bad-cidr', '10.0.0.0/8'],
  ],
  ['one address for a list', `${V}exclude: ‸10.0.0.1`, ['wrong-type', 'a list of addresses']],
  [
    'what is required of what is excluded',
    `${V}exclude: [10.0.0.0/24]\nhosts: {10.0.0.5: {‸require: [22]}, 10.0.0.0/25: {‸require: [22]}, 10.0.0.0/23: {require: [22]}, 10.0.0.6: [22]}`,
    ['excluded-requirement', 'remove it from `exclude`'],
    ['excluded-requirement', ''],
  ],
  [
    'a violation to be ignored',
    `${V}ignore: [{finding: ‸denied-open-port, hosts: [a], reason: r, expires: 2027-01-31}]`,
    ['bad-value', ''],
  ],
  [
    'a doubt to be ignored for ever',
    `${V}ignore: [‸{finding: unreachable-host, hosts: [a], reason: r}]`,
    ['missing-key', 'a doubt is ignored for a time'],
  ],
  [
    'a doubt to be ignored anywhere',
    `${V}ignore: [‸{finding: unreachable-host, reason: r, expires: 2027-01-31}]`,
    ['missing-key', 'is about a host'],
  ],
  [
    'hosts of a run',
    `${V}ignore: [{finding: silent-run, ‸hosts: [a], reason: r, expires: 2027-01-31}]`,
    ['bad-value', 'remove `hosts`'],
  ],
  ['nobody knows why', `${V}ignore: [‸{finding: cleartext, hosts: [a]}]`, ['missing-key', 'text']],
  [
    'a key for anchors where there are none',
    `${V}environments: {e: {endpoints: [a], ‸x-a: 1}}`,
    ['unknown-key', 'known keys'],
  ],
  ['no from', `${V}‸risky-allowances: {need: [owner]}`, ['missing-key', 'critical']],
  [
    'an empty host',
    `${V}hosts:\n  ‸a.com:\n  b.com: []`,
    ['empty-value', 'write `[]` if nothing may be open'],
  ],
  [
    'an empty host of an environment',
    `${V}environments: {e: {hosts: {a: ‸~}}}`,
    ['empty-value', 'write `[]`'],
  ],
  ['an empty setting', `${V}‸scan:`, ['empty-value', 'or remove it']],
  ['an empty item', `${V}hosts:\n  a:\n    ‸-\n`, ['empty-value', 'a port']],
  ['a port for a list', `${V}hosts: {a: ‸80}`, ['wrong-type', '[80, 443]']],
  ['a list for hosts', `${V}hosts: ‸[a]`, ['wrong-type', 'a mapping of hosts']],
  ['a list in a list', `${V}hosts: {a: [‸[80]]}`, ['wrong-type', 'a port']],
  ['a mapping for a port', `${V}scan: {ports: [‸{port: 80}]}`, ['wrong-type', 'a port']],
  ['yes', `${V}scan: {identify: ‸yes}`, ['wrong-type', 'true or false']],
  ['a number for an endpoint', `${V}environments: {e: {endpoints: [‸80]}}`, ['wrong-type', 'a name']],
  ['a number for a reason', `${V}hosts: {a: [{port: 1, reason: ‸5}]}`, ['wrong-type', 'write text']],

  // Values
  ['a version to come', 'version: ‸2', ['unknown-version', 'write `version: 1`']],
  ['a version as text', 'version: ‸"1"', ['unknown-version', 'write `version: 1`']],
  ['a severity', `${V}fail-on: ‸hihg`, ['bad-value', 'did you mean `high`?']],
  [
    'a severity like none',
    `${V}fail-on: ‸sometimes`,
    ['bad-value', 'critical, high, medium, low, info, never'],
  ],
  ['a doubt', `${V}on-doubt: ‸ignore`, ['bad-value', 'fail or warn']],
  ['an address family', `${V}scan: {ip: ‸5}`, ['bad-value', 'auto, both, 4 or 6']],
  ['a rate of nothing', `${V}scan: {max-rate: ‸0}`, ['bad-value', '1 to 1,000,000']],
  ['a rate beyond', `${V}scan: {max-rate: ‸1000001}`, ['bad-value', '1 to 1,000,000']],
  ['half a rate', `${V}scan: {max-rate: ‸1.5}`, ['bad-value', 'whole number']],
  ['an endless rate', `${V}scan: {max-rate: ‸.inf}`, ['bad-value', 'whole number']],
  ['an empty reason', `${V}hosts: {a: [{port: 1, reason: ‸" "}]}`, ['bad-value', 'not empty']],
  [
    'a long reason',
    `${V}hosts: {a: [{port: 1, reason: ‸${'x'.repeat(1001)}}]}`,
    ['bad-value', 'at most 1000'],
  ],
  ['no ports to scan', `${V}scan: {ports: ‸[]}`, ['bad-value', 'at least one port']],
  ['no endpoints', `${V}environments: {e: {endpoints: ‸[]}}`, ['bad-value', 'at least one endpoint']],
  ['an entry that says nothing', `${V}catalogue: {80: ‸{}}`, ['bad-value', 'severity']],
  ['no need', `${V}risky-allowances: {from: low, need: ‸[]}`, ['bad-value', 'at least one of']],
  [
    'another need',
    `${V}risky-allowances: {from: low, need: [‸ticket]}`,
    ['bad-value', 'reason, owner or expires'],
  ],
  ['a port', `${V}hosts: {a: [80, ‸65536]}`, ['bad-port', '1 to 65535']],
  ['half a port', `${V}hosts: {a: [‸80.5]}`, ['bad-port', 'whole number']],
  ['a port of the catalogue', `${V}catalogue: {‸80-90: {why: x}}`, ['bad-port', 'one port number per key']],
  ['a set in a list', `${V}scan: {ports: [‸common]}`, ['bad-port', 'must stand alone']],
  ['a range', `${V}hosts: {a: {require: [{port: ‸30-20}]}}`, ['reversed-range', '20-30']],
  ['a service', `${V}hosts: {a: [‸shh]}`, ['unknown-service', 'did you mean `ssh`?']],
  [
    'a service that answers',
    `${V}hosts: {a: [{port: 22, service: ‸shh}]}`,
    ['unknown-service', 'did you mean `ssh`?'],
  ],
  ['a set', `${V}scan: {ports: ‸comon}`, ['unknown-service', 'did you mean `common`?']],
  ['a date', `${V}hosts: {a: [{port: 1, expires: ‸2027-02-30}]}`, ['bad-date', '2027-02-28']],
  ['a year', `${V}hosts: {a: [{port: 1, expires: ‸2027}]}`, ['bad-date', 'YYYY-MM-DD']],
  ['a duration', `${V}scan: {time-limit: ‸90}`, ['bad-duration', '90s']],
  ['a canary', `${V}scan: {canary: ‸a.com}`, ['bad-canary', 'host:port']],
  ['a path', `${V}catalogue: ‸../x.yml`, ['bad-path', '.github']],
  ['an absolute path', `${V}catalogue: ‸/etc/x.yml`, ['bad-path', '.github']],
  ['a path to a floor', `${V}extends: ‸a/../../x.yml`, ['bad-path', 'policies/floor.yml']],
  [
    'the URL of a floor',
    `${V}extends: ‸https://github.com/a/b/blob/main/f.yml`,
    ['bad-path', 'repository, path and ref'],
  ],
  ['a path of Windows', `${V}extends: ‸'a\\b.yml'`, ['bad-path', 'policies/floor.yml']],
  ['a floor that is a list', `${V}extends: ‸[a.yml]`, ['wrong-type', 'a path, or a mapping of repository']],
  [
    'a floor without a commit',
    `${V}‸extends: { repository: a/b, path: x.yml }`,
    ['missing-key', 'the full SHA'],
  ],
  [
    'a floor with more',
    floorOf('a/b', 'x.yml', SHA, ', ‸branch: main'),
    ['unknown-key', 'repository, path, ref'],
  ],
  ['a floor of a path that leaves it', floorOf('a/b', '‸../x.yml'), ['bad-path', 'policies/floor.yml']],
  ['the URL of a repository', floorOf('‸https://github.com/a/b.git', 'x.yml'), ['bad-repository', '`a/b`']],
  ['the SSH address of a repository', floorOf('‸"git@github.com:a/b"', 'x.yml'), ['bad-repository', '`a/b`']],
  ['a repository without an owner', floorOf('‸b', 'x.yml'), ['bad-repository', 'example/security']],
  ['a repository that leads elsewhere', floorOf('‸a/..', 'x.yml'), ['bad-repository', 'example/security']],
  [
    'a repository of an API',
    floorOf('‸"a/b/../../user?x#"', 'x.yml'),
    ['bad-repository', 'example/security'],
  ],
  ['a branch in place of a commit', floorOf('a/b', 'x.yml', '‸main'), ['bad-ref', 'may be moved']],
  ['a short SHA', floorOf('a/b', 'x.yml', '‸0123abc'), ['bad-ref', 'all 40 digits']],
  ['a SHA with more', floorOf('a/b', 'x.yml', `‸${SHA}~1`), ['bad-ref', 'all 40 digits']],
  ['a number for a SHA', floorOf('a/b', 'x.yml', '‸1234567'), ['wrong-type', 'in quotes']],
  ['a name of an environment', `${V}environments: {‸"": {}}`, ['bad-environment', '1 to 100']],
  ['a long name', `${V}environments: {‸${'x'.repeat(101)}: {}}`, ['bad-environment', '1 to 100']],
  ['a name with an escape', `${V}environments: {‸"a\\e[31m": {}}`, ['bad-environment', 'control']],

  // Hosts and endpoints
  ['a host', `${V}hosts:\n  ‸a..b: []`, ['bad-host', 'one dot']],
  ['a host with a port', `${V}hosts:\n  ‸a.com:443: []`, ['bad-host', 'a.com']],
  ['a wrong host with a wrong port', `${V}hosts:\n  ‸a..b: [‸0]`, ['bad-host', ''], ['bad-port', '']],
  [
    'a wrong host with a wrong value',
    `${V}hosts:\n  ‸a..b: ‸80`,
    ['bad-host', ''],
    ['wrong-type', '[80, 443]'],
  ],
  ['a block', `${V}hosts:\n  ‸10.0.0.1/8: []`, ['bad-cidr', '10.0.0.0/8']],
  ['a pattern', `${V}hosts:\n  ‸"[ab]*.com": []`, ['bad-pattern', '{a,b}']],
  ['a useless pattern', `${V}hosts:\n  ‸"10.0.*.*": []`, ['useless-pattern', '10.0.0.0/16']],
  ['two hosts that mean the same', `${V}hosts:\n  a.com: []\n  ‸A.com.: []`, ['duplicate-key', 'keep one']],
  ['two patterns', `${V}hosts:\n  "{a,b}.x": []\n  ‸"{b,a}.X": []`, ['duplicate-key', 'keep one']],
  [
    'two environments that GitHub takes for the same',
    `${V}environments:\n  production: {endpoints: [a]}\n  ‸Production: {endpoints: [b]}`,
    ['duplicate-key', 'keep one'],
  ],
  ['two addresses', `${V}hosts:\n  ::1: []\n  ‸0:0::1: []`, ['duplicate-key', 'keep one']],
  [
    'hosts of two levels',
    `${V}hosts: {a.com: []}\nenvironments: {e: {hosts: {a.com: []}}}\n‸x: 1`,
    ['unknown-key', ''],
  ],
  [
    'an endpoint',
    `${V}environments: {e: {endpoints: [‸"a.com:443"]}}`,
    ['bad-endpoint', 'https://a.com:443'],
  ],
  [
    'a host of an endpoint',
    `${V}environments: {e: {endpoints: [{host: ‸"*.a"}]}}`,
    ['bad-endpoint', 'list the hosts'],
  ],
  [
    'endpoints',
    `${V}environments: {e: {endpoints: [a.com, {host: ‸b c}, ‸A.com]}}`,
    ['bad-endpoint', ''],
    ['duplicate-endpoint', ''],
  ],
  [
    'an endpoint in two environments',
    `${V}environments: {e: {endpoints: [a]}, f: {endpoints: [a]}}\n‸x: 1`,
    ['unknown-key', ''],
  ],
  [
    'two ports of a host',
    `${V}environments: {e: {endpoints: ["http://a", "https://a", ‸"https://a/b"]}}`,
    ['duplicate-endpoint', ''],
  ],

  // Aliases: what they repeat is said once, what is wrong with their use is said there
  ['a wrong port in an anchor', `${V}hosts: {a: &p [‸0], b: *p, c: *p}`, ['bad-port', '']],
  [
    'an alias of the wrong type',
    `${V}scan: {ports: &p [80]}\nfail-on: ‸*p`,
    ['wrong-type', 'one of critical'],
  ],
  ['a wrong part of an alias', `${V}scan: &s {‸ip: 4}\nhosts: {a: *s}`, ['unknown-key', 'known keys: allow']],
  ['a wrong value by an alias', `${V}scan: {max-rate: &n 70000}\nhosts: {a: [‸*n]}`, ['bad-port', '']],
]

function mark(marked: string) {
  const [first = '', ...rest] = marked.split('‸')
  const places: string[] = []
  let text = first
  for (const part of rest) {
    const lines = text.split('\n')
    places.push(`${lines.length}:${(lines.at(-1) ?? '').length + 1}`)
    text += part
  }
  return { text, places }
}

describe('every diagnostic has its code, its place and its hint', () => {
  it.each(CASES)('%s', (_, marked, ...expected) => {
    const { text, places } = mark(marked)
    const diagnostics = parseText(text).diagnostics ?? []
    const got = diagnostics.map(({ code, place }) => `${code} ${place.line}:${place.column}`)
    expect(got).toEqual(expected.map(([code], i) => `${code} ${places[i]}`))
    for (const [i, [, hint]] of expected.entries()) expect(diagnostics[i]?.hint ?? '').toContain(hint)
    for (const { place, source, width } of diagnostics) {
      expect(source).toBe(text.split('\n')[place.line - 1])
      expect(width).toBeGreaterThan(0)
      expect(place.column + width).toBeLessThanOrEqual(Math.max(source.length, place.column) + 1)
    }
  })

  it('says where the first of two keys is', () => {
    const { diagnostics } = parseText(`${V}hosts:\n  a.com: []\n  A.com: []\n`)
    expect(diagnostics?.[0]?.message).toBe('`A.com` means the same as `a.com` on line 3')
  })

  const bytes = (...parts: (string | number[])[]) =>
    Uint8Array.from(
      parts.flatMap((part) => (typeof part === 'string' ? [...new TextEncoder().encode(part)] : part)),
    )

  it.each<[string, Uint8Array, string, string, number, number]>([
    ['not UTF-8', bytes('version: 1\n# ü ', [0xff, 0x0a]), 'bad-encoding', 'UTF-8', 2, 5],
    ['cut off', bytes('version: 1\n# ', [0xe2, 0x82]), 'bad-encoding', 'UTF-8', 2, 3],
    ['UTF-16 with its mark', bytes([0xff, 0xfe], 'v\0e\0'), 'bad-encoding', 'UTF-8', 1, 1],
    ['UTF-16, big end first', bytes([0xfe, 0xff], '\0v\0e'), 'bad-encoding', 'UTF-8', 1, 1],
    ['UTF-16 without it', bytes('v\0e\0'), 'bad-encoding', 'UTF-8', 1, 1],
    ['too large', bytes(`#${' '.repeat(1024 * 1024)}`), 'too-large', '1,048,576', 1, 1],
  ])('a file that is %s', (_, file, code, hint, line, column) => {
    const { diagnostics } = parsePolicy(file, 'p.yml')
    expect(diagnostics).toMatchObject([{ code, place: { file: 'p.yml', line, column } }])
    expect(diagnostics?.[0]?.hint).toContain(hint)
  })

  it('takes a file of just 1 MiB', () => {
    const file = bytes('version: 1\n#'.padEnd(1024 * 1024, ' '))
    expect(parsePolicy(file, 'p.yml').diagnostics).toBeUndefined()
  })

  it('an alias bomb', () => {
    const levels = [...'bcdefghi'].map((name, i) => `${name}: &${name} [${`*${'abcdefghi'[i]}, `.repeat(9)}]`)
    const { diagnostics } = parseText(`a: &a [${'1, '.repeat(9)}]\n${levels.join('\n')}`)
    expect(diagnostics).toMatchObject([{ code: 'too-many-aliases' }])
  })

  it('more than several hundred', () => {
    const { diagnostics } = parseText(`${V}hosts:\n  a: [${'0, '.repeat(1500)}]`)
    expect(diagnostics).toHaveLength(501)
    expect(diagnostics?.at(-1)).toMatchObject({
      code: 'too-many-problems',
      message: '1,000 more problems from here on',
    })
    expect(diagnostics?.at(-1)?.place).toEqual({ file: 'p.yml', line: 3, column: 7 + 3 * 500 })
  })

  it('what many aliases repeat is told once', () => {
    const { diagnostics } = parseText(
      `${V}hosts:\n  a: &a [0, 70000]\n${Array.from({ length: 1000 }, (_, i) => `  h${i}: *a\n`).join('')}`,
    )
    expect(diagnostics).toMatchObject([{ code: 'bad-port' }, { code: 'bad-port' }])
  })

  it('more than zod can pass on', () => {
    const text = `${V}hosts: { a: { allow: &a [${'0,'.repeat(48_000)}], require: *a, deny: *a } }`
    const { diagnostics } = parseText(text)
    expect(diagnostics).toMatchObject([{ code: 'too-many-problems' }])
  }, 30_000)

  it('for every code that there is', () => {
    const tested = new Set(CASES.flatMap(([, , ...expected]) => expected.map(([code]) => code)))
    const elsewhere = ['bad-encoding', 'too-large', 'too-many-aliases', 'too-many-problems']
    const otherTests = ['no-endpoints', 'too-many-addresses', 'too-many-patterns', 'too-many-values']
    const remarks = ['denied-allowance', 'denied-requirement', 'address-endpoint']
    const floors = [
      'floor-environments',
      'floor-circle',
      'floor-too-deep',
      'floor-unusable',
      'loosened-floor',
    ]
    expect([...tested, ...elsewhere, ...otherTests, ...remarks, ...floors].sort()).toEqual(
      Object.keys(DIAGNOSTIC_CODES).sort(),
    )
  })
})

describe('cutSource', () => {
  it('leaves a line of a usual length as it is', () => {
    const [diagnostic] = parseText(`${V}hosts: { a.t: [0] }`).diagnostics ?? []
    expect(diagnostic && cutSource(diagnostic)).toBe(diagnostic)
  })

  it('keeps what surrounds the part in question', () => {
    const { diagnostics = [] } = parseText(
      `${V}hosts: { a.t: [${'80,'.repeat(3_000)}0,${'80,'.repeat(3_000)}] }`,
    )
    const [{ source } = { source: '' }] = diagnostics.map(cutSource)
    expect(source).toMatch(/^…80,|^…0,|^…,/)
    expect(source).toContain(',0,80')
    expect(source).toHaveLength(502)
  })
})

describe('formatDiagnostic', () => {
  const show = (text: string) => (parseText(text).diagnostics ?? []).map(formatDiagnostic).join('\n')

  it('shows file, line, column, code, message, the line and the hint', () => {
    expect(show('version: 1\nhosts:\n  www.example.com: [80, 70000]\n')).toMatchInlineSnapshot(`
      "p.yml:3:25: bad-port: \`70000\` is not a TCP port
          www.example.com: [80, 70000]
                                ^^^^^
        hint: a port is a whole number from 1 to 65535"
    `)
  })

  it('shows the smallest policy for an empty file', () => {
    expect(show('')).toMatchInlineSnapshot(`
      "p.yml:1:1: empty-file: the file is empty
        hint: the smallest policy:
        version: 1
        hosts:
          www.example.com: [80, 443]"
    `)
  })

  it('keeps tabs, so that the mark stands where the part is', () => {
    expect(show('version: 1\nhosts: {a:\t[\t0]}')).toMatchInlineSnapshot(`
      "p.yml:2:14: bad-port: \`0\` is not a TCP port
        hosts: {a:	[	0]}
                  	 	^
        hint: a port is a whole number from 1 to 65535"
    `)
  })

  it('knows wide characters and those without width', () => {
    expect(show('version: 1\nhosts: { 日本.jp: [0], "e\u0301.x": [0] } # 日本')).toMatchInlineSnapshot(`
      "p.yml:2:18: bad-port: \`0\` is not a TCP port
        hosts: { 日本.jp: [0], "é.x": [0] } # 日本
                           ^
        hint: a port is a whole number from 1 to 65535
      p.yml:2:31: bad-port: \`0\` is not a TCP port
        hosts: { 日本.jp: [0], "é.x": [0] } # 日本
                                       ^
        hint: a port is a whole number from 1 to 65535"
    `)
    expect(show('version: 1\n日本: 1')).toMatchInlineSnapshot(`
      "p.yml:2:1: unknown-key: \`日本\` is not a key here
        日本: 1
        ^^^^
        hint: known keys: version, scan, extends, exclude, fail-on, on-doubt, hosts, environments, ignore, catalogue, risky-allowances"
    `)
  })

  it('cuts long lines around the part', () => {
    const many = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, i) => from + i).join(', ')
    expect(show(`version: 1\nhosts: { a: [${many(1, 60)}, 0, ${many(60, 120)}] }`)).toMatchInlineSnapshot(`
      "p.yml:2:241: bad-port: \`0\` is not a TCP port
        …50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 0, 60, 61, 62, 63, 64, 65, 66, 67, 68, 69, 70, 71, 72, 73, 7…
                                                 ^
        hint: a port is a whole number from 1 to 65535"
    `)
    const wide = show(
      `version: 1\nhosts: { a: [{ reason: ${'日'.repeat(300)}, port: 0, owner: ${'本'.repeat(300)} }] }`,
    )
    expect(wide).toMatchInlineSnapshot(`
      "p.yml:2:332: bad-port: \`0\` is not a TCP port
        …日日日日日日日日日日日日日日日日, port: 0, owner: 本本本本本本本本本本本本本本本本本本本本本本本本本…
                                                 ^
        hint: a port is a whole number from 1 to 65535"
    `)
  })

  it('shows no control character as it is', () => {
    const shown = show(
      'version: 1\n"\u001b[2J\u0007\u202e\u009b": 1 # \u001b[31m \u0085 \u2028 \u007f\nx: "\\e[0m"\n"\\e]0;x\\a": 1\r\n',
    )
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(shown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u202e]/)
    expect(shown).toMatchInlineSnapshot(`
      "p.yml:2:1: unknown-key: \`\\u{1b}[2J\\u{7}\\u{202e}\\u{9b}\` is not a key here
        "␛[2J␇��": 1 # ␛[31m � � ␡
        ^^^^^^^^^
        hint: known keys: version, scan, extends, exclude, fail-on, on-doubt, hosts, environments, ignore, catalogue, risky-allowances
      p.yml:3:1: unknown-key: \`x\` is not a key here
        x: "\\e[0m"
        ^
        hint: known keys: version, scan, extends, exclude, fail-on, on-doubt, hosts, environments, ignore, catalogue, risky-allowances
      p.yml:4:1: unknown-key: \`\\u{1b}]0;x\\u{7}\` is not a key here
        "\\e]0;x\\a": 1
        ^^^^^^^^^^
        hint: known keys: version, scan, extends, exclude, fail-on, on-doubt, hosts, environments, ignore, catalogue, risky-allowances"
    `)
  })

  it('shows no credentials of a URL in a message', () => {
    expect(parseEndpoint('ssh://user:secret@a.com').problem?.message).toBe(
      '`ssh://a.com` names no port to probe',
    )
  })
})
