import { expect, test } from 'vitest'
import { parsePolicy } from '../../src/policy/parse.ts'
import { findRemarks } from '../../src/policy/remarks.ts'

function remarks(text: string) {
  const { policy, diagnostics } = parsePolicy(new TextEncoder().encode(`version: 1\n${text}`), 'p.yml')
  if (!policy) throw new Error(diagnostics?.[0]?.message)
  return findRemarks(policy).map(({ code, message, place, hint }) => ({
    code,
    message,
    hint,
    line: place.line,
  }))
}

const codes = (text: string) => remarks(text).map(({ code, line }) => `${line} ${code}`)

test('an allowance that a `deny` covers is named with both positions', () => {
  const text = 'hosts:\n  "**.example.com": { deny: [22] }\n  a.example.com: { allow: [22, 443] }\n'
  expect(remarks(text)).toEqual([
    {
      code: 'denied-allowance',
      message:
        '`22` for `a.example.com` is allowed here to no effect: `deny` at p.yml:3:30 covers it, and deny wins',
      hint: 'remove the allowance, or deny less',
      line: 4,
    },
  ])
})

test('what is required and denied on the same host is named with both positions', () => {
  expect(remarks('hosts:\n  a.example.com:\n    require: [443]\n    deny: [443]\n')).toMatchObject([
    { code: 'denied-requirement', message: expect.stringContaining('`deny` at p.yml:5:12'), line: 4 },
  ])
})

const DENIED = '4 denied-allowance'

/** The key that denies port 22, the key that allows it, and whether the one covers the other. */
test.each<[denies: string, allows: string, covers: boolean]>([
  ['a.example', 'a.example', true],
  ['a.example', 'b.example', false],
  ['*.example', 'a.example', true],
  ['*.example', 'a.b.example', false],
  ['**.example', 'a.b.example', true],
  ['?.example', 'a.example', true],
  ['10.0.0.0/8', '10.0.0.1', true],
  ['10.0.0.0/8', '10.1.0.0/16', true],
  ['10.1.0.0/16', '10.0.0.0/8', false],
  ['10.0.0.1', '10.0.0.0/31', false],
  ['::/0', '10.0.0.1', false],
  ['**', '10.0.0.1', false],
  ['0.0.0.0/0', 'a.example', false],
  ['**', '*.example', true],
  ['**.example', '*.example', true],
  ['**.example', '**.example', true],
  ['*.example', '**.example', false],
  ['*', '**', false],
  ['**', '**', true],
  ['**.example', '**.a.example', true],
  ['**.*.example', '*.example', true],
  ['**.*.example', '**.example', false],
  ['*.example', 'web-*.example', true],
  ['*.example', '{a,b}*.example', true],
  ['a*.example', '{a,b}*.example', false],
  ['{a,b}*.example', '{a,b}*.example', true],
  ['{a,b}.example', '{a,b}.example', true],
  ['a*.example', 'ab*.example', true],
  ['ab*.example', 'a*.example', false],
  ['??.example', 'a*.example', false],
  ['?.example', '*.example', false],
  ['?*.example', 'a*.example', false],
  ['*.*.example', '**.example', false],
  ['*.*.example', 'a.*.example', true],
])('a denial for %j covers an allowance for %j: %j', (denies, allows, covers) => {
  const text =
    denies === allows
      ? `hosts:\n  ${JSON.stringify(allows)}:\n    { allow: [22], deny: [22] }\n`
      : `hosts:\n  ${JSON.stringify(denies)}: { deny: [22] }\n  ${JSON.stringify(allows)}: [22]\n`
  expect(codes(text)).toEqual(covers ? [DENIED] : [])
})

test('several denials may cover an allowance together; in part they only do what they are for', () => {
  const text = (deny: string) => `hosts:\n  "**": { deny: [${deny}] }\n  a.example: [8000-8010]\n`
  expect(codes(text('"8000-8004", "8005-8010"'))).toEqual([DENIED])
  expect(codes(text('"8000-8004", "8006-8010"'))).toEqual([])
})

test('a required range of which a port is denied is a contradiction', () => {
  expect(codes('hosts:\n  "**": { deny: [8005] }\n  a.example: { require: [8000-8010] }\n')).toEqual([
    '4 denied-requirement',
  ])
})

test('an environment has its own denials and those of the top level', () => {
  const text = (top: string, own: string) =>
    `hosts:\n  a.example: ${top}\nenvironments:\n  e:\n    hosts:\n      a.example: ${own}\n`
  expect(codes(text('{ deny: [22] }', '[22]'))).toEqual(['7 denied-allowance'])
  expect(codes(text('[80]', '{ allow: [22], deny: [22] }'))).toEqual(['7 denied-allowance'])
  // Elsewhere the allowance holds.
  expect(codes(text('[22]', '{ deny: [22] }'))).toEqual([])
})

/** A policy with an environment: its endpoints, and rules of both levels. */
const withEnvironment = (top: string, endpoints: string, own: string) =>
  `hosts:\n  ${top}\nenvironments:\n  p:\n    endpoints: [${endpoints}]\n    hosts:\n      ${own}\n`

test('what the top level requires and an environment denies is named with both positions', () => {
  const text = withEnvironment('a.example: { require: [443] }', 'a.example', '"*.example": { deny: [443] }')
  expect(remarks(text)).toEqual([
    {
      code: 'denied-requirement',
      message:
        '`443` for `a.example` is required here and denied by `deny` at p.yml:8:29, in `p`: open or closed, it is a violation',
      hint: 'keep one of the two',
      line: 3,
    },
  ])
  const twice = `${text}  q: { endpoints: [a.example], hosts: { "**": { deny: [1-1000] } } }\n`
  expect(remarks(twice).map(({ message }) => message)).toEqual([
    expect.stringContaining('`deny` at p.yml:8:29 and 1 more, in `p` and 1 more: '),
  ])
})

test('of the environments that deny something on a host only those are named that deny what is required', () => {
  const text = withEnvironment('a.example: { require: [80, 443] }', 'a.example', 'a.example: { deny: [80] }')
  const both = `${text}  q: { endpoints: [a.example], hosts: { a.example: { deny: [443] } } }\n`
  expect(remarks(both).map(({ message }) => message)).toEqual([
    expect.stringMatching(/^`80` for .* at p\.yml:8:27, in `p`: /),
    expect.stringMatching(/^`443` for .* at p\.yml:9:61, in `q`: /),
  ])
})

test('a denial that holds everywhere is named before one of an environment', () => {
  const text = withEnvironment(
    'a.example: { require: [443], deny: [443] }',
    'a.example',
    'a.example: { deny: [443] }',
  )
  expect(remarks(text).map(({ message }) => message)).toEqual([
    expect.stringContaining('denied by `deny` at p.yml:3:39: open or closed'),
  ])
})

test('where looking takes too long, what was found by then is told', () => {
  const list = (count: number, line: (index: number) => string) =>
    Array.from({ length: count }, (_, index) => `  ${line(index)}\n`).join('')
  const hosts = list(14_000, (index) => `h${index}.example: { require: [443] }`)
  const environments = list(300, (index) => `e${index}: { hosts: { h0.example: { deny: [443] } } }`)
  expect(codes(`hosts:\n${hosts}environments:\n${environments}`)).toEqual(['3 denied-requirement'])
})

test('so is what an environment requires and the top level denies', () => {
  const text = withEnvironment('"*.example": { deny: [443] }', 'a.example', 'a.example: { require: [443] }')
  expect(codes(text)).toEqual(['8 denied-requirement'])
})

/** Who requires, what the environment scans, who denies there, and whether they contradict each other. */
test.each<[requires: string, scans: string, denies: string, contradicts: boolean]>([
  ['a.example', 'b.example', '**.example', false],
  ['a.example', 'a.example', 'b.example', false],
  ['*.example', 'a.example', '**.example', true],
  ['*.example', 'a.b.example', '**.example', false],
  ['10.0.0.1', '10.0.0.0/24', '10.0.0.0/8', true],
  ['10.0.0.0/24', '10.0.0.1', '10.0.0.0/8', true],
  ['10.0.0.0/24', '10.0.1.0/24', '10.0.0.0/8', false],
  // A name may lead there or not.
  ['10.0.0.1', 'a.example', '10.0.0.0/8', false],
])('%j requires, the environment scans %j and denies on %j: %j', (requires, scans, denies, contradicts) => {
  const text = withEnvironment(`"${requires}": { require: [22] }`, scans, `"${denies}": { deny: [22] }`)
  expect(codes(text)).toEqual(contradicts ? ['3 denied-requirement'] : [])
})

test('an environment without endpoints scans the hosts of the top level', () => {
  const text =
    'hosts:\n  a.example: { require: [443] }\nenvironments:\n  p: { hosts: { a.example: { deny: [443] } } }\n'
  expect(codes(text)).toEqual(['3 denied-requirement'])
})

test('an allowance that names a service, and a requirement beside it, are named once', () => {
  const rule = '{ allow: [{ port: 22, service: ssh }], require: [22-23], deny: [22, 23] }'
  expect(codes(`hosts:\n  a.example: ${rule}\n`)).toEqual(['3 denied-allowance', '3 denied-requirement'])
})

test('an address beside a name is an endpoint of its own, and a /32 is none', () => {
  const [found, ...others] = remarks('hosts:\n  a.example: [80]\n  10.0.0.1: [22]\n')
  expect(others).toEqual([])
  expect(found).toMatchObject({ code: 'address-endpoint', line: 4 })
  expect(found?.hint).toContain('`10.0.0.1/32`')
  expect(codes('hosts:\n  a.example: [80]\n  10.0.0.1/32: [22]\n')).toEqual([])
  expect(remarks('hosts:\n  a.example: [80]\n  "2001:db8::1": [22]\n')[0]?.hint).toContain(
    '`2001:db8::1/128`',
  )
  // Nothing leads to an address where there are only addresses, or where the endpoints are listed.
  expect(codes('hosts:\n  10.0.0.1: [22]\n  10.0.0.2: [22]\n')).toEqual([])
  const listed = 'environments: { e: { endpoints: [a.example] } }\n'
  expect(codes(`hosts:\n  a.example: [80]\n  10.0.0.1: [22]\n${listed}`)).toEqual([])
})

test('so many remarks are cut, and a policy that is made to be slow is answered at once', () => {
  const hosts = (count: number, rule: string) =>
    Array.from({ length: count }, (_, index) => `  h${index}.example: ${rule}\n`).join('')
  expect(remarks(`hosts:\n  "**": { deny: [22] }\n${hosts(60, '[22]')}`).at(-1)?.message).toBe(
    '10 more remarks from here on',
  )
  const many = Array.from({ length: 8_000 }, (_, index) => index + 1).join()
  const { policy } = parsePolicy(
    new TextEncoder().encode(`version: 1\nhosts:\n  "**": { deny: [${many}] }\n${hosts(8_000, '[65535]')}`),
    'p.yml',
  )
  const before = process.cpuUsage()
  expect(policy && findRemarks(policy)).toEqual([])
  expect(process.cpuUsage(before).user / 1e6).toBeLessThan(3)
})
