import { describe, expect, it } from 'vitest'
import { matchesHost, parseHostKey } from '../../src/policy/hosts.ts'

const label63 = 'a'.repeat(63)
const name253 = `${`${'a'.repeat(49)}.`.repeat(5)}com`

describe('a key matches', () => {
  it.each<[key: string, host: string, matches: boolean]>([
    // Names
    ['www.example.com', 'www.example.com', true],
    ['WWW.Example.COM.', 'www.example.com', true],
    ['www.example.com', 'WWW.EXAMPLE.COM.', true],
    ['www.example.com', 'example.com', false],
    ['www.example.com', 'www.example.com.evil.test', false],
    ['example.com', 'notexample.com', false],
    ['localhost', 'localhost', true],
    ['_dmarc.example.com', '_dmarc.example.com', true],
    ['a-b.example.com', 'a-b.example.com', true],
    ['bücher.example', 'xn--bcher-kva.example', true],
    ['BÜCHER.example', 'bücher.example', true],
    ['xn--bcher-kva.example', 'bücher.example', true],
    ['日本。jp', 'xn--wgv71a.jp', true],
    ['constructor', 'constructor', true],

    // * is one label
    ['*.example.com', 'www.example.com', true],
    ['*.example.com', 'a.b.example.com', false],
    ['*.example.com', 'example.com', false],
    ['*.example.com', 'www.example.com.', true],
    ['*.EXAMPLE.com.', 'WWW.example.com', true],
    ['*.example.com', 'www.example.org', false],
    ['*.example.com', 'wwwexample.com', false],
    ['*', 'localhost', true],
    ['*', 'example.com', false],
    ['*.*', 'example.com', true],
    ['www.*.com', 'www.example.com', true],
    ['www.*.com', 'www.a.b.com', false],
    ['www.*', 'www.com', true],
    ['www-*.example.com', 'www-1.example.com', true],
    ['www-*.example.com', 'www-1.2.example.com', false],
    ['*w*.example.com', 'www.example.com', true],
    ['*.example.com', '_x.example.com', true],
    ['*.example.com', '_.example.com', true],

    // ** is any number of labels, none too
    ['**.example.com', 'example.com', true],
    ['**.example.com', 'www.example.com', true],
    ['**.example.com', 'a.b.c.example.com', true],
    ['**.example.com', 'notexample.com', false],
    ['**.example.com', 'example.org', false],
    ['**', 'localhost', true],
    ['**', 'a.b.c', true],
    ['example.**', 'example', true],
    ['example.**', 'example.a.b', true],
    ['example.**', 'www.example', false],
    ['a.**.z', 'a.z', true],
    ['a.**.z', 'a.b.c.z', true],
    ['a.**.z', 'a.b.c', false],
    ['**.*.example.com', 'example.com', false],
    ['**.*.example.com', 'a.example.com', true],
    ['**.*.example.com', 'a.b.example.com', true],
    ['*.**', 'a', true],
    ['**.**', 'a', true],
    ['**.a.**.b.**', 'x.a.y.b.z', true],
    ['**.a.**.b.**', 'x.b.y.a.z', false],

    // ? is one character of a label
    ['web?.example.com', 'web1.example.com', true],
    ['web?.example.com', 'web.example.com', false],
    ['web?.example.com', 'web12.example.com', false],
    ['web?.example.com', 'web.1example.com', false],
    ['web?example.com', 'web.example.com', false],
    ['???.example.com', 'www.example.com', true],

    // Braces
    ['{www,api}.example.com', 'www.example.com', true],
    ['{www,api}.example.com', 'api.example.com', true],
    ['{www,api}.example.com', 'ftp.example.com', false],
    ['{www,api}.example.com', '{www,api}.example.com', false],
    ['www.example.{com,co.uk}', 'www.example.co.uk', true],
    ['{,www.}example.com', 'example.com', true],
    ['{,www.}example.com', 'www.example.com', true],
    ['web{1..3}.example.com', 'web2.example.com', true],
    ['web{1..3}.example.com', 'web4.example.com', false],
    ['web{01..10}.example.com', 'web07.example.com', true],
    ['{a..c}.example.com', 'b.example.com', true],
    ['{A,B}.example.com', 'a.example.com', true],
    ['{a,{b,c}d}.example.com', 'cd.example.com', true],
    ['{a,b}{1,2}.example.com', 'b1.example.com', true],
    ['{*,*.eu}.example.com', 'www.eu.example.com', true],
    ['{*,*.eu}.example.com', 'www.us.example.com', false],
    ['{bücher,foo}.example', 'xn--bcher-kva.example', true],
    ['*.bücher.example', 'www.xn--bcher-kva.example', true],

    // Names and patterns are for names only
    ['**', '192.0.2.1', false],
    ['*.*.*.*', '192.0.2.1', false],
    ['**', '::1', false],

    // Addresses
    ['192.0.2.1', '192.0.2.1', true],
    ['192.0.2.1', '192.0.2.2', false],
    ['192.0.2.1', '::ffff:192.0.2.1', true],
    ['::ffff:192.0.2.1', '192.0.2.1', true],
    ['2001:DB8::1', '2001:db8:0::1', true],
    ['[2001:db8::1]', '2001:db8::1', true],
    ['2001:db8::1', '2001:db8::2', false],

    // CIDR blocks
    ['10.20.0.0/16', '10.20.255.255', true],
    ['10.20.0.0/16', '10.21.0.0', false],
    ['10.20.0.0/16', '::ffff:10.20.1.1', true],
    ['::ffff:10.20.0.0/112', '10.20.1.1', true],
    ['0.0.0.0/0', '203.0.113.9', true],
    ['0.0.0.0/0', '2001:db8::1', false],
    ['::/0', '2001:db8::1', true],
    ['::/0', '203.0.113.9', false],
    ['192.0.2.1/32', '192.0.2.1', true],
    ['2001:db8::/32', '2001:db8:ffff::1', true],
    ['2001:db8::/32', '2001:db9::', false],
  ])('%s, %s: %s', (key, host, matches) => {
    const { value } = parseHostKey(key)
    const isAddress = /^[\d.]+$|:/.test(host)
    expect(value && matchesHost(value, isAddress ? { address: host } : { name: host })).toBe(matches)
  })

  it('a host found by name by its name and by its address', () => {
    const host = { name: 'www.example.com', address: '10.20.0.1' }
    const keys = [
      'www.example.com',
      '*.example.com',
      '10.20.0.1',
      '10.20.0.0/16',
      '10.21.0.0/16',
      '*.example.org',
    ]
    expect(
      keys.filter((key) => matchesHost(parseHostKey(key).value ?? { kind: 'name', name: '' }, host)),
    ).toEqual(keys.slice(0, 4))
  })

  it('nothing of a host whose name is no name', () => {
    expect(matchesHost({ kind: 'pattern', pattern: '**' }, { name: 'a b' })).toBe(false)
    expect(matchesHost({ kind: 'cidr', cidr: '0.0.0.0/0' }, { address: 'nonsense' })).toBe(false)
    expect(matchesHost({ kind: 'pattern', pattern: '**' }, {})).toBe(false)
  })
})

describe('parseHostKey', () => {
  it.each<[string, object]>([
    ['WWW.Example.com.', { kind: 'name', name: 'www.example.com' }],
    [`${label63}.com`, { kind: 'name', name: `${label63}.com` }],
    [name253, { kind: 'name', name: name253 }],
    ['[::1]', { kind: 'address', address: '::1' }],
    ['::ffff:10.0.0.1', { kind: 'address', address: '10.0.0.1' }],
    ['10.0.0.0/8', { kind: 'cidr', cidr: '10.0.0.0/8' }],
    ['*.BÜCHER.example.', { kind: 'pattern', pattern: '*.xn--bcher-kva.example' }],
    ['{b,a}.x', { kind: 'pattern', pattern: '{a.x,b.x}' }],
    ['{a,a}.x', { kind: 'pattern', pattern: 'a.x' }],
    ['1?.0.0.x1', { kind: 'pattern', pattern: '1?.0.0.x1' }],
  ])('%s', (key, matcher) => expect(parseHostKey(key)).toEqual({ value: matcher }))

  it.each<[key: string, code: string, hint: string]>([
    ['', 'bad-host', ''],
    ['.', 'bad-host', ''],
    ['a..b', 'bad-host', 'one dot'],
    ['.example.com', 'bad-host', 'one dot'],
    ['a b.com', 'bad-host', 'letters, digits'],
    ['a\u0000b', 'bad-host', 'letters, digits'],
    ['exämple .com', 'bad-host', ''],
    [`${label63}a.com`, 'bad-host', 'at most 63'],
    [`a${name253}`, 'bad-host', 'at most 253'],
    ['a'.repeat(2000), 'bad-host', ''],
    ['*'.repeat(2000), 'bad-host', ''],
    ['10.0.0.256', 'bad-host', 'four numbers'],
    ['10.0.0', 'bad-host', 'four numbers'],
    ['010.0.0.1', 'bad-host', 'leading zeros'],
    ['１.2.3.4', 'bad-host', 'four numbers'],
    ['www.123', 'bad-host', ''],
    ['fe80::1%eth0', 'bad-host', 'another address'],
    ['2001:db8::1%eth0', 'bad-host', 'leave out %'],
    ['www.example.com:443', 'bad-host', 'the host alone: `www.example.com`'],
    ['10.0.0.1:22', 'bad-host', 'the host alone: `10.0.0.1`'],
    ['[::1]:443', 'bad-host', 'the host alone: `::1`'],
    ['https://www.example.com/x', 'bad-host', 'the host alone: `www.example.com`'],
    ['https://user:secret@www.example.com:8443', 'bad-host', 'the host alone: `www.example.com`'],
    ['www.example.com/path', 'bad-host', 'CIDR'],
    ['www.example.com/24', 'bad-host', 'CIDR'],
    ['1:2:3', 'bad-host', '2001:db8::1'],
    ['[::1', 'bad-host', '2001:db8::1'],
    ['10.0.0.1/8', 'bad-cidr', '10.0.0.0/8'],
    ['10.0.0.0/33', 'bad-cidr', '0 to 32'],
    ['2001:db8::1/32', 'bad-cidr', '2001:db8::/32'],
    ['*..com', 'useless-pattern', 'one dot'],
    ['*.', 'ok', ''],
    ['{www,}.example.com', 'useless-pattern', 'one dot'],
    ['{,}', 'useless-pattern', 'name the choices'],
    ['{a.,b}.x', 'useless-pattern', 'one dot'],
    [`*.${label63}a.com`, 'useless-pattern', 'at most 63'],
    [`${'?'.repeat(64)}.com`, 'useless-pattern', 'at most 63'],
    [`*.${name253}`, 'useless-pattern', 'at most 253'],
    [`**.${name253}`, 'ok', ''],
    ['*.10', 'useless-pattern', 'CIDR'],
    ['*.{com,10}', 'useless-pattern', 'CIDR'],
    ['10.0.*.*', 'useless-pattern', 'write a CIDR block: `10.0.0.0/16`'],
    ['10.*', 'useless-pattern', 'write a CIDR block: `10.0.0.0/8`'],
    ['10.0.0.1?', 'useless-pattern', 'write a CIDR block: `10.0.0.0/24`'],
    ['10.0.{0,1}.*', 'useless-pattern', 'write a CIDR block: `10.0.0.0/24`'],
    ['*.exa mple.com', 'bad-pattern', 'letters, digits'],
    ['*.example.com:443', 'bad-pattern', 'leave the port out'],
    ['*.example.com/24', 'bad-pattern', 'CIDR'],
    ['[ab]*.example.com', 'bad-pattern', '{a,b}'],
    ['!*.example.com', 'bad-pattern', 'deny'],
    ['@(a|b)*.example.com', 'bad-pattern', 'patterns have'],
    ['\\*.example.com', 'bad-pattern', ''],
    ['**a.example.com', 'bad-pattern', '`**.`'],
    ['***.example.com', 'bad-pattern', '`**.`'],
    ['{a,b', 'bad-pattern', '{www,api}'],
    ['{a}.example.com', 'bad-pattern', '{www,api}'],
    ['a,b*.example.com', 'bad-pattern', 'a key of its own'],
    ['bü*.example', 'bad-pattern', 'punycode'],
    ['{1..257}.example.com', 'bad-pattern', 'use `*`'],
    ['{1..256}.example.com', 'ok', ''],
    ['{a,b}'.repeat(9), 'bad-pattern', 'use `*`'],
  ])('judges %j %s', (key, code, hint) => {
    const { problem } = parseHostKey(key)
    expect(problem?.code ?? 'ok').toBe(code)
    expect(problem?.hint ?? '').toContain(hint)
  })

  it('answers at once whatever the wildcards', () => {
    const started = performance.now()
    const host = { name: `${'a'.repeat(63)}.${'a.'.repeat(90)}c` }
    for (const key of [
      '*a'.repeat(31),
      '*?'.repeat(31),
      '**.a.'.repeat(120),
      '**.*a*.'.repeat(120),
      '**.'.repeat(300),
    ]) {
      const { value } = parseHostKey(`${key.replace(/\.$/, '')}.b`)
      expect(value && matchesHost(value, host)).toBe(false)
    }
    for (const key of [
      '{'.repeat(900),
      '{a,'.repeat(240) + '}'.repeat(240),
      '{a,b}'.repeat(190),
      '{1..99}'.repeat(140),
    ]) {
      parseHostKey(key)
    }
    expect(performance.now() - started).toBeLessThan(3000)
  })
})
