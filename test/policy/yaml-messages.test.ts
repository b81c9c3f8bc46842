import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseDocument } from 'yaml'
import { parsePolicy } from '../../src/policy/parse.ts'
import { explainMessage } from '../../src/policy/yaml-messages.ts'

/** All that the `yaml` package can say of a file: each code and each message is told in people's words. */

const LIBRARY = new URL('../../node_modules/yaml/dist/', import.meta.url)

const H = 'version: 1\nhosts:\n'

/** For each code texts that the package answers with it, the line to be shown, and what has to be said. */
const CASES: Record<string, [text: string, line: number, said: RegExp][]> = {
  ALIAS_PROPS: [[`${H}  a: &x [80]\n  b: !t *x\n`, 4, /alias has a tag.*remove/]],
  BAD_ALIAS: [
    [`${H}  a: * \n`, 3, /no name.*quote/],
    [`${H}  a: & [80]\n`, 3, /no name/],
    [`${H}  a: &x: [80]\n`, 3, /ends with a colon.*space/],
  ],
  BAD_DIRECTIVE: [
    [`%YAML 1.3\n---\n${H}  a: [80]\n`, 1, /begins with `%`.*remove/],
    [`%FOO\n---\n${H}  a: [80]\n`, 1, /begins with `%`/],
    [`%TAG !\n---\n${H}  a: [80]\n`, 1, /begins with `%`/],
  ],
  BAD_DQ_ESCAPE: [[`${H}  "a\\.example": [80]\n`, 3, /backslash.*single quotes/]],
  BAD_INDENT: [
    [`${H}  a: [80]\n b: [80]\n`, 4, /indented differently/],
    [`${H}  a: [80\n  b: [80]\n`, 3, /bracket is not closed/],
    [`${H}  a: { allow: [80]\n  b: [80]\n`, 3, /bracket is not closed/],
    [`${H}  a: [\n    80,\n]\n`, 3, /not indented/],
  ],
  BAD_PROP_ORDER: [[`${H}  a: [&x ? 80 : 81]\n`, 3, /before the/]],
  BAD_SCALAR_START: [
    [`${H}  a:\n    allow: [{ port: 22, owner: @team }]\n`, 4, /quoted.*"@team"/],
    [`${H}  a: %x\n`, 3, /quote the text/],
  ],
  BLOCK_AS_IMPLICIT_KEY: [
    [`${H}  a: b: c\n`, 3, /a second `: `|must be quoted/],
    [`${H}  a:\n    allow:\n      - 80\n     - 443\n`, 6, /`- `.*indent/],
    [`${H}  a:\n\t- 80\n`, 4, /a tab cannot indent/],
  ],
  BLOCK_IN_FLOW: [[`${H}  a: [\n    - 80\n    ]\n`, 4, /inside brackets/]],
  KEY_OVER_1024_CHARS: [[`${H}  ${'a'.repeat(1_100)}: [80]\n`, 3, /1,024/]],
  MISSING_CHAR: [
    [`${H}  a:\n    allow:\n      - 80\n    443\n`, 6, /indented differently|no colon/],
    [`${H}  a: [80]# web\n`, 3, /space is missing before the `#`/],
    [`${H}  a: &x[80]\n`, 3, /space is missing after a tag or an anchor/],
    [`${H}  a: { allow: [80] deny: [22] }\n`, 3, /comma is missing/],
    [`${H}  a: [80]\n  b\n`, 4, /no colon/],
    [`${H}  a: |\n80\n`, 4, /after `\|` or `>` is not indented/],
    [`${H}  a: "x\ny"\n`, 3, /quote is not closed/],
    [`${H}  a: |\n      \n    80\n`, 5, /first lines.*equally/],
    ['%YAML 1.2\nversion: 1\n', 2, /`%` has no `---`.*remove/],
    ['--- version: 1\n', 1, /nothing may follow `---`/],
    ['&x - 80\n', 1, /next line/],
  ],
  MULTILINE_IMPLICIT_KEY: [[`${H}  "a.\n  example": [80]\n`, 3, /one line/]],
  MULTIPLE_ANCHORS: [[`${H}  a: &x &y [80]\n`, 3, /two anchors.*one of them/]],
  MULTIPLE_DOCS: [
    [`${H}  a: [80]\n---\nversion: 1\n`, 4, /second YAML document.*remove/],
    [`...\n${H}`, 2, /`\.\.\.`/],
  ],
  MULTIPLE_TAGS: [[`${H}  a: !x !y [80]\n`, 3, /two tags/]],
  NON_STRING_KEY: [[`${H}  [a, b]: [80]\n`, 3, /cannot be a key.*quote/]],
  RESOURCE_EXHAUSTION: [[`${H}  a: ${'['.repeat(900)}${']'.repeat(900)}\n`, 3, /level|nested/]],
  TAB_AS_INDENT: [
    [`${H}\ta: [80]\n`, 3, /tab.*spaces/],
    [`${H}  a:\n    allow: [80]\n\tdeny: [22]\n`, 5, /tab.*spaces/],
  ],
  TAG_RESOLVE_FAILED: [
    [`${H}  a: !x [80]\n`, 3, /`!x` is not supported.*remove/],
    [`${H}  a: !e!x [80]\n`, 3, /`!e!x` is not supported/],
    [`${H}  a: !! [80]\n`, 3, /is not supported/],
  ],
  UNEXPECTED_TOKEN: [
    [`${H}  a: [80,,443]\n`, 3, /comma with nothing before it/],
    [`${H}  a: [80]]\n`, 3, /without an opening one/],
    [`${H}  a: [80], [443]\n`, 3, /one list/],
    [`${H}  a: - 80\n`, 3, /next line/],
    [`${H}  a: | x\n    80\n`, 3, /nothing may follow `\|`/],
  ],
}

/** Codes that no file brings about, and why. */
const NEVER: Record<string, string> = {
  BAD_COLLECTION_TYPE: 'tags for collections are not in the schema that is asked for',
  DUPLICATE_KEY: 'duplicates are found here',
  IMPOSSIBLE: 'a fault of the package itself',
}

const listCodes = () => {
  const text = readFileSync(new URL('errors.d.ts', LIBRARY), 'utf8')
  const [, union = ''] = /type ErrorCode = ([^;]*);/.exec(text) ?? []
  return [...union.matchAll(/'(\w+)'/g)].map(([, code]) => code)
}

test('every code of the package has its cases', () => {
  expect([...Object.keys(CASES), ...Object.keys(NEVER)].sort()).toEqual(listCodes().sort())
})

const flat = Object.entries(CASES).flatMap(([code, cases]) => cases.map((one) => [code, ...one] as const))

test.each(flat)('%s of %j is on line %j', (code, text, line, said) => {
  const { errors, warnings } = parseDocument(text, {
    schema: 'core',
    resolveKnownTags: false,
    stringKeys: true,
    uniqueKeys: false,
  })
  // How deep the package gets depends on the stack.
  if (code !== 'RESOURCE_EXHAUSTION') expect([...errors, ...warnings].map((one) => one.code)).toContain(code)
  const { diagnostics = [] } = parsePolicy(new TextEncoder().encode(text), 'p.yml')
  const [first] = diagnostics
  expect(`${first?.message} ${first?.hint}`).toMatch(said)
  expect(first?.place.line).toBe(line)
  for (const { message, hint, place, source } of diagnostics) {
    expect(hint, message).toBeTruthy()
    expect(`${message} ${hint}`).not.toMatch(/implicit|scalar|flow |collection|node end|not YAML|indicator/i)
    expect([source, source.trim()]).toEqual([text.split('\n')[place.line - 1], expect.stringMatching(/./)])
  }
})

/** What is told by its code, or never said of a policy. */
const NO_MESSAGES =
  /^(Tried to pop an empty stack|Unsupported token|With stringKeys|Map keys must be unique|Map comment with)/

/** The texts of a program's source that read like a sentence. */
function listSentences(source: string): string[] {
  const code = source.replace(/\/\*.*?\*\/|(?<=^|\s)\/\/.*?$/gms, '')
  return [...code.matchAll(/'([^'\n]*)'|"([^"\n]*)"|`([^`\n]*)`/g)]
    .map(([, single, double, template]) => single ?? double ?? template ?? '')
    .map((text) => text.replace(/\$\{[^}]*\}/g, 'x'))
    .filter((text) => /^[A-Z][^ ]* /.test(text) && !NO_MESSAGES.test(text))
}

test('every message of the package is known', () => {
  const compose = readdirSync(new URL('compose/', LIBRARY)).filter((name) => name.endsWith('.js'))
  const files = [...compose.map((name) => `compose/${name}`), 'doc/directives.js', 'parse/parser.js']
  const messages = files.flatMap((file) => listSentences(readFileSync(new URL(file, LIBRARY), 'utf8')))
  expect(messages.length).toBeGreaterThan(40)
  const unknown = messages.filter((text) => explainMessage(text).message.includes('not YAML'))
  expect(unknown).toEqual([])
})
