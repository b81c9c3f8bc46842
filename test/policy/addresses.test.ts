import { describe, expect, it } from 'vitest'
import {
  expandCidr,
  halveCidr,
  isInCidr,
  normaliseAddress,
  parseCidr,
  spanCidr,
} from '../../src/policy/addresses.ts'

describe('normaliseAddress', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['0.0.0.0', '0.0.0.0'],
    ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['::', '::'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::ffff:c000:201', '192.0.2.1'],
    ['[::ffff:192.0.2.1]', '192.0.2.1'],
    ['2001:db8::1:0:0:1', '2001:db8::1:0:0:1'],
    ['2001:0:0:1:0:0:0:1', '2001:0:0:1::1'],
  ])('%s is %s', (text, expected) => expect(normaliseAddress(text)).toBe(expected))

  it.each([
    '',
    '192.0.2',
    '192.0.2.256',
    '192.0.2.01',
    '0x7f.0.0.1',
    '2130706433',
    '192.0.2.1.',
    ' 192.0.2.1',
    '[192.0.2.1]',
    'fe80::1%eth0',
    ':::',
    '1::2::3',
    '[::1',
    '::1]',
    '12345::',
    'www.example.com',
  ])('%j is none', (text) => expect(normaliseAddress(text)).toBeUndefined())
})

describe('parseCidr', () => {
  it.each([
    ['10.0.0.0/8', '10.0.0.0/8'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['192.0.2.1/32', '192.0.2.1/32'],
    ['2001:DB8::/32', '2001:db8::/32'],
    ['[2001:db8::]/32', '2001:db8::/32'],
    ['::/0', '::/0'],
    ['::1/128', '::1/128'],
    ['::ffff:10.0.0.0/104', '10.0.0.0/8'],
    ['::ffff:0.0.0.0/96', '0.0.0.0/0'],
    ['::fffe:0:0/95', '::fffe:0:0/95'],
  ])('%s is %s', (text, expected) => expect(parseCidr(text)).toEqual({ value: expected }))

  it.each([
    ['10.0.0.1/8', '10.0.0.0/8'],
    ['10.20.1.0/16', '10.20.0.0/16'],
    ['2001:db8::1/32', '2001:db8::/32'],
    ['::ffff:10.0.0.1/104', '10.0.0.0/8'],
    ['10.0.0.0/33', '0 to 32'],
    ['10.0.0.0/', '0 to 32'],
    ['10.0.0.0/08', '0 to 32'],
    ['10.0.0.0/255.0.0.0', '0 to 32'],
    ['::/129', '0 to 128'],
    ['::/-1', '0 to 128'],
    ['www.example.com/24', 'for example'],
  ])('refuses %s', (text, hint) => {
    const { problem } = parseCidr(text)
    expect(problem?.code).toBe('bad-cidr')
    expect(problem?.hint).toContain(hint)
  })
})

it.each([
  ['10.0.0.0/8', '10.255.255.255', true],
  ['10.0.0.0/8', '11.0.0.0', false],
  ['10.0.0.0/8', '::ffff:10.1.2.3', true],
  ['0.0.0.0/0', '255.255.255.255', true],
  ['0.0.0.0/0', '::1', false],
  ['::/0', 'ffff::', true],
  ['::/0', '10.0.0.1', false],
  ['192.0.2.1/32', '192.0.2.1', true],
  ['192.0.2.1/32', '192.0.2.2', false],
  ['::1/128', '0:0:0:0:0:0:0:1', true],
  ['::1/128', '::2', false],
  ['2001:db8:8000::/33', '2001:db8:7fff::', false],
  ['10.0.0.0/8', 'www.example.com', false],
])('isInCidr(%s, %s) is %s', (cidr, address, expected) => expect(isInCidr(cidr, address)).toBe(expected))

describe('expandCidr', () => {
  it.each([
    ['192.0.2.0/30', ['192.0.2.0', '192.0.2.1', '192.0.2.2', '192.0.2.3']],
    ['192.0.2.7/32', ['192.0.2.7']],
    ['255.255.255.254/31', ['255.255.255.254', '255.255.255.255']],
    ['2001:db8::fffe/127', ['2001:db8::fffe', '2001:db8::ffff']],
    ['::1/128', ['::1']],
  ])('%s holds %j', (cidr, addresses) => expect(expandCidr(cidr, 4)).toEqual({ value: addresses }))

  it('carries into the next octet', () => {
    const { value = [] } = expandCidr('10.0.0.0/23', 512)
    expect([value[0], value[255], value[256], value[511]]).toEqual([
      '10.0.0.0',
      '10.0.0.255',
      '10.0.1.0',
      '10.0.1.255',
    ])
    expect(new Set(value).size).toBe(512)
  })

  it.each([
    ['10.0.0.0/23', 511, '512'],
    ['0.0.0.0/0', 65_536, '4,294,967,296'],
    ['::/0', 65_536, '2^128'],
  ])('refuses %s over the limit', (cidr, limit, count) => {
    const { problem } = expandCidr(cidr, limit)
    expect(problem?.code).toBe('too-many-addresses')
    expect(problem?.message).toContain(count)
  })
})

describe('a block by its numbers', () => {
  it.each([
    ['10.0.0.0/8', ['10.0.0.0/9', '10.128.0.0/9']],
    ['10.0.0.0/31', ['10.0.0.0/32', '10.0.0.1/32']],
    ['0.0.0.0/0', ['0.0.0.0/1', '128.0.0.0/1']],
    ['2001:db8::/32', ['2001:db8::/33', '2001:db8:8000::/33']],
    ['::/0', ['::/1', '8000::/1']],
    ['10.0.0.1/32', undefined],
    ['::1/128', undefined],
  ])('%s has the halves %j', (cidr, halves) => {
    expect(halveCidr(cidr)).toEqual(halves)
    if (!halves) return
    const [whole, lower, upper] = [cidr, ...halves].map(spanCidr)
    expect([lower?.first, upper?.last]).toEqual([whole?.first, whole?.last])
    expect((lower?.last ?? 0n) + 1n).toBe(upper?.first)
  })

  it('has none of its numbers in the other family', () => {
    expect(spanCidr('255.255.255.255/32').last).toBe(spanCidr('::/128').first - 1n)
  })
})
