import { describe, expect, test } from 'vitest'
import { splitList } from '../../src/prepare/lists.ts'
import { parseOptions } from '../../src/prepare/options.ts'

test.each<[text: string, items: string[]]>([
  ['a', ['a']],
  ['a,b c\td\r\ne\n\n,f,', ['a', 'b', 'c', 'd', 'e', 'f']],
  ['{www,api}.example.com, 10.0.0.0/8', ['{www,api}.example.com', '10.0.0.0/8']],
  [
    'https://a.example.com/x, https://b.example.com\nc',
    ['https://a.example.com/x', 'https://b.example.com', 'c'],
  ],
  ['a,https://b.example.com/', ['a', 'https://b.example.com/']],
  // One text, which `parseOptions` refuses.
  ['https://a.example.com/,10.0.0.5', ['https://a.example.com/,10.0.0.5']],
  ['https://a.example.com/?x={a,b},c', ['https://a.example.com/?x={a,b},c']],
  // What only looks like a separator is part of an item.
  ['a\u00a0b', ['a\u00a0b']],
  ['a\u2028b\u000bc', ['a\u2028b\u000bc']],
  ['a，b;c', ['a，b;c']],
  // A text of separators is no empty list.
  [',', [',']],
  [' , ,\n', [' , ,\n']],
  ['', ['']],
])('%j is the list %j', (text, items) => expect(splitList(text)).toEqual(items))

test('a long text is split in no time', () => {
  for (const part of ['{', 'a:', '://', 'a://,', ',', '{,'])
    expect(splitList(part.repeat(200_000)).length).toBeGreaterThan(0)
})

test('nor does it take long to see that one is no URL', () => {
  expect(() => parseOptions({ endpoints: ['://'.repeat(200_000)] })).toThrow(
    'is longer than 2,000 characters',
  )
})

describe('a list that names nothing, or a URL that may be two, is refused', () => {
  test.each([
    ['endpoints', ','],
    ['endpoints', ' ,\n, '],
    ['endpoints', ''],
    ['endpoints', '\u200b'],
    ['endpoints', 'a\u00a0b'],
    ['endpoints', 'a，b'],
    ['endpoints', 'a;b'],
    ['endpoints', 'https://127.0.0.1/,127.0.0.9'],
    ['endpoints', 'https://127.0.0.1,127.0.0.9'],
    ['endpoints', 'HTTPS://127.0.0.1:8443/?a=1,127.0.0.9#b'],
    ['endpoints', 'https://a.example.com,https://b.example.com'],
    ['endpoints', 'postgres://127.0.0.1:5432/{a,b}'],
    ['endpoints', 'https://127.0.0.1/\u00a0127.0.0.9'],
    ['scope', ','],
    ['scope', ''],
    ['scope', '\u3000'],
    ['scope', '10.0.0.0/8\u00a0192.0.2.0/24'],
  ] as const)('%s: %j', (name, text) => {
    expect(() => parseOptions({ [name]: splitList(text) })).toThrow(new RegExp(`^${name}: `))
  })

  test('without the password of the URL', () => {
    const url = 'https://user:secret@127.0.0.1/,10.0.0.5'
    expect(() => parseOptions({ endpoints: [url] })).toThrow(
      'endpoints: `https://127.0.0.1/,10.0.0.5` is a URL with a comma in it',
    )
  })

  test.each([',', '22,,443', ', ,'])('ports: %j', (ports) => {
    expect(() => parseOptions({ ports })).toThrow(/^ports: /)
  })
})

test('a URL may hold a comma as %2C', () => {
  const { endpoints } = parseOptions({ endpoints: splitList('https://127.0.0.1/a%2Cb 10.0.0.5') })
  expect(endpoints.map(({ host }) => host)).toEqual(['127.0.0.1', '10.0.0.5'])
})

test('the pace and the limit of a run', () => {
  const options = { 'max-rate': '100', 'time-limit': '1m30s', identify: 'false' }
  expect(parseOptions(options)).toMatchObject({ maxRate: 100, timeLimitMs: 90_000, identify: false })
  expect(() => parseOptions({ 'max-rate': '0', 'time-limit': '5', identify: 'no' })).toThrow(
    /^max-rate: `0` is not .*\ntime-limit: `5` is not a duration .*\nidentify: invalid value `no`/,
  )
})
