import { describe, expect, test } from 'vitest'
import { buildCatalogue } from '../../src/catalogue/catalogue.ts'
import { explain } from '../../src/commands/explain.ts'
import { readInputs, requireInputs } from '../../src/github/inputs.ts'
import type { Diagnostic } from '../../src/model.ts'
import { parseCatalogue, parsePolicy } from '../../src/policy/parse.ts'
import { makePlan } from '../../src/policy/plan.ts'
import { splitList } from '../../src/prepare/lists.ts'
import { parseOptions } from '../../src/prepare/options.ts'
import { Unusable } from '../../src/unusable.ts'

/** Whatever a hint offers to be written is accepted when it is written where the mistake was. */

/** Words and marks of the notation, which hints explain and nobody is to write alone. */
const NOTATION = new Set([
  '*',
  '**',
  '**.',
  '?',
  '- ',
  '|',
  '>',
  '#',
  '`, `',
  ']',
  '}',
  '---',
  '...',
  ' # comment',
])
const isNotation = (text: string) =>
  NOTATION.has(text) || /^(deny|hosts|endpoints|scope|&.*|<<.*|%|key: value|\\\\|, )$/.test(text)

/** What a hint offers: all that stands in backticks, and the choices that it lists. */
function readOffers(hint = ''): string[] {
  const [, choices] =
    /^(?:write |expected )?(?:one of )?([a-z0-9-]+(?:, [a-z0-9-]+)*(?: or [a-z0-9-]+)?)$/.exec(hint) ?? []
  const listed = /one of | or /.test(hint) ? (choices?.split(/, | or /) ?? []) : []
  const quoted = [...hint.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text)
  return [...quoted, ...listed].filter((text) => !isNotation(text))
}

const H = 'version: 1\nhosts:\n'
const S = 'version: 1\nhosts: { a.example: [] }\n'

/** Policies with mistakes, and how many offers their hints make together. */
const POLICIES: [text: string, offers: number][] = [
  // Hosts: names, addresses, blocks and patterns.
  [`${H}  “www.example.com”: [80]\n`, 1],
  [`${H}  www–1.example.com: [80]\n`, 1],
  [`${H}  -www.example.com: [80]\n`, 0],
  [`${H}  a..example: [80]\n`, 0],
  [`${H}  https://www.example.com/x: [80]\n`, 1],
  [`${H}  www.example.com:8080: [80]\n`, 1],
  [`${H}  "[2001:db8::1]:80": [80]\n`, 1],
  [`${H}  10.0.0.5/24: [80]\n`, 2],
  [`${H}  "2001:db8::5/64": [80]\n`, 2],
  [`${H}  "::ffff:10.0.0.5/120": [80]\n`, 2],
  [`${H}  10.0.0.0/33: [80]\n`, 0],
  [`${H}  10.0.0.1-20: [80]\n`, 6],
  [`${H}  10.0.0.x: [80]\n`, 1],
  [`${H}  10.0.0.1-10.200.0.0: [80]\n`, 1],
  [`${H}  a/b: [80]\n`, 1],
  [`${H}  "2001:db8": [80]\n`, 1],
  [`${H}  10.1.2: [80]\n`, 0],
  [`${H}  web[1-9].example.com: [80]\n`, 1],
  [`${H}  "web[1-9,11].example.com": [80]\n`, 0],
  [`${H}  "10.0.*.*": [80]\n`, 1],
  [`${H}  "*.10": [80]\n`, 1],
  [`${H}  "{a}.example.com": [80]\n`, 1],
  [`${H}  "a,*.example.com": [80]\n`, 0],
  [`${H}  "grö*.example": [80]\n`, 0],
  [`${H}  *.example.com: [80]\n`, 1],
  [`${H}  !a.example.com: [80]\n`, 0],
  [`${H}  {a,b}.example.com: [80]\n`, 1],
  [`${H}  [::1]: [80]\n`, 1],
  [`${H}  a.example:\n`, 1],
  [`${H}  a.example: 80\n`, 1],
  // Ports and services.
  [`${H}  a.example: [80-22]\n`, 1],
  [`${H}  a.example: [0022]\n`, 1],
  [`${H}  a.example: ["22,80"]\n`, 2],
  [`${H}  a.example: [22 80]\n`, 2],
  [`${H}  a.example: [{ port: "22,80" }]\n`, 2],
  [`${H}  a.example: [22/tcp]\n`, 1],
  [`${H}  a.example: [22/udp]\n`, 0],
  [`${H}  a.example: [8000:8010]\n`, 1],
  [`${H}  a.example: ["8010:8000"]\n`, 1],
  [`${H}  a.example: ["8000-"]\n`, 1],
  [`${H}  a.example: [common]\n`, 0],
  [`${H}  a.example: [1e3]\n`, 0],
  [`${H}  a.example: [htps]\n`, 1],
  [`${H}  a.example: [postgres1]\n`, 1],
  [`${H}  a.example: [{ port: 22, service: shh }]\n`, 1],
  [`${H}  a.example: [{ port: 22, service: qqqqqqq }]\n`, 3],
  [`${H}  a.example: [{ prot: 22 }]\n`, 1],
  [`${H}  a.example: { alow: [22] }\n`, 1],
  [`${S}scan: { ports: "22,80" }\n`, 1],
  [`${S}scan: { ports: comon }\n`, 1],
  [`${S}scan: { ports: true }\n`, 0],
  // Dates, times and numbers.
  [`${H}  a.example: [{ port: 22, expires: 31.1.2027 }]\n`, 1],
  [`${H}  a.example: [{ port: 22, expires: 2027-02-30 }]\n`, 1],
  [`${H}  a.example: [{ port: 22, expires: 2027-13-01 }]\n`, 0],
  [`${S}scan: { time-limit: 60 }\n`, 2],
  [`${S}scan: { time-limit: 5000 }\n`, 2],
  [`${S}scan: { time-limit: 100000 }\n`, 1],
  [`${S}scan: { time-limit: 999999999 }\n`, 4],
  [`${S}scan: { time-limit: 25h }\n`, 2],
  [`${S}scan: { time-limit: 0s }\n`, 2],
  [`${S}scan: { time-limit: soon }\n`, 4],
  [`${S}scan: { time-limit: [] }\n`, 2],
  [`${S}scan: { max-rate: 0 }\n`, 0],
  // Choices and keys.
  [`${S}scan: { ip: 5 }\n`, 4],
  [`${S}scan: { ip: bth }\n`, 1],
  [`${S}scan: { identify: yes }\n`, 2],
  [`${S}fail-on: hihg\n`, 1],
  [`${S}fail-on: 3\n`, 6],
  [`${S}on-doubt: pass\n`, 2],
  [`${S}on_doubt: fail\n`, 1],
  [`${S}risky-allowances: { from: hi, need: [reason] }\n`, 5],
  [`${S}risky-allowances: { from: high, need: [reasn] }\n`, 1],
  [`${S}risky-allowances: { from: high, need: [x] }\n`, 3],
  ['version: 2\n', 1],
  // Endpoints, canaries, environments, the catalogue.
  ['version: 1\nenvironments: { a: { endpoints: [a.example:80] } }\n', 2],
  ['version: 1\nenvironments: { a: { endpoints: ["[2001:db8::1]:80"] } }\n', 2],
  ['version: 1\nenvironments: { a: { endpoints: [a.example/x] } }\n', 1],
  ['version: 1\nenvironments: { a: { endpoints: [redis://a.example] } }\n', 1],
  ['version: 1\nenvironments: { a: { endpoints: ["https://"] } }\n', 1],
  ['version: 1\nenvironments: { a: { endpoints: ["*.example"] } }\n', 0],
  ['version: 1\nenvironments: { a: { endpoints: [{ hots: a.example }] } }\n', 1],
  [`${S}scan: { canary: a.example }\n`, 2],
  [`${S}scan: { canary: 10.0.0.0/8:22 }\n`, 2],
  [`${S}catalogue: ../ports.yml\n`, 1],
  [`${S}catalogue: { 22: { severty: low } }\n`, 1],
  [`${S}catalogue: { 22-80: { severity: low } }\n`, 0],
  // YAML.
  [`${H}  a.example:[80]\n`, 1],
  [`${H}  a.example:\n    allow:\n      - port: 22\n        reason: it's: so\n`, 1],
  [`${H}  a.example: [{ port: 22, owner: @team }]\n`, 1],
  [`${H}  a.example:\n    allow:\n      - port: 22\n        owner: #team\n`, 1],
]

function diagnose(text: string): Diagnostic[] {
  return parsePolicy(new TextEncoder().encode(text), 'p.yml').diagnostics ?? []
}

/** The text with what a diagnostic underlines replaced by an offer: of a line by the rest of it, where it is a whole line. */
function follow(text: string, { place, width, source, code, message }: Diagnostic, offer: string): string {
  const lines = text.split('\n')
  const before = source.slice(0, place.column - 1)
  const isUnquoted =
    /must be quoted: in|inside (single|double) quotes/.test(message) ||
    message.includes('text that contains a colon')
  const isWhole = /space is missing/.test(message) || /^[\w.-]+: /.test(offer)
  // What a key lacks stands behind it.
  const isAfterKey = code === 'empty-value' && offer !== source.slice(place.column - 1).trim()
  const rest = source.slice(place.column - 1 + width)
  const line = isWhole
    ? `${/^\s*/.exec(source)?.[0]}${offer}`
    : isAfterKey
      ? source.replace(/:.*$/, `: ${offer}`)
      : before + offer + (isUnquoted && width === 1 ? '' : rest)
  lines[place.line - 1] = line
  return lines.join('\n')
}

describe('in a policy', () => {
  test.each(POLICIES)('%j', (text, count) => {
    const diagnostics = diagnose(text)
    expect(diagnostics).not.toEqual([])
    // What is missing is not written where its place is.
    const present = diagnostics.filter(({ code }) => code !== 'missing-key')
    const offers = present.flatMap((one) => readOffers(one.hint).map((offer) => [one, offer] as const))
    expect(offers.length, diagnostics.map(({ hint }) => hint).join('\n')).toBe(count)
    for (const [diagnostic, offer] of offers) {
      const written = follow(text, diagnostic, offer)
      const left = diagnose(written).filter(({ place }) => place.line === diagnostic.place.line)
      expect(
        left.map(({ message }) => message),
        written,
      ).toEqual([])
    }
  })
})

test.each([
  ['', parsePolicy],
  ['# nothing\n', parseCatalogue],
])('the smallest file that is shown for %j is one', (text, parse) => {
  const [{ hint = '' } = {}] = parse(new TextEncoder().encode(text), 'p.yml').diagnostics ?? []
  const shown = hint.split('\n').slice(1).join('\n')
  expect(parse(new TextEncoder().encode(shown), 'p.yml').diagnostics).toBeUndefined()
})

/** Why options are refused, a line each. */
function complain(options: Parameters<typeof parseOptions>[0]): string[] {
  try {
    parseOptions(options)
    return []
  } catch (error) {
    if (error instanceof Unusable) return error.message.split('\n')
    throw error
  }
}

describe('in inputs and flags', () => {
  const LISTS = ['endpoints', 'scope']
  const write = (name: string, text: string) => ({ [name]: LISTS.includes(name) ? splitList(text) : text })

  test.each<[name: string, text: string, offers: number]>([
    ['endpoints', 'a.example:8080', 1],
    ['endpoints', '[2001:db8::1]:80', 1],
    ['endpoints', 'a.example/x', 1],
    ['endpoints', 'redis://a.example', 1],
    ['endpoints', '“a.example”', 1],
    ['endpoints', '10.0.0.1-9', 4],
    ['endpoints', '10.0.0.5/24', 2],
    ['scope', 'https://a.example', 1],
    ['scope', 'web[1-3].example', 1],
    ['scope', '{a}.example', 1],
    ['scope', '10.0.*.*', 1],
    ['scope', '10.0.0.x', 1],
    ['ports', '80-22', 1],
    ['ports', '022', 1],
    ['ports', '22/tcp', 1],
    ['ports', '8000..8010', 1],
    ['ports', 'comon', 1],
    ['ports', '22,htps', 1],
    ['ip', '5', 4],
    ['fail-on', 'hihg', 1],
    ['fail-on', 'x', 6],
    ['fail-on-loosening', 'lo', 6],
    ['on-doubt', 'pass', 2],
    ['mode', 'on', 2],
    ['identify', 'no', 2],
    ['time-limit', '90', 2],
    ['wait', '2 minutes', 4],
    ['wait', '2d', 4],
    ['max-rate', '1e3', 0],
  ])('%s: %s', (name, text, count) => {
    const problems = complain(write(name, text))
    expect(problems).toHaveLength(1)
    const [, hint] = /\((.*)\)$/.exec(problems[0] ?? '') ?? []
    const offers = readOffers(hint)
    expect(offers.length, problems[0]).toBe(count)
    for (const offer of offers) expect(complain(write(name, offer)), offer).toEqual([])
  })

  test.each(['command', 'comment-in-pr', 'issue-on-failure'])('%s', (name) => {
    const variable = `INPUT_${name.toUpperCase()}`
    const refuse = (text: string) => {
      process.env[variable] = text
      try {
        requireInputs(readInputs())
        return ''
      } catch (error) {
        return (error as Error).message
      } finally {
        delete process.env[variable]
      }
    }
    const [, hint] = /\((.*)\)$/.exec(refuse('x')) ?? []
    expect(readOffers(hint).length).toBeGreaterThan(1)
    for (const offer of readOffers(hint)) expect(refuse(offer)).toBe('')
  })
})

test('an environment that the policy does not have', () => {
  const { policy } = parsePolicy(
    new TextEncoder().encode(
      'version: 1\nenvironments: { production: { endpoints: [a.example] }, x: { endpoints: [b.example] } }\n',
    ),
    'p.yml',
  )
  if (!policy) throw new Error('no policy')
  const plan = (environment: string) =>
    makePlan(policy, { environment, endpoints: [], scan: {}, seed: 1 }, buildCatalogue())
  for (const [written, offered] of [
    ['prodction', ['production']],
    ['y', ['production', 'x']],
  ] as const) {
    const offers = readOffers(plan(written).problem?.hint)
    expect(offers).toEqual(offered)
    for (const offer of offers) expect(plan(offer).problem).toBeUndefined()
  }
})

test.each([
  ['rediss', ['redis']],
  ['0022', ['22']],
])('explain %s', async (subject, offered) => {
  const options = { format: 'text', colours: false, width: 80 } as const
  const refusal = await explain(subject, options).catch(({ message }: Error) => message)
  const [, hint] = /\((.*)\)$/.exec(refusal) ?? []
  expect(readOffers(hint)).toEqual(offered)
  for (const offer of offered) expect(await explain(offer, options)).toContain('TCP')
})
