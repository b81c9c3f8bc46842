import { describe, expect, test } from 'vitest'
import { parseEndpoint } from '../../src/policy/endpoints.ts'
import { parseHostKey } from '../../src/policy/hosts.ts'
import { parsePolicy } from '../../src/policy/parse.ts'
import { parsePort } from '../../src/policy/ports.ts'
import { splitList } from '../../src/prepare/lists.ts'
import { parseOptions } from '../../src/prepare/options.ts'

/** What people write, and what they are told. Each hint has to be accepted when it is written as hinted. */

function diagnose(text: string) {
  return parsePolicy(new TextEncoder().encode(text), 'p.yml').diagnostics ?? []
}

/** What a hint says to write. */
function readHint(hint = ''): string[] {
  return [...hint.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text.replace(/^"(.*)"$/, '$1'))
}

describe('a name that no host has', () => {
  test.each([
    ['“www.example.com”', ['www.example.com']],
    ['‘www.example.com’', ['www.example.com']],
    ['«www.example.com»', ['www.example.com']],
    ['„www.example.com“', ['www.example.com']],
    ['www.example.com–', []],
    ['www–1.example.com', ['www-1.example.com']],
    ['www—1.example.com', ['www-1.example.com']],
    ['www−1.example.com', ['www-1.example.com']],
    ['www‑1.example.com', ['www-1.example.com']],
    ['www\u00ad1.example.com', ['www1.example.com']],
    ['www…example.com', []],
    ['größe’s.example', ['größes.example']],
    ['-www.example.com', []],
    ['www-.example.com', []],
    ['-', []],
    ['10.0.0.1-3', ['10.0.0.1', '10.0.0.2/31']],
    ['10.0.0.1–3', ['10.0.0.1', '10.0.0.2/31']],
    ['10.77.0.10-10.77.0.20', ['10.77.0.10/31', '10.77.0.12/30', '10.77.0.16/30', '10.77.0.20']],
    ['10.0.0.1-10.9.0.0', ['10.0.0.0/28']],
    ['10.0.0.x', ['10.0.0.0/24']],
    ['10.0.x.x', ['10.0.0.0/16']],
    ['web[0-9].example.com', ['web{0..9}.example.com']],
    ['app[01-20].example.com', ['app{01..20}.example.com']],
    ['db[abc].example.com', ['db{a,b,c}.example.com']],
  ])('%s', (key, written) => {
    const { problem } = parseHostKey(key)
    expect(problem?.hint).toBeTruthy()
    expect(readHint(problem?.hint)).toEqual(written)
    for (const text of written) expect(parseHostKey(text).problem).toBeUndefined()
    expect(parseEndpoint(key).problem).toBeDefined()
  })

  test.each([
    'größe.example',
    'ドメイン名例.jp',
    'カ・タ.jp',
    'col·lecció.cat',
    '☃.net',
    '_dmarc.example.com',
    'r3---sn-4.example',
    'xn--gre-6ka8i.example',
  ])('is none of %s', (name) => expect(parseHostKey(name).problem).toBeUndefined())
})

test.each([
  '8080:80',
  '443..80',
  '80..443',
  '22:80',
  '22–80',
  '22 to 80',
  '-1024',
  '8000-',
  '22 80',
  '22,80',
  '22, 99999',
  '0022',
  '0070000',
  '22/tcp',
  '99999/tcp',
  '8000-8010/tcp',
  '80-22',
  '99999-22',
  '70000..80000',
  '1e3',
  '0x16',
  '0o22',
  'htps',
])('the hint for the port %s is accepted as hinted', (text) => {
  const { problem } = parsePort(text)
  const { hint = '' } = problem ?? {}
  expect(hint).not.toBe('')
  for (const port of readHint(hint)) expect(parsePort(port).problem, port).toBeUndefined()
})

test.each(['0o22', '0x16', '1e3', '022', '+22', '1E3'])(
  '%s is refused unquoted as it is quoted',
  (number) => {
    const policy = (port: string) => `version: 1\nhosts: { a.example: [${port}] }\n`
    const [bare, quoted] = [number, `"${number}"`].map((port) =>
      diagnose(policy(port)).map(({ code, message }) => [code, message]),
    )
    expect(bare).toHaveLength(1)
    expect(bare).toEqual(quoted)
  },
)

test.each<[string, string[]]>([
  ['- 127.0.0.1\n- 127.0.0.2\n', ['127.0.0.1', '127.0.0.2']],
  ['  - "127.0.0.1"\r\n  - \'a.example\'', ['127.0.0.1', 'a.example']],
  ['["127.0.0.1", "127.0.0.2"]', ['127.0.0.1', '127.0.0.2']],
  ['[127.0.0.1, a.example]', ['127.0.0.1', 'a.example']],
  ['[\n  "127.0.0.1",\n  "[::1]",\n]\n', ['127.0.0.1', '[::1]']],
  ['[::1]', ['[::1]']],
  ['[::1], [::2]', ['[::1]', '[::2]']],
  ['- https://a.example/x,y', ['https://a.example/x,y']],
])('endpoints: %j is the list %j', (text, items) => expect(splitList(text)).toEqual(items))

test.each(['22\n80', '22 80', '[22, 80]', '- 22\n- 80', '["22","80"]', '22,80'])('ports: %j', (ports) => {
  expect(parseOptions({ ports }).ports).toEqual([
    { from: 22, to: 22 },
    { from: 80, to: 80 },
  ])
})

const H = 'version: 1\nhosts:\n'

/** Mistakes of YAML: the line that is shown, and what has to be said. */
test.each<[what: string, text: string, line: number, said: RegExp]>([
  ['a plain *', `${H}  *: [443]\n`, 3, /must be quoted.*"\*"/],
  ['a plain ** as a key', `${H}  **: [443]\n`, 3, /must be quoted/],
  ['a plain !', `${H}  "*.example.com": [80]\n  !internal.example.com: []\n`, 4, /begins a tag.*`deny`/],
  [
    'no-break spaces',
    `${H}\u00a0\u00a0www.example.com: [80]\n`,
    3,
    /no-break space \(U\+00A0\).*plain spaces/,
  ],
  ['an em space', `${H}\u2003www.example.com: [80]\n`, 3, /U\+2003/],
  [
    'no space after the colon',
    `${H}  www.example.com:[80]\n`,
    3,
    /space is missing.*www.example.com: \[80\]/,
  ],
  ['no space after one of several', `${H}  a.example: [80]\n  b.example:[80]\n`, 4, /space is missing/],
  [
    'a colon in a text',
    `${H}  a.example:\n    allow:\n      - port: 22\n        reason: ticket: OPS-1\n`,
    6,
    /quoted.*"ticket: OPS-1"/,
  ],
  [
    '# that begins a comment',
    `${H}  a.example:\n    allow:\n      - port: 22\n        reason: #123\n`,
    6,
    /comment.*"#123"/,
  ],
  [
    'a quote in quotes',
    `${H}  a.example:\n    allow:\n      - port: 22\n        reason: 'it's open'\n`,
    6,
    /single quotes.*"it's open"/,
  ],
  [
    'double quotes in double quotes',
    `${H}  a.example:\n    allow:\n      - port: 22\n        reason: "the "new" one"\n`,
    6,
    /double quotes/,
  ],
  ['a quote that is not closed', `${H}  "www.example.com: [80]\n  db.example.com: []\n`, 3, /not closed/],
  [
    'a single quote that is not closed',
    `${H}  'www.example.com: [80]\n  db.example.com: []\n`,
    3,
    /not closed/,
  ],
  ['a bracket that is not closed', `${H}  www.example.com: [80\n`, 3, /bracket|not closed/],
  ['a brace that is not closed', `${H}  www.example.com: { allow: [80]\n`, 3, /bracket|not closed/],
  ['a closing bracket too many', `${H}  www.example.com: [80]]\n`, 3, /bracket|cannot stand here/],
  ['a comma too many', `${H}  www.example.com: [80,,443]\n`, 3, /comma/],
  ['a tab', `${H}\twww.example.com: [80]\n`, 3, /spaces/],
  ['a wrong indentation', `${H}  a.example: [80]\n   b.example: [80]\n`, 4, /indent|cannot stand|quote/],
  ['a backslash', `${H}  "a\\.example": [80]\n`, 3, /backslash/],
  ['no colon', `${H}  a.example\n  b.example: [80]\n`, 3, /colon|key/],
  ['two documents', `${H}  a.example: [80]\n---\nversion: 1\n`, 4, /one document/],
  [
    'text behind |',
    `${H}  a.example:\n    allow:\n      - port: 22\n        reason: | why\n          so\n`,
    6,
    /next line/,
  ],
])('%s', (_, text, line, said) => {
  const [first] = diagnose(text)
  expect(`${first?.message} ${first?.hint}`).toMatch(said)
  expect(first?.place.line).toBe(line)
  // Whatever is told is in people's words.
  expect(first?.message).not.toMatch(/implicit|scalar|flow |collection|node end|\bmap items\b/i)
})
